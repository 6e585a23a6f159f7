//! What backs a claim, and which claims rest on a work.

use std::sync::Arc;

use super::reviewed::{Behind, Origin, Reviews};
use crate::analysis::Analysis;
use crate::citation::{Mention, Status};
use crate::document::PathPart;
use crate::project::{ClaimPlace, ProjectError, Store, StoredDocument};
use crate::review::{Record, Standing};
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
    /// What people judged of it for the claim that was asked about.
    pub standing: Standing,
}

/// What stands behind one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Backing {
    pub document: String,
    pub claim: usize,
    /// Works the claim cites itself.
    pub direct: Vec<Source>,
    /// Works that a person says back the claim, though it does not cite them; with that record.
    pub asserted: Vec<(Source, Arc<Record>)>,
    /// Keys of works that a person took from the claim, with that record. They are in no other list.
    pub removed: Vec<(String, Arc<Record>)>,
    /// Works of enclosing claims, nearest first: what people say backs them, and what the first of them that cites does.
    /// Only for a claim that cites nothing.
    pub inherited: Vec<InheritedSupport>,
    /// Mentions of the claim that are not resolved, and those that are ambiguous.
    pub open: Vec<Mention>,
}

/// Support from further up the outline. Nobody has checked it for the claim below.
#[derive(Debug, Clone, PartialEq)]
pub struct InheritedSupport {
    /// The enclosing claim, as an index.
    pub claim: usize,
    /// Its text without its citation.
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
    /// How the work stands for each claim below that inherits it and cites nothing of its own.
    pub heirs: Vec<Standing>,
    /// Only one of several works the claim's mention may mean.
    pub ambiguous: bool,
    /// The claim does not cite it: a person says that it backs the claim.
    pub asserted: bool,
    pub standing: Standing,
}

impl Backing {
    /// All works behind the claim: cited, asserted, inherited.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let inherited = self.inherited.iter().flat_map(|i| &i.sources);
        self.direct.iter().chain(self.asserted.iter().map(|(source, _)| source)).chain(inherited)
    }
}

/// What backs a claim, and what people judged of it.
pub fn backing(
    store: &Store,
    reviews: &Reviews,
    document: &StoredDocument,
    claim: usize,
) -> Result<Backing, ProjectError> {
    let analysis = &document.analysis;
    let removed = reviews.removed(document, claim).map(|(key, record)| (key.clone(), record.clone())).collect();
    let (mut direct, mut asserted) = (Vec::new(), Vec::new());
    let mut inherited: Vec<InheritedSupport> = Vec::new();
    for behind in reviews.behind(document, claim) {
        let Behind { key, reference, origin, ambiguous } = behind;
        let record = key.as_deref().map(|k| store.work(k)).transpose()?.flatten();
        let Some(work) = record.or_else(|| reference.map(|r| analysis.references[r].work.clone())) else { continue };
        let source = Source {
            work,
            standing: key.as_deref().map_or_else(Standing::open, |k| reviews.standing(document, claim, k)),
            key,
            printed: reference.map(|r| analysis.document.references[r].text.clone()).unwrap_or_default(),
            ambiguous,
        };
        match origin {
            Origin::Cited => direct.push(source),
            Origin::Asserted(record) => asserted.push((source, record)),
            Origin::Inherited { from, levels } => {
                if inherited.last().is_none_or(|last| last.claim != from) {
                    let text = analysis.bare_text(from);
                    inherited.push(InheritedSupport { claim: from, from: text, levels, sources: Vec::new() });
                }
                inherited.last_mut().expect("one was just pushed").sources.push(source);
            }
        }
    }
    let open = analysis.claims[claim].mentions.iter().filter(|m| m.status != Status::Resolved).cloned().collect();
    Ok(Backing { document: document.name.clone(), claim, direct, asserted, removed, inherited, open })
}

/// The claims that cite a work themselves, or for which a person says that it backs them; in document order.
pub fn citing(store: &Store, reviews: &Reviews, key: &str) -> Result<Vec<(StoredDocument, Vec<Citing>)>, ProjectError> {
    let mut places = store.claims_citing(key)?;
    for id in reviews.claims_asserting(key) {
        places.extend(store.claims_with_id(id.as_str())?);
    }
    places.sort();
    places.dedup();
    let mut answer: Vec<(StoredDocument, Vec<Citing>)> = Vec::new();
    for place in places {
        if answer.last().is_none_or(|(d, _)| d.id != place.document) {
            answer.push((store.document(place.document)?, Vec::new()));
        }
        let (document, list) = answer.last_mut().expect("one was just pushed");
        if reviews.removal(document, place.claim, key).is_some() {
            continue;
        }
        let analysis = &document.analysis;
        let mut mentions = analysis.claims[place.claim]
            .mentions
            .iter()
            .filter(|m| m.refs.iter().any(|&r| document.keys[r].as_deref() == Some(key)))
            .peekable();
        let asserted = mentions.peek().is_none();
        let ambiguous = !asserted && mentions.all(|m| m.status == Status::Ambiguous);
        let heirs = reviews.heirs(document, place.claim, key).into_iter();
        let heirs: Vec<Standing> = heirs.map(|claim| reviews.standing(document, claim, key)).collect();
        let standing = reviews.standing(document, place.claim, key);
        list.push(Citing { place, heirs, ambiguous, asserted, standing });
    }
    answer.retain(|(_, list)| !list.is_empty());
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
