//! The text of a work as far as it is at hand.

use super::passages::Ranker;
use super::quote::QuotableText;
use crate::document::Document;
use crate::text::sentences;

/// A text of a work, by sentences, each with its place.
#[derive(Debug, Clone, Default)]
pub struct SourceText {
    sentences: Vec<(String, String)>,
    whole: QuotableText,
    ranker: Ranker,
}

/// A sentence that may speak of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    pub text: String,
    /// Where it stands: "Results › 2.1, sentence 40", "abstract".
    pub place: String,
    /// BM25; to be compared within one text only.
    pub score: f64,
}

impl SourceText {
    /// Of a document that was attached. `printed` is its whole text where that is plain: headings, lists and captions can
    /// be quoted, too.
    pub fn of_document(document: &Document, printed: Option<&str>) -> Self {
        let place = |i: usize| {
            let path: Vec<String> = document.claims[i].path.iter().map(ToString::to_string).collect();
            let separator = if path.is_empty() { "" } else { ", " };
            format!("{}{separator}sentence {}", path.join(" › "), i + 1)
        };
        let sentences: Vec<(String, String)> =
            document.claims.iter().enumerate().map(|(i, c)| (c.text.clone(), place(i))).collect();
        let joined = || sentences.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" ");
        let whole = QuotableText::new(&printed.map_or_else(joined, str::to_owned));
        Self::new(sentences, whole)
    }

    /// Of an abstract.
    pub fn of_abstract(text: &str) -> Self {
        let sentences = sentences(text).into_iter().map(|r| (text[r].to_owned(), "abstract".to_owned())).collect();
        Self::new(sentences, QuotableText::new(text))
    }

    fn new(sentences: Vec<(String, String)>, whole: QuotableText) -> Self {
        Self { ranker: Ranker::new(sentences.iter().map(|(text, _)| text)), sentences, whole }
    }

    /// Whether a quote stands in it.
    pub fn has(&self, quote: &str) -> bool {
        self.whole.has(quote)
    }

    /// The sentences that speak most of a claim, best first.
    pub fn passages(&self, claim: &str, most: usize) -> Vec<Passage> {
        let ranked = self.ranker.rank(claim).into_iter().take(most);
        ranked
            .map(|(i, score)| {
                let (text, place) = self.sentences[i].clone();
                Passage { text, place, score }
            })
            .collect()
    }
}
