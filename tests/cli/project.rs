//! A project: init, load, change, undo.

use super::support::{ENTRY, Folder, text};

#[test]
fn load_adds_what_is_new_and_keeps_every_byte() {
    let folder = Folder::with_entry();
    folder.ok(&["init"]);
    let mine = "% my works\r\n@STRING{j = \"Journal of Examples\"}\r\n\r\n@article{mykey,\r\n  title={Rare Things seen {Twice}},author = \"Abel, A. and others\",\r\n  journal = j, year = 2001, volume=12, pages={34--56},\r\n}\r\n";
    folder.write("refs.bib", mine);
    let (_, report) = folder.errors(&["load", "entry.txt"]);
    assert!(
        report.contains("6 claims, 3 citations (1 unresolved), 4 references (3 new in refs.bib, 1 known)"),
        "{report}"
    );
    let after = folder.read("refs.bib");
    assert!(after.starts_with(mine));
    assert!(!after[mine.len()..].replace("\r\n", "").contains('\n'), "line ends stay CRLF");
    assert!(folder.ok(&["why", "rare"]).contains("mykey"));
}

#[test]
fn loading_again_changes_nothing() {
    let folder = Folder::with_project();
    let before = (folder.read("refs.bib"), folder.read("documents.jsonl"));
    folder.ok(&["load", "entry.txt"]);
    assert_eq!((folder.read("refs.bib"), folder.read("documents.jsonl")), before);
}

#[test]
fn a_document_from_elsewhere_is_copied_and_from_here_is_not() {
    let elsewhere = Folder::with_entry();
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.ok(&["load", elsewhere.file("entry.txt").to_str().unwrap()]);
    assert_eq!(folder.read("documents/entry.txt"), ENTRY);
    folder.write("notes/mine.txt", ENTRY);
    folder.ok(&["load", "notes/mine.txt"]);
    assert!(folder.read("documents.jsonl").contains("notes/mine.txt"));
    assert!(!folder.file("documents/mine.txt").exists());
}

#[test]
fn load_from_standard_input() {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.command(&["load", "-"]).write_stdin(ENTRY).assert().success();
    assert_eq!(folder.read("documents/example-disease.txt"), ENTRY);
    folder.command(&["load", "-", "--as", "other.txt"]).write_stdin(ENTRY).assert().success();
    assert_eq!(folder.read("documents/other.txt"), ENTRY);
}

#[test]
fn another_document_of_the_same_name_is_not_replaced_by_mistake() {
    let (folder, other) = (Folder::new(), Folder::new());
    folder.ok(&["init"]);
    let first = Folder::with_entry();
    folder.ok(&["load", first.file("entry.txt").to_str().unwrap()]);
    other.write("entry.txt", ENTRY.replace("Example Disease", "Quite Another Matter"));
    let (status, message) = folder.errors(&["load", other.file("entry.txt").to_str().unwrap()]);
    assert_eq!(status, 2);
    assert!(message.contains("--as NAME") && message.contains("Example Disease"), "{message}");
    assert_eq!(folder.read("documents/entry.txt"), ENTRY);
}

#[test]
fn a_file_that_is_no_document_of_the_project_is_not_written_over() {
    let folder = Folder::with_entry();
    folder.ok(&["init"]);
    folder.write("documents/mine.txt", "my own notes");
    let output = folder.command(&["load", "-", "--as", "mine.txt"]).write_stdin(ENTRY).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert_eq!(folder.read("documents/mine.txt"), "my own notes");
    assert_eq!(folder.errors(&["load", "refs.bib"]).0, 2);
    assert_eq!(folder.errors(&["load", "citetrail.toml"]).0, 2);
}

#[test]
fn a_removed_work_that_comes_back_is_linked_again() {
    let folder = Folder::with_project();
    folder.ok(&["refs", "remove", "baker2002", "--force"]);
    assert!(folder.ok(&["why", "fever"]).contains("(no entry)"));
    folder.ok(&[
        "refs",
        "add",
        "Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples, 3(4), 5–9.",
    ]);
    assert!(folder.ok(&["why", "fever"]).contains("baker2002"));
    assert!(folder.ok(&["backs", "baker2002"]).contains("inherit it"));
}

#[test]
fn a_claim_keeps_its_id_when_its_text_is_edited() {
    let folder = Folder::with_project();
    let id = |query: &str| folder.json(&["why", query, "--to", "json"])["claims"][0]["id"].clone();
    let before = id("with fever");
    folder.write("entry.txt", ENTRY.replace("With fever", "With a high fever"));
    folder.ok(&["load", "entry.txt"]);
    assert_eq!(id("with a high fever"), before);
    // The store is only an index: the id survives it.
    std::fs::remove_dir_all(folder.file(".citetrail")).unwrap();
    assert_eq!(id("with a high fever"), before);
}

#[test]
fn changes_by_hand_are_noticed() {
    let folder = Folder::with_project();
    folder.write("refs.bib", folder.read("refs.bib").replace("Rare things seen twice", "Rare things seen thrice"));
    assert!(folder.ok(&["refs", "list"]).contains("Rare things seen thrice"));
    folder.write("entry.txt", ENTRY.replace("Acquired forms", "Acquired forms (Ebert 1990)"));
    assert!(folder.ok(&["backs", "ebert1990"]).contains("Acquired forms"));
}

#[test]
fn undo_takes_back_change_after_change() {
    let folder = Folder::with_project();
    let loaded = folder.read("refs.bib");
    folder.ok(&["refs", "add", "Frey, I. (2003). New matters. Journal of Examples, 14, 1–2."]);
    folder.ok(&["refs", "remove", "ebert1990"]);
    assert!(!folder.read("refs.bib").contains("ebert1990"));
    assert_eq!(folder.errors(&["undo"]), (0, "undone: refs remove ebert1990\n".to_owned()));
    assert!(folder.ok(&["refs", "list"]).contains("frey2003"));
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), loaded);
    folder.ok(&["undo"]);
    assert_eq!((folder.read("refs.bib").as_str(), folder.file("documents.jsonl").exists()), ("", false));
    assert_eq!(
        folder.errors(&["claims"]),
        (1, "the project has no documents; `citetrail load DOC` reads one\n".to_owned())
    );
}

#[test]
fn refs_are_listed_searched_shown_added_removed() {
    let folder = Folder::with_project();
    insta::assert_snapshot!(folder.ok(&["refs", "list"]), @r"
    abel2001   Abel et al.   2001  Rare things seen twice
    baker2002  Baker & Cole  2002  Families and examples
    dorn1998   Dorn          1998  Late onset in theory
    ebert1990  Ebert         1990  Never cited
    ");
    assert_eq!(folder.ok(&["refs", "search", "famil", "2002"]).lines().count(), 1);
    assert_eq!(folder.status(&["refs", "search", "nothing"], 1), "");
    insta::assert_snapshot!(folder.ok(&["refs", "show", "baker2002"]), @r"
    baker2002
      Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples,
          3(4), 5–9. https://doi.org/10.5555/example.2
      entry.txt
        ● Causes › 1 › Inherited forms (and 2 claims below inherit it)

    @article{baker2002,
      author = {Baker, D. and Cole, E. F.},
      title = {Families and examples},
      journal = {Annals of Samples},
      year = {2002},
      volume = {3},
      number = {4},
      pages = {5--9},
      doi = {10.5555/example.2},
    }
    ");
    let (_, again) =
        folder.errors(&["refs", "add", "Baker D, Cole EF. Families and examples. Annals of Samples. 2002;3(4):5–9."]);
    assert!(again.contains("already there as baker2002"), "{again}");
    let (status, message) = folder.errors(&["refs", "remove", "baker2002"]);
    assert_eq!(status, 2);
    assert!(message.contains("“baker2002” is cited in entry.txt"), "{message}");
    folder.ok(&["refs", "remove", "baker2002", "--force"]);
    assert_eq!(folder.errors(&["refs", "remove", "nobody"]).0, 2);
}

#[test]
fn works_join_from_a_file_with_their_keys() {
    let folder = Folder::with_project();
    folder.write("more.bib", "@book{Own:Key, author={Doe, Jane}, title={Book}, year=2001}\n@article{x, author={Ebert, H.}, title={Never cited}, year=1990, journal={Old Journal}, volume=2}\n");
    let (_, report) = folder.errors(&["refs", "add", "--from", "more.bib"]);
    assert!(report.contains("added Own:Key") && report.contains("already there as ebert1990"), "{report}");
}

#[test]
fn without_a_project_the_way_out_is_told() {
    let folder = Folder::new();
    let (status, message) = folder.errors(&["claims"]);
    assert_eq!(status, 2);
    assert!(message.contains("citetrail init") && message.contains("--in DOC"), "{message}");
}

#[test]
fn init_twice_and_over_an_existing_bibliography() {
    let folder = Folder::new();
    folder.write("refs.bib", "@book{a, title={T}}\n");
    folder.ok(&["init"]);
    assert_eq!(folder.read("refs.bib"), "@book{a, title={T}}\n");
    assert_eq!(folder.errors(&["init"]).0, 2);
}

#[test]
fn the_style_of_the_project_is_used() {
    let folder = Folder::with_project();
    folder.write("citetrail.toml", "style = \"vancouver\"\n");
    assert!(folder.ok(&["cite", "baker2002"]).starts_with("1. Baker D, Cole EF."));
    folder.write("citetrail.toml", "stile = \"vancouver\"\n");
    let (status, message) = folder.errors(&["cite", "baker2002"]);
    assert_eq!(status, 2);
    assert!(message.contains("citetrail.toml") && message.contains("stile"), "{message}");
}

#[test]
fn one_bad_document_does_not_keep_the_others_out() {
    let folder = Folder::with_entry();
    folder.write("empty.txt", "  \n");
    folder.ok(&["init"]);
    let (status, message) = folder.errors(&["load", "empty.txt", "entry.txt"]);
    assert_eq!(status, 1);
    assert!(message.contains("empty.txt: the file is empty") && message.contains("loaded entry.txt"), "{message}");
}

#[test]
fn quiet_says_nothing_but_the_answer() {
    let folder = Folder::with_entry();
    let output = folder.run(&["-q", "dois", "--all", "--in", "entry.txt"]);
    assert_eq!((text(&output.stdout).as_str(), text(&output.stderr).as_str()), ("10.5555/example.2\n", ""));
}
