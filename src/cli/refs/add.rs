//! `citetrail refs add`: works join the bibliography.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::Outcome;
use super::super::error::CliError;
use super::super::output::{Console, count};
use super::super::scope::{project_at, read_works};
use super::summary;
use crate::project::AddedWork;
use crate::reference::parse_list;
use crate::work::Work;

/// Add works: printed references, or a bibliography file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail refs add \"Wu, J. J., & Metz, B. J. (2008). Calcinosis cutis. Dermatologic Surgery, 34, 575–577.\"
  citetrail refs add --from export.bib")]
pub struct RefsAddArgs {
    /// Printed references, each one argument.
    #[arg(value_name = "REFERENCE", required_unless_present = "from")]
    pub references: Vec<String>,
    /// A bibliography file of any format `convert` reads to take works from ("-" is standard input).
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

pub(super) fn run(args: &RefsAddArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
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
