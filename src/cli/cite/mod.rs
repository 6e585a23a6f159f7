//! `citetrail cite`: formatted citations.

mod write;

use std::collections::BTreeMap;
use std::path::Path;

use super::Outcome;
use super::args::{CiteArgs, CiteBy, CitePart, ScopeArgs};
use super::error::CliError;
use super::output::{Console, count};
use super::scope::{Scope, read_works};
use super::style;
use crate::answers::{CitingClaim, Selection, select};
use crate::csl::{Citation, Cite, Place};
use crate::project::Store;
use crate::work::Work;

pub(super) fn run(args: &CiteArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let (scope, selection) = selected(&args.what_to_cite, args.all, args.by, &args.scope, project, console)?;
    let style = style::chosen(&args.style, scope.as_ref().and_then(Scope::project))?;
    let lists = lists(selection, args.by);
    if lists.iter().all(|list| list.works.is_empty()) {
        console.note("no works to cite");
        return Ok(Outcome::Found);
    }
    // What is wrong with a place is said before anything is written.
    let lists =
        lists.iter().map(|list| Ok((list, list.citations(args.what)?))).collect::<Result<Vec<_>, CliError>>()?;
    write::write(&mut console.raw_output(), &lists, &style, args, console.hyperlinks())?;
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
            return Ok(select(store, &scope.reviews(store)?, queries)?);
        }
        if by.is_none() {
            return Ok(Selection { works: store.works()?, ..Selection::default() });
        }
        let documents: Vec<String> = store.document_names()?.into_iter().map(|(_, name)| name).collect();
        Ok(select(store, &scope.reviews(store)?, &documents)?)
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
            selection.add_place(&work.key, &query[at + 1..]);
        }
        if selection.works.iter().all(|chosen| chosen.key != work.key) {
            selection.works.push(work.clone());
        }
    }
    Ok(selection)
}

/// The printed references of the documents in a store, each with the work that was read from it.
pub(super) fn printed_in(store: &Store) -> Result<Vec<(String, Work)>, CliError> {
    let mut printed = Vec::new();
    for (id, _) in store.document_names()? {
        let analysis = store.document(id)?.analysis;
        let references = analysis.document.references.into_iter().zip(analysis.references);
        printed.extend(references.map(|(raw, parsed)| (raw.text, parsed.work)));
    }
    Ok(printed)
}

/// A reference list of its own.
struct List {
    heading: Option<String>,
    works: Vec<Work>,
    places: BTreeMap<String, Vec<String>>,
}

/// The lists that are asked for: one, or one for each part that cites.
fn lists(selection: Selection, by: Option<CiteBy>) -> Vec<List> {
    let Some(by) = by else {
        return vec![List { heading: None, works: selection.works, places: selection.places }];
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
            lists.push(List { heading: Some(heading), works: vec![], places: selection.places.clone() });
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

impl List {
    /// A citation for each work, or for each place in it that is asked for; none where only the list is wanted.
    fn citations(&self, what: CitePart) -> Result<Vec<Citation<'_>>, CliError> {
        let mut citations = Vec::new();
        if what == CitePart::Bibliography {
            return Ok(citations);
        }
        for (i, work) in self.works.iter().enumerate() {
            let places = self.places.get(&work.key).map_or(&[][..], Vec::as_slice);
            let places = places.iter().map(|place| Place::parse(place).map_err(|e| CliError::Message(e.to_string())));
            let before = citations.len();
            for place in places {
                citations
                    .push(Citation { cites: vec![Cite { locator: Some(place?), ..Cite::of(i) }], note_number: None });
            }
            if citations.len() == before {
                citations.push(Citation::of(i));
            }
        }
        Ok(citations)
    }
}
