//! Printed dates: "2004a", "2010, January 28", "15 March 1985", "May-June 2008", "n.d.".

use std::borrow::Cow;

use super::lex::{TokenKind, tokens};
use super::name_words::looks_like_year;
use crate::work::{Date, DateEnd, DatePoint, Month, Qualifier, Season};

/// A date and the letter that tells works of one year apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PrintedDate {
    pub date: Date,
    pub suffix: Option<String>,
}

/// Reads a printed date that has a year. Of two years that a dash joins a range is made.
pub(super) fn read(text: &str) -> Option<PrintedDate> {
    if let Some(date) = numeric(text) {
        return Some(PrintedDate { date, suffix: None });
    }
    let tokens = tokens(text);
    let mut point: Option<DatePoint> = None;
    let mut end: Option<DatePoint> = None;
    let (mut month, mut day, mut suffix) = (None, None, None);
    for (i, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Number if looks_like_year(token.text) => {
                let year = token.text[..4].parse().expect("four digits");
                let here = DatePoint { year, month: None, day: None, qualifier: Qualifier::Certain };
                let dashed = i > 0 && matches!(tokens[i - 1].kind, TokenKind::Mark('-' | '–' | '—' | '/'));
                match point {
                    None => {
                        point = Some(here);
                        suffix = Some(token.text[4..].to_owned()).filter(|s| !s.is_empty());
                    }
                    Some(first) if dashed && first.year < year && end.is_none() => end = Some(here),
                    Some(_) => {}
                }
            }
            TokenKind::Number => {
                let digits = token.text.trim_end_matches(char::is_alphabetic);
                let number = digits.parse::<u8>().ok().filter(|d| (1..=31).contains(d));
                day = day.or(number);
            }
            TokenKind::Word => month = month.or_else(|| month_of(token.text)),
            TokenKind::Mark(_) => {}
        }
    }
    let mut point = point?;
    if let Some(end) = end {
        let date = Date::Range { start: DateEnd::Date(point), end: DateEnd::Date(end) };
        return Some(PrintedDate { date, suffix });
    }
    point.month = month;
    point.day = day.filter(|_| matches!(month, Some(Month::Calendar(_))));
    Some(PrintedDate { date: Date::Point(point), suffix })
}

/// "2010-05-03", "03/05/2010" only where day and month cannot be confused.
fn numeric(text: &str) -> Option<Date> {
    let parts: Vec<u16> = text.trim().split(['-', '/', '.']).map(|p| p.trim().parse().ok()).collect::<Option<_>>()?;
    let &[a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a > 31 {
        (a, b, c)
    } else if c > 1000 && (a > 12 || text.contains('.')) {
        // With full stops the day comes first.
        (c, b, a)
    } else if c > 1000 && b > 12 {
        (c, a, b)
    } else if c > 1000 {
        return Some(Date::from_year(i32::from(c)));
    } else {
        return None;
    };
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}

/// Whether a text is nothing but a day in numbers: "2013-05-06".
pub(super) fn is_day(text: &str) -> bool {
    numeric(text).is_some()
}

/// A pattern of the names of months and seasons in a text that went through [`with_months_marked`].
pub(super) const MONTH: &str = r"(?:_{3,9}\b\.?)";

/// A copy of a text in which an underscore stands for each byte of the names of months and seasons, as journals print
/// them, so that patterns of dates need not hold all of these names, and each place is the same in both.
pub(super) fn with_months_marked(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (start, word) in words(text) {
        if word.starts_with('_') || is_printed_month(word) {
            out.push_str(&text[from..start]);
            let mark = if word.starts_with('_') { '-' } else { '_' };
            out.extend(std::iter::repeat_n(mark, word.len()));
            from = start + word.len();
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The words of letters and the runs of underscores of a text, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_alphabetic() || c == '_')?;
        let underscore = text[start..].starts_with('_');
        let inside = |c: char| if underscore { c == '_' } else { c.is_alphanumeric() };
        at = text[start..].find(|c| !inside(c)).map_or(text.len(), |end| start + end);
        Some((start, &text[start..at]))
    })
}

/// Whether a word is the name of a month or season with small letters behind the first, or short and in capitals.
fn is_printed_month(word: &str) -> bool {
    if !(3..=9).contains(&word.len()) {
        return false;
    }
    let mut chars = word.chars();
    let Some(first) = chars.next().map(|c| c.to_ascii_lowercase()) else { return false };
    let rest = chars.as_str();
    let in_small_letters = match first {
        'j' => matches!(
            rest,
            "an" | "anuary" | "anuar" | "anvier" | "un" | "une" | "uni" | "uin" | "ul" | "uly" | "uli" | "uillet"
        ),
        'f' => matches!(rest, "eb" | "ebruary" | "ebruar" | "évrier" | "all"),
        'm' => matches!(rest, "ar" | "arch" | "ars" | "arzo" | "ärz" | "ay" | "ai"),
        'a' => matches!(rest, "pr" | "pril" | "vril" | "ug" | "ugust" | "oût" | "utumn"),
        's' => matches!(rest, "ep" | "ept" | "eptember" | "eptembre" | "pring" | "ummer"),
        'o' => matches!(rest, "ct" | "kt" | "ctober" | "ktober" | "ctobre" | "ktobre"),
        'n' => matches!(rest, "ov" | "ovember" | "ovembre"),
        'd' => matches!(rest, "ec" | "ez" | "ecember" | "ezember" | "écembre"),
        'w' => rest == "inter",
        _ => false,
    };
    const CAPITALS: &[&str] =
        &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUNE", "JUL", "JULY", "AUG", "SEP", "SEPT", "OCT", "NOV", "DEC"];
    in_small_letters || CAPITALS.contains(&word)
}

/// The month or season a word names, in English, German, French, Spanish, Italian or Portuguese.
pub(super) fn month_of(word: &str) -> Option<Month> {
    let lower = word.to_lowercase();
    let season = match lower.as_str() {
        "spring" => Some(Season::Spring),
        "summer" => Some(Season::Summer),
        "autumn" | "fall" => Some(Season::Autumn),
        "winter" => Some(Season::Winter),
        _ => None,
    };
    if season.is_some() {
        return season.map(Month::Season);
    }
    let at = MONTHS.binary_search_by_key(&lower.as_str(), |(name, _)| name).ok()?;
    Some(Month::Calendar(MONTHS[at].1))
}

/// The names of months in small letters, in the order of their bytes.
const MONTHS: &[(&str, u8)] = &[
    ("abril", 4),
    ("agosto", 8),
    ("août", 8),
    ("apr", 4),
    ("april", 4),
    ("aprile", 4),
    ("aug", 8),
    ("august", 8),
    ("avril", 4),
    ("dec", 12),
    ("december", 12),
    ("dez", 12),
    ("dezember", 12),
    ("dezembro", 12),
    ("dicembre", 12),
    ("diciembre", 12),
    ("décembre", 12),
    ("enero", 1),
    ("feb", 2),
    ("febbraio", 2),
    ("febrero", 2),
    ("februar", 2),
    ("february", 2),
    ("fevereiro", 2),
    ("février", 2),
    ("gennaio", 1),
    ("giugno", 6),
    ("jan", 1),
    ("janeiro", 1),
    ("januar", 1),
    ("january", 1),
    ("janvier", 1),
    ("juillet", 7),
    ("juin", 6),
    ("jul", 7),
    ("julho", 7),
    ("juli", 7),
    ("julio", 7),
    ("july", 7),
    ("jun", 6),
    ("june", 6),
    ("junho", 6),
    ("juni", 6),
    ("junio", 6),
    ("luglio", 7),
    ("maggio", 5),
    ("mai", 5),
    ("maio", 5),
    ("mar", 3),
    ("march", 3),
    ("mars", 3),
    ("marzo", 3),
    ("março", 3),
    ("may", 5),
    ("mayo", 5),
    ("märz", 3),
    ("nov", 11),
    ("november", 11),
    ("novembre", 11),
    ("novembro", 11),
    ("noviembre", 11),
    ("oct", 10),
    ("october", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("okt", 10),
    ("oktober", 10),
    ("ottobre", 10),
    ("outubro", 10),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("setembro", 9),
    ("settembre", 9),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_marked_in_place() {
        for (text, marked) in [
            ("Skin. 2004 Mar 12;21", "Skin. 2004 ___ 12;21"),
            ("Skin, März/APR. 2004", "Skin, _____/___. 2004"),
            ("Dagmar, Marsh, ___ may", "Dagmar, Marsh, --- ___"),
            ("21(3)", "21(3)"),
        ] {
            assert_eq!(with_months_marked(text), marked);
        }
    }

    #[test]
    fn printed_dates() {
        for (text, date, suffix) in [
            ("2004", "2004", None),
            ("2004a", "2004", Some("a")),
            ("2010, January 28", "2010-01-28", None),
            ("15 March 1985", "1985-03-15", None),
            ("2012 Mar 4", "2012-03-04", None),
            ("Spring 1999", "1999-21", None),
            ("1999–2001", "1999/2001", None),
            ("May 3rd, 2010", "2010-05-03", None),
            ("2010-05-03", "2010-05-03", None),
            ("03/05/2010", "2010", None),
            ("25.12.2010", "2010-12-25", None),
            ("03.05.2010", "2010-05-03", None),
        ] {
            let read = read(text).expect(text);
            assert_eq!((read.date.to_string().as_str(), read.suffix.as_deref()), (date, suffix), "{text}");
        }
        assert_eq!(read("n.d."), None);
        assert!(MONTHS.is_sorted());
    }
}
