//! Footnotes that cite: which works of a reference list a note names.
//!
//! A note prints a work in full ("Jane Roe, “Birch Bark,” Wood 3 (2001): 5"), short ("Roe, “Birch Bark,” 7") or by "Ibid."
//! What tells is the first author's family name with words of the title behind it, in the order of the entry.

use std::collections::HashMap;

use super::Note;
use crate::text::fold;

/// So many words of a longer note are looked at.
const MOST_WORDS: usize = 400;
/// So many words of a longer title are.
const MOST_OF_TITLE: usize = 20;
/// Of one name so many works are told apart, and of more none; names are looked for at so many places of a note.
const MOST_WORKS: usize = 60;
const MOST_PLACES: usize = 12;
/// One note in so many names a work, where notes are how a document cites.
const FEWEST_NAMING: usize = 4;
/// The title begins no farther behind the name, in words.
const FARTHEST: usize = 30;
/// So many words in a row, with so many letters, are no accident.
const ENOUGH_WORDS: usize = 3;
const ENOUGH_LETTERS: usize = 12;
/// So many are enough for two words behind the name of one work alone.
const FEW_LETTERS: usize = 8;

/// The works of a list as notes name them.
#[derive(Debug)]
pub(super) struct Works {
    /// The folded words of each entry's title.
    titles: Vec<Vec<String>>,
    /// Entries by the last word of their first author's family name.
    by_name: HashMap<String, Vec<usize>>,
}

impl Works {
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a str>) -> Self {
        let mut works = Self { titles: Vec::new(), by_name: HashMap::new() };
        for entry in entries {
            works.push(entry);
        }
        works
    }

    /// Adds an entry as a bibliography prints it ("Roe, Jane. “Bark.”") or a note ("Jane Roe, “Bark,”").
    fn push(&mut self, entry: &str) {
        let index = self.titles.len();
        let head = entry.split([',', '.', ';', '“', '"']).next().unwrap_or_default();
        let first = head.split(" and ").next().unwrap_or(head);
        if let Some(name) = fold(first).split(' ').rfind(|w| w.chars().count() > 1) {
            let works = self.by_name.entry(name.to_owned()).or_default();
            if works.len() <= MOST_WORKS {
                works.push(index);
            }
        }
        self.titles.push(fold(title(entry)).split(' ').take(MOST_OF_TITLE).map(str::to_owned).collect());
    }

    /// The works that a note names, each once, in printed order; `before` are those of the note before.
    pub fn named_in(&self, note: &str, before: &[usize]) -> Vec<usize> {
        let folded = fold(note);
        let words: Vec<&str> = folded.split(' ').take(MOST_WORDS).collect();
        let mut found = Vec::new();
        if let (true, [one]) = (is_ibid(&words), before) {
            found.push(*one);
        }
        let mut at = 0;
        let mut places = 0;
        while at < words.len() && places < MOST_PLACES {
            let candidates = self.by_name.get(words[at]).filter(|works| works.len() <= MOST_WORKS);
            let candidates = candidates.map_or(&[][..], Vec::as_slice);
            places += usize::from(!candidates.is_empty());
            let behind = &words[at + 1..words.len().min(at + 1 + FARTHEST)];
            let mut best: Option<(usize, usize)> = None;
            let mut is_tied = false;
            for &entry in candidates {
                let run = self.run(entry, behind, candidates.len() == 1);
                match best {
                    _ if run == 0 => {}
                    Some((_, longest)) if run < longest => {}
                    Some((_, longest)) if run == longest => is_tied = true,
                    _ => (best, is_tied) = (Some((entry, run)), false),
                }
            }
            if let (Some((entry, run)), false) = (best, is_tied) {
                if !found.contains(&entry) {
                    found.push(entry);
                }
                at += run;
            }
            at += 1;
        }
        found
    }

    /// The words of the longest run that a title shares with what stands behind a name; 0 when it is no evidence. Of a
    /// name that one work alone has, two words are enough.
    fn run(&self, entry: usize, behind: &[&str], is_only: bool) -> usize {
        let title = &self.titles[entry];
        let mut longest = (0, 0);
        for from in 0..behind.len() {
            for place in 0..title.len() {
                let run = behind[from..].iter().zip(&title[place..]).take_while(|(a, b)| **a == b.as_str());
                let run: Vec<usize> = run.map(|(word, _)| word.chars().count()).collect();
                longest = longest.max((run.len(), run.iter().sum()));
            }
        }
        let enough = match longest {
            (words, letters) if words >= ENOUGH_WORDS => letters >= ENOUGH_LETTERS,
            (2, letters) => is_only && letters >= FEW_LETTERS,
            _ => false,
        };
        if enough { longest.0 } else { 0 }
    }
}

/// Where the title of an entry stands: in quotation marks, else behind the authors, up to what says where it appeared.
fn title(entry: &str) -> &str {
    for (open, close) in [('“', '”'), ('"', '"'), ('„', '“'), ('«', '»')] {
        let quoted = entry.split_once(open).and_then(|(_, rest)| rest.split_once(close));
        if let Some((quoted, _)) = quoted.filter(|(quoted, _)| quoted.contains(' ')) {
            return quoted;
        }
    }
    // A note sets its parts off by commas, a bibliography by full stops.
    let by_stops = entry.split(". ").skip(1);
    let by_commas = entry.split(", ").skip(1);
    let is_title = |part: &&str| part.split(' ').filter(|w| w.chars().count() > 2).count() >= 2;
    let part = by_stops.clone().find(is_title).or_else(|| by_commas.clone().find(is_title)).unwrap_or(entry);
    part.split(" (").next().unwrap_or(part)
}

/// The works of a list's entries that numbered notes name; nothing where they name hardly any, since then they are no citations.
pub(super) fn cited(notes: &[(u32, String)], entries: &[String]) -> Vec<Note> {
    let works = Works::of(entries.iter().map(String::as_str));
    let mut before: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for (number, text) in notes {
        let named = works.named_in(text, &before);
        before.clone_from(&named);
        found.push(Note { number: *number, works: named });
    }
    let naming = found.iter().filter(|n| !n.works.is_empty()).count();
    if naming * FEWEST_NAMING >= found.len() && naming > 0 { found } else { Vec::new() }
}

fn is_ibid(words: &[&str]) -> bool {
    let first = words.iter().find(|w| !matches!(**w, "see" | "cf" | "vgl" | "siehe" | "voir"));
    matches!(first, Some(&"ibid" | &"ibidem" | &"ebd" | &"ebenda"))
}

/// Whether a note begins with a work or with "Ibid.": it says nothing of its own.
pub(super) fn only_cites(note: &str) -> bool {
    let folded = fold(note);
    let words: Vec<&str> = folded.split(' ').take(4).collect();
    let head = note.trim_start().split([',', ':']).next().unwrap_or_default();
    let names = head.split_whitespace().filter(|w| !matches!(*w, "and" | "et" | "al." | "de" | "van" | "von" | "der"));
    let capitals = names.clone().all(|w| w.starts_with(char::is_uppercase));
    is_ibid(&words) || capitals && head.chars().count() < 80 && names.count() <= 12
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[&str] = &[
        "Koe, Una. “Roofs of Turf and Bark.” Annals of Wood 20, no. 1 (2018): 77–90.",
        "Poe, Bernd. Oak Boats of the Northern Coast. Quay Press, 1998.",
        "Roe, Jane, and Ann Doe. “The Bark of Birches in Winter.” Annals of Wood 3, no. 2 (2001): 4–17.",
        "Roe, Jane. “The Bark of Birches in Summer.” Annals of Wood 4 (2003): 1–3.",
    ];

    #[test]
    fn works_that_notes_name() {
        let works = Works::of(LIST.iter().copied());
        for (note, before, expected) in [
            (
                "Jane Roe and Ann Doe, “The Bark of Birches in Winter,” Annals of Wood 3, no. 2 (2001): 5.",
                vec![],
                vec![2],
            ),
            ("Roe and Doe, “The Bark of Birches in Winter,” 7.", vec![], vec![2]),
            ("Roe, “The Bark of Birches,” 7.", vec![], vec![]),
            ("Poe, Oak Boats, 12.", vec![], vec![1]),
            ("Poe, Oak Boats of the Coast, 12; Una Koe, “Roofs of Turf and Bark,” 78.", vec![], vec![1, 0]),
            ("Ibid., 9.", vec![1], vec![1]),
            ("Ibid., 9.", vec![1, 2], vec![]),
            (
                "Prices are lost, but see Una Koe, “Roofs of Turf and Bark,” Annals of Wood 20, no. 1 (2018).",
                vec![],
                vec![0],
            ),
            ("Roe, “Leaves,” Annals of Wood 3 (2001): 9.", vec![], vec![]),
            ("Poe was born in Oslo, and the oak was dear.", vec![], vec![]),
        ] {
            assert_eq!(works.named_in(note, &before), expected, "{note}");
        }
    }

    #[test]
    fn a_name_of_too_many_works_names_none() {
        let entries = |count: usize| -> Vec<String> {
            (0..count).map(|i| format!("Roe, Jane. “The Winters of the Year {}.” Wood 3.", 1900 + i)).collect()
        };
        let named = |count: usize| {
            Works::of(entries(count).iter().map(String::as_str))
                .named_in("Roe, “The Winters of the Year 1905,” 7.", &[])
        };
        assert_eq!((named(MOST_WORKS), named(MOST_WORKS + 1)), (vec![5], vec![]));
    }

    #[test]
    fn notes_without_words_of_their_own() {
        for note in ["Jane Roe and Ann Doe, “The Bark,” 5.", "Ibid., 7.", "Poe, Oak Boats, 12."] {
            assert!(only_cites(note), "{note}");
        }
        for note in ["Prices are lost, but see Una Koe.", "The word is old.", "On bark, see Roe."] {
            assert!(!only_cites(note), "{note}");
        }
    }
}
