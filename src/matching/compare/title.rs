//! Whether a printed title is the title of a record.

use super::words::{Alignment, align, weight, words};
use super::{Asked, Recorded};

/// How a printed title compares with that of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum Title {
    /// One of them is missing.
    Unknown,
    /// The same words, but for punctuation, hyphens and letters of formulas. The number is how many letters agree.
    Same(u32),
    /// The same with slips: letters, or a word.
    Slips(u32),
    /// The printed one is a part of the record's, or goes on where that ends.
    Part(u32),
    /// Some words in common.
    Partly,
    Different,
    /// The same but for a number, or for a word that makes it another work: "Part II", "Erratum".
    Other,
}

/// Words that make another work of a title.
const OTHER_WORK: &[&str] = &[
    "erratum", "errata", "corrigendum", "correction", "corrections", "addendum", "reply", "replies", "rejoinder",
    "response", "comment", "comments", "commentary", "letter", "retraction", "retracted", "withdrawn", "editorial",
    "discussion",
];
/// A title of fewer letters says little when it is a part of another.
const SHORT: u32 = 12;

pub(in super::super) fn compare(asked: &Asked, record: &Recorded) -> Title {
    let recorded = &record.title;
    if recorded.is_empty() || asked.title.is_empty() && asked.words.is_empty() {
        return Title::Unknown;
    }
    let in_string = in_string(asked, recorded);
    if asked.title.is_empty() {
        // A title that was not recognised may stand in the string; a style without titles prints none.
        return match in_string {
            Some((share, letters)) if share >= 0.9 && letters >= SHORT => Title::Same(letters),
            Some((share, letters)) if share >= 0.8 && letters >= SHORT * 2 => Title::Slips(letters),
            _ => Title::Unknown,
        };
    }
    let printed = &asked.title;
    let found = align(recorded, printed);
    let of_record = found.share_of_first(recorded);
    let unexplained = unexplained(&found, printed, record);
    let matched: u32 = letters(&found, recorded);
    let extra: u32 = unexplained.iter().map(|j| weight(&printed[*j])).sum();
    let of_printed = f64::from(matched) / f64::from((matched + extra).max(1));
    // Words that were not taken for the title, but stand in the string.
    let whole = in_string.filter(|(share, _)| *share > of_record);
    let of_record = whole.map_or(of_record, |(share, _)| share);
    let matched = whole.map_or(matched, |(_, letters)| letters.max(matched));
    if is_another(&found, recorded, printed, &unexplained, asked, record, of_record.min(of_printed)) {
        return Title::Other;
    }
    match (of_record, of_printed) {
        (r, p) if r >= 0.97 && p >= 0.97 => Title::Same(matched),
        (r, p) if r >= 0.8 && p >= 0.8 && r + p >= 1.7 => Title::Slips(matched),
        (r, p) if p >= 0.85 && r >= 0.2 && matched >= SHORT && is_run(&found) => Title::Part(matched),
        (r, p) if r >= 0.93 && p >= 0.25 && matched >= SHORT && goes_on(&found, printed) => Title::Part(matched),
        (r, p) if r >= 0.55 && p >= 0.55 => Title::Partly,
        _ => Title::Different,
    }
}

fn letters(found: &Alignment, recorded: &[String]) -> u32 {
    let mut sum = 0;
    let mut last = usize::MAX;
    for (i, _, _) in &found.pairs {
        if *i != last {
            sum += weight(&recorded[*i]);
        }
        last = *i;
    }
    sum
}

/// The share of the record's title that stands in the string in one run, and its letters.
fn in_string(asked: &Asked, recorded: &[String]) -> Option<(f64, u32)> {
    if asked.words.is_empty() || recorded.len() < 2 {
        return None;
    }
    let found = align(recorded, &asked.words);
    let (first, last) = (found.pairs.first()?, found.pairs.last()?);
    // Words that are strewn over the string are not its title.
    let span = last.1 - first.1 + 1;
    if span > found.pairs.len() + found.pairs.len() / 4 + 1 {
        return None;
    }
    Some((found.share_of_first(recorded), letters(&found, recorded)))
}

/// Words of the printed title that the record's does not have and its other fields do not explain: a title is often cut
/// too late, so that the journal or the volume is in it.
fn unexplained(found: &Alignment, printed: &[String], record: &Recorded) -> Vec<usize> {
    let first = found.pairs.first().map_or(printed.len(), |pair| pair.1);
    let last = found.pairs.last().map_or(0, |pair| pair.1);
    (0..printed.len())
        .filter(|j| !found.has_second(*j))
        .filter(|j| {
            let outside = *j < first || *j > last;
            !(outside && record.explains(&printed[*j]))
        })
        .collect()
}

/// Whether the record's words that were found stand together, at its beginning or after a few words.
fn is_run(found: &Alignment) -> bool {
    let (Some(first), Some(last)) = (found.pairs.first(), found.pairs.last()) else { return false };
    let span = last.0 - first.0 + 1;
    span <= found.pairs.len() + 1 + found.pairs.len() / 6
}

/// Whether the printed title begins with the record's and goes on: with a subtitle that the record lacks.
fn goes_on(found: &Alignment, printed: &[String]) -> bool {
    let (Some(first), Some(last)) = (found.pairs.first(), found.pairs.last()) else { return false };
    first.1 == 0 && last.1 + 1 < printed.len() && last.1 < found.pairs.len() + 1
}

/// Whether the titles differ by what tells works apart.
fn is_another(
    found: &Alignment,
    recorded: &[String],
    printed: &[String],
    unexplained: &[usize],
    asked: &Asked,
    record: &Recorded,
    alike: f64,
) -> bool {
    if alike < 0.5 {
        return false;
    }
    let only_printed: Vec<&str> = unexplained.iter().map(|j| printed[*j].as_str()).collect();
    let only_recorded: Vec<&str> = (0..recorded.len())
        .filter(|i| !found.has_first(*i) && !asked.words.contains(&recorded[*i]))
        .map(|i| recorded[i].as_str())
        .collect();
    let marks = |words: &[&str]| words.iter().any(|word| OTHER_WORK.contains(word));
    if marks(&only_printed) != marks(&only_recorded) {
        return true;
    }
    let numbers = |words: &[&str]| words.iter().filter(|word| is_number(word)).count();
    let (of_printed, of_record) = (numbers(&only_printed), numbers(&only_recorded));
    let _ = record;
    // A title that is cut short lacks numbers; one that has other numbers is another.
    of_printed > 0 && of_record > 0
}

/// Digits and Roman numbers; a lone letter is more often a word or an initial.
fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
        || matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix" | "x" | "xi" | "xii")
        || matches!(word, "one" | "two" | "three" | "four" | "first" | "second" | "third" | "fourth")
}

/// The words of a title, of which a few are enough to tell.
pub(in super::super) fn title_words(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.truncate(80);
    words
}
