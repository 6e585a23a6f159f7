//! A citation that may mean several works of the list.

use super::{Finding, Level, Place, Rule, Subject};
use crate::citation::Status;

/// Several works of the reference list fit a citation equally well, most often works of one author and year
/// without letters. A reader cannot tell which is meant.
///
/// To do: put letters after the years, in the text and in the list.
pub(super) const RULE: Rule =
    Rule { code: "ambiguous-citation", summary: "A citation in the text fits several works of the list.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        for (claim, mention) in document.analysis.mentions().filter(|(_, m)| m.status == Status::Ambiguous) {
            let keys: Vec<&str> = mention
                .refs
                .iter()
                .map(|&i| document.keys[i].as_deref().unwrap_or(&document.analysis.references[i].work.key))
                .collect();
            findings.push(Finding {
                code: RULE.code,
                level: Level::Warning,
                message: format!("“{}”: {}: {}", mention.text, mention.how, keys.join(", ")),
                advice: "put letters after the years (2004a, 2004b), in the text and in the list".to_owned(),
                place: Place::of_mention(document, claim, mention),
            });
        }
    }
    findings
}
