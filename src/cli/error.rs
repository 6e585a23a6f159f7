//! Why a command could not do its work, in words for the user.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::answers::SelectionError;
use crate::matching::index::IndexError;
use crate::project::ProjectError;

#[derive(Debug, Error)]
pub(super) enum CliError {
    #[error(transparent)]
    Project(#[from] ProjectError),
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error("{path}: {message}")]
    File { path: PathBuf, message: String },
    #[error("{0}")]
    Message(String),
    #[error("cannot write the output: {0}")]
    Output(std::io::Error),
    #[error("the reader of the output is gone")]
    ClosedPipe,
}

impl CliError {
    pub fn file(path: &Path, message: impl ToString) -> Self {
        Self::File { path: path.to_owned(), message: message.to_string() }
    }

    /// Whether the store is the reason, so that rebuilding it may help.
    pub fn is_store_error(&self) -> bool {
        matches!(self, Self::Project(ProjectError::Store { .. }))
    }
}

impl From<std::io::Error> for CliError {
    /// Of writing to standard output; other I/O errors carry their file.
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe { Self::ClosedPipe } else { Self::Output(error) }
    }
}

impl From<SelectionError> for CliError {
    fn from(error: SelectionError) -> Self {
        match error {
            SelectionError::Project(error) => Self::Project(error),
            error => Self::Message(error.to_string()),
        }
    }
}
