//! What an element adds around its text: case, formatting, quotation marks, affixes.

use citationberg::{Display, Formatting, TextCase};

use crate::csl::case::{self, Language};
use crate::csl::output::Source;
use crate::csl::tree::{Group, Piece, Quotes};
use crate::work::Field;

/// What an element adds around its text.
pub(super) struct Around<'a> {
    pub formatting: Formatting,
    pub prefix: Option<&'a str>,
    pub suffix: Option<&'a str>,
    pub quotes: Quotes,
    pub display: Option<Display>,
    pub text_case: Option<TextCase>,
    pub strip_periods: bool,
}

impl Around<'_> {
    /// Puts case, periods, formatting and affixes on pieces.
    pub fn wrap(&self, mut children: Vec<Piece>, language: Language) -> Group {
        if self.strip_periods {
            for child in &mut children {
                strip_periods(child);
            }
        }
        if let Some(text_case) = self.text_case {
            case::apply(&mut children, text_case, language);
        }
        Group {
            children,
            prefix: self.prefix.unwrap_or_default().to_owned(),
            suffix: self.suffix.unwrap_or_default().to_owned(),
            formatting: self.formatting,
            quotes: self.quotes,
            display: self.display,
            ..Group::default()
        }
    }
}

/// Affixes inside are the style's own and stay; an identifier without its points would be another.
fn strip_periods(piece: &mut Piece) {
    match piece {
        Piece::Text(t) if matches!(t.source, Source::Field(Field::Doi | Field::Url | Field::Isbn | Field::Issn)) => {}
        Piece::Text(t) => t.text.retain(|c| c != '.'),
        Piece::Group(g) => g.children.iter_mut().for_each(strip_periods),
    }
}

/// A term of the locale as a piece.
pub(super) fn term_piece(text: &str) -> Piece {
    Piece::text(text, Source::Term)
}
