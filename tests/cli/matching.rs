//! The index of works, and references matched against it.

use super::support::Folder;

const WORKS: &str = r#"{"id": "a", "type": "article-journal", "DOI": "10.5555/Tides", "title": "Tides and ferries of the northern fjords: a second look", "author": [{"family": "Holm", "given": "Ada"}, {"family": "Berg", "given": "Bo"}], "issued": {"date-parts": [[2004]]}, "container-title": "Journal of Northern Ferries", "volume": "12", "issue": "3", "page": "34-56"}
{"id": "b", "type": "article-journal", "DOI": "10.5555/harbours", "PMID": "1234567", "title": "Harbours in winter", "author": [{"family": "Lind", "given": "Cara"}], "issued": {"date-parts": [[1999]]}, "container-title": "Annals of Ports", "volume": "7", "page": "101-110"}
{"id": "c", "title": not JSON
{"id": "d", "type": "article-journal", "DOI": "10.5555/harbours2", "title": "Harbours in summer", "author": [{"family": "Lind", "given": "Cara"}], "issued": {"date-parts": [[2001]]}, "container-title": "Annals of Ports", "volume": "9", "page": "1-9"}
"#;

/// A folder with an index "ix" of [`WORKS`].
fn indexed() -> Folder {
    let folder = Folder::new();
    folder.write("works.jsonl", WORKS);
    folder.status(&["index", "add", "works.jsonl", "--index", "ix"], 1);
    folder
}

fn verdicts(folder: &Folder, references: &str) -> Vec<serde_json::Value> {
    folder.write("refs.txt", references);
    let out = folder.run(&["match", "refs.txt", "--index", "ix", "--to", "jsonl"]);
    let text = String::from_utf8(out.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn found_mismatched_not_found_and_cannot_tell() {
    let folder = indexed();
    let answers = verdicts(
        &folder,
        "Holm A, Berg B. Tides and ferries of the northern fjords: a second look. J North Ferries. 2004;12(3):34-56.\n\
         Holm, A., & Bergg, B. (2005). Tides and ferries of the northern fjords. Journal of Northern Ferries, 12, 34–56.\n\
         C. Lind, Annals of Ports 7, 101 (1999).\n\
         Quist Q. On something else altogether, never printed. Other Journal. 2010;1:2-3.\n\
         Lind, 1999.\n",
    );
    let shown: Vec<String> = answers
        .iter()
        .map(|a| {
            let fields = a["disagreements"]
                .as_array()
                .map(|d| d.iter().map(|d| d["field"].as_str().unwrap()).collect::<Vec<_>>().join(","));
            format!(
                "{} {} {}",
                a["verdict"].as_str().unwrap(),
                a["doi"].as_str().unwrap_or("-"),
                fields.unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "matched 10.5555/tides ",
            "mismatched 10.5555/tides title,year,authors",
            "matched 10.5555/harbours ",
            "not-found - ",
            "cannot-tell - ",
        ]
    );
    assert_eq!(
        answers[1]["disagreements"][1],
        serde_json::json!({"field": "year", "printed": "2005", "record": "2004"})
    );
}

#[test]
fn a_file_is_added_once_and_works_are_replaced_and_taken_out() {
    let folder = indexed();
    let works =
        |folder: &Folder| folder.json(&["index", "info", "--check", "--index", "ix", "--to", "json"])["works"].clone();
    assert_eq!(works(&folder), 3);
    let said = folder.run(&["index", "add", "works.jsonl", "--index", "ix"]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("1 file left out, in the index and unchanged"));
    folder.write(
        "more.bib",
        "@article{x, doi = {10.5555/HARBOURS}, title = {Harbours in autumn}, author = {Lind, Cara}}",
    );
    folder.ok(&["index", "add", "more.bib", "--index", "ix"]);
    assert_eq!(works(&folder), 3);
    let answer = &verdicts(&folder, "Lind, C. (1999). Harbours in autumn. https://doi.org/10.5555/harbours")[0];
    assert_eq!((&answer["verdict"], &answer["doi"]), (&"matched".into(), &"10.5555/harbours".into()));
    folder.ok(&["index", "remove", "10.5555/harbours", "--index", "ix"]);
    folder.status(&["index", "remove", "10.5555/harbours", "--index", "ix"], 1);
    assert_eq!(works(&folder), 2);
}

#[test]
fn retractions_are_said() {
    let folder = indexed();
    folder.write(
        "rw.csv",
        "Record ID,Title,Author,RetractionDate,RetractionDOI,OriginalPaperDOI,RetractionNature,Reason\n\
         1,Harbours in winter,Cara Lind,8/23/2012 0:00,10.5555/r,10.5555/harbours,Retraction,+Error in Data;\n",
    );
    folder.ok(&["index", "add", "--retractions", "rw.csv", "--index", "ix"]);
    let answer = &verdicts(&folder, "Lind, C. (1999). Harbours in winter. Annals of Ports, 7, 101–110.")[0];
    let notice = serde_json::json!({"kind": "retracted", "date": "2012-08-23", "reason": "Error in Data", "notice": "10.5555/r"});
    assert_eq!(answer["notices"][0], notice);
}

#[test]
fn damaged_and_missing_indexes_are_said() {
    let folder = indexed();
    folder.write("refs.txt", "Lind, C. (1999). Harbours in winter. Annals of Ports, 7, 101–110.");
    let error = folder.run(&["match", "refs.txt", "--index", "nothing"]);
    assert_eq!(error.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&error.stderr).contains("there is no index of works"));
    let mut paths = std::fs::read_dir(folder.path().join("ix")).unwrap().map(|e| e.unwrap().path());
    let path = paths.find(|p| p.extension().is_some_and(|e| e == "works")).unwrap();
    let whole = std::fs::read(&path).unwrap();
    // Whatever byte is changed, and wherever the file is cut, it is noticed and nothing aborts.
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::write(&path, &bytes).unwrap();
        let index = citetrail::matching::index::Index::open(&folder.path().join("ix")).and_then(|index| index.check());
        assert!(index.is_err(), "byte {at}");
        std::fs::write(&path, &whole[..at]).unwrap();
        assert!(citetrail::matching::index::Index::open(&folder.path().join("ix")).is_err(), "cut at {at}");
    }
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let error = folder.run(&["match", "refs.txt", "--index", "ix"]);
    assert_eq!(error.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&error.stderr).contains("the index is damaged"));
}

#[test]
fn many_small_additions_are_merged() {
    let folder = Folder::new();
    for i in 0..14 {
        let title = format!("Observations of lighthouse number {i} at night");
        folder.write("one.bib", format!("@article{{k, doi = {{10.5555/light.{i}}}, title = {{{title}}}, author = {{Ek, Eva}}, year = {{19{i:02}}}}}"));
        folder.ok(&["index", "add", "one.bib", "--again", "--index", "ix"]);
    }
    let info = folder.json(&["index", "info", "--check", "--index", "ix", "--to", "json"]);
    assert_eq!(info["works"], 14);
    assert!(info["segments"].as_u64().unwrap() < 8, "{info}");
    let answer = &verdicts(&folder, "Ek, E. (1903). Observations of lighthouse number 3 at night.")[0];
    assert_eq!(answer["doi"], "10.5555/light.3");
}
