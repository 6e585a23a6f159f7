//! Findings.

use super::support::Folder;

#[test]
fn findings_say_what_and_what_to_do() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.status(&["check", "--in", "entry.txt"], 1), @r"
    entry.txt
      error citation-year-mismatch  3xtq5jd4:(Dorn 1999)
        “(Dorn 1999)”: no work by Dorn of 1999 in the list; the year is off by one
        from a work that is there
        → correct the citation if it means dorn1998 (Late onset in theory), or add
          the reference
    1 × claim-without-source (info; --level info lists them)
    3 × missing-doi (info; --level info lists them)
    1 × reading-notice (info; --level info lists them)
    1 × uncited-reference (info; --level info lists them)
    1 error, 0 warnings
    ");
}

#[test]
fn uncited_is_a_fault_only_in_a_whole_document() {
    let folder = Folder::with_entry();
    let level = |args: &[&str]| {
        let json = folder.json(args);
        let findings = json["findings"].as_array().unwrap().clone();
        findings.iter().find(|f| f["code"] == "uncited-reference").unwrap()["level"].clone()
    };
    assert_eq!(level(&["check", "--in", "entry.txt", "--to", "json"]), "info");
    let whole = super::support::ENTRY.replace("This is a preview of subscription content, log in to check access.", "");
    folder.write("whole.txt", whole);
    assert_eq!(level(&["check", "--in", "whole.txt", "--to", "json"]), "warning");
}

#[test]
fn nothing_wrong_is_status_0() {
    let folder = Folder::new();
    folder.write(
        "fine.txt",
        "A Title\n\nAll is well (Abel 2001).\n\nReferences\n\nAbel, A. (2001). Rare things. Journal of Examples, 12, 34–56.\n",
    );
    assert!(folder.ok(&["check", "--in", "fine.txt"]).ends_with("0 errors, 0 warnings\n"));
}

#[test]
fn ambiguous_and_duplicate() {
    let folder = Folder::new();
    folder.write(
        "two.txt",
        "A Title\n\nWhich one is it (Abel 2001)?\n\nReferences\n\nAbel, A. (2001). Rare things. Journal of Examples, 12, 34–56.\n\n\
         Abel, A. (2001). Other things. Journal of Examples, 12, 70–71.\n\nAbel, A. (2001). Rare things. Journal of Examples, 12, 34–56.\n",
    );
    insta::assert_snapshot!(folder.status(&["check", "--in", "two.txt"], 1), @r"
    two.txt
      warning ambiguous-citation  oqxquzyo:(Abel 2001)
        “(Abel 2001)”: 2 works of the list share authors and year: abel2001,
        abel2001a
        → put letters after the years (2004a, 2004b), in the text and in the list
      warning duplicate-reference  two.txt:abel2001b
        references 1 and 3 of the list are the same publication
        → keep one of the two if they are
      warning uncited-reference  two.txt:abel2001b
        abel2001b (“Rare things”) is in the list but not cited in the text at hand
        → cite the work, or take it off the list
    3 × missing-doi (info; --level info lists them)
    0 errors, 3 warnings
    ");
}

#[test]
fn malformed_identifiers_in_the_bibliography() {
    let folder = Folder::with_project();
    let bib = folder.read("refs.bib");
    folder.write("refs.bib", format!("{bib}\n@book{{odd, title={{T}}, doi={{not-a-doi}}, isbn={{978-0-306-40615-8}}}}\n@article{{broken, title={{x}}\n"));
    let out = folder.status(&["check"], 1);
    for part in ["“not-a-doi” is not a DOI", "978-0-306-40615-8", "unreadable-part"] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn rules_explain_themselves_and_can_be_chosen() {
    let folder = Folder::with_project();
    let all = folder.ok(&["check", "--explain", "all"]);
    assert!(all.contains("uncited-reference") && all.contains("stale-verdict"), "{all}");
    insta::assert_snapshot!(folder.ok(&["check", "--explain", "uncited-reference"]), @r"
    uncited-reference
    A work of the reference list is not cited in the text.

    The reference list has a work that the text does not cite, and nobody says that
    it backs a claim. In a document of which only a part is at hand (a preview, a
    cut file) that is to be expected, so it is information there.

    To do: cite the work, or take it off the list.
    ");
    assert_eq!(folder.errors(&["check", "--explain", "uncited"]).0, 1);
    let codes = |args: &[&str]| {
        let json = folder.json(&[&["check", "--to", "json"], args].concat());
        let mut codes: Vec<String> =
            json["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect();
        codes.dedup();
        codes
    };
    assert_eq!(codes(&["--select", "missing-doi,unreviewed-pair"]), ["missing-doi", "unreviewed-pair"]);
    assert!(!codes(&["--ignore", "missing-doi"]).contains(&"missing-doi".to_owned()));
    let (status, message) = folder.errors(&["check", "--select", "mising-doi"]);
    assert_eq!((status, message.contains("did you mean missing-doi?")), (2, true), "{message}");
    folder.write(
        "citetrail.toml",
        "[check]\nselect = [\"missing-doi\", \"uncited-reference\"]\nignore = [\"uncited-reference\"]\n",
    );
    assert_eq!(codes(&[]), ["missing-doi"]);
    assert_eq!(codes(&["--select", "uncited-reference"]), ["uncited-reference"]);
}

#[test]
fn the_exit_status_is_by_level() {
    let folder = Folder::with_project();
    for (args, status) in [
        (&["--fail-on", "never"][..], 0),
        (&["--fail-on", "error"], 1),
        (&["--fail-on", "error", "--ignore", "citation-year-mismatch,reference-without-entry"], 0),
        (&["--ignore", "citation-year-mismatch,reference-without-entry"], 0),
        (&["--fail-on", "info", "--ignore", "citation-year-mismatch"], 1),
    ] {
        folder.status(&[&["check"], args].concat(), status);
    }
    folder.write(
        "citetrail.toml",
        "[check]\nignore = [\"citation-year-mismatch\"]\nlevels = { missing-doi = \"error\" }\n",
    );
    assert!(folder.status(&["check"], 1).contains("error missing-doi"));
    folder.write("citetrail.toml", "[check]\nfail_on = \"sometimes\"\n");
    assert!(folder.errors(&["check"]).1.contains("fail_on is “sometimes”"));
}

#[test]
fn findings_are_accepted_with_a_reason() {
    let folder = Folder::with_project();
    let by = ["--by", "Ada"];
    let accept = |code: &str, place: &str| {
        folder.errors(&[&["check", "--accept", code, place, "--reason", "the year is right"], &by[..]].concat())
    };
    let (status, message) = accept("citation-year-mismatch", "nowhere");
    assert_eq!(status, 1);
    assert!(message.contains("there are\n") && message.contains(":(Dorn 1999)"), "{message}");
    let (status, message) = accept("citation-year-mismatch", "(Dorn 1999)");
    assert_eq!(status, 0, "{message}");
    let check = folder.ok(&["check"]);
    assert!(check.ends_with("0 errors, 0 warnings, 1 accepted\n"), "{check}");
    let json = folder.json(&["check", "--to", "json"]);
    assert_eq!(json["accepted"][0]["accepted"]["reason"], "the year is right");
    // Another citation in the same claim is another finding.
    let text = folder.read("entry.txt");
    folder.write("entry.txt", text.replace("(Dorn 1999)", "(Dorn 1999) (Nobody 1900)"));
    assert!(folder.status(&["check"], 1).contains("Nobody 1900"));
    // What was accepted and is gone is said.
    folder.write("entry.txt", text.replace("(Dorn 1999)", "(Dorn 1998)"));
    let check = folder.ok(&["check", "--level", "info"]);
    assert!(check.contains("needless-acceptance") && check.contains("→ citetrail retract "), "{check}");
}

#[test]
fn review_state_is_checked() {
    let folder = Folder::with_project();
    let found = |code: &str| {
        let json = folder.json(&["check", "--select", code, "--to", "json"]);
        json["findings"].as_array().unwrap().len()
    };
    assert_eq!(found("unreviewed-pair"), 4);
    folder.ok(&["verdict", "rare", "abel2001", "supported", "--by", "Ada"]);
    folder.ok(&["verdict", "inherited forms", "baker2002", "supported", "--by", "Ada"]);
    folder.ok(&["verdict", "inherited forms", "baker2002", "partly", "--by", "Bob"]);
    folder.ok(&["verdict", "early onset", "baker2002", "partly", "--by", "Bob"]);
    assert_eq!((found("unreviewed-pair"), found("stale-verdict"), found("conflicting-verdicts")), (1, 0, 1));
    let text = folder.read("entry.txt");
    folder.write(
        "entry.txt",
        text.replace("is rare (", "is not rare (").replace("Early onset", "Something else entirely"),
    );
    assert_eq!((found("stale-verdict"), found("lost-verdict")), (1, 1));
}

/// The requirements of the SARIF 2.1.0 schema on what is written, by hand: the schema itself is not ours to ship.
#[test]
fn github_commands_cannot_be_broken_out_of() {
    let folder = Folder::new();
    folder.write(
        "a,b:c%.txt",
        "A Title\n\nIt is so (Roe%0A::error::x 1999) as seen (Roe 1999).\n\nReferences\n\nAbel, A. (2001). Rare things. Journal of Examples, 12, 34–56.\n",
    );
    let out = folder.status(&["check", "--in", "a,b:c%.txt", "--to", "github"], 1);
    assert!(!out.is_empty());
    for line in out.lines() {
        let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        assert!(head.contains("file=a%2Cb%3Ac%25.txt,"), "{line}");
        assert!(!message.contains("%0A") || message.contains("%250A"), "{line}");
    }
    assert!(out.contains("::error file=a%2Cb%3Ac%25.txt,line=3,endLine=3,col=1,"), "{out}");
}
