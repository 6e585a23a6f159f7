//! A file → its claims and its raw reference list.
//!
//! A reader takes the bytes of one document apart: sections, claims (outline items and sentences of prose), the
//! reference list as printed, and what the document says of itself (title, container, DOI, whether it is
//! complete). It does not interpret references nor resolve citations.
//! Readers are pure: no file or network is touched.

mod archive;
mod body;
mod clean;
mod compose;
mod decode;
mod docx;
mod entry;
mod foreign;
mod format;
mod front_matter;
mod furniture;
mod headings;
mod html;
mod include;
mod jats;
mod join;
mod keyed;
mod latex;
mod lines;
mod listing;
mod markdown;
mod marker;
mod markup;
mod model;
mod notes;
mod outline;
mod plain;
mod reference_list;
mod rich;
mod shape;
mod typst;

pub use format::Format;
pub use include::{Files, NoFiles, NotRead};
pub use keyed::KeyPlace;
pub use model::{
    CitedTarget, Claim, ClaimKind, Completeness, Document, MarkedCitation, Marking, Note, Notice, PathPart,
    RawReference, ReadError, ReadOptions, RepeatedKey, Section, SharedEntry,
};

/// Reads a document that is one file.
///
/// # Errors
/// What is empty, too large or of no format that can be read is refused; everything else is read as far as it goes,
/// with notices.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    read_with(bytes, options, &NoFiles)
}

/// Reads a document with the files that it takes in.
///
/// # Errors
/// As [`read`]; a file that is not there or must not be read is a notice.
pub fn read_with(bytes: &[u8], options: &ReadOptions, files: &dyn Files) -> Result<Document, ReadError> {
    foreign::refuse(bytes)?;
    let format = options.format.unwrap_or_else(|| Format::sniff(bytes));
    match format {
        Format::Text => plain::read(bytes, options),
        Format::Markdown => keyed::read(bytes, options, files, (format, markdown::read)),
        Format::Latex => keyed::read(bytes, options, files, (format, latex::read)),
        Format::Typst => keyed::read(bytes, options, files, (format, typst::read)),
        Format::Jats => jats::read(bytes, options),
        Format::Html => html::read(bytes, options),
        Format::Docx => docx::read(bytes, options),
    }
}

/// The places at which a manuscript and the files it takes in name keys of its bibliography; none for documents that cite
/// otherwise.
///
/// # Errors
/// As for [`read`].
pub fn key_places(bytes: &[u8], options: &ReadOptions, files: &dyn Files) -> Result<Vec<KeyPlace>, ReadError> {
    foreign::refuse(bytes)?;
    let format = options.format.unwrap_or_else(|| Format::sniff(bytes));
    match format {
        Format::Markdown => keyed::key_places(bytes, options, files, (format, markdown::read)),
        Format::Latex => keyed::key_places(bytes, options, files, (format, latex::read)),
        Format::Typst => keyed::key_places(bytes, options, files, (format, typst::read)),
        _ => Ok(Vec::new()),
    }
}

/// The files that a document takes in, by their paths below the folder of `files`; none when it cannot be read.
pub fn included(bytes: &[u8], options: &ReadOptions, files: &dyn Files) -> Vec<String> {
    let format = options.format.unwrap_or_else(|| Format::sniff(bytes));
    if !format.takes_in_files() {
        return Vec::new();
    }
    let Ok(decoded) = decode::decode(bytes) else { return Vec::new() };
    include::join(&decoded.text, format, files).files
}
