//! Which works a part of a document, a document, or a list of keys comes to.

use std::collections::{BTreeMap, HashSet};

use thiserror::Error;

use super::find::{FoundClaims, find_claims};
use super::reviewed::{Origin, Reviews};
use crate::document::PathPart;
use crate::project::{ClaimPlace, ProjectError, Store, StoredDocument};
use crate::text::fold;
use crate::work::Work;

/// Works in the order they are cited, each once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Selection {
    pub works: Vec<Work>,
    /// What was meant, in words, one for each thing that was asked for.
    pub meaning: Vec<String>,
    /// Keys of works that stand behind a claim only through an enclosing one, and are not settled for it.
    pub inherited: Vec<String>,
    /// Mentions in the part that are not resolved, as printed.
    pub unresolved: Vec<String>,
    /// Places inside works as typed ("p. 4"), by citation key.
    pub places: BTreeMap<String, Vec<String>>,
    /// The claims of the part behind which works stand, in document order.
    pub claims: Vec<CitingClaim>,
}

impl Selection {
    /// Takes note of a place inside a work, unless it is known already or empty.
    pub fn add_place(&mut self, key: &str, place: &str) {
        let places = self.places.entry(key.to_owned()).or_default();
        let place = place.trim();
        if !place.is_empty() && places.iter().all(|p| p != place) {
            places.push(place.to_owned());
        }
    }
}

/// A claim and the works behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitingClaim {
    pub document: String,
    /// Headings joined by " › "; empty in the lead.
    pub section: String,
    /// The claim's text without its citations.
    pub text: String,
    /// Citation keys.
    pub works: Vec<String>,
}

/// Why a selection came to nothing.
#[derive(Debug, Error)]
pub enum SelectionError {
    #[error("“{query}” is no citation key, section, document or claim{}", hint(similar))]
    NotFound { query: String, similar: Vec<String> },
    #[error(transparent)]
    Project(#[from] ProjectError),
}

fn hint(similar: &[String]) -> String {
    match similar {
        [] => "; `citetrail claims` and `citetrail refs list` show what there is".to_owned(),
        _ => format!("; similar: {}", similar.join(" | ")),
    }
}

/// The works that keys, sections, documents or claims come to; a claim counts with everything below it, with the works
/// that people say back it and without those they took from it.
pub fn select(store: &Store, reviews: &Reviews, queries: &[String]) -> Result<Selection, SelectionError> {
    let mut builder = Builder { store, reviews, seen: HashSet::new(), selection: Selection::default() };
    for query in queries {
        builder.add(query)?;
    }
    Ok(builder.selection)
}

struct Builder<'a> {
    store: &'a Store,
    reviews: &'a Reviews,
    seen: HashSet<String>,
    selection: Selection,
}

impl Builder<'_> {
    fn add(&mut self, query: &str) -> Result<(), SelectionError> {
        if let Some(work) = self.store.work(query)? {
            self.selection.meaning.push(format!("the work {}", work.key));
            self.push(work);
            return Ok(());
        }
        // "key:p. 4". A key may hold colons itself, so the longest one that is there counts.
        for (at, _) in query.rmatch_indices(':') {
            if let Some(work) = self.store.work(&query[..at])? {
                self.selection.meaning.push(format!("the work {}", work.key));
                self.selection.add_place(&work.key, &query[at + 1..]);
                self.push(work);
                return Ok(());
            }
        }
        let folded = fold(query);
        for (id, name) in self.store.document_names()? {
            let document = self.store.document(id)?;
            let title = document.analysis.document.title.as_deref().unwrap_or_default();
            let file = name.rsplit('/').next().unwrap_or(&name);
            if query == name || query == file || (!folded.is_empty() && fold(title) == folded) {
                self.selection.meaning.push(format!("the document {name}"));
                return self.add_claims(&document, &(0..document.analysis.claims.len()).collect::<Vec<_>>());
            }
        }
        if self.add_section(&folded)? {
            return Ok(());
        }
        match find_claims(self.store, query)? {
            FoundClaims::Some(places) => self.add_places(&places),
            FoundClaims::None { similar } => Err(SelectionError::NotFound { query: query.to_owned(), similar }),
        }
    }

    fn add_section(&mut self, folded: &str) -> Result<bool, SelectionError> {
        let mut found = false;
        for (id, name) in self.store.document_names()? {
            let document = self.store.document(id)?;
            let sections: Vec<String> = document.analysis.document.sections.iter().map(|s| s.title.clone()).collect();
            for (i, title) in sections.iter().enumerate() {
                let number_or_title = fold(title) == *folded || format!("section {}", i + 1) == folded;
                if !folded.is_empty() && number_or_title {
                    self.selection.meaning.push(format!("the section “{title}” of {name}"));
                    let claims = document.analysis.in_section(title);
                    self.add_claims(&document, &claims)?;
                    found = true;
                }
            }
        }
        Ok(found)
    }

    fn add_places(&mut self, places: &[ClaimPlace]) -> Result<(), SelectionError> {
        let mut document: Option<StoredDocument> = None;
        for place in places {
            if document.as_ref().is_none_or(|d| d.id != place.document) {
                document = Some(self.store.document(place.document)?);
            }
            let document = document.as_ref().expect("it was just loaded");
            self.selection.meaning.push(format!("the claim “{}”", document.analysis.bare_text(place.claim)));
            let claims = document.analysis.subtree(place.claim);
            self.add_claims(document, &claims)?;
        }
        Ok(())
    }

    fn add_claims(&mut self, document: &StoredDocument, claims: &[usize]) -> Result<(), SelectionError> {
        let analysis = &document.analysis;
        for &claim in claims {
            let mut keys = Vec::new();
            for behind in self.reviews.behind(document, claim) {
                // Support from outside the part counts as inherited; from inside it is there already. Claims are in order.
                let is_inherited = match behind.origin {
                    Origin::Inherited { from, .. } if claims.binary_search(&from).is_ok() => continue,
                    Origin::Inherited { .. } => true,
                    Origin::Cited | Origin::Asserted(_) => false,
                };
                let record = behind.key.as_deref().map(|key| self.store.work(key)).transpose()?.flatten();
                let printed = behind.reference.map(|reference| &analysis.references[reference].work);
                let Some(work) = record.or_else(|| printed.cloned()) else { continue };
                let is_settled = || !self.reviews.standing(document, claim, &work.key).state.is_unsettled();
                if is_inherited && !self.seen.contains(&work.key) && !is_settled() {
                    self.selection.inherited.push(work.key.clone());
                }
                keys.push(work.key.clone());
                self.push(work);
            }
            if !keys.is_empty() {
                let headings =
                    analysis.document.claims[claim].path.iter().filter(|p| matches!(p, PathPart::Heading(_)));
                self.selection.claims.push(CitingClaim {
                    document: document.name.clone(),
                    section: headings.map(PathPart::to_string).collect::<Vec<_>>().join(" › "),
                    text: analysis.bare_text(claim),
                    works: keys,
                });
            }
            let unresolved = analysis.claims[claim].mentions.iter().filter(|m| m.refs.is_empty());
            self.selection.unresolved.extend(unresolved.map(|m| m.text.clone()));
        }
        Ok(())
    }

    fn push(&mut self, work: Work) {
        if self.seen.insert(work.key.clone()) {
            self.selection.works.push(work);
        }
    }
}
