//! `resolve` with an index of works.

use super::support::Folder;

/// Invented works, one a line.
pub const WORKS: &str = r#"{"id": "a", "type": "article-journal", "DOI": "10.5555/tides.4", "title": "Tides and ferries of the northern fjords: a second look", "author": [{"family": "Holm", "given": "Ada"}, {"family": "Berg", "given": "Bo"}], "issued": {"date-parts": [[2004]]}, "container-title": "Journal of Northern Ferries", "volume": "12", "issue": "3", "page": "34-56"}
{"id": "b", "type": "article-journal", "DOI": "10.5555/(SICI)1097<34::AID-HA1>3.0_W", "PMID": "1234567", "title": "Harbours in winter and the men who keep them open", "author": [{"family": "Lind", "given": "Cara"}], "issued": {"date-parts": [[1999]]}, "container-title": "Annals of Ports", "volume": "7", "page": "101-110"}
{"id": "c", "type": "article-journal", "DOI": "10.5555/skin.6", "title": "Extensive rust of the keel in a vessel with chronic leaks: metastatic corrosion navalis", "author": [{"family": "Tarn", "given": "O."}, {"family": "Atik", "given": "B."}], "issued": {"date-parts": [[2006]]}, "container-title": "Pediatric Shipbuilding", "volume": "23", "page": "235-238"}
"#;

const OTHERS: &str = r#"{"id": "x", "type": "article-journal", "DOI": "10.5555/other.1", "title": "Lighthouses seen from the sea by night", "author": [{"family": "Ek", "given": "Eva"}], "issued": {"date-parts": [[1988]]}, "container-title": "Annals of Ports", "volume": "3", "page": "1-9"}
"#;

/// A list as it is printed: of the third work the last word of the title is missing.
const ENTRY: &str = "\
Example Disease

Example disease is rare (Holm and Berg 2004).

References

  • Holm, A., & Berg, B. (2004). Tides and ferries of the northern fjords: A second look. Journal of Northern Ferries, 12, 34–56.

  • Lind, C. (1999). Harbours in winter and the men who keep them open. Annals of Ports, 7, 101–110.

  • Tarn, O., Atik, B., et al. (2006). Extensive rust of the keel in a vessel with chronic leaks: Metastatic corrosion. Pediatric Shipbuilding, 23, 235–238.

  • Quist, Q. (2010). On something else altogether that nobody printed. Other Journal, 1, 2–3.
";

fn project() -> Folder {
    let folder = Folder::new();
    folder.write("entry.txt", ENTRY);
    folder.ok(&["init"]);
    folder.ok(&["load", "entry.txt"]);
    folder.write("works.jsonl", WORKS);
    folder.ok(&["index", "add", "works.jsonl", "--index", "ix"]);
    folder
}

/// "key verdict doi fields" of each work.
pub fn verdicts(folder: &Folder, args: &[&str]) -> Vec<String> {
    let json = folder.json(&[&["resolve", "--to", "json", "--index", "ix"], args].concat());
    let line = |work: &serde_json::Value| {
        let text = |name: &str| work[name].as_str().unwrap_or("-").to_owned();
        let fields: Vec<&str> =
            work["disagreements"].as_array().unwrap().iter().map(|d| d["field"].as_str().unwrap()).collect();
        format!("{} {} {} {}", text("key"), text("verdict"), text("doi"), fields.join(",")).trim_end().to_owned()
    };
    json["works"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn exactly_the_works_that_the_index_has() {
    let folder = project();
    folder.write("others.jsonl", OTHERS);
    folder.ok(&["index", "add", "others.jsonl", "--index", "others"]);
    let none = folder.json(&["resolve", "--to", "json", "--index", "others"]);
    assert!(none["works"].as_array().unwrap().iter().all(|w| w["verdict"] == "not-found" && w["doi"].is_null()));
    let expected = [
        "holm2004 matched 10.5555/tides.4",
        "lind1999 matched 10.5555/(sici)1097<34::aid-ha1>3.0_w",
        "tarn2006 mismatched 10.5555/skin.6 title",
        "quist2010 not-found -",
    ];
    assert_eq!(verdicts(&folder, &[]), expected);
    assert_eq!(verdicts(&folder, &["--in", "entry.txt"]), expected);
    assert_eq!(verdicts(&folder, &["Example disease is rare"]), expected[..1]);
    let text = folder.status(&["resolve", "--index", "ix", "tarn2006", "quist2010"], 1);
    assert!(text.contains("tarn2006  mismatched  10.5555/skin.6\n"), "{text}");
    assert!(text.contains("corrosion navalis"), "{text}");
    assert!(text.contains("quist2010  not found in index ix ("), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn only_what_is_certain_is_written_and_nothing_else_changes() {
    let folder = project();
    let bib = folder.read("refs.bib") + "\n% a remark\n@article{ holm2004b , title = \"x\" }\n";
    folder.write("refs.bib", &bib);
    let (status, said) = folder.errors(&["resolve", "--index", "ix", "--write"]);
    assert_eq!(status, 1);
    assert!(said.contains("wrote identifiers into 2 entries of refs.bib; `citetrail undo` takes them out"), "{said}");
    let after = folder.read("refs.bib");
    let added: Vec<&str> = after.lines().filter(|line| !bib.lines().any(|old| old == *line)).collect();
    assert_eq!(
        added,
        ["  doi = {10.5555/tides.4},", "  doi = {10.5555/(sici)1097<34::aid-ha1>3.0_w},", "  pmid = {1234567},"]
    );
    // Without the added lines the file is what it was.
    let rest: String =
        after.split_inclusive('\n').filter(|line| !added.contains(&line.trim_end_matches('\n'))).collect();
    assert_eq!(rest, bib);
    assert_eq!(folder.ok(&["dois", "lind1999"]), "10.5555/(sici)1097<34::aid-ha1>3.0_w\n");
    // What was written needs no word any more; what disagrees is written when a person says so.
    let remaining = ["tarn2006", "quist2010"];
    let asked = verdicts(&folder, &[]);
    assert!(remaining.iter().all(|key| asked.iter().any(|line| line.starts_with(key))), "{asked:?}");
    assert!(!asked.iter().any(|line| line.starts_with("holm2004 ") || line.starts_with("lind1999")), "{asked:?}");
    folder.status(&["resolve", "tarn2006", "--index", "ix", "--write", "--mismatched"], 1);
    assert!(folder.read("refs.bib").contains("10.5555/skin.6"));
    folder.ok(&["undo"]);
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), bib);
}

#[test]
fn what_stands_in_the_way_is_said_and_left() {
    let folder = project();
    let entry = |key: &str, more: &str| {
        format!(
            "@article{{{key}, author = {{Holm, Ada and Berg, Bo}}, year = 2004, title = {{Tides and ferries of the northern fjords: a second look}}, journal = {{Journal of Northern Ferries}}, volume = 12, pages = {{34--56}}{more}}}\n"
        )
    };
    for (bib, word) in [
        (entry("a", ", doi = {not a DOI}"), "a: not written, its doi field says something else"),
        (entry("a", "") + &entry("a", ""), "several entries have this key"),
        (entry("a", ", doi = {10.5555/tides.4}") + &entry("b", ""), "10.5555/tides.4 is the DOI of a already"),
        (entry("a", "") + "@article{broken, title = {never closed\n", ""),
    ] {
        folder.write("refs.bib", &bib);
        let (_, said) = folder.errors(&["resolve", "--index", "ix", "--write"]);
        assert!(said.contains(word), "{said}");
        if word.is_empty() {
            assert!(folder.read("refs.bib").ends_with("@article{broken, title = {never closed\n"), "{said}");
        } else {
            assert_eq!(folder.read("refs.bib"), bib, "{said}");
        }
    }
}

#[test]
fn any_bib_file_without_a_project() {
    let folder = Folder::new();
    folder.write("works.jsonl", WORKS);
    folder.ok(&["index", "add", "works.jsonl", "--index", "ix"]);
    folder.write("my.bib", "@article{k,\n\ttitle={Harbours in winter and the men who keep them open},\n\tauthor={Lind, C.},\n\tyear={1999},\n\tjournal={Ann. Ports}\n}\n");
    folder.ok(&["resolve", "--bib", "my.bib", "--index", "ix", "--write"]);
    assert_eq!(
        folder.read("my.bib"),
        "@article{k,\n\ttitle={Harbours in winter and the men who keep them open},\n\tauthor={Lind, C.},\n\tyear={1999},\n\tjournal={Ann. Ports},\n\tdoi={10.5555/(sici)1097<34::aid-ha1>3.0_w},\n\tpmid={1234567}\n}\n"
    );
    assert!(!folder.file("resolved.jsonl").exists());
}

#[test]
fn without_a_source_nothing_is_done() {
    let folder = project();
    let (status, said) = folder.errors(&["resolve"]);
    assert_eq!(status, 2);
    assert!(said.contains("there is no source to ask: give --index DIR"), "{said}");
    let (status, said) = folder.errors(&["resolve", "--index", "nothing"]);
    assert_eq!((status, said.contains("there is no index of works")), (2, true), "{said}");
    let (status, said) = folder.errors(&["resolve", "--index", "ix", "--in", "entry.txt", "--write"]);
    assert_eq!((status, said.contains("cannot be used with")), (2, true), "{said}");
}

/// A damaged index says nothing of the works: they are not "not found".
#[test]
fn a_damaged_index_cannot_tell() {
    let folder = project();
    let mut files = std::fs::read_dir(folder.file("ix")).unwrap().map(|e| e.unwrap().path());
    let path = files.find(|p| p.extension().is_some_and(|e| e == "works")).unwrap();
    let whole = std::fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 40 + 1) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::write(&path, &bytes).unwrap();
        let out = folder.run(&["resolve", "--index", "ix", "--to", "jsonl"]);
        let shown = String::from_utf8_lossy(&out.stdout);
        assert!(
            out.status.code() == Some(2) || !shown.contains("\"not-found\"") || shown.contains("tides.4"),
            "{at}: {shown}"
        );
    }
}
