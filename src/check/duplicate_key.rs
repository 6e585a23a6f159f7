//! One citation key for two works.

use std::collections::HashMap;

use super::{Finding, Level, Place, Rule, Subject};

/// Two entries have the same citation key: in the reference list that a manuscript prints (`\bibitem`), or in the
/// bibliography. A citation of the key may mean either; LaTeX takes one of them and warns at most. Keys that differ in
/// capitals alone are one key for BibTeX and two for biber.
///
/// To do: give one of the entries another key, and change the citations that mean it.
pub(super) const RULE: Rule = Rule { code: "duplicate-key", summary: "Two entries have the same citation key.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in subject.documents {
        for repeated in &document.analysis.document.repeated_keys {
            let entries: Vec<String> = repeated.references.iter().map(|i| (i + 1).to_string()).collect();
            let message = format!("entries {} of the list have the key {}", entries.join(", "), repeated.key);
            let place = Place {
                file: Some(document.name.clone()),
                reference: repeated.references.last().copied(),
                part: Some(repeated.key.clone()),
                ..Place::default()
            };
            findings.push(finding(Level::Error, message, place));
        }
    }
    let mut first: HashMap<String, &str> = HashMap::new();
    for work in subject.works.iter().filter(|w| !w.key.is_empty()) {
        let Some(before) = first.insert(work.key.to_lowercase(), &work.key) else { continue };
        let (level, message) = match before == work.key {
            // Of a project's own bibliography the reading says so, with the lines.
            true if subject.project.is_some() => continue,
            true => (Level::Error, format!("two entries of the bibliography have the key {before}")),
            false => (
                Level::Warning,
                format!("the keys {before} and {} differ in capitals alone: BibTeX takes them for one", work.key),
            ),
        };
        findings.push(finding(level, message, Place::of_entry(&work.key)));
    }
    findings
}

fn finding(level: Level, message: String, place: Place) -> Finding {
    Finding { code: RULE.code, level, message, advice: "give one of them another key".to_owned(), place }
}
