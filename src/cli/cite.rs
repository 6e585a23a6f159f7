//! `citetrail cite`: formatted citations.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::Outcome;
use super::args::{CiteArgs, CiteBy, CiteFormat, CiteOrder, CitePart, ScopeArgs};
use super::error::CliError;
use super::output::{Console, count};
use super::scope::{Scope, read_works};
use super::style::{self, ChosenStyle};
use crate::answers::{CitingClaim, Selection, select};
use crate::csl::{self, Citation, Cite, Node, Output, Place, Run, Source, Target};
use crate::work::Work;

pub(super) fn run(args: &CiteArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let (scope, selection) = selected(&args.what_to_cite, args.all, args.by, &args.scope, project, console)?;
    let style = style::chosen(&args.style, scope.as_ref().and_then(Scope::project))?;
    let lists = lists(selection, args.by);
    if lists.iter().all(|list| list.works.is_empty()) {
        console.note("no works to cite");
        return Ok(Outcome::Found);
    }
    let rendered = lists.iter().map(|list| list.render(&style, args)).collect::<Result<Vec<_>, CliError>>()?;
    if args.to == CiteFormat::Json {
        console.print_raw(&format!("{}\n", as_json(&rendered, &style, args)))?;
        return Ok(Outcome::Done);
    }
    let out = document(&rendered, args.to);
    // Text goes to a terminal as it is; the writers of other targets escape for theirs.
    match args.to {
        CiteFormat::Text => console.print(&crate::text::inert(&out))?,
        _ => console.print_raw(&out)?,
    }
    Ok(Outcome::Done)
}

/// The works a command is about: by claim, section, document or key; or all of them; or those of a bibliography file.
pub(super) fn selected_works(
    queries: &[String],
    all: bool,
    scope_args: &ScopeArgs,
    project: Option<&Path>,
    console: &Console,
) -> Result<Vec<Work>, CliError> {
    Ok(selected(queries, all, None, scope_args, project, console)?.1.works)
}

fn selected(
    queries: &[String],
    all: bool,
    by: Option<CiteBy>,
    scope_args: &ScopeArgs,
    project: Option<&Path>,
    console: &Console,
) -> Result<(Option<Scope>, Selection), CliError> {
    if let (Some(bib), None) = (&scope_args.bib, &scope_args.document) {
        return Ok((None, of_file(read_works(bib, console)?, queries, bib)?));
    }
    let scope = Scope::new(scope_args, project, console)?;
    let selection = scope.ask(|store| {
        if !all {
            return Ok(select(store, queries)?);
        }
        if by.is_none() {
            return Ok(Selection { works: store.works()?, ..Selection::default() });
        }
        let documents: Vec<String> = store.document_names()?.into_iter().map(|(_, name)| name).collect();
        Ok(select(store, &documents)?)
    })?;
    if !selection.meaning.is_empty() {
        let noun = count(selection.works.len(), "work");
        console.note(&format!("{noun} for {}", selection.meaning.join(", ")));
    }
    if !selection.inherited.is_empty() {
        let keys = selection.inherited.join(", ");
        console.note(&format!("inherited from an enclosing claim, not yet checked: {keys}"));
    }
    if !selection.unresolved.is_empty() {
        console.warn(&format!("not in the list because unresolved: {}", selection.unresolved.join(", ")));
    }
    Ok((Some(scope), selection))
}

/// Works of a bibliography file: all, or those of the keys, which may have places.
pub(super) fn of_file(works: Vec<Work>, queries: &[String], file: &Path) -> Result<Selection, CliError> {
    if queries.is_empty() {
        return Ok(Selection { works, ..Selection::default() });
    }
    let mut selection = Selection::default();
    for query in queries {
        let splits = std::iter::once(query.len()).chain(query.rmatch_indices(':').map(|(at, _)| at));
        let found = splits.into_iter().find_map(|at| Some((works.iter().find(|w| w.key == query[..at])?, at)));
        let (work, at) = found.ok_or_else(|| CliError::file(file, format!("no work has the key “{query}”")))?;
        if at < query.len() {
            selection.locators.insert(work.key.clone(), query[at + 1..].trim().to_owned());
        }
        selection.works.push(work.clone());
    }
    Ok(selection)
}

/// A reference list of its own.
struct List {
    heading: Option<String>,
    works: Vec<Work>,
    locators: BTreeMap<String, String>,
}

/// The lists that are asked for: one, or one for each part that cites.
fn lists(selection: Selection, by: Option<CiteBy>) -> Vec<List> {
    let Some(by) = by else {
        return vec![List { heading: None, works: selection.works, locators: selection.locators }];
    };
    let heading = |claim: &CitingClaim| match by {
        CiteBy::Claim => claim.text.clone(),
        CiteBy::Section if claim.section.is_empty() => claim.document.clone(),
        CiteBy::Section => claim.section.clone(),
        CiteBy::Document => claim.document.clone(),
    };
    let mut lists: Vec<List> = Vec::new();
    for claim in &selection.claims {
        let heading = heading(claim);
        if by == CiteBy::Claim || lists.last().is_none_or(|list| list.heading.as_ref() != Some(&heading)) {
            lists.push(List { heading: Some(heading), works: vec![], locators: selection.locators.clone() });
        }
        let list = lists.last_mut().expect("one was just pushed");
        for key in &claim.works {
            if list.works.iter().all(|w| w.key != *key) {
                list.works.extend(selection.works.iter().find(|w| w.key == *key).cloned());
            }
        }
    }
    lists
}

/// A list written for its target.
struct Written {
    /// As given, and written for the target.
    heading: Option<(String, String)>,
    /// Key and text.
    citations: Vec<(String, String)>,
    entries: Vec<(String, String)>,
}

impl List {
    fn render(&self, style: &ChosenStyle, args: &CiteArgs) -> Result<Written, CliError> {
        let cite = |(i, work): (usize, &Work)| -> Result<Citation<'_>, CliError> {
            let locator = self.locators.get(&work.key).map(|place| Place::parse(place));
            let locator = locator.transpose().map_err(|e| CliError::Message(e.to_string()))?;
            Ok(Citation { cites: vec![Cite { locator, ..Cite::of(i) }], note_number: None })
        };
        let citations = match args.what {
            CitePart::Bibliography => vec![],
            _ => self.works.iter().enumerate().map(cite).collect::<Result<Vec<_>, _>>()?,
        };
        let mut rendered = csl::render(&style.style, style.locale.as_deref(), &self.works, &citations);
        if args.order == CiteOrder::Citation {
            rendered.bibliography.sort_by_key(|entry| entry.work);
        }
        let target = target(args.to);
        let key = |work: usize| self.works[work].key.clone();
        let entries = match args.what {
            CitePart::Citations => vec![],
            _ => rendered.bibliography.iter().map(|e| (key(e.work), e.output.write(target))).collect(),
        };
        let plain =
            |text: &str| Output { nodes: vec![Node::Run(Run { text: text.to_owned(), source: Source::Style })] };
        Ok(Written {
            heading: self.heading.as_ref().map(|h| (h.clone(), plain(h).write(target))),
            citations: rendered.citations.iter().enumerate().map(|(i, o)| (key(i), o.write(target))).collect(),
            entries,
        })
    }
}

fn target(format: CiteFormat) -> Target {
    match format {
        CiteFormat::Text | CiteFormat::Json => Target::Text,
        CiteFormat::Html => Target::Html,
        CiteFormat::Markdown => Target::Markdown,
        CiteFormat::Latex => Target::Latex,
        CiteFormat::Typst => Target::Typst,
        CiteFormat::Rtf => Target::Rtf,
    }
}

fn as_json(lists: &[Written], style: &ChosenStyle, args: &CiteArgs) -> Value {
    let rows = |rows: &[(String, String)]| -> Vec<Value> {
        rows.iter().map(|(key, text)| json!({ "id": key, "text": text })).collect()
    };
    let parts = |list: &Written, mut answer: Value| {
        if args.what != CitePart::Bibliography {
            answer["citations"] = rows(&list.citations).into();
        }
        if args.what != CitePart::Citations {
            answer["bibliography"] = rows(&list.entries).into();
        }
        answer
    };
    match (args.by, lists) {
        (None, [list]) => parts(list, json!({ "style": style.name })),
        _ => {
            let heading = |list: &Written| json!({ "heading": list.heading.as_ref().map(|(given, _)| given) });
            let groups: Vec<Value> = lists.iter().map(|list| parts(list, heading(list))).collect();
            json!({ "style": style.name, "groups": groups })
        }
    }
}

/// The lists as a piece of a document of the target.
fn document(lists: &[Written], format: CiteFormat) -> String {
    let mut out = String::new();
    for (i, list) in lists.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        if let Some((_, heading)) = &list.heading {
            out.push_str(&match format {
                CiteFormat::Html => format!("<h3>{heading}</h3>\n"),
                CiteFormat::Markdown => format!("### {heading}\n\n"),
                CiteFormat::Latex => format!("\\subsection*{{{heading}}}\n\n"),
                CiteFormat::Typst => format!("=== {heading}\n\n"),
                CiteFormat::Rtf => format!("{{\\b {heading}}}\\par\n"),
                _ => format!("{heading}\n\n"),
            });
        }
        list.citations.iter().for_each(|(_, text)| out.push_str(&format!("{text}{}\n", end_of_line(format))));
        if !list.citations.is_empty() && !list.entries.is_empty() {
            out.push('\n');
        }
        out.push_str(&entries(&list.entries, format));
    }
    if format == CiteFormat::Rtf { format!("{{\\rtf1\\ansi\n{out}}}\n") } else { out }
}

/// What ends a line that is to stay one.
fn end_of_line(format: CiteFormat) -> &'static str {
    match format {
        CiteFormat::Html => "<br>",
        CiteFormat::Markdown | CiteFormat::Latex | CiteFormat::Typst => "\n",
        CiteFormat::Rtf => "\\par",
        _ => "",
    }
}

fn entries(entries: &[(String, String)], format: CiteFormat) -> String {
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
        CiteFormat::Rtf => lines("", "\\par"),
        _ => lines("", ""),
    }
}
