//! Where the arguments of commands begin and end.

use std::ops::Range;

/// No optional argument is longer, in bytes.
const MAX_OPTIONAL: usize = 1_000;

/// Where each brace of a source is closed.
#[derive(Debug)]
pub(super) struct Braces(Vec<(usize, usize)>);

impl Braces {
    pub fn of(source: &str) -> Self {
        let mut found = Vec::new();
        let mut open = Vec::new();
        let bytes = source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 1,
                b'%' => {
                    while at + 1 < bytes.len() && bytes[at + 1] != b'\n' {
                        at += 1;
                    }
                }
                b'{' => open.push(at),
                b'}' => {
                    if let Some(start) = open.pop() {
                        found.push((start, at));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        found.sort_unstable();
        Self(found)
    }

    /// What stands in the braces that open at `at`, white space before them aside.
    pub fn argument(&self, source: &str, at: usize) -> Option<Range<usize>> {
        let rest = source.get(at..)?;
        let gap: usize = rest.bytes().take(200).take_while(|b| b.is_ascii_whitespace()).count();
        let open = at + gap;
        let i = self.0.binary_search_by_key(&open, |b| b.0).ok()?;
        Some(open + 1..self.0[i].1)
    }
}

/// What stands in the square brackets at `at`.
pub(super) fn optional(source: &str, at: usize, end: usize) -> Option<Range<usize>> {
    let rest = &source.as_bytes()[at.min(end)..end];
    let gap = rest.iter().take(200).take_while(|b| b.is_ascii_whitespace()).count();
    if rest.get(gap) != Some(&b'[') || rest[..gap].iter().filter(|b| **b == b'\n').count() > 1 {
        return None;
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    for (i, b) in rest[gap + 1..].iter().take(MAX_OPTIONAL).enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' if depth == 0 => return None,
            b'}' => depth -= 1,
            b']' if depth == 0 => return Some(at + gap + 1..at + gap + 1 + i),
            _ => {}
        }
    }
    None
}

/// Behind all arguments that follow without white space between.
pub(super) fn skip_all(source: &str, braces: &Braces, at: usize, end: usize) -> usize {
    let mut stop = at;
    loop {
        let rest = &source[stop.min(end)..end];
        let next = if rest.starts_with('[') {
            optional(source, stop, end).map(|o| o.end + 1)
        } else if rest.starts_with('{') {
            braces.argument(source, stop).map(|a| a.end + 1).filter(|&e| e <= end)
        } else {
            None
        };
        match next {
            Some(next) => stop = next,
            None => return stop,
        }
    }
}

/// Behind a definition: its name, its parameters and its body.
pub(super) fn definition_end(source: &str, braces: &Braces, after: usize, end: usize) -> usize {
    let mut stop = after;
    let rest = &source[stop.min(end)..end];
    let trimmed = rest.trim_start_matches([' ', '*']);
    stop += rest.len() - trimmed.len();
    if trimmed.starts_with('\\') {
        stop = super::commands::name(source, stop).1;
        // "\def\x#1#2{…}"
        let parameters = source[stop.min(end)..end].find(['{', '\n', '\\']).unwrap_or(0);
        stop += parameters;
    }
    skip_all(source, braces, stop, end).min(end)
}
