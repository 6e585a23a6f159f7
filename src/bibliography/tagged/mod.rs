//! Formats of lines that begin with a tag: one module each, on one splitter.

pub(super) mod enw;
pub(super) mod nbib;
pub(super) mod ovid;
pub(super) mod refworks;
pub(super) mod ris;
pub(super) mod wos;

use std::collections::HashSet;

use super::{Lines, Problem};
use crate::text::collapse_spaces;

/// A tag and its value, with the lines that go on with it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tagged<'a> {
    tag: &'a str,
    /// Lines are separated by line feeds; what indents them is taken off.
    value: String,
    /// Byte offset of the tag.
    at: usize,
}

impl Tagged<'_> {
    /// The value on one line.
    fn line(&self) -> String {
        collapse_spaces(&self.value)
    }

    /// The lines of the value that are not empty.
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.value.lines().map(str::trim).filter(|l| !l.is_empty())
    }
}

/// The tags of a record that have a value.
fn tags_of<'a>(fields: &[Tagged<'a>]) -> HashSet<&'a str> {
    fields.iter().filter(|f| !f.value.trim().is_empty()).map(|f| f.tag).collect()
}

/// A text cut at its tags.
struct Cut<'a> {
    fields: Vec<Tagged<'a>>,
    /// Byte offset of the first text that stands before any tag.
    stray: Option<usize>,
}

/// Cuts a text. `tag_of` gives tag and rest of a line that begins with a tag; other lines go on with the one before.
fn cut<'a>(text: &'a str, tag_of: impl Fn(&'a str) -> Option<(&'a str, &'a str)>) -> Cut<'a> {
    let mut out = Cut { fields: Vec::new(), stray: None };
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        match (tag_of(line), out.fields.last_mut()) {
            (Some((tag, value)), _) => out.fields.push(Tagged { tag, value: value.trim().to_owned(), at }),
            (None, Some(field)) => {
                field.value.push('\n');
                field.value.push_str(line.trim());
            }
            // Some programs number their records.
            (None, None) if line.trim().trim_end_matches('.').bytes().all(|b| b.is_ascii_digit()) => {}
            (None, None) => out.stray = out.stray.or(Some(at)),
        }
        at += whole.len();
    }
    out
}

/// What a place in the file has to be said of.
fn problem(lines: &mut Lines, at: usize, key: &str, message: impl Into<String>) -> Problem {
    let (line, column) = lines.at(at);
    Problem { message: message.into(), line, column, key: (!key.is_empty()).then(|| key.to_owned()) }
}
