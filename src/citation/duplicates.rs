//! References of one list that print one work twice.

use std::collections::{HashMap, HashSet};

use super::years::printed_years;
use super::{CitedYear, ListedReference};
use crate::text::{fold, fold_key};
use crate::work::{MatchKey, Sameness, same_work};

/// Shorter texts are too little to tell works by, in folded letters.
const SHORTEST: usize = 20;

/// Pairs (first, copy) of references to one work, by the copy's place in the list. The printed texts are compared
/// first, without identifiers and addresses; where they differ, the fields.
pub fn duplicates(references: &[ListedReference<'_>]) -> Vec<(usize, usize)> {
    let texts: Vec<Text> = references.iter().map(|r| Text::of(r.text)).collect();
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (i, reference) in references.iter().enumerate() {
        let opening: String = texts[i].folded.chars().take(SHORTEST).collect();
        let mut keys = vec![MatchKey::of(reference.work).0, format!("text {opening}")];
        keys.extend(reference.work.doi().map(|doi| format!("doi {doi}")));
        // A prolific author's year is small; what is larger are works without author and year.
        let first = keys.iter().find_map(|key| {
            let group = groups.get(key)?;
            group.iter().copied().take(60).find(|&e| same(references, &texts, e, i))
        });
        match first {
            Some(first) => pairs.push((first, i)),
            // What equals a copy equals the first.
            None => keys.into_iter().for_each(|key| groups.entry(key).or_default().push(i)),
        }
    }
    pairs
}

/// A reference without its identifiers and addresses, and these.
#[derive(Debug)]
struct Text {
    folded: String,
    /// The letter after its year: works with other letters are told apart by the author.
    letter: Option<char>,
    addresses: Vec<String>,
}

impl Text {
    fn of(text: &str) -> Self {
        let mut kept = String::with_capacity(text.len());
        let mut addresses = Vec::new();
        for word in text.split_whitespace() {
            if !may_be_address(word) {
                kept.push_str(word);
                kept.push(' ');
                continue;
            }
            let lower = word.to_ascii_lowercase();
            if lower.contains("http") || lower.contains("www.") || lower.contains("doi") || lower.starts_with("10.") {
                addresses.push(fold_key(&lower));
            } else if !lower.starts_with("pmid") {
                kept.push_str(word);
                kept.push(' ');
            }
        }
        let letter = printed_years(text).iter().find_map(|p| match p.date {
            CitedYear::Year { suffix, .. } => suffix,
            CitedYear::NoDate | CitedYear::InPress => None,
        });
        Self { folded: fold_key(&kept), letter, addresses }
    }

    /// Two web pages of one body may differ in their address alone.
    fn contradicts(&self, other: &Self) -> bool {
        !self.addresses.is_empty()
            && !other.addresses.is_empty()
            && !self.addresses.iter().any(|a| other.addresses.iter().any(|b| a.ends_with(b) || b.ends_with(a)))
    }
}

/// Whether a word has a mark of addresses and identifiers, or begins with the name of one: most words are read no
/// further.
fn may_be_address(word: &str) -> bool {
    let bare = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).as_bytes();
    let begins = |name: &[u8]| bare.len() >= name.len() && bare[..name.len()].eq_ignore_ascii_case(name);
    word.bytes().any(|b| matches!(b, b':' | b'/' | b'.')) || begins(b"doi") || begins(b"pmid")
}

/// Whether four in five words of a text stand in a longer one.
fn shares_words(short: &str, long: &str) -> bool {
    let (short, long) = (fold(short), fold(long));
    let long: HashSet<&str> = long.split(' ').collect();
    let words: HashSet<&str> = short.split(' ').collect();
    words.iter().filter(|w| long.contains(*w)).count() * 5 >= words.len() * 4
}

fn same(references: &[ListedReference<'_>], texts: &[Text], a: usize, b: usize) -> bool {
    if texts[a].letter.is_some() && texts[b].letter.is_some() && texts[a].letter != texts[b].letter {
        return false;
    }
    let (short, long) = if texts[a].folded.len() <= texts[b].folded.len() { (a, b) } else { (b, a) };
    if !texts[a].contradicts(&texts[b]) {
        let (short, long) = (&texts[short].folded, &texts[long].folded);
        let begins =
            short.len() > 2 * SHORTEST && short.len() * 10 >= long.len() * 8 && long.starts_with(short.as_str());
        if begins || long.len() >= SHORTEST && short == long {
            return true;
        }
    }
    // Parts of one report and papers of one series have the same title as far as it could be read.
    same_work(references[a].work, references[b].work) == Sameness::Same
        && shares_words(references[short].text, references[long].text)
}
