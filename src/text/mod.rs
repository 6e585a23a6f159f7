//! Text without meaning: folding, spans, distances and safe output.
//!
//! Everything here is a pure function over strings and knows nothing of works or documents.
//! Offsets that leave this crate count Unicode scalar values ([`Span`]); byte offsets stay inside a function.

mod count;
mod distance;
mod escape;
mod fold;
mod sentences;
mod span;

pub use count::count;
pub use distance::{is_one_slip, similarity};
pub use escape::{csv_cell, inert, inert_line, is_web_address, push_html};
pub use fold::{collapse_spaces, fold, fold_key, plain_letters};
pub use sentences::{RAISED, sentences};
pub use span::{ScalarOffsets, Span};
