//! Sorting of cites and entries (CSL 1.0.2, "Sorting"). Every key is evaluated and collated once.

use std::cmp::Ordering;

use citationberg::taxonomy::Variable;
use citationberg::{LongShortForm, Sort, SortDirection, SortKey};
use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

use super::eval::{self, Area, Disambiguation, Engine, Facts, Purpose, SortNames, Var};
use super::punctuation::{self, Brackets};
use crate::work::{Name, NameList};

/// Compares keys in the order of a language.
pub(super) struct Collation(CollatorBorrowed<'static>);

/// The value of one key: what is missing comes last, in either direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    collated: Option<Vec<u8>>,
    descending: bool,
}

impl Collation {
    /// Letters alone decide, not their case or accents; punctuation does not count, and digits count as numbers.
    pub fn new(lang: &str) -> Self {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        options.alternate_handling = Some(AlternateHandling::Shifted);
        let collator = |locale: icu_locale_core::Locale| {
            let mut preferences = CollatorPreferences::from(&locale);
            preferences.numeric_ordering = Some(CollationNumericOrdering::True);
            Collator::try_new(preferences, options)
        };
        let locale = icu_locale_core::Locale::try_from_str(lang).unwrap_or(icu_locale_core::Locale::UNKNOWN);
        let collator = collator(locale)
            .or_else(|_| collator(icu_locale_core::Locale::UNKNOWN))
            .expect("the root collation is compiled in");
        Self(collator)
    }

    fn key(&self, text: &str) -> Option<Vec<u8>> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        // A space is no letter, but ends a word: "de Boer" comes before "Deakin". The bar is a symbol that stands
        // before all letters and, unlike a space, is not passed over.
        let mut words = String::with_capacity(text.len() + 1);
        words.extend(text.chars().map(|c| if c == ' ' { '|' } else { c }));
        words.push('|');
        let mut key = Vec::with_capacity(text.len() * 2);
        let Ok(()) = self.0.write_sort_key_to(&words, &mut key);
        Some(key)
    }
}

/// The keys of one work.
pub(super) fn keys<'a>(
    engine: &Engine<'a>,
    collation: &Collation,
    sort: &'a Sort,
    (area, index): (Area, usize),
    facts: &Facts<'_>,
    apart: &Disambiguation,
) -> Vec<Key> {
    let options = engine.name_options(area);
    sort.keys
        .iter()
        .map(|key| {
            let mut cx = engine.context(index, area, facts, apart, &options);
            cx.purpose = Purpose::Sort;
            let text = match key {
                SortKey::Variable { variable, .. } => value(engine, &cx, *variable),
                SortKey::MacroName { name, names_min, names_use_first, names_use_last, .. } => {
                    cx.sort_names =
                        Some(SortNames { min: *names_min, use_first: *names_use_first, use_last: *names_use_last });
                    let built = engine.macro_(&mut cx, name);
                    punctuation::settle(built.pieces, &engine.locale.quotes, Brackets::Kept).plain()
                }
            };
            Key { collated: collation.key(&text), descending: key.sort_direction() == SortDirection::Descending }
        })
        .collect()
}

fn value<'a>(engine: &Engine<'a>, cx: &eval::Cx<'a, '_>, variable: Variable) -> String {
    match engine.var(variable) {
        Var::Date(field) => cx.work.dates.get(&field).map(|d| eval::sortable_date(d, true, true)).unwrap_or_default(),
        Var::Names(role) => cx.work.contributors.get(&role).map(|list| names(engine, list)).unwrap_or_default(),
        Var::CitationNumber => format!("{:010}", cx.facts.number),
        _ => {
            let value = engine.value(cx, variable, LongShortForm::Long).unwrap_or_default();
            match variable {
                Variable::Number(_) | Variable::Page(_) => eval::sortable_number(&value),
                _ => plain(&value),
            }
        }
    }
}

/// A text without its markup.
fn plain(text: &str) -> String {
    let pieces = super::markup::pieces(text, super::output::Source::Style, &super::punctuation::QuoteStyle::default());
    let mut out = String::new();
    for piece in &pieces {
        piece.texts(&mut |t| out.push_str(&t.text));
    }
    out
}

/// All names, family name first.
fn names(engine: &Engine<'_>, list: &NameList) -> String {
    let mut out = String::new();
    for name in &list.names {
        if !out.is_empty() {
            out.push(' ');
        }
        match name {
            Name::Literal { literal } => out.push_str(literal),
            Name::Person(person) => out.push_str(&eval::sortable_name(person, engine.style)),
        }
    }
    out
}

/// Compares works by their keys.
pub(super) fn compare(a: &[Key], b: &[Key]) -> Ordering {
    for (a, b) in a.iter().zip(b) {
        let order = match (&a.collated, &b.collated) {
            (Some(x), Some(y)) if a.descending => y.cmp(x),
            (Some(x), Some(y)) => x.cmp(y),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}
