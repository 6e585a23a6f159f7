//! BibTeX and biblatex: `.bib` files.
//!
//! A file goes through these stages: [`syntax`] cuts it into blocks without losing a byte; `macros` puts the values
//! together; `inherit` adds the fields of parents; `interpret` makes a [`Work`] of each entry, with the names cut by
//! the `biblatex` crate behind the guards in `names` and `dates`. A mistake costs the field or entry it is in.
//! [`write`](entry_text) and [`edit`](append) go the other way.

mod dates;
mod edit;
mod fields;
mod inherit;
mod interpret;
mod kinds;
mod latex;
mod macros;
mod names;
mod problems;
pub mod syntax;
mod write;

use std::borrow::Cow;

pub use edit::{EditError, append, editable, keys, remove};
pub use write::entry_text;

use super::{Library, ReadError, Source, Spec};
use crate::work::Work;
use inherit::{FieldValue, Inheritance, RawEntry};
use macros::Macros;
use problems::Problems;
use syntax::{Block, BlockKind, EntrySource};

pub(super) static SPEC: Spec = Spec {
    name: "bib",
    aliases: &["bibtex", "biblatex", "latex"],
    extensions: &["bib", "bibtex"],
    sniff: |head| {
        let entry = |b: &Block| {
            matches!(b.kind, BlockKind::Entry(_) | BlockKind::Macro(_) | BlockKind::Preamble | BlockKind::Broken(_))
        };
        head.contains('@') && syntax::split(head).iter().any(entry)
    },
    read,
    write: |works| works.iter().map(entry_text).collect::<Vec<_>>().join("\n"),
};

fn read(source: &Source) -> Result<Library, ReadError> {
    let mut library = read_text(source.text());
    if let Some(problem) = source.problem() {
        library.problems.insert(0, problem);
    }
    Ok(library)
}

/// Reads the text of a `.bib` file. Any text is one, if only of blocks that are no entries.
pub fn read_text(text: &str) -> Library {
    let blocks = syntax::split(text);
    let mut problems = Problems::new(text);
    let mut macros = Macros::new(text);
    for block in &blocks {
        if let BlockKind::Macro(field) = &block.kind {
            macros.define(field, &mut problems);
        }
    }
    let mut entries = Vec::new();
    for block in &blocks {
        match &block.kind {
            BlockKind::Entry(entry) => entries.push(raw_entry(text, block, entry, &mut macros, &mut problems)),
            BlockKind::Broken(error) => {
                let message = format!("{}; the entry was not read", error.kind);
                problems.add(error.at, key_of_broken(text, block), message);
            }
            _ => {}
        }
    }
    let mut inheritance = Inheritance::new(&entries, text.len());
    let mut works: Vec<Work> = Vec::with_capacity(entries.len());
    for (i, entry) in entries.iter().enumerate() {
        if let Some(first) = inheritance.first(entry.key).filter(|first| *first != i && !entry.key.is_empty()) {
            let line = problems.line_of(entries[first].at);
            let message =
                format!("the key is also that of the entry in line {line}; both were read: change one of them");
            problems.add(entry.at, Some(entry.key), message);
        }
        // Data for other entries is no work of its own.
        if entry.entry_type != "xdata" {
            let fields = inheritance.fields(i, &mut problems);
            works.push(interpret::work(entry, &fields, &mut problems));
        }
    }
    Library { works, problems: problems.into_list() }
}

fn raw_entry<'a>(
    text: &'a str,
    block: &Block,
    entry: &EntrySource,
    macros: &mut Macros<'a>,
    problems: &mut Problems,
) -> RawEntry<'a> {
    let key = &text[entry.key.clone()];
    for mistake in &entry.mistakes {
        problems.add(mistake.at, Some(key), mistake.kind.to_string());
    }
    let mut fields: Vec<FieldValue<'a>> = Vec::with_capacity(entry.fields.len());
    let mut seen = std::collections::HashMap::new();
    for field in &entry.fields {
        let name = &text[field.name.clone()];
        let name = if name.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let value = macros.value(field, Some(key), problems);
        // Few fields are quicker looked through than hashed.
        let first = if fields.len() < 32 {
            fields.iter().position(|f| f.name == name)
        } else {
            if seen.is_empty() {
                seen.extend(fields.iter().enumerate().map(|(i, f)| (f.name.clone(), i)));
            }
            seen.get(&name).copied()
        };
        match first {
            None => {
                if !seen.is_empty() {
                    seen.insert(name.clone(), fields.len());
                }
                fields.push(FieldValue { name, value, at: field.name.start });
            }
            Some(first) if fields[first].value == value => {}
            Some(_) => {
                let message = format!("the field {name} is there twice, the first one counts: take one out");
                problems.add(field.name.start, Some(key), message);
            }
        }
    }
    let entry_type = text[entry.entry_type.clone()].to_ascii_lowercase();
    RawEntry { entry_type, key, fields, at: block.span.start }
}

/// The key of an entry that could not be read, as far as it has one.
fn key_of_broken<'a>(text: &'a str, block: &Block) -> Option<&'a str> {
    let body = text[block.span.clone()].split_once('{')?.1;
    let end = body.bytes().take(200).position(|b| matches!(b, b',' | b'{' | b'}' | b'=' | b'\n'))?;
    (body.as_bytes()[end] == b',').then(|| body[..end].trim())
}
