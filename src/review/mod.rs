//! Review: what people judged of the pairs claim → source, and what follows from it.
//!
//! Judgements are [`Record`]s, one a line of an append-only file that merges by union of lines; a [`Ledger`] reads them,
//! and [`standing`] says how a pair stands. Nothing here touches a file or the clock: `project` reads and appends,
//! `answers` joins the records with the claims and works of today.

mod diff;
mod fingerprint;
mod ledger;
#[cfg(test)]
mod merge_tests;
mod passages;
mod quote;
mod record;
mod source_text;
mod standing;
mod timestamp;

pub use diff::{DiffPart, word_diff};
pub use fingerprint::{StatementFingerprint, WorkFingerprint};
pub use ledger::{Ledger, LedgerProblem};
pub use passages::Ranker;
pub use quote::{QuotableText, QuoteState};
pub use record::{Act, ClaimRef, FindingRef, Judgement, Record, RecordId, Verdict, WorkRef};
pub use source_text::{Passage, SourceText};
pub use standing::{ClaimText, Opinion, PairState, Standing, standing};
pub use timestamp::Timestamp;
