//! citetrail: which source backs this claim?
//!
//! A document is read into claims and references, the references into works, and every in-text citation is
//! resolved to the works it names. `ARCHITECTURE.md` at the top of the project is the map of the modules.

pub mod analysis;
pub mod answers;
pub mod bibliography;
pub mod check;
pub mod citation;
pub mod cli;
pub mod csl;
pub mod document;
pub mod project;
pub mod reference;
pub mod text;
pub mod work;
