//! Date variables of CSL-JSON ⇄ [`Date`].

use serde_json::{Map, Value, json};

use super::read::text_of;
use crate::work::{Date, DateEnd, DatePoint, Month, Qualifier, Season};

/// Reads a date: `date-parts` (numbers or strings) with `season` and `circa`, `raw` or `edtf`, `literal`, or a plain
/// string. `None` when nothing of it is a date or words.
pub(super) fn read(value: &Value) -> Option<Date> {
    let Value::Object(date) = value else { return text_of(value).map(|text| from_words(&text)) };
    let circa = date.get("circa").is_some_and(is_true);
    let words = ["edtf", "raw", "literal"].iter().find_map(|name| date.get(*name).and_then(text_of));
    let parts = date.get("date-parts").and_then(|parts| from_parts(parts, date.get("season"), circa));
    match (parts, words) {
        (Some(date), _) => Some(date),
        (None, Some(words))
            if date.contains_key("literal") && !date.contains_key("raw") && !date.contains_key("edtf") =>
        {
            Some(Date::Literal(words))
        }
        (None, Some(words)) => Some(match from_words(&words) {
            Date::Point(point @ DatePoint { qualifier: Qualifier::Certain, .. }) if circa => {
                Date::Point(DatePoint { qualifier: Qualifier::Approximate, ..point })
            }
            date => date,
        }),
        (None, None) => None,
    }
}

fn from_words(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| Date::Literal(text.to_owned()))
}

/// `true`, 1 and "1" are all in use.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(b) => *b,
        Value::Number(n) => n.as_f64() != Some(0.0),
        Value::String(s) => !matches!(s.as_str(), "" | "0" | "false"),
        _ => false,
    }
}

fn from_parts(parts: &Value, season: Option<&Value>, circa: bool) -> Option<Date> {
    let season = season.and_then(season_of);
    let qualifier = if circa { Qualifier::Approximate } else { Qualifier::Certain };
    let parts = parts.as_array()?;
    let start = point(parts.first()?, season, qualifier)?;
    Some(match parts.get(1) {
        None => Date::Point(start),
        // Zeros or nothing: the range is open.
        Some(end) if end.as_array().is_none_or(|e| e.first().and_then(number).is_none_or(|y| y == 0)) => {
            Date::Range { start: DateEnd::Date(start), end: DateEnd::Open }
        }
        Some(end) => Date::Range { start: DateEnd::Date(start), end: DateEnd::Date(point(end, season, qualifier)?) },
    })
}

fn point(parts: &Value, season: Option<Season>, qualifier: Qualifier) -> Option<DatePoint> {
    let parts = parts.as_array()?;
    let year = number(parts.first()?)?;
    let year = i32::try_from(if year < 0 { year + 1 } else { year }).ok()?;
    let month = match parts.get(1).and_then(number) {
        Some(month @ 1..=12) => Some(Month::Calendar(u8::try_from(month).ok()?)),
        Some(code) => Some(Month::Season(season_from_code(code)?)),
        None => season.map(Month::Season),
    };
    let day = parts.get(2).and_then(number).filter(|_| matches!(month, Some(Month::Calendar(_))));
    let day = day.filter(|d| (1..=31).contains(d)).and_then(|d| u8::try_from(d).ok());
    Some(DatePoint { year, month, day, qualifier })
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(n) => n.as_i64(),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }
}

/// Pseudo-months: 13 to 16 of citeproc-js, 21 to 24 of EDTF.
fn season_from_code(code: i64) -> Option<Season> {
    Some(match code {
        13 | 21 => Season::Spring,
        14 | 22 => Season::Summer,
        15 | 23 => Season::Autumn,
        16 | 24 => Season::Winter,
        _ => return None,
    })
}

/// `season`: 1 to 4, or a name.
fn season_of(value: &Value) -> Option<Season> {
    match number(value) {
        Some(n @ 1..=4) => season_from_code(n + 12),
        Some(n) => season_from_code(n),
        None => match value.as_str()?.trim().to_ascii_lowercase().as_str() {
            "spring" => Some(Season::Spring),
            "summer" => Some(Season::Summer),
            "autumn" | "fall" => Some(Season::Autumn),
            "winter" => Some(Season::Winter),
            _ => None,
        },
    }
}

/// Writes a date so that it reads back the same; as `raw` EDTF where `date-parts` cannot say it.
pub(super) fn write(date: &Date) -> Value {
    match date {
        Date::Literal(words) => json!({ "literal": words }),
        Date::Point(point) => match parts_of(point) {
            Some((parts, season)) => with_parts(vec![parts], season, point.qualifier),
            None => json!({ "raw": date.to_string() }),
        },
        Date::Range { start: DateEnd::Date(start), end: DateEnd::Date(end) } if start.qualifier == end.qualifier => {
            match (parts_of(start), parts_of(end)) {
                (Some((a, None)), Some((b, None))) => with_parts(vec![a, b], None, start.qualifier),
                _ => json!({ "raw": date.to_string() }),
            }
        }
        Date::Range { .. } => json!({ "raw": date.to_string() }),
    }
}

/// `date-parts` count years before Christ as people do: -44 is 44 BC, and there is no year 0.
fn historical(astronomical: i32) -> i64 {
    let year = i64::from(astronomical);
    if year > 0 { year } else { year - 1 }
}

/// The parts of a date, and its season.
fn parts_of(point: &DatePoint) -> Option<(Vec<i64>, Option<u8>)> {
    if !matches!(point.qualifier, Qualifier::Certain | Qualifier::Approximate) {
        return None;
    }
    let mut parts = vec![historical(point.year)];
    let mut season = None;
    match point.month {
        Some(Month::Calendar(month)) => {
            parts.push(i64::from(month));
            parts.extend(point.day.map(i64::from));
        }
        Some(Month::Season(s)) => season = Some(1 + s as u8),
        None => {}
    }
    Some((parts, season))
}

fn with_parts(parts: Vec<Vec<i64>>, season: Option<u8>, qualifier: Qualifier) -> Value {
    let mut date = Map::new();
    date.insert("date-parts".to_owned(), json!(parts));
    if let Some(season) = season {
        date.insert("season".to_owned(), json!(season));
    }
    if qualifier == Qualifier::Approximate {
        date.insert("circa".to_owned(), json!(true));
    }
    Value::Object(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (json, expected) in [
            (r#"{"date-parts": [[2004, 5, 3]]}"#, "2004-05-03"),
            (r#"{"date-parts": [["2004", "05"]], "circa": 1}"#, "2004-05~"),
            (r#"{"date-parts": [[2004], [2006]]}"#, "2004/2006"),
            (r#"{"date-parts": [[2004, 1], [0, 0]]}"#, "2004-01/.."),
            (r#"{"date-parts": [[2004]], "season": "2"}"#, "2004-22"),
            (r#"{"date-parts": [[2004, 13]]}"#, "2004-21"),
            (r#"{"raw": "2004-05/2005"}"#, "2004-05/2005"),
            (r#"{"raw": "May 2004"}"#, "May 2004"),
            (r#"{"literal": "1999"}"#, "1999"),
            (r#""2004-05""#, "2004-05"),
            (r#"{"date-parts": [[-43]]}"#, "-0042"),
        ] {
            assert_eq!(read(&serde_json::from_str(json).unwrap()).unwrap().to_string(), expected, "{json}");
        }
        assert_eq!(read(&json!({ "date-parts": [[null]] })), None);
    }

    #[test]
    fn dates_come_back() {
        for text in [
            "2004",
            "2004-05-03",
            "2004-05~",
            "2004?",
            "2004-22",
            "2004/2006-01",
            "2004/..",
            "/2005",
            "0000",
            "2004-21/2004-22",
            "Y17000",
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!(read(&write(&date)), Some(date), "{text}");
        }
        let words = Date::Literal("1999".to_owned());
        assert_eq!(read(&write(&words)), Some(words));
    }
}
