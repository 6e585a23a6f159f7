//! The `.bib` file that a command of `refs` edits.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::error::CliError;
use super::super::output::Console;
use super::super::scope::project_at;
use crate::bibliography::Format;
use crate::bibliography::bibtex::EditError;
use crate::project::{BibFile, Following, Recovery, Shrinking};

/// Which file is edited.
#[derive(Debug, Clone, Default, Args)]
pub struct BibArgs {
    /// Edit this .bib file in place of the project's refs.bib.
    #[arg(long, value_name = "FILE")]
    pub bib: Option<PathBuf>,
}

impl BibArgs {
    pub(in crate::cli) fn open(&self, project: Option<&Path>) -> Result<BibFile, CliError> {
        let Some(path) = &self.bib else { return Ok(BibFile::of_project(&project_at(project)?)?) };
        if Format::from_path(path).is_some_and(|f| f != Format::BIBTEX) {
            let message = "only .bib files are edited in place; `citetrail convert FILE --to bib` makes one";
            return Err(CliError::file(path, message));
        }
        Ok(BibFile::at(path)?)
    }
}

/// Writes the new text and says how it can be taken back.
pub(in crate::cli) fn write(
    file: &BibFile,
    command: &str,
    after: String,
    following: &Following,
    shrinking: Shrinking,
    console: &Console,
) -> Result<Recovery, CliError> {
    let recovery = file.write(command, after, following, shrinking)?;
    if let Recovery::Copy(copy) = &recovery {
        console.note(&format!(
            "{} is in no project, so `citetrail undo` cannot take this back; the file as it was is {}",
            file.path().display(),
            copy.display()
        ));
    }
    Ok(recovery)
}

/// An error of an edit, with the file it happened in.
pub(super) fn failed(file: &BibFile) -> impl Fn(EditError) -> CliError + '_ {
    |error| CliError::Project(file.error(&error))
}
