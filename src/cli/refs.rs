//! `citetrail refs`: the works of the bibliography.

use std::fmt::Write;
use std::path::Path;

use super::args::{AnswerFormat, RefsAddArgs, RefsArgs, RefsCommand, RefsExportArgs, RefsRemoveArgs, RefsShowArgs};
use super::backs::{self, no_such_work};
use super::error::CliError;
use super::output::{Console, KEY, count, wrap};
use super::scope::{Scope, project_at, read_works};
use super::{Outcome, cite, convert, dedupe, style};
use crate::answers::{FoundWorks, WorkQuery, citing, find_works};
use crate::bibliography::{self, Format, bibtex};
use crate::project::{AddedWork, Shrinking};
use crate::reference::parse_list;
use crate::text::inert;
use crate::work::{Field, Work};

pub(super) fn run(args: RefsArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = || -> Result<Scope, CliError> { Ok(Scope::Project(project_at(project)?)) };
    match args.command {
        RefsCommand::List(args) => list(&scope()?.ask(|store| Ok(store.works()?))?, args.to, console),
        RefsCommand::Search(args) => {
            let query = WorkQuery::parse(&args.words).map_err(|e| CliError::Message(e.to_string()))?;
            let works = if query.has_filters() {
                let all = scope()?.ask(|store| Ok(store.works()?))?;
                all.into_iter().filter(|work| query.matches(work)).collect()
            } else {
                scope()?.ask(|store| Ok(store.search_works(&args.words.join(" "))?))?
            };
            list(&works, args.to, console)
        }
        RefsCommand::Show(args) => show(&args, &scope()?, console),
        RefsCommand::Add(args) => add(&args, project, console),
        RefsCommand::Export(args) => export(&args, &scope()?, console),
        RefsCommand::Dedupe(args) => dedupe::run(&args, project, console),
        RefsCommand::Remove(args) => remove(&args, project, console),
    }
}

fn list(works: &[Work], format: AnswerFormat, console: &Console) -> Result<Outcome, CliError> {
    match format {
        AnswerFormat::Json => console.print_raw(&bibliography::write(works, Format::CSL_JSON))?,
        AnswerFormat::Text => {
            let longest = works.iter().map(|w| w.key.chars().count()).max().unwrap_or(0).min(24);
            let mut out = String::new();
            for work in works {
                let line = wrap(
                    &format!("{:longest$}  {}", work.key, summary(work)),
                    console.width(),
                    "",
                    &" ".repeat(longest + 2),
                );
                out.push_str(&line.replacen(work.key.as_str(), &format!("{KEY}{}{KEY:#}", work.key), 1));
            }
            console.print(&out)?;
            console.note(&count(works.len(), "work"));
        }
    }
    Ok(if works.is_empty() { Outcome::Found } else { Outcome::Done })
}

/// First creator, year, title.
pub(super) fn summary(work: &Work) -> String {
    let creators = work.creators();
    let name = match creators {
        [] => String::new(),
        [one] => one.cited(),
        [one, two] => format!("{} & {}", one.cited(), two.cited()),
        [first, ..] => format!("{} et al.", first.cited()),
    };
    let year = work.year().map(|y| format!(" ({y})")).unwrap_or_default();
    format!("{name}{year} {}", work.plain(Field::Title).unwrap_or("untitled".into()))
}

fn show(args: &RefsShowArgs, scope: &Scope, console: &Console) -> Result<Outcome, CliError> {
    let query = args.work.join(" ");
    let style = style::chosen(&args.style, scope.project())?;
    let answer = scope.ask(|store| {
        Ok(match find_works(store, &query)? {
            FoundWorks::None { similar } => Err(similar),
            FoundWorks::Some(works) => {
                let with_claims = works.into_iter().take(20).map(|work| {
                    let claims = citing(store, &work.key)?;
                    Ok((work, claims))
                });
                Ok(with_claims.collect::<Result<Vec<_>, CliError>>()?)
            }
        })
    })?;
    let found = match answer {
        Ok(found) => found,
        Err(similar) => {
            console.note(&no_such_work(&query, &similar));
            return Ok(Outcome::Found);
        }
    };
    if args.to == AnswerFormat::Json {
        let works: Vec<Work> = found.into_iter().map(|(work, _)| work).collect();
        console.print_raw(&bibliography::write(&works, Format::CSL_JSON))?;
        return Ok(Outcome::Done);
    }
    for (i, (work, claims)) in found.iter().enumerate() {
        let mut out = String::new();
        if i > 0 {
            out.push('\n');
        }
        out.push_str(&backs::text(work, claims, &style, console.width()));
        let _ = write!(out, "\n{}", inert(&bibtex::entry_text(work)));
        console.print(&out)?;
    }
    Ok(Outcome::Done)
}

fn export(args: &RefsExportArgs, scope: &Scope, console: &Console) -> Result<Outcome, CliError> {
    let all = scope.ask(|store| Ok(store.works()?))?;
    let works = cite::of_file(all, &args.keys, Path::new("refs.bib"))?.works;
    convert::write(&works, args.to, args.output.as_deref(), console)?;
    Ok(if works.is_empty() { Outcome::Found } else { Outcome::Done })
}

fn add(args: &RefsAddArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(project)?;
    let mut works: Vec<Work> = parse_list(&args.references).into_iter().map(|p| p.work).collect();
    if let Some(path) = &args.from {
        works.extend(read_works(path, console)?);
    }
    let command = format!("refs add ({})", count(works.len(), "work"));
    let printed: Vec<String> = works.iter().map(summary).collect();
    let added = project.add_works(&command, works)?;
    let mut refused = 0;
    for (outcome, printed) in added.works.iter().zip(&printed) {
        match outcome {
            AddedWork::New { key, alike } => {
                console.note(&format!("added {key}: {printed}"));
                if !alike.is_empty() {
                    console.warn(&format!("{key} may be the same publication as {}", alike.join(", ")));
                }
            }
            AddedWork::Known { key } => console.note(&format!("already there as {key}: {printed}")),
            AddedWork::Unreadable => {
                console.warn(&format!("not added, too little was understood: {printed}"));
                refused += 1;
            }
        }
    }
    Ok(if refused > 0 || added.works.is_empty() { Outcome::Found } else { Outcome::Done })
}

fn remove(args: &RefsRemoveArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(project)?;
    let force = if args.force { Shrinking::Allowed } else { Shrinking::Refused };
    for key in &args.keys {
        project.remove_work(&format!("refs remove {key}"), key, force)?;
        console.note(&format!("removed {key}; `citetrail undo` brings it back"));
    }
    Ok(Outcome::Done)
}
