//! `label`: the term for a number variable or a role, singular or plural.

use citationberg::taxonomy::{NumberOrPageVariable, NumberVariable, Term, Variable};
use citationberg::{Label, LabelPluralize, LongShortForm, VariablelessLabel};

use super::{Around, Built, Cx, Engine, term_piece};
use crate::csl::case::Language;
use crate::csl::locale::Plural;
use crate::csl::number::Value;
use crate::csl::tree::{Group, Quotes};

impl<'a> Engine<'a> {
    pub(super) fn label(&self, cx: &mut Cx<'a, '_>, label: &'a Label) -> Built {
        let variable = Variable::from(label.variable);
        let Some(value) = self.value(cx, variable, LongShortForm::Long) else { return Built::default() };
        let term = match label.variable {
            NumberOrPageVariable::Number(NumberVariable::Locator) => match cx.facts.locator {
                Some((locator, _)) => Term::Locator(locator),
                None => return Built::default(),
            },
            other => Term::from(other),
        };
        let many = match label.label.plural {
            LabelPluralize::Always => Plural::Many,
            LabelPluralize::Never => Plural::One,
            LabelPluralize::Contextual => plural(&value, variable),
        };
        match self.label_group(cx, &label.label, term, many) {
            Some(group) => Built::constant(group.into()),
            None => Built::default(),
        }
    }

    /// A label as a group; `None` when the locale has no such term.
    fn label_group(&self, cx: &Cx<'a, '_>, label: &VariablelessLabel, term: Term, plural: Plural) -> Option<Group> {
        let text = self.locale.term(term, label.form, plural).filter(|t| !t.is_empty())?;
        Some(self.label_around(label, self.at_start(cx, text)))
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
fn plural(value: &str, variable: Variable) -> Plural {
    let parsed = Value::parse(value);
    let many = if variable.is_number_of_variable() {
        parsed.is_many() || parsed.single().is_some_and(|n| n != 1)
    } else {
        parsed.is_many() || (!parsed.is_numeric() && several(value))
    };
    if many { Plural::Many } else { Plural::One }
}

/// Words around a separator: "xi–xv", "12a and 14".
fn several(value: &str) -> bool {
    let mut before = false;
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if matches!(c, '-' | '–' | '—' | ',' | '&') && before && chars.peek().is_some() {
            return value.chars().any(|c| c.is_ascii_digit()) || c != ',' && roman_like(value);
        }
        before |= c.is_alphanumeric();
    }
    false
}

fn roman_like(value: &str) -> bool {
    value.chars().filter(|c| c.is_alphabetic()).all(|c| "ivxlcdmIVXLCDM".contains(c))
}
