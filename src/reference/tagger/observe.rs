//! What is seen at each token: itself and its neighbours, the stretch it stands in, its place, what the rules say.

use super::Observed;
use super::chain::JUNCTIONS;
use super::chunks::{chunks, ends_small};
use super::known::Known;
use super::label::Label;
use super::words::{Shape, Word, hashes_of_start, look, mix};
use crate::reference::cut::CUT;
use crate::reference::lex::Token;
use crate::reference::sentences::sentence_ends;

/// What is the same for a whole reference or counted along it.
struct Place {
    sentence: u8,
    quoted: bool,
    bracketed: bool,
    years_before: u8,
    behind_in: bool,
}

/// Collects the features of all tokens.
pub(super) fn observe(text: &str, tokens: &[Token], hints: &[Label]) -> Observed {
    let words = look_at_all(text, tokens);
    let ends = sentence_ends(text);
    let ends_sentence: Vec<bool> = tokens.iter().map(|t| ends.binary_search(&t.start).is_ok()).collect();
    let large_end = |at: usize| ends_sentence[at] || matches!(words[at].mark, '"' | CUT | '(' | ')');
    let (large, large_of) = chunks(&words, large_end);
    let (small, small_of) = chunks(&words, |at| ends_small(words[at].mark));
    let places = places(&words, &ends_sentence);
    let quotes = u64::from(words.iter().any(|w| w.mark == '"'));
    let whole = quotes | date_first(&words) << 1;
    let mut out = Observed { junctions: junctions(&words, &ends_sentence), ..Observed::default() };
    out.features.reserve(tokens.len() * MOST);
    out.ends.reserve(tokens.len());
    let hashes = Row::of(words.iter().map(|w| w.hash), 1);
    let shapes = Row::of(words.iter().map(shape_and_mark), 98);
    let knowns = Row::of(words.iter().map(|w| w.known as u64), 97);
    let hints = Row::of(hints.iter().map(|l| *l as u64), 99);
    for at in 0..tokens.len() {
        let mut add = Adder::default();
        let hint = |offset: isize| hints.one(at, offset);
        let hash = |offset: isize| hashes.one(at, offset);
        let shape = |offset: isize| shapes.one(at, offset);
        let known = |offset: isize| knowns.one(at, offset);
        let here = words[at];

        for offset in -2..=2 {
            add.one(hash(offset));
        }
        add.one(hashes.two(at, -1));
        add.one(hashes.two(at, 0));
        for offset in [-2, -1, 1, 2] {
            add.one(shape(offset));
        }
        add.one(shapes.two(at, -1));
        add.one(shapes.two(at, 0));
        add.two(shapes.two(at, -1), shape(1));
        add.two(shapes.two(at, -2), shape(0));
        add.two(shape(0), shapes.two(at, 1));
        add.two(shapes.two(at, -2), mix(shapes.two(at, 0), shape(2)));
        add.one(known(-1));
        add.one(known(1));
        add.two(known(0), shape(0));
        add.two(hash(-1), shape(0));
        add.two(hash(-2), shapes.two(at, -1));
        add.two(hash(1), shape(0));
        let (spaced, dotted, length) = (u64::from(here.spaced), u64::from(here.dot_behind), u64::from(here.letters));
        add.two(spaced | dotted << 1, shape(0));
        add.two(dotted | length.min(9) << 1, shape(0));
        affixes(&mut add, &tokens[at], &here);

        let place = &places[at];
        let from_end = words.len() - at;
        let state = u64::from(place.quoted)
            | u64::from(place.bracketed) << 1
            | u64::from(place.behind_in) << 2
            | u64::from(place.years_before) << 3;
        add.two(state, shape(0));
        add.two(u64::from(place.sentence), shape(0));
        add.two(u64::from(place.sentence), state);
        add.two((at * 10 / words.len()) as u64, shape(0));
        add.two(bucket(from_end), shape(0));
        add.two(bucket(at), whole);
        add.two(whole, mix(u64::from(place.sentence), state));

        let chunk = &small[small_of[at]];
        let around = mark_code(&words, chunk.end.checked_sub(1)) | mark_code(&words, chunk.start.checked_sub(1)) << 32;
        add.two(chunk.make, u64::from(chunk.known));
        add.two(chunk.make, around);
        add.two(u64::from(chunk.known), around);
        let chunk_known = |i: Option<usize>| i.and_then(|i| small.get(i)).map_or(50, |c| u64::from(c.known));
        let chunk_make = |i: Option<usize>| i.and_then(|i| small.get(i)).map_or(50, |c| c.make);
        let (before, behind) = (small_of[at].checked_sub(1), Some(small_of[at] + 1));
        add.two(u64::from(chunk.known), mix(chunk_known(before), chunk_known(behind)));
        add.two(chunk.make, chunk_make(behind));
        add.two(chunk.make, chunk_make(before));
        let first = u64::from(at == chunk.start);
        add.two(first, mix(chunk.make, hash(0)));

        let chunk = &large[large_of[at]];
        let around = mark_code(&words, chunk.end.checked_sub(1)) | mark_code(&words, chunk.start.checked_sub(1)) << 32;
        add.two(chunk.make, u64::from(chunk.known));
        add.two(chunk.make, around);
        add.two(chunk.make, u64::from(place.sentence) | state << 8);
        add.two(u64::from(chunk.known), u64::from(place.sentence) | state << 8);
        let next = large.get(large_of[at] + 1).map_or(3, |c| mix(c.make, u64::from(c.known)));
        add.two(u64::from(chunk.known), next);
        add.two(chunk.make, next);

        for offset in [-2, -1, 1, 2] {
            add.one(hint(offset));
        }
        add.one(hints.two(at, -1));
        add.one(hints.two(at, 0));
        add.two(hint(0), shape(0));
        add.two(hint(0), hash(0));
        add.two(hint(0), mix(u64::from(small[small_of[at]].known), around));
        add.two(hint(0), mix(chunk.make, u64::from(chunk.known)));
        add.two(hint(0), mix(whole, mix(state, u64::from(place.sentence))));
        out.features.extend_from_slice(add.features());
        out.ends.push(out.features.len());
    }
    out
}

/// More features than a token has.
const MOST: usize = 80;

/// The features of one token. What they are made from follows from their order.
struct Adder {
    out: [u64; MOST],
    count: usize,
    template: u64,
}

impl Default for Adder {
    fn default() -> Self {
        Self { out: [0; MOST], count: 0, template: 0 }
    }
}

impl Adder {
    #[inline]
    fn one(&mut self, a: u64) {
        self.template += 1;
        self.out[self.count] = mix(a, self.template);
        self.count += 1;
    }

    #[inline]
    fn two(&mut self, a: u64, b: u64) {
        self.one(mix(a, b));
    }

    fn features(&self) -> &[u64] {
        &self.out[..self.count]
    }
}

/// What is seen at each token, and what stands for it two tokens beyond both ends.
struct Row {
    ones: Vec<u64>,
    /// Each mixed with the one behind it.
    twos: Vec<u64>,
}

impl Row {
    const BEYOND: usize = 2;

    fn of(seen: impl Iterator<Item = u64>, beyond: u64) -> Self {
        let edge = || std::iter::repeat_n(beyond, Self::BEYOND);
        let mut ones = Vec::with_capacity(seen.size_hint().0 + 2 * Self::BEYOND);
        ones.extend(edge().chain(seen).chain(edge()));
        let twos = ones.iter().zip(&ones[1..]).map(|(a, b)| mix(*a, *b)).collect();
        Self { ones, twos }
    }

    /// What is seen `offset` tokens behind the token `at`, −2 to 2.
    #[inline]
    fn one(&self, at: usize, offset: isize) -> u64 {
        self.ones[(at + Self::BEYOND).wrapping_add_signed(offset)]
    }

    /// The same, mixed with what is seen one token further, −2 to 1.
    #[inline]
    fn two(&self, at: usize, offset: isize) -> u64 {
        self.twos[(at + Self::BEYOND).wrapping_add_signed(offset)]
    }
}

fn look_at_all(text: &str, tokens: &[Token]) -> Vec<Word> {
    tokens.iter().map(|t| look(t, text[..t.start].chars().next_back(), text[t.end..].chars().next())).collect()
}

fn shape_and_mark(word: &Word) -> u64 {
    word.shape as u64 | u64::from(u32::from(word.mark)) << 8
}

fn affixes(add: &mut Adder, token: &Token, word: &Word) {
    if matches!(word.shape, Shape::Mark) {
        add.template += 5;
        return;
    }
    let lower = |c: char| match c {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c.to_lowercase().next().unwrap_or(c),
    };
    let [_, _, three, four] = hashes_of_start(token.text.chars().map(lower));
    add.one(three);
    add.one(four);
    let [_, two, three, four] = hashes_of_start(token.text.chars().rev().map(lower));
    add.one(two);
    add.one(three);
    add.one(four);
}

fn bucket(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        21..=40 => 8,
        _ => 9,
    }
}

fn mark_code(words: &[Word], at: Option<usize>) -> u64 {
    at.and_then(|at| words.get(at)).map_or(1, |w| u64::from(u32::from(w.mark)))
}

/// Whether the first year stands near the front, in brackets or not: authors and date are the style's front then.
fn date_first(words: &[Word]) -> u64 {
    let Some(at) = words.iter().position(|w| w.shape == Shape::Year) else { return 0 };
    let bracketed = at > 0 && words[at - 1].mark == '(';
    let front = at * 10 < words.len() * 4;
    1 + u64::from(bracketed) + 2 * u64::from(front)
}

fn places(words: &[Word], ends_sentence: &[bool]) -> Vec<Place> {
    let (mut sentence, mut quoted, mut depth, mut years, mut behind_in) = (0u8, false, 0u8, 0u8, false);
    let mut out = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        match word.mark {
            '"' => quoted = !quoted,
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        out.push(Place {
            sentence: sentence.min(6),
            quoted,
            bracketed: depth > 0,
            years_before: years.min(2),
            behind_in,
        });
        if word.shape == Shape::Year {
            years = years.saturating_add(1);
        }
        let opens = at == 0 || matches!(words[at - 1].mark, '.' | ',' | '"' | '?' | '!' | ':' | CUT);
        if word.known == Known::In && (word.shape != Shape::Small || opens) {
            behind_in = true;
        }
        if ends_sentence[at] {
            sentence = sentence.saturating_add(1);
        }
    }
    out
}

/// The kinds of junctions before the tokens.
fn junctions(words: &[Word], ends_sentence: &[bool]) -> Vec<u8> {
    let kind = |at: usize| -> u8 {
        let Some(before) = at.checked_sub(1) else { return 0 };
        match (words[before].mark, words[at].mark) {
            (' ', ' ') => 1,
            (' ', '.') => 2,
            (' ', ',' | ';' | ':') => 3,
            (' ', _) => 4,
            ('.' | '?' | '!', ' ') if ends_sentence[before] => 5,
            ('.' | '?' | '!', _) => 6,
            (',', _) => 7,
            (':' | ';', _) => 8,
            ('(' | ')', _) => 9,
            ('"' | '\'' | CUT, _) => 10,
            _ => 11,
        }
    };
    let out: Vec<u8> = (0..words.len()).map(kind).collect();
    debug_assert!(out.iter().all(|k| usize::from(*k) < JUNCTIONS));
    out
}
