//! Whether a printed journal or book is that of a record: whole, abbreviated (ISO 4, NLM catalogue), or as an acronym.

use super::Agreement::{self, Close, Different, Same, Unknown};
use super::words::{edits_within, words};
use super::{Asked, Recorded};
use crate::text::similarity;

/// Words that abbreviations leave out.
const SMALL: &[&str] = &[
    "the", "of", "and", "in", "for", "a", "an", "on", "to", "de", "la", "le", "les", "et", "der", "die", "das", "und",
    "fur", "del", "di", "da", "do", "e", "y", "i", "s", "en", "van", "het", "voor",
];

/// The words of a container that count.
pub(in super::super) fn container_words(text: &str) -> Vec<String> {
    counted(words(text))
}

/// Words without the small ones that abbreviations leave out.
pub(super) fn counted(mut words: Vec<String>) -> Vec<String> {
    if words.len() > 1 {
        words.retain(|word| !SMALL.contains(&word.as_str()));
    }
    words.truncate(30);
    words
}

pub(in super::super) fn compare(asked: &Asked, record: &Recorded) -> Agreement {
    let compared = compare_with(asked, record, &asked.container);
    // A style without titles, whose container was taken for one.
    let of_title = || compare_with(asked, record, &[&asked.title[..], &asked.container[..]].concat());
    if matches!(compared, Unknown | Different) && of_title() == Same { Same } else { compared }
}

/// Compares words that are printed for a container with that of a record.
pub(super) fn compare_with(asked: &Asked, record: &Recorded, printed: &[String]) -> Agreement {
    if record.container.is_empty() {
        return Unknown;
    }
    // What was taken for the container may be cut wrongly.
    if stands_in(&asked.words, &record.container) {
        return Same;
    }
    if printed.is_empty() {
        return if stands_spoilt_in(&asked.letters, &record.container_key) { Same } else { Unknown };
    }
    let printed = counted(printed.to_vec());
    let compared = names(&printed, &record.container);
    // A series that differs by its letter is another: only what has nothing in common may be spoilt by a scan.
    if compared != Different {
        return compared;
    }
    let (a, b) = (printed.concat(), record.container.concat());
    let alike = a == b || a.len().min(b.len()) >= 10 && a.len().max(b.len()) < 300 && similarity(&a, &b) >= 0.75;
    if alike || stands_spoilt_in(&asked.letters, &record.container_key) { Same } else { Different }
}

/// Whether the letters of a container stand in a string whose scan lost spaces and letters: one in eight may be wrong.
fn stands_spoilt_in(letters: &str, container: &str) -> bool {
    (10..=120).contains(&container.len()) && edits_within(container, letters) <= container.len().min(64) / 8
}

/// How two lists of words compare as names of one journal.
pub(in super::super) fn names(printed: &[String], recorded: &[String]) -> Agreement {
    if printed == recorded {
        return Same;
    }
    let (a, b) = (without_place(printed), without_place(recorded));
    if fits(a, b) || fits(b, a) || is_acronym(a, b) || is_acronym(b, a) {
        return Same;
    }
    // One of them is the beginning of the other: a section, a series, a subtitle, a meeting.
    let begins = |short: &[String], long: &[String]| {
        !short.is_empty() && short.len() < long.len() && short.iter().zip(long).all(|(s, l)| abbreviates(s, l))
    };
    if begins(a, b) || begins(b, a) {
        return Close;
    }
    let shared = a.iter().filter(|word| b.iter().any(|other| abbreviates(word, other) || abbreviates(other, word)));
    let shared: usize = shared.map(|word| word.len()).sum();
    let all: usize = a.iter().map(String::len).sum();
    if shared * 4 >= all * 3 && a.len() > 1 && b.len() <= a.len() * 2 + 1 { Close } else { Different }
}

/// Country and town behind a name are left out as often as not.
fn without_place(words: &[String]) -> &[String] {
    match words {
        [rest @ .., last]
            if rest.len() > 1
                && matches!(
                    last.as_str(),
                    "usa" | "us" | "u" | "uk" | "america" | "london" | "england" | "online" | "md" | "nj" | "ed"
                ) =>
        {
            rest
        }
        words => words,
    }
}

/// Whether every word of `short` abbreviates one of `long` in order, with few words of `long` left out.
fn fits(short: &[String], long: &[String]) -> bool {
    let mut left = 0;
    let mut rest = long.iter();
    for word in short {
        loop {
            match rest.next() {
                Some(other) if abbreviates(word, other) => break,
                Some(_) => left += 1,
                None => return false,
            }
        }
    }
    left += rest.count();
    !short.is_empty() && (left == 0 || left <= short.len() / 2 && short.iter().map(String::len).sum::<usize>() >= 6)
}

/// Whether a word stands for another: its beginning ("dermatol"), its beginning with a gap ("natl", "intl"), or itself with
/// a slip.
fn abbreviates(short: &str, long: &str) -> bool {
    if long.starts_with(short) {
        return true;
    }
    let (mut s, mut l) = (short.chars(), long.chars());
    if s.next() != l.next() {
        return false;
    }
    let contracted = short.len() >= 3 && short.len() < long.len() && s.all(|c| l.any(|other| other == c));
    // "dtsch" has but one letter before its first gap; so long a chain of letters stands in few other words.
    contracted && (common_start(short, long) >= 2 || short.len() >= 5)
        || short.len() >= 5 && crate::text::is_one_slip(short, long)
}

fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// "JAMA" of "Journal of the American Medical Association"; "PNAS" has its small words left out.
fn is_acronym(short: &[String], long: &[String]) -> bool {
    let letters: String = short.concat();
    let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
    letters.len() >= 2
        && short.iter().all(|word| word.len() <= 6)
        && (short.len() == 1 || short.iter().all(|w| w.len() == 1))
        && { letters == initials || long.len() > 3 && initials.starts_with(&letters) && letters.len() >= 3 }
}

/// Whether the words of a container stand together in a string.
fn stands_in(string: &[String], container: &[String]) -> bool {
    let letters: usize = container.iter().map(String::len).sum();
    if letters < 6 {
        return false;
    }
    let counted: Vec<&String> = string.iter().filter(|word| !SMALL.contains(&word.as_str())).collect();
    counted.windows(container.len()).any(|window| window.iter().zip(container).all(|(a, b)| **a == *b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations() {
        for (printed, recorded, expected) in [
            ("Clin. Nucl. Med.", "Clinical Nuclear Medicine", Same),
            ("P Natl Acad Sci USA", "Proceedings of the National Academy of Sciences", Same),
            ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences", Same),
            ("JAMA", "Journal of the American Medical Association", Same),
            ("J Am Acad Dermatol", "Journal of the American Academy of Dermatology", Same),
            ("CA Cancer J Clin", "CA: A Cancer Journal for Clinicians", Same),
            ("Dtsch Med Wochenschr", "DMW - Deutsche Medizinische Wochenschrift", Same),
            ("Physica A", "Physica A: Statistical Mechanics and its Applications", Close),
            ("Pediatric Dermatology", "Pediatric Radiology", Different),
            ("Nature", "Nature Genetics", Close),
            ("Cell", "Nature", Different),
            ("Pediatr Dermatol", "Pediatric Dermatology", Same),
        ] {
            assert_eq!(names(&container_words(printed), &container_words(recorded)), expected, "{printed}: {recorded}");
        }
    }
}
