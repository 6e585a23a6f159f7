//! Files put in the place of others, whole or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::project::error::ProjectError;

/// Who writes a file that is to replace another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A change of a project: whoever has its lock knows that no other process is writing one.
    Journal,
    /// Any other command.
    Command,
}

impl Owner {
    /// What the name of the file begins with; six letters and digits follow.
    fn prefix(self) -> &'static str {
        match self {
            Self::Journal => ".citetrail-",
            Self::Command => ".citetrail-out-",
        }
    }
}

/// Letters and digits behind the prefix.
const RANDOM: usize = 6;

/// After so long no process is still writing a file.
const LONGEST_WRITE: Duration = Duration::from_secs(24 * 60 * 60);

/// New content of a file, on disk beside it.
pub struct Replacement {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Replacement {
    /// Writes the content beside the file. A symbolic link stays one: what it points to is replaced. Permissions stay
    /// as they were.
    pub fn prepare(path: &Path, content: &[u8], owner: Owner) -> Result<Self, ProjectError> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let parent = folder_of(&path);
        fs::create_dir_all(parent).map_err(ProjectError::io(parent))?;
        clear_replacements(parent, &[Owner::Journal, Owner::Command], LONGEST_WRITE);
        let mut file = tempfile::Builder::new()
            .prefix(owner.prefix())
            .rand_bytes(RANDOM)
            .tempfile_in(parent)
            .map_err(ProjectError::io(parent))?;
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
    pub fn put(self) -> Result<(), ProjectError> {
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
    Replacement::prepare(path, content, Owner::Command)?.put()
}

/// Takes away what killed processes left in a folder, once it is as old as `age`. Files that have other names stay.
pub fn clear_replacements(folder: &Path, owners: &[Owner], age: Duration) {
    let is_ours = |name: &str| {
        let random = |owner: &Owner| name.strip_prefix(owner.prefix());
        let is_random = |rest: &str| rest.len() == RANDOM && rest.bytes().all(|b| b.is_ascii_alphanumeric());
        owners.iter().filter_map(random).any(is_random)
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().is_some_and(is_ours) {
            continue;
        }
        // Not what a link points to.
        let Ok(metadata) = fs::symlink_metadata(entry.path()) else { continue };
        let is_old = age.is_zero() || metadata.modified().is_ok_and(|at| at.elapsed().is_ok_and(|since| since >= age));
        if metadata.is_file() && is_old {
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

pub fn sync_parent(path: &Path) -> Result<(), ProjectError> {
    sync_folder(folder_of(path))
}

/// The folder a file is in; a bare name is in the current one.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes renames in a folder durable. Only Unix opens folders as files; elsewhere the file system does it.
pub fn sync_folder(folder: &Path) -> Result<(), ProjectError> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(ProjectError::io(folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_cleared_a_day_later() {
        let dir = tempfile::tempdir().unwrap();
        let there = |name: &str| dir.path().join(name).exists();
        let yesterday = std::time::SystemTime::now() - 2 * LONGEST_WRITE;
        for name in
            [".citetrail-aB3dE6", ".citetrail-out-aB3dE6", ".citetrail-notes", ".citetrail-aB3dE6.bib", "refs.bib"]
        {
            File::create(dir.path().join(name)).unwrap().set_modified(yesterday).unwrap();
        }
        // Another process may be writing these.
        for name in [".citetrail-111111", ".citetrail-out-111111"] {
            File::create(dir.path().join(name)).unwrap();
        }
        replace_file(&dir.path().join("refs.bib"), b"@book{a}").unwrap();
        for gone in [".citetrail-aB3dE6", ".citetrail-out-aB3dE6"] {
            assert!(!there(gone), "{gone}");
        }
        for kept in [".citetrail-notes", ".citetrail-aB3dE6.bib", ".citetrail-111111", ".citetrail-out-111111"] {
            assert!(there(kept), "{kept}");
        }
        clear_replacements(dir.path(), &[Owner::Journal], Duration::ZERO);
        assert!(!there(".citetrail-111111") && there(".citetrail-out-111111"));
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
