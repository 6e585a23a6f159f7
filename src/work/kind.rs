//! Kinds of works.

/// Defines an enum whose variants have one fixed name in CSL, with parsing and printing.
macro_rules! csl_names {
    ($(#[$meta:meta])* $type:ident { $($(#[$vmeta:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $type { $($(#[$vmeta])* #[serde(rename = $name)] $variant,)+ }

        impl $type {
            /// All values, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name CSL and CSL-JSON use.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The value of a CSL name.
            pub fn from_csl(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use csl_names;

csl_names! {
    /// What kind of publication a work is: the item types of CSL 1.0.2, appendix III.
    #[derive(Default)]
    WorkKind {
        Article = "article",
        ArticleJournal = "article-journal",
        ArticleMagazine = "article-magazine",
        ArticleNewspaper = "article-newspaper",
        Bill = "bill",
        Book = "book",
        Broadcast = "broadcast",
        Chapter = "chapter",
        Classic = "classic",
        Collection = "collection",
        Dataset = "dataset",
        /// Anything whose kind is not known.
        #[default]
        Document = "document",
        Entry = "entry",
        EntryDictionary = "entry-dictionary",
        EntryEncyclopedia = "entry-encyclopedia",
        Event = "event",
        Figure = "figure",
        Graphic = "graphic",
        Hearing = "hearing",
        Interview = "interview",
        LegalCase = "legal_case",
        Legislation = "legislation",
        Manuscript = "manuscript",
        Map = "map",
        MotionPicture = "motion_picture",
        MusicalScore = "musical_score",
        Pamphlet = "pamphlet",
        PaperConference = "paper-conference",
        Patent = "patent",
        Performance = "performance",
        Periodical = "periodical",
        PersonalCommunication = "personal_communication",
        Post = "post",
        PostWeblog = "post-weblog",
        Regulation = "regulation",
        Report = "report",
        Review = "review",
        ReviewBook = "review-book",
        Software = "software",
        Song = "song",
        Speech = "speech",
        Standard = "standard",
        Thesis = "thesis",
        Treaty = "treaty",
        Webpage = "webpage",
    }
}
