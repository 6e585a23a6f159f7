//! Documents that are more than text: manuscripts with keys, pages, articles in XML.

use super::support::Folder;

const BIB: &str = "@article{roe2001, author={Roe, J.}, title={Birch {DNA}}, journal={Wood}, year=2001, \
                   url={https://doi.org/10.5555/b1}}\n@book{doe1999, author={Doe, A.}, title={Alder}, year=1999}\n";
const MANUSCRIPT: &str = "---\ntitle: Bark\nbibliography: wood.bib\n---\n\n# One\n\nBark burns [see @roe2001, p. 3]. Oak too \
                          [@roe2002].\n";

fn with_manuscript() -> Folder {
    let folder = Folder::new();
    folder.write("paper.md", MANUSCRIPT);
    folder.write("wood.bib", BIB);
    folder
}

#[test]
fn scan_finds_the_bibliography_beside_the_manuscript() {
    let folder = with_manuscript();
    let model = folder.json(&["scan", "paper.md", "--to", "json"]);
    assert_eq!(model["claims"][0]["text"], "Bark burns [see @roe2001, p. 3].");
    assert_eq!(model["claims"][0]["refs"], serde_json::json!([0]));
    assert_eq!(model["references"][0]["key"], "roe2001");
    assert_eq!(model["references"][0]["fields"]["doi"], "10.5555/b1");
    assert_eq!(model["references"][0]["fields"]["title"], "Birch DNA");
    assert_eq!(model["unresolved"], serde_json::json!(["[@roe2002]"]));
    assert_eq!(model["claims"][1]["mentions"][0]["candidates"], serde_json::json!([0]));
    assert_eq!(model["uncited"], serde_json::json!([1]));
}

#[test]
fn a_loaded_manuscript_cites_the_works_of_the_project() {
    let folder = with_manuscript();
    folder.ok(&["init"]);
    folder.ok(&["load", "paper.md"]);
    let bib = folder.read("refs.bib");
    assert!(bib.contains("roe2001") && !bib.contains("doe1999"), "{bib}");
    assert!(folder.ok(&["backs", "roe2001"]).contains("Bark burns"));
    // Read again from the project's own files.
    folder.write("paper.md", format!("{MANUSCRIPT}\nAlso @roe2001.\n"));
    assert!(folder.ok(&["backs", "roe2001"]).contains("Also"));
}

#[test]
fn the_format_can_be_named() {
    let folder = Folder::new();
    folder.write("notes.txt", "# One\n\nBark burns [@a].\n");
    let model = folder.json(&["scan", "notes.txt", "--format", "md", "--to", "json"]);
    assert_eq!(model["claims"][0]["path"], "One");
    assert_eq!(folder.errors(&["scan", "notes.txt", "--format", "odt"]).0, 2);
}

#[test]
fn what_cannot_be_read_says_how_to_get_its_text() {
    let folder = Folder::new();
    folder.write("paper.pdf", "%PDF-1.7 and so on");
    let (status, message) = folder.errors(&["scan", "paper.pdf"]);
    assert_eq!(status, 2);
    assert!(message.contains("pdftotext"), "{message}");
}
