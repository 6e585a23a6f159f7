//! A citation in the text for which the reference list has no work.

use super::{Finding, Level, Place, Rule, Subject};
use crate::work::Field;

/// A claim cites a work that the reference list does not have, or writes its name or year in another way. A reader
/// cannot find the source. A near miss (one letter, another year) is named but never taken for the work.
///
/// To do: correct the citation, or add the reference to the list.
pub(super) const RULE: Rule =
    Rule { code: "unresolved-citation", summary: "A citation in the text has no work in the reference list.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        for (claim, mention) in document.analysis.unresolved() {
            let candidates: Vec<String> = mention
                .candidates
                .iter()
                .take(3)
                .map(|&i| {
                    let reference = &document.analysis.references[i];
                    let key = document.keys[i].as_deref().unwrap_or(&reference.work.key);
                    format!("{key} ({})", reference.work.plain(Field::Title).unwrap_or("untitled".into()))
                })
                .collect();
            let advice = match candidates.as_slice() {
                [] => "add the reference to the list, or correct the citation".to_owned(),
                some => format!("correct the citation if it means {}, or add the reference", some.join(" or ")),
            };
            findings.push(Finding {
                code: RULE.code,
                level: Level::Error,
                message: format!("“{}”: {}", mention.text, mention.how),
                advice,
                place: Place {
                    file: Some(document.name.clone()),
                    claim: Some(document.analysis.claims[claim].id.clone()),
                    span: Some(mention.span),
                    ..Place::default()
                },
            });
        }
    }
    findings
}
