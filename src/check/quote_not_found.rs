//! A quote that does not stand in the work.

use super::{Finding, Level, Place, Rule, Subject};
use crate::review::PairState;

/// A verdict quotes a passage, and the text that is attached to the work does not have it. Line ends, hyphenation,
/// quotes, dashes, ligatures and case do not matter, and "…" may stand for what was left out.
///
/// To do: compare the quote with the work and record the verdict again, or attach the right text.
pub(super) const RULE: Rule =
    Rule { code: "quote-not-found", summary: "A verdict's quote does not stand in the attached text.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(project) = subject.project else { return vec![] };
    let mut findings = Vec::new();
    for document in subject.documents {
        for claim in 0..document.analysis.claims.len() {
            let pairs = subject.reviews.pairs(document, claim);
            for pair in pairs.iter().filter(|p| p.standing.state != PairState::Open) {
                let wrong = pair.standing.opinions.iter().filter(|o| project.wrong_quotes.contains(&o.record.id));
                for opinion in wrong {
                    let quote = opinion.judgement.quote.as_deref().unwrap_or_default();
                    let message = format!("{} does not say “{quote}” (quoted by {})", pair.key, opinion.record.by);
                    let advice = "compare it with the work, or attach the right text".to_owned();
                    let place = Place { key: Some(pair.key.clone()), ..Place::of_claim(document, claim) };
                    findings.push(Finding { code: RULE.code, level: Level::Warning, message, advice, place });
                }
            }
        }
    }
    findings
}
