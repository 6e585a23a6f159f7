//! Lists of printed references whose entries may hold several works, "(a) …; (b) …": each work is cited for itself, and
//! what is answered counts entries.

use std::collections::HashSet;

use serde::Serialize;

use crate::citation::{Links, ListedPart, Mention};
use crate::reference::{EntryPart, entry_parts};

/// A work of the list: an entry, or a part of one that holds several.
pub(super) struct Listed<'a> {
    entry: usize,
    pub text: &'a str,
    pub part: Option<ListedPart<'a>>,
}

impl<'a> Listed<'a> {
    /// The works of an entry, which has this index in its list.
    pub fn of((entry, text): (usize, &'a String)) -> Vec<Self> {
        let parts = entry_parts(text);
        if parts.is_empty() {
            return vec![Self { entry, text, part: None }];
        }
        let part = |part: EntryPart<'a>| Self {
            entry,
            text: part.text,
            part: Some(ListedPart { letter: part.letter, entry: text }),
        };
        parts.into_iter().map(part).collect()
    }
}

/// What was found, counted in entries of the list.
pub(super) struct ListLinks {
    /// Parallel to the passages, each with what it means of entries that hold several works.
    pub mentions: Vec<Vec<(Mention, Vec<Part>)>>,
    /// Entries that repeat earlier ones.
    pub duplicates: Vec<usize>,
}

/// A work that is meant of an entry that holds several.
#[derive(Serialize)]
pub(super) struct Part {
    #[serde(rename = "ref")]
    pub entry: usize,
    pub part: char,
}

impl ListLinks {
    pub fn of(links: Links, listed: &[Listed<'_>]) -> Self {
        let entries = |works: &[usize]| {
            let mut seen = HashSet::new();
            works.iter().map(|&i| listed[i].entry).filter(|&entry| seen.insert(entry)).collect()
        };
        let counted = |mut mention: Mention| {
            let part = |&i: &usize| Some(Part { entry: listed[i].entry, part: listed[i].part?.letter });
            let parts = mention.refs.iter().filter_map(part).collect();
            mention.refs = entries(&mention.refs);
            mention.candidates = entries(&mention.candidates);
            (mention, parts)
        };
        let mentions = links.mentions.into_iter().map(|all| all.into_iter().map(counted).collect()).collect();
        // An entry is a copy when all that it holds is.
        let copies: Vec<usize> = links.duplicates.iter().map(|&(_, copy)| copy).collect();
        let copied: HashSet<usize> = copies.iter().copied().collect();
        let others: HashSet<usize> =
            (0..listed.len()).filter(|i| !copied.contains(i)).map(|i| listed[i].entry).collect();
        let mut duplicates: Vec<usize> = entries(&copies);
        duplicates.retain(|entry| !others.contains(entry));
        Self { mentions, duplicates }
    }
}
