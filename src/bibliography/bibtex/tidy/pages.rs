//! Ranges of pages.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};

rule! {
    /// Writes a range of pages with two hyphens.
    ///
    /// BibTeX styles and biblatex make a dash of them; a single hyphen is printed as one. Only what is clearly a range of two
    /// numbers is changed, so “S1-12” of a chapter numbered within stays. “pp.” before the pages goes: styles print it.
    ///
    /// `pages = {34-56}` becomes `pages = {34--56}`.
    "pages", Always, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    let Some(text) = entry.field("pages").and_then(|f| f.text) else { return Ok(()) };
    if let Some(tidy) = tidy(text).filter(|tidy| tidy != text) {
        entry.replace_text("pages", &tidy)?;
    }
    Ok(())
}

fn tidy(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let label = ["pp. ", "pp.", "pp ", "p. ", "p."].iter().find(|l| lower.starts_with(*l));
    let rest = label.map_or(text, |l| &text[l.len()..]);
    let parts: Vec<Option<String>> = rest.split(',').map(range).collect();
    let unlabelled = label.is_none() || parts.iter().all(Option::is_some);
    let rest = if unlabelled { rest } else { text };
    let out: Vec<String> = rest.split(',').map(|part| range(part).unwrap_or_else(|| part.to_owned())).collect();
    Some(out.join(","))
}

/// One page or range with two hyphens, the blanks around it kept; `None` for anything else.
fn range(part: &str) -> Option<String> {
    let inner = part.trim();
    let (lead, tail) = part.split_once(inner)?;
    let unified = inner.replace("\\textendash", "–").replace(['–', '—', '‐', '‑', '−'], "-").replace("{}", "");
    let mut numbers = unified.split('-').map(str::trim).filter(|n| !n.is_empty());
    let (first, second, more) = (numbers.next()?, numbers.next(), numbers.next());
    let hyphens = unified.matches('-').count();
    let joined = unified.split('-').map(str::trim).collect::<Vec<_>>();
    let in_one_run = joined.first().is_some_and(|f| !f.is_empty()) && joined.last().is_some_and(|l| !l.is_empty());
    match (second, more) {
        (None, None) if hyphens == 0 && is_page(first) => Some(part.to_owned()),
        (Some(second), None) if (1..=3).contains(&hyphens) && in_one_run && is_page(first) && is_page(second) => {
            let (a, b) = (digits(first), digits(second));
            // "8-12" of an article numbered within a volume goes on; a number that does not is none of a range.
            let ascends = b.len() < a.len() || (b.len(), b) > (a.len(), a);
            let roman = a.is_empty() && b.is_empty();
            (ascends || roman).then(|| format!("{lead}{first}--{second}{tail}"))
        }
        _ => None,
    }
}

/// "34", "S12", "e1001", "12a", "xii".
fn is_page(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = text.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
    let rest = text.len() - letters - digits;
    let roman = digits == 0 && text.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x' | b'l' | b'c'));
    letters <= 2 && digits > 0 && rest <= 1 && text.bytes().skip(letters + digits).all(|b| b.is_ascii_alphabetic())
        || roman && !text.is_empty()
}

fn digits(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    text.trim_end_matches(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
#[test]
fn page_ranges() {
    for (source, expected) in [
        ("34-56", "34--56"),
        ("34–56", "34--56"),
        ("34 --- 56", "34--56"),
        ("34 -- 56", "34--56"),
        ("235-8", "235--8"),
        ("e12-e20, 33", "e12--e20, 33"),
        ("1-3,5-9", "1--3,5--9"),
        ("xi-xxiv", "xi--xxiv"),
        ("pp. 34-56", "34--56"),
        ("34\\textendash{}56", "34--56"),
        ("34--56", "34--56"),
        ("1-1--1-20", "1-1--1-20"),
        ("12-12", "12-12"),
        ("56-34", "56-34"),
        ("34-", "34-"),
        ("34+", "34+"),
        ("CD001-pub2", "CD001-pub2"),
        ("p. of the preface", "p. of the preface"),
    ] {
        let entry = |pages: &str| format!("@article{{k, pages = {{{pages}}}, volume = {{1-2}}}}");
        assert_eq!(super::tidied("pages", &entry(source)), entry(expected));
    }
}
