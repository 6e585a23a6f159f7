//! Keys that may have been meant by one that is not defined.

use std::collections::{BTreeSet, HashMap};

use crate::document::Document;
use crate::text::{fold_key, is_one_slip};

/// Longer keys are proposed only when they differ in case or marks alone, in bytes.
const LONGEST: usize = 64;

/// The keys of a document's references, by themselves and by what is left of them without one letter: two strings that
/// are one slip apart share one of these, so no key has to be compared with all.
#[derive(Debug)]
pub(super) struct NearKeys {
    folded: HashMap<usize, String>,
    by_rest: HashMap<String, Vec<usize>>,
}

impl NearKeys {
    pub fn of(document: &Document) -> Self {
        let mut near = Self { folded: HashMap::new(), by_rest: HashMap::new() };
        for (i, reference) in document.references.iter().enumerate().filter(|(_, r)| r.known.is_some()) {
            let Some(folded) = reference.label.as_deref().map(fold_key) else { continue };
            for rest in rests(&folded) {
                near.by_rest.entry(rest).or_default().push(i);
            }
            near.folded.insert(i, folded);
        }
        near
    }

    /// The references whose keys are like `key`, in their order.
    pub fn like(&self, key: &str) -> Vec<usize> {
        let key = fold_key(key);
        let is_near = |label: &str| {
            let (short, long) = if label.len() < key.len() { (label, key.as_str()) } else { (key.as_str(), label) };
            // "Peng2011" for "Peng2011a"
            let suffix = long.len() == short.len() + 1 && long.starts_with(short);
            !short.is_empty() && (label == key || suffix || short.len() > 3 && is_one_slip(label, &key))
        };
        let found: BTreeSet<usize> =
            rests(&key).iter().filter_map(|rest| self.by_rest.get(rest)).flatten().copied().collect();
        found.into_iter().filter(|i| self.folded.get(i).is_some_and(|label| is_near(label))).collect()
    }
}

/// A key, and what is left of it without one of its letters.
fn rests(folded: &str) -> BTreeSet<String> {
    let mut rests = BTreeSet::from([folded.to_owned()]);
    if folded.len() <= LONGEST {
        rests.extend(folded.char_indices().map(|(i, c)| format!("{}{}", &folded[..i], &folded[i + c.len_utf8()..])));
    }
    rests
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RawReference;
    use crate::work::Work;

    #[test]
    fn one_slip_or_letter_away() {
        let labels = ["roe2001", "Peng2011a", "dœ99", "x"];
        let reference = |label: &&str| RawReference {
            label: Some((*label).to_owned()),
            known: Some(Work::default()),
            ..RawReference::default()
        };
        let document = Document { references: labels.iter().map(reference).collect(), ..Document::default() };
        let near = NearKeys::of(&document);
        for (key, expected) in [
            ("Roe2001", vec![0]),
            ("reo2001", vec![0]),
            ("roe201", vec![0]),
            ("rose2001", vec![0]),
            ("rue2001", vec![0]),
            ("rue2002", vec![]),
            ("Peng2011", vec![1]),
            ("y", vec![]),
            ("xy", vec![3]),
            ("", vec![]),
        ] {
            assert_eq!(near.like(key), expected, "{key}");
        }
    }
}
