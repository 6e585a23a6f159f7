//! Where in a reference its date stands.

use std::sync::LazyLock;

use regex::Regex;

use super::dates;
use super::patterns::compile;
use super::signs::years;

/// A date in brackets, or the words that stand for one ("n.d.", "in press").
pub(super) static DATE_IN_BRACKETS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"[(\[]\s?((?:[^()\[\]\x1f]{0,25}[\s,.])?(?:1[4-9]|20)[0-9]{2}[a-z]?(?:\s?[–/-]\s?(?:[0-9]{4}|[0-9]{2}))?(?:,?\s[^()\[\]\x1f]{0,30})?|n\.\s?d\.[^()\[\]\x1f]{0,3}|in press[^()\[\]\x1f]{0,3}|forthcoming|to appear|im Druck|o\.\s?J\.)\s?[)\]]",
    )
});

/// A year with the month and day printed before or behind it.
static DATED_YEAR: LazyLock<String> = LazyLock::new(|| {
    let month = dates::MONTH;
    format!(
        r"(?:(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?[0-9]{{1,2}})?\.?\s)?{month}(?:\s?[-–/]\s?{month})?,?\s(?:[0-9]{{1,2}}(?:[-–][0-9]{{1,2}})?,?\s)?)?\b(?P<y>(?:1[4-9]|20)[0-9]{{2}}[a-z]?)\b(?:\s{month}(?:\s[0-9]{{1,2}})?)?"
    )
});
static YEAR: LazyLock<Regex> = LazyLock::new(|| compile(&DATED_YEAR));
static TRAILING_DATE: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!(r"[\s,.;(\[\x1f]+(?P<d>{})[\s,.;:)\]\x1f]*$", DATED_YEAR.as_str())));

/// Takes "(2004)", ", 2004", "2004 Mar" from the end of a text.
pub(super) fn without_trailing_date(text: &str) -> (&str, Option<String>) {
    if years(text).next().is_none() {
        return (text, None);
    }
    let marked = dates::with_months_marked(text);
    match TRAILING_DATE.captures(&marked).and_then(|found| Some((found.get(0)?.start(), found.name("d")?.range()))) {
        Some((start, date)) => (&text[..start], Some(text[date].to_owned())),
        None => (text, None),
    }
}

/// The last date of a text whose year is not part of a range of numbers, a bracketed one first.
pub(super) fn last_date(text: &str) -> String {
    if text.contains(['(', '['])
        && let Some(found) = DATE_IN_BRACKETS.captures_iter(text).last()
    {
        return found[1].to_owned();
    }
    let standing = |m: &regex::Match| {
        !text[..m.start()].trim_end().ends_with(['-', '–', '—', '/', ':'])
            && !text[m.end()..].trim_start().starts_with(['-', '–', '—', '/'])
    };
    if years(text).next().is_none() {
        return String::new();
    }
    let marked = dates::with_months_marked(text);
    let found = YEAR.captures_iter(&marked).filter(|f| f.name("y").is_some_and(|m| standing(&m))).last();
    found.and_then(|found| found.get(0)).map_or(String::new(), |found| text[found.range()].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_at_the_end() {
        assert_eq!(without_trailing_date("Skin, 3 May 2004."), ("Skin", Some("3 May 2004".to_owned())));
        assert_eq!(without_trailing_date("Skin 34"), ("Skin 34", None));
        assert_eq!(last_date("Skin (May 1999), 1998–2004"), "May 1999");
        assert_eq!(last_date("Oslo: Fjord, 1999. pp. 1450–1470"), "1999");
        assert_eq!(last_date("no date"), "");
    }
}
