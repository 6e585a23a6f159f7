//! A part's XML as a tree. Document types are refused, so nothing is expanded; names are without their prefixes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::ReadError;
use super::super::clean::entity;
use super::super::markup::Tree;
use super::package::damaged;

/// A part has no more elements and texts.
const MOST_NODES: usize = 6_000_000;

/// Elements of which a document has very many and that say nothing of its text.
const SKIPPED: &[&str] = &[
    "proofErr",
    "lastRenderedPageBreak",
    "rFonts",
    "sz",
    "szCs",
    "lang",
    "color",
    "noProof",
    "spacing",
    "bCs",
    "iCs",
    "u",
    "widowControl",
    "kern",
    "shd",
    "snapToGrid",
    "tblBorders",
    "tcBorders",
    "tcW",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
];

/// Reads a part.
///
/// # Errors
/// XML that is damaged, has a document type, or more elements than any document is refused.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Tree, ReadError> {
    let source = text(bytes);
    let mut tree = Tree::new();
    let mut reader = Reader::from_str(&source);
    let mut nodes = 0_usize;
    loop {
        let event = reader.read_event().map_err(|e| damaged(&format!("its part {name} is no XML: {e}")))?;
        nodes += 1;
        if nodes > MOST_NODES {
            return Err(ReadError::Package {
                reason: format!("its part {name} has too many elements to be a document"),
            });
        }
        match event {
            Event::Start(element) => {
                let (name, attributes) = taken(&element);
                tree.open(name, attributes);
            }
            Event::Empty(element) => {
                let (name, attributes) = taken(&element);
                if !SKIPPED.contains(&name.as_str()) {
                    tree.open(name, attributes);
                    tree.close();
                }
            }
            Event::End(_) => {
                tree.close();
            }
            Event::Text(text) => tree.text(String::from_utf8_lossy(&text).into_owned(), 0),
            Event::CData(text) => tree.text(String::from_utf8_lossy(&text).into_owned(), 0),
            Event::GeneralRef(reference) => {
                let written = format!("&{};", String::from_utf8_lossy(&reference));
                let c = entity(&written).and_then(|(_, c)| c);
                tree.text(c.map_or(written, String::from), 0);
            }
            Event::DocType(_) => {
                let reason =
                    format!("its part {name} has a document type, which no word processor writes; it is not read");
                return Err(ReadError::Package { reason });
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => {
                let open = tree.open_names().next().map(str::to_owned);
                return match open {
                    Some(open) => Err(damaged(&format!("its part {name} ends inside the element “{open}”"))),
                    None => Ok(tree),
                };
            }
        }
    }
}

/// Parts are UTF-8 or UTF-16 (ECMA-376, part 2).
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => encoding_rs::UTF_8.decode(bytes).0,
        _ => String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    }
}

fn local(name: &[u8]) -> String {
    String::from_utf8_lossy(name.rsplit(|b| *b == b':').next().unwrap_or(name)).into_owned()
}

fn taken(element: &BytesStart<'_>) -> (String, Vec<(String, String)>) {
    let mut attributes = element.attributes();
    // Word marks each run with the session it was written in.
    let attributes = attributes.with_checks(false).flatten();
    let attributes =
        attributes.filter(|a| !a.key.as_ref().starts_with(b"w:rsid") && !a.key.as_ref().starts_with(b"xmlns"));
    let value = |raw: &[u8]| {
        let raw = String::from_utf8_lossy(raw);
        quick_xml::escape::unescape(&raw).map_or_else(|_| raw.clone().into_owned(), std::borrow::Cow::into_owned)
    };
    (local(element.name().as_ref()), attributes.map(|a| (local(a.key.as_ref()), value(&a.value))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        let message = |xml: &str| parse(xml.as_bytes(), "p").unwrap_err().to_string();
        assert!(message("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>").contains("document type"));
        assert!(message("<a><b></a>").contains("no XML"));
        assert!(message("<a><b>").contains("ends inside"));
    }

    #[test]
    fn entities_of_xml() {
        let tree = parse("<w:a w:b='&lt;1&#x2013;'>R&amp;D&#8211;</w:a>".as_bytes(), "p").unwrap();
        assert_eq!((tree.plain(Tree::ROOT, "").as_str(), tree.attribute(1, "b")), ("R&D–", Some("<1–")));
    }
}
