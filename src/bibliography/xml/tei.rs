//! Bibliographies of TEI (`biblStruct`), as GROBID and editions write them; read only. Source: TEI P5, chapter 3.12.

use super::{Element, read_records};
use crate::bibliography::draft::{self, Draft};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::{Date, DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "tei",
    aliases: &["grobid"],
    extensions: &["tei"],
    sniff: |head| head.contains("tei-c.org/ns") || head.contains("<biblStruct") || head.contains("<listBibl"),
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    read_records(source, SPEC.name, |name| name == "biblStruct", |record| vec![work(&record)])
}

fn work(record: &Element) -> Work {
    let mut work = Work { key: record.attribute("id").unwrap_or_default().to_owned(), ..Work::default() };
    let (analytic, monograph) = (record.child("analytic"), record.child("monogr"));
    let is_journal = monograph.is_some_and(|m| m.all("title").any(|t| t.attribute("level") == Some("j")));
    let part = analytic.filter(|a| a.child("title").is_some());
    work.kind = match (part.is_some(), is_journal, record.attribute("type")) {
        (_, _, Some("journalArticle")) => WorkKind::ArticleJournal,
        (_, _, Some("bookSection")) => WorkKind::Chapter,
        (_, _, Some("conferencePaper")) => WorkKind::PaperConference,
        (_, _, Some("thesis")) => WorkKind::Thesis,
        (_, _, Some("report")) => WorkKind::Report,
        (_, _, Some("webpage")) => WorkKind::Webpage,
        (true, true, _) => WorkKind::ArticleJournal,
        (true, false, _) if monograph.is_some_and(|m| m.child("meeting").is_some()) => WorkKind::PaperConference,
        (true, false, _) if monograph.is_some_and(|m| m.child("title").is_some()) => WorkKind::Chapter,
        (false, false, _) if monograph.is_some_and(|m| m.child("title").is_some()) => WorkKind::Book,
        _ => WorkKind::Document,
    };
    if let Some(analytic) = analytic {
        work.first(Field::Title, &main_title(analytic));
        people(&mut work, analytic, Role::Author);
        identifiers(&mut work, analytic);
    }
    if let Some(monograph) = monograph {
        let title = main_title(monograph);
        work.first(if part.is_some() { Field::ContainerTitle } else { Field::Title }, &title);
        people(&mut work, monograph, if part.is_some() { Role::ContainerAuthor } else { Role::Author });
        work.first(Field::EventTitle, &monograph.text_at(&["meeting"]));
        work.first(Field::Edition, &monograph.text_at(&["edition"]));
        identifiers(&mut work, monograph);
        if let Some(imprint) = monograph.child("imprint") {
            self::imprint(&mut work, imprint);
        }
        scopes(&mut work, monograph);
    }
    if let Some(series) = record.child("series") {
        work.first(Field::CollectionTitle, &main_title(series));
        let number = series.all("biblScope").find(|s| matches!(s.attribute("unit"), Some("volume" | "number") | None));
        work.first(Field::CollectionNumber, &number.map(Element::text).unwrap_or_default());
    }
    identifiers(&mut work, record);
    for note in record.all("note") {
        match note.attribute("type") {
            Some("raw_reference") => work.keep("raw-reference", &note.text()),
            _ => work.also(Field::Note, &note.text(), "\n"),
        }
    }
    for link in record.below("ptr").into_iter().chain(record.below("ref")) {
        work.first(Field::Url, link.attribute("target").unwrap_or_default());
    }
    work.fields.retain(|_, text| !text.is_empty());
    work
}

/// The main title with its subtitles.
fn main_title(element: &Element) -> String {
    let is = |t: &&Element, kind: &str| t.attribute("type") == Some(kind);
    let main = element
        .all("title")
        .find(|t| is(t, "main"))
        .or_else(|| element.all("title").find(|t| t.attribute("type").is_none()))
        .or(element.child("title"));
    let mut title = main.map(Element::markup).unwrap_or_default();
    for subtitle in element.all("title").filter(|t| is(t, "sub")) {
        title.push_str(if title.ends_with(['?', '!', ':']) { " " } else { ": " });
        title.push_str(&subtitle.markup());
    }
    title
}

fn people(work: &mut Work, element: &Element, author: Role) {
    for person in element.elements() {
        let role = match person.name.as_str() {
            "author" => author,
            "editor" if person.attribute("role") == Some("translator") => Role::Translator,
            "editor" => Role::Editor,
            _ => continue,
        };
        let parts = person.child("persName").unwrap_or(person);
        let given: Vec<String> = parts.all("forename").map(Element::text).collect();
        let family: Vec<String> =
            parts.elements().filter(|e| matches!(e.name.as_str(), "surname" | "nameLink")).map(Element::text).collect();
        let body = person.child("orgName");
        let name = match (family.is_empty(), body) {
            (false, _) => draft::person(&family.join(" "), &given.join(" "), &parts.text_at(&["genName"])),
            (true, Some(body)) => Name::literal(body.text()),
            (true, None) => draft::name(&person.text(), draft::Unmarked::GivenFirst),
        };
        work.name(role, name);
    }
}

fn imprint(work: &mut Work, imprint: &Element) {
    work.first(Field::Publisher, &imprint.text_at(&["publisher"]));
    work.first(Field::PublisherPlace, &imprint.text_at(&["pubPlace"]));
    for date in imprint.all("date") {
        let text = date.attribute("when").map(str::to_owned).unwrap_or_else(|| date.text());
        let date_field =
            if date.attribute("type") == Some("accessed") { DateField::Accessed } else { DateField::Issued };
        if !text.is_empty() {
            let date: Date = draft::date(&text);
            work.date(date_field, date);
        }
    }
    scopes(work, imprint);
    let accessed = imprint.all("note").find(|n| n.attribute("type") == Some("accessed"));
    if let Some(accessed) = accessed {
        work.date(DateField::Accessed, draft::date(&accessed.text()));
    }
}

fn scopes(work: &mut Work, element: &Element) {
    for scope in element.all("biblScope") {
        let text = scope.text();
        match scope.attribute("unit").or(scope.attribute("type")) {
            Some("volume" | "vol") => {
                work.first(Field::Volume, &text);
            }
            Some("issue" | "number") => {
                work.first(Field::Issue, &text);
            }
            Some("chapter") => {
                work.first(Field::ChapterNumber, &text);
            }
            Some("page" | "pages" | "pp") => match (scope.attribute("from"), scope.attribute("to")) {
                (Some(from), to) => work.pages(from, to.unwrap_or_default()),
                _ => {
                    work.first(Field::Page, &text);
                }
            },
            _ => {}
        }
    }
}

fn identifiers(work: &mut Work, element: &Element) {
    for id in element.all("idno") {
        let text = id.text();
        let field = match id.attribute("type").unwrap_or_default().to_lowercase().as_str() {
            "doi" => Field::Doi,
            "pmid" => Field::Pmid,
            "pmcid" | "pmc" => Field::Pmcid,
            "isbn" => Field::Isbn,
            "issn" | "eissn" => Field::Issn,
            "url" => Field::Url,
            "" => continue,
            other => {
                work.keep(other, &text);
                continue;
            }
        };
        if matches!(field, Field::Issn | Field::Isbn) {
            work.also(field, &text, ", ");
        } else {
            work.first(field, &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{Field, Role, WorkKind};

    #[test]
    fn records() {
        let xml = r#"<TEI xmlns="http://www.tei-c.org/ns/1.0"><listBibl><biblStruct xml:id="b0"><analytic><title level="a" type="main">Tides</title>
            <author><persName><forename type="first">Ada</forename><forename type="middle">B</forename><surname>Holm</surname></persName></author>
            <idno type="DOI">10.5555/a</idno></analytic><monogr><title level="j">Journal of Ferries</title><imprint><biblScope unit="volume">12</biblScope>
            <biblScope unit="page" from="34" to="56"/><date type="published" when="2004-05"/></imprint></monogr></biblStruct>
            <biblStruct xml:id="b1"><monogr><title level="m">Ferries</title><author>Bo Berg</author><imprint><publisher>Press</publisher><date>1999</date></imprint></monogr></biblStruct></listBibl></TEI>"#;
        let works = read(xml.as_bytes(), None).unwrap().works;
        assert_eq!((works[0].key.as_str(), works[0].kind), ("b0", WorkKind::ArticleJournal));
        assert_eq!(works[0].names(Role::Author), [crate::work::Name::person("Holm", "Ada B")]);
        assert_eq!((works[0].get(Field::Page), works[0].get(Field::Doi)), (Some("34–56"), Some("10.5555/a")));
        assert_eq!((works[1].kind, works[1].year()), (WorkKind::Book, Some(1999)));
        assert_eq!(works[1].names(Role::Author), [crate::work::Name::person("Berg", "Bo")]);
    }
}
