//! The sources of Microsoft Word (`Sources.xml`), read only. Source: ECMA-376, part 1, 22.6 (Bibliography).

use super::{Element, read_records};
use crate::bibliography::draft::{self, Draft, joined_keywords};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::{DateField, Doi, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "word-xml",
    aliases: &["msbib", "word"],
    extensions: &[],
    sniff: |head| {
        head.contains("officeDocument/2006/bibliography")
            || head.contains("schemas.microsoft.com/office/word/2004/10/bibliography")
    },
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    read_records(source, SPEC.name, |name| name == "Source", |record| vec![work(&record)])
}

fn kind(name: &str) -> Option<WorkKind> {
    use WorkKind::*;
    Some(match name {
        "JournalArticle" => ArticleJournal,
        "ArticleInAPeriodical" => ArticleMagazine,
        "Book" => Book,
        "BookSection" => Chapter,
        "ConferenceProceedings" => PaperConference,
        "Report" => Report,
        "InternetSite" | "DocumentFromInternetSite" | "ElectronicSource" => Webpage,
        "Patent" => Patent,
        "Case" => LegalCase,
        "Film" => MotionPicture,
        "SoundRecording" => Song,
        "Performance" => Performance,
        "Art" => Graphic,
        "Interview" => Interview,
        "Misc" => Document,
        _ => return None,
    })
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "Author" | "Inventor" | "Artist" | "Writer" => Role::Author,
        "Editor" => Role::Editor,
        "BookAuthor" => Role::ContainerAuthor,
        "Translator" => Role::Translator,
        "Compiler" => Role::Compiler,
        "Composer" => Role::Composer,
        "Conductor" | "Counsel" => Role::Contributor,
        "Director" => Role::Director,
        "Interviewer" => Role::Interviewer,
        "Interviewee" => Role::Author,
        "Performer" => Role::Performer,
        "ProducerName" => Role::Producer,
        _ => return None,
    })
}

fn work(record: &Element) -> Work {
    let mut work = Work { key: record.text_at(&["Tag"]), ..Work::default() };
    let kind_name = record.text_at(&["SourceType"]);
    match kind(&kind_name) {
        Some(kind) => work.kind = kind,
        None => work.keep("SourceType", &kind_name),
    }
    if !record.text_at(&["ThesisType"]).is_empty() {
        work.kind = WorkKind::Thesis;
    }
    let part = |name: &str| record.text_at(&[name]);
    if !part("Year").is_empty() {
        let date = draft::date_of_parts(&part("Year"), &part("Month"), &part("Day"));
        work.date(DateField::Issued, date.unwrap_or_else(|| draft::date(&part("Year"))));
    }
    if let Some(date) = draft::date_of_parts(&part("YearAccessed"), &part("MonthAccessed"), &part("DayAccessed")) {
        work.date(DateField::Accessed, date);
    }
    let place: Vec<String> =
        ["City", "StateProvince", "CountryRegion"].map(part).into_iter().filter(|p| !p.is_empty()).collect();
    work.set(Field::PublisherPlace, place.join(", "));
    for element in record.elements() {
        let text = element.text();
        if text.is_empty() {
            continue;
        }
        match element.name.as_str() {
            "Author" => element.elements().for_each(|list| people(&mut work, list)),
            "StandardNumber" => standard_number(&mut work, &text),
            "BIBTEX_KeyWords" => {
                let words: Vec<&str> = text.split(';').collect();
                work.set(Field::Keyword, joined_keywords(&words));
            }
            "SourceType" | "Tag" | "Year" | "Month" | "Day" | "YearAccessed" | "MonthAccessed" | "DayAccessed"
            | "City" | "StateProvince" | "CountryRegion" | "LCID" | "Guid" | "RefOrder" => {}
            name => {
                let field = variable(name, &text);
                if !field.is_some_and(|field| work.first(field, &text)) {
                    work.keep(name, &text);
                }
            }
        }
    }
    work
}

fn variable(name: &str, text: &str) -> Option<Field> {
    Some(match name {
        "Title" => Field::Title,
        "ShortTitle" => Field::TitleShort,
        "JournalName" | "BookTitle" | "PeriodicalTitle" | "ConferenceName" | "InternetSiteTitle"
        | "PublicationTitle" => Field::ContainerTitle,
        "BIBTEX_Series" | "AlbumTitle" => Field::CollectionTitle,
        "Volume" => Field::Volume,
        "NumberVolumes" => Field::NumberOfVolumes,
        "Issue" => Field::Issue,
        "PatentNumber" | "CaseNumber" => Field::Number,
        "Pages" => Field::Page,
        "Edition" => Field::Edition,
        "ChapterNumber" => Field::ChapterNumber,
        "Publisher" | "Institution" | "Department" => Field::Publisher,
        "URL" if text.parse::<Doi>().is_ok() => return None,
        "URL" => Field::Url,
        "DOI" => Field::Doi,
        "Version" => Field::Version,
        "Medium" => Field::Medium,
        "ThesisType" | "Type" => Field::Genre,
        "Comments" => Field::Note,
        "BIBTEX_Abstract" => Field::Abstract,
        "Court" => Field::Authority,
        _ => return None,
    })
}

/// ":ISSN:1234-5679", as JabRef writes it, or a bare number.
fn standard_number(work: &mut Work, text: &str) {
    let mut bare = true;
    for (name, field) in [("ISBN", Field::Isbn), ("ISSN", Field::Issn), ("DOI", Field::Doi)] {
        if let Some((_, rest)) = text.split_once(&format!(":{name}:")) {
            work.first(field, rest.split_whitespace().next().unwrap_or_default());
            bare = false;
        }
    }
    match (bare, text.contains(':')) {
        (true, true) => work.keep("StandardNumber", text),
        (true, false) => {
            let isbn = draft::is_isbn(text);
            work.first(if isbn { Field::Isbn } else { Field::Issn }, text);
        }
        _ => {}
    }
}

fn people(work: &mut Work, list: &Element) {
    let Some(role) = role(&list.name) else { return work.keep(&list.name, &list.text()) };
    if let Some(body) = list.child("Corporate") {
        work.name(role, Name::literal(body.text()));
    }
    for person in list.child("NameList").into_iter().flat_map(|l| l.all("Person")) {
        let given = [person.text_at(&["First"]), person.text_at(&["Middle"])].join(" ");
        work.name(role, draft::person(&person.text_at(&["Last"]), &given, ""));
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{Field, Role, WorkKind};

    #[test]
    fn a_source() {
        let xml = r#"<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Hol04</b:Tag>
            <b:SourceType>JournalArticle</b:SourceType><b:Author><b:Author><b:NameList><b:Person><b:Last>Holm</b:Last><b:First>Ada</b:First><b:Middle>B</b:Middle>
            </b:Person></b:NameList></b:Author></b:Author><b:Title>Tides</b:Title><b:JournalName>Journal of Ferries</b:JournalName><b:Year>2004</b:Year>
            <b:City>Oslo</b:City><b:CountryRegion>Norway</b:CountryRegion><b:StandardNumber>:ISSN:1234-5679</b:StandardNumber></b:Source></b:Sources>"#;
        let work = &read(xml.as_bytes(), None).unwrap().works[0];
        assert_eq!((work.key.as_str(), work.kind, work.year()), ("Hol04", WorkKind::ArticleJournal, Some(2004)));
        assert_eq!(work.names(Role::Author), [crate::work::Name::person("Holm", "Ada B")]);
        assert_eq!((work.get(Field::PublisherPlace), work.get(Field::Issn)), (Some("Oslo, Norway"), Some("1234-5679")));
    }
}
