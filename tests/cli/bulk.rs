//! Many documents at a time.

use super::support::{ENTRY, Folder, text};

fn with_many() -> Folder {
    let folder = Folder::new();
    for i in 0..40 {
        folder.write(
            &format!("all/{:02}/entry-{i:02}.txt", i % 4),
            ENTRY.replace("Example Disease", &format!("Disease {i}")),
        );
    }
    folder.write("all/01/broken.docx", "PK\u{3}\u{4}word/document.xml and so on");
    folder.write("all/paper.tex", "\\begin{document}\n\\input{part}\n\\end{document}\n");
    folder.write("all/part.tex", "A part of a paper.\n");
    folder.write("all/.hidden.txt", "Hidden.");
    folder.write("all/.git/a.txt", "Hidden.");
    folder.write("all/picture.png", "x");
    folder.write("all/refs.bib", "@book{a, title={A}}");
    folder.write("all/old.pdf", "%PDF-1.7");
    folder
}

#[test]
fn a_folder_is_a_line_a_document_in_one_order_whatever_the_jobs() {
    let folder = with_many();
    let output = folder.run(&["scan", "all", "--to", "jsonl"]);
    assert_eq!(output.status.code(), Some(1), "one cannot be read");
    assert!(text(&output.stderr).contains("1 file .pdf"), "{}", text(&output.stderr));
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 42);
    let names: Vec<&str> = lines.iter().map(|l| l["file"].as_str().unwrap()).collect();
    assert_eq!(names[0], "all/paper.tex");
    assert!(names[1..].is_sorted() && !names.contains(&"all/part.tex"));
    let broken = lines.iter().find(|l| l["file"] == "all/01/broken.docx").unwrap();
    assert!(broken["error"].as_str().unwrap().starts_with("not a Word document that can be read"), "{broken}");
    assert_eq!(lines[1]["references"].as_array().unwrap().len(), 4);
    for jobs in ["1", "7"] {
        assert_eq!(folder.run(&["scan", "all", "--to", "jsonl", "--jobs", jobs]).stdout, output.stdout);
    }
}

#[test]
fn one_document_in_lines_is_its_model() {
    let folder = Folder::with_entry();
    let line = folder.json(&["scan", "entry.txt", "--to", "jsonl"]);
    let mut model = folder.json(&["scan", "entry.txt", "--to", "json"]);
    model["file"] = "entry.txt".into();
    assert_eq!(line, model);
    assert_eq!(folder.errors(&["scan", "entry.txt", "entry.txt2", "--to", "json"]).0, 2);
    assert_eq!(folder.status(&["scan", "gone.txt", "--to", "jsonl"], 1).matches("\"error\"").count(), 1);
}

#[test]
fn a_folder_is_loaded_and_what_cannot_be_read_keeps_nothing_out() {
    let folder = with_many();
    folder.ok(&["init"]);
    let (status, errors) = folder.errors(&["load", "all"]);
    assert_eq!(status, 1, "{errors}");
    assert!(errors.contains("broken.docx") && errors.contains("1 of 42 documents not loaded"), "{errors}");
    assert!(folder.ok(&["claims", "Late onset"]).contains("Disease 39"));
    folder.write("empty/a.png", "x");
    assert_eq!(folder.errors(&["load", "empty"]).0, 2);
}

#[test]
fn summaries_of_several() {
    let folder = with_many();
    let shown = folder.status(&["scan", "all"], 1);
    assert_eq!(shown.matches(" claims, ").count(), 40);
    assert!(shown.contains("all/01/broken.docx: not read: "), "{shown}");
}
