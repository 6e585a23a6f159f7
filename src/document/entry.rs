//! What one line of a reference list looks like: its label, whether an entry begins in it, whether it is one at all.

use super::marker::{self, Marker, Token};

/// What stands before an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label<'a> {
    Bullet,
    Number {
        text: &'a str,
        value: u32,
    },
    /// "[3]", "[Roe99]"
    Bracket(&'a str),
}

/// The label at the start of a line and the bytes it takes.
pub(super) fn label(text: &str) -> Option<(Label<'_>, usize)> {
    if let Some(found) = bracket(text) {
        return Some(found);
    }
    let marker = marker::parse(text)?;
    match marker.token {
        Token::Bullet(_) => {
            let rest = &text[marker.length..];
            match bracket(rest).or_else(|| number(rest, &marker::parse(rest)?)).or_else(|| glued_number(rest)) {
                Some((inner, length)) => Some((inner, marker.length + length)),
                None => Some((Label::Bullet, marker.length)),
            }
        }
        Token::Ordinal { .. } => number(text, &marker),
    }
}

/// The number of an entry. Of what looks doubled, "12. E. coli", only the first is one, unless both are numbers.
fn number<'a>(text: &'a str, marker: &Marker<'a>) -> Option<(Label<'a>, usize)> {
    let Token::Ordinal { text: last, .. } = marker.token else { return None };
    if let Ok(value) = last.parse() {
        return Some((Label::Number { text: last, value }, marker.length));
    }
    let first = text.trim_start_matches('(').split(['.', ')']).next()?;
    let value = first.parse().ok()?;
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '(' | ')'));
    Some((Label::Number { text: first, value }, text.len() - rest.trim_start().len()))
}

/// "1.Roe J.", "1Roe, J.": a number that a page set apart by its looks alone.
fn glued_number(text: &str) -> Option<(Label<'_>, usize)> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let value = text[..digits].parse().ok()?;
    let rest = text[digits..].strip_prefix('.').unwrap_or(&text[digits..]);
    let mut letters = rest.chars();
    let name = letters.next()?.is_uppercase()
        && letters.next().is_some_and(|c| c.is_lowercase() || matches!(c, '.' | '’' | '\''));
    name.then_some((Label::Number { text: &text[..digits], value }, text.len() - rest.len()))
}

fn bracket(text: &str) -> Option<(Label<'_>, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.bytes().take(32).position(|b| b == b']')?;
    let (label, rest) = (inner.get(..end)?, &inner[end + 1..]);
    let fits = label.bytes().any(|b| b.is_ascii_digit()) && !label.contains("://");
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    fits.then_some((Label::Bracket(label), text.len() - rest.trim_start().len()))
}

/// "1 Roe J. Birch …": the number of an entry without any sign after it.
pub(super) fn bare_number(text: &str) -> Option<(Label<'_>, usize)> {
    let (number, rest) = text.split_once(' ')?;
    let rest = rest.trim_start();
    let value = number.parse().ok().filter(|_| number.len() <= 3)?;
    rest.starts_with(char::is_alphabetic).then_some((Label::Number { text: number, value }, text.len() - rest.len()))
}

/// Whether the text has a year that a work could be of.
pub(super) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|i| {
        matches!(bytes.get(i..i + 2), Some(b"17" | b"18" | b"19" | b"20"))
            && digit(i + 2)
            && digit(i + 3)
            && !digit(i + 4)
            && (i == 0 || !digit(i - 1))
    })
}

/// Whether the text begins like an author: "Roe, J.", "Roe J,", "J. Roe", "van Roe, Jane".
pub(super) fn begins_with_author(text: &str) -> bool {
    let head: String = text.chars().take(120).collect();
    let mut words = head.split_whitespace().peekable();
    while words.peek().is_some_and(|w| is_particle(w)) {
        words.next();
    }
    let Some(first) = words.next() else { return false };
    if is_initials(first.trim_end_matches(',')) && first.contains('.') {
        return words.find(|w| !is_initials(w)).is_some_and(|w| is_family(w.trim_end_matches([',', '.', ';', ':'])));
    }
    let mut last = first;
    for _ in 0..3 {
        if !is_family(last.trim_end_matches(',')) {
            return false;
        }
        let Some(next) = words.next() else { return false };
        if last.ends_with(',') {
            return is_initials(next.trim_end_matches([',', ';', ':', '&'])) || is_given(next, words.next());
        }
        if is_initials(next.trim_end_matches([',', ';', ':'])) && next != "A" {
            return true;
        }
        last = next;
    }
    false
}

/// Whether a full given name follows the comma: "Roe, Jane (2001)", "Roe, Jane M.".
fn is_given(word: &str, next: Option<&str>) -> bool {
    let ends = word.ends_with([',', '.', ';']);
    is_family(word.trim_end_matches([',', '.', ';']))
        && (ends || next.is_some_and(|n| n.starts_with('(') || n.starts_with('&') || n == "and" || is_initials(n)))
}

fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "van", "von", "der", "den", "di", "da", "del", "della", "dos", "du", "la", "le", "el", "al", "ter",
        "ten", "zu", "af",
    ];
    PARTICLES.contains(&word)
}

fn is_family(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '‐' | '‑'))
        && word.chars().any(char::is_uppercase)
}

/// "J.", "J.-P.", "AB", "D.S."
fn is_initials(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    (1..=4).contains(&letters.len())
        && letters.iter().all(|c| c.is_uppercase())
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '‐' | ','))
}

/// Whether a line starting so goes on the entry before it: "https://…", "Retrieved from …", "of birch".
pub(super) fn begins_inside_entry(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    let lower = text.starts_with(char::is_lowercase) && !is_particle(first);
    let continued = [
        "http",
        "doi:",
        "DOI",
        "Available ",
        "Retrieved ",
        "Accessed ",
        "PMID",
        "PMCID",
        "ISBN",
        "[online]",
        "In:",
        "(",
    ];
    lower || continued.iter().any(|c| text.starts_with(c)) || !text.contains(char::is_alphabetic)
}

/// Whether the text can be an entry of a reference list.
pub(super) fn is_like_entry(text: &str, labelled: bool) -> bool {
    let dated = has_year(text);
    let linked = text.contains("://") || text.contains("doi:") || text.contains("doi.org/");
    text.len() >= 20
        && text.len() < 3000
        && (begins_with_author(text) || labelled && (dated || linked) || dated && (linked || has_pages(text)))
}

/// "483–485", "3:12"
fn has_pages(text: &str) -> bool {
    let chars: Vec<char> = text.chars().take(1500).collect();
    chars.windows(3).any(|w| w[0].is_ascii_digit() && matches!(w[1], '-' | '–' | ':' | '‐') && w[2].is_ascii_digit())
}

/// Whether nothing is wanting at the end of an entry's text.
pub(super) fn ends_like_entry(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("");
    text.ends_with(['.', ')', ']', '”', '"', '?', '!', '。'])
        || text.ends_with(|c: char| c.is_ascii_digit())
        || last.contains("://")
        || last.contains("doi.org/")
        || last.starts_with("www.")
        || last.starts_with("doi:")
        || last.starts_with("10.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors() {
        for text in [
            "Roe, J. (2001). Birch",
            "Roe JM, Doe A. Birch",
            "J. Roe, Birch",
            "van Roe, J. Birch",
            "Roe-Doe, Jane (2001). Birch",
            "García Pérez, J. Birch",
            "O’Roe, J.-P., & Doe, A.",
            "Roe, Jane M. (2004). Birch",
            "De Roe, S. Birch",
        ] {
            assert!(begins_with_author(text), "{text}");
        }
        for text in ["Birch bark is used", "In the north, birch", "The Birch A study", "of birch", "", "Results"] {
            assert!(!begins_with_author(text), "{text}");
        }
    }

    #[test]
    fn labels() {
        for (text, expected) in [
            ("[3] Roe", Some((Label::Bracket("3"), "Roe"))),
            ("[Roe99] Roe", Some((Label::Bracket("Roe99"), "Roe"))),
            ("12. Roe", Some((Label::Number { text: "12", value: 12 }, "Roe"))),
            ("• Roe", Some((Label::Bullet, "Roe"))),
            ("• [3] Roe", Some((Label::Bracket("3"), "Roe"))),
            ("• 1.Roe", Some((Label::Number { text: "1", value: 1 }, "Roe"))),
            ("[Birch]", None),
            ("Roe", None),
            ("A. Roe", None),
        ] {
            assert_eq!(label(text).map(|(l, n)| (l, &text[n..])), expected, "{text}");
        }
    }
}
