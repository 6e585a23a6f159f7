//! Hyphens of ISBN and ISSN.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};
use crate::work::{Isbn, Issn};

rule! {
    /// Writes an ISSN with its hyphen, and an ISBN or ISSN without label, dashes and blanks in it.
    ///
    /// Only numbers whose check digit is right are touched. An ISBN without hyphens stays so: where they belong depends on
    /// the publisher.
    ///
    /// `issn = {0738081X}` becomes `issn = {0738-081X}`, `isbn = {ISBN 3 598 21500 2}` becomes `isbn = {3-598-21500-2}`.
    "standard-numbers", Always, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    let tidied = |name: &str, tidy: fn(&str) -> Option<String>| {
        let text = entry.field(name)?.text?;
        let parts: Vec<String> =
            text.split(',').map(|p| tidy(p.trim()).unwrap_or_else(|| p.trim().to_owned())).collect();
        let out = parts.join(", ");
        // Blanks after commas are not what this is about.
        (out.replace(' ', "") != text.replace(' ', "") || !text.contains(',') && out != text).then_some(out)
    };
    for (name, value) in [("issn", tidied("issn", issn)), ("isbn", tidied("isbn", isbn))] {
        if let Some(value) = value {
            entry.replace_text(name, &value)?;
        }
    }
    Ok(())
}

fn issn(text: &str) -> Option<String> {
    Some(text.parse::<Issn>().ok()?.to_string())
}

fn isbn(text: &str) -> Option<String> {
    text.parse::<Isbn>().ok()?;
    let lower = text.to_ascii_lowercase();
    let label = ["isbn-13", "isbn-10", "isbn"].into_iter().find(|l| lower.starts_with(l)).unwrap_or_default();
    let number = text[label.len()..].trim_matches([' ', ':']);
    let dashed: String = number.chars().map(|c| if matches!(c, ' ' | '–' | '‐' | '‑') { '-' } else { c }).collect();
    Some(dashed.replace('x', "X"))
}

#[cfg(test)]
#[test]
fn standard_numbers() {
    for (source, expected) in [
        ("issn = {0738081X}", "issn = {0738-081X}"),
        ("issn = {0738-081x}", "issn = {0738-081X}"),
        ("issn = {0738–081X}", "issn = {0738-081X}"),
        ("issn = {0738081X, 18791131}", "issn = {0738-081X, 1879-1131}"),
        ("issn = {07380811}", "issn = {07380811}"),
        ("isbn = {ISBN 3 598 21500 2}", "isbn = {3-598-21500-2}"),
        ("isbn = {9783598215001}", "isbn = {9783598215001}"),
        ("isbn = {978-3-598-21500-1}", "isbn = {978-3-598-21500-1}"),
        ("isbn = {nonsense 12}", "isbn = {nonsense 12}"),
    ] {
        assert_eq!(
            super::tidied("standard-numbers", &format!("@book{{k, {source}}}")),
            format!("@book{{k, {expected}}}")
        );
    }
}
