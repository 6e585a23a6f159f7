//! Verdicts that differ.

use super::unreviewed_pair::of_pairs;
use super::{Finding, Level, Rule, Subject};
use crate::answers::Pair;
use crate::review::PairState;

/// The newest verdicts of two people on the present text of a claim differ.
///
/// To do: read their notes and quotes and agree; whoever changes their mind records a new verdict.
pub(super) const RULE: Rule =
    Rule { code: "conflicting-verdicts", summary: "Two people judged a pair differently.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    of_pairs(subject, PairState::Conflict, |pair, text| {
        let message = format!("{} for “{}”: {}", pair.key, text, opinions(pair));
        (RULE.code, Level::Warning, message, "agree, and let whoever changed their mind record a new verdict")
    })
}

/// Who says what.
fn opinions(pair: &Pair) -> String {
    let fresh = pair.standing.opinions.iter().filter(|o| o.is_fresh);
    let said: Vec<String> = fresh.map(|o| format!("{} says {}", o.record.by, o.judgement.verdict.words())).collect();
    said.join(", ")
}
