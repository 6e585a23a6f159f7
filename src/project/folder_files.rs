//! The files that a document may take in: those below one folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::document::{Files, NotRead};

/// A file that a document takes in is not larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// The files below a folder. What a link leads out of it is refused.
#[derive(Debug, Clone)]
pub struct FolderFiles {
    root: PathBuf,
    /// The document's path below the folder.
    own: String,
}

impl FolderFiles {
    /// The files that a document may take in: those below `root`, or, without one, below the document's own folder.
    ///
    /// # Errors
    /// When the document does not lie below `root`: a sentence for the user.
    pub fn of(document: &Path, root: Option<&Path>) -> Result<Self, String> {
        let folder = match document.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let name = document.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(root) = root else { return Ok(Self { root: folder.to_owned(), own: name }) };
        let full = |path: &Path| fs::canonicalize(path).map_err(|e| format!("{}: {e}", path.display()));
        let (inner, outer) = (full(folder)?, full(root)?);
        let Ok(below) = inner.strip_prefix(&outer) else {
            return Err(format!("the document does not lie below {}; name a folder that it is in", root.display()));
        };
        let steps = below.components().map(|c| c.as_os_str().to_string_lossy().into_owned());
        let own = steps.chain([name]).collect::<Vec<_>>().join("/");
        Ok(Self { root: root.to_owned(), own })
    }

    /// The files below `root` for a document whose path below it is `own`.
    pub(super) fn below(root: PathBuf, own: String) -> Self {
        Self { root, own }
    }

    /// The folder that holds all files.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

impl Files for FolderFiles {
    fn own_path(&self) -> &str {
        &self.own
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, NotRead> {
        let file = self.root.join(path);
        let Ok(metadata) = fs::metadata(&file) else { return Err(NotRead::Missing) };
        if !metadata.is_file() {
            return Err(NotRead::Missing);
        }
        let is_inside = || Some(fs::canonicalize(&file).ok()?.starts_with(fs::canonicalize(&self.root).ok()?));
        if is_inside() != Some(true) {
            return Err(NotRead::Refused("it is a link that leads out of the manuscript's folder".to_owned()));
        }
        if metadata.len() > LARGEST {
            return Err(NotRead::Refused(format!("it has {} bytes; the limit is {LARGEST}", metadata.len())));
        }
        fs::read(&file).map_err(|e| NotRead::Refused(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_the_folder_only() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir_all(at("paper/parts")).unwrap();
        for name in ["secret.tex", "paper/main.tex", "paper/parts/a.tex"] {
            fs::write(at(name), "x").unwrap();
        }
        let files = FolderFiles::of(&at("paper/main.tex"), None).unwrap();
        assert_eq!(files.own_path(), "main.tex");
        assert!(files.read("parts/a.tex").is_ok());
        assert_eq!(files.read("parts"), Err(NotRead::Missing));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("secret.tex"), at("paper/link.tex")).unwrap();
            assert!(matches!(files.read("link.tex"), Err(NotRead::Refused(_))));
        }
        let files = FolderFiles::of(&at("paper/main.tex"), Some(dir.path())).unwrap();
        assert_eq!((files.own_path(), files.read("secret.tex").is_ok()), ("paper/main.tex", true));
        assert!(FolderFiles::of(&at("secret.tex"), Some(&at("paper"))).is_err());
    }
}
