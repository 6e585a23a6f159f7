//! Which files make an index at this moment. Replacing the manifest is what commits a change.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::error::IndexError;

/// 2: terms that count authors and containers.
pub(super) const FORMAT: u32 = 2;
pub(super) const MANIFEST: &str = "manifest";

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub format: u32,
    /// Counts the commits; names of new files hold it.
    pub generation: u64,
    /// The day of the last change (ISO 8601, UTC).
    pub updated: String,
    pub segments: Vec<SegmentFiles>,
    /// The file that lists which inputs are in the index whole.
    pub inputs: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct SegmentFiles {
    pub records: String,
    /// A bit for each record that was taken out or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<String>,
    #[serde(default)]
    pub removed_count: u32,
    /// Live records that are works.
    pub works: u32,
    /// Live records that are notices about works.
    pub notices: u32,
}

/// Reads the manifest of a folder; `None` when there is none.
pub(super) fn read(folder: &Path) -> Result<Option<Manifest>, IndexError> {
    let path = folder.join(MANIFEST);
    match fs::metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        _ => {}
    }
    let manifest: Manifest = read_checked(&path)?;
    if manifest.format != FORMAT {
        return Err(IndexError::Version { path, found: manifest.format, known: FORMAT });
    }
    Ok(Some(manifest))
}

/// Reads a file whose first line is the checksum of the JSON after it.
pub(super) fn read_checked<T: DeserializeOwned>(path: &Path) -> Result<T, IndexError> {
    let bytes = fs::read(path).map_err(IndexError::io(path))?;
    let damaged = |what| IndexError::Damaged { path: path.to_owned(), what };
    let line = bytes.iter().position(|b| *b == b'\n').ok_or_else(|| damaged("its first line is missing"))?;
    let (sum, json) = (&bytes[..line], &bytes[line + 1..]);
    if sum != format!("{:08x}", crc32fast::hash(json)).as_bytes() {
        return Err(damaged("its bytes are not those that were written"));
    }
    serde_json::from_slice(json).map_err(|_| damaged("it is not of the form that was expected"))
}

/// Writes such a file beside the old one, waits until it is on disk, and puts it in its place.
pub(super) fn write_checked(path: &Path, value: &impl Serialize) -> Result<(), IndexError> {
    let json = serde_json::to_vec(value).expect("plain data");
    let mut bytes = format!("{:08x}\n", crc32fast::hash(&json)).into_bytes();
    bytes.extend_from_slice(&json);
    write_whole(path, &bytes)
}

pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let draft = path.with_extension("draft");
    let mut file = File::create(&draft).map_err(IndexError::io(&draft))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(IndexError::io(&draft))?;
    fs::rename(&draft, path).map_err(IndexError::io(path))
}

/// Waits until the names of new files are on disk.
pub(super) fn sync_folder(folder: &Path) -> Result<(), IndexError> {
    // Folders cannot be opened on every system; where they cannot, renaming is as durable as it gets.
    match File::open(folder) {
        Ok(file) if cfg!(unix) => file.sync_all().map_err(IndexError::io(folder)),
        _ => Ok(()),
    }
}
