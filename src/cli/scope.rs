//! Where a question is asked: one document, or the project around the current folder.

use std::io::Read;
use std::path::Path;

use super::args::{ReadingArgs, ScopeArgs};
use super::error::CliError;
use super::output::Console;
use crate::analysis::{Analysis, Bibliography, Listing, analyse_with};
use crate::answers::Reviews;
use crate::bibliography;
use crate::document::{self, Document, Format, ReadOptions};
use crate::project::{FolderFiles, Project, Store, replace_file, store_of};
use crate::work::Work;

/// What can be asked.
pub(super) enum Scope {
    Project(Project),
    /// One document, in a store in memory.
    Document(Store),
}

impl Scope {
    pub fn new(args: &ScopeArgs, project: Option<&Path>, console: &Console) -> Result<Self, CliError> {
        let Some(path) = &args.document else {
            return Ok(Self::Project(project_at(project)?));
        };
        let (analysis, works) = analysed(args, path, console)?;
        Ok(Self::Document(store_of(&shown_name(path), analysis, works)?))
    }

    /// Asks the store; a damaged one is rebuilt from the files and asked again.
    pub fn ask<T>(&self, question: impl Fn(&Store) -> Result<T, CliError>) -> Result<T, CliError> {
        match self {
            Self::Project(project) => project.ask(question, CliError::is_store_error),
            Self::Document(store) => question(store),
        }
    }

    /// What people judged of the pairs in the store; nothing of a document outside a project.
    pub fn reviews(&self, store: &Store) -> Result<Reviews, CliError> {
        match self {
            Self::Project(project) => Ok(Reviews::new(store, &project.ledger()?.0)?),
            Self::Document(_) => Ok(Reviews::default()),
        }
    }

    pub fn project(&self) -> Option<&Project> {
        match self {
            Self::Project(project) => Some(project),
            Self::Document(_) => None,
        }
    }
}

/// The project in a folder, or around the current one.
pub(super) fn project_at(folder: Option<&Path>) -> Result<Project, CliError> {
    Ok(Project::discover(folder.unwrap_or(Path::new(".")))?)
}

/// Reads a file, or standard input for "-".
pub(super) fn read_input(path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).map_err(|e| CliError::file(Path::new("standard input"), e))?;
    } else {
        bytes = std::fs::read(path).map_err(|e| CliError::file(path, io_message(&e)))?;
    }
    Ok(bytes)
}

/// An I/O error in words that say what to do.
pub(super) fn io_message(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file; check the name".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_owned(),
        std::io::ErrorKind::IsADirectory => "is a folder; name a file in it".to_owned(),
        _ => error.to_string(),
    }
}

/// How a document is to be read: what was typed, else what its name and beginning say.
pub(super) fn reading(args: &ReadingArgs, path: &Path, bytes: &[u8]) -> ReadOptions {
    let format = args.format.unwrap_or_else(|| Format::of_file(path, bytes));
    ReadOptions { format: Some(format), reference_heading: args.references_heading.clone() }
}

/// A file of works is no document, though any text could be read as one; with a format typed it is what was typed.
pub(super) fn refuse_bibliography(args: &ReadingArgs, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let Some(format) = bibliography_format(path, bytes).filter(|_| args.format.is_none()) else { return Ok(()) };
    let name = path.display();
    Err(CliError::file(
        Path::new(&shown_name(path)),
        format!(
            "this is a bibliography ({}) and no document; its works: `citetrail refs list --bib {name}`; to take them into \
             a project: `citetrail refs import {name}`; to resolve the citations of a document with them: `--bib {name}` \
             beside that document; to read it as text all the same: --format text",
            format.name()
        ),
    ))
}

/// The format of a file that is a bibliography by its name or beginning, and no document by either.
fn bibliography_format(path: &Path, bytes: &[u8]) -> Option<bibliography::Format> {
    // An `.xml` file that holds no article may hold works.
    let is_text = matches!(Format::of_file(path, bytes), Format::Text | Format::Jats);
    if !is_text || Format::sniff(bytes) != Format::Text {
        return None;
    }
    let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let is_document = ending.as_deref().is_some_and(|e| Format::from_name(e).is_some());
    let named = bibliography::Format::from_path(path).filter(|_| !is_document);
    // A pasted document may hold a table, or words with a colon behind them; and it may show an entry of a `.bib` file.
    let is_plain = |f: &bibliography::Format| {
        !matches!(f.name(), "csv" | "tsv" | "hayagriva" | "csl-yaml" | "cff")
            && (*f != bibliography::Format::BIBTEX || begins_with_entry(bytes))
    };
    named.or_else(|| bibliography::Format::sniff(bytes).filter(is_plain))
}

/// Whether the first line that is no remark begins with an entry of a `.bib` file.
fn begins_with_entry(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let first = head.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('%'));
    first.is_some_and(|l| l.starts_with('@') && l.contains(['{', '(']))
}

/// Reads one document, with the files that it takes in.
pub(super) fn read_document(path: &Path, bytes: &[u8], args: &ReadingArgs) -> Result<Document, CliError> {
    let refused = |message: String| CliError::file(Path::new(&shown_name(path)), message);
    refuse_bibliography(args, path, bytes)?;
    let options = reading(args, path, bytes);
    let read = if path == Path::new("-") {
        document::read(bytes, &options)
    } else {
        document::read_with(bytes, &options, &FolderFiles::of(path, args.root.as_deref()).map_err(refused)?)
    };
    read.map_err(|e| refused(e.to_string()))
}

/// Reads one document and resolves its citations; also gives the works of its bibliography.
pub(super) fn analysed(args: &ScopeArgs, path: &Path, console: &Console) -> Result<(Analysis, Vec<Work>), CliError> {
    let bytes = read_input(path)?;
    let document = read_document(path, &bytes, &args.reading)?;
    for notice in &document.notices {
        console.warn(&format!("{}: {}", shown_name(path), notice.message));
    }
    let works = match &args.bib {
        Some(bib) => read_works(bib, console)?,
        None => named_works(path, &document, console)?,
    };
    Ok((analyse_with(document, &Bibliography::new(&works, Listing::All)), works))
}

/// The works of the bibliography files that a manuscript names, where they lie beside it.
pub(super) fn named_works(path: &Path, document: &Document, console: &Console) -> Result<Vec<Work>, CliError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut works = Vec::new();
    for name in &document.bibliographies {
        let file = folder.join(name);
        if bibliography::Format::from_path(&file).is_some() && file.is_file() {
            works.extend(read_works(&file, console)?);
        } else {
            console.warn(&format!(
                "{}: its bibliography “{name}” is not there or of no known format; name one with --bib",
                shown_name(path)
            ));
        }
    }
    Ok(works)
}

/// Reads the works of a bibliography file; what could not be read is said.
pub(super) fn read_works(path: &Path, console: &Console) -> Result<Vec<Work>, CliError> {
    let bytes = read_input(path)?;
    let format = bibliography::Format::of_file(&bytes, path);
    let library = bibliography::read(&bytes, format).map_err(|e| CliError::file(path, e))?;
    for problem in &library.problems {
        console.warn(&format!("{}: {problem}", shown_name(path)));
    }
    Ok(library.works)
}

/// Writes an answer into a file, whole or not at all. A folder that is not there is not made: it may be a slip.
pub(super) fn write_file(path: &Path, content: &[u8]) -> Result<(), CliError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(CliError::file(path, "there is no such folder; make it first"));
    }
    Ok(replace_file(path, content)?)
}

pub(super) fn shown_name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}
