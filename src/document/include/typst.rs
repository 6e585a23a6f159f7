//! `#include "file.typ"` of Typst. What `#import` brings in are definitions and no text.

use super::{Content, Include};

pub(super) fn content(source: &str) -> Content {
    let mut includes = Vec::new();
    let bytes = source.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &source[at..];
        at += match bytes[at] {
            b'\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            // An address is no comment: "https://".
            b'/' if rest.starts_with("//") && !source[..at].ends_with(':') => rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |i| i + 2),
            b'`' => {
                let ticks = rest.bytes().take_while(|b| *b == b'`').count();
                // Two are raw text that is empty.
                if ticks == 2 { 2 } else { rest[ticks..].find(&rest[..ticks]).map_or(ticks, |i| i + 2 * ticks) }
            }
            b'#' => match file(&rest[1..]) {
                Some((target, length)) => {
                    let range = at..at + 1 + length;
                    includes.push(Include { range, target, folder: None, endings: &[] });
                    1 + length
                }
                None => 1,
            },
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    Content { range: 0..source.len(), includes }
}

/// The file after `include`, and how long the command is.
fn file(rest: &str) -> Option<(String, usize)> {
    let after = rest.strip_prefix("include")?;
    let inner = after.trim_start_matches([' ', '\t', '(']).strip_prefix('"')?;
    let length = inner.bytes().take(400).position(|b| matches!(b, b'"' | b'\n'))?;
    let target = inner.get(..length).filter(|_| inner.as_bytes()[length] == b'"')?;
    let mut stop = rest.len() - inner.len() + length + 1;
    if after.trim_start().starts_with('(') && rest[stop..].starts_with(')') {
        stop += 1;
    }
    Some((target.to_owned(), stop))
}
