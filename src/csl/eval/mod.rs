//! Evaluation of a style for one cite or one entry: elements in, a small tree of pieces out.
//!
//! Evaluation is pure: what differs between two renderings of a work (how many names are shown, its year suffix,
//! its position) comes in through [`Facts`] and [`Disambiguation`].

mod around;
mod condition;
mod date;
mod hash;
mod label;
mod name_lists;
pub(super) mod name_parts;
mod names;
mod number;
mod person;
mod text;
mod variable;

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use citationberg::taxonomy::{Kind, Locator, NumberVariable, Variable};
use citationberg::{Formatting, IndependentStyle, InheritableNameOptions, LayoutRenderingElement as Element};

use super::case::Language;
use super::locale::{Locale, language_of};
use super::position::Position;
use super::tree::{Group, Piece};
use crate::work::{Field, Work};

use around::{Around, term_piece};
pub(super) use date::sortable as sortable_date;
use hash::ShortHasher;
pub(super) use number::sortable as sortable_number;
pub(super) use person::sortable as sortable_name;
pub(super) use variable::Var;

/// What stays the same for a whole rendering.
pub(super) struct Engine<'a> {
    pub style: &'a IndependentStyle,
    pub locale: Locale,
    pub works: &'a [Work],
    macros: HashMap<&'a str, &'a [Element], BuildHasherDefault<ShortHasher>>,
    variables: RefCell<HashMap<Variable, Var, BuildHasherDefault<ShortHasher>>>,
    /// The style prints the year suffix itself, not with the year.
    explicit_year_suffix: bool,
    /// The year suffix goes with the citation label.
    label_suffix: bool,
}

/// Which part of the style is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Citation,
    Bibliography,
}

/// What one evaluation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Display,
    /// A sort key: names in sorting order, dates and numbers so that they sort as text.
    Sort,
}

/// What a cite knows beyond its work.
#[derive(Debug, Clone)]
pub(super) struct Facts<'a> {
    pub position: Position,
    pub near_note: bool,
    /// The note that cited the work first.
    pub first_note: Option<u32>,
    pub locator: Option<(Locator, &'a str)>,
    /// The number of the work in the reference list.
    pub number: usize,
}

/// What tells a work apart from others that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Disambiguation {
    /// How many names each `names` block shows at least.
    pub shown: Vec<usize>,
    /// How much of the given name each name of each block shows at least.
    pub given: Vec<Vec<GivenLevel>>,
    pub year_suffix: Option<usize>,
    /// How many of the `disambiguate` conditions hold, in the order they are asked.
    pub conditions: usize,
}

/// How much of a given name is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum GivenLevel {
    #[default]
    None,
    Initials,
    Full,
}

/// A list of names as it was rendered, for disambiguation.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub role: crate::work::Role,
    /// How many names there are.
    pub total: usize,
    /// How many names were shown.
    pub shown: usize,
    /// The least that is shown of given names.
    pub base: GivenLevel,
    /// Initials are shown before full given names.
    pub has_initials: bool,
}

/// `names-min`, `names-use-first` and `names-use-last` of a sort key.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SortNames {
    pub min: Option<u32>,
    pub use_first: Option<u32>,
    pub use_last: Option<bool>,
}

/// One evaluation.
pub(super) struct Cx<'a, 'f> {
    pub work: &'a Work,
    pub kind: Option<Kind>,
    pub area: Area,
    pub purpose: Purpose,
    pub facts: &'f Facts<'f>,
    pub apart: &'f Disambiguation,
    pub options: &'f InheritableNameOptions,
    /// Variables that stood in for missing names, and are not printed again.
    pub suppressed: Vec<Variable>,
    /// Variables printed since recording began.
    pub printed: Vec<Variable>,
    pub blocks: Vec<Block>,
    pub year_suffix_done: bool,
    /// Something has been printed already.
    pub started: bool,
    /// How many names a sort key takes, where it says so.
    pub sort_names: Option<SortNames>,
    /// English, as far as the work's own language is known.
    pub language: Language,
    /// How many `disambiguate` conditions were asked.
    pub conditions: usize,
    /// The `names` element in whose place others are printed.
    pub substituting: Option<&'a citationberg::Names>,
    /// How many macros are open; the guard of the style bounds it, this makes it certain.
    depth: usize,
}

/// The outcome of evaluating elements.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub pieces: Vec<Piece>,
    /// A variable was asked for.
    pub called: bool,
    /// A variable that was asked for was there.
    pub filled: bool,
}

impl Built {
    fn push(&mut self, other: Built) {
        self.called |= other.called;
        self.filled |= other.filled;
        self.pieces.extend(other.pieces);
    }

    /// A variable that is not there.
    fn missing() -> Self {
        Self { pieces: Vec::new(), called: true, filled: false }
    }

    /// A variable that is there and prints nothing.
    fn nothing() -> Self {
        Self { pieces: Vec::new(), called: true, filled: true }
    }

    fn variable(piece: Piece) -> Self {
        let filled = !piece.is_empty();
        Self { pieces: vec![piece], called: true, filled }
    }

    fn constant(piece: Piece) -> Self {
        Self { pieces: vec![piece], called: false, filled: false }
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(Piece::is_empty)
    }

    /// What stays of a group that is dropped.
    fn emptied(self) -> Self {
        Self { pieces: Vec::new(), called: self.called, filled: self.filled }
    }
}

/// Macros inside macros beyond this are not evaluated; no style that passed the guard comes near.
const MAX_DEPTH: usize = 200;

impl<'a> Engine<'a> {
    pub fn new(style: &'a IndependentStyle, locale: Locale, works: &'a [Work]) -> Self {
        let macros = style.macros.iter().map(|m| (m.name.as_str(), m.children.as_slice())).collect();
        let year_suffix = Variable::Standard(citationberg::taxonomy::StandardVariable::YearSuffix);
        let label = Variable::Standard(citationberg::taxonomy::StandardVariable::CitationLabel);
        let layouts = std::iter::once(&style.citation.layout).chain(style.bibliography.iter().map(|b| &b.layout));
        let all: Vec<&[Element]> =
            style.macros.iter().map(|m| m.children.as_slice()).chain(layouts.map(|l| l.elements.as_slice())).collect();
        let anywhere = |variable| all.iter().any(|elements| elements.iter().any(|e| mentions(e, variable)));
        let (explicit, label_suffix) = (anywhere(year_suffix), anywhere(label));
        Self {
            style,
            locale,
            works,
            macros,
            variables: RefCell::default(),
            explicit_year_suffix: explicit || label_suffix,
            label_suffix: label_suffix && !explicit,
        }
    }

    /// The name options of an area: those of the style, and those of `citation` or `bibliography` over them.
    pub fn name_options(&self, area: Area) -> InheritableNameOptions {
        let own = match area {
            Area::Citation => Some(&self.style.citation.name_options),
            Area::Bibliography => self.style.bibliography.as_ref().map(|b| &b.name_options),
        };
        own.map_or_else(|| self.style.settings.options.clone(), |o| self.style.settings.options.apply(o))
    }

    pub fn context<'f>(
        &self,
        index: usize,
        area: Area,
        facts: &'f Facts<'f>,
        apart: &'f Disambiguation,
        options: &'f InheritableNameOptions,
    ) -> Cx<'a, 'f> {
        let work = &self.works[index];
        let language = match work.get(Field::Language) {
            Some(l) if l.len() >= 2 => language_of(l),
            _ => self.locale.language(),
        };
        Cx {
            work,
            kind: work.kind.as_str().parse().ok(),
            area,
            purpose: Purpose::Display,
            facts,
            apart,
            options,
            suppressed: Vec::new(),
            printed: Vec::new(),
            blocks: Vec::new(),
            year_suffix_done: false,
            started: false,
            sort_names: None,
            language,
            conditions: 0,
            substituting: None,
            depth: 0,
        }
    }

    /// Evaluates elements one after the other.
    pub fn elements(&self, cx: &mut Cx<'a, '_>, elements: &'a [Element]) -> Built {
        let mut built = Built::default();
        for element in elements {
            built.push(self.element(cx, element));
        }
        built
    }

    fn element(&self, cx: &mut Cx<'a, '_>, element: &'a Element) -> Built {
        let built = match element {
            Element::Text(text) => self.text(cx, text),
            Element::Date(date) => self.date(cx, date),
            Element::Number(number) => self.number(cx, number),
            Element::Names(names) => self.names(cx, names),
            Element::Label(label) => self.label(cx, label),
            Element::Group(group) => self.group(cx, group),
            Element::Choose(choose) => {
                let Some(children) = self.choose(cx, choose) else { return Built::default() };
                self.elements(cx, children)
            }
        };
        cx.started |= begins_entry(element) && !built.is_empty();
        built
    }

    /// The elements of a macro.
    pub fn macro_(&self, cx: &mut Cx<'a, '_>, name: &str) -> Built {
        let Some(elements) = self.macros.get(name).copied().filter(|_| cx.depth < MAX_DEPTH) else {
            return Built::default();
        };
        cx.depth += 1;
        let built = self.elements(cx, elements);
        cx.depth -= 1;
        built
    }

    /// A group is dropped when it asks for variables and none is there (CSL 1.0.2, "Group").
    fn group(&self, cx: &mut Cx<'a, '_>, group: &'a citationberg::Group) -> Built {
        let (blocks, started) = (cx.blocks.len(), cx.started);
        let inner = self.elements(cx, &group.children);
        if inner.is_empty() || (inner.called && !inner.filled) {
            cx.blocks.truncate(blocks);
            cx.started = started;
            return inner.emptied();
        }
        let piece = Group {
            children: inner.pieces,
            delimiter: group.delimiter.clone().unwrap_or_default(),
            prefix: group.prefix.clone().unwrap_or_default(),
            suffix: group.suffix.clone().unwrap_or_default(),
            formatting: Formatting {
                font_style: group.font_style,
                font_variant: group.font_variant,
                font_weight: group.font_weight,
                text_decoration: group.text_decoration,
                vertical_align: group.vertical_align,
            },
            display: group.display,
            ..Group::default()
        };
        // A group that prints something counts as a variable that is there for the group around it.
        Built { pieces: vec![piece.into()], called: true, filled: true }
    }
}

/// Whether what an element prints begins the entry, so that a term after it has no capital. The number in front does
/// not, as in citeproc-js; elements that hold others leave it to those.
fn begins_entry(element: &Element) -> bool {
    use citationberg::TextTarget;
    match element {
        Element::Group(_) | Element::Choose(_) => false,
        Element::Text(text) => match &text.target {
            TextTarget::Macro { .. } => false,
            TextTarget::Variable { var, .. } => *var != Variable::Number(NumberVariable::CitationNumber),
            TextTarget::Term { .. } | TextTarget::Value { .. } => true,
        },
        Element::Date(_) | Element::Number(_) | Element::Names(_) | Element::Label(_) => true,
    }
}

/// Whether an element asks for a variable, macros aside.
fn mentions(element: &Element, variable: Variable) -> bool {
    let any = |elements: &[Element]| elements.iter().any(|e| mentions(e, variable));
    match element {
        Element::Text(t) => {
            matches!(&t.target, citationberg::TextTarget::Variable { var, .. } if *var == variable)
        }
        Element::Group(g) => any(&g.children),
        Element::Choose(c) => {
            c.branches().any(|b| any(&b.children)) || c.otherwise.as_ref().is_some_and(|o| any(&o.children))
        }
        Element::Names(n) => n.substitute().is_some_and(|s| any(&s.children)),
        Element::Date(_) | Element::Number(_) | Element::Label(_) => false,
    }
}
