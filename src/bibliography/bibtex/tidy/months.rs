//! Months as macros.

use super::{Habits, Run};
use crate::bibliography::bibtex::dates::{MONTHS, month_number};
use crate::bibliography::bibtex::edit::{EditError, EntryText};

rule! {
    /// Writes a month as the macro that every style defines.
    ///
    /// A style then prints it in its own way and language; a month in braces is printed as it stands. A month with a day, or
    /// several months, stay.
    ///
    /// `month = {January}` becomes `month = jan`.
    "months", Always, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    let month = entry.field("month").and_then(|f| month_number(f.text?.trim()));
    match month {
        Some(month) => entry.set_source("month", MONTHS[usize::from(month) - 1]),
        None => Ok(()),
    }
}

#[cfg(test)]
#[test]
fn months() {
    for (source, expected) in [
        ("{January}", "jan"),
        ("\"Sept.\"", "sep"),
        ("{02}", "feb"),
        ("12", "dec"),
        ("may", "may"),
        ("{13}", "{13}"),
        ("{July 4}", "{July 4}"),
        ("{May/June}", "{May/June}"),
        ("{Enero}", "{Enero}"),
        ("\"10~\" # jan", "\"10~\" # jan"),
    ] {
        let entry = |month: &str| format!("@book{{k, month = {month}}}");
        assert_eq!(super::tidied("months", &entry(source)), entry(expected));
    }
}
