//! `citetrail claims`: the tree of claims, each with its sources.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{AnswerFormat, ClaimsArgs};
use super::error::CliError;
use super::marks::MarkedKey;
use super::output::{BAD, BOLD, Console, DIM, GOOD, WARN, count, wrap};
use super::scope::Scope;
use super::{Outcome, marks};
use crate::answers::{ClaimState, FoundClaims, Origin, Reviews, claim_state, find_claims};
use crate::document::PathPart;
use crate::project::StoredDocument;
use crate::review::PairState;
use crate::text::inert_line;

pub(super) fn run(args: &ClaimsArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = Scope::new(&args.scope, project, console)?;
    let query = args.query.join(" ");
    let (documents, wanted, reviews) = scope.ask(|store| {
        let wanted = if query.is_empty() {
            None
        } else {
            match find_claims(store, &query)? {
                FoundClaims::Some(places) => Some(places.into_iter().map(|p| (p.document, p.claim)).collect()),
                FoundClaims::None { .. } => Some(HashSet::new()),
            }
        };
        let documents = store.document_names()?.into_iter().map(|(id, _)| store.document(id));
        Ok((documents.collect::<Result<Vec<_>, _>>()?, wanted, scope.reviews(store)?))
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
                console.print(&tree(document, &reviews, |c| is_shown(document, c), args.ids, console.width()))?;
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

/// Keys of the works behind a claim, own or inherited, each with the mark of its state.
fn keys(document: &StoredDocument, reviews: &Reviews, claim: usize) -> Vec<MarkedKey> {
    let analysis = &document.analysis;
    let pairs = reviews.pairs(document, claim);
    let mut shown: Vec<MarkedKey> = pairs.iter().map(|p| MarkedKey::new(&p.key, p.standing.state)).collect();
    // References without an entry cannot be judged, but they are there.
    let direct = analysis.direct(claim);
    let refs = if direct.is_empty() { analysis.inherited(claim).map(|i| i.refs).unwrap_or_default() } else { direct };
    let without_entry = refs.iter().filter(|&&r| document.keys[r].is_none());
    shown.extend(without_entry.map(|&r| MarkedKey::new(&analysis.references[r].work.key, PairState::Open)));
    shown
}

fn tree(
    document: &StoredDocument,
    reviews: &Reviews,
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
        let pairs = keys(document, reviews, claim);
        let keys = pairs.iter().map(MarkedKey::glued).collect::<Vec<_>>().join(" ");
        let text = format!("{marker}{}", analysis.bare_text(claim));
        let line = if keys.is_empty() { text } else { format!("{text}  {keys}") };
        // The mark stands where the wrapped text leaves two columns for it.
        let lead = format!("{}{indent}  ", " ".repeat(id.len()));
        let wrapped = wrap(&line, width, &lead, &format!("{lead}  "));
        let body = wrapped[lead.len()..].to_owned();
        let shown_keys = inert_line(&keys);
        let body = match body.rfind(&shown_keys) {
            Some(at) if !shown_keys.is_empty() => {
                let coloured: Vec<String> = pairs.iter().map(MarkedKey::coloured).collect();
                format!("{}{}{}", &body[..at], coloured.join(" "), &body[at + shown_keys.len()..])
            }
            // They stand on two lines.
            _ => body.replace(marks::GLUE, " "),
        };
        let _ = write!(out, "{DIM}{id}{DIM:#}{indent}{style}{mark}{style:#} {body}");
    }
    out
}

fn as_json(document: &StoredDocument, reviews: &Reviews, claim: usize) -> Value {
    let analysis = &document.analysis;
    let inherited = analysis.inherited(claim).map(|i| i.refs).unwrap_or_default();
    let keys =
        |refs: Vec<usize>| -> Vec<Option<String>> { refs.into_iter().map(|r| document.keys[r].clone()).collect() };
    let pairs = reviews.pairs(document, claim);
    let pairs = pairs.iter().map(|pair| {
        let mut json = marks::as_json(&pair.standing, &marks::Quotes::new());
        json["key"] = pair.key.as_str().into();
        json["origin"] = match pair.origin {
            Origin::Cited => "cited",
            Origin::Inherited { .. } => "inherited",
            Origin::Asserted(_) => "asserted",
        }
        .into();
        json
    });
    json!({
        "document": document.name,
        "id": analysis.claims[claim].id.as_str(),
        "path": analysis.path(claim),
        "text": analysis.document.claims[claim].text,
        "sources": keys(analysis.direct(claim)),
        "inherited_sources": keys(inherited),
        "pairs": pairs.collect::<Vec<_>>(),
        "unresolved": analysis.claims[claim].mentions.iter().filter(|m| m.refs.is_empty()).map(|m| &m.text).collect::<Vec<_>>(),
    })
}
