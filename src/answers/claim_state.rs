//! How a claim stands by its citations.

use super::Reviews;
use crate::citation::Status;
use crate::project::StoredDocument;

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimState {
    /// It cites a work, or a person says that one backs it.
    Cites,
    /// A claim above it cites.
    Inherits,
    NoSource,
    /// One of its citations is not resolved.
    Unresolved,
    /// One of its citations may mean several works.
    Ambiguous,
}

/// The state of a claim; what a person should look at comes first.
pub fn claim_state(document: &StoredDocument, reviews: &Reviews, claim: usize) -> ClaimState {
    let mentions = &document.analysis.claims[claim].mentions;
    let any = |status| mentions.iter().any(|m| m.status == status);
    if any(Status::Unresolved) {
        ClaimState::Unresolved
    } else if any(Status::Ambiguous) {
        ClaimState::Ambiguous
    } else if !mentions.is_empty() || reviews.asserted(document, claim).next().is_some() {
        ClaimState::Cites
    } else if document.analysis.inherited(claim).is_some() {
        ClaimState::Inherits
    } else {
        ClaimState::NoSource
    }
}
