//! A project: a folder with `refs.bib`, documents and settings, and the store that indexes them.
//!
//! The text files are the truth. Every change to them goes through the `journal`; the `store` is brought up to
//! date from the files whenever it is missing, of another version, damaged or older than they are.

mod bib_file;
mod bibliography_file;
mod config;
mod documents;
mod error;
mod folder_files;
mod hash;
mod identity;
mod journal;
mod link;
mod load;
mod look;
mod refresh;
mod rekey;
mod resolved_file;
mod sources;
mod store;
mod verdicts_file;

use std::path::{Path, PathBuf};

pub use bib_file::{BibFile, DocumentEdit, Following, Recovery};
pub use bibliography_file::{Added, AddedWork, Trial};
pub use config::{CheckSettings, Config, RekeySettings, TidySettings};
pub use error::ProjectError;
pub use folder_files::FolderFiles;
pub use journal::{Record, Shrinking, replace_file};
pub use link::WorkIndex;
pub use load::{Incoming, Loaded, alone, store_of, store_of_works};
pub use rekey::Recited;
pub use sources::{Attachment, SOURCES};
pub use store::{ClaimPlace, Store, StoredDocument};
pub use verdicts_file::Recorded;

use journal::{Change, Journal, read_optional};

/// The bibliography of a project.
pub const BIBLIOGRAPHY: &str = "refs.bib";
const DOCUMENTS: &str = "documents.jsonl";
/// What people judged, accepted and linked.
pub const VERDICTS: &str = "verdicts.jsonl";
/// What sources said of the entries of the bibliography.
pub const RESOLVED: &str = "resolved.jsonl";
const SETTINGS: &str = "citetrail.toml";
const PRIVATE: &str = ".citetrail";

/// A project's folder.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    last_read: verdicts_file::LastRead,
}

impl Project {
    /// Starts a project in a folder. A `refs.bib` that is there already is kept as it is.
    pub fn init(folder: &Path) -> Result<Self, ProjectError> {
        if folder.join(SETTINGS).exists() {
            return Err(ProjectError::Exists(folder.to_owned()));
        }
        std::fs::create_dir_all(folder).map_err(ProjectError::io(folder))?;
        let project = Self { root: folder.to_owned(), last_read: verdicts_file::LastRead::default() };
        let journal = Journal::open(folder)?;
        let ignore = folder.join(PRIVATE).join(".gitignore");
        std::fs::write(&ignore, "# An index that citetrail rebuilds, and its undo journal.\n*\n")
            .map_err(ProjectError::io(&ignore))?;
        let mut changes =
            vec![Change { path: SETTINGS.into(), before: None, after: Some(config::TEMPLATE.as_bytes().to_vec()) }];
        if !folder.join(BIBLIOGRAPHY).exists() {
            changes.push(Change { path: BIBLIOGRAPHY.into(), before: None, after: Some(Vec::new()) });
        }
        changes.extend(project.merge_by_union()?);
        journal.commit("init", &changes, Shrinking::Refused)?;
        Ok(project)
    }

    /// The project a folder belongs to: the nearest one with a `citetrail.toml`, upwards.
    pub fn discover(from: &Path) -> Result<Self, ProjectError> {
        let from = std::path::absolute(from).map_err(ProjectError::io(from))?;
        from.ancestors()
            .find(|folder| folder.join(SETTINGS).is_file())
            .map(|root| Self { root: root.to_owned(), last_read: verdicts_file::LastRead::default() })
            .ok_or(ProjectError::NoProject(from))
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where answers of services are kept.
    pub fn cache_folder(&self) -> PathBuf {
        self.root.join(PRIVATE).join("cache")
    }

    /// The settings.
    pub fn config(&self) -> Result<Config, ProjectError> {
        let path = self.root.join(SETTINGS);
        let text = std::fs::read_to_string(&path).map_err(ProjectError::io(&path))?;
        toml::from_str(&text).map_err(|e| ProjectError::File { path, message: e.to_string().trim_end().to_owned() })
    }

    /// The folder of the index of works that the settings name.
    pub fn index_folder(&self) -> Result<Option<PathBuf>, ProjectError> {
        Ok(self.config()?.index.map(|folder| self.root.join(folder)))
    }

    /// Takes back the newest change of a text file; returns the command that made it.
    pub fn undo(&self) -> Result<String, ProjectError> {
        Journal::open(&self.root)?.undo()
    }

    /// The changes that can be taken back, oldest first.
    pub fn undoable(&self) -> Result<Vec<Record>, ProjectError> {
        Ok(Journal::open(&self.root)?.undoable()?.into_iter().map(|(_, record)| record).collect())
    }
}

/// A UTF-8 text file of the project, `""` when there is none.
fn read_text(path: &Path) -> Result<String, ProjectError> {
    text_of(path, read_optional(path)?.unwrap_or_default())
}

/// The content of a file as text.
fn text_of(path: &Path, bytes: Vec<u8>) -> Result<String, ProjectError> {
    String::from_utf8(bytes).map_err(|e| ProjectError::File {
        path: path.to_owned(),
        message: format!("not UTF-8 at byte {}; convert the file to UTF-8", e.utf8_error().valid_up_to()),
    })
}
