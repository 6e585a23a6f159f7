//! MARC 21, the records of library catalogues, read only: as ISO 2709 with its lengths in bytes ([`binary`]) and as XML.
//! Source: “MARC 21 Format for Bibliographic Data” of the Library of Congress; the punctuation of ISBD that ends its
//! subfields is taken off.

pub(super) mod binary;
mod host;
mod marc8;
mod names;
pub(super) mod slim;
mod work;

/// A record as every notation of it holds it.
#[derive(Debug, Default, PartialEq)]
struct Record {
    /// What kind of thing is described, 24 characters; empty when there is none.
    leader: String,
    /// Tag and value of the fields without subfields.
    control: Vec<(String, String)>,
    fields: Vec<Field>,
}

#[derive(Debug, Default, PartialEq)]
struct Field {
    tag: String,
    indicators: [char; 2],
    /// Codes and values, in their order.
    subfields: Vec<(char, String)>,
}

impl Record {
    fn all<'r>(&'r self, tag: &'r str) -> impl Iterator<Item = &'r Field> {
        self.fields.iter().filter(move |field| field.tag == tag)
    }

    fn first<'r>(&'r self, tag: &'r str) -> Option<&'r Field> {
        self.all(tag).next()
    }

    /// The value of a control field, empty when there is none.
    fn control(&self, tag: &str) -> &str {
        self.control.iter().find(|(t, _)| t == tag).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// One character of the leader or of a control field; a blank when there is none.
    fn code(text: &str, position: usize) -> char {
        text.chars().nth(position).unwrap_or(' ')
    }
}

impl Field {
    /// The first value of a subfield, empty when there is none.
    fn get(&self, code: char) -> &str {
        self.all(code).next().unwrap_or_default()
    }

    fn all(&self, code: char) -> impl Iterator<Item = &str> {
        self.subfields.iter().filter(move |(c, _)| *c == code).map(|(_, value)| value.as_str())
    }

    /// All values on one line.
    fn text(&self) -> String {
        self.subfields.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// A value without the punctuation that only separates it from what comes next.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_end_matches([' ', '/', ':', ';', ',', '=']);
    // A stop ends a field, but also an abbreviation.
    let word = text.strip_suffix('.').unwrap_or(text);
    let last = word.rsplit([' ', '.', '-']).next().unwrap_or_default();
    let abbreviated = last.chars().count() <= 3 || word.ends_with('.');
    if text.ends_with('.') && !abbreviated { word } else { text }
}

/// A value without the marks of what does not count in sorting, which some catalogues put round an article.
fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{88}' | '\u{89}' | '\u{98}' | '\u{9c}')).collect()
}
