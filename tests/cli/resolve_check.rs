//! What `resolve` found out, as `check` and `dois` know it.

use super::resolve::{WORKS, verdicts};
use super::support::Folder;

const MORE: &str = r#"{"id": "p", "type": "article", "DOI": "10.1101/2019.01.02.111111", "title": "A census of the gulls that follow ferries across the sound", "author": [{"family": "Moe", "given": "Mia"}], "issued": {"date-parts": [[2019]]}, "publisher": "bioRxiv"}
{"id": "q", "type": "article-journal", "DOI": "10.5555/gulls.9", "title": "A census of the gulls that follow ferries across the sound", "author": [{"family": "Moe", "given": "Mia"}], "issued": {"date-parts": [[2020]]}, "container-title": "Journal of Gulls", "volume": "2", "page": "9-19"}
"#;

const NOTICES: &str = "Record ID,Title,Author,RetractionDate,RetractionDOI,OriginalPaperDOI,RetractionNature,Reason\n\
    1,Harbours in winter,Cara Lind,8/23/2012 0:00,10.5555/r,10.5555/(SICI)1097<34::AID-HA1>3.0_W,Retraction,+Error in Data;\n";

const BIB: &str = "\
@article{wrongdoi, author = {Tarn, O. and Atik, B.}, year = 2006, title = {Extensive rust of the keel in a vessel with chronic leaks: metastatic corrosion navalis}, journal = {Pediatric Shipbuilding}, volume = 23, pages = {235--238}, doi = {10.5555/tides.4}}
@article{wrongyear, author = {Holm, Ada and Berg, Bo}, year = 2005, title = {Tides and ferries of the northern fjords: a second look}, journal = {Journal of Northern Ferries}, volume = 12, pages = {34--56}, doi = {10.5555/tides.4}}
@article{harbours, author = {Lind, Cara}, year = 1999, title = {Harbours in winter and the men who keep them open}, journal = {Annals of Ports}, volume = 7, pages = {101--110}, doi = {10.5555/(SICI)1097<34::AID-HA1>3.0_W}}
@online{preprint, author = {Moe, Mia}, year = 2019, title = {A census of the gulls that follow ferries across the sound}, doi = {10.1101/2019.01.02.111111}}
@article{unknown, author = {Quist, Q.}, year = 2010, title = {On something else altogether}, journal = {Other Journal}, volume = 1, pages = {2--3}, doi = {10.5555/nowhere}}
@article{right, author = {Tarn, O. and Atik, B.}, year = 2006, title = {Extensive rust of the keel in a vessel with chronic leaks: metastatic corrosion navalis}, journal = {Pediatric Shipbuilding}, volume = 23, pages = {235--238}, doi = {10.5555/skin.6}}
";

fn project(bib: &str) -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", bib);
    folder.write("works.jsonl", format!("{WORKS}{MORE}"));
    folder.write("rw.csv", NOTICES);
    folder.ok(&["index", "add", "works.jsonl", "--retractions", "rw.csv", "--index", "ix"]);
    folder
}

/// "code level place" of the findings of the rules that ask sources.
fn findings(folder: &Folder, more: &[&str]) -> Vec<String> {
    let rules =
        "doi-mismatch,retracted,field-mismatch,duplicate-doi,superseded-preprint,doi-missing-but-known,not-found";
    let json = folder.json(&[&["check", "--to", "json", "--select", rules], more].concat());
    let text = |f: &serde_json::Value, name: &str| f[name].as_str().unwrap().to_owned();
    let line = |f: &serde_json::Value| format!("{} {} {}", text(f, "code"), text(f, "level"), text(f, "place"));
    json["findings"].as_array().unwrap().iter().map(line).collect()
}

const FOUND: [&str; 6] = [
    "doi-mismatch error wrongdoi",
    "doi-mismatch info unknown",
    "retracted error harbours:retracted",
    "field-mismatch warning wrongyear:year",
    "duplicate-doi error wrongyear",
    "superseded-preprint warning preprint",
];

#[test]
fn identifiers_are_verified() {
    let folder = project(BIB);
    assert_eq!(
        verdicts(&folder, &["--verify"]),
        [
            "wrongdoi other-work - title,container,volume,pages,year,authors",
            "wrongyear mismatched 10.5555/tides.4 year",
            "harbours matched 10.5555/(sici)1097<34::aid-ha1>3.0_w",
            "preprint matched 10.1101/2019.01.02.111111",
            "unknown not-found -",
            "right matched 10.5555/skin.6",
        ]
    );
    let text = folder.status(&["resolve", "--verify", "--index", "ix"], 1);
    for line in [
        "wrongdoi  of another work  10.5555/tides.4\n",
        "  the entry means 10.5555/skin.6  Tarn, Atik (2006)",
        "  retracted on 2012-08-23: Error in Data (notice 10.5555/r)\n",
        "  a preprint, published as 10.5555/gulls.9",
        "unknown  unknown  10.5555/nowhere in index ix (",
        "right  right  10.5555/skin.6\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    folder.ok(&["resolve", "--verify", "--index", "ix", "right"]);
    assert_eq!(findings(&folder, &[]), FOUND);
}

#[test]
fn what_was_found_out_holds_until_the_entry_says_something_else() {
    let folder = project(BIB);
    let duplicates_only = ["duplicate-doi error wrongyear"];
    assert_eq!(findings(&folder, &[]), duplicates_only, "nothing was asked yet");
    // An index may be asked at once, and nothing is kept of it.
    assert_eq!(findings(&folder, &["--index", "ix"]), FOUND);
    assert!(!folder.file("resolved.jsonl").exists());
    folder.status(&["resolve", "--verify", "--index", "ix"], 1);
    folder.ok(&["refs", "rename-key", "harbours", "lind"]);
    folder.ok(&["refs", "set", "wrongyear", "year=2004"]);
    folder.ok(&["refs", "set", "wrongdoi", "doi=10.5555/elsewhere"]);
    assert_eq!(
        findings(&folder, &[]),
        ["doi-mismatch info unknown", "retracted error lind:retracted", "superseded-preprint warning preprint"]
    );
    folder.ok(&["check", "--accept", "superseded-preprint", "preprint", "--reason", "meant", "--by", "Ada"]);
    assert_eq!(findings(&folder, &[]).len(), 2);
}

#[test]
fn a_damaged_line_costs_that_line() {
    let folder = project(BIB);
    folder.status(&["resolve", "--verify", "--index", "ix"], 1);
    let kept = folder.read("resolved.jsonl");
    let lines: Vec<&str> = kept.lines().collect();
    assert_eq!(lines.len(), 6);
    for line in &lines {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(record["raw"].is_string() && record["at"].is_string() && record["asked"][0]["as_of"].is_string());
    }
    let mut bytes = b"\xff\xfe{ not JSON\n<<<<<<< ours\n".to_vec();
    bytes.extend(kept.bytes());
    folder.write("resolved.jsonl", bytes);
    assert_eq!(findings(&folder, &[]), FOUND);
    let problems = folder.json(&["check", "--to", "json", "--select", "unreadable-part"]);
    assert_eq!(problems["findings"].as_array().unwrap().len(), 2);
    folder.status(&["resolve", "--verify", "--index", "ix"], 1);
    assert_eq!(folder.read("resolved.jsonl").lines().count(), 6);
}

#[test]
fn found_dois_are_known_and_never_mixed_in_silence() {
    let bib = BIB.replace(", doi = {10.5555/tides.4}", "").replace(", doi = {10.5555/skin.6}", "");
    let folder = project(&bib);
    folder.status(&["resolve", "--index", "ix"], 1);
    let known = findings(&folder, &["--select", "doi-missing-but-known"]);
    assert_eq!(
        known.iter().filter(|f| f.starts_with("doi-missing")).collect::<Vec<_>>(),
        [
            "doi-missing-but-known warning wrongdoi",
            "doi-missing-but-known info wrongyear",
            "doi-missing-but-known warning right",
        ]
    );
    let (_, said) = folder.errors(&["dois", "--all"]);
    assert!(said.contains("3 DOIs more are known by matching; --matched adds them"), "{said}");
    assert!(!folder.ok(&["dois", "--all"]).contains("10.5555/skin.6"));
    let list = folder.ok(&["dois", "--all", "--matched"]);
    let line = list.lines().find(|line| line.contains("10.5555/tides.4")).unwrap();
    assert!(line.starts_with("10.5555/tides.4  # wrongyear: found by matching, index ix ("), "{line}");
    assert!(line.ends_with("; year disagrees"), "{line}");
    let json = folder.json(&["dois", "--all", "--matched", "--to", "json"]);
    let how: Vec<&str> = json["works"].as_array().unwrap().iter().map(|w| w["how"].as_str().unwrap()).collect();
    assert_eq!(how, ["matched", "matched", "entry", "entry", "entry", "matched"]);
    let csv = folder.ok(&["dois", "right", "--matched", "--to", "csv"]);
    assert!(csv.starts_with("key,doi,year,title,how\nright,10.5555/skin.6,2006,"), "{csv}");
    // A document alone, with an index.
    folder.write("entry.txt", "Example\n\nIt is so (Lind 1999).\n\nReferences\n\nLind, C. (1999). Harbours in winter and the men who keep them open. Annals of Ports, 7, 101–110.\n");
    let list = folder.ok(&["dois", "--all", "--in", "entry.txt", "--matched", "--index", "ix"]);
    assert!(list.contains("10.5555/(sici)1097<34::aid-ha1>3.0_w  # lind1999: found by matching"), "{list}");
}
