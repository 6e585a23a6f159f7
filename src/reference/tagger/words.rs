//! What a single token looks like.

use super::known::Known;
use crate::reference::lex::{Token, TokenKind, tokens};
use crate::reference::name_words::looks_like_year;

/// A hash of what is seen. Stable: models depend on it.
#[inline]
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let mut x = (a ^ b.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^= x >> 32;
    x = x.wrapping_mul(0xd6e8_feb8_6659_fd93);
    x ^ (x >> 29)
}

/// The hash of the empty text.
const NOTHING: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a text and one more character.
#[inline]
fn longer(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
}

/// A hash of a text.
#[inline]
pub(super) fn hash(text: impl Iterator<Item = char>) -> u64 {
    text.fold(NOTHING, longer)
}

/// The hashes of the first one, two, three and four characters of a text, or of all where it has fewer.
#[inline]
pub(super) fn hashes_of_start(text: impl Iterator<Item = char>) -> [u64; 4] {
    let mut out = [NOTHING; 4];
    for (at, c) in text.take(4).enumerate() {
        let hash = longer(out[at], c);
        out[at..].fill(hash);
    }
    out
}

/// The make of a token, coarse enough to be shared by many words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Shape {
    Mark,
    Small,
    Capital,
    Initial,
    TwoCapitals,
    Capitals,
    MixedCase,
    Uncased,
    WordWithDigits,
    Year,
    Digit,
    TwoDigits,
    ThreeDigits,
    FourDigits,
    ManyDigits,
    DigitsAndLetters,
}

/// A token as features see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Of the word in small letters; digits count by their number.
    pub hash: u64,
    pub shape: Shape,
    pub known: Known,
    pub spaced: bool,
    pub mark: char,
    pub letters: u8,
    pub dot_behind: bool,
}

/// The tokens of a text, cut finer where a number is glued to a word: "Physics67", "D85", "제45권".
pub(in crate::reference) fn fine_tokens(text: &str) -> Vec<Token<'_>> {
    let tokens = tokens(text);
    let mut out = Vec::with_capacity(tokens.len() + 8);
    for token in tokens {
        let mut rest = token;
        while let Some(at) = glued(&rest) {
            let (head, tail) = rest.text.split_at(at);
            let middle = rest.start + at;
            out.push(Token { text: head, start: rest.start, end: middle, kind: kind_of(head) });
            rest = Token { text: tail, start: middle, end: rest.end, kind: kind_of(tail) };
        }
        out.push(rest);
    }
    out
}

fn kind_of(text: &str) -> TokenKind {
    if text.starts_with(char::is_numeric) { TokenKind::Number } else { TokenKind::Word }
}

/// Where a token is to be cut: before digits at its end, and between digits and letters without capitals.
fn glued(token: &Token) -> Option<usize> {
    if matches!(token.kind, TokenKind::Mark(_)) || !token.text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let uncased = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    let mut before: Option<char> = None;
    let last_digits = token.text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in token.text.char_indices() {
        if let Some(before) = before
            && ((at == last_digits && before.is_alphabetic())
                || (before.is_ascii_digit() && uncased(c))
                || (uncased(before) && c.is_ascii_digit()))
        {
            return Some(at);
        }
        before = Some(c);
    }
    None
}

/// Looks at one token. `before` and `behind` are the characters around it.
pub(super) fn look(token: &Token, before: Option<char>, behind: Option<char>) -> Word {
    let spaced = before == Some(' ');
    let dot_behind = behind == Some('.');
    let mark = match token.kind {
        TokenKind::Mark(c) => one_of_its_kind(c),
        _ => ' ',
    };
    let letters = u8::try_from(token.text.len().min(40)).expect("at most 40");
    let (shape, word) = match token.kind {
        TokenKind::Mark(_) => (Shape::Mark, hash(std::iter::once(mark))),
        TokenKind::Number => {
            let shape = number(token.text);
            (shape, hash(token.text.chars().map(|c| if c.is_numeric() { '0' } else { c })))
        }
        TokenKind::Word if token.text.is_ascii() => {
            (case(token.text), hash(token.text.bytes().map(|b| char::from(b.to_ascii_lowercase()))))
        }
        TokenKind::Word => (case(token.text), hash(token.text.chars().flat_map(char::to_lowercase))),
    };
    let known = match token.kind {
        TokenKind::Word => Known::of(word),
        _ => Known::Nothing,
    };
    Word { hash: word, shape, known, spaced, mark, letters, dot_behind }
}

/// Dashes and quotation marks of one kind count as one.
fn one_of_its_kind(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '−' | '~' => '-',
        '“' | '”' | '„' | '«' | '»' | '"' => '"',
        '‘' | '’' | '\'' | '`' | '´' => '\'',
        '[' => '(',
        ']' => ')',
        c => c,
    }
}

fn number(text: &str) -> Shape {
    if looks_like_year(text) {
        return Shape::Year;
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Shape::DigitsAndLetters;
    }
    match text.len() {
        1 => Shape::Digit,
        2 => Shape::TwoDigits,
        3 => Shape::ThreeDigits,
        4 => Shape::FourDigits,
        _ => Shape::ManyDigits,
    }
}

fn case(text: &str) -> Shape {
    let (mut upper, mut lower, mut all) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        if c.is_numeric() {
            return Shape::WordWithDigits;
        }
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        all += 1;
    }
    let first = text.chars().next().is_some_and(char::is_uppercase);
    match (upper, lower) {
        (0, 0) => Shape::Uncased,
        (0, _) => Shape::Small,
        (1, 0) if all == 1 => Shape::Initial,
        (2, 0) => Shape::TwoCapitals,
        (_, 0) => Shape::Capitals,
        (1, _) if first => Shape::Capital,
        _ => Shape::MixedCase,
    }
}
