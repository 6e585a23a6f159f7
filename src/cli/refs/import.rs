//! `citetrail refs import`: the works of bibliography files join the bibliography.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::Outcome;
use super::super::error::CliError;
use super::super::output::{Console, count};
use super::super::scope::{project_at, read_works, shown_name};
use super::summary;
use crate::project::{AddedWork, Trial};

/// Take the works of bibliography files in; those that are there already are recognised
#[derive(Debug, Args)]
#[command(after_help = "\
Files may be of any format that `convert` reads. A work keeps its key where that is free. One that is in refs.bib already, under
whatever key, is not added again; one that may be is added, and said.

Exit status: 0 all works are in refs.bib now, 1 some could not be added, 2 nothing was done.

Examples:
  citetrail refs import export.ris pubmed.nbib
  curl -s https://example.org/list.bib | citetrail refs import -
  citetrail refs import old.bib --dry-run")]
pub struct RefsImportArgs {
    /// Bibliography files (\"-\" is standard input).
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Say what would be added and what is known, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

pub(super) fn run(args: &RefsImportArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(project)?;
    let mut works = Vec::new();
    for file in &args.files {
        works.extend(read_works(file, console)?);
    }
    let names: Vec<String> = args.files.iter().map(|f| shown_name(f)).collect();
    let command = format!("refs import {}", names.join(" "));
    let printed: Vec<String> = works.iter().map(summary).collect();
    let trial = if args.dry_run { Trial::Only } else { Trial::Write };
    let added = project.import_works(&command, works, trial)?;
    let (mut new, mut known, mut refused) = (0, 0, 0);
    let would = if args.dry_run { "would add" } else { "added" };
    for (outcome, printed) in added.works.iter().zip(&printed) {
        match outcome {
            AddedWork::New { key, alike } => {
                new += 1;
                console.note(&format!("{would} {key}: {printed}"));
                if !alike.is_empty() {
                    console.warn(&format!("{key} may be the same publication as {}", alike.join(", ")));
                }
            }
            AddedWork::Known { key } => {
                known += 1;
                console.note(&format!("already there as {key}: {printed}"));
            }
            AddedWork::Unreadable => {
                refused += 1;
                console.warn(&format!("not added, too little was understood: {printed}"));
            }
        }
    }
    console
        .note(&format!("{}: {new} new, {known} already there, {refused} not added", count(added.works.len(), "work")));
    Ok(if refused > 0 || added.works.is_empty() { Outcome::Found } else { Outcome::Done })
}
