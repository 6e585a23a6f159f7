//! The day it is, for answers that hold as of a date.

use std::time::{SystemTime, UNIX_EPOCH};

/// Today's date in UTC (ISO 8601).
pub fn today() -> String {
    date_of(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()))
}

/// The date (ISO 8601, UTC) of a moment in seconds since 1970.
pub fn date_of(seconds: u64) -> String {
    civil((seconds / 86_400).try_into().unwrap_or(0))
}

/// The date of a day counted from 1970-01-01, in the Gregorian calendar.
fn civil(days: i64) -> String {
    // Years begin in March, so that a leap day ends one; 400 years have 146,097 days.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * march + 2) / 5 + 1, if march < 10 { march + 3 } else { march - 9 });
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        for (day, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_088, "2024-12-31"),
            (20_782, "2026-11-25"),
        ] {
            assert_eq!(civil(day), date);
        }
    }
}
