//! `sources/`: texts of works, attached for reading. They may not be copied to others, so git does not see them.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::hash::ContentHash;
use super::journal::{Change, Journal, Shrinking, read_optional};
use super::{Project, ProjectError, read_text};
use crate::document::{self, Format, ReadOptions};
use crate::review::{SourceText, WorkRef};

/// The folder of attached texts.
pub const SOURCES: &str = "sources";
const INDEX: &str = "sources/attached.jsonl";
const IGNORE: &str = "sources/.gitignore";

/// A text attached to a work; a line of `sources/attached.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub work: WorkRef,
    /// Path relative to the project's folder.
    pub file: String,
    /// The name of the format.
    pub format: String,
}

impl Project {
    /// Copies a file that holds the text of a work into the project. Returns its path there.
    pub fn attach(&self, work: WorkRef, name: &Path, bytes: Vec<u8>, format: Format) -> Result<String, ProjectError> {
        let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
        document::read(&bytes, &options)
            .map_err(|e| ProjectError::File { path: name.to_owned(), message: e.to_string() })?;
        let journal = Journal::open(&self.root)?;
        let extension = name.extension().map(|e| e.to_string_lossy().to_lowercase());
        let extension = extension.filter(|e| e.len() <= 8 && e.bytes().all(|b| b.is_ascii_alphanumeric()));
        let stem: String = work.key.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
        let stem: String = stem.chars().take(80).collect();
        let before = read_optional(&self.root.join(INDEX))?;
        let attached = self.attachments()?;
        // The same content again replaces nothing; another one gets a number.
        let mut file = String::new();
        for n in 1.. {
            let number = if n == 1 { String::new() } else { format!("-{n}") };
            let dot = extension.as_ref().map(|e| format!(".{e}")).unwrap_or_default();
            file = format!("{SOURCES}/{stem}{number}{dot}");
            let there = read_optional(&self.root.join(&file))?;
            if there.as_ref().is_none_or(|b| ContentHash::of(b) == ContentHash::of(&bytes)) {
                break;
            }
        }
        let attachment = Attachment { work, file: file.clone(), format: format.name().to_owned() };
        let mut changes = Vec::new();
        let ignore = read_optional(&self.root.join(IGNORE))?;
        if ignore.is_none() {
            let rule = b"# Texts of works, for reading here. Their owners may not allow copies.\n*\n".to_vec();
            changes.push(Change { path: IGNORE.into(), before: None, after: Some(rule) });
        }
        changes.push(Change {
            path: file.clone().into(),
            before: read_optional(&self.root.join(&file))?.map(Arc::new),
            after: Some(bytes),
        });
        if !attached.contains(&attachment) {
            let mut after = before.clone().unwrap_or_default();
            if after.last().is_some_and(|b| *b != b'\n') {
                after.push(b'\n');
            }
            after.extend(serde_json::to_vec(&attachment).expect("an attachment is plain data"));
            after.push(b'\n');
            changes.push(Change { path: INDEX.into(), before: before.map(Arc::new), after: Some(after) });
        }
        journal.commit(&format!("attach {} {file}", attachment.work.key), &changes, Shrinking::Refused)?;
        Ok(file)
    }

    /// What is attached. A line that cannot be read is passed over: attaching again adds it.
    pub fn attachments(&self) -> Result<Vec<Attachment>, ProjectError> {
        let text = read_text(&self.root.join(INDEX))?;
        Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }

    /// The text of an attachment; `None` when its file is gone or is no text any more.
    pub fn source_text(&self, attachment: &Attachment) -> Result<Option<SourceText>, ProjectError> {
        // The index is a text file like others: it must not lead out of the folder.
        let name = Path::new(&attachment.file);
        let is_inside = name.components().all(|c| matches!(c, std::path::Component::Normal(_)));
        if !is_inside {
            return Ok(None);
        }
        let Some(bytes) = read_optional(&self.root.join(name))? else { return Ok(None) };
        let format = Format::from_name(&attachment.format).unwrap_or_else(|| Format::of_file(name, &bytes));
        let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
        let Ok(document) = document::read(&bytes, &options) else { return Ok(None) };
        let printed = if format == Format::Text { std::str::from_utf8(&bytes).ok() } else { None };
        Ok(Some(SourceText::of_document(&document, printed)))
    }
}
