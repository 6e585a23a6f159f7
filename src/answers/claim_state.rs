//! How a claim stands by its citations.

use super::{Origin, Reviews};
use crate::citation::Status;
use crate::project::StoredDocument;

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimState {
    /// It cites a work, or a person says that one backs it. Works that a person took from it do not count.
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
    } else {
        match reviews.behind(document, claim).first().map(|behind| &behind.origin) {
            Some(Origin::Cited | Origin::Asserted(_)) => ClaimState::Cites,
            Some(Origin::Inherited { .. }) => ClaimState::Inherits,
            None => ClaimState::NoSource,
        }
    }
}
