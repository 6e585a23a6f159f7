//! `refs edit`: one entry in the user's editor.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use super::support::{Folder, text};

const BIB: &str = "% mine\n@book{holm2004,\n  title = {Tides},\n}\n@book{b, crossref = {holm2004}}\n";

/// A folder with an editor that runs `sed` with a script over the file.
fn folder(script: &str) -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", BIB);
    folder.write("editor", format!("#!/bin/sh\nsed '{script}' \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"\n"));
    std::fs::set_permissions(folder.file("editor"), std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn edit(folder: &Folder, key: &str) -> Output {
    let mut command = folder.command(&["refs", "edit", key]);
    command.env_remove("VISUAL").env("EDITOR", folder.file("editor")).output().unwrap()
}

#[test]
fn the_edited_entry_takes_the_place_of_the_old() {
    let folder = folder("s/Tides/High tides/");
    assert!(edit(&folder, "holm2004").status.success());
    assert_eq!(folder.read("refs.bib"), BIB.replace("Tides", "High tides"));
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), BIB);
}

#[test]
fn another_key_is_followed() {
    let folder = folder("s/holm2004/holm04/");
    assert!(edit(&folder, "holm2004").status.success());
    assert_eq!(folder.read("refs.bib"), BIB.replace("holm2004", "holm04"));
}

#[test]
fn what_does_not_parse_is_refused_and_kept() {
    for (script, reason) in [
        ("s/Tides}/Tides/", "the entry is not closed"),
        ("s/title = {Tides},/title = {Tides} year = 2004/", "a comma is missing"),
        ("s/{holm2004,/{,/", "no citation key"),
        ("s/^}/} @book{c}/", "there is more after the end of the entry"),
        ("s/holm2004/b/", "another entry has the key “b” already"),
    ] {
        let folder = folder(script);
        let output = edit(&folder, "holm2004");
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{script}");
        assert!(message.contains(reason), "{message}");
        assert_eq!(folder.read("refs.bib"), BIB);
        let kept = message
            .split_whitespace()
            .map(|w| w.trim_end_matches([':', ';']))
            .find(|w| w.ends_with(".bib") && w.contains("citetrail-"));
        let kept = kept.unwrap_or_else(|| panic!("{message}"));
        assert!(std::fs::read_to_string(kept).unwrap().contains("@book"));
        std::fs::remove_file(kept).unwrap();
    }
}

#[test]
fn nothing_typed_changes_nothing() {
    let folder = folder("");
    let output = edit(&folder, "holm2004");
    assert!(output.status.success() && text(&output.stderr).contains("was not changed"));
    let mut command = folder.command(&["refs", "edit", "holm2004"]);
    let output = command.env("VISUAL", "false").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the editor “false” ended with"));
    assert_eq!(folder.read("refs.bib"), BIB);
}
