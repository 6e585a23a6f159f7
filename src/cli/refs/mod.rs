//! `citetrail refs`: the works of the bibliography. One file a subcommand, with what can be typed for it.

mod add;
mod dedupe;
mod export;
mod list;
mod remove;
mod search;
mod show;

use std::path::Path;

use clap::{Args, Subcommand};

use super::Outcome;
use super::error::CliError;
use super::output::Console;
use crate::work::{Field, Work};

/// The works of the bibliography: list, search, show, add, export, remove, find duplicates
#[derive(Debug, Args)]
pub struct RefsArgs {
    #[command(subcommand)]
    pub command: RefsCommand,
}

#[derive(Debug, Subcommand)]
pub enum RefsCommand {
    List(list::RefsListArgs),
    Search(search::RefsSearchArgs),
    Show(show::RefsShowArgs),
    Add(add::RefsAddArgs),
    Dedupe(dedupe::RefsDedupeArgs),
    Export(export::RefsExportArgs),
    Remove(remove::RefsRemoveArgs),
}

pub(super) fn run(args: RefsArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    match args.command {
        RefsCommand::List(args) => list::run(&args, project, console),
        RefsCommand::Search(args) => search::run(&args, project, console),
        RefsCommand::Show(args) => show::run(&args, project, console),
        RefsCommand::Add(args) => add::run(&args, project, console),
        RefsCommand::Dedupe(args) => dedupe::run(&args, project, console),
        RefsCommand::Export(args) => export::run(&args, project, console),
        RefsCommand::Remove(args) => remove::run(&args, project, console),
    }
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
