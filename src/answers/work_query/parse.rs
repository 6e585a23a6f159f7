//! The words of a search → its terms.

use std::ops::RangeInclusive;

use thiserror::Error;

use super::part::Part;
use super::{Condition, Term, WorkQuery};
use crate::text::fold;

/// Why a search was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WorkQueryError {
    #[error("“{0}” is no year or range of years: write year:1999, year:1999..2005, year:1999.. or year:..2005")]
    Year(String),
    #[error(
        "“{name}” is no part of a work{}; there are key, type, author, editor, name, title, container, year, doi, keyword, publisher and the other variables of CSL, and has:, no: and cited:. To search for the words themselves, put them in quotation marks",
        similar.map(|s| format!(", did you mean {s}")).unwrap_or_default()
    )]
    Part { name: String, similar: Option<&'static str> },
    #[error("“{0}” is neither yes nor no: write cited:yes or cited:no")]
    YesOrNo(String),
}

pub(super) fn parse(words: &[String]) -> Result<WorkQuery, WorkQueryError> {
    let mut terms = Vec::new();
    for token in words.iter().flat_map(|word| tokens(word)) {
        terms.extend(term(token)?);
    }
    Ok(WorkQuery { terms })
}

/// Cuts what the shell gave as one word: at blanks outside of quotation marks; `title:a b`, which was quoted for the
/// shell, stays whole.
fn tokens(word: &str) -> Vec<&str> {
    let colons = word.split_whitespace().filter(|w| w.contains(':')).count();
    let named =
        word.split_once(':').is_some_and(|(name, value)| is_name(name.trim_start_matches('-')) && !value.is_empty());
    if named && colons == 1 && !word.contains('"') {
        return vec![word];
    }
    let (mut found, mut start, mut quoted) = (Vec::new(), None, false);
    for (i, c) in word.char_indices() {
        if c == '"' {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            found.extend(start.take().map(|s| &word[s..i]));
        } else {
            start.get_or_insert(i);
        }
    }
    found.extend(start.map(|s| &word[s..]));
    found
}

fn term(token: &str) -> Result<Option<Term>, WorkQueryError> {
    let (negated, token) = match token.strip_prefix('-') {
        Some(rest) if !rest.is_empty() => (true, rest),
        _ => (false, token),
    };
    let named =
        token.split_once(':').filter(|(name, value)| is_name(name) && !value.is_empty() && !value.starts_with("//"));
    let positive = |condition| Some(Term { condition, negated });
    let Some((name, value)) = named else { return Ok(text(None, token).and_then(positive)) };
    Ok(match name.to_ascii_lowercase().as_str() {
        "year" => positive(Condition::Year(years(value)?)),
        "has" => positive(Condition::Has(part(value)?)),
        "no" => Some(Term { condition: Condition::Has(part(value)?), negated: !negated }),
        "cited" => {
            let yes = match value.to_ascii_lowercase().as_str() {
                "yes" | "true" => true,
                "no" | "false" => false,
                _ => return Err(WorkQueryError::YesOrNo(value.to_owned())),
            };
            Some(Term { condition: Condition::Cited, negated: negated == yes })
        }
        name => text(Some(part(name)?), value).and_then(positive),
    })
}

/// Whether what stands before a colon can name a part: letters, hyphens and underscores.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_'))
}

/// Words, or a phrase in quotation marks; `None` when there is no letter or digit in it.
fn text(part: Option<Part>, value: &str) -> Option<Condition> {
    let words: Vec<String> = fold(value).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    if words.is_empty() {
        return None;
    }
    Some(if value.starts_with('"') { Condition::Phrase(part, words) } else { Condition::Words(part, words) })
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

fn part(name: &str) -> Result<Part, WorkQueryError> {
    Part::of(name).ok_or_else(|| WorkQueryError::Part { name: name.to_owned(), similar: Part::similar(name) })
}
