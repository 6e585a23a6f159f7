//! Files of works ⇄ [`Work`]s.
//!
//! A format is one module with a `Spec` and one line in `FORMATS`. Readers keep what they understand and say
//! what they do not: a mistake costs the entry or field it is in, and becomes a [`Problem`]. Only a file that is
//! not of the format at all is a [`ReadError`].
//!
//! `.bib` files are special: [`bibtex`] also edits their source text without touching what was not asked for.

pub mod bibtex;
mod csl_json;
#[cfg(test)]
mod damage;
mod draft;
pub mod duplicates;
mod endnote_kinds;
mod json;
pub mod key_pattern;
mod loss;
mod marc;
mod position;
#[cfg(test)]
mod round_trip;
mod service;
mod source;
mod table;
mod tagged;
mod xml;
mod yaml;

use std::fmt;
use std::path::Path;

use thiserror::Error;

use crate::work::Work;

pub use loss::{Loss, losses};
pub use position::Lines;
pub use source::{Encoding, Source};

/// The formats known, most specific sniffing first.
static FORMATS: &[&Spec] = &[
    &tagged::ovid::SPEC,
    &tagged::refworks::SPEC,
    &tagged::ris::SPEC,
    &tagged::nbib::SPEC,
    &tagged::wos::SPEC,
    &tagged::enw::SPEC,
    &marc::binary::SPEC,
    &marc::slim::SPEC,
    &xml::rdf::SPEC,
    &xml::mods::SPEC,
    &xml::pubmed::SPEC,
    &xml::unixref::SPEC,
    &xml::datacite::SPEC,
    &xml::citavi::SPEC,
    &xml::endnote::SPEC,
    &xml::word::SPEC,
    &xml::jats::SPEC,
    &xml::tei::SPEC,
    &yaml::cff::SPEC,
    &yaml::csl::SPEC,
    &yaml::hayagriva::SPEC,
    &service::crossref::SPEC,
    &service::openalex::SPEC,
    &service::datacite::SPEC,
    &service::europe_pmc::SPEC,
    &csl_json::SPEC,
    &csl_json::LINES_SPEC,
    &table::CSV_SPEC,
    &table::TSV_SPEC,
    &bibtex::SPEC,
];

/// What a format has to say about itself.
struct Spec {
    /// The name used on the command line.
    name: &'static str,
    aliases: &'static [&'static str],
    /// File name endings without the dot, lower case.
    extensions: &'static [&'static str],
    /// Whether a file that begins like this is of the format. Text is what [`Source::decode`] made of the bytes.
    sniff: fn(&str) -> bool,
    read: fn(&Source) -> Result<Library, ReadError>,
    /// None for formats that are only read.
    write: Option<fn(&[Work]) -> String>,
}

/// A bibliography format.
#[derive(Clone, Copy)]
pub struct Format(&'static Spec);

impl Format {
    /// BibTeX and biblatex.
    pub const BIBTEX: Self = Self(&bibtex::SPEC);
    pub const CSL_JSON: Self = Self(&csl_json::SPEC);
    pub const RIS: Self = Self(&tagged::ris::SPEC);

    /// All formats.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().copied().map(Self)
    }

    /// The format of a name ("bib", "csl-json"); case does not matter.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::all().find(|f| {
            f.0.name.eq_ignore_ascii_case(name) || f.0.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
        })
    }

    /// The format a file name's extension stands for.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::all().find(|f| f.0.extensions.contains(&extension.as_str()))
    }

    /// The format of a file: a name that ends in `.bib` decides, since any text is a `.bib` file; else what the file
    /// looks like, and then its name.
    pub fn of_file(bytes: &[u8], path: &Path) -> Option<Self> {
        let named = Self::from_path(path);
        named.filter(|f| *f == Self::BIBTEX).or_else(|| Self::sniff(bytes)).or(named)
    }

    /// The formats that can be written.
    pub fn written() -> impl Iterator<Item = Self> {
        Self::all().filter(|f| f.is_written())
    }

    /// Whether the format can be written, and not only read.
    pub fn is_written(self) -> bool {
        self.0.write.is_some()
    }

    /// The format a file looks like from its first bytes.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        // The beginning tells; a character cut in two at its end must not decide the encoding.
        let mut head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
        if let Err(error) = std::str::from_utf8(head)
            && error.error_len().is_none()
        {
            head = &head[..error.valid_up_to()];
        }
        Self::of_text(Source::decode(head).text())
    }

    fn of_text(head: &str) -> Option<Self> {
        Self::all().find(|f| (f.0.sniff)(head))
    }

    pub fn name(self) -> &'static str {
        self.0.name
    }
}

/// How much of a file is looked at to tell its format.
const SNIFFED_BYTES: usize = 64 * 1024;

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Format({})", self.0.name)
    }
}

/// What was read from a file: its works in their order, and what could not be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Library {
    pub works: Vec<Work>,
    pub problems: Vec<Problem>,
}

/// Something in a file that was not understood, or understood only in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, what was done, and what to do about it.
    pub message: String,
    /// 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// The key of the entry concerned.
    pub key: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if let Some(key) = &self.key {
            write!(f, "{key}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// Why a file was not read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    #[error("the format of the file is not known: name it ({})", Format::all().map(Format::name).collect::<Vec<_>>().join(", "))]
    UnknownFormat,
    #[error("line {line}, column {column}: not {format}: {reason}; give the right format or repair the file")]
    NotOfFormat { format: &'static str, line: usize, column: usize, reason: String },
}

/// Reads a file. Without a format the file's beginning decides.
///
/// # Errors
/// When the format cannot be told, or nothing in the file is of the format.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Library, ReadError> {
    let format = format.or_else(|| Format::sniff(bytes)).ok_or(ReadError::UnknownFormat)?;
    (format.0.read)(&Source::decode(bytes))
}

/// Writes works as a whole new file. [`losses`] tells what it does not say.
///
/// # Panics
/// When the format is only read: see [`Format::is_written`].
pub fn write(works: &[Work], format: Format) -> String {
    (format.0.write.expect("the format can be written"))(works)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name_extension_and_beginning() {
        assert_eq!(Format::from_name("BibTeX").unwrap().name(), "bib");
        assert_eq!(Format::from_path(Path::new("a/refs.BIB")).unwrap().name(), "bib");
        assert_eq!(Format::from_path(Path::new("refs.json")).unwrap().name(), "csl-json");
        assert_eq!(Format::from_path(Path::new("refs")), None);
        assert_eq!(Format::sniff(b"% mine\n@book{a, title = {T}}").unwrap().name(), "bib");
        assert_eq!(Format::sniff(b"\xef\xbb\xbf [{\"id\": 1, \"type\": \"book\"}]").unwrap().name(), "csl-json");
        assert_eq!(Format::sniff(b"Dear @all, hello"), None);
    }

    #[test]
    fn a_file_of_no_known_format_is_refused() {
        let error = read(b"hello", None).unwrap_err();
        assert!(
            error.to_string().starts_with("the format of the file is not known: name it (ovid, refworks, ris, "),
            "{error}"
        );
    }
}
