//! The one claim and the one work that a person means.

use super::error::CliError;
use super::output::Console;
use crate::answers::{FoundClaims, FoundWorks, Reviews, find_claims, find_works};
use crate::project::{Store, StoredDocument};
use crate::work::Work;

/// A claim with its document.
pub(super) struct OneClaim {
    pub document: StoredDocument,
    pub claim: usize,
}

/// What was meant, or why it is not one thing, in words for the user.
pub(super) type One<T> = Result<T, String>;

/// More than so many candidates are counted, not listed.
const LISTED: usize = 8;

/// The claim that words, a path or an id mean, if it is one.
pub(super) fn one_claim(store: &Store, query: &str) -> Result<One<OneClaim>, CliError> {
    let places = match find_claims(store, query)? {
        FoundClaims::Some(places) => places,
        FoundClaims::None { similar } => {
            return Ok(Err(match similar.as_slice() {
                [] => format!("no claim has “{query}”; `citetrail claims` lists them"),
                some => format!("no claim has “{query}”; similar:\n  {}", some.join("\n  ")),
            }));
        }
    };
    if let [place] = places[..] {
        return Ok(Ok(OneClaim { document: store.document(place.document)?, claim: place.claim }));
    }
    let mut message = format!("{} claims have “{query}”; give the id of one:", places.len());
    for place in places.iter().take(LISTED) {
        let document = store.document(place.document)?;
        let id = &document.analysis.claims[place.claim].id;
        let text: String = document.analysis.bare_text(place.claim).chars().take(60).collect();
        message.push_str(&format!("\n  {id}  {text}"));
    }
    if places.len() > LISTED {
        message.push_str(&format!("\n  and {} more", places.len() - LISTED));
    }
    Ok(Err(message))
}

/// The work that a key, a DOI or words mean, if it is one.
pub(super) fn one_work(store: &Store, query: &str) -> Result<One<Work>, CliError> {
    Ok(match find_works(store, query)? {
        FoundWorks::None { similar } => Err(super::backs::no_such_work(query, &similar)),
        FoundWorks::Some(mut works) if works.len() == 1 => Ok(works.remove(0)),
        FoundWorks::Some(works) => Err(several_works(query, &works.iter().map(|w| w.key.as_str()).collect::<Vec<_>>())),
    })
}

/// The work behind a claim that a key, a DOI or words mean, if it is one.
pub(super) fn one_source(
    store: &Store,
    reviews: &Reviews,
    claim: &OneClaim,
    query: &str,
) -> Result<One<Work>, CliError> {
    let pairs = reviews.pairs(&claim.document, claim.claim);
    let behind: Vec<&str> = pairs.iter().map(|p| p.key.as_str()).collect();
    let mut works = match find_works(store, query)? {
        FoundWorks::None { similar } => return Ok(Err(super::backs::no_such_work(query, &similar))),
        FoundWorks::Some(works) => works,
    };
    let found = works.len();
    let first = works[0].key.clone();
    works.retain(|w| behind.contains(&w.key.as_str()));
    Ok(match works.len() {
        1 => Ok(works.remove(0)),
        0 if found == 1 => {
            let sources = match behind.as_slice() {
                [] => "nothing stands behind the claim".to_owned(),
                some => format!("behind it stand {}", some.join(", ")),
            };
            Err(format!(
                "the claim “{}” does not rest on {first}; {sources}. If the work backs it all the same, say so first: \
                 citetrail assert {} {first}",
                claim.document.analysis.bare_text(claim.claim),
                claim.document.analysis.claims[claim.claim].id,
            ))
        }
        0 => Err(format!(
            "none of the {found} works that “{query}” may mean stands behind the claim; behind it stand {}",
            behind.join(", ")
        )),
        _ => Err(several_works(query, &works.iter().map(|w| w.key.as_str()).collect::<Vec<_>>())),
    })
}

fn several_works(query: &str, keys: &[&str]) -> String {
    let more = keys.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let listed = &keys[..keys.len().min(LISTED)];
    format!("{} works have “{query}”: {}{more}; give the key of one", keys.len(), listed.join(", "))
}

/// Says why a thing is not one; for the exit status "not found".
pub(super) fn not_one(console: &Console, message: &str) -> Result<super::Outcome, CliError> {
    console.error(message);
    Ok(super::Outcome::Found)
}
