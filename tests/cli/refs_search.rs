//! `refs search`: over everything a work says.

use super::support::Folder;

fn found(folder: &Folder, words: &[&str]) -> Vec<String> {
    let args = [&["refs", "search"], words, &["--to", "json"]].concat();
    let json = folder.json(&args);
    json.as_array().unwrap().iter().map(|w| w["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn words_phrases_parts_and_citations() {
    let folder = Folder::with_project();
    folder.ok(&["refs", "set", "ebert1990", "abstract=Nobody ever cited this work of theory", "file=scan-0815.pdf"]);
    for (words, expected) in [
        (&["theory"][..], &["dorn1998", "ebert1990"][..]),
        (&["theory", "-abstract:nobody"], &["dorn1998"]),
        (&["\"old journal\""], &["dorn1998", "ebert1990"]),
        (&["\"journal old\""], &[]),
        (&["scan", "0815"], &["ebert1990"]),
        (&["cited:no"], &["dorn1998", "ebert1990"]),
        (&["cited:yes", "year:2002.."], &["baker2002"]),
        (&["author:d", "has:doi"], &["baker2002"]),
        (&["container:\"old journal\"", "-author:dorn"], &["ebert1990"]),
        (&["type:article", "key:ebert"], &["ebert1990"]),
        (&["no:abstract", "year:..1999"], &["dorn1998"]),
    ] {
        let mut keys = found(&folder, words);
        keys.sort();
        assert_eq!(keys, expected, "{words:?}");
    }
    assert_eq!(found(&folder, &["year:1990..", "--sort", "year", "--reverse"])[0], "baker2002");
}

#[test]
fn a_part_that_is_none_is_named() {
    let folder = Folder::with_project();
    let (status, message) = folder.errors(&["refs", "search", "autor:holm"]);
    assert_eq!(status, 2);
    assert!(message.contains("“autor” is no part of a work, did you mean author"), "{message}");
    folder.write("a.bib", "@book{a, title = {T}}");
    let (status, message) = folder.errors(&["refs", "search", "cited:no", "--bib", "a.bib"]);
    assert_eq!(status, 2);
    assert!(message.contains("leave --bib out"), "{message}");
    assert_eq!(folder.ok(&["refs", "search", "t", "--bib", "a.bib"]).trim_end(), "a          T".trim_end());
}
