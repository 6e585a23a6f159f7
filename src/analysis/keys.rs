//! Citation keys that are unique in a list.

use std::collections::{HashMap, HashSet};

use crate::work::{Work, base_key};

/// The keys that are taken, compared without regard to case, as BibTeX does.
#[derive(Debug, Clone, Default)]
pub struct TakenKeys {
    keys: HashSet<String>,
    /// How many endings of a base were tried: what was taken stays taken.
    tried: HashMap<String, u32>,
}

impl TakenKeys {
    /// Takes a key; says whether it was free.
    pub fn take(&mut self, key: &str) -> bool {
        self.keys.insert(key.to_lowercase())
    }

    /// A key for the work that is not taken yet, and takes it: the base key, then with "a", "b", … "z", then with
    /// numbers.
    pub fn unique(&mut self, work: &Work) -> String {
        let base = base_key(work);
        let folded = base.to_lowercase();
        let tried = self.tried.entry(folded.clone()).or_default();
        loop {
            let ending = match *tried {
                0 => String::new(),
                n @ 1..=26 => char::from_u32(u32::from('a') + n - 1).into_iter().collect(),
                n => format!("-{}", n - 25),
            };
            *tried += 1;
            if self.keys.insert(format!("{folded}{ending}")) {
                return format!("{base}{ending}");
            }
        }
    }
}

impl FromIterator<String> for TakenKeys {
    fn from_iter<I: IntoIterator<Item = String>>(keys: I) -> Self {
        let mut taken = Self::default();
        for key in keys {
            taken.take(&key);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collisions_get_letters() {
        let mut taken = TakenKeys::from_iter(["anonnd".to_owned(), "AnonNDb".to_owned()]);
        let work = Work::default();
        assert_eq!(taken.unique(&work), "anonnda");
        assert_eq!(taken.unique(&work), "anonndc");
        assert!(!taken.take("Anonndc"));
    }

    #[test]
    fn numbers_follow_the_letters() {
        let mut taken = TakenKeys::default();
        let keys: Vec<String> = (0..30).map(|_| taken.unique(&Work::default())).collect();
        assert_eq!(keys[..2], ["anonnd", "anonnda"]);
        assert_eq!(keys[26..], ["anonndz", "anonnd-2", "anonnd-3", "anonnd-4"]);
    }
}
