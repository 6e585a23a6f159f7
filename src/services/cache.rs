//! Answers kept on disk with their date, so that nothing is asked twice and an interrupted run goes on.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::client::Response;
use crate::review::Timestamp;

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
    at: Timestamp,
    status: u16,
    body: String,
}

impl Cache {
    /// A folder, and how many days an answer holds.
    pub fn new(folder: Option<PathBuf>, days: u32) -> Self {
        Self { folder, max_age: Duration::from_secs(u64::from(days) * 86_400) }
    }

    /// The kept answer to a request, and when it was asked.
    pub(super) fn get(&self, url: &str, accept: &str) -> Option<(Response, Timestamp)> {
        let entry: Entry = serde_json::from_slice(&fs::read(self.path(url, accept)?).ok()?).ok()?;
        // An answer of tomorrow is of no known age: the clock was put back.
        let age = u64::try_from(now().micros() - entry.at.micros()).ok()?;
        let holds = entry.url == url && entry.accept == accept && age <= self.max_age.as_secs() * 1_000_000;
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

pub(super) fn now() -> Timestamp {
    Timestamp::from(SystemTime::now())
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
        let text = fs::read_to_string(&path).unwrap();
        let mut entry: Entry = serde_json::from_str(&text).unwrap();
        for (days, holds) in [(29, true), (31, false), (-1, false)] {
            entry.at = Timestamp::from_micros(now().micros() - days * 86_400_000_000);
            fs::write(&path, serde_json::to_string(&entry).unwrap()).unwrap();
            assert_eq!(cache.get("https://a.example/1", "json").is_some(), holds, "{days} days");
        }
        fs::write(&path, b"damaged").unwrap();
        assert!(cache.get("https://a.example/1", "json").is_none());
    }
}
