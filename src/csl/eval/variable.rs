//! The variables of CSL and where their values are.

use std::borrow::Cow;

use citationberg::LongShortForm;
use citationberg::taxonomy::{NumberVariable, StandardVariable, Variable};

use super::{Cx, Engine};
use crate::csl::case::is_stop_word;
use crate::csl::number;
use crate::csl::output::Source;
use crate::work::{DateField, Field, Role};

/// Where the value of a variable comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::csl) enum Var {
    Field(Field),
    Date(DateField),
    Names(Role),
    CitationNumber,
    CitationLabel,
    CitationKey,
    /// The name that CSL 1.0 had for `event-title`. A work has it only when it was recorded under that name: nearly half
    /// of all styles still ask for it, and what they print is known from processors that keep the two apart.
    Event,
    Locator,
    FirstNote,
    PageFirst,
    YearSuffix,
    Unknown,
}

impl Var {
    fn of(variable: Variable) -> Self {
        match variable {
            Variable::Number(NumberVariable::CitationNumber) => Self::CitationNumber,
            Variable::Number(NumberVariable::Locator) => Self::Locator,
            Variable::Number(NumberVariable::FirstReferenceNoteNumber) => Self::FirstNote,
            Variable::Number(NumberVariable::PageFirst) => Self::PageFirst,
            Variable::Standard(StandardVariable::CitationLabel) => Self::CitationLabel,
            Variable::Standard(StandardVariable::CitationKey) => Self::CitationKey,
            Variable::Standard(StandardVariable::YearSuffix) => Self::YearSuffix,
            Variable::Standard(StandardVariable::Event) => Self::Event,
            Variable::Standard(StandardVariable::ArchivePlace) => Self::Field(Field::ArchivePlace),
            Variable::Date(date) => DateField::from_csl(&date.to_string()).map_or(Self::Unknown, Self::Date),
            Variable::Name(name) => Role::from_csl(&name.to_string()).map_or(Self::Unknown, Self::Names),
            other => Field::from_csl(&other.to_string()).map_or(Self::Unknown, Self::Field),
        }
    }

    /// The source that runs of the variable name.
    pub fn source(self) -> Source {
        match self {
            Self::Field(field) => Source::Field(field),
            Self::Date(date) => Source::Date(date),
            Self::Names(role) => Source::Names(role),
            Self::CitationNumber => Source::CitationNumber,
            Self::CitationLabel => Source::CitationLabel,
            Self::Event => Source::Field(Field::EventTitle),
            Self::Locator => Source::Locator,
            Self::FirstNote => Source::FirstNote,
            Self::PageFirst => Source::Field(Field::Page),
            Self::YearSuffix => Source::YearSuffix,
            Self::CitationKey | Self::Unknown => Source::Style,
        }
    }
}

/// The field that holds the short form of another.
fn short(field: Field) -> Option<Field> {
    Some(match field {
        Field::Title => Field::TitleShort,
        Field::ContainerTitle => Field::ContainerTitleShort,
        Field::CollectionTitle => Field::CollectionTitleShort,
        Field::VolumeTitle => Field::VolumeTitleShort,
        _ => return None,
    })
}

impl<'a> Engine<'a> {
    pub(in crate::csl) fn var(&self, variable: Variable) -> Var {
        *self.variables.borrow_mut().entry(variable).or_insert_with(|| Var::of(variable))
    }

    /// The value of a text or number variable, if there is one.
    pub(in crate::csl) fn value(
        &self,
        cx: &Cx<'a, '_>,
        variable: Variable,
        form: LongShortForm,
    ) -> Option<Cow<'a, str>> {
        let value = match self.var(variable) {
            Var::Field(field) => {
                let short = (form == LongShortForm::Short).then(|| short(field)).flatten();
                Cow::Borrowed(short.and_then(|s| cx.work.get(s)).or_else(|| cx.work.get(field))?)
            }
            Var::CitationNumber => Cow::Owned(cx.facts.number.to_string()),
            Var::CitationLabel => Cow::Owned(self.citation_label(cx)),
            Var::CitationKey => Cow::Borrowed(cx.work.key.as_str()),
            Var::Event => Cow::Borrowed(cx.work.custom.get("event")?.as_str()),
            Var::Locator => Cow::Owned(cx.facts.locator?.1.to_owned()),
            Var::FirstNote => Cow::Owned(cx.facts.first_note?.to_string()),
            Var::PageFirst => {
                let page = cx.work.get(Field::Page)?;
                Cow::Borrowed(page.split(['-', '–', '—', ',', '&']).next().unwrap_or(page).trim())
            }
            Var::YearSuffix => Cow::Owned(match cx.apart.year_suffix {
                Some(n) => number::letters(n),
                None => return cx.work.get(Field::YearSuffix).map(Cow::Borrowed),
            }),
            Var::Date(_) | Var::Names(_) | Var::Unknown => return None,
        };
        (!value.is_empty()).then_some(value)
    }

    /// Whether a variable has a value (the `variable` condition).
    pub(in crate::csl) fn has(&self, cx: &Cx<'a, '_>, variable: Variable) -> bool {
        match self.var(variable) {
            Var::Names(role) => !cx.work.names(role).is_empty(),
            Var::Date(date) => cx.work.dates.contains_key(&date),
            _ => self.value(cx, variable, LongShortForm::Long).is_some(),
        }
    }

    /// Names and year in few letters: "Doe99", "DoRo99", "DoRB99" (the usual trigraph).
    fn citation_label(&self, cx: &Cx<'a, '_>) -> String {
        let suffix = cx.apart.year_suffix.filter(|_| self.label_suffix).map(number::letters).unwrap_or_default();
        if let Some(label) = cx.work.custom.get("citation-label") {
            return format!("{label}{suffix}");
        }
        let names: Vec<String> = cx.work.creators().iter().map(|n| label_name(&n.cited())).collect();
        let letters: &[usize] = match names.len() {
            0 | 1 => &[4],
            2 => &[2, 2],
            3 => &[2, 1, 1],
            _ => &[1, 1, 1, 1],
        };
        let mut label: String = names.iter().zip(letters).map(|(name, take)| shortened(name, *take)).collect();
        if label.is_empty() {
            let words = cx.work.get(Field::Title).unwrap_or_default().split_whitespace();
            label = shortened(&words.filter(|w| !is_stop_word(w)).collect::<String>(), 4);
        }
        let year = cx.work.year().unwrap_or_default();
        format!("{label}{:02}{suffix}", year.rem_euclid(100))
    }
}

/// The first letters, the first of them a capital.
fn shortened(name: &str, take: usize) -> String {
    let mut letters = name.chars().take(take);
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// The letters of a family name that a label takes: without particles and spaces.
fn label_name(name: &str) -> String {
    let start = name.char_indices().find(|(_, c)| c.is_uppercase()).map_or(0, |(i, _)| i);
    name[start..].chars().filter(|c| c.is_alphanumeric()).collect()
}
