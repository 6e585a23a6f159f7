//! Superscript numbers, as markup and as raised digits of Unicode.

use std::ops::Range;

use super::numeric::{Cursor, Group, Item, digit, is_range_mark, items};

/// Superscript runs as groups of numbers; runs with only marks between them are one group.
pub(super) fn from_runs(text: &str, runs: &[Range<usize>]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut i = 0;
    while i < runs.len() {
        let mut end = runs[i].end;
        let start = runs[i].start;
        i += 1;
        while i < runs.len() && runs[i].start >= end && is_gap(&text[end..runs[i].start]) {
            end = runs[i].end;
            i += 1;
        }
        groups.extend(run(text, start..end));
    }
    groups
}

/// Whether only marks of a list stand between two runs.
fn is_gap(gap: &str) -> bool {
    gap.len() <= 9
        && (gap.is_empty() || !gap.trim().is_empty())
        && gap.chars().all(|c| matches!(c, ' ' | '\u{a0}' | ',' | ';' | '(' | ')' | '[' | ']') || is_range_mark(c))
}

fn run(text: &str, range: Range<usize>) -> Option<Group> {
    let head = &text[..range.start];
    let base = head.strip_suffix("^(").or(head.strip_suffix('^')).unwrap_or(head).len();
    if is_unit_power(text, base) {
        return None;
    }
    let marks = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | ')' | ']' | ',' | '.' | ';');
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start_matches(marks).len());
    let end = range.end - (inner.len() - inner.trim_end_matches(marks).len());
    let items = if start < end { list(text, start..end)? } else { return None };
    let is_power = matches!(items[..], [Item { first: 2 | 3, last: 2 | 3, .. }]) && follows_letter(text, base);
    let is_isotope = text[range.end..].starts_with(char::is_uppercase) && opens_word(text, base);
    (!is_power && !is_isotope).then_some(Group { items, range: start..end })
}

/// Numbers with marks between them, brackets among them ("7),(8").
fn list(text: &str, range: Range<usize>) -> Option<Vec<Item>> {
    if let Some(items) = items(text, range.clone()) {
        return Some(items);
    }
    let mut cursor = Cursor { text, at: range.start, end: range.end };
    let mut found = Vec::new();
    while cursor.at < cursor.end {
        found.push(numbers(&mut cursor)?);
        let rest = cursor.rest();
        let behind = rest.trim_start_matches([' ', '\u{a0}', ',', ';', '(', ')', '[', ']']);
        if behind.len() == rest.len() && !rest.is_empty() {
            return None;
        }
        cursor.at = cursor.end - behind.len();
    }
    Some(found)
}

/// A number or a range, brackets around its dash allowed ("17)-(20").
pub(super) fn numbers(cursor: &mut Cursor<'_>) -> Option<Item> {
    let item = cursor.item()?;
    let rest = cursor.rest();
    let Some(close) = rest.strip_prefix([')', ']']) else { return Some(item) };
    let behind = close.trim_start();
    if item.first != item.last || !behind.starts_with(is_range_mark) {
        return Some(item);
    }
    let here = cursor.at;
    let digits = behind.trim_start_matches(|c| is_range_mark(c) || matches!(c, ' ' | '(' | '['));
    cursor.at = cursor.end - digits.len();
    match cursor.number() {
        Some(last) if last > item.first && last - item.first < 300 => {
            Some(Item { last, range: item.range.start..cursor.at, ..item })
        }
        _ => {
            cursor.at = here;
            Some(item)
        }
    }
}

/// "r²", "U ²": a variable before its exponent; but "vitamin C²".
fn follows_letter(text: &str, start: usize) -> bool {
    let before = text[..start].strip_suffix(' ').unwrap_or(&text[..start]);
    let Some(letter) = before.chars().next_back().filter(|c| c.is_alphabetic()) else { return false };
    let head = &before[..before.len() - letter.len_utf8()];
    let word = head.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !head.ends_with(char::is_alphanumeric)
        && !matches!(
            word,
            "vitamin" | "vitamins" | "Vitamin" | "type" | "hepatitis" | "Hepatitis" | "group" | "influenza"
        )
}

/// "¹⁴C", "[¹⁸F]": nothing that is cited stands before the number.
fn opens_word(text: &str, start: usize) -> bool {
    text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '(' | '-' | '/'))
}

/// "cm²", "10⁶" stand where citations do not: behind a unit or a power's base.
fn is_unit_power(text: &str, start: usize) -> bool {
    let before = &text[..start];
    let word_start = before.char_indices().rev().take(12).take_while(|(_, c)| c.is_alphanumeric() || *c == 'µ').last();
    let word = word_start.map_or("", |(i, _)| &before[i..]);
    is_unit(word) || word.ends_with("10") && word.len() <= 4
}

pub(super) fn is_unit(word: &str) -> bool {
    const UNITS: &[&str] = &[
        "m", "cm", "mm", "km", "dm", "nm", "µm", "μm", "um", "in", "ft", "s", "h", "L", "l", "kg", "g", "mg", "ml",
        "mL", "ha", "R", "r", "χ", "x", "X", "p", "Å", "min", "d", "y", "yd", "mol", "W", "V", "Hz", "K", "J", "N",
        "Pa", "chi", "CO", "O", "H", "NO", "SO", "pCO", "log", "σ", "η", "ω", "I", "T",
    ];
    UNITS.contains(&word)
}

/// The digits of `text` that are raised in Unicode, and those in carets: "^7,8^" in Markdown, "^(7,8)" where a
/// converter wrote plain text.
pub(super) fn runs_in_text(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    if !may_hold_runs(text) {
        return runs;
    }
    let mut caret: Option<usize> = None;
    for (i, c) in text.char_indices() {
        let raised = digit(c).is_some() && !c.is_ascii_digit();
        let end = i + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end == i && (raised || c == '⁻' || c == '˒' || c == 'ʼ') => run.end = end,
            _ if raised => runs.push(i..end),
            _ => {}
        }
        if let Some(inner) = text[i..].strip_prefix("^(").and_then(bracketed) {
            runs.push(end + 1..end + 1 + inner);
        } else if c == '^' {
            match caret.take() {
                Some(open) if i > open && i - open < 40 => runs.push(open..i),
                _ => caret = Some(end),
            }
        } else if !(c.is_ascii_digit() || matches!(c, ',' | ' ' | ';' | '[' | ']' | '(' | ')') || is_range_mark(c)) {
            caret = None;
        }
    }
    runs
}

/// Whether a caret stands in a text, or the first two bytes of a raised digit (U+00B2, U+00B3, U+00B9, U+2070 to U+2079):
/// most texts have none.
fn may_hold_runs(text: &str) -> bool {
    let bytes = text.as_bytes();
    let raised = |w: &[u8]| matches!(w, [0xc2, 0xb2 | 0xb3 | 0xb9] | [0xe2, 0x81]);
    bytes.contains(&b'^') || bytes.windows(2).any(raised)
}

/// The length of the numbers that a text begins with, where a bracket closes behind them.
fn bracketed(text: &str) -> Option<usize> {
    let end = text.bytes().take(40).position(|b| b == b')')?;
    let numbers = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | ';') || is_range_mark(c);
    text.get(..end).filter(|inner| inner.contains(|c: char| c.is_ascii_digit()) && inner.chars().all(numbers))?;
    Some(end)
}
