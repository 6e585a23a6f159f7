//! `label`: the term for a number variable or a role, singular or plural.

use citationberg::taxonomy::{Locator, NumberOrPageVariable, NumberVariable, Term, Variable};
use citationberg::{Label, LabelPluralize, LongShortForm, VariablelessLabel};

use super::{Around, Built, Cx, Engine, term_piece};
use crate::csl::case::Language;
use crate::csl::locale::Plural;
use crate::csl::number::Value;
use crate::csl::tree::{Group, Quotes};

impl<'a> Engine<'a> {
    pub(super) fn label(&self, cx: &mut Cx<'a, '_>, label: &'a Label) -> Built {
        let variable = Variable::from(label.variable);
        // Of a variable that is not there the label is a term as any other: the group around it decides.
        let value = self.value(cx, variable, LongShortForm::Long).unwrap_or_default();
        if matches!(self.var(variable), super::Var::Locator) && begins_with_label(&value) {
            return Built::default();
        }
        let term = match label.variable {
            NumberOrPageVariable::Number(NumberVariable::Locator) => {
                Term::Locator(cx.facts.locator.map_or(Locator::Page, |(locator, _)| locator))
            }
            other => Term::from(other),
        };
        let many = match label.label.plural {
            LabelPluralize::Always => Plural::Many,
            LabelPluralize::Never => Plural::One,
            LabelPluralize::Contextual => plural(&value, variable, self.and()),
        };
        match self.label_group(&label.label, term, many) {
            Some(group) => Built::constant(group.into()),
            None => Built::default(),
        }
    }

    /// A label as a group; `None` when the locale has no such term.
    fn label_group(&self, label: &VariablelessLabel, term: Term, plural: Plural) -> Option<Group> {
        let text = self.locale.term(term, label.form, plural).filter(|t| !t.is_empty())?;
        Some(self.label_around(label, text.to_owned()))
    }

    /// The words of a label with its formatting and affixes.
    pub(super) fn label_around(&self, label: &VariablelessLabel, text: String) -> Group {
        let around = Around {
            formatting: label.formatting,
            prefix: label.affixes.prefix.as_deref(),
            suffix: label.affixes.suffix.as_deref(),
            quotes: Quotes::No,
            display: None,
            text_case: label.text_case,
            strip_periods: label.strip_periods,
        };
        around.wrap(vec![term_piece(&text)], Language::English)
    }
}

/// A count is plural above one; anything else when it names several things.
fn plural(value: &str, variable: Variable, and: &str) -> Plural {
    let parsed = Value::parse(value);
    let many = if variable.is_number_of_variable() {
        parsed.is_many() || parsed.single().is_some_and(|n| n != 1)
    } else {
        parsed.is_many() || (!parsed.is_numeric() && several(value, and))
    };
    if many { Plural::Many } else { Plural::One }
}

/// Numbers with words among them: "i–ix", "12 and 14", "367–368, fig. 3".
fn several(value: &str, and: &str) -> bool {
    let Some(separator) = value.find(|c: char| matches!(c, '-' | '–' | '—' | ',' | '&') || c.is_whitespace())
    else {
        return false;
    };
    let (first, rest) = value.split_at(separator);
    // A hyphen after a backslash belongs to the number.
    if first.ends_with('\\') {
        return false;
    }
    let numeric = |s: &str| {
        let s = s.trim();
        let s = &s[..s.find(|c: char| !c.is_alphanumeric()).unwrap_or(s.len())];
        s.chars().any(|c| c.is_ascii_digit()) || (!s.is_empty() && s.chars().all(|c| "ivxlcdmIVXLCDM".contains(c)))
    };
    let rest = rest.trim_start();
    let after = rest.trim_start_matches(',').trim_start();
    let after_and = ["and", "&", and].iter().filter(|w| !w.is_empty()).find_map(|w| after.strip_prefix(w));
    match after_and {
        Some(after) => numeric(first) && numeric(after),
        None => {
            rest.starts_with(['-', '–', '—']) && numeric(first) && numeric(rest.trim_start_matches(['-', '–', '—']))
        }
    }
}

/// Whether a locator names its kind itself: "vol. 1".
fn begins_with_label(value: &str) -> bool {
    let word = value.split_whitespace().next().unwrap_or_default();
    word.len() > 2 && word.ends_with('.') && word[..word.len() - 1].chars().all(char::is_lowercase)
}
