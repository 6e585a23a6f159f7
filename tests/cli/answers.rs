//! Questions to one document, without a project.

use super::support::Folder;

#[test]
fn why_tells_the_ancestor_that_cites() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.ok(&["why", "fever", "--in", "entry.txt"]), @r"
    Causes › 1 Inherited forms › a Early onset › i
    With fever
      inherited from “Inherited forms” (2 levels up), not yet checked for this claim
      baker2002  Baker, D., & Cole, E. F. (2002). Families and examples. Annals of
          Samples, 3(4), 5–9. https://doi.org/10.5555/example.2
    ");
}

#[test]
fn why_tells_what_the_claim_cites_itself() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.ok(&["why", "rare", "--in", "entry.txt"]), @r"
    entry.txt
    Example disease is rare and mild.
      cited here, not yet checked
      abel2001  Abel, A., Boon, B., Clay, C., et al. (2001). Rare things seen twice.
          Journal of Examples, 12, 34–56.
    ");
}

#[test]
fn why_tells_of_a_near_miss() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.ok(&["why", "Late onset", "--in", "entry.txt"]), @r"
    Causes › 1 Inherited forms › b
    Late onset
      unresolved (Dorn 1999): no work by Dorn of 1999 in the list; the year is off
        by one from a work that is there
    ");
}

#[test]
fn why_finds_by_path_and_by_id() {
    let folder = Folder::with_entry();
    let by_text = folder.json(&["why", "fever", "--in", "entry.txt", "--to", "json"]);
    let id = by_text["claims"][0]["id"].as_str().expect("a claim has an id");
    assert_eq!(by_text["claims"][0]["path"], "Causes > 1 > a > i");
    assert_eq!(folder.json(&["why", id, "--in", "entry.txt", "--to", "json"]), by_text);
    assert_eq!(folder.json(&["why", "1 > a > i", "--in", "entry.txt", "--to", "json"]), by_text);
}

#[test]
fn why_without_such_a_claim_says_what_is_alike() {
    let folder = Folder::with_entry();
    let (status, message) = folder.errors(&["why", "feverish", "--in", "entry.txt"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(message, @r"
    no claim has “feverish”; similar:
      With fever
    ");
}

#[test]
fn claims_is_a_tree_with_marks() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.ok(&["claims", "--in", "entry.txt"]), @r"
    Example Disease  entry.txt
    ● Example disease is rare and mild.  abel2001
    Causes
    ● 1 Inherited forms  baker2002
      ↑ a Early onset  baker2002
        ↑ i With fever  baker2002
      ! b Late onset
    ○ 2 Acquired forms
    ");
}

#[test]
fn claims_without_source() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.ok(&["claims", "--without-source", "--in", "entry.txt"]), @r"
    Example Disease  entry.txt
    Causes
    ○ 2 Acquired forms
    ");
}

#[test]
fn backs_counts_the_heirs() {
    let folder = Folder::with_entry();
    insta::assert_snapshot!(folder.ok(&["backs", "baker cole", "--in", "entry.txt"]), @r"
    baker2002
      Baker, D., & Cole, E. F. (2002). Families and examples. Annals of Samples,
          3(4), 5–9. https://doi.org/10.5555/example.2
      entry.txt
        ● Causes › 1 › Inherited forms (and 2 claims below inherit it)
    ");
}

#[test]
fn backs_proposes_keys() {
    let folder = Folder::with_entry();
    let (status, message) = folder.errors(&["backs", "bakr2002", "--in", "entry.txt"]);
    assert_eq!((status, message.as_str()), (1, "no work has “bakr2002”; similar: baker2002\n"));
}

#[test]
fn standard_input_is_a_document_too() {
    let folder = Folder::new();
    let output = folder.command(&["why", "fever", "--in", "-"]).write_stdin(super::support::ENTRY).output().unwrap();
    assert!(super::support::text(&output.stdout).contains("baker2002"));
}

#[test]
fn scan_is_the_contracted_shape() {
    let folder = Folder::with_entry();
    let model = folder.json(&["scan", "entry.txt", "--to", "json"]);
    let keys: Vec<&String> = model.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "title",
            "container",
            "doi",
            "complete",
            "sections",
            "claims",
            "references",
            "uncited",
            "unresolved",
            "findings"
        ]
    );
    assert_eq!(model["complete"], false);
    assert_eq!(model["claims"][1]["path"], "Causes > 1");
    assert_eq!(model["claims"][1]["mentions"][0]["text"], "(Baker and Cole 2002)");
    assert_eq!(model["claims"][1]["mentions"][0]["start"], 16);
    assert_eq!(model["claims"][2]["inherited_refs"], serde_json::json!([1]));
    assert_eq!(model["references"][1]["fields"]["doi"], "10.5555/example.2");
    assert_eq!(model["unresolved"], serde_json::json!(["(Dorn 1999)"]));
    // The second may be what "Dorn 1999" means: that is one finding, not two.
    assert_eq!(model["uncited"], serde_json::json!([3]));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    let folder = Folder::with_entry();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("citetrail"))
        .args(["scan", "entry.txt", "--to", "json"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn help_has_an_example_for_each_command() {
    let folder = Folder::new();
    for command in
        ["why", "claims", "backs", "cite", "dois", "check", "scan", "link", "parse", "init", "load", "undo", "styles"]
    {
        let help = folder.ok(&[command, "--help"]);
        assert!(help.contains("Examples:\n  ") && help.contains(&format!("citetrail {command}")), "{command}: {help}");
    }
    for command in ["list", "search", "show", "add", "remove"] {
        assert!(folder.ok(&["refs", command, "--help"]).contains("Examples:"), "refs {command}");
    }
}

/// What a terminal gets, with all that it does not show.
#[cfg(unix)]
fn on_terminal(folder: &Folder, args: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("citetrail"));
    command.args(args).current_dir(folder.path()).env("TERM", "xterm-256color");
    // Where a program runs for others, colours are shown on any terminal.
    for name in ["NO_COLOR", "CI", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    let mut session = super::terminal::Session::start(command);
    assert!(session.child.wait().unwrap().success(), "{args:?}");
    session.wait_for(if args[0] == "claims" { "Acquired forms" } else { "Samples" });
    session.sent()
}

#[test]
#[cfg(unix)]
fn a_terminal_gets_links_to_follow_and_nothing_else_does() {
    let folder = Folder::with_project();
    let link = "\u{1b}]8;;https://doi.org/10.5555/example.2\u{1b}\\baker2002\u{1b}]8;;\u{1b}\\";
    for args in [&["claims"][..], &["why", "inherited forms"], &["backs", "baker2002"], &["refs", "show", "baker2002"]]
    {
        let sent = on_terminal(&folder, args, &[]);
        assert!(sent.contains(link), "{args:?}: {sent:?}");
        for (variable, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            let sent = on_terminal(&folder, args, &[(variable, value)]);
            assert!(!sent.contains('\u{1b}'), "{variable}: {sent:?}");
        }
        let plain = folder.ok(args);
        assert!(plain.contains("baker2002") && !plain.contains('\u{1b}'), "{plain:?}");
        let coloured = folder.ok(&[args, &["--color", "always"]].concat());
        assert!(coloured.contains("\u{1b}[") && !coloured.contains("]8;;"), "{coloured:?}");
    }
    // The DOI as the style prints it.
    let sent = on_terminal(&folder, &["cite", "baker2002", "--style", "vancouver"], &[]);
    let doi = "\u{1b}]8;;https://doi.org/10.5555/example.2\u{1b}\\10.5555/example.2\u{1b}]8;;\u{1b}\\";
    assert!(sent.contains(&format!("2002;3(4):5–9. doi:{doi}")), "{sent:?}");
    assert!(!folder.ok(&["cite", "baker2002"]).contains('\u{1b}'));
}
