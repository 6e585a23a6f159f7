//! `citetrail refs remove`: works leave the bibliography.

use std::path::Path;

use clap::Args;

use super::super::Outcome;
use super::super::error::CliError;
use super::super::output::Console;
use super::super::scope::project_at;
use crate::project::Shrinking;

/// Take works out of the bibliography
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  citetrail refs remove wu2008")]
pub struct RefsRemoveArgs {
    #[arg(required = true, value_name = "KEY")]
    pub keys: Vec<String>,
    /// Even if a document cites it.
    #[arg(long)]
    pub force: bool,
}

pub(super) fn run(args: &RefsRemoveArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(project)?;
    let force = if args.force { Shrinking::Allowed } else { Shrinking::Refused };
    for key in &args.keys {
        project.remove_work(&format!("refs remove {key}"), key, force)?;
        console.note(&format!("removed {key}; `citetrail undo` brings it back"));
    }
    Ok(Outcome::Done)
}
