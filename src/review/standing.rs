//! How a pair stands: open, checked, stale or in conflict.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Serialize;

use super::fingerprint::StatementFingerprint;
use super::record::{Act, ClaimRef, Judgement, Record, Verdict};

/// How a pair claim → source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairState {
    /// Nobody judged it.
    Open,
    /// People tried, but none could read the work.
    NoAccess,
    /// All that was judged of the claim's present text says so.
    Checked(Verdict),
    /// What was judged is another text than the claim has now.
    Stale,
    /// Two people's newest verdicts on the present text differ.
    Conflict,
}

impl PairState {
    /// The name in machine-readable output: "open", "no-access", "checked", "stale", "conflict".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::NoAccess => "no-access",
            Self::Checked(_) => "checked",
            Self::Stale => "stale",
            Self::Conflict => "conflict",
        }
    }

    /// The mark that shows it without colour; an open pair has none.
    pub fn mark(self) -> Option<char> {
        match self {
            Self::Open => None,
            Self::NoAccess => Some('⊘'),
            Self::Checked(verdict) => Some(verdict.mark()),
            Self::Stale => Some('↻'),
            Self::Conflict => Some('≠'),
        }
    }

    /// In words: "not supported", "stale".
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::NoAccess => Verdict::NoAccess.words(),
            Self::Checked(verdict) => verdict.words(),
            Self::Stale => "stale",
            Self::Conflict => "conflict",
        }
    }

    /// Whether someone has work to do on it.
    pub fn is_unsettled(self) -> bool {
        matches!(self, Self::Open | Self::Stale | Self::Conflict)
    }
}

/// What a claim says now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimText<'a> {
    bare: &'a str,
    printed: &'a str,
}

impl<'a> ClaimText<'a> {
    /// `bare` is the text without bracketed citations, `printed` the one with them.
    pub fn new(bare: &'a str, printed: &'a str) -> Self {
        Self { bare, printed }
    }

    /// Whether a record was made of this text. Citations may have come or gone.
    pub fn is_of(&self, claim: &ClaimRef) -> bool {
        // Most texts stand as they were; a fingerprint costs much more than to see that.
        claim.text == self.bare
            || claim.fingerprint == StatementFingerprint::of(self.bare)
            || claim.printed == StatementFingerprint::of(self.printed)
    }
}

/// A person's newest verdict on a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    pub record: Arc<Record>,
    pub judgement: Judgement,
    /// It is of the text that the claim has now.
    pub is_fresh: bool,
}

/// A pair's state and what it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub state: PairState,
    /// One a person, newest first.
    pub opinions: Vec<Opinion>,
}

impl Standing {
    /// Of a pair nobody judged.
    pub fn open() -> Self {
        Self { state: PairState::Open, opinions: Vec::new() }
    }
}

/// How a pair stands by the records of it that count, oldest first; others than verdicts are passed over.
///
/// Of each person the newest verdict counts. "No access" is no judgement, so it contradicts none. Verdicts on another
/// text than the present one do not count beside those on the present one; where there are only such, the pair is stale.
pub fn standing<'a>(records: impl DoubleEndedIterator<Item = &'a Arc<Record>>, now: &ClaimText<'_>) -> Standing {
    let mut opinions: Vec<Opinion> = Vec::new();
    let mut heard = HashSet::new();
    for record in records.rev() {
        let Act::Verdict(judgement) = &record.act else { continue };
        if heard.insert(record.person()) {
            let is_fresh = now.is_of(&judgement.claim);
            opinions.push(Opinion { record: record.clone(), judgement: judgement.clone(), is_fresh });
        }
    }
    let mut judged = opinions.iter().filter(|o| o.judgement.verdict != Verdict::NoAccess).peekable();
    let state = if judged.peek().is_none() {
        if opinions.is_empty() { PairState::Open } else { PairState::NoAccess }
    } else {
        let mut fresh = judged.filter(|o| o.is_fresh).map(|o| o.judgement.verdict);
        match fresh.next() {
            None => PairState::Stale,
            Some(first) if fresh.all(|v| v == first) => PairState::Checked(first),
            Some(_) => PairState::Conflict,
        }
    };
    Standing { state, opinions }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ClaimId;
    use crate::review::{RecordId, Timestamp, WorkRef};
    use crate::work::Work;

    fn verdict(at: i64, by: &str, text: &str, verdict: Verdict) -> Arc<Record> {
        let claim = ClaimRef::new(ClaimId::from("c".to_owned()), "d", "", text, &format!("{text} (1)"));
        let work = WorkRef::of(&Work::default());
        let act = Act::Verdict(Judgement { claim, work, verdict, quote: None, page: None, note: None });
        let at = Timestamp::from_micros(at);
        Arc::new(Record { id: RecordId::derive(&act, by, at, 0), act, by: by.to_owned(), at, tool: "t".to_owned() })
    }

    #[test]
    fn states() {
        use Verdict::*;
        let now = ClaimText::new("now", "now (1)");
        for (records, expected) in [
            (vec![], PairState::Open),
            (vec![("Ada", "now", Supported)], PairState::Checked(Supported)),
            (vec![("Ada", "then", Supported)], PairState::Stale),
            (vec![("Ada", "now", Supported), ("Ada", "now", Partly)], PairState::Checked(Partly)),
            (vec![("Ada", "now", Supported), ("Bob", "now", Supported)], PairState::Checked(Supported)),
            (vec![("Ada", "now", Supported), ("Bob", "now", Partly)], PairState::Conflict),
            // Ada judged what stood there before: Bob's word on the present text is the only one.
            (vec![("Ada", "then", Supported), ("Bob", "now", Partly)], PairState::Checked(Partly)),
            (vec![("Ada", "then", Supported), ("Bob", "then", Partly)], PairState::Stale),
            (vec![("Ada", "now", NoAccess)], PairState::NoAccess),
            (vec![("Ada", "now", NoAccess), ("Bob", "now", Partly)], PairState::Checked(Partly)),
            // Who could not read it any more does not stand by the earlier verdict.
            (vec![("Ada", "now", Supported), ("Ada", "now", NoAccess)], PairState::NoAccess),
        ] {
            let records: Vec<Arc<Record>> =
                records.iter().enumerate().map(|(i, (by, text, v))| verdict(i as i64, by, text, *v)).collect();
            assert_eq!(standing(records.iter(), &now).state, expected, "{records:?}");
        }
    }

    #[test]
    fn another_citation_beside_it_does_not_make_it_stale() {
        let record = verdict(0, "Ada", "now", Verdict::Supported);
        for now in [ClaimText::new("now", "now (1, 2)"), ClaimText::new("now (1)", "now (1)")] {
            assert_eq!(standing([&record].into_iter(), &now).state, PairState::Checked(Verdict::Supported));
        }
    }
}
