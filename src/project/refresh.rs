//! Keeping the store equal to the text files.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::documents::{self, DocumentRecord, ReferenceFingerprint, re_anchor};
use super::hash::ContentHash;
use super::journal::{Journal, read_optional};
use super::link::WorkIndex;
use super::store::{InputState, Store, StoredDocument, Writer};
use super::{BIBLIOGRAPHY, DOCUMENTS, PRIVATE, Project, ProjectError, read_text};
use crate::analysis::{Analysis, Bibliography, Listing, analyse_with};
use crate::bibliography::{self, Format, Problem};
use crate::document;
use crate::work::Work;

/// A file changed this shortly before the store was written may have changed again without showing it in its
/// time stamp (nanoseconds); it is compared by content.
const RACY: i64 = 50_000_000;

impl Project {
    /// The store, equal to the text files as they are now.
    pub fn store(&self) -> Result<Store, ProjectError> {
        if let Some(store) = self.current_store() {
            return Ok(store);
        }
        match Journal::open(&self.root) {
            Ok(_lock) => self.refresh(),
            // A project on a medium that cannot be written is still answered.
            Err(ProjectError::Io { source, .. }) if is_read_only(&source) => self.build(Store::in_memory()?),
            Err(error) => Err(error),
        }
    }

    /// Answers a question from the store; a damaged store is rebuilt from the files and asked again.
    pub fn ask<T, E: From<ProjectError>>(
        &self,
        question: impl Fn(&Store) -> Result<T, E>,
        is_store_error: impl Fn(&E) -> bool,
    ) -> Result<T, E> {
        match question(&self.store()?) {
            Err(error) if is_store_error(&error) => {
                let _lock = Journal::open(&self.root)?;
                question(&self.rebuild()?)
            }
            answer => answer,
        }
    }

    /// The store as it stands, when nothing changed since it was written.
    fn current_store(&self) -> Option<Store> {
        let stamp = std::fs::read_to_string(self.stamp_path()).ok()?;
        let metadata = std::fs::metadata(self.store_path()).ok()?;
        if stamp != stamp_of(&metadata) || self.is_change_pending() {
            return None;
        }
        let store = Store::open(&self.store_path()).ok()??;
        let written = modified(&metadata);
        let mut inputs = Vec::new();
        let names = store.document_names().ok()?.into_iter().map(|(_, name)| name);
        for name in names.chain([BIBLIOGRAPHY.to_owned(), DOCUMENTS.to_owned()]) {
            let known = store.input(&name).ok()??;
            inputs.extend(store.included(&name).ok()?);
            inputs.push((name, known));
        }
        for (name, known) in inputs {
            let path = self.root.join(&name);
            let same = match std::fs::metadata(&path) {
                Ok(m) if m.len() == known.size && modified(&m) == known.modified && written - known.modified > RACY => {
                    true
                }
                _ => input_state(&path).ok()?.hash == known.hash,
            };
            if !same {
                return None;
            }
        }
        Some(store)
    }

    /// Brings the store up to date; the caller holds the project's lock.
    pub(super) fn refresh(&self) -> Result<Store, ProjectError> {
        if let Some(store) = self.current_store() {
            return Ok(store);
        }
        let stamp = std::fs::read_to_string(self.stamp_path()).ok();
        let untouched = std::fs::metadata(self.store_path()).is_ok_and(|m| stamp == Some(stamp_of(&m)));
        if untouched
            && let Ok(Some(store)) = Store::open(&self.store_path())
            && let Ok(store) = self.build(store)
        {
            self.write_stamp()?;
            return Ok(store);
        }
        self.rebuild()
    }

    /// Makes the store anew from the files; the caller holds the project's lock.
    fn rebuild(&self) -> Result<Store, ProjectError> {
        let store = self.build(Store::create(&self.store_path())?)?;
        self.write_stamp()?;
        Ok(store)
    }

    /// Puts into a store what changed in the files since it was written.
    fn build(&self, mut store: Store) -> Result<Store, ProjectError> {
        let bibliography_path = self.root.join(BIBLIOGRAPHY);
        let bibliography_state = input_state(&bibliography_path)?;
        let works_changed = store.input(BIBLIOGRAPHY)?.map(|i| i.hash) != Some(bibliography_state.hash.clone());
        let works = if works_changed { read_bibliography(&bibliography_path)?.0 } else { store.works()? };

        let records_path = self.root.join(DOCUMENTS);
        let records_state = input_state(&records_path)?;
        let records_changed = store.input(DOCUMENTS)?.map(|i| i.hash) != Some(records_state.hash.clone());
        let (records, _) = documents::read(&read_text(&records_path)?);

        let index = WorkIndex::new(&works);
        let known = store.document_names()?;
        let mut put = Vec::new();
        for record in &records {
            let path = self.root.join(&record.document);
            let state = input_state(&path)?;
            let unchanged = store.input(&record.document)?.map(|i| i.hash) == Some(state.hash.clone())
                && store.included(&record.document)?.into_iter().try_fold(true, |same, (path, known)| {
                    Ok::<_, ProjectError>(same && input_state(&self.root.join(path))?.hash == known.hash)
                })?;
            let before = known.iter().find(|(_, name)| *name == record.document).map(|(id, _)| *id);
            let stored = match before.filter(|_| unchanged && !records_changed) {
                Some(_) if !works_changed => continue,
                // The works of a keyed manuscript are those of the bibliography.
                Some(id) => Some(store.document(id)?.analysis).filter(|a| !a.document.is_keyed()),
                None => None,
            };
            let analysis = match stored {
                Some(analysis) => analysis,
                None => {
                    let before = before.map(|id| store.document(id)).transpose()?;
                    let Some(analysis) = self.analyse(record, &works, before)? else { continue };
                    analysis
                }
            };
            let keys = index.keys(&analysis, Some(record));
            let included = self.included_states(record, &analysis)?;
            put.push((record.document.as_str(), state, analysis, keys, included));
        }
        let gone = known.iter().map(|(_, name)| name).filter(|n| !records.iter().any(|r| r.document == **n));

        store.write(|writer| {
            if works_changed {
                writer.clear_works()?;
                add_works(writer, &works)?;
                writer.set_input(BIBLIOGRAPHY, &bibliography_state)?;
            }
            for name in gone {
                writer.remove_document(name)?;
            }
            for (name, state, analysis, keys, included) in &put {
                writer.put_document(name, analysis, keys)?;
                writer.set_included(name, included)?;
                writer.set_input(name, state)?;
            }
            writer.set_input(DOCUMENTS, &records_state)
        })?;
        Ok(store)
    }

    /// Brings a store that was up to date in line with a change just committed: `inputs` were written, `works` were
    /// appended to the bibliography. The change itself is safe already, so what fails here only makes the next
    /// question refresh the store from the files.
    pub(super) fn update_store(
        &self,
        store: &mut Store,
        inputs: &[&str],
        works: &[Work],
        more: impl FnOnce(&Writer<'_>) -> rusqlite::Result<()>,
    ) {
        let update = || -> Result<(), ProjectError> {
            // A reference without an entry may have got one: then all are linked anew at the next question.
            let linked = works.is_empty() || !store.has_unlinked_references()?;
            let mut written: Vec<&str> = inputs.to_vec();
            written.extend(Some(BIBLIOGRAPHY).filter(|_| linked));
            let states = written
                .into_iter()
                .map(|name| Ok((name, input_state(&self.root.join(name))?)))
                .collect::<Result<Vec<_>, ProjectError>>()?;
            store.write(|writer| {
                add_works(writer, works)?;
                more(writer)?;
                states.iter().try_for_each(|(name, state)| writer.set_input(name, state))
            })?;
            self.write_stamp()
        };
        let _ = update();
    }

    /// Reads a document of the project again; `None` when its file is gone or no longer a document (`check` says so).
    /// Claims edited since the reading `before` keep their ids; loading the document records that for good.
    fn analyse(
        &self,
        record: &DocumentRecord,
        works: &[Work],
        before: Option<StoredDocument>,
    ) -> Result<Option<Analysis>, ProjectError> {
        let Some(bytes) = read_optional(&self.root.join(&record.document))? else { return Ok(None) };
        let files = record.files(&self.root);
        let Ok(document) = document::read_with(&bytes, &record.options(&bytes), &files) else { return Ok(None) };
        let renamed = |key: &str| record.works.get(&ReferenceFingerprint::of_key(key)).cloned();
        let bibliography = Bibliography { renamed: &renamed, ..Bibliography::new(works, Listing::Cited) };
        let mut analysis = analyse_with(document, &bibliography);
        let mut record = record.clone();
        if let Some(before) = before {
            re_anchor(&before.analysis, &analysis, &mut record);
        }
        record.restore_ids(&mut analysis);
        Ok(Some(analysis))
    }

    /// The files that a document takes in, by their paths in the project, as they are.
    pub(super) fn included_states(
        &self,
        record: &DocumentRecord,
        analysis: &Analysis,
    ) -> Result<Vec<(String, InputState)>, ProjectError> {
        let paths = analysis.document.included.iter().map(|file| record.path_of(file));
        paths.map(|path| Ok((path.clone(), input_state(&self.root.join(path))?))).collect()
    }

    /// Problems of the text files themselves, each with its file and a message that names line and advice.
    pub fn file_problems(&self) -> Result<Vec<(String, String)>, ProjectError> {
        let mut problems: Vec<(String, String)> = read_bibliography(&self.root.join(BIBLIOGRAPHY))?
            .1
            .into_iter()
            .map(|p| (BIBLIOGRAPHY.to_owned(), p.to_string()))
            .collect();
        let (records, unread) = documents::read(&read_text(&self.root.join(DOCUMENTS))?);
        for (line, reason) in unread {
            problems
                .push((DOCUMENTS.to_owned(), format!("line {line} cannot be read ({reason}); correct or remove it")));
        }
        for problem in self.ledger()?.1 {
            problems.push((super::VERDICTS.to_owned(), format!("line {}: {}", problem.line, problem.message)));
        }
        for (line, reason) in self.resolutions()?.problems {
            let message = format!("line {line} cannot be read ({reason}); remove it, or run `citetrail resolve` again");
            problems.push((super::RESOLVED.to_owned(), message));
        }
        for record in records {
            let message = match read_optional(&self.root.join(&record.document))? {
                None => "the file is gone; load it again, or take its line out of documents.jsonl".to_owned(),
                Some(bytes) => match document::read(&bytes, &record.options(&bytes)) {
                    Ok(_) => continue,
                    Err(error) => error.to_string(),
                },
            };
            problems.push((record.document, message));
        }
        Ok(problems)
    }

    /// Remembers what the store file looks like, so that any change to it from outside is noticed.
    fn write_stamp(&self) -> Result<(), ProjectError> {
        let path = self.store_path();
        let metadata = std::fs::metadata(&path).map_err(ProjectError::io(&path))?;
        let stamp = self.stamp_path();
        std::fs::write(&stamp, stamp_of(&metadata)).map_err(ProjectError::io(&stamp))
    }

    fn is_change_pending(&self) -> bool {
        let Ok(entries) = std::fs::read_dir(self.root.join(PRIVATE).join("journal")) else { return false };
        entries.flatten().any(|e| e.file_name().to_string_lossy().ends_with(".pending"))
    }

    fn store_path(&self) -> PathBuf {
        self.root.join(PRIVATE).join("store.db")
    }

    fn stamp_path(&self) -> PathBuf {
        self.root.join(PRIVATE).join("store.stamp")
    }
}

pub(super) fn add_works(writer: &Writer<'_>, works: &[Work]) -> rusqlite::Result<()> {
    works.iter().try_for_each(|work| writer.add_work(work))
}

fn read_bibliography(path: &Path) -> Result<(Vec<Work>, Vec<Problem>), ProjectError> {
    let bytes = read_optional(path)?.unwrap_or_default();
    let library = bibliography::read(&bytes, Some(Format::BIBTEX))
        .map_err(|e| ProjectError::File { path: path.to_owned(), message: e.to_string() })?;
    Ok((library.works, library.problems))
}

/// The present state of an input file; a missing one counts as empty.
pub(super) fn input_state(path: &Path) -> Result<InputState, ProjectError> {
    let metadata = std::fs::metadata(path).ok();
    let bytes = read_optional(path)?.unwrap_or_default();
    Ok(InputState {
        hash: ContentHash::of(&bytes),
        size: bytes.len() as u64,
        modified: metadata.as_ref().map_or(0, modified),
    })
}

fn modified(metadata: &Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |d| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX))
}

fn stamp_of(metadata: &Metadata) -> String {
    format!("{} {}\n", metadata.len(), modified(metadata))
}

fn is_read_only(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem)
}
