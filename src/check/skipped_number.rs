//! A number that citations leave out.

use super::{Finding, Level, Place, Rule, Subject};
use crate::citation::skipped;

/// The list is numbered in the order of citation, and the citations go from a number to one farther on: nothing cites the
/// works between. Most often a sentence with its citation was taken out, or a range was meant, "3–5" for "3, 5".
///
/// To do: cite the work where it belongs, or take it off the list and number that anew.
pub(super) const RULE: Rule =
    Rule { code: "skipped-number", summary: "Citations in order leave out a number of the list.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents.iter().filter(|d| d.analysis.document.completeness.is_complete()) {
        let mentions: Vec<_> = document.analysis.mentions().collect();
        for skip in skipped(mentions.iter().map(|(_, m)| *m)) {
            let (claim, mention) = mentions[skip.place];
            let numbers: Vec<String> = skip.skipped.map(|i| (i + 1).to_string()).collect();
            findings.push(Finding {
                code: RULE.code,
                level: Level::Info,
                message: format!("before “{}” nothing cites {} of the list", mention.text, numbers.join(", ")),
                advice: "cite the work, or take it off the list".to_owned(),
                place: Place::of_mention(document, claim, mention),
            });
        }
    }
    findings
}
