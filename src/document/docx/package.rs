//! The file as an archive: its parts by name, unpacked within bounds.
//!
//! A part is unpacked into memory only and found by its name alone, so that no name leads anywhere outside.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::ReadError;

/// A part is not longer, in bytes.
const LONGEST_PART: u64 = 64 << 20;
/// All parts that are read are together not longer, in bytes.
const LONGEST_ALL: u64 = 160 << 20;
/// Parts beyond this size are refused if they were packed more than `DENSEST` times smaller than they are.
const LARGE: u64 = 8 << 20;
const DENSEST: u64 = 200;

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// What is no ZIP archive, or a cut one, is refused.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&format!("{e}")))?;
        Ok(Self { archive, unpacked: 0 })
    }

    /// A part's bytes; `None` when the archive has none of the name. A slash at the beginning does not count.
    ///
    /// # Errors
    /// A part that is damaged, locked or too large is refused.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let name = name.trim_start_matches('/');
        let mut file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&format!("its part {name}: {error}"))),
        };
        let packed = file.compressed_size();
        let too_large = || ReadError::Package {
            reason: format!(
                "its part {name} unpacks to far more than a document holds; this is no file of a word processor"
            ),
        };
        let limit = LONGEST_PART.min(LONGEST_ALL.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        // What the archive says of the size is not to be believed.
        let length = (&mut file).take(limit + 1).read_to_end(&mut bytes);
        let length = length.map_err(|e| damaged(&format!("its part {name}: {e}")))? as u64;
        if length > limit || length > LARGE && length / DENSEST > packed {
            return Err(too_large());
        }
        self.unpacked += length;
        Ok(Some(bytes))
    }
}

pub(super) fn damaged(reason: &str) -> ReadError {
    ReadError::Package {
        reason: format!(
            "{reason}; the file may be cut or damaged: get it again, or open it in a word processor and save it anew"
        ),
    }
}

/// The name of the part that a relation of the part `base` points to: `styles.xml` of `word/document.xml` is
/// `word/styles.xml`.
pub(super) fn resolve(base: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            step => parts.push(step),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_archive() {
        assert_eq!(resolve("word/document.xml", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word/document.xml", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(resolve("word/document.xml", "/word/notes.xml"), "word/notes.xml");
        assert_eq!(resolve("word/document.xml", "../../../etc/passwd"), "etc/passwd");
    }
}
