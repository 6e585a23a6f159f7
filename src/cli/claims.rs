//! `citetrail claims`: the tree of claims, each with its sources.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::Outcome;
use super::args::{AnswerFormat, ClaimsArgs};
use super::error::CliError;
use super::output::{BAD, BOLD, Console, DIM, GOOD, KEY, WARN, count, wrap};
use super::scope::Scope;
use crate::answers::{FoundClaims, find_claims};
use crate::citation::Status;
use crate::document::PathPart;
use crate::project::StoredDocument;
use crate::text::inert_line;

pub(super) fn run(args: &ClaimsArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = Scope::new(&args.scope, project, console)?;
    let query = args.query.join(" ");
    let (documents, wanted) = scope.ask(|store| {
        let wanted = if query.is_empty() {
            None
        } else {
            match find_claims(store, &query)? {
                FoundClaims::Some(places) => Some(places.into_iter().map(|p| (p.document, p.claim)).collect()),
                FoundClaims::None { .. } => Some(HashSet::new()),
            }
        };
        let documents = store.document_names()?.into_iter().map(|(id, _)| store.document(id));
        Ok((documents.collect::<Result<Vec<_>, _>>()?, wanted))
    })?;
    let is_shown = |document: &StoredDocument, claim: usize| {
        wanted.as_ref().is_none_or(|w: &HashSet<_>| w.contains(&(document.id, claim)))
            && (!args.without_source || state(document, claim) == State::NoSource)
    };
    let shown: usize = documents.iter().map(|d| (0..d.analysis.claims.len()).filter(|&c| is_shown(d, c)).count()).sum();
    match args.to {
        AnswerFormat::Json => {
            let claims: Vec<Value> = documents
                .iter()
                .flat_map(|d| (0..d.analysis.claims.len()).filter(|&c| is_shown(d, c)).map(|c| as_json(d, c)))
                .collect();
            let json = serde_json::to_string_pretty(&json!({ "claims": claims })).expect("plain data");
            console.print_raw(&format!("{json}\n"))?;
        }
        AnswerFormat::Text => {
            for document in &documents {
                console.print(&tree(document, |c| is_shown(document, c), args.ids, console.width()))?;
            }
            if shown > 0 {
                console.note(&format!(
                    "{}: ● cites  ↑ inherits  ○ no source  ! unresolved  ? ambiguous",
                    count(shown, "claim")
                ));
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

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Cites,
    Inherits,
    NoSource,
    Unresolved,
    Ambiguous,
}

fn state(document: &StoredDocument, claim: usize) -> State {
    let mentions = &document.analysis.claims[claim].mentions;
    let any = |status| mentions.iter().any(|m| m.status == status);
    if any(Status::Unresolved) {
        State::Unresolved
    } else if any(Status::Ambiguous) {
        State::Ambiguous
    } else if !mentions.is_empty() {
        State::Cites
    } else if document.analysis.inherited(claim).is_some() {
        State::Inherits
    } else {
        State::NoSource
    }
}

/// Keys of the works behind a claim, own or inherited.
fn keys(document: &StoredDocument, claim: usize) -> Vec<String> {
    let direct = document.analysis.direct(claim);
    let refs =
        if direct.is_empty() { document.analysis.inherited(claim).map(|i| i.refs).unwrap_or_default() } else { direct };
    let name =
        |r: &usize| document.keys[*r].clone().unwrap_or_else(|| document.analysis.references[*r].work.key.clone());
    refs.iter().map(name).collect()
}

fn tree(document: &StoredDocument, is_shown: impl Fn(usize) -> bool, ids: bool, width: usize) -> String {
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
        let (style, mark) = match state(document, claim) {
            State::Cites => (GOOD, '●'),
            State::Inherits => (WARN, '↑'),
            State::NoSource => (DIM, '○'),
            State::Unresolved => (BAD, '!'),
            State::Ambiguous => (BAD, '?'),
        };
        let id = if ids { format!("{} ", analysis.claims[claim].id) } else { String::new() };
        let keys = keys(document, claim).join(" ");
        let text = format!("{marker}{}", analysis.bare_text(claim));
        let line = if keys.is_empty() { text } else { format!("{text}  {keys}") };
        // The mark stands where the wrapped text leaves two columns for it.
        let lead = format!("{}{indent}  ", " ".repeat(id.len()));
        let wrapped = wrap(&line, width, &lead, &format!("{lead}  "));
        let body = wrapped[lead.len()..].to_owned();
        let shown_keys = inert_line(&keys);
        let body = match body.rfind(&shown_keys) {
            Some(at) if !shown_keys.is_empty() => {
                format!("{}{KEY}{shown_keys}{KEY:#}{}", &body[..at], &body[at + shown_keys.len()..])
            }
            _ => body,
        };
        let _ = write!(out, "{DIM}{id}{DIM:#}{indent}{style}{mark}{style:#} {body}");
    }
    out
}

fn as_json(document: &StoredDocument, claim: usize) -> Value {
    let analysis = &document.analysis;
    let inherited = analysis.inherited(claim).map(|i| i.refs).unwrap_or_default();
    let keys =
        |refs: Vec<usize>| -> Vec<Option<String>> { refs.into_iter().map(|r| document.keys[r].clone()).collect() };
    json!({
        "document": document.name,
        "id": analysis.claims[claim].id.as_str(),
        "path": analysis.path(claim),
        "text": analysis.document.claims[claim].text,
        "sources": keys(analysis.direct(claim)),
        "inherited_sources": keys(inherited),
        "unresolved": analysis.claims[claim].mentions.iter().filter(|m| m.refs.is_empty()).map(|m| &m.text).collect::<Vec<_>>(),
    })
}
