//! A trained tagger: which word of a reference is in which field.
//!
//! A linear chain over the tokens of a reference: what is seen at a token ([`observe`]) and the labels of two
//! neighbours decide together. What the rules of [`segment`](super::segment) found is one of the things seen
//! ([`hints`]), so the tagger corrects the rules where their mistakes show, and follows them elsewhere. The
//! weights are trained by `examples/train_references` and read in place; `model.md` says from what.

mod chain;
mod chunks;
mod hints;
mod known;
mod label;
mod model;
mod observe;
mod spans;
mod words;

use super::segment::Segments;
pub use chain::JUNCTIONS;
pub use label::{LABELS, Label};
pub use model::{Calibration, Model, log_odds};
pub(super) use spans::{Corrected, corrected};
pub(super) use words::fine_tokens;

/// A reference as the tagger sees it: of every token, the features and how it is joined to the token before.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    /// The features of all tokens, one token after the other.
    pub features: Vec<u64>,
    /// Where the features of each token end in [`features`](Self::features).
    pub ends: Vec<usize>,
    /// The kind of junction before each token, below [`JUNCTIONS`].
    pub junctions: Vec<u8>,
}

/// The labels that fit best together, and the probability of each.
#[must_use]
pub fn labels(model: &Model, seen: &Observed) -> (Vec<Label>, Vec<f32>) {
    let tagged = chain::tag(model, seen);
    (tagged.labels, tagged.sure)
}

/// Looks at a mended reference and at what the rules made of it.
pub(super) fn look(text: &str, rules: &Segments) -> Observed {
    let tokens = fine_tokens(text);
    let hints = hints::hints(text, &tokens, rules);
    observe::observe(text, &tokens, &hints)
}
