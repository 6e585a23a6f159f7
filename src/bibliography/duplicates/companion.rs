//! Texts about another text: errata, retractions, replies, comments. They carry its title and are not it.

use crate::text::fold;

/// What a text is to the one whose title it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Companion {
    Correction,
    Reply,
    Comment,
}

/// Beginnings of titles of such texts, folded.
const BEGINNINGS: &[(&str, Companion)] = &[
    ("erratum", Companion::Correction),
    ("errata", Companion::Correction),
    ("corrigendum", Companion::Correction),
    ("corrigenda", Companion::Correction),
    ("correction", Companion::Correction),
    ("corrections", Companion::Correction),
    ("author correction", Companion::Correction),
    ("publisher correction", Companion::Correction),
    ("published erratum", Companion::Correction),
    ("addendum", Companion::Correction),
    ("retraction", Companion::Correction),
    ("notice of retraction", Companion::Correction),
    ("withdrawal", Companion::Correction),
    ("expression of concern", Companion::Correction),
    ("editorial expression of concern", Companion::Correction),
    ("re", Companion::Comment),
    ("reply", Companion::Reply),
    ("reply to", Companion::Reply),
    ("in reply", Companion::Reply),
    ("author reply", Companion::Reply),
    ("authors reply", Companion::Reply),
    ("author s reply", Companion::Reply),
    ("the authors reply", Companion::Reply),
    ("author response", Companion::Reply),
    ("authors response", Companion::Reply),
    ("response to", Companion::Reply),
    ("response re", Companion::Reply),
    ("comment on", Companion::Comment),
    ("comments on", Companion::Comment),
    ("comment to", Companion::Comment),
    ("commentary on", Companion::Comment),
    ("commentary", Companion::Comment),
    ("invited commentary", Companion::Comment),
    ("editorial comment", Companion::Comment),
    ("editorial commentary", Companion::Comment),
    ("discussion of", Companion::Comment),
    ("discussion on", Companion::Comment),
    ("letter to the editor", Companion::Comment),
    ("letter regarding", Companion::Comment),
    ("letter re", Companion::Comment),
];

/// Ends of their titles.
const ENDS: &[(&str, Companion)] = &[
    ("erratum", Companion::Correction),
    ("corrigendum", Companion::Correction),
    ("correction", Companion::Correction),
    ("retraction", Companion::Correction),
    ("reply", Companion::Reply),
    ("replies", Companion::Reply),
    ("authors response", Companion::Reply),
    ("author response", Companion::Reply),
];

/// What a folded title says its text is to another.
pub(super) fn companion(title: &str) -> Option<Companion> {
    let begins = |with: &str| title.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let ends = |with: &str| title.strip_suffix(with).is_some_and(|rest| rest.ends_with(' '));
    BEGINNINGS
        .iter()
        .find(|(with, _)| begins(with))
        .or_else(|| ENDS.iter().find(|(with, _)| ends(with)))
        .map(|(_, companion)| *companion)
        .or_else(|| names_another_place(title).then_some(Companion::Correction))
}

/// "… (vol 345, pg 12, 2001)": the Web of Science's way of naming what is corrected.
fn names_another_place(title: &str) -> bool {
    let words: Vec<&str> = title.rsplit(' ').take(6).collect();
    let number = |w: &str| w.bytes().any(|b| b.is_ascii_digit());
    match words[..] {
        [year, page, pg, volume, vol, ..] if matches!(pg, "pg" | "p" | "pp") && vol == "vol" => {
            number(year) && number(page) && number(volume)
        }
        _ => false,
    }
}

/// Notes that databases put in brackets behind a title, or before it, about what became of the text.
const NOTES: &[&str] = &[
    "erratum appears",
    "published erratum",
    "see comment",
    "comment in",
    "comment",
    "corrected",
    "republished",
    "retracted",
    "retraction in",
    "retracted article",
    "update in",
    "updated in",
    "article in",
    "in process citation",
    "abstract",
];

/// The title without the notes of databases: it is the same text with them and without.
pub(super) fn without_notes(title: &str) -> &str {
    let mut title = title.trim();
    for prefix in ["RETRACTED ARTICLE:", "RETRACTED:", "Retracted:", "WITHDRAWN:", "Retracted article:"] {
        title = title.strip_prefix(prefix).unwrap_or(title).trim_start();
    }
    loop {
        let bare = title.trim_end_matches(['.', ' ']);
        let Some(inner) = bare.strip_suffix([']', ')']) else { return title };
        let open = if bare.ends_with(']') { '[' } else { '(' };
        let Some(at) = inner.rfind(open).filter(|at| *at > 0) else { return title };
        let note = fold(&inner[at + 1..]);
        if !NOTES.iter().any(|n| note.starts_with(n)) {
            return title;
        }
        title = title[..at].trim_end();
    }
}

/// What stands for a value that a database, or the program that exported it, does not have; folded.
pub(super) fn is_placeholder(value: &str) -> bool {
    matches!(
        value,
        "unknown"
            | "untitled"
            | "no title"
            | "not available"
            | "no title available"
            | "title not available"
            | "na"
            | "n a"
            | "none"
            | "null"
            | "nan"
            | "undefined"
            | "no pagination"
            | "no volume"
    )
}

/// What stands for authors that a database does not have.
pub(super) fn is_nobody(name: &str) -> bool {
    matches!(
        name,
        "anonymous" | "anon" | "unknown" | "noauthorslisted" | "noauthorlisted" | "noauthor" | "na" | "notavailable"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_about_texts() {
        for (title, expected) in [
            ("Erratum to: Tides of islands", Some(Companion::Correction)),
            ("Tides of islands (vol 345, pg 12, 2001)", Some(Companion::Correction)),
            ("Re: Tides of islands", Some(Companion::Comment)),
            ("Tides of islands - Reply", Some(Companion::Reply)),
            ("Authors' reply", Some(Companion::Reply)),
            ("Recent tides of islands", None),
            ("Tides of islands, 2001", None),
        ] {
            assert_eq!(companion(&fold(title)), expected, "{title}");
        }
    }

    #[test]
    fn notes_of_databases() {
        for (title, expected) in [
            ("Tides [see comment].", "Tides"),
            ("Tides [Erratum appears in J 2004;1:2] [see comments]", "Tides"),
            ("RETRACTED: Tides", "Tides"),
            ("Tides (and ferries)", "Tides (and ferries)"),
            ("[Tides and ferries]", "[Tides and ferries]"),
        ] {
            assert_eq!(without_notes(title), expected);
        }
    }
}
