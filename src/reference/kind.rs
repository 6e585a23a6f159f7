//! What kind of publication a reference describes, from what it prints. Where nothing tells, the kind is unknown.

use super::identifiers::Identifiers;
use super::segment::Segments;
use crate::work::WorkKind;

/// Guesses the kind; [`WorkKind::Document`] means not known.
pub(super) fn guess(segments: &Segments, ids: &Identifiers) -> WorkKind {
    // The marks of types of GB/T 7714: "[J]", "[M]", "[EB/OL]".
    match ids.medium.as_deref().map(|medium| medium.split('/').next().unwrap_or(medium)) {
        Some("J") => return WorkKind::ArticleJournal,
        Some("M") if segments.is_part => return WorkKind::Chapter,
        Some("M") => return WorkKind::Book,
        Some("C") => return WorkKind::PaperConference,
        Some("D") => return WorkKind::Thesis,
        Some("R") => return WorkKind::Report,
        Some("N") => return WorkKind::ArticleNewspaper,
        Some("S") => return WorkKind::Standard,
        Some("P") => return WorkKind::Patent,
        Some("EB") => return WorkKind::Webpage,
        _ => {}
    }
    let genre = segments.genre.to_lowercase();
    if ["thesis", "dissertation", "diss", "these", "thèse", "arbeit", "degree", "habilitation"]
        .iter()
        .any(|w| genre.contains(w))
    {
        return WorkKind::Thesis;
    }
    if !genre.is_empty() {
        return WorkKind::Report;
    }
    let container = segments.container.to_lowercase();
    let meeting =
        ["proceedings of the", "proc. of", "proceedings", "conference", "symposium", "workshop", "conf.", "congress"];
    let has_numbers = segments.numbers.volume.is_some();
    if meeting.iter().any(|w| container.contains(w)) && (segments.is_part || !has_numbers) {
        return WorkKind::PaperConference;
    }
    let is_newspaper = ["zeitung", "tageblatt", "tagblatt", "tagesspiegel"].iter().any(|w| container.contains(w));
    if is_newspaper && !has_numbers && segments.editors.is_empty() && segments.publisher.is_empty() {
        return WorkKind::ArticleNewspaper;
    }
    if segments.is_part {
        return if segments.editors.is_empty() && segments.publisher.is_empty() && has_numbers {
            WorkKind::ArticleJournal
        } else {
            WorkKind::Chapter
        };
    }
    if !container.is_empty() {
        if has_numbers || segments.numbers.pages.is_some() {
            return WorkKind::ArticleJournal;
        }
        return if ids.url.is_some() { WorkKind::Webpage } else { WorkKind::Document };
    }
    if !segments.publisher.is_empty() || ids.isbn.is_some() || !segments.edition.is_empty() {
        return WorkKind::Book;
    }
    if ids.arxiv.is_some() {
        return WorkKind::Article;
    }
    if ids.url.is_some() { WorkKind::Webpage } else { WorkKind::Document }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::segment::{ListStyle, segment};

    #[test]
    fn kinds() {
        for (text, kind) in [
            ("Roe, A. (2004). Skin in winter. Journal of Skin, 21, 483–485.", WorkKind::ArticleJournal),
            (
                "Roe, A. (2004). Winter skin. In B. Zay (Ed.), Skin today (pp. 1–9). Oslo: Fjord Press.",
                WorkKind::Chapter,
            ),
            ("Roe, A. (2004). Winter skin. In Proceedings of the Skin Conference, pp. 1–9.", WorkKind::PaperConference),
            ("Roe, A.: Winter skin. In: Fjord Zeitung vom 14. Januar 1987, S. 9.", WorkKind::ArticleNewspaper),
            ("Roe, A. (2004). Winter skin. PhD thesis, University of Fjord.", WorkKind::Thesis),
            ("Roe, A. (2004). Winter skin. Oslo: Fjord Press.", WorkKind::Book),
            ("Roe, A. (2004). Winter skin.", WorkKind::Document),
        ] {
            assert_eq!(guess(&segment(text, ListStyle::default()), &Identifiers::default()), kind, "{text}");
        }
    }
}
