//! What the trainer of the tagger needs of this module. Not for other uses.

pub use super::tagger::{Calibration, JUNCTIONS, LABELS, Label, Model, Observed, labels, log_odds};
use super::{lex, segment, tagger};

/// A token of a prepared reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    /// One character that is neither letter nor digit.
    pub mark: bool,
}

/// A reference as the tagger will see it: its tokens, and what is seen at each.
#[must_use]
pub fn prepare(raw: &str) -> (Vec<Token>, Observed) {
    let text = super::Prepared::of(raw).map_or(String::new(), |prepared| prepared.text);
    let rules = segment::segment(&text, segment::ListStyle::default());
    let tokens = tagger::fine_tokens(&text)
        .iter()
        .map(|t| Token { text: t.text.to_owned(), mark: matches!(t.kind, lex::TokenKind::Mark(_)) })
        .collect();
    (tokens, tagger::look(&text, &rules))
}
