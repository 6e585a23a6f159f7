//! Identifiers of works: those that are missing are looked for, those that are there are verified.
//!
//! An [`Entry`] is asked about in [`WorkSources`]; the answer is a [`Resolution`], which says what is so, in which sources,
//! as of which day, and what was asked. It speaks of the entry as it was: when its fields are changed, it no longer holds
//! ([`Kept`]). Nothing is decided here: what is certain may be written, everything else is shown to a person.

mod entry;
mod find;
mod fingerprint;
mod kept;
mod resolution;
mod sources;
mod verify;

pub use entry::{Entry, in_words};
pub use find::find;
pub use fingerprint::EntryFingerprint;
pub use kept::{Kept, Recorded, merged, read, written};
pub use resolution::{Difference, Had, NoticeSaid, OriginSaid, Resolution, Seen, Standing};
pub use sources::WorkSources;
pub use verify::verify;

#[cfg(test)]
mod tests;
