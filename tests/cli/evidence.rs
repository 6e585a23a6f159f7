//! Attached texts: passages and quotes.

use super::support::Folder;

const BY: &[&str] = &["--by", "Ada"];

const ARTICLE: &str = "\
Families and examples

Methods

We followed forty families for ten years. Fever was meas-
ured every day.

Results

Inherited forms began early in all families. In 3 of 40 families there was “ﬁrst” fever (p < 0.05). Nothing else differed.
";

fn with_article() -> Folder {
    let folder = Folder::with_project();
    folder.write("download/baker.txt", ARTICLE);
    folder.ok(&["attach", "baker2002", "download/baker.txt"]);
    folder
}

#[test]
fn passages_of_an_attached_text() {
    let folder = with_article();
    assert_eq!(folder.read("sources/baker2002.txt"), ARTICLE);
    assert!(folder.read("sources/.gitignore").ends_with("*\n"));
    insta::assert_snapshot!(folder.ok(&["evidence", "inherited forms", "--most", "1"]), @r"
    Inherited forms
      baker2002
        “Inherited forms began early in all families.”
          sources/baker2002.txt: Results, sentence 3
    ");
    assert!(folder.ok(&["evidence", "with fever", "baker2002"]).contains("Fever was"));
    assert!(
        folder.status(&["evidence", "rare"], 1).contains("no text at hand; `citetrail attach abel2001 FILE` adds it")
    );
    let json = folder.json(&["evidence", "inherited forms", "--to", "json"]);
    assert_eq!(json["works"][0]["passages"][0]["place"], "Results, sentence 3");
    folder.ok(&["undo"]);
    assert!(!folder.file("sources/baker2002.txt").exists());
}

#[test]
fn an_abstract_is_a_text_too() {
    let folder = Folder::with_project();
    let bib = folder.read("refs.bib");
    folder.write(
        "refs.bib",
        bib.replace("{baker2002,", "{baker2002,\n  abstract = {Forms that are inherited begin early. Others do not.},"),
    );
    let shown = folder.ok(&["evidence", "inherited forms"]);
    assert!(shown.contains("“Forms that are inherited begin early.”\n      abstract"), "{shown}");
    // It can verify a quote, but what it does not have may stand in the rest of the work.
    for (quote, state) in [("inherited begin early", "verified"), ("never said", "unread")] {
        folder.ok(&[&["verdict", "inherited forms", "baker2002", "supported", "--quote", quote], BY].concat());
        let json = folder.json(&["why", "inherited forms", "--to", "json"]);
        assert_eq!(json["claims"][0]["direct"][0]["review"]["verdicts"][0]["quote_state"], state);
    }
}

#[test]
fn quotes_are_checked() {
    let folder = with_article();
    for (quote, said) in [
        ("Fever was measured every day", "(verified)"),
        ("there was \"first\" fever (p<0.05)", "(verified)"),
        ("there was fever (p > 0.05)", "(not found in the attached text)"),
    ] {
        folder.ok(&[&["verdict", "inherited forms", "baker2002", "supported", "--quote", quote], BY].concat());
        let why = folder.ok(&["why", "inherited forms"]).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(why.contains(said), "{quote}: {why}");
    }
    let check = folder.status(&["check", "--select", "quote-not-found"], 1);
    assert!(check.contains("baker2002 does not say “there was fever (p > 0.05)” (quoted by Ada)"), "{check}");
    // The text follows its work to another key.
    folder.write("refs.bib", folder.read("refs.bib").replace("{baker2002,", "{families,"));
    assert!(folder.status(&["check", "--select", "quote-not-found"], 1).contains("families does not say"));
}

#[test]
fn what_is_no_text_is_refused() {
    let folder = Folder::with_project();
    folder.write("x.pdf", b"%PDF-1.7\n\x00\x01\x02");
    let (status, message) = folder.errors(&["attach", "baker2002", "x.pdf"]);
    assert_eq!(status, 2);
    assert!(message.contains("x.pdf: "), "{message}");
    assert!(!folder.file("sources").exists());
    // What the index says must not lead out of the folder.
    folder.write("download/baker.txt", ARTICLE);
    folder.ok(&["attach", "baker2002", "download/baker.txt"]);
    let index = folder.read("sources/attached.jsonl").replace("sources/baker2002.txt", "../../etc/hostname");
    folder.write("sources/attached.jsonl", index);
    assert!(folder.status(&["evidence", "inherited forms"], 1).contains("no text at hand"));
}
