//! Verdicts, asserted links and what they make of the answers.

use super::support::Folder;

const ADA: &[&str] = &["--by", "Ada Lovelace <ada@example.org>"];

fn judge(folder: &Folder, claim: &str, work: &str, verdict: &str, more: &[&str]) {
    folder.ok(&[&["verdict", claim, work, verdict], more].concat());
}

#[test]
fn a_verdict_shows_in_every_answer() {
    let folder = Folder::with_project();
    let more = ["--quote", "Families differ.", "--page", "7", "--note", "Table 2 says more."];
    judge(&folder, "inherited forms", "baker2002", "supported", &[&more, ADA].concat());
    let why = folder.ok(&["why", "inherited forms"]);
    let today = folder.ok(&["history", "--to", "json"]);
    let day = serde_json::from_str::<serde_json::Value>(&today).unwrap()["records"][0]["at"].as_str().unwrap()[..10]
        .to_owned();
    insta::assert_snapshot!(why.replace(&day, "DAY"), @r"
    Causes › 1
    Inherited forms
      cited here
      baker2002  Baker, D., & Cole, E. F. (2002). Families and examples. Annals of
          Samples, 3(4), 5–9. https://doi.org/10.5555/example.2
          ✓ supported, Ada Lovelace, DAY, p. 7
            “Families differ.” (unread: no text is attached)
            Table 2 says more.
    ");
    // What inherits it stays open.
    assert!(folder.ok(&["why", "with fever"]).contains("not yet checked for this claim"));
    let output = folder.run(&["claims"]);
    insta::assert_snapshot!(super::support::text(&output.stdout) + &super::support::text(&output.stderr), @r"
    Example Disease  entry.txt
    ● Example disease is rare and mild.  abel2001
    Causes
    ● 1 Inherited forms  baker2002 ✓
      ↑ a Early onset  baker2002
        ↑ i With fever  baker2002
      ! b Late onset
    ○ 2 Acquired forms
    6 claims: ● cites  ↑ inherits  ○ no source  ! unresolved  ? ambiguous
    sources: ✓ supported  no mark: open
    ");
    assert!(
        folder
            .ok(&["backs", "baker2002"])
            .contains("● Causes › 1 › Inherited forms (and 2 claims below inherit it)  ✓ supported")
    );
}

#[test]
fn stale_shows_what_changed_and_comes_back_with_the_old_text() {
    let folder = Folder::with_project();
    judge(&folder, "rare", "abel2001", "supported", ADA);
    let before = folder.read("entry.txt");
    folder.write("entry.txt", before.replace("is rare (Abel", "is not very rare (Abel"));
    let why = folder.ok(&["why", "rare"]);
    assert!(why.contains("↻ supported (stale: the claim has changed), Ada Lovelace"), "{why}");
    assert!(why.contains("Example disease is {+not very+} rare and mild."), "{why}");
    // Even where the store is gone, and with it the memory of what the claim was.
    std::fs::remove_dir_all(folder.file(".citetrail")).unwrap();
    assert_eq!(folder.ok(&["why", "rare"]), why);
    // A citation that is added does not change what was judged.
    folder.write("entry.txt", before.replace("(Abel et al. 2001)", "(Abel et al. 2001; Ebert 1990)"));
    assert!(folder.ok(&["why", "rare"]).contains("✓ supported"));
    folder.write("entry.txt", before);
    assert!(folder.ok(&["why", "rare"]).contains("✓ supported"));
}

#[test]
fn two_people_who_differ_are_a_conflict() {
    let folder = Folder::with_project();
    judge(&folder, "inherited forms", "baker2002", "supported", ADA);
    let (status, said) = folder.errors(&["verdict", "inherited forms", "baker2002", "partly", "--by", "Bob"]);
    assert_eq!(status, 0);
    assert!(said.contains("warning: conflict now: Ada Lovelace <ada@example.org> says supported"), "{said}");
    let why = folder.ok(&["why", "inherited forms"]);
    assert!(
        why.contains("≠ conflict") && why.contains("✓ supported, Ada") && why.contains("≈ partly supported, Bob"),
        "{why}"
    );
    assert!(folder.ok(&["claims", "inherited"]).contains("baker2002 ≠"));
    judge(&folder, "inherited forms", "baker2002", "partly", ADA);
    assert!(folder.ok(&["claims", "inherited"]).contains("baker2002 ≈"));
}

#[test]
fn undo_leaves_no_trace_and_retract_a_line() {
    let folder = Folder::with_project();
    judge(&folder, "rare", "abel2001", "supported", ADA);
    let first = folder.read("verdicts.jsonl");
    judge(&folder, "rare", "abel2001", "contradicts", ADA);
    folder.ok(&["undo"]);
    assert_eq!(folder.read("verdicts.jsonl"), first);
    let id = folder.json(&["history", "--to", "json"])["records"][0]["id"].as_str().unwrap().to_owned();
    let (status, message) = folder.errors(&["retract", &id, "--by", "Bob"]);
    assert_eq!((status, message.contains("is by Ada Lovelace")), (2, true), "{message}");
    folder.ok(&[&["retract", &id, "--reason", "wrong paper"], ADA].concat());
    assert!(folder.read("verdicts.jsonl").starts_with(&first));
    assert!(folder.ok(&["why", "rare"]).contains("cited here, not yet checked"));
    assert!(folder.ok(&["history"]).contains("(retracted)"));
    assert_eq!(folder.errors(&[&["retract", &id], ADA].concat()).0, 1);
    folder.ok(&["undo"]);
    folder.ok(&["undo"]);
    assert!(!folder.file("verdicts.jsonl").exists());
    assert_eq!(folder.read(".gitattributes"), "verdicts.jsonl merge=union\n");
}

#[test]
fn inherited_support_is_open_until_judged_for_that_claim() {
    let folder = Folder::with_project();
    judge(&folder, "with fever", "baker2002", "not-addressed", ADA);
    assert!(folder.ok(&["claims", "fever"]).contains("baker2002 ∅"));
    assert!(!folder.ok(&["claims", "inherited"]).contains('∅'));
}

#[test]
fn a_verdict_survives_another_key() {
    let folder = Folder::with_project();
    judge(&folder, "rare", "abel2001", "supported", ADA);
    judge(&folder, "inherited forms", "baker2002", "partly", ADA);
    let bib = folder.read("refs.bib");
    folder.write("refs.bib", bib.replace("{abel2001,", "{rare,").replace("{baker2002,", "{families,"));
    folder.ok(&["load", "entry.txt"]);
    assert!(folder.ok(&["claims"]).contains("rare ✓"), "{}", folder.ok(&["claims"]));
    assert!(folder.ok(&["claims"]).contains("families ≈"));
}

#[test]
fn what_is_asked_must_be_one_thing() {
    let folder = Folder::with_project();
    for (args, part) in [
        (&["verdict", "nothing like it", "baker2002", "supported"][..], "no claim has “nothing like it”"),
        (&["verdict", "onset", "baker2002", "supported"], "2 claims have “onset”; give the id of one"),
        (
            &["verdict", "acquired forms", "baker2002", "supported"],
            "does not rest on baker2002; nothing stands behind the claim",
        ),
        (&["verdict", "rare", "nobody1900", "supported"], "no work has “nobody1900”"),
    ] {
        let (status, message) = folder.errors(&[args, ADA].concat());
        assert_eq!(status, 1, "{message}");
        assert!(message.contains(part), "{message}");
    }
    assert!(!folder.file("verdicts.jsonl").exists());
    // Words of the reference are enough where the claim has one such work.
    judge(&folder, "rare", "things seen twice", "supported", ADA);
}

#[test]
fn asserted_and_removed_links() {
    let folder = Folder::with_project();
    folder.ok(&[&["assert", "acquired forms", "ebert1990", "--note", "see p. 3"], ADA].concat());
    let why = folder.ok(&["why", "acquired forms"]);
    assert!(why.contains("asserted by Ada Lovelace <ada@example.org>") && why.contains("see p. 3"), "{why}");
    assert!(folder.ok(&["backs", "ebert1990"]).contains("Acquired forms (asserted)"));
    judge(&folder, "acquired forms", "ebert1990", "supported", ADA);
    assert!(folder.ok(&["claims", "acquired"]).contains("● 2 Acquired forms  ebert1990 ✓"));
    folder.ok(&[&["assert", "inherited forms", "baker2002", "--not"], ADA].concat());
    let why = folder.ok(&["why", "inherited forms"]);
    assert!(why.contains("baker2002 was taken from this claim by Ada"), "{why}");
    assert!(!folder.ok(&["claims"]).contains("baker2002"));
    assert!(folder.ok(&["backs", "baker2002"]).contains("no claim cites it"));
    // So in the lists, the report and the check.
    let cited = |what: &str| folder.json(&["cite", what, "--to", "json"])["bibliography"].to_string();
    assert!(cited("acquired forms").contains("ebert1990"));
    assert!(folder.errors(&["cite", "inherited forms"]).1.contains("no works to cite"));
    assert_eq!(folder.status(&["dois", "Causes"], 1), "");
    assert!(folder.ok(&["claims", "inherited"]).contains("○ 1 Inherited forms"));
    let claims = folder.json(&["claims", "acquired", "--to", "json"]);
    assert_eq!(claims["claims"][0]["sources"], serde_json::json!(["ebert1990"]));
    let check = folder.ok(&["check", "--level", "info", "--fail-on", "never"]);
    assert!(check.contains("“Inherited forms (Baker and Cole 2002)” has no source"), "{check}");
    assert!(!check.contains("“Acquired forms” has no source") && !check.contains("uncited-reference"), "{check}");
    folder.ok(&["report"]);
    let row = folder.read("report.html");
    let row = row.split("Acquired forms").nth(1).unwrap();
    assert!(row.contains("ebert1990"));
    // The newest word counts.
    folder.ok(&["assert", "inherited forms", "baker2002", "--by", "Bob"]);
    assert!(folder.ok(&["claims"]).contains("● 1 Inherited forms  baker2002"));
}

/// What a person says backs a claim backs those below it, as what it cites does: in every answer.
#[test]
fn asserted_links_are_inherited() {
    let folder = Folder::with_project();
    folder.ok(&[&["assert", "inherited forms", "ebert1990"], ADA].concat());
    folder.ok(&[&["assert", "early onset", "dorn1998"], ADA].concat());
    // The nearest claim first; what a claim between is said to rest on comes on top of what is cited further up.
    let why = folder.json(&["why", "with fever", "--to", "json"]);
    let inherited = why["claims"][0]["inherited"].as_array().unwrap();
    let shown: Vec<(u64, Vec<&str>)> = inherited
        .iter()
        .map(|i| {
            let sources = i["sources"].as_array().unwrap().iter();
            (i["levels"].as_u64().unwrap(), sources.map(|s| s["key"].as_str().unwrap()).collect())
        })
        .collect();
    assert_eq!(shown, [(1, vec!["dorn1998"]), (2, vec!["baker2002", "ebert1990"])]);
    let why = folder.ok(&["why", "with fever"]);
    assert!(why.contains("inherited from “Early onset” (1 level up), not yet checked for this claim"), "{why}");
    assert!(folder.ok(&["backs", "ebert1990"]).contains("Inherited forms (asserted) (and 2 claims below inherit it)"));
    assert!(folder.ok(&["backs", "dorn1998"]).contains("Early onset (asserted) (and 1 claim below inherit it)"));
    assert!(folder.ok(&["claims", "fever"]).contains("dorn1998 baker2002 ebert1990"));
    let check = folder.ok(&["check", "--select", "unreviewed-pair", "--fail-on", "never", "--level", "info"]);
    assert!(check.contains("nobody judged whether ebert1990 backs “With fever”"), "{check}");
    let csv = folder.ok(&["export", "--to", "csv"]);
    assert!(
        csv.lines().any(|l| l.contains("With fever") && l.contains("dorn1998") && l.contains("inherited")),
        "{csv}"
    );
    let cited = folder.json(&["cite", "with fever", "--to", "json"])["bibliography"].to_string();
    assert!(["dorn1998", "baker2002", "ebert1990"].iter().all(|key| cited.contains(key)), "{cited}");
    folder.ok(&["report"]);
    let html = folder.read("report.html");
    let claim = html.split("<span class=\"text\">With fever").nth(1).unwrap();
    let claim = claim.split("<li class=\"claim").next().unwrap();
    assert!(claim.contains("inherited from <a href=\"#c0-2\">Early onset</a> (1 level up)"), "{claim}");
    // It is a pair of the claim below, open until it is judged for that claim.
    judge(&folder, "with fever", "ebert1990", "supported", ADA);
    assert!(folder.ok(&["claims", "fever"]).contains("ebert1990 ✓"));
    assert!(!folder.ok(&["claims", "early"]).contains('✓'));
    // What is taken from the claim itself, or from the one above, is not there.
    folder.ok(&[&["assert", "with fever", "dorn1998", "--not"], ADA].concat());
    folder.ok(&[&["assert", "inherited forms", "ebert1990", "--not"], ADA].concat());
    let line = folder.ok(&["claims", "fever"]);
    assert!(line.contains("baker2002") && !line.contains("dorn1998") && !line.contains("ebert1990"), "{line}");
}

#[test]
fn who_it_is() {
    let folder = Folder::with_project();
    let by = |variables: &[(&str, &str)]| {
        let mut command = folder.command(&["verdict", "rare", "abel2001", "supported"]);
        for name in ["CITETRAIL_BY", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "XDG_CONFIG_HOME"] {
            command.env_remove(name);
        }
        command.env("HOME", folder.path()).envs(variables.iter().copied());
        let output = command.output().unwrap();
        (output.status.code(), super::support::text(&output.stderr))
    };
    let (status, message) = by(&[]);
    assert_eq!(status, Some(2));
    assert!(message.contains("it is not known who you are; say so with --by"), "{message}");
    folder.write(".gitconfig", "[user]\n\tname = Git Person\n\temail = git@example.org\n");
    assert!(by(&[]).1.contains("by Git Person <git@example.org>"));
    folder.write(".git/config", "[user]\n\tname = Here Only\n");
    assert!(by(&[]).1.contains("by Here Only <git@example.org>"));
    folder.write("citetrail.toml", "reviewer = \"Toml Person\"\n");
    assert!(by(&[]).1.contains("by Toml Person"));
    assert!(by(&[("CITETRAIL_BY", "Env Person")]).1.contains("by Env Person"));
}

#[test]
fn where_undo_would_lose_something_retract_is_named() {
    let folder = Folder::with_project();
    judge(&folder, "rare", "abel2001", "supported", ADA);
    folder.write("verdicts.jsonl", folder.read("verdicts.jsonl") + "\n");
    let (status, message) = folder.errors(&["undo"]);
    assert_eq!(status, 2);
    assert!(message.contains("`citetrail retract ID` takes a record back"), "{message}");
}

#[test]
fn a_damaged_line_is_said_and_costs_that_line() {
    let folder = Folder::with_project();
    judge(&folder, "rare", "abel2001", "supported", ADA);
    let good = folder.read("verdicts.jsonl");
    // Someone was interrupted while writing a line.
    folder.write("verdicts.jsonl", format!("{good}{}", &good[..good.len() / 2]));
    judge(&folder, "inherited forms", "baker2002", "partly", ADA);
    assert!(folder.read("verdicts.jsonl").starts_with(&good));
    let claims = folder.ok(&["claims"]);
    assert!(claims.contains("abel2001 ✓") && claims.contains("baker2002 ≈"), "{claims}");
    let check = folder.status(&["check"], 1);
    assert!(check.contains("verdicts.jsonl") && check.contains("line 2: the record cannot be read"), "{check}");
}

#[test]
fn what_is_shown_cannot_act_on_the_terminal() {
    let folder = Folder::with_project();
    let evil = "x\u{1b}]52;c;eA==\u{7}\u{202e}y";
    judge(&folder, "rare", "abel2001", "supported", &["--quote", evil, "--note", evil, "--page", evil, "--by", evil]);
    for args in [&["why", "rare"][..], &["history"], &["claims"], &["backs", "abel2001"]] {
        let output = folder.run(args);
        let shown = [output.stdout, output.stderr].concat();
        let shown = super::support::text(&shown);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{args:?}: {shown}");
    }
}

#[test]
fn keys_that_stand_on_two_lines_are_coloured_too() {
    let folder = Folder::with_project();
    for key in ["baker2002", "dorn1998", "ebert1990"] {
        folder.ok(&[&["assert", "rare and mild", key], ADA].concat());
        judge(&folder, "rare and mild", key, "supported", ADA);
    }
    judge(&folder, "rare and mild", "abel2001", "supported", ADA);
    let mut command = folder.command(&["claims", "rare", "--color", "always"]);
    let shown = super::support::text(&command.output().unwrap().stdout);
    assert_eq!(shown.lines().count(), 3, "{shown}");
    assert_eq!(shown.matches("\u{1b}[36m").count(), 4, "{shown:?}");
    assert_eq!(shown.matches("\u{1b}[32m✓").count(), 4, "{shown:?}");
}
