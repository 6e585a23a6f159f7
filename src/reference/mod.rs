//! Printed reference strings → [`Work`]s.
//!
//! A reference passes through a few stages: `clean` takes off what is not part of it, `identifiers` cuts out DOI, URL
//! and their like, `segment` decides which words are which field, and readers (`names`, `dates`, `numbers`) turn the
//! text of each field into values, which `assemble` puts into a work. Nothing is looked up and nothing is invented.

mod assemble;
mod clean;
mod cut;
mod date_places;
mod dates;
mod fields;
mod identifiers;
mod kind;
mod lex;
mod lexicon;
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

use crate::work::{Field, Work};
pub use fields::{PrintedFields, PrintedName};
use segment::ListStyle;

/// A printed reference taken apart. Only what is printed is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParsedReference {
    pub work: Work,
    /// How much of the string was understood, 0 to 1.
    pub confidence: f64,
}

impl ParsedReference {
    /// The fields under the short names that `parse` prints.
    pub fn printed_fields(&self) -> PrintedFields {
        PrintedFields::from(&self.work)
    }
}

/// References longer than this many scalars are not taken apart: no printed reference is.
const MAX_SCALARS: usize = 20_000;

/// Takes one reference apart.
pub fn parse(raw: &str) -> ParsedReference {
    parse_in(raw, ListStyle::default())
}

/// Takes the references of one list apart: they share a style, and what is clear in most decides what is not in
/// others.
pub fn parse_list<S: AsRef<str>>(raws: &[S]) -> Vec<ParsedReference> {
    let style = list_style(raws);
    raws.iter().map(|raw| parse_in(raw.as_ref(), style)).collect()
}

fn parse_in(raw: &str, style: ListStyle) -> ParsedReference {
    if raw.chars().nth(MAX_SCALARS).is_some() {
        return ParsedReference { work: Work::default(), confidence: 0.0 };
    }
    let cleaned = clean::clean(raw);
    let (ids, rest) = identifiers::extract(&cleaned);
    let text = clean::mend(&rest);
    let segments = tagger::corrected(&text, segment::segment(&text, style), style);
    let work = assemble::assemble(&segments, &ids, style);
    let confidence = confidence(&cleaned, &work);
    ParsedReference { work, confidence }
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

/// The share of letters and digits that ended in a field, lowered where a field that references have is missing.
fn confidence(text: &str, work: &Work) -> f64 {
    let count = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
    let all = count(text);
    if all == 0 {
        return 0.0;
    }
    let names: usize = work
        .contributors
        .values()
        .flat_map(|list| &list.names)
        .map(|name| {
            let printed = PrintedName::from(name);
            match printed {
                PrintedName::Person { family, given, suffix } => {
                    count(&family) + given.map_or(0, |g| count(&g)) + suffix.map_or(0, |s| count(&s))
                }
                PrintedName::Literal { literal } => count(&literal),
            }
        })
        .sum();
    let fields: usize = work.fields.values().map(|v| count(v)).sum();
    let dates = work.dates.len() * 4;
    #[expect(clippy::cast_precision_loss, reason = "counts below 20,000")]
    let covered = ((names + fields + dates) as f64 / all as f64).min(1.0);
    let present = [
        !work.creators().is_empty(),
        work.year().is_some(),
        work.get(Field::Title).is_some() || work.get(Field::ContainerTitle).is_some(),
    ];
    let missing = present.iter().filter(|p| !**p).count();
    (covered * 0.8_f64.powi(i32::try_from(missing).unwrap_or(3)) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests;
