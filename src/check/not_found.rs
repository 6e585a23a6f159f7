//! A work that no source knows.

use super::{Finding, Level, Rule, Subject, of_entry};
use crate::resolve::Standing;
use crate::work::WorkKind;

/// No source that `citetrail resolve` asked has the work, as of the date that is named. That does not mean that there is no
/// such work: sources are incomplete, for books, theses, web pages and older works most of all. Of a journal article
/// that none of the services on the network knows it is a warning, else information.
///
/// To do: compare the reference with the publication itself. If it exists, accept the finding with where you saw it.
pub(super) const RULE: Rule = Rule { code: "not-found", summary: "No source that was asked has the work.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let missing = |verdict| verdict == Standing::NotFound;
    let unknown = subject.resolved().filter(|(_, known)| known.had.is_none() && missing(known.verdict));
    unknown
        .map(|(work, known)| {
            let expected = work.kind == WorkKind::ArticleJournal && known.is_from_services();
            let level = if expected { Level::Warning } else { Level::Info };
            let message = format!("was not found in {}", known.sources());
            of_entry(RULE.code, level, work, message, "compare the reference with the publication itself")
        })
        .collect()
}
