//! A field that disagrees with the record of the work.

use super::{Finding, Level, Rule, Subject, of_entry};
use crate::resolve::Standing;

/// A field of an entry, as its year, volume or title, is another one in the record of its work. One of the two is wrong,
/// more often the entry. It is known after `citetrail resolve`, and holds until the entry is changed.
///
/// To do: compare both with the publication, and correct the entry or accept the finding with a reason.
pub(super) const RULE: Rule =
    Rule { code: "field-mismatch", summary: "A field disagrees with the record of the work.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (work, known) in subject.resolved().filter(|(_, known)| known.verdict == Standing::Mismatched) {
        let record = known.record.as_ref().map(|seen| seen.identifier()).unwrap_or_default();
        for difference in &known.disagreements {
            let quoted = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") };
            let (has, should) = (quoted(&difference.printed), quoted(&difference.record));
            let message = format!("has the {} {has}, the record of {record} {should}", difference.field);
            let advice = "compare both with the publication";
            let mut finding = of_entry(RULE.code, Level::Warning, work, message, advice);
            // Each field is accepted by itself.
            finding.place.part = Some(difference.field.clone());
            findings.push(finding);
        }
    }
    findings
}
