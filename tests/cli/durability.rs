//! What was acknowledged is there, whatever happens.

use std::process::{Command, Stdio};
use std::time::Duration;

use super::support::{ENTRY, Folder};

/// A cheap sequence of numbers that only has to differ.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// A family name of its own for each number.
fn family(i: usize) -> String {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    format!("Auth{}{}", letter(i / 26), letter(i))
}

fn reference(i: usize) -> String {
    format!("{}, A. (2001). On matter number {i}. Journal of Examples, {i}, 1–9.", family(i))
}

fn document(i: usize) -> String {
    format!("Note {i}\n\nThis was seen ({} 2001).\n\nReferences\n\n{}\n", family(i), reference(i))
}

fn spawn(folder: &Folder, args: &[&str]) -> std::process::Child {
    Command::new(assert_cmd::cargo::cargo_bin("citetrail"))
        .args(args)
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs")
}

/// kill -9 at random moments of `load`: what was there stays, what was acknowledged is there, each document whole.
#[test]
fn killed_while_loading() {
    const ROUNDS: usize = 200;
    let folder = Folder::new();
    folder.ok(&["init"]);
    let mine = "% kept\n@book{mine, title={Mine}, year=2000, author={Me, A.}}\n";
    folder.write("refs.bib", mine);
    let mut seed = 7;
    let (mut acknowledged, mut killed) = (Vec::new(), 0);
    for i in 0..ROUNDS {
        folder.write(&format!("in/{i}.txt"), document(i));
        let name = format!("in/{i}.txt");
        let mut child = spawn(&folder, &["load", &name]);
        std::thread::sleep(Duration::from_micros(next(&mut seed) % 40_000));
        let _ = child.kill();
        let status = child.wait().expect("the child can be waited for");
        if status.success() {
            acknowledged.push(i);
        } else {
            killed += 1;
        }
        let bib = folder.read("refs.bib");
        assert!(bib.starts_with(mine), "round {i}: what was there changed");
        assert_eq!(bib.matches('{').count(), bib.matches('}').count(), "round {i}: an entry is cut");
    }
    let bib = folder.read("refs.bib");
    for i in &acknowledged {
        assert!(bib.contains(&format!("On matter number {i}}}")), "round {i} was acknowledged and is not there");
        assert!(
            folder.ok(&["backs", &format!("{}2001", family(*i).to_lowercase())]).contains(&format!("in/{i}.txt")),
            "round {i}"
        );
    }
    // Every document can be loaded now, and none is there twice.
    for i in 0..ROUNDS {
        folder.ok(&["load", &format!("in/{i}.txt")]);
    }
    let bib = folder.read("refs.bib");
    for i in 0..ROUNDS {
        assert_eq!(bib.matches(&format!("On matter number {i}}}")).count(), 1, "round {i}");
    }
    eprintln!("{killed} of {ROUNDS} killed before the end");
    assert!(killed > 0, "no run was caught in the middle");
}

#[test]
fn two_writers_lose_nothing() {
    let folder = Folder::new();
    folder.ok(&["init"]);
    let names: Vec<String> = (0..16).map(|i| format!("in/{i}.txt")).collect();
    for (i, name) in names.iter().enumerate() {
        folder.write(name, document(i));
    }
    let children: Vec<_> = names
        .chunks(4)
        .map(|chunk| {
            let args: Vec<&str> = std::iter::once("load").chain(chunk.iter().map(String::as_str)).collect();
            spawn(&folder, &args)
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(folder.ok(&["refs", "list"]).lines().count(), 16);
    assert_eq!(folder.read("documents.jsonl").lines().count(), 16);
}

/// A store with bits flipped, cut, replaced or gone answers as before.
#[test]
fn a_damaged_store_is_rebuilt() {
    let folder = Folder::with_project();
    let expected = (folder.ok(&["why", "fever"]), folder.ok(&["refs", "list"]), folder.ok(&["claims"]));
    let store = folder.file(".citetrail/store.db");
    let mut seed = 11;
    for round in 0..40 {
        let mut bytes = std::fs::read(&store).unwrap();
        match round % 4 {
            0 => bytes.truncate(next(&mut seed) as usize % bytes.len()),
            1 => bytes = b"not a database".to_vec(),
            _ => {
                for _ in 0..=round {
                    let at = next(&mut seed) as usize % bytes.len();
                    bytes[at] ^= 1 << (next(&mut seed) % 8);
                }
            }
        }
        std::fs::write(&store, bytes).unwrap();
        let answer = (folder.ok(&["why", "fever"]), folder.ok(&["refs", "list"]), folder.ok(&["claims"]));
        assert_eq!(answer, expected, "round {round}");
    }
    std::fs::remove_file(&store).unwrap();
    assert_eq!(folder.ok(&["why", "fever"]), expected.0);
}

/// Random changes, all undone: the files are what they were.
#[test]
fn undo_all() {
    let folder = Folder::with_project();
    let before = (folder.read("refs.bib"), folder.read("documents.jsonl"), folder.read("entry.txt"));
    let mut seed = 3;
    for i in 0..30 {
        match next(&mut seed) % 4 {
            0 => drop(folder.run(&["refs", "remove", &format!("neu{}", 1900 + next(&mut seed) % 30)])),
            1 => {
                folder.write("more/outside.txt", document(i));
                folder.ok(&["load", "more/outside.txt", "--force"]);
            }
            _ => {
                let reference = format!("Neu, N. ({}). Thing number {i}. Journal of Examples, {i}, 1–2.", 1900 + i);
                folder.ok(&["refs", "add", &reference]);
            }
        }
    }
    let changes = folder.ok(&["undo", "--list"]).lines().count();
    for _ in 0..changes - 2 {
        folder.ok(&["undo"]);
    }
    assert_eq!((folder.read("refs.bib"), folder.read("documents.jsonl"), folder.read("entry.txt")), before);
}

#[test]
fn a_file_changed_behind_our_back_is_not_undone_over() {
    let folder = Folder::with_project();
    folder.write("refs.bib", format!("{}\n% mine\n", folder.read("refs.bib")));
    let (status, message) = folder.errors(&["undo"]);
    assert_eq!(status, 2);
    assert!(message.contains("was changed after “load entry.txt”"), "{message}");
    assert!(folder.read("refs.bib").ends_with("% mine\n"));
}

/// A file system that takes no more: the old files stay, and so does the project.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = Folder::with_project();
    let long: String = (0..60).map(document).collect::<Vec<_>>().join("\n").replace("References", "Notes");
    let references: String = (0..200).map(|i| reference(i) + "\n\n").collect();
    folder.write("long.txt", format!("{long}\n\nReferences\n\n{references}"));
    let before = (folder.read("refs.bib"), folder.read("documents.jsonl"));
    let program = assert_cmd::cargo::cargo_bin("citetrail");
    // No file may grow beyond a few blocks: writing the new refs.bib ends short.
    let script = format!("trap '' XFSZ; ulimit -f 16; exec '{}' load long.txt", program.display());
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", super::support::text(&output.stderr));
    assert_eq!((folder.read("refs.bib"), folder.read("documents.jsonl")), before);
    assert!(folder.ok(&["why", "fever"]).contains("baker2002"));
    folder.ok(&["load", "long.txt"]);
    assert!(folder.read("refs.bib").starts_with(&before.0));
}

#[cfg(unix)]
#[test]
fn a_project_that_cannot_be_written_is_still_answered() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_project();
    std::fs::remove_dir_all(folder.file(".citetrail")).unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o555)).unwrap();
    let output = folder.run(&["why", "fever"]);
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(output.status.success(), "{}", super::support::text(&output.stderr));
    assert_eq!(folder.read("entry.txt"), ENTRY);
}
