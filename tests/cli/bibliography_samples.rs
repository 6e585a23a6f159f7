//! The sample bibliographies beside the project, when they are there: read, written and read again in every format.

use std::path::{Path, PathBuf};

use citetrail::bibliography::{Format, Library, Loss, losses, read, write};
use citetrail::work::{DateField, Field, Role};

use super::support::shared;

/// What does not hold yet: format and file. The list may only get shorter.
const KNOWN: [(&str, &str); 2] =
    [("endnote-xml", "EndnoteXmlImporterTest_EmptyKeywordStyle.xml"), ("nbib", "biber_crossrefs.bib")];

fn is_known(format: Format, path: &Path) -> bool {
    KNOWN.iter().any(|(name, file)| format.name() == *name && path.ends_with(file))
}

/// Every file of a folder and of the folders in it.
fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The samples that can be read, with the format they are in.
fn samples() -> Vec<(PathBuf, Format, Library)> {
    let folders = ["bibliographies/samples", "bibliographies/bib_odd"];
    let all = folders.into_iter().filter_map(shared).flat_map(files);
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).unwrap();
        let format = Format::of_file(&bytes, &path)?;
        let library = read(&bytes, Some(format)).ok()?;
        Some((path, format, library))
    };
    all.filter_map(read).collect()
}

/// Whether a loss is of a variable, and not only of what a program keeps for itself.
fn is_of_a_variable(loss: &Loss) -> bool {
    let name = loss.name.as_str();
    name == "type"
        || Field::from_csl(name).is_some()
        || DateField::from_csl(name).is_some()
        || Role::from_csl(name).is_some()
}

/// A format that can be written gives back all it told of the works.
#[test]
fn samples_come_back_in_their_own_format() {
    let mut wrong = Vec::new();
    for (path, format, library) in
        samples().into_iter().filter(|(path, format, _)| format.is_written() && !is_known(*format, path))
    {
        let text = write(&library.works, format);
        let again = read(text.as_bytes(), Some(format)).unwrap();
        assert_eq!(again.works.len(), library.works.len(), "{}", path.display());
        let lost: Vec<Loss> = losses(&library.works, &text, format).into_iter().filter(is_of_a_variable).collect();
        wrong.extend(lost.iter().map(|lost| format!("{}: {lost}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Written in any format, a sample is as many works, and what comes back is written the same again.
#[test]
fn samples_settle_in_every_format() {
    let mut wrong = Vec::new();
    for (path, _, library) in samples() {
        for format in Format::written() {
            let text = write(&library.works, format);
            let again = read(text.as_bytes(), Some(format)).unwrap();
            assert_eq!(again.works.len(), library.works.len(), "{:?}: {}", format, path.display());
            let second = write(&again.works, format);
            let third = read(second.as_bytes(), Some(format)).unwrap();
            if third.works != again.works && !is_known(format, &path) {
                wrong.push(format!("{format:?}: {}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
