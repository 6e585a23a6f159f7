//! Findings that a person said are as they should be.

use std::sync::Arc;

use super::{Finding, Selection, needless_acceptance};
use crate::review::{Act, FindingRef, Ledger, Record};

/// A finding and the record that accepts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    pub finding: Finding,
    pub record: Arc<Record>,
    pub reason: String,
}

/// Findings, those accepted apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sorted {
    pub open: Vec<Finding>,
    pub accepted: Vec<Accepted>,
    /// Acceptances for which there is no finding any more, with their records.
    pub(super) needless: Vec<(FindingRef, Arc<Record>)>,
}

/// Tells findings that are accepted from the others. Of several acceptances of one finding the newest counts; a rule
/// that did not run needs no finding for what was accepted of it.
pub fn sort_out(findings: Vec<Finding>, ledger: &Ledger, selection: &Selection) -> Sorted {
    let mut acceptances: Vec<(&FindingRef, &Arc<Record>, &str)> = Vec::new();
    for record in ledger.live() {
        if let Act::Accept { finding, reason } = &record.act {
            acceptances.retain(|(other, ..)| *other != finding);
            acceptances.push((finding, record, reason));
        }
    }
    let mut used = vec![false; acceptances.len()];
    let mut sorted = Sorted::default();
    for finding in findings {
        match acceptances.iter().position(|(f, ..)| f.code == finding.code && f.place == finding.place_name()) {
            Some(i) => {
                used[i] = true;
                let (_, record, reason) = acceptances[i];
                sorted.accepted.push(Accepted { finding, record: record.clone(), reason: reason.to_owned() });
            }
            None => sorted.open.push(finding),
        }
    }
    let needless = acceptances.iter().zip(used).filter(|((f, ..), used)| !used && selection.has(&f.code));
    sorted.needless = needless.map(|((finding, record, _), _)| ((*finding).clone(), (*record).clone())).collect();
    let more = needless_acceptance::of(&sorted, selection);
    sorted.open.extend(more);
    sorted
}
