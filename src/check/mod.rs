//! What is wrong or open in a document or a project, as findings.
//!
//! One file a rule; its doc comment is its documentation. A rule looks at a [`Subject`] and returns findings; it
//! changes nothing.

mod ambiguous_citation;
mod citation_name_mismatch;
mod citation_out_of_order;
mod citation_year_mismatch;
mod claim_without_source;
mod duplicate_reference;
mod finding;
mod incomplete_reference;
mod malformed_identifier;
mod missing_doi;
mod reading_notice;
mod reference_without_entry;
mod uncited_reference;
mod unresolved_citation;

pub use finding::{Finding, Level, Place};

use crate::project::StoredDocument;
use crate::work::Work;

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub documents: &'a [StoredDocument],
    /// All works of the bibliography, or those of the one document.
    pub works: &'a [Work],
}

/// A rule: the code its findings carry, and what it looks for.
#[derive(Debug)]
pub struct Rule {
    pub code: &'static str,
    /// One sentence.
    pub summary: &'static str,
    find: fn(&Subject<'_>) -> Vec<Finding>,
}

/// All rules, in the order their findings are shown.
pub const RULES: &[Rule] = &[
    unresolved_citation::RULE,
    citation_year_mismatch::RULE,
    citation_name_mismatch::RULE,
    ambiguous_citation::RULE,
    duplicate_reference::RULE,
    incomplete_reference::RULE,
    reference_without_entry::RULE,
    malformed_identifier::RULE,
    reading_notice::RULE,
    claim_without_source::RULE,
    uncited_reference::RULE,
    citation_out_of_order::RULE,
    missing_doi::RULE,
];

/// Runs all rules.
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    RULES.iter().flat_map(|rule| (rule.find)(subject)).collect()
}
