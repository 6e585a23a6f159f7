//! Citations of the project's manuscripts that follow when keys change.

use std::collections::BTreeMap;

use clap::Args;

use super::super::error::CliError;
use super::super::output::{Console, count};
use crate::project::{BibFile, Recited};

/// Whether documents change too.
#[derive(Debug, Clone, Default, Args)]
pub struct DocumentArgs {
    /// Change the keys in the citations of the project's manuscripts (LaTeX, Markdown, Typst), too.
    #[arg(long)]
    pub documents: bool,
}

/// The documents that are to change: none when that was not asked for.
pub(super) fn plan(
    file: &BibFile,
    renamed: &BTreeMap<String, String>,
    args: &DocumentArgs,
) -> Result<Vec<Recited>, CliError> {
    match file.own_project() {
        _ if !args.documents => Ok(Vec::new()),
        Some(project) => Ok(project.recited(renamed)?),
        None => Err(CliError::Message(
            "--documents changes the manuscripts of a project, which cite from its refs.bib; this is another file"
                .to_owned(),
        )),
    }
}

/// Says what changed in documents, what could not be, and what was not asked for.
pub(super) fn report(
    file: &BibFile,
    recited: &[Recited],
    renamed: &BTreeMap<String, String>,
    args: &DocumentArgs,
    console: &Console,
) -> Result<(), CliError> {
    for document in recited {
        let name = &document.edit.name;
        console.note(&format!("{name}: {}", count(document.changed, "citation")));
        for (line, column, key) in &document.left {
            console.warn(&format!(
                "{name}:{line}:{column}: {key} stands here and was left: change it by hand if it is a citation"
            ));
        }
    }
    if !args.documents
        && let Some(project) = file.own_project()
    {
        let names: Vec<String> = project.recited(renamed)?.into_iter().map(|r| r.edit.name).collect();
        if !names.is_empty() {
            let command = if renamed.len() == 1 { "refs rename-key" } else { "refs rekey" };
            console.warn(&format!(
                "{} still cites by the old key; citetrail knows which entry is meant, other programs do not. `citetrail undo`, then `{command}` with --documents, changes the citations too",
                names.join(", ")
            ));
        }
    }
    Ok(())
}
