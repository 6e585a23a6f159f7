//! Completions and manual pages.

use std::io::Write;

use clap::CommandFactory;

use super::Outcome;
use super::args::{Cli, CompletionsArgs, ManArgs};
use super::error::CliError;
use super::output::{Console, count};

pub(super) fn completions(args: &CompletionsArgs, _: &Console) -> Result<Outcome, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "citetrail", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

pub(super) fn man(args: &ManArgs, console: &Console) -> Result<Outcome, CliError> {
    let failed = |e: std::io::Error| CliError::file(&args.folder, e);
    std::fs::create_dir_all(&args.folder).map_err(failed)?;
    clap_mangen::generate_to(Cli::command(), &args.folder).map_err(failed)?;
    let pages = std::fs::read_dir(&args.folder).map_err(failed)?.count();
    console.note(&format!("{} in {}", count(pages, "page"), args.folder.display()));
    Ok(Outcome::Done)
}
