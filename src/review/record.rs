//! One line of `verdicts.jsonl`: who did what when.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::fingerprint::{StatementFingerprint, WorkFingerprint};
use super::timestamp::Timestamp;
use crate::analysis::ClaimId;
use crate::text::fold;
use crate::work::Work;

/// Something a person said, for good: a line that is only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Line")]
pub struct Record {
    pub id: RecordId,
    #[serde(flatten)]
    pub act: Act,
    /// The person, as "Name" or `Name <address>`.
    pub by: String,
    pub at: Timestamp,
    /// The program and version that wrote the line.
    pub tool: String,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum Act {
    /// Whether a work backs a claim.
    Verdict(Judgement),
    /// This work backs this claim, though the document does not cite it there.
    Assert {
        claim: ClaimRef,
        work: WorkRef,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// This work does not belong to this claim, whatever the document seems to cite.
    Remove {
        claim: ClaimRef,
        work: WorkRef,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// A finding of `check` is as it should be.
    Accept { finding: FindingRef, reason: String },
    /// Another record no longer counts.
    Retract {
        of: RecordId,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

/// A verdict on a pair, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    pub claim: ClaimRef,
    pub work: WorkRef,
    pub verdict: Verdict,
    /// The passage of the work, word for word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Where in the work, as a person writes it ("576", "Table 2").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A record as it is read: the fields of all kinds side by side, for to read a tagged union inside a record takes three
/// times as long.
#[derive(Deserialize)]
struct Line {
    id: RecordId,
    record: Kind,
    claim: Option<ClaimRef>,
    work: Option<WorkRef>,
    verdict: Option<Verdict>,
    quote: Option<String>,
    page: Option<String>,
    note: Option<String>,
    finding: Option<FindingRef>,
    of: Option<RecordId>,
    reason: Option<String>,
    by: String,
    at: Timestamp,
    tool: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Verdict,
    Assert,
    Remove,
    Accept,
    Retract,
}

impl TryFrom<Line> for Record {
    type Error = String;

    fn try_from(line: Line) -> Result<Self, String> {
        fn has<T>(field: &str, value: Option<T>) -> Result<T, String> {
            value.ok_or_else(|| format!("missing field `{field}`"))
        }
        let Line { id, record, claim, work, verdict, quote, page, note, finding, of, reason, by, at, tool } = line;
        let pair = || Ok::<_, String>((has("claim", claim)?, has("work", work)?));
        let act = match record {
            Kind::Verdict => {
                let ((claim, work), verdict) = (pair()?, has("verdict", verdict)?);
                Act::Verdict(Judgement { claim, work, verdict, quote, page, note })
            }
            Kind::Assert => pair().map(|(claim, work)| Act::Assert { claim, work, note })?,
            Kind::Remove => pair().map(|(claim, work)| Act::Remove { claim, work, note })?,
            Kind::Accept => Act::Accept { finding: has("finding", finding)?, reason: has("reason", reason)? },
            Kind::Retract => Act::Retract { of: has("of", of)?, reason },
        };
        Ok(Self { id, act, by, at, tool })
    }
}

/// Whether a work backs a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Supported,
    /// It supports a part of the claim, or a weaker one.
    Partly,
    /// It speaks of the matter, and what it says does not support the claim.
    NotSupported,
    /// It says the opposite.
    Contradicts,
    /// It does not speak of the matter.
    NotAddressed,
    /// The work could not be read. This is no judgement of the pair.
    NoAccess,
}

impl Verdict {
    pub const ALL: [Self; 6] =
        [Self::Supported, Self::Partly, Self::NotSupported, Self::Contradicts, Self::NotAddressed, Self::NoAccess];

    /// The name in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Partly => "partly",
            Self::NotSupported => "not-supported",
            Self::Contradicts => "contradicts",
            Self::NotAddressed => "not-addressed",
            Self::NoAccess => "no-access",
        }
    }

    /// The mark that shows it without colour.
    pub fn mark(self) -> char {
        match self {
            Self::Supported => '✓',
            Self::Partly => '≈',
            Self::NotSupported => '✗',
            Self::Contradicts => '⊥',
            Self::NotAddressed => '∅',
            Self::NoAccess => '⊘',
        }
    }

    /// In words: "not supported".
    pub fn words(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Partly => "partly supported",
            Self::NotSupported => "not supported",
            Self::Contradicts => "contradicted",
            Self::NotAddressed => "not addressed",
            Self::NoAccess => "no access",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Verdict {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|v| v.as_str() == name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|v| v.as_str()).collect();
            format!("a verdict is one of {}", names.join(", "))
        })
    }
}

/// A claim as it was when a record was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRef {
    pub id: ClaimId,
    /// Path of the document in the project.
    pub document: String,
    /// Headings and outline markers joined by " > "; empty in a document's lead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Without bracketed citations: what was judged.
    pub text: String,
    pub fingerprint: StatementFingerprint,
    /// Fingerprint of the text with its citations, so that a better reading of these does not make the record stale.
    pub printed: StatementFingerprint,
}

impl ClaimRef {
    /// `bare` is the text without bracketed citations, `printed` the one with them.
    pub fn new(id: ClaimId, document: &str, path: &str, bare: &str, printed: &str) -> Self {
        Self {
            id,
            document: document.to_owned(),
            path: path.to_owned(),
            text: bare.to_owned(),
            fingerprint: StatementFingerprint::of(bare),
            printed: StatementFingerprint::of(printed),
        }
    }
}

/// A work as it was when a record was made: by identifiers, so that the record outlives another key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkRef {
    pub key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pmid: Option<String>,
    pub fingerprint: WorkFingerprint,
}

impl WorkRef {
    pub fn of(work: &Work) -> Self {
        Self {
            key: work.key.clone(),
            doi: work.doi().map(|d| d.to_string()),
            pmid: work.pmid().map(|p| p.to_string()),
            fingerprint: WorkFingerprint::of(work),
        }
    }
}

/// A finding as it is accepted: its code and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FindingRef {
    pub code: String,
    /// The place as `check` prints it.
    pub place: String,
}

/// The name of a record: ten characters of `a`–`z` and `2`–`7`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(String);

impl RecordId {
    /// The name of a new record. `salt` differs from one record to the next of the same moment and person.
    pub fn derive(act: &Act, by: &str, at: Timestamp, salt: u64) -> Self {
        let act = serde_json::to_string(act).expect("a record is plain data");
        let digest = Sha256::digest(format!("{by}\n{at}\n{salt}\n{act}"));
        let bits = digest[..7].iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
        // RFC 4648 base 32, lower case: 50 bits.
        let letter = |i: u32| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[(bits >> (51 - 5 * i) & 31) as usize]);
        Self((0..10).map(letter).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for RecordId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Record {
    /// What two records of one person share: the address, else the folded name.
    pub fn person(&self) -> String {
        person(&self.by)
    }

    /// Whether this person made it.
    pub fn is_by(&self, by: &str) -> bool {
        self.person() == person(by)
    }
}

/// What stands for a person: the address in angle brackets in lower case, else the folded name.
pub(super) fn person(by: &str) -> String {
    let address = by.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(a, _)| a.trim().to_lowercase());
    match address.filter(|a| !a.is_empty()) {
        Some(address) => address,
        None => {
            let folded = fold(by);
            if folded.is_empty() { by.to_owned() } else { folded }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_an_address_or_a_name() {
        assert_eq!(person("Ada L. <Ada@Example.org>"), person("ada <ada@example.org>"));
        assert_eq!(person("Ada  Lovelace"), person("ada lovelace"));
        assert_ne!(person("Ada"), person("Grace"));
    }

    #[test]
    fn a_record_comes_back() {
        let claim = ClaimRef::new(ClaimId::from("abcd2345".to_owned()), "a.txt", "A > 1", "A claim.", "A claim (1).");
        let work = WorkRef::of(&Work { key: "roe1999".to_owned(), ..Work::default() });
        let judgement = Judgement {
            claim,
            work,
            verdict: Verdict::NotSupported,
            quote: None,
            page: Some("3".to_owned()),
            note: None,
        };
        let act = Act::Verdict(judgement);
        let at = Timestamp::from_micros(5_000_000);
        let id = RecordId::derive(&act, "Ada", at, 1);
        let record = Record { id, act, by: "Ada".to_owned(), at, tool: "citetrail 0".to_owned() };
        let line = serde_json::to_string(&record).unwrap();
        assert!(line.contains(r#""record":"verdict","claim":{"id":"abcd2345","#), "{line}");
        assert_eq!(serde_json::from_str::<Record>(&line).unwrap(), record);
    }
}
