//! What is wrong or open in a document or a project, as findings.
//!
//! One file a rule; its doc comment is its documentation, also at run time ([`Registered::documentation`]). A rule looks
//! at a [`Subject`] and returns findings; it changes nothing. [`Selection`] says which rules run and how serious their
//! findings are, [`sort_out`] which findings a person accepted.

mod accepted;
mod ambiguous_citation;
mod citation_name_mismatch;
mod citation_out_of_order;
mod citation_year_mismatch;
mod claim_without_source;
mod conflicting_verdicts;
mod doi_mismatch;
mod doi_missing_but_known;
mod duplicate_doi;
mod duplicate_key;
mod duplicate_reference;
mod field_mismatch;
mod finding;
mod incomplete_reference;
mod lost_verdict;
mod malformed_identifier;
mod missing_doi;
mod needless_acceptance;
mod not_found;
mod quote_not_found;
mod reading_notice;
mod reference_without_entry;
mod registry;
mod retracted;
mod selection;
mod skipped_number;
mod stale_verdict;
mod superseded_preprint;
mod uncited_reference;
mod uneven_list_number;
mod unreadable_part;
mod unresolved_citation;
mod unreviewed_pair;

pub use accepted::{Accepted, Sorted, sort_out};
pub use finding::{Finding, Level, Place};
pub use registry::{RULES, Registered, rule};
pub use selection::{Selection, UnknownRule};

use crate::answers::Reviews;
use crate::project::StoredDocument;
use crate::resolve::{Kept, Resolution};
use crate::review::RecordId;
use crate::work::Work;

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub documents: &'a [StoredDocument],
    /// All works of the bibliography, or those of the one document.
    pub works: &'a [Work],
    /// What people judged; nothing of a document outside a project.
    pub reviews: &'a Reviews,
    /// What sources said of the works.
    pub known: &'a Kept<'a>,
    /// `None` for a document outside a project.
    pub project: Option<InProject<'a>>,
}

/// What only a project has.
#[derive(Debug, Clone, Copy)]
pub struct InProject<'a> {
    /// Ids of the records whose quote does not stand in the text at hand.
    pub wrong_quotes: &'a [RecordId],
    /// Problems of the text files themselves: file, message.
    pub file_problems: &'a [(String, String)],
}

/// A rule: the code its findings carry, and what it looks for.
#[derive(Debug)]
pub struct Rule {
    pub code: &'static str,
    /// One sentence.
    pub summary: &'static str,
    find: fn(&Subject<'_>) -> Vec<Finding>,
}

impl<'a> Subject<'a> {
    /// The works of which sources said something that still holds.
    fn resolved(&self) -> impl Iterator<Item = (&'a Work, &'a Resolution)> {
        self.known.of(self.works)
    }
}

/// A finding about an entry of the bibliography.
fn of_entry(code: &'static str, level: Level, work: &Work, message: String, advice: impl Into<String>) -> Finding {
    let place = Place::of_entry(&work.key);
    Finding { code, level, message: format!("{} {message}", work.key), advice: advice.into(), place }
}

/// Runs the rules that are selected.
pub fn check(subject: &Subject<'_>, selection: &Selection) -> Vec<Finding> {
    let runs = RULES.iter().filter(|r| selection.has(r.rule.code));
    let mut findings: Vec<Finding> = runs.flat_map(|r| (r.rule.find)(subject)).collect();
    for finding in &mut findings {
        finding.level = selection.level(finding);
        // The number of a reference changes when another is put before it; its key does not.
        let place = &mut finding.place;
        if let (Some(reference), None, None, None) = (place.reference, &place.part, &place.key, &place.claim) {
            let document = subject.documents.iter().find(|d| Some(&d.name) == place.file.as_ref());
            place.part = document.map(|d| d.analysis.references[reference].work.key.clone());
        }
    }
    findings
}
