//! A `.bib` file as blocks of source text: what is an entry, a macro, a comment, and what is only text.
//!
//! Every byte belongs to exactly one block, so the blocks joined are the file. An entry that cannot be read is a
//! block of its own, and reading goes on at the next `@word{` that begins a line. Brackets are counted, not
//! recursed into, and the time is linear in the size of the file whatever it holds.
//!
//! Braces count whether or not a backslash stands before them, as in BibTeX itself.

mod splitter;

use std::ops::Range;

use thiserror::Error;

pub use splitter::{blocks, split};

/// A byte range of the source.
pub type Bytes = Range<usize>;

/// A part of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub span: Bytes,
    pub kind: BlockKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Anything between the blocks that begin with `@`.
    Text,
    /// `@comment`.
    Comment,
    /// `@preamble`.
    Preamble,
    /// `@string{name = value}`.
    Macro(FieldSource),
    Entry(EntrySource),
    /// A block that begins like one and does not end like one.
    Broken(SyntaxError),
}

/// An entry's parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntrySource {
    pub entry_type: Bytes,
    /// Empty when the entry has none.
    pub key: Bytes,
    pub fields: Vec<FieldSource>,
    /// What is wrong without making the entry unreadable.
    pub mistakes: Vec<SyntaxError>,
}

/// `name = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSource {
    pub name: Bytes,
    pub first: Piece,
    /// What `#` adds to the first piece.
    pub rest: Vec<Piece>,
}

impl FieldSource {
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

/// A piece of a value; the span leaves the delimiters out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    pub span: Bytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    Braced,
    Quoted,
    Number,
    /// The name of an `@string`.
    Macro,
}

/// A mistake and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Byte offset.
    pub at: usize,
    pub kind: SyntaxErrorKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SyntaxErrorKind {
    #[error("the entry is not closed: a “}}” (or the “)” of one opened with “(”) is missing before the next entry")]
    UnclosedEntry,
    #[error("the value is not closed: its “}}” is missing, or there is a “{{” too many in it")]
    UnclosedBraces,
    #[error("the value is not closed: its quotation mark is missing, or its braces do not pair")]
    UnclosedQuotes,
    #[error("a citation key was expected after the opening bracket, as in “@book{{key, …”")]
    ExpectedKey,
    #[error("the entry has no citation key: write one, as in “@book{{key, …”")]
    NoKey,
    #[error("the citation key has a space in it, which no citation can name: take it out")]
    SpaceInKey,
    #[error("a field was expected here, as in “title = {{…}}”; read on at the next comma")]
    ExpectedField,
    #[error("“=” was expected after the field's name; the field was left out")]
    ExpectedEquals,
    #[error("a value was expected, as {{…}}, \"…\", a number or the name of an @string; the field was left out")]
    ExpectedValue,
    #[error("a comma is missing before this field")]
    MissingComma,
    #[error(
        "a value of the entry holds what looks like the start of another entry: if it is one, a brace is missing before it"
    )]
    EntryInside,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &str) -> String {
        split(text)
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Text => "text".to_owned(),
                BlockKind::Comment => "comment".to_owned(),
                BlockKind::Preamble => "preamble".to_owned(),
                BlockKind::Macro(field) => format!("macro {}", &text[field.name.clone()]),
                BlockKind::Entry(entry) => {
                    let fields: Vec<_> = entry.fields.iter().map(|f| &text[f.name.clone()]).collect();
                    let mistakes: String = entry.mistakes.iter().map(|m| format!(" {:?}", m.kind)).collect();
                    format!("{}({}){mistakes}", &text[entry.key.clone()], fields.join(" "))
                }
                BlockKind::Broken(error) => format!("{:?}@{}", error.kind, error.at),
            })
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn blocks() {
        for (text, expected) in [
            ("@book{a, title = {T}, year = 2000 }", "a(title year)"),
            ("@book(a, title = {T})", "a(title)"),
            ("@book{a}@book{b,}", "a(); b()"),
            ("hello\n@string{m = \"x\" # n}\n@preamble{ {y} }", "text; macro m; text; preamble"),
            ("@comment{ @book{a, title={T}} }x", "comment; text"),
            ("@comment not closed {\n@book{a,}", "comment; text; a()"),
            ("@Comment{jabref-meta: a:b;}\n", "comment; text"),
            ("mail me@home.org {x}", "text"),
            (" % @book{a}\n@book{b} % @book{c}\n@book{d}", "text; b(); text; d()"),
            ("@ book { a , x = \"{\"}q{\"}\" }", "a(x)"),
            ("", ""),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn mistakes_cost_a_field_or_an_entry() {
        for (text, expected) in [
            ("@book{, title = {T}}", "(title) NoKey"),
            ("@book{title = {T}}", "(title) NoKey"),
            ("@book{a b, title = {T}}", "a b(title) SpaceInKey"),
            ("@book{a\n title = {T}}", "a(title) MissingComma"),
            ("@book{a, title = {T} year = 2000}", "a(title year) MissingComma"),
            ("@book{a, title = , year = 2000}", "a(year) ExpectedValue"),
            ("@book{a, title {T}, year = 2000}", "a(year) ExpectedEquals"),
            ("@book{a, = {T}, year = 2000}", "a(year) ExpectedField"),
            ("@book{a, % old\n% older\n year = 2000}", "a(year)"),
            ("@book{a, title = {T}\n@book{b, year = 2000}", "UnclosedEntry@0; b(year)"),
            ("@book{a, title = {T,\n year = {1}}\n@book{b,}\n", "UnclosedEntry@0; b(); text"),
            ("@book{a, title = {T\n@book{b,}\n@book{c,}", "UnclosedBraces@17; b(); text; c()"),
            ("@book{a, title = \"T}\n@book{b,}", "UnclosedQuotes@17; b()"),
            ("@book{a, note = {see\n@book{b,}}}", "a(note) EntryInside"),
            ("@book{a", "UnclosedEntry@0"),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn many_entries_without_end_take_linear_time() {
        let text = "@book{a, title = {\n".repeat(20_000);
        let started = std::time::Instant::now();
        assert_eq!(split(&text).len(), 20_000);
        assert!(started.elapsed().as_secs() < 5);
    }

    proptest! {
        #[test]
        fn blocks_joined_are_the_file(text in "([@{}(),=#\"% \n]|@book\\{|a|é|\n@x\\{)*") {
            let blocks = split(&text);
            let joined: String = blocks.iter().map(|block| &text[block.span.clone()]).collect();
            prop_assert_eq!(joined, text);
            prop_assert!(blocks.iter().all(|block| !block.span.is_empty()));
        }
    }
}
