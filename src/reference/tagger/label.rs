//! The labels of tokens.

/// How many labels there are.
pub const LABELS: usize = 13;

/// The field that a token is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Label {
    /// In no field: punctuation between fields, "In", "pp.".
    Other,
    Author,
    Editor,
    Date,
    Title,
    Container,
    Series,
    Volume,
    Issue,
    Pages,
    Publisher,
    Place,
    /// Edition, genre, remarks.
    Note,
}

impl Label {
    /// All labels, in the order of the weights of a model.
    pub const ALL: [Self; LABELS] = [
        Self::Other,
        Self::Author,
        Self::Editor,
        Self::Date,
        Self::Title,
        Self::Container,
        Self::Series,
        Self::Volume,
        Self::Issue,
        Self::Pages,
        Self::Publisher,
        Self::Place,
        Self::Note,
    ];
}
