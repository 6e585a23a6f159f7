//! A printed reference and a record, field by field.

pub(super) mod container;
pub(super) mod names;
pub(super) mod numbers;
pub(super) mod title;
pub(super) mod words;

use names::Folded;
use words::words;

use crate::work::{Field, Work};

/// How a field of a reference compares with a record's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// One of them does not say.
    Unknown,
    Same,
    /// Not the same, but what slips and sources make of the same.
    Close,
    Different,
}

/// A reference as it is compared, prepared once for all candidates.
#[derive(Debug)]
pub(super) struct Asked {
    /// The words of the whole string.
    pub words: Vec<String>,
    pub title: Vec<String>,
    pub authors: Vec<Folded>,
    pub year: Option<i32>,
    pub volume: String,
    pub issue: String,
    pub pages: (String, String),
    pub container: Vec<String>,
    /// Numbers of the string that stand in no field that was recognised.
    pub spare_numbers: Vec<String>,
}

impl Asked {
    pub fn new(raw: &str, work: &Work) -> Self {
        let text = |field| work.plain(field).unwrap_or_default();
        let words = words(raw);
        let title = title::title_words(&text(Field::Title));
        let (volume, issue) = (numbers::digits(&text(Field::Volume)), numbers::digits(&text(Field::Issue)));
        let pages = numbers::pages(&text(Field::Page));
        let year = work.year();
        let mut spare: Vec<String> = words
            .iter()
            .filter(|word| word.len() <= 12 && word.bytes().any(|b| b.is_ascii_digit()))
            .map(|word| numbers::digits(word))
            .filter(|number| !number.is_empty())
            .collect();
        let year_text = year.map(|year| year.to_string()).unwrap_or_default();
        let short_last: String = text(Field::Page).rsplit(['-', '–', '—']).next().map(numbers::digits).unwrap_or_default();
        let in_title = title.iter().map(|word| numbers::digits(word));
        let used = [&volume, &issue, &pages.0, &short_last, &year_text].map(String::clone);
        for known in used.into_iter().chain(in_title).filter(|known| !known.is_empty()) {
            if let Some(at) = spare.iter().position(|number| *number == known) {
                spare.remove(at);
            }
        }
        Self {
            title,
            authors: names::folded(work),
            year,
            volume,
            issue,
            pages,
            container: container::container_words(&text(Field::ContainerTitle)),
            spare_numbers: spare,
            words,
        }
    }

    /// Whether a folded name stands in the string, as one word or as two.
    pub fn has_word(&self, name: &str) -> bool {
        name.len() >= 3
            && (self.words.iter().any(|word| word == name)
                || self.words.windows(2).any(|pair| {
                    name.len() == pair[0].len() + pair[1].len() && name.starts_with(&pair[0]) && name.ends_with(&pair[1])
                }))
    }
}

/// A record as it is compared.
#[derive(Debug)]
pub(super) struct Recorded {
    pub title: Vec<String>,
    pub authors: Vec<Folded>,
    pub year: Option<i32>,
    pub volume: String,
    pub issue: String,
    pub pages: (String, String),
    pub container: Vec<String>,
    pub publisher: Vec<String>,
}

impl Recorded {
    pub fn new(work: &Work) -> Self {
        let text = |field| work.plain(field).unwrap_or_default();
        Self {
            title: title::title_words(&text(Field::Title)),
            authors: names::folded(work),
            year: work.year(),
            volume: numbers::digits(&text(Field::Volume)),
            issue: numbers::digits(&text(Field::Issue)),
            pages: numbers::pages(&text(Field::Page)),
            container: container::container_words(&text(Field::ContainerTitle)),
            publisher: words(&text(Field::Publisher)),
        }
    }

    /// Whether a word beside a title comes from another field of the record.
    pub fn explains(&self, word: &str) -> bool {
        let year = self.year.map(|year| year.to_string());
        let number = numbers::digits(word);
        self.container.iter().any(|other| other == word || word.len() >= 2 && other.starts_with(word))
            || matches!(word, "of" | "the" | "and" | "in" | "for" | "et" | "al" | "vol" | "pp" | "no")
            || self.authors.iter().any(|author| author.family == word || author.given.starts_with(word))
            || self.publisher.iter().any(|other| other == word)
            || !number.is_empty()
                && number.len() == word.trim_start_matches('0').len()
                && (year.as_deref() == Some(&number)
                    || [&self.volume, &self.issue, &self.pages.0, &self.pages.1].contains(&&number))
    }
}
