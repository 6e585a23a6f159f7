//! What kinds of words names are made of.

/// Words that join the last name of a list.
pub(super) const CONJUNCTIONS: &[&str] = &["and", "und", "et", "y", "e", "And", "AND", "en", "och", "ve", "i"];

pub(super) const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "d", "da", "das", "de", "degli", "del", "della", "den", "der", "des", "di", "do", "dos",
    "du", "el", "ibn", "la", "las", "le", "lo", "los", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur", "y",
    "Van", "Von", "De", "Del", "Della", "Den", "Der", "Di", "Da", "Dos", "Du", "La", "Le", "Vander", "Ten", "Ter",
];

/// Bytes of the longest of them.
const LONGEST_PARTICLE: usize = 6;

/// "van", "De": a word before a family name.
pub(super) fn is_particle(word: &str) -> bool {
    word.len() <= LONGEST_PARTICLE && PARTICLES.contains(&word)
}

/// A word that may stand in a name: a capital first, or a particle.
pub(super) fn is_name_word(word: &str) -> bool {
    if word.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let first = word.chars().next().unwrap_or(' ');
    if is_particle(word) {
        return true;
    }
    if first.is_uppercase() {
        // "JOURNAL OF SKIN"
        if word.len() > 2 && !word.chars().any(char::is_lowercase) {
            let lower: String = word.chars().skip(1).flat_map(char::to_lowercase).collect();
            return NOT_IN_NAMES.binary_search(&format!("{first}{lower}").as_str()).is_err();
        }
        return NOT_IN_NAMES.binary_search(&word).is_err();
    }
    // "d'Alembert", "al-Hassan", "de-Souza"
    first.is_lowercase()
        && word.chars().count() > 3
        && word.split(['\'', '’', '-']).nth(1).is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// Words with a capital that open titles and journals, never names, in the order of their bytes.
const NOT_IN_NAMES: &[&str] = &[
    "AND",
    "Advances",
    "An",
    "And",
    "Annals",
    "Archives",
    "Are",
    "Astronomy",
    "At",
    "Biology",
    "Bulletin",
    "By",
    "Chemistry",
    "Das",
    "Der",
    "Die",
    "Economics",
    "Ed",
    "Editor",
    "Editors",
    "Eds",
    "Ein",
    "Eine",
    "Engineering",
    "For",
    "From",
    "Genetics",
    "Hg",
    "How",
    "Hrsg",
    "In",
    "International",
    "Introduction",
    "Is",
    "Its",
    "Journal",
    "Les",
    "Letters",
    "Mathematics",
    "Medicine",
    "Nature",
    "New",
    "Of",
    "On",
    "Physics",
    "Proceedings",
    "Psychology",
    "Reports",
    "Research",
    "Review",
    "Science",
    "Sciences",
    "The",
    "Their",
    "To",
    "Toward",
    "Towards",
    "Transactions",
    "Une",
    "Using",
    "What",
    "Why",
    "With",
    "ed",
    "eds",
];

/// "A", "Yu", "J-P": the word before the dot of an initial.
pub(super) fn is_initial(word: &str) -> bool {
    word.split(['-', '\u{2010}', '\u{2011}']).all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_uppercase)
            && match (chars.next(), chars.next()) {
                (None, _) => true,
                (Some(second), None) => second.is_lowercase() || second.is_uppercase(),
                _ => false,
            }
    })
}

/// "A": one letter, as initials inside full names are.
pub(super) fn is_short_initial(word: &str) -> bool {
    word.chars().count() == 1 && is_initial(word)
}

/// "AV", "J-P", "JCJ": initials without dots.
pub(super) fn is_bare_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (1..=4).contains(&letters) && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\u{2010}' | '\u{2011}'))
}

/// A year as a token, maybe with a letter behind it.
pub(super) fn looks_like_year(token: &str) -> bool {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4 && token.len() <= 5 && digits.parse::<u16>().is_ok_and(|y| (1400..=2049).contains(&y))
}

/// Whether a text has a word that only names of bodies have ("World Health Organization").
pub(super) fn is_body(text: &str) -> bool {
    let mut lower = String::new();
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        if word.len() < 3 {
            return false;
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        BODY_WORDS.binary_search(&lower.as_str()).is_ok()
            || (lower.len() > 9 && BODY_ENDINGS.iter().any(|end| lower.ends_with(end)))
    })
}

/// How German names of bodies end: "Innenministerium", "Frauenverband".
const BODY_ENDINGS: &[&str] =
    &["ministerium", "bundesamt", "verband", "kommission", "sinstitut", "gesellschaft", "behörde"];

/// Words of the names of bodies, in the order of their bytes.
const BODY_WORDS: &[&str] = &[
    "academy",
    "administration",
    "agency",
    "akademie",
    "amt",
    "anstalt",
    "arbeitsgemeinschaft",
    "arbeitsgruppe",
    "arbeitskreis",
    "arbeitsstelle",
    "association",
    "ausschuss",
    "authority",
    "autorengruppe",
    "autorenkollektiv",
    "bank",
    "behörde",
    "board",
    "bundesagentur",
    "bundesamt",
    "bundesanstalt",
    "bundesinstitut",
    "bundesministerium",
    "bundesrat",
    "bundesregierung",
    "bundestag",
    "bundesverband",
    "bundeszentrale",
    "bureau",
    "center",
    "centers",
    "centre",
    "collaboration",
    "collaborators",
    "college",
    "comité",
    "commissariat",
    "commission",
    "committee",
    "community",
    "company",
    "conseil",
    "consortium",
    "corporation",
    "corps",
    "council",
    "department",
    "expertenkommission",
    "fachhochschule",
    "federation",
    "forschungsgruppe",
    "forschungsinstitut",
    "foundation",
    "fundación",
    "gesellschaft",
    "gewerkschaft",
    "gmbh",
    "government",
    "group",
    "handelskammer",
    "hochschule",
    "inc",
    "initiative",
    "institut",
    "institute",
    "institutes",
    "institution",
    "instituto",
    "investigators",
    "istituto",
    "kommission",
    "konsortium",
    "kreisverwaltung",
    "landesamt",
    "landesregierung",
    "landeszentrale",
    "ltd",
    "ministerio",
    "ministerium",
    "ministero",
    "ministerrat",
    "ministry",
    "ministère",
    "network",
    "office",
    "organisation",
    "organization",
    "panel",
    "parliament",
    "program",
    "programme",
    "project",
    "projektgruppe",
    "redaktion",
    "registry",
    "sachverständigenrat",
    "school",
    "sekretariat",
    "senat",
    "senatsverwaltung",
    "service",
    "society",
    "société",
    "staff",
    "statistisches",
    "stiftung",
    "team",
    "union",
    "universidad",
    "university",
    "università",
    "universität",
    "université",
    "verband",
    "verein",
    "wissenschaftsrat",
    "zentralarchiv",
    "zentralinstitut",
    "zentrum",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        for (word, expected) in
            [("Roe", true), ("van", true), ("d'Ode", true), ("of", false), ("JOURNAL", false), ("R2", false)]
        {
            assert_eq!(is_name_word(word), expected, "{word}");
        }
        assert!(is_initial("J-P") && is_initial("Yu") && !is_initial("Roe"));
        assert!(is_bare_initials("AV") && !is_bare_initials("Av"));
        assert!(looks_like_year("2004a") && !looks_like_year("1238"));
        assert!(is_body("Skin Research Group") && !is_body("Ann Roe"));
        assert!(is_body("Statistisches Landesamt Nord") && is_body("Wetterministerium") && !is_body("Verbandt, Anna"));
        assert!(BODY_WORDS.is_sorted() && NOT_IN_NAMES.is_sorted());
        assert!(PARTICLES.iter().all(|word| word.len() <= LONGEST_PARTICLE));
    }
}
