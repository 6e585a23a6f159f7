//! Two people judge in two clones of one project: merged by git and read anew, every verdict is there, and each pair
//! stands as a model says.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use super::support::Folder;

const VERDICTS: [&str; 4] = ["supported", "partly", "contradicts", "no-access"];
const CLAIMS: usize = 20;
const JUDGED: usize = 50;

/// Runs git without anybody's settings; `None` where there is no git.
fn git(folder: &Path, args: &[&str]) -> Option<()> {
    let output = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output();
    let Ok(output) = output else {
        super::support::skipped("no git on the path");
        return None;
    };
    assert!(output.status.success(), "git {args:?}: {}", super::support::text(&output.stderr));
    Some(())
}

/// What a person last said of each pair, and of which text.
type Opinions = HashMap<(usize, String), (&'static str, u32)>;

fn judge(folder: &Folder, by: &str, ids: &[String], keys: &[String], seed: u64, version: u32) -> Opinions {
    let mut state = seed;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut said = Opinions::new();
    for _ in 0..JUDGED {
        let (claim, verdict) = (next(CLAIMS), VERDICTS[next(VERDICTS.len())]);
        // Claim i cites the works i and i + 1.
        let key = &keys[(claim + next(2)) % keys.len()];
        folder.ok(&["verdict", &ids[claim], key, verdict, "--by", by]);
        said.insert((claim, key.clone()), (verdict, version));
    }
    said
}

fn document(version: u32) -> String {
    let mut text = String::from("Many Things\n\nCauses\n\n");
    for i in 0..CLAIMS {
        // The second version says something else in every third claim.
        let changed = if version == 2 && i % 3 == 0 { "rarely " } else { "" };
        let (a, b) = (1900 + i % 10, 1900 + (i + 1) % 10);
        text.push_str(&format!("  • Thing number {i} was {changed}seen in all cases (Abel {a}; Abel {b}).\n\n"));
    }
    text.push_str("References\n\n");
    for year in 1900..1910 {
        text.push_str(&format!("Abel, A. ({year}). Things seen in the year {year}. Journal of Examples, 1, 1–9.\n\n"));
    }
    text
}

#[test]
fn two_clones_judge_and_merge() {
    let ours = Folder::new();
    ours.ok(&["init"]);
    ours.write("many.txt", document(1));
    ours.ok(&["load", "many.txt"]);
    ours.write(".gitignore", ".citetrail/\n");
    if git(ours.path(), &["init", "-q"]).is_none() {
        return;
    }
    git(ours.path(), &["add", "."]);
    git(ours.path(), &["commit", "-q", "-m", "start"]);
    let theirs = Folder::new();
    git(theirs.path(), &["clone", "-q", ours.path().to_str().unwrap(), "."]);

    let claims = ours.json(&["claims", "--to", "json"]);
    let claims = claims["claims"].as_array().unwrap();
    let ids: Vec<String> = claims.iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), CLAIMS);
    let keys: Vec<String> = (1900..1910).map(|year| format!("abel{year}")).collect();
    let mut said = [judge(&ours, "Ada", &ids, &keys, 1, 1), judge(&theirs, "Bob", &ids, &keys, 2, 1)];
    // Then the text changes here, and Ada goes on.
    ours.write("many.txt", document(2));
    ours.ok(&["load", "many.txt"]);
    said[0].extend(judge(&ours, "Ada", &ids, &keys, 3, 2));

    for folder in [&ours, &theirs] {
        git(folder.path(), &["add", "."]);
        git(folder.path(), &["commit", "-q", "-m", "verdicts"]);
    }
    git(ours.path(), &["pull", "-q", "--no-rebase", "--no-edit", theirs.path().to_str().unwrap(), "HEAD"]);
    std::fs::remove_dir_all(ours.file(".citetrail")).unwrap();
    assert_eq!(ours.read("verdicts.jsonl").lines().count(), 3 * JUDGED);
    assert_eq!(ours.json(&["history", "--to", "json"])["records"].as_array().unwrap().len(), 3 * JUDGED);

    let merged = ours.json(&["claims", "--to", "json"]);
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (i, claim) in merged["claims"].as_array().unwrap().iter().enumerate() {
        assert_eq!(claim["id"], ids[i].as_str());
        for pair in claim["pairs"].as_array().unwrap() {
            let key = pair["key"].as_str().unwrap().to_owned();
            let newest: Vec<(&str, u32)> = said.iter().filter_map(|s| s.get(&(i, key.clone())).copied()).collect();
            let judged: Vec<_> = newest.iter().filter(|(verdict, _)| *verdict != "no-access").collect();
            let version = if i % 3 == 0 { 2 } else { 1 };
            let fresh: Vec<&str> =
                judged.iter().filter(|(_, of)| *of >= version).map(|(verdict, _)| *verdict).collect();
            let expected = match (newest.len(), judged.len(), fresh.as_slice()) {
                (0, ..) => "open",
                (_, 0, _) => "no-access",
                (_, _, []) => "stale",
                (_, _, [first, rest @ ..]) if rest.iter().all(|other| other == first) => "checked",
                _ => "conflict",
            };
            assert_eq!(pair["state"], expected, "claim {i}, {key}: {newest:?}");
            *seen.entry(expected.to_owned()).or_default() += 1;
        }
    }
    assert!(["open", "no-access", "stale", "checked", "conflict"].iter().all(|s| seen.contains_key(*s)), "{seen:?}");
}
