//! Where in a file a finding is, as lines and columns.

use std::collections::HashMap;
use std::path::Path;

use crate::bibliography::bibtex;
use crate::check::Finding;
use crate::project::StoredDocument;
use crate::text::Span;

/// A part of a file; lines and columns from 1, columns in Unicode scalar values, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub start: (usize, usize),
    pub end: (usize, usize),
}

/// The file of a finding and, where it is known, the part of it.
pub(super) struct Location {
    pub file: String,
    pub region: Option<Region>,
}

/// Looks places up in the files of a folder; each file is read once.
pub(super) struct Locator<'a> {
    root: &'a Path,
    documents: &'a [StoredDocument],
    /// The file in which the works are.
    works: String,
    files: HashMap<String, Option<String>>,
}

impl<'a> Locator<'a> {
    /// `root` is the folder to which the names of files are relative.
    pub fn new(root: &'a Path, documents: &'a [StoredDocument], works: String) -> Self {
        Self { root, documents, works, files: HashMap::new() }
    }

    pub fn locate(&mut self, finding: &Finding) -> Location {
        let place = &finding.place;
        let Some(file) = place.file.clone() else {
            let region = place.key.as_deref().and_then(|key| self.entry(key));
            return Location { file: self.works.clone(), region };
        };
        let document = self.documents.iter().find(|d| d.name == file).map(|d| &d.analysis);
        let span = document.and_then(|analysis| {
            let of_claim = place.claim.as_ref().and_then(|id| analysis.claims.iter().position(|c| c.id == *id));
            match (of_claim, place.reference) {
                (Some(claim), _) => Some(analysis.document.claims[claim].span),
                (None, Some(reference)) => Some(analysis.document.references[reference].span),
                (None, None) => place.span,
            }
        });
        let region = span.filter(|s| s.start < s.end).and_then(|span| region_of(self.text(&file)?, span));
        Location { file, region }
    }

    fn entry(&mut self, key: &str) -> Option<Region> {
        let file = self.works.clone();
        let text = self.text(&file).filter(|_| file.ends_with(".bib"))?;
        let found = bibtex::keys(text).into_iter().find(|k| *k == key)?;
        // The key is a part of the text.
        let byte = (found.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let start = text.get(..byte)?.chars().count();
        region_of(text, Span { start, end: start + found.chars().count() })
    }

    fn text(&mut self, file: &str) -> Option<&str> {
        let root = self.root;
        let read = || {
            let text = std::fs::read_to_string(root.join(file)).ok()?;
            Some(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
        };
        self.files.entry(file.to_owned()).or_insert_with(read).as_deref()
    }
}

fn region_of(text: &str, span: Span) -> Option<Region> {
    let (mut line, mut column) = (1, 1);
    let mut start = None;
    for (at, c) in text.chars().chain(['\n']).enumerate() {
        if at == span.start {
            start = Some((line, column));
        }
        if at == span.end {
            return Some(Region { start: start?, end: (line, column) });
        }
        match c {
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions() {
        let region = |start, end| region_of("aé\nbc", Span { start, end }).map(|r| (r.start, r.end));
        assert_eq!(region(1, 4), Some(((1, 2), (2, 2))));
        assert_eq!(region(3, 5), Some(((2, 1), (2, 3))));
        assert_eq!(region(4, 9), None);
    }
}
