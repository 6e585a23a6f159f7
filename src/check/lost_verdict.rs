//! A record whose claim or work is gone.

use super::{Finding, Level, Place, Rule, Subject};

/// A verdict or an asserted link is of a claim that no document has any more, or of a work that is not in the
/// bibliography. It is kept, but it says nothing of what is there now.
///
/// To do: judge the claim that took its place; or retract the record.
pub(super) const RULE: Rule =
    Rule { code: "lost-verdict", summary: "The claim or the work of a verdict is gone.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let finding = |lost: &crate::answers::Lost| {
        let (what, advice) = match lost.has_claim {
            false => ("claim", "judge the claim that took its place, or retract the record"),
            true => ("work", "add the work again, or retract the record"),
        };
        let record = &lost.record;
        let message = format!(
            "the {what} of record {} by {} is gone: “{}” ← {}",
            record.id, record.by, lost.claim.text, lost.work.key
        );
        let place =
            Place { file: Some(lost.claim.document.clone()), part: Some(record.id.to_string()), ..Place::default() };
        Finding { code: RULE.code, level: Level::Warning, message, advice: advice.to_owned(), place }
    };
    subject.reviews.lost.iter().map(finding).collect()
}
