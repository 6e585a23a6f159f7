//! Words and dashes that stand for what the reference before printed: "———", "Ders.", "Idem", "Ibid.".

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::compile;

/// What an entry takes over from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeated {
    /// Its names, and that is all of them.
    Names,
    /// Its names, and further names follow: "Ders./Roe, A.".
    NamesAndMore,
    /// The whole work.
    Work,
}

/// The mark of names that are those of the reference before, and what joins further names to it.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:[—–―_]{2,}|-{2,}|[—–―]|(?:[Dd]ers|DERS|[Dd]ies|DIES|[Ii]d|[Ee]ad|[Ii]id)\.|(?:[Dd]ers|DERS)\b|[Dd]erselbe\b|[Dd]ieselben?\b|[Ii]dem\b|IDEM\b|[Ee]adem\b)(?P<more>\s?(?:/|&|und\s|u\.\s|and\s|;)\s?)?[\s.,:;]*",
    )
});
/// A whole entry that says only that it is the one before, perhaps at another place.
static WORK: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:[Ii]bid(?:em)?\b|[Ee]bd\b|[Ee]benda\b|[Aa]\.\s?a\.\s?O\b|[Ll]oc\.\s?cit\b)[\s.,:;]*(?P<place>(?:(?:pp?|S|s|chap|ch|Kap|f?n|Anm|vol|Bd)\.?\s?)?(?:[0-9]{1,5}[a-z]?|[ivxlc]{1,7})(?:\s?[-–—]\s?[0-9]{1,5})?(?:\s?ff?)?)?[\s.]*$",
    )
});

/// What the entry repeats, where what is printed beside that starts, and the place it names ("Ibid., 12").
pub(super) fn repeated(entry: &str) -> Option<(Repeated, usize)> {
    if !entry.starts_with(|c: char| "—–―_-DdIiEeAaLl".contains(c)) {
        return None;
    }
    if let Some(found) = WORK.captures(entry) {
        let end = found.name("place").map_or(entry.len(), |place| place.start());
        return Some((Repeated::Work, end));
    }
    let found = NAMES.captures(entry)?;
    let what = if found.name("more").is_some() { Repeated::NamesAndMore } else { Repeated::Names };
    let end = found.get(0)?.end();
    // "Id." and the like stand before a date or a title, not alone.
    (end < entry.len()).then_some((what, end))
}

/// "In: ders. (Hrsg.): …": whether the book that a part stands in is edited by the authors of the part.
pub(super) fn editors_are_authors(text: &str) -> bool {
    static IN_THEIRS: LazyLock<Regex> = LazyLock::new(|| {
        compile(r"\b(?:[Ii]n|IN):?\s(?:[Dd]ers|[Dd]ies|DERS|DIES|[Dd]erselbe|[Dd]ieselben?|[Ii]dem)\b\.?\s?[,(\[:/]")
    });
    let lower = text.contains("ders") || text.contains("dies") || text.contains("Ders") || text.contains("Dies");
    (lower || text.contains("DERS") || text.contains("DIES") || text.contains("dem")) && IN_THEIRS.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        for (entry, expected) in [
            ("———. (2003). Skin", Some((Repeated::Names, "(2003). Skin"))),
            ("Ders. (2003): Skin", Some((Repeated::Names, "(2003): Skin"))),
            ("Dies., 2003: Skin", Some((Repeated::Names, "2003: Skin"))),
            ("Ders./Roe, A. (2003): Skin", Some((Repeated::NamesAndMore, "Roe, A. (2003): Skin"))),
            ("Ibid., p. 12.", Some((Repeated::Work, "p. 12."))),
            ("Ebd., S. 12-14", Some((Repeated::Work, "S. 12-14"))),
            ("Ibid. The skin of winter, Oslo", None),
            ("Dersch, A. (2003). Skin", None),
            ("Dies irae. Skin 3, 4", None),
        ] {
            assert_eq!(repeated(entry).map(|(what, end)| (what, &entry[end..])), expected, "{entry}");
        }
        assert!(editors_are_authors("Roe, A. (2001): Skin. In: ders. (Hg.): Winter. Oslo"));
        assert!(!editors_are_authors("Roe, A. (2001): Skin. In: Dieste, B. (Hg.): Winter. Oslo"));
    }
}
