//! What was not understood, collected with its place.

use crate::bibliography::{Lines, Problem};

pub(super) struct Problems<'a> {
    lines: Lines<'a>,
    list: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { lines: Lines::new(text), list: Vec::new() }
    }

    /// Adds a problem at a byte offset.
    pub(super) fn add(&mut self, at: usize, key: Option<&str>, message: impl Into<String>) {
        let (line, column) = self.lines.at(at);
        let key = key.filter(|k| !k.is_empty()).map(str::to_owned);
        self.list.push(Problem { message: message.into(), line, column, key });
    }

    /// Adds what was found elsewhere in the same text.
    pub(super) fn extend(&mut self, found: Vec<Problem>) {
        self.list.extend(found);
    }

    /// The 1-based line of a byte offset.
    pub(super) fn line_of(&mut self, at: usize) -> usize {
        self.lines.at(at).0
    }

    /// All problems in file order.
    pub(super) fn into_list(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|p| (p.line, p.column));
        self.list
    }
}
