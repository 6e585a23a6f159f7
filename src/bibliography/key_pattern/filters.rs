//! What can be done with a value.

use crate::text::plain_letters;

/// A filter with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    Lower,
    Upper,
    Capitalize,
    Clean,
    Condense(String),
    NoPunct,
    NoPunctOrDash,
    SkipWords,
    /// From 1, and how many.
    Select(usize, usize),
    Substring(usize, usize),
    Abbr,
    Prefix(String),
    Postfix(String),
    Replace(String, String),
}

/// Words that say little of a title: articles, prepositions and conjunctions of English, German, French, Spanish,
/// Italian, Portuguese and Dutch.
const SMALL_WORDS: &[&str] = &[
    "a",
    "ab",
    "about",
    "above",
    "across",
    "after",
    "against",
    "al",
    "along",
    "als",
    "am",
    "among",
    "an",
    "and",
    "around",
    "as",
    "at",
    "auf",
    "aus",
    "avec",
    "before",
    "behind",
    "bei",
    "below",
    "between",
    "beyond",
    "but",
    "by",
    "con",
    "d",
    "da",
    "dans",
    "das",
    "de",
    "dei",
    "del",
    "della",
    "delle",
    "dem",
    "den",
    "der",
    "des",
    "det",
    "di",
    "die",
    "do",
    "dos",
    "down",
    "du",
    "during",
    "e",
    "een",
    "ein",
    "eine",
    "einer",
    "eines",
    "el",
    "else",
    "en",
    "et",
    "except",
    "for",
    "from",
    "für",
    "gli",
    "het",
    "i",
    "il",
    "im",
    "in",
    "inside",
    "into",
    "is",
    "its",
    "l",
    "la",
    "las",
    "le",
    "les",
    "like",
    "lo",
    "los",
    "mit",
    "near",
    "nor",
    "o",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "os",
    "ou",
    "over",
    "par",
    "per",
    "por",
    "pour",
    "since",
    "so",
    "sur",
    "than",
    "that",
    "the",
    "through",
    "to",
    "towards",
    "um",
    "un",
    "una",
    "und",
    "under",
    "underneath",
    "une",
    "until",
    "up",
    "upon",
    "using",
    "van",
    "via",
    "vom",
    "von",
    "when",
    "with",
    "within",
    "without",
    "y",
    "yet",
    "zu",
    "zum",
    "zur",
    "über",
];

impl Filter {
    pub(super) const NAMES: &[&str] = &[
        "lower",
        "upper",
        "capitalize",
        "clean",
        "condense",
        "nopunct",
        "nopunctordash",
        "skipwords",
        "select",
        "substring",
        "abbr",
        "prefix",
        "postfix",
        "replace",
    ];

    pub fn apply(&self, text: &str) -> String {
        match self {
            Self::Lower => text.to_lowercase(),
            Self::Upper => text.to_uppercase(),
            Self::Capitalize => words(text).map(capitalized).collect::<Vec<_>>().join(" "),
            Self::Clean => plain_letters(text).chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect(),
            Self::Condense(with) => words(text).collect::<Vec<_>>().join(with),
            Self::NoPunct => without_punctuation(text, true),
            Self::NoPunctOrDash => without_punctuation(text, false),
            Self::SkipWords => words(text).filter(|w| !is_small(w)).collect::<Vec<_>>().join(" "),
            Self::Select(start, n) => words(text).skip(start - 1).take(*n).collect::<Vec<_>>().join(" "),
            Self::Substring(start, n) => text.chars().skip(start - 1).take(*n).collect(),
            Self::Abbr => words(text).filter_map(|w| w.chars().find(|c| c.is_alphanumeric())).collect(),
            Self::Prefix(before) if !text.is_empty() => format!("{before}{text}"),
            Self::Postfix(after) if !text.is_empty() => format!("{text}{after}"),
            Self::Prefix(_) | Self::Postfix(_) => String::new(),
            Self::Replace(from, to) => text.replace(from, to),
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

pub(super) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    first + chars.as_str()
}

/// Whether a word says little of a title; the apostrophe of "l'eau" parts words.
pub(super) fn is_small(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    bare.is_empty() || SMALL_WORDS.contains(&bare.as_str())
}

/// Hyphens join words when they stay; all else that is no letter or digit goes.
pub(super) fn without_punctuation(text: &str, keep_hyphens: bool) -> String {
    let kept = |c: char| match c {
        '-' | '‐' | '‑' => keep_hyphens,
        c => c.is_alphanumeric() || c.is_whitespace(),
    };
    text.chars().filter(|c| kept(*c)).map(|c| if matches!(c, '‐' | '‑') { '-' } else { c }).collect()
}
