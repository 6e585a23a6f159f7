//! Places in a text, counted in Unicode scalar values.

use serde::{Deserialize, Serialize};

/// A part of a text: offsets of Unicode scalar values, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// Whether the two spans share a character.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Turns byte offsets of one text into scalar offsets, in any order, in time that grows with the distance
/// from the last question.
#[derive(Debug)]
pub struct ScalarOffsets<'a> {
    text: &'a str,
    byte: usize,
    scalar: usize,
}

impl<'a> ScalarOffsets<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, scalar: 0 }
    }

    /// The scalar offset of a byte offset that lies on a character boundary.
    pub fn at(&mut self, byte: usize) -> usize {
        if byte >= self.byte {
            self.scalar += self.text[self.byte..byte].chars().count();
        } else {
            self.scalar -= self.text[byte..self.byte].chars().count();
        }
        self.byte = byte;
        self.scalar
    }

    /// The scalar span of a byte range.
    pub fn span(&mut self, range: std::ops::Range<usize>) -> Span {
        Span { start: self.at(range.start), end: self.at(range.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_not_bytes() {
        let text = "é–x";
        let mut offsets = ScalarOffsets::new(text);
        assert_eq!(offsets.span(2..5), Span { start: 1, end: 2 });
        assert_eq!(offsets.at(0), 0);
        assert_eq!(offsets.at(6), 3);
    }
}
