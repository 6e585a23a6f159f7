//! `citetrail refs`: the works of the bibliography. One file a subcommand, with what can be typed for it.

mod add;
mod bib;
mod dedupe;
mod edit;
mod export;
mod identified;
mod import;
mod list;
mod recite;
mod rekey;
mod remove;
mod rename_key;
mod search;
mod set;
mod show;
mod source;
mod tidy;

use std::path::Path;

use clap::{Args, Subcommand};

use super::Outcome;
use super::error::CliError;
use super::output::Console;
use crate::work::{Field, Work};

/// The works of the bibliography: list, search, show, add, import, edit, export, remove, find duplicates
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
    Import(import::RefsImportArgs),
    Set(set::RefsSetArgs),
    Edit(edit::RefsEditArgs),
    RenameKey(rename_key::RefsRenameKeyArgs),
    Rekey(rekey::RefsRekeyArgs),
    Tidy(tidy::RefsTidyArgs),
    Dedupe(dedupe::RefsDedupeArgs),
    Export(export::RefsExportArgs),
    Remove(remove::RefsRemoveArgs),
}

pub(super) use bib::{BibArgs, write as write_bib};
pub(super) use search::words_with_hyphens;

pub(super) fn run(args: RefsArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    match args.command {
        RefsCommand::List(args) => list::run(&args, project, console),
        RefsCommand::Search(args) => search::run(&args, project, console),
        RefsCommand::Show(args) => show::run(&args, project, console),
        RefsCommand::Add(args) => add::run(&args, project, console),
        RefsCommand::Import(args) => import::run(&args, project, console),
        RefsCommand::Set(args) => set::run(&args, project, console),
        RefsCommand::Edit(args) => edit::run(&args, project, console),
        RefsCommand::RenameKey(args) => rename_key::run(&args, project, console),
        RefsCommand::Rekey(args) => rekey::run(&args, project, console),
        RefsCommand::Tidy(args) => tidy::run(&args, project, console),
        RefsCommand::Dedupe(args) => dedupe::run(&args, project, console),
        RefsCommand::Export(args) => export::run(&args, project, console),
        RefsCommand::Remove(args) => remove::run(&args, project, console),
    }
}

/// First creator, year, title.
pub(super) fn summary(work: &Work) -> String {
    let year = work.year().map(|y| format!("({y})")).unwrap_or_default();
    let title = work.plain(Field::Title).unwrap_or("untitled".into());
    [creators(work).as_str(), &year, &title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// One or two names, or the first of more.
fn creators(work: &Work) -> String {
    match work.creators() {
        [] => String::new(),
        [one] => one.cited(),
        [one, two] => format!("{} & {}", one.cited(), two.cited()),
        [first, ..] => format!("{} et al.", first.cited()),
    }
}
