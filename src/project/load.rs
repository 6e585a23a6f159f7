//! Loading a document into a project.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::bibliography_file::Added;
use super::documents::{self, DocumentRecord, Fingerprinted, re_anchor};
use super::journal::{Change, Journal, Shrinking, read_optional};
use super::link::WorkIndex;
use super::refresh::cited_works;
use super::store::{Row, StoredDocument};
use super::{
    BIBLIOGRAPHY, DOCUMENTS, FolderFiles, PRIVATE, Project, ProjectError, RESOLVED, SETTINGS, VERDICTS, read_text,
};
use crate::analysis::{Analysis, Bibliography, Listing, TakenKeys, analyse_with};
use crate::bibliography::bibtex::Fingerprint;
use crate::document::{self, Document, Files, Format, NoFiles, ReadOptions};
use crate::text::fold;
use crate::work::Work;

/// A document to load.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Where it comes from; `None` for standard input.
    pub path: Option<PathBuf>,
    /// The name it is to have in the project, in place of its own.
    pub name: Option<String>,
    pub bytes: Vec<u8>,
    pub options: ReadOptions,
    /// The folder below which the document may take in files, when it is not its own.
    pub root: Option<PathBuf>,
    /// The works whose keys the document cites, beside those of the project.
    pub works: Vec<Work>,
}

/// What loading did.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Path in the project.
    pub name: String,
    pub analysis: Analysis,
    /// Parallel to the references.
    pub added: Added,
    /// The document was in the project before.
    pub updated: bool,
}

impl Project {
    /// Reads a document into the project: a copy of it if it lies elsewhere, its references into `refs.bib`, its
    /// claims into the store. Loading again updates.
    pub fn load(&self, incoming: &Incoming, force: Shrinking) -> Result<Loaded, ProjectError> {
        let shown = incoming.path.clone().unwrap_or_else(|| "standard input".into());
        let refused = |message: String| ProjectError::File { path: shown.clone(), message };
        let files = incoming.files().map_err(refused)?;
        let files: &dyn Files = files.as_ref().map_or(&NoFiles, |files| files);
        let document =
            document::read_with(&incoming.bytes, &incoming.options, files).map_err(|e| refused(e.to_string()))?;

        let journal = Journal::open(&self.root)?;
        let mut store = self.refresh()?;
        let mut works = incoming.works.clone();
        works.extend(cited_works(&store, &document, &|_| None)?);
        let mut analysis = analyse_with(document, &Bibliography::new(&works, Listing::Cited));
        let Placed { name, root } = self.place_for(incoming, &analysis)?;
        let records_text = read_text(&self.root.join(DOCUMENTS))?;
        let (records, _) = documents::read(&records_text);
        let mut record = records.into_iter().find(|r| r.document == name).unwrap_or_else(|| DocumentRecord {
            document: name.clone(),
            works: Default::default(),
            kept_ids: Default::default(),
            format: None,
            root: None,
        });
        record.root = root;
        let format = incoming.options.format.filter(|f| *f != Format::of_file(Path::new(&name), &incoming.bytes));
        record.format = format.map(|f| f.name().to_owned());
        let stored = store.document_names()?.into_iter().find(|(_, n)| *n == name);
        let old = stored.map(|(id, _)| store.document(id)).transpose()?;
        if let Some(old) = &old {
            if force == Shrinking::Refused && is_another(&old.analysis.document, &analysis.document) {
                return Err(ProjectError::File {
                    path: shown,
                    message: format!(
                        "the project has another document as {name} (“{}”); load this one with --as NAME, or replace that one with --force",
                        old.analysis.document.title.as_deref().unwrap_or("untitled")
                    ),
                });
            }
            re_anchor(&old.analysis, &analysis, &mut record);
        }
        record.restore_ids(&mut analysis);

        // A reference that is recorded under a key keeps it, whatever its entry says by now.
        let works = analysis
            .document
            .references
            .iter()
            .zip(&analysis.references)
            .map(|(raw, parsed)| {
                let recorded = record.works.get(&raw.fingerprint()).cloned();
                let known = recorded.map(|key| store.work(&key).map(|w| w.map(|_| key))).transpose()?.flatten();
                let mut work = if raw.cut { Work::default() } else { parsed.work.clone() };
                // The key of an entry of a bibliography is its author's choice.
                if raw.known.is_none() {
                    work.key.clear();
                }
                Ok((work, known))
            })
            .collect::<Result<Vec<_>, ProjectError>>()?;
        let addition = self.addition(&store, works)?;
        record.works = analysis
            .document
            .references
            .iter()
            .zip(&addition.report.works)
            .filter_map(|(raw, added)| Some((raw.fingerprint(), added.key()?.to_owned())))
            .collect();

        let records_after = documents::with_record(&records_text, &record);
        let target = self.root.join(&name);
        let present = read_optional(&target)?;
        if old.is_none() && force == Shrinking::Refused && present.as_ref().is_some_and(|b| *b != incoming.bytes) {
            return Err(ProjectError::File {
                path: target,
                message: "this file is there already and is not a document of the project; choose another name with --as NAME, or replace it with --force".to_owned(),
            });
        }
        let mut changes: Vec<Change> = addition.change.into_iter().collect();
        changes.push(Change {
            path: DOCUMENTS.into(),
            before: read_optional(&self.root.join(DOCUMENTS))?.map(Arc::new),
            after: Some(records_after.into_bytes()),
        });
        changes.push(Change {
            path: PathBuf::from(&name),
            before: present.map(Arc::new),
            after: Some(incoming.bytes.clone()),
        });
        changes.extend(self.copies(&record, &analysis, files, old.is_some() || force == Shrinking::Allowed)?);
        journal.commit(&format!("load {name}"), &changes, force)?;

        let keys: Vec<Option<String>> = addition.report.works.iter().map(|a| a.key().map(str::to_owned)).collect();
        let included = self.included_states(&record, &analysis)?;
        self.update_store(&mut store, &[DOCUMENTS, &name], &addition.appended, |writer| {
            writer.put_document(&name, &analysis, &keys)?;
            writer.set_included(&name, &included)
        });
        Ok(Loaded { name, analysis, added: addition.report, updated: old.is_some() })
    }

    /// The files that the document takes in, as changes, where they do not lie in the project already.
    fn copies(
        &self,
        record: &DocumentRecord,
        analysis: &Analysis,
        files: &dyn Files,
        may_replace: bool,
    ) -> Result<Vec<Change>, ProjectError> {
        let mut changes = Vec::new();
        for file in &analysis.document.included {
            let Ok(bytes) = files.read(file) else { continue };
            let path = PathBuf::from(record.path_of(file));
            let target = self.root.join(&path);
            let before = read_optional(&target)?;
            match &before {
                Some(present) if *present == bytes => continue,
                Some(_) if !may_replace => {
                    return Err(ProjectError::File {
                        path: target,
                        message: "another file is there already in the place of one that the document takes in; load the document under another name with --as NAME, or replace the file with --force".to_owned(),
                    });
                }
                _ => changes.push(Change { path, before: before.map(Arc::new), after: Some(bytes) }),
            }
        }
        Ok(changes)
    }

    /// Where a document has its place in the project: its own when the file lies in the project's folder, else below
    /// `documents/`, with the files it takes in around it as they are.
    fn place_for(&self, incoming: &Incoming, analysis: &Analysis) -> Result<Placed, ProjectError> {
        let at = |name: String| Ok(Placed { name: not_ours(name)?, root: None });
        if let Some(name) = &incoming.name {
            let path = Path::new(name);
            if name.is_empty() || !path.components().all(|c| matches!(c, Component::Normal(_))) {
                return Err(ProjectError::File {
                    path: path.to_owned(),
                    message: "a document's name must be a path inside the project, without “..”".to_owned(),
                });
            }
            return at(if path.components().count() > 1 { name.clone() } else { format!("documents/{name}") });
        }
        let Some(path) = &incoming.path else {
            let title = fold(analysis.document.title.as_deref().unwrap_or("document"));
            let slug: String = title.replace(' ', "-").chars().take(60).collect();
            return at(format!("documents/{}.txt", if slug.is_empty() { "document" } else { slug.as_str() }));
        };
        let canonical = |path: &Path| std::fs::canonicalize(path).map_err(ProjectError::io(path));
        let (full, root) = (canonical(path)?, canonical(&self.root)?);
        let inside = |full: &Path| {
            let parts = full.strip_prefix(&root).ok()?.components();
            Some(parts.map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/"))
        };
        if let Some(name) = inside(&full) {
            let mut placed = at(name)?;
            if let Some(given) = &incoming.root {
                placed.root = Some(inside(&canonical(given)?).ok_or_else(|| ProjectError::File {
                    path: given.clone(),
                    message:
                        "a document of the project takes in files of the project only; name a folder in it".to_owned(),
                })?);
            }
            return Ok(placed);
        }
        let file_name = full.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if analysis.document.included.is_empty() {
            return at(format!("documents/{file_name}"));
        }
        let stem = full.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = format!("documents/{stem}");
        let own = incoming.files().ok().flatten().map_or(file_name, |files| files.own_path().to_owned());
        let has_folder = own.contains('/');
        Ok(Placed { name: format!("{folder}/{own}"), root: has_folder.then_some(folder) })
    }
}

impl Incoming {
    /// The files that the document may take in, when it comes from a file.
    fn files(&self) -> Result<Option<FolderFiles>, String> {
        self.path.as_deref().map(|path| FolderFiles::of(path, self.root.as_deref())).transpose()
    }
}

/// Where a document has its place in the project.
struct Placed {
    name: String,
    /// The folder below which it takes in files, when it is not its own.
    root: Option<String>,
}

/// Refuses the files that make the project as documents.
fn not_ours(name: String) -> Result<String, ProjectError> {
    let first = name.split('/').next().unwrap_or_default();
    if [BIBLIOGRAPHY, DOCUMENTS, RESOLVED, SETTINGS, VERDICTS].contains(&name.as_str()) || first == PRIVATE {
        let message = "this file belongs to the project itself and is no document".to_owned();
        return Err(ProjectError::File { path: name.into(), message });
    }
    Ok(name)
}

/// Whether two documents say of themselves that they are different ones.
fn is_another(a: &Document, b: &Document) -> bool {
    let differ = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if fold(a) != fold(b));
    differ(a.title.as_deref(), b.title.as_deref())
        || differ(a.container.as_deref(), b.container.as_deref())
        || differ(a.doi.as_ref().map(|d| d.as_str()), b.doi.as_ref().map(|d| d.as_str()))
}

/// One document without a project: the keys of its works, which are those of `bibliography` where it has them, and all
/// works that are then known.
pub fn alone(name: &str, mut analysis: Analysis, bibliography: Vec<Work>) -> (StoredDocument, Vec<Work>) {
    let mut keys = WorkIndex::new(&bibliography).keys(&analysis);
    let mut taken: TakenKeys = bibliography.iter().map(|w| w.key.clone()).collect();
    let mut works = bibliography;
    for (key, parsed) in keys.iter_mut().zip(&mut analysis.references) {
        if key.is_none() {
            parsed.work.key = taken.unique(&parsed.work);
            *key = Some(parsed.work.key.clone());
            works.push(parsed.work.clone());
        }
    }
    (StoredDocument { id: 0, name: name.to_owned(), analysis, keys }, works)
}

/// A store in memory over one document and, if given, a bibliography; for questions without a project.
pub fn store_of(name: &str, analysis: Analysis, bibliography: Vec<Work>) -> Result<super::Store, ProjectError> {
    let mut store = super::Store::in_memory()?;
    let (document, works) = alone(name, analysis, bibliography);
    store.write(|writer| {
        writer.append_works(&rows(&works))?;
        writer.put_document(name, &document.analysis, &document.keys)
    })?;
    Ok(store)
}

/// A store in memory over the works of a bibliography alone.
pub fn store_of_works(works: &[Work]) -> Result<super::Store, ProjectError> {
    let mut store = super::Store::in_memory()?;
    store.write(|writer| writer.append_works(&rows(works)))?;
    Ok(store)
}

/// Works of no file that could change.
fn rows(works: &[Work]) -> Vec<Row> {
    works.iter().map(|work| Row::new(work, Fingerprint::from_bytes([0; 16]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_documents_stay_inside() {
        let dir = tempfile::tempdir().unwrap();
        let project = Project::init(dir.path()).unwrap();
        let incoming = |name: &str| Incoming {
            path: None,
            name: Some(name.to_owned()),
            bytes: vec![],
            options: ReadOptions::default(),
            root: None,
            works: vec![],
        };
        let analysis = crate::analysis::analyse(crate::document::Document::default());
        assert_eq!(project.place_for(&incoming("a.txt"), &analysis).unwrap().name, "documents/a.txt");
        assert_eq!(project.place_for(&incoming("x/a.txt"), &analysis).unwrap().name, "x/a.txt");
        for name in ["../a.txt", "/etc/a", "", "x/../../a", ".citetrail/store.db"] {
            assert!(project.place_for(&incoming(name), &analysis).is_err(), "{name}");
        }
    }
}
