//! Years, volumes, issues and pages: printed and recorded.

use super::Agreement::{self, Close, Different, Same, Unknown};
use super::{Asked, Recorded};

/// Digits without leading zeros of the first run of digits; empty where there are none.
pub(in super::super) fn digits(text: &str) -> String {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let run: String = text[start..].chars().take_while(char::is_ascii_digit).collect();
    run.trim_start_matches('0').to_owned()
}

/// The first and last page of a range, the last one with the digits that were left out ("483–5" is 483 to 485).
pub(in super::super) fn pages(text: &str) -> (String, String) {
    let mut parts = text.split(['-', '–', '—', '\u{2010}', '\u{2011}', '−']).map(digits);
    let first = parts.next().unwrap_or_default();
    let last = parts.next().unwrap_or_default();
    if !last.is_empty() && last.len() < first.len() {
        let whole = format!("{}{last}", &first[..first.len() - last.len()]);
        return (first, whole);
    }
    (first, last)
}

pub(in super::super) fn year(asked: &Asked, record: &Recorded) -> Agreement {
    let Some(recorded) = record.year else { return Unknown };
    match asked.year {
        Some(year) if year == recorded => Same,
        Some(_) if asked.spare_numbers.iter().any(|n| *n == recorded.to_string()) => Same,
        Some(year) if year.abs_diff(recorded) == 1 => Close,
        Some(_) => Different,
        None if asked.spare_numbers.iter().any(|n| *n == recorded.to_string()) => Same,
        None => Unknown,
    }
}

pub(in super::super) fn volume(asked: &Asked, record: &Recorded) -> Agreement {
    number(&asked.volume, &record.volume, asked, &[(&asked.issue, &record.issue)])
}

pub(in super::super) fn issue(asked: &Asked, record: &Recorded) -> Agreement {
    number(&asked.issue, &record.issue, asked, &[(&asked.volume, &record.volume)])
}

/// Compares two numbers; one that was taken for its neighbour, or for nothing, counts as printed.
fn number(printed: &str, recorded: &str, asked: &Asked, neighbours: &[(&String, &String)]) -> Agreement {
    if recorded.is_empty() {
        return Unknown;
    }
    let elsewhere = asked.spare_numbers.iter().any(|n| n == recorded)
        || neighbours.iter().any(|(other, of_record)| *other == recorded && other != of_record);
    if printed == recorded || elsewhere {
        Same
    } else if printed.is_empty() {
        Unknown
    } else {
        Different
    }
}

pub(in super::super) fn page(asked: &Asked, record: &Recorded) -> Agreement {
    let recorded = &record.pages.0;
    if recorded.is_empty() {
        return Unknown;
    }
    let printed = &asked.pages.0;
    if printed == recorded || asked.spare_numbers.iter().any(|n| n == recorded) {
        return Same;
    }
    if printed.is_empty() {
        return Unknown;
    }
    // A range that begins within the record's: a page was meant that holds what was cited.
    let within = || {
        let number = |s: &str| s.parse::<u64>().ok();
        let (at, first, last) = (number(printed)?, number(recorded)?, number(&record.pages.1)?);
        Some(first < at && at <= last)
    };
    // Article numbers are printed with the year or the volume before them: "012345" of "2004012345".
    let longer = recorded.len() >= 4 && printed.len() >= 4 && (printed.ends_with(recorded.as_str()) || recorded.ends_with(printed.as_str()));
    if longer || within() == Some(true) { Close } else { Different }
}

/// Whether both print where they end, and disagree, though they begin on one page.
pub(in super::super) fn last_page_differs(asked: &Asked, record: &Recorded) -> bool {
    let (printed, recorded) = (&asked.pages, &record.pages);
    printed.0 == recorded.0
        && !printed.1.is_empty()
        && !recorded.1.is_empty()
        // Some sources record an article number twice.
        && recorded.1 != recorded.0
        && printed.1 != recorded.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_pages() {
        for (text, first, last) in
            [("483–5", "483", "485"), ("e0123-e130", "123", "130"), ("2446–54", "2446", "2454"), ("v–vii", "", ""), ("7", "7", "")]
        {
            assert_eq!(pages(text), (first.to_owned(), last.to_owned()), "{text}");
        }
    }
}
