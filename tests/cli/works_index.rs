//! The index of works while it is written: killed, read by others, told to forget.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use citetrail::matching::index::{Index, Writer};
use citetrail::work::{Field, Work};

use super::support::Folder;

/// Lines of works numbered from `from` on.
fn works(from: usize, many: usize) -> String {
    (from..from + many)
        .map(|i| {
            format!(
                "{{\"DOI\": \"10.5555/light.{i}\", \"title\": \"Observations of lighthouse number {i} at night\", \"author\": [{{\"family\": \"Ek\", \"given\": \"Eva\"}}], \"issued\": {{\"date-parts\": [[{}]]}}}}\n",
                1900 + i % 100
            )
        })
        .collect()
}

fn has(index: &Index, i: usize) -> bool {
    index.by_doi(&format!("10.5555/light.{i}").parse().unwrap()).unwrap().is_some()
}

/// kill -9 at random moments of `index add`: the index opens, every byte of it is good, what was acknowledged is there, and
/// the next run goes on.
#[test]
fn killed_while_adding() {
    const ROUNDS: usize = 60;
    const EACH: usize = 300;
    let folder = Folder::new();
    let index = folder.path().join("ix");
    let (mut seed, mut killed, mut acknowledged) = (11_u64, 0, Vec::new());
    for i in 0..ROUNDS {
        let name = format!("in/{i:03}.jsonl");
        folder.write(&name, works(i * EACH, EACH));
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("citetrail"))
            .args(["index", "add", &name, "--index", "ix"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((seed >> 33) % 90_000));
        let _ = child.kill();
        if child.wait().expect("the child can be waited for").success() {
            acknowledged.push(i);
        } else {
            killed += 1;
        }
        if !index.join("manifest").exists() {
            assert!(acknowledged.is_empty());
            continue;
        }
        let opened = Index::open(&index).unwrap_or_else(|e| panic!("round {i}: {e}"));
        opened.check().unwrap_or_else(|e| panic!("round {i}: {e}"));
        // A file is in the index whole or not at all.
        let held: Vec<bool> = (0..=i).map(|file| has(&opened, file * EACH)).collect();
        assert_eq!(opened.works(), (held.iter().filter(|held| **held).count() * EACH) as u64, "round {i}");
        assert!(acknowledged.iter().all(|file| held[*file]), "round {i}");
    }
    folder.ok(&["index", "add", "in", "--index", "ix"]);
    let opened = Index::open(&index).unwrap();
    opened.check().unwrap();
    assert_eq!(opened.works(), (ROUNDS * EACH) as u64);
    assert!((0..ROUNDS * EACH).step_by(97).all(|i| has(&opened, i)));
    eprintln!("{killed} of {ROUNDS} killed before the end");
}

/// Readers see whole states only, and the one they opened stays.
#[test]
fn read_while_a_writer_adds() {
    const COMMITS: usize = 40;
    const EACH: usize = 50;
    let folder = Folder::new();
    let path = folder.path().join("ix");
    let mut writer = Writer::open(&path).unwrap();
    let done = AtomicBool::new(false);
    let work = |i: usize| {
        let mut work = Work::default();
        work.set(Field::Doi, format!("10.5555/light.{i}"));
        work.set(Field::Title, format!("Observations of lighthouse number {i} at night"));
        work
    };
    (0..EACH).for_each(|i| writer.add(work(i)).unwrap());
    writer.commit().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let first = Index::open(&path).unwrap();
                let before = first.works();
                let mut most = 0;
                while !done.load(Ordering::Relaxed) {
                    let index = Index::open(&path).unwrap();
                    assert!(index.works() >= most && index.works().is_multiple_of(EACH as u64));
                    most = index.works();
                    assert!(has(&index, 7) && has(&index, most as usize - 1) && !has(&index, most as usize));
                    assert_eq!(index.candidates("lighthouse number 7", &Work::default(), 5).unwrap().len(), 5);
                }
                // Its files were merged and taken away since.
                assert_eq!(first.works(), before);
                assert!(has(&first, 7));
                first.check().unwrap();
            });
        }
        for commit in 1..COMMITS {
            (0..EACH).for_each(|i| writer.add(work(commit * EACH + i)).unwrap());
            writer.commit().unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    // Another writer waits its turn.
    folder.write("a.jsonl", works(0, 1));
    let (status, said) = folder.errors(&["index", "add", "a.jsonl", "--index", "ix"]);
    assert_eq!(status, 2);
    assert!(said.contains("another process is adding to the index"), "{said}");
}

#[test]
fn what_sources_update_and_delete() {
    let folder = Folder::new();
    let title = |folder: &Folder, doi: &str| {
        let index = Index::open(&folder.path().join("ix")).unwrap();
        index.by_doi(&doi.parse().unwrap()).unwrap().map(|work| work.get(Field::Title).unwrap().to_owned())
    };
    let record = |title: &str| {
        format!(r#"{{"DOI": "10.5555/a", "title": ["{title}"], "type": "journal-article", "reference-count": 1}}"#)
    };
    folder.write("1.json", format!(r#"{{"items": [{}]}}"#, record("Harbours in winter")));
    folder.write("2.json", format!(r#"{{"items": [{}]}}"#, record("Harbours in winter, corrected")));
    folder.ok(&["index", "add", "1.json", "--index", "ix"]);
    folder.ok(&["index", "add", "2.json", "--index", "ix"]);
    assert_eq!(title(&folder, "10.5555/a").as_deref(), Some("Harbours in winter, corrected"));

    let article = |pmid: u32| {
        format!(
            "<PubmedArticle><MedlineCitation><PMID Version=\"1\">{pmid}</PMID><Article><ArticleTitle>Tides {pmid}</ArticleTitle><ELocationID EIdType=\"doi\">10.5555/p.{pmid}</ELocationID></Article></MedlineCitation></PubmedArticle>"
        )
    };
    let set = |inner: &str| format!("<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n{inner}\n</PubmedArticleSet>\n");
    folder.write("base.xml", set(&format!("{}{}{}", article(1), article(2), article(3))));
    // One of the base, and one that is new in the same file.
    let delete = "<DeleteCitation>\n<PMID Version=\"1\">2</PMID>\n<PMID>4</PMID>\n<PMID>99</PMID></DeleteCitation>";
    folder.write("update.xml", set(&format!("{}{}{delete}", article(4), article(5))));
    folder.ok(&["index", "add", "base.xml", "--index", "ix"]);
    let said = folder.run(&["index", "add", "update.xml", "--index", "ix"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.contains("2 works taken out that PubMed deletes"), "{said}");
    let left: Vec<u32> = (1..=5).filter(|n| title(&folder, &format!("10.5555/p.{n}")).is_some()).collect();
    assert_eq!(left, [1, 3, 5]);
    assert_eq!(folder.json(&["index", "info", "--check", "--index", "ix", "--to", "json"])["works"], 4);
}

/// Lists are answered by several threads, and in the order in which they came.
#[test]
fn a_long_list_is_answered_in_its_order() {
    let folder = Folder::new();
    folder.write("a.jsonl", works(0, 100));
    folder.ok(&["index", "add", "a.jsonl", "--index", "ix"]);
    let line =
        |i: usize| format!("Ek, E. ({}). Observations of lighthouse number {} at night.", 1900 + i % 100, i % 100);
    let references: String = (0..2_345).map(|i| line(i) + "\n").collect();
    folder.write("refs.txt", &references);
    let out = folder.ok(&["match", "refs.txt", "--index", "ix", "--to", "jsonl"]);
    let answers: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 2_345);
    for (i, answer) in answers.iter().enumerate() {
        assert_eq!(answer["raw"], line(i));
        assert_eq!(answer["doi"], format!("10.5555/light.{}", i % 100), "{i}: {answer}");
    }
    // The same works as records, one a line.
    let out = folder.ok(&["match", "a.jsonl", "--index", "ix", "--to", "jsonl"]);
    assert_eq!(out.lines().count(), 100);
}
