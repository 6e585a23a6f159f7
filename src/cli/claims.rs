//! `citetrail claims`: the tree of claims, each with its sources.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{AnswerFormat, ClaimsArgs};
use super::error::CliError;
use super::marks::MarkedKey;
use super::output::{BAD, BOLD, Console, DIM, GOOD, Hyperlinks, WARN, count, wrap};
use super::scope::Scope;
use super::{Outcome, marks};
use crate::answers::{Behind, ClaimState, FoundClaims, Origin, Reviews, claim_state, find_claims};
use crate::document::PathPart;
use crate::project::StoredDocument;
use crate::review::PairState;
use crate::text::inert_line;

pub(super) fn run(args: &ClaimsArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = Scope::new(&args.scope, project, console)?;
    let query = args.query.join(" ");
    let (documents, wanted, reviews, addresses) = scope.ask(|store| {
        let wanted = if query.is_empty() {
            None
        } else {
            match find_claims(store, &query)? {
                FoundClaims::Some(places) => Some(places.into_iter().map(|p| (p.document, p.claim)).collect()),
                FoundClaims::None { .. } => Some(HashSet::new()),
            }
        };
        let documents = store.document_names()?.into_iter().map(|(id, _)| store.document(id));
        // Only a terminal follows them.
        let works = if console.hyperlinks() == Hyperlinks::Shown { store.works()? } else { Vec::new() };
        let addresses: Addresses = works.into_iter().filter_map(|w| Some((w.key.clone(), w.link()?))).collect();
        Ok((documents.collect::<Result<Vec<_>, _>>()?, wanted, scope.reviews(store)?, addresses))
    })?;
    let is_shown = |document: &StoredDocument, claim: usize| {
        wanted.as_ref().is_none_or(|w: &HashSet<_>| w.contains(&(document.id, claim)))
            && (!args.without_source || claim_state(document, &reviews, claim) == ClaimState::NoSource)
    };
    let shown: usize = documents.iter().map(|d| (0..d.analysis.claims.len()).filter(|&c| is_shown(d, c)).count()).sum();
    match args.to {
        AnswerFormat::Json => {
            let claims: Vec<Value> = documents
                .iter()
                .flat_map(|d| (0..d.analysis.claims.len()).filter(|&c| is_shown(d, c)).map(|c| as_json(d, &reviews, c)))
                .collect();
            let json = serde_json::to_string_pretty(&json!({ "claims": claims })).expect("plain data");
            console.print_raw(&format!("{json}\n"))?;
        }
        AnswerFormat::Text => {
            for document in &documents {
                let is_shown = |c| is_shown(document, c);
                console.print(&tree(document, &reviews, &addresses, is_shown, args.ids, console.width()))?;
            }
            if shown > 0 {
                console.note(&format!(
                    "{}: ● cites  ↑ inherits  ○ no source  ! unresolved  ? ambiguous",
                    count(shown, "claim")
                ));
                let shown = documents.iter().flat_map(|d| (0..d.analysis.claims.len()).map(move |c| (d, c)));
                let pairs = shown.filter(|(d, c)| is_shown(d, *c)).flat_map(|(d, c)| reviews.pairs(d, c));
                let legend = marks::legend(pairs.map(|p| p.standing.state));
                if !legend.is_empty() {
                    console.note(&legend);
                }
            }
        }
    }
    if shown == 0 {
        console.note(if documents.is_empty() {
            "the project has no documents; `citetrail load DOC` reads one"
        } else {
            "no such claims"
        });
        return Ok(Outcome::Found);
    }
    Ok(Outcome::Done)
}

/// Where works are found, by key.
type Addresses = HashMap<String, String>;

/// Keys of the works behind a claim, own or inherited, each with the mark of its state.
fn keys(document: &StoredDocument, reviews: &Reviews, addresses: &Addresses, claim: usize) -> Vec<MarkedKey> {
    let behind = reviews.behind(document, claim).into_iter();
    let shown = behind.map(|behind| match (&behind.key, behind.reference) {
        // References without an entry cannot be judged, but they are there.
        (None, Some(r)) => {
            let work = &document.analysis.references[r].work;
            MarkedKey::new(&work.key, PairState::Open, work.link())
        }
        (key, _) => {
            let key = key.as_deref().unwrap_or_default();
            MarkedKey::new(key, reviews.standing(document, claim, key).state, addresses.get(key).cloned())
        }
    });
    shown.collect()
}

fn tree(
    document: &StoredDocument,
    reviews: &Reviews,
    addresses: &Addresses,
    is_shown: impl Fn(usize) -> bool,
    ids: bool,
    width: usize,
) -> String {
    let analysis = &document.analysis;
    let title = analysis.document.title.as_deref().unwrap_or("(untitled)");
    let mut out = String::new();
    let mut heading: Vec<String> = Vec::new();
    let mut is_empty = true;
    for claim in (0..analysis.claims.len()).filter(|&c| is_shown(c)) {
        if is_empty {
            let _ = writeln!(out, "{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", inert_line(title), inert_line(&document.name));
            is_empty = false;
        }
        let path = &analysis.document.claims[claim].path;
        let headings: Vec<String> =
            path.iter().filter(|p| matches!(p, PathPart::Heading(_))).map(PathPart::to_string).collect();
        if headings != heading {
            let _ = writeln!(out, "{BOLD}{}{BOLD:#}", inert_line(&headings.join(" › ")));
            heading = headings;
        }
        let mut depth = 0;
        let mut at = claim;
        while let Some(parent) = analysis.document.claims[at].parent {
            depth += 1;
            at = parent;
        }
        // A very deep outline must stay readable.
        let indent = "  ".repeat(depth.min(12));
        let marker = match path.last() {
            Some(PathPart::Marker(marker)) => format!("{marker} "),
            _ => String::new(),
        };
        let (style, mark) = match claim_state(document, reviews, claim) {
            ClaimState::Cites => (GOOD, '●'),
            ClaimState::Inherits => (WARN, '↑'),
            ClaimState::NoSource => (DIM, '○'),
            ClaimState::Unresolved => (BAD, '!'),
            ClaimState::Ambiguous => (BAD, '?'),
        };
        let id = if ids { format!("{} ", analysis.claims[claim].id) } else { String::new() };
        let pairs = keys(document, reviews, addresses, claim);
        let keys = pairs.iter().map(MarkedKey::glued).collect::<Vec<_>>().join(" ");
        let text = format!("{marker}{}", analysis.bare_text(claim));
        let line = if keys.is_empty() { text } else { format!("{text}  {keys}") };
        // The mark stands where the wrapped text leaves two columns for it.
        let lead = format!("{}{indent}  ", " ".repeat(id.len()));
        let wrapped = wrap(&line, width, &lead, &format!("{lead}  "));
        let body = &wrapped[lead.len()..];
        // The keys are the last words, on one line or on several.
        let (mut before, mut coloured) = (body, String::new());
        for pair in pairs.iter().rev() {
            let key = pair.glued();
            let Some(at) = before.rfind(&key) else { break };
            coloured = format!("{}{}{coloured}", pair.coloured(), &before[at + key.len()..]);
            before = &before[..at];
        }
        let _ = write!(out, "{DIM}{id}{DIM:#}{indent}{style}{mark}{style:#} {before}{coloured}");
    }
    out
}

fn as_json(document: &StoredDocument, reviews: &Reviews, claim: usize) -> Value {
    let analysis = &document.analysis;
    let behind = reviews.behind(document, claim);
    let (inherited, own): (Vec<&Behind>, Vec<&Behind>) =
        behind.iter().partition(|b| matches!(b.origin, Origin::Inherited { .. }));
    let keys = |list: Vec<&Behind>| -> Vec<Option<String>> { list.into_iter().map(|b| b.key.clone()).collect() };
    let pairs = reviews.pairs(document, claim);
    let pairs = pairs.iter().map(|pair| {
        let mut json = marks::as_json(&pair.standing, &marks::Quotes::new());
        json["key"] = pair.key.as_str().into();
        json["origin"] = pair.origin.as_str().into();
        json
    });
    json!({
        "document": document.name,
        "id": analysis.claims[claim].id.as_str(),
        "path": analysis.path(claim),
        "text": analysis.document.claims[claim].text,
        "sources": keys(own),
        "inherited_sources": keys(inherited),
        "pairs": pairs.collect::<Vec<_>>(),
        "unresolved": analysis.claims[claim].mentions.iter().filter(|m| m.refs.is_empty()).map(|m| &m.text).collect::<Vec<_>>(),
    })
}
