//! `citetrail retract`: take a record back without removing its line.

use std::path::Path;

use clap::Args;

use super::Outcome;
use super::error::CliError;
use super::output::Console;
use super::pair::not_one;
use super::scope::project_at;
use crate::review::{Act, RecordId};

/// Take back a verdict, an asserted link or an accepted finding by the id of its record
#[derive(Debug, Args)]
#[command(after_help = "\
A line says that the record no longer counts; the record itself stays, so that this merges like everything else.
`citetrail history` shows the ids. What you recorded last, `citetrail undo` takes out without a trace.

Examples:
  citetrail retract qmz7k2hx3a --reason \"wrong paper\"")]
pub struct RetractArgs {
    /// The record's id.
    #[arg(value_name = "RECORD")]
    pub record: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Even if another person made it.
    #[arg(long)]
    pub force: bool,
    /// Who takes it back, in place of who you are by CITETRAIL_BY, citetrail.toml or git.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

pub(super) fn run(args: &RetractArgs, folder: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(folder)?;
    let by = project.reviewer(args.by.as_deref())?;
    let ledger = project.ledger()?.0;
    let Some(record) = ledger.get(args.record.trim()) else {
        return not_one(console, &format!("no record has the id “{}”; `citetrail history` shows them", args.record));
    };
    if ledger.is_retracted(&record.id) {
        return not_one(console, &format!("{} is retracted already", record.id));
    }
    if matches!(record.act, Act::Retract { .. }) {
        return not_one(console, &format!("{} is a retraction; record anew what it took back", record.id));
    }
    if !args.force && !record.is_by(&by) {
        let message = format!("{} is by {}; ask them, record your own verdict, or add --force", record.id, record.by);
        return Err(CliError::Message(message));
    }
    let id: RecordId = record.id.clone();
    let reason = args.reason.as_deref().map(str::trim).filter(|r| !r.is_empty()).map(str::to_owned);
    project.record(&format!("retract {id}"), &by, vec![Act::Retract { of: id.clone(), reason }])?;
    console.note(&format!("{id} no longer counts"));
    Ok(Outcome::Done)
}
