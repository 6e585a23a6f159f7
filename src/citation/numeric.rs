//! Groups of numbers that may point into a reference list: "[1, 3–5]", "(12)", "^{3,4}".

use std::ops::Range;

use super::brackets::{Bracket, Shape};

/// The highest number of a reference.
pub(super) const MOST: u32 = 9_999;
/// No citation spans more references at once.
const WIDEST: u32 = 300;

/// Numbers printed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub items: Vec<Item>,
    /// Byte range with its brackets.
    pub range: Range<usize>,
}

/// A number, or a range of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub first: u32,
    pub last: u32,
    /// The letters behind the number, first and last: "3a", "3a–c" name parts of an entry.
    pub letters: Option<(char, char)>,
    /// Byte range.
    pub range: Range<usize>,
}

impl Group {
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.items.iter().flat_map(|item| item.first..=item.last)
    }

    pub fn highest(&self) -> u32 {
        self.items.iter().map(|i| i.last).max().unwrap_or(0)
    }
}

/// Words before the numbers within a bracket.
const LEADS: &[&str] = &[
    "see",
    "e.g.",
    "e.g",
    "eg",
    "cf.",
    "cf",
    "also",
    "ref",
    "ref.",
    "refs",
    "refs.",
    "reference",
    "references",
    "reviewed",
    "review",
    "in",
    "for",
    "and",
    "as",
    "by",
    "a",
    "from",
    "apud",
    "ver",
    "i.e.",
];
/// Words after the numbers: locators and remarks.
const TAILS: &[&str] = &[
    "p",
    "pp",
    "page",
    "pages",
    "chap",
    "chapter",
    "ch",
    "fig",
    "figs",
    "figure",
    "table",
    "section",
    "sec",
    "eq",
    "theorem",
    "and references",
    "references",
    "for",
    "see",
    "among",
    "supplementary",
    "appendix",
    "and others",
    "vol",
    "lemma",
    "but",
];

/// The groups of numbers in brackets of one shape. Ranges that span two brackets ("[21]–[24]") are one item.
pub(super) fn in_brackets(text: &str, brackets: &[Bracket], shape: Shape) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for bracket in brackets.iter().filter(|b| b.shape == shape && b.range.len() < 200) {
        if shape == Shape::Round && !may_cite(text, &bracket.range) {
            continue;
        }
        let Some(items) = items(text, bracket.inner()) else { continue };
        if shape == Shape::Square && is_interval(text, bracket.range.start, items.len()) {
            continue;
        }
        let mut group = Group { items, range: bracket.range.clone() };
        let gap = groups.last().and_then(|before| text.get(before.range.end..group.range.start));
        if let (Some(before), true) = (groups.last_mut(), gap.is_some_and(is_dash)) {
            join(before, &mut group);
        }
        if !group.items.is_empty() {
            groups.push(group);
        }
    }
    groups
}

/// Joins the last number of a group and the first of the next to a range.
fn join(before: &mut Group, after: &mut Group) {
    let (Some(low), Some(high)) = (before.items.last_mut(), after.items.first()) else { return };
    if low.last < high.first && high.first - low.last <= WIDEST {
        low.last = high.last;
        low.range = before.range.start.max(low.range.start.saturating_sub(1))..after.range.end.min(high.range.end + 1);
        before.range.end = before.range.end.max(low.range.end);
        after.items.remove(0);
    }
}

fn is_dash(gap: &str) -> bool {
    matches!(gap.trim(), "-" | "–" | "—" | "−" | "‐" | "‑")
}

/// Whether a square bracket stands where an interval or a value does: "x ∈ [1, 2]", "in the interval [1, 2]".
fn is_interval(text: &str, start: usize, numbers: usize) -> bool {
    let before = text[..start].trim_end();
    before.ends_with(['∈', '∉', '⊂', '⊆', '=', '×', '±', '<', '>', '≤', '≥'])
        || numbers == 2
            && ["interval", "intervals", "the range", "a range", "intervalo", "Intervall", "intervalle"]
                .iter()
                .any(|w| before.ends_with(w))
}

/// Whether a round bracket stands where a citation can: not as an argument, an index or an enumeration.
fn may_cite(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end();
    let glued = before.len() == range.start;
    let Some(last) = before.chars().next_back() else { return false };
    let word_start = before.char_indices().rev().take(24).take_while(|(_, c)| c.is_alphanumeric()).last();
    let word = word_start.map_or("", |(i, _)| &before[i..]);
    if glued && !word.is_empty() {
        let letters = word.chars().filter(|c| c.is_lowercase()).count();
        let count = word.chars().count();
        return letters > 2 && letters + 1 >= count || count > 3 && word.chars().all(char::is_uppercase);
    }
    let numbered = [
        "eq",
        "eqs",
        "equation",
        "equations",
        "fig",
        "figs",
        "figure",
        "figures",
        "table",
        "tables",
        "section",
        "step",
        "formula",
        "equação",
        "figura",
        "tabela",
        "and",
        "or",
        "e",
        "ou",
    ];
    let bare = before.trim_end_matches('.');
    let lower = bare
        [bare.len() - bare.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>()..]
        .to_lowercase();
    let next = text[range.end..].trim_start().chars().next();
    // "y = ax + b (1)": the number of an equation that stands on a line of its own.
    if next.is_none() && !before.ends_with(['.', ',', ';']) && is_equation(before) {
        return false;
    }
    let goes_on = next.is_some_and(char::is_alphabetic);
    // "causes: (1) heat, (2) salt"
    let enumerates = goes_on && !glued && matches!(last, ':' | ';' | ',');
    !numbered.contains(&lower.as_str()) && !enumerates && !matches!(last, '=' | '+' | '*' | '/' | '<' | '>' | '±' | '−')
}

/// Whether a line has a sign of equality and few words.
fn is_equation(line: &str) -> bool {
    let words = line.split_whitespace().filter(|w| w.chars().count() > 3 && w.chars().all(char::is_alphabetic)).count();
    line.contains(['=', '≤', '≥', '≈', '∝', '→', '⇌']) && words <= 2 && line.len() < 400
}

/// The numbers of a part of a text when it holds numbers only, but for words before and after them.
pub(super) fn items(text: &str, part: Range<usize>) -> Option<Vec<Item>> {
    let mut cursor = Cursor { text, at: part.start, end: part.end };
    let mut items = Vec::new();
    cursor.skip_leads();
    loop {
        cursor.skip_space();
        items.push(cursor.item_or_part()?);
        cursor.skip_space();
        if cursor.at == cursor.end {
            return Some(items);
        }
        let mark = cursor.skip_separator();
        if mark && cursor.rest().is_empty() {
            return Some(items);
        }
        if cursor.at_digit() && mark {
            continue;
        }
        // "3a, b"
        if mark
            && let Some(before) = items.last().filter(|item| item.letters.is_some())
            && let (number, start) = (before.first, cursor.at)
            && let Some(letters) = cursor.letters()
        {
            items.push(Item { first: number, last: number, letters: Some(letters), range: start..cursor.at });
            cursor.skip_space();
            if cursor.at == cursor.end {
                return Some(items);
            }
            if cursor.skip_separator() && cursor.at_digit() {
                continue;
            }
        }
        return cursor.is_tail().then_some(items);
    }
}

pub(super) struct Cursor<'a> {
    pub text: &'a str,
    pub at: usize,
    pub end: usize,
}

impl<'a> Cursor<'a> {
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..self.end]
    }

    pub fn skip_space(&mut self) {
        self.at = self.end - self.rest().trim_start().len();
    }

    pub fn at_digit(&self) -> bool {
        self.rest().chars().next().is_some_and(|c| digit(c).is_some())
    }

    fn skip_leads(&mut self) {
        for _ in 0..5 {
            self.skip_space();
            let rest = self.rest();
            let word = &rest[..rest.find([' ', ',', ':', '\u{a0}']).unwrap_or(rest.len())];
            if !LEADS.contains(&word.to_lowercase().as_str()) {
                return;
            }
            self.at += word.len();
            if self.rest().starts_with([',', ':']) {
                self.at += 1;
            }
        }
    }

    /// A number of at most four digits.
    pub fn number(&mut self) -> Option<u32> {
        let mut value = 0;
        let mut count = 0;
        while let Some(c) = self.rest().chars().next() {
            let Some(d) = digit(c) else { break };
            value = value * 10 + d;
            count += 1;
            if count > 4 {
                return None;
            }
            self.at += c.len_utf8();
        }
        (count > 0 && value > 0).then_some(value)
    }

    /// A letter that names a part of an entry, or two with a dash between.
    fn letters(&mut self) -> Option<(char, char)> {
        let one = |text: &str| {
            let mut chars = text.chars();
            let letter = chars.next().filter(|c| ('a'..='h').contains(c))?;
            (!chars.next().is_some_and(char::is_alphanumeric)).then_some(letter)
        };
        let first = one(self.rest())?;
        self.at += 1;
        let last = self.rest().strip_prefix(is_range_mark).and_then(one).filter(|last| *last > first);
        if last.is_some() {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8) + 1;
        }
        Some((first, last.unwrap_or(first)))
    }

    /// A number with letters, or what [`item`](Self::item) reads.
    fn item_or_part(&mut self) -> Option<Item> {
        let start = self.at;
        if let Some(first) = self.number()
            && let Some(letters) = self.letters()
        {
            return Some(Item { first, last: first, letters: Some(letters), range: start..self.at });
        }
        self.at = start;
        self.item()
    }

    /// A number, or two with a dash between.
    pub fn item(&mut self) -> Option<Item> {
        let start = self.at;
        let first = self.number()?;
        let after_first = self.at;
        self.skip_space();
        let mut last = first;
        if let Some(dash) = self.rest().chars().next().filter(|&c| is_range_mark(c)) {
            self.at += dash.len_utf8();
            // "9)-(16" and "[9]-[16]" with the outer brackets lost.
            self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\u{a0}', '(', '[', '-']).len();
            let digits_first = self.text[start..after_first].chars().count();
            let second_start = self.at;
            let second = self.number()?;
            let digits_second = self.text[second_start..self.at].chars().count();
            last = if second > first {
                second
            } else {
                // "123–5"
                let tens = 10_u32.pow(u32::try_from(digits_second).unwrap_or(1));
                let full = first / tens * tens + second;
                (digits_second < digits_first && full > first).then_some(full)?
            };
            if last - first > WIDEST {
                return None;
            }
        } else {
            self.at = after_first;
        }
        Some(Item { first, last, letters: None, range: start..self.at })
    }

    /// Skips what stands between two numbers; whether there was anything but space.
    pub fn skip_separator(&mut self) -> bool {
        let start = self.at;
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\u{a0}', ',', ';', '&']).len();
        for word in ["and ", "e ", "y ", "und ", "et "] {
            if let Some(rest) = self.rest().strip_prefix(word) {
                self.at = self.end - rest.len();
                break;
            }
        }
        self.skip_space();
        !self.text[start..self.at].trim().is_empty()
    }

    fn is_tail(&self) -> bool {
        let rest = self.rest().trim_start_matches([',', ';', ':', ' ', '.']).to_lowercase();
        TAILS.iter().any(|t| rest.strip_prefix(t).is_some_and(|r| !r.starts_with(char::is_alphabetic)))
    }
}

/// The value of a digit, raised ones included.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => Some(u32::from(c) - 0x2070),
        _ => None,
    }
}

pub(super) fn is_range_mark(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '−' | '‐' | '‑' | '⁻')
}

#[cfg(test)]
mod tests {
    use super::super::brackets::brackets;
    use super::*;

    fn shown(text: &str, shape: Shape) -> Vec<String> {
        let groups = in_brackets(text, &brackets(text), shape);
        let item = |i: &Item| if i.first == i.last { i.first.to_string() } else { format!("{}-{}", i.first, i.last) };
        groups.iter().map(|g| g.items.iter().map(item).collect::<Vec<_>>().join(",")).collect()
    }

    #[test]
    fn square_brackets() {
        for (text, expected) in [
            ("as shown [1, 3–5] and", vec!["1,3-5"]),
            ("as shown [1],[2]", vec!["1", "2"]),
            ("as shown [6]–[8], [10]", vec!["6-8", "10"]),
            ("see [3]:p. 234 or [3, p. 234]", vec!["3", "3"]),
            ("[see 4 and 7]", vec!["4,7"]),
            ("[112–5]", vec!["112-115"]),
            ("[0, 1], [Ca2+], [sic], [1.5], [a1], [12000]", vec![]),
        ] {
            assert_eq!(shown(text, Shape::Square), expected, "{text}");
        }
    }

    #[test]
    fn round_brackets() {
        for (text, expected) in [
            ("in many tumours (2,3,12).", vec!["2,3,12"]),
            ("by Eq. (3) and f(2) and (n = 4) and CO(2)", vec![]),
            ("three causes: (1) heat, (2) salt and (3) light", vec![]),
        ] {
            assert_eq!(shown(text, Shape::Round), expected, "{text}");
        }
    }
}
