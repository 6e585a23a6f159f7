//! Formats of XML: one module each, on one bounded reader that hands them a record at a time.

pub(super) mod citavi;
pub(super) mod datacite;
pub(super) mod endnote;
pub(super) mod jats;
pub(super) mod mods;
pub(super) mod pubmed;
pub(super) mod rdf;
mod records;
pub(super) mod tei;
mod tree;
pub(super) mod unixref;
pub(super) mod word;

pub(super) use records::{read_elements, read_records};
pub(super) use tree::{Element, escape};
