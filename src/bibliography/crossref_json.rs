//! Answers of Crossref's REST interface, read only. Source: its “work” and “work-list” messages.

use serde_json::Value;

use super::csl_json;
use super::draft::{Draft, joined_keywords};
use super::{Library, ReadError, Source, Spec};
use crate::work::{DateField, Field, Name, Role, Work, WorkKind};

pub(super) static SPEC: Spec = Spec {
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
    let file: Value = serde_json::from_str(source.text()).map_err(|e| ReadError::NotOfFormat {
        format: SPEC.name,
        line: e.line(),
        column: e.column(),
        reason: e.to_string(),
    })?;
    let message = file.get("message").unwrap_or(&file);
    let items = match message.get("items").unwrap_or(message) {
        Value::Array(items) => items.iter().collect(),
        item => vec![item],
    };
    let works = items.into_iter().filter(|item| item.is_object()).map(work).collect();
    Ok(Library { works, problems: source.problem().into_iter().collect() })
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

fn work(item: &Value) -> Work {
    let mut work = Work { kind: kind(item.get("type").and_then(Value::as_str).unwrap_or_default()), ..Work::default() };
    let Value::Object(map) = item else { return work };
    for (name, value) in map {
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
            "article-number" if map.contains_key("page") => work.keep(name, &one),
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

/// The text of a value, of a list that of its first one.
fn first(value: &Value) -> String {
    all(value).into_iter().next().unwrap_or_default()
}

fn all(value: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(crate::text::collapse_spaces(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match value {
        Value::Array(values) => values.iter().filter_map(text).collect(),
        value => text(value).into_iter().collect(),
    }
}

fn people(work: &mut Work, role: Role, value: &Value) {
    for person in value.as_array().into_iter().flatten() {
        let part = |name: &str| person.get(name).map(first).unwrap_or_default();
        let name = match (part("family"), part("name")) {
            (family, body) if family.is_empty() => Name::literal(body),
            (family, _) => super::draft::person(&family, &part("given"), &part("suffix")),
        };
        work.name(role, name);
    }
}

/// Publishers send the markup of JATS and HTML; what the markup of titles has no word for goes.
fn markup(text: &str) -> String {
    let mut out = text.to_owned();
    for (from, to) in [
        ("jats:", ""),
        ("<italic>", "<i>"),
        ("</italic>", "</i>"),
        ("<em>", "<i>"),
        ("</em>", "</i>"),
        ("<bold>", "<b>"),
        ("</bold>", "</b>"),
    ] {
        out = out.replace(from, to);
    }
    out
}

fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.split_once('>').filter(|_| is_tag) {
            Some((tag, after)) => {
                if tag.ends_with("title") || tag.ends_with(":p") || tag == "p" {
                    out.push(' ');
                }
                rest = after;
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    crate::text::collapse_spaces(&out)
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
