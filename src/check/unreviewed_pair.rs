//! A pair that nobody judged.

use super::{Finding, Level, Place, Rule, Subject};
use crate::answers::Pair;
use crate::review::PairState;

/// A claim rests on a work, by its own citation or one it inherits, and nobody recorded whether the work backs it.
///
/// To do: read the work and record a verdict, one by one with `citetrail review`.
pub(super) const RULE: Rule =
    Rule { code: "unreviewed-pair", summary: "A claim and a work behind it that nobody judged.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    of_pairs(subject, PairState::Open, |pair, text| {
        let message = format!("nobody judged whether {} backs “{}”", pair.key, text);
        (
            RULE.code,
            Level::Info,
            message,
            "read it, and record what it says: `citetrail review`, or `citetrail verdict`",
        )
    })
}

/// Findings about the pairs in a state; `say` gives level, message and advice from the pair and the claim's text.
pub(super) fn of_pairs(
    subject: &Subject<'_>,
    state: PairState,
    say: impl Fn(&Pair, &str) -> (&'static str, Level, String, &'static str),
) -> Vec<Finding> {
    if subject.project.is_none() {
        return vec![];
    }
    let mut findings = Vec::new();
    for document in subject.documents {
        for claim in 0..document.analysis.claims.len() {
            for pair in subject.reviews.pairs(document, claim).iter().filter(|p| p.standing.state == state) {
                let text = document.analysis.bare_text(claim);
                let (code, level, message, advice) = say(pair, &text);
                let place = Place { key: Some(pair.key.clone()), ..Place::of_claim(document, claim) };
                findings.push(Finding { code, level, message, advice: advice.to_owned(), place });
            }
        }
    }
    findings
}
