//! A manuscript in several files → its text in one, as its program would read it.
//!
//! Readers touch no file. What a manuscript takes in is asked of [`Files`] by a path that stays inside of the folder it
//! was given; each format finds its own commands (`latex`, `markdown`, `typst`), and `join` puts the files in their places.

mod join;
mod latex;
mod markdown;
mod path;
mod typst;

use std::ops::Range;

pub(super) use join::{JoinedPiece, join};

use super::Format;

/// The files that a manuscript may take in.
pub trait Files {
    /// The manuscript's own path below the folder that holds all files, with "/": "chapters/main.tex".
    fn own_path(&self) -> &str;

    /// The bytes of a file, by its path below that folder; the path has no "..".
    ///
    /// # Errors
    /// Why the file must not or cannot be read, in words that go on "… was not read: ".
    fn read(&self, path: &str) -> Result<Vec<u8>, NotRead>;
}

/// Why a file that a manuscript takes in was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRead {
    /// There is none of the name.
    Missing,
    /// There are no files at hand: the manuscript came alone.
    NoFolder,
    Refused(String),
}

/// For a manuscript that is read alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn own_path(&self) -> &str {
        ""
    }

    fn read(&self, _: &str) -> Result<Vec<u8>, NotRead> {
        Err(NotRead::NoFolder)
    }
}

/// A command that takes in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Include {
    /// Bytes of the command, which the file takes the place of.
    range: Range<usize>,
    /// The file as it is written there.
    target: String,
    /// The folder that the command names, in which the file looks for others, too.
    folder: Option<String>,
    /// The endings that the program adds when there is no file without.
    endings: &'static [&'static str],
}

/// What of a file is text for the one that takes it in, and the commands in it.
struct Content {
    range: Range<usize>,
    includes: Vec<Include>,
}

/// The content of a file of a format; `None` for formats whose documents are one file.
fn content(format: Format, source: &str, is_taken_in: IsTakenIn) -> Option<Content> {
    match format {
        Format::Latex => Some(latex::content(source, is_taken_in)),
        Format::Markdown => Some(markdown::content(source, is_taken_in)),
        Format::Typst => Some(typst::content(source)),
        Format::Text | Format::Jats | Format::Html | Format::Docx => None,
    }
}

/// Whether a file is the manuscript itself or one that it takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IsTakenIn {
    No,
    Yes,
}
