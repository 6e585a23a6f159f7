//! A reference of which only a part could be read.

use super::{Finding, Level, Place, Rule, Subject};

/// A printed reference is cut off, or so little of it was understood that no entry was made from it. It is kept as
/// printed; nothing was guessed.
///
/// To do: complete the reference in the document and load it again, or add the work by hand.
pub(super) const RULE: Rule =
    Rule { code: "incomplete-reference", summary: "A reference is cut off or could not be read.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        for (i, (raw, parsed)) in
            document.analysis.document.references.iter().zip(&document.analysis.references).enumerate()
        {
            let unread = parsed.work.fields.is_empty() && parsed.work.contributors.is_empty();
            let message = match (raw.cut, unread) {
                (true, _) => format!("reference {} is cut off: “{}”", i + 1, raw.text),
                (false, true) => format!("reference {} could not be read: “{}”", i + 1, raw.text),
                (false, false) => continue,
            };
            findings.push(Finding {
                code: RULE.code,
                level: Level::Warning,
                message,
                advice: "complete it in the document and load that again, or add the work with `citetrail refs add`"
                    .to_owned(),
                place: Place::of_reference(document, i),
            });
        }
    }
    findings
}
