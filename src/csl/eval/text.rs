//! `text`: variables, macros, terms and fixed values.

use citationberg::taxonomy::{Locator, StandardVariable, Term, Variable};
use citationberg::{LongShortForm, StyleClass, TermForm, Text, TextCase, TextTarget};

use super::variable::Var;
use super::{Area, Around, Built, Cx, Engine, Purpose, term_piece};
use crate::csl::case::{Language, apply_str};
use crate::csl::locale::Plural;
use crate::csl::tree::{Piece, Quotes};
use crate::csl::{markup, page_range};
use crate::work::{Field, Pmcid, Pmid};

impl<'a> Engine<'a> {
    pub(super) fn text(&self, cx: &mut Cx<'a, '_>, text: &'a Text) -> Built {
        let around = Around {
            formatting: text.formatting,
            prefix: text.affixes.prefix.as_deref(),
            suffix: text.affixes.suffix.as_deref(),
            quotes: if text.quotes { Quotes::Yes } else { Quotes::No },
            display: text.display,
            text_case: text.text_case,
            strip_periods: text.strip_periods,
        };
        match &text.target {
            TextTarget::Variable { var, form } => self.text_variable(cx, *var, *form, &around),
            TextTarget::Macro { name } => {
                let inner = self.macro_(cx, name);
                if inner.is_empty() {
                    return Built { pieces: Vec::new(), ..inner };
                }
                let (called, filled) = (inner.called, inner.filled);
                let piece: Piece = around.wrap(inner.pieces, cx.language).into();
                Built { pieces: vec![piece], called, filled }
            }
            TextTarget::Term { term, form, plural } => {
                let plural = if *plural { Plural::Many } else { Plural::One };
                let found = self.locale.term(*term, *form, plural).unwrap_or_default();
                if found.is_empty() {
                    return Built::default();
                }
                let found = self.at_start(cx, found);
                Built::constant(around.wrap(vec![term_piece(&found)], Language::English).into())
            }
            TextTarget::Value { val } => {
                let pieces = markup::pieces(val, crate::csl::output::Source::Style);
                Built::constant(around.wrap(pieces, cx.language).into())
            }
        }
    }

    /// A term that begins a note or an entry is capitalized.
    pub(super) fn at_start(&self, cx: &Cx<'a, '_>, term: &str) -> String {
        let in_text = cx.area == Area::Citation && self.style.settings.class == StyleClass::InText;
        if cx.started || in_text || cx.purpose == Purpose::Sort {
            term.to_owned()
        } else {
            apply_str(term, TextCase::CapitalizeFirst, Language::English)
        }
    }

    fn text_variable(
        &self,
        cx: &mut Cx<'a, '_>,
        variable: Variable,
        form: LongShortForm,
        around: &Around<'_>,
    ) -> Built {
        if cx.suppressed.contains(&variable) {
            return Built::missing();
        }
        let var = self.var(variable);
        let Some(value) = self.value(cx, variable, form) else { return Built::missing() };
        cx.printed.push(variable);
        if cx.purpose == Purpose::Sort && var == Var::CitationNumber {
            return Built::variable(Piece::text(format!("{:0>10}", value), var.source()));
        }
        if var == Var::YearSuffix {
            cx.year_suffix_done = true;
        }
        let pieces = match var {
            Var::Field(Field::Page) => {
                let text = page_range::format(&value, self.style.settings.page_range_format, &self.range_dash());
                vec![Piece::text(text, var.source())]
            }
            Var::Locator => {
                let label = cx.facts.locator.map(|(label, _)| label);
                vec![Piece::text(self.locator(label, &value), var.source())]
            }
            Var::Field(Field::Doi | Field::Url | Field::Pmid | Field::Pmcid) => {
                vec![Piece::text(value.clone(), var.source())]
            }
            _ if matches!(variable, Variable::Number(_)) && var != Var::CitationNumber => {
                vec![Piece::text(self.plain_number(&value), var.source())]
            }
            _ => markup::pieces(&value, var.source()),
        };
        let mut group = around.wrap(pieces, cx.language);
        group.link = link(var, &value);
        Built::variable(group.into())
    }

    /// The dash between the numbers of a range.
    pub(super) fn range_dash(&self) -> String {
        let term = Term::Other(citationberg::taxonomy::OtherTerm::PageRangeDelimiter);
        match self.locale.term(term, TermForm::Long, Plural::One) {
            Some(dash) if !dash.is_empty() => dash.to_owned(),
            _ => "–".to_owned(),
        }
    }

    pub(super) fn locator(&self, label: Option<Locator>, value: &str) -> String {
        match label {
            Some(Locator::Page) => page_range::format(value, self.style.settings.page_range_format, &self.range_dash()),
            _ => page_range::format(value, None, "–"),
        }
    }
}

/// The address an identifier leads to.
fn link(var: Var, value: &str) -> Option<String> {
    let Var::Field(field) = var else { return None };
    match field {
        Field::Doi => value.parse::<crate::work::Doi>().ok().map(|doi| doi.url()),
        Field::Url => {
            let lower = value.get(..8).unwrap_or(value).to_ascii_lowercase();
            (lower.starts_with("https://") || lower.starts_with("http://")).then(|| value.to_owned())
        }
        Field::Pmid => value.parse::<Pmid>().ok().map(|id| format!("https://pubmed.ncbi.nlm.nih.gov/{id}/")),
        Field::Pmcid => {
            value.parse::<Pmcid>().ok().map(|id| format!("https://www.ncbi.nlm.nih.gov/pmc/articles/{id}/"))
        }
        _ => None,
    }
}

/// The variable a substitute suppresses together with another.
pub(super) fn long_of(variable: Variable) -> Variable {
    match variable {
        Variable::Standard(StandardVariable::TitleShort) => Variable::Standard(StandardVariable::Title),
        other => other,
    }
}
