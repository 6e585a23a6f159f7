//! `citetrail cite`: formatted citations.

use std::path::Path;

use serde_json::{Value, json};

use super::Outcome;
use super::args::{CiteArgs, CiteFormat, CitePart, ScopeArgs};
use super::error::CliError;
use super::output::{Console, count};
use super::scope::{Scope, read_works};
use super::style::{self, ChosenStyle};
use crate::answers::select;
use crate::csl::{self, Citation, Target};
use crate::work::Work;

pub(super) fn run(args: &CiteArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let selected = selected_works(&args.what_to_cite, args.all, &args.scope, project, console)?;
    let style = style::chosen(&args.style, selected.scope.as_ref().and_then(Scope::project))?;
    if selected.works.is_empty() {
        console.note("no works to cite");
        return Ok(Outcome::Found);
    }
    write(&selected.works, &style, args, console)?;
    Ok(Outcome::Done)
}

/// The works a command is about.
pub(super) struct SelectedWorks {
    pub works: Vec<Work>,
    scope: Option<Scope>,
}

/// Works by claim, section, document or key; or all of them; or those of a bibliography file.
pub(super) fn selected_works(
    queries: &[String],
    all: bool,
    scope_args: &ScopeArgs,
    project: Option<&Path>,
    console: &Console,
) -> Result<SelectedWorks, CliError> {
    if let (Some(bib), None) = (&scope_args.bib, &scope_args.document) {
        let works = read_works(bib, console)?;
        let works = if queries.is_empty() { works } else { by_key(works, queries, bib)? };
        return Ok(SelectedWorks { works, scope: None });
    }
    let scope = Scope::new(scope_args, project, console)?;
    if all {
        let works = scope.ask(|store| Ok(store.works()?))?;
        return Ok(SelectedWorks { works, scope: Some(scope) });
    }
    let selection = scope.ask(|store| Ok(select(store, queries)?))?;
    let noun = count(selection.works.len(), "work");
    console.note(&format!("{noun} for {}", selection.meaning.join(", ")));
    if !selection.inherited.is_empty() {
        console
            .note(&format!("inherited from an enclosing claim, not yet checked: {}", selection.inherited.join(", ")));
    }
    if !selection.unresolved.is_empty() {
        console.warn(&format!("not in the list because unresolved: {}", selection.unresolved.join(", ")));
    }
    Ok(SelectedWorks { works: selection.works, scope: Some(scope) })
}

fn by_key(works: Vec<Work>, keys: &[String], file: &Path) -> Result<Vec<Work>, CliError> {
    keys.iter()
        .map(|key| {
            let found = works.iter().find(|w| w.key == *key).cloned();
            found.ok_or_else(|| CliError::file(file, format!("no work has the key “{key}”")))
        })
        .collect()
}

fn write(works: &[Work], style: &ChosenStyle, args: &CiteArgs, console: &Console) -> Result<(), CliError> {
    let citations: Vec<Citation<'_>> = match args.what {
        CitePart::Bibliography => vec![],
        _ => (0..works.len()).map(Citation::of).collect(),
    };
    let rendered = csl::render(&style.style, style.locale.as_deref(), works, &citations);
    let target = match args.to {
        CiteFormat::Text | CiteFormat::Json => Target::Text,
        CiteFormat::Html => Target::Html,
        CiteFormat::Markdown => Target::Markdown,
        CiteFormat::Latex => Target::Latex,
        CiteFormat::Typst => Target::Typst,
        CiteFormat::Rtf => Target::Rtf,
    };
    let citations: Vec<(usize, String)> =
        rendered.citations.iter().enumerate().map(|(i, output)| (i, output.write(target))).collect();
    let entries: Vec<(usize, String)> = match args.what {
        CitePart::Citations => vec![],
        _ => rendered.bibliography.iter().map(|e| (e.work, e.output.write(target))).collect(),
    };
    if args.to == CiteFormat::Json {
        let rows = |list: &[(usize, String)]| -> Vec<Value> {
            list.iter().map(|(work, text)| json!({ "id": works[*work].key, "text": text })).collect()
        };
        let mut answer = json!({ "style": style.name });
        if args.what != CitePart::Bibliography {
            answer["citations"] = rows(&citations).into();
        }
        if args.what != CitePart::Citations {
            answer["bibliography"] = rows(&entries).into();
        }
        return console.print_raw(&format!("{}\n", serde_json::to_string(&answer).expect("plain data")));
    }
    let mut out = String::new();
    for (_, text) in &citations {
        out.push_str(text);
        out.push('\n');
    }
    if !citations.is_empty() && !entries.is_empty() {
        out.push('\n');
    }
    out.push_str(&list(&entries, args.to));
    // Text goes to a terminal as it is; the writers of other targets escape for theirs.
    match args.to {
        CiteFormat::Text => console.print(&crate::text::inert(&out)),
        _ => console.print_raw(&out),
    }
}

/// The entries as a list of the target.
fn list(entries: &[(usize, String)], format: CiteFormat) -> String {
    let lines = |before: &str, after: &str| -> String {
        entries.iter().map(|(_, text)| format!("{before}{text}{after}\n")).collect()
    };
    match format {
        CiteFormat::Html if !entries.is_empty() => {
            format!("<div class=\"csl-bib-body\">\n{}</div>\n", lines("  <div class=\"csl-entry\">", "</div>"))
        }
        CiteFormat::Markdown | CiteFormat::Latex | CiteFormat::Typst => {
            entries.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n\n") + "\n"
        }
        CiteFormat::Rtf => format!("{{\\rtf1\\ansi\n{}}}\n", lines("", "\\par")),
        _ => lines("", ""),
    }
}
