//! A reference that the bibliography has no entry for.

use super::{Finding, Level, Place, Rule, Subject};

/// A document cites or lists a work whose entry is not (or no longer) in the bibliography.
///
/// To do: load the document again, which adds the entry; or undo its removal.
pub(super) const RULE: Rule =
    Rule { code: "reference-without-entry", summary: "A listed work has no entry in the bibliography.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        for (i, raw) in document.analysis.document.references.iter().enumerate() {
            if document.keys[i].is_some() || raw.cut {
                continue;
            }
            findings.push(Finding {
                code: RULE.code,
                level: Level::Warning,
                message: format!("reference {} has no entry in the bibliography: “{}”", i + 1, raw.text),
                advice: format!("run `citetrail load {}` again to add it", document.name),
                place: Place::of_reference(document, i),
            });
        }
    }
    findings
}
