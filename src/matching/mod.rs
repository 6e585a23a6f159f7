//! References and the works they mean.
//!
//! A [`WorkSource`] gives works that a reference may mean: the local [`index`], or a service. Each is compared with the
//! reference field by field (`compare`), what agrees and what does not is weighed (`weigh`), and the [`Matcher`] answers
//! with a [`Verdict`]. One wrong field is no reason to reject a work: it is named as a [`Disagreement`].

mod chance;
mod commonness;
mod compare;
mod date;
pub mod feed;
pub mod index;
mod matcher;
mod notice;
mod retractions;
mod source;
mod verdict;
mod version;
mod weigh;

pub use commonness::Commonness;
pub use date::today;
pub use matcher::{Fit, Matcher, fit};
pub use notice::{Notice, NoticeKind};
pub use retractions::{Retractions, notices_of, retractions};
pub use source::{Candidate, Origin, Reference, SourceError, WorkSource};
pub use verdict::{Answer, Disagreement, Scored, Verdict};
pub use version::{is_preprint, is_same_work};
