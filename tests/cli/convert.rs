//! Bibliographies from one format into another, and their duplicates.

use super::support::{Folder, text};

const RIS: &str = "TY  - JOUR\nAU  - Holm, Ada\nTI  - Tides at home\nT2  - Journal of Ferries\nPY  - 2004\nVL  - 12\nSP  - 34\nEP  - 56\nER  - \n";

#[test]
fn a_bib_file_comes_back_byte_for_byte() {
    let folder = Folder::new();
    for bytes in [
        &b"% mine\r\n@STRING(j = \"J\")\n@article{ a , title = {x} # j,, }\n\xef\xbb\xbf@comment{jabref}"[..],
        b"@book{a, title = {caf\xe9}}",
        b"",
    ] {
        folder.write("a.bib", bytes);
        let output = folder.run(&["convert", "a.bib", "--to", "bib"]);
        assert_eq!(output.stdout, bytes, "{}", text(&output.stderr));
    }
}

#[test]
fn what_was_not_read_is_said_with_its_place() {
    let folder = Folder::new();
    folder.write("a.bib", "@book{a, title = {A}}\n\n@book{b, title = {B}\n@book{c, title = {C}}\n");
    let (status, errors) = folder.errors(&["convert", "a.bib", "--to", "csl-json"]);
    assert_eq!(status, 1);
    assert!(errors.contains("a.bib:3:"), "{errors}");
    let json = folder.json(&["convert", "a.bib", "--to", "csl-json"]);
    assert_eq!(json.as_array().unwrap().len(), 2);
}

#[test]
fn works_get_keys_and_losses_are_said() {
    let folder = Folder::new();
    folder.write("a.txt", RIS.replace("ER  -", "ZZ  - odd\nER  -"));
    let output = folder.run(&["convert", "a.txt", "--to", "bib"]);
    let bib = text(&output.stdout);
    assert!(bib.starts_with("@article{holm2004,\n  author = {Holm, Ada},\n"), "{bib}");
    assert!(bib.contains("  zz = {odd},\n"), "{bib}");
    assert_eq!(output.status.code(), Some(0));
    folder.write("b.bib", "@book{b, title = {B}, scale = {1:100}}");
    let (status, errors) = folder.errors(&["convert", "b.bib", "--to", "ris"]);
    assert_eq!((status, errors.as_str()), (0, "warning: ris: scale is not carried: b\n"));
}

#[test]
fn several_files_become_one() {
    let folder = Folder::new();
    folder.write("a.ris", RIS);
    folder.write("b.json", r#"[{"id": "b", "type": "book", "title": "B"}]"#);
    folder.ok(&["convert", "a.ris", "b.json", "--to", "csv", "-o", "out.csv"]);
    let csv = folder.read("out.csv");
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert_eq!(folder.json(&["convert", "out.csv", "--to", "csl-json"])[1]["id"], "b");
}

#[test]
fn the_help_names_every_format() {
    use citetrail::bibliography::Format;
    let help = Folder::new().ok(&["convert", "--help"]);
    let list = |start: &str| {
        let text = help.split_once(start).expect("the list is there").1;
        text.split("\n\n").next().unwrap_or_default().replace('\n', " ")
    };
    let words = |text: String| text.split([',', ' ', '.', ';']).map(str::to_owned).collect::<Vec<_>>();
    let all = words(list("Formats read and written:"));
    let written = words(list("Formats read and written:").split("Formats read:").next().unwrap_or_default().to_owned());
    for format in Format::all() {
        assert!(all.contains(&format.name().to_owned()), "{}", format.name());
        assert_eq!(written.contains(&format.name().to_owned()), format.is_written(), "{}", format.name());
    }
}

#[test]
fn formats_are_named_when_one_is_not_known() {
    let folder = Folder::new();
    folder.write("a", "hello");
    let (status, errors) = folder.errors(&["convert", "a", "--to", "bib"]);
    assert_eq!(status, 2);
    assert!(errors.contains("the format of the file is not known: name it (ovid, refworks, ris, "), "{errors}");
    let (status, errors) = folder.errors(&["convert", "a", "--to", "jats"]);
    assert_eq!(status, 2);
    assert!(errors.contains("the format can only be read"), "{errors}");
}

/// A project with three works.
fn project() -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write(
        "refs.bib",
        "@article{baker2002, author={Baker, D.}, title={Families and examples}, journal={Annals}, year=2002, doi={10.5555/example.2}}\n\
         @article{dorn1998, author={Dorn, G.}, title={Late onset}, journal={Old Journal}, year=1998}\n\
         @article{ebert1990, author={Ebert, H.}, title={Never cited}, journal={Old Journal}, year=1990}\n",
    );
    folder
}

#[test]
fn works_of_a_project_are_exported() {
    let folder = project();
    let ris = folder.ok(&["refs", "export", "baker2002", "--to", "ris"]);
    assert!(ris.starts_with("TY  - JOUR\nID  - baker2002\nAU  - Baker, D.\n"), "{ris}");
    folder.ok(&["refs", "export", "--to", "csl-json", "-o", "all.json"]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&folder.read("all.json")).unwrap().as_array().unwrap().len(),
        3
    );
    let (status, errors) = folder.errors(&["refs", "export", "nobody", "--to", "ris"]);
    assert_eq!((status, errors.as_str()), (2, "error: refs.bib: no work has the key “nobody”\n"));
}

#[test]
fn works_are_searched_by_field() {
    let folder = project();
    let keys = |query: &[&str]| {
        let args = [&["refs", "search", "--to", "json"], query].concat();
        let json = folder.json(&args);
        let ids = json.as_array().unwrap().iter().map(|w| w["id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(keys(&["author:baker", "year:2000..2005"]), ["baker2002"]);
    assert_eq!(keys(&["has:doi"]), ["baker2002"]);
    assert_eq!(keys(&["journal:old", "no:doi"]), ["dorn1998", "ebert1990"]);
    let (status, errors) = folder.errors(&["refs", "search", "year:soon"]);
    assert_eq!(status, 2);
    assert!(errors.contains("“soon” is no year"), "{errors}");
}

#[test]
fn duplicates_with_their_evidence() {
    let folder = Folder::new();
    folder.write(
        "a.bib",
        "@article{a, author={Holm, Ada}, title={Tides and ferries of the northern islands}, journal={Journal of Ferries}, year=2004, volume=12}\n\
         @book{c, title={Another work}}\n\
         @article{b, author={Holm, A.}, title={Tides and Ferries of the Northern Islands.}, journal={J. Ferries}, year=2004}\n",
    );
    assert_eq!(
        folder.status(&["refs", "dedupe", "--bib", "a.bib"], 1),
        "a  Holm (2004) Tides and ferries of the northern islands\n\
         b  Holm (2004) Tides and Ferries of the Northern Islands.\n\
         \x20 a = b: same title; same first author, year, container\n"
    );
    let json = folder.json(&["refs", "dedupe", "--bib", "a.bib", "--to", "json"]);
    assert_eq!(json["groups"], serde_json::json!([["a", "b"]]));
    folder.write("b.bib", "@book{c, title={Another work}}");
    folder.ok(&["refs", "dedupe", "--bib", "b.bib"]);
}
