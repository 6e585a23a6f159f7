//! How often the passage ranking finds the work that a sentence cites among the works of its reference list.
//!
//! ```text
//! cargo run --release --example rank_citations -- FOLDER
//! ```
//!
//! FOLDER holds articles as `*.jsonl.gz`: a line `{"rec": "ref", "id", "fields": {"title", …, "abstract"}}` for each
//! reference, and `{"rec": "para", "kind", "text", "mentions": [{"start", "end", "refs"}]}` for each paragraph. Of every
//! sentence of the body that cites, the citations are taken out; what is left is the question. A hit is a cited work that
//! ranks first by title and abstract, where there is one. Beside it stand BM25 over the words of the titles as they are,
//! and what choosing by chance would hit. This measures; nothing is fitted to it.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use citetrail::review::Ranker;
use citetrail::text::sentences;
use serde_json::Value;

/// Sentences that cite, and of how many a cited work came first.
#[derive(Debug, Default)]
struct Score {
    sentences: usize,
    hits: usize,
    plain_hits: usize,
    chance: f64,
    /// Sentences of which no cited work shares a word: nothing that ranks by words can hit there.
    out_of_reach: usize,
}

/// An article: the texts of its references, and the sentences that cite with the references they cite.
#[derive(Debug, Default)]
struct Article {
    titles: Vec<String>,
    /// Title and abstract.
    texts: Vec<String>,
    abstracts: usize,
    questions: Vec<(String, HashSet<usize>)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("give the folder of the articles (*.jsonl.gz)")?;
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder)?.map(|e| Ok(e?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.to_string_lossy().ends_with(".jsonl.gz"));
    files.sort();
    let (mut score, mut works, mut abstracts) = (Score::default(), 0, 0);
    for file in &files {
        let article = read(file)?;
        works += article.titles.len();
        abstracts += article.abstracts;
        score.add(&article);
    }
    let share = |n: usize| n as f64 / score.sentences.max(1) as f64;
    println!(
        "{} articles, {works} works ({abstracts} with an abstract), {} citing sentences",
        files.len(),
        score.sentences
    );
    println!("hit@1  {:.3}  passage ranking, title and abstract", share(score.hits));
    println!("hit@1  {:.3}  BM25, words of the title as they are", share(score.plain_hits));
    println!("hit@1  {:.3}  by chance", score.chance / score.sentences.max(1) as f64);
    println!("       {:.3}  of the sentences share no word with a work they cite", share(score.out_of_reach));
    Ok(())
}

fn read(path: &Path) -> Result<Article, Box<dyn Error>> {
    let mut article = Article::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    for line in BufReader::new(flate2::read::GzDecoder::new(File::open(path)?)).lines() {
        let record: Value = serde_json::from_str(&line?)?;
        match record["rec"].as_str() {
            Some("ref") => {
                places.insert(record["id"].as_str().unwrap_or_default().to_owned(), article.titles.len());
                let field = |name: &str| record["fields"][name].as_str().map(str::to_owned);
                let title = field("title").or(field("container")).unwrap_or_default();
                let summary = field("abstract");
                article.abstracts += usize::from(summary.is_some());
                article.texts.push(format!("{title}. {}", summary.unwrap_or_default()));
                article.titles.push(title);
            }
            Some("para") if record["kind"] == "body" => article.questions.extend(questions(&record, &places)),
            _ => {}
        }
    }
    Ok(article)
}

/// The sentences of a paragraph that cite, without their citations.
fn questions(para: &Value, places: &HashMap<String, usize>) -> Vec<(String, HashSet<usize>)> {
    let text: Vec<char> = para["text"].as_str().unwrap_or_default().chars().collect();
    let mentions: Vec<(usize, usize, Vec<usize>)> = para["mentions"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|m| m["flag"].is_null())
        .filter_map(|m| {
            let refs = m["refs"].as_array()?.iter().filter_map(|r| places.get(r.as_str()?).copied());
            Some((m["start"].as_u64()? as usize, m["end"].as_u64()? as usize, refs.collect()))
        })
        .collect();
    let whole: String = text.iter().collect();
    let mut found = Vec::new();
    for bytes in sentences(&whole) {
        let start = whole[..bytes.start].chars().count();
        let span = start..start + whole[bytes].chars().count();
        let inside = mentions.iter().filter(|(start, ..)| span.contains(start));
        let cited: HashSet<usize> = inside.flat_map(|(.., refs)| refs).copied().collect();
        if !cited.is_empty() {
            let is_cited = |i: &usize| mentions.iter().any(|(start, end, _)| (start..end).contains(&i));
            let question = span.map(|i| if is_cited(&i) { ' ' } else { text[i] }).collect();
            found.push((question, cited));
        }
    }
    found
}

impl Score {
    fn add(&mut self, article: &Article) {
        let ranker = Ranker::new(&article.texts);
        let plain = Plain::new(&article.titles);
        for (question, cited) in &article.questions {
            let ranked = ranker.rank(question);
            self.sentences += 1;
            self.chance += cited.len() as f64 / article.titles.len().max(1) as f64;
            self.hits += usize::from(ranked.first().is_some_and(|(i, _)| cited.contains(i)));
            self.out_of_reach += usize::from(ranked.iter().all(|(i, _)| !cited.contains(i)));
            self.plain_hits += usize::from(plain.first(question).is_some_and(|i| cited.contains(&i)));
        }
    }
}

/// BM25 as it stands in textbooks, over words in lower case.
struct Plain {
    texts: Vec<HashMap<String, f64>>,
}

impl Plain {
    fn new(texts: &[String]) -> Self {
        let counted = texts.iter().map(|text| {
            let mut counts = HashMap::new();
            words(text).into_iter().for_each(|word| *counts.entry(word).or_default() += 1.0);
            counts
        });
        Self { texts: counted.collect() }
    }

    fn first(&self, question: &str) -> Option<usize> {
        let total = self.texts.len() as f64;
        let length = |counts: &HashMap<String, f64>| counts.values().sum::<f64>();
        let average = self.texts.iter().map(length).sum::<f64>() / total.max(1.0);
        let asked: HashSet<String> = words(question).into_iter().collect();
        let mut scores = vec![0.0; self.texts.len()];
        for word in &asked {
            let spread = self.texts.iter().filter(|counts| counts.contains_key(word)).count() as f64;
            let weight = (1.0 + (total - spread + 0.5) / (spread + 0.5)).ln();
            for (score, counts) in scores.iter_mut().zip(&self.texts) {
                if let Some(count) = counts.get(word) {
                    *score += weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length(counts) / average));
                }
            }
        }
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))?;
        (scores[best] > 0.0).then_some(best)
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect()
}
