//! A `.bib` file that a command edits: the project's own, or any other one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::journal::{Change, Journal, Shrinking, read_optional, replace_file};
use super::{BIBLIOGRAPHY, Project, ProjectError};
use crate::bibliography::bibtex;

/// A file as it was when it was read.
#[derive(Debug, Clone)]
pub struct BibFile {
    path: PathBuf,
    /// The project in whose folder it lies, and its path there.
    project: Option<(Project, PathBuf)>,
    before: Arc<Vec<u8>>,
}

/// How a change can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovery {
    /// By `citetrail undo`.
    Undo,
    /// From this copy of the file as it was.
    Copy(PathBuf),
    /// Nothing was changed.
    Unchanged,
}

/// What else changes with a file.
#[derive(Debug, Clone, Default)]
pub struct Following {
    /// Keys that entries had → keys that stand for their works now.
    pub renamed: BTreeMap<String, String>,
    /// Documents of the project whose citations change too.
    pub documents: Vec<DocumentEdit>,
}

/// New content of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentEdit {
    /// Path relative to the project.
    pub name: String,
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

impl BibFile {
    /// The project's `refs.bib`.
    pub fn of_project(project: &Project) -> Result<Self, ProjectError> {
        let path = project.root.join(BIBLIOGRAPHY);
        let before = read_optional(&path)?.unwrap_or_default();
        Ok(Self { path, project: Some((project.clone(), BIBLIOGRAPHY.into())), before: Arc::new(before) })
    }

    /// Any file. One that lies in a project's folder is changed through that project's journal.
    pub fn at(path: &Path) -> Result<Self, ProjectError> {
        let before = std::fs::read(path).map_err(ProjectError::io(path))?;
        let full = std::fs::canonicalize(path).map_err(ProjectError::io(path))?;
        let project = full.parent().and_then(|folder| Project::discover(folder).ok()).and_then(|project| {
            let inside = full.strip_prefix(&project.root).ok()?.to_owned();
            Some((project, inside))
        });
        Ok(Self { path: path.to_owned(), project, before: Arc::new(before) })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The project, when this is its `refs.bib`.
    pub fn own_project(&self) -> Option<&Project> {
        self.project.as_ref().filter(|(_, path)| path == Path::new(BIBLIOGRAPHY)).map(|(project, _)| project)
    }

    pub fn bytes(&self) -> &[u8] {
        &self.before
    }

    /// The text, a byte order mark included.
    pub fn text(&self) -> Result<&str, ProjectError> {
        bibtex::editable(&self.before).map_err(|e| self.error(&e))
    }

    /// An error of the file.
    pub fn error(&self, error: &impl ToString) -> ProjectError {
        ProjectError::File { path: self.path.clone(), message: error.to_string() }
    }

    /// Puts another text in the place of the file's, with everything that follows from it; all or nothing.
    pub fn write(
        &self,
        command: &str,
        after: String,
        following: &Following,
        shrinking: Shrinking,
    ) -> Result<Recovery, ProjectError> {
        if after.as_bytes() == *self.before && following.documents.is_empty() && following.renamed.is_empty() {
            return Ok(Recovery::Unchanged);
        }
        let Some((project, path)) = &self.project else {
            return self.write_alone(&after, shrinking);
        };
        let journal = Journal::open(&project.root)?;
        let is_own = self.own_project().is_some();
        let before = Some(Arc::clone(&self.before)).filter(|b| !b.is_empty() || self.path.exists());
        let mut changes = vec![Change { path: path.clone(), before, after: Some(after.into_bytes()) }];
        if is_own && !following.renamed.is_empty() {
            let store = project.refresh()?;
            changes.extend(project.records_following(&store, following)?);
        }
        for document in &following.documents {
            changes.push(Change {
                path: document.name.clone().into(),
                before: Some(Arc::new(document.before.clone())),
                after: Some(document.after.clone()),
            });
        }
        journal.commit(command, &changes, shrinking)?;
        // The store follows at the next question, so that an edit takes no longer for all that is not edited.
        Ok(Recovery::Undo)
    }

    /// A file of no project has no journal: a copy of it is kept beside it.
    fn write_alone(&self, after: &str, shrinking: Shrinking) -> Result<Recovery, ProjectError> {
        let full = std::fs::canonicalize(&self.path).map_err(ProjectError::io(&self.path))?;
        if std::fs::read(&full).map_err(ProjectError::io(&self.path))? != *self.before {
            return Err(ProjectError::ChangedOutside { path: self.path.clone() });
        }
        let (was, is) = (self.before.len(), after.len());
        if shrinking == Shrinking::Refused && was >= 512 && is < was / 2 {
            return Err(ProjectError::Shrinks { path: self.path.clone(), before: was, after: is });
        }
        let mut copy = self.path.clone().into_os_string();
        copy.push("~");
        let copy = PathBuf::from(copy);
        let mut full_copy = full.clone().into_os_string();
        full_copy.push("~");
        replace_file(Path::new(&full_copy), &self.before)?;
        replace_file(&full, after.as_bytes())?;
        Ok(Recovery::Copy(copy))
    }
}
