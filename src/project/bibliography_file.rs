//! Changes to `refs.bib`: works added and removed without touching another byte.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::journal::{Change, Journal, Shrinking, read_optional};
use super::store::{MeetingKey, Store, meeting_keys};
use super::{BIBLIOGRAPHY, Project, ProjectError};
use crate::analysis::TakenKeys;
use crate::bibliography::bibtex::{self, BibText};
use crate::bibliography::duplicates::{COMPARED, Evidence, Record};
use crate::work::{Sameness, Work, same_work};

/// What became of works that were to join the bibliography, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Added {
    pub works: Vec<AddedWork>,
}

/// Whether works join the bibliography, or it is only told what would become of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    Write,
    Only,
}

/// What became of one work.
#[derive(Debug, Clone, PartialEq)]
pub enum AddedWork {
    /// It is a new entry with this key; `alike` are keys of entries that may be the same publication.
    New { key: String, alike: Vec<String> },
    /// It was there already under this key.
    Known { key: String },
    /// Too little of it could be read to make an entry.
    Unreadable,
}

impl AddedWork {
    /// The key under which the work is in the bibliography now.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::New { key, .. } | Self::Known { key } => Some(key),
            Self::Unreadable => None,
        }
    }
}

/// New entries worked out but not yet written.
#[derive(Debug)]
pub(super) struct Addition {
    pub report: Added,
    /// The text that is appended to the file.
    pub appended: String,
    /// The change of the file, when there is one.
    pub change: Option<Change>,
}

impl Project {
    /// Adds works to `refs.bib`; those that are there already are recognised, and records of databases are recognised in
    /// all their spellings. With
    /// [`Trial::Only`] nothing is written.
    pub fn import_works(&self, command: &str, works: Vec<Work>, trial: Trial) -> Result<Added, ProjectError> {
        let journal = Journal::open(&self.root)?;
        let mut store = self.refresh()?;
        let mut known = KnownWorks { store: &store, records: HashMap::new() };
        let found = works.iter().map(|work| known.find(work)).collect::<Result<Vec<_>, _>>()?;
        let key = |found: &Option<(String, Evidence)>| found.as_ref().map(|(key, _)| key.clone());
        let certain = |found: &Option<(String, Evidence)>| {
            key(found).filter(|_| found.as_ref().is_some_and(|(_, e)| e.is_certain()))
        };
        let works = works.into_iter().zip(&found).map(|(work, found)| (work, certain(found))).collect();
        let mut addition = self.addition(&store, works)?;
        for (outcome, found) in addition.report.works.iter_mut().zip(&found) {
            if let (AddedWork::New { alike, .. }, Some(key)) = (outcome, key(found))
                && !alike.contains(&key)
            {
                alike.push(key);
            }
        }
        if trial == Trial::Write {
            let changes: Vec<Change> = addition.change.into_iter().collect();
            journal.commit(command, &changes, Shrinking::Refused)?;
            self.update_store(&mut store, &[], &addition.appended, |_| Ok(()));
        }
        Ok(addition.report)
    }

    /// Works out the entries to append for works, some of which are known under a key already.
    pub(super) fn addition(&self, store: &Store, works: Vec<(Work, Option<String>)>) -> Result<Addition, ProjectError> {
        let path = self.root.join(BIBLIOGRAPHY);
        let before = read_optional(&path)?.map(Arc::new);
        let failed = |e: bibtex::EditError| ProjectError::File { path: path.clone(), message: e.to_string() };
        let source = bibtex::editable(before.as_deref().map_or(&[][..], Vec::as_slice)).map_err(failed)?;
        let file = BibText::new(source);
        let mut taken: TakenKeys = file.keys().map(str::to_owned).collect();
        let mut entries: Vec<Work> = Vec::new();
        // The new entries under each of their keys, so that many are not compared with all.
        let mut new: HashMap<MeetingKey, Vec<usize>> = HashMap::new();
        let mut report = Added::default();
        for (mut work, known) in works {
            let outcome = match known {
                Some(key) => AddedWork::Known { key },
                None if !is_enough(&work) => AddedWork::Unreadable,
                None => {
                    let stored = store.candidates(&work)?;
                    let keys = meeting_keys(&work);
                    let met: BTreeSet<usize> = keys
                        .iter()
                        .filter_map(|key| new.get(key))
                        .flat_map(|met| met.iter().take(COMPARED))
                        .copied()
                        .collect();
                    let all = || stored.iter().chain(met.iter().map(|i| &entries[*i]));
                    match all().find(|other| same_work(other, &work) == Sameness::Same) {
                        Some(same) => AddedWork::Known { key: same.key.clone() },
                        None => {
                            let alike = all().filter(|other| same_work(other, &work) == Sameness::Possibly);
                            let alike = alike.map(|other| other.key.clone()).collect();
                            // A key given by the origin is kept when it is free.
                            let wanted = !work.key.is_empty() && taken.take(&work.key);
                            if !wanted {
                                work.key = taken.unique(&work);
                            }
                            let key = work.key.clone();
                            for meeting in keys {
                                new.entry(meeting).or_default().push(entries.len());
                            }
                            entries.push(work);
                            AddedWork::New { key, alike }
                        }
                    }
                }
            };
            report.works.push(outcome);
        }
        let appended = bibtex::appended(&file, &entries).map_err(failed)?;
        let after = [source, &appended].concat();
        let change = (!entries.is_empty()).then(|| Change {
            path: BIBLIOGRAPHY.into(),
            after: Some(after.into_bytes()),
            before: before.clone(),
        });
        Ok(Addition { report, appended, change })
    }

    /// Takes an entry out of `refs.bib`. One that a document cites stays unless `shrinking` allows it.
    pub fn remove_work(&self, command: &str, key: &str, shrinking: Shrinking) -> Result<(), ProjectError> {
        let journal = Journal::open(&self.root)?;
        let store = self.refresh()?;
        if !store.has_key(key)? {
            return Err(ProjectError::NoSuchKey(key.to_owned()));
        }
        if let (Shrinking::Refused, Some(place)) = (shrinking, store.claims_citing(key)?.first()) {
            let document = store.document(place.document)?.name;
            return Err(ProjectError::Cited { key: key.to_owned(), document });
        }
        let path = self.root.join(BIBLIOGRAPHY);
        let before = read_optional(&path)?.unwrap_or_default();
        let failed = |e: bibtex::EditError| ProjectError::File { path: path.clone(), message: e.to_string() };
        let after = bibtex::editable(&before).and_then(|source| bibtex::remove(source, key)).map_err(failed)?;
        let change =
            Change { path: BIBLIOGRAPHY.into(), after: Some(after.into_bytes()), before: Some(Arc::new(before)) };
        // One entry may be most of a small file: its removal was asked for by name.
        // The store follows at the next question.
        journal.commit(command, &[change], Shrinking::Allowed)
    }
}

/// The works of the bibliography that others were compared with.
struct KnownWorks<'s> {
    store: &'s Store,
    /// By their ids in the store, with their keys.
    records: HashMap<i64, (String, Record)>,
}

impl KnownWorks<'_> {
    /// The key of the first work that is the same publication in any spelling, with the evidence.
    fn find(&mut self, work: &Work) -> Result<Option<(String, Evidence)>, ProjectError> {
        let mut ids = BTreeSet::new();
        for key in meeting_keys(work) {
            ids.extend(self.store.works_meeting(key, COMPARED)?);
        }
        for id in &ids {
            if !self.records.contains_key(id)
                && let Some(other) = self.store.work_of(*id)?
            {
                let record = Record::of(&other);
                self.records.insert(*id, (other.key, record));
            }
        }
        let met: Vec<&(String, Record)> = ids.iter().filter_map(|id| self.records.get(id)).collect();
        let found = Record::of(work).known_among(met.iter().map(|(_, record)| record));
        Ok(found.map(|(i, evidence)| (met[i].0.clone(), evidence)))
    }
}

/// Whether a record says enough to be found again: a title or container, and a creator or year or identifier.
fn is_enough(work: &Work) -> bool {
    use crate::work::Field;
    let named = work.get(Field::Title).or(work.get(Field::ContainerTitle)).is_some();
    let placed = !work.creators().is_empty() || work.year().is_some() || work.link().is_some() || work.pmid().is_some();
    (named && placed) || work.doi().is_some()
}
