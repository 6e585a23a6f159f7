//! The citations of Citavi: JSON in base 64, with the references in it. An object that was written before stands as
//! `{"$ref": "5"}`, as Json.NET writes them.

use std::collections::HashMap;

use serde_json::Value;

use super::Cited;
use crate::work::{Date, DateField, Field, Name, NameList, Role, Work, WorkKind};

/// The works of a citation.
pub(super) fn cited(source: &str) -> Vec<Cited> {
    let Ok(citation) = serde_json::from_str::<Value>(source) else { return Vec::new() };
    let mut objects = HashMap::new();
    collect(&citation, &mut objects);
    let entries = citation.get("Entries").map(|e| values(e, &objects)).unwrap_or_default();
    let of = |entry: &Value| {
        let reference = entry.get("Reference").map(|r| found(r, &objects));
        let id = entry.get("ReferenceId").or_else(|| reference?.get("Id"))?.as_str()?.to_owned();
        Some(Cited { id, work: reference.and_then(|r| work(r, &objects)) })
    };
    entries.into_iter().filter_map(of).collect()
}

/// The objects by their numbers. The depth is bounded by the parser of JSON.
fn collect<'v>(value: &'v Value, objects: &mut HashMap<&'v str, &'v Value>) {
    match value {
        Value::Object(object) => {
            if let Some(id) = object.get("$id").and_then(Value::as_str) {
                objects.insert(id, value);
            }
            object.values().for_each(|v| collect(v, objects));
        }
        Value::Array(values) => values.iter().for_each(|v| collect(v, objects)),
        _ => {}
    }
}

fn found<'v>(value: &'v Value, objects: &HashMap<&'v str, &'v Value>) -> &'v Value {
    let reference = value.get("$ref").and_then(Value::as_str);
    reference.and_then(|id| objects.get(id).copied()).unwrap_or(value)
}

/// A list stands bare or as the `$values` of an object.
fn values<'v>(value: &'v Value, objects: &HashMap<&'v str, &'v Value>) -> Vec<&'v Value> {
    let list = value.as_array().or_else(|| value.get("$values")?.as_array());
    list.into_iter().flatten().map(|v| found(v, objects)).collect()
}

fn work(reference: &Value, objects: &HashMap<&str, &Value>) -> Option<Work> {
    let text = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
    };
    let mut work = Work::default();
    work.set(Field::Title, text(reference, "Title")?);
    let kind = match text(reference, "ReferenceType").unwrap_or_default().as_str() {
        "JournalArticle" => "article-journal",
        "Book" | "BookEdited" => "book",
        "Contribution" => "chapter",
        "ConferenceProceedings" => "paper-conference",
        "Thesis" => "thesis",
        "InternetDocument" => "webpage",
        "NewspaperArticle" => "article-newspaper",
        "UnpublishedWork" => "manuscript",
        _ => "document",
    };
    work.kind = WorkKind::from_csl(kind).unwrap_or(work.kind);
    for (name, field) in [
        ("Volume", Field::Volume),
        ("Number", Field::Issue),
        ("Doi", Field::Doi),
        ("OnlineAddress", Field::Url),
        ("PlaceOfPublication", Field::PublisherPlace),
        ("Edition", Field::Edition),
        ("Isbn", Field::Isbn),
    ] {
        if let Some(value) = text(reference, name) {
            work.set(field, value);
        }
    }
    let container = reference.get("Periodical").map(|p| found(p, objects)).and_then(|p| text(p, "Name"));
    let book = reference.get("ParentReference").map(|p| found(p, objects)).and_then(|p| text(p, "Title"));
    if let Some(container) = container.or(book) {
        work.set(Field::ContainerTitle, container);
    }
    let publishers = reference.get("Publishers").map(|p| values(p, objects)).unwrap_or_default();
    if let Some(publisher) = publishers.first().and_then(|p| text(p, "Name")) {
        work.set(Field::Publisher, publisher);
    }
    // "<sp>…</sp><ep>…</ep><os>12-19</os>"
    let pages = text(reference, "PageRange").and_then(|p| {
        let (_, rest) = p.rsplit_once("<os>")?;
        Some(rest.split('<').next()?.replace('-', "–"))
    });
    work.set(Field::Page, pages.unwrap_or_default());
    let year = text(reference, "Year").or_else(|| text(reference, "YearResolved"));
    if let Some(year) = year.and_then(|y| y.get(..4)?.parse().ok()) {
        work.dates.insert(DateField::Issued, Date::from_year(year));
    }
    for (name, role) in [("Authors", Role::Author), ("Editors", Role::Editor)] {
        let people = reference.get(name).map(|p| values(p, objects)).unwrap_or_default();
        let person = |p: &Value| {
            let given =
                [text(p, "FirstName"), text(p, "MiddleName")].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let family = text(p, "LastName")?;
            Some(if given.is_empty() { Name::literal(family) } else { Name::person(family, given) })
        };
        let names: Vec<Name> = people.into_iter().filter_map(person).collect();
        if !names.is_empty() {
            work.contributors.insert(role, NameList { names, ..NameList::default() });
        }
    }
    Some(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_people_written_before() {
        let source = r#"{"$id":"1","Entries":[
            {"$id":"2","ReferenceId":"r1","Reference":{"$id":"3","Title":"Bark","ReferenceType":"JournalArticle","Year":"2001",
             "Authors":[{"$id":"4","FirstName":"Jane","LastName":"Roe"}],"Periodical":{"$id":"5","Name":"Wood"},"PageRange":"<sp><os>4</os></sp><os>4-7</os>"}},
            {"$id":"6","ReferenceId":"r2","Reference":{"$id":"7","Title":"Oak","Authors":[{"$ref":"4"}],"Periodical":{"$ref":"5"}}}]}"#;
        let cited = cited(source);
        let shown: Vec<(&str, Option<&str>, Option<&str>, usize)> = cited
            .iter()
            .map(|c| {
                let work = c.work.as_ref().unwrap();
                (c.id.as_str(), work.get(Field::ContainerTitle), work.get(Field::Page), work.names(Role::Author).len())
            })
            .collect();
        assert_eq!(shown, [("r1", Some("Wood"), Some("4–7"), 1), ("r2", Some("Wood"), None, 1)]);
    }
}
