//! What a reader finds in a document.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Format;
use crate::text::Span;
use crate::work::{Doi, Work};

/// A document taken apart. Spans count scalars of the decoded text, line ends as `\n`, without a byte order mark; of a
/// manuscript in several files they count in the text of all, each in its place.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Document {
    pub title: Option<String>,
    /// The book or journal the document is part of.
    pub container: Option<String>,
    pub doi: Option<Doi>,
    pub completeness: Completeness,
    /// Headings in printed order; page furniture is not among them.
    pub sections: Vec<Section>,
    pub claims: Vec<Claim>,
    pub references: Vec<RawReference>,
    /// Notes by whose numbers the text cites, with the works of the list that each names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The bibliography files a keyed manuscript names, as written in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bibliographies: Vec<String>,
    /// Keys of works that belong to the reference list without being cited at a place of the text; "*" is all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed_keys: Vec<String>,
    /// Whether what the format marks are all citations of the document.
    #[serde(default, skip_serializing_if = "Marking::is_whole")]
    pub marking: Marking,
    /// Keys under which the document's own list has several entries, with these; citations of such a key mean the first, or
    /// any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeated_keys: Vec<RepeatedKey>,
    /// The files that a manuscript takes in, or would if they were there, by their paths below the folder they were
    /// asked of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub included: Vec<String>,
    /// What a user should know of the reading: odd encoding, damage, a missing reference list.
    pub notices: Vec<Notice>,
}

/// A note of a document by its number, with the works of the reference list that it names (indices), if any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub number: u32,
    pub works: Vec<usize>,
}

impl Document {
    /// Whether the document cites by keys of a bibliography kept elsewhere.
    pub fn is_keyed(&self) -> bool {
        let keyed = |c: &Claim| c.marked.iter().flat_map(|m| &m.targets).any(|t| matches!(t, CitedTarget::Key(_)));
        let of_bibliography = |r: &RawReference| r.known.as_ref().is_some_and(|w| !w.key.is_empty());
        !self.bibliographies.is_empty()
            || !self.listed_keys.is_empty()
            || self.references.iter().any(of_bibliography)
            || self.claims.iter().any(keyed)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    pub span: Span,
}

/// How much of a document's citations its format marks, where it marks any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Marking {
    /// All: what else looks like a citation is none.
    #[default]
    Whole,
    /// Those that a program put in; others may have been typed by hand.
    Partial,
}

impl Marking {
    fn is_whole(&self) -> bool {
        *self == Self::Whole
    }
}

/// A key of several entries of a reference list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatedKey {
    pub key: String,
    /// Indices into [`Document::references`], at least two, ascending.
    pub references: Vec<usize>,
}

/// Whether all of the document is there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Completeness {
    #[default]
    Complete,
    /// A preview or a cut file; the reason is a sentence for the user.
    Incomplete { reason: String },
}

impl Completeness {
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Complete)
    }
}

/// One statement of the document: an outline item's own text, or a sentence of prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Section headings and outline markers that lead to the claim, outermost first; empty in the lead paragraph.
    pub path: Vec<PathPart>,
    /// The enclosing outline item, an index into [`Document::claims`] smaller than the claim's own. Sentences of
    /// prose have none, but those of a paragraph inside an item have it.
    pub parent: Option<usize>,
    pub kind: ClaimKind,
    /// On one line, spaces collapsed, soft hyphens taken out. In-text citations stay where they are.
    pub text: String,
    pub span: Span,
    /// The citations that the format itself marks, in order and without overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marked: Vec<MarkedCitation>,
    /// Parts of `text` printed as superscripts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raised: Vec<Span>,
}

/// A citation that is one by the markup of the document and not by the form of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedCitation {
    /// Place in the claim's text.
    pub span: Span,
    /// What is cited there, never empty.
    pub targets: Vec<CitedTarget>,
}

/// What the markup of a citation points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CitedTarget {
    /// An index into [`Document::references`].
    Reference(usize),
    /// A key of a bibliography.
    Key(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClaimKind {
    Sentence,
    OutlineItem,
}

/// A step of the way to a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PathPart {
    Heading(String),
    /// An outline marker without its punctuation: "1", "e", "iii", "a".
    Marker(String),
}

impl fmt::Display for PathPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Heading(s) | Self::Marker(s)) = self;
        f.write_str(s)
    }
}

/// One entry of the reference list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RawReference {
    /// The number or label printed before the entry ("12", "Smi99"), without brackets and full stop.
    pub label: Option<String>,
    /// The entry on one line without bullet, label and link texts ("Article", "Google Scholar").
    pub text: String,
    /// Its place in an entry that holds several works ("(a) …; (b) …"): each of them is a reference of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<SharedEntry>,
    /// The file ends inside the entry.
    pub cut: bool,
    pub span: Span,
    /// What the markup of the entry says of the work. With a title or container it is all of the record; without,
    /// it fills in what the text does not print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Work>,
}

/// The place of a reference in an entry that it shares with others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedEntry {
    /// "a" of the first reference of an entry, which the others follow in the list.
    pub letter: char,
    /// The whole entry as printed, without its number.
    pub text: String,
}

/// Something a user should know of the reading of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// A sentence that says what is odd and what was done, or what to do.
    pub message: String,
    pub span: Option<Span>,
}

/// How to read a document where it does not tell itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// The format; told from the content when not given.
    pub format: Option<Format>,
    /// The heading of the reference list, when it is none of the usual ones.
    pub reference_heading: Option<String>,
}

/// Why a file cannot be read as a document. The file's name is added by whoever knows it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    #[error("the file is empty; nothing to read")]
    Empty,
    #[error("this is not text (byte {offset} is {byte:#04x}); save the document as plain text first")]
    Binary { offset: usize, byte: u8 },
    #[error("the file has {size} bytes; the limit is {limit}")]
    TooLarge { size: usize, limit: usize },
    #[error("not a Word document that can be read: {reason}")]
    Package { reason: String },
    #[error("this is {what}, which cannot be read; {advice}")]
    Foreign { what: &'static str, advice: &'static str },
    #[error(
        "not well-formed {format} at byte {offset}: {reason}; repair the file, or read it as text with --format text"
    )]
    Malformed { format: Format, offset: usize, reason: String },
}
