//! The tree that evaluating a style gives, before delimiters, affixes and punctuation become text.
//!
//! Delimiters and affixes stay properties of their group, so that a pass may still take parts away (collapsing,
//! suppressing an author) without leaving stray punctuation behind.

use citationberg::{Display, Formatting};

use super::output::Source;

#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text(Text),
    Group(Box<Group>),
}

#[derive(Debug, Clone)]
pub(super) struct Text {
    pub text: String,
    pub source: Source,
}

/// Pieces with what surrounds them.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub children: Vec<Piece>,
    pub delimiter: String,
    pub prefix: String,
    pub suffix: String,
    pub formatting: Formatting,
    pub quotes: Quotes,
    pub display: Option<Display>,
    pub link: Option<String>,
    pub role: GroupRole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Quotes {
    #[default]
    No,
    Yes,
    /// Marks that were single where nothing else is quoted stay single.
    Single,
}

/// What later passes know a group by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum GroupRole {
    #[default]
    Plain,
    /// Markup inside a field: italics within italics become upright.
    Inline,
    /// Markup inside a field whose letters keep their case.
    NoCase,
    /// All that one `names` element printed.
    Names,
    /// One name.
    Name,
    /// The names of one variable.
    NameList,
    /// A date.
    Date,
    /// The year of a date, with its suffix.
    Year,
}

impl Piece {
    pub fn text(text: impl Into<String>, source: Source) -> Self {
        Self::Text(Text { text: text.into(), source })
    }

    pub fn group(children: Vec<Piece>) -> Self {
        Self::Group(Box::new(Group { children, ..Group::default() }))
    }

    /// Whether nothing would be printed.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(t) => t.text.is_empty(),
            Self::Group(g) => g.children.iter().all(Piece::is_empty),
        }
    }

    /// Calls `f` with every text, in order; affixes and delimiters are not texts.
    pub fn texts_mut(&mut self, f: &mut impl FnMut(&mut Text)) {
        match self {
            Self::Text(t) => f(t),
            Self::Group(g) => g.children.iter_mut().for_each(|c| c.texts_mut(f)),
        }
    }

    /// Calls `f` with every text, in order.
    pub fn texts<'a>(&'a self, f: &mut impl FnMut(&'a Text)) {
        match self {
            Self::Text(t) => f(t),
            Self::Group(g) => g.children.iter().for_each(|c| c.texts(f)),
        }
    }

    /// The first group of a role, in order of printing.
    pub fn find(&self, role: GroupRole) -> Option<&Group> {
        match self {
            Self::Text(_) => None,
            Self::Group(g) if g.role == role => (!g.children.iter().all(Piece::is_empty)).then_some(g),
            Self::Group(g) => g.children.iter().find_map(|c| c.find(role)),
        }
    }

    /// The first group of a role that prints something, to change it.
    pub fn find_mut(&mut self, role: GroupRole) -> Option<&mut Group> {
        match self {
            Self::Text(_) => None,
            Self::Group(g) => {
                if g.role != role {
                    return g.children.iter_mut().find_map(|c| c.find_mut(role));
                }
                (!g.children.iter().all(Piece::is_empty)).then_some(g)
            }
        }
    }
}

impl From<Group> for Piece {
    fn from(group: Group) -> Self {
        Self::Group(Box::new(group))
    }
}
