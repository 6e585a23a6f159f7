//! Changes to text files: all or nothing, durable once reported, and each can be undone.
//!
//! A change is first written below `.citetrail/journal/` as the bytes that go and those that come, with the hashes of
//! each file before and after; synced, and committed by renaming its folder from `N.draft` to `N.pending`. Then each file
//! is replaced by rename, and the folder becomes `N`. Whoever opens the project next finishes what a crash left
//! pending: a file that is not replaced yet still is the one to which the bytes belong. The folder of a finished
//! change keeps only the bytes it took out, so undoing an addition to a large file costs next to nothing.

mod replacement;
mod splice;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::error::ProjectError;
use super::hash::ContentHash;
use super::look::Look;
pub use replacement::replace_file;
use replacement::{Owner, Replacement, clear_replacements, sync_folder, sync_parent};
use splice::{splice, spliced};

/// How far back changes can be undone.
const KEPT: usize = 200;

/// A file below this size may lose as much as it likes without `--force`.
const SMALL: usize = 512;

/// The new content of one file, and the content it is based on.
#[derive(Debug, Clone)]
pub struct Change {
    /// Relative to the project's folder.
    pub path: PathBuf,
    /// What the file held when the change was worked out; `None`: there was no file. Large ones are held once.
    pub before: Option<Arc<Vec<u8>>>,
    /// `None` removes the file.
    pub after: Option<Vec<u8>>,
}

/// Whether a change may take more than half of a file away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shrinking {
    Refused,
    Allowed,
}

/// What is kept of a change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// The command in words ("load notes.txt").
    pub command: String,
    /// Seconds since 1970, UTC.
    pub at: u64,
    /// The number of the change that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    files: Vec<FileRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct FileRecord {
    path: PathBuf,
    before: Option<ContentHash>,
    after: Option<ContentHash>,
    /// The bytes at `at` of length `inserted` stand where the bytes of `I.removed` stood. Until the file is replaced,
    /// `I.added` has them.
    at: usize,
    inserted: usize,
}

/// The journal of a project. Whoever holds one holds the project's write lock.
#[derive(Debug)]
pub struct Journal {
    root: PathBuf,
    folder: PathBuf,
    _lock: File,
}

impl Journal {
    /// Takes the project's write lock, waiting a few seconds for another process to finish, and completes what a
    /// crash left pending.
    pub fn open(root: &Path) -> Result<Self, ProjectError> {
        let folder = root.join(".citetrail/journal");
        fs::create_dir_all(&folder).map_err(ProjectError::io(&folder))?;
        let lock_path = root.join(".citetrail/lock");
        let mut tries = 0;
        let lock = loop {
            match try_lock(&lock_path)? {
                Some(lock) => break lock,
                None if tries >= 200 => return Err(ProjectError::Locked(lock_path)),
                None => std::thread::sleep(Duration::from_millis(50)),
            }
            tries += 1;
        };
        let journal = Self { root: root.to_owned(), folder, _lock: lock };
        journal.recover()?;
        Ok(journal)
    }

    /// The lock for what can as well be left undone; `None` while another process has it.
    pub fn lock_if_free(root: &Path) -> Option<File> {
        try_lock(&root.join(".citetrail/lock")).ok().flatten()
    }

    /// Writes all changes, or none. When it returns, they are on disk.
    pub fn commit(&self, command: &str, changes: &[Change], shrinking: Shrinking) -> Result<(), ProjectError> {
        self.write(command, changes, shrinking, None)
    }

    fn write(
        &self,
        command: &str,
        changes: &[Change],
        shrinking: Shrinking,
        undoes: Option<u64>,
    ) -> Result<(), ProjectError> {
        let changes: Vec<&Change> = changes.iter().filter(|c| c.before.as_deref() != c.after.as_ref()).collect();
        if changes.is_empty() {
            return Ok(());
        }
        let looks = changes.iter().map(|change| self.check(change, shrinking)).collect::<Result<Vec<_>, _>>()?;
        let number = self.numbers()?.last().map_or(1, |n| n + 1);
        let draft = self.folder.join(format!("{number}.draft"));
        let pending = self.folder.join(format!("{number}.pending"));
        fs::create_dir(&draft).map_err(ProjectError::io(&draft))?;
        // Written before anything is promised: where there is no room for it, nothing has happened.
        let prepare = |change: &&Change| {
            let content = change.after.as_deref()?;
            Some(Replacement::prepare(&self.root.join(&change.path), content, Owner::Journal))
        };
        let prepared = changes.iter().map(|c| prepare(c).transpose()).collect::<Result<Vec<_>, _>>()?;
        let mut files = Vec::new();
        for (i, change) in changes.iter().enumerate() {
            let before = content(change.before.as_ref()).unwrap_or_default();
            let after = change.after.as_deref().unwrap_or_default();
            let (at, removed, inserted) = splice(before, after);
            let [hash_before, hash_after] = ContentHash::of_two(before, after, at);
            write_synced(&draft.join(format!("{i}.removed")), removed)?;
            write_synced(&draft.join(format!("{i}.added")), &after[at..at + inserted])?;
            files.push(FileRecord {
                path: change.path.clone(),
                before: change.before.is_some().then_some(hash_before),
                after: change.after.is_some().then_some(hash_after),
                at,
                inserted,
            });
        }
        let record = Record { command: command.to_owned(), at: now(), undoes, files };
        let json = serde_json::to_vec_pretty(&record).expect("a record is plain data");
        write_synced(&draft.join("change.json"), &json)?;
        sync_folder(&draft)?;
        rename(&draft, &pending)?;
        sync_folder(&self.folder)?;
        for ((change, look), new) in changes.iter().zip(&looks).zip(prepared) {
            let path = self.root.join(&change.path);
            let untouched = look.is_some() && Look::of(&path) == *look;
            match new {
                // Someone else changed it in these moments: theirs stays.
                _ if !untouched && !holds(&path, content(change.before.as_ref()))? => {}
                Some(new) => new.put()?,
                None => remove(&path)?,
            }
        }
        self.finish(number, &record)?;
        self.prune()
    }

    /// Refuses what would overwrite a change from outside, or take most of a file away by mistake. Returns how the
    /// file looked then.
    fn check(&self, change: &Change, shrinking: Shrinking) -> Result<Option<Look>, ProjectError> {
        let path = self.root.join(&change.path);
        let look = Look::of(&path);
        if !holds(&path, content(change.before.as_ref()))? {
            return Err(ProjectError::ChangedOutside { path });
        }
        if let (Some(before), Some(after)) = (&change.before, &change.after) {
            let (before, after) = (before.len(), after.len());
            if shrinking == Shrinking::Refused && before >= SMALL && after < before / 2 {
                return Err(ProjectError::Shrinks { path, before, after });
            }
        }
        Ok(look)
    }

    /// Replaces the files of a change that a crash left pending, as far as they are not replaced yet, and marks it
    /// finished.
    fn apply(&self, number: u64, record: &Record) -> Result<(), ProjectError> {
        let pending = self.folder.join(format!("{number}.pending"));
        for (i, file) in record.files.iter().enumerate() {
            let path = self.root.join(&file.path);
            let current = read_optional(&path)?;
            let hash = current.as_deref().map(ContentHash::of);
            // Already replaced, or changed by someone else between crash and recovery: theirs stays.
            if hash == file.after || hash != file.before {
                continue;
            }
            let Some(after) = &file.after else {
                remove(&path)?;
                continue;
            };
            let parts = [format!("{i}.removed"), format!("{i}.added")].map(|name| {
                let part = pending.join(name);
                fs::read(&part).map_err(ProjectError::io(&part))
            });
            let [removed, added] = parts;
            let (removed, added) = (removed?, added?);
            let new = spliced(current.as_deref().unwrap_or_default(), file.at, removed.len(), &added, after);
            let new = new.ok_or_else(|| damaged(&pending, "this change cannot be finished: remove the folder"))?;
            Replacement::prepare(&path, &new, Owner::Journal)?.put()?;
        }
        self.finish(number, record)
    }

    /// Marks a change finished whose files are replaced.
    fn finish(&self, number: u64, record: &Record) -> Result<(), ProjectError> {
        let pending = self.folder.join(format!("{number}.pending"));
        for i in 0..record.files.len() {
            let _ = fs::remove_file(pending.join(format!("{i}.added")));
        }
        rename(&pending, &self.folder.join(number.to_string()))?;
        sync_folder(&self.folder)
    }

    /// Finishes or drops what a crash left.
    fn recover(&self) -> Result<(), ProjectError> {
        for name in self.names()? {
            let path = self.folder.join(&name);
            let pending = name.strip_suffix(".pending").and_then(|n| n.parse().ok());
            if pending.is_none() && !name.ends_with(".draft") {
                continue;
            }
            let clear = |folder: &Path| clear_replacements(folder, &[Owner::Journal], Duration::ZERO);
            clear(&self.root);
            match pending {
                None => fs::remove_dir_all(&path).map_err(ProjectError::io(&path))?,
                Some(number) => {
                    let record = read_record(&path)?;
                    for file in &record.files {
                        clear(self.root.join(&file.path).parent().unwrap_or(&self.root));
                    }
                    self.apply(number, &record)?;
                }
            }
        }
        Ok(())
    }

    /// Takes back the newest change that is not taken back yet, and returns its command.
    pub fn undo(&self) -> Result<String, ProjectError> {
        let (number, record) = self.undoable()?.pop().ok_or(ProjectError::NothingToUndo)?;
        let folder = self.folder.join(number.to_string());
        let mut changes = Vec::new();
        for (i, file) in record.files.iter().enumerate() {
            let path = self.root.join(&file.path);
            let current = read_optional(&path)?;
            if current.as_deref().map(ContentHash::of) != file.after {
                return Err(ProjectError::ChangedSince { path, command: record.command });
            }
            let removed_path = folder.join(format!("{i}.removed"));
            let restored = match &file.before {
                None => None,
                Some(hash) => {
                    let now = current.as_deref().unwrap_or_default();
                    let removed = fs::read(&removed_path).map_err(ProjectError::io(&removed_path))?;
                    let old = spliced(now, file.at, file.inserted, &removed, hash);
                    Some(old.ok_or_else(|| damaged(&removed_path, "this change cannot be undone"))?)
                }
            };
            changes.push(Change { path: file.path.clone(), before: current.map(Arc::new), after: restored });
        }
        let command = record.command;
        self.write(&format!("undo {command}"), &changes, Shrinking::Allowed, Some(number))?;
        Ok(command)
    }

    /// The changes that can be taken back, oldest first.
    pub fn undoable(&self) -> Result<Vec<(u64, Record)>, ProjectError> {
        let mut records = Vec::new();
        for number in self.numbers()? {
            records.push((number, read_record(&self.folder.join(number.to_string()))?));
        }
        let undone: Vec<u64> = records.iter().filter_map(|(_, r)| r.undoes).collect();
        records.retain(|(n, r)| r.undoes.is_none() && !undone.contains(n));
        Ok(records)
    }

    fn prune(&self) -> Result<(), ProjectError> {
        let numbers = self.numbers()?;
        for number in &numbers[..numbers.len().saturating_sub(KEPT)] {
            let path = self.folder.join(number.to_string());
            fs::remove_dir_all(&path).map_err(ProjectError::io(&path))?;
        }
        Ok(())
    }

    /// Numbers of the finished changes, ascending.
    fn numbers(&self) -> Result<Vec<u64>, ProjectError> {
        let mut numbers: Vec<u64> = self.names()?.iter().filter_map(|n| n.parse().ok()).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn names(&self) -> Result<Vec<String>, ProjectError> {
        let entries = fs::read_dir(&self.folder).map_err(ProjectError::io(&self.folder))?;
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(ProjectError::io(&self.folder))?;
            names.extend(entry.file_name().into_string());
        }
        Ok(names)
    }
}

/// The lock, unless another process has it.
fn try_lock(path: &Path) -> Result<Option<File>, ProjectError> {
    let file = File::options().create(true).truncate(false).write(true).open(path).map_err(ProjectError::io(path))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(e)) => Err(ProjectError::io(path)(e)),
    }
}

fn read_record(folder: &Path) -> Result<Record, ProjectError> {
    let path = folder.join("change.json");
    let bytes = fs::read(&path).map_err(ProjectError::io(&path))?;
    serde_json::from_slice(&bytes).map_err(|e| ProjectError::File {
        message: format!("the journal is damaged ({e}); remove the folder {} to go on", folder.display()),
        path,
    })
}

fn damaged(path: &Path, advice: &str) -> ProjectError {
    ProjectError::File { path: path.to_owned(), message: format!("the journal is damaged; {advice}") }
}

fn remove(path: &Path) -> Result<(), ProjectError> {
    fs::remove_file(path).map_err(ProjectError::io(path))?;
    sync_parent(path)
}

fn content(bytes: Option<&Arc<Vec<u8>>>) -> Option<&[u8]> {
    bytes.map(|bytes| bytes.as_slice())
}

/// Whether a file has this content; `None` stands for no file.
fn holds(path: &Path, content: Option<&[u8]>) -> Result<bool, ProjectError> {
    let mut file = match (File::open(path), content) {
        (Err(e), _) if e.kind() == std::io::ErrorKind::NotFound => return Ok(content.is_none()),
        (Err(e), _) => return Err(ProjectError::io(path)(e)),
        (Ok(_), None) => return Ok(false),
        (Ok(file), Some(_)) => file,
    };
    // A large file is not held a second time for it.
    let mut rest = content.unwrap_or_default();
    let mut part = vec![0; 1 << 18];
    loop {
        match file.read(&mut part).map_err(ProjectError::io(path))? {
            0 => return Ok(rest.is_empty()),
            read => match rest.strip_prefix(&part[..read]) {
                Some(behind) => rest = behind,
                None => return Ok(false),
            },
        }
    }
}

/// The content of a file, `None` when there is none.
pub(super) fn read_optional(path: &Path) -> Result<Option<Vec<u8>>, ProjectError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(ProjectError::io(path)(e)),
    }
}

fn write_synced(path: &Path, content: &[u8]) -> Result<(), ProjectError> {
    let mut file = File::create(path).map_err(ProjectError::io(path))?;
    file.write_all(content).map_err(ProjectError::io(path))?;
    file.sync_all().map_err(ProjectError::io(path))
}

fn rename(from: &Path, to: &Path) -> Result<(), ProjectError> {
    fs::rename(from, to).map_err(ProjectError::io(to))
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, before: Option<&str>, after: Option<&str>) -> Change {
        let bytes = |s: Option<&str>| s.map(|s| s.as_bytes().to_vec());
        Change { path: path.into(), before: bytes(before).map(Arc::new), after: bytes(after) }
    }

    fn read(root: &Path, name: &str) -> Option<String> {
        fs::read_to_string(root.join(name)).ok()
    }

    #[test]
    fn commit_and_undo_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::open(dir.path()).unwrap();
        journal
            .commit("one", &[change("a", None, Some("1")), change("b", None, Some("x"))], Shrinking::Refused)
            .unwrap();
        journal.commit("two", &[change("a", Some("1"), Some("12"))], Shrinking::Refused).unwrap();
        journal.commit("three", &[change("b", Some("x"), None)], Shrinking::Refused).unwrap();
        assert_eq!((read(dir.path(), "a").as_deref(), read(dir.path(), "b")), (Some("12"), None));
        assert_eq!(journal.undo().unwrap(), "three");
        assert_eq!(journal.undo().unwrap(), "two");
        assert_eq!((read(dir.path(), "a").as_deref(), read(dir.path(), "b").as_deref()), (Some("1"), Some("x")));
        assert_eq!(journal.undo().unwrap(), "one");
        assert_eq!((read(dir.path(), "a"), read(dir.path(), "b")), (None, None));
        assert!(matches!(journal.undo(), Err(ProjectError::NothingToUndo)));
    }

    #[test]
    fn changes_from_outside_are_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::open(dir.path()).unwrap();
        journal.commit("one", &[change("a", None, Some("1"))], Shrinking::Refused).unwrap();
        fs::write(dir.path().join("a"), "mine").unwrap();
        let refused = journal.commit("two", &[change("a", Some("1"), Some("2"))], Shrinking::Refused);
        assert!(matches!(refused, Err(ProjectError::ChangedOutside { .. })));
        assert!(matches!(journal.undo(), Err(ProjectError::ChangedSince { .. })));
        assert_eq!(read(dir.path(), "a").as_deref(), Some("mine"));
    }

    #[test]
    fn great_shrinking_needs_force() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::open(dir.path()).unwrap();
        let long = "x".repeat(1000);
        journal.commit("one", &[change("a", None, Some(&long))], Shrinking::Refused).unwrap();
        let cut = [change("a", Some(&long), Some("x"))];
        assert!(matches!(journal.commit("cut", &cut, Shrinking::Refused), Err(ProjectError::Shrinks { .. })));
        journal.commit("cut", &cut, Shrinking::Allowed).unwrap();
        assert_eq!(read(dir.path(), "a").as_deref(), Some("x"));
    }

    #[test]
    fn a_crash_between_the_files_is_finished_later() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::open(dir.path()).unwrap();
        journal
            .commit("one", &[change("a", None, Some("1")), change("b", None, Some("1"))], Shrinking::Refused)
            .unwrap();
        journal
            .commit("two", &[change("a", Some("1"), Some("2")), change("b", Some("1"), Some("2"))], Shrinking::Refused)
            .unwrap();
        drop(journal);
        // As if the process had died after the first of two files.
        let folder = dir.path().join(".citetrail/journal");
        fs::rename(folder.join("2"), folder.join("2.pending")).unwrap();
        fs::write(folder.join("2.pending/1.added"), "2").unwrap();
        fs::write(dir.path().join("b"), "1").unwrap();
        fs::create_dir(folder.join("3.draft")).unwrap();
        Journal::open(dir.path()).unwrap();
        assert_eq!((read(dir.path(), "a").as_deref(), read(dir.path(), "b").as_deref()), (Some("2"), Some("2")));
        assert!(!folder.join("3.draft").exists());
    }
}
