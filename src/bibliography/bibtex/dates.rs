//! Dates of `.bib` files: EDTF in `date`, `urldate` and their like; words and numbers in `year`, `month` and `day`.

use std::panic::catch_unwind;

use biblatex::{Chunk, ChunksExt, DateValue, Datetime, Spanned};

use crate::work::{Date, DateEnd, DatePoint, Month, Qualifier, Season};

/// Reads the value of a date field. What is no date is kept as words.
pub(super) fn read_date(text: &str) -> Date {
    text.parse().ok().or_else(|| through_biblatex(text)).unwrap_or_else(|| read_year(text))
}

/// Dates with a time or an era, which the `biblatex` crate reads. It panics on digits that are not ASCII and on
/// a sign that stands alone, and takes two digits for a year of its choice: none of these reaches it.
fn through_biblatex(text: &str) -> Option<Date> {
    let mut bytes = text.bytes();
    let safe = text.len() <= 64
        && bytes.by_ref().take(4).filter(u8::is_ascii_digit).count() == 4
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'.' | b'+' | b'/' | b' '))
        && !text.contains(['+', '~']);
    if !safe || !text.contains(['T', 'E', 'B', 'A']) {
        return None;
    }
    let chunks = [Spanned::new(Chunk::Normal(text.to_owned()), 0..text.len())];
    let date = catch_unwind(|| chunks.parse::<biblatex::Date>()).ok()?.ok()?;
    let point = |d: Datetime| DatePoint {
        year: d.year,
        month: d.month.map(|m| Month::Calendar(m + 1)),
        day: d.day.map(|d| d + 1),
        qualifier: Qualifier::Certain,
    };
    Some(match date.value {
        DateValue::At(at) => Date::Point(point(at)),
        DateValue::After(start) => Date::Range { start: DateEnd::Date(point(start)), end: DateEnd::Open },
        DateValue::Before(end) => Date::Range { start: DateEnd::Open, end: DateEnd::Date(point(end)) },
        DateValue::Between(a, b) => Date::Range { start: DateEnd::Date(point(a)), end: DateEnd::Date(point(b)) },
    })
}

/// Reads the value of `year`: a year, two years, "c. 1650", or words. Two digits are not a year.
fn read_year(text: &str) -> Date {
    let year = |s: &str| -> Option<i32> {
        let s = s.trim();
        let digits = (3..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| s.parse().ok()).flatten()
    };
    if let Some(year) = year(text) {
        return Date::from_year(year);
    }
    let end = |year| DateEnd::Date(point(year, None));
    for dash in ['–', '-', '/'] {
        if let Some((a, b)) = text.split_once(dash)
            && let (Some(start), Some(stop)) = (year(a), year(b))
            && start <= stop
        {
            return Date::Range { start: end(start), end: end(stop) };
        }
    }
    for about in ["circa", "ca.", "c."] {
        if let Some(year) = text.strip_prefix(about).and_then(year) {
            return Date::Point(DatePoint { qualifier: Qualifier::Approximate, ..point(year, None) });
        }
    }
    Date::Literal(text.to_owned())
}

fn point(year: i32, month: Option<Month>) -> DatePoint {
    DatePoint { year, month, day: None, qualifier: Qualifier::Certain }
}

/// The values of `year`, `month` and `day` as one date, and whether month and day are in it.
pub(super) struct Assembled {
    pub date: Date,
    pub month_used: bool,
    pub day_used: bool,
}

/// Puts a date together. A month that is not understood is not used.
pub(super) fn assemble(year: &str, month: Option<&str>, day: Option<&str>) -> Assembled {
    let date = read_date(year);
    let unused = |date| Assembled { date, month_used: false, day_used: false };
    let (&Date::Point(start @ DatePoint { month: None, .. }), Some(month)) = (&date, month) else {
        return unused(date);
    };
    let Some(months) = read_month(month) else { return unused(date) };
    let with = |month, day| DatePoint { month: Some(month), day, ..start };
    match months {
        Months::One(month, in_month) => {
            let field = day.and_then(|d| read_day(d.trim()));
            let calendar = matches!(month, Month::Calendar(_));
            let day_of_month = in_month.or(field).filter(|_| calendar);
            let date = Date::Point(with(month, day_of_month));
            Assembled { date, month_used: true, day_used: in_month.is_none() && field.is_some() && calendar }
        }
        Months::Between(a, b) => {
            let (start, end) = (DateEnd::Date(with(a, None)), DateEnd::Date(with(b, None)));
            Assembled { date: Date::Range { start, end }, month_used: true, day_used: false }
        }
    }
}

enum Months {
    /// A month or season, and a day written with it.
    One(Month, Option<u8>),
    Between(Month, Month),
}

/// Reads "jan", "3", "12~March", "Jan.–Feb.", "spring".
fn read_month(text: &str) -> Option<Months> {
    let mut words = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '–' | '/' | '\u{a0}' | '~')) {
        if !word.is_empty() {
            words.push(word);
        }
        if words.len() > 2 {
            return None;
        }
    }
    match words[..] {
        [word] => Some(Months::One(month_of(word)?, None)),
        [a, b] => match (month_name(a), month_name(b)) {
            (Some(a), Some(b)) => Some(Months::Between(a, b)),
            (Some(month), None) => Some(Months::One(month, Some(read_day(b)?))),
            (None, Some(month)) => Some(Months::One(month, Some(read_day(a)?))),
            (None, None) => None,
        },
        _ => None,
    }
}

fn month_of(word: &str) -> Option<Month> {
    let ascii = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    match ascii.then(|| word.parse().ok()).flatten() {
        Some(month @ 1..=12) => Some(Month::Calendar(month)),
        Some(code @ 21..=24) => Some(Month::Season(SEASONS[usize::from(code) - 21].1)),
        Some(_) => None,
        None => month_name(word),
    }
}

/// The names of the months as macros that every BibTeX style defines.
pub(super) const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const LONG_MONTHS: [&str; 12] = [
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
];

const SEASONS: [(&str, Season); 5] = [
    ("spring", Season::Spring),
    ("summer", Season::Summer),
    ("autumn", Season::Autumn),
    ("winter", Season::Winter),
    ("fall", Season::Autumn),
];

fn month_name(word: &str) -> Option<Month> {
    let word = word.to_ascii_lowercase();
    if let Some((_, season)) = SEASONS.iter().find(|(name, _)| *name == word) {
        return Some(Month::Season(*season));
    }
    let position = LONG_MONTHS
        .iter()
        .position(|long| word.len() >= 3 && long.starts_with(&word) || word == "sept" && *long == "september")?;
    Some(Month::Calendar(u8::try_from(position + 1).expect("twelve months")))
}

/// The number of a month that a text names alone: "Sept.", "January", "02".
pub(super) fn month_number(text: &str) -> Option<u8> {
    match month_of(text.trim_end_matches('.'))? {
        Month::Calendar(month) => Some(month),
        Month::Season(_) => None,
    }
}

fn read_day(text: &str) -> Option<u8> {
    let ordinal = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let digits = (1..=2).contains(&ordinal.len()) && ordinal.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| ordinal.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
}

/// What a date is written as in an entry.
pub(super) enum Written {
    /// `year`, and `month` as a macro and `day` where known: every style reads these.
    Parts { year: i32, month: Option<&'static str>, day: Option<u8> },
    /// `date` in EDTF.
    Edtf(String),
    /// `year` with words.
    Words(String),
}

pub(super) fn write_date(date: &Date) -> Written {
    match date {
        Date::Literal(words) => Written::Words(words.clone()),
        Date::Point(DatePoint { year: year @ 1000..=9999, month: None, day: None, qualifier: Qualifier::Certain }) => {
            Written::Parts { year: *year, month: None, day: None }
        }
        Date::Point(DatePoint {
            year: year @ 1000..=9999,
            month: Some(Month::Calendar(month @ 1..=12)),
            day,
            qualifier: Qualifier::Certain,
        }) => Written::Parts { year: *year, month: Some(MONTHS[usize::from(*month) - 1]), day: *day },
        date => Written::Edtf(date.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_fields() {
        for (text, expected) in [
            ("2004-05-03", "2004-05-03"),
            ("2004-05/2005-06", "2004-05/2005-06"),
            ("2001-21", "2001-21"),
            ("Y17000002", "Y17000002"),
            ("2004-05-03T12:30:00", "2004-05-03"),
            ("1998–2001", "1998/2001"),
            ("c. 1650", "1650~"),
            ("200", "0200"),
            ("in press", "in press"),
            ("98", "98"),
            ("²²", "²²"),
            ("- 5", "- 5"),
            ("2020?~%", "2020?~%"),
        ] {
            assert_eq!(read_date(text).to_string(), expected, "{text}");
        }
    }

    #[test]
    fn years_months_and_days() {
        for (year, month, day, expected) in [
            ("2004", Some("may"), None, "2004-05"),
            ("2004", Some("5"), Some("3"), "2004-05-03"),
            ("2004", Some("3~May"), None, "2004-05-03"),
            ("2004", Some("Sept."), None, "2004-09"),
            ("2004", Some("January/February"), None, "2004-01/2004-02"),
            ("2004", Some("Summer"), None, "2004-22"),
            ("2004", Some("²"), None, "2004"),
            ("2004", Some("13"), None, "2004"),
            ("to appear", Some("may"), None, "to appear"),
        ] {
            assert_eq!(assemble(year, month, day).date.to_string(), expected, "{year} {month:?}");
        }
    }
}
