//! A number that is cited too early.

use super::{Finding, Level, Place, Rule, Subject};
use crate::citation::out_of_order;

/// The list is numbered in the order of citation, and a number is first cited before a lower one. Journals that number
/// so ask for the numbers to be ascending; most often a passage was moved.
///
/// To do: number the list anew, or move the citation.
pub(super) const RULE: Rule =
    Rule { code: "citation-out-of-order", summary: "A number is first cited before a lower one.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        let mentions: Vec<_> = document.analysis.mentions().collect();
        for place in out_of_order(mentions.iter().map(|(_, m)| *m)) {
            let (claim, mention) = mentions[place];
            findings.push(Finding {
                code: RULE.code,
                level: Level::Info,
                message: format!("“{}” is cited before a lower number", mention.text),
                advice: "number the list in the order of citation".to_owned(),
                place: Place::of_mention(document, claim, mention),
            });
        }
    }
    findings
}
