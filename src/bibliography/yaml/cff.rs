//! Citation File Format, read only: the software or data set itself, what it prefers to be cited as, its references.
//! Source: CFF 1.2.0.

use serde_json::Value;

use super::parse;
use super::values::{list, text, text_at};
use crate::bibliography::draft::{self, Draft, joined_keywords};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::{DateField, Field, Name, PersonName, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "cff",
    aliases: &["citation-file-format"],
    extensions: &["cff"],
    sniff: |head| head.lines().take(200).any(|line| line.starts_with("cff-version:")),
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    let file = parse(source, SPEC.name)?;
    let refused =
        |reason: &str| ReadError::NotOfFormat { format: SPEC.name, line: 1, column: 1, reason: reason.to_owned() };
    if !file.is_object() {
        return Err(refused("a map of fields was expected"));
    }
    if file.get("title").is_none() && file.get("authors").is_none() {
        return Err(refused("it has neither title nor authors"));
    }
    let mut works = vec![work(&file)];
    works[0].kind = if text_at(&file, "type") == "dataset" { WorkKind::Dataset } else { WorkKind::Software };
    works.extend(file.get("preferred-citation").map(work));
    works.extend(file.get("references").map(list).unwrap_or_default().into_iter().map(work));
    Ok(Library { works, problems: source.problem().into_iter().collect() })
}

fn kind(name: &str) -> Option<WorkKind> {
    use WorkKind::*;
    Some(match name {
        "article" => ArticleJournal,
        "magazine-article" => ArticleMagazine,
        "newspaper-article" => ArticleNewspaper,
        "pre-print" | "preprint" => Article,
        "book" | "edited-work" | "proceedings" | "conference" | "manual" => Book,
        "conference-paper" => PaperConference,
        "blog" => PostWeblog,
        "website" | "online" => Webpage,
        "dictionary" => EntryDictionary,
        "encyclopedia" => EntryEncyclopedia,
        "thesis" => Thesis,
        "report" | "government-document" => Report,
        "unpublished" => Manuscript,
        "pamphlet" => Pamphlet,
        "software" | "software-code" | "software-container" | "software-executable" | "software-virtual-machine" => {
            Software
        }
        "data" | "database" | "dataset" => Dataset,
        "patent" => Patent,
        "standard" => Standard,
        "legal-case" => LegalCase,
        "legal-rule" => Regulation,
        "bill" => Bill,
        "statute" => Legislation,
        "hearing" => Hearing,
        "map" => Map,
        "art" | "multimedia" => Graphic,
        "film-broadcast" | "video" => MotionPicture,
        "audiovisual" | "sound-recording" | "music" => Song,
        "personal-communication" => PersonalCommunication,
        "slides" | "presentation" => Speech,
        "serial" => Periodical,
        _ => return None,
    })
}

fn work(entry: &Value) -> Work {
    let mut work = Work::default();
    let kind_name = text_at(entry, "type");
    match kind(&kind_name) {
        Some(kind) => work.kind = kind,
        None => work.keep("type", &kind_name),
    }
    let Value::Object(map) = entry else { return work };
    work.pages(&text_at(entry, "start"), &text_at(entry, "end"));
    if let Some(date) = draft::date_of_parts(&text_at(entry, "year"), &text_at(entry, "month"), "") {
        work.date(DateField::Issued, date);
    }
    for (name, value) in map {
        let one = text(value).unwrap_or_default();
        match name.as_str() {
            "type" | "start" | "end" | "year" | "month" | "cff-version" | "message" | "preferred-citation"
            | "references" => {}
            "authors" => people(&mut work, Role::Author, value),
            "editors" => people(&mut work, Role::Editor, value),
            "editors-series" => people(&mut work, Role::CollectionEditor, value),
            "translators" => people(&mut work, Role::Translator, value),
            "recipients" => people(&mut work, Role::Recipient, value),
            "date-released" | "date-published" | "issue-date" if !one.is_empty() => {
                work.date(DateField::Issued, draft::date(&one));
            }
            "date-accessed" if !one.is_empty() => work.date(DateField::Accessed, draft::date(&one)),
            "keywords" => {
                let words: Vec<String> = list(value).into_iter().filter_map(text).collect();
                work.set(Field::Keyword, joined_keywords(&words));
            }
            "publisher" | "institution" => {
                work.first(Field::Publisher, &text_at(value, "name"));
                work.first(Field::PublisherPlace, &text_at(value, "city"));
            }
            "conference" => {
                work.first(Field::EventTitle, &text_at(value, "name"));
                work.first(Field::EventPlace, &text_at(value, "city"));
            }
            "location" => {
                work.first(Field::Archive, &text_at(value, "name"));
            }
            "identifiers" => {
                for identifier in list(value) {
                    let (kind, number) = (text_at(identifier, "type"), text_at(identifier, "value"));
                    if !(kind == "doi" && entry.get("doi").is_none() && work.first(Field::Doi, &number)) {
                        work.keep(&format!("identifier-{kind}"), &number);
                    }
                }
            }
            "languages" => {
                let languages: Vec<String> = list(value).into_iter().filter_map(text).collect();
                work.set(Field::Language, languages.join(", "));
            }
            name => {
                let taken = variable(name, work.kind).is_some_and(|field| !one.is_empty() && work.first(field, &one));
                if !taken && !value.is_null() {
                    work.keep(name, &if one.is_empty() { value.to_string() } else { one });
                }
            }
        }
    }
    // A repository is where software is found, when there is no page of its own.
    for name in ["repository-code", "repository"] {
        if work.get(Field::Url).is_none()
            && let Some(url) = work.custom.remove(name)
        {
            work.set(Field::Url, url);
        }
    }
    work.fields.retain(|_, text| !text.is_empty());
    work
}

fn variable(name: &str, kind: WorkKind) -> Option<Field> {
    Some(match name {
        "title" => Field::Title,
        "journal" | "collection-title"
            if matches!(kind, WorkKind::ArticleJournal | WorkKind::PaperConference | WorkKind::Chapter) =>
        {
            Field::ContainerTitle
        }
        "collection-title" => Field::CollectionTitle,
        "journal" => Field::ContainerTitle,
        "abbreviation" => Field::TitleShort,
        "volume" => Field::Volume,
        "issue" => Field::Issue,
        "number" => Field::Number,
        "pages" => Field::NumberOfPages,
        "number-volumes" => Field::NumberOfVolumes,
        "edition" => Field::Edition,
        "section" => Field::Section,
        "doi" => Field::Doi,
        "isbn" => Field::Isbn,
        "issn" => Field::Issn,
        "pmcid" => Field::Pmcid,
        "url" => Field::Url,
        "version" => Field::Version,
        "license" => Field::License,
        "abstract" => Field::Abstract,
        "notes" => Field::Note,
        "thesis-type" => Field::Genre,
        "status" => Field::Status,
        "medium" => Field::Medium,
        "database" => Field::Source,
        "department" => Field::Division,
        _ => return None,
    })
}

fn people(work: &mut Work, role: Role, value: &Value) {
    for person in list(value) {
        let part = |name: &str| Some(text_at(person, name)).filter(|s| !s.is_empty());
        let name = match (part("family-names"), part("given-names"), part("name")) {
            (Some(family), given, _) => Name::Person(PersonName {
                family,
                given,
                non_dropping_particle: part("name-particle"),
                suffix: part("name-suffix"),
                ..PersonName::default()
            }),
            (None, Some(given), _) => Name::person(given, ""),
            (None, None, Some(body)) => Name::literal(body),
            (None, None, None) => Name::literal(part("alias").unwrap_or_default()),
        };
        work.name(role, name);
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{DateField, Field, Role, WorkKind};

    #[test]
    fn software_and_its_references() {
        let yaml = "cff-version: 1.2.0\ntitle: Tide tables\nversion: 1.10\ndate-released: 2004-05-03\nauthors:\n  - family-names: Holm\n    given-names: Ada\n    name-particle: van\n\
            \x20 - name: Ferry Board\nreferences:\n  - type: article\n    title: Tides\n    journal: Journal of Ferries\n    year: 2001\n    start: 3\n    end: 9\n    authors: [{family-names: Berg}]\n";
        let works = read(yaml.as_bytes(), None).unwrap().works;
        assert_eq!((works.len(), works[0].kind, works[1].kind), (2, WorkKind::Software, WorkKind::ArticleJournal));
        assert_eq!(works[0].get(Field::Version), Some("1.10"));
        assert_eq!(works[0].dates[&DateField::Issued].to_string(), "2004-05-03");
        assert_eq!(works[0].names(Role::Author)[0].cited(), "van Holm");
        assert_eq!(works[1].get(Field::Page), Some("3–9"));
    }
}
