//! Answers of Crossref's REST interface, read only. Source: its “work” and “work-list” messages.

use serde_json::{Map, Value};

use super::{all, first, markup, strip_tags};
use crate::bibliography::draft::{Draft, joined_keywords, person};
use crate::bibliography::{Library, ReadError, Source, Spec, csl_json, json};
use crate::work::{DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "crossref-json",
    aliases: &["crossref"],
    extensions: &[],
    sniff: |head| {
        let head = head.trim_start();
        head.starts_with(['{', '['])
            && (head.contains("\"message-type\"")
                || head.contains("\"is-referenced-by-count\"")
                || head.contains("\"reference-count\""))
    },
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    json::read(source, SPEC.name, records, work)
}

fn records(mut file: Value) -> Vec<Value> {
    let mut message = file.get_mut("message").map(Value::take).unwrap_or(file);
    match message.get_mut("items").map(Value::take).unwrap_or(message) {
        Value::Array(items) => items,
        item => vec![item],
    }
}

fn kind(name: &str) -> WorkKind {
    use WorkKind::*;
    match name {
        "journal-article" => ArticleJournal,
        "book" | "monograph" | "edited-book" | "reference-book" | "proceedings" => Book,
        "book-chapter" | "book-section" | "book-part" | "book-track" => Chapter,
        "reference-entry" => EntryEncyclopedia,
        "proceedings-article" => PaperConference,
        "posted-content" => Article,
        "dissertation" => Thesis,
        "report" | "report-series" | "report-component" => Report,
        "standard" => Standard,
        "dataset" | "database" => Dataset,
        "peer-review" => Review,
        "journal" | "journal-volume" | "journal-issue" | "book-series" | "proceedings-series" => Periodical,
        _ => Document,
    }
}

/// Fields of the interface that say nothing of the publication.
fn is_administrative(name: &str) -> bool {
    name.starts_with("is-")
        || matches!(
            name,
            "indexed"
                | "reference"
                | "reference-count"
                | "references-count"
                | "content-domain"
                | "created"
                | "deposited"
                | "score"
                | "link"
                | "relation"
                | "prefix"
                | "member"
                | "resource"
                | "issn-type"
                | "isbn-type"
                | "type"
                | "published"
                | "journal-issue"
                | "license"
                | "assertion"
                | "update-policy"
                | "funder"
                | "archive"
                | "original-title"
                | "short-title"
                | "subtitle"
                | "alternative-id"
                | "source"
                | "published-other"
        )
}

fn work(item: Map<String, Value>) -> Work {
    let mut work = Work { kind: kind(item.get("type").and_then(Value::as_str).unwrap_or_default()), ..Work::default() };
    for (name, value) in &item {
        let one = first(value);
        if one.is_empty() && !matches!(value, Value::Array(_) | Value::Object(_)) {
            continue;
        }
        match name.as_str() {
            "title" => {
                let subtitle = item.get("subtitle").map(first).unwrap_or_default();
                let whole =
                    if subtitle.is_empty() || one.contains(&subtitle) { one } else { format!("{one}: {subtitle}") };
                work.set(Field::Title, markup(&whole));
            }
            "author" => people(&mut work, Role::Author, value),
            "editor" => people(&mut work, Role::Editor, value),
            "chair" => people(&mut work, Role::Chair, value),
            "translator" => people(&mut work, Role::Translator, value),
            "issued" | "published-print" | "published-online" => {
                let date = csl_json::date(value);
                match name.as_str() {
                    "issued" => {}
                    _ if item.get("issued").and_then(csl_json::date).is_some() => continue,
                    _ => {}
                }
                if let Some(date) = date {
                    work.date(DateField::Issued, date);
                }
            }
            "accepted" | "posted" | "content-created" | "content-updated" => {}
            "ISSN" => all(value).iter().for_each(|n| work.also(Field::Issn, n, ", ")),
            "ISBN" => all(value).iter().for_each(|n| work.also(Field::Isbn, n.rsplit('/').next().unwrap_or(n), ", ")),
            "subject" => work.set(Field::Keyword, joined_keywords(&all(value))),
            "abstract" => {
                work.set(Field::Abstract, strip_tags(&one));
            }
            "event" => {
                let part = |name: &str| value.get(name).map(first).unwrap_or_default();
                work.set(Field::EventTitle, part("name"));
                work.set(Field::EventPlace, part("location"));
            }
            // An address that says nothing but the DOI.
            "URL" if one.contains("doi.org/") => {}
            "article-number" if item.contains_key("page") => work.keep(name, &one),
            name if is_administrative(name) => {}
            name => match variable(name) {
                Some(field) => {
                    work.first(field, &one);
                }
                None => work.keep(name, &if one.is_empty() { value.to_string() } else { one }),
            },
        }
    }
    work.fields.retain(|_, text| !text.is_empty());
    work
}

fn variable(name: &str) -> Option<Field> {
    Some(match name {
        "container-title" => Field::ContainerTitle,
        "short-container-title" => Field::ContainerTitleShort,
        "volume" => Field::Volume,
        "issue" => Field::Issue,
        "page" | "article-number" => Field::Page,
        "publisher" => Field::Publisher,
        "publisher-location" => Field::PublisherPlace,
        "edition-number" => Field::Edition,
        "part-number" => Field::PartNumber,
        "DOI" => Field::Doi,
        "URL" => Field::Url,
        "language" => Field::Language,
        "degree" | "subtype" => Field::Genre,
        _ => return None,
    })
}

fn people(work: &mut Work, role: Role, value: &Value) {
    for entry in value.as_array().into_iter().flatten() {
        let part = |name: &str| entry.get(name).map(first).unwrap_or_default();
        let name = match (part("family"), part("name")) {
            (family, body) if family.is_empty() => Name::literal(body),
            (family, _) => person(&family, &part("given"), &part("suffix")),
        };
        work.name(role, name);
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{DateField, Field, Role, WorkKind};

    #[test]
    fn a_work() {
        let json = r#"{"status": "ok", "message-type": "work", "message": {"type": "journal-article", "DOI": "10.5555/a", "title": ["Tides"],
            "subtitle": ["A study"], "container-title": ["Journal of Ferries"], "author": [{"family": "Holm", "given": "Ada"}, {"name": "Ferry Board"}],
            "issued": {"date-parts": [[2004, 5]]}, "volume": "12", "page": "34-56", "ISSN": ["1234-5679"], "abstract": "<jats:p>It a < b rises.</jats:p>",
            "reference-count": 3, "URL": "http://dx.doi.org/10.5555/a"}}"#;
        let work = &read(json.as_bytes(), None).unwrap().works[0];
        assert_eq!(work.kind, WorkKind::ArticleJournal);
        assert_eq!(work.get(Field::Title), Some("Tides: A study"));
        assert_eq!(work.get(Field::Abstract), Some("It a < b rises."));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
        assert_eq!(work.names(Role::Author).len(), 2);
        assert_eq!(work.get(Field::Url), None);
    }
}
