//! From the store to what a report shows.

use std::collections::{HashMap, HashSet};

use super::{Report, ReportedClaim, ReportedDocument, ReportedSource, ReportedWork, split_path};
use crate::answers::{Origin, Reviews, claim_state};
use crate::citation::Status;
use crate::csl::{Output, Style, render};
use crate::document::Completeness;
use crate::project::StoredDocument;
use crate::work::Work;

impl Report {
    /// Gathers documents, works and what people judged. Title, day and findings are for the caller to give.
    pub fn new(
        documents: &[StoredDocument],
        works: Vec<Work>,
        reviews: &Reviews,
        style: &Style,
        locale: Option<&str>,
    ) -> Self {
        let mut references = vec![Output::default(); works.len()];
        for entry in render(style, locale, &works, &[]).bibliography {
            references[entry.work] = entry.output;
        }
        let index: HashMap<&str, usize> = works.iter().enumerate().map(|(i, work)| (work.key.as_str(), i)).collect();
        let documents: Vec<ReportedDocument> =
            documents.iter().map(|document| reported(document, reviews, &index)).collect();
        let names = names(&documents);
        let mut citing = vec![Vec::new(); works.len()];
        for (d, document) in documents.iter().enumerate() {
            for (c, claim) in document.claims.iter().enumerate() {
                claim.sources.iter().filter_map(|source| source.work).for_each(|work| citing[work].push((d, c)));
            }
        }
        let parts = works.into_iter().zip(references).zip(citing);
        let works = parts.map(|((work, reference), claims)| ReportedWork { work, reference, claims }).collect();
        Self {
            title: String::new(),
            made: String::new(),
            style: String::new(),
            documents,
            works,
            findings: Vec::new(),
            quotes: HashMap::new(),
            names,
        }
    }
}

/// The name without the address, where no two people have it.
fn names(documents: &[ReportedDocument]) -> HashMap<String, String> {
    let pairs = documents.iter().flat_map(|d| &d.claims).flat_map(|c| &c.sources).filter_map(|s| s.pair.as_ref());
    let records = pairs.flat_map(|pair| {
        let asserted = match &pair.origin {
            Origin::Asserted(record) => Some(record.as_ref()),
            Origin::Cited | Origin::Inherited { .. } => None,
        };
        asserted.into_iter().chain(pair.standing.opinions.iter().map(|opinion| opinion.record.as_ref()))
    });
    let people: HashMap<&str, String> = records.map(|record| (record.by.as_str(), record.person())).collect();
    let name = |by: &str| by.split('<').next().unwrap_or_default().trim().to_owned();
    let mut persons: HashMap<String, HashSet<&str>> = HashMap::new();
    for (by, person) in &people {
        persons.entry(name(by)).or_default().insert(person);
    }
    let is_one = |name: &String| !name.is_empty() && persons[name].len() == 1;
    people.keys().map(|by| ((*by).to_owned(), name(by))).filter(|(_, name)| is_one(name)).collect()
}

fn reported(document: &StoredDocument, reviews: &Reviews, works: &HashMap<&str, usize>) -> ReportedDocument {
    let analysis = &document.analysis;
    let mut depths: Vec<usize> = Vec::new();
    let claims = (0..analysis.claims.len()).map(|i| {
        let claim = &analysis.document.claims[i];
        let depth = claim.parent.map_or(0, |parent| depths[parent] + 1);
        depths.push(depth);
        let (headings, marker) = split_path(&claim.path);
        let open = analysis.claims[i].mentions.iter().filter(|mention| mention.status != Status::Resolved);
        ReportedClaim {
            id: analysis.claims[i].id.to_string(),
            headings,
            marker,
            depth,
            text: analysis.bare_text(i),
            state: claim_state(document, reviews, i),
            sources: sources(document, reviews, works, i),
            open_mentions: open.map(|mention| (mention.text.clone(), mention.how.clone())).collect(),
        }
    });
    ReportedDocument {
        name: document.name.clone(),
        title: analysis.document.title.clone().unwrap_or_else(|| document.name.clone()),
        incomplete: match &analysis.document.completeness {
            Completeness::Complete => None,
            Completeness::Incomplete { reason } => Some(reason.clone()),
        },
        claims: claims.collect(),
    }
}

fn sources(
    document: &StoredDocument,
    reviews: &Reviews,
    works: &HashMap<&str, usize>,
    claim: usize,
) -> Vec<ReportedSource> {
    let sources = reviews.behind(document, claim).into_iter().map(|behind| {
        let inherited_from = match behind.origin {
            Origin::Inherited { from, .. } => Some(from),
            Origin::Cited | Origin::Asserted(_) => None,
        };
        // References without an entry cannot be judged, but they are there.
        let printed = behind.reference.map(|r| document.analysis.document.references[r].text.as_str());
        let name = behind.key.as_deref().or(printed).unwrap_or_default().to_owned();
        let work = behind.key.as_deref().and_then(|key| works.get(key).copied());
        ReportedSource { work, name, pair: reviews.pair(document, claim, behind), inherited_from }
    });
    sources.collect()
}
