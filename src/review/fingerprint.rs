//! What stands for a claim's text and for a work, so that a judgement finds them again and notices their change.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::text::fold;
use crate::work::{Field, MatchKey, Work};

/// Stands for a text that was judged. Texts that differ only in white space, in kinds of quotes and dashes or in
/// compatibility forms (ligatures) have one fingerprint; any other change of a character changes it, for "<" and "5"
/// can turn a claim round.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StatementFingerprint(String);

impl StatementFingerprint {
    pub fn of(text: &str) -> Self {
        let alike = |c: char| match c {
            '‘' | '’' | '‚' | '‛' | '′' | '`' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c => c,
        };
        let letters: String = text.nfkc().filter(|c| !is_unseen(*c)).map(alike).collect();
        let words: Vec<&str> = letters.split_whitespace().collect();
        Self(short_digest(words.join(" ").trim_end_matches('.')))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Stands for a publication whatever its key: first creator, year and title, folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkFingerprint(String);

impl WorkFingerprint {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn of(work: &Work) -> Self {
        let title = work.plain(Field::Title).or(work.plain(Field::ContainerTitle)).map(|t| fold(&t));
        Self(short_digest(&format!("{}|{}", MatchKey::of(work).0, title.unwrap_or_default())))
    }
}

/// The first twelve hexadecimal digits of SHA-256: one in 10^14 for two texts to meet.
fn short_digest(text: &str) -> String {
    Sha256::digest(text)[..6].iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_is_forgiven_and_meaning_is_not() {
        let of = StatementFingerprint::of;
        assert_eq!(of("It’s  a “ﬁne”\nthing – now."), of("It's a \"fine\" thing - now"));
        for (a, b) in [("p < 0.05", "p > 0.05"), ("5 mg", "50 mg"), ("not seen", "seen"), ("US", "us")] {
            assert_ne!(of(a), of(b), "{a}");
        }
    }
}
