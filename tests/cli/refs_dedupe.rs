//! `refs dedupe`: groups found, merged, linked.

use super::support::{Folder, text};

const BIB: &str = "% mine\n@article{holm04,\n  author = {Holm, A.},\n  title = {Tides and ferries of the northern islands},\n  journal = {J. Ferries},\n  year = {2004},\n  volume = {12},\n  pages = {34},\n}\n\n@article{holm2004x,\n  author = {Holm, Ada},\n  title = {Tides and Ferries of the Northern Islands.},\n  journal = {Journal of Ferries},\n  year = {2004},\n  volume = {12},\n  number = {3},\n  pages = {34--56},\n  doi = {10.5555/a},\n}\n\n@book{other, title = {Another}, related = {holm04}}\n\n@article{zorn,\n  author = {Zorn, Z.},\n  title = {Eels of the southern islands and their ways},\n  journal = {Eel Journal},\n  year = {2001},\n  volume = {1},\n  pages = {1--9},\n  note = {A},\n}\n\n@article{zorn2,\n  author = {Zorn, Z.},\n  title = {Eels of the southern islands and their ways},\n  journal = {Eel Journal},\n  year = {2001},\n  volume = {1},\n  pages = {1--9},\n  note = {B},\n}\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", BIB);
    folder
}

fn answered(folder: &Folder, args: &[&str], answers: &str) -> (i32, String) {
    let output = folder.command(args).write_stdin(answers).output().unwrap();
    (output.status.code().unwrap(), text(&output.stderr))
}

#[test]
fn certain_groups_are_merged_after_a_diff() {
    let folder = folder();
    let diff = folder.status(&["refs", "dedupe", "--auto"], 1);
    assert!(diff.contains("-@article{holm04,") && diff.contains("+  ids = {holm04},"), "{diff}");
    assert_eq!(folder.read("refs.bib"), BIB);
    let (status, message) = folder.errors(&["refs", "dedupe", "--auto", "--write"]);
    assert_eq!(status, 0);
    assert!(message.contains("holm2004x takes in holm04"), "{message}");
    assert!(message.contains("left: zorn, zorn2 disagree about note: {A} or {B}"), "{message}");
    assert!(message.contains("merged 1 group, 1 left"), "{message}");
    let after = folder.read("refs.bib");
    let gone = &BIB[BIB.find("@article{holm04,").unwrap()..BIB.find("@article{holm2004x").unwrap()];
    let expected = BIB
        .replace(gone, "")
        .replace("doi = {10.5555/a},\n", "doi = {10.5555/a},\n  ids = {holm04},\n")
        .replace("related = {holm04}", "related = {holm2004x}");
    assert_eq!(after, expected);
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), BIB);
}

#[test]
fn conflicts_are_asked_and_nothing_is_lost_unseen() {
    let folder = folder();
    let (status, message) = answered(&folder, &["refs", "dedupe", "--merge"], "n\ny\nwhat\n2\ny\n");
    assert_eq!(status, 0, "{message}");
    assert!(message.contains("1  {A}  (zorn)") && message.contains("2  {B}  (zorn2)"), "{message}");
    assert!(message.contains("not kept: note = {A} of zorn"), "{message}");
    let after = folder.read("refs.bib");
    assert!(
        after.contains("holm04,")
            && !after.contains("@article{zorn2")
            && after.contains("note = {B},\n  ids = {zorn2}"),
        "{after}"
    );
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), BIB);
    for answers in ["", "y\n", "q\n", "y\ny\n1\nn\n"] {
        answered(&folder, &["refs", "dedupe", "--merge"], answers);
        assert_eq!(folder.read("refs.bib"), BIB, "{answers}");
    }
}

#[test]
fn a_cited_entry_stays_and_documents_follow() {
    let folder = Folder::with_project();
    let copy = "\n@article{copy, author = {Ebert, Hanna}, title = {Never cited}, journal = {Old Journal}, year = 1990, volume = 2, pages = {3--4}, doi = {10.5555/e}}\n";
    let copy_of_cited = "\n@article{copy2, author = {Baker, Dora and Cole, E. F.}, title = {Families and examples}, journal = {Annals of Samples}, year = 2002, volume = 3, pages = {5--9}, doi = {10.5555/example.2}, abstract = {Long}}\n";
    folder.write("refs.bib", folder.read("refs.bib") + copy + copy_of_cited);
    let before = (folder.read("refs.bib"), folder.read("documents.jsonl"));
    folder.ok(&["refs", "dedupe", "--auto", "--write"]);
    let after = folder.read("refs.bib");
    assert!(after.contains("@article{baker2002,") && !after.contains("@article{copy2"), "{after}");
    assert!(after.contains("Dora") && after.contains("abstract = {Long}"), "{after}");
    assert!(after.contains("@article{copy,") && !after.contains("@article{ebert1990"), "{after}");
    assert!(folder.read("documents.jsonl").contains("\"copy\""));
    assert!(folder.ok(&["why", "fever"]).contains("baker2002"));
    folder.ok(&["undo"]);
    assert_eq!((folder.read("refs.bib"), folder.read("documents.jsonl")), before);
}

#[test]
fn a_preprint_is_linked_and_not_merged() {
    let folder = Folder::new();
    let bib = "@article{pre, author={Holm, Ada}, title={Tides and ferries of the northern islands}, journal={bioRxiv}, year=2019, doi={10.1101/2019.01.02.123456}}\n@article{out, author={Holm, Ada}, title={Tides and ferries of the northern islands}, journal={Journal of Ferries}, year=2021, volume=3, doi={10.5555/out}}\n";
    folder.write("a.bib", bib);
    let shown = folder.ok(&["refs", "dedupe", "--bib", "a.bib"]);
    assert!(shown.contains("pre  (preprint) Holm (2019)") && shown.contains("out  (published)"), "{shown}");
    let (_, message) = folder.errors(&["refs", "dedupe", "--bib", "a.bib", "--auto", "--write"]);
    assert!(message.contains("out names its preprint pre"), "{message}");
    let expected = bib.replace(
        "doi={10.5555/out}",
        "doi={10.5555/out}, related={pre}, relatedtype={preprint}, relatedstring={Preprint}",
    );
    assert_eq!(folder.read("a.bib"), expected);
    let (status, message) = folder.errors(&["refs", "dedupe", "--bib", "a.bib", "--auto", "--write"]);
    assert_eq!(status, 0);
    assert!(message.contains("nothing to merge"), "{message}");
}

#[test]
fn only_a_bib_file_is_merged() {
    let folder = Folder::new();
    folder.write("a.ris", "TY  - BOOK\nTI  - A\nER  - \n");
    let (status, message) = folder.errors(&["refs", "dedupe", "--bib", "a.ris", "--auto"]);
    assert_eq!(status, 2);
    assert!(message.contains("citetrail convert FILE --to bib"), "{message}");
    assert_eq!(folder.errors(&["refs", "dedupe", "--write"]).0, 2);
}
