//! The reference types of EndNote, in its two formats: name, number in its XML, kind of work.

use crate::work::WorkKind::{self, *};

/// The first row of a kind is the one written.
static TYPES: &[(&str, u16, WorkKind)] = &[
    ("Journal Article", 17, ArticleJournal),
    ("Electronic Article", 43, ArticleJournal),
    ("Magazine Article", 19, ArticleMagazine),
    ("Newspaper Article", 23, ArticleNewspaper),
    ("Journal", 0, ArticleJournal),
    ("Book", 6, Book),
    ("Edited Book", 28, Book),
    ("Electronic Book", 44, Book),
    ("Catalog", 8, Book),
    ("Classical Work", 49, Classic),
    ("Ancient Text", 51, Classic),
    ("Serial", 57, Collection),
    ("Book Section", 5, Chapter),
    ("Electronic Book Section", 60, Chapter),
    ("Conference Paper", 47, PaperConference),
    ("Conference Proceedings", 10, PaperConference),
    ("Conference Proceeding", 10, PaperConference),
    ("Dictionary", 52, EntryDictionary),
    ("Encyclopedia", 53, EntryEncyclopedia),
    ("Report", 27, Report),
    ("Government Document", 46, Report),
    ("Thesis", 32, Thesis),
    ("Manuscript", 36, Manuscript),
    ("Unpublished Work", 34, Manuscript),
    ("Pamphlet", 24, Pamphlet),
    ("Web Page", 12, Webpage),
    ("Electronic Source", 12, Webpage),
    ("Blog", 56, PostWeblog),
    ("Computer Program", 9, Software),
    ("Dataset", 59, Dataset),
    ("Online Database", 45, Dataset),
    ("Aggregated Database", 55, Dataset),
    ("Patent", 25, Patent),
    ("Standard", 58, Standard),
    ("Case", 7, LegalCase),
    ("Statute", 31, Legislation),
    ("Bill", 4, Bill),
    ("Hearing", 18, Hearing),
    ("Legal Rule or Regulation", 50, Regulation),
    ("Map", 20, Map),
    ("Figure", 37, Figure),
    ("Artwork", 2, Graphic),
    ("Chart or Table", 38, Graphic),
    ("Film or Broadcast", 21, MotionPicture),
    ("Audiovisual Material", 3, MotionPicture),
    ("Multimedia", 48, MotionPicture),
    ("Music", 61, Song),
    ("Audio", 0, Song),
    ("Podcast", 63, Song),
    ("Interview", 64, Interview),
    ("Personal Communication", 26, PersonalCommunication),
    ("Generic", 13, Document),
    ("Equation", 39, Document),
    ("Grant", 54, Document),
];

/// The kind of a type; case does not matter.
pub(super) fn kind(name: &str) -> Option<WorkKind> {
    TYPES.iter().find(|(n, ..)| n.eq_ignore_ascii_case(name.trim())).map(|(.., kind)| *kind)
}

/// The kind of a type's number.
pub(super) fn kind_of_number(number: u16) -> Option<WorkKind> {
    TYPES.iter().find(|(_, n, _)| *n == number && number > 0).map(|(.., kind)| *kind)
}

/// The type a kind is written as, with its number.
pub(super) fn type_of(kind: WorkKind) -> (&'static str, u16) {
    let kind = match kind {
        Broadcast => MotionPicture,
        Review | ReviewBook => ArticleJournal,
        Entry => EntryEncyclopedia,
        MusicalScore => Song,
        Post => PostWeblog,
        Treaty => Legislation,
        kind => kind,
    };
    let row = TYPES.iter().find(|(.., k)| *k == kind);
    row.map_or(("Generic", 13), |(name, number, _)| (name, *number))
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
