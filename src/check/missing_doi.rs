//! A work without a DOI.

use std::collections::HashSet;

use super::{Finding, Level, Place, Rule, Subject};
use crate::work::{Field, WorkKind};

/// A journal article, chapter or conference paper has no DOI recorded. Not every work has one (older ones and web
/// pages often do not), so it is information.
///
/// To do: look the DOI up and add it to the entry.
pub(super) const RULE: Rule =
    Rule { code: "missing-doi", summary: "A work that may have a DOI has none recorded.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let may_have_one = [WorkKind::ArticleJournal, WorkKind::Chapter, WorkKind::PaperConference];
    // One that is known is of the rule doi-missing-but-known.
    let known: HashSet<&str> = subject
        .resolved()
        .filter(|(_, known)| known.found().is_some_and(|seen| seen.doi.is_some()))
        .map(|(work, _)| work.key.as_str())
        .collect();
    subject
        .works
        .iter()
        .filter(|w| !known.contains(w.key.as_str()))
        .filter(|w| may_have_one.contains(&w.kind) && w.get(Field::Doi).is_none())
        .map(|work| Finding {
            code: RULE.code,
            level: Level::Info,
            message: format!("{} (“{}”) has no DOI", work.key, work.plain(Field::Title).unwrap_or("untitled".into())),
            advice: "look it up and add it to the entry, if the work has one".to_owned(),
            place: Place::of_entry(&work.key),
        })
        .collect()
}
