//! Edits of `.bib` source text that touch nothing but what they are asked to.
//!
//! [`BibText`] is a file, [`EntryText`] one entry of it. Edits of an entry work on its own text, which is then put back in
//! the place of the old one; edits of a file are [`Splice`]s of its bytes.

mod entry;
mod file;
mod layout;

use thiserror::Error;

pub use entry::{EntryText, FieldView, is_key};
pub use file::{BibText, OldKey, append, appended, find_block, find_entry, rekey, removal, remove, rename_references};

use super::syntax::{Block, BlockKind, Bytes, split};
use crate::bibliography::{Encoding, Source};

/// Why a file was not edited.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    #[error("the file is not UTF-8 and cannot be edited without changing it: save it as UTF-8 first")]
    NotUtf8,
    #[error("line {line}, column {column}: {reason}; repair it first, or what is added becomes part of that entry")]
    UnclosedEnd { line: usize, column: usize, reason: String },
    #[error("no entry has the key “{0}”")]
    NoSuchKey(String),
    #[error("{count} entries have the key “{key}”: give them different keys first")]
    SameKey { key: String, count: usize },
    #[error("another entry has the key “{0}” already: choose a different one")]
    KeyTaken(String),
    #[error("“{0}” cannot be a citation key: leave out spaces and the characters , {{ }} ( ) \" # % ~ \\ = @")]
    NotAKey(String),
    #[error("“{0}” cannot be the name of a field: leave out spaces and the characters , {{ }} ( ) \" # % = @")]
    NotAFieldName(String),
    #[error(
        "the value of {name} has a brace without its partner, so the entry would end at another place: pair the braces"
    )]
    Unpaired { name: String },
    #[error("the entry {key} has no field {name}")]
    NoSuchField { key: String, name: String },
    #[error("the entry {key} has a field {name} already")]
    FieldExists { key: String, name: String },
    #[error(
        "the entry {0} has mistakes, and other fields of it would change too: repair it with `citetrail refs edit`"
    )]
    HasMistakes(String),
    #[error("line {line}, column {column}: {reason}")]
    NotOneEntry { line: usize, column: usize, reason: String },
}

/// A replacement of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    pub span: Bytes,
    pub with: String,
}

/// The text with splices made, which must not overlap; those at one place in their order.
pub fn apply(source: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|s| (s.span.start, s.span.end));
    let added: usize = splices.iter().map(|s| s.with.len()).sum();
    let mut out = String::with_capacity(source.len() + added);
    let mut at = 0;
    for splice in &splices {
        out.push_str(&source[at..splice.span.start]);
        out.push_str(&splice.with);
        at = splice.span.end;
    }
    out.push_str(&source[at..]);
    out
}

/// The text of a file that may be edited.
///
/// # Errors
/// When the bytes are not UTF-8: writing the rest of the file back would change it.
pub fn editable(bytes: &[u8]) -> Result<&str, EditError> {
    let source = Source::decode(bytes);
    match (source.encoding(), std::str::from_utf8(bytes)) {
        (Encoding::Utf8, Ok(text)) => Ok(text),
        _ => Err(EditError::NotUtf8),
    }
}

/// The keys of all entries, also of those whose fields cannot be read; in the order of the file.
pub fn keys(source: &str) -> Vec<&str> {
    let key = |block: &Block| match &block.kind {
        BlockKind::Entry(entry) => Some(&source[entry.key.clone()]),
        _ => None,
    };
    split(source).iter().filter_map(key).collect()
}
