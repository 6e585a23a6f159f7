//! Dates after EDTF (ISO 8601-2:2019), levels 0 and 1 as far as bibliographies use them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A date or a range of dates, or one that only words can tell ("Ming dynasty").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Date {
    Point(DatePoint),
    /// A range; one end may be open.
    Range {
        start: DateEnd,
        end: DateEnd,
    },
    /// A date as printed that has no calendar form.
    Literal(String),
}

/// One end of a range of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateEnd {
    Date(DatePoint),
    /// `..`: the range goes on.
    Open,
    /// Left empty: not known.
    Unknown,
}

/// A day, month, season or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatePoint {
    /// Astronomical: 0 is 1 BC, -43 is 44 BC.
    pub year: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    /// 1 to 31; only with a calendar month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    #[serde(default)]
    pub qualifier: Qualifier,
}

/// A month of the year or a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Month {
    /// 1 to 12.
    Calendar(u8),
    Season(Season),
}

/// EDTF codes 21 to 24.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// How sure a date is: `?`, `~`, `%` of EDTF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Qualifier {
    #[default]
    Certain,
    Uncertain,
    Approximate,
    UncertainAndApproximate,
}

/// A string that is not an EDTF date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date: write YYYY, YYYY-MM, YYYY-MM-DD or a range with “/” (EDTF)")]
pub struct DateError(String);

impl Date {
    /// A whole year (astronomical).
    pub fn from_year(year: i32) -> Self {
        Self::Point(DatePoint { year, month: None, day: None, qualifier: Qualifier::Certain })
    }

    /// The year, of a range its first known one.
    pub fn year(&self) -> Option<i32> {
        match self {
            Self::Point(p)
            | Self::Range { start: DateEnd::Date(p), .. }
            | Self::Range { end: DateEnd::Date(p), .. } => Some(p.year),
            _ => None,
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let error = || DateError(s.to_owned());
        let s = s.trim();
        let Some((start, end)) = s.split_once('/') else {
            return point(s).map(Self::Point).ok_or_else(error);
        };
        let end_of = |s: &str| match s {
            "" => Some(DateEnd::Unknown),
            ".." => Some(DateEnd::Open),
            s => point(s).map(DateEnd::Date),
        };
        let (start, end) = (end_of(start).ok_or_else(error)?, end_of(end).ok_or_else(error)?);
        let range = Self::Range { start, end };
        if range.year().is_some() { Ok(range) } else { Err(error()) }
    }
}

fn point(s: &str) -> Option<DatePoint> {
    let (s, qualifier) = match s.chars().last()? {
        '?' => (&s[..s.len() - 1], Qualifier::Uncertain),
        '~' => (&s[..s.len() - 1], Qualifier::Approximate),
        '%' => (&s[..s.len() - 1], Qualifier::UncertainAndApproximate),
        _ => (s, Qualifier::Certain),
    };
    let number = |s: &str, len: usize| -> Option<u8> {
        (s.len() == len && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten()
    };
    // A year of more than four digits is marked with Y.
    if let Some(long) = s.strip_prefix('Y') {
        let digits = long.strip_prefix('-').unwrap_or(long);
        if digits.len() <= 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        return Some(DatePoint { year: long.parse().ok()?, month: None, day: None, qualifier });
    }
    let (negative, s) = s.strip_prefix('-').map_or((false, s), |rest| (true, rest));
    let mut parts = s.split('-');
    let year = parts.next()?;
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i32 = year.parse().ok()?;
    let month = match parts.next() {
        None => None,
        Some(m) => Some(match number(m, 2)? {
            m @ 1..=12 => Month::Calendar(m),
            21 => Month::Season(Season::Spring),
            22 => Month::Season(Season::Summer),
            23 => Month::Season(Season::Autumn),
            24 => Month::Season(Season::Winter),
            _ => return None,
        }),
    };
    let day = match parts.next() {
        None => None,
        Some(d) => Some(number(d, 2).filter(|d| (1..=31).contains(d) && matches!(month, Some(Month::Calendar(_))))?),
    };
    if parts.next().is_some() {
        return None;
    }
    Some(DatePoint { year: if negative { -year } else { year }, month, day, qualifier })
}

impl fmt::Display for Date {
    /// EDTF, or the words of a literal date.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(p) => write!(f, "{p}"),
            Self::Range { start, end } => write!(f, "{start}/{end}"),
            Self::Literal(words) => f.write_str(words),
        }
    }
}

impl fmt::Display for DateEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(p) => write!(f, "{p}"),
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for DatePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            y if y.abs() > 9999 => write!(f, "Y{y}")?,
            y if y < 0 => write!(f, "-{:04}", -y)?,
            y => write!(f, "{y:04}")?,
        }
        match self.month {
            Some(Month::Calendar(m)) => write!(f, "-{m:02}")?,
            Some(Month::Season(s)) => write!(f, "-{}", 21 + s as u8)?,
            None => {}
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        match self.qualifier {
            Qualifier::Certain => Ok(()),
            Qualifier::Uncertain => f.write_str("?"),
            Qualifier::Approximate => f.write_str("~"),
            Qualifier::UncertainAndApproximate => f.write_str("%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edtf_reads_and_prints_alike() {
        for s in [
            "1999",
            "1999-02",
            "1999-02-28",
            "2001-21",
            "1984?",
            "1984-06~",
            "2004/2006-03",
            "2004/..",
            "/2005",
            "-0043",
            "Y17000",
            "0000",
        ] {
            assert_eq!(s.parse::<Date>().unwrap().to_string(), s);
        }
    }

    #[test]
    fn what_is_no_date() {
        for s in [
            "",
            "99",
            "1999-13",
            "1999-02-32",
            "- 5",
            "²²",
            "2001-21-01",
            "/",
            "../..",
            "19999",
            "1999-1",
            "Y12",
            "1999-02-01-01",
        ] {
            assert!(s.parse::<Date>().is_err(), "{s}");
        }
    }

    #[test]
    fn year_of_a_range() {
        assert_eq!("/2005".parse::<Date>().unwrap().year(), Some(2005));
    }
}
