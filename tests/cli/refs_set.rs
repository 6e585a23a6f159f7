//! `refs set` and `refs rename-key`: edits that leave every other byte alone.

use super::support::Folder;

const BIB: &str = "% mine\r\n@STRING{ds = \"Dermatologic Surgery\"}\r\n\r\n@article(wu08,\r\n  title={Calcinosis {Cutis}} ,\r\n  Journal = ds # \" B\",\r\n  year = 2008\r\n)\r\n\r\n@book{ other , crossref = \"wu08\", related={x,wu08} }\r\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", BIB);
    folder
}

#[test]
fn fields_are_set_and_taken_out_and_nothing_else_changes() {
    let folder = folder();
    folder.ok(&["refs", "set", "wu08", "title=New & {Old}", "doi=10.5555/a_b"]);
    let expected = BIB
        .replace("title={Calcinosis {Cutis}}", "title={New \\& {Old}}")
        .replace("year = 2008\r\n", "year = 2008,\r\n  doi = {10.5555/a_b}\r\n");
    assert_eq!(folder.read("refs.bib"), expected);
    folder.ok(&["refs", "set", "wu08", "doi=", "--rename", "year=date", "--type", "misc"]);
    let expected = BIB
        .replace("title={Calcinosis {Cutis}}", "title={New \\& {Old}}")
        .replace("year =", "date =")
        .replace("@article", "@misc");
    assert_eq!(folder.read("refs.bib"), expected);
    folder.ok(&["undo"]);
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), BIB);
}

#[test]
fn a_value_of_macros_is_set_as_source() {
    let folder = folder();
    folder.ok(&["refs", "set", "wu08", "--source", "journal=ds"]);
    assert_eq!(folder.read("refs.bib"), BIB.replace("ds # \" B\"", "ds"));
    let (status, message) = folder.errors(&["refs", "set", "wu08", "--source", "journal={a}, b = {c}"]);
    assert_eq!(status, 2);
    assert!(message.contains("refs.bib") && message.contains("pair the braces"), "{message}");
}

#[test]
fn what_cannot_be_set_changes_nothing() {
    let folder = folder();
    for (args, expected) in [
        (&["refs", "set", "nobody", "year=1"][..], "no entry has the key “nobody”"),
        (&["refs", "set", "wu08", "title=a}"], "brace without its partner"),
        (&["refs", "set", "wu08", "a b=c"], "cannot be the name of a field"),
        (&["refs", "set", "wu08", "--remove", "abstract"], "wu08 has no field abstract"),
        (&["refs", "set", "wu08"], "required"),
        (&["refs", "set", "wu08", "year"], "no field name before a “=”"),
        (&["refs", "rename-key", "wu08", "OTHER"], "another entry has the key “other” already"),
        (&["refs", "rename-key", "wu08", "a b"], "cannot be a citation key"),
    ] {
        let (status, message) = folder.errors(args);
        assert_eq!(status, 2, "{args:?}");
        assert!(message.contains(expected), "{args:?}: {message}");
    }
    assert_eq!(folder.read("refs.bib"), BIB);
    assert!(folder.errors(&["refs", "set", "wu08", "year=2008"]).1.contains("so already"));
    assert!(folder.errors(&["undo"]).1.contains("“init”"), "the newest change is that of init");
}

#[test]
fn a_file_outside_of_a_project_is_edited_and_a_copy_kept() {
    let folder = Folder::new();
    folder.write("chapter.bib", BIB);
    let (status, message) = folder.errors(&["refs", "set", "wu08", "year=2009", "--bib", "chapter.bib"]);
    assert_eq!(status, 0, "{message}");
    assert!(message.contains("chapter.bib~"), "{message}");
    assert_eq!(folder.read("chapter.bib"), BIB.replace("2008", "2009"));
    assert_eq!(folder.read("chapter.bib~"), BIB);
    folder.write("export.ris", "TY  - BOOK\nER  - \n");
    let (status, message) = folder.errors(&["refs", "set", "x", "year=2009", "--bib", "export.ris"]);
    assert_eq!(status, 2);
    assert!(message.contains("citetrail convert FILE --to bib"), "{message}");
}

#[test]
fn another_file_of_the_project_is_edited_through_its_journal() {
    let folder = folder();
    folder.write("parts/chapter.bib", BIB);
    folder.ok(&["refs", "set", "wu08", "year=2009", "--bib", "parts/chapter.bib"]);
    assert_eq!(
        (folder.read("parts/chapter.bib"), folder.read("refs.bib").as_str()),
        (BIB.replace("2008", "2009"), BIB)
    );
    folder.ok(&["undo"]);
    assert_eq!(folder.read("parts/chapter.bib"), BIB);
}

#[test]
fn a_file_that_is_not_utf8_is_not_edited() {
    let folder = Folder::new();
    folder.write("a.bib", b"@book{k, title = {caf\xe9}}");
    let (status, message) = folder.errors(&["refs", "set", "k", "year=2009", "--bib", "a.bib"]);
    assert_eq!(status, 2);
    assert!(message.contains("a.bib: the file is not UTF-8"), "{message}");
}

#[test]
fn what_names_an_entry_follows_its_key() {
    let folder = folder();
    folder.ok(&["refs", "rename-key", "wu08", "wu2008", "--keep-ids"]);
    let expected = BIB
        .replace("@article(wu08", "@article(wu2008")
        .replace("\"wu08\", related={x,wu08}", "\"wu2008\", related={x,wu2008}")
        .replace("year = 2008\r\n", "year = 2008,\r\n  ids = {wu08}\r\n");
    assert_eq!(folder.read("refs.bib"), expected);
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), BIB);
}

#[test]
fn a_document_still_points_to_the_renamed_entry() {
    let folder = Folder::with_project();
    let before = (folder.read("refs.bib"), folder.read("documents.jsonl"));
    folder.ok(&["refs", "rename-key", "baker2002", "families"]);
    assert!(folder.ok(&["why", "fever"]).contains("families"));
    std::fs::remove_dir_all(folder.file(".citetrail")).unwrap();
    assert!(folder.ok(&["why", "fever"]).contains("families"), "the record is in the text files");
    folder.ok(&["load", "entry.txt"]);
    assert!(!folder.read("refs.bib").contains("baker2002"));

    let folder = Folder::with_project();
    folder.ok(&["refs", "rename-key", "baker2002", "families"]);
    folder.ok(&["undo"]);
    assert_eq!((folder.read("refs.bib"), folder.read("documents.jsonl")), before);
    assert!(folder.ok(&["why", "fever"]).contains("baker2002"));
}
