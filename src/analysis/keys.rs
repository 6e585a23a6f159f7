//! Citation keys that are unique in a list.

use std::collections::HashSet;

use crate::work::{Work, base_key};

/// A key for the work that is not taken yet, and takes it: the base key, then with "a", "b", … "z", then with numbers.
/// Keys are compared without regard to case, as BibTeX does.
pub fn unique_key(work: &Work, taken: &mut HashSet<String>) -> String {
    let base = base_key(work);
    let letters = ('a'..='z').map(|c| format!("{base}{c}"));
    let numbers = (2_u32..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.clone())
        .chain(letters)
        .chain(numbers)
        .find(|key| taken.insert(key.to_lowercase()))
        .expect("numbers do not run out before memory does")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collisions_get_letters() {
        let mut taken = HashSet::from(["anonnd".to_owned()]);
        let work = Work::default();
        assert_eq!(unique_key(&work, &mut taken), "anonnda");
        assert_eq!(unique_key(&work, &mut taken), "anonndb");
    }
}
