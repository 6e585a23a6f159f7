//! What an entry says, apart from its key and identifiers.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::text::fold_key;
use crate::work::{Field, Name, Work};

/// Stands for the fields of an entry that are compared with records. Equal for entries that differ only in key,
/// identifiers, spaces, case and punctuation: an answer holds on when the identifier it brought is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryFingerprint(String);

impl EntryFingerprint {
    pub fn of(work: &Work) -> Self {
        const FIELDS: [Field; 5] = [Field::Title, Field::ContainerTitle, Field::Volume, Field::Issue, Field::Page];
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(fold_key(text));
            hash.update([0]);
        };
        work.creators().iter().map(Name::cited).for_each(|name| add(&name));
        add(&work.year().map(|year| year.to_string()).unwrap_or_default());
        FIELDS.into_iter().for_each(|field| add(&work.plain(field).unwrap_or_default()));
        Self(hash.finalize()[..8].iter().map(|b| format!("{b:02x}")).collect())
    }
}
