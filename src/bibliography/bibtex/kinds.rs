//! Entry types of BibTeX and biblatex ⇄ kinds of works.

use crate::work::WorkKind;

/// What an entry type says of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EntryType {
    pub kind: WorkKind,
    /// The genre the type implies ("PhD thesis").
    pub genre: Option<&'static str>,
}

pub(super) const PHD_THESIS: &str = "PhD thesis";
pub(super) const MASTERS_THESIS: &str = "Master’s thesis";

/// What a type in lower case stands for; `None` for types nobody has documented. Sources: btxdoc (1988), the
/// manual of biblatex 3.21, section 2.1, and the types that Mendeley, Zotero and biblatex-apa write.
pub(super) fn entry_type(name: &str) -> Option<EntryType> {
    use WorkKind::*;
    let kind = match name {
        "article" | "suppperiodical" => ArticleJournal,
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings" | "reference"
        | "mvreference" | "manual" | "commentary" => Book,
        "booklet" => Pamphlet,
        "inbook" | "bookinbook" | "suppbook" | "incollection" | "suppcollection" | "book_section" => Chapter,
        "inproceedings" | "conference" => PaperConference,
        "inreference" => EntryEncyclopedia,
        "techreport" | "report" => Report,
        "thesis" => Thesis,
        "phdthesis" => return Some(EntryType { kind: Thesis, genre: Some(PHD_THESIS) }),
        "mastersthesis" => return Some(EntryType { kind: Thesis, genre: Some(MASTERS_THESIS) }),
        "unpublished" => Manuscript,
        "misc" | "bibnote" | "set" | "generic" | "other" => Document,
        "online" | "electronic" | "www" | "web_page" | "webpage" => Webpage,
        "software" | "softwareversion" | "softwaremodule" | "codefragment" => Software,
        "dataset" => Dataset,
        "patent" => Patent,
        "periodical" => Periodical,
        "artwork" | "image" => Graphic,
        "audio" | "music" => Song,
        "movie" | "video" | "film" => MotionPicture,
        "jurisdiction" => LegalCase,
        "legislation" | "legal" | "legmaterial" | "legadminmaterial" | "constitution" => Legislation,
        "letter" => PersonalCommunication,
        "performance" => Performance,
        "review" => Review,
        "standard" => Standard,
        "map" => Map,
        "preprint" => Article,
        "presentation" | "talk" => Speech,
        "magazine_article" => ArticleMagazine,
        "newspaper_article" | "newspaper" => ArticleNewspaper,
        _ => return None,
    };
    Some(EntryType { kind, genre: None })
}

/// The entry type a kind of work is written as. Where it says less than the kind, `entrysubtype` says the rest.
pub(super) fn type_name(kind: WorkKind, genre: Option<&str>) -> &'static str {
    use WorkKind::*;
    match kind {
        ArticleJournal | ArticleMagazine | ArticleNewspaper | ReviewBook => "article",
        Review => "review",
        Book | Classic | Collection | MusicalScore => "book",
        Pamphlet => "booklet",
        Chapter => "incollection",
        PaperConference => "inproceedings",
        Entry | EntryDictionary | EntryEncyclopedia => "inreference",
        Report => "techreport",
        Thesis if genre == Some(PHD_THESIS) => "phdthesis",
        Thesis if genre == Some(MASTERS_THESIS) => "mastersthesis",
        Thesis => "thesis",
        Manuscript => "unpublished",
        Webpage | Post | PostWeblog => "online",
        Software => "software",
        Dataset => "dataset",
        Patent => "patent",
        Periodical => "periodical",
        Figure | Graphic => "artwork",
        Map => "map",
        Song => "audio",
        MotionPicture | Broadcast => "movie",
        LegalCase => "jurisdiction",
        Bill | Hearing | Legislation | Regulation | Treaty => "legislation",
        PersonalCommunication => "letter",
        Performance => "performance",
        Standard => "standard",
        Article => "preprint",
        Speech => "presentation",
        Document | Event | Interview => "misc",
    }
}

/// The kind that the value of `entrysubtype` names.
pub(super) fn subtype(value: &str) -> Option<WorkKind> {
    match value {
        "magazine" => Some(WorkKind::ArticleMagazine),
        "newspaper" => Some(WorkKind::ArticleNewspaper),
        name => WorkKind::from_csl(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_type_and_comes_back() {
        for kind in WorkKind::ALL {
            let read = entry_type(type_name(*kind, None)).unwrap().kind;
            assert!(read == *kind || subtype(kind.as_str()) == Some(*kind));
        }
        for genre in [PHD_THESIS, MASTERS_THESIS] {
            let name = type_name(WorkKind::Thesis, Some(genre));
            assert_eq!(entry_type(name), Some(EntryType { kind: WorkKind::Thesis, genre: Some(genre) }));
        }
    }
}
