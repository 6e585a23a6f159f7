//! What a citation without a work of its own may mean: a slip of the pen away from a work of the list.
//!
//! Near misses are proposed and never bound. The same forms decide whether an author-year form that the list does
//! not know is a citation at all: a taxon's authority, a place or a product before a year is none.

use super::author_year::{CitedForm, FoundCitation};
use super::authors::Joint;
use super::list::{Fit, ReferenceList};
use super::resolve::{Answer, Start, is_marked, names};
use super::words::are_initials;
use super::{CitedYear, NearMiss, Status};
use crate::text::{fold_key, is_one_slip};

/// Most works of one year or one name that a citation is compared with.
const MOST_COMPARED: usize = 2_000;
/// Most works that are proposed for one citation: more help nobody, and all of one name for each citation would be the
/// product of both.
const MOST_PROPOSED: usize = 50;

/// What a citation may mean that no work of the list fits; nothing when it is no citation by its form alone.
pub(super) fn near_misses(list: &ReferenceList, found: &FoundCitation, starts: &[Start]) -> Option<Answer> {
    let default = default_start(found);
    if found.form == CitedForm::Bare && !is_marked(found) {
        return None;
    }
    let CitedYear::Year { year, .. } = found.year else {
        return is_credible(found, default).then(|| unknown(list, found, default));
    };
    // A range of years is more often one that the text speaks of: without its authors in the list it is no citation.
    if let Some(last) = found.until {
        let credible = is_credible(found, default) || found.form == CitedForm::YearInBracket;
        let names = names(found, default);
        let by_name: Vec<usize> = list.first_named(&fold_key(&names[0])).iter().copied().take(MOST_PROPOSED).collect();
        let how = format!("the works by {} in the list are not of {year} to {last}", names.join(" and "));
        return (credible && !by_name.is_empty()).then(|| unresolved(default, by_name, how, None));
    }
    for &start in starts {
        let names = names(found, start);
        let same_authors: Vec<usize> = list
            .first_named(&fold_key(&names[0]))
            .iter()
            .copied()
            .take(MOST_COMPARED)
            .filter(|&i| !list.is_copy(i) && agrees(list.entries[i].fits(&names, found.authors.et_al), &names))
            .collect();
        if let Some((candidates, how)) = year_slips(list, &same_authors, year, found, &names) {
            return Some(unresolved(start, candidates, how, Some(NearMiss::Year)));
        }
    }
    for &start in starts {
        let names = names(found, start);
        let misspelt = name_slips(list, found, &names);
        if !misspelt.is_empty() {
            let how = format!(
                "no work by {} in the list; the name differs by one letter from a work of {year}",
                names.join(" and ")
            );
            return Some(unresolved(start, misspelt, how, Some(NearMiss::Name)));
        }
    }
    is_credible(found, default).then(|| unknown(list, found, default))
}

/// Whether the cited names are those of a work; a second name that is printed in it makes up for a wrong number of them.
fn agrees(fit: Fit, names: &[String]) -> bool {
    fit == Fit::Exact || fit == Fit::Loose && names.len() > 1
}

fn unresolved(start: Start, mut candidates: Vec<usize>, how: String, near_miss: Option<NearMiss>) -> Answer {
    candidates.truncate(MOST_PROPOSED);
    Answer { refs: vec![], candidates, status: Status::Unresolved, how, near_miss, fit: None, start }
}

fn unknown(list: &ReferenceList, found: &FoundCitation, start: Start) -> Answer {
    let names = names(found, start);
    let by_name: Vec<usize> = list.first_named(&fold_key(&names[0])).iter().copied().take(MOST_PROPOSED).collect();
    let name = names.join(" and ");
    let how = match by_name[..] {
        [] => format!("no work by {name} in the reference list"),
        _ => format!("the works by {name} in the reference list have other co-authors or years"),
    };
    unresolved(start, by_name, how, None)
}

/// Works of the same authors whose year is a slip away: one off, one digit changed, two swapped; or the letter.
fn year_slips(
    list: &ReferenceList,
    same_authors: &[usize],
    year: i32,
    found: &FoundCitation,
    names: &[String],
) -> Option<(Vec<usize>, String)> {
    let other_letter: Vec<usize> =
        same_authors.iter().copied().filter(|&i| list.entries[i].has_year_with_other_letter(&found.year)).collect();
    if !other_letter.is_empty() {
        return Some((other_letter, "the work of that year in the list has another letter".to_owned()));
    }
    let near: Vec<usize> = same_authors
        .iter()
        .copied()
        .filter(|&i| list.entries[i].year().is_some_and(|y| is_year_slip(y, year)))
        .collect();
    let closest = near.iter().filter_map(|&i| list.entries[i].year()).map(|y| (y - year).abs()).min()?;
    let of = |i: &usize| list.entries[*i].year().is_some_and(|y| (y - year).abs() == closest);
    let candidates: Vec<usize> = near.into_iter().filter(of).collect();
    let missing = format!("no work by {} of {year} in the list", names.join(" and "));
    let how = match closest {
        1 => format!("{missing}; the year is off by one from a work that is there"),
        _ => format!("{missing}; there is one of another year"),
    };
    Some((candidates, how))
}

/// One or two off, one digit changed, or two neighbours swapped.
fn is_year_slip(a: i32, b: i32) -> bool {
    (a - b).abs() <= 2 || is_one_slip(&a.to_string(), &b.to_string())
}

/// Works of the cited year with a name that differs by one letter from a cited one.
fn name_slips(list: &ReferenceList, found: &FoundCitation, names: &[String]) -> Vec<usize> {
    let cited: Vec<String> = names.iter().map(|n| fold_key(n)).collect();
    let slip = |spellings: &[String], name: &str| {
        name.len() > 3 && spellings.iter().any(|s| s.len() > 3 && is_one_slip(s, name))
    };
    let same = |spellings: &[String], name: &String| spellings.contains(name);
    let dated = list.of_year(&found.year).iter().copied().take(MOST_COMPARED).filter(|&i| !list.is_copy(i));
    dated
        .filter(|&i| {
            let known = &list.entries[i].names;
            let Some(first) = known.first() else { return false };
            if slip(first, &cited[0]) {
                let mut spelt = names.to_vec();
                spelt[0].clone_from(&first[0]);
                return list.entries[i].fits(&spelt, found.authors.et_al) > Fit::Contradicts;
            }
            same(first, &cited[0])
                && cited[1..].iter().zip(known.iter().skip(1)).any(|(c, k)| slip(k, c))
                && cited[1..].iter().zip(known.iter().skip(1)).all(|(c, k)| slip(k, c) || same(k, c))
        })
        .collect()
}

/// Where the citation starts when the list does not tell: behind what a semicolon or a clause separates.
fn default_start(found: &FoundCitation) -> Start {
    let names = &found.authors.names;
    let last_semicolon = names.iter().rposition(|n| n.joined == Joint::Semicolon).unwrap_or(0);
    // Without "and" the list of names is not known to be one: "in Salzburg, Nunley et al. (2009)".
    let listed = found.form == CitedForm::Bracket || names[last_semicolon..].iter().any(|n| n.joined == Joint::And);
    let first = if listed { last_semicolon } else { names.len() - 1 };
    let name = (first..names.len()).find(|&n| !names[n].is_doubtful).unwrap_or(first);
    let words = &names[name].words;
    let word = match (words.len(), found.form) {
        (0..=1, _) | (_, CitedForm::Bracket) => 0,
        (count, _) if is_marked(found) => count - 1,
        _ => 0,
    };
    Start { name, word }
}

/// Before this year a name and a year behind a genus and an epithet are taken for their authority.
const RECENT_TAXA: i32 = 1960;

/// Whether the form alone makes it certain that a work is cited.
fn is_credible(found: &FoundCitation, start: Start) -> bool {
    let names = names(found, start);
    let CitedYear::Year { year, .. } = found.year else { return false };
    if !(1850..=2100).contains(&year) || found.authors.is_possessive {
        return false;
    }
    if found.follows_authors && !is_marked(found) {
        return false;
    }
    // "How to cite: Callas, D., Silva, M. J. R. (2022)" is a reference.
    if found.authors.with_initials > 1 {
        return false;
    }
    if found.follows_taxon && year < RECENT_TAXA && !found.authors.et_al && found.form == CitedForm::Bracket {
        return false;
    }
    let words = names[0].split(' ').count();
    let acronym = are_initials(&names[0]);
    match found.form {
        CitedForm::Bracket => is_marked(found) || found.opens_clause && !acronym && names.len() <= 3 && words <= 6,
        CitedForm::YearInBracket => is_marked(found),
        CitedForm::Bare => is_marked(found) && found.authors.et_al,
    }
}
