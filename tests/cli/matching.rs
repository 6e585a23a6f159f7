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

/// One work a line as CSL-JSON: DOI, authors, year, title, container, volume, issue, page.
fn shelf(works: &[[&str; 8]]) -> Folder {
    let folder = Folder::new();
    let line = |[doi, authors, year, title, container, volume, issue, page]: &[&str; 8]| {
        let authors: Vec<_> = authors.split("; ").filter(|name| !name.is_empty()).collect();
        let person = |name: &&str| {
            let (family, given) = name.split_once(", ").unwrap();
            serde_json::json!({"family": family, "given": given})
        };
        let year: i32 = year.parse().unwrap();
        let mut work = serde_json::json!({"id": doi, "DOI": doi, "title": title, "container-title": container,
            "author": authors.iter().map(person).collect::<Vec<_>>(), "issued": {"date-parts": [[year]]}});
        for (field, value) in [("volume", volume), ("issue", issue), ("page", page)] {
            if !value.is_empty() {
                work[field] = (*value).into();
            }
        }
        format!("{work}\n")
    };
    folder.write("works.jsonl", works.iter().map(line).collect::<String>());
    folder.ok(&["index", "add", "works.jsonl", "--index", "ix"]);
    folder
}

fn told(folder: &Folder, reference: &str) -> String {
    let answer = &verdicts(folder, reference)[0];
    format!("{} {}", answer["verdict"].as_str().unwrap(), answer["doi"].as_str().unwrap_or("-"))
}

#[test]
fn works_that_are_easily_taken_for_another() {
    let folder = shelf(&[
        [
            "10.5555/column",
            "",
            "2002",
            "Harbour news: notes and announcements",
            "Annals of Ports",
            "12",
            "6",
            "680-681",
        ],
        [
            "10.5555/part1",
            "Quist, Q.; Rudd, R.",
            "1991",
            "Tides of the upper fjord. I. Measurements in spring",
            "Annals of Ports",
            "4",
            "2",
            "101-110",
        ],
        [
            "10.5555/spring",
            "Solberg, T.; Ume, U.; Vang, V.",
            "2011",
            "Buoys that count passing seals",
            "Journal of Northern Ferries",
            "59",
            "21",
            "1139-1146",
        ],
        [
            "10.5555/juvenile",
            "Wik, W.",
            "1967",
            "Anatomy of roots of the sea holly: studies of the juvenile phase",
            "Annals of Ports",
            "9",
            "1",
            "77-82",
        ],
    ]);
    for (reference, expected) in [
        // The same column, of the same issue and of another one.
        (
            "“Harbour News: Notes and Announcements.” Annals of Ports 12, no. 6 (2002): 680–681.",
            "matched 10.5555/column",
        ),
        ("“Harbour News: Notes and Announcements.” Annals of Ports 12, no. 3 (2002): 337.", "not-found -"),
        (
            "Quist Q, Rudd R. Tides of the upper fjord. I. Measurements in spring. Ann Ports. 1991;4(2):101-10.",
            "matched 10.5555/part1",
        ),
        (
            "Quist Q, Rudd R. Tides of the upper fjord. II. Measurements in autumn. Ann Ports. 1991;4(2):111-9.",
            "not-found -",
        ),
        // Without a title: the page tells the works of a group in one volume apart.
        ("[1] T. Solberg, U. Ume, V. Vang, J. North. Ferries 59 (2011) 1139.", "matched 10.5555/spring"),
        ("[1] T. Solberg, U. Ume, V. Vang, J. North. Ferries 59 (2011) 803.", "not-found -"),
        ("7 T. Solberg, U. Ume, and V. Vang, J. North. Ferries 59, 1139 (2011).", "matched 10.5555/spring"),
        (
            "Wik W. Anatomy of roots of the sea holly: studies of the mature phase. Ann Ports. 1967;9(1):83-90.",
            "not-found -",
        ),
    ] {
        assert_eq!(told(&folder, reference), expected, "{reference}");
    }
}

#[test]
fn of_two_records_of_one_work_that_which_is_printed_letter_for_letter_is_answered() {
    let folder = shelf(&[
        [
            "10.5555/first",
            "Ashby, A.; Beck, B.",
            "1999",
            "Contaminants in Surficial Sediments of a Harbour",
            "Annals of Ports",
            "18",
            "5",
            "838-849",
        ],
        [
            "10.5555/second",
            "Ashby, A.; Beck, B.",
            "1999",
            "CONTAMINANTS IN SURFICIAL SEDIMENTS OF A HARBOUR",
            "Annals of Ports",
            "18",
            "5",
            "838",
        ],
    ]);
    let printed = |title: &str, page: &str| format!("Ashby A, Beck B. {title}. Annals of Ports. 1999;18(5):{page}.");
    let upper = printed("CONTAMINANTS IN SURFICIAL SEDIMENTS OF A HARBOUR", "838");
    assert_eq!(told(&folder, &upper), "matched 10.5555/second");
    let lower = printed("Contaminants in Surficial Sediments of a Harbour", "838-849");
    assert_eq!(told(&folder, &lower), "matched 10.5555/first");
}

#[test]
fn a_name_says_less_the_more_works_have_it() {
    let mut works = vec![["10.5555/meant", "Dahl, D.", "2010", "A ferry on ice", "Annals of Ports", "30", "", ""]];
    let rare = shelf(&works);
    assert_eq!(told(&rare, "D. Dahl, Annals of Ports 30 (2010)."), "matched 10.5555/meant");
    let dois: Vec<String> = (0..40).map(|i| format!("10.5555/other.{i}")).collect();
    let titles: Vec<String> = (0..40).map(|i| format!("Signals of lighthouse {i} in fog")).collect();
    for (doi, title) in dois.iter().zip(&titles) {
        works.push([doi, "Dahl, D.", "2010", title, "Annals of Ports", "30", "", ""]);
    }
    let common = shelf(&works);
    assert_ne!(told(&common, "D. Dahl, Annals of Ports 30 (2010)."), "matched 10.5555/meant");
}

#[test]
fn records_that_could_not_be_found_again_are_left_out_and_said() {
    let folder = Folder::new();
    let lines = "{\"id\": 1, \"title\": \"Harbours\"}\n{\"id\": 2, \"volume\": \"7\"}\n{\"id\": 3, \"DOI\": \"10.5555/x\"}\n{\"raw\": \"Roe A. Skin. 2001\"}\n";
    folder.write("works.jsonl", lines);
    let out = folder.run(&["index", "add", "works.jsonl", "--index", "ix"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(1), "{said}");
    assert!(said.contains("works.jsonl:2:1: left out: neither a title nor a DOI or PMID"), "{said}");
    assert!(said.contains("works.jsonl:4:1: "), "{said}");
    assert!(said.contains("2 records left out"), "{said}");
    assert_eq!(folder.json(&["index", "info", "--index", "ix", "--to", "json"])["works"], 2);
}
