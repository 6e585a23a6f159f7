//! What happened to a work after it was published: retractions, corrections, expressions of concern.

use std::fmt;

/// What a notice says of a work (the natures of the Retraction Watch database).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    Retraction,
    Concern,
    Correction,
    /// A retraction was taken back.
    Reinstatement,
    /// The preprint was published; the notice is the publication.
    Publication,
}

impl NoticeKind {
    const ALL: [Self; 5] = [Self::Retraction, Self::Concern, Self::Correction, Self::Reinstatement, Self::Publication];

    /// The word for it in machine-readable output.
    pub fn code(self) -> &'static str {
        match self {
            Self::Retraction => "retracted",
            Self::Concern => "concern",
            Self::Correction => "corrected",
            Self::Reinstatement => "reinstated",
            Self::Publication => "published",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind of a nature of the Retraction Watch database, or of an update type of Crossref.
    pub fn from_nature(nature: &str) -> Option<Self> {
        match nature.trim().to_ascii_lowercase().replace(['_', '-'], " ").as_str() {
            "retraction" | "withdrawal" | "removal" | "partial retraction" => Some(Self::Retraction),
            "expression of concern" => Some(Self::Concern),
            "correction" | "corrigendum" | "erratum" | "addendum" => Some(Self::Correction),
            "reinstatement" => Some(Self::Reinstatement),
            _ => None,
        }
    }
}

impl fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Retraction => "retracted",
            Self::Concern => "under an expression of concern",
            Self::Correction => "corrected",
            Self::Reinstatement => "reinstated after a retraction",
            Self::Publication => "published since",
        })
    }
}

/// A notice about a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    /// The day of the notice as recorded (ISO 8601), empty when unknown.
    pub date: String,
    /// Why, in the words of the source; empty when it does not say.
    pub reason: String,
    /// The DOI of the notice itself, empty when unknown.
    pub notice: String,
}

impl Notice {
    /// A notice of which only the kind is known.
    pub fn undated(kind: NoticeKind) -> Self {
        Self { kind, date: String::new(), reason: String::new(), notice: String::new() }
    }
}
