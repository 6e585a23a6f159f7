//! `citetrail backs`: which claims rest on a work.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{AnswerFormat, BacksArgs};
use super::error::CliError;
use super::output::{Console, DIM, KEY, count, hyperlink, wrap};
use super::scope::Scope;
use super::style::ChosenStyle;
use super::{Outcome, marks, style};
use crate::answers::{Citing, FoundWorks, citing, find_works, path_steps};
use crate::project::StoredDocument;
use crate::review::PairState;
use crate::text::inert_line;
use crate::work::Work;

/// More works than this are counted, not shown.
const SHOWN: usize = 20;

type Answer = (Work, Vec<(StoredDocument, Vec<Citing>)>);

pub(super) fn run(args: &BacksArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = Scope::new(&args.scope, project, console)?;
    let query = args.work.join(" ");
    if query.trim().is_empty() {
        return Err(CliError::Message("give a citation key, a DOI, or words of author, title or year".to_owned()));
    }
    let style = style::chosen(&args.style, scope.project())?;
    let answer = scope.ask(|store| {
        Ok(match find_works(store, &query)? {
            FoundWorks::None { similar } => Err(similar),
            FoundWorks::Some(works) => {
                let total = works.len();
                let reviews = scope.reviews(store)?;
                let answers = works.into_iter().take(SHOWN).map(|work| {
                    let claims = citing(store, &reviews, &work.key)?;
                    Ok((work, claims))
                });
                Ok((answers.collect::<Result<Vec<Answer>, CliError>>()?, total))
            }
        })
    })?;
    let (answers, total) = match answer {
        Ok(found) => found,
        Err(similar) => {
            console.note(&no_such_work(&query, &similar));
            return Ok(Outcome::Found);
        }
    };
    match args.to {
        AnswerFormat::Text => {
            for (i, (work, claims)) in answers.iter().enumerate() {
                let mut out = String::new();
                if i > 0 {
                    out.push('\n');
                }
                out.push_str(&text(work, claims, &style, console.width()));
                console.print(&out)?;
            }
            if total > SHOWN {
                console.note(&format!("{} more works; add words, or give a key", total - SHOWN));
            }
        }
        AnswerFormat::Json => {
            let works: Vec<Value> = answers.iter().map(|(work, claims)| as_json(work, claims)).collect();
            let json = serde_json::to_string_pretty(&json!({ "works": works, "total": total })).expect("plain data");
            console.print_raw(&format!("{json}\n"))?;
        }
    }
    Ok(Outcome::Done)
}

/// What to say when no work was found.
pub(super) fn no_such_work(query: &str, similar: &[String]) -> String {
    let hint = match similar {
        [] => "`citetrail refs list` lists them".to_owned(),
        some => format!("similar: {}", some.join(", ")),
    };
    format!("no work has “{query}”; {hint}")
}

pub(super) fn text(
    work: &Work,
    documents: &[(StoredDocument, Vec<Citing>)],
    style: &ChosenStyle,
    width: usize,
) -> String {
    let mut out = String::new();
    let reference = style.references(std::slice::from_ref(work)).remove(0);
    let key = hyperlink(&inert_line(&work.key), &work.link().unwrap_or_default());
    let _ = write!(out, "{KEY}{key}{KEY:#}\n{}", wrap(&reference, width, "  ", "      "));
    if let Some(link) = work.link().filter(|l| !reference.contains(l.as_str())) {
        let _ = writeln!(out, "  {}", inert_line(&link));
    }
    if documents.is_empty() {
        let _ = writeln!(out, "  no claim cites it");
    }
    for (document, list) in documents {
        let _ = writeln!(out, "  {DIM}{}{DIM:#}", inert_line(&document.name));
        for citing in list {
            let claim = citing.place.claim;
            let trail: Vec<String> = path_steps(&document.analysis, claim)
                .into_iter()
                .map(|s| match s.marker {
                    Some(marker) => marker,
                    None => s.text,
                })
                .collect();
            let trail = if trail.is_empty() { String::new() } else { format!("{} › ", trail.join(" › ")) };
            let checked = citing.heirs.iter().filter(|h| matches!(h.state, PairState::Checked(_))).count();
            let heirs = match (citing.heirs.len(), checked) {
                (0, _) => String::new(),
                (n, 0) => format!(" (and {} below inherit it)", count(n, "claim")),
                (n, checked) => format!(" (and {} below inherit it, {checked} checked)", count(n, "claim")),
            };
            let asserted = if citing.asserted { " (asserted)" } else { "" };
            let state = match marks::mark(citing.standing.state) {
                Some((_, mark)) => format!("  {mark} {}", citing.standing.state.words()),
                None => String::new(),
            };
            let doubt = if citing.ambiguous { " (ambiguous)" } else { "" };
            let line = format!("{trail}{}{doubt}{asserted}{heirs}{state}", document.analysis.bare_text(claim));
            out.push_str(&wrap(&line, width, "    ● ", "      "));
        }
    }
    out
}

pub(super) fn as_json(work: &Work, documents: &[(StoredDocument, Vec<Citing>)]) -> Value {
    let claims: Vec<Value> = documents
        .iter()
        .flat_map(|(document, list)| {
            list.iter().map(move |citing| {
                let analysis = &document.analysis;
                let claim = citing.place.claim;
                json!({
                    "document": document.name, "id": analysis.claims[claim].id.as_str(), "path": analysis.path(claim),
                    "text": analysis.document.claims[claim].text, "ambiguous": citing.ambiguous, "heirs": citing.heirs.len(), "asserted": citing.asserted,
                    "review": marks::as_json(&citing.standing, &marks::Quotes::new()),
                })
            })
        })
        .collect();
    json!({ "key": work.key, "doi": work.doi().map(|d| d.to_string()), "claims": claims })
}
