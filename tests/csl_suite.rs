//! The CSL test suite: every fixture that passed once must pass again.
//!
//! The fixtures are not part of the project. They are looked for in the folder that `CITETRAIL_SHARED` names, else in
//! `../shared/data/csl/test-suite` beside the project; without them the test says so and does nothing.
//! `CITETRAIL_CSL_UPDATE=1` adds fixtures that pass to the list; `CITETRAIL_CSL_SHOW=NAME` prints one in full.

#[path = "support/csl_fixture.rs"]
mod csl_fixture;
#[path = "support/csl_html.rs"]
mod csl_html;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use csl_fixture::Fixture;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/csl_suite_passing.txt");

fn folder() -> Option<PathBuf> {
    let named = env::var_os("CITETRAIL_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/csl/test-suite");
    [named, Some(beside)].into_iter().flatten().map(|p| p.join("humans")).find(|p| p.is_dir())
}

#[test]
fn fixtures_that_passed_pass_again() {
    let Some(folder) = folder() else {
        println!("ignored: the CSL test suite is not here (set CITETRAIL_SHARED to its folder)");
        return;
    };
    let listed: BTreeSet<String> =
        fs::read_to_string(LIST).unwrap_or_default().lines().map(str::to_owned).filter(|l| !l.is_empty()).collect();
    let show = env::var("CITETRAIL_CSL_SHOW").ok();
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be read")
        .flatten()
        .map(|entry| entry.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let mut passing = BTreeSet::new();
    let mut failing = Vec::new();
    for file in &files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(file).expect("a fixture can be read");
        let outcome = std::panic::catch_unwind(|| Fixture::parse(&text).and_then(|f| Ok((f.expected(), f.run()?))));
        let outcome = outcome.unwrap_or_else(|_| Err("panicked".to_owned()));
        let passes = matches!(&outcome, Ok((expected, got)) if expected == got);
        if show.as_ref().is_some_and(|s| name.starts_with(s.as_str()) && (!passes || *s == name)) {
            match &outcome {
                Ok((expected, got)) => println!("=== {name}\n--- expected\n{expected}\n--- got\n{got}"),
                Err(error) => println!("=== {name}: {error}"),
            }
        }
        if passes {
            passing.insert(name);
        } else {
            failing.push(name);
        }
    }
    println!("{} of {} fixtures pass", passing.len(), files.len());
    println!("failing: {}", failing.join(" "));
    if env::var_os("CITETRAIL_CSL_UPDATE").is_some() {
        let all: Vec<&String> = listed.union(&passing).collect();
        let text: String = all.iter().map(|name| format!("{name}\n")).collect();
        fs::write(LIST, text).expect("the list can be written");
    }
    let lost: Vec<&String> = listed.difference(&passing).collect();
    assert!(lost.is_empty(), "fixtures that passed before: {lost:?}");
}
