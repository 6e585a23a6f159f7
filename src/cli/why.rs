//! `citetrail why`: what backs a claim.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{AnswerFormat, WhyArgs};
use super::error::CliError;
use super::output::{BOLD, Console, DIM, GOOD, KEY, WARN, count, hyperlink, wrap};
use super::scope::Scope;
use super::style::ChosenStyle;
use super::{Outcome, marks, style};
use crate::answers::{
    Backing, FoundClaims, InheritedSupport, PathStep, Source, Sources, backing, find_claims, path_steps,
};
use crate::project::StoredDocument;
use crate::review::{Act, PairState};
use crate::text::inert_line;
use crate::work::Work;

/// More claims than this are counted, not shown.
const SHOWN: usize = 20;

pub(super) fn run(args: &WhyArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = Scope::new(&args.scope, project, console)?;
    let query = args.claim.join(" ");
    if query.trim().is_empty() {
        return Err(CliError::Message("give words of the claim, its path, or its id".to_owned()));
    }
    let style = style::chosen(&args.style, scope.project())?;
    let answer = scope.ask(|store| {
        let places = match find_claims(store, &query)? {
            FoundClaims::Some(places) => places,
            FoundClaims::None { similar } => return Ok(Err(similar)),
        };
        let reviews = scope.reviews(store)?;
        let texts = Sources::new(store, scope.project())?;
        let mut documents: Vec<StoredDocument> = Vec::new();
        let mut found = Vec::new();
        for place in places.iter().take(SHOWN) {
            if documents.iter().all(|d| d.id != place.document) {
                documents.push(store.document(place.document)?);
            }
            let document = documents.iter().find(|d| d.id == place.document).expect("it was just loaded");
            let backing = backing(store, &reviews, document, place.claim)?;
            let mut quotes = marks::Quotes::new();
            for source in backing.sources() {
                quotes.extend(texts.quotes(&source.work, &source.standing)?);
            }
            let (head, steps) = (claim_head(document, place.claim), path_steps(&document.analysis, place.claim));
            found.push(Answer { head, steps, backing, quotes });
        }
        Ok(Ok((found, places.len())))
    })?;
    let (found, total) = match answer {
        Ok(found) => found,
        Err(similar) => {
            let hint = match similar.as_slice() {
                [] => "`citetrail claims` lists them".to_owned(),
                some => format!("similar:\n  {}", some.join("\n  ")),
            };
            console.note(&format!("no claim has “{query}”; {hint}"));
            return Ok(Outcome::Found);
        }
    };
    match args.to {
        AnswerFormat::Text => {
            let mut out = String::new();
            for (i, answer) in found.iter().enumerate() {
                if i > 0 {
                    out.push('\n');
                }
                text(&mut out, console.width(), answer, &style);
            }
            console.print(&out)?;
            if total > SHOWN {
                console.note(&format!("{} more; add words, or give the path or id of one", total - SHOWN));
            }
        }
        AnswerFormat::Json => {
            let claims: Vec<Value> = found.iter().map(|answer| as_json(answer, &style)).collect();
            let json = serde_json::to_string_pretty(&json!({ "claims": claims, "total": total })).expect("plain data");
            console.print_raw(&format!("{json}\n"))?;
        }
    }
    Ok(Outcome::Done)
}

struct Answer {
    head: Head,
    steps: Vec<PathStep>,
    backing: Backing,
    quotes: marks::Quotes,
}

/// What is shown of the claim itself.
struct Head {
    id: String,
    path: String,
    text: String,
    bare: String,
}

fn claim_head(document: &StoredDocument, claim: usize) -> Head {
    let analysis = &document.analysis;
    Head {
        id: analysis.claims[claim].id.to_string(),
        path: analysis.path(claim),
        text: analysis.document.claims[claim].text.clone(),
        bare: analysis.bare_text(claim),
    }
}

fn text(out: &mut String, width: usize, answer: &Answer, style: &ChosenStyle) {
    let Answer { head, steps, backing, quotes } = answer;
    let trail: Vec<String> = steps.iter().map(shown).collect();
    if trail.is_empty() {
        let _ = writeln!(out, "{DIM}{}{DIM:#}", inert_line(&backing.document));
    } else {
        let _ = write!(out, "{DIM}{}{DIM:#}", wrap(&trail.join(" › "), width, "", "  "));
    }
    let _ = write!(out, "{BOLD}{}{BOLD:#}", wrap(&head.bare, width, "", ""));
    if !backing.direct.is_empty() {
        let open = if is_all_open(&backing.direct) { ", not yet checked" } else { "" };
        let _ = writeln!(out, "  {GOOD}cited here{GOOD:#}{open}");
        sources(out, width, &head.bare, quotes, &backing.direct, style);
    }
    for (source, record) in &backing.asserted {
        let note = match &record.act {
            Act::Assert { note: Some(note), .. } => format!(": {note}"),
            _ => String::new(),
        };
        let line = format!("asserted by {}, {}{note}", record.by, record.at.day());
        let _ = write!(out, "{GOOD}{}{GOOD:#}", wrap(&line, width, "  ", "    "));
        sources(out, width, &head.bare, quotes, std::slice::from_ref(source), style);
    }
    for inherited in &backing.inherited {
        let open = if is_all_open(&inherited.sources) { ", not yet checked for this claim" } else { "" };
        let from = format!("inherited from “{}” ({} up){open}", inherited.from, count(inherited.levels, "level"));
        let _ = write!(out, "{WARN}{}{WARN:#}", wrap(&from, width, "  ", "    "));
        sources(out, width, &head.bare, quotes, &inherited.sources, style);
    }
    for (key, record) in &backing.removed {
        let note = match &record.act {
            Act::Remove { note: Some(note), .. } => format!(": {note}"),
            _ => String::new(),
        };
        let line = format!("{key} was taken from this claim by {}, {}{note}", record.by, record.at.day());
        let _ = write!(out, "{DIM}{}{DIM:#}", wrap(&line, width, "  ", "    "));
    }
    for mention in &backing.open {
        let line = format!("{} {}: {}", mention.status.as_str(), mention.text, mention.how);
        let _ = write!(out, "{WARN}{}{WARN:#}", wrap(&line, width, "  ", "    "));
    }
    let is_bare = backing.direct.is_empty() && backing.asserted.is_empty() && backing.inherited.is_empty();
    if is_bare && backing.open.is_empty() {
        let _ = writeln!(out, "  {WARN}no source{WARN:#}: neither this claim nor one it stands under cites a work");
    }
}

fn shown(step: &PathStep) -> String {
    match (&step.marker, step.text.is_empty()) {
        (Some(marker), false) => format!("{marker} {}", step.text),
        (Some(marker), true) => marker.clone(),
        (None, _) => step.text.clone(),
    }
}

fn is_all_open(sources: &[Source]) -> bool {
    sources.iter().all(|s| s.standing.state == PairState::Open)
}

/// Each work: key, formatted reference, link, what people judged of it.
fn sources(
    out: &mut String,
    width: usize,
    claim: &str,
    quotes: &marks::Quotes,
    sources: &[Source],
    style: &ChosenStyle,
) {
    let works: Vec<Work> = sources.iter().map(|s| s.work.clone()).collect();
    for (source, reference) in sources.iter().zip(style.references(&works)) {
        let key = source.key.as_deref().unwrap_or("(no entry)");
        let link = source.work.link().filter(|l| !reference.contains(l.as_str()));
        let mark = if source.ambiguous { " (one of several it may mean)" } else { "" };
        let line = format!("{key}  {reference}{mark}{}", link.map(|l| format!("  {l}")).unwrap_or_default());
        let wrapped = wrap(&line, width, "  ", "      ");
        // Only the key is coloured; it is one word and so on the first line.
        let plain_key = inert_line(key);
        let linked = hyperlink(&plain_key, &source.work.link().unwrap_or_default());
        let coloured = wrapped.replacen(&plain_key, &format!("{KEY}{linked}{KEY:#}"), 1);
        out.push_str(&coloured);
        if source.standing.state == PairState::Open && !is_all_open(sources) {
            out.push_str("      not yet checked\n");
        }
        out.push_str(&marks::opinions(&source.standing, claim, quotes, width, "      "));
    }
}

fn as_json(answer: &Answer, style: &ChosenStyle) -> Value {
    let Answer { head, backing, quotes, .. } = answer;
    let list = |sources: &[Source]| -> Vec<Value> {
        let works: Vec<Work> = sources.iter().map(|s| s.work.clone()).collect();
        let references = style.references(&works);
        sources
            .iter()
            .zip(references)
            .map(|(s, reference)| {
                json!({
                    "key": s.key, "formatted": reference, "doi": s.work.doi().map(|d| d.to_string()),
                    "url": s.work.link(), "printed": s.printed, "ambiguous": s.ambiguous,
                    "review": marks::as_json(&s.standing, quotes),
                })
            })
            .collect()
    };
    let inherited = |i: &InheritedSupport| json!({ "from": i.from, "levels": i.levels, "sources": list(&i.sources) });
    let inherited: Vec<Value> = backing.inherited.iter().map(inherited).collect();
    let open: Vec<Value> = backing
        .open
        .iter()
        .map(|m| json!({ "text": m.text, "start": m.span.start, "end": m.span.end, "status": m.status.as_str(), "how": m.how }))
        .collect();
    json!({
        "document": backing.document, "id": head.id, "path": head.path, "text": head.text,
        "direct": list(&backing.direct),
        "asserted": list(&backing.asserted.iter().map(|(source, _)| source.clone()).collect::<Vec<_>>()),
        "removed": backing.removed.iter().map(|(key, _)| key).collect::<Vec<_>>(), "inherited": inherited, "open": open,
    })
}
