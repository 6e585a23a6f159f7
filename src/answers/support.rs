//! What backs a claim, and which claims rest on a work.

use crate::analysis::Analysis;
use crate::citation::{Mention, Status};
use crate::document::PathPart;
use crate::project::{ClaimPlace, ProjectError, Store, StoredDocument};
use crate::work::Work;

/// A work behind a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its citation key; `None` when the reference has no entry in the bibliography.
    pub key: Option<String>,
    /// The bibliography's record, or what the printed reference says.
    pub work: Work,
    /// The reference as the document prints it.
    pub printed: String,
    /// The mention is ambiguous: this is one of several works it may mean.
    pub ambiguous: bool,
}

/// What stands behind one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Backing {
    pub document: String,
    pub claim: usize,
    /// Works the claim cites itself.
    pub direct: Vec<Source>,
    /// Works the nearest enclosing claim that cites does; only for a claim that cites nothing.
    pub inherited: Option<InheritedSupport>,
    /// Mentions of the claim that are not resolved, and those that are ambiguous.
    pub open: Vec<Mention>,
}

/// Support from further up the outline. Nobody has checked it for the claim below.
#[derive(Debug, Clone, PartialEq)]
pub struct InheritedSupport {
    /// The text of the claim that cites, without its citation.
    pub from: String,
    pub levels: usize,
    pub sources: Vec<Source>,
}

/// A step of a claim's path as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathStep {
    /// An outline marker; `None` for a heading.
    pub marker: Option<String>,
    /// The heading, or the text of the outline item without its citations. Empty for the claim's own step.
    pub text: String,
}

/// A claim that rests on a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citing {
    pub place: ClaimPlace,
    /// Claims below that inherit it and cite nothing of their own.
    pub heirs: usize,
    /// Only one of several works the claim's mention may mean.
    pub ambiguous: bool,
}

/// What backs a claim.
pub fn backing(store: &Store, document: &StoredDocument, claim: usize) -> Result<Backing, ProjectError> {
    let analysis = &document.analysis;
    let ambiguous = |claim: usize, reference: usize| {
        let mut mentions = analysis.claims[claim].mentions.iter().filter(|m| m.refs.contains(&reference));
        mentions.all(|m| m.status == Status::Ambiguous)
    };
    let sources = |claim: usize, references: &[usize]| -> Result<Vec<Source>, ProjectError> {
        references.iter().map(|&r| source(store, document, r, ambiguous(claim, r))).collect()
    };
    let inherited = match analysis.inherited(claim) {
        None => None,
        Some(i) => Some(InheritedSupport {
            from: analysis.bare_text(i.from),
            levels: i.levels,
            sources: sources(i.from, &i.refs)?,
        }),
    };
    let open = analysis.claims[claim].mentions.iter().filter(|m| m.status != Status::Resolved).cloned().collect();
    Ok(Backing {
        document: document.name.clone(),
        claim,
        direct: sources(claim, &analysis.direct(claim))?,
        inherited,
        open,
    })
}

fn source(store: &Store, document: &StoredDocument, reference: usize, ambiguous: bool) -> Result<Source, ProjectError> {
    let key = document.keys[reference].clone();
    let record = key.as_deref().map(|k| store.work(k)).transpose()?.flatten();
    Ok(Source {
        work: record.unwrap_or_else(|| document.analysis.references[reference].work.clone()),
        key,
        printed: document.analysis.document.references[reference].text.clone(),
        ambiguous,
    })
}

/// The claims that cite a work themselves, in document order.
pub fn citing(store: &Store, key: &str) -> Result<Vec<(StoredDocument, Vec<Citing>)>, ProjectError> {
    let mut answer: Vec<(StoredDocument, Vec<Citing>)> = Vec::new();
    for place in store.claims_citing(key)? {
        if answer.last().is_none_or(|(d, _)| d.id != place.document) {
            answer.push((store.document(place.document)?, Vec::new()));
        }
        let (document, list) = answer.last_mut().expect("one was just pushed");
        let analysis = &document.analysis;
        let heirs = analysis
            .subtree(place.claim)
            .into_iter()
            .filter(|&c| analysis.inherited(c).is_some_and(|i| i.from == place.claim));
        let heirs = heirs.count();
        let mut mentions = analysis.claims[place.claim]
            .mentions
            .iter()
            .filter(|m| m.refs.iter().any(|&r| document.keys[r].as_deref() == Some(key)));
        let ambiguous = mentions.all(|m| m.status == Status::Ambiguous);
        list.push(Citing { place, heirs, ambiguous });
    }
    Ok(answer)
}

/// The way to a claim: headings, then the enclosing outline items with their markers, then its own marker.
pub fn path_steps(analysis: &Analysis, claim: usize) -> Vec<PathStep> {
    // Enclosing items, innermost first.
    let mut ancestors = Vec::new();
    let mut at = claim;
    while let Some(parent) = analysis.document.claims[at].parent {
        ancestors.push(parent);
        at = parent;
    }
    analysis.document.claims[claim]
        .path
        .iter()
        .enumerate()
        .map(|(depth, part)| match part {
            PathPart::Heading(heading) => PathStep { marker: None, text: heading.clone() },
            PathPart::Marker(marker) => {
                // The enclosing item whose own path ends here has this marker. Bullets add no part, so depth alone
                // does not tell.
                let owner = ancestors.iter().rev().find(|&&a| analysis.document.claims[a].path.len() == depth + 1);
                PathStep {
                    marker: Some(marker.clone()),
                    text: owner.map(|&a| analysis.bare_text(a)).unwrap_or_default(),
                }
            }
        })
        .collect()
}
