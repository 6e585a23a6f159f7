//! A record as a tree of elements.

use crate::text::collapse_spaces;

/// An element; names are without their prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bibliography) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bibliography) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The child elements of a name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.elements().filter(move |e| e.name == name)
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|e| e.name == name)
    }

    /// The first element under a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The text under a path of names, empty when there is none.
    pub fn text_at(&self, path: &[&str]) -> String {
        self.at(path).map(Self::text).unwrap_or_default()
    }

    /// Every element of a name at any depth, in the order of the document.
    pub fn below<'e>(&'e self, name: &str) -> Vec<&'e Self> {
        let mut found = Vec::new();
        let mut open: Vec<&Self> = self.elements().collect();
        open.reverse();
        while let Some(element) = open.pop() {
            if element.name == name {
                found.push(element);
            }
            let inner = open.len();
            open.extend(element.elements());
            open[inner..].reverse();
        }
        found
    }

    /// All text as it is, with its blanks and line ends.
    pub fn words(&self) -> String {
        let mut out = String::new();
        self.write_text(&mut out, None);
        out
    }

    /// All text on one line.
    pub fn text(&self) -> String {
        collapse_spaces(&self.words())
    }

    /// All text on one line, with italics, bold, sub- and superscript as the markup of titles.
    pub fn markup(&self) -> String {
        let mut out = String::new();
        self.write_text(&mut out, Some(tag_of));
        collapse_spaces(&out)
    }

    // Depth is bounded by the reader.
    fn write_text(&self, out: &mut String, tag: Option<fn(&Self) -> Option<&'static str>>) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => {
                    let name = tag.and_then(|tag| tag(element));
                    if let Some(name) = name {
                        out.push_str(&format!("<{name}>"));
                    }
                    element.write_text(out, tag);
                    if let Some(name) = name {
                        out.push_str(&format!("</{name}>"));
                    }
                }
            }
        }
    }
}

/// The markup an element stands for, in the vocabularies of HTML, JATS, TEI and EndNote.
fn tag_of(element: &Element) -> Option<&'static str> {
    let face = || element.attribute("face").or(element.attribute("rend")).unwrap_or_default();
    match element.name.as_str() {
        "i" | "italic" | "em" | "emph" => Some("i"),
        "b" | "bold" | "strong" => Some("b"),
        "sub" | "inf" => Some("sub"),
        "sup" => Some("sup"),
        "style" | "hi" => match face() {
            "italic" => Some("i"),
            "bold" => Some("b"),
            "subscript" | "sub" => Some("sub"),
            "superscript" | "sup" => Some("sup"),
            _ => None,
        },
        _ => None,
    }
}

/// Text as XML holds it. Characters that XML has no place for are left out.
pub(in crate::bibliography) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
