//! A DOI that sources know and the entry does not have.

use super::{Finding, Level, Rule, Subject, of_entry};

/// `citetrail resolve` found the DOI of a work, and the entry has none. Readers could follow it to the work.
///
/// To do: `citetrail resolve --write` adds those that are certain; compare the others with the record and add them
/// with `citetrail refs set`.
pub(super) const RULE: Rule =
    Rule { code: "doi-missing-but-known", summary: "A DOI was found, and the entry has none.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let without = subject.resolved().filter(|(work, _)| work.doi().is_none());
    without
        .filter_map(|(work, known)| {
            let doi = known.found()?.doi.as_ref()?;
            let (level, advice) = match known.is_certain() {
                true => (Level::Warning, format!("`citetrail resolve {} --write` adds it", work.key)),
                // The fields must be looked at before.
                false => {
                    (Level::Info, format!("if it is this work, `citetrail refs set {} doi={doi}` adds it", work.key))
                }
            };
            let message = format!("has no DOI; {} knows {doi}", known.sources());
            Some(of_entry(RULE.code, level, work, message, advice))
        })
        .collect()
}
