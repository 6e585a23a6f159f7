//! An identifier that is another work's.

use super::{Finding, Level, Rule, Subject, of_entry};
use crate::resolve::{Resolution, Standing};

/// The DOI or PMID of an entry is that of another work, or no source that was asked knows it. Readers are led to the
/// wrong work, or nowhere. It is known after `citetrail resolve --verify`, as of the date that is named; a DOI that an
/// index of some works does not know is information only.
///
/// To do: compare the entry with the publication and correct the identifier.
pub(super) const RULE: Rule =
    Rule { code: "doi-mismatch", summary: "An identifier is another work's, or unknown.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let verified = subject.resolved().filter(|(_, known)| known.had.is_some());
    verified
        .filter_map(|(work, known)| {
            let (level, message) = match known.verdict {
                Standing::OtherWork => {
                    let other = known.record.as_ref().map(|seen| seen.title.clone()).unwrap_or_default();
                    (Level::Error, format!("has the identifier {} of another work, “{other}”", had(known)))
                }
                Standing::NotFound => {
                    let level = if known.is_from_services() { Level::Warning } else { Level::Info };
                    (level, format!("has the identifier {}, which is unknown to {}", had(known), known.sources()))
                }
                _ => return None,
            };
            let advice = match &known.instead {
                Some(seen) => format!("compare the entry with {}", seen.identifier()),
                None => "compare it with the publication and correct the entry".to_owned(),
            };
            Some(of_entry(RULE.code, level, work, message, advice))
        })
        .collect()
}

/// The identifier that was verified.
fn had(known: &Resolution) -> String {
    let had = known.had.as_ref();
    let doi = had.and_then(|had| had.doi.as_ref()).map(ToString::to_string);
    doi.or(had.and_then(|had| had.pmid.as_ref()).map(|pmid| format!("PMID {pmid}"))).unwrap_or_default()
}
