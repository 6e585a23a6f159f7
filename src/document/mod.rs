//! A file → its claims and its raw reference list.
//!
//! A reader takes the bytes of one document apart: sections, claims (outline items and sentences of prose), the
//! reference list as printed, and what the document says of itself (title, container, DOI, whether it is
//! complete). It does not interpret references nor resolve citations.
//! Readers are pure: no file or network is touched.

mod model;

pub use model::{
    Claim, ClaimKind, Completeness, Document, Notice, PathPart, RawReference, ReadError, ReadOptions, Section,
};
