//! Manuscripts in several files.

use super::support::Folder;

const BIB: &str = "@book{roe2001, author={Roe, J.}, title={Birch}, year=2001}\n@book{doe1999, author={Doe, A.}, title={Alder}, year=1999}\n";

fn with_paper() -> Folder {
    let folder = Folder::new();
    folder.write(
        "paper/main.tex",
        "\\documentclass{article}\n\\title{Bark}\n\\input{macros}\n\\begin{document}\n\\section{One}\n\\input{parts/one}\n\
         \\include{parts/two}\n\\input{parts/gone}\n\\bibliography{refs}\n\\end{document}\n",
    );
    folder.write("paper/macros.tex", "\\newcommand{\\mine}[1]{\\cite{#1}}\n");
    folder.write("paper/parts/one.tex", "Bark burns well \\mine{roe2001}.\n");
    folder.write("paper/parts/two.tex", "\\section{Two}\nOak floats \\cite{doe1999}.\n");
    folder.write("paper/refs.bib", BIB);
    folder
}

#[test]
fn the_files_of_a_paper_are_read_in_their_places() {
    let folder = with_paper();
    let model = folder.json(&["scan", "paper/main.tex", "--to", "json"]);
    let paths: Vec<&str> = model["claims"].as_array().unwrap().iter().map(|c| c["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["One", "Two"]);
    assert_eq!(model["unresolved"], serde_json::json!([]));
    assert!(folder.ok(&["why", "floats", "--in", "paper/main.tex"]).contains("Doe"));
    let check = folder.status(&["check", "--in", "paper/main.tex"], 1);
    assert!(check.contains("line 8: “parts/gone” was not taken in"), "{check}");
}

#[test]
fn nothing_outside_of_the_folder_is_read_unasked() {
    let folder = Folder::new();
    folder.write("shared.tex", "Shared words \\cite{roe2001}.\n");
    folder.write(
        "paper/main.tex",
        "\\begin{document}\nOwn.\n\n\\input{../shared}\n\n\\input{/etc/hostname}\n\\end{document}\n",
    );
    let model = folder.json(&["scan", "paper/main.tex", "--to", "json"]);
    assert_eq!(model["claims"].as_array().unwrap().len(), 1);
    let messages = model["findings"].to_string();
    assert_eq!(messages.matches("outside of the manuscript's folder").count(), 2, "{messages}");
    let model = folder.json(&["scan", "paper/main.tex", "--root", ".", "--to", "json"]);
    assert_eq!(model["claims"][1]["text"], "Shared words \\cite{roe2001}.");
    assert_eq!(folder.errors(&["scan", "shared.tex", "--root", "paper"]).0, 2);
}

#[test]
fn a_loaded_paper_keeps_its_files_and_follows_their_changes() {
    let folder = with_paper();
    folder.ok(&["init", "project"]);
    folder.ok(&["--project", "project", "load", "paper/main.tex"]);
    assert!(folder.ok(&["--project", "project", "why", "floats"]).contains("Doe"));
    let part = "project/documents/main/parts/two.tex";
    folder.write(part, folder.read(part).replace("Oak floats", "Ash sinks"));
    assert!(folder.ok(&["--project", "project", "why", "sinks"]).contains("Doe"));
    // A file that was not there is read when it is.
    folder.write("project/documents/main/parts/gone.tex", "Elm bends \\cite{roe2001}.\n");
    assert!(folder.ok(&["--project", "project", "backs", "roe2001"]).contains("Elm bends"));
}

#[test]
fn a_paper_of_the_project_may_take_in_what_lies_beside_its_folder() {
    let folder = Folder::new();
    folder.write("shared.typ", "Shared words @roe2001.\n");
    folder.write("paper/main.typ", "= One\n#include \"../shared.typ\"\n");
    folder.write("refs.bib", BIB);
    folder.ok(&["init"]);
    folder.ok(&["load", "paper/main.typ", "--root", "."]);
    folder.write("shared.typ", "Other words @roe2001.\n");
    assert!(folder.ok(&["backs", "roe2001"]).contains("Other words"));
}

#[test]
fn quarto() {
    let folder = Folder::new();
    folder.write("main.qmd", "---\ntitle: T\nbibliography: refs.bib\n---\n\n{{< include _part.qmd >}}\n");
    folder.write("_part.qmd", "Bark burns [@roe2001].\n");
    folder.write("refs.bib", BIB);
    assert_eq!(folder.json(&["scan", "main.qmd", "--to", "json"])["claims"][0]["refs"], serde_json::json!([0]));
    let (status, message) = {
        let output = folder
            .command(&["scan", "-", "--format", "md"])
            .write_stdin("{{< include _part.qmd >}}\n\nText.\n")
            .output()
            .unwrap();
        (output.status.code(), super::support::text(&output.stderr))
    };
    assert_eq!(status, Some(0));
    assert!(message.contains("came without its folder"), "{message}");
}
