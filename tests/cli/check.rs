//! Findings.

use super::support::Folder;

#[test]
fn findings_say_what_and_what_to_do() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.status(&["check", "--in", "entry.txt"], 1), @"");
}

#[test]
fn uncited_is_a_fault_only_in_a_whole_document() {
    let folder = Folder::with_entry();
    let level = |args: &[&str]| {
        let json = folder.json(args);
        let findings = json["findings"].as_array().unwrap().clone();
        findings.iter().find(|f| f["code"] == "uncited-reference").unwrap()["level"].clone()
    };
    assert_eq!(level(&["check", "--in", "entry.txt", "--to", "json"]), "info");
    let whole = super::support::ENTRY.replace("This is a preview of subscription content, log in to check access.", "");
    folder.write("whole.txt", whole);
    assert_eq!(level(&["check", "--in", "whole.txt", "--to", "json"]), "warning");
}

#[test]
fn nothing_wrong_is_status_0() {
    let folder = Folder::new();
    folder.write(
        "fine.txt",
        "A Title\n\nAll is well (Abel 2001).\n\nReferences\n\nAbel, A. (2001). Rare things. Journal of Examples, 12, 34–56.\n",
    );
    assert!(folder.ok(&["check", "--in", "fine.txt"]).ends_with("0 errors, 0 warnings\n"));
}

#[test]
fn ambiguous_and_duplicate() {
    let folder = Folder::new();
    folder.write(
        "two.txt",
        "A Title\n\nWhich one is it (Abel 2001)?\n\nReferences\n\nAbel, A. (2001). Rare things. Journal of Examples, 12, 34–56.\n\n\
         Abel, A. (2001). Other things. Journal of Examples, 12, 70–71.\n\nAbel, A. (2001). Rare things. Journal of Examples, 12, 34–56.\n",
    );
    insta::assert_snapshot!(folder.status(&["check", "--in", "two.txt"], 1), @"");
}

#[test]
fn malformed_identifiers_in_the_bibliography() {
    let folder = Folder::with_project();
    let bib = folder.read("refs.bib");
    folder.write("refs.bib", format!("{bib}\n@book{{odd, title={{T}}, doi={{not-a-doi}}, isbn={{978-0-306-40615-8}}}}\n@article{{broken, title={{x}}\n"));
    let out = folder.status(&["check"], 1);
    for part in ["“not-a-doi” is not a DOI", "978-0-306-40615-8", "unreadable-part"] {
        assert!(out.contains(part), "{part}: {out}");
    }
}
