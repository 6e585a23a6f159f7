//! Answers that are kept with a bibliography: a text file of one [`Resolution`] a line.

use std::collections::{HashMap, HashSet};

use super::{EntryFingerprint, Resolution};
use crate::work::Work;

/// What a file of answers holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recorded {
    pub resolutions: Vec<Resolution>,
    /// Lines that cannot be read: their number, and why.
    pub problems: Vec<(usize, String)>,
}

/// Reads kept answers.
pub fn read(text: &str) -> Recorded {
    let mut recorded = Recorded::default();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(resolution) => recorded.resolutions.push(resolution),
            Err(error) => recorded.problems.push((i + 1, error.to_string())),
        }
    }
    recorded
}

/// The text of answers, in the order of their keys, so that versions of the file differ where answers do.
pub fn written(resolutions: &[Resolution]) -> String {
    let mut lines: Vec<(&str, String)> = resolutions
        .iter()
        .map(|r| (r.key.as_str(), serde_json::to_string(r).expect("a resolution is plain data") + "\n"))
        .collect();
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Older answers with new ones in their place, without those that speak of no entry of the bibliography.
pub fn merged(old: Vec<Resolution>, new: &[Resolution], works: &[Work]) -> Vec<Resolution> {
    let present: HashSet<EntryFingerprint> = works.iter().map(EntryFingerprint::of).collect();
    let keys: HashSet<&str> = works.iter().map(|work| work.key.as_str()).collect();
    let new_keys: HashSet<&str> = new.iter().map(|r| r.key.as_str()).collect();
    let new_entries: HashSet<&EntryFingerprint> = new.iter().map(|r| &r.entry).collect();
    // An entry whose key was changed is the one that says the same.
    let is_replaced = |old: &Resolution| {
        new_keys.contains(old.key.as_str()) || new_entries.contains(&old.entry) && !keys.contains(old.key.as_str())
    };
    let mut all: Vec<Resolution> =
        old.into_iter().filter(|old| present.contains(&old.entry) && !is_replaced(old)).collect();
    all.extend_from_slice(new);
    all
}

/// The answers that hold for works as they are now.
#[derive(Debug, Clone, Default)]
pub struct Kept<'a> {
    answers: Vec<Option<&'a Resolution>>,
}

impl<'a> Kept<'a> {
    /// Of each work the newest answer about what it says and the identifier it has; one under its own key first.
    pub fn new(works: &[Work], resolutions: &'a [Resolution]) -> Self {
        let mut by_content: HashMap<&EntryFingerprint, Vec<&Resolution>> = HashMap::new();
        for resolution in resolutions {
            by_content.entry(&resolution.entry).or_default().push(resolution);
        }
        let of = |work: &Work| {
            let about = by_content.get(&EntryFingerprint::of(work))?.iter().filter(|r| r.is_of(work));
            about.max_by_key(|r| (r.key == work.key, r.at)).copied()
        };
        Self { answers: if resolutions.is_empty() { Vec::new() } else { works.iter().map(of).collect() } }
    }

    /// The works that have an answer, of those that were given.
    pub fn of<'w>(&'w self, works: &'w [Work]) -> impl Iterator<Item = (&'w Work, &'a Resolution)> + 'w {
        works.iter().zip(&self.answers).filter_map(|(work, answer)| Some((work, (*answer)?)))
    }
}
