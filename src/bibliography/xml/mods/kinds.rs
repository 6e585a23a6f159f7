//! Genres of MODS ⇄ kinds of works, and roles of the MARC relator list.

use crate::work::Role;
use crate::work::WorkKind::{self, *};

/// Genres in lower case; the first of a kind is the one written. CSL's own names come after these.
pub(super) static GENRES: &[(&str, WorkKind)] = &[
    ("journal article", ArticleJournal),
    ("journalarticle", ArticleJournal),
    ("research article", ArticleJournal),
    ("academic journal", ArticleJournal),
    ("magazine article", ArticleMagazine),
    ("magazinearticle", ArticleMagazine),
    ("newspaper article", ArticleNewspaper),
    ("newspaperarticle", ArticleNewspaper),
    ("newspaper", ArticleNewspaper),
    ("preprint", Article),
    ("book", Book),
    ("handbook", Book),
    ("book chapter", Chapter),
    ("booksection", Chapter),
    ("bookitem", Chapter),
    ("chapter", Chapter),
    ("conference paper", PaperConference),
    ("conferencepaper", PaperConference),
    ("conference publication", PaperConference),
    ("proceeding", PaperConference),
    ("thesis", Thesis),
    ("dissertation", Thesis),
    ("theses", Thesis),
    ("academic dissertation", Thesis),
    ("technical report", Report),
    ("report", Report),
    ("research report", Report),
    ("manuscript", Manuscript),
    ("web site", Webpage),
    ("webpage", Webpage),
    ("website", Webpage),
    ("blogpost", PostWeblog),
    ("computer program", Software),
    ("software", Software),
    ("computerprogram", Software),
    ("dataset", Dataset),
    ("database", Dataset),
    ("patent", Patent),
    ("map", Map),
    ("atlas", Map),
    ("globe", Map),
    ("motion picture", MotionPicture),
    ("film", MotionPicture),
    ("videorecording", MotionPicture),
    ("sound recording", Song),
    ("sound", Song),
    ("audiorecording", Song),
    ("legal case", LegalCase),
    ("law report or digest", LegalCase),
    ("legal case and case notes", LegalCase),
    ("case", LegalCase),
    ("legislation", Legislation),
    ("statute", Legislation),
    ("encyclopedia article", EntryEncyclopedia),
    ("encyclopediaarticle", EntryEncyclopedia),
    ("dictionary entry", EntryDictionary),
    ("dictionaryentry", EntryDictionary),
    ("letter", PersonalCommunication),
    ("interview", Interview),
    ("speech", Speech),
    ("presentation", Speech),
    ("picture", Graphic),
    ("graphic", Graphic),
    ("art original", Graphic),
    ("art reproduction", Graphic),
    ("artwork", Graphic),
    ("musical score", MusicalScore),
    ("standard or specification", Standard),
    ("standard", Standard),
    ("periodical", Periodical),
    ("journal", ArticleJournal),
    ("hearing", Hearing),
    ("bill", Bill),
    ("treaty", Treaty),
    ("review", Review),
];

/// Codes and names of the MARC relator list.
pub(super) static RELATORS: &[(&str, &str, Role)] = &[
    ("aut", "author", Role::Author),
    ("cre", "creator", Role::Author),
    ("edt", "editor", Role::Editor),
    ("trl", "translator", Role::Translator),
    ("com", "compiler", Role::Compiler),
    ("cmp", "composer", Role::Composer),
    ("drt", "director", Role::Director),
    ("ill", "illustrator", Role::Illustrator),
    ("nrt", "narrator", Role::Narrator),
    ("pro", "producer", Role::Producer),
    ("prf", "performer", Role::Performer),
    ("hst", "host", Role::Host),
    ("ivr", "interviewer", Role::Interviewer),
    ("rcp", "addressee", Role::Recipient),
    ("cur", "curator", Role::Curator),
    ("orm", "organizer", Role::Organizer),
    ("aus", "screenwriter", Role::ScriptWriter),
    ("ctb", "contributor", Role::Contributor),
    ("aft", "author of afterword, colophon, etc.", Role::Afterword),
    ("aui", "author of introduction, etc.", Role::Introduction),
    ("ann", "annotator", Role::Annotator),
    ("cwt", "commentator for written text", Role::Commentator),
    ("cph", "copyright holder", Role::Holder),
];

/// The role of a code or name of the list, or of CSL; case does not matter.
pub(in crate::bibliography) fn role_of_relator(term: &str) -> Option<Role> {
    let term = term.trim_end_matches('.').to_lowercase();
    let known = RELATORS.iter().find(|(code, name, _)| *code == term || *name == term);
    known.map(|(.., role)| *role).or_else(|| Role::from_csl(&term))
}

/// Whether works of a kind are parts of something whose title they give.
pub(super) fn is_part(kind: WorkKind) -> bool {
    matches!(
        kind,
        ArticleJournal
            | ArticleMagazine
            | ArticleNewspaper
            | Chapter
            | PaperConference
            | EntryEncyclopedia
            | EntryDictionary
            | Entry
            | Review
            | ReviewBook
            | Webpage
            | PostWeblog
    )
}
