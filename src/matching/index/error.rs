//! Why an index could not be used.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

#[derive(Debug, Error)]
pub enum IndexError {
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: io::Error },
    #[error("{0}: there is no index of works; make one with `citetrail index add FILE… --index {0}`")]
    None(PathBuf),
    #[error("{0}: the folder holds other files and is no index of works; give a folder of its own")]
    NotAnIndex(PathBuf),
    #[error("{path}: the index is damaged ({what}); remove its folder and build it again")]
    Damaged { path: PathBuf, what: &'static str },
    #[error("{path}: the index has format {found}, this program reads {known}; build it again, or use a newer program")]
    Version { path: PathBuf, found: u32, known: u32 },
    #[error("{0}: another process is adding to the index; wait until it is done")]
    Locked(PathBuf),
}

impl IndexError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |error| Self::Io { path: path.to_owned(), error }
    }
}
