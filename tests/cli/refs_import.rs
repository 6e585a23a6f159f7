//! `refs import`: works of files of any format.

use super::support::Folder;

const RIS: &str = "TY  - JOUR\nID  - mine\nAU  - Ebert, H.\nTI  - Never cited\nJO  - Old Journal\nPY  - 1990\nVL  - 2\nER  - \n\nTY  - BOOK\nAU  - Doe, Jane\nTI  - A new book\nPY  - 2001\nPB  - Press\nER  - \n";

#[test]
fn what_is_known_is_said_and_what_is_new_appended() {
    let folder = Folder::with_project();
    folder.write("more.ris", RIS);
    folder.write(
        "more.bib",
        "@article{abel2001, author = {Zorn, Z.}, title = {Another matter}, year = 2001, journal = {J}}\n",
    );
    let before = folder.read("refs.bib");
    let (status, report) = folder.errors(&["refs", "import", "more.ris", "more.bib", "--dry-run"]);
    assert_eq!(status, 0);
    assert!(report.contains("would add doe2001"), "{report}");
    assert_eq!(folder.read("refs.bib"), before);
    let (status, report) = folder.errors(&["refs", "import", "more.ris", "more.bib"]);
    assert_eq!(status, 0, "{report}");
    assert!(report.contains("already there as ebert1990") && report.contains("added doe2001"), "{report}");
    assert!(report.contains("added zorn2001"), "a key that is taken is not given again: {report}");
    assert!(report.contains("3 works: 2 new, 1 already there, 0 not added"), "{report}");
    assert!(folder.read("refs.bib").starts_with(&before));
    let (_, again) = folder.errors(&["refs", "import", "more.ris", "more.bib"]);
    assert!(again.contains("3 works: 0 new, 3 already there"), "{again}");
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), before);
}

#[test]
fn a_file_that_is_none_is_named() {
    let folder = Folder::with_project();
    let (status, message) = folder.errors(&["refs", "import", "nowhere.ris"]);
    assert_eq!(status, 2);
    assert!(message.contains("nowhere.ris: there is no such file"), "{message}");
    folder.write("empty.bib", "% nothing\n");
    assert_eq!(folder.errors(&["refs", "import", "empty.bib"]).0, 1);
}
