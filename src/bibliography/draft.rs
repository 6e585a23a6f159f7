//! What the readers of foreign formats share: names in one string, dates in words, values that come in parts.

use crate::text::collapse_spaces;
use crate::work::{
    Date, DateEnd, DateField, DatePoint, Field, Month, Name, PersonName, Qualifier, Role, Season, Work, WorkKind,
};

/// Building a work from the fields of a record, one after the other.
pub(super) trait Draft {
    /// Records a variable unless there is a value already; whether it was recorded.
    fn first(&mut self, field: Field, value: &str) -> bool;
    /// Adds a further value to a variable. One that is there already is not added again.
    fn also(&mut self, field: Field, value: &str, separator: &str);
    fn name(&mut self, role: Role, name: Name);
    /// Records a date unless there is one already, or the one there says less.
    fn date(&mut self, field: DateField, date: Date);
    /// Keeps what has no counterpart, under a name of its own.
    fn keep(&mut self, name: &str, value: &str);
    /// The page range of a first and a last page.
    fn pages(&mut self, first: &str, last: &str);
}

/// Values longer than this (in bytes) are not looked through for a repetition: many values must not cost their square.
const LOOKED_THROUGH: usize = 4_096;

impl Draft for Work {
    fn first(&mut self, field: Field, value: &str) -> bool {
        let value = value.trim();
        let free = !self.fields.contains_key(&field);
        if free {
            self.set(field, value);
        }
        free || self.get(field) == Some(value)
    }

    fn also(&mut self, field: Field, value: &str, separator: &str) {
        let value = value.trim();
        match self.fields.get_mut(&field) {
            None => self.set(field, value),
            Some(_) if value.is_empty() => {}
            Some(there) if there.len() < LOOKED_THROUGH && there.split(separator).any(|v| v.trim() == value) => {}
            Some(there) => {
                there.push_str(separator);
                there.push_str(value);
            }
        }
    }

    fn name(&mut self, role: Role, name: Name) {
        match name {
            Name::Literal { literal } if literal.is_empty() => {}
            Name::Literal { literal } if is_others(&literal) => {
                self.contributors.entry(role).or_default().incomplete = true;
            }
            name => self.contributors.entry(role).or_default().names.push(name),
        }
    }

    fn date(&mut self, field: DateField, date: Date) {
        let better = match self.dates.get(&field) {
            None => true,
            Some(there) => detail(&date) > detail(there) && (there.year().is_none() || there.year() == date.year()),
        };
        if better {
            self.dates.insert(field, date);
        }
    }

    fn keep(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match self.custom.get_mut(name) {
            None => {
                self.custom.insert(name.to_owned(), value.to_owned());
            }
            Some(there) => {
                there.push('\n');
                there.push_str(value);
            }
        }
    }

    fn pages(&mut self, first: &str, last: &str) {
        let (first, last) = (first.trim(), last.trim());
        match (first, last) {
            ("", last) => self.first(Field::Page, last),
            (first, "") => self.first(Field::Page, first),
            (first, last) if first == last || first.contains(['-', '–', ',']) => self.first(Field::Page, first),
            (first, last) => self.first(Field::Page, &format!("{first}–{last}")),
        };
    }
}

/// A page range whose last page left out what it has in common with the first one ("235-8" is 235–238).
pub(super) fn whole_pages(text: &str) -> String {
    let text = text.trim();
    let Some((first, last)) = text.split_once('-') else { return text.to_owned() };
    let (first, last) = (first.trim(), last.trim());
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let prefix = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &first[prefix.len()..];
    if !digits(number) || !digits(last) || prefix.contains(['-', ',']) {
        return text.to_owned();
    }
    match number.len().checked_sub(last.len()) {
        Some(shared) if shared > 0 => format!("{first}–{prefix}{}{last}", &number[..shared]),
        _ => format!("{first}–{last}"),
    }
}

fn is_others(name: &str) -> bool {
    matches!(name.trim_end_matches(['.', ',']), "et al" | "others" | "et. al")
}

/// How much a date says.
fn detail(date: &Date) -> u8 {
    match date {
        Date::Literal(_) => 0,
        Date::Point(DatePoint { month: None, .. }) => 1,
        Date::Point(DatePoint { day: None, .. }) => 2,
        Date::Point(_) | Date::Range { .. } => 3,
    }
}

/// What a name without a comma is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unmarked {
    /// A body, or a name that is not to be taken apart.
    Literal,
    /// Given names before the family name.
    GivenFirst,
    /// A family name before initials ("Smith JA").
    Initials,
}

/// Reads "Family, Given, Suffix". A comma that ends a name marks a body.
pub(super) fn name(text: &str, unmarked: Unmarked) -> Name {
    let text = collapse_spaces(text);
    let mut parts = text.splitn(3, ',').map(str::trim);
    let first = parts.next().unwrap_or_default();
    match (parts.next(), parts.next()) {
        (None, _) => without_comma(first, unmarked),
        (Some(""), None) => Name::literal(first),
        _ if first.is_empty() => Name::literal(text.trim_matches([',', ' '])),
        (Some(given), suffix) => match suffix.unwrap_or_default().trim_matches([',', ' ']) {
            "" if given.is_empty() => Name::literal(first),
            suffix => person(first, given, suffix),
        },
    }
}

/// A person by the parts of the name; any may be empty but not all.
pub(super) fn person(family: &str, given: &str, suffix: &str) -> Name {
    let (family, given, suffix) = (family.trim(), given.trim(), suffix.trim());
    if family.is_empty() {
        return Name::literal(given);
    }
    let part = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    Name::Person(PersonName {
        family: family.to_owned(),
        given: part(given),
        suffix: part(suffix),
        ..PersonName::default()
    })
}

fn without_comma(text: &str, unmarked: Unmarked) -> Name {
    let cut = match unmarked {
        Unmarked::Literal => None,
        Unmarked::GivenFirst => return given_first(text),
        Unmarked::Initials => text.rsplit_once(' ').filter(|(_, initials)| {
            initials.chars().count() <= 4 && initials.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'))
        }),
    };
    match cut {
        Some((family, given)) => person(family, given, ""),
        None => Name::literal(text),
    }
}

/// A name in the order it is said. Words in lower case before the family name are its particle ("Ada van der Holm").
fn given_first(text: &str) -> Name {
    let Some((before, family)) = text.rsplit_once(' ') else { return Name::literal(text) };
    let is_particle = |word: &str| word.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '’'));
    let given_words = before.split(' ').collect::<Vec<_>>();
    let given = given_words.len() - given_words.iter().rev().take_while(|word| is_particle(word)).count();
    // Where all is in lower case, nothing tells particles.
    if given == 0 || given == given_words.len() {
        return person(family, before, "");
    }
    Name::Person(PersonName {
        family: family.to_owned(),
        given: Some(given_words[..given].join(" ")),
        non_dropping_particle: Some(given_words[given..].join(" ")),
        ..PersonName::default()
    })
}

/// A name without the stop with which catalogues end a field: one of an initial or an abbreviation without vowels stays.
pub(super) fn without_stop(name: &str) -> &str {
    let is_word = |name: &&str| {
        let word = name.rsplit([' ', '.', '-', ',']).next().unwrap_or_default();
        word.chars().count() > 1 && word.contains(['a', 'e', 'i', 'o', 'u', 'y', 'ä', 'é', 'ö', 'ü'])
    };
    name.strip_suffix('.').filter(is_word).unwrap_or(name)
}

/// A name as "Family, Given, Suffix"; a body ends with a comma when it could be mistaken.
pub(super) fn inverted(name: &Name) -> String {
    match name {
        Name::Literal { literal } if literal.contains(',') => literal.replace(',', " "),
        Name::Literal { literal } => literal.clone(),
        Name::Person(p) => {
            let given = [&p.given, &p.dropping_particle].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
            let mut out = format!("{}, {}", name.cited().replace(',', " "), given.join(" ").replace(',', " "));
            if let Some(suffix) = &p.suffix {
                out.push_str(", ");
                out.push_str(suffix);
            }
            out
        }
    }
}

/// Reads a date as databases and people write it: EDTF, "2004/05/03", "2004 May 3", "May-Jun 2004", "3. Mai 2004".
/// What is no date is kept as words.
pub(super) fn date(text: &str) -> Date {
    let text = collapse_spaces(text);
    text.parse()
        .ok()
        .or_else(|| iso_time(&text))
        .or_else(|| slashed(&text))
        .or_else(|| in_words(&text))
        .unwrap_or(Date::Literal(text))
}

/// A date from numbers or names of its parts, as far as they are of a calendar.
pub(super) fn date_of_parts(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = four_digits(year.trim())?;
    let month = month_of(month.trim());
    let day = match month {
        Some(Month::Calendar(_)) => day.trim().parse().ok().filter(|d| (1..=31).contains(d)),
        _ => None,
    };
    Some(point(year, month, day))
}

fn point(year: i32, month: Option<Month>, day: Option<u8>) -> Date {
    Date::Point(DatePoint { year, month, day, qualifier: Qualifier::Certain })
}

/// "2004-05-03T10:00:00Z": the day counts.
fn iso_time(text: &str) -> Option<Date> {
    let (date, time) = text.split_once(['T', ' '])?;
    let clock = time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':');
    (date.len() == 10 && clock).then(|| date.parse().ok()).flatten()
}

/// "YYYY/MM/DD/words" of RIS, and "YYYY-M-D".
fn slashed(text: &str) -> Option<Date> {
    let mut parts = text.splitn(4, ['/', '-', '.']).map(str::trim);
    let year = four_digits(parts.next()?)?;
    let (month, day, words) = (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let number = |s: &str, most: u8| -> Option<Option<u8>> {
        if s.is_empty() { Some(None) } else { s.parse().ok().filter(|n| (1..=most).contains(n)).map(Some) }
    };
    match (number(month, 12)?, number(day, 31)?) {
        (None, None) if !words.is_empty() => in_words(&format!("{words} {year:04}")),
        (None, Some(_)) => None,
        (month, day) => Some(point(year, month.map(Month::Calendar), day)),
    }
}

fn four_digits(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Words and numbers in any order, as long as each has one meaning.
fn in_words(text: &str) -> Option<Date> {
    if text.len() > 64 {
        return None;
    }
    let (mut year, mut months, mut days) = (None, Vec::new(), Vec::new());
    for word in text.split([' ', ',', '-', '–', '/', '.', '(', ')']).filter(|w| !w.is_empty()) {
        let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Some(y) = four_digits(word) {
            if year.replace(y).is_some_and(|before| before != y) {
                return None;
            }
        } else if let Some(month) = month_name(word) {
            months.push(month);
        } else if let Ok(day @ 1..=31) = number.parse::<u8>()
            && matches!(&word[number.len()..], "" | "st" | "nd" | "rd" | "th")
        {
            days.push(day);
        } else {
            return None;
        }
    }
    let year = year?;
    let of = |month, day| DatePoint { year, month, day, qualifier: Qualifier::Certain };
    Some(match (&months[..], &days[..]) {
        ([], []) => Date::from_year(year),
        ([month], []) => Date::Point(of(Some(*month), None)),
        ([month @ Month::Calendar(_)], [day]) => Date::Point(of(Some(*month), Some(*day))),
        ([a @ Month::Calendar(_)], [from, to]) if from < to => {
            Date::Range { start: DateEnd::Date(of(Some(*a), Some(*from))), end: DateEnd::Date(of(Some(*a), Some(*to))) }
        }
        ([a @ Month::Calendar(_), b @ Month::Calendar(_)], []) if a != b => {
            Date::Range { start: DateEnd::Date(of(Some(*a), None)), end: DateEnd::Date(of(Some(*b), None)) }
        }
        _ => return None,
    })
}

/// A month by number or name.
pub(super) fn month_of(text: &str) -> Option<Month> {
    match text.parse() {
        Ok(n @ 1..=12) => Some(Month::Calendar(n)),
        Ok(_) => None,
        Err(_) => month_name(text.trim_end_matches('.')),
    }
}

/// A month or season by its English or German name or the first three letters of it, or the usual other abbreviation.
fn month_name(word: &str) -> Option<Month> {
    let word = word.to_lowercase();
    let season = match word.as_str() {
        "spring" | "spr" => Some(Season::Spring),
        "summer" | "sum" => Some(Season::Summer),
        "autumn" | "fall" | "fal" | "aut" => Some(Season::Autumn),
        "winter" | "win" => Some(Season::Winter),
        _ => None,
    };
    if let Some(season) = season {
        return Some(Month::Season(season));
    }
    const NAMES: [&[&str]; 12] = [
        &["january", "januar", "jänner"],
        &["february", "februar"],
        &["march", "märz", "maerz", "mrz"],
        &["april"],
        &["may", "mai"],
        &["june", "juni"],
        &["july", "juli"],
        &["august"],
        &["september", "sept"],
        &["october", "oktober"],
        &["november"],
        &["december", "dezember"],
    ];
    let first_three = word.chars().count() == 3;
    let named = |names: &&[&str]| names.iter().any(|n| *n == word || first_three && n.starts_with(&word));
    let index = NAMES.iter().position(named)?;
    Some(Month::Calendar(u8::try_from(index + 1).ok()?))
}

/// Whether text of a serial-or-book-number field holds a book's number: an ISBN has ten digits or more.
pub(super) fn is_isbn(text: &str) -> bool {
    let first = text.split([' ', ';', '(', ',']).find(|w| w.chars().any(|c| c.is_ascii_digit())).unwrap_or_default();
    first.chars().filter(|c| c.is_ascii_digit() || *c == 'X' || *c == 'x').count() >= 10
}

/// Keywords as one value: separated by commas, unless one of them has a comma.
pub(super) fn joined_keywords<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(|w| w.as_ref().trim()).filter(|w| !w.is_empty()).collect();
    words.join(if words.iter().any(|w| w.contains(',')) { "; " } else { ", " })
}

/// The keywords of a value, as [`joined_keywords`] put them together.
pub(super) fn split_keywords(value: &str) -> impl Iterator<Item = &str> {
    let separator = if value.contains(';') { ';' } else { ',' };
    value.split(separator).map(str::trim).filter(|w| !w.is_empty())
}

/// The first name of a table for a kind of work, which is the one it is written as.
pub(super) fn name_of_kind(table: &[(&'static str, WorkKind)], kind: WorkKind) -> Option<&'static str> {
    table.iter().find(|(_, k)| *k == kind).map(|(name, _)| *name)
}

/// The kind a name of a table stands for; case does not matter.
pub(super) fn kind_of_name(table: &[(&'static str, WorkKind)], name: &str) -> Option<WorkKind> {
    table.iter().find(|(n, _)| n.eq_ignore_ascii_case(name.trim())).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (text, expected) in [
            ("2004", "2004"),
            ("2004/05/03/", "2004-05-03"),
            ("2004///Spring", "2004-21"),
            ("2004/5", "2004-05"),
            ("2004//", "2004"),
            ("2004 May 3", "2004-05-03"),
            ("Nov. 16, 2004", "2004-11-16"),
            ("2004 Jan-Feb", "2004-01/2004-02"),
            ("3. März 2004", "2004-03-03"),
            ("2004 Jul 30-31", "2004-07-30/2004-07-31"),
            ("2004-05-03T10:00:00Z", "2004-05-03"),
            ("2004-2005", "2004-2005"),
            ("sold out in 2004", "sold out in 2004"),
            ("2004/13", "2004/13"),
            ("Fall 1999", "1999-23"),
        ] {
            assert_eq!(date(text).to_string(), expected, "{text}");
        }
    }

    #[test]
    fn names() {
        let shown = |text, unmarked| inverted(&name(text, unmarked));
        assert_eq!(shown("Holm,  Ada", Unmarked::Literal), "Holm, Ada");
        assert_eq!(shown("Holm,A.B.,Jr.", Unmarked::Literal), "Holm, A.B., Jr.");
        assert_eq!(shown("Ferry Board,", Unmarked::GivenFirst), "Ferry Board");
        assert_eq!(shown("Ada M. Holm", Unmarked::GivenFirst), "Holm, Ada M.");
        assert_eq!(shown("van Holm AM", Unmarked::Initials), "van Holm, AM");
        assert_eq!(shown("Ferry Board", Unmarked::Initials), "Ferry Board");
    }

    #[test]
    fn page_ranges() {
        for (text, expected) in
            [("235-8", "235–238"), ("235-41", "235–241"), ("e99-105", "e99–105"), ("S1-S4", "S1-S4"), ("12", "12")]
        {
            assert_eq!(whole_pages(text), expected);
        }
    }

    #[test]
    fn book_numbers() {
        assert!(is_isbn("0727912771 (paperback)") && is_isbn("978-0-306-40615-7"));
        assert!(!is_isbn("1234-5678 (Print) 1234-5679 (Electronic)"));
    }
}
