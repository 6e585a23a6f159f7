//! Word and LaTeX documents with the truth beside them: which claims they make, what each cites, and which works they
//! list. Says precision and recall of each document, and demands a floor. `tests/documents/README.md` tells how the
//! documents were made.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use citetrail::bibliography::{self, Format};
use citetrail::text::fold;
use citetrail::work::{Field, Work};
use serde_json::Value;

/// Each document reaches this in precision and in recall, of claims, links and references.
const FLOOR: f64 = 0.9;
/// All documents of a format together reach this.
const FLOOR_OF_ALL: f64 = 0.98;

/// Things found and things that are there, each as often as it is.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    right: usize,
    found: usize,
    there: usize,
}

impl Score {
    fn of(found: &[String], there: &[String]) -> Self {
        let mut left: HashMap<&str, usize> = HashMap::new();
        there.iter().for_each(|t| *left.entry(t).or_default() += 1);
        let right = found
            .iter()
            .filter(|f| left.get_mut(f.as_str()).is_some_and(|n| n.checked_sub(1).map(|l| *n = l).is_some()));
        Self { right: right.count(), found: found.len(), there: there.len() }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.there += other.there;
    }

    /// Precision and recall.
    fn shares(self) -> (f64, f64) {
        let share = |of: usize| if of == 0 { 1.0 } else { self.right as f64 / of as f64 };
        (share(self.found), share(self.there))
    }

    fn least(self) -> f64 {
        let (precision, recall) = self.shares();
        precision.min(recall)
    }
}

/// Claims, links from claims to works, and works; claims without their citations, folded.
#[derive(Debug, Default)]
struct Content {
    claims: Vec<String>,
    links: Vec<String>,
    works: Vec<String>,
}

fn truth(path: &Path) -> Content {
    let text = std::fs::read_to_string(path).unwrap();
    let mut content = Content::default();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some(works) = line.strip_prefix("references:") {
            content.works = works.split_whitespace().map(str::to_owned).collect();
        } else if let Some((claim, works)) = line.split_once("=>") {
            let claim = bare(claim);
            content.links.extend(works.split_whitespace().map(|w| format!("{claim} => {w}")));
            content.claims.push(claim);
        }
    }
    content
}

/// A claim without the commands of LaTeX in it, of which those that cite go with their arguments, folded.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let name = rest[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let command = &rest[at + 1..at + 1 + name];
        rest = rest[at + 1 + name..].trim_start_matches('*');
        let cites = command.contains("cite");
        while let Some(close) = [('[', ']'), ('{', '}')].iter().find(|p| cites && rest.starts_with(p.0)).map(|p| p.1) {
            rest = rest.split_once(close).map_or("", |r| r.1);
        }
    }
    fold(&(out + rest))
}

/// What the program reads in a document; works by the key of the one whose title they have.
fn read(path: &Path, works: &[Work]) -> Content {
    let output =
        Command::cargo_bin("citetrail").unwrap().arg("scan").arg(path).args(["--to", "json"]).output().unwrap();
    assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    let model: Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let keys: Vec<String> = list(&model["references"])
        .iter()
        .map(|reference| {
            let printed = fold(&format!("{} {}", reference["raw"], reference["fields"]["title"]));
            let is_printed = |w: &&Work| w.get(Field::Title).is_some_and(|t| printed.contains(&fold(t)));
            works.iter().find(is_printed).map_or_else(|| format!("? {printed}"), |w| w.key.clone())
        })
        .collect();
    let mut content = Content { works: keys.clone(), ..Content::default() };
    for claim in list(&model["claims"]) {
        let mut text: Vec<char> = claim["text"].as_str().unwrap().chars().collect();
        for mention in list(&claim["mentions"]) {
            let place = |name: &str| usize::try_from(mention[name].as_u64().unwrap()).unwrap();
            text[place("start")..place("end")].fill(' ');
        }
        let text = bare(&text.into_iter().collect::<String>());
        let refs = list(&claim["refs"]);
        content
            .links
            .extend(refs.iter().map(|r| format!("{text} => {}", keys[usize::try_from(r.as_u64().unwrap()).unwrap()])));
        content.claims.push(text);
    }
    content
}

/// Reads all documents of a folder that have the truth beside them; says how well.
fn judge(format: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let works =
        bibliography::read(&std::fs::read(root.join("works.bib")).unwrap(), Some(Format::BIBTEX)).unwrap().works;
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join(format)).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "truth"));
    paths.sort();
    assert!(paths.len() >= 20, "{} documents", paths.len());
    let mut all: BTreeMap<&str, Score> = BTreeMap::new();
    let mut low = Vec::new();
    println!("{:<24} {:^13} {:^13} {:^13}   (precision/recall)", format, "claims", "links", "references");
    for path in paths {
        let there = truth(&path);
        let found = read(&path.with_extension(if format == "latex" { "tex" } else { "docx" }), &works);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut line = format!("{name:<24}");
        for (what, found, there) in [
            ("claims", &found.claims, &there.claims),
            ("links", &found.links, &there.links),
            ("references", &found.works, &there.works),
        ] {
            let score = Score::of(found, there);
            let (precision, recall) = score.shares();
            line.push_str(&format!("  {precision:.3}/{recall:.3}"));
            all.entry(what).or_default().add(score);
            if score.least() < FLOOR {
                low.push(format!("{name}, {what}: found {found:#?}, there are {there:#?}"));
            }
        }
        println!("{line}");
    }
    for (what, score) in &all {
        let (precision, recall) = score.shares();
        println!("all: {what} {precision:.4}/{recall:.4}");
    }
    assert!(low.is_empty(), "below {FLOOR}:\n{}", low.join("\n"));
    assert!(all.values().all(|s| s.least() >= FLOOR_OF_ALL), "below {FLOOR_OF_ALL} together: {all:?}");
}

#[test]
fn word() {
    judge("docx");
}

#[test]
fn latex() {
    judge("latex");
}
