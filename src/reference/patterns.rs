//! The patterns of this module, in a dialect that compiles fast and runs fast.
//!
//! Compiling tables of all letters of Unicode for some forty patterns would take longer than parsing a whole
//! reference list. Cleaned text has plain spaces only, and the scripts that patterns must tell capitals of are few.

use regex::Regex;

/// Capital letters: Latin with the usual accents, Greek, Cyrillic.
const UPPER: &str = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΑ-ΩА-Я]";
/// Small letters of the same scripts.
const LOWER: &str = "[a-zß-öø-ÿāăąćčďđēėęěğģīıķļłńņňōőœřśşšţťūůűųźżžșțα-ωа-я]";
/// Letters of the same scripts, large or small.
const LETTER: &str = "[A-Za-zÀ-ÖØ-öø-ɏΆ-ώЀ-ӿ]";

/// Compiles a pattern of our own. `\s` is a plain space, `\b` stands between ASCII words, and `\p{L}`, `\p{Lu}`,
/// `\p{Ll}` know the letters above.
pub(super) fn compile(pattern: &str) -> Regex {
    let pattern = pattern
        .replace(r"\s", " ")
        .replace(r"\b", r"(?-u:\b)")
        .replace(r"\p{Lu}", UPPER)
        .replace(r"\p{Ll}", LOWER)
        .replace(r"\p{L}", LETTER);
    Regex::new(&pattern).expect("valid pattern")
}
