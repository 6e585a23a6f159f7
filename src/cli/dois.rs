//! `citetrail dois`: the DOI list.

use std::path::Path;

use serde_json::{Value, json};

use super::Outcome;
use super::args::{DoiFormat, DoisArgs};
use super::cite::selected_works;
use super::error::CliError;
use super::output::{Console, count};
use crate::text::{csv_cell, inert_line};
use crate::work::{Doi, Field, Work};

pub(super) fn run(args: &DoisArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let works = selected_works(&args.what_to_cite, args.all, &args.scope, project, console)?;
    let (with, without): (Vec<&Work>, Vec<&Work>) = works.iter().partition(|w| w.doi().is_some());
    let shown = if args.missing { &without } else { &with };
    let rows: Vec<(&Work, Option<Doi>)> = shown.iter().map(|w| (*w, w.doi())).collect();
    match args.to {
        DoiFormat::Text | DoiFormat::Url => {
            let line = |(work, doi): &(&Work, Option<Doi>)| match (doi, args.to) {
                (Some(doi), DoiFormat::Url) => doi.url(),
                (Some(doi), _) => doi.to_string(),
                (None, _) => missing(work),
            };
            let lines: String = rows.iter().map(|row| format!("{}\n", inert_line(&line(row)))).collect();
            console.print(&lines)?;
        }
        DoiFormat::Csv => {
            let mut out = String::from("key,doi,year,title\n");
            for (work, doi) in &rows {
                let year = work.year().map(|y| y.to_string()).unwrap_or_default();
                let doi = doi.as_ref().map(Doi::to_string).unwrap_or_default();
                let title = work.plain(Field::Title).unwrap_or_default();
                let cells = [work.key.as_str(), &doi, &year, &title].map(|cell| csv_cell(&inert_line(cell)));
                out.push_str(&format!("{}\n", cells.join(",")));
            }
            console.print_raw(&out)?;
        }
        DoiFormat::Json => {
            let list: Vec<Value> = rows
                .iter()
                .map(|(work, doi)| json!({ "key": work.key, "doi": doi.as_ref().map(Doi::to_string), "title": work.plain(Field::Title) }))
                .collect();
            let json = serde_json::to_string_pretty(&json!({ "works": list })).expect("plain data");
            console.print_raw(&format!("{json}\n"))?;
        }
    }
    if args.missing {
        console.note(&format!("{} of {} without a DOI", without.len(), count(works.len(), "work")));
    } else if !without.is_empty() {
        console.note(&format!(
            "{} of {} without a DOI; --missing lists them",
            without.len(),
            count(works.len(), "work")
        ));
    }
    Ok(if rows.is_empty() { Outcome::Found } else { Outcome::Done })
}

fn missing(work: &Work) -> String {
    let year = work.year().map(|y| format!(" ({y})")).unwrap_or_default();
    let name = work.creators().first().map(|n| n.cited()).unwrap_or_default();
    format!("{}  {name}{year} {}", work.key, work.plain(Field::Title).unwrap_or("untitled".into()))
}
