//! DataCite's metadata as JSON, read only: documents of its REST interface, and the records inside them. Source: DataCite
//! Metadata Schema 4.6 and the REST interface's “dois” resource.

use serde_json::Value;

use super::{first, list, markup, text_at};
use crate::bibliography::draft::{self, Draft, Unmarked, joined_keywords};
use crate::bibliography::{Library, ReadError, Source, Spec, json};
use crate::work::{Date, DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "datacite-json",
    aliases: &["datacite"],
    extensions: &[],
    sniff: |head| {
        let is_record = head.contains("\"resourceTypeGeneral\"") || head.contains("\"schemaOrg\"");
        head.trim_start().starts_with(['{', '['])
            && is_record
            && ["\"creators\"", "\"titles\"", "\"publicationYear\""].iter().any(|name| head.contains(name))
    },
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    json::read(source, SPEC.name, records, |record| work(&Value::Object(record)))
}

/// The records of a document: those of its `data`, each of which holds its metadata as `attributes`.
fn records(mut file: Value) -> Vec<Value> {
    let records = match file.get_mut("data").map(Value::take).unwrap_or(file) {
        Value::Array(records) => records,
        record => vec![record],
    };
    records.into_iter().map(|mut r| r.get_mut("attributes").map(Value::take).unwrap_or(r)).collect()
}

/// The kind of a resource. "Text" and the like say less than the words of the depositor or the type DataCite derives.
fn kind(record: &Value) -> WorkKind {
    use WorkKind::*;
    let general = text_at(record, &["types", "resourceTypeGeneral"]);
    match general.as_str() {
        "JournalArticle" => ArticleJournal,
        "Book" | "ConferenceProceeding" => Book,
        "BookChapter" => Chapter,
        "ConferencePaper" => PaperConference,
        "Dissertation" => Thesis,
        "Report" | "OutputManagementPlan" | "Project" => Report,
        "Preprint" | "DataPaper" => Article,
        "PeerReview" => Review,
        "Journal" => Periodical,
        "Standard" => Standard,
        "Dataset" => Dataset,
        "Software" | "ComputationalNotebook" | "Workflow" => Software,
        "Image" => Graphic,
        "Sound" => Song,
        "Audiovisual" => MotionPicture,
        "Event" => Event,
        "Collection" => Collection,
        "InteractiveResource" => Webpage,
        "Presentation" => Speech,
        "Poster" => PaperConference,
        _ => {
            let words = text_at(record, &["types", "resourceType"]).to_lowercase();
            let named = [
                ("chapter", Chapter),
                ("thesis", Thesis),
                ("dissertation", Thesis),
                ("conference", PaperConference),
                ("journal article", ArticleJournal),
                ("journalarticle", ArticleJournal),
                ("preprint", Article),
                ("working paper", Report),
                ("report", Report),
                ("presentation", Speech),
            ];
            let derived = || WorkKind::from_csl(&text_at(record, &["types", "citeproc"]));
            named
                .iter()
                .find(|(word, _)| words.contains(word))
                .map(|(_, kind)| *kind)
                .or_else(derived)
                .unwrap_or(Document)
        }
    }
}

/// A record → a work.
pub(in crate::bibliography) fn work(record: &Value) -> Work {
    let at = |path: &[&str]| text_at(record, path);
    let mut work = Work { kind: kind(record), ..Work::default() };
    titles(&mut work, record);
    for creator in list(record, "creators") {
        work.name(Role::Author, name(creator));
    }
    for contributor in list(record, "contributors") {
        let role = match text_at(contributor, &["contributorType"]).as_str() {
            "Editor" => Role::Editor,
            "Translator" => Role::Translator,
            "Producer" => Role::Producer,
            _ => Role::Contributor,
        };
        let name = name(contributor);
        if !work.names(role).contains(&name) {
            work.name(role, name);
        }
    }
    work.set(Field::Doi, Some(at(&["doi"])).filter(|doi| !doi.is_empty()).unwrap_or_else(|| doi_of(record)));
    work.set(Field::Url, at(&["url"]));
    work.set(Field::Publisher, named(record.get("publisher")));
    work.set(Field::Language, at(&["language"]));
    work.set(Field::Version, at(&["version"]));
    if matches!(work.kind, WorkKind::Thesis | WorkKind::Report) {
        work.set(Field::Genre, at(&["types", "resourceType"]));
    }
    container(&mut work, record);
    dates(&mut work, record);
    let subjects: Vec<String> = list(record, "subjects").iter().map(|subject| text_at(subject, &["subject"])).collect();
    work.set(Field::Keyword, joined_keywords(&subjects));
    let licences: Vec<String> = list(record, "rightsList").iter().map(|right| text_at(right, &["rights"])).collect();
    licences.iter().filter(|text| !text.is_empty()).for_each(|text| work.also(Field::License, text, ", "));
    descriptions(&mut work, record);
    for identifier in list(record, "identifiers").iter().chain(list(record, "alternateIdentifiers")) {
        let either = |a: &str, b: &str| {
            Some(text_at(identifier, &[a])).filter(|t| !t.is_empty()).unwrap_or_else(|| text_at(identifier, &[b]))
        };
        let value = either("identifier", "alternateIdentifier");
        match either("identifierType", "alternateIdentifierType").as_str() {
            "DOI" | "URL" | "" => {}
            "ISBN" => work.also(Field::Isbn, &value, ", "),
            "ISSN" => work.also(Field::Issn, &value, ", "),
            "PMID" => drop(work.first(Field::Pmid, &value)),
            "PMCID" => drop(work.first(Field::Pmcid, &value)),
            kind => work.keep(kind, &value),
        }
    }
    work
}

/// The DOI of a record that has it only among its identifiers.
fn doi_of(record: &Value) -> String {
    let is_doi = |id: &&Value| text_at(id, &["identifierType"]) == "DOI";
    let identifiers = list(record, "identifiers");
    let found = identifiers.iter().find(is_doi).map(|id| text_at(id, &["identifier"])).unwrap_or_default();
    found.rsplit_once("doi.org/").map_or(found.clone(), |(_, doi)| doi.to_owned())
}

/// A text, or the name of an object: publishers are either.
fn named(value: Option<&Value>) -> String {
    let Some(value) = value else { return String::new() };
    if value.is_object() { text_at(value, &["name"]) } else { first(value) }
}

fn titles(work: &mut Work, record: &Value) {
    let titles = list(record, "titles");
    let of_type = |kind: &'static str| {
        titles
            .iter()
            .filter(move |title| text_at(title, &["titleType"]) == kind)
            .map(|title| text_at(title, &["title"]))
    };
    let main = of_type("").next().or_else(|| titles.first().map(|title| text_at(title, &["title"])));
    let Some(main) = main else { return };
    let whole = match of_type("Subtitle").next().filter(|subtitle| !subtitle.is_empty() && !main.contains(subtitle)) {
        Some(subtitle) if main.ends_with(['?', '!', ':']) => format!("{main} {subtitle}"),
        Some(subtitle) => format!("{main}: {subtitle}"),
        None => main.clone(),
    };
    work.set(Field::Title, markup(&whole));
    for (kind, kept) in [("TranslatedTitle", "translated-title"), ("AlternativeTitle", "alternative-title")] {
        of_type(kind).filter(|title| *title != main).for_each(|title| work.keep(kept, &title));
    }
}

/// A creator or contributor. `name` is "Family, Given" for persons, and as it is for organisations.
fn name(entry: &Value) -> Name {
    let part = |name: &str| text_at(entry, &[name]);
    let whole = part("name");
    match (part("nameType").as_str(), part("familyName")) {
        ("Organizational", _) => Name::literal(whole),
        (_, family) if !family.is_empty() => draft::person(&family, &part("givenName"), ""),
        // The name of a body may have commas; with a person's one comma parts family and given name.
        ("Personal", _) => draft::name(&whole, Unmarked::GivenFirst),
        _ if whole.matches(',').count() == 1 => draft::name(&whole, Unmarked::Literal),
        _ => Name::literal(whole),
    }
}

/// What the work was published in: the related item that is described as such, else DataCite's container, and numbers
/// of related books and journals.
fn container(work: &mut Work, record: &Value) {
    let published =
        list(record, "relatedItems").iter().find(|item| text_at(item, &["relationType"]) == "IsPublishedIn");
    if let Some(item) = published {
        let at = |path: &[&str]| text_at(item, path);
        let title = list(item, "titles").first().map(|title| text_at(title, &["title"])).unwrap_or_default();
        work.set(Field::ContainerTitle, markup(&title));
        work.set(Field::Volume, at(&["volume"]));
        work.set(Field::Issue, at(&["issue"]));
        work.set(Field::Edition, at(&["edition"]));
        // Then the publisher of the record is the repository that keeps a copy.
        if !at(&["publisher"]).is_empty() && work.get(Field::Publisher) != Some(at(&["publisher"]).as_str()) {
            let keeper = work.fields.remove(&Field::Publisher).unwrap_or_default();
            work.set(Field::Source, keeper);
            work.set(Field::Publisher, at(&["publisher"]));
        }
        if at(&["numberType"]) != "Article" {
            work.set(Field::Number, at(&["number"]));
        } else {
            work.first(Field::Page, &at(&["number"]));
        }
        work.pages(&at(&["firstPage"]), &at(&["lastPage"]));
        for editor in list(item, "contributors").iter().filter(|c| text_at(c, &["contributorType"]) == "Editor") {
            work.name(Role::Editor, name(editor));
        }
        let id = item.get("relatedItemIdentifier").unwrap_or(&Value::Null);
        number(work, &text_at(id, &["relatedItemIdentifierType"]), &text_at(id, &["relatedItemIdentifier"]));
    } else if let Some(container) = record.get("container") {
        let at = |name: &str| text_at(container, &[name]);
        let title = at("title");
        // What a repository calls a collection of data is no publication the data stand in.
        let field = if work.kind == WorkKind::Book { Field::CollectionTitle } else { Field::ContainerTitle };
        work.set(field, markup(&title));
        work.set(Field::Volume, at("volume"));
        work.set(Field::Issue, at("issue"));
        let (from, to) = (at("firstPage"), at("lastPage"));
        // DataCite reads them out of a description of the series, often wrongly.
        if is_page(&from) && (to.is_empty() || is_page(&to)) {
            work.pages(&from, &to);
        }
        number(work, &at("identifierType"), &at("identifier"));
    }
    for related in list(record, "relatedIdentifiers") {
        if matches!(text_at(related, &["relationType"]).as_str(), "IsPublishedIn" | "IsPartOf") {
            let kind = text_at(related, &["relatedIdentifierType"]);
            number(work, &kind, &text_at(related, &["relatedIdentifier"]));
        }
    }
    if work.get(Field::Page).is_none()
        && let Some(pages) = list(record, "sizes").iter().map(first).find_map(|size| page_range(&size))
    {
        work.set(Field::Page, pages);
    }
}

/// The number of a book or journal the work is part of.
fn number(work: &mut Work, kind: &str, value: &str) {
    match kind {
        "ISSN" | "EISSN" | "LISSN" => drop(work.first(Field::Issn, value)),
        "ISBN" => drop(work.first(Field::Isbn, value)),
        _ => {}
    }
}

fn is_page(text: &str) -> bool {
    text.len() <= 12 && !text.contains(' ') && text.bytes().any(|b| b.is_ascii_digit())
}

/// The page range of a size like "42-79 pages": a number of pages alone is none.
fn page_range(size: &str) -> Option<String> {
    let (from, to) = size.split_whitespace().next()?.split_once(['-', '–'])?;
    let digits = |s: &str| !s.is_empty() && s.len() <= 6 && s.bytes().all(|b| b.is_ascii_digit());
    (digits(from) && digits(to)).then(|| format!("{from}–{to}"))
}

fn dates(work: &mut Work, record: &Value) {
    let of_type = |kind: &str| -> Option<Date> {
        let entry = list(record, "dates").iter().find(|date| text_at(date, &["dateType"]) == kind)?;
        Some(draft::date(&text_at(entry, &["date"]))).filter(|date| date.year().is_some())
    };
    let year: Option<Date> = text_at(record, &["publicationYear"]).parse().ok();
    // The book or issue it stands in was published in this year; the record may be of its copy in a repository.
    let published = list(record, "relatedItems")
        .iter()
        .filter(|item| text_at(item, &["relationType"]) == "IsPublishedIn")
        .find_map(|item| text_at(item, &["publicationYear"]).parse::<Date>().ok());
    let issued = match (of_type("Issued"), published) {
        (Some(issued), Some(published)) if issued.year() != published.year() => Some(published),
        (Some(issued), _) => Some(issued),
        (None, published) => published.or(year),
    };
    for (field, date) in [
        (DateField::Issued, issued),
        (DateField::Submitted, of_type("Submitted")),
        (DateField::AvailableDate, of_type("Available")),
    ] {
        if let Some(date) = date {
            work.date(field, date);
        }
    }
}

fn descriptions(work: &mut Work, record: &Value) {
    let language = work.get(Field::Language).unwrap_or_default().to_owned();
    let descriptions = list(record, "descriptions");
    let abstracts = || descriptions.iter().filter(|d| text_at(d, &["descriptionType"]) == "Abstract");
    let own = abstracts().find(|d| !language.is_empty() && text_at(d, &["lang"]) == language);
    if let Some(text) = own.or_else(|| abstracts().next()) {
        work.set(Field::Abstract, super::strip_tags(&text_at(text, &["description"])));
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read};
    use crate::work::{DateField, Field, Name, Role, Work, WorkKind};

    const CHAPTER: &str = r#"{"doi": "10.5555/a", "url": "https://example.org/a", "types": {"resourceTypeGeneral": "BookChapter", "citeproc": "article"},
        "creators": [{"name": "Holm, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Holm"},
                     {"name": "Board of Ferries, Harbours, and Tides", "nameType": "Organizational"}],
        "titles": [{"title": "Tides"}, {"title": "A study", "titleType": "Subtitle"}, {"title": "Gezeiten", "titleType": "TranslatedTitle"}],
        "publisher": {"name": "Ferry Press"}, "publicationYear": 2006, "dates": [{"date": "2006-01-02", "dateType": "Issued"}],
        "contributors": [{"name": "Tan, Oya", "contributorType": "Editor"}],
        "relatedItems": [{"titles": [{"title": "Book of Ferries"}], "relationType": "IsPublishedIn", "publicationYear": "2004",
            "firstPage": "34", "lastPage": "56", "relatedItemIdentifier": {"relatedItemIdentifier": "978-0-306-40615-7", "relatedItemIdentifierType": "ISBN"}}]}"#;

    fn one(text: &str) -> Work {
        assert_eq!(Format::sniff(text.as_bytes()).unwrap().name(), "datacite-json");
        let library = read(text.as_bytes(), None).unwrap();
        assert_eq!((library.works.len(), library.problems.len()), (1, 0));
        library.works[0].clone()
    }

    #[test]
    fn a_chapter() {
        let work = one(CHAPTER);
        assert_eq!(work.kind, WorkKind::Chapter);
        assert_eq!(
            work.names(Role::Author),
            [Name::person("Holm", "Ada"), Name::literal("Board of Ferries, Harbours, and Tides")]
        );
        assert_eq!(work.names(Role::Editor), [Name::person("Tan", "Oya")]);
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004");
        for (field, value) in [
            (Field::Title, "Tides: A study"),
            (Field::ContainerTitle, "Book of Ferries"),
            (Field::Publisher, "Ferry Press"),
            (Field::Page, "34–56"),
            (Field::Isbn, "978-0-306-40615-7"),
            (Field::Doi, "10.5555/a"),
        ] {
            assert_eq!(work.get(field), Some(value), "{field}");
        }
        assert_eq!(work.custom["translated-title"], "Gezeiten");
    }

    #[test]
    fn documents_of_the_interface() {
        let record = format!(r#"{{"id": "10.5555/a", "type": "dois", "attributes": {CHAPTER}}}"#);
        let single = one(&format!(r#"{{"data": {record}}}"#));
        let list = one(&format!(r#"{{"data": [{record}], "meta": {{"total": 1}}}}"#));
        assert_eq!(single, list);
        assert_eq!(single, one(CHAPTER));
    }

    #[test]
    fn pages_that_are_none() {
        let work = |from: &str, sizes: &str| {
            one(&format!(
                r#"{{"types": {{"resourceTypeGeneral": "Text", "citeproc": "article-journal"}}, "titles": [{{"title": "T"}}],
                    "container": {{"title": "Ferries", "firstPage": "{from}"}}, "sizes": ["{sizes}"]}}"#
            ))
        };
        assert_eq!(work("Vol. 1 No. 1 (2018)", "12 pages").get(Field::Page), None);
        assert_eq!(work("Vol. 1 No. 1 (2018)", "42-79 pages").get(Field::Page), Some("42–79"));
        assert_eq!(work("Doc10", "").get(Field::Page), Some("Doc10"));
        assert_eq!(work("", "").kind, WorkKind::ArticleJournal);
    }
}
