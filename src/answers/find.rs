//! From what a person types to claims and works.

use crate::project::{ClaimPlace, ProjectError, Store};
use crate::text::{fold, similarity};
use crate::work::{Doi, Work};

/// The claims a query means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundClaims {
    /// In order of fit.
    Some(Vec<ClaimPlace>),
    /// None; texts of claims that hold some of the words.
    None { similar: Vec<String> },
}

/// The works a query means.
#[derive(Debug, Clone, PartialEq)]
pub enum FoundWorks {
    Some(Vec<Work>),
    /// None; keys that look alike.
    None {
        similar: Vec<String>,
    },
}

/// Finds claims by id, by path ("Causes > 1 > e", or its end), by their whole text, or by words of it; the first of
/// these that finds something counts.
pub fn find_claims(store: &Store, query: &str) -> Result<FoundClaims, ProjectError> {
    let folded = fold(query);
    let looks_like_path = query.contains('>') || query.contains('›');
    let by_id = store.claims_with_id(query.trim())?;
    if !by_id.is_empty() {
        return Ok(FoundClaims::Some(by_id));
    }
    let mut found = if looks_like_path && !folded.is_empty() { store.claims_at_path(&folded)? } else { vec![] };
    if found.is_empty() {
        found = store.claims_with_text(&folded)?;
    }
    if found.is_empty() {
        found = store.search_claims(query)?;
    }
    if !found.is_empty() {
        return Ok(FoundClaims::Some(found));
    }
    let mut similar = Vec::new();
    for word in folded.split(' ').filter(|w| w.len() > 2).take(6) {
        // The start of a word finds other forms of it and many slips of the pen.
        let stem: String = word.chars().take(word.chars().count().min(5)).collect();
        for place in store.search_claims(&stem)?.into_iter().take(3) {
            let text = store.document(place.document)?.analysis.document.claims[place.claim].text.clone();
            if !similar.contains(&text) {
                similar.push(text);
            }
        }
    }
    similar.truncate(5);
    Ok(FoundClaims::None { similar })
}

/// Finds works by key, by DOI, or by words of names, title, container, year; the first that finds something counts.
pub fn find_works(store: &Store, query: &str) -> Result<FoundWorks, ProjectError> {
    if let Some(work) = store.work(query.trim())? {
        return Ok(FoundWorks::Some(vec![work]));
    }
    if let Ok(doi) = query.parse::<Doi>()
        && let Some(work) = store.work_by_doi(&doi)?
    {
        return Ok(FoundWorks::Some(vec![work]));
    }
    let found = store.search_works(query)?;
    if !found.is_empty() {
        return Ok(FoundWorks::Some(found));
    }
    let wanted = query.trim().to_lowercase();
    let mut similar: Vec<(f64, String)> = store
        .keys()?
        .into_iter()
        .filter(|key| key.len().abs_diff(wanted.len()) <= 3)
        .map(|key| (similarity(&wanted, &key.to_lowercase()), key))
        .filter(|(s, _)| *s >= 0.75)
        .collect();
    similar.sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok(FoundWorks::None { similar: similar.into_iter().map(|(_, key)| key).take(5).collect() })
}
