//! Several references in one entry of a list, as chemistry prints them: "(a) Roe, A. …; (b) Zay, B. …".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::patterns::compile;

static LETTER: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?:^|[.;,:)\]]\s?|\s)(?P<label>\(\s?(?P<a>[a-h])\s?\)|(?P<b>[a-h])\))\s?\S"));
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^\s?(?:\[[0-9]{1,4}\]|\([0-9]{1,4}\)|[0-9]{1,4}[.)]?)?\s?$"));

/// The byte ranges of the references of an entry; `None` where it holds but one.
///
/// The labels must come in the order of the alphabet, the first one at the front.
pub(super) fn split(entry: &str) -> Option<Vec<Range<usize>>> {
    if !entry.contains("b)") {
        return None;
    }
    let mut labels: Vec<Range<usize>> = Vec::new();
    for found in LETTER.captures_iter(entry) {
        let letter = found.name("a").or(found.name("b"))?.as_str().as_bytes()[0];
        let label = found.name("label")?.range();
        if usize::from(letter - b'a') == labels.len() {
            let before = &entry[..label.start];
            let opens = if labels.is_empty() { NUMBER.is_match(before) } else { ends_reference(before) };
            if opens {
                labels.push(label);
            }
        }
    }
    if labels.len() < 2 {
        return None;
    }
    let ends = labels.iter().skip(1).map(|label| label.start).chain([entry.len()]);
    let trimmed = |range: Range<usize>| {
        let text = &entry[range.clone()];
        let start = range.start + text.len() - text.trim_start().len();
        start..start + text.trim().trim_end_matches([';', ',']).trim_end().len()
    };
    let parts: Vec<Range<usize>> = labels.iter().zip(ends).map(|(label, end)| trimmed(label.end..end)).collect();
    // A title that counts its parts ("(a) snow (b) ice") has short ones.
    parts.iter().all(|part| part.len() >= 20).then_some(parts)
}

/// A reference of an entry that holds several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryPart<'a> {
    /// "a" for the first.
    pub letter: char,
    /// Without its letter and the mark behind it.
    pub text: &'a str,
}

/// The references of an entry, in the order of their letters; none where it holds but one.
#[must_use]
pub fn entry_parts(entry: &str) -> Vec<EntryPart<'_>> {
    // What is too long for a reference is not looked through for letters either.
    if entry.len() > 4 * super::MAX_SCALARS {
        return Vec::new();
    }
    let ranges = split(entry).unwrap_or_default();
    ('a'..='h').zip(ranges).map(|(letter, range)| EntryPart { letter, text: &entry[range] }).collect()
}

fn ends_reference(before: &str) -> bool {
    before.trim_end().ends_with(['.', ';', ',', ')', ']']) || before.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_with_letters() {
        for (entry, parts) in [
            (
                "(a) Roe, A. J. Skin Chem. 1999, 11, 5; (b) Zay, B. Skin Lett. 2001, 3, 7.",
                vec!["Roe, A. J. Skin Chem. 1999, 11, 5", "Zay, B. Skin Lett. 2001, 3, 7."],
            ),
            (
                "[12] a) A. Roe, Skin 1999, 111, 5-9; b) B. Zay, Skin Lett. 2001, 3, 7",
                vec!["A. Roe, Skin 1999, 111, 5-9", "B. Zay, Skin Lett. 2001, 3, 7"],
            ),
        ] {
            let found = split(entry).expect(entry);
            assert_eq!(found.into_iter().map(|range| &entry[range]).collect::<Vec<_>>(), parts);
        }
        for entry in ["Roe, A. (a) snow, (b) ice. Skin 3, 4.", "(b) Roe, A. Skin", "(a) Snow; (b) ice", "Roe A. Skin"] {
            assert_eq!(split(entry), None, "{entry}");
        }
    }
}
