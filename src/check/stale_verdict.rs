//! A verdict on another text.

use super::unreviewed_pair::of_pairs;
use super::{Finding, Level, Rule, Subject};
use crate::review::PairState;

/// The claim's text is another one than what people judged, and nobody judged the present text. A change of citations
/// alone does not make a verdict stale.
///
/// To do: judge the pair again; `citetrail why` shows what changed.
pub(super) const RULE: Rule = Rule { code: "stale-verdict", summary: "A claim changed since it was judged.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    of_pairs(subject, PairState::Stale, |pair, text| {
        let message = format!("what was judged of {} is not what the claim says now: “{}”", pair.key, text);
        (RULE.code, Level::Warning, message, "`citetrail why` shows what changed; judge it again")
    })
}
