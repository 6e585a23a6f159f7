//! What is answered to a reference.

use std::fmt;

use serde::Serialize;

use super::notice::Notice;
use super::source::Origin;
use crate::work::{Doi, Pmid, Work};

/// Whether a reference's work was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The work, and nothing that is printed disagrees with its record.
    Matched,
    /// The work, but printed fields disagree with its record.
    Mismatched,
    /// Several works may be meant, and nothing printed tells which.
    Ambiguous,
    /// No source that was asked has the work, as of its date.
    NotFound,
    /// No source could be asked, or the reference says too little to be looked for.
    CannotTell,
}

impl Verdict {
    /// Whether the work is known.
    pub fn is_found(self) -> bool {
        matches!(self, Self::Matched | Self::Mismatched)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Matched => "matched",
            Self::Mismatched => "mismatched",
            Self::Ambiguous => "ambiguous",
            Self::NotFound => "not found",
            Self::CannotTell => "cannot tell",
        })
    }
}

/// A printed field that disagrees with the record of the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// As `parse` names it: authors, year, title, container, volume, issue, pages; or doi.
    pub field: &'static str,
    pub printed: String,
    pub record: String,
}

/// A record that was compared with a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    pub work: Work,
    pub origin: Origin,
    /// How likely this is the work that the reference means, 0 to 1.
    pub score: f64,
    pub disagreements: Vec<Disagreement>,
}

impl Scored {
    pub fn doi(&self) -> Option<Doi> {
        self.work.doi()
    }

    pub fn pmid(&self) -> Option<Pmid> {
        self.work.pmid()
    }
}

/// The answer to one reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub verdict: Verdict,
    /// Why, where the verdict alone does not say it.
    pub reason: Option<String>,
    /// The work, where it was found.
    pub best: Option<Scored>,
    /// Others that were thought of, the likeliest first.
    pub candidates: Vec<Scored>,
    /// What happened to the work that was found, the gravest first.
    pub notices: Vec<Notice>,
    /// The sources that were asked.
    pub asked: Vec<Origin>,
}
