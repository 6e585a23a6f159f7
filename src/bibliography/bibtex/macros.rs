//! `@string` macros and the values that use them, within bounds.
//!
//! A macro may use those defined before it, so no definition can run in circles; what doubles with every
//! definition is stopped by its size.

use std::borrow::Cow;
use std::collections::HashMap;

use super::dates::MONTHS;
use super::problems::Problems;
use super::syntax::{FieldSource, PieceKind};

/// The longest value a macro may have, in bytes.
const LONGEST_MACRO: usize = 64 * 1024;

/// How many bytes all uses of macros in a file may add up to, besides four times the file.
const EXPANSION: usize = 16 * 1024 * 1024;

pub(super) struct Macros<'a> {
    text: &'a str,
    /// Definitions by name in lower case, in file order: where each ends, and its value.
    defined: HashMap<String, Vec<(usize, String)>>,
    budget: usize,
}

impl<'a> Macros<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, defined: HashMap::new(), budget: EXPANSION + 4 * text.len() }
    }

    /// Takes a definition in; they must come in file order.
    pub(super) fn define(&mut self, field: &FieldSource, problems: &mut Problems) {
        let name = self.text[field.name.clone()].to_ascii_lowercase();
        let value = self.value(field, None, problems).into_owned();
        if value.len() > LONGEST_MACRO {
            let message = format!(
                "the @string {name} would be longer than {LONGEST_MACRO} bytes and was left out; write it shorter"
            );
            problems.add(field.name.start, None, message);
            return;
        }
        self.defined.entry(name).or_default().push((field.first.span.end, value));
    }

    /// The value of a field as LaTeX. An unknown macro stands for its own name.
    pub(super) fn value(&mut self, field: &FieldSource, key: Option<&str>, problems: &mut Problems) -> Cow<'a, str> {
        let text = self.text;
        if field.rest.is_empty() && field.first.kind != PieceKind::Macro {
            return Cow::Borrowed(&text[field.first.span.clone()]);
        }
        let mut out = String::new();
        for piece in field.pieces() {
            let source = &text[piece.span.clone()];
            if piece.kind != PieceKind::Macro {
                out.push_str(source);
                continue;
            }
            let name = source.to_ascii_lowercase();
            let found = self.defined.get(&name).map(|definitions| {
                // The last one before its use; else the first after it.
                let before = definitions.partition_point(|(at, _)| *at < piece.span.start);
                &definitions[before.saturating_sub(1)].1
            });
            match found {
                Some(value) if value.len() <= self.budget => {
                    self.budget -= value.len();
                    out.push_str(value);
                }
                Some(_) => {
                    out.push_str(source);
                    let message = format!(
                        "the uses of @string macros add up to too much; {source} was not replaced from here on"
                    );
                    problems.add(piece.span.start, key, message);
                }
                None if MONTHS.contains(&name.as_str()) => out.push_str(&name),
                None => {
                    out.push_str(source);
                    let message = format!(
                        "the @string {source} is not defined, its name was kept: define it, or put the value in braces"
                    );
                    problems.add(piece.span.start, key, message);
                }
            }
            // A value that grows without bound is cut off where it stands; `define` refuses it then.
            if out.len() > LONGEST_MACRO && key.is_none() {
                break;
            }
        }
        Cow::Owned(out)
    }
}
