//! Inputs that want to do something else than be read.

use super::support::{ENTRY, Folder};

/// Text that acts in a terminal, a spreadsheet, LaTeX, HTML or BibTeX.
const PAYLOAD: &str = "=cmd|'/C calc'!A0 \u{1b}]52;c;eA==\u{7} \\input{/etc/passwd} <script>alert(1)</script> }, evil = {x} @article{y, \u{202e}";

fn hostile() -> Folder {
    let folder = Folder::new();
    folder.write(
        "entry.txt",
        ENTRY
            .replace("Rare things seen twice", &format!("Rare things {PAYLOAD}"))
            .replace("Acquired forms", &format!("Acquired {PAYLOAD}")),
    );
    folder
}

fn has_controls(text: &str) -> bool {
    text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || c == '\u{202e}')
}

#[test]
fn terminals_are_not_acted_on() {
    let folder = hostile();
    for args in [
        &["why", "rare", "--in", "entry.txt"][..],
        &["claims", "--in", "entry.txt"],
        &["backs", "abel2001", "--in", "entry.txt"],
        &["check", "--level", "info", "--in", "entry.txt"],
        &["cite", "--all", "--in", "entry.txt"],
        &["dois", "--all", "--missing", "--in", "entry.txt"],
        &["scan", "entry.txt"],
        &["parse", "entry.txt"],
        &["why", "no such \u{1b}[31m claim", "--in", "entry.txt"],
    ] {
        let output = folder.run(args);
        for stream in [&output.stdout, &output.stderr] {
            assert!(!has_controls(&super::support::text(stream)), "{args:?}");
        }
    }
}

#[test]
fn targets_are_not_acted_on() {
    let folder = hostile();
    let html = folder.ok(&["cite", "--all", "--in", "entry.txt", "--to", "html"]);
    assert!(!html.contains("<script"), "{html}");
    let latex = folder.ok(&["cite", "--all", "--in", "entry.txt", "--to", "latex"]);
    assert!(!latex.contains("\\input{"), "{latex}");
    let csv = folder.ok(&["dois", "--all", "--missing", "--in", "entry.txt", "--to", "csv"]);
    assert!(csv.lines().all(|l| l.split(',').all(|cell| !cell.starts_with('='))), "{csv}");
}

#[test]
fn a_hostile_reference_stays_one_entry() {
    let folder = hostile();
    folder.ok(&["init"]);
    folder.ok(&["load", "entry.txt"]);
    let list = folder.ok(&["refs", "list"]);
    assert_eq!(list.lines().filter(|l| !l.starts_with(' ')).count(), 4, "{list}");
    assert!(!folder.read("refs.bib").contains("evil = {x}"));
    assert!(folder.json(&["check", "--to", "json"])["findings"].is_array());
}

#[test]
fn a_bibliography_is_no_document() {
    let folder = Folder::with_project();
    folder.write("works.bib", "% mine\n@book{roe2001, title={Bark}, year=2001}\n");
    folder.write("export.txt", "TY  - BOOK\nTI  - Bark\nPY  - 2001\nER  - \n");
    folder.write("works.json", "[{\"id\": \"a\", \"type\": \"book\", \"title\": \"Bark\"}]");
    folder.write("pubmed.xml", "<?xml version=\"1.0\"?>\n<PubmedArticleSet></PubmedArticleSet>");
    for (args, part) in [
        (&["scan", "works.bib"][..], "works.bib: this is a bibliography (bib)"),
        (&["claims", "--in", "works.bib"], "`citetrail refs list --bib works.bib`"),
        (&["load", "export.txt"], "export.txt: this is a bibliography (ris)"),
        (&["scan", "works.json"], "(csl-json)"),
        (&["scan", "pubmed.xml"], "(pubmed-xml)"),
        (&["attach", "abel2001", "works.bib"], "works.bib: this is a bibliography (bib)"),
    ] {
        let (status, message) = folder.errors(args);
        assert_eq!(status, 2, "{args:?}");
        assert!(message.contains(part), "{args:?}: {message}");
    }
    // A document that shows an entry is one; and who names the format is believed.
    folder.write("about.txt", "Bark burns. An entry looks like this:\n\n@book{roe2001, title={Bark}}\n");
    folder.ok(&["scan", "about.txt"]);
    folder.ok(&["scan", "works.bib", "--format", "text"]);
}

#[test]
fn what_is_no_document_is_refused_with_advice() {
    let folder = Folder::new();
    folder.write("empty.txt", "");
    std::fs::create_dir(folder.file("nothing")).unwrap();
    folder.write("binary.bin", [0_u8, 159, 146, 150, 0, 1, 2, 3, 255, 254].repeat(200));
    for (args, part) in [
        (["scan", "missing.txt"], "missing.txt: there is no such file"),
        (["scan", "empty.txt"], "empty.txt: the file is empty"),
        (["scan", "binary.bin"], "binary.bin: "),
        (["scan", "nothing"], "nothing: there are no documents in it"),
    ] {
        let (status, message) = folder.errors(&args);
        assert_eq!(status, 2, "{args:?}");
        assert!(message.contains(part), "{args:?}: {message}");
    }
}
