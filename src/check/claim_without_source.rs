//! A claim that nothing backs.

use super::{Finding, Level, Place, Rule, Subject};
use crate::answers::{ClaimState, claim_state};

/// A claim neither cites a work nor stands below one that does, or a person took from it all that it cites; and nobody
/// says that a work backs it. Much of any text is like that (definitions,
/// transitions, one's own results), so it is information: a list of what a reviewer may want to ask about.
///
/// To do: add a citation where the claim needs one.
pub(super) const RULE: Rule =
    Rule { code: "claim-without-source", summary: "A claim has no source, own or inherited.", find };

/// Longest part of a claim that is quoted, in scalars.
const QUOTED: usize = 80;

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        let analysis = &document.analysis;
        for i in 0..analysis.claims.len() {
            if claim_state(document, subject.reviews, i) != ClaimState::NoSource {
                continue;
            }
            let text = &analysis.document.claims[i].text;
            let mut quoted: String = text.chars().take(QUOTED).collect();
            if text.chars().nth(QUOTED).is_some() {
                quoted.push('…');
            }
            findings.push(Finding {
                code: RULE.code,
                level: Level::Info,
                message: format!("“{quoted}” has no source"),
                advice: "add a citation if the claim needs one".to_owned(),
                place: Place::of_claim(document, i),
            });
        }
    }
    findings
}
