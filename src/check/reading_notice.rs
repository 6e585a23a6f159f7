//! What was odd about a document's file.

use super::{Finding, Level, Place, Rule, Subject};
use crate::document::Completeness;

/// A document is incomplete, has no reference list, or its file was damaged or in an old encoding. What was read is
/// right as far as it goes.
///
/// To do: get the whole document, or save it as UTF-8 text.
pub(super) const RULE: Rule =
    Rule { code: "reading-notice", summary: "A document is incomplete or its file was odd.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        let mut push = |level, message: String, advice: &str, span| {
            let place = Place { file: Some(document.name.clone()), span, ..Place::default() };
            findings.push(Finding { code: RULE.code, level, message, advice: advice.to_owned(), place });
        };
        if let Completeness::Incomplete { reason } = &document.analysis.document.completeness {
            push(
                Level::Info,
                format!("the document is incomplete: {reason}"),
                "load the whole document when you have it",
                None,
            );
        }
        for notice in &document.analysis.document.notices {
            push(Level::Warning, notice.message.clone(), "look at the document's file", notice.span);
        }
    }
    findings
}
