//! Running text on one line together with what its markup said of it.

use std::ops::Range;

use super::clean::plain;
use crate::text::RAISED;

/// What a citation's markup names, before the reference list is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pointer {
    /// The id of an entry in the document: an anchor, an `xref`.
    Id(String),
    /// A key of a bibliography.
    Key(String),
}

/// A citation in a text, its place in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cite {
    pub range: Range<usize>,
    pub pointers: Vec<Pointer>,
}

/// What stands in for a piece of markup where the ends of sentences are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mask {
    /// Itself.
    Text,
    /// Emphasis and its like, which may stand round the end of a sentence: quotation marks.
    Quote,
    /// A formula, code, a name: one word that may begin a sentence.
    Word,
    /// A citation that may follow the full stop of its sentence: a number in brackets.
    Citation,
}

/// Text on one line, spaces collapsed, without invisible characters.
#[derive(Debug, Clone, Default)]
pub(super) struct Rich {
    pub text: String,
    /// As long as `text` byte by byte: what is looked at to find the ends of sentences.
    pub mask: String,
    pub cites: Vec<Cite>,
    pub raised: Vec<Range<usize>>,
    /// Pairs of a byte offset in `text` and one in the source, both ascending.
    places: Vec<(usize, usize)>,
    /// A space is due before the next character.
    gap: bool,
}

impl Rich {
    /// Appends a piece of the source, from byte `start` on.
    pub fn push(&mut self, piece: &str, start: usize, mask: Mask) {
        let mut aligned = false;
        let mut at = None;
        for (i, raw) in piece.char_indices() {
            let c = match raw {
                '\n' | '\t' | '\r' => Some(' '),
                c if c.is_control() || c == '\u{ad}' => None,
                c => plain(c).map(|c| if c == '\n' { ' ' } else { c }),
            };
            let Some(c) = c else {
                aligned = false;
                continue;
            };
            if c.is_whitespace() {
                self.gap = true;
                aligned = false;
                continue;
            }
            if self.gap && !self.text.is_empty() {
                self.text.push(' ');
                self.mask.push(' ');
            }
            self.gap = false;
            if !aligned {
                self.places.push((self.text.len(), start + i));
                aligned = raw == c;
            }
            at.get_or_insert(self.text.len());
            self.text.push(c);
            self.push_mask(c, mask);
        }
        if let Some(at) = at
            && mask == Mask::Citation
        {
            // Brackets round the digits, however long the citation was.
            let end = self.mask.len();
            let digits = "1".repeat((end - at).saturating_sub(2));
            self.mask.truncate(at);
            self.mask.push_str(if end - at > 2 { "[" } else { "1" });
            self.mask.push_str(&digits);
            self.mask.push_str(if end - at > 2 { "]" } else { &"1"[..end - at - 1] });
        }
        if let Some(at) = at
            && mask == Mask::Word
        {
            self.mask.replace_range(at..=at, "X");
        }
    }

    fn push_mask(&mut self, c: char, mask: Mask) {
        let same = |stand_in: &str| stand_in.repeat(c.len_utf8());
        match mask {
            Mask::Text => self.mask.push(c),
            Mask::Quote => self.mask.push_str(&same("\"")),
            Mask::Word | Mask::Citation => self.mask.push_str(&same("x")),
        }
    }

    /// A space before what comes next, if anything comes.
    pub fn space(&mut self) {
        self.gap = true;
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the next character will stand.
    pub fn next_place(&self) -> usize {
        self.text.len() + usize::from(self.gap && !self.text.is_empty())
    }

    /// Notes that the text from `start` to its end is a citation.
    pub fn cite(&mut self, start: usize, pointers: Vec<Pointer>) {
        if start < self.text.len() && !pointers.is_empty() {
            self.cites.push(Cite { range: start..self.text.len(), pointers });
        }
    }

    /// Notes that the text from `start` to its end is raised.
    pub fn raise(&mut self, start: usize) {
        if start >= self.text.len() {
            return;
        }
        self.raised.push(start..self.text.len());
        // A raised number behind a full stop does not begin a sentence.
        let inside = &self.text[start..];
        let numbers = |c: char| c.is_ascii_digit() || " ,;[]()-–—−‐".contains(c);
        let unmasked = self.mask.get(start..) == Some(inside);
        // "1", "–" and "3" may be raised one by one.
        let goes_on = self.mask.get(..start).is_some_and(|m| m.ends_with(RAISED));
        let has_number = goes_on || inside.contains(|c: char| c.is_ascii_digit());
        if unmasked && has_number && inside.chars().all(numbers) {
            let length = inside.len();
            self.mask.truncate(start);
            self.mask.extend(std::iter::repeat_n(RAISED, length));
        }
    }

    /// Where in the source a range of the text came from.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let place = |byte: usize| {
            let i = self.places.partition_point(|p| p.0 <= byte).saturating_sub(1);
            self.places.get(i).map_or(0, |p| p.1 + byte.saturating_sub(p.0))
        };
        let last = self.text[range.clone()].chars().next_back().map_or(0, char::len_utf8);
        place(range.start)..place(range.end - last) + last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_with_a_way_back() {
        let mut rich = Rich::default();
        rich.push("Bark  is\n", 0, Mask::Text);
        let start = rich.next_place();
        rich.push("[@roe]", 9, Mask::Citation);
        rich.cite(start, vec![Pointer::Key("roe".to_owned())]);
        rich.push(". \u{ad}Yes\u{7}", 15, Mask::Text);
        assert_eq!(rich.text, "Bark is [@roe]. Yes");
        assert_eq!(rich.mask, "Bark is [1111]. Yes");
        assert_eq!(rich.cites[0].range, 8..14);
        assert_eq!((rich.source(8..14), rich.source(16..19)), (9..15, 19..22));
    }

    #[test]
    fn masks_are_as_long_as_the_text() {
        for mask in [Mask::Text, Mask::Quote, Mask::Word, Mask::Citation] {
            for piece in ["é", "a", "ab", "–abc é", "€uro"] {
                let mut rich = Rich::default();
                rich.push(piece, 0, mask);
                assert_eq!(rich.mask.len(), rich.text.len(), "{mask:?} {piece}");
            }
        }
    }
}
