//! Searching works by fields: `author:marzano year:1999..2005 has:doi calcinosis`.

use std::ops::RangeInclusive;

use thiserror::Error;

use crate::text::fold;
use crate::work::{DateField, Field, Name, Role, Work};

/// What a search asks for. All of it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkQuery {
    /// Words that may stand anywhere.
    words: Vec<String>,
    filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Filter {
    /// Each word begins a word of the part.
    In(Part, Vec<String>),
    Year(RangeInclusive<i32>),
    Has(Part),
    Lacks(Part),
}

/// What of a work a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Key,
    Kind,
    Names(Role),
    Field(Field),
    Date(DateField),
}

/// Why a search was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WorkQueryError {
    #[error("“{0}” is no year or range of years: write year:1999, year:1999..2005, year:1999.. or year:..2005")]
    Year(String),
    #[error(
        "“{0}” is no part of a work: there are key, type, author, editor, title, journal, year, doi, keyword and the variables of CSL"
    )]
    Part(String),
}

impl WorkQuery {
    /// Reads the words of a search. A word with a colon after something else than a part of a work is a plain word.
    ///
    /// # Errors
    /// When the value of `year:`, `has:` or `no:` makes no sense.
    pub fn parse(words: &[String]) -> Result<Self, WorkQueryError> {
        let mut query = Self::default();
        for word in words.iter().flat_map(|word| split_outside_fields(word)) {
            match word.split_once(':').filter(|(_, value)| !value.is_empty()) {
                Some(("year", value)) => query.filters.push(Filter::Year(years(value)?)),
                Some(("has", value)) => query.filters.push(Filter::Has(required_part(value)?)),
                Some(("no", value)) => query.filters.push(Filter::Lacks(required_part(value)?)),
                Some((name, value)) if part(name).is_some() => {
                    query.filters.extend(part(name).map(|part| Filter::In(part, folded_words(value))));
                }
                _ => query.words.extend(folded_words(word)),
            }
        }
        Ok(query)
    }

    /// Whether there is more to the search than words.
    pub fn has_filters(&self) -> bool {
        !self.filters.is_empty()
    }

    pub fn matches(&self, work: &Work) -> bool {
        let anywhere = || {
            let parts = Role::ALL.iter().map(|r| Part::Names(*r)).chain(Field::ALL.iter().map(|f| Part::Field(*f)));
            let parts = parts.chain([Part::Key, Part::Date(DateField::Issued)]);
            parts.filter_map(|part| text(work, part)).collect::<Vec<_>>().join(" ")
        };
        let filters = self.filters.iter().all(|filter| match filter {
            Filter::In(part, words) => text(work, *part).is_some_and(|text| begin_words_of(words, &text)),
            Filter::Year(years) => work.year().is_some_and(|year| years.contains(&year)),
            Filter::Has(part) => text(work, *part).is_some(),
            Filter::Lacks(part) => text(work, *part).is_none(),
        });
        filters && (self.words.is_empty() || begin_words_of(&self.words, &anywhere()))
    }
}

/// A shell gives "author:marzano year:1999" as one word when it is quoted; `title:"a b"` keeps its blank.
fn split_outside_fields(word: &str) -> Vec<&str> {
    let has_fields = word.split_whitespace().filter(|w| w.contains(':')).count() > 1;
    let begins_with_field = word.split_once(':').is_some_and(|(name, _)| !name.contains(char::is_whitespace));
    if begins_with_field && !has_fields { vec![word] } else { word.split_whitespace().collect() }
}

fn folded_words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn begin_words_of(words: &[String], text: &str) -> bool {
    let text = fold(text);
    words.iter().all(|word| text.split(' ').any(|other| other.starts_with(word.as_str())))
}

fn years(value: &str) -> Result<RangeInclusive<i32>, WorkQueryError> {
    let error = || WorkQueryError::Year(value.to_owned());
    let year = |s: &str, open: i32| if s.is_empty() { Ok(open) } else { s.parse().map_err(|_| error()) };
    match value.split_once("..") {
        Some(("", "")) => Err(error()),
        Some((from, to)) => Ok(year(from, i32::MIN)?..=year(to, i32::MAX)?),
        None => value.parse().map(|year| year..=year).map_err(|_| error()),
    }
}

fn required_part(name: &str) -> Result<Part, WorkQueryError> {
    part(name).ok_or_else(|| WorkQueryError::Part(name.to_owned()))
}

/// A part of a work by its name: CSL's, or the usual one.
fn part(name: &str) -> Option<Part> {
    let name = name.to_lowercase();
    Some(match name.as_str() {
        "key" => Part::Key,
        "type" | "kind" => Part::Kind,
        "journal" | "container" | "booktitle" => Part::Field(Field::ContainerTitle),
        "pages" => Part::Field(Field::Page),
        "keywords" => Part::Field(Field::Keyword),
        "place" => Part::Field(Field::PublisherPlace),
        "series" => Part::Field(Field::CollectionTitle),
        "year" | "date" => Part::Date(DateField::Issued),
        name => {
            let is = |csl: &str| csl.eq_ignore_ascii_case(name);
            let field = Field::ALL.iter().find(|f| is(f.as_str())).map(|f| Part::Field(*f));
            let role = || Role::ALL.iter().find(|r| is(r.as_str())).map(|r| Part::Names(*r));
            let date = || DateField::ALL.iter().find(|d| is(d.as_str())).map(|d| Part::Date(*d));
            return field.or_else(role).or_else(date);
        }
    })
}

fn text(work: &Work, part: Part) -> Option<String> {
    let text = match part {
        Part::Key => work.key.clone(),
        Part::Kind => work.kind.to_string(),
        Part::Field(field) => work.plain(field)?.into_owned(),
        Part::Date(field) => work.dates.get(&field)?.to_string(),
        Part::Names(role) => work.names(role).iter().map(whole_name).collect::<Vec<_>>().join(" "),
    };
    Some(text).filter(|text| !text.is_empty())
}

fn whole_name(name: &Name) -> String {
    match name {
        Name::Person(person) => format!("{} {}", name.cited(), person.given.as_deref().unwrap_or_default()),
        Name::Literal { literal } => literal.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::{Date, NameList, WorkKind};

    fn work() -> Work {
        let mut work = Work { key: "holm2004".to_owned(), kind: WorkKind::ArticleJournal, ..Work::default() };
        work.contributors
            .insert(Role::Author, NameList { names: vec![Name::person("Hólm", "Ada")], incomplete: false });
        work.dates.insert(DateField::Issued, Date::from_year(2004));
        work.set(Field::Title, "Tides of <i>Mare</i>");
        work.set(Field::ContainerTitle, "Journal of Ferries");
        work.set(Field::Doi, "10.5555/a");
        work
    }

    fn matches(query: &str) -> bool {
        let words: Vec<String> = query.split('|').map(str::to_owned).collect();
        WorkQuery::parse(&words).unwrap().matches(&work())
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
            ("no:doi", false),
            ("no:pmid|key:holm", true),
            ("editor:holm", false),
            ("Tides:", true),
            ("ferries tides 2004", true),
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
    }
}
