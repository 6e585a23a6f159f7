//! Remarks inside an entry that are no part of the reference: where the work first stood, where it stands again, in
//! which language it is. Their years, places and titles would be taken for those of the work.

use std::sync::LazyLock;

use regex::Regex;

use super::cut::{cut_any_case_if, cut_brackets};
use super::patterns::compile;
use super::signs::Finder;

/// What starts "(zuerst 1961)", "(ed. or. New York 1978)", "[first published 1923]".
const FIRST_PRINTED: &[&str] = &[
    "zuerst",
    "orig.",
    "original",
    "originalausgabe",
    "originalausg.",
    "originalausg",
    "erstausgabe",
    "erstausg.",
    "erstauflage",
    "erstmals",
    "erstveröffentlichung",
    "ed. or.",
    "trad. it.",
    "original published",
    "originally published",
    "original work published",
    "originally work published",
    "work first published",
    "first published",
    "1st published",
    "first edition",
];
/// Remarks longer than this many scalars say more.
const LONGEST: usize = 80;
/// "; wieder abgedruckt in: …" up to the end.
static PRINTED_AGAIN: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"[.;,]\s?(?:wieder ?abgedr(?:uckt|\.)|auch (?:abgedruckt )?in:|nachgedruckt in|abgedruckt in|reprinted in|rpt\. in|repr\. in|cited in|zitiert nach|zit\. nach)\s?[^\x1f]*$",
    )
});

/// "(in Russian)", "[Article in Chinese]".
static LANGUAGE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"\s?[(\[]\s?(?:(?:article |text |paper )?in|auf)\s(?:german|russian|chinese|french|japanese|spanish|italian|polish|czech|dutch|korean|portuguese|turkish|swedish|danish|hungarian|ukrainian|deutsch|englisch|russisch|franz[öÖ]sisch)(?:,? with [^()\[\]\x1f]{1,40})?\.?\s?[)\]]",
    )
});

/// What a text holds in which a remark may stand; each says no only where there can be none.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Sign {
    Series,
    FirstPrinted,
    PrintedAgain,
    Language,
}

static SIGNS: Finder = Finder::new(&[
    ("(=", Sign::Series as u8),
    ("[=", Sign::Series as u8),
    ("zuerst", Sign::FirstPrinted as u8),
    ("orig", Sign::FirstPrinted as u8),
    ("erst", Sign::FirstPrinted as u8),
    ("ed. or.", Sign::FirstPrinted as u8),
    ("trad. it.", Sign::FirstPrinted as u8),
    ("first", Sign::FirstPrinted as u8),
    ("1st", Sign::FirstPrinted as u8),
    ("abgedr", Sign::PrintedAgain as u8),
    ("gedruckt", Sign::PrintedAgain as u8),
    ("auch in:", Sign::PrintedAgain as u8),
    ("reprinted in", Sign::PrintedAgain as u8),
    ("rpt. in", Sign::PrintedAgain as u8),
    ("repr. in", Sign::PrintedAgain as u8),
    ("cited in", Sign::PrintedAgain as u8),
    ("zit", Sign::PrintedAgain as u8),
    ("(in", Sign::Language as u8),
    ("[in", Sign::Language as u8),
    ("( in", Sign::Language as u8),
    ("[ in", Sign::Language as u8),
    ("(auf", Sign::Language as u8),
    ("[auf", Sign::Language as u8),
    ("( auf", Sign::Language as u8),
    ("[ auf", Sign::Language as u8),
    ("article in", Sign::Language as u8),
    ("text in", Sign::Language as u8),
    ("paper in", Sign::Language as u8),
]);

/// Takes remarks out of a reference.
pub(super) fn cut_remarks(text: &mut String) {
    let signs = SIGNS.find(text);
    let brackets = text.contains(['(', '[']);
    // "(= Schriften zur Kältekunde; 17)"
    if signs.has(Sign::Series as u8) {
        cut_brackets(text, |_, inside| inside.starts_with("= "));
    }
    if brackets && signs.has(Sign::FirstPrinted as u8) {
        cut_brackets(text, |_, inside| is_first_printed(inside));
    }
    cut_any_case_if(signs.has(Sign::PrintedAgain as u8), text, &PRINTED_AGAIN, |found, _| {
        let whole = found.get(0)?;
        // At the front it would take the work itself.
        (whole.start() >= 15).then(|| whole.range())
    });
    cut_any_case_if(brackets && signs.has(Sign::Language as u8), text, &LANGUAGE, |found, _| {
        Some(found.get(0)?.range())
    });
}

/// "zuerst 1961": whether a remark says where and when a work was first printed.
fn is_first_printed(inside: &str) -> bool {
    FIRST_PRINTED.iter().any(|start| {
        strip_any_case(inside, start)
            .and_then(|rest| rest.strip_prefix([' ', ':']))
            .is_some_and(|rest| !rest.is_empty() && rest.chars().count() <= LONGEST)
    })
}

/// What stands behind a start in small letters or ASCII capitals.
fn strip_any_case<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| &text[start.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::cut::CUT;

    #[test]
    fn remarks_are_no_fields() {
        for (text, rest) in [
            ("Roe, A.: Skin. Oslo: Fjord 1974 (zuerst 1961).", "Roe, A.: Skin. Oslo: Fjord 1974 |."),
            ("Roe, A. Skin. Oslo: Fjord. (Original work published 1961)", "Roe, A. Skin. Oslo: Fjord. |"),
            ("Roe, A.: Skin, S. 9; wieder abgedruckt in: Zay, B.: Ice, Oslo 1991.", "Roe, A.: Skin, S. 9|"),
            ("Roe A. Skin [Article in Russian]. J Skin 3:4", "Roe A. Skin|. J Skin 3:4"),
            ("Roe, A.: Skin. Oslo 1990 (= Schriften des Winters; 17).", "Roe, A.: Skin. Oslo 1990 |."),
            ("Roe A. The first edition (of two) in German", "Roe A. The first edition (of two) in German"),
        ] {
            let mut text = text.to_owned();
            cut_remarks(&mut text);
            assert_eq!(text.replace(CUT, "|"), rest);
        }
    }
}
