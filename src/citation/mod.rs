//! In-text citations: found in a claim, resolved to the works of the document's reference list.
//!
//! Two steps. [`find`] looks at the text alone and returns what has the form of a citation; [`Resolver`] knows
//! the reference list and says which works are meant, or why it cannot say. It never binds a near miss: that is
//! [`Status::Unresolved`] with the work it may mean among the candidates.

mod authors;
mod find;
mod resolve;

use serde::{Deserialize, Serialize};

use crate::text::Span;

pub use authors::CitedAuthors;
pub use find::{FoundCitation, find};
pub use resolve::Resolver;

/// An in-text citation and what it points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// As printed; with its brackets when it is alone in them.
    pub text: String,
    /// Place in the claim's text.
    pub span: Span,
    /// Indices into the reference list: the work when resolved, all candidates when ambiguous, none when unresolved.
    pub refs: Vec<usize>,
    /// References an unresolved mention may mean: a letter or a year off. Never counted as support.
    pub candidates: Vec<usize>,
    pub status: Status,
    /// Why, in words for the user.
    pub how: String,
    /// What differs between an unresolved mention and its only candidate.
    pub near_miss: Option<NearMiss>,
}

/// Whether it is known which work a mention means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Resolved,
    Ambiguous,
    Unresolved,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::Ambiguous => "ambiguous",
            Self::Unresolved => "unresolved",
        }
    }
}

/// How an unresolved mention differs from a work of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NearMiss {
    Year,
    Name,
}
