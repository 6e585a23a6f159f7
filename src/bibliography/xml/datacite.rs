//! DataCite's metadata as XML, read only. Source: DataCite Metadata Schema, kernels 3 and 4.
//!
//! A record is put into the form that DataCite's REST interface gives it, and read from that.

use serde_json::{Map, Value};

use super::{Element, read_records};
use crate::bibliography::service::datacite;
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::Work;

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "datacite-xml",
    aliases: &[],
    extensions: &[],
    sniff: |head| head.trim_start().starts_with('<') && head.contains("http://datacite.org/schema/kernel-"),
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    read_records(source, SPEC.name, |name| name == "resource", |record| vec![work(&record)])
}

fn work(resource: &Element) -> Work {
    let mut record = fields(resource);
    let kind = resource.child("resourceType");
    let types = [
        ("resourceTypeGeneral", kind.and_then(|k| k.attribute("resourceTypeGeneral")).unwrap_or_default().to_owned()),
        ("resourceType", kind.map(Element::text).unwrap_or_default()),
    ];
    record.insert(
        "types".to_owned(),
        types.into_iter().map(|(name, text)| (name.to_owned(), Value::String(text))).collect(),
    );
    let identifier = resource.child("identifier");
    if identifier.and_then(|id| id.attribute("identifierType")).is_some_and(|kind| kind.eq_ignore_ascii_case("doi")) {
        record.insert("doi".to_owned(), identifier.map(Element::text).unwrap_or_default().into());
    }
    datacite::work(&Value::Object(record))
}

/// The child elements of an element by the names of the REST interface: an element that only holds others is a list.
fn fields(element: &Element) -> Map<String, Value> {
    let mut out = Map::new();
    for child in element.elements() {
        match child.name.as_str() {
            "relatedItemIdentifier" => {
                out.insert(child.name.clone(), Value::Object(with_text(child, "relatedItemIdentifier")));
            }
            name if LISTS.contains(&name) => {
                out.insert(
                    name.to_owned(),
                    Value::Array(child.elements().map(|item| Value::Object(entry(item))).collect()),
                );
            }
            name => {
                out.entry(name.to_owned()).or_insert_with(|| child.text().into());
            }
        }
    }
    out
}

/// Elements that hold a list.
const LISTS: [&str; 12] = [
    "creators",
    "contributors",
    "titles",
    "subjects",
    "dates",
    "alternateIdentifiers",
    "relatedIdentifiers",
    "relatedItems",
    "rightsList",
    "descriptions",
    "formats",
    "sizes",
];

/// An item of a list: its attributes, and its text or the elements in it.
fn entry(item: &Element) -> Map<String, Value> {
    match item.name.as_str() {
        "creator" | "contributor" => {
            let mut out = with_text(item, "");
            for (name, text) in fields(item) {
                let name =
                    if matches!(name.as_str(), "creatorName" | "contributorName") { "name".to_owned() } else { name };
                out.entry(name).or_insert(text);
            }
            let of_name =
                item.child("creatorName").or(item.child("contributorName")).and_then(|n| n.attribute("nameType"));
            out.extend(of_name.map(|kind| ("nameType".to_owned(), kind.into())));
            out
        }
        "relatedItem" => {
            let mut out = with_text(item, "");
            out.extend(fields(item));
            out
        }
        name => with_text(item, name),
    }
}

/// The attributes of an element, and its text under a name.
fn with_text(element: &Element, name: &str) -> Map<String, Value> {
    let mut out: Map<String, Value> =
        element.attributes.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    let text = if name == "title" { element.markup() } else { element.text() };
    if !name.is_empty() {
        out.insert(name.to_owned(), text.into());
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read};
    use crate::work::{DateField, Field, Name, Role, WorkKind};

    #[test]
    fn a_resource() {
        let xml = r#"<?xml version="1.0"?><resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.5555/a</identifier>
            <creators><creator><creatorName nameType="Personal">Holm, Ada</creatorName><givenName>Ada</givenName><familyName>Holm</familyName>
            <nameIdentifier nameIdentifierScheme="ORCID">0000-0001</nameIdentifier></creator><creator><creatorName nameType="Organizational">Ferry Board, North</creatorName></creator></creators>
            <titles><title xml:lang="en">Tides</title><title titleType="Subtitle">A study</title></titles><publisher>Ferry Press</publisher>
            <publicationYear>2004</publicationYear><resourceType resourceTypeGeneral="BookChapter">Chapter</resourceType>
            <subjects><subject>tides</subject><subject>ferries</subject></subjects>
            <contributors><contributor contributorType="Editor"><contributorName>Tan, Oya</contributorName></contributor></contributors>
            <dates><date dateType="Issued">2004-05-03</date><date dateType="Submitted">2003</date></dates><language>en</language>
            <relatedItems><relatedItem relatedItemType="Book" relationType="IsPublishedIn"><relatedItemIdentifier relatedItemIdentifierType="ISBN">978-0-306-40615-7</relatedItemIdentifier>
            <titles><title>Book of Ferries</title></titles><volume>2</volume><firstPage>34</firstPage><lastPage>56</lastPage></relatedItem></relatedItems>
            <descriptions><description descriptionType="Abstract">They rise.</description></descriptions></resource>"#;
        assert_eq!(Format::sniff(xml.as_bytes()).unwrap().name(), "datacite-xml");
        let library = read(xml.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.kind, WorkKind::Chapter);
        assert_eq!(work.names(Role::Author), [Name::person("Holm", "Ada"), Name::literal("Ferry Board, North")]);
        assert_eq!(work.names(Role::Editor), [Name::person("Tan", "Oya")]);
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05-03");
        for (field, value) in [
            (Field::Doi, "10.5555/a"),
            (Field::Title, "Tides: A study"),
            (Field::ContainerTitle, "Book of Ferries"),
            (Field::Volume, "2"),
            (Field::Page, "34–56"),
            (Field::Isbn, "978-0-306-40615-7"),
            (Field::Keyword, "tides, ferries"),
            (Field::Abstract, "They rise."),
        ] {
            assert_eq!(work.get(field), Some(value), "{field}");
        }
    }
}
