//! The file as an archive of parts.

use super::super::ReadError;
use crate::archive::{Archive, ArchiveError};

pub(super) struct Package<'a>(Archive<'a>);

impl<'a> Package<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// What is no ZIP archive, or a cut one, is refused.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        Archive::open(bytes).map(Self).map_err(refused)
    }

    /// A part's bytes; `None` when the archive has none of the name. A slash at the beginning does not count.
    ///
    /// # Errors
    /// A part that is damaged, locked or too large is refused.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.0.part(name).map_err(refused)
    }
}

fn refused(error: ArchiveError) -> ReadError {
    match error {
        ArchiveError::Damaged(reason) => damaged(&reason),
        ArchiveError::TooLarge(_) => {
            ReadError::Package { reason: format!("{error}; this is no file of a word processor") }
        }
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
