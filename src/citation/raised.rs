//! Superscript numbers: as markup, as raised digits of Unicode, and as plain digits that lost their markup.

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
    if is_unit_power(text, range.start) {
        return None;
    }
    let marks = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | ')' | ']' | ',' | '.' | ';');
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start_matches(marks).len());
    let end = range.end - (inner.len() - inner.trim_end_matches(marks).len());
    let items = if start < end { list(text, start..end)? } else { return None };
    Some(Group { items, range: start..end })
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
fn numbers(cursor: &mut Cursor<'_>) -> Option<Item> {
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

/// "cm²", "10⁶", "¹⁴C" stand where citations do not: behind a unit or a power's base, before a symbol.
fn is_unit_power(text: &str, start: usize) -> bool {
    let before = &text[..start];
    let word_start = before.char_indices().rev().take(12).take_while(|(_, c)| c.is_alphanumeric() || *c == 'µ').last();
    let word = word_start.map_or("", |(i, _)| &before[i..]);
    is_unit(word) || word.ends_with("10") && word.len() <= 4
}

fn is_unit(word: &str) -> bool {
    const UNITS: &[&str] = &[
        "m", "cm", "mm", "km", "dm", "nm", "µm", "μm", "um", "in", "ft", "s", "h", "L", "l", "kg", "g", "mg", "ml",
        "mL", "ha", "R", "r", "χ", "x", "X", "p", "Å", "min", "d", "y", "yd", "mol", "W", "V", "Hz", "K", "J", "N",
        "Pa", "chi", "CO", "O", "H", "NO", "SO", "pCO", "log", "σ", "η", "ω", "I", "T",
    ];
    UNITS.contains(&word)
}

/// The digits of `text` that are raised in Unicode, and those in Markdown's carets.
pub(super) fn runs_in_text(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut caret: Option<usize> = None;
    for (i, c) in text.char_indices() {
        let raised = digit(c).is_some() && !c.is_ascii_digit();
        let end = i + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end == i && (raised || c == '⁻' || c == '˒' || c == 'ʼ') => run.end = end,
            _ if raised => runs.push(i..end),
            _ => {}
        }
        if c == '^' {
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

/// A group of plain digits, and what speaks for its being a citation that lost its markup.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    pub group: Group,
    pub place: Place,
}

/// Where plain digits stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between words, set off by spaces: most of them count something.
    Spaced,
    /// Behind a mark and a space: "in the sea. 12 Then".
    AfterMark,
    /// Right behind capitals, whose own digits these may be: "NSAID12".
    Symbol,
    /// Between a word and a mark, set off by spaces: "by many authors 12 ."
    SpacedBeforeMark,
    /// Right behind a word or a mark: "in the sea.12".
    Glued,
}

/// Groups of plain digits that may be citations by what stands around them.
pub(super) fn from_digits(text: &str) -> Vec<Plain> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + offset;
        let (end, group) = digits_at(text, start);
        at = end;
        let Some(group) = group else { continue };
        if let Some(place) = place(text, &group.range) {
            found.push(Plain { group, place });
        }
    }
    found
}

/// Whether a year can stand behind a text: set off, and no number of something.
fn stands_alone(before: &str) -> bool {
    let word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    before.ends_with([' ', '('])
        && !matches!(word.as_str(), "number" | "no" | "nº" | "grant" | "id" | "protocol" | "process")
}

fn is_year(digits: &str) -> bool {
    digits.parse().is_ok_and(|y: u32| (1900..=2040).contains(&y))
}

/// Reads the digits at an offset and what is listed with them; returns where it stopped.
fn digits_at(text: &str, start: usize) -> (usize, Option<Group>) {
    let digits = |at: usize| text.as_bytes()[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut start = start;
    let stop = start + digits(start);
    // "in 202012": a year, and 12.
    if (5..=7).contains(&(stop - start)) && is_year(&text[start..start + 4]) && stands_alone(&text[..start]) {
        start += 4;
    }
    if stop - start > 3 || text.as_bytes()[start] == b'0' {
        return (stop, None);
    }
    // No list of citations is longer, in bytes.
    let mut end = text.len().min(start + 120);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut cursor = Cursor { text, at: start, end };
    let mut items = Vec::new();
    let mut behind = start;
    loop {
        let Some(item) = numbers(&mut cursor) else { break };
        if digits(item.range.start) > 3 {
            break;
        }
        behind = item.range.end;
        items.push(item);
        let rest = cursor.rest();
        let next = rest.trim_start_matches([' ', '\u{a0}', ',', ';', ')', '(']);
        let gap = &rest[..rest.len() - next.len()];
        let lists = gap.contains([',', ';']) && gap.len() <= 6;
        if !lists || !next.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        // "1,200 of them"
        if gap == "," && digits(cursor.end - next.len()) == 3 && items.last().is_some_and(|i| i.last < 100) {
            return (cursor.end - next.len() + 3, None);
        }
        cursor.at = cursor.end - next.len();
    }
    if items.is_empty() {
        return (stop, None);
    }
    let ascending = items.windows(2).all(|w| w[0].last < w[1].first);
    let group = Group { items, range: start..behind };
    (behind.max(stop), ascending.then_some(group))
}

/// How digits stand in their sentence; nothing where they cannot be a citation.
fn place(text: &str, range: &Range<usize>) -> Option<Place> {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let next = after.chars().next();
    let mut behind = after.chars();
    behind.next();
    let second = behind.next();
    // "2023;31(3)" is a volume.
    if next == Some('(') && before.ends_with([';', ':']) {
        return None;
    }
    let decimal = matches!(next, Some('.' | ',' | ':' | '/')) && second.is_some_and(|c| c.is_ascii_digit());
    if decimal
        || next.is_some_and(|c| {
            c.is_alphanumeric()
                || matches!(c, '%' | '°' | '′' | '″' | '\'' | '/' | '=' | '+' | '×' | '±' | '_' | '@' | '·')
        })
    {
        return None;
    }
    let last = before.chars().next_back()?;
    if last.is_whitespace() {
        return spaced(before.trim_end(), after);
    }
    if matches!(last, '(' | '[') {
        // "series.(17)" is seen as a bracket.
        return None;
    }
    if last.is_alphabetic() {
        return glued_to_word(before);
    }
    if last.is_ascii_digit() {
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        return (digits == 4 && is_year(&before[before.len() - 4..])).then_some(Place::Glued);
    }
    let mut back = before.chars().rev().skip(1);
    let previous = back.next();
    match last {
        '.' | ',' | ';' | ':' => {
            let head = &before[..before.len() - 1];
            let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            // "in 2021.6", but "0.6" and "J.6"
            let number = digits > 0 && !(digits == 4 && is_year(&head[head.len() - 4..]) && last != ',');
            let initial = previous.is_some_and(char::is_uppercase) && !back.next().is_some_and(char::is_alphanumeric);
            (!number && !initial && previous.is_some_and(|c| !c.is_whitespace())).then_some(Place::Glued)
        }
        ')' | ']' | '”' | '"' | '’' | '%' | '?' | '!' | '»' => Some(Place::Glued),
        _ => None,
    }
}

/// Digits right behind a word: "areas61" cites; "VOSO4", "log2" and "cm2" do not.
fn glued_to_word(before: &str) -> Option<Place> {
    let word_start = before.char_indices().rev().take(40).take_while(|(_, c)| c.is_alphanumeric()).last();
    let word = word_start.map_or("", |(i, _)| &before[i..]);
    if word.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = word.chars().rev().take_while(|c| c.is_lowercase()).count();
    let plain = word.chars().skip(1).all(char::is_lowercase);
    let joined = before[..before.len() - word.len()].ends_with(['-', '_', '/', '\u{2010}']);
    let of_a_language = if joined { lower >= 5 } else { lower >= 3 && !is_unit(word) || word == "al" || word == "by" };
    if plain && of_a_language {
        return Some(Place::Glued);
    }
    let symbol = !joined && word.chars().count() >= 3 && word.chars().all(char::is_uppercase);
    symbol.then_some(Place::Symbol)
}

/// Words before a spaced number that it belongs to.
const COUNTED_AFTER: &[&str] = &[
    "of",
    "in",
    "at",
    "to",
    "for",
    "and",
    "or",
    "than",
    "from",
    "with",
    "the",
    "a",
    "an",
    "day",
    "days",
    "age",
    "aged",
    "about",
    "chapter",
    "step",
    "figure",
    "fig",
    "table",
    "tables",
    "figures",
    "figs",
    "eq",
    "equation",
    "section",
    "between",
    "was",
    "were",
    "is",
    "are",
    "be",
    "until",
    "after",
    "before",
    "over",
    "under",
    "approximately",
    "nearly",
    "only",
    "all",
    "these",
    "those",
    "least",
    "most",
    "type",
    "phase",
    "group",
    "stage",
    "week",
    "weeks",
    "year",
    "years",
    "month",
    "months",
    "total",
    "every",
    "into",
    "on",
    "per",
    "up",
    "within",
    "when",
    "as",
    "had",
    "have",
    "has",
    "version",
    "no",
    "number",
    "page",
    "vol",
    "grade",
    "level",
    "x",
    "n",
    "p",
    "r",
    "ca",
    "around",
    "almost",
    "additional",
    "files",
    "file",
    "panel",
    "supplementary",
    "line",
    "lane",
    "window",
    "windows",
    "round",
    "above",
    "below",
    "then",
    "our",
    "other",
    "some",
    "we",
    "their",
    "using",
    "de",
    "do",
    "da",
    "em",
    "e",
    "os",
    "as",
    "com",
    "por",
    "entre",
    "até",
    "para",
    "tabela",
    "figura",
    "que",
    "foram",
    "dos",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "category",
    "model",
    "species",
    "chromosome",
    "exon",
    "experiment",
    "box",
    "case",
    "ref",
    "refs",
    "reference",
    "sdg",
    "covid",
    "omega",
    "item",
    "items",
    "note",
    "appendix",
    "video",
    "movie",
    "dataset",
    "scenario",
    "zone",
    "plot",
    "site",
    "station",
    "patient",
    "subject",
    "score",
    "scores",
    "ph",
    "temperature",
    "factor",
];

/// Plurals that end a clause as often as they count.
const COUNTED_IN_CLAUSES: &[&str] =
    &["days", "weeks", "years", "months", "stage", "level", "score", "scores", "age", "total", "species"];

fn spaced(before: &str, after: &str) -> Option<Place> {
    let last = before.chars().next_back()?;
    let bare = before.trim_end_matches(['.', ',', ';']);
    let word_start = bare.char_indices().rev().take(40).take_while(|(_, c)| c.is_alphanumeric()).last();
    let word = word_start.map_or("", |(i, _)| &bare[i..]);
    let lower = word.to_lowercase();
    let follows = after.trim_start();
    let next = follows.chars().next();
    let marks = ['.', ',', ';', ':', ')', '?', ']', '—'];
    let before_mark = next.is_none_or(|c| marks.contains(&c));
    let example = bare.ends_with("e.g");
    let behind_mark = matches!(last, '.' | ',' | ';') && word != "al" && !example;
    let counts = COUNTED_AFTER.contains(&lower.as_str())
        && !(before_mark && COUNTED_IN_CLAUSES.contains(&lower.as_str()))
        && !behind_mark;
    let number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    if counts || word.chars().count() == 1 && !behind_mark && !example || number && !is_year(word) {
        return None;
    }
    // "(samples 6–11)", but "( 39 ; 40 )"
    let opens = bare[..bare.len() - word.len()].ends_with(['(', '[']);
    if opens && !word.is_empty() && !example {
        return None;
    }
    if matches!(last, '(' | '[') {
        return next.is_some_and(|c| matches!(c, ';' | ',' | ')' | ']')).then_some(Place::SpacedBeforeMark);
    }
    let operators = "=<>≤≥±~–-−+×≈|/*#$€([:";
    if operators.contains(last) {
        return None;
    }
    let next_word: String = follows.chars().take(12).take_while(|c| c.is_alphanumeric() || *c == 'µ').collect();
    if is_unit(&next_word) && next_word.chars().count() < 4
        || matches!(next_word.as_str(), "hr" | "hrs" | "μM" | "µM" | "mM" | "nM" | "kb" | "bp")
    {
        return None;
    }
    match next {
        None if behind_mark => Some(Place::AfterMark),
        _ if behind_mark && before_mark => (last == ',' && next == Some(')')).then_some(Place::SpacedBeforeMark),
        // "in the sea. 12 Then", "in the sea, 12 but"
        Some(c) if behind_mark => {
            let goes_on = if last == '.' { c.is_uppercase() } else { c.is_lowercase() };
            goes_on.then_some(Place::AfterMark)
        }
        _ if before_mark => Some(Place::SpacedBeforeMark),
        Some(c) if c.is_alphabetic() => Some(Place::Spaced),
        _ => None,
    }
}
