//! What is asked about.

use crate::work::{Doi, Field, Name, Pmid, Work};

/// A work as a person has it: an entry of a bibliography, or a reference of a document's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub work: Work,
    /// The printed reference; of an entry, the same in words.
    pub raw: String,
}

impl Entry {
    /// An entry of a bibliography.
    pub fn new(work: Work) -> Self {
        Self { raw: in_words(&work), work }
    }

    /// A reference as it is printed.
    pub fn printed(raw: &str, work: Work) -> Self {
        Self { raw: raw.to_owned(), work }
    }

    pub fn doi(&self) -> Option<Doi> {
        self.work.doi()
    }

    pub fn pmid(&self) -> Option<Pmid> {
        self.work.pmid()
    }

    /// The work without its identifiers, so that it is compared by what it says.
    pub(super) fn bare(&self) -> Work {
        let mut work = self.work.clone();
        for field in [Field::Doi, Field::Pmid, Field::Pmcid, Field::Url] {
            work.set(field, "");
        }
        work
    }
}

/// A structured work as a string: names, year, title, container, volume, page.
pub fn in_words(work: &Work) -> String {
    let authors: Vec<String> = work.creators().iter().take(3).map(Name::cited).collect();
    let year = work.year().map(|year| format!(" ({year})")).unwrap_or_default();
    let text = |field| work.plain(field).unwrap_or_default();
    let mut out = format!("{}{year} {}", authors.join(", "), text(Field::Title));
    for field in [Field::ContainerTitle, Field::Volume, Field::Page] {
        if work.get(field).is_some() {
            out.push_str(&format!(". {}", text(field)));
        }
    }
    out.trim().to_owned()
}
