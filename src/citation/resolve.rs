//! From an author-year citation's form to the works it means.

use super::author_year::{CitedForm, FoundCitation};
use super::authors::Joint;
use super::list::{Entry, Fit, ReferenceList, initial};
use super::near_miss::near_misses;
use super::words::is_capitalised;
use super::{CitedYear, NearMiss, Status};
use crate::text::fold_key;

/// What a citation means, and which of the names before its year it starts with.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub refs: Vec<usize>,
    pub candidates: Vec<usize>,
    pub status: Status,
    pub how: String,
    pub near_miss: Option<NearMiss>,
    /// How well the works found agree with the names cited; nothing when none was found.
    pub fit: Option<Fit>,
    pub start: Start,
}

/// A reading of the names before a year: the citation starts with a word of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Start {
    pub name: usize,
    pub word: usize,
}

/// A reading of a citation that leads to works of the list.
struct Reading {
    start: Start,
    fit: Fit,
    refs: Vec<usize>,
    how: &'static str,
}

/// The works a citation means; nothing when it may be no citation at all.
pub(super) fn resolve(list: &ReferenceList, found: &FoundCitation) -> Option<Answer> {
    let mut starts: Vec<Start> = starts(found).collect();
    let mut best: Option<Reading> = None;
    for lookup in [Lookup::Name, Lookup::Part, Lookup::Opening, Lookup::OtherYear, Lookup::OpeningOtherYear] {
        for &start in &starts {
            let reading = read(list, found, start, lookup);
            if let Some(reading) = reading.filter(|r| best.as_ref().is_none_or(|b| b.fit < r.fit)) {
                best = Some(reading);
            }
            if best.as_ref().is_some_and(|b| b.fit == Fit::Exact) {
                break;
            }
        }
        // What only resembles the name is asked when the name itself leads nowhere.
        if best.as_ref().is_some_and(|b| b.fit > Fit::Contradicts) {
            break;
        }
    }
    match best {
        Some(reading) if reading.fit > Fit::Contradicts => {
            is_safe(found, &reading).then(|| answer(list, found, reading))
        }
        _ => {
            starts.retain(|s| !found.authors.names[s.name].is_doubtful);
            if starts.is_empty() { None } else { near_misses(list, found, &starts) }
        }
    }
}

/// Every word the citation may start with, most names first. A name joined to the one before it by "and" cannot be
/// the first: "Nunley and Jones 2009" is not a work of Jones.
fn starts(found: &FoundCitation) -> impl Iterator<Item = Start> + '_ {
    let names = &found.authors.names;
    let may_begin = |i: usize| match names[i].joined {
        Joint::Start | Joint::Comma | Joint::Semicolon => true,
        // "in Salzburg and Nunley et al. (2009)"
        Joint::And => found.authors.et_al && i + 1 == names.len(),
    };
    (0..names.len())
        .filter(move |&i| may_begin(i))
        .flat_map(move |name| (0..names[name].words.len()).map(move |word| Start { name, word }))
        .take(24)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lookup {
    /// The first creator's name.
    Name,
    /// A part of a compound name.
    Part,
    /// The first words of the reference.
    Opening,
    /// The first creator's name, with a year that stands elsewhere in the reference.
    OtherYear,
    /// The first words of the reference, at least two of them, with a year that stands elsewhere in it.
    OpeningOtherYear,
}

impl Lookup {
    fn dates(self, entry: &Entry, found: &FoundCitation) -> bool {
        if let (CitedYear::Year { year, .. }, Some(last)) = (found.year, found.until) {
            let by_name = !matches!(self, Self::OtherYear | Self::OpeningOtherYear);
            return by_name && entry.has_range(year, last);
        }
        match self {
            Self::Name | Self::Part | Self::Opening => entry.has_year(&found.year),
            Self::OtherYear | Self::OpeningOtherYear => entry.prints_year(&found.year),
        }
    }
}

/// The names of a reading.
pub(super) fn names(found: &FoundCitation, start: Start) -> Vec<String> {
    let names = &found.authors.names[start.name..];
    names.iter().enumerate().map(|(i, n)| n.text(if i == 0 { start.word } else { 0 })).collect()
}

fn read(list: &ReferenceList, found: &FoundCitation, start: Start, lookup: Lookup) -> Option<Reading> {
    let names = names(found, start);
    let first = fold_key(&names[0]);
    let opening = fold_key(&found.authors.names[start.name].whole(start.word));
    let joined = || fold_key(&names.join(" and "));
    let indices = match lookup {
        Lookup::Name => list.first_named(&first),
        Lookup::OtherYear => list.first_named(&first),
        Lookup::Part => list.part_named(&first),
        Lookup::Opening => list.opening_with(&opening),
        Lookup::OpeningOtherYear if names[0].contains(' ') => list.opening_with(&opening),
        Lookup::OpeningOtherYear => &[],
    };
    let whole = if names.len() > 1 && indices.is_empty() {
        match lookup {
            Lookup::Name => list.first_named(&joined()),
            Lookup::Part | Lookup::OtherYear | Lookup::OpeningOtherYear => &[],
            Lookup::Opening => list.opening_with(&joined()),
        }
    } else {
        &[]
    };
    let whole = match lookup {
        Lookup::Opening if whole.is_empty() && names.len() > 1 => list.opening_with(&fold_key(&names.concat())),
        _ => whole,
    };
    let as_body = !whole.is_empty();
    let dated = indices.iter().chain(whole).copied().filter(|&i| !list.is_copy(i));
    let dated: Vec<usize> = dated.filter(|&i| lookup.dates(&list.entries[i], found)).collect();
    let fit_of = |i: usize| if as_body { Fit::Exact } else { list.entries[i].fits(&names, found.authors.et_al) };
    let fit = dated.iter().map(|&i| fit_of(i)).max()?;
    let mut refs: Vec<usize> = dated.into_iter().filter(|&i| fit_of(i) == fit).collect();
    refs.sort_unstable();
    refs.dedup();
    let how = match (fit, lookup) {
        (Fit::Exact, Lookup::Name) => "author-year, exact",
        (Fit::Exact, Lookup::Part) => "a part of the first author's name, and year",
        (Fit::Exact, Lookup::OtherYear) => "authors, and a year that stands elsewhere in the reference",
        (Fit::Exact, Lookup::Opening) => "the first words of the reference, and year",
        (Fit::Exact, Lookup::OpeningOtherYear) => "the first words of the reference, and a year that stands in it",
        _ => "first author and year; the other authors are printed differently",
    };
    Some(Reading { start, fit, refs, how })
}

/// Whether a form that much else has is a citation: outside of brackets a year after a name is one when the list
/// has that work.
fn is_safe(found: &FoundCitation, reading: &Reading) -> bool {
    let is_doubtful = found.authors.names[reading.start.name].is_doubtful;
    match reading.fit {
        // "in May 2001" is no work of May.
        Fit::Exact => !is_doubtful || found.form != CitedForm::Bare || is_marked(found),
        _ => !is_doubtful && (found.form != CitedForm::Bare || is_marked(found)),
    }
}

/// "et al." or a pair of names: nothing else is written so before a year.
pub(super) fn is_marked(found: &FoundCitation) -> bool {
    found.authors.et_al || found.authors.names.iter().any(|n| n.joined == Joint::And)
}

fn answer(list: &ReferenceList, found: &FoundCitation, reading: Reading) -> Answer {
    let base = |refs: Vec<usize>, status: Status, how: String| Answer {
        refs,
        candidates: vec![],
        status,
        how,
        near_miss: None,
        fit: Some(reading.fit),
        start: reading.start,
    };
    if let [one] = reading.refs[..] {
        return base(vec![one], Status::Resolved, reading.how.to_owned());
    }
    if let Some(one) = told_apart(list, found, &reading) {
        return base(vec![one.0], Status::Resolved, one.1.to_owned());
    }
    // The letter after the year tells works of the same authors and year apart, if the list prints it.
    let shared = |refs: &[usize], what: &str| format!("{} works of the list share {what}", refs.len());
    if let CitedYear::Year { suffix: Some(letter), .. } = found.year {
        let lettered: Vec<usize> =
            reading.refs.iter().copied().filter(|&i| list.entries[i].suffix == Some(letter)).collect();
        return match lettered[..] {
            [one] => base(vec![one], Status::Resolved, "author-year and letter, exact".to_owned()),
            [] => {
                let how = shared(&reading.refs, "authors and year; no work of the list prints this letter");
                base(reading.refs, Status::Ambiguous, how)
            }
            _ => {
                let how = shared(&lettered, "authors, year and letter");
                base(lettered, Status::Ambiguous, how)
            }
        };
    }
    let how = shared(&reading.refs, "authors and year");
    base(reading.refs, Status::Ambiguous, how)
}

/// The one of several works of the same authors and year that the citation tells apart by more than these: by the year
/// of the first edition ("2011 [1979]"), or by a given name in the sentence ("Paul Reynaud (1945)").
fn told_apart(list: &ReferenceList, found: &FoundCitation, reading: &Reading) -> Option<(usize, &'static str)> {
    let only = |keep: &dyn Fn(&Entry) -> bool| {
        let mut kept = reading.refs.iter().copied().filter(|&i| keep(&list.entries[i]));
        kept.next().filter(|_| kept.next().is_none())
    };
    if let Some(year) = found.original {
        let original = CitedYear::Year { year, suffix: None };
        return only(&|e| e.prints_year(&original)).map(|one| (one, "author-year and year of the first edition"));
    }
    let Start { name, word } = reading.start;
    let given = &found.authors.names[name].words.get(word.checked_sub(1)?)?.1;
    let initial = initial(given).filter(|_| is_capitalised(given))?;
    only(&|e| e.initial == Some(initial)).map(|one| (one, "author-year and given name"))
}
