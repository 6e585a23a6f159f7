//! A file → its claims and its raw reference list.
//!
//! A reader takes the bytes of one document apart: sections, claims (outline items and sentences of prose), the
//! reference list as printed, and what the document says of itself (title, container, DOI, whether it is
//! complete). It does not interpret references nor resolve citations.
//! Readers are pure: no file or network is touched.

mod body;
mod clean;
mod decode;
mod entry;
mod front_matter;
mod furniture;
mod headings;
mod join;
mod lines;
mod marker;
mod model;
mod outline;
mod plain;
mod reference_list;
mod shape;

pub use model::{
    Claim, ClaimKind, Completeness, Document, Notice, PathPart, RawReference, ReadError, ReadOptions, Section,
};

/// Reads a document.
///
/// # Errors
/// What is empty, too large or not text is refused; everything else is read as far as it goes, with notices.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    plain::read(bytes, options)
}
