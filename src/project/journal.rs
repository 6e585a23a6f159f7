//! Changes to text files: all or nothing, durable once reported, and each can be undone.
//!
//! A change is first written below `.citetrail/journal/` as the bytes that go and those that come, with the hashes of
//! each file before and after; synced, and committed by renaming its folder from `N.draft` to `N.pending`. Then each file
//! is replaced by rename, and the folder becomes `N`. Whoever opens the project next finishes what a crash left
//! pending: a file that is not replaced yet still is the one to which the bytes belong. The folder of a finished
//! change keeps only the bytes it took out, so undoing an addition to a large file costs next to nothing.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::ProjectError;
use super::hash::ContentHash;

/// How far back changes can be undone.
const KEPT: usize = 200;

/// A file below this size may lose as much as it likes without `--force`.
const SMALL: usize = 512;

/// The new content of one file, and the content it is based on.
#[derive(Debug, Clone)]
pub struct Change {
    /// Relative to the project's folder.
    pub path: PathBuf,
    /// What the file held when the change was worked out; `None`: there was no file.
    pub before: Option<Vec<u8>>,
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

/// What a file looked like when it was last compared by content: as long as it looks so, it need not be read again.
#[derive(Debug, PartialEq, Eq)]
struct Look {
    size: u64,
    modified: std::time::SystemTime,
}

impl Look {
    /// `None` when there is no file, or the system does not say.
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self { size: metadata.len(), modified: metadata.modified().ok()? })
    }
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
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(ProjectError::io(&lock_path))?;
        let mut tries = 0;
        while let Err(error) = lock.try_lock() {
            match error {
                fs::TryLockError::Error(e) => return Err(ProjectError::io(&lock_path)(e)),
                fs::TryLockError::WouldBlock if tries >= 200 => return Err(ProjectError::Locked(lock_path)),
                fs::TryLockError::WouldBlock => std::thread::sleep(std::time::Duration::from_millis(50)),
            }
            tries += 1;
        }
        let journal = Self { root: root.to_owned(), folder, _lock: lock };
        journal.recover()?;
        Ok(journal)
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
        let changes: Vec<&Change> = changes.iter().filter(|c| c.before != c.after).collect();
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
            Some(Replacement::prepare(&self.root.join(&change.path), content))
        };
        let prepared = changes.iter().map(|c| prepare(c).transpose()).collect::<Result<Vec<_>, _>>()?;
        let mut files = Vec::new();
        for (i, change) in changes.iter().enumerate() {
            let before = change.before.as_deref().unwrap_or_default();
            let after = change.after.as_deref().unwrap_or_default();
            let (at, removed, inserted) = splice(before, after);
            write_synced(&draft.join(format!("{i}.removed")), removed)?;
            write_synced(&draft.join(format!("{i}.added")), &after[at..at + inserted])?;
            files.push(FileRecord {
                path: change.path.clone(),
                before: change.before.as_deref().map(ContentHash::of),
                after: change.after.as_deref().map(ContentHash::of),
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
                _ if !untouched && read_optional(&path)? != change.before => {}
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
        if read_optional(&path)? != change.before {
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
            replace_file(&path, &new)?;
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
            clear_replacements(&self.root);
            match pending {
                None => fs::remove_dir_all(&path).map_err(ProjectError::io(&path))?,
                Some(number) => {
                    let record = read_record(&path)?;
                    for file in &record.files {
                        clear_replacements(self.root.join(&file.path).parent().unwrap_or(&self.root));
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
            changes.push(Change { path: file.path.clone(), before: current, after: restored });
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

/// The content in which `old` bytes at `at` made way for `new` ones; `None` when its hash is not the one expected.
fn spliced(content: &[u8], at: usize, old: usize, new: &[u8], expected: &ContentHash) -> Option<Vec<u8>> {
    let end = at.checked_add(old).filter(|&end| end <= content.len())?;
    let whole = [&content[..at], new, &content[end..]].concat();
    (ContentHash::of(&whole) == *expected).then_some(whole)
}

fn remove(path: &Path) -> Result<(), ProjectError> {
    fs::remove_file(path).map_err(ProjectError::io(path))?;
    sync_parent(path)
}

/// The content of a file, `None` when there is none.
pub(super) fn read_optional(path: &Path) -> Result<Option<Vec<u8>>, ProjectError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(ProjectError::io(path)(e)),
    }
}

/// What the names of files begin with that are to replace another.
const REPLACEMENT: &str = ".citetrail-";

/// New content of a file, on disk beside it.
struct Replacement {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Replacement {
    /// Writes the content beside the file. A symbolic link stays one: what it points to is replaced. Permissions stay
    /// as they were.
    fn prepare(path: &Path, content: &[u8]) -> Result<Self, ProjectError> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let parent = folder_of(&path);
        fs::create_dir_all(parent).map_err(ProjectError::io(parent))?;
        let mut file =
            tempfile::Builder::new().prefix(REPLACEMENT).tempfile_in(parent).map_err(ProjectError::io(parent))?;
        file.write_all(content).map_err(ProjectError::io(&path))?;
        let permissions = match fs::metadata(&path) {
            Ok(metadata) => metadata.permissions(),
            Err(_) => default_permissions(file.as_file()).map_err(ProjectError::io(&path))?,
        };
        file.as_file().set_permissions(permissions).map_err(ProjectError::io(&path))?;
        file.as_file().sync_all().map_err(ProjectError::io(&path))?;
        Ok(Self { file, path })
    }

    /// Puts it in place, so that a reader sees the old or the new content whole.
    fn put(self) -> Result<(), ProjectError> {
        self.file.persist(&self.path).map_err(|e| ProjectError::io(&self.path)(e.error))?;
        sync_parent(&self.path)
    }
}

/// Puts new content in place of a file's, whole or not at all; when it returns, it is on disk. What is no file but a
/// device or a pipe (`/dev/null`, `/dev/stdout`) is written to.
pub fn replace_file(path: &Path, content: &[u8]) -> Result<(), ProjectError> {
    if fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        let mut device = fs::OpenOptions::new().write(true).open(path).map_err(ProjectError::io(path))?;
        return device.write_all(content).map_err(ProjectError::io(path));
    }
    Replacement::prepare(path, content)?.put()
}

/// Takes away what a crash left beside the files of a folder.
fn clear_replacements(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(REPLACEMENT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// What a new text file may be: readable by all, as an editor would leave it. (A temporary file is private.)
#[cfg(unix)]
fn default_permissions(_: &File) -> std::io::Result<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn default_permissions(file: &File) -> std::io::Result<fs::Permissions> {
    Ok(file.metadata()?.permissions())
}

fn write_synced(path: &Path, content: &[u8]) -> Result<(), ProjectError> {
    let mut file = File::create(path).map_err(ProjectError::io(path))?;
    file.write_all(content).map_err(ProjectError::io(path))?;
    file.sync_all().map_err(ProjectError::io(path))
}

fn rename(from: &Path, to: &Path) -> Result<(), ProjectError> {
    fs::rename(from, to).map_err(ProjectError::io(to))
}

fn sync_parent(path: &Path) -> Result<(), ProjectError> {
    sync_folder(folder_of(path))
}

/// The folder a file is in; a bare name is in the current one.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes renames in a folder durable. Only Unix opens folders as files; elsewhere the file system does it.
fn sync_folder(folder: &Path) -> Result<(), ProjectError> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(ProjectError::io(folder))?;
    }
    Ok(())
}

/// Where two contents differ: the offset, the bytes of the first, and how many bytes of the second stand there.
fn splice<'a>(before: &'a [u8], after: &[u8]) -> (usize, &'a [u8], usize) {
    // Large files mostly agree: whole blocks are compared before single bytes.
    const BLOCK: usize = 4096;
    let blocks = before.chunks_exact(BLOCK).zip(after.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count();
    let same = blocks * BLOCK;
    let at = same + before[same..].iter().zip(&after[same..]).take_while(|(a, b)| a == b).count();
    let (rest, new) = (&before[at..], &after[at..]);
    let blocks = rest.rchunks_exact(BLOCK).zip(new.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count();
    let same = blocks * BLOCK;
    let ends = rest[..rest.len() - same].iter().rev().zip(new[..new.len() - same].iter().rev());
    let tail = same + ends.take_while(|(a, b)| a == b).count();
    (at, &rest[..rest.len() - tail], new.len() - tail)
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, before: Option<&str>, after: Option<&str>) -> Change {
        let bytes = |s: Option<&str>| s.map(|s| s.as_bytes().to_vec());
        Change { path: path.into(), before: bytes(before), after: bytes(after) }
    }

    fn read(root: &Path, name: &str) -> Option<String> {
        fs::read_to_string(root.join(name)).ok()
    }

    #[test]
    fn splices() {
        assert_eq!(splice(b"abcd", b"abXcd"), (2, &b""[..], 1));
        assert_eq!(splice(b"aaa", b"aa"), (2, &b"a"[..], 0));
        assert_eq!(splice(b"", b"x"), (0, &b""[..], 1));
        assert_eq!(splice(b"abc", b"axc"), (1, &b"b"[..], 1));
        let (long, block) = ("x".repeat(10_000), "y".repeat(5_000));
        let (before, after) = (format!("{long}{block}{long}"), format!("{long}{long}"));
        assert_eq!(splice(before.as_bytes(), after.as_bytes()), (10_000, block.as_bytes(), 0));
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

    #[test]
    #[cfg(unix)]
    fn a_device_stays_one() {
        use std::os::unix::fs::FileTypeExt as _;
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        replace_file(&pipe, b"bark").unwrap();
        assert_eq!(reader.join().unwrap(), b"bark");
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    }
}
