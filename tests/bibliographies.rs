//! Files of other programs: read, written in every format and read again, they stay as they are.
//!
//! The files are not part of the project. They are looked for in the folder that `CITETRAIL_BIBLIOGRAPHIES` names, else in
//! `../shared/data/bibliographies` beside the project; without them the test says so and does nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use citetrail::bibliography::{Format, losses, read, write};

fn folder() -> Option<PathBuf> {
    let named = env::var_os("CITETRAIL_BIBLIOGRAPHIES").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bibliographies");
    [named, Some(beside)].into_iter().flatten().find(|folder| folder.is_dir())
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).expect("the folder can be read").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_none_or(|e| e != "gz") && fs::metadata(&path).is_ok_and(|m| m.len() < LARGEST)
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Larger files would make a test of minutes, in bytes.
const LARGEST: u64 = 300_000;

/// What a format does not say of works that were read from it: EndNote repeats the periodical for display, and separates
/// keywords in its own way.
const LOST: &[(&str, &str)] =
    &[("endnote-xml", "alt-periodical"), ("endnote-xml", "keyword"), ("endnote-xml", "user16"), ("nbib", "CTI")];

#[test]
fn what_is_written_reads_back_equal() {
    let Some(folder) = folder() else {
        println!("ignored: the files are not here (set CITETRAIL_BIBLIOGRAPHIES to their folder)");
        return;
    };
    let (mut read_files, mut wrong) = (0, Vec::new());
    let mut lost: BTreeMap<(String, String), usize> = BTreeMap::new();
    for file in files_below(&folder) {
        let bytes = fs::read(&file).expect("the file can be read");
        let Some(format) = Format::of_file(&bytes, &file) else { continue };
        let Ok(library) = read(&bytes, Some(format)) else { continue };
        read_files += 1;
        for written in Format::written() {
            let once = read(write(&library.works, written).as_bytes(), Some(written)).expect("what is written is read");
            let text = write(&once.works, written);
            let twice = read(text.as_bytes(), Some(written)).expect("what is written is read");
            if once.works.len() != library.works.len() || once.works != twice.works {
                wrong.push(format!("{} as {}", file.display(), written.name()));
            }
            if written == format {
                for loss in losses(&library.works, &write(&library.works, format), format) {
                    let of = (format.name().to_owned(), loss.name.clone());
                    if !LOST.contains(&(of.0.as_str(), of.1.as_str())) {
                        println!("{}: {loss}", file.display());
                        *lost.entry(of).or_default() += 1;
                    }
                }
            }
        }
    }
    println!("{read_files} files were read");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(lost.is_empty(), "{lost:#?}");
}
