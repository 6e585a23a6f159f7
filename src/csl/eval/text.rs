//! `text`: variables, macros, terms and fixed values.

use citationberg::taxonomy::{Locator, StandardVariable, Term, Variable};
use citationberg::{LongShortForm, PageRangeFormat, StyleClass, TermForm, Text, TextCase, TextTarget};

use super::number::is_docket;
use super::variable::Var;
use super::{Area, Around, Built, Cx, Engine, Purpose, term_piece};
use crate::csl::case::{Language, apply_str};
use crate::csl::locale::Plural;
use crate::csl::output::Source;
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
                // A macro is dropped as a group is: when it asks for variables and none is there.
                let (blocks, started) = (cx.blocks.len(), cx.started);
                let inner = self.macro_(cx, name);
                if inner.is_empty() || (inner.called && !inner.filled) {
                    cx.blocks.truncate(blocks);
                    cx.started = started;
                    return inner.emptied();
                }
                // The case of what a macro prints is the business of its elements.
                let around = Around { text_case: None, ..around };
                // A macro is a group of its own within the element that calls it: its affixes and theirs meet as such.
                let pieces = if around.suffix.is_some() { vec![Piece::group(inner.pieces)] } else { inner.pieces };
                let piece: Piece = around.wrap(pieces, cx.language).into();
                Built { pieces: vec![piece], called: true, filled: true }
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
                let pieces = self.rich(val, Source::Style);
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
        let Some(value) = self.value(cx, variable, form) else {
            // A year suffix is no fact of the work: that there is none must not hide the date around it.
            return if var == Var::YearSuffix { Built::nothing() } else { Built::missing() };
        };
        cx.printed.push(variable);
        if cx.purpose == Purpose::Sort && var == Var::CitationNumber {
            return Built::variable(Piece::text(format!("{:0>10}", value), var.source()));
        }
        if var == Var::YearSuffix {
            cx.year_suffix_done = true;
        }
        let pieces = match var {
            Var::Field(Field::Page) => {
                let text = self.pages(&value, self.style.settings.page_range_format, &self.range_dash());
                vec![Piece::text(text, var.source())]
            }
            Var::Locator => {
                let label = cx.facts.locator.map(|(label, _)| label);
                self.rich(&self.locator(label, &value), var.source())
            }
            Var::Field(Field::Url) if form == LongShortForm::Short => vec![Piece::text(host(&value), var.source())],
            Var::Field(Field::Doi | Field::Url | Field::Pmid | Field::Pmcid) => {
                vec![Piece::text(value.clone(), var.source())]
            }
            _ if matches!(variable, Variable::Number(_)) && var != Var::CitationNumber && !is_docket(cx, var) => {
                vec![Piece::text(self.plain_number(&value), var.source())]
            }
            _ => self.rich(&value, var.source()),
        };
        let language = match around.text_case {
            Some(TextCase::TitleCase) => title_language(cx, var),
            _ => cx.language,
        };
        let mut group = around.wrap(pieces, language);
        group.link = link(var, &value);
        Built::variable(group.into())
    }

    /// A field with its inline markup and quotations.
    pub(super) fn rich(&self, text: &str, source: Source) -> Vec<Piece> {
        markup::pieces(text, source, &self.locale.quotes)
    }

    /// The word "and" of the locale.
    pub(super) fn and(&self) -> &str {
        let term = Term::Other(citationberg::taxonomy::OtherTerm::And);
        self.locale.term(term, TermForm::Long, Plural::One).unwrap_or_default()
    }

    /// The sign for "and" between numbers.
    pub(super) fn ampersand(&self) -> &str {
        let term = Term::Other(citationberg::taxonomy::OtherTerm::And);
        self.locale.exact(term, TermForm::Symbol).filter(|s| !s.is_empty()).unwrap_or("&")
    }

    /// The dash between the numbers of a range.
    pub(super) fn range_dash(&self) -> String {
        let term = Term::Other(citationberg::taxonomy::OtherTerm::PageRangeDelimiter);
        match self.locale.term(term, TermForm::Long, Plural::One) {
            Some(dash) if !dash.is_empty() => dash.to_owned(),
            _ => "–".to_owned(),
        }
    }

    /// Pages with their ranges, and the locale's sign for "and".
    pub(super) fn pages(&self, value: &str, form: Option<PageRangeFormat>, dash: &str) -> String {
        let text = page_range::format(value, form, dash);
        if text.contains('&') { text.replace('&', self.ampersand()) } else { text }
    }

    pub(super) fn locator(&self, label: Option<Locator>, value: &str) -> String {
        match label {
            Some(Locator::Page) => self.pages(value, self.style.settings.page_range_format, &self.range_dash()),
            _ => self.pages(value, None, "–"),
        }
    }
}

/// The language that decides on title case. Laws and cases of a jurisdiction are named as they are; of other works it
/// is the language of the fields that are written in it.
fn title_language(cx: &Cx<'_, '_>, var: Var) -> Language {
    let written = matches!(
        var,
        Var::Event
            | Var::Field(
                Field::Publisher
                    | Field::PublisherPlace
                    | Field::EventPlace
                    | Field::Title
                    | Field::TitleShort
                    | Field::ContainerTitle
                    | Field::CollectionTitle
                    | Field::Authority
                    | Field::Genre
                    | Field::Medium
                    | Field::Archive
                    | Field::ArchivePlace
                    | Field::Jurisdiction
            )
    );
    if cx.work.get(Field::Jurisdiction).is_some() {
        Language::Other
    } else if written || cx.work.get(Field::Language).is_some() {
        cx.language
    } else {
        Language::English
    }
}

/// An address without its path, and without `https://` where it begins with `www.`.
fn host(address: &str) -> &str {
    let start = address.find("://").map_or(0, |n| n + 3);
    let end = address[start..].find('/').map_or(address.len(), |n| start + n);
    if address[start..].starts_with("www.") { &address[start..end] } else { &address[..end] }
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
