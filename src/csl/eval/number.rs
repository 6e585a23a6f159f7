//! `number`: numeric, ordinal and Roman forms.

use citationberg::taxonomy::{Kind, Term, Variable};
use citationberg::{LongShortForm, Number, NumberForm};

use super::variable::Var;
use super::{Around, Built, Cx, Engine, Purpose};
use crate::csl::number::{Part, Separator, Value, roman};
use crate::csl::tree::{Piece, Quotes};
use crate::work::Field;

impl<'a> Engine<'a> {
    pub(super) fn number(&self, cx: &mut Cx<'a, '_>, number: &'a Number) -> Built {
        let variable = Variable::from(number.variable);
        if cx.suppressed.contains(&variable) {
            return Built::missing();
        }
        let Some(value) = self.value(cx, variable, LongShortForm::Long) else { return Built::missing() };
        cx.printed.push(variable);
        let var = self.var(variable);
        if cx.purpose == Purpose::Sort {
            return Built::variable(Piece::text(sortable(&value), var.source()));
        }
        let pieces = match Value::parse(&value) {
            _ if is_docket(cx, var) => vec![Piece::text(value, var.source())],
            _ if var == Var::Field(Field::Page) => {
                let form = self.style.settings.page_range_format;
                vec![Piece::text(self.pages(&value, form, &self.range_dash()), var.source())]
            }
            Value::Numbers(parts) => {
                vec![Piece::text(self.formed_parts(&parts, number.form, Term::from(number.variable)), var.source())]
            }
            Value::Words(words) => vec![Piece::text(words, var.source())],
        };
        let around = Around {
            formatting: number.formatting,
            prefix: number.affixes.prefix.as_deref(),
            suffix: number.affixes.suffix.as_deref(),
            quotes: Quotes::No,
            display: number.display,
            text_case: number.text_case,
            strip_periods: false,
        };
        Built::variable(around.wrap(pieces, cx.language).into())
    }

    /// A number variable printed by `text`.
    pub(super) fn plain_number(&self, value: &str) -> String {
        match Value::parse(value) {
            Value::Numbers(parts) => self.formed_parts(&parts, NumberForm::Numeric, Term::PageVariable),
            Value::Words(words) => words,
        }
    }

    fn formed_parts(&self, parts: &[Part], form: NumberForm, noun: Term) -> String {
        let mut out = String::new();
        for part in parts {
            match part {
                Part::Separator(Separator::Range) => out.push_str(&self.range_dash()),
                Part::Separator(Separator::Comma) => out.push_str(", "),
                Part::Separator(Separator::Slash) => out.push('/'),
                Part::Roman(numerals) => out.push_str(numerals),
                Part::Separator(Separator::Ampersand) => {
                    out.push(' ');
                    out.push_str(self.ampersand());
                    out.push(' ');
                }
                Part::Number { prefix, digits, suffix } => {
                    let n = digits.parse::<i64>().ok().filter(|_| prefix.is_empty() && suffix.is_empty());
                    match n.and_then(|n| self.formed(n, form, noun)) {
                        Some(formed) => out.push_str(&formed),
                        None => {
                            out.push_str(prefix);
                            out.push_str(digits);
                            out.push_str(suffix);
                        }
                    }
                }
            }
        }
        out
    }

    /// A number in a form other than plain digits.
    fn formed(&self, n: i64, form: NumberForm, noun: Term) -> Option<String> {
        let gender = self.locale.gender(noun);
        match form {
            NumberForm::Numeric => None,
            NumberForm::Roman => roman(n),
            NumberForm::Ordinal => Some(format!("{n}{}", self.locale.ordinal(n, gender))),
            NumberForm::LongOrdinal => match self.locale.long_ordinal(n, gender) {
                Some(word) => Some(word.to_owned()),
                None => Some(format!("{n}{}", self.locale.ordinal(n, gender))),
            },
        }
    }
}

/// Whether a variable is the number of a legal case ("70-18"), whose hyphen stands in no range.
pub(super) fn is_docket(cx: &Cx<'_, '_>, var: Var) -> bool {
    var == Var::Field(Field::Number) && cx.kind == Some(Kind::LegalCase)
}

/// Digits padded with zeros, so that text order is the order of numbers.
pub(in crate::csl) fn sortable(value: &str) -> String {
    match Value::parse(value) {
        Value::Numbers(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Number { prefix, digits, suffix } => format!("{prefix}{digits:0>10}{suffix}"),
                Part::Roman(numerals) => numerals.clone(),
                Part::Separator(_) => "-".to_owned(),
            })
            .collect(),
        Value::Words(words) => words,
    }
}
