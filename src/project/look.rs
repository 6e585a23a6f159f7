//! What a file looks like without being read.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Size, times and place of a file. While none of them differs, nobody has written to it: on Unix the time of the last
/// change of any kind cannot be set back, and a file put in the place of another has another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Bytes.
    pub size: u64,
    /// When its content was written, as far as the file says; nanoseconds since 1970.
    pub modified: i64,
    /// When anything about it changed; nanoseconds since 1970, 0 where the system does not say.
    pub changed: i64,
    /// Its number in the file system, 0 where it has none.
    pub inode: i64,
}

impl Look {
    /// `None` when there is no file, or the system does not say.
    pub fn of(path: &Path) -> Option<Self> {
        Self::from_metadata(&fs::metadata(path).ok()?)
    }

    fn from_metadata(metadata: &Metadata) -> Option<Self> {
        let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok();
        let modified = since.map_or(0, |d| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX));
        let (changed, inode) = changed(metadata);
        Some(Self { size: metadata.len(), modified, changed, inode })
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec());
    (nanoseconds, metadata.ino().cast_signed())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64) {
    (0, 0)
}
