//! An acceptance that nothing needs.

use std::sync::Arc;

use super::accepted::Sorted;
use super::{Finding, Level, Place, Rule, Selection, Subject};
use crate::review::{FindingRef, Record};

/// A finding was accepted with a reason, and is not found any more: what it was about was corrected, or changed.
///
/// To do: retract the acceptance, so that the finding is seen if it comes back.
pub(super) const RULE: Rule =
    Rule { code: "needless-acceptance", summary: "A finding was accepted that is not there any more.", find };

/// Nothing: what is needless is known when all other rules have run ([`of`]).
fn find(_: &Subject<'_>) -> Vec<Finding> {
    vec![]
}

/// The findings for acceptances that no finding needs.
pub(super) fn of(sorted: &Sorted, selection: &Selection) -> Vec<Finding> {
    if !selection.has(RULE.code) {
        return vec![];
    }
    let finding = |(finding, record): &(FindingRef, Arc<Record>)| {
        let message = format!("{} at {} was accepted and is not found any more", finding.code, finding.place);
        let advice = format!("citetrail retract {}", record.id);
        let file = Some(crate::project::VERDICTS.to_owned());
        let place = Place { file, part: Some(record.id.to_string()), ..Place::default() };
        let mut finding = Finding { code: RULE.code, level: Level::Info, message, advice, place };
        finding.level = selection.level(&finding);
        finding
    };
    sorted.needless.iter().map(finding).collect()
}
