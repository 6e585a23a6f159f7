//! The authors part of an author-year citation.

use crate::text::fold_key;

/// The authors a citation names: "Ianello et al.", "Nunley and Jones", "World Health Organization".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedAuthors {
    /// Family names or names of bodies as printed, at least one.
    pub names: Vec<String>,
    /// Ends with "et al." or its like.
    pub et_al: bool,
}

/// Lower-case words that begin a family name.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "el", "al",
    "ten", "ter", "zu", "zur", "af", "av", "bin", "ibn", "ben", "d'", "d’", "st", "'t", "’t",
];

/// Words that join the names of a list.
const CONJUNCTIONS: &[&str] = &["and", "und", "et", "y", "e", "en", "och", "og"];

/// Capitalised words before a year that are no author.
const NOT_NAMES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "fig",
    "figs",
    "figure",
    "figures",
    "table",
    "tables",
    "eq",
    "equation",
    "section",
    "chapter",
    "appendix",
    "vol",
    "version",
    "since",
    "until",
    "before",
    "after",
    "during",
    "in",
    "from",
    "between",
    "by",
    "to",
    "the",
    "year",
    "years",
    "early",
    "late",
    "mid",
    "circa",
    "ca",
    "copyright",
    "grant",
    "no",
    "windows",
    "office",
    "updated",
    "accessed",
    "retrieved",
    "published",
    "revised",
    "edition",
    "today",
    "now",
    "born",
    "died",
    "christmas",
    "easter",
    "about",
    "around",
    "also",
    "and",
    "or",
    "but",
];

/// Words that may lead into a citation within a bracket or sentence and belong to no name.
const LEAD_INS: &[&str] = &[
    "see",
    "also",
    "e.g.",
    "eg",
    "i.e.",
    "cf.",
    "cf",
    "but",
    "compare",
    "reviewed",
    "review",
    "in",
    "by",
    "for",
    "from",
    "after",
    "as",
    "according",
    "to",
    "following",
    "adapted",
    "modified",
    "data",
    "like",
    "with",
    "since",
    "both",
    "while",
    "whereas",
    "although",
    "when",
    "where",
    "if",
    "that",
    "however",
    "moreover",
    "furthermore",
    "recently",
    "later",
    "then",
    "the",
    "this",
    "thus",
    "siehe",
    "vgl.",
    "vgl",
    "auch",
    "nach",
    "voir",
    "selon",
    "véase",
    "segundo",
    "conforme",
    "apud",
    "study",
    "studies",
    "work",
    "of",
    "examples",
    "example",
    "include",
    "including",
    "review:",
    "reviews",
    "available",
    "unlike",
    "because",
    "therefore",
    "here",
];

/// What comes after the last name when a list is cut short.
const ET_AL: &[&str] = &[
    "et al.",
    "et al",
    "et. al.",
    "et. al",
    "et alii",
    "and others",
    "and colleagues",
    "and co-workers",
    "and coworkers",
    "u.a.",
    "u. a.",
    "et coll.",
    "e cols.",
    "y cols.",
    "e colaboradores",
    "& al.",
    "and associates",
];

impl CitedAuthors {
    /// Reads a text that must be names from end to end, lead-in words apart, as it stands before the year within a
    /// bracket. Returns the byte offset at which the names begin.
    pub fn from_bracket(text: &str) -> Option<(usize, Self)> {
        let start = skip_lead_in(text);
        let body = text[start..].trim_end_matches([',', ' ', ':', '(', '[']);
        Self::read(body).map(|authors| (start, authors))
    }

    /// Reads the names that end a text, as it stands before "(2009)" in a sentence. Returns the byte offset at
    /// which the names begin.
    pub fn ending(text: &str) -> Option<(usize, Self)> {
        let trimmed = text.trim_end();
        let body = trimmed.strip_suffix("'s").or(trimmed.strip_suffix("’s")).unwrap_or(trimmed);
        let body = body.trim_end_matches(['\'', '’', ',']).trim_end();
        let words: Vec<(usize, &str)> = words(body);
        // Walk back while the words can be part of a list of names.
        let mut first = words.len();
        while first > 0 {
            let (_, word) = words[first - 1];
            let ends_clause =
                first < words.len() && word.ends_with(['.', ';', ':', ')', ']', '!', '?']) && !is_initial(word);
            let abbreviation = first < words.len() && matches!(word, "al." | "et." | "cols." | "coll.");
            let fits = is_name_word(word) || is_joining(word) || is_particle(word) || is_et_al_word(word);
            if !fits || (ends_clause && !abbreviation) || words.len() - first > 14 {
                break;
            }
            first -= 1;
        }
        // A list starts with a name, not with a conjunction, a lead-in, or a sentence's first word before it.
        while first < words.len() {
            let (offset, word) = words[first];
            let lead_in = LEAD_INS.contains(&word.trim_end_matches(',').to_lowercase().as_str());
            if is_joining(word)
                || lead_in
                || is_et_al_word(word)
                || (word.ends_with(',') && !opens_list(&words[first..]))
            {
                first += 1;
                continue;
            }
            if let Some(authors) = Self::read(&body[offset..]) {
                return Some((offset, authors));
            }
            first += 1;
        }
        None
    }

    fn read(body: &str) -> Option<Self> {
        let mut rest = body.trim();
        let mut et_al = false;
        for marker in ET_AL {
            let cut = rest.len().checked_sub(marker.len());
            if let Some(cut) = cut.filter(|&c| rest.is_char_boundary(c))
                && rest[cut..].eq_ignore_ascii_case(marker)
                && rest[..cut].ends_with([' ', ',', '\u{a0}'])
            {
                rest = rest[..cut].trim_end_matches([' ', ',', '\u{a0}']);
                et_al = true;
                break;
            }
        }
        let names: Vec<String> = split_names(rest);
        let plausible = !names.is_empty() && names.len() <= 12 && names.iter().all(|n| is_name(n));
        plausible.then_some(Self { names, et_al })
    }
}

/// The names of a list, split at commas, semicolons, "&" and the words for "and"; initials are dropped.
fn split_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split([',', '&', ';', '/']) {
        let mut current: Vec<&str> = Vec::new();
        for word in part.split_whitespace() {
            // "and" within the name of a body ("Centers for Disease Control and Prevention") joins, too: the
            // reader of the list is asked about both forms by the resolver.
            if CONJUNCTIONS.contains(&word) {
                if !current.is_empty() {
                    names.push(current.join(" "));
                    current.clear();
                }
            } else {
                current.push(word);
            }
        }
        if !current.is_empty() {
            names.push(current.join(" "));
        }
    }
    // "Smith J, Jones A" and "J. Smith": initials say nothing that the resolver needs.
    names.iter().map(|n| drop_initials(n)).filter(|n| !n.is_empty()).collect()
}

fn drop_initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let kept: Vec<&str> = words.iter().copied().filter(|w| !is_initial(w)).collect();
    if kept.is_empty() { String::new() } else { kept.join(" ") }
}

/// "J.", "J.-P.", "JP" is left: two capitals may be a body's acronym.
fn is_initial(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    word.ends_with('.') && !letters.is_empty() && letters.len() <= 3 && letters.iter().all(|c| c.is_uppercase())
        || letters.len() == 1 && letters[0].is_uppercase() && word.chars().count() == 1
}

/// Whether a piece between separators can be a family name or a body's name.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some(last) = words.last() else { return false };
    let capitalised =
        |w: &str| w.chars().find(|c| c.is_alphabetic()).is_some_and(|c| c.is_uppercase() || !c.is_lowercase());
    words.len() <= 9
        && fold_key(name).chars().count() >= 2
        && !name.chars().any(|c| c.is_ascii_digit() || "=<>±%@#{}\"“”|".contains(c))
        && capitalised(last)
        && !NOT_NAMES.contains(&words[0].trim_end_matches('.').to_lowercase().as_str())
        && words
            .iter()
            .all(|w| capitalised(w) || is_particle(w) || matches!(*w, "for" | "of" | "on" | "the" | "in" | "and"))
}

fn is_name_word(word: &str) -> bool {
    let core = word.trim_matches([',', ';', '(', ')', '[', ']']);
    core.chars().find(|c| c.is_alphabetic()).is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
        && !core.chars().any(|c| c.is_ascii_digit())
        && !NOT_NAMES.contains(&core.trim_end_matches('.').to_lowercase().as_str())
}

fn is_joining(word: &str) -> bool {
    word == "&" || CONJUNCTIONS.contains(&word)
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.to_lowercase().as_str())
}

fn is_et_al_word(word: &str) -> bool {
    matches!(
        word.trim_end_matches(','),
        "et" | "et."
            | "al"
            | "al."
            | "others"
            | "colleagues"
            | "co-workers"
            | "coworkers"
            | "associates"
            | "coll."
            | "cols."
            | "u.a."
            | "alii"
    )
}

/// Whether words that start with "Name," go on as a list of names ("Smith, Jones, and Brown").
fn opens_list(words: &[(usize, &str)]) -> bool {
    words.iter().skip(1).any(|(_, w)| is_joining(w) || is_et_al_word(w))
}

fn words(text: &str) -> Vec<(usize, &str)> {
    // Only the last words can be names; a sentence may be long.
    let tail = text.char_indices().rev().nth(240).map_or(0, |(i, _)| i);
    let mut words = Vec::new();
    let mut start = None;
    for (i, c) in text[tail..].char_indices().map(|(i, c)| (i + tail, c)) {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(i),
            (true, Some(s)) => {
                words.push((s, &text[s..i]));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(s) = start {
        words.push((s, &text[s..]));
    }
    words
}

/// The byte offset behind words like "see also" and "e.g.," at the front.
fn skip_lead_in(text: &str) -> usize {
    let mut at = text.len() - text.trim_start_matches([' ', ',', ';', '\u{a0}']).len();
    loop {
        let rest = &text[at..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches([',', ':', ';']).to_lowercase();
        let lowercase_word =
            rest.starts_with(|c: char| c.is_lowercase()) && !is_particle(&word) && !is_mixed_case(&rest[..end]);
        if end < rest.len()
            && (LEAD_INS.contains(&word.as_str())
                || CONJUNCTIONS.contains(&word.as_str())
                || word == "&"
                || lowercase_word)
        {
            at += end;
            at += text[at..].len() - text[at..].trim_start().len();
        } else {
            return at;
        }
    }
}

/// "deVries", "eMedicine": a name although it starts in lower case.
fn is_mixed_case(word: &str) -> bool {
    word.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bracket(text: &str) -> Option<String> {
        CitedAuthors::from_bracket(text).map(|(_, a)| shown(&a))
    }

    fn ending(text: &str) -> Option<String> {
        CitedAuthors::ending(text).map(|(at, a)| format!("{at}:{}", shown(&a)))
    }

    fn shown(a: &CitedAuthors) -> String {
        format!("{}{}", a.names.join("|"), if a.et_al { "+" } else { "" })
    }

    #[test]
    fn names_in_brackets() {
        for (text, expected) in [
            ("Ianello et al. ", Some("Ianello+")),
            ("Nunley and Jones ", Some("Nunley|Jones")),
            ("Nunley & Jones, ", Some("Nunley|Jones")),
            ("see also van der Berg, ", Some("van der Berg")),
            ("e.g., García-Patos ", Some("García-Patos")),
            ("Smith, Jones, and Brown, ", Some("Smith|Jones|Brown")),
            ("World Health Organization, ", Some("World Health Organization")),
            ("reviewed in O’Brien et al., ", Some("O’Brien+")),
            ("J. R. Nunley, ", Some("Nunley")),
            ("January ", None),
            ("in ", None),
            ("n = ", None),
            ("Fig. 3, ", None),
            ("", None),
        ] {
            assert_eq!(bracket(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn names_at_the_end_of_a_text() {
        for (text, expected) in [
            ("This was shown by Nunley and Jones ", Some("18:Nunley|Jones")),
            ("Marzano et al. ", Some("0:Marzano+")),
            ("However, Marzano et al. ", Some("9:Marzano+")),
            ("It rests on Marzano’s ", Some("12:Marzano")),
            ("studied by van der Berg and de Vries ", Some("11:van der Berg|de Vries")),
            ("as Smith, Jones, and Brown ", Some("3:Smith|Jones|Brown")),
            ("it was first seen in ", None),
            ("In January ", None),
        ] {
            assert_eq!(ending(text).as_deref(), expected, "{text}");
        }
    }
}
