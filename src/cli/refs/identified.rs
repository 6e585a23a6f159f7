//! A work by its identifier.

use std::fmt;

use super::super::output::Console;
use super::super::whom::Whom;
use crate::matching::{Candidate, WorkSource};
use crate::work::{ArxivId, Doi, Field, Isbn, Pmid, Work, WorkKind};

/// What a work is asked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Identifier {
    Doi(Doi),
    Pmid(Pmid),
    Isbn(Isbn),
}

impl Identifier {
    /// Reads what is nothing but an identifier. A number alone is a PMID when it is too long for a year.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(doi) = text.parse() {
            return Some(Self::Doi(doi));
        }
        let labelled = |label: &str| text.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label));
        if labelled("arxiv")
            && let Ok(id) = text.parse::<ArxivId>()
        {
            let id = id.to_string();
            let (base, _) = id.rsplit_once('v').unwrap_or((&id, ""));
            return format!("10.48550/arxiv.{base}").parse().ok().map(Self::Doi);
        }
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if labelled("pmid") || digits && (5..=8).contains(&text.len()) {
            return text.parse().ok().map(Self::Pmid);
        }
        text.parse().ok().map(Self::Isbn)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Doi(doi) => write!(f, "{doi}"),
            Self::Pmid(pmid) => write!(f, "PMID {pmid}"),
            Self::Isbn(isbn) => write!(f, "ISBN {isbn}"),
        }
    }
}

/// What came of looking an identifier up.
pub(super) enum Lookup {
    Found(Box<Work>),
    /// Why there is no work.
    None(String),
}

/// Asks one source after another until one has the work. Of a DOI, only a record of that DOI is an answer.
pub(super) fn look_up(identifier: &Identifier, whom: &Whom, console: &Console) -> Lookup {
    let sources = whom.sources();
    if let Identifier::Isbn(isbn) = identifier {
        return book(isbn, whom, console);
    }
    let mut asked = Vec::new();
    for source in sources.local.iter().chain(&sources.remote) {
        let answer = match identifier {
            Identifier::Doi(doi) => source.by_doi(doi).map(|c| c.filter(|c| c.work.doi().as_ref() == Some(doi))),
            Identifier::Pmid(pmid) => source.by_pmid(*pmid).map(|c| c.filter(|c| c.work.pmid() == Some(*pmid))),
            Identifier::Isbn(_) => Ok(None),
        };
        match answer {
            Ok(Some(candidate)) => {
                warn_of_notices(*source, &candidate, console);
                return Lookup::Found(Box::new(entry(candidate)));
            }
            Ok(None) => {
                let origin = source.origin();
                asked.push(format!("{} ({})", origin.source, origin.as_of));
            }
            Err(error) => console.warn(&error.to_string()),
        }
    }
    let online = if sources.remote.is_empty() { "; --online asks services" } else { "" };
    Lookup::None(match asked.is_empty() {
        true => "no source gave an answer".to_owned(),
        false => format!("unknown to {}{online}", asked.join(", ")),
    })
}

/// A book; services list its chapters under its ISBN, too.
fn book(isbn: &Isbn, whom: &Whom, console: &Console) -> Lookup {
    if whom.services().is_empty() {
        return Lookup::None("the index does not know ISBNs; --online asks Crossref".to_owned());
    }
    let mut found = Vec::new();
    for service in whom.services() {
        match service.by_isbn(isbn) {
            Ok(candidates) => found.extend(candidates),
            Err(error) => console.warn(&error.to_string()),
        }
    }
    let has = |work: &Work| {
        let numbers = work.get(Field::Isbn).unwrap_or_default();
        numbers.split([',', ';', ' ']).any(|number| number.parse::<Isbn>().is_ok_and(|other| other == *isbn))
    };
    let mut books: Vec<Candidate> =
        found.into_iter().filter(|c| c.work.kind == WorkKind::Book && has(&c.work)).collect();
    match books.len() {
        0 => Lookup::None("no service that was asked knows the book".to_owned()),
        1 => Lookup::Found(Box::new(entry(books.remove(0)))),
        _ => {
            let list: Vec<String> = books.iter().map(|c| super::summary(&c.work)).collect();
            Lookup::None(format!("several books have it: {}; add one by its DOI", list.join("; ")))
        }
    }
}

fn warn_of_notices(source: &dyn WorkSource, candidate: &Candidate, console: &Console) {
    let Some(doi) = candidate.work.doi() else { return };
    for notice in source.notices(&doi).unwrap_or_default() {
        console.warn(&format!("{doi} is {}", crate::resolve::NoticeSaid::from(notice).in_words()));
    }
}

/// A record as an entry: without its origin's own key, and without what only its origin understands.
fn entry(candidate: Candidate) -> Work {
    let mut work = candidate.work;
    work.key.clear();
    work.custom.clear();
    // Crossref's are marked up in JATS.
    work.set(Field::Abstract, "");
    work.set(Field::Source, "");
    work
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_identifier() {
        let read = |text: &str| Identifier::read(text).map(|i| i.to_string()).unwrap_or_default();
        assert_eq!(read("https://doi.org/10.5555/ABC"), "10.5555/abc");
        assert_eq!(read("arXiv:2101.00001v2"), "10.48550/arxiv.2101.00001");
        assert_eq!(read(" 7593766 "), "PMID 7593766");
        assert_eq!(read("pmid: 12"), "PMID 12");
        assert_eq!(read("ISBN 0-306-40615-2"), "ISBN 9780306406157");
        for text in ["2004", "Roe, A. (2004). On ferries. 10.5555/x", "0-306-40615-3", ""] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
