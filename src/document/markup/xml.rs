//! XML → tree. Document type definitions are not read, so no entity is defined and none expands to more than a
//! character; references to files are never followed.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::tree::Tree;
use crate::document::clean::entity;

/// Where and why reading stopped.
#[derive(Debug)]
pub(in crate::document) struct Damage {
    pub offset: usize,
    pub reason: String,
}

/// Reads as far as the source is well-formed.
pub(in crate::document) fn parse(source: &str) -> (Tree, Option<Damage>) {
    let mut tree = Tree::new();
    let mut reader = Reader::from_str(source);
    let damage = loop {
        let start = position(&reader);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => break Some(Damage { offset: start, reason: error.to_string() }),
        };
        match event {
            Event::Start(element) => open(&mut tree, &element),
            Event::Empty(element) => {
                open(&mut tree, &element);
                tree.close();
            }
            Event::End(_) => {
                tree.close();
            }
            Event::Text(text) => tree.text(String::from_utf8_lossy(&text).into_owned(), start),
            Event::CData(text) => tree.text(String::from_utf8_lossy(&text).into_owned(), start),
            Event::GeneralRef(name) => {
                let name = String::from_utf8_lossy(&name).into_owned();
                tree.text(character(&name), start);
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => {
                let unclosed = tree.open_names().next().map(str::to_owned);
                break unclosed
                    .map(|name| Damage { offset: start, reason: format!("the element “{name}” is not closed") });
            }
        }
    };
    while tree.close().is_some() {}
    (tree, damage)
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn open(tree: &mut Tree, element: &BytesStart<'_>) {
    let local = |name: &[u8]| String::from_utf8_lossy(name.rsplit(|b| *b == b':').next().unwrap_or(name)).into_owned();
    let name = local(element.name().as_ref());
    let attributes = element
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|a| (local(a.key.as_ref()), unescaped(&String::from_utf8_lossy(&a.value))))
        .collect();
    tree.open(name, attributes);
}

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((length, c)) => {
                out.extend(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character of a reference; one that is not known stays as it is written.
fn character(name: &str) -> String {
    let written = format!("&{name};");
    match entity(&written) {
        Some((_, c)) => c.map(String::from).unwrap_or_default(),
        None => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_single_characters() {
        let source = "<!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><a b='&lt;1'>R&amp;D &#8211; &x; \
                      &f;<![CDATA[<c>]]></a>";
        let (tree, damage) = parse(source);
        assert!(damage.is_none());
        assert_eq!(tree.plain(Tree::ROOT, ""), "R&D – &x; &f;<c>");
        assert_eq!(tree.attribute(1, "b"), Some("<1"));
    }

    #[test]
    fn damage_is_told_and_what_is_before_it_kept() {
        let (tree, damage) = parse("<a><b>one</b><c>two</a>");
        assert_eq!(tree.plain(Tree::ROOT, " "), "one two");
        assert!(damage.is_some() && parse("<a>").1.is_some());
    }
}
