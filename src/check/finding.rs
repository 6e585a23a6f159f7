//! What a rule found.

use serde::{Deserialize, Serialize};

use crate::analysis::ClaimId;
use crate::citation::Mention;
use crate::project::StoredDocument;
use crate::text::Span;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something to know; nothing needs to be done.
    Info,
    /// Something a person should look at.
    Warning,
    /// Something that is wrong.
    Error,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The document or file.
    pub file: Option<String>,
    pub claim: Option<ClaimId>,
    /// Index into the document's reference list.
    pub reference: Option<usize>,
    /// Key of an entry of the bibliography.
    pub key: Option<String>,
    /// In scalars: of the claim's text, else of the printed reference, else of the document.
    pub span: Option<Span>,
    /// What of it: the citation as printed, the reference's key, the record's id.
    pub part: Option<String>,
}

impl Place {
    /// A claim of a document, by its index.
    pub(super) fn of_claim(document: &StoredDocument, claim: usize) -> Self {
        let id = document.analysis.claims[claim].id.clone();
        Self { file: Some(document.name.clone()), claim: Some(id), ..Self::default() }
    }

    /// A citation in a claim.
    pub(super) fn of_mention(document: &StoredDocument, claim: usize, mention: &Mention) -> Self {
        let (span, part) = (Some(mention.span), Some(mention.text.clone()));
        Self { span, part, ..Self::of_claim(document, claim) }
    }

    /// A reference of a document's list, by its index.
    pub(super) fn of_reference(document: &StoredDocument, reference: usize) -> Self {
        Self { file: Some(document.name.clone()), reference: Some(reference), ..Self::default() }
    }

    /// An entry of the bibliography.
    pub(super) fn of_entry(key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..Self::default() }
    }
}

/// Something wrong or open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub level: Level,
    /// What is so, and why it is thought so.
    pub message: String,
    /// What to do.
    pub advice: String,
    pub place: Place,
}

impl Finding {
    /// The name of its place. It stays as long as the place does, so a finding is accepted by it.
    pub fn place_name(&self) -> String {
        let Place { file, claim, key, part, .. } = &self.place;
        let claim = claim.as_ref().map(ClaimId::as_str);
        let whole = claim.or(file.as_deref()).or(key.as_deref()).unwrap_or("bibliography");
        let part = part.as_deref().or(key.as_deref()).filter(|part| *part != whole);
        match part {
            Some(part) => format!("{whole}:{part}"),
            None => whole.to_owned(),
        }
    }
}
