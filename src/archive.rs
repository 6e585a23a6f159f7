//! Parts of a ZIP archive by name, unpacked within bounds.
//!
//! A part is unpacked into memory only and found by its name alone, so that no name leads anywhere outside.

use std::io::{Cursor, Read};

use thiserror::Error;
use zip::ZipArchive;
use zip::result::ZipError;

/// A part is not longer, in bytes.
const LONGEST_PART: u64 = 64 << 20;
/// All parts that are read are together not longer, in bytes.
const LONGEST_ALL: u64 = 160 << 20;
/// Parts beyond this size are refused if they were packed more than `DENSEST` times smaller than they are.
const LARGE: u64 = 8 << 20;
const DENSEST: u64 = 200;

/// Why an archive or a part of it was not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum ArchiveError {
    #[error("{0}")]
    Damaged(String),
    #[error("its part {0} unpacks to far more than such a file holds")]
    TooLarge(String),
}

pub(crate) struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// What is no ZIP archive, or a cut one, is refused.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ArchiveError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| ArchiveError::Damaged(e.to_string()))?;
        Ok(Self { archive, unpacked: 0 })
    }

    /// The names of its parts, as far as they can be read.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect()
    }

    /// A part's bytes; `None` when the archive has none of the name. A slash at the beginning does not count.
    ///
    /// # Errors
    /// A part that is damaged, locked or too large is refused.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let name = name.trim_start_matches('/');
        let damaged = |error: &dyn std::fmt::Display| ArchiveError::Damaged(format!("its part {name}: {error}"));
        let mut file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        let packed = file.compressed_size();
        let limit = LONGEST_PART.min(LONGEST_ALL.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        // What the archive says of the size is not to be believed.
        let length = (&mut file).take(limit + 1).read_to_end(&mut bytes).map_err(|e| damaged(&e))? as u64;
        if length > limit || length > LARGE && length / DENSEST > packed {
            return Err(ArchiveError::TooLarge(name.to_owned()));
        }
        self.unpacked += length;
        Ok(Some(bytes))
    }
}
