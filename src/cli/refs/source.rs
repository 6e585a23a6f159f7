//! The works that a question of `refs` is asked about.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::error::CliError;
use super::super::output::Console;
use super::super::scope::{Scope, project_at, read_works};
use crate::project::store_of_works;

/// Where the works come from.
#[derive(Debug, Clone, Default, Args)]
pub struct SourceArgs {
    /// Look at this bibliography file, of any format, in place of the project's refs.bib ("-" is standard input).
    #[arg(long, value_name = "FILE")]
    pub bib: Option<PathBuf>,
}

impl SourceArgs {
    pub(super) fn open(&self, project: Option<&Path>, console: &Console) -> Result<Scope, CliError> {
        match &self.bib {
            Some(path) => Ok(Scope::Document(store_of_works(&read_works(path, console)?)?)),
            None => Ok(Scope::Project(project_at(project)?)),
        }
    }
}
