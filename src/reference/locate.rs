//! Where in the printed string the fields stand.
//!
//! Cleaning takes out link labels, list numbers, hyphens of line ends and spaces, but changes no letter or digit, so
//! a field is found again by its letters and digits alone.

use std::ops::Range;

use super::clean::narrow;
use crate::text::Span;

/// The letters and digits of a string, and where each stands.
pub(super) struct Letters {
    text: String,
    /// Byte offset in `text` and scalar offset in the string, in order.
    places: Vec<(usize, usize)>,
    /// Where the next field is looked for first: fields come in the order in which they are printed.
    from: usize,
}

impl Letters {
    pub fn of(raw: &str) -> Self {
        let (text, places) = (String::with_capacity(raw.len()), Vec::with_capacity(raw.len()));
        let mut out = Self { text, places, from: 0 };
        for (at, c) in raw.chars().enumerate() {
            if c.is_alphanumeric() {
                out.places.push((out.text.len(), at));
                out.text.push(narrow(c));
            }
        }
        out
    }

    /// The span of the next field, in scalars of the string.
    pub fn find(&mut self, field: &str) -> Option<Span> {
        let found = self.letters_of(field, self.from)?;
        self.from = found.end;
        Some(self.span(found))
    }

    /// The span of the first place where a text stands, whatever was found before.
    pub fn find_anywhere(&self, text: &str) -> Option<Span> {
        self.letters_of(text, 0).map(|found| self.span(found))
    }

    fn letters_of(&self, field: &str, from: usize) -> Option<Range<usize>> {
        let mut wanted = String::with_capacity(field.len());
        wanted.extend(field.chars().filter(|c| c.is_alphanumeric()));
        if wanted.is_empty() {
            return None;
        }
        let start = from + self.text[from..].find(&wanted)?;
        Some(start..start + wanted.len())
    }

    fn span(&self, Range { start, end }: Range<usize>) -> Span {
        let first = self.places.partition_point(|(byte, _)| *byte < start);
        let last = self.places.partition_point(|(byte, _)| *byte < end) - 1;
        Span { start: self.places[first].1, end: self.places[last].1 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_their_letters() {
        let raw = "[1] Roe,  A. Skin assign- ments. J Skin 3:4";
        let mut letters = Letters::of(raw);
        let mut text = |field: &str| {
            letters.find(field).map(|s| raw.chars().skip(s.start).take(s.end - s.start).collect::<String>())
        };
        assert_eq!(text("Roe, A.").as_deref(), Some("Roe,  A"));
        assert_eq!(text("Skin assignments").as_deref(), Some("Skin assign- ments"));
        assert_eq!(text("3").as_deref(), Some("3"));
        assert_eq!(text("x"), None);
    }
}
