//! Where one sentence ends and the next begins.

use std::ops::Range;

/// Words that a full stop follows without ending a sentence, whatever comes after them.
const ALWAYS: &[&str] = &[
    "al", "e.g", "i.e", "cf", "viz", "vs", "fig", "figs", "eq", "eqs", "ref", "refs", "sect", "sec", "chap", "tab",
    "no", "nos", "vol", "vols", "pp", "dr", "drs", "prof", "mr", "mrs", "ms", "st", "mt", "approx", "ca", "resp",
    "incl", "esp", "ed", "eds", "trans", "suppl", "sp", "spp", "subsp", "ssp", "var", "cv", "f.sp", "nov", "abb",
    "bzw", "vgl", "z.b", "u.a", "d.h", "s.o", "usw", "geb", "p.ex", "art", "op", "cit", "loc", "ibid", "gen", "asp",
    "pen", "suppl", "jr", "a.k.a", "w.r.t", "i.v", "i.m", "s.c", "p.o",
];
/// Words that end a sentence before a capital and are abbreviations elsewhere.
const MAYBE: &[&str] =
    &["etc", "inc", "ltd", "corp", "co", "u.s", "u.k", "a.m", "p.m", "min", "max", "wt", "temp", "dept"];

/// Stands for a raised number, byte for byte, where the markup of a text says that it is one.
pub const RAISED: char = '\u{1}';

/// A bracket open for longer than so many bytes was never closed.
const LONGEST_BRACKET: usize = 600;

/// The byte ranges of the sentences of one paragraph, without the white space between them.
///
/// A full stop ends a sentence unless it belongs to an abbreviation, an initial, a genus name ("F. poae"), a number
/// or an ellipsis within a sentence. A citation printed after the full stop belongs to the sentence before it.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut brackets = 0_usize;
    let mut opened = 0;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => {
                if brackets == 0 {
                    opened = at;
                }
                brackets += 1;
            }
            ')' | ']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        if at < skip_to || !matches!(c, '.' | '!' | '?' | '…' | '。') {
            continue;
        }
        let after = at + c.len_utf8();
        // An unclosed bracket must not glue the rest of the text together.
        let in_brackets = brackets > 0 && at - opened < LONGEST_BRACKET;
        let Some(end) = end_of_sentence(text, at, after, in_brackets) else { continue };
        brackets = 0;
        skip_to = end;
        push(text, start..end, &mut found);
        start = end;
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = start + piece.trim().len();
    if start < end {
        found.push(start..end);
    }
}

/// Where the sentence ends that the mark between `at` and `after` may end, closing quotes and citations included.
fn end_of_sentence(text: &str, at: usize, after: usize, in_brackets: bool) -> Option<usize> {
    let rest = &text[after..];
    let closed = rest.trim_start_matches(['"', '\'', '”', '’', '»', ')', ']', '.', '!', '?']);
    let end = text.len() - closed.len();
    if closed.trim().is_empty() {
        return Some(text.len());
    }
    // Inside brackets only "(… end.) Next" ends a sentence, and there the bracket was closed just above.
    if in_brackets && !rest[..end - after].contains([')', ']']) {
        return None;
    }
    let (end, closed) = match citation_after(closed) {
        Some(length) => (end + length, &closed[length..]),
        None => {
            let length = lost_superscript(&text[..if end > after { end } else { at }], closed);
            (end + length, &closed[length..])
        }
    };
    if closed.trim().is_empty() {
        return Some(text.len());
    }
    let next = closed.trim_start();
    let spaced = next.len() < closed.len();
    // French quotation marks stand apart from what they quote.
    let first =
        next.trim_start_matches(['"', '\'', '“', '‘', '«', '„', '(', '[', '¿', '¡']).trim_start().chars().next()?;
    let opens = first.is_uppercase() || first.is_numeric() || (first.is_alphabetic() && !first.is_lowercase());
    if !spaced || !opens {
        return None;
    }
    let mark = &text[at..after];
    if mark != "." || end > after && text[after..end].contains(['[', '(']) {
        return Some(end);
    }
    match word_before(&text[..at]) {
        word if is_abbreviation(word, next) => None,
        _ => Some(end),
    }
}

/// The length of a citation that stands after a full stop: " [3,4]", "[3]", " (Smith 2001)", "^(3)", "¹²".
fn citation_after(rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start();
    let spaces = rest.len() - trimmed.len();
    let mut length = 0;
    loop {
        let here = &trimmed[length..];
        let superscript: usize = here
            .chars()
            .take_while(|c| matches!(*c, '⁰'..='⁹' | '¹' | '²' | '³' | '⁻' | RAISED))
            .map(char::len_utf8)
            .sum();
        if superscript > 0 {
            length += superscript;
            length += page_after(&trimmed[length..]);
            continue;
        }
        let open = here.strip_prefix('^').unwrap_or(here);
        let close = match open.chars().next() {
            Some('[') => ']',
            Some('(') => ')',
            _ => break,
        };
        let Some(size) = open.char_indices().take(300).find(|&(_, c)| c == close).map(|(i, _)| i + 1) else { break };
        let inside = &open[1..size - 1];
        let numbers = !inside.is_empty()
            && inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–' | '[' | ']'))
            && inside.contains(|c: char| c.is_ascii_digit());
        // "(Smith 2001)" cites; "(In 2001 the study ended.)" is a sentence of its own.
        let years = close == ')' && has_year(inside) && !inside.ends_with('.') && inside.len() < 200;
        if !(numbers && (close == ']' || here.starts_with('^')) || years) {
            break;
        }
        length += here.len() - open.len() + size;
        length += usize::from(close == ']' && open[size..].starts_with(']'));
        // "[3]:p. 7", "[3]: 30 " and "[3]." keep what belongs to the citation.
        length += page_after(&trimmed[length..]);
        if trimmed[length..].starts_with('.') {
            length += 1;
        }
    }
    (length > 0).then_some(spaces + length)
}

/// The length of a page behind a citation: ":p. 7", ": 30–32".
fn page_after(rest: &str) -> usize {
    let Some(after) = rest.strip_prefix(':') else { return 0 };
    let number = after.trim_start_matches([' ', 'p', '.']);
    let digits = number.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–'));
    if after.len() - number.len() <= 5 && digits.len() < number.len() { rest.len() - digits.len() } else { 0 }
}

/// The length of numbers that were raised behind a full stop and lost that: "in the sea.3,4 Then".
fn lost_superscript(before: &str, rest: &str) -> usize {
    let word = word_before(before);
    let is_word = word.chars().count() > 1 && word.ends_with(char::is_lowercase) && !ALWAYS.contains(&word);
    let closed = before.ends_with([')', ']', '”', '"', '’']);
    let numbers = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | '–'));
    let length = rest.len() - numbers.len();
    let ends = rest[..length].ends_with(|c: char| c.is_ascii_digit());
    let starts = rest.starts_with(|c: char| c.is_ascii_digit());
    let short = rest[..length].split([',', '-', '–']).all(|n| n.len() <= 3);
    let spaced = numbers.is_empty() || numbers.starts_with(' ');
    if (is_word || closed) && starts && ends && short && spaced { length } else { 0 }
}

fn has_year(s: &str) -> bool {
    s.as_bytes().windows(4).any(|w| matches!(&w[..2], b"18" | b"19" | b"20") && w[2..].iter().all(u8::is_ascii_digit))
}

/// The word that ends at a full stop, dots inside it included ("e.g", "D.S").
fn word_before(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(24)
        .take_while(|&(_, c)| c.is_alphanumeric() || c == '.' || c == '-')
        .last()
        .map_or(text.len(), |(i, _)| i);
    &text[start..]
}

fn is_abbreviation(word: &str, next: &str) -> bool {
    let lower = word.to_lowercase();
    let last = lower.rsplit('-').next().unwrap_or(&lower);
    if ALWAYS.contains(&last) {
        // "no." is also a word: an abbreviation only before a number.
        return !matches!(
            last,
            "no" | "fig" | "art" | "gen" | "st" | "ms" | "pen" | "asp" | "op" | "ref" | "tab" | "sec"
        ) || word.starts_with(char::is_uppercase) && last != "no"
            || next.split(' ').next().is_some_and(|w| w.contains(|c: char| c.is_ascii_digit()));
    }
    // "p. 7"
    if matches!(word, "p" | "n" | "c" | "s" | "f") && next.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if MAYBE.contains(&last) {
        return next.starts_with(|c: char| c.is_ascii_digit());
    }
    // Initials: "J. Smith", "D.S. Presicce", "J.-P. Dupont".
    let tail = word.rsplit(['.', '-']).next().unwrap_or(word);
    let mut letters = tail.chars();
    let is_initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    // "vitamin C. Patients …", "type I. The …": an initial is followed by a name, not by an article.
    const OPENERS: &[&str] = &[
        "The",
        "A",
        "An",
        "In",
        "It",
        "This",
        "These",
        "Those",
        "However",
        "We",
        "They",
        "There",
        "Thus",
        "For",
        "On",
        "At",
        "When",
        "As",
        "If",
        "Although",
        "Patients",
        "Such",
        "Its",
        "Their",
        "To",
        "By",
        "With",
        "After",
        "Both",
        "Most",
        "Some",
        "Other",
        "All",
        "No",
        "Therefore",
        "Moreover",
        "Furthermore",
        "Hence",
        "Here",
        "Our",
        "One",
        "Two",
    ];
    let opener = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    is_initial && !OPENERS.contains(&opener)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn one_sentence() {
        for text in [
            "Shown by Ives et al. (2001) in mice.",
            "Growth, e.g. Of the root, i.e. The part below, stopped.",
            "See Fig. 3 and Eq. 7 for F. Poae and J. R. Smith.",
            "It held 3.14 g at pH 7.4 for approx. 20 min.",
            "As noted (see Roe. Then Doe) it fell.",
            "Asp. Niger and F. poae grew.",
            "no full stop",
            "GenBank accession no. BX04 is meant, on p. 7 of it.",
        ] {
            assert_eq!(split(text), [text], "{text}");
        }
    }

    #[test]
    fn several_sentences() {
        for (text, expected) in [
            ("One. Two! Three? Four.", vec!["One.", "Two!", "Three?", "Four."]),
            ("It was shown. [3] Then more.", vec!["It was shown. [3]", "Then more."]),
            ("It was shown.[3,4] Then more.", vec!["It was shown.[3,4]", "Then more."]),
            ("It was shown. (Roe 2001) Then more.", vec!["It was shown. (Roe 2001)", "Then more."]),
            ("It was shown.^(3) Then more.", vec!["It was shown.^(3)", "Then more."]),
            ("It was shown.⁴ Then more.", vec!["It was shown.⁴", "Then more."]),
            ("It was shown.[3]: 30 Then more.", vec!["It was shown.[3]: 30", "Then more."]),
            ("It was shown.3,4 Then 3.14 g and no.5 Fell.", vec!["It was shown.3,4", "Then 3.14 g and no.5 Fell."]),
            ("It was shown.\u{1}\u{1} Then more.", vec!["It was shown.\u{1}\u{1}", "Then more."]),
            ("He said “no.” They went.", vec!["He said “no.”", "They went."]),
            ("It fell (see below). Then it rose.", vec!["It fell (see below).", "Then it rose."]),
            ("Rich in vitamin C. The root is not.", vec!["Rich in vitamin C.", "The root is not."]),
            ("In 1999. In 2000 it ended.", vec!["In 1999.", "In 2000 it ended."]),
            ("An open ( bracket. Then more. And more.", vec!["An open ( bracket. Then more. And more."]),
            ("  Spaces.   Around.  ", vec!["Spaces.", "Around."]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
        assert!(sentences("").is_empty());
    }
}
