//! `refs list` and `refs show`: what a person sees.

use super::support::Folder;

const BIB: &str = "@article{holm2004,\n  author = {Holm, Ada and Vandersteegen-Brouwer, Bo},\n  title = {Tides and ferries of the northern islands, with a view to the {DNA} of eels},\n  year = 2004, journal = jf }\n@book{a-key-longer-than-any-column-is-wide, title = {Short}}\n@misc{zed, author = {Zed}, year = 1999, title = {Earlier}}\n";

#[test]
fn columns() {
    let folder = Folder::new();
    folder.write("a.bib", BIB);
    insta::assert_snapshot!(folder.ok(&["refs", "list", "--bib", "a.bib"]), @r"
    holm2004  Holm & Vandersteege…  2004  Tides and ferries of the northern islands,
                                          with a view to the DNA of eels
    a-key-longer-than-any-column-is-wide
                                          Short
    zed       Zed                   1999  Earlier
    ");
}

#[test]
fn orders() {
    let folder = Folder::new();
    folder.write("a.bib", BIB);
    let keys = |args: &[&str]| -> Vec<String> {
        let json = folder.json(&[&["refs", "list", "--bib", "a.bib", "--to", "json"], args].concat());
        json.as_array().unwrap().iter().map(|w| w["id"].as_str().unwrap()[..3].to_owned()).collect()
    };
    assert_eq!(keys(&[]), ["hol", "a-k", "zed"]);
    assert_eq!(keys(&["--sort", "year"]), ["a-k", "zed", "hol"]);
    assert_eq!(keys(&["--sort", "title", "--reverse"]), ["hol", "a-k", "zed"]);
    assert_eq!(keys(&["--sort", "author"]), ["a-k", "hol", "zed"]);
}

#[test]
fn an_entry_is_shown_as_it_stands() {
    let folder = Folder::new();
    folder.write("a.bib", BIB);
    let shown = folder.ok(&["refs", "show", "holm2004", "--bib", "a.bib"]);
    assert!(
        shown.ends_with(&format!("\n\n{}", BIB.split_inclusive("}\n").take(1).collect::<String>()))
            || shown.contains("year = 2004, journal = jf }"),
        "{shown}"
    );
    folder.write("a.ris", "TY  - BOOK\nID  - doe\nTI  - A Book\nER  - \n");
    assert!(folder.ok(&["refs", "show", "doe", "--bib", "a.ris"]).contains("@book{doe,\n  title = {A Book},\n}"));
}
