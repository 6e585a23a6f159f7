//! The passages of a text that speak most of a claim: sentences ranked by BM25.

use std::collections::HashMap;

use crate::text::fold;

/// Saturation of a term's count and weight of a sentence's length, as Robertson and Zaragoza (2009) suggest.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Texts to be ranked by the words they share with a question.
#[derive(Debug, Clone, Default)]
pub struct Ranker {
    /// Of each text: its terms with their counts.
    texts: Vec<HashMap<String, usize>>,
    lengths: Vec<usize>,
    /// In how many texts a term stands.
    spread: HashMap<String, usize>,
}

impl Ranker {
    pub fn new<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Self {
        let mut ranker = Self::default();
        for text in texts {
            let mut counts: HashMap<String, usize> = HashMap::new();
            let terms = terms(text.as_ref());
            ranker.lengths.push(terms.len());
            terms.into_iter().for_each(|term| *counts.entry(term).or_default() += 1);
            for term in counts.keys() {
                *ranker.spread.entry(term.clone()).or_default() += 1;
            }
            ranker.texts.push(counts);
        }
        ranker
    }

    /// Indices of the texts that share a word with the question, with their scores; best first, and of equal ones the
    /// earlier.
    pub fn rank(&self, question: &str) -> Vec<(usize, f64)> {
        let mut asked = terms(question);
        asked.sort_unstable();
        asked.dedup();
        let total = self.texts.len() as f64;
        let average = self.lengths.iter().sum::<usize>() as f64 / total.max(1.0);
        let weight = |term: &String| {
            let spread = self.spread.get(term).copied().unwrap_or_default() as f64;
            (1.0 + (total - spread + 0.5) / (spread + 0.5)).ln()
        };
        let weights: Vec<(&String, f64)> = asked.iter().map(|term| (term, weight(term))).collect();
        let mut ranked: Vec<(usize, f64)> = Vec::new();
        for (i, counts) in self.texts.iter().enumerate() {
            let length = 1.0 - B + B * self.lengths[i] as f64 / average.max(1.0);
            let score: f64 = weights
                .iter()
                .filter_map(|(term, weight)| Some((counts.get(*term).copied()? as f64, weight)))
                .map(|(count, weight)| weight * count * (K1 + 1.0) / (count + K1 * length))
                .sum();
            if score > 0.0 {
                ranked.push((i, score));
            }
        }
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }
}

/// Folded words of two letters or more; an English plural meets its singular.
fn terms(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(' ').filter(|w| w.chars().nth(1).is_some());
    words
        .map(|w| match w.strip_suffix('s') {
            Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
            _ => w.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_count_more_and_nothing_shared_is_nothing() {
        let ranker = Ranker::new(["the cat sat", "the dog ran with the cats", "the end of the road", "nothing"]);
        let order = |question| ranker.rank(question).into_iter().map(|(i, _)| i).collect::<Vec<_>>();
        assert_eq!(order("The CAT ran"), [1, 0, 2]);
        assert_eq!(order("cats"), [0, 1]);
        assert!(order("zebra").is_empty() && order("").is_empty());
        assert!(Ranker::new::<&str>([]).rank("x").is_empty());
    }
}
