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

#[test]
fn records_of_databases_are_recognised_in_other_spellings() {
    let folder = Folder::with_project();
    // Capital letters and an abbreviated journal are no obstacle; a neighbouring year is a doubt; a reply is another text.
    folder.write("ovid.ris", "TY  - JOUR\nAU  - Ebert, H\nTI  - NEVER CITED.\nJO  - Old J\nPY  - 1990\nVL  - 2\nSP  - 3\nEP  - 4\nER  - \n\nTY  - JOUR\nAU  - Baker, D\nTI  - Reply: Families and examples\nJO  - Annals of Samples\nPY  - 2002\nVL  - 3\nSP  - 400\nER  - \n\nTY  - JOUR\nAU  - Dorn, G\nTI  - Late onset in theory\nJO  - Old Journal\nPY  - 1999\nVL  - 1\nSP  - 1\nER  - \n");
    let (_, report) = folder.errors(&["refs", "import", "ovid.ris"]);
    assert!(report.contains("already there as ebert1990"), "{report}");
    assert!(
        report.contains("added baker2002a: Baker (2002) Reply") && !report.contains("baker2002a may be"),
        "{report}"
    );
    assert!(report.contains("dorn1999 may be the same publication as dorn1998"), "{report}");
}
