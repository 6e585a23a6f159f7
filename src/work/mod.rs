//! The one record of a publication in which all formats meet.
//!
//! A [`Work`] holds what CSL, biblatex and RIS know of a publication under the names of CSL 1.0.2 (appendices
//! III and IV). Text is kept as recorded; [`Work::doi`] and its siblings are validated views of it, so a malformed identifier is
//! neither lost nor mistaken for a good one. What nobody interpreted is kept in [`Work::custom`].
//!
//! Text fields may hold the inline markup of CSL-JSON: `<i>`, `<b>`, `<sup>`, `<sub>`,
//! `<span style="font-variant:small-caps;">` and `<span class="nocase">`.

mod date;
mod field;
mod identifier;
mod key;
mod kind;
mod markup;
mod name;
mod same;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use date::{Date, DateEnd, DatePoint, Month, Qualifier, Season};
pub use field::{DateField, Field};
pub use identifier::{ArxivId, Doi, IdentifierError, Isbn, Issn, Pmcid, Pmid};
pub use key::base_key;
pub use kind::WorkKind;
pub use name::{Name, NameList, PersonName, Role};
pub use same::{MatchKey, Sameness, same_work};

/// One publication.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Work {
    /// The citation key; empty until a bibliography gives one.
    #[serde(default)]
    pub key: String,
    pub kind: WorkKind,
    /// Names by role, each list in printed order.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub contributors: BTreeMap<Role, NameList>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dates: BTreeMap<DateField, Date>,
    /// Text and number variables as recorded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Field, String>,
    /// Fields of the origin that have no counterpart here, under their own names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub custom: BTreeMap<String, String>,
}

impl Work {
    /// A text or number variable, as recorded.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.fields.get(&field).map(String::as_str)
    }

    /// A text or number variable without its inline markup.
    pub fn plain(&self, field: Field) -> Option<Cow<'_, str>> {
        self.get(field).map(markup::plain)
    }

    /// Records a variable; an empty value removes it.
    pub fn set(&mut self, field: Field, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.fields.remove(&field);
        } else {
            self.fields.insert(field, value);
        }
    }

    /// The names in a role, empty when there are none.
    pub fn names(&self, role: Role) -> &[Name] {
        self.contributors.get(&role).map_or(&[], |list| &list.names)
    }

    /// The author list, or the editors of a work that prints no author.
    pub fn creators(&self) -> &[Name] {
        let authors = self.names(Role::Author);
        if authors.is_empty() { self.names(Role::Editor) } else { authors }
    }

    /// The year of publication, astronomical (0 is 1 BC).
    pub fn year(&self) -> Option<i32> {
        self.dates.get(&DateField::Issued)?.year()
    }

    /// The DOI, when one is recorded and well-formed.
    pub fn doi(&self) -> Option<Doi> {
        self.get(Field::Doi)?.parse().ok()
    }

    /// The PubMed identifier, when one is recorded and well-formed.
    pub fn pmid(&self) -> Option<Pmid> {
        self.get(Field::Pmid)?.parse().ok()
    }

    /// The address at which the work can be read: its DOI's, else its own URL when that is one of the web.
    pub fn link(&self) -> Option<String> {
        if let Some(doi) = self.doi() {
            return Some(doi.url());
        }
        let url = self.get(Field::Url)?;
        crate::text::is_web_address(url).then(|| url.to_owned())
    }
}
