//! `citetrail export`: the map of claims and sources, for other programs.

mod csv;
mod graph;
mod jsonl;
mod map;
mod nanopub;
mod trig;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, ValueEnum};

use self::map::Map;
use self::trig::Names;
use super::Outcome;
use super::args::ScopeArgs;
use super::error::CliError;
use super::output::{Console, count};
use super::scope::{Scope, write_file};
use crate::review::Timestamp;

/// The map of claims and sources: every claim with every work behind it and what people judged, for other programs
#[derive(Debug, Args)]
#[command(after_help = "\
Formats:
  csv      a table, one line for each claim and work (RFC 4180; a claim without a source has a line, too)
  jsonl    the same with verdicts, quotes and the whole record of the work (CSL-JSON), one JSON object a line
  graph    claims → works as a graph in DOT, for Graphviz
  nanopub  citations and verdicts as nanopublications in TriG (CiTO, PROV, Web Annotation)

A cell that a spreadsheet would run as a formula gets an apostrophe before it. Nanopublications say what is certain:
ambiguous citations, inherited support that nobody judged, and stale verdicts are not among them.

Examples:
  citetrail export --to csv -o map.csv
  citetrail export --to jsonl --in entry.txt | jq .work.key
  citetrail export --to graph | dot -Tsvg > map.svg
  citetrail export --to nanopub --base https://example.org/review/ -o map.trig")]
pub struct ExportArgs {
    /// The format to write.
    #[arg(long, value_name = "FORMAT")]
    pub to: MapFormat,
    /// Write to this file instead of standard output.
    #[arg(short, long, visible_alias = "out", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where the names of nanopublications, claims and people begin; without, they are UUIDs made of what they name.
    #[arg(long, value_name = "IRI", value_parser = trig::base)]
    pub base: Option<String>,
    #[command(flatten)]
    pub scope: ScopeArgs,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MapFormat {
    Csv,
    Jsonl,
    Graph,
    Nanopub,
}

pub(super) fn run(args: &ExportArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    if args.base.is_some() && args.to != MapFormat::Nanopub {
        return Err(CliError::Message("--base names nanopublications; give it with --to nanopub".to_owned()));
    }
    let scope = Scope::new(&args.scope, project, console)?;
    let map = scope.ask(|store| Map::new(store, &scope))?;
    let text = match args.to {
        MapFormat::Csv => csv::write(&map),
        MapFormat::Jsonl => jsonl::write(&map),
        MapFormat::Graph => graph::write(&map),
        MapFormat::Nanopub => {
            let names = Names::new(args.base.as_deref());
            nanopub::write(&map, &names, Timestamp::from(SystemTime::now()))
        }
    };
    match args.output.as_deref() {
        Some(path) if path != Path::new("-") => {
            write_file(path, text.as_bytes())?;
            let links = count(map.linked().count(), "link");
            console.note(&format!("wrote {}: {}, {links}", path.display(), count(map.claims(), "claim")));
        }
        _ => console.print_raw(&text)?,
    }
    if map.claims() == 0 {
        console.note("there are no claims; `citetrail load DOC` reads a document");
        return Ok(Outcome::Found);
    }
    let left_out = map.linked().filter(|(_, work)| work.ambiguous).count();
    if args.to == MapFormat::Nanopub && left_out > 0 {
        console.note(&format!("{} left out because ambiguous", count(left_out, "link")));
    }
    Ok(Outcome::Done)
}
