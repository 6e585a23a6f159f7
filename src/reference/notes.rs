//! Remarks inside an entry that are no part of the reference: where the work first stood, where it stands again, in
//! which language it is. Their years, places and titles would be taken for those of the work.

use std::sync::LazyLock;

use regex::Regex;

use super::cut::cut_if;
use super::patterns::compile;

/// "(zuerst 1961)", "(ed. or. New York 1978)", "[first published 1923]".
static FIRST_PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)[(\[]\s?(?:zuerst|orig\.|original(?:ausgabe|ausg\.)?|erstausgabe|erstausg\.|erstauflage|erstmals|erstveröffentlichung|ed\. or\.|trad\. it\.|original(?:ly)? (?:work )?published|(?:work )?first published|1st published|first edition)(?:\s|:)[^()\[\]\x1f]{1,80}[)\]]",
    )
});
/// "; wieder abgedruckt in: …" up to the end.
static PRINTED_AGAIN: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)[.;,]\s?(?:wieder ?abgedr(?:uckt|\.)|auch (?:abgedruckt )?in:|nachgedruckt in|abgedruckt in|reprinted in|rpt\. in|repr\. in|cited in|zitiert nach|zit\. nach)\s?[^\x1f]*$",
    )
});
/// "(in Russian)", "[Article in Chinese]".
static LANGUAGE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\s?[(\[]\s?(?:(?:article |text |paper )?in|auf)\s(?:german|russian|chinese|french|japanese|spanish|italian|polish|czech|dutch|korean|portuguese|turkish|swedish|danish|hungarian|ukrainian|deutsch|englisch|russisch|französisch)(?:,? with [^()\[\]\x1f]{1,40})?\.?\s?[)\]]",
    )
});

/// One of these stands in whatever [`LANGUAGE`] finds.
const LANGUAGES: &[&str] = &[
    "german",
    "russian",
    "chinese",
    "french",
    "japanese",
    "spanish",
    "italian",
    "polish",
    "czech",
    "dutch",
    "korean",
    "portuguese",
    "turkish",
    "swedish",
    "danish",
    "hungarian",
    "ukrainian",
    "deutsch",
    "englisch",
    "russisch",
    "französisch",
];

/// Takes remarks out of a reference.
pub(super) fn cut_remarks(text: &mut String) {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let first = has(&["(", "["]) && has(&["zuerst", "orig", "erst", "ed. or.", "trad. it.", "first", "1st"]);
    cut_if(first, text, &FIRST_PRINTED, |found, _| Some(found.get(0)?.range()));
    let again = has(&["abgedr", "gedruckt", "auch in:", "reprinted in", "rpt. in", "repr. in", "cited in", "zit"]);
    cut_if(again, text, &PRINTED_AGAIN, |found, _| {
        let whole = found.get(0)?;
        // At the front it would take the work itself.
        (whole.start() >= 15).then(|| whole.range())
    });
    let language = has(&["(", "["]) && has(&["in ", "auf "]) && has(LANGUAGES);
    cut_if(language, text, &LANGUAGE, |found, _| Some(found.get(0)?.range()));
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
            ("Roe A. The first edition (of two) in German", "Roe A. The first edition (of two) in German"),
        ] {
            let mut text = text.to_owned();
            cut_remarks(&mut text);
            assert_eq!(text.replace(CUT, "|"), rest);
        }
    }
}
