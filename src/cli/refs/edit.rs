//! `citetrail refs edit`: one entry in the editor.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use clap::Args;

use super::super::Outcome;
use super::super::error::CliError;
use super::super::output::Console;
use super::bib::{self, BibArgs, failed};
use crate::bibliography::bibtex::{BibText, EditError, EntryText, OldKey, Splice, apply, rekey};
use crate::project::{Following, Shrinking};

/// Edit an entry's text in $VISUAL or $EDITOR
#[derive(Debug, Args)]
#[command(after_help = "\
What does not parse is refused: the file stays as it was, and what was typed is kept in a file that is named. Another key is
as with `refs rename-key`.

Examples:
  citetrail refs edit marzano1999
  EDITOR='code --wait' citetrail refs edit marzano1999 --bib chapter.bib")]
pub struct RefsEditArgs {
    /// The citation key.
    #[arg(value_name = "KEY")]
    pub key: String,
    #[command(flatten)]
    pub bib: BibArgs,
}

pub(super) fn run(args: &RefsEditArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let file = args.bib.open(project)?;
    let failed = failed(&file);
    let source = file.text()?;
    let text = BibText::new(source);
    let (span, entry) = text.entry(&args.key).map_err(&failed)?;
    let draft = tempfile::Builder::new()
        .prefix("citetrail-")
        .suffix(".bib")
        .tempfile()
        .map_err(|e| CliError::Message(format!("cannot make a file to edit: {e}")))?;
    let on_draft = |e: std::io::Error| CliError::file(draft.path(), e);
    std::fs::write(draft.path(), format!("{}\n", entry.text())).map_err(on_draft)?;
    edit(draft.path())?;
    let typed = std::fs::read(draft.path()).map_err(on_draft)?;
    let edited = String::from_utf8(typed).map_err(|_| "it is not UTF-8".to_owned()).and_then(|t| accept(&t, &entry));
    let edited = match edited {
        Ok(edited) => edited,
        Err(reason) => {
            let (_, path) = draft.keep().map_err(|e| CliError::Message(e.to_string()))?;
            return Err(CliError::file(
                &path,
                format!(
                    "{reason}. Nothing was changed; what you typed is in this file, and can be put into place from there"
                ),
            ));
        }
    };
    if edited.text() == entry.text() {
        console.note(&format!("{} was not changed", args.key));
        return Ok(Outcome::Done);
    }
    let keep = |error: EditError| -> CliError {
        match draft.keep() {
            Ok((_, path)) => CliError::Message(format!("{}; what you typed is in {}", failed(error), path.display())),
            Err(e) => CliError::Message(e.to_string()),
        }
    };
    let (after, renamed) = match put(&text, span, edited, &args.key) {
        Ok(put) => put,
        Err(error) => return Err(keep(error)),
    };
    let command = format!("refs edit {}", args.key);
    let following = Following { renamed, documents: Vec::new() };
    bib::write(&file, &command, after, &following, Shrinking::Allowed, console)?;
    console.note(&format!("changed {}", args.key));
    Ok(Outcome::Done)
}

/// The file with the edited entry, and what became of its key.
fn put(
    text: &BibText<'_>,
    span: std::ops::Range<usize>,
    mut edited: EntryText,
    old: &str,
) -> Result<(String, BTreeMap<String, String>), EditError> {
    let source = text.source();
    let new = edited.key().to_owned();
    if new == old {
        return Ok((apply(source, vec![Splice { span, with: edited.into_text() }]), BTreeMap::new()));
    }
    let taken = text
        .entries()
        .map(|(_, e)| &source[e.key.clone()])
        .find(|k| k.to_lowercase() == new.to_lowercase() && *k != old);
    if let Some(taken) = taken {
        return Err(EditError::KeyTaken(taken.to_owned()));
    }
    // The key changes like any other, with all that names it.
    edited.rekey(old)?;
    let with_old_key = apply(source, vec![Splice { span, with: edited.into_text() }]);
    let text = BibText::new(&with_old_key);
    let keys =
        text.entries().map(|(_, e)| (with_old_key[e.key.clone()] == *old).then(|| new.clone())).collect::<Vec<_>>();
    Ok((rekey(&text, &keys, OldKey::Forgotten)?, BTreeMap::from([(old.to_owned(), new)])))
}

/// The edited entry, if it is one without mistakes that were not there before.
fn accept(typed: &str, before: &EntryText) -> Result<EntryText, String> {
    let typed = if before.text().contains("\r\n") {
        typed.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        typed.to_owned()
    };
    let edited = EntryText::parse(&typed).map_err(|e| e.to_string())?;
    if edited.key().is_empty() {
        return Err("the entry has no citation key".to_owned());
    }
    let known: Vec<String> = before.mistakes().map(|(_, reason)| reason).collect();
    let new = edited.mistakes().find(|(_, reason)| !known.contains(reason));
    match new {
        Some((at, reason)) => {
            let line = 1 + edited.text()[..at].matches('\n').count();
            Err(format!("line {line}: {reason}"))
        }
        None => Ok(edited),
    }
}

/// Runs the user's editor on a file and waits for it.
fn edit(path: &Path) -> Result<(), CliError> {
    let set = |name| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| usual.to_owned());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or(usual);
    let status = Command::new(program).args(words).arg(path).status().map_err(|e| {
        CliError::Message(format!("cannot run the editor “{editor}”: {e}; set VISUAL or EDITOR to another"))
    })?;
    if status.success() {
        Ok(())
    } else {
        Err(CliError::Message(format!("the editor “{editor}” ended with {status}; nothing was changed")))
    }
}
