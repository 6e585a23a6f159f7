//! An identifier that cannot be right.

use super::{Finding, Level, Place, Rule, Subject};
use crate::work::{Doi, Field, Isbn, Issn, Pmcid, Pmid, Work};

/// A DOI, PMID, PMCID, ISBN or ISSN is not well-formed, or its check digit is wrong. It leads nowhere.
///
/// To do: compare it with the publication and correct it.
pub(super) const RULE: Rule = Rule { code: "malformed-identifier", summary: "An identifier cannot be right.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    subject.works.iter().flat_map(of_work).collect()
}

fn of_work(work: &Work) -> Vec<Finding> {
    let one = |field: Field, parse: fn(&str) -> Option<String>| work.get(field).and_then(parse);
    // Several numbers may be recorded in one field.
    let each = |field: Field, parse: fn(&str) -> Option<String>| {
        let numbers = work.get(field)?.split([',', ';']).flat_map(str::split_whitespace);
        numbers.filter(|n| n.chars().any(|c| c.is_ascii_digit())).find_map(parse)
    };
    [
        one(Field::Doi, |s| s.parse::<Doi>().err().map(|e| e.to_string())),
        one(Field::Pmid, |s| s.parse::<Pmid>().err().map(|e| e.to_string())),
        one(Field::Pmcid, |s| s.parse::<Pmcid>().err().map(|e| e.to_string())),
        each(Field::Isbn, |s| s.parse::<Isbn>().err().map(|e| e.to_string())),
        each(Field::Issn, |s| s.parse::<Issn>().err().map(|e| e.to_string())),
    ]
    .into_iter()
    .flatten()
    .map(|message| Finding {
        code: RULE.code,
        level: Level::Error,
        message: format!("{}: {message}", work.key),
        advice: "compare it with the publication and correct the entry".to_owned(),
        place: Place::of_entry(&work.key),
    })
    .collect()
}
