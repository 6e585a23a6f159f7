//! New keys for the entries of a file, no two alike.

use std::collections::{BTreeMap, HashSet};

use super::Pattern;
use crate::work::Work;

/// An entry that may get another key.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The key it has.
    pub key: &'a str,
    /// The work, if it is to get a new key; `None` keeps the one it has.
    pub work: Option<&'a Work>,
}

/// The new keys, parallel to the candidates; `None` where the key stays as it is. Of several entries for which the pattern
/// makes one key, the first gets it and the others get "a", "b", … behind it; those that have such a key already keep it, so that
/// nothing changes when the plan is made again. Keys are compared without regard to case, as BibTeX does.
pub fn plan(candidates: &[Candidate<'_>], pattern: &Pattern) -> Vec<Option<String>> {
    let bases: Vec<Option<String>> =
        candidates.iter().map(|c| c.work.map(|work| pattern.key(work)).filter(|key| !key.is_empty())).collect();
    let mut taken: HashSet<String> =
        candidates.iter().zip(&bases).filter(|(_, base)| base.is_none()).map(|(c, _)| c.key.to_lowercase()).collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, base) in bases.iter().enumerate() {
        if let Some(base) = base {
            groups.entry(base.to_lowercase()).or_default().push(i);
        }
    }
    let mut keys: Vec<Option<String>> = vec![None; candidates.len()];
    // What fits stays, before anything else takes it.
    for (folded, members) in &groups {
        let alone = members.len() == 1 && !taken.contains(folded);
        for &i in members {
            let (Some(base), key) = (&bases[i], candidates[i].key) else { continue };
            let fits = key == base || !alone && key.strip_prefix(base.as_str()).is_some_and(is_suffix);
            if fits && taken.insert(key.to_lowercase()) {
                keys[i] = Some(key.to_owned());
            }
        }
    }
    for members in groups.values() {
        for &i in members {
            let (Some(base), None) = (&bases[i], &keys[i]) else { continue };
            keys[i] = suffixed(base).find(|key| taken.insert(key.to_lowercase()));
        }
    }
    for (key, candidate) in keys.iter_mut().zip(candidates) {
        key.take_if(|key| key == candidate.key);
    }
    keys
}

fn suffixed(base: &str) -> impl Iterator<Item = String> + '_ {
    let letters = ('a'..='z').map(move |c| format!("{base}{c}"));
    let numbers = (2_u32..).map(move |n| format!("{base}-{n}"));
    std::iter::once(base.to_owned()).chain(letters).chain(numbers)
}

fn is_suffix(text: &str) -> bool {
    let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase());
    letter || text.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok_and(|n| n > 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::bibtex::read_text;

    fn planned(bib: &str, kept: &[&str]) -> Vec<String> {
        let works = read_text(bib).works;
        let candidates: Vec<Candidate> = works
            .iter()
            .map(|w| Candidate { key: &w.key, work: Some(w).filter(|w| !kept.contains(&w.key.as_str())) })
            .collect();
        let keys = plan(&candidates, &"auth.lower + year".parse().unwrap());
        keys.into_iter().zip(&works).map(|(new, work)| new.unwrap_or_else(|| work.key.clone())).collect()
    }

    #[test]
    fn collisions_get_letters_and_stay() {
        let entry = |key: &str| format!("@book{{{key}, author = {{Holm, A.}}, year = 2004}}\n");
        let all = |keys: &[&str]| keys.iter().map(|k| entry(k)).collect::<String>();
        assert_eq!(planned(&all(&["x", "y", "z"]), &[]), ["holm2004", "holm2004a", "holm2004b"]);
        assert_eq!(planned(&all(&["holm2004a", "holm2004"]), &[]), ["holm2004a", "holm2004"]);
        assert_eq!(planned(&all(&["holm2004b"]), &[]), ["holm2004"]);
        assert_eq!(planned(&all(&["x", "HOLM2004"]), &["HOLM2004"]), ["holm2004a", "HOLM2004"]);
        assert_eq!(planned(&all(&["holm2004", "y"]), &["y"]), ["holm2004", "y"]);
        let many: Vec<String> = (0..30).map(|i| format!("k{i}")).collect();
        let many = planned(&all(&many.iter().map(String::as_str).collect::<Vec<_>>()), &[]);
        assert_eq!((many[26].as_str(), many[27].as_str()), ("holm2004z", "holm2004-2"));
    }

    #[test]
    fn an_entry_without_what_the_pattern_asks_for_keeps_its_key() {
        assert_eq!(planned("@misc{k, title = {T}}", &[]), ["k"]);
    }
}
