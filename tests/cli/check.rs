//! Findings.

use super::support::Folder;

#[test]
fn findings_say_what_and_what_to_do() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.status(&["check", "--in", "entry.txt"], 1), @r"
    entry.txt
      error citation-year-mismatch
        “(Dorn 1999)”: no work by Dorn of 1999 in the list; the year is off by one
        from a work that is there
        → correct the citation if it means dorn1998 (Late onset in theory), or add
          the reference
    1 × claim-without-source (info; --level info lists them)
    3 × missing-doi (info; --level info lists them)
    1 × reading-notice (info; --level info lists them)
    1 × uncited-reference (info; --level info lists them)
    1 error, 0 warnings
    ");
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
    insta::assert_snapshot!(folder.status(&["check", "--in", "two.txt"], 1), @r"
    two.txt
      warning ambiguous-citation
        “(Abel 2001)”: 2 works of the list share authors and year: abel2001,
        abel2001a
        → put letters after the years (2004a, 2004b), in the text and in the list
      warning duplicate-reference
        references 1 and 3 of the list are the same publication
        → keep one of the two if they are
      warning uncited-reference
        abel2001b (“Rare things”) is in the list but not cited in the text at hand
        → cite the work, or take it off the list
    3 × missing-doi (info; --level info lists them)
    0 errors, 3 warnings
    ");
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
