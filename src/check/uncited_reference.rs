//! A reference that no claim cites.

use std::collections::HashSet;

use super::{Finding, Level, Place, Rule, Subject};
use crate::work::Field;

/// The reference list has a work that the text does not cite, and nobody says that it backs a claim. In a document of which only a part is at hand (a
/// preview, a cut file) that is to be expected, so it is information there.
///
/// To do: cite the work, or take it off the list.
pub(super) const RULE: Rule =
    Rule { code: "uncited-reference", summary: "A work of the reference list is not cited in the text.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        let complete = document.analysis.document.completeness.is_complete();
        let claims = 0..document.analysis.claims.len();
        let asserted: HashSet<&String> =
            claims.flat_map(|claim| subject.reviews.asserted(document, claim)).map(|(key, _)| key).collect();
        for reference in document.analysis.uncited() {
            let work = &document.analysis.references[reference].work;
            let key = document.keys[reference].clone();
            if key.as_ref().is_some_and(|key| asserted.contains(key)) {
                continue;
            }
            let name = key.clone().unwrap_or_else(|| work.key.clone());
            let title = work
                .plain(Field::Title)
                .unwrap_or(document.analysis.document.references[reference].text.as_str().into());
            let (level, advice) = if complete {
                (Level::Warning, "cite the work, or take it off the list")
            } else {
                (Level::Info, "nothing, if the missing part of the document cites it")
            };
            findings.push(Finding {
                code: RULE.code,
                level,
                message: format!("{name} (“{title}”) is in the list but not cited in the text at hand"),
                advice: advice.to_owned(),
                place: Place { key, ..Place::of_reference(document, reference) },
            });
        }
    }
    findings
}
