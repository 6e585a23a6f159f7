//! `refs add` by identifier, and printed references with the identifiers that are known.

use super::loopback::{Reply, Service};
use super::resolve::WORKS;
use super::support::Folder;

fn project() -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("works.jsonl", WORKS);
    folder.ok(&["index", "add", "works.jsonl", "--index", "ix"]);
    folder
}

#[test]
fn by_identifier_from_the_index() {
    let folder = project();
    folder.ok(&["refs", "add", "https://doi.org/10.5555/TIDES.4", "PMID 1234567", "--index", "ix"]);
    let bib = folder.read("refs.bib");
    for part in
        ["@article{holm2004,", "doi = {10.5555/tides.4}", "@article{lind1999,", "pmid = {1234567}", "pages = {34-"]
    {
        assert!(bib.contains(part), "{part}: {bib}");
    }
    // The same again, and under its other identifier.
    let (status, said) = folder.errors(&["refs", "add", "10.5555/tides.4", "--index", "ix"]);
    assert_eq!((status, said.contains("already there as holm2004")), (0, true), "{said}");
    let (status, said) = folder.errors(&["refs", "add", "10.5555/nowhere", "10.5555/skin.6", "--index", "ix"]);
    assert_eq!(status, 1);
    assert!(said.contains("not added, 10.5555/nowhere: unknown to index ix ("), "{said}");
    assert!(said.contains("; --online asks services\n") && said.contains("added tarn2006"), "{said}");
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), bib);
    let (status, said) = folder.errors(&["refs", "add", "10.5555/tides.4"]);
    assert_eq!(
        (status, said.contains("there is no source to ask for 10.5555/tides.4: give --index DIR")),
        (2, true),
        "{said}"
    );
}

#[test]
fn printed_references_get_what_is_certain_and_keys_of_the_pattern() {
    let folder = project();
    folder.write("citetrail.toml", "index = \"ix\"\n[rekey]\npattern = \"auth + shortyear\"\n");
    let holm = "Holm, A., & Berg, B. (2004). Tides and ferries of the northern fjords: A second look. Journal of Northern Ferries, 12, 34–56.";
    let tarn = "Tarn, O., Atik, B., et al. (2007). Extensive rust of the keel in a vessel with chronic leaks: Metastatic corrosion navalis. Pediatric Shipbuilding, 23, 235–238.";
    let (status, said) = folder.errors(&["refs", "add", holm, tarn]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("10.5555/tides.4: found in index ix"), "{said}");
    assert!(
        said.contains("10.5555/skin.6 is the work, but these disagree: year (printed 2007, record 2006)"),
        "{said}"
    );
    let bib = folder.read("refs.bib");
    assert!(bib.contains("@article{Holm04,") && bib.contains("@article{Tarn07,"), "{bib}");
    assert!(bib.contains("10.5555/tides.4") && !bib.contains("10.5555/skin.6"), "{bib}");
    folder.ok(&[
        "refs",
        "add",
        "Holm, A. (2004). Another matter of stones and of the men in them. Old Journal, 1, 2–3.",
    ]);
    assert!(folder.read("refs.bib").contains("@article{Holm04a,"));
}

#[test]
fn by_doi_and_isbn_from_a_service() {
    let book = r#"{"DOI": "10.5555/book", "type": "monograph", "title": ["A book of harbours"], "ISBN": ["9780306406157"],
        "author": [{"family": "Roe", "given": "Ann"}], "issued": {"date-parts": [[2004]]}, "publisher": "Sample Press"}"#;
    let chapter = r#"{"DOI": "10.5555/book.1", "type": "book-chapter", "title": ["A chapter"], "ISBN": ["9780306406157"],
        "container-title": ["A book of harbours"], "author": [{"family": "Roe", "given": "Ann"}], "issued": {"date-parts": [[2004]]}}"#;
    let list =
        format!(r#"{{"status": "ok", "message-type": "work-list", "message": {{"items": [{chapter}, {book}]}}}}"#);
    // Another work than the one that was asked for, with what would do harm in a terminal.
    let other = "{\"message\": {\"DOI\": \"10.5555/else\", \"title\": [\"\\u001b]52;c;x\\u0007\"]}}";
    let service = Service::start(move |path| match path {
        path if path.starts_with("/works?filter=isbn%3A9780306406157&") => Reply::ok(list.clone()),
        path if path.starts_with("/works/10.5555%2Fbook") => Reply::ok(format!("{{\"message\": {book}}}")),
        path if path.starts_with("/works/10.5555%2Flie") => Reply::ok(other),
        _ => Reply::status(404),
    });
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write(
        "citetrail.toml",
        format!("[services]\nask = [\"crossref\"]\n[services.urls]\ncrossref = \"{}\"\n", service.url),
    );
    folder.ok(&["refs", "add", "ISBN 0-306-40615-2"]);
    let bib = folder.read("refs.bib");
    assert!(bib.contains("@book{roe2004,") && bib.contains("A book of harbours") && !bib.contains("chapter"), "{bib}");
    assert!(folder.errors(&["refs", "add", "10.5555/book"]).1.contains("already there as roe2004"));
    let (status, said) = folder.errors(&["refs", "add", "10.5555/lie"]);
    assert_eq!((status, said.contains("not added, 10.5555/lie: unknown to Crossref")), (1, true), "{said}");
    assert!(!said.contains('\u{1b}'));
    assert_eq!(folder.read("refs.bib"), bib);
}
