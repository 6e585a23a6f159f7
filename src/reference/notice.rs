//! What a reader of a taken-apart reference should know about it.

use serde::{Deserialize, Serialize};

use super::FieldName;
use crate::text::Span;

/// Something to know about how a reference was read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Notice {
    /// A field that was found, but is less likely right than wrong: it was left out.
    FieldLeftOut {
        field: FieldName,
        /// In Unicode scalar values of the string.
        #[serde(flatten)]
        span: Span,
        /// How likely it is right, 0 to 1.
        confidence: f64,
    },
    /// "———", "Ders.": the names are those of the reference with this index in the list, if there is one.
    NamesRepeated {
        reference: Option<usize>,
        /// How many names, the first of the work, are taken from there.
        names: usize,
    },
    /// "Ibid., 12": the work is that of the reference with this index in the list, if there is one.
    WorkRepeated { reference: Option<usize> },
    /// "In: ders. (Hrsg.)": the editors are the authors.
    EditorsAreAuthors,
    /// "(a) …; (b) …": so many references stand in one entry.
    SeveralReferences { count: usize },
    /// The string is longer than any printed reference and was not read.
    TooLong,
}

impl Notice {
    /// In a sentence.
    #[must_use]
    pub fn message(&self) -> String {
        // People count from 1.
        let which = |reference: &Option<usize>| match reference {
            Some(index) => format!("reference {}", index + 1),
            None => "no reference before that could be read".to_owned(),
        };
        match self {
            Self::FieldLeftOut { field, confidence, .. } => {
                format!("{} left out: right with a probability of only {confidence}", field.as_str())
            }
            Self::NamesRepeated { reference, .. } => format!("names as in {}", which(reference)),
            Self::WorkRepeated { reference } => format!("the same work as {}", which(reference)),
            Self::EditorsAreAuthors => "editors as the authors".to_owned(),
            Self::SeveralReferences { count } => format!("{count} references in one entry"),
            Self::TooLong => {
                format!("longer than {} characters: not read; one reference to a line?", super::MAX_SCALARS)
            }
        }
    }
}
