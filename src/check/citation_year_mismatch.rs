//! A citation whose year is almost that of a work.

use super::unresolved_citation::without_work;
use super::{Finding, Rule, Subject};
use crate::citation::NearMiss;

/// The reference list has a work by the cited authors of almost the cited year: one or two years off, or one digit
/// another. One of the two is a slip. The work is named, but not taken for the source.
///
/// To do: correct the year, in the text or in the list.
pub(super) const RULE: Rule =
    Rule { code: "citation-year-mismatch", summary: "A citation's year is almost that of a work in the list.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        let slips = document.analysis.unresolved().filter(|(_, m)| m.near_miss == Some(NearMiss::Year));
        findings.extend(slips.map(|(claim, mention)| without_work(RULE.code, document, claim, mention)));
    }
    findings
}
