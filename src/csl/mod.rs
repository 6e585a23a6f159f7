//! Citations and reference lists in any style of the Citation Style Language (CSL 1.0.2).
//!
//! Style and locale files are parsed by `citationberg`; everything after that is here. Evaluating a style gives one
//! small tree of pieces (`eval`); sorting, disambiguation, collapsing and punctuation are passes over such trees;
//! the result is an [`Output`] whose runs know the variable they came from, and which `write` turns into text, HTML,
//! Markdown, LaTeX, Typst, RTF or JSON.
//!
//! ```
//! use citetrail::csl::{Citation, Style, Target, render};
//! use citetrail::work::{Date, DateField, Field, Name, NameList, Role, Work};
//!
//! let mut work = Work::default();
//! work.set(Field::Title, "On examples");
//! work.contributors.insert(Role::Author, NameList { names: vec![Name::person("Doe", "Jane")], incomplete: false });
//! work.dates.insert(DateField::Issued, Date::from_year(2021));
//! let style = Style::bundled("apa").unwrap();
//! let rendered = render(&style, None, &[work], &[Citation::of(0)]);
//! assert_eq!(rendered.citations[0].write(Target::Text), "(Doe, 2021)");
//! assert_eq!(rendered.bibliography[0].output.write(Target::Text), "Doe, J. (2021). On examples.");
//! ```

mod adjust;
mod archive;
mod bibliography;
mod case;
mod citation;
mod collapse;
mod disambiguate;
mod eval;
mod guard;
mod locale;
mod locator;
mod markup;
mod number;
mod output;
mod page_range;
mod position;
mod punctuation;
mod sort;
mod style;
#[cfg(test)]
mod tests;
mod tree;
mod write;

use std::str::FromStr;

pub use archive::knows_language;
pub use output::{Block, Mark, Node, Output, Run, Source, Span};
pub use position::Position;
pub use style::{Style, StyleError, StyleInfo};
pub use write::Target;

use crate::work::Work;
use eval::Engine;

/// One work in a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite<'a> {
    /// Index into the works that are rendered.
    pub work: usize,
    /// The place inside the work.
    pub locator: Option<Place<'a>>,
    /// Text before the cite; may hold inline markup.
    pub prefix: &'a str,
    /// Text after the cite; may hold inline markup.
    pub suffix: &'a str,
    pub mode: CiteMode,
    /// Its position, where the document knows better than the order of the citations tells.
    pub position: Option<Position>,
}

/// A place inside a work: "p. 12".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    pub label: LocatorLabel,
    pub value: &'a str,
}

/// What a locator counts: page, chapter, figure, … (CSL 1.0.2, "Locators").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocatorLabel(pub(crate) citationberg::taxonomy::Locator);

impl LocatorLabel {
    pub const PAGE: Self = Self(citationberg::taxonomy::Locator::Page);
}

impl FromStr for LocatorLabel {
    type Err = UnknownLocator;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse().map(Self).map_err(|()| UnknownLocator(s.to_owned()))
    }
}

/// A word that names no kind of locator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a kind of locator: write page, chapter, section, figure, paragraph, …")]
pub struct UnknownLocator(String);

/// How much of a cite is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CiteMode {
    #[default]
    Normal,
    /// Only the names: "Doe".
    AuthorOnly,
    /// All but the names: "(2021)".
    SuppressAuthor,
    /// The names in the sentence, the rest as a citation: "Doe (2021)".
    Composite,
}

/// One citation: a cluster of cites.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citation<'a> {
    pub cites: Vec<Cite<'a>>,
    /// The number of the note it stands in; `None` within the text.
    pub note_number: Option<u32>,
}

impl<'a> Cite<'a> {
    /// A cite of a work without anything else.
    pub fn of(work: usize) -> Self {
        Self { work, locator: None, prefix: "", suffix: "", mode: CiteMode::Normal, position: None }
    }
}

impl Citation<'_> {
    /// A citation of a single work.
    pub fn of(work: usize) -> Self {
        Self { cites: vec![Cite::of(work)], note_number: None }
    }
}

/// Everything rendered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// One text for each citation, in their order.
    pub citations: Vec<Output>,
    /// The reference list in the order of the style; empty when the style has none.
    pub bibliography: Vec<Entry>,
}

/// An entry of the reference list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Index into the works that were rendered.
    pub work: usize,
    pub output: Output,
}

/// Renders citations and the reference list of all works, those that are not cited too.
///
/// `locale` (a language tag such as `de-DE`) replaces the default locale of the style. Cites that point to no work
/// are left out.
pub fn render(style: &Style, locale: Option<&str>, works: &[Work], citations: &[Citation<'_>]) -> Rendered {
    let rendering = Rendering::new(style, locale, works, citations);
    Rendered { citations: rendering.citations().collect(), bibliography: rendering.bibliography().collect() }
}

/// Works in a style, put in order, numbered and told apart; every text is rendered when it is asked for. So a long
/// list can be written while it is rendered, and costs nothing when only its citations are wanted.
pub struct Rendering<'a> {
    engine: Engine<'a>,
    collation: sort::Collation,
    citations: &'a [Citation<'a>],
    /// The works as the reference list has them.
    order: Vec<usize>,
    /// The number of each work in that order.
    numbers: Vec<usize>,
    apart: Vec<eval::Disambiguation>,
}

impl<'a> Rendering<'a> {
    /// Takes what [`render`] takes.
    pub fn new(style: &'a Style, locale: Option<&str>, works: &'a [Work], citations: &'a [Citation<'a>]) -> Self {
        let lang = locale.or(style.default_locale.as_deref()).unwrap_or("en-US");
        let locale = locale::Locale::new(&style.style, lang);
        let collation = sort::Collation::new(&locale.lang);
        let engine = Engine::new(&style.style, locale, works);
        let order = bibliography::order(&engine, &collation, citations);
        let mut numbers = vec![0; works.len()];
        for (n, work) in order.iter().enumerate() {
            numbers[*work] = n + 1;
        }
        let apart = disambiguate::resolve(&engine, &order);
        Self { engine, collation, citations, order, numbers, apart }
    }

    /// One text for each citation, in their order.
    pub fn citations(&self) -> impl Iterator<Item = Output> {
        citation::render(&self.engine, &self.collation, self.citations, &self.numbers, &self.apart)
    }

    /// The reference list in the order of the style; empty when the style has none.
    pub fn bibliography(&self) -> impl Iterator<Item = Entry> {
        bibliography::render(&self.engine, &self.order, &self.numbers, &self.apart)
    }
}
