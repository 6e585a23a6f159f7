//! Keeping the store equal to the text files.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::documents::{self, DocumentRecord, ReferenceFingerprint, re_anchor};
use super::hash::ContentHash;
use super::journal::{Journal, read_optional};
use super::link::stored_keys;
use super::look::Look;
use super::store::{InputState, Row, Store, StoredDocument, WorkEntry, Writer};
use super::{BIBLIOGRAPHY, DOCUMENTS, PRIVATE, Project, ProjectError, read_text, text_of};
use crate::analysis::{Analysis, Bibliography, Listing, analyse_with};
use crate::bibliography::bibtex::Entries;
use crate::bibliography::{self, Format, Problem, Source};
use crate::document::{self, CitedTarget, Document};
use crate::work::Work;

/// A file changed this shortly before the store was written may have changed again without showing it in its
/// time stamp (nanoseconds); it is compared by content.
const RACY: i64 = 50_000_000;

/// Reading so many bytes again costs more than noting that they are the same (bytes).
const WORTH_NOTING: u64 = 1 << 20;

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
        let written = Look::of(&self.store_path())?;
        if stamp != stamp_of(&written) || self.is_change_pending() {
            return None;
        }
        let mut store = Store::open(&self.store_path()).ok()??;
        let mut inputs = Vec::new();
        let names = store.document_names().ok()?.into_iter().map(|(_, name)| name);
        for name in names.chain([BIBLIOGRAPHY.to_owned(), DOCUMENTS.to_owned()]) {
            let known = store.input(&name).ok()??;
            for (path, known) in store.included(&name).ok()? {
                inputs.push((path, known, Some(name.clone())));
            }
            inputs.push((name, known, None));
        }
        let mut seen_anew = Vec::new();
        for (path, known, document) in inputs {
            let file = self.root.join(&path);
            let is_racy = written.modified - known.look.modified <= RACY;
            if !is_racy && Look::of(&file).unwrap_or_default() == known.look {
                continue;
            }
            let state = input_state(&file).ok()?;
            if state.hash != known.hash {
                return None;
            }
            if document.is_none() {
                seen_anew.push((path, state));
            }
        }
        self.remember(&mut store, &seen_anew);
        Some(store)
    }

    /// Notes that inputs were found unchanged, so that the next question need not read them for that. It can as well be left
    /// undone.
    fn remember(&self, store: &mut Store, inputs: &[(String, InputState)]) {
        let size: u64 = inputs.iter().map(|(_, state)| state.look.size).sum();
        if size < WORTH_NOTING {
            return;
        }
        let Some(_lock) = Journal::lock_if_free(&self.root) else { return };
        let noted = store.write(|writer| inputs.iter().try_for_each(|(path, state)| writer.set_input(path, state)));
        if noted.is_ok() {
            let _ = self.write_stamp();
        }
    }

    /// Brings the store up to date; the caller holds the project's lock.
    pub(super) fn refresh(&self) -> Result<Store, ProjectError> {
        if let Some(store) = self.current_store() {
            return Ok(store);
        }
        let stamp = std::fs::read_to_string(self.stamp_path()).ok();
        let untouched = Look::of(&self.store_path()).is_some_and(|look| stamp == Some(stamp_of(&look)));
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
        // Without its stamp, what a crash leaves half filled is not taken for a store.
        match std::fs::remove_file(self.stamp_path()) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(ProjectError::io(&self.stamp_path())(e)),
            _ => {}
        }
        let store = Store::create(&self.store_path())?;
        store.begin_filling()?;
        let store = self.build(store)?;
        store.end_filling()?;
        self.write_stamp()?;
        Ok(store)
    }

    /// Puts into a store what changed in the files since it was written.
    fn build(&self, mut store: Store) -> Result<Store, ProjectError> {
        let path = self.root.join(BIBLIOGRAPHY);
        let (bibliography, bytes) = read_input(&path)?;
        let works_changed = store.input(BIBLIOGRAPHY)?.map(|i| i.hash) != Some(bibliography.hash.clone());
        if works_changed {
            update_works(&mut store, &bytes)?;
        }
        drop(bytes);

        let (records_state, text) = read_input(&self.root.join(DOCUMENTS))?;
        let records_changed = store.input(DOCUMENTS)?.map(|i| i.hash) != Some(records_state.hash.clone());
        let (records, _) = documents::read(&text_of(&self.root.join(DOCUMENTS), text)?);

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
            if before.is_some() && unchanged && !records_changed && !works_changed {
                continue;
            }
            let before = before.map(|id| store.document(id)).transpose()?;
            let (analysis, stored) = match before {
                // The works of a keyed manuscript are those of the bibliography.
                Some(before) if unchanged && !records_changed && !before.analysis.document.is_keyed() => {
                    (before.analysis, Some(before.keys))
                }
                before => {
                    let Some(analysis) = self.analyse(&store, record, before)? else { continue };
                    (analysis, None)
                }
            };
            let keys = stored_keys(&store, &analysis, record)?;
            if stored.as_ref() == Some(&keys) {
                continue;
            }
            let included = self.included_states(record, &analysis)?;
            put.push((record.document.as_str(), state, analysis, keys, included));
        }
        let gone = known.iter().map(|(_, name)| name).filter(|n| !records.iter().any(|r| r.document == **n));

        store.write(|writer| {
            for name in gone {
                writer.remove_document(name)?;
            }
            for (name, state, analysis, keys, included) in &put {
                writer.put_document(name, analysis, keys)?;
                writer.set_included(name, included)?;
                writer.set_input(name, state)?;
            }
            writer.set_input(BIBLIOGRAPHY, &bibliography)?;
            writer.set_input(DOCUMENTS, &records_state)
        })?;
        Ok(store)
    }

    /// Brings a store that was up to date in line with a change just committed: `inputs` were written, `appended` was
    /// added to the text of the bibliography. The change itself is safe already, so what fails here only makes the next
    /// question refresh the store from the files.
    pub(super) fn update_store(
        &self,
        store: &mut Store,
        inputs: &[&str],
        appended: &str,
        more: impl FnOnce(&Writer<'_>) -> rusqlite::Result<()>,
    ) {
        let update = || -> Result<(), ProjectError> {
            let entries = Entries::read(appended);
            // What is new may be what others miss: then all is compared at the next question.
            let is_alone = appended.is_empty() || (!store.has_open_references()? && stands_alone(store, &entries)?);
            let mut rows = Vec::new();
            let mut written: Vec<&str> = inputs.to_vec();
            if is_alone {
                let wanted: Vec<usize> = entries.works().map(|(i, _)| i).collect();
                let row = |i: usize, work| Row::new(&work, entries.fingerprint(wanted[i]));
                entries.interpret(&wanted, row, |row| rows.push(row));
                written.push(BIBLIOGRAPHY);
            }
            let states = written
                .into_iter()
                .map(|name| Ok((name, input_state(&self.root.join(name))?)))
                .collect::<Result<Vec<_>, ProjectError>>()?;
            store.write(|writer| {
                writer.append_works(&rows)?;
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
        store: &Store,
        record: &DocumentRecord,
        before: Option<StoredDocument>,
    ) -> Result<Option<Analysis>, ProjectError> {
        let Some(bytes) = read_optional(&self.root.join(&record.document))? else { return Ok(None) };
        let files = record.files(&self.root);
        let Ok(document) = document::read_with(&bytes, &record.options(&bytes), &files) else { return Ok(None) };
        let renamed = |key: &str| record.works.get(&ReferenceFingerprint::of_key(key)).cloned();
        let works = cited_works(store, &document, &renamed)?;
        let bibliography = Bibliography { renamed: &renamed, ..Bibliography::new(&works, Listing::Cited) };
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
        let look = Look::of(&path).unwrap_or_default();
        let stamp = self.stamp_path();
        std::fs::write(&stamp, stamp_of(&look)).map_err(ProjectError::io(&stamp))
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

/// Makes the works equal to the entries of a bibliography; only those are interpreted that changed.
fn update_works(store: &mut Store, bytes: &[u8]) -> Result<(), ProjectError> {
    let source = Source::decode(bytes);
    let entries = Entries::read(source.text());
    // Of several entries with one key the first counts, as in BibTeX.
    let mut seen = HashSet::new();
    let (indices, works): (Vec<usize>, Vec<WorkEntry<'_>>) = entries
        .works()
        .filter(|(_, key)| seen.insert(*key))
        .map(|(i, key)| (i, WorkEntry { key, fingerprint: entries.fingerprint(i) }))
        .unzip();
    let plan = store.plan(&works)?;
    let wanted: Vec<usize> = plan.wanted().collect();
    let places: Vec<usize> = wanted.iter().map(|i| indices[*i]).collect();
    store.write(|writer| {
        writer.update_works(&plan, |put| {
            let row = |i: usize, work| Row::new(&work, works[wanted[i]].fingerprint);
            entries.interpret(&places, row, put);
        })?;
        writer.set_bibliography_names(entries.names())
    })
}

/// Whether entries added to a file mean the same without the rest of it, and the rest without them.
fn stands_alone(store: &Store, entries: &Entries<'_>) -> Result<bool, ProjectError> {
    let used = entries.used_macros();
    let keys = entries.works().map(|(_, key)| key);
    Ok(entries.names().is_empty() && !store.bibliography_names(keys.chain(used.iter().map(String::as_str)))?)
}

/// The works that a manuscript cites or lists by their keys, in the order of the bibliography.
pub(super) fn cited_works(
    store: &Store,
    document: &Document,
    renamed: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Work>, ProjectError> {
    if !document.is_keyed() {
        return Ok(vec![]);
    }
    if document.listed_keys.iter().any(|key| key == "*") {
        return store.works();
    }
    let targets = document.claims.iter().flat_map(|c| &c.marked).flat_map(|m| &m.targets);
    let cited = targets.filter_map(|target| match target {
        CitedTarget::Key(key) => Some(key),
        CitedTarget::Reference(_) => None,
    });
    let keys: Vec<String> =
        cited.chain(&document.listed_keys).map(|key| renamed(key).unwrap_or_else(|| key.clone())).collect();
    store.works_under(keys.iter().map(String::as_str))
}

fn read_bibliography(path: &Path) -> Result<(Vec<Work>, Vec<Problem>), ProjectError> {
    let bytes = read_optional(path)?.unwrap_or_default();
    let library = bibliography::read(&bytes, Some(Format::BIBTEX))
        .map_err(|e| ProjectError::File { path: path.to_owned(), message: e.to_string() })?;
    Ok((library.works, library.problems))
}

/// The present state of an input file; a missing one counts as empty.
pub(super) fn input_state(path: &Path) -> Result<InputState, ProjectError> {
    Ok(read_input(path)?.0)
}

/// An input file's state and content.
fn read_input(path: &Path) -> Result<(InputState, Vec<u8>), ProjectError> {
    // Looked at before it is read: what is written in between makes it look otherwise.
    let look = Look::of(path).unwrap_or_default();
    let bytes = read_optional(path)?.unwrap_or_default();
    Ok((InputState { hash: ContentHash::of(&bytes), look }, bytes))
}

fn stamp_of(look: &Look) -> String {
    format!("{} {} {} {}\n", look.size, look.modified, look.changed, look.inode)
}

fn is_read_only(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All that can be asked of the works of a store.
    fn shown(store: &Store) -> String {
        let found = |words: &str| -> Vec<Work> { store.search_works(words).unwrap() };
        let keys = |works: Vec<Work>| works.into_iter().map(|w| w.key).collect::<Vec<_>>();
        let searches: Vec<Vec<String>> = ["alpha", "beta", "gamma", "200", "holm"].map(|w| keys(found(w))).into();
        format!("{:#?}\n{:?}\n{searches:?}", store.works().unwrap(), store.keys().unwrap())
    }

    fn piece() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec!["Alpha", "beta {Gamma}", "gamma gamma", "\\'Alpha"]);
        let extra = prop::sample::select(vec![
            "",
            ", journal = ja",
            ", crossref = {k0}",
            ", crossref = {k1}",
            ", xdata = {x}",
            ", month = jan",
            ", author = {Holm, A.}",
        ]);
        let entry = (0..6_u8, word, 2000..2003_u16, extra)
            .prop_map(|(k, word, year, extra)| format!("@book{{k{k}, title = {{{word}}}, year = {year}{extra}}}\n"));
        let other = prop::sample::select(vec![
            "@string{ja = {Alpha Journal}}\n",
            "@string{ja = {Beta}}\r\n",
            "@string{jan = {1}}\n",
            "@xdata{x, note = {gamma}}\n",
            "% text\n",
            "@book{k3, title = {open\n",
        ]);
        prop_oneof![4 => entry, 1 => other.prop_map(str::to_owned)]
    }

    #[test]
    #[cfg(unix)]
    fn a_change_under_the_same_size_and_time_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let project = Project::init(dir.path()).unwrap();
        let path = dir.path().join(BIBLIOGRAPHY);
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
        let write = |title: &str| {
            std::fs::write(&path, format!("@book{{a, title = {{{title}}}}}\n")).unwrap();
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
        };
        let title = || project.store().unwrap().works().unwrap()[0].get(crate::work::Field::Title).map(str::to_owned);
        write("Tides");
        assert_eq!(title().as_deref(), Some("Tides"));
        write("Seals");
        assert_eq!(title().as_deref(), Some("Seals"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Pieces come, go and change places; others stay. A store brought up to date is the one made anew.
        #[test]
        fn a_refreshed_store_is_a_rebuilt_one(
            start in prop::collection::vec(piece(), 0..12),
            edits in prop::collection::vec((0..4_u8, any::<prop::sample::Index>(), piece()), 1..6),
        ) {
            let dir = tempfile::tempdir().unwrap();
            let project = Project::init(dir.path()).unwrap();
            let path = dir.path().join(BIBLIOGRAPHY);
            let mut pieces = start;
            std::fs::write(&path, pieces.concat()).unwrap();
            project.store().unwrap();
            for (what, at, piece) in edits {
                let place = at.index(pieces.len() + 1);
                match what {
                    0 if place < pieces.len() => drop(pieces.remove(place)),
                    1 if place < pieces.len() => pieces[place] = piece,
                    2 if place < pieces.len() => {
                        let moved = pieces.remove(place);
                        pieces.push(moved);
                    }
                    _ => pieces.insert(place, piece),
                }
                std::fs::write(&path, pieces.concat()).unwrap();
                let refreshed = shown(&project.store().unwrap());
                let anew = shown(&project.build(Store::in_memory().unwrap()).unwrap());
                prop_assert_eq!(refreshed, anew, "{}", pieces.concat());
            }
        }
    }
}
