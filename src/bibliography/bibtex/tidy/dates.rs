//! One way of writing dates in a file.

use super::{Habits, Run};
use crate::bibliography::bibtex::dates::{MONTHS, month_number};
use crate::bibliography::bibtex::edit::{BibText, EditError, EntryText};

rule! {
    /// Writes dates in the fields that most entries of the file use.
    ///
    /// BibTeX reads `year` and `month`, biblatex `date` too. An entry that does it another way than nearly all others of the
    /// file is made to follow them, where its date is a plain one. In a file that is of two minds nothing is changed.
    ///
    /// `date = {2004-05}` becomes `year = {2004}, month = may` in a file of years.
    "dates", Always, Run::Entry(run)
}

/// The fields in which a file writes dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFields {
    Year,
    Date,
    Both,
}

/// What at least nine entries of ten do.
pub(super) fn habit(file: &BibText<'_>) -> DateFields {
    let (mut years, mut dates) = (0_usize, 0_usize);
    for (_, entry) in file.entries() {
        let has = |name: &str| entry.fields.iter().any(|f| file.source()[f.name.clone()].eq_ignore_ascii_case(name));
        match (has("year"), has("date")) {
            (true, false) => years += 1,
            (false, true) => dates += 1,
            _ => {}
        }
    }
    match () {
        () if years > 0 && dates * 9 <= years => DateFields::Year,
        () if dates > 0 && years * 9 <= dates => DateFields::Date,
        () => DateFields::Both,
    }
}

fn run(entry: &mut EntryText, habits: &Habits) -> Result<(), EditError> {
    let has = |name: &str| entry.field(name).is_some();
    match habits.dates {
        DateFields::Year if has("date") && !["year", "month", "day"].into_iter().any(has) => to_year(entry),
        DateFields::Date if has("year") && !has("date") => to_date(entry),
        _ => Ok(()),
    }
}

fn to_year(entry: &mut EntryText) -> Result<(), EditError> {
    let Some(date) = entry.field("date").and_then(|f| f.text) else { return Ok(()) };
    let parts: Vec<String> = date.trim().split('-').map(str::to_owned).collect();
    let number = |i: usize, length: usize| {
        parts.get(i).is_none_or(|p: &String| p.len() == length && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let month = parts.get(1).map(|m| m.parse::<usize>().unwrap_or_default());
    let day = parts.get(2).map(|d| d.parse::<u8>().unwrap_or_default());
    let is_plain = parts.len() <= 3
        && number(0, 4)
        && number(1, 2)
        && number(2, 2)
        && month.is_none_or(|m| (1..=12).contains(&m))
        && day.is_none_or(|d| (1..=31).contains(&d));
    if !is_plain {
        return Ok(());
    }
    entry.rename("date", "year")?;
    entry.replace_text("year", &parts[0])?;
    if let Some(month) = month {
        entry.insert_after("year", "month", MONTHS[month - 1])?;
    }
    if let Some(day) = day {
        entry.insert_after("month", "day", &format!("{{{day}}}"))?;
    }
    Ok(())
}

fn to_date(entry: &mut EntryText) -> Result<(), EditError> {
    let text = |name: &str| entry.field(name).map(|f| f.text.unwrap_or(f.source).trim().to_owned());
    let Some(year) = text("year").filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit())) else {
        return Ok(());
    };
    let month = text("month").map(|m| month_number(&m));
    let day = text("day").map(|d| d.parse::<u8>().ok().filter(|d| (1..=31).contains(d)));
    let date = match (month, day) {
        (None, None) => year,
        (Some(Some(month)), None) => format!("{year}-{month:02}"),
        (Some(Some(month)), Some(Some(day))) => format!("{year}-{month:02}-{day:02}"),
        _ => return Ok(()),
    };
    entry.rename("year", "date")?;
    entry.set_source("date", &format!("{{{date}}}"))?;
    for name in ["month", "day"] {
        if entry.field(name).is_some() {
            entry.remove(name)?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[test]
fn dates_as_the_file_has_them() {
    let years = "@book{a,\n  year = 2001\n}\n".repeat(9);
    let dates = "@book{a,\n  date = {2001}\n}\n".repeat(9);
    for (others, source, expected) in [
        (&years, "@book{k,\n  date = {2004},\n}", "@book{k,\n  year = {2004},\n}"),
        (
            &years,
            "@book{k,\n  date = \"2004-05-03\"\n}",
            "@book{k,\n  year = \"2004\",\n  month = may,\n  day = {3}\n}",
        ),
        (&years, "@book{k,\n  date = {2004/2005}\n}", "@book{k,\n  date = {2004/2005}\n}"),
        (&years, "@book{k,\n  date = {2004-21}\n}", "@book{k,\n  date = {2004-21}\n}"),
        (
            &dates,
            "@book{k,\n  year = 2004,\n  month = may,\n  note = {N},\n}",
            "@book{k,\n  date = {2004-05},\n  note = {N},\n}",
        ),
        (&dates, "@book{k,\n  year = {in press},\n}", "@book{k,\n  year = {in press},\n}"),
        (&dates, "@book{k,\n  year = {2004}, month = {May/June}}", "@book{k,\n  year = {2004}, month = {May/June}}"),
    ] {
        assert_eq!(super::tidied("dates", &format!("{others}{source}")), format!("{others}{expected}"));
    }
    let mixed = "@book{a, year = 2001}\n@book{b, date = {2001}}";
    assert_eq!(super::tidied("dates", mixed), mixed);
}
