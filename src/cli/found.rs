//! The documents that a command is asked to read: files as they are named, and what lies in folders.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::args::ReadingArgs;
use super::error::CliError;
use super::output::{Console, count};
use super::scope::{io_message, reading};
use crate::document::{self, Format};
use crate::project::FolderFiles;

/// Folders within folders beyond this depth are not looked into.
const DEEPEST: usize = 64;
/// Endings of files that hold documents in formats that are not read.
const FOREIGN: &[&str] = &["pdf", "doc", "rtf", "odt", "epub", "pages", "djvu", "ps"];

/// The documents to read.
#[derive(Debug)]
pub(super) struct Found {
    pub documents: Vec<PathBuf>,
    /// Several were asked for, or a folder: one that cannot be read does not end the work.
    pub is_bulk: bool,
}

impl Found {
    /// The files named, and for each folder named the documents in it and below, by name. Hidden files are left out,
    /// and so are files of other kinds and those that a manuscript of the folder takes in.
    pub fn of(named: &[PathBuf], args: &ReadingArgs, console: &Console) -> Result<Self, CliError> {
        let mut documents = Vec::new();
        let mut is_bulk = named.len() > 1;
        let mut foreign = BTreeMap::new();
        for path in named {
            if path != Path::new("-") && path.is_dir() {
                is_bulk = true;
                let mut below = Vec::new();
                walk(path, DEEPEST, &mut below, &mut foreign)?;
                leave_out_parts(&mut below, args);
                documents.append(&mut below);
            } else {
                documents.push(path.clone());
            }
        }
        let mut seen = HashSet::new();
        documents.retain(|d| seen.insert(d.clone()));
        if !foreign.is_empty() {
            let all: Vec<String> =
                foreign.iter().map(|(ending, n)| format!("{} .{ending}", count(*n, "file"))).collect();
            console.warn(&format!("left out, since their formats are not read: {}", all.join(", ")));
        }
        if documents.is_empty() {
            return Err(CliError::Message(format!(
                "{}: there are no documents in it; known are files that end in {}",
                named[0].display(),
                Format::endings().map(|e| format!(".{e}")).collect::<Vec<_>>().join(", ")
            )));
        }
        Ok(Self { documents, is_bulk })
    }
}

/// The documents of a folder, those of its own before those of folders in it. Links to folders are not followed.
fn walk(
    folder: &Path,
    depth: usize,
    found: &mut Vec<PathBuf>,
    foreign: &mut BTreeMap<String, usize>,
) -> Result<(), CliError> {
    let entries = fs::read_dir(folder).map_err(|e| CliError::file(folder, io_message(&e)))?;
    let mut entries: Vec<fs::DirEntry> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name();
        // "~$paper.docx" is what Word writes beside a document that is open.
        if name.to_string_lossy().starts_with(['.', '~']) {
            continue;
        }
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            folders.push(path);
            continue;
        }
        let Some(ending) = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()) else { continue };
        if !path.is_file() {
            continue;
        }
        if Format::endings().any(|e| e == ending) {
            found.push(path);
        } else if FOREIGN.contains(&ending.as_str()) {
            *foreign.entry(ending).or_default() += 1;
        }
    }
    if depth > 0 {
        for folder in folders {
            // A folder that may not be read costs no other.
            let _ = walk(&folder, depth - 1, found, foreign);
        }
    }
    Ok(())
}

/// Takes out the files that others take in.
fn leave_out_parts(documents: &mut Vec<PathBuf>, args: &ReadingArgs) {
    let mut parts: HashSet<PathBuf> = HashSet::new();
    for path in documents.iter() {
        let named = path.extension().and_then(|e| e.to_str()).and_then(Format::from_name);
        if !named.is_some_and(Format::takes_in_files) {
            continue;
        }
        let Ok(files) = FolderFiles::of(path, args.root.as_deref()) else { continue };
        let Ok(bytes) = fs::read(path) else { continue };
        let included = document::included(&bytes, &reading(args, path, &bytes), &files);
        parts.extend(included.iter().filter_map(|p| fs::canonicalize(files.root().join(p)).ok()));
    }
    if !parts.is_empty() {
        documents.retain(|d| fs::canonicalize(d).map_or(true, |full| !parts.contains(&full)));
    }
}
