//! `citetrail assert`: say that a work backs a claim, or that it does not belong to it.

use std::path::Path;

use clap::Args;

use super::Outcome;
use super::error::CliError;
use super::output::Console;
use super::pair::{not_one, one_claim, one_work};
use super::scope::project_at;
use crate::answers::claim_ref;
use crate::review::{Act, WorkRef};

/// Say that a work belongs to a claim, though the document does not cite it there; or that it does not
#[derive(Debug, Args)]
#[command(after_help = "\
The newest word on a claim and a work counts, whoever says it. Whether the work then supports the claim is for
`citetrail verdict`.

Examples:
  citetrail assert \"late onset\" dorn1998 --note \"the year in the text is a slip\"
  citetrail assert acne nunley2009 --not")]
pub struct AssertArgs {
    /// Words of the claim, its path, or its id.
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// Key, DOI or words of the work.
    #[arg(value_name = "WORK")]
    pub work: String,
    /// The work does not belong to the claim, whatever the document cites.
    #[arg(long)]
    pub not: bool,
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Who says so, in place of who you are by CITETRAIL_BY, citetrail.toml or git.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

pub(super) fn run(args: &AssertArgs, folder: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(folder)?;
    let by = project.reviewer(args.by.as_deref())?;
    let found = project.ask(
        |store| {
            Ok::<_, CliError>(match (one_claim(store, &args.claim)?, one_work(store, &args.work)?) {
                (Ok(claim), Ok(work)) => Ok((claim, work)),
                (Err(why), _) | (_, Err(why)) => Err(why),
            })
        },
        CliError::is_store_error,
    )?;
    let (found, work) = match found {
        Ok(found) => found,
        Err(why) => return not_one(console, &why),
    };
    let claim = claim_ref(&found.document, found.claim);
    let note = args.note.as_deref().map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned);
    let (command, said) = match args.not {
        false => (format!("assert {} {}", claim.id, work.key), "belongs to"),
        true => (format!("assert {} {} --not", claim.id, work.key), "does not belong to"),
    };
    let said = format!("{} {said} “{}”, says {by}", work.key, claim.text);
    let work = WorkRef::of(&work);
    let act = if args.not { Act::Remove { claim, work, note } } else { Act::Assert { claim, work, note } };
    let records = project.record(&command, &by, vec![act])?.records;
    console.note(&format!("{said} (record {})", records[0].id));
    Ok(Outcome::Done)
}
