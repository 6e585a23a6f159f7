//! Scripted sessions of `review` in a terminal.

use std::process::Command;
use std::time::Duration;

use super::support::Folder;
use super::terminal::Session;

fn start(folder: &Folder, filter: &[&str]) -> Session {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("citetrail"));
    command.args(["review", "--by", "Ada"]).args(filter).current_dir(folder.path()).env("TERM", "xterm-256color");
    Session::start(command)
}

fn with_text() -> Folder {
    let folder = Folder::with_project();
    folder.write("download/baker.txt", "Families\n\nResults\n\nInherited forms began early. Nothing else differed.\n");
    folder.ok(&["attach", "baker2002", "download/baker.txt"]);
    folder
}

#[test]
fn a_session() {
    let folder = with_text();
    let mut session = start(&folder, &[]);
    let text = session.wait_for("pair 1 of 4");
    assert!(text.contains("Example disease is rare and mild.") && text.contains("abel2001: cited here"), "{text}");
    assert!(text.contains("citetrail attach abel2001 FILE"), "{text}");
    assert!(text.contains("1 supported 2 partly 3 not supported 4 contradicted 5 not addressed 6 no access"), "{text}");
    session.press("s");
    let text = session.wait_for("pair 2 of 4");
    assert!(text.contains("▌ Inherited forms") && text.contains("→ “Inherited forms began early.”"), "{text}");
    // The chosen passage as the quote, a note, a verdict.
    session.press("q");
    session.wait_for("quote: Inherited forms began early.");
    session.press("\r");
    session.press("n");
    session.wait_for("note: ");
    session.press("sure 1\r");
    session.wait_for("note: sure 1");
    session.press("1");
    let text = session.wait_for("pair 3 of 4");
    assert!(text.contains("1 judged now") && text.contains("inherited from “Inherited forms”, 1 level up"), "{text}");
    // What is shown as recorded is on disk.
    let line = folder.read("verdicts.jsonl");
    assert!(
        line.contains(r#""verdict":"supported","quote":"Inherited forms began early.","note":"sure 1","by":"Ada""#),
        "{line}"
    );
    session.press("5");
    session.wait_for("2 judged now");
    session.press("u");
    let text = session.wait_for("1 judged now");
    assert!(text.contains("pair 3 of 4") && text.contains("taken back"), "{text}");
    assert_eq!(folder.read("verdicts.jsonl"), line);
    session.press("f");
    session.wait_for("filter: ");
    session.press("state:checked\r");
    let text = session.wait_for("pair 1 of 1");
    assert!(text.contains("✓ supported, Ada") && text.contains("(verified)"), "{text}");
    session.press("?");
    session.wait_for("every verdict is on disk");
    session.press("xx");
    session.wait_for("1 verdict recorded");
    assert!(session.child.wait().unwrap().success());
}

#[test]
fn filters_and_what_is_taken_back() {
    let folder = with_text();
    let mut session = start(&folder, &["section:causes"]);
    session.wait_for("pair 1 of 3 (section:causes)");
    // What is not understood is said, and the pairs stay.
    session.press("f state:odd\r");
    session.wait_for("no state is called “odd”");
    session.press("f\u{15}nothing-like-it\r");
    session.wait_for("No pair is like that. f chooses others, x leaves.");
    session.press("f");
    session.wait_for("filter: nothing-like-it");
    session.press("\u{1b}");
    session.wait_for("f chooses others");
    session.press("f");
    session.press("\u{15}baker2002 doc:entry\r");
    session.wait_for("pair 1 of 3");
    session.press("3");
    session.wait_for("1 judged now");
    // Another person's verdict in between stays; ours is retracted by a line of its own.
    folder.ok(&["verdict", "rare", "abel2001", "supported", "--by", "Bob"]);
    let both = folder.read("verdicts.jsonl");
    session.press("u");
    session.wait_for("taken back");
    let after = folder.read("verdicts.jsonl");
    assert!(
        after.starts_with(&both) && after.lines().count() == 3 && after.contains(r#""record":"retract""#),
        "{after}"
    );
    session.press("u");
    session.wait_for("nothing was judged in this session");
    // Skipping judges nothing, and goes back.
    session.press("ssb");
    session.wait_for("pair 2 of 3");
    session.press("x");
    session.wait_for("0 verdicts recorded");
    assert!(session.child.wait().unwrap().success());
    assert!(folder.ok(&["claims", "inherited"]).trim_end().ends_with("baker2002"));
}

#[test]
fn a_filter_that_is_not_understood_and_no_terminal() {
    let folder = Folder::with_project();
    let (status, message) = folder.errors(&["review", "state:odd", "--by", "Ada"]);
    assert_eq!((status, message.contains("no state is called “odd”")), (2, true), "{message}");
    let (status, message) = folder.errors(&["review", "--by", "Ada"]);
    assert_eq!((status, message.contains("needs a terminal")), (2, true), "{message}");
}

#[test]
fn the_end_of_the_list() {
    let folder = Folder::with_project();
    let mut session = start(&folder, &["doc:entry", "fever"]);
    session.wait_for("pair 1 of 1");
    session.press("6");
    let text = session.wait_for("That was the last pair; 1 judged.");
    assert!(text.contains("baker2002: no access"), "{text}");
    session.press("1");
    session.press("\u{3}");
    session.wait_for("1 verdict recorded");
    assert!(session.child.wait().unwrap().success());
}

/// kill -9 at random moments of a session: what the screen said was recorded is there, and every line is whole.
#[test]
fn killed_while_reviewing() {
    const ROUNDS: usize = 200;
    let folder = Folder::with_project();
    let mut seed = 5_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let (mut before, mut acknowledged, mut written) = (0, 0, 0);
    for round in 0..ROUNDS {
        let mut session = start(&folder, &["state:all"]);
        session.wait_for("pair 1 of 4");
        let keys: String = (0..=next(3)).map(|_| char::from(b'1' + u8::try_from(next(6)).unwrap())).collect();
        session.press(&keys);
        std::thread::sleep(Duration::from_micros(next(40_000)));
        session.child.kill().unwrap();
        session.child.wait().unwrap();
        std::thread::sleep(Duration::from_millis(2));
        let text = session.text();
        let shown: usize =
            text.split(" judged now").next().and_then(|t| t.rsplit("· ").next()).unwrap().trim().parse().unwrap();
        let file = std::fs::read_to_string(folder.file("verdicts.jsonl")).unwrap_or_default();
        assert!(file.is_empty() || file.ends_with('\n'), "round {round}: a line is cut");
        for line in file.lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "round {round}: {line}");
        }
        let now = file.lines().count();
        assert!(now >= before + shown, "round {round}: {shown} were acknowledged, {} are there", now - before);
        acknowledged += shown;
        written += now - before;
        before = now;
    }
    eprintln!("{acknowledged} acknowledged, {written} written in {ROUNDS} rounds");
    assert!(acknowledged > 0 && written > 0);
    // The project is in order.
    folder.ok(&["verdict", "rare", "abel2001", "supported", "--by", "Ada"]);
    assert!(folder.ok(&["claims"]).contains("abel2001 ✓"));
}
