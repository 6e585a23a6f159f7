//! `citetrail refs export`: works in another format.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::error::CliError;
use super::super::output::Console;
use super::super::{Outcome, cite, convert};
use super::source::SourceArgs;
use crate::bibliography;

/// Works in another format
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail refs export --to ris -o refs.ris
  citetrail refs export marzano1999 wu2008 --to csl-json")]
pub struct RefsExportArgs {
    /// Citation keys; without any all works.
    #[arg(value_name = "KEY")]
    pub keys: Vec<String>,
    /// The format to write: any that `convert` writes.
    #[arg(long, value_name = "FORMAT", value_parser = convert::written_format)]
    pub to: bibliography::Format,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub source: SourceArgs,
}

pub(super) fn run(args: &RefsExportArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = args.source.open(project, console)?;
    let all = scope.ask(|store| Ok(store.works()?))?;
    let works = cite::of_file(all, &args.keys, Path::new("refs.bib"))?.works;
    convert::write(&works, args.to, args.output.as_deref(), console)?;
    Ok(if works.is_empty() { Outcome::Found } else { Outcome::Done })
}
