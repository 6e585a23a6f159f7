//! Where sentences end, in text full of abbreviations.

use super::cut::CUT;
use super::dates;

/// Byte offsets of the marks that end sentences: not those of abbreviations or initials.
pub(super) fn sentence_ends(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut depth = 0usize;
    let bytes = text.as_bytes();
    let balanced = bytes.iter().filter(|&&b| b == b'(').count() == bytes.iter().filter(|&&b| b == b')').count();
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'.' | b'?' | b'!' if depth == 0 || !balanced => {
                let behind = text[at + 1..].trim_start_matches(['”', '"', '’', '\'']);
                // Scripts without capitals are printed without the space.
                let uncased = behind.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
                let Some(next) = behind.strip_prefix([' ', ',']).or(uncased.then_some(behind)) else { continue };
                let next = next.trim_start();
                let opens = next.starts_with(|c: char| {
                    c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | CUT | '[' | '(')
                }) || (next.starts_with(char::is_alphabetic)
                    && next.chars().nth(1).is_some_and(char::is_uppercase))
                    || next.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
                if byte == b'.' && text[at + 1..].starts_with(',') || !opens {
                    continue;
                }
                if byte != b'.' || !(is_abbreviation(last_word(&text[..at])) || among_abbreviations(text, at)) {
                    out.push(at);
                }
            }
            _ => {}
        }
    }
    out
}

/// The sentences of a text, without the marks that end them.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for end in sentence_ends(text) {
        out.push(&text[from..end]);
        from = end + 1;
    }
    out.push(&text[from..]);
    out
}

pub(super) fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !c.is_alphanumeric() && c != '-')
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

/// "Compos. Sci. Technol.": a short word with a capital before a listed abbreviation is one too, unless a word
/// without a capital stands before it ("… in Japan. Proc. Acad.").
fn among_abbreviations(text: &str, at: usize) -> bool {
    let word = last_word(&text[..at]);
    let before = text[..at - word.len()].trim_end();
    let next = text[at + 1..].trim_start();
    let next = &next[..next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len())];
    let follows = text[at + 1..].trim_start()[next.len()..].starts_with('.');
    follows
        && next.chars().count() > 1
        && is_abbreviation(next)
        && word.chars().count() <= 7
        && word.starts_with(char::is_uppercase)
        && !word.ends_with(['a', 'e', 'i', 'o', 'u', 'y'])
        && (before.is_empty()
            || !before.ends_with(char::is_alphabetic)
            || last_word(before).starts_with(char::is_uppercase))
}

/// Abbreviated words, in small letters and in the order of their bytes.
const ABBREVIATIONS: &[&str] = &[
    "abh",
    "acad",
    "adv",
    "allg",
    "am",
    "anal",
    "ann",
    "annu",
    "anorg",
    "appl",
    "approx",
    "arch",
    "assoc",
    "astron",
    "astrophys",
    "aust",
    "biochem",
    "biol",
    "biophys",
    "bot",
    "bull",
    "cf",
    "chem",
    "clin",
    "co",
    "colloq",
    "commun",
    "comput",
    "conf",
    "corp",
    "dept",
    "dermatol",
    "dis",
    "dr",
    "e.g",
    "ecol",
    "econ",
    "ed",
    "eds",
    "educ",
    "electr",
    "electron",
    "eng",
    "environ",
    "etc",
    "exp",
    "fig",
    "fiz",
    "fluid",
    "gen",
    "geol",
    "geophys",
    "hist",
    "hum",
    "hydraul",
    "i.e",
    "immunol",
    "inc",
    "ing",
    "inst",
    "instr",
    "int",
    "intern",
    "interv",
    "jr",
    "lect",
    "lett",
    "lond",
    "ltd",
    "mag",
    "mater",
    "math",
    "mech",
    "med",
    "metab",
    "meth",
    "microbiol",
    "mitt",
    "mod",
    "mol",
    "mr",
    "nat",
    "natl",
    "neurol",
    "neurosci",
    "no",
    "nos",
    "nucl",
    "opin",
    "opt",
    "p",
    "pediatr",
    "pharmacol",
    "philos",
    "phys",
    "physiol",
    "pp",
    "proc",
    "psychol",
    "pt",
    "q",
    "quart",
    "radiol",
    "rec",
    "rep",
    "res",
    "rev",
    "roy",
    "russ",
    "sci",
    "ser",
    "soc",
    "sov",
    "sp",
    "spp",
    "st",
    "stat",
    "sup",
    "suppl",
    "surg",
    "symp",
    "tech",
    "theor",
    "trans",
    "univ",
    "var",
    "vol",
    "vs",
    "workshop",
    "zh",
    "zool",
];

/// Letters of the longest of them.
const LONGEST_ABBREVIATION: usize = 9;

/// Whether a full stop behind the word belongs to the word: "Phys.", "Proc.", "J.".
pub(super) fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 || letters > LONGEST_ABBREVIATION {
        return false;
    }
    if letters == 1 && !word.chars().any(|c| c.is_ascii_digit()) {
        // "Frankfurt a. M.", "Freiburg i. Br.", "Berlin u. a."
        return word.starts_with(char::is_uppercase) || matches!(word, "a" | "i" | "u" | "d" | "v" | "z" | "o");
    }
    if !word.starts_with(char::is_uppercase) {
        return matches!(
            word,
            "vs" | "cf" | "ed" | "eds" | "no" | "vol" | "al" | "pp" | "trans" | "natl" | "acad" | "spp" | "ca"
        );
    }
    let lower = word.to_lowercase();
    if letters <= 4 && dates::month_of(&lower).is_some() && lower != "may" {
        return true;
    }
    ABBREVIATIONS.binary_search(&lower.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_end_no_sentence() {
        for (text, expected) in [
            ("Skin in winter. J. Am. Acad. Dermatol", 1),
            ("Skin in Japan. Journal of Skin", 1),
            ("Compos. Sci. Technol", 0),
            ("How? Why! So", 2),
            ("Proc. of the Skin Conf. in Oslo", 0),
            ("A (small. Yes) title", 0),
            ("Skin. Frankfurt a. M./Oslo: Fjord", 1),
            ("皮膚. 冬", 1),
        ] {
            assert_eq!(sentence_ends(text).len(), expected, "{text}");
        }
        assert_eq!(sentences("One thing. Another"), ["One thing", " Another"]);
    }

    #[test]
    fn abbreviations_are_found() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(ABBREVIATIONS.iter().all(|word| word.len() <= LONGEST_ABBREVIATION));
    }
}
