//! Answers kept on disk with their date, so that nothing is asked twice and an interrupted run goes on.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::client::Response;

/// A folder of kept answers; without a folder nothing is kept.
///
/// An answer that cannot be read counts as none, and one that cannot be written is not kept: the cache only saves time.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    /// Older answers are not used.
    max_age: Duration,
}

/// The file of one answer.
#[derive(Serialize, Deserialize)]
struct Entry {
    /// The address asked, without keys.
    url: String,
    accept: String,
    /// Seconds since 1970.
    at: u64,
    status: u16,
    body: String,
}

impl Cache {
    /// A folder, and how many days an answer holds.
    pub fn new(folder: Option<PathBuf>, days: u32) -> Self {
        Self { folder, max_age: Duration::from_secs(u64::from(days) * 86_400) }
    }

    /// The kept answer to a request, and when it was asked (seconds since 1970).
    pub(super) fn get(&self, url: &str, accept: &str) -> Option<(Response, u64)> {
        let entry: Entry = serde_json::from_slice(&fs::read(self.path(url, accept)?).ok()?).ok()?;
        let age = now().checked_sub(entry.at)?;
        let holds = entry.url == url && entry.accept == accept && age <= self.max_age.as_secs();
        holds.then_some((Response { status: entry.status, body: entry.body }, entry.at))
    }

    pub(super) fn put(&self, url: &str, accept: &str, response: &Response) {
        let Some(path) = self.path(url, accept) else { return };
        let entry = Entry {
            url: url.to_owned(),
            accept: accept.to_owned(),
            at: now(),
            status: response.status,
            body: response.body.clone(),
        };
        let write = || -> std::io::Result<()> {
            let folder = path.parent().expect("the path is a file in a folder");
            fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(&serde_json::to_vec(&entry)?)?;
            file.persist(&path)?;
            Ok(())
        };
        let _ = write();
    }

    fn path(&self, url: &str, accept: &str) -> Option<PathBuf> {
        let digest = Sha256::digest(format!("{accept}\n{url}"));
        let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Some(self.folder.as_ref()?.join(&name[..2]).join(format!("{name}.json")))
    }
}

/// Seconds since 1970, UTC.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_kept_until_they_are_old() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(folder.path().to_owned()), 30);
        let response = Response { status: 200, body: "{}".to_owned() };
        assert!(cache.get("https://a.example/1", "json").is_none());
        cache.put("https://a.example/1", "json", &response);
        assert_eq!(cache.get("https://a.example/1", "json").unwrap().0, response);
        assert!(cache.get("https://a.example/1", "xml").is_none());
        let path = cache.path("https://a.example/1", "json").unwrap();
        let old = fs::read_to_string(&path).unwrap().replace(&format!("\"at\":{}", now() / 1000), "\"at\":1");
        fs::write(&path, old).unwrap();
        assert!(cache.get("https://a.example/1", "json").is_none());
        fs::write(&path, b"damaged").unwrap();
        assert!(cache.get("https://a.example/1", "json").is_none());
    }
}
