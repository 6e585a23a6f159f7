//! Fingerprints of file contents.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// SHA-256 of a content, in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContentHash(String);

impl ContentHash {
    pub fn of(content: &[u8]) -> Self {
        Self::shown(Sha256::new_with_prefix(content))
    }

    /// Those of two contents that are equal up to the byte `same`, which are read once.
    pub fn of_two(one: &[u8], other: &[u8], same: usize) -> [Self; 2] {
        let start = Sha256::new_with_prefix(&one[..same]);
        [one, other].map(|content| Self::shown(start.clone().chain_update(&content[same..])))
    }

    fn shown(hasher: Sha256) -> Self {
        Self(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_contents_at_once() {
        let (one, other) = (b"tides and ferries", b"tides");
        let expected = [ContentHash::of(one), ContentHash::of(other)];
        assert_eq!([0, 3, 5].map(|same| ContentHash::of_two(one, other, same)), [(); 3].map(|()| expected.clone()));
    }
}
