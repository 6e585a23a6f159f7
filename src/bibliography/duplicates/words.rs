//! Titles that differ in a word: a slip of the pen, or another subject.

use std::collections::HashMap;

use crate::text::similarity;

/// Words alike to this degree are one in two spellings.
const ONE_WORD: f64 = 0.65;

/// Beginnings that turn a word into its opposite.
const OPPOSITE_BEGINNINGS: &[(&str, &str)] = &[
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("micro", "macro"),
    ("pre", "post"),
    ("supra", "infra"),
    ("endo", "exo"),
    ("endo", "ecto"),
    ("mono", "poly"),
    ("uni", "bi"),
    ("over", "under"),
    ("in", "de"),
    ("in", "ex"),
    ("anti", "pro"),
];
const NEGATIONS: &[&str] = &["un", "in", "im", "ir", "il", "non", "dis", "a", "an", "anti"];
/// Words that look alike and are each other's opposites.
const OPPOSITES: &[(&str, &str)] = &[
    ("with", "without"),
    ("male", "female"),
    ("males", "females"),
    ("maternal", "paternal"),
    ("mother", "father"),
    ("mothers", "fathers"),
    ("northern", "southern"),
    ("eastern", "western"),
    ("systolic", "diastolic"),
    ("afferent", "efferent"),
    ("abduction", "adduction"),
    ("absorption", "adsorption"),
    ("induction", "reduction"),
    ("inclusion", "exclusion"),
    ("superior", "inferior"),
];

/// Titles with more words are not looked at word by word.
const MOST_WORDS: usize = 80;

/// Whether one folded title has a word where the other has one of another meaning: "in men", "in women"; "hepatitis
/// B", "hepatitis C". A word that only one of them has is none: titles are cut and translated.
pub(super) fn differ_in_meaning(a: &str, b: &str) -> bool {
    let (only_a, only_b) = differing(a, b);
    if only_a.is_empty() || only_b.is_empty() || only_a.len() + only_b.len() > MOST_WORDS {
        return false;
    }
    // Words written together or apart: "health care", "healthcare".
    if only_a.concat() == only_b.concat() {
        return false;
    }
    let (few, many) = if only_a.len() <= only_b.len() { (&only_a, &only_b) } else { (&only_b, &only_a) };
    few.iter().any(|word| !many.iter().any(|other| are_one(word, other)))
}

/// The words that each has more often than the other, in their order.
fn differing<'t>(a: &'t str, b: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    (more_often(a, b), more_often(b, a))
}

fn more_often<'t>(text: &'t str, other: &'t str) -> Vec<&'t str> {
    let mut others: HashMap<&str, usize> = HashMap::new();
    for word in other.split(' ') {
        *others.entry(word).or_default() += 1;
    }
    let mut more = Vec::new();
    for word in text.split(' ') {
        match others.get_mut(word) {
            Some(n) if *n > 0 => *n -= 1,
            _ => more.push(word),
        }
    }
    more
}

/// Whether two words are one in two spellings, or one is the other's abbreviation.
fn are_one(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if are_opposites(short, long) {
        return false;
    }
    let beginning = short.chars().count() >= 3 && long.starts_with(short);
    beginning || short.chars().count() >= 2 && similarity(short, long) >= ONE_WORD
}

fn are_opposites(short: &str, long: &str) -> bool {
    let pair = |x: &str, y: &str| short == x && long == y || short == y && long == x;
    let begun = |x: &str, y: &str| match (short.strip_prefix(x), long.strip_prefix(y)) {
        (Some(one), Some(other)) => one == other && one.len() > 2,
        _ => false,
    };
    OPPOSITES.iter().any(|(x, y)| pair(x, y))
        || OPPOSITE_BEGINNINGS.iter().any(|(x, y)| begun(x, y) || begun(y, x))
        || NEGATIONS.iter().any(|no| long.strip_prefix(no) == Some(short) && short.len() > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_word_or_another_spelling() {
        for (a, b, expected) in [
            ("tides in men", "tides in women", true),
            ("hepatitis b and c", "hepatitis b and d", true),
            ("tides with ferries", "tides without ferries", true),
            ("symptomatic tides", "asymptomatic tides", true),
            ("hypertension at sea", "hypotension at sea", true),
            ("adults at sea", "children at sea", true),
            ("northern tides", "southern tides", true),
            ("increased tides", "decreased tides", true),
            ("tumour of the centre", "tumor of the center", false),
            ("health care at sea", "healthcare at sea", false),
            ("randomised trial", "randomized trail", false),
            ("tides at sea a study", "tides at sea", false),
            ("inter island tides", "intra island tides", true),
        ] {
            assert_eq!(differ_in_meaning(a, b), expected, "{a} | {b}");
        }
    }
}
