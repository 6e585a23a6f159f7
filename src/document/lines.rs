//! A cleaned text as lines, and lines as units: one heading, one paragraph, one outline marker with its text.
//!
//! Pasted text is wrapped at a fixed width, or holds a paragraph a line, with blank lines or without; a unit is what
//! stands together whichever it is.

use std::ops::Range;

use super::furniture::{self, Furniture};
use super::marker::{self, Marker};
use super::shape::{is_drawing, is_row};

/// A line that is not blank.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// Without white space around it.
    pub text: &'a str,
    /// Byte offset of `text` in the cleaned text.
    pub start: usize,
    /// Columns before the text.
    pub indent: usize,
    pub after_blank: bool,
    /// What part of the page's furniture the line is.
    pub furniture: Option<Furniture>,
    /// Program code or its output.
    pub is_code: bool,
    /// Columns of the text without the indentation.
    width: usize,
}

/// Lines that belong together.
#[derive(Debug, Clone)]
pub(super) struct Unit<'a> {
    /// Indices of the lines, never empty.
    pub lines: Range<usize>,
    pub indent: usize,
    /// The outline marker or bullet the first line begins with.
    pub marker: Option<Marker<'a>>,
}

/// Lines are wrapped at no less and no more than so many columns.
const WRAP: Range<usize> = 40..131;

pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut after_blank = true;
    for raw in text.split('\n') {
        let content = raw.trim();
        if content.is_empty() {
            after_blank = true;
        } else {
            let before = raw.len() - raw.trim_start().len();
            let indent = raw[..before].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
            let width = content.chars().count();
            let furniture = furniture::classify(content);
            let start = start + before;
            found.push(Line { text: content, start, indent, after_blank, furniture, is_code: false, width });
            after_blank = false;
        }
        start += raw.len() + 1;
    }
    super::listing::mark(&mut found);
    found
}

/// Groups lines into units.
pub(super) fn units<'a>(lines: &[Line<'a>]) -> Vec<Unit<'a>> {
    let wraps = Wraps::of(lines);
    let mut found: Vec<Unit<'a>> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let marker = marker::parse(line.text);
        if let Some(unit) = found.last_mut()
            && !line.after_blank
            && continues(unit, lines, i, marker.is_some(), &wraps)
        {
            unit.lines.end = i + 1;
            continue;
        }
        found.push(Unit { lines: i..i + 1, indent: line.indent, marker });
    }
    found
}

fn continues(unit: &Unit<'_>, lines: &[Line<'_>], i: usize, has_marker: bool, wraps: &Wraps) -> bool {
    let (last, line) = (&lines[i - 1], &lines[i]);
    if last.furniture.is_some() || line.furniture.is_some() || last.is_code || line.is_code {
        return false;
    }
    if [last, line].iter().any(|l| is_row(l.text) || is_drawing(l.text)) {
        return false;
    }
    let full = wraps.is_full(i - 1, last, line);
    if has_marker {
        // A line of prose may begin with what looks like a marker: "… in group\n2. Then …".
        return full && unit.marker.is_none() && !ends_statement(last.text) && line.indent <= last.indent;
    }
    if ends_with_hyphen(last.text) && line.text.starts_with(char::is_alphabetic) {
        return true;
    }
    // "I. Causes" and below it, indented, what they are: two things, unless the first line is wrapped.
    let goes_on = full || !line.text.starts_with(char::is_uppercase) || unit.lines.len() > 1;
    if unit.marker.is_some() && line.indent > unit.indent && goes_on {
        return true;
    }
    full || line.text.starts_with(char::is_lowercase) && last.width >= WRAP.start - 10 && !ends_statement(last.text)
}

fn ends_statement(text: &str) -> bool {
    text.ends_with(['.', ':', ';', '!', '?'])
}

/// Whether a word may be cut at the end of the line.
pub(super) fn ends_with_hyphen(text: &str) -> bool {
    text.strip_suffix(['-', '\u{2010}']).is_some_and(|t| t.ends_with(char::is_alphabetic))
}

/// Where lines are so long that the next word had no room: that is how wrapped text is told from short lines.
pub(super) struct Wraps {
    /// For each line the columns of the widest line in its run without blank lines.
    widths: Vec<usize>,
}

impl Wraps {
    pub fn of(lines: &[Line<'_>]) -> Self {
        let mut widths = vec![0; lines.len()];
        let mut start = 0;
        while start < lines.len() {
            let length = lines[start + 1..].iter().take_while(|l| !l.after_blank).count() + 1;
            let block = &lines[start..start + length];
            let widest = block.iter().map(|l| l.indent + l.width).max().unwrap_or(0);
            widths[start..start + length].fill(widest);
            start += length;
        }
        Self { widths }
    }

    /// Whether line `i` had no room for the first word of the line after it.
    pub fn is_full(&self, i: usize, line: &Line<'_>, next: &Line<'_>) -> bool {
        let width = self.widths[i];
        let word = next.text.split(' ').next().map_or(0, |w| w.chars().count());
        WRAP.contains(&width) && line.indent + line.width + 1 + word > width && line.width * 2 >= width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit_texts(text: &str) -> Vec<String> {
        let lines = lines(text);
        let join = |u: &Unit<'_>| lines[u.lines.clone()].iter().map(|l| l.text).collect::<Vec<_>>().join("|");
        units(&lines).iter().map(join).collect()
    }

    #[test]
    fn wrapped_lines_stand_together() {
        let wrapped = "Birch bark was boiled for a long time in\nlarge pots by the people of the coast and\nthen \
                       dried.\n\nNext";
        assert_eq!(unit_texts(wrapped).len(), 2);
        assert_eq!(unit_texts("Birch\nAlder\nOak").len(), 3);
        assert_eq!(unit_texts("1. Birch\n   and alder\n2. Oak"), ["1. Birch|and alder", "2. Oak"]);
        assert_eq!(unit_texts("The bark of the birch-\nlike trees"), ["The bark of the birch-|like trees"]);
    }
}
