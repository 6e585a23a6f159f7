//! Promise 4 over real files: one entry is edited, all other bytes stay.

use std::path::{Path, PathBuf};

use citetrail::bibliography::bibtex::tidy::{Selection, is_sound, tidy};
use citetrail::bibliography::bibtex::{BibText, EntryText, Splice, apply, editable, read_text};

use super::support::shared;

/// The `.bib` files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            match path.extension().and_then(|e| e.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("bib") if entry.metadata().is_ok_and(|m| m.len() < 300_000) => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

type Edit = fn(&mut EntryText) -> Option<(&'static str, Option<String>)>;

/// Edits, each with the field it was about and the value it has then.
const EDITS: [Edit; 5] = [
    |entry| {
        entry.set("title", "A {New} Title, (with) more").ok()?;
        Some(("title", Some("A {New} Title, (with) more".to_owned())))
    },
    |entry| {
        entry.set("x-checked", "yes").ok()?;
        Some(("x-checked", Some("yes".to_owned())))
    },
    |entry| {
        let name = entry.fields().next()?.name.to_owned();
        entry.remove(&name).ok()?;
        entry.field(&name).is_none().then_some(("x-nothing", None))
    },
    |entry| {
        let name = entry.fields().last()?.name.to_owned();
        let value = entry.field(&name)?.text?.to_owned();
        entry.rename(&name, "x-renamed").ok()?;
        Some(("x-renamed", Some(value)))
    },
    |entry| {
        entry.rekey("x-new-key").ok()?;
        (entry.key() == "x-new-key").then_some(("x-nothing", None))
    },
];

#[test]
fn one_entry_of_every_file_is_edited_and_the_rest_stays() {
    let Some(folder) = shared("bibliographies") else { return };
    let mut edited = 0;
    for path in files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(source) = editable(&bytes) else { continue };
        let file = BibText::new(source);
        let works = read_text(source.trim_start_matches('\u{feff}')).works.len();
        let count = file.entries().count();
        for i in [0, count / 2, count.saturating_sub(1)] {
            let Some((block, _)) = file.entries().nth(i) else { continue };
            for edit in EDITS {
                let mut entry = file.editable(block).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                let before = entry.clone();
                let Some((field, value)) = edit(&mut entry) else {
                    assert_eq!(entry, before, "{}: a refused edit changed something", path.display());
                    continue;
                };
                let shown = entry.text().to_owned();
                let after = apply(source, vec![Splice { span: block.span.clone(), with: entry.into_text() }]);
                let tail = source.len() - block.span.end;
                assert_eq!(after[..block.span.start], source[..block.span.start]);
                assert_eq!(after[after.len() - tail..], source[block.span.end..]);
                let again = BibText::new(&after);
                assert_eq!(again.entries().count(), count, "{}: {shown}", path.display());
                let (block, _) = again.entries().nth(i).unwrap();
                let entry = again.editable(block).unwrap();
                assert_eq!(
                    entry.field(field).and_then(|f| f.text).map(str::to_owned),
                    value,
                    "{}: {shown}",
                    path.display()
                );
                assert_eq!(
                    read_text(after.trim_start_matches('\u{feff}')).works.len(),
                    works,
                    "{}: {shown}",
                    path.display()
                );
                edited += 1;
            }
        }
    }
    assert!(edited > 500, "only {edited} edits");
}

#[test]
fn every_file_is_tidied_soundly_and_once_is_enough() {
    let Some(folder) = shared("bibliographies") else { return };
    let mut changed = 0;
    for path in files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(source) = editable(&bytes) else { continue };
        for select in ["default", "all"] {
            let selection = Selection::new(&[select.to_owned()], &[]).unwrap();
            let once = tidy(source, &selection);
            assert!(is_sound(source, &once.text), "{} {select}", path.display());
            let twice = tidy(&once.text, &selection);
            let other = once.text.lines().zip(twice.text.lines()).find(|(a, b)| a != b);
            assert!(twice.text == once.text, "{} {select}: {:?}: {other:?}", path.display(), twice.changed);
            changed += usize::from(once.text != source);
        }
    }
    assert!(changed > 50, "only {changed} files were changed");
}
