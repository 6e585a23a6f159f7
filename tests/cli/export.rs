//! Formatted citations and DOI lists.

use super::support::Folder;

#[test]
fn cite_takes_a_claim_with_everything_below_it() {
    let folder = Folder::with_entry();
    let (_, notes) = folder.errors(&["cite", "inherited forms", "--in", "entry.txt"]);
    assert!(notes.contains("1 work for the claim “Inherited forms”") && notes.contains("(Dorn 1999)"), "{notes}");
    insta::assert_snapshot!(folder.ok(&["cite", "inherited forms", "--in", "entry.txt", "--style", "vancouver"]), @r"1. Baker D, Cole EF. Families and examples. Annals of Samples. 2002;3(4):5–9. doi:10.5555/example.2");
}

#[test]
fn cite_takes_a_section_a_document_and_keys() {
    let folder = Folder::with_entry();
    let list = |what: &[&str]| {
        let args = [&["cite", "--in", "entry.txt", "--to", "json"], what].concat();
        let json = folder.json(&args);
        let ids = json["bibliography"].as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(list(&["Causes"]), ["baker2002"]);
    assert_eq!(list(&["Example Disease"]), ["abel2001", "baker2002"]);
    assert_eq!(list(&["entry.txt"]), ["abel2001", "baker2002"]);
    assert_eq!(list(&["ebert1990", "abel2001"]), ["abel2001", "ebert1990"]);
    assert_eq!(list(&["--all"]), ["abel2001", "baker2002", "dorn1998", "ebert1990"]);
    assert_eq!(list(&["fever"]), ["baker2002"]);
}

#[test]
fn cite_says_what_is_inherited() {
    let folder = Folder::with_entry();
    let (status, notes) = folder.errors(&["cite", "fever", "--in", "entry.txt"]);
    assert_eq!(status, 0);
    assert!(notes.contains("inherited from an enclosing claim, not yet checked: baker2002"), "{notes}");
}

#[test]
fn cite_in_every_format() {
    let folder = Folder::with_entry();
    for format in ["text", "html", "markdown", "latex", "typst", "rtf"] {
        let out = folder.ok(&["cite", "baker2002", "--in", "entry.txt", "--to", format]);
        insta::assert_snapshot!(format!("cite_{format}"), out);
    }
}

#[test]
fn citations_and_list_of_each_part_in_every_format() {
    let folder = Folder::with_entry();
    for format in ["text", "html", "markdown", "latex", "typst", "rtf", "json"] {
        let args = ["cite", "--all", "--in", "entry.txt", "--by", "section", "--what", "both", "--to", format];
        insta::assert_snapshot!(format!("cite_parts_{format}"), folder.ok(&args));
    }
    // A style without a reference list, or a list that was not asked for, leaves nothing behind.
    for format in ["markdown", "latex", "typst"] {
        let out = folder.ok(&["cite", "abel2001", "--in", "entry.txt", "--what", "citations", "--to", format]);
        assert_eq!(out, "(Abel et al., 2001)\n\n", "{format}");
    }
}

#[test]
fn a_misspelt_style_is_answered_with_its_likeness() {
    let folder = Folder::with_entry();
    let (status, message) = folder.errors(&["cite", "--all", "--in", "entry.txt", "--style", "vancuver"]);
    assert_eq!(status, 2);
    assert!(message.contains("vancuver") && message.contains("did you mean vancouver"), "{message}");
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    let folder = Folder::with_entry();
    let (status, message) = folder.errors(&["cite", "acquird", "--in", "entry.txt"]);
    assert_eq!(
        (status, message.as_str()),
        (2, "error: “acquird” is no citation key, section, document or claim; similar: Acquired forms\n")
    );
}

#[test]
fn cite_from_a_bibliography_file() {
    let folder = Folder::new();
    folder.write(
        "a.bib",
        "@book{x1, author={Doe, Jane}, title={A Title}, year=2001, publisher={Press}}\n@book{x2, title={B}}",
    );
    insta::assert_snapshot!(folder.ok(&["cite", "--bib", "a.bib", "x1", "--what", "both"]), @r"
    (Doe, 2001)

    Doe, J. (2001). A Title. Press.
    ");
    // A work that is named twice is still one work.
    let places = ["x1:p. 4", "x2", "x1:p. 9"];
    insta::assert_snapshot!(folder.ok(&[&["cite", "--bib", "a.bib", "--what", "both"], &places[..]].concat()), @r"
    (Doe, 2001, p. 4)
    (Doe, 2001, p. 9)
    (B, n.d.)

    B. (n.d.).
    Doe, J. (2001). A Title. Press.
    ");
    let (status, message) = folder.errors(&["cite", "--bib", "a.bib", "x3"]);
    assert_eq!((status, message.as_str()), (2, "error: a.bib: no work has the key “x3”\n"));
}

#[test]
fn dois_one_a_line_and_how_many_have_none() {
    let folder = Folder::with_entry();
    let output = folder.run(&["dois", "--all", "--in", "entry.txt"]);
    assert_eq!(super::support::text(&output.stdout), "10.5555/example.2\n");
    assert_eq!(super::support::text(&output.stderr), "3 of 4 works without a DOI; --missing lists them\n");
    assert_eq!(
        folder.ok(&["dois", "Causes", "--in", "entry.txt", "--to", "url"]),
        "https://doi.org/10.5555/example.2\n"
    );
    insta::assert_snapshot!(folder.ok(&["dois", "--all", "--missing", "--in", "entry.txt"]), @r"
    abel2001  Abel (2001) Rare things seen twice
    dorn1998  Dorn (1998) Late onset in theory
    ebert1990  Ebert (1990) Never cited
    ");
    insta::assert_snapshot!(folder.ok(&["dois", "--all", "--in", "entry.txt", "--to", "csv"]), @r"
    key,doi,year,title
    baker2002,10.5555/example.2,2002,Families and examples
    ");
}

#[test]
fn no_doi_at_all_is_status_1() {
    let folder = Folder::with_entry();
    assert_eq!(folder.status(&["dois", "ebert1990", "--in", "entry.txt"], 1), "");
}

#[test]
fn parse_to_fields_and_bib() {
    let folder = Folder::new();
    folder.write("refs.txt", "Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples, 3(4), 5–9.\n");
    insta::assert_snapshot!(folder.ok(&["parse", "refs.txt"]), @r"
    Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples, 3(4),
      5–9.
      authors      Baker, D.; Cole, E. F.
      year         2002
      title        Families and examples
      container    Annals of Samples
      volume       3
      issue        4
      pages        5–9
      type         article-journal
    ");
    insta::assert_snapshot!(folder.ok(&["parse", "refs.txt", "--to", "bib"]), @r"
    @article{baker2002,
      author = {Baker, D. and Cole, E. F.},
      title = {Families and examples},
      journal = {Annals of Samples},
      year = {2002},
      volume = {3},
      number = {4},
      pages = {5--9},
    }
    ");
    let line = folder.json(&["parse", "refs.txt", "--to", "jsonl"]);
    assert_eq!(line["fields"]["authors"][1]["family"], "Cole");
    assert_eq!(line["fields"]["pages"], "5–9");
}

#[test]
fn parse_to_ris_and_with_an_explanation() {
    let folder = Folder::new();
    folder.write("refs.txt", "Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples, 3(4), 5–9.\n");
    let ris = folder.ok(&["parse", "refs.txt", "--to", "ris"]);
    assert!(ris.starts_with("TY  - JOUR\n") && ris.contains("\nAU  - Cole, E. F.\n"), "{ris}");
    let explained = folder.ok(&["parse", "refs.txt", "--explain"]);
    let lines: Vec<&str> = explained.lines().collect();
    assert_eq!(lines[0], "Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples, 3(4),");
    assert_eq!(lines[1], "authors────────────────   year   title────────────────  container────────  v i");
    assert!(explained.contains("  confidence 0."), "{explained}");
    assert_eq!(folder.status(&["parse", "refs.txt", "--explain", "--to", "bib"], 2), "");
}

#[test]
fn parse_says_what_a_reference_takes_from_the_one_before() {
    let folder = Folder::new();
    let list = "Baker, Dora (2002): Families and examples. Oslo: Fjord.\nDies. (2004): Examples again. Oslo: Fjord.\nEbd., S. 12.\n";
    folder.write("refs.txt", list);
    let lines: Vec<serde_json::Value> = folder
        .ok(&["parse", "refs.txt", "--to", "jsonl"])
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(lines[1]["fields"].get("authors").is_none(), "not printed: {}", lines[1]);
    assert_eq!(lines[1]["findings"][0]["code"], "names-repeated");
    assert_eq!(lines[1]["findings"][0]["reference"], 0);
    assert_eq!(
        (&lines[2]["findings"][0]["code"], &lines[2]["findings"][0]["reference"]),
        (&"work-repeated".into(), &1.into())
    );
    let bib = folder.ok(&["parse", "refs.txt", "--to", "bib"]);
    assert_eq!(bib.matches("author = {Baker, Dora}").count(), 3, "{bib}");
}

#[test]
fn parse_reads_two_references_of_one_entry() {
    let folder = Folder::new();
    folder.write(
        "refs.txt",
        "[3] (a) Roe, A. Winter skin. J. Skin 1999, 11, 5-9; (b) Zay, B. Summer skin. Skin Lett. 2001, 3, 7-8.\n",
    );
    let line = folder.json(&["parse", "refs.txt", "--to", "jsonl"]);
    assert_eq!(line["fields"]["authors"][0]["family"], "Roe");
    assert_eq!(line["further"][0]["fields"]["authors"][0]["family"], "Zay");
    assert_eq!(line["findings"][0]["message"], "2 references in one entry");
    assert_eq!(folder.ok(&["parse", "refs.txt", "--to", "bib"]).matches("@").count(), 2);
}

#[test]
fn a_line_of_a_megabyte_is_refused_at_once() {
    let folder = Folder::new();
    folder.write("refs.txt", format!("{}\nRoe, A. (2001). Skin. Oslo: Fjord.\n", "Roe, A. ".repeat(131_072)));
    let out = folder.ok(&["parse", "refs.txt", "--to", "jsonl"]);
    let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["findings"][0]["code"], "too-long");
    assert_eq!(lines[1]["fields"]["publisher"], "Fjord");
}

#[test]
fn cite_with_a_place() {
    let folder = Folder::with_entry();
    let out = folder.ok(&["cite", "baker2002:p. 7", "--in", "entry.txt", "--what", "citations"]);
    assert_eq!(out, "(Baker & Cole, 2002, p. 7)\n");
    let (status, message) =
        folder.errors(&["cite", "baker2002:nonsense 7", "--in", "entry.txt", "--what", "citations"]);
    assert_eq!(status, 2);
    assert!(message.contains("“nonsense” is not a kind of locator"), "{message}");
}

#[test]
fn one_list_for_each_part_that_cites() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.ok(&["cite", "--all", "--by", "claim", "--in", "entry.txt"]), @r"
    Example disease is rare and mild.

    Abel, A., Boon, B., Clay, C., et al. (2001). Rare things seen twice. Journal of Examples, 12, 34–56.

    Inherited forms

    Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples, 3(4), 5–9. https://doi.org/10.5555/example.2
    ");
    let json = folder.json(&["cite", "--all", "--by", "section", "--in", "entry.txt", "--to", "json"]);
    let headings: Vec<&str> =
        json["groups"].as_array().unwrap().iter().map(|g| g["heading"].as_str().unwrap()).collect();
    assert_eq!(headings, ["entry.txt", "Causes"]);
}

#[test]
fn the_order_of_citation_or_of_the_style() {
    let folder = Folder::with_entry();
    let first = |order: &str| {
        folder.ok(&["cite", "ebert1990", "abel2001", "--in", "entry.txt", "--order", order]).chars().next()
    };
    assert_eq!((first("citation"), first("style")), (Some('E'), Some('A')));
}

#[test]
fn styles_of_a_folder() {
    let folder = Folder::with_entry();
    folder.write(
        "mine/tiny.csl",
        r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Tiny</title><id>tiny</id><updated>2026-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation><bibliography><layout suffix="!"><text variable="title"/></layout></bibliography></style>"#,
    );
    folder.write("mine/broken.csl", "<style><oops></style>");
    let cite = ["cite", "baker2002", "--in", "entry.txt", "--styles-dir", "mine", "--style"];
    assert_eq!(folder.ok(&[&cite[..], &["tiny"]].concat()), "Families and examples!\n");
    let (status, message) = folder.errors(&[&cite[..], &["broken"]].concat());
    assert_eq!(status, 2);
    assert!(message.contains("mine/broken.csl: line 1"), "{message}");
    folder.write(
        "mine/dependent/kid.csl",
        r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Tiny kid</title><id>kid</id><link href="http://example.org/styles/tiny" rel="independent-parent"/><updated>2026-01-01T00:00:00Z</updated></info></style>"#,
    );
    assert_eq!(folder.ok(&[&cite[..], &["kid"]].concat()), "Families and examples!\n");
    assert_eq!(folder.ok(&["styles", "kid", "--styles-dir", "mine"]), "kid  Tiny kid\n");
    let list = folder.ok(&["styles", "--styles-dir", "mine"]);
    assert!(list.contains("tiny") && list.contains("cannot be used"), "{list}");
}

#[test]
fn styles_show_how_they_look() {
    let folder = Folder::new();
    insta::assert_snapshot!(folder.ok(&["styles", "elsevier-harvard", "--preview"]), @r"
    elsevier-harvard  Elsevier (author-date/Harvard, with titles)
      (Doe and Roe, 2021)   (Poe, 1999)
      Doe, J.A., Roe, R., 2021. What a sample article is called. Journal of Samples
        12, 45–67.
      Poe, A., 1999. A sample book. Sample Press, Springfield.
    ");
}
