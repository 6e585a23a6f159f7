//! Where works that a reference may mean come from: the local index, a search server, a service on the network.

use thiserror::Error;

use super::commonness::Commonness;
use super::index::{Index, IndexError};
use super::notice::Notice;
use crate::work::{Doi, Pmid, Work};

/// What is looked for: a printed string, and what was read from it. Of structured works the string may be empty.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'a> {
    pub raw: &'a str,
    pub work: &'a Work,
}

/// Which source a record comes from, and the day for which it speaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The name of the source ("index works", "Crossref").
    pub source: String,
    /// ISO 8601, UTC.
    pub as_of: String,
}

/// A work that may be the one a reference means. Nothing is claimed: every candidate is compared with the reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub work: Work,
    pub origin: Origin,
}

/// Why a source gave no answer. The others are asked all the same, and the verdict says that this one was not.
#[derive(Debug, Error)]
pub enum SourceError {
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A source that could not be reached, refused, or answered something else than it should.
    #[error("{source_name}: {message}")]
    Unavailable { source_name: String, message: String },
}

/// A source of candidate works, which several threads may ask at once.
pub trait WorkSource: Sync {
    /// What the source is, and the day for which its answers speak.
    fn origin(&self) -> Origin;

    /// Works that a reference may mean, the likeliest first.
    fn candidates(&self, reference: &Reference<'_>) -> Result<Vec<Candidate>, SourceError>;

    /// How common what a record says is among the works of the source.
    fn commonness(&self, _record: &Work) -> Result<Commonness, SourceError> {
        Ok(Commonness::default())
    }

    /// The work with a DOI.
    fn by_doi(&self, doi: &Doi) -> Result<Option<Candidate>, SourceError>;

    /// The work with a PubMed identifier.
    fn by_pmid(&self, pmid: Pmid) -> Result<Option<Candidate>, SourceError>;

    /// What happened to the work with a DOI after it was published.
    fn notices(&self, doi: &Doi) -> Result<Vec<Notice>, SourceError>;
}

/// Candidates that are taken from the local index. The work that is meant is nearly always among the first five.
const FROM_INDEX: usize = 10;

impl WorkSource for Index {
    fn origin(&self) -> Origin {
        let name = self.folder().file_name().map_or_else(String::new, |name| format!(" {}", name.to_string_lossy()));
        Origin { source: format!("index{name}"), as_of: self.updated().to_owned() }
    }

    fn candidates(&self, reference: &Reference<'_>) -> Result<Vec<Candidate>, SourceError> {
        let works = Self::candidates(self, reference.raw, reference.work, FROM_INDEX)?;
        let origin = self.origin();
        Ok(works.into_iter().map(|work| Candidate { work, origin: origin.clone() }).collect())
    }

    fn commonness(&self, record: &Work) -> Result<Commonness, SourceError> {
        Ok(Self::commonness(self, record)?)
    }

    fn by_doi(&self, doi: &Doi) -> Result<Option<Candidate>, SourceError> {
        Ok(Self::by_doi(self, doi)?.map(|work| Candidate { work, origin: self.origin() }))
    }

    fn by_pmid(&self, pmid: Pmid) -> Result<Option<Candidate>, SourceError> {
        Ok(Self::by_pmid(self, pmid)?.map(|work| Candidate { work, origin: self.origin() }))
    }

    fn notices(&self, doi: &Doi) -> Result<Vec<Notice>, SourceError> {
        Ok(Self::notices(self, doi)?)
    }
}
