//! Names in a text that is known to hold nothing else.
//!
//! Where the grammar of lists stops half-way ("Zhu H, Xu C-j, Yuan J"), the marks between names still tell them
//! apart, and what is between two marks is one name.

use super::name_words::{CONJUNCTIONS, is_initial, is_particle};
use super::names::{self, MAX_NAMES, NameOrder};
use crate::work::{Name, NameList};

/// Longer texts are not read again and again.
const MAX_BYTES: usize = 4_000;

/// Reads all of a text as names, if it can be read as such: a part that fits no order is split at its marks.
pub(super) fn read_whole(text: &str, preferred: Option<NameOrder>) -> Option<NameList> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut list = NameList::default();
    let mut rest = without_separators(text);
    let by_semicolons = text.contains(';');
    let mut preferred = preferred;
    while !rest.is_empty() && list.names.len() < MAX_NAMES {
        // Behind "Roe H", "Zay C-j, Dun J" is not a family name, a comma and given names.
        let fits = |order| order != NameOrder::FamilyCommaGiven || list.names.is_empty() || preferred == Some(order);
        if let Some(scan) = names::scan(rest, preferred)
            && fits(scan.order)
            && (ends_well(&rest[scan.end..]) || !list.names.is_empty() || scan.list.names.len() > 1)
        {
            list.names.extend(scan.list.names);
            list.incomplete |= scan.list.incomplete;
            preferred = preferred.or(Some(scan.order));
            rest = without_separators(&rest[scan.end..]);
            continue;
        }
        let end = if by_semicolons { rest.find(';') } else { end_of_name(rest) }.unwrap_or(rest.len());
        list.names.push(one(&rest[..end], !list.names.is_empty())?);
        rest = without_separators(&rest[end..]);
    }
    (!list.names.is_empty()).then_some(list)
}

/// Whether what follows the names found starts with a mark between names, or nothing follows.
fn ends_well(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '.']);
    rest.is_empty() || rest.starts_with([',', ';', '&', '/', '–', '-']) || starts_with_conjunction(rest)
}

fn starts_with_conjunction(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(word, _)| CONJUNCTIONS.contains(&word))
}

fn without_separators(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        match trimmed.split_once(' ') {
            Some((word, behind)) if CONJUNCTIONS.contains(&word) => rest = behind,
            _ => return trimmed,
        }
    }
}

/// Where the name at the start of a text ends: at a comma or a word like "and".
fn end_of_name(text: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|&at| {
        let here = &text[at..];
        here.starts_with([',', ';', '&', '/', '–'])
            || here.strip_prefix(' ').is_some_and(|next| starts_with_conjunction(next) && !next.starts_with("e "))
    })
}

/// One name of at most a few words; without company it must show an initial.
fn one(text: &str, in_company: bool) -> Option<Name> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    if text.chars().any(|c| c.is_ascii_digit() || c == ':') || !text.chars().any(char::is_alphabetic) {
        return None;
    }
    if let Some((family, given)) = text.split_once(", ") {
        return (family.split(' ').count() <= 4 && given.split(' ').count() <= 4).then(|| Name::person(family, given));
    }
    // "J.Roe" holds two words.
    let spaced = text.replace('.', ". ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let initial = |word: &str| {
        let word = word.trim_end_matches('.');
        is_initial(word) && (word.chars().count() == 1 || !word.chars().any(char::is_lowercase))
            || (word.contains('-') && word.chars().count() <= 4)
    };
    let (first, last) = (*words.first()?, *words.last()?);
    // A single word is as likely a title.
    if !(2..=6).contains(&words.len()) {
        return None;
    }
    if initial(last) && !initial(first) {
        let family = words.iter().take_while(|w| !initial(w)).count();
        return Some(Name::person(words[..family].join(" "), words[family..].join(" ")));
    }
    if !(initial(first) || in_company) {
        return None;
    }
    let mut family = words.len() - 1;
    while family > 1 && is_particle(words[family - 1]) {
        family -= 1;
    }
    Some(Name::person(words[family..].join(" "), words[..family].join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_fit_no_order() {
        for (text, expected) in [
            ("Roe H, Zay C-j, Dun J", "Roe, Zay, Dun"),
            ("Roe I.; Abu Zay, O.S.; Dun, M.", "Roe, Abu Zay, Dun"),
            ("M. Das", "Das"),
            ("A. Roe – B. Zay", "Roe, Zay"),
            ("A. Roe, B. Zay, and Dun C", "Roe, Zay, Dun"),
        ] {
            let list = read_whole(text, None).expect(text);
            let families: Vec<String> = list.names.iter().map(Name::cited).collect();
            assert_eq!(families.join(", "), expected, "{text}");
        }
        assert!(read_whole("Ministry of Winter", None).is_none());
    }
}
