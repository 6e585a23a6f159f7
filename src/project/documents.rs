//! `documents.jsonl`: which documents belong to the project, and what only a person or an earlier reading knows of
//! them. One JSON object a line, sorted by path, made for git.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::FolderFiles;
use crate::analysis::{Analysis, ClaimId};
use crate::document::{Format, RawReference, ReadOptions};
use crate::text::{fold, fold_key, similarity};

/// A line of `documents.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Path relative to the project's folder, with `/`.
    pub document: String,
    /// Which entry of `refs.bib` a reference became: fingerprint of the printed reference → citation key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub works: BTreeMap<ReferenceFingerprint, String>,
    /// Claims whose text was edited: the id their present text would give → the id they keep.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kept_ids: BTreeMap<ClaimId, ClaimId>,
    /// The name of the format, when it is another than the file's name and content say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// The folder below which the document may take in files, relative to the project's, when it is not its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
}

/// What stands for a printed reference: equal for strings that differ only in spaces, case and punctuation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReferenceFingerprint(String);

impl ReferenceFingerprint {
    pub fn of(printed: &str) -> Self {
        let digest = Sha256::digest(fold_key(printed));
        Self(digest[..6].iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Stands for a citation key of the document.
    pub fn of_key(key: &str) -> Self {
        let digest = Sha256::digest(format!("@{key}"));
        Self(digest[..6].iter().map(|b| format!("{b:02x}")).collect())
    }
}

/// What a reference is recorded under.
pub(super) trait Fingerprinted {
    fn fingerprint(&self) -> ReferenceFingerprint;
}

impl Fingerprinted for RawReference {
    /// An entry of a bibliography stays the same under its key, a printed one by what is printed.
    fn fingerprint(&self) -> ReferenceFingerprint {
        match (&self.known, &self.label) {
            (Some(known), Some(key)) if *key == known.key => ReferenceFingerprint::of_key(key),
            _ => ReferenceFingerprint::of(&self.text),
        }
    }
}

/// Reads the lines; a line that cannot be read is returned with its number (from 1) and the reason.
pub fn read(text: &str) -> (Vec<DocumentRecord>, Vec<(usize, String)>) {
    let (mut records, mut problems) = (BTreeMap::new(), Vec::new());
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        match serde_json::from_str::<DocumentRecord>(line) {
            // After a merge a document may have two lines: the later one counts.
            Ok(record) => {
                records.insert(record.document.clone(), record);
            }
            Err(error) => problems.push((i + 1, error.to_string())),
        }
    }
    (records.into_values().collect(), problems)
}

/// The text of the file with the record of one document put in; all other lines stay as they are.
pub fn with_record(text: &str, record: &DocumentRecord) -> String {
    let line = serde_json::to_string(record).expect("a record is plain data");
    let names = |l: &str| serde_json::from_str::<DocumentRecord>(l).ok().map(|r| r.document);
    let mut lines: Vec<&str> = text.lines().filter(|l| names(l).as_ref() != Some(&record.document)).collect();
    let at = lines.iter().position(|l| names(l).is_some_and(|n| n > record.document)).unwrap_or(lines.len());
    lines.insert(at, &line);
    lines.join("\n") + "\n"
}

impl DocumentRecord {
    /// How the document is to be read.
    pub fn options(&self, bytes: &[u8]) -> ReadOptions {
        let given = self.format.as_deref().and_then(Format::from_name);
        let format = given.unwrap_or_else(|| Format::of_file(Path::new(&self.document), bytes));
        ReadOptions { format: Some(format), ..ReadOptions::default() }
    }

    /// The folder below which the document may take in files, relative to the project's; "" is that itself.
    pub fn folder(&self) -> &str {
        let own = self.document.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.root.as_deref().unwrap_or(own)
    }

    /// The path in the project of a file that the document takes in.
    pub fn path_of(&self, included: &str) -> String {
        let folder = self.folder();
        if folder.is_empty() { included.to_owned() } else { format!("{folder}/{included}") }
    }

    /// The files that the document may take in.
    pub fn files(&self, project: &Path) -> FolderFiles {
        let folder = self.folder();
        let own = self.document.strip_prefix(folder).unwrap_or(&self.document).trim_start_matches('/');
        FolderFiles::below(project.join(folder), own.to_owned())
    }

    /// Gives claims the ids they keep.
    pub fn restore_ids(&self, analysis: &mut Analysis) {
        for claim in &mut analysis.claims {
            if let Some(kept) = self.kept_ids.get(&claim.id) {
                claim.id = kept.clone();
            }
        }
    }
}

/// Finds claims of an earlier reading whose text was edited in the new one, and records that they keep their ids. A
/// claim is the same when it stands in the same place and its text is alike, or when its text is nearly equal.
pub fn re_anchor(old: &Analysis, new: &Analysis, record: &mut DocumentRecord) {
    let known: std::collections::HashSet<&ClaimId> = old.claims.iter().map(|c| &c.id).collect();
    let effective = |c: &ClaimId| record.kept_ids.get(c).cloned().unwrap_or_else(|| c.clone());
    let present: std::collections::HashSet<ClaimId> = new.claims.iter().map(|c| effective(&c.id)).collect();
    let mut gone: Vec<usize> = (0..old.claims.len()).filter(|&i| !present.contains(&old.claims[i].id)).collect();
    let fresh: Vec<usize> = (0..new.claims.len()).filter(|&i| !known.contains(&effective(&new.claims[i].id))).collect();
    for i in fresh {
        let text = fold(&new.document.claims[i].text);
        let alike = |&o: &usize| {
            let before = fold(&old.document.claims[o].text);
            let longest = before.len().max(text.len());
            let s = if longest > 4_000 { 0.0 } else { similarity(&before, &text) };
            let same_place = old.path(o) == new.path(i) && !old.document.claims[o].path.is_empty();
            (s >= if same_place { 0.5 } else { 0.8 }).then_some((o, s))
        };
        // Neighbours in the list of what is gone: an edit of thousands of claims at once must not cost their product.
        // Of equals the first: what is printed twice, as by a file taken in twice, keeps its order.
        let best =
            gone.iter().take(400).filter_map(alike).reduce(|best, next| if next.1 > best.1 { next } else { best });
        if let Some((o, _)) = best {
            record.kept_ids.insert(new.claims[i].id.clone(), old.claims[o].id.clone());
            gone.retain(|&g| g != o);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str) -> DocumentRecord {
        DocumentRecord {
            document: name.to_owned(),
            works: BTreeMap::new(),
            kept_ids: BTreeMap::new(),
            format: None,
            root: None,
        }
    }

    #[test]
    fn lines_are_put_in_order_and_others_stay() {
        let text = with_record("", &record("b.txt"));
        let text = with_record(&format!("{text}not json\n"), &record("a.txt"));
        assert_eq!(text, "{\"document\":\"a.txt\"}\n{\"document\":\"b.txt\"}\nnot json\n");
        let (records, problems) = read(&text);
        assert_eq!(records.iter().map(|r| r.document.as_str()).collect::<Vec<_>>(), ["a.txt", "b.txt"]);
        assert_eq!(problems[0].0, 3);
    }

    #[test]
    fn fingerprints_forgive_spacing() {
        assert_eq!(
            ReferenceFingerprint::of("Wu, J. (2008).  Title"),
            ReferenceFingerprint::of("Wu, J. (2008). Title.")
        );
        assert_ne!(ReferenceFingerprint::of("Wu 2008"), ReferenceFingerprint::of("Wu 2009"));
    }
}
