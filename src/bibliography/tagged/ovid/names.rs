//! Names as Ovid prints them: with degrees, marks of affiliations and what somebody was in brackets.

use crate::bibliography::draft::{self, Unmarked};
use crate::work::{Name, Role};

/// The names of a value and the roles printed with them. Names are separated by semicolons, after a role in brackets
/// also by commas.
pub(super) fn names(text: &str) -> Vec<(Option<Role>, Name)> {
    let mut out = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find([';', '[']).unwrap_or(rest.len());
        let printed = &rest[..end];
        let mut role = None;
        rest = &rest[end..];
        if let Some(inner) = rest.strip_prefix('[') {
            let (said, after) = inner.split_once(']').unwrap_or((inner, ""));
            role = said.split([',', ';']).find_map(|word| role_of(word.trim()));
            rest = after;
        }
        rest = rest.trim_start_matches([';', ',', '.', ' ']);
        let bare = without_marks(printed);
        if !bare.is_empty() {
            out.push((role, draft::name(bare, Unmarked::Literal)));
        }
    }
    out
}

fn role_of(word: &str) -> Option<Role> {
    Some(match word.trim_end_matches('.').to_ascii_lowercase().as_str() {
        "author" | "inventor" => Role::Author,
        "ed" | "eds" | "editor" => Role::Editor,
        "translator" | "trans" => Role::Translator,
        _ => return None,
    })
}

/// Degrees, without their stops.
const DEGREES: &[&str] = &[
    "MD", "PhD", "DPhil", "MPH", "MSc", "MS", "MA", "MBA", "BA", "BS", "BSc", "MBBS", "MBChB", "DO", "DDS", "DMD",
    "DVM", "DSc", "ScD", "DrPH", "EdD", "PsyD", "PharmD", "RN", "BSN", "MSN", "DNP", "FACS", "FACP", "FACC", "FACSM",
    "FRCP", "FRCS", "FRCPC", "JD", "MHS", "MSPH", "MEd", "RD", "PT", "DPT", "CRNA", "APRN",
];

/// A name without the degrees and the marks of affiliations behind it.
fn without_marks(printed: &str) -> &str {
    let mut name = printed.trim();
    loop {
        let kept = name.trim_end_matches([' ', ',']);
        let (before, last) = kept.rsplit_once([' ', ',']).unwrap_or(("", kept));
        let is_mark = last.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '+' | '#' | '†' | '‡' | '§' | '['));
        let bare = last.replace('.', "");
        // Only behind a given name: a family name may look like anything.
        let is_degree = before.contains(',') && DEGREES.contains(&bare.as_str()) && !is_only_given_name(before);
        if before.is_empty() || !(is_mark || is_degree) {
            return draft::without_stop(kept);
        }
        name = before;
    }
}

/// Whether nothing stands behind the comma: initials look like degrees.
fn is_only_given_name(before: &str) -> bool {
    before.trim_end().ends_with(',') && before.matches(',').count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_degrees_and_roles() {
        for (text, expected) in [
            ("Holm, Ada MD, PhD 1,2,*", &["Holm, Ada"][..]),
            ("Holm, A. Ph.D., FACSM", &["Holm, A."]),
            ("Berg, Ph. 1", &["Berg, Ph."]),
            ("Berg, MA", &["Berg, MA"]),
            ("HOLM, Ada.", &["HOLM, Ada"]),
            ("Holm, Ada MD *;  van Berg, Bo +", &["Holm, Ada", "van Berg, Bo"]),
            ("Holm, Ada [Editor, Reprint Author], Berg, Bo J. [Editor]", &["Holm, Ada", "Berg, Bo J."]),
        ] {
            let shown: Vec<String> = names(text).iter().map(|(_, name)| draft::inverted(name)).collect();
            assert_eq!(shown, expected, "{text}");
        }
        assert_eq!(names("Holm, Ada [Ed]")[0].0, Some(Role::Editor));
    }
}
