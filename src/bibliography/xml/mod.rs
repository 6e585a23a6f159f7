//! Formats of XML: one module each, on one bounded reader that hands them a record at a time.

pub(super) mod citavi;
pub(super) mod datacite;
pub(super) mod endnote;
pub(super) mod jats;
pub(super) mod mods;
pub(super) mod pubmed;
pub(super) mod tei;
mod tree;
pub(super) mod unixref;
pub(super) mod word;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use tree::Node;
pub(super) use tree::{Element, escape};

use super::{Library, Lines, Problem, ReadError, Source};
use crate::work::Work;

/// Elements inside each other beyond this are refused: no format here comes near it.
const DEEPEST: usize = 200;

/// Problems of one kind that are listed for a file.
const LISTED: usize = 20;

/// Reads a file: every element that `is_record` names is made a tree and handed over. Document types with an internal
/// subset are refused, since what they can define has no bounds; of entities only the five of XML are known.
///
/// # Errors
/// When the file is not XML and nothing of it could be read.
fn read_records(
    source: &Source,
    format: &'static str,
    is_record: fn(&str) -> bool,
    mut works_of: impl FnMut(Element) -> Vec<Work>,
) -> Result<Library, ReadError> {
    let text = source.text();
    let mut lines = Lines::new(text);
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut outer = 0_usize;
    let mut unknown_entities = 0_usize;
    let failure = loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => break Some((at, error.to_string())),
        };
        match event {
            Event::Start(start) => {
                if open.len() + outer >= DEEPEST {
                    break Some((at, "its elements are nested too deeply".to_owned()));
                }
                let name = local_name(&start);
                if open.is_empty() && !is_record(&name) {
                    outer += 1;
                } else {
                    open.push(element(name, &start));
                }
            }
            Event::Empty(start) => {
                let element = element(local_name(&start), &start);
                match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Element(element)),
                    None if is_record(&element.name) => library.works.extend(works_of(element)),
                    None => {}
                }
            }
            Event::End(_) => match open.pop() {
                None => outer = outer.saturating_sub(1),
                Some(done) => match open.last_mut() {
                    Some(parent) => parent.children.push(Node::Element(done)),
                    None => library.works.extend(works_of(done)),
                },
            },
            Event::Text(words) => match words.decode() {
                Ok(words) => add_text(&mut open, &words),
                Err(error) => break Some((at, error.to_string())),
            },
            Event::CData(words) => match words.decode() {
                Ok(words) => add_text(&mut open, &words),
                Err(error) => break Some((at, error.to_string())),
            },
            Event::GeneralRef(reference) => {
                let name = reference.decode().unwrap_or_default().into_owned();
                match reference.resolve_char_ref().ok().flatten().or_else(|| predefined(&name)) {
                    Some(c) => add_text(&mut open, c.encode_utf8(&mut [0; 4])),
                    None => {
                        add_text(&mut open, &format!("&{name};"));
                        unknown_entities += 1;
                        if unknown_entities <= LISTED {
                            let message = format!("the entity &{name}; is not known and was kept as it is");
                            library.problems.push(problem(&mut lines, at, message));
                        }
                    }
                }
            }
            Event::DocType(doctype) if doctype.contains(&b'[') => {
                break Some((at, "it defines entities or elements of its own: take the part in […] out".to_owned()));
            }
            Event::Eof if outer > 0 || !open.is_empty() => {
                break Some((at, "it ends inside an element".to_owned()));
            }
            Event::Eof => break None,
            _ => {}
        }
    };
    if let Some((at, reason)) = failure {
        let (line, column) = lines.at(at.min(text.len()));
        if library.works.is_empty() {
            return Err(ReadError::NotOfFormat { format, line, column, reason });
        }
        let message = format!("the file is no XML from here on, and the rest was not read: {reason}");
        library.problems.push(Problem { message, line, column, key: None });
    }
    if library.works.is_empty() {
        let message = format!("there is no record of {format} in the file: look whether that is its format");
        library.problems.push(Problem { message, line: 1, column: 1, key: None });
    }
    Ok(library)
}

fn problem(lines: &mut Lines, at: usize, message: String) -> Problem {
    let (line, column) = lines.at(at);
    Problem { message, line, column, key: None }
}

fn predefined(entity: &str) -> Option<char> {
    Some(match entity {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn local_name(start: &BytesStart) -> String {
    String::from_utf8_lossy(start.local_name().as_ref()).into_owned()
}

fn element(name: String, start: &BytesStart) -> Element {
    let attributes = start.attributes().filter_map(Result::ok).map(|attribute| {
        let name = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        let value = attribute.unescape_value().map(std::borrow::Cow::into_owned);
        (name, value.unwrap_or_else(|_| String::from_utf8_lossy(&attribute.value).into_owned()))
    });
    Element { name, attributes: attributes.collect(), children: Vec::new() }
}

/// White space between elements is kept: it separates the words of mixed content.
fn add_text(open: &mut [Element], words: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => parent.children.push(Node::Text(words.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::Field;

    fn titles(xml: &str) -> Result<Library, ReadError> {
        let source = Source::decode(xml.as_bytes());
        read_records(
            &source,
            "test",
            |name| name == "r",
            |record| {
                let mut work = Work::default();
                work.set(Field::Title, record.markup());
                vec![work]
            },
        )
    }

    #[test]
    fn records_text_and_entities() {
        let library = titles("<?xml version='1.0'?><!DOCTYPE x PUBLIC 'a' 'b'><x:l xmlns:x='u'><x:r>a &lt;b&gt; &#233;\n <i>c</i><![CDATA[ &d]]></x:r><r/></x:l>").unwrap();
        assert_eq!(library.works[0].get(Field::Title), Some("a <b> é <i>c</i> &d"));
        assert_eq!((library.works.len(), library.problems.len()), (2, 0));
        let library = titles("<l><r>&nbsp;x</r></l>").unwrap();
        assert_eq!(library.works[0].get(Field::Title), Some("&nbsp;x"));
        assert_eq!(library.problems[0].message, "the entity &nbsp; is not known and was kept as it is");
    }

    #[test]
    fn what_is_refused() {
        let message = |xml: &str| titles(xml).unwrap_err().to_string();
        assert!(message("<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>").contains("entities or elements of its own"));
        assert!(message(&"<a>".repeat(300)).contains("nested too deeply"));
        assert!(message("<a><r>").contains("ends inside an element"));
        let cut = titles("<l><r>a</r><r>b").unwrap();
        assert_eq!((cut.works.len(), cut.problems.len()), (1, 1));
    }
}
