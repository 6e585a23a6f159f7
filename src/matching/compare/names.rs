//! Whether printed authors are those of a record.

use super::Agreement::{self, Close, Different, Same, Unknown};
use super::words::edits_within;
use super::{Asked, Recorded};
use crate::text::{fold_key, similarity};
use crate::work::{Name, Work};

/// A name as it is compared.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Folded {
    /// The family name with its particles, or the name of a body, folded without spaces.
    pub family: String,
    /// The given name, folded without spaces.
    pub given: String,
    /// As printed.
    pub shown: String,
}

/// Names of a list that are compared.
const MOST: usize = 60;

/// The creators of a work.
pub(in super::super) fn folded(work: &Work) -> Vec<Folded> {
    let fold = |name: &Name| {
        let (family, given) = match name {
            Name::Person(person) => {
                let particles = [&person.dropping_particle, &person.non_dropping_particle];
                let particles: Vec<&str> = particles.into_iter().flatten().map(String::as_str).collect();
                (fold_key(&format!("{} {}", particles.join(" "), person.family)), person.given.as_deref())
            }
            Name::Literal { literal } => (fold_key(literal), None),
        };
        Folded { family, given: fold_key(given.unwrap_or_default()), shown: name.cited() }
    };
    work.creators().iter().take(MOST).map(fold).filter(|name| !name.family.is_empty()).collect()
}

/// How two family names compare.
fn families(a: &str, b: &str) -> Agreement {
    if a == b || transliterated(a) == transliterated(b) {
        return Same;
    }
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    // A particle or a second family name that only one of them prints.
    let more = long.len() - short.len();
    if short.len() >= 4 && (more >= 2 && long.ends_with(short) || more >= 4 && long.starts_with(short)) {
        return Same;
    }
    // A few letters are soon alike: names of three do not have slips.
    let most = if short.len() < 4 { 0.0 } else { similarity(a, b) };
    if most >= 0.7 || short.len() >= 4 && is_slip(a, b) { Close } else { Different }
}

/// One letter more or less in a short name, or swapped neighbours.
fn is_slip(a: &str, b: &str) -> bool {
    crate::text::is_one_slip(a, b)
}

/// Spellings of umlauts and of Slavic names meet: "mueller" and "muller", "chebyshev" and "čebyšev" do not need to.
fn transliterated(name: &str) -> String {
    name.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("ss", "s")
}

/// How the first author of the record compares with the printed authors.
pub(in super::super) fn first_author(asked: &Asked, record: &Recorded) -> Agreement {
    let Some(first) = record.authors.first() else { return Unknown };
    let swapped = |name: &Folded| {
        !name.given.is_empty()
            && (name.given == first.family && name.given.len() >= 4
                || first.given == name.family && first.given.len() >= 4)
    };
    let Some(printed) = asked.authors.first() else {
        // No authors were recognised; the name may stand in the string all the same, if it is no word of the title.
        return if record.title.contains(&first.family) {
            Unknown
        } else if asked.has_word(&first.family) {
            Same
        } else if stands_spoilt_in(&asked.letters, &first.family) {
            Close
        } else {
            Unknown
        };
    };
    let compared = families(&printed.family, &first.family);
    if compared == Same || swapped(printed) {
        return Same;
    }
    // "van der Meer JW" read as "Meer, J. W. van der"; a second name taken for the family name.
    if asked.words.iter().take(5).any(|word| word.len() >= 4 && *word == first.family)
        || asked.words.first().is_some_and(|word| word.len() >= 2 && *word == first.family)
    {
        return Same;
    }
    if compared == Close || stands_spoilt_in(&asked.letters, &first.family) {
        return Close;
    }
    Different
}

/// Whether a name stands in a string whose scan lost spaces and letters: one in six may be wrong. Shorter names would be
/// found by chance. Authors stand at the beginning.
fn stands_spoilt_in(letters: &str, name: &str) -> bool {
    const BEGINNING: usize = 80;
    let end = (0..=letters.len().min(BEGINNING)).rev().find(|at| letters.is_char_boundary(*at)).unwrap_or(0);
    (6..=60).contains(&name.len()) && edits_within(name, &letters[..end]) <= name.len() / 6
}

/// How the first letters of the first author's given name compare, where the family names do not differ.
pub(in super::super) fn initial(asked: &Asked, record: &Recorded) -> Agreement {
    let (Some(printed), Some(first)) = (asked.authors.first(), record.authors.first()) else { return Unknown };
    let letter = |given: &str| given.chars().find(|c| c.is_alphabetic());
    match (letter(&printed.given), letter(&first.given)) {
        (Some(a), Some(b)) if families(&printed.family, &first.family) != Different => {
            if a == b {
                Same
            } else {
                Different
            }
        }
        _ => Unknown,
    }
}

/// Whether what was taken for the only author is the record's title.
pub(in super::super) fn is_title(asked: &Asked, record: &Recorded) -> bool {
    matches!(asked.authors.as_slice(), [name] if name.family == record.title.concat())
}

/// Authors of a record after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Others {
    /// How many of them are printed.
    pub printed: usize,
    /// How many there are, of at most ten.
    pub all: usize,
    /// Whether the second and the third author are printed.
    pub next: [bool; 2],
}

/// Which authors of the record after the first are printed; `None` where it has no others, or the reference prints one
/// author only.
pub(in super::super) fn others(asked: &Asked, record: &Recorded) -> Option<Others> {
    let others = record.authors.get(1..).filter(|others| !others.is_empty())?;
    let are_printed: Vec<bool> = others.iter().take(10).map(|author| is_printed(asked, author)).collect();
    let printed = are_printed.iter().filter(|is| **is).count();
    let next = [0, 1].map(|i| are_printed.get(i).copied().unwrap_or_default());
    (printed > 0 || asked.authors.len() > 1).then_some(Others { printed, all: are_printed.len(), next })
}

fn is_printed(asked: &Asked, author: &Folded) -> bool {
    asked.has_word(&author.family) || asked.authors.iter().any(|name| families(&name.family, &author.family) == Same)
}

/// A printed author after the first whose name is nearly that of one of the record, who is not printed.
pub(in super::super) fn slip_of_other<'a>(asked: &'a Asked, record: &'a Recorded) -> Option<(&'a str, &'a str)> {
    let others = asked.authors.get(1..)?;
    others.iter().find_map(|name| {
        let compared = |author: &&Folded| families(&name.family, &author.family);
        if record.authors.iter().any(|author| compared(&author) == Same || author.given == name.family) {
            return None;
        }
        let near = record.authors.iter().find(|author| compared(author) == Close && !is_printed(asked, author))?;
        Some((name.shown.as_str(), near.shown.as_str()))
    })
}
