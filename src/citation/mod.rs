//! In-text citations: found in a document, resolved to the works of its reference list.
//!
//! [`link`] looks at a whole document, because one sentence does not tell how it cites. First everything is found that
//! has the form of a citation: authors and year, numbers in brackets, raised numbers. Then `style` decides
//! which of these forms the document uses. Authors and year are resolved by the list of names and years, numbers by
//! the numbers of the list. A near miss is never bound: that is [`Status::Unresolved`] with the work it may mean among
//! the candidates.

mod author_year;
mod authors;
mod back_reference;
mod brackets;
mod duplicates;
mod findings;
mod link;
mod list;
mod near_miss;
mod numeric;
mod order;
mod plain_digits;
mod raised;
mod resolve;
mod style;
mod superscript_html;
mod words;
mod years;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::work::Work;

pub use back_reference::back_references;
pub use duplicates::duplicates;
pub use findings::{Skip, out_of_order, skipped, uncited, uneven_numbers};
pub use link::{Links, link, link_through};
pub use style::{NumberStyle, Style};
pub use superscript_html::superscript_runs;
use years::CitedYear;

/// An entry of the reference list that citations are resolved to.
#[derive(Debug, Clone, Copy)]
pub struct ListedReference<'a> {
    /// As printed.
    pub text: &'a str,
    /// The number or label printed before it.
    pub label: Option<&'a str>,
    /// Its place in an entry that holds several.
    pub part: Option<ListedPart<'a>>,
    /// What was read of it.
    pub work: &'a Work,
}

/// A reference of an entry that holds several: "(a) …; (b) …".
#[derive(Debug, Clone, Copy)]
pub struct ListedPart<'a> {
    /// "a" of the first, which the others follow in the list.
    pub letter: char,
    /// The whole entry as printed.
    pub entry: &'a str,
}

/// A claim or paragraph of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<'a> {
    pub text: &'a str,
    pub superscripts: Superscripts,
}

impl<'a> Passage<'a> {
    /// Plain text.
    pub fn plain(text: &'a str) -> Self {
        Self { text, superscripts: Superscripts::Lost }
    }
}

/// What is known of the raised text of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Superscripts {
    /// Nothing: raised numbers stand in the text as plain digits.
    Lost,
    /// All raised parts, as byte ranges in ascending order.
    Known(Vec<Range<usize>>),
}

/// An in-text citation and what it points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// As printed; with its brackets when it is alone in them.
    pub text: String,
    /// Place in the claim's text.
    pub span: Span,
    pub form: MentionForm,
    /// Indices into the reference list: the works when resolved, all candidates when ambiguous, none when unresolved.
    pub refs: Vec<usize>,
    /// References an unresolved mention may mean: a letter or a year off. Never counted as support.
    pub candidates: Vec<usize>,
    pub status: Status,
    /// Why, in words for the user.
    pub how: String,
    /// What differs between an unresolved mention and its only candidate.
    pub near_miss: Option<NearMiss>,
}

/// A note of a document with the works that it names, as indices into the reference list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitingNote {
    pub number: u32,
    pub works: Vec<usize>,
}

/// How a mention names what it cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionForm {
    AuthorYear,
    /// A number or a range of numbers.
    Number,
    /// The number of a note that names works of the list.
    Note,
    /// Marked up by the document: a citation key, a link.
    Marked,
    /// "Ibid.", "op. cit.": names an earlier citation.
    BackReference,
}

/// Whether it is known which work a mention means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Resolved,
    Ambiguous,
    Unresolved,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::Ambiguous => "ambiguous",
            Self::Unresolved => "unresolved",
        }
    }
}

/// How an unresolved mention differs from a work of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NearMiss {
    Year,
    Name,
}
