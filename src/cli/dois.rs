//! `citetrail dois`: the DOI list.

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Value, json};

use super::Outcome;
use super::args::{DoiFormat, DoisArgs};
use super::check::resolved_in;
use super::cite::selected_works;
use super::error::CliError;
use super::output::{Console, count};
use crate::matching::index::Index;
use crate::project::{Project, ProjectError};
use crate::resolve::{Kept, Resolution};
use crate::text::{csv_cell, inert_line};
use crate::work::{Doi, Field, Work};

/// A line of the list.
struct Row<'a> {
    work: &'a Work,
    doi: Option<Doi>,
    /// How the DOI is known, when the entry does not have it.
    matched: Option<&'a Resolution>,
}

pub(super) fn run(args: &DoisArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let works = selected_works(&args.what_to_cite, args.all, &args.scope, project, console)?;
    let resolutions = resolutions(args, &works, project)?;
    let kept = Kept::new(&works, &resolutions);
    let known: HashMap<&str, &Resolution> = kept
        .of(&works)
        .filter(|(work, known)| work.doi().is_none() && known.found().is_some_and(|seen| seen.doi.is_some()))
        .map(|(work, known)| (work.key.as_str(), known))
        .collect();
    let row = |work| {
        let own = Work::doi(work);
        let matched = known.get(work.key.as_str()).copied().filter(|_| args.matched && own.is_none());
        Row { work, doi: own.or_else(|| matched?.found()?.doi.clone()), matched }
    };
    let (with, without): (Vec<Row>, Vec<Row>) = works.iter().map(row).partition(|row| row.doi.is_some());
    let rows = if args.missing { &without } else { &with };
    write(args, rows, console)?;
    let without = without.len();
    if args.missing {
        console.note(&format!("{without} of {} without a DOI", count(works.len(), "work")));
    } else if without > 0 {
        console.note(&format!("{without} of {} without a DOI; --missing lists them", count(works.len(), "work")));
    }
    if args.matched {
        let matched = with.iter().filter(|row| row.matched.is_some()).count();
        console.note(&format!("{} found by matching, in no entry", count(matched, "DOI")));
    } else if !known.is_empty() {
        let are = if known.len() == 1 { "is" } else { "are" };
        console.note(&format!("{} more {are} known by matching; --matched adds them", count(known.len(), "DOI")));
    }
    Ok(if rows.is_empty() { Outcome::Found } else { Outcome::Done })
}

/// What is known of the works by matching.
fn resolutions(args: &DoisArgs, works: &[Work], project: Option<&Path>) -> Result<Vec<Resolution>, CliError> {
    if let Some(folder) = &args.index {
        let without: Vec<Work> = works.iter().filter(|work| work.doi().is_none()).cloned().collect();
        return resolved_in(&Index::open(folder)?, &without);
    }
    if args.scope.document.is_some() || args.scope.bib.is_some() {
        return Ok(Vec::new());
    }
    match Project::discover(project.unwrap_or(Path::new("."))) {
        Ok(project) => Ok(project.resolutions()?.resolutions),
        Err(ProjectError::NoProject(_)) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn write(args: &DoisArgs, rows: &[Row<'_>], console: &Console) -> Result<(), CliError> {
    match args.to {
        DoiFormat::Text | DoiFormat::Url => {
            let line = |row: &Row<'_>| {
                let doi = match (&row.doi, args.to) {
                    (Some(doi), DoiFormat::Url) => doi.url(),
                    (Some(doi), _) => doi.to_string(),
                    (None, _) => missing(row.work),
                };
                let how = row.matched.map(|known| format!("  # {}: {}", row.work.key, found_by(known)));
                doi + &how.unwrap_or_default()
            };
            let lines: String = rows.iter().map(|row| format!("{}\n", inert_line(&line(row)))).collect();
            console.print(&lines)
        }
        DoiFormat::Csv => {
            // A column more only where it tells something.
            let mut out = String::from(if args.matched { "key,doi,year,title,how\n" } else { "key,doi,year,title\n" });
            for row in rows {
                let year = row.work.year().map(|y| y.to_string()).unwrap_or_default();
                let doi = row.doi.as_ref().map(Doi::to_string).unwrap_or_default();
                let title = row.work.plain(Field::Title).unwrap_or_default();
                let how = match row.matched {
                    Some(known) => found_by(known),
                    None if row.doi.is_some() => "entry".to_owned(),
                    None => String::new(),
                };
                let cells = [row.work.key.as_str(), &doi, &year, &title, &how];
                let cells = &cells[..if args.matched { 5 } else { 4 }];
                let cells: Vec<String> = cells.iter().map(|cell| csv_cell(&inert_line(cell))).collect();
                out.push_str(&format!("{}\n", cells.join(",")));
            }
            console.print_raw(&out)
        }
        DoiFormat::Json => {
            let list: Vec<Value> = rows.iter().map(as_json).collect();
            let json = serde_json::to_string_pretty(&json!({ "works": list })).expect("plain data");
            console.print_raw(&format!("{json}\n"))
        }
    }
}

fn as_json(row: &Row<'_>) -> Value {
    let doi = row.doi.as_ref().map(Doi::to_string);
    let mut json = json!({ "key": row.work.key, "doi": doi, "title": row.work.plain(Field::Title) });
    if let Some(known) = row.matched {
        json["how"] = json!("matched");
        json["verdict"] = json!(known.verdict);
        json["score"] = json!(known.record.as_ref().map(|seen| seen.score));
        json["disagreements"] = json!(known.disagreements);
        json["asked"] = json!(known.asked);
    } else if row.doi.is_some() {
        json["how"] = json!("entry");
    }
    json
}

/// "found by matching, index works (2026-11-25); title disagrees".
fn found_by(known: &Resolution) -> String {
    let fields: Vec<&str> = known.disagreements.iter().map(|d| d.field.as_str()).collect();
    let but = match fields.len() {
        0 if known.is_certain() => String::new(),
        0 => "; not certain".to_owned(),
        1 => format!("; {} disagrees", fields[0]),
        _ => format!("; {} disagree", fields.join(", ")),
    };
    format!("found by matching, {}{but}", known.sources())
}

fn missing(work: &Work) -> String {
    let year = work.year().map(|y| format!(" ({y})")).unwrap_or_default();
    let name = work.creators().first().map(|n| n.cited()).unwrap_or_default();
    format!("{}  {name}{year} {}", work.key, work.plain(Field::Title).unwrap_or("untitled".into()))
}
