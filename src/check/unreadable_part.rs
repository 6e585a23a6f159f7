//! A part of a project's text files that could not be read.

use super::{Finding, Level, Place, Rule, Subject};

/// An entry of `refs.bib`, a line of `documents.jsonl` or `verdicts.jsonl`, or a document could not be read. Everything
/// else in the file was.
///
/// To do: correct the place that is named.
pub(super) const RULE: Rule =
    Rule { code: "unreadable-part", summary: "A part of a file of the project could not be read.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(project) = subject.project else { return vec![] };
    let finding = |(file, message): &(String, String)| {
        let place = Place { file: Some(file.clone()), part: Some(message.clone()), ..Place::default() };
        let advice = "correct the file; everything else in it was read".to_owned();
        Finding { code: RULE.code, level: Level::Error, message: message.clone(), advice, place }
    };
    project.file_problems.iter().map(finding).collect()
}
