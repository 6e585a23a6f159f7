//! The report: one HTML file that needs nothing else and asks for nothing.
//!
//! [`Report`] gathers what is shown; `page` writes it, one file a part. The page can be read without scripts: the script
//! only filters, and marks what belongs together. Its content security policy allows that one script and one style
//! sheet by their hashes and nothing else, so that a document's text can never act, and everything from outside is
//! escaped (`html::text`).

mod charts;
mod claims;
mod findings;
mod gather;
mod html;
mod map;
mod map_marks;
mod page;
mod works;

use std::collections::HashMap;

pub use page::GENERATOR;

use crate::answers::{ClaimState, Pair};
use crate::check::Finding;
use crate::csl::Output;
use crate::document::PathPart;
use crate::review::{PairState, QuoteState, Record, RecordId, Standing};
use crate::work::Work;

/// All that a report shows.
#[derive(Debug, Clone)]
pub struct Report {
    pub title: String,
    /// The day it was made (ISO 8601).
    pub made: String,
    /// The name of the style of the references.
    pub style: String,
    pub documents: Vec<ReportedDocument>,
    /// All works, in the order of the bibliography.
    pub works: Vec<ReportedWork>,
    pub findings: Vec<Finding>,
    /// Whether the quotes of verdicts stand in the texts at hand, by the verdict's record.
    pub quotes: HashMap<RecordId, QuoteState>,
    /// What people are called, by what they say they are: the name alone where it is one person's.
    names: HashMap<String, String>,
}

/// A document of the report.
#[derive(Debug, Clone)]
pub struct ReportedDocument {
    /// As the project calls it.
    pub name: String,
    pub title: String,
    /// Why the document is not all there, as a sentence.
    pub incomplete: Option<String>,
    pub claims: Vec<ReportedClaim>,
}

/// A claim of the report.
#[derive(Debug, Clone)]
pub struct ReportedClaim {
    pub id: String,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    pub marker: Option<String>,
    /// How many claims enclose it.
    pub depth: usize,
    /// Without bracketed citations.
    pub text: String,
    pub state: ClaimState,
    pub sources: Vec<ReportedSource>,
    /// Mentions that are not resolved or ambiguous, each with the reason.
    pub open_mentions: Vec<(String, String)>,
}

/// A work behind a claim.
#[derive(Debug, Clone)]
pub struct ReportedSource {
    /// Index into [`Report::works`]; `None` for a reference without an entry, which cannot be judged.
    pub work: Option<usize>,
    /// The citation key, or the printed reference of a work without an entry.
    pub name: String,
    /// How it comes to stand behind the claim, and what people judged; `None` without an entry.
    pub pair: Option<Pair>,
    /// The claim it is inherited from, index into the claims of the document.
    pub inherited_from: Option<usize>,
}

/// A work of the report.
#[derive(Debug, Clone)]
pub struct ReportedWork {
    pub work: Work,
    /// The reference in the style of the report.
    pub reference: Output,
    /// The claims that rest on it: document, claim.
    pub claims: Vec<(usize, usize)>,
}

impl ReportedSource {
    /// How the pair stands.
    pub fn state(&self) -> PairState {
        self.pair.as_ref().map_or(PairState::Open, |pair| pair.standing.state)
    }
}

impl Report {
    /// The file.
    pub fn html(&self) -> String {
        page::write(self)
    }

    /// The works behind claims with how each pair stands.
    pub fn standings(&self) -> impl Iterator<Item = (&Work, &Standing)> {
        self.pairs().filter_map(|source| Some((&self.works[source.work?].work, &source.pair.as_ref()?.standing)))
    }

    /// What the person is called who made a record.
    fn called<'a>(&'a self, record: &'a Record) -> &'a str {
        self.names.get(&record.by).unwrap_or(&record.by)
    }

    fn claims(&self) -> impl Iterator<Item = &ReportedClaim> {
        self.documents.iter().flat_map(|document| &document.claims)
    }

    /// All pairs of a claim and a work of the bibliography.
    fn pairs(&self) -> impl Iterator<Item = &ReportedSource> {
        self.claims().flat_map(|claim| &claim.sources).filter(|source| source.pair.is_some())
    }
}

/// The heading a claim stands under, as one line.
fn section_of(claim: &ReportedClaim) -> String {
    if claim.headings.is_empty() { "(before the first heading)".to_owned() } else { claim.headings.join(" › ") }
}

/// The headings and the marker of a path.
fn split_path(path: &[PathPart]) -> (Vec<String>, Option<String>) {
    let headings = path.iter().filter_map(|part| match part {
        PathPart::Heading(heading) => Some(heading.clone()),
        PathPart::Marker(_) => None,
    });
    let marker = match path.last() {
        Some(PathPart::Marker(marker)) => Some(marker.clone()),
        _ => None,
    };
    (headings.collect(), marker)
}
