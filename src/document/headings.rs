//! Headings: which lines are some, what the usual ones are called, and which stand under which.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::fold;

/// What is known of a heading by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// A main section of articles or entries.
    Main,
    /// A main section whose own parts follow without being numbered: methods, results.
    MainWithParts,
    /// Its content is a list of names rather than sentences: "Synonyms".
    Names,
    /// Thanks and declarations: a section, but nothing in it is a claim that a source could back.
    BackMatter,
    /// What may follow the reference list and belongs to the document.
    Appendix,
}

#[rustfmt::skip]
const HEADINGS: &[(Known, &[&str])] = &[
    (
        Known::Main,
        &[
            "abstract", "summary", "introduction", "background", "conclusion", "conclusions", "concluding remarks",
            "data availability", "data availability statement", "availability of data and materials", "definition",
            "overview", "etiology", "epidemiology", "pathogenesis", "pathophysiology", "clinical features",
            "clinical presentation", "clinical manifestations", "clinical picture", "diagnosis", "diagnostics",
            "diagnostic investigations", "diagnostic criteria", "differential diagnosis", "treatment", "therapy",
            "management", "prognosis", "prevention", "genetics", "genetics basic defects", "genetic counseling",
            "genetic counselling", "basic defects", "history", "historical background", "characteristics", "theory",
            "limitations", "future directions", "theoretical background", "zusammenfassung", "einleitung", "resume",
            "resumen", "resumo", "riassunto", "graphical abstract", "highlights", "introduccion", "introducao",
            "introduzione", "fazit", "schluss", "case report", "case presentation", "notes",
        ],
    ),
    (
        Known::MainWithParts,
        &[
            "methods", "materials and methods", "material and methods", "methods and materials",
            "patients and methods", "results", "results and discussion", "discussion", "experimental",
            "experimental section", "methodology", "findings", "ergebnisse", "methoden", "material und methoden",
            "diskussion", "resultats", "methodes", "resultados", "metodos", "supplemental information",
            "additional information and declarations", "declarations",
        ],
    ),
    (
        Known::Names,
        &[
            "synonyms", "synonyms and related disorders", "synonyms and related terms", "synonym", "abbreviations",
            "acronyms", "related terms", "related disorders",
            "list of abbreviations", "synonyme", "abkurzungen", "glossary",
        ],
    ),
    (
        Known::BackMatter,
        &[
            "acknowledgements", "acknowledgments", "acknowledgement", "acknowledgment", "funding",
            "funding information", "financial support", "author contributions", "authors contributions",
            "author contribution", "contributors", "competing interests", "competing interest",
            "conflict of interest", "conflicts of interest", "conflict of interest statement",
            "declaration of competing interest", "disclosure", "disclosures", "disclosure statement",
            "additional information", "ethics approval", "ethics declarations", "ethics statement",
            "ethical approval", "consent for publication", "consent to participate", "animal ethics", "human ethics",
            "institutional review board statement", "informed consent statement", "danksagung", "interessenkonflikt",
            "remerciements", "agradecimientos", "code availability", "external links", "external editor",
            "cross references", "cross reference", "see also", "siehe auch", "voir aussi", "vease tambien", "ver tambem",
        ],
    ),
    (
        Known::Appendix,
        &[
            "appendix", "appendices", "appendix a", "appendix b", "supplementary material", "figure legends",
            "anhang", "annex",
        ],
    ),
];

/// The names of reference lists, folded.
#[rustfmt::skip]
const REFERENCE_LISTS: &[&str] = &[
    "references", "reference", "references cited", "cited references", "reference list", "list of references",
    "literature", "literature cited", "cited literature", "works cited", "work cited", "bibliography",
    "selected bibliography", "notes and references", "references and further reading", "bibliography and further reading", "references and bibliography", "further reading and references", "literature and further reading", "references and recommended reading", "references and suggested reading", "references and notes", "sources", "referenzen",
    "literaturverzeichnis", "literatur", "quellen", "quellenverzeichnis", "bibliografie", "bibliographie",
    "references bibliographiques", "referencias", "referencias bibliograficas", "bibliografia", "referencies",
    "riferimenti", "riferimenti bibliografici", "literatuur", "referenties", "litteratur", "referenser", "referanser",
    "kilder", "literatura", "pismiennictwo", "lahteet", "kaynaklar", "kaynakca", "список литературы", "литература",
    "参考文献", "참고문헌", "irodalom", "viitteet",
];
/// Names of lists that are the reference list only where there is no other.
#[rustfmt::skip]
const FURTHER_READING: &[&str] = &[
    "further reading", "recommended reading", "suggested reading", "suggested readings", "additional reading",
    "further readings", "selected references", "weiterfuhrende literatur", "lectures complementaires",
    "lecturas recomendadas", "notes", "endnotes", "footnotes", "key references", "general references",
];

static BY_NAME: LazyLock<HashMap<&str, Known>> =
    LazyLock::new(|| HEADINGS.iter().flat_map(|(known, names)| names.iter().map(|n| (*n, *known))).collect());

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ListName {
    FurtherReading,
    References,
    /// The user named it.
    Given,
}

/// Whether a line is by name the heading of a reference list.
pub(super) fn reference_list(text: &str, given: Option<&str>) -> Option<ListName> {
    if text.len() > 120 {
        return None;
    }
    let key = fold(unnumbered(without_edit_link(text)));
    if given.is_some_and(|g| fold(g) == key || fold(g) == fold(text)) {
        return Some(ListName::Given);
    }
    // A sentence that is one of these words is no heading: "References." stands in navigation.
    if text.ends_with('.') {
        return None;
    }
    match key.as_str() {
        k if REFERENCE_LISTS.contains(&k) => Some(ListName::References),
        k if FURTHER_READING.contains(&k) => Some(ListName::FurtherReading),
        _ => None,
    }
}

pub(super) fn known(text: &str) -> Option<Known> {
    if text.len() > 80 {
        return None;
    }
    let key = fold(unnumbered(without_edit_link(text)));
    BY_NAME.get(key.as_str()).copied()
}

/// A heading as it is named in paths: without the link to its editor and the colon at its end.
pub(super) fn title(text: &str) -> &str {
    without_edit_link(text).trim_end_matches([':', ' '])
}

/// Wikipedia prints "[edit]" after each heading.
pub(super) fn without_edit_link(text: &str) -> &str {
    ["[edit]", "[edit source]", "[Bearbeiten]", "[modifier]", "[editar]"]
        .iter()
        .find_map(|link| text.strip_suffix(link))
        .unwrap_or(text)
        .trim_end()
}

/// Whether the page marks the line as a heading by a link to its editor.
pub(super) fn has_edit_link(text: &str) -> bool {
    without_edit_link(text).len() < text.len()
}

/// How many numbers a heading begins with ("3.1 Methods" has two), and the bytes they take.
fn numbers(text: &str) -> (usize, usize) {
    let mut count = 0;
    let mut at = 0;
    loop {
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 2 {
            break;
        }
        let after = at + digits;
        count += 1;
        at = after;
        if text[after..].starts_with('.') {
            at += 1;
        } else {
            break;
        }
    }
    let rest = text[at..].trim_start();
    let spaced = rest.len() < text.len() - at;
    if count > 0 && spaced && !rest.is_empty() { (count, text.len() - rest.len()) } else { (0, 0) }
}

pub(super) fn unnumbered(text: &str) -> &str {
    &text[numbers(text).1..]
}

/// The depth that a heading's number gives it: 1 for "2. Results", 2 for "2.1 Growth"; 0 without a number.
pub(super) fn number_depth(text: &str) -> usize {
    numbers(text).0
}

/// Whether a line alone has the form of a heading: short, begins like one, and is no statement.
pub(super) fn has_form(text: &str) -> bool {
    if text.len() > 400 {
        return false;
    }
    if has_edit_link(text) {
        return true;
    }
    let bare = unnumbered(text);
    let begins = bare.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        || bare.starts_with(|c: char| c.is_ascii_digit()) && bare.contains(char::is_alphabetic)
        || bare.split(' ').next().is_some_and(|w| w.chars().skip(1).any(char::is_uppercase));
    let short = text.chars().count() <= 110 && text.split(' ').count() <= 14;
    let colon = text.ends_with(':') && is_title_case(text) && text.split(' ').count() <= 6;
    let bare_end = without_citations(text);
    let statement = bare_end.len() < text.len() && bare_end.ends_with(['.', ',', ';', '!', '?'])
        || text.ends_with(['.', ',', ';', '!', '?', '…', '-'])
        || text.ends_with(':') && !colon;
    begins
        && short
        && !statement
        && !text.contains("://")
        && !text.contains(['@', ';'])
        && !text.contains('\t')
        && !text.contains('|')
        && !text.contains("et al")
        && !is_caption(text)
}

/// A line without the numbers in brackets or raised that it ends with.
fn without_citations(text: &str) -> &str {
    let raised = |c: char| matches!(c, '⁰'..='⁹' | '¹' | '²' | '³' | '⁻' | '^');
    let mut rest = text.trim_end_matches(raised);
    while let Some(inner) = rest.strip_suffix([')', ']']) {
        let head = inner.trim_end_matches(|c: char| c.is_ascii_digit() || ", –-;".contains(c));
        match head.strip_suffix("^(").or(head.strip_suffix('[')) {
            Some(before) if head.len() < inner.len() => rest = before.trim_end_matches(raised).trim_end(),
            _ => break,
        }
    }
    rest
}

/// Whether every word of weight begins with a capital.
pub(super) fn is_title_case(text: &str) -> bool {
    const SMALL: &[&str] =
        &["with", "from", "into", "over", "under", "between", "upon", "through", "und", "para", "than", "among"];
    let mut words = unnumbered(text)
        .split([' ', '/', '-'])
        .filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !SMALL.contains(w));
    words.all(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase()))
        && unnumbered(text).chars().next().is_some_and(|c| !c.is_lowercase())
}

/// "Fig. 1", "Table 2: …", "Figure 3".
pub(super) fn is_caption(text: &str) -> bool {
    let mut words = text.split([' ', '.', ':']).filter(|w| !w.is_empty());
    let name = words.next().unwrap_or("").to_lowercase();
    let number = words.next().unwrap_or("");
    matches!(
        name.as_str(),
        "fig"
            | "figs"
            | "figure"
            | "table"
            | "scheme"
            | "box"
            | "plate"
            | "abb"
            | "tabelle"
            | "tab"
            | "figura"
            | "tableau"
    ) && number.starts_with(|c: char| c.is_ascii_digit() || c == 'S' || c == 'I')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_reference_lists() {
        for text in
            ["References", "REFERENCES", "7. References", "References:", "References[edit]", "Références", "Literatur"]
        {
            assert_eq!(reference_list(text, None), Some(ListName::References), "{text}");
        }
        assert_eq!(reference_list("Further Reading", None), Some(ListName::FurtherReading));
        assert_eq!(reference_list("Works used", Some("works used")), Some(ListName::Given));
        for text in ["Download references", "References are below.", "References 12"] {
            assert_eq!(reference_list(text, None), None, "{text}");
        }
    }

    #[test]
    fn form() {
        for text in
            ["Birch Bark", "3.1. Birch bark", "mRNA levels", "Spread[edit]", "Genetics/Basic Defects", "Keywords:"]
        {
            assert!(has_form(text), "{text}");
        }
        for text in [
            "It grows.",
            "It grows.^(3–5)",
            "It grows.[1][2]",
            "It grows.²",
            "birch",
            "Table 1 Sites",
            "See http://example.org",
            "The sites were as follows:",
        ] {
            assert!(!has_form(text), "{text}");
        }
        assert!(is_title_case("Synonyms and Related Disorders") && !is_title_case("Bark of the birch"));
        assert_eq!((number_depth("3.1. Bark"), number_depth("2 Bark"), number_depth("Bark")), (2, 1, 0));
    }
}
