//! Searching works: `author:marzano year:1999..2005 has:doi -draft "calcinosis cutis"`.

mod parse;
mod part;

use std::collections::HashSet;
use std::ops::RangeInclusive;

pub use parse::WorkQueryError;
use part::Part;

use crate::project::{ProjectError, Store};
use crate::text::fold;
use crate::work::{Field, Role, Work};

/// What a search asks for. All of it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkQuery {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    condition: Condition,
    /// The condition must not hold.
    negated: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    /// Words that each begin a word of the part, or of any part.
    Words(Option<Part>, Vec<String>),
    /// Words that stand in the part, or in any, one after the other.
    Phrase(Option<Part>, Vec<String>),
    Year(RangeInclusive<i32>),
    Has(Part),
    /// Whether a document of the project cites the work.
    Cited,
}

impl WorkQuery {
    /// Reads the words of a search.
    ///
    /// # Errors
    /// When what stands before a colon is no part of a work, or what stands behind it makes no sense.
    pub fn parse(words: &[String]) -> Result<Self, WorkQueryError> {
        parse::parse(words)
    }

    /// Whether the answer depends on what documents cite.
    pub fn asks_for_citations(&self) -> bool {
        self.terms.iter().any(|t| t.condition == Condition::Cited)
    }

    /// The works of a store for which all of it holds: those with words in the order of fit, else in that of the
    /// bibliography.
    pub fn find(&self, store: &Store) -> Result<Vec<Work>, ProjectError> {
        let words: Vec<&str> = self
            .terms
            .iter()
            .filter(|t| !t.negated)
            .filter_map(|t| match &t.condition {
                Condition::Words(_, words) | Condition::Phrase(_, words) => Some(words.iter().map(String::as_str)),
                _ => None,
            })
            .flatten()
            .collect();
        let cited = if self.asks_for_citations() { store.cited_keys()? } else { HashSet::new() };
        // The index knows every word of a work; which part it stands in is looked at here.
        let candidates = if words.is_empty() { store.works()? } else { store.search_works(&words.join(" "))? };
        Ok(candidates.into_iter().filter(|work| self.matches(work, &cited)).collect())
    }

    /// Whether all of it holds for a work; `cited` are the keys of works that documents cite.
    pub fn matches(&self, work: &Work, cited: &HashSet<String>) -> bool {
        self.terms.iter().all(|term| term.condition.holds(work, cited) != term.negated)
    }
}

impl Condition {
    fn holds(&self, work: &Work, cited: &HashSet<String>) -> bool {
        match self {
            Self::Words(Some(part), words) => part.text(work).is_some_and(|text| begin_words_of(words, &[text])),
            Self::Words(None, words) => begin_words_of(words, &everything(work)),
            Self::Phrase(Some(part), words) => part.text(work).is_some_and(|text| holds_phrase(words, &text)),
            Self::Phrase(None, words) => everything(work).iter().any(|text| holds_phrase(words, text)),
            Self::Year(years) => work.year().is_some_and(|year| years.contains(&year)),
            Self::Has(part) => part.text(work).is_some(),
            Self::Cited => cited.contains(&work.key),
        }
    }
}

/// The texts of all parts of a work.
pub(crate) fn everything(work: &Work) -> Vec<String> {
    let names = Role::ALL.iter().map(|r| Part::Names(*r));
    let fields = Field::ALL.iter().map(|f| Part::Field(*f));
    let dates = work.dates.keys().map(|d| Part::Date(*d));
    let parts = [Part::Key, Part::Kind].into_iter().chain(names).chain(fields).chain(dates);
    parts.filter_map(|part| part.text(work)).chain(work.custom.values().cloned()).collect()
}

fn begin_words_of(words: &[String], texts: &[String]) -> bool {
    let folded: Vec<String> = texts.iter().map(|t| fold(t)).collect();
    words.iter().all(|word| folded.iter().any(|text| text.split(' ').any(|other| other.starts_with(word.as_str()))))
}

fn holds_phrase(words: &[String], text: &str) -> bool {
    let folded = fold(text);
    let text: Vec<&str> = folded.split(' ').collect();
    !words.is_empty() && text.windows(words.len()).any(|window| window.iter().zip(words).all(|(a, b)| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::{Date, DateField, Name, NameList, WorkKind};

    fn work() -> Work {
        let mut work = Work { key: "holm2004".to_owned(), kind: WorkKind::ArticleJournal, ..Work::default() };
        work.contributors
            .insert(Role::Author, NameList { names: vec![Name::person("Hólm", "Ada")], incomplete: false });
        work.dates.insert(DateField::Issued, Date::from_year(2004));
        work.set(Field::Title, "Tides of <i>Mare</i> Nostrum");
        work.set(Field::ContainerTitle, "Journal of Ferries");
        work.set(Field::Doi, "10.5555/a");
        work.custom.insert("file".to_owned(), "scan.pdf".to_owned());
        work
    }

    fn matches(query: &str) -> bool {
        let words: Vec<String> = query.split('|').map(str::to_owned).collect();
        WorkQuery::parse(&words).unwrap().matches(&work(), &HashSet::from(["holm2004".to_owned()]))
    }

    #[test]
    fn searches() {
        for (query, expected) in [
            ("author:holm", true),
            ("author:ada|year:2000..2004|has:doi|tide", true),
            ("author:holm year:2004", true),
            ("year:2005..", false),
            ("year:..2003", false),
            ("title:tides mare", true),
            ("title:ides", false),
            ("journal:ferr|type:article-journal", true),
            ("container:ferries", true),
            ("name:ada", true),
            ("no:doi", false),
            ("no:pmid|key:holm", true),
            ("editor:holm", false),
            ("Tides:", true),
            ("ferries tides 2004", true),
            ("scan", true),
            ("-tides", false),
            ("-author:berg|-storm", true),
            ("\"mare nostrum\"", true),
            ("\"tides nostrum\"", false),
            ("-\"tides nostrum\"", true),
            ("title:\"of mare\"", true),
            ("journal:\"mare nostrum\"", false),
            ("cited:yes", true),
            ("cited:no", false),
            ("-cited:no|doi:10.5555/a", true),
            ("10.5555/a:b", false),
            ("https://doi.org/10.5555/a", false),
            ("-has:pmid", true),
        ] {
            assert_eq!(matches(query), expected, "{query}");
        }
    }

    #[test]
    fn what_makes_no_sense() {
        let error = |query: &str| WorkQuery::parse(&[query.to_owned()]).unwrap_err().to_string();
        assert!(error("year:soon").starts_with("“soon” is no year"));
        assert!(error("year:..").starts_with("“..” is no year"));
        assert!(error("has:colour").starts_with("“colour” is no part of a work"));
        assert!(
            error("autor:holm").starts_with("“autor” is no part of a work, did you mean author;"),
            "{}",
            error("autor:holm")
        );
        assert!(error("cited:maybe").starts_with("“maybe” is neither yes nor no"));
    }
}
