//! Two references to one work.

use std::collections::{HashMap, HashSet};

use super::{Finding, Level, Place, Rule, Subject};
use crate::work::{MatchKey, Sameness, Work, same_work};

/// The reference list of a document, or the bibliography, has the same publication twice. Counts and numbers come
/// out wrong, and citations of it become ambiguous.
///
/// To do: keep one of the two.
pub(super) const RULE: Rule =
    Rule { code: "duplicate-reference", summary: "A publication is in the list twice.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        let works: Vec<&Work> = document.analysis.references.iter().map(|r| &r.work).collect();
        let copies = document.analysis.duplicates();
        let printed = copies.iter().map(|&(first, copy)| (first, copy, Sameness::Same));
        let second: HashSet<usize> = copies.iter().map(|&(_, copy)| copy).collect();
        let is_copy = |i: usize| second.contains(&i);
        let alike = pairs(&works).into_iter().filter(|&(first, second, _)| !is_copy(first) && !is_copy(second));
        // What only the fields have in common is less than what the printed text says.
        let alike = alike.map(|(first, second, _)| (first, second, Sameness::Possibly));
        for (first, second, sameness) in printed.chain(alike) {
            let place = Place::of_reference(document, second);
            findings.push(finding(
                &format!("references {} and {} of the list", first + 1, second + 1),
                sameness,
                place,
            ));
        }
    }
    let works: Vec<&Work> = subject.works.iter().collect();
    for (first, second, sameness) in pairs(&works) {
        // Entries of one DOI are of the rule duplicate-doi.
        if works[first].doi().is_some() && works[first].doi() == works[second].doi() {
            continue;
        }
        // One document's own list is reported with its places above.
        if subject
            .documents
            .iter()
            .any(|d| d.analysis.references.iter().any(|r| r.work.key == works[second].key && r.work == *works[second]))
        {
            continue;
        }
        let place = Place::of_entry(&works[second].key);
        findings.push(finding(&format!("{} and {}", works[first].key, works[second].key), sameness, place));
    }
    findings
}

fn finding(which: &str, sameness: Sameness, place: Place) -> Finding {
    let (level, verb) = match sameness {
        Sameness::Same => (Level::Warning, "are the same publication"),
        _ => (Level::Info, "may be the same publication"),
    };
    Finding {
        code: RULE.code,
        level,
        message: format!("{which} {verb}"),
        advice: "keep one of the two if they are".to_owned(),
        place,
    }
}

/// Pairs that are or may be one publication. Only works that share first creator and year, or a DOI, are compared.
fn pairs(works: &[&Work]) -> Vec<(usize, usize, Sameness)> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, work) in works.iter().enumerate() {
        groups.entry(MatchKey::of(work).0).or_default().push(i);
        if let Some(doi) = work.doi() {
            groups.entry(format!("doi {doi}")).or_default().push(i);
        }
    }
    let mut found = Vec::new();
    for group in groups.values() {
        // A prolific author's year is small; what is larger are works without author and year.
        for (n, &second) in group.iter().enumerate().take(200) {
            for &first in &group[..n] {
                match same_work(works[first], works[second]) {
                    Sameness::Different => {}
                    sameness => found.push((first, second, sameness)),
                }
            }
        }
    }
    found.sort_by_key(|&(first, second, _)| (second, first));
    found.dedup();
    found
}
