//! Superscript numbers that lost their markup: plain digits that may be citations by what stands around them.
//!
//! Which of them are citations is told by the order of their numbers, see `order`.

use std::ops::Range;

use super::numeric::{Cursor, Group};
use super::raised::{is_unit, numbers};

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
    /// Between a word and a mark: "by many authors 12."
    SpacedBeforeMark,
    /// Set off from the mark behind it as no count is: "by many authors 12 ."; or behind "et al."
    SetOff,
    /// Right behind a word, which may be a name with a number: "areas61", "unoise3".
    GluedToWord,
    /// Right behind a mark: "in the sea.12".
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
        if let Some(mut place) = place(text, &group.range) {
            // "3 , 4."
            if place == Place::SpacedBeforeMark && text[group.range.clone()].contains(" ,") {
                place = Place::SetOff;
            }
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
    while let Some(item) = numbers(&mut cursor) {
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
        return Some(Place::GluedToWord);
    }
    // "NSAID12", "NSAIDs12"
    let singular = word.strip_suffix('s').unwrap_or(word);
    let symbol = !joined && word.chars().count() >= 3 && singular.chars().all(char::is_uppercase);
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

/// Words behind a spaced number that it counts.
const COUNTED_BEFORE: &[&str] = &[
    "hr",
    "hrs",
    "μM",
    "µM",
    "mM",
    "nM",
    "kb",
    "bp",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "times",
    "minutes",
    "patients",
    "participants",
    "subjects",
    "samples",
    "replicates",
    "replications",
    "cases",
    "groups",
    "species",
    "anos",
    "meses",
    "dias",
    "semanas",
    "horas",
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
    let set_off = before_mark && next.is_some() && follows.len() < after.len();
    let version = is_version(bare);
    let counts = COUNTED_AFTER.contains(&lower.as_str())
        && !(before_mark && COUNTED_IN_CLAUSES.contains(&lower.as_str()))
        && !behind_mark;
    let number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) && !version;
    let ends_with_number = number && !is_year(word) && !(last == '.' && follows.starts_with(char::is_uppercase));
    let letter = word.chars().count() == 1 && !behind_mark && !example && !version;
    // "written in R 99 ."
    let symbol = letter && set_off && word.starts_with(char::is_uppercase);
    if counts || letter && !symbol || ends_with_number || joins_numbers(follows) {
        return None;
    }
    // "(samples 6–11)", but "( 39 ; 40 )" and "(my words 11 )"
    let opens = bare[..bare.len() - word.len()].ends_with(['(', '[']);
    if opens && !word.is_empty() && !example && !set_off {
        return None;
    }
    if word == "al" && last == '.' && before_mark {
        return Some(Place::SetOff);
    }
    if matches!(last, '(' | '[') {
        let place = if set_off { Place::SetOff } else { Place::SpacedBeforeMark };
        return next.is_some_and(|c| matches!(c, ';' | ',' | ')' | ']')).then_some(place);
    }
    let operators = "=<>≤≥±~–-−+×≈|/*#$€([:";
    if operators.contains(last) {
        return None;
    }
    let next_word: String = follows.chars().take(12).take_while(|c| c.is_alphanumeric() || *c == 'µ').collect();
    if is_unit(&next_word) && next_word.chars().count() < 4 || COUNTED_BEFORE.contains(&next_word.as_str()) {
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
        _ if set_off => Some(Place::SetOff),
        _ if before_mark => Some(Place::SpacedBeforeMark),
        Some(c) if c.is_alphabetic() => Some(Place::Spaced),
        // "Prism 6 (version 3)" names a program.
        Some('(') if follows.len() < after.len() && !word.starts_with(char::is_uppercase) => Some(Place::Spaced),
        _ => None,
    }
}

/// Whether a text ends with the version of a program: "v10.0.240", "version 2.4-4".
fn is_version(text: &str) -> bool {
    let mut words = text.trim_end_matches([')', ']']).rsplitn(3, ' ');
    let version = words.next().unwrap_or_default().trim_start_matches(['(', '[']);
    let named = words.next().is_some_and(|w| matches!(w.trim_matches(['(', ',', '.']), "v" | "version" | "Version"));
    let digits = version.trim_start_matches(['v', 'V']).trim_start_matches('.');
    let parts = digits.split(['.', '-']).count();
    let numbers = digits.split(['.', '-']).all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    numbers && parts > 1 && (parts > 2 || named || digits.len() < version.len())
}

/// Whether a number that a text stands behind is the first of two that are counted: "1 to 6", "5 and 12 months".
fn joins_numbers(follows: &str) -> bool {
    ["to ", "and ", "or ", "e ", "y ", "a ", "und ", "bis "]
        .iter()
        .any(|w| follows.strip_prefix(w).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
}
