//! Printed reference strings → [`Work`]s.
//!
//! A reference passes through a few stages: `clean` takes off what is not part of it, `identifiers` cuts out DOI, URL
//! and their like, `segment` decides by rules which words are which field, `tagger` corrects that where training has
//! shown it to be wrong, and readers (`names`, `dates`, `numbers`) turn the text of each field into values, which
//! `assemble` puts into a work. Nothing is looked up and nothing is invented.

mod assemble;
mod clean;
mod cut;
mod date_places;
mod dates;
mod entries;
mod fields;
mod identifiers;
mod kind;
mod known_names;
mod lex;
mod lexicon;
mod list;
mod list_vote;
mod locate;
mod name_list;
mod name_words;
mod names;
mod notes;
mod notice;
mod numbers;
mod patterns;
mod publication;
mod repeats;
mod segment;
mod sentences;
mod signs;
mod tagger;
mod title;
#[doc(hidden)]
pub mod training;
mod uncased_names;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::work::{DateField, Field, Role, Work};
pub use entries::{EntryPart, entry_parts};
pub use fields::{PrintedFields, PrintedName};
use identifiers::Identifiers;
pub use list::ListReader;
pub use notice::Notice;
use repeats::Repeated;
use segment::ListStyle;
use tagger::Label;

/// A printed reference taken apart. Only what is printed is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParsedReference {
    pub work: Work,
    /// Where the fields stand in the string, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<PrintedField>,
    /// How likely all fields are right, 0 to 1.
    pub confidence: f64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// The other references of an entry that holds several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<FurtherReference>,
}

/// A reference that shares an entry with one before it: "(a) …; (b) …".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FurtherReference {
    /// Its part of the entry. The spans of its fields count in this text.
    pub raw: String,
    pub reference: ParsedReference,
}

/// Where a field stands in the printed string.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PrintedField {
    pub field: FieldName,
    /// In Unicode scalar values of the string.
    pub span: Span,
    /// How likely the field is right, 0 to 1.
    pub confidence: f64,
}

/// The fields of a printed reference, under the names of [`PrintedFields`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldName {
    Authors,
    Editor,
    Year,
    Title,
    Container,
    Volume,
    Issue,
    Pages,
    Publisher,
    Place,
    Doi,
    Url,
}

impl FieldName {
    /// The name under which [`PrintedFields`] has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authors => "authors",
            Self::Editor => "editor",
            Self::Year => "year",
            Self::Title => "title",
            Self::Container => "container",
            Self::Volume => "volume",
            Self::Issue => "issue",
            Self::Pages => "pages",
            Self::Publisher => "publisher",
            Self::Place => "place",
            Self::Doi => "doi",
            Self::Url => "url",
        }
    }

    fn is_in(self, work: &Work) -> bool {
        match self {
            Self::Authors => work.contributors.contains_key(&Role::Author),
            Self::Editor => work.contributors.contains_key(&Role::Editor),
            Self::Year => work.dates.contains_key(&DateField::Issued),
            Self::Title => work.get(Field::Title).is_some(),
            Self::Container => work.get(Field::ContainerTitle).is_some(),
            Self::Volume => work.get(Field::Volume).is_some(),
            Self::Issue => work.get(Field::Issue).is_some(),
            Self::Pages => work.get(Field::Page).is_some(),
            Self::Publisher => work.get(Field::Publisher).is_some(),
            Self::Place => work.get(Field::PublisherPlace).is_some(),
            Self::Doi => work.get(Field::Doi).is_some(),
            Self::Url => work.get(Field::Url).is_some(),
        }
    }
}

impl ParsedReference {
    /// A work that no string was read for.
    #[must_use]
    pub fn of(work: Work, confidence: f64) -> Self {
        Self { work, fields: Vec::new(), confidence, notices: Vec::new(), further: Vec::new() }
    }

    fn too_long() -> Self {
        Self { notices: vec![Notice::TooLong], ..Self::of(Work::default(), 0.0) }
    }

    /// The fields under the short names that `parse` prints. What the work has from elsewhere is not among them.
    #[must_use]
    pub fn printed_fields(&self) -> PrintedFields {
        let mut fields = PrintedFields::from(&self.work);
        for notice in &self.notices {
            match notice {
                Notice::NamesRepeated { names, .. } => {
                    let writes = self.work.contributors.contains_key(&Role::Author);
                    let printed = if writes { &mut fields.authors } else { &mut fields.editor };
                    printed.drain(..(*names).min(printed.len()));
                    fields.et_al &= !printed.is_empty();
                }
                Notice::EditorsAreAuthors => fields.editor.clear(),
                Notice::WorkRepeated { .. } => fields = PrintedFields::default(),
                Notice::FieldLeftOut { .. } | Notice::SeveralReferences { .. } | Notice::TooLong => {}
            }
        }
        fields
    }
}

/// References longer than this many scalars are not taken apart: no printed reference is.
const MAX_SCALARS: usize = 20_000;

/// How sure a span of an identifier is: its form leaves little doubt. An estimate, not measured.
const IDENTIFIER_CONFIDENCE: f64 = 0.97;

/// Takes one reference apart.
#[must_use]
pub fn parse(raw: &str) -> ParsedReference {
    let mut all = parse_list(&[raw]);
    all.pop().expect("one for each")
}

/// Takes the references of one list apart: they share a style, and what is clear in most decides what is not in
/// others.
#[must_use]
pub fn parse_list<S: AsRef<str>>(raws: &[S]) -> Vec<ParsedReference> {
    ListReader::default().read(raws)
}

/// A reference from which the identifiers are taken, as rules and tagger see it.
struct Prepared {
    text: String,
    ids: Identifiers,
    repeated: Option<Repeated>,
    /// The references of the same entry behind this one.
    further: Vec<String>,
}

impl Prepared {
    /// `None` where the string is too long for a reference.
    fn of(raw: &str) -> Option<Self> {
        // No need to count the scalars of a line of a megabyte.
        if raw.len() > 4 * MAX_SCALARS || (raw.len() > MAX_SCALARS && raw.chars().nth(MAX_SCALARS).is_some()) {
            return None;
        }
        let parts = entries::split(raw).unwrap_or_default();
        let further = parts.iter().skip(1).map(|part| raw[part.clone()].to_owned()).collect();
        let raw = parts.first().map_or(raw, |part| &raw[part.clone()]);
        let (entry, repeated) = clean::clean(raw);
        let (ids, rest) = identifiers::extract(&entry);
        let mut text = clean::mend(&rest);
        notes::cut_remarks(&mut text);
        Some(Self { text, ids, repeated, further })
    }

    fn read(self, style: ListStyle) -> Reading {
        let Self { text, ids, repeated, further } = self;
        let found = tagger::corrected(&text, segment::segment(&text, style), style);
        Reading { text, ids, repeated, further, found }
    }
}

/// A reference whose fields are found, but not read yet.
struct Reading {
    text: String,
    ids: Identifiers,
    repeated: Option<Repeated>,
    further: Vec<String>,
    found: tagger::Corrected,
}

impl Reading {
    /// What the repeated names do: "Dies. (Hrsg.): …" edits.
    fn repeated_role(&self) -> Role {
        if segment::starts_with_editor_mark(&self.text) { Role::Editor } else { Role::Author }
    }
}

fn finish(raw: &str, reading: &Reading, style: ListStyle) -> ParsedReference {
    let Reading { text, ids, found, .. } = reading;
    let work = assemble::assemble(&found.segments, ids, style);
    let mut letters = locate::Letters::of(raw);
    let mut fields: Vec<PrintedField> = Vec::with_capacity(found.fields.len() + 2);
    for (label, range, confidence) in &found.fields {
        if let Some(field) = field_of(*label)
            && let Some(span) = letters.find(&text[range.clone()])
        {
            fields.push(PrintedField { field, span, confidence: rounded(*confidence) });
        }
    }
    for (field, printed) in [(FieldName::Doi, &ids.doi), (FieldName::Url, &ids.url)] {
        if let Some(printed) = printed
            && let Some(span) = letters.find_anywhere(printed)
        {
            fields.push(PrintedField { field, span, confidence: IDENTIFIER_CONFIDENCE });
        }
    }
    fields.sort_by_key(|field| field.span.start);
    let nothing = work.fields.is_empty() && work.contributors.is_empty();
    let confidence = if nothing { 0.0 } else { rounded(found.confidence) };
    let mut parsed = ParsedReference { fields, ..ParsedReference::of(work, confidence) };
    for (label, range, confidence) in &found.left_out {
        let Some(field) = field_of(*label).filter(|field| !field.is_in(&parsed.work)) else { continue };
        let Some(span) = letters.find_anywhere(&text[range.clone()]) else { continue };
        parsed.notices.push(Notice::FieldLeftOut { field, span, confidence: rounded(*confidence) });
    }
    if repeats::editors_are_authors(text)
        && !parsed.work.contributors.contains_key(&Role::Editor)
        && let Some(authors) = parsed.work.contributors.get(&Role::Author).cloned()
    {
        parsed.work.contributors.insert(Role::Editor, authors);
        parsed.notices.push(Notice::EditorsAreAuthors);
    }
    if !reading.further.is_empty() {
        parsed.notices.push(Notice::SeveralReferences { count: reading.further.len() + 1 });
        let read = |raw: &String| {
            let reference = match Prepared::of(raw) {
                Some(prepared) => finish(raw, &Reading { further: Vec::new(), ..prepared.read(style) }, style),
                None => ParsedReference::too_long(),
            };
            FurtherReference { raw: raw.clone(), reference }
        };
        parsed.further = reading.further.iter().map(read).collect();
    }
    parsed
}

fn field_of(label: Label) -> Option<FieldName> {
    Some(match label {
        Label::Author => FieldName::Authors,
        Label::Editor => FieldName::Editor,
        Label::Date => FieldName::Year,
        Label::Title => FieldName::Title,
        Label::Container => FieldName::Container,
        Label::Volume => FieldName::Volume,
        Label::Issue => FieldName::Issue,
        Label::Pages => FieldName::Pages,
        Label::Publisher => FieldName::Publisher,
        Label::Place => FieldName::Place,
        Label::Other | Label::Series | Label::Note => return None,
    })
}

fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests;
