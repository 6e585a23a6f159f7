//! Stretches of a reference between marks, and what they look like as a whole.

use super::known::Known;
use super::words::{Shape, Word, mix};
use crate::reference::cut::CUT;

/// A stretch of tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub start: usize,
    pub end: usize,
    /// What its words look like together.
    pub make: u64,
    /// The first of its known words that tells most.
    pub known: u8,
}

/// Cuts tokens into the stretches between those for which `ends` holds, and gives the stretch of every token.
pub(super) fn chunks(words: &[Word], ends: impl Fn(usize) -> bool) -> (Vec<Chunk>, Vec<usize>) {
    let mut out = Vec::with_capacity(words.len() / 2);
    let mut of = Vec::with_capacity(words.len());
    let mut start = 0;
    for at in 0..words.len() {
        of.push(out.len());
        if ends(at) || at + 1 == words.len() {
            out.push(chunk(words, start, at + 1));
            start = at + 1;
        }
    }
    (out, of)
}

fn chunk(words: &[Word], start: usize, end: usize) -> Chunk {
    let (mut count, mut small, mut capital, mut initials, mut numbers, mut years) =
        (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    let mut known = Known::Nothing;
    for word in &words[start..end] {
        match word.shape {
            Shape::Mark => continue,
            Shape::Small | Shape::Uncased if word.known != Known::Function && word.known != Known::Particle => {
                small += 1
            }
            Shape::Capital | Shape::MixedCase | Shape::Capitals => capital += 1,
            Shape::Initial | Shape::TwoCapitals => initials += 1,
            Shape::Year => years += 1,
            shape if shape >= Shape::WordWithDigits => numbers += 1,
            _ => {}
        }
        count += 1;
        if rank(word.known) > rank(known) {
            known = word.known;
        }
    }
    let length = match count {
        0..=3 => count,
        4..=6 => 4,
        7..=11 => 5,
        12..=20 => 6,
        _ => 7,
    };
    let packed = u64::from(length)
        | u64::from(small.min(3)) << 4
        | u64::from(capital.min(3)) << 8
        | u64::from(initials.min(3)) << 12
        | u64::from(numbers.min(2)) << 16
        | u64::from(years.min(1)) << 20;
    Chunk { start, end, make: mix(packed, 77), known: known as u8 }
}

/// Which known words tell more about a stretch.
fn rank(known: Known) -> u8 {
    match known {
        Known::Nothing | Known::Function | Known::Particle | Known::Conjunction => 0,
        Known::VolumeLabel | Known::IssueLabel | Known::PagesLabel | Known::In => 1,
        Known::Month => 2,
        Known::Place => 3,
        Known::Body => 4,
        Known::Journal => 5,
        Known::Publisher => 6,
        Known::Edition | Known::Genre => 7,
        Known::Meeting => 8,
        Known::EditorMark => 9,
    }
}

/// Marks that end the smaller stretches.
pub(super) fn ends_small(mark: char) -> bool {
    matches!(mark, ',' | '.' | ';' | ':' | '(' | ')' | '"' | CUT | '?' | '!' | '/')
}
