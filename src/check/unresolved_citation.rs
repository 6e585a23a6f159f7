//! A citation in the text for which the reference list has no work.

use super::{Finding, Level, Place, Rule, Subject};
use crate::citation::Mention;
use crate::project::StoredDocument;
use crate::work::Field;

/// A claim cites a work that the reference list does not have, or a number that is not in it. A reader cannot find the
/// source. Works by the same authors are named but never taken for the work.
///
/// To do: correct the citation, or add the reference to the list.
pub(super) const RULE: Rule =
    Rule { code: "unresolved-citation", summary: "A citation in the text has no work in the reference list.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        let unresolved = document.analysis.unresolved().filter(|(_, m)| m.near_miss.is_none());
        findings.extend(unresolved.map(|(claim, mention)| without_work(RULE.code, document, claim, mention)));
    }
    findings
}

/// The finding that a mention has no work in the list, with the works it may mean.
pub(super) fn without_work(code: &'static str, document: &StoredDocument, claim: usize, mention: &Mention) -> Finding {
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
    Finding {
        code,
        level: Level::Error,
        message: format!("“{}”: {}", mention.text, mention.how),
        advice,
        place: Place::of_mention(document, claim, mention),
    }
}
