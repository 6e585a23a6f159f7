//! Types of RIS ⇄ kinds of works. The first type of a kind is the one written.

use crate::work::WorkKind::{self, *};

pub(super) static KINDS: &[(&str, WorkKind)] = &[
    ("JOUR", ArticleJournal),
    ("EJOUR", ArticleJournal),
    ("ABST", ArticleJournal),
    ("MGZN", ArticleMagazine),
    ("NEWS", ArticleNewspaper),
    ("INPR", Article),
    ("BOOK", Book),
    ("EBOOK", Book),
    ("EDBOOK", Book),
    ("CLSWK", Book),
    ("CTLG", Book),
    ("ANCIENT", Classic),
    ("SER", Collection),
    ("CHAP", Chapter),
    ("ECHAP", Chapter),
    ("DICT", EntryDictionary),
    ("ENCYC", EntryEncyclopedia),
    ("CPAPER", PaperConference),
    ("CONF", PaperConference),
    ("RPRT", Report),
    ("GOVDOC", Report),
    ("THES", Thesis),
    ("MANSCPT", Manuscript),
    ("UNPB", Manuscript),
    ("PAMP", Pamphlet),
    ("WEB", Webpage),
    ("ELEC", Webpage),
    ("BLOG", PostWeblog),
    ("COMP", Software),
    ("DATA", Dataset),
    ("AGGR", Dataset),
    ("DBASE", Dataset),
    ("PAT", Patent),
    ("STAND", Standard),
    ("CASE", LegalCase),
    ("LEGAL", LegalCase),
    ("STAT", Legislation),
    ("BILL", Bill),
    ("UNBILL", Bill),
    ("HEAR", Hearing),
    ("MAP", Map),
    ("FIGURE", Figure),
    ("ART", Graphic),
    ("CHART", Graphic),
    ("MPCT", MotionPicture),
    ("VIDEO", MotionPicture),
    ("ADVS", MotionPicture),
    ("MULTI", MotionPicture),
    ("MUSIC", Song),
    ("SOUND", Song),
    ("SLIDE", Speech),
    ("PCOMM", PersonalCommunication),
    ("ICOMM", PersonalCommunication),
    ("JFULL", Periodical),
    ("GEN", Document),
    ("EQUA", Document),
    ("GRANT", Document),
];

/// The type of a kind that has none of its own.
pub(super) fn nearest(kind: WorkKind) -> &'static str {
    match kind {
        Broadcast => "VIDEO",
        Review | ReviewBook => "JOUR",
        Entry => "ENCYC",
        MusicalScore => "MUSIC",
        Post => "BLOG",
        Regulation | Treaty => "STAT",
        _ => "GEN",
    }
}

/// Whether a second title is the series, since the work is no part of anything else.
pub(super) fn stands_alone(kind: WorkKind) -> bool {
    matches!(
        kind,
        Book | Classic
            | Collection
            | Pamphlet
            | Report
            | Thesis
            | Manuscript
            | Map
            | Software
            | Dataset
            | Standard
            | Song
    )
}

/// Whether a number of pages is what a first page without a last one says.
pub(super) fn counts_pages(kind: WorkKind) -> bool {
    matches!(kind, Book | Classic | Collection | Pamphlet | Thesis | Manuscript)
}

/// Whether an edition is a version.
pub(super) fn has_versions(kind: WorkKind) -> bool {
    matches!(kind, Software | Dataset)
}
