//! What follows in a project when entries of `refs.bib` get other keys: the record of which entry each reference is, and
//! the citations in manuscripts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bib_file::{DocumentEdit, Following};
use super::documents::{self, DocumentRecord, Fingerprinted, ReferenceFingerprint, re_anchor, with_record};
use super::journal::{Change, read_optional};
use super::store::Store;
use super::{DOCUMENTS, FolderFiles, Project, ProjectError, read_text};
use crate::analysis::{Bibliography, Listing, analyse_with};
use crate::document::{self, Files, KeyPlace, NotRead, RawReference};

/// Citations of one document that follow a change of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recited {
    pub edit: DocumentEdit,
    /// How many citations change.
    pub changed: usize,
    /// Citations whose key is put together by the document's own commands: line, column (from 1) and key.
    pub left: Vec<(usize, usize, String)>,
}

impl Project {
    /// The manuscripts of the project, and the files they take in, that cite by renamed keys, with their citations changed
    /// and no other byte.
    pub fn recited(&self, renamed: &BTreeMap<String, String>) -> Result<Vec<Recited>, ProjectError> {
        let (records, _) = documents::read(&read_text(&self.root.join(DOCUMENTS))?);
        // A file may be taken in by several manuscripts, and be one itself.
        let mut by_file: BTreeMap<String, Vec<KeyPlace>> = BTreeMap::new();
        for record in records {
            let Some(bytes) = read_optional(&self.root.join(&record.document))? else { continue };
            let files = record.files(&self.root);
            let Ok(places) = document::key_places(&bytes, &record.options(&bytes), &files) else { continue };
            for place in places {
                let name = place.file.as_ref().map_or(record.document.clone(), |file| record.path_of(file));
                by_file.entry(name).or_default().push(place);
            }
        }
        let mut found = Vec::new();
        for (name, mut places) in by_file {
            places.sort_by_key(|p| (p.line, p.column, p.bytes.as_ref().map(|b| b.start)));
            places.dedup_by(|a, b| (a.line, a.column, &a.key, &a.bytes) == (b.line, b.column, &b.key, &b.bytes));
            let Some(before) = read_optional(&self.root.join(&name))? else { continue };
            found.extend(recite(&name, before, &places, renamed));
        }
        Ok(found)
    }

    /// The change of `documents.jsonl`, if there is one: its references stay those of the same entries, and claims of
    /// rewritten documents keep their ids.
    pub(super) fn records_following(
        &self,
        store: &Store,
        following: &Following,
    ) -> Result<Option<Change>, ProjectError> {
        let path = self.root.join(DOCUMENTS);
        let before = read_optional(&path)?;
        let text = read_text(&path)?;
        let (records, _) = documents::read(&text);
        let mut after = text.clone();
        let names = store.document_names()?;
        for mut record in records {
            let mut changed = false;
            for key in record.works.values_mut() {
                if let Some(new) = following.renamed.get(key) {
                    key.clone_from(new);
                    changed = true;
                }
            }
            let stored = names.iter().find(|(_, name)| *name == record.document);
            let stored = stored.map(|(id, _)| store.document(*id)).transpose()?;
            if let Some(stored) = &stored {
                // A key that was cited after the document was loaded is not recorded yet.
                let is_entry = |raw: &&RawReference| raw.known.as_ref().map(|work| &work.key) == raw.label.as_ref();
                for raw in stored.analysis.document.references.iter().filter(is_entry) {
                    if let Some(new) = raw.label.as_ref().and_then(|key| following.renamed.get(key)) {
                        changed |= record.works.insert(raw.fingerprint(), new.clone()).as_ref() != Some(new);
                    }
                }
            }
            let included = stored.iter().flat_map(|s| &s.analysis.document.included).map(|file| record.path_of(file));
            let parts: Vec<String> = included.chain([record.document.clone()]).collect();
            if following.documents.iter().any(|edit| parts.contains(&edit.name)) {
                let own = following.documents.iter().find(|edit| edit.name == record.document);
                let bytes = match own {
                    Some(edit) => Some(edit.after.clone()),
                    None => read_optional(&self.root.join(&record.document))?,
                }
                .unwrap_or_default();
                let files =
                    AfterEdits { files: record.files(&self.root), record: &record, edits: &following.documents };
                let read = document::read_with(&bytes, &record.options(&bytes), &files);
                for (old, new) in &following.renamed {
                    record.works.remove(&ReferenceFingerprint::of_key(old));
                    record.works.insert(ReferenceFingerprint::of_key(new), new.clone());
                }
                changed = true;
                if let (Some(stored), Ok(document)) = (&stored, read) {
                    // Only the text of claims matters here, not what they cite.
                    let analysis = analyse_with(document, &Bibliography::new(&[], Listing::Cited));
                    re_anchor(&stored.analysis, &analysis, &mut record);
                }
            }
            if changed {
                after = with_record(&after, &record);
            }
        }
        Ok((after != text).then(|| Change {
            path: DOCUMENTS.into(),
            before: before.map(Arc::new),
            after: Some(after.into_bytes()),
        }))
    }
}

/// The files that a document takes in as they will be.
struct AfterEdits<'a> {
    files: FolderFiles,
    record: &'a DocumentRecord,
    edits: &'a [DocumentEdit],
}

impl Files for AfterEdits<'_> {
    fn own_path(&self) -> &str {
        self.files.own_path()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, NotRead> {
        let name = self.record.path_of(path);
        match self.edits.iter().find(|edit| edit.name == name) {
            Some(edit) => Ok(edit.after.clone()),
            None => self.files.read(path),
        }
    }
}

fn recite(name: &str, before: Vec<u8>, places: &[KeyPlace], renamed: &BTreeMap<String, String>) -> Option<Recited> {
    let mut after = Vec::with_capacity(before.len());
    let (mut at, mut changed) = (0, 0);
    let mut left = Vec::new();
    for place in places {
        let Some(new) = renamed.get(&place.key) else { continue };
        match &place.bytes {
            Some(bytes) if bytes.start >= at => {
                after.extend_from_slice(&before[at..bytes.start]);
                after.extend_from_slice(new.as_bytes());
                at = bytes.end;
                changed += 1;
            }
            Some(_) => {}
            None => left.push((place.line, place.column, place.key.clone())),
        }
    }
    if changed == 0 && left.is_empty() {
        return None;
    }
    after.extend_from_slice(&before[at..]);
    Some(Recited { edit: DocumentEdit { name: name.to_owned(), before, after }, changed, left })
}
