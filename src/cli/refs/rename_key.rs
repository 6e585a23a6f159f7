//! `citetrail refs rename-key`: another key for one entry.

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;

use super::super::Outcome;
use super::super::error::CliError;
use super::super::output::Console;
use super::bib::{self, BibArgs, failed};
use super::recite::{self, DocumentArgs};
use crate::bibliography::bibtex::{BibText, EditError, OldKey, rekey};
use crate::project::{Following, Shrinking};

/// Give an entry another key; what names it follows
#[derive(Debug, Args)]
#[command(after_help = "\
Entries that name it in crossref, xref, xdata, related or entryset follow, and so does the record of which entry each
reference of the project's documents is. With --documents the citations in the project's manuscripts follow, too.

Examples:
  citetrail refs rename-key marzano1999 marzano1999a
  citetrail refs rename-key smith01 smith2001 --documents")]
pub struct RefsRenameKeyArgs {
    #[arg(value_name = "OLD")]
    pub old: String,
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Keep the old key in the entry's field ids, under which biblatex finds it.
    #[arg(long)]
    pub keep_ids: bool,
    #[command(flatten)]
    pub documents: DocumentArgs,
    #[command(flatten)]
    pub bib: BibArgs,
}

pub(super) fn run(args: &RefsRenameKeyArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let file = args.bib.open(project)?;
    let failed = failed(&file);
    let text = BibText::new(file.text()?);
    text.find(&args.old).map_err(&failed)?;
    if args.old == args.new {
        console.note("that is its key already; nothing was changed");
        return Ok(Outcome::Done);
    }
    let source = text.source();
    let is = |key: &str, wanted: &str| key.to_lowercase() == wanted.to_lowercase();
    let keys = || text.entries().map(|(_, entry)| &source[entry.key.clone()]);
    if let Some(taken) = keys().find(|key| is(key, &args.new) && !is(key, &args.old)) {
        return Err(failed(EditError::KeyTaken(taken.to_owned())));
    }
    let new_keys: Vec<Option<String>> = keys().map(|key| (key == args.old).then(|| args.new.clone())).collect();
    let old = if args.keep_ids { OldKey::KeptInIds } else { OldKey::Forgotten };
    let after = rekey(&text, &new_keys, old).map_err(&failed)?;
    let renamed = BTreeMap::from([(args.old.clone(), args.new.clone())]);
    let recited = recite::plan(&file, &renamed, &args.documents)?;
    let documents = recited.iter().map(|r| r.edit.clone()).collect();
    let command = format!("refs rename-key {} {}", args.old, args.new);
    bib::write(
        &file,
        &command,
        after,
        &Following { renamed: renamed.clone(), documents },
        Shrinking::Refused,
        console,
    )?;
    console.note(&format!("{} is {} now", args.old, args.new));
    recite::report(&file, &recited, &renamed, &args.documents, console)?;
    Ok(Outcome::Done)
}
