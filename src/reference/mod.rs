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
mod fields;
mod identifiers;
mod kind;
mod known_names;
mod lex;
mod lexicon;
mod list_vote;
mod locate;
mod name_list;
mod name_words;
mod names;
mod numbers;
mod patterns;
mod publication;
mod segment;
mod sentences;
mod tagger;
mod title;
#[doc(hidden)]
pub mod training;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::work::{Role, Work};
pub use fields::{PrintedFields, PrintedName};
use identifiers::Identifiers;
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
}

impl ParsedReference {
    fn nothing() -> Self {
        Self { work: Work::default(), fields: Vec::new(), confidence: 0.0 }
    }

    /// The fields under the short names that `parse` prints.
    pub fn printed_fields(&self) -> PrintedFields {
        PrintedFields::from(&self.work)
    }
}

/// References longer than this many scalars are not taken apart: no printed reference is.
const MAX_SCALARS: usize = 20_000;

/// Takes one reference apart.
pub fn parse(raw: &str) -> ParsedReference {
    read(raw, ListStyle::default())
        .map_or_else(ParsedReference::nothing, |reading| finish(raw, &reading, ListStyle::default()))
}

/// Takes the references of one list apart: they share a style, and what is clear in most decides what is not in
/// others.
pub fn parse_list<S: AsRef<str>>(raws: &[S]) -> Vec<ParsedReference> {
    let style = list_style(raws);
    let mut readings: Vec<Option<Reading>> = raws.iter().map(|raw| read(raw.as_ref(), style)).collect();
    let votes = list_vote::Votes::count(readings.iter().flatten().map(|reading| &reading.found));
    for reading in readings.iter_mut().flatten() {
        if votes.prefer_rules(&reading.found) {
            reading.found.segments = reading.found.rules.clone();
            reading.found.fields.clear();
        }
    }
    let mut out: Vec<ParsedReference> = Vec::with_capacity(raws.len());
    for (raw, reading) in raws.iter().map(AsRef::as_ref).zip(&readings) {
        let Some(reading) = reading else {
            out.push(ParsedReference::nothing());
            continue;
        };
        let mut parsed = finish(raw, reading, style);
        // "———. Title": the authors are those of the reference before.
        if clean::repeats_authors(raw)
            && !parsed.work.contributors.contains_key(&Role::Author)
            && let Some(authors) = out.last().and_then(|last| last.work.contributors.get(&Role::Author))
        {
            parsed.work.contributors.insert(Role::Author, authors.clone());
        }
        out.push(parsed);
    }
    out
}

/// A reference whose fields are found, but not read yet.
struct Reading {
    text: String,
    ids: Identifiers,
    found: tagger::Corrected,
}

/// Finds the fields of a reference; `None` where it is too long for one.
fn read(raw: &str, style: ListStyle) -> Option<Reading> {
    if raw.chars().nth(MAX_SCALARS).is_some() {
        return None;
    }
    let cleaned = clean::clean(raw);
    let (ids, rest) = identifiers::extract(&cleaned);
    let text = clean::mend(&rest);
    let found = tagger::corrected(&text, segment::segment(&text, style), style);
    Some(Reading { text, ids, found })
}

fn finish(raw: &str, Reading { text, ids, found }: &Reading, style: ListStyle) -> ParsedReference {
    let work = assemble::assemble(&found.segments, ids, style);
    let mut letters = locate::Letters::of(raw);
    let located = |(label, range, confidence): &(Label, std::ops::Range<usize>, f32)| {
        let field = field_of(*label)?;
        let span = letters.find(&text[range.clone()])?;
        Some(PrintedField { field, span, confidence: rounded(*confidence) })
    };
    let fields = found.fields.iter().filter_map(located).collect();
    let nothing = work.fields.is_empty() && work.contributors.is_empty();
    let confidence = if nothing { 0.0 } else { rounded(found.confidence) };
    ParsedReference { work, fields, confidence }
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

/// How names are written in most references of the list, if more than two thirds agree.
fn list_style<S: AsRef<str>>(raws: &[S]) -> ListStyle {
    let mut votes: BTreeMap<names::NameOrder, usize> = BTreeMap::new();
    for raw in raws {
        let start: String = raw.as_ref().chars().take(400).collect();
        if let Some(scan) = names::scan(&clean::clean(&start), None) {
            *votes.entry(scan.order).or_default() += 1;
        }
    }
    let all: usize = votes.values().sum();
    let names = votes.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= 3 && n * 3 > all * 2).map(|(o, _)| o);
    ListStyle { names }
}

#[cfg(test)]
mod tests;
