//! References whose fields are known, as training needs them.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use citetrail::reference::training::{LABELS, Label, Observed, prepare};
use serde_json::Value;

/// A reference with the field of each of its letters and digits.
#[derive(Debug, Clone)]
pub struct Sample {
    pub raw: String,
    /// The letters and digits of `raw`, their label, and whether a word starts there.
    pub letters: Vec<(char, Label, bool)>,
}

/// What the tagger sees of a reference and what it should say.
#[derive(Debug, Clone)]
pub struct Example {
    pub seen: Observed,
    pub labels: Vec<Label>,
}

/// The lines of a JSONL file, unpacked by `gzip` where its name ends so.
pub fn lines(path: &Path) -> Result<Vec<Value>, String> {
    let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let mut text = String::new();
    if path.extension().is_some_and(|e| e == "gz") {
        let child = Command::new("gzip").arg("-dc").arg(path).stdout(Stdio::piped()).spawn().map_err(|e| failed(&e))?;
        child.stdout.ok_or("no output of gzip")?.read_to_string(&mut text).map_err(|e| failed(&e))?;
    } else {
        text = std::fs::read_to_string(path).map_err(|e| failed(&e))?;
    }
    text.lines().map(|line| serde_json::from_str(line).map_err(|e| failed(&e))).collect()
}

/// Whether a reference is kept out of training, to measure on: every fifth, by its name.
pub fn is_held_out(id: &str) -> bool {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 33).is_multiple_of(5)
}

/// A labelled reference: `{"tok": [[text, space before, label], …]}`.
pub fn labelled(line: &Value) -> Option<Sample> {
    let mut sample = Sample { raw: String::new(), letters: Vec::new() };
    let mut last = Label::Other;
    for token in line["tok"].as_array()? {
        let text = token[0].as_str()?;
        if token[1].as_i64()? == 1 {
            sample.raw.push(' ');
        }
        let mut label = label(token[2].as_str()?, text);
        // "In" announces the container, whether a corpus counts it in or not.
        if label == Label::Container && matches!(text, "In" | "in") && last != Label::Container {
            label = Label::Other;
        }
        if text.chars().any(char::is_alphanumeric) {
            last = label;
        }
        sample.push(text, label);
    }
    Some(sample)
}

impl Sample {
    /// Adds text of one field.
    pub fn push(&mut self, text: &str, label: Label) {
        let mut inside = self.raw.ends_with(char::is_alphanumeric);
        for c in text.chars() {
            self.raw.push(c);
            if c.is_alphanumeric() {
                self.letters.push((c, label, !inside));
                inside = true;
            } else {
                inside = false;
            }
        }
    }
}

/// The label of a token; words that only announce a field are in none.
fn label(name: &str, text: &str) -> Label {
    let lower = text.to_lowercase();
    let announces = |words: &[&str]| words.contains(&lower.as_str());
    const NUMBERS: &[&str] = &[
        "vol", "vols", "volume", "band", "bd", "jg", "jahrgang", "tome", "t", "no", "nr", "n", "number", "num",
        "issue", "heft", "h", "iss", "pp", "p", "pages", "page", "s", "seiten", "seite", "pag", "art", "article",
    ];
    const EDITORS: &[&str] = &[
        "in",
        "ed",
        "eds",
        "editor",
        "editors",
        "edited",
        "by",
        "hrsg",
        "hg",
        "von",
        "dir",
        "dirs",
        "a",
        "cura",
        "di",
        "sous",
        "la",
        "direction",
        "de",
        "coord",
        "coords",
        "éd",
        "éds",
        "red",
        "dans",
    ];
    match name {
        "AU" => Label::Author,
        "ED" if announces(EDITORS) && text.chars().all(char::is_lowercase)
            || text == "In"
            || text == "Ed"
            || text == "Eds" =>
        {
            Label::Other
        }
        "ED" => Label::Editor,
        "DA" => Label::Date,
        "TI" => Label::Title,
        "CO" => Label::Container,
        "SE" => Label::Series,
        "VO" | "IS" | "PG" if announces(NUMBERS) => Label::Other,
        "VO" => Label::Volume,
        "IS" => Label::Issue,
        "PG" => Label::Pages,
        "PU" => Label::Publisher,
        "PL" => Label::Place,
        "NO" => Label::Note,
        _ => Label::Other,
    }
}

/// Prepares a reference as the parser does and gives the tokens that are left their labels.
pub fn example(sample: &Sample) -> Option<Example> {
    let (tokens, seen) = prepare(&sample.raw);
    if tokens.is_empty() {
        return None;
    }
    let mut labels = Vec::with_capacity(tokens.len());
    let mut from = 0;
    for token in &tokens {
        let wanted: Vec<char> = token.text.chars().filter(|c| c.is_alphanumeric()).collect();
        match find(&sample.letters, from, &wanted).filter(|_| !wanted.is_empty()) {
            Some(at) => {
                from = at + wanted.len();
                labels.push(Some(most(sample.letters[at..from].iter().map(|l| l.1))));
            }
            None => labels.push(None),
        }
    }
    let words: Vec<&str> = tokens.iter().map(|t| t.text.as_str()).collect();
    let marks: Vec<bool> = tokens.iter().map(|t| t.mark).collect();
    let labels = settle(&words, &marks, &labels);
    Some(Example { seen, labels })
}

/// Where the letters of a token stand: at `from`, else at the next word that starts so.
fn find(letters: &[(char, Label, bool)], from: usize, wanted: &[char]) -> Option<usize> {
    let fits = |at: usize| {
        letters.get(at..at + wanted.len()).is_some_and(|here| here.iter().zip(wanted).all(|(a, b)| a.0 == *b))
    };
    let last = letters.len().min(from + 300);
    if fits(from) {
        return Some(from);
    }
    (from..last).find(|&at| letters[at].2 && fits(at)).or_else(|| (from..last).find(|&at| wanted.len() > 2 && fits(at)))
}

fn most(labels: impl Iterator<Item = Label>) -> Label {
    let mut counts: HashMap<Label, usize> = HashMap::new();
    for label in labels {
        *counts.entry(label).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(label, n)| (*n, *label)).map_or(Label::Other, |(label, _)| label)
}

/// Marks are in a field when both words around them are; "and" and "et al." belong to the names.
fn settle(words: &[&str], marks: &[bool], found: &[Option<Label>]) -> Vec<Label> {
    let mut labels: Vec<Label> = found.iter().map(|l| l.unwrap_or(Label::Other)).collect();
    let is_names = |label: Label| matches!(label, Label::Author | Label::Editor);
    for at in 1..words.len() {
        let before = (0..at).rev().find(|&i| !marks[i]).map_or(Label::Other, |i| labels[i]);
        if labels[at] == Label::Other
            && is_names(before)
            && matches!(words[at], "and" | "und" | "et" | "al" | "y" | "e" | "others" | "al.")
        {
            labels[at] = before;
        }
    }
    for at in 0..words.len() {
        if !marks[at] {
            continue;
        }
        let stops = |i: &usize| !marks[*i] || words[*i] == "\u{1f}";
        let before = (0..at).rev().find(stops).filter(|&i| !marks[i]);
        let behind = (at + 1..words.len()).find(stops).filter(|&i| !marks[i]);
        labels[at] = match (before, behind) {
            (Some(b), Some(a)) if labels[b] == labels[a] && words[at] != "\u{1f}" => labels[b],
            _ => Label::Other,
        };
    }
    labels
}

/// The number of a label among all.
pub fn index(label: Label) -> usize {
    let at = label as usize;
    debug_assert!(at < LABELS);
    at
}
