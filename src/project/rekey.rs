//! What follows in a project when entries of `refs.bib` get other keys: the record of which entry each reference is, and
//! the citations in manuscripts.

use std::collections::BTreeMap;

use super::bib_file::{DocumentEdit, Following};
use super::documents::{self, Fingerprinted, ReferenceFingerprint, re_anchor, with_record};
use super::journal::{Change, read_optional};
use super::store::Store;
use super::{DOCUMENTS, Project, ProjectError, read_text};
use crate::analysis::{Bibliography, Listing, analyse_with};
use crate::document::{self, KeyPlace, RawReference};

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
    /// The manuscripts of the project that cite by renamed keys, with their citations changed and no other byte.
    pub fn recited(&self, renamed: &BTreeMap<String, String>) -> Result<Vec<Recited>, ProjectError> {
        let (records, _) = documents::read(&read_text(&self.root.join(DOCUMENTS))?);
        let mut found = Vec::new();
        for record in records {
            let path = self.root.join(&record.document);
            let Some(before) = read_optional(&path)? else { continue };
            let Ok(places) = document::key_places(&before, &record.options(&before)) else { continue };
            let recited = recite(&record.document, before, &places, renamed);
            found.extend(recited);
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
            if let Some(edit) = following.documents.iter().find(|d| d.name == record.document) {
                for (old, new) in &following.renamed {
                    record.works.remove(&ReferenceFingerprint::of_key(old));
                    record.works.insert(ReferenceFingerprint::of_key(new), new.clone());
                }
                changed = true;
                if let (Some(stored), Ok(document)) =
                    (&stored, document::read(&edit.after, &record.options(&edit.after)))
                {
                    // Only the text of claims matters here, not what they cite.
                    let analysis = analyse_with(document, &Bibliography::new(&[], Listing::Cited));
                    re_anchor(&stored.analysis, &analysis, &mut record);
                }
            }
            if changed {
                after = with_record(&after, &record);
            }
        }
        Ok((after != text).then(|| Change { path: DOCUMENTS.into(), before, after: Some(after.into_bytes()) }))
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
