//! A work that was retracted, or of which something else was said after it was published.

use super::{Finding, Level, Rule, Subject, of_entry};
use crate::matching::NoticeKind;

/// A source says that a work was retracted (an error), is under an expression of concern (a warning), or was corrected
/// or reinstated (information). It is known after `citetrail resolve --verify` from Crossref, PubMed and the Retraction
/// Watch database, as far as they were asked.
///
/// To do: read the notice. Do not build on a retracted work, or say in the text that it was retracted and accept the finding.
pub(super) const RULE: Rule =
    Rule { code: "retracted", summary: "A work was retracted, or a notice speaks of it.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (work, known) in subject.resolved().filter(|(_, known)| known.found().is_some()) {
        for notice in &known.notices {
            let level = match notice.kind() {
                Some(NoticeKind::Retraction) => Level::Error,
                Some(NoticeKind::Concern) => Level::Warning,
                _ => Level::Info,
            };
            let message = format!("was said to be {}, by {}", notice.in_words(), known.sources());
            let mut finding = of_entry(RULE.code, level, work, message, "read the notice");
            finding.place.part = Some(notice.kind.clone());
            findings.push(finding);
        }
    }
    findings
}
