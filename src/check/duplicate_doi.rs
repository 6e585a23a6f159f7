//! Two entries with one DOI.

use std::collections::BTreeMap;

use super::{Finding, Level, Rule, Subject, of_entry};
use crate::text::{fold_key, similarity};
use crate::work::{Doi, Field, Work};

/// Two entries have the same DOI. Either they are one work (a warning), or one of them has the DOI of the other (an error).
///
/// To do: `citetrail refs dedupe --merge` makes one entry of two; else correct the DOI that is wrong.
pub(super) const RULE: Rule = Rule { code: "duplicate-doi", summary: "Two entries have the same DOI.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut first: BTreeMap<Doi, &Work> = BTreeMap::new();
    let mut findings = Vec::new();
    for work in subject.works {
        let Some(doi) = work.doi() else { continue };
        let Some(other) = first.get(&doi) else {
            first.insert(doi, work);
            continue;
        };
        let (level, advice) = match are_alike(work, other) {
            true => (Level::Warning, "`citetrail refs dedupe --merge` makes one entry of them"),
            false => (Level::Error, "they are different works: compare both with the publications and correct one"),
        };
        findings.push(of_entry(RULE.code, level, work, format!("has the DOI {doi}, as {} has", other.key), advice));
    }
    findings
}

/// Whether two titles may be of one work; one that is not recorded may.
fn are_alike(a: &Work, b: &Work) -> bool {
    let title = |work: &Work| fold_key(&work.plain(Field::Title).unwrap_or_default());
    let (a, b) = (title(a), title(b));
    let within = a.starts_with(&b) || b.starts_with(&a);
    within || a.len().max(b.len()) < 1_000 && similarity(&a, &b) > 0.7
}
