//! What rendering gives: a small tree of marked runs of text, each of which knows the variable it came from.

use crate::work::{DateField, Field, Role};

/// The text of a citation or of an entry of the reference list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    pub nodes: Vec<Node>,
}

/// A run of text, or a part of the text under one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Run(Run),
    Span(Span),
}

/// Text of one origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub source: Source,
}

/// A part of the text under one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub mark: Mark,
    pub children: Vec<Node>,
}

/// Where a run of text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// A text or number variable of the work.
    Field(Field),
    /// A date variable of the work.
    Date(DateField),
    /// A name variable of the work.
    Names(Role),
    /// The number of the work in the reference list.
    CitationNumber,
    /// The label made of names and year.
    CitationLabel,
    /// The letter that tells works of one author and year apart.
    YearSuffix,
    /// The place inside the work that the cite points to.
    Locator,
    /// The number of the note that cites the work first.
    FirstNote,
    /// A term of the locale.
    Term,
    /// The prefix or suffix that the writer gave a cite.
    Cite,
    /// An affix, a delimiter or fixed text of the style.
    Style,
}

/// How a part of the text is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Italic,
    /// Upright within italics.
    Upright,
    Bold,
    Light,
    /// Normal weight within bold or light text.
    NormalWeight,
    SmallCaps,
    /// Normal letters within small capitals.
    NormalCaps,
    Underline,
    NoUnderline,
    Superscript,
    Subscript,
    /// Back on the line within a superscript or subscript.
    Baseline,
    Block(Block),
    /// An address of the web (`http` or `https`).
    Link(String),
}

/// Where a part of an entry stands on the page (CSL 1.0.2, "display").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// From margin to margin.
    Block,
    /// In the left margin.
    LeftMargin,
    /// Right of what stands in the left margin.
    RightInline,
    /// A block, indented.
    Indent,
}

impl Output {
    /// The text without any marks.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        self.runs(|run| out.push_str(&run.text));
        out
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        let mut empty = true;
        self.runs(|run| empty &= run.text.is_empty());
        empty
    }

    /// Calls `f` with every run, in order.
    pub fn runs<'a>(&'a self, mut f: impl FnMut(&'a Run)) {
        fn walk<'a>(nodes: &'a [Node], f: &mut impl FnMut(&'a Run)) {
            for node in nodes {
                match node {
                    Node::Run(run) => f(run),
                    Node::Span(span) => walk(&span.children, f),
                }
            }
        }
        walk(&self.nodes, &mut f);
    }
}
