//! Where an outline item stands among the others.
//!
//! Nesting is told by indentation, and where a paste has lost it, by the kinds of the markers: an item that goes on a
//! series ("2." after "1.") closes what was opened since; one that begins a series of another kind is one level deeper.

use super::PathPart;
use super::marker::{Marker, Numbering, Punctuation, Token, readings};

/// Levels without difference in indentation; more of them is no outline that anyone wrote.
const MAX_FLAT: usize = 16;
/// How far right-aligned markers of one list may differ in indentation ("ix." and "x.").
const ALIGNMENT: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Series {
    Bullets(char),
    Counted(Numbering, Punctuation),
}

#[derive(Debug)]
struct Level {
    indent: usize,
    series: Series,
    value: u32,
    label: Option<String>,
    claim: Option<usize>,
}

/// The items that are open at a place of an outline, outermost first.
#[derive(Debug, Default)]
pub(super) struct Outline {
    levels: Vec<Level>,
}

impl Outline {
    /// Forgets all items: a heading stands between.
    pub fn close(&mut self) {
        self.levels.clear();
    }

    pub fn is_open(&self) -> bool {
        !self.levels.is_empty()
    }

    /// Columns before the marker of the innermost item.
    pub fn indent(&self) -> usize {
        self.levels.last().map_or(0, |l| l.indent)
    }

    /// The markers that lead to the innermost item, its own included. A bullet is no part of a path.
    pub fn path(&self) -> impl Iterator<Item = PathPart> + '_ {
        self.levels.iter().filter_map(|l| l.label.clone()).map(PathPart::Marker)
    }

    /// The claim of the nearest item round the innermost one.
    pub fn parent(&self) -> Option<usize> {
        self.levels.iter().rev().skip(1).find_map(|l| l.claim)
    }

    /// Notes that the innermost item's text became claim `index`.
    pub fn set_claim(&mut self, index: usize) {
        if let Some(level) = self.levels.last_mut() {
            level.claim = Some(index);
        }
    }

    /// The claim of the innermost item, or of the nearest round it that has one.
    pub fn claim(&self) -> Option<usize> {
        self.levels.iter().rev().find_map(|l| l.claim)
    }

    /// Whether the marker goes on one of the open series.
    pub fn is_continued_by(&self, marker: &Marker<'_>) -> bool {
        self.levels.iter().rev().take(MAX_FLAT).any(|l| l.next(marker).is_some())
    }

    /// Puts an item in its place. An item of the same list before it is closed with all below it.
    pub fn place(&mut self, marker: &Marker<'_>, indent: usize) {
        // Right-aligned markers: "x." stands one column right of "ix.".
        if let Some((at, series, value)) = self
            .continued(marker, |l| l.indent == indent)
            .or_else(|| self.continued(marker, |l| l.indent.abs_diff(indent) <= ALIGNMENT && l.indent != indent))
        {
            // Items further out than this one's list may only be closed by indentation.
            if self.levels[at + 1..].iter().all(|l| l.indent + ALIGNMENT >= indent) {
                self.levels.truncate(at);
                self.push(marker, indent, series, value);
                return;
            }
        }
        while self.levels.last().is_some_and(|l| l.indent > indent) {
            self.levels.pop();
        }
        let (series, value) = first_reading(marker);
        let flat = self.levels.iter().rev().take_while(|l| l.indent == indent).count();
        let same = self.levels.iter().rev().take(flat.min(MAX_FLAT)).position(|l| l.series == series);
        // A series that starts anew below one of another kind is nested; any other comes back to its own level.
        let nested = match same {
            None => value == 1 || flat == 0 || matches!(series, Series::Bullets(_)),
            Some(0) => false,
            Some(_) => value == 1 && !matches!(series, Series::Bullets(_)),
        };
        if flat > 0 && (!nested || flat >= MAX_FLAT) {
            let up = same.unwrap_or(0) + 1;
            self.levels.truncate(self.levels.len() - up);
        }
        self.push(marker, indent, series, value);
    }

    /// The innermost open series that the marker goes on, among the levels that may be meant.
    fn continued(&self, marker: &Marker<'_>, fits: impl Fn(&Level) -> bool) -> Option<(usize, Series, u32)> {
        let near = self.levels.len().saturating_sub(MAX_FLAT);
        // Levels at deeper indentation are closed by this marker whatever they are; look past them.
        let found = self.levels[near..].iter().rposition(|l| fits(l) && l.next(marker).is_some());
        let at = near + found?;
        let (series, value) = self.levels[at].next(marker)?;
        Some((at, series, value))
    }

    fn push(&mut self, marker: &Marker<'_>, indent: usize, series: Series, value: u32) {
        let label = match marker.token {
            Token::Bullet(_) => None,
            Token::Ordinal { text, .. } => Some(text.to_owned()),
        };
        self.levels.push(Level { indent, series, value, label, claim: None });
    }
}

impl Level {
    /// The reading of the marker under which it is the next of this level's series.
    fn next(&self, marker: &Marker<'_>) -> Option<(Series, u32)> {
        match (self.series, marker.token) {
            (Series::Bullets(a), Token::Bullet(b)) => (a == b).then_some((self.series, 1)),
            (Series::Counted(numbering, punctuation), Token::Ordinal { text, punctuation: p }) if punctuation == p => {
                let value = readings(text).find(|r| r.0 == numbering)?.1;
                // The page's counter says where in its list an item stands: "1. i." never follows "h.".
                let begins = marker.counter == Some(1);
                (value == self.value + 1 && !begins).then_some((self.series, value))
            }
            _ => None,
        }
    }
}

/// The reading of a marker that goes on nothing: the one its page's counter agrees with, else the one that begins a
/// series ("i" is roman one), else the longest numbers are roman.
fn first_reading(marker: &Marker<'_>) -> (Series, u32) {
    match marker.token {
        Token::Bullet(c) => (Series::Bullets(c), 1),
        Token::Ordinal { text, punctuation } => {
            let all = || readings(text);
            let (numbering, value) = marker
                .counter
                .and_then(|n| all().find(|r| r.1 == n))
                .or_else(|| all().find(|r| r.1 == 1))
                .or_else(|| all().next())
                .expect("a marker has a reading");
            (Series::Counted(numbering, punctuation), value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::marker::parse;
    use super::*;

    /// The paths of lines that hold nothing but markers.
    fn paths(text: &str) -> Vec<String> {
        let mut outline = Outline::default();
        text.lines()
            .map(|line| {
                outline.place(&parse(line.trim()).unwrap(), line.len() - line.trim_start().len());
                outline.path().map(|p| p.to_string()).collect::<Vec<_>>().join(">")
            })
            .collect()
    }

    #[test]
    fn nesting_by_indentation() {
        assert_eq!(paths("1.\n  a.\n  b.\n    i.\n2.\n  a."), ["1", "1>a", "1>b", "1>b>i", "2", "2>a"]);
        assert_eq!(paths("1.\n  1.\n    1.\n  2.\n2."), ["1", "1>1", "1>1>1", "1>2", "2"]);
        assert_eq!(paths("•\n  1.\n•\n  -"), ["", "1", "", ""]);
        assert_eq!(paths(" ix.\n  x.\n xi."), ["ix", "x", "xi"]);
    }

    #[test]
    fn nesting_by_kind() {
        let flat = "1. 1.\n1. a.\n2. b.\n1. i.\n2. ii.\n1. a)\n2. b)\n3. iii.\n3. c.\n2. 2.\n1. a.";
        let expected = ["1", "1>a", "1>b", "1>b>i", "1>b>ii", "1>b>ii>a", "1>b>ii>b", "1>b>iii", "1>c", "2", "2>a"];
        assert_eq!(paths(flat), expected);
        assert_eq!(paths("h.\ni.\nj."), ["h", "i", "j"]);
        assert_eq!(paths("5. e.\n1. i.\n2. ii.\n6. f."), ["e", "e>i", "e>ii", "f"]);
        assert_eq!(paths("1.\n•\n•\n2."), ["1", "1", "1", "2"]);
        assert_eq!(paths("1.\n2.\n1.\n2."), ["1", "2", "1", "2"]);
    }

    #[test]
    fn flat_nesting_is_bounded() {
        let mut outline = Outline::default();
        for _ in 0..500 {
            for marker in ["1.", "a.", "i)", "A."] {
                outline.place(&parse(marker).unwrap(), 0);
            }
        }
        assert!(outline.levels.len() <= MAX_FLAT + 1);
    }
}
