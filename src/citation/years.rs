//! Years, and what is printed in their place, as citations date works.

use std::ops::Range;

/// The year a citation prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CitedYear {
    Year {
        year: i32,
        suffix: Option<char>,
    },
    /// "n.d."
    NoDate,
    /// "in press", "forthcoming".
    InPress,
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    pub date: CitedYear,
    /// Byte range.
    pub range: Range<usize>,
    /// Stands alone in brackets: "1988 [1975]".
    pub in_brackets: bool,
    /// A further letter of the year before: the "b" of "1987a, b".
    pub is_letter: bool,
    /// The last year of a work that appeared in several: 1987 of "1986–1987", 1999 of "1998/99".
    pub until: Option<i32>,
}

impl Printed {
    pub fn year(&self) -> Option<i32> {
        match self.date {
            CitedYear::Year { year, .. } => Some(year),
            CitedYear::NoDate | CitedYear::InPress => None,
        }
    }
}

const NO_DATE: &[&str] = &[
    "n.d.",
    "n. d.",
    "n.d",
    "s.d.",
    "s. d.",
    "s.d",
    "s/d",
    "s.a.",
    "s. a.",
    "s.f.",
    "s. f.",
    "o. j.",
    "o.j.",
    "o. d.",
    "no date",
    "undated",
    "sem data",
    "sin fecha",
    "sans date",
    "ohne jahr",
];
const IN_PRESS: &[&str] = &[
    "in press",
    "forthcoming",
    "im druck",
    "submitted",
    "in review",
    "in revision",
    "under review",
    "in preparation",
    "in prep",
    "im erscheinen",
    "in stampa",
    "to appear",
    "no prelo",
    "en prensa",
    "sous presse",
    "accepted",
];

/// The dates of a text in order.
pub(super) fn printed_years(text: &str) -> Vec<Printed> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if !BEGINS[usize::from(byte)] {
            at += 1;
            continue;
        }
        let starts_word = || at == 0 || !is_word(text, at);
        if byte.is_ascii_digit() {
            let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 4 && starts_word() {
                at = year_at(text, at, &mut found);
            } else {
                at += digits;
            }
        } else if may_stand_for_a_year(&bytes[at..]) && starts_word() {
            at += word_at(text, at, &mut found).max(1);
        } else {
            at += 1;
        }
    }
    found
}

/// The bytes with which a year, or a word in its place, may begin: digits and first letters.
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let first = b"0123456789nsoifeautNSOIFEAUT";
    let mut i = 0;
    while i < first.len() {
        begins[first[i] as usize] = true;
        i += 1;
    }
    begins
};

/// Whether the first two letters are those of one of the words that stand in place of a year.
fn may_stand_for_a_year(rest: &[u8]) -> bool {
    let [first, second, ..] = rest else { return false };
    match first | 0x20 {
        b'n' => matches!(second | 0x20, b'.' | b'o'),
        b's' => matches!(second | 0x20, b'.' | b'/' | b'e' | b'i' | b'a' | b'o' | b'u'),
        b'o' => matches!(second | 0x20, b'.' | b'h'),
        b'i' => matches!(second | 0x20, b'n' | b'm'),
        b'f' => second | 0x20 == b'o',
        b'e' | b'u' => second | 0x20 == b'n',
        b'a' => second | 0x20 == b'c',
        b't' => second | 0x20 == b'o',
        _ => false,
    }
}

/// Whether the character before a byte offset belongs to the same word.
fn is_word(text: &str, at: usize) -> bool {
    text.is_char_boundary(at) && text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Reads the four digits at an offset with the letters after them; returns where it stopped.
fn year_at(text: &str, start: usize, found: &mut Vec<Printed>) -> usize {
    let bytes = text.as_bytes();
    let end = start + 4;
    let year: i32 = text[start..end].parse().expect("four digits");
    if !(1500..2100).contains(&year) {
        return end;
    }
    let suffix = letter_at(text, end);
    let stop = end + usize::from(suffix.is_some());
    let rest = &text[stop..];
    let before = text[..start].chars().next_back();
    let mut after = rest.chars();
    let next = (after.next(), after.next());
    // "1998-2004", "#1998", "19.1998", "1,998" and "1998.5" are no years of citations.
    let spans = matches!(next, (Some('-' | '–' | '—' | '/' | '−' | '.' | ','), Some(c)) if c.is_ascii_digit())
        && !matches!(next, (Some(',' | '/'), Some('1' | '2')) if four_digits(&rest[1..]));
    let in_word = next.0.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '%' || c == '°');
    // What stands before the mark before the year: "et al.1998" and "1997/1998" are years of citations.
    let digit_before = || text[..start].chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit());
    let preceded = match before {
        Some('.') => digit_before(),
        Some('/') => !digit_before(),
        Some('–') => !text[..start].ends_with(" –"),
        Some(c) => "-—−#$€£_=<>≤≥±+×".contains(c),
        None => false,
    };
    if let (Some((last, length)), None, false) = (range_end(year, rest), suffix, preceded) {
        let range = start..stop + length;
        let date = CitedYear::Year { year, suffix: None };
        let in_brackets = before == Some('[') && text[range.end..].starts_with(']');
        found.push(Printed { date, range, in_brackets, is_letter: false, until: Some(last) });
        return stop + length;
    }
    if spans || in_word || preceded {
        return stop;
    }
    let in_brackets = before == Some('[') && next.0 == Some(']') || before == Some('(') && next.0 == Some(')');
    found.push(Printed {
        date: CitedYear::Year { year, suffix },
        range: start..stop,
        in_brackets,
        is_letter: false,
        until: None,
    });
    let mut at = stop;
    // "1987a, b", "1987a,b and c", "1987a-c"
    while let (Some(last), Some((offset, letter))) = (suffix, further_letter(&text[at..])) {
        let place = at + offset;
        let is_range = bytes[at] == b'-' || text[at..].starts_with('–');
        let first = if is_range { char::from(last as u8 + 1) } else { letter };
        for letter in first..=letter {
            found.push(Printed {
                date: CitedYear::Year { year, suffix: Some(letter) },
                range: place..place + 1,
                in_brackets: false,
                is_letter: true,
                until: None,
            });
        }
        at = place + 1;
        if is_range {
            break;
        }
    }
    at
}

/// The last year and the length of what makes a year a range: "–1987", "-87", "/87". Two whole years with a slash are two
/// years.
fn range_end(year: i32, rest: &str) -> Option<(i32, usize)> {
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '–' | '/'))?;
    let behind = &rest[mark.len_utf8()..];
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let number: i32 = behind[..digits.min(4)].parse().ok()?;
    let last = match digits {
        2 => year - year % 100 + number,
        4 if mark != '/' => number,
        _ => return None,
    };
    let mut after = behind[digits..].chars();
    let ends = match (after.next(), after.next()) {
        // A date, an address, a number of some kind.
        (Some('-' | '–' | '—' | '/' | '.' | ','), Some(c)) => !c.is_ascii_digit(),
        (Some(c), _) => !c.is_alphanumeric() && !matches!(c, '_' | '%' | '°'),
        (None, _) => true,
    };
    (ends && last > year && last < 2100).then_some((last, mark.len_utf8() + digits))
}

fn four_digits(s: &str) -> bool {
    s.len() >= 4
        && s.as_bytes()[..4].iter().all(u8::is_ascii_digit)
        && !s[4..].starts_with(|c: char| c.is_ascii_digit())
}

/// A single lower-case letter glued to a year.
fn letter_at(text: &str, at: usize) -> Option<char> {
    let mut chars = text[at..].chars();
    let letter = chars.next().filter(char::is_ascii_lowercase)?;
    let ends = chars.next().is_none_or(|c| !c.is_alphanumeric());
    ends.then_some(letter)
}

/// A further letter behind a year that has one, with its offset.
fn further_letter(rest: &str) -> Option<(usize, char)> {
    let after_space = rest.trim_start_matches(' ');
    let separator = ["and ", "& ", "e ", "y ", "und ", ", ", ",", "/", ";", "-", "–"]
        .iter()
        .find(|s| after_space.starts_with(**s))
        .map(|s| s.len())?;
    let behind = after_space[separator..].trim_start_matches(' ');
    let behind = behind.strip_prefix("and ").or(behind.strip_prefix("& ")).unwrap_or(behind);
    let offset = rest.len() - behind.len();
    let letter = letter_at(behind, 0).filter(|c| ('a'..='k').contains(c))?;
    // "2001a, e.g. …" and "2001a, a study" go on with words.
    let next = &behind[1..];
    let ends = next.trim_start().chars().next().is_none_or(|c| ",;)]&.–-:".contains(c))
        || ["and ", "e ", "y ", "in "].iter().any(|w| next.trim_start().starts_with(w));
    (ends && !next.starts_with(".g") && !next.starts_with(".e")).then_some((offset, letter))
}

/// Reads what stands in place of a year at an offset; returns its length, or nothing.
fn word_at(text: &str, start: usize, found: &mut Vec<Printed>) -> usize {
    let rest = &text.as_bytes()[start..];
    let hit = |words: &[&str]| {
        words
            .iter()
            .find(|w| rest.len() >= w.len() && rest[..w.len()].eq_ignore_ascii_case(w.as_bytes()))
            .map(|w| w.len())
    };
    let (date, length) = match (hit(NO_DATE), hit(IN_PRESS)) {
        (Some(length), _) => (CitedYear::NoDate, length),
        (_, Some(length)) => (CitedYear::InPress, length),
        _ => return 0,
    };
    let end = start + length;
    if text[end..].starts_with(char::is_alphanumeric) {
        return 0;
    }
    found.push(Printed { date, range: start..end, in_brackets: false, is_letter: false, until: None });
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        printed_years(text)
            .into_iter()
            .map(|p| match p.date {
                CitedYear::Year { year, .. } if p.until.is_some() => format!("{year}–{}", p.until.unwrap_or_default()),
                CitedYear::Year { year, suffix } => format!("{year}{}", suffix.map(String::from).unwrap_or_default()),
                CitedYear::NoDate => "n.d.".to_owned(),
                CitedYear::InPress => "in press".to_owned(),
            })
            .collect()
    }

    #[test]
    fn years_with_letters() {
        assert_eq!(shown("Tan 2006, 2007a, b and c; 2009"), ["2006", "2007a", "2007b", "2007c", "2009"]);
        assert_eq!(shown("2001a–c"), ["2001a", "2001b", "2001c"]);
        assert_eq!(shown("1988 [1975], 1999,2001"), ["1988", "1975", "1999", "2001"]);
        assert_eq!(shown("in 2001a, e.g. b"), ["2001a"]);
    }

    #[test]
    fn no_year() {
        for text in ["n = 12.1998", "#1998", "A1998", "1,998", "19981", "2001.5", "1٩٩٨", "1998 km"] {
            assert!(shown(text).len() <= usize::from(text == "1998 km"), "{text}");
        }
    }

    #[test]
    fn ranges_of_years() {
        assert_eq!(shown("1986–1987, 1998/99; 2001-03."), ["1986–1987", "1998–1999", "2001–2003"]);
        assert_eq!(shown("1998/1999"), ["1998", "1999"]);
        for text in ["2001-12-24", "1998–1997", "1998-3", "1998–20045", "1998–99a"] {
            assert!(!shown(text).iter().any(|s| s.contains('–')), "{text}: {:?}", shown(text));
        }
    }

    #[test]
    fn the_words_begin_as_expected() {
        for word in NO_DATE.iter().chain(IN_PRESS) {
            assert!(BEGINS[usize::from(word.as_bytes()[0])] && may_stand_for_a_year(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn other_words() {
        assert_eq!(shown("WHO, n.d.; Bell, in press; Abe, no prelo"), ["n.d.", "in press", "in press"]);
    }
}
