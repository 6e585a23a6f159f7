//! citetrail: which source backs this claim?
//!
//! A document is read into claims and references, the references into works, and every in-text citation is
//! resolved to the works it names. Without the feature `program` (on by default) there are only the readers, the
//! analysis and the formatting, which touch no file. `ARCHITECTURE.md` at the top of the project is the map of the modules.

pub mod analysis;
#[cfg(feature = "program")]
pub mod answers;
mod archive;
pub mod bibliography;
#[cfg(feature = "program")]
pub mod check;
pub mod citation;
#[cfg(feature = "program")]
pub mod cli;
pub mod csl;
pub mod document;
#[cfg(feature = "program")]
pub mod matching;
#[cfg(feature = "program")]
pub mod project;
pub mod reference;
#[cfg(feature = "program")]
pub mod report;
#[cfg(feature = "program")]
pub mod resolve;
pub mod review;
#[cfg(feature = "program")]
pub mod services;
pub mod text;
pub mod work;
