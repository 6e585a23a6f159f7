//! A reference whose printed number is not the next one.

use super::{Finding, Level, Place, Rule, Subject};
use crate::citation::uneven_numbers;

/// The printed numbers of a reference list leave one out or repeat one: "3." is followed by "5.", or by another "3.".
/// Citations of the number lead nowhere, or to the wrong work. An entry may also have run into the one before it when the
/// list was copied.
///
/// To do: number the list anew, or put the missing entry back.
pub(super) const RULE: Rule =
    Rule { code: "uneven-list-number", summary: "The printed numbers of the list have a gap or a repetition.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        let labels = document.analysis.document.references.iter().map(|r| r.label.as_deref());
        for (reference, number, before) in uneven_numbers(labels) {
            let message = match () {
                () if number == before => format!("the list has the number {number} twice"),
                () if number > before => format!("the list goes from number {before} to {number}"),
                () => format!("the list goes back from number {before} to {number}"),
            };
            findings.push(Finding {
                code: RULE.code,
                level: Level::Warning,
                message,
                advice: "number the list anew, or put the missing entry back".to_owned(),
                place: Place::of_reference(document, reference),
            });
        }
    }
    findings
}
