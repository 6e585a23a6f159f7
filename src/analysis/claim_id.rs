//! Stable names for claims.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::text::fold;

/// The name of a claim: derived from the title of its document and its own text, so that it stays when the claim
/// moves. Eight characters of `a`–`z` and `2`–`7`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimId(String);

impl ClaimId {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name for the `occurrence`th claim of equal text in the document.
    fn derive(title: &str, text: &str, occurrence: usize) -> Self {
        let digest = Sha256::digest(format!("{title}\n{text}\n{occurrence}"));
        let bits = digest[..5].iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
        // RFC 4648 base 32, lower case.
        let letter = |i: u32| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[(bits >> (35 - 5 * i) & 31) as usize]);
        Self((0..8).map(letter).collect())
    }
}

impl From<String> for ClaimId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The ids of all claims of a document, parallel to them and unique among them.
pub(super) fn assign(document: &Document) -> Vec<ClaimId> {
    let title = fold(document.title.as_deref().unwrap_or_default());
    let mut occurrences: HashMap<String, usize> = HashMap::new();
    let mut taken = std::collections::HashSet::new();
    document
        .claims
        .iter()
        .map(|claim| {
            let text = fold(&claim.text);
            let occurrence = occurrences.entry(text.clone()).or_default();
            loop {
                *occurrence += 1;
                let id = ClaimId::derive(&title, &text, *occurrence);
                if taken.insert(id.clone()) {
                    return id;
                }
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Claim, ClaimKind};
    use crate::text::Span;

    fn document(texts: &[&str]) -> Document {
        let claim = |text: &&str| Claim {
            path: vec![],
            parent: None,
            kind: ClaimKind::Sentence,
            text: (*text).to_owned(),
            span: Span::default(),
            marked: vec![],
            raised: vec![],
        };
        Document { title: Some("T".to_owned()), claims: texts.iter().map(claim).collect(), ..Document::default() }
    }

    #[test]
    fn ids_move_with_their_claims() {
        let before = assign(&document(&["Acne", "Burns", "Acne"]));
        let after = assign(&document(&["New", "Burns.", "Acne", "Acne"]));
        assert_eq!(before[1], after[1]);
        assert_eq!([&before[0], &before[2]], [&after[2], &after[3]]);
        assert_ne!(before[0], before[2]);
        assert_eq!(before[0].as_str().len(), 8);
    }
}
