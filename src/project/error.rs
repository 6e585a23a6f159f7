//! What can go wrong with a project.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a command on a project could not do its work. Every message names the file and says what to do.
#[derive(Debug, Error)]
pub enum ProjectError {
    #[error(
        "there is no citetrail project in {0} or above it; start one with `citetrail init`, or ask about one document with `--in DOC`"
    )]
    NoProject(PathBuf),
    #[error("{0} is a citetrail project already")]
    Exists(PathBuf),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{path}: {message}")]
    File { path: PathBuf, message: String },
    #[error("another citetrail is writing to this project ({0} is locked); try again when it is done")]
    Locked(PathBuf),
    #[error("{path} was changed by another program since it was read; nothing was written. Run the command again")]
    ChangedOutside { path: PathBuf },
    #[error("{path} would shrink from {before} to {after} bytes; nothing was written. If that is meant, add --force")]
    Shrinks { path: PathBuf, before: usize, after: usize },
    #[error(
        "{path} was changed after “{command}”; undoing it would lose that change, so nothing was undone{}",
        instead(path)
    )]
    ChangedSince { path: PathBuf, command: String },
    #[error("there is nothing to undo")]
    NothingToUndo,
    #[error(
        "it is not known who you are; say so with --by \"NAME\", the environment variable CITETRAIL_BY, a line `reviewer = \"NAME\"` in citetrail.toml, or git's user.name"
    )]
    NoIdentity,
    #[error("the store {path}: {source}")]
    Store { path: PathBuf, source: rusqlite::Error },
    #[error("no work has the key “{0}”; `citetrail refs list` shows the keys")]
    NoSuchKey(String),
    #[error("“{key}” is cited in {document}; remove the citation first, or add --force")]
    Cited { key: String, document: String },
}

/// What helps where undoing does not: a record can be taken back by a line of its own.
fn instead(path: &Path) -> &'static str {
    match path.ends_with(super::VERDICTS) {
        true => ". `citetrail retract ID` takes a record back; `citetrail history` shows the ids",
        false => "",
    }
}

impl ProjectError {
    /// For `map_err`: an I/O error with the file it happened to.
    pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}
