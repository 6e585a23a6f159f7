//! From a citation's form to the works it means.

use std::collections::{BTreeMap, HashMap};

use super::find::{CitedYear, FoundCitation, find};
use super::{CitedAuthors, Mention, NearMiss, Status};
use crate::text::{ScalarOffsets, fold_key, is_one_slip};
use crate::work::{Field, Name, Work};

/// Knows one reference list and resolves mentions to it.
#[derive(Debug)]
pub struct Resolver {
    works: Vec<Listed>,
    /// Indices by a folded name of the first creator; every spelling under which it may be cited.
    by_first: HashMap<String, Vec<usize>>,
}

/// What resolving needs of a work of the list.
#[derive(Debug)]
struct Listed {
    /// Folded cited names, in order.
    names: Vec<Vec<String>>,
    incomplete: bool,
    year: Option<i32>,
    suffix: Option<char>,
    in_press: bool,
}

impl Resolver {
    /// A resolver for a reference list in printed order.
    pub fn new<'a>(works: impl IntoIterator<Item = &'a Work>) -> Self {
        let works: Vec<Listed> = works.into_iter().map(Listed::of).collect();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, work) in works.iter().enumerate() {
            for spelling in work.names.first().into_iter().flatten() {
                by_first.entry(spelling.clone()).or_default().push(i);
            }
        }
        Self { works, by_first }
    }

    /// Finds and resolves the mentions of a text. Spans count scalars of `text`.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut offsets = ScalarOffsets::new(text);
        find(text)
            .into_iter()
            .map(|found| {
                let span = offsets.span(found.range.clone());
                let printed = text[found.range.clone()].to_owned();
                let answer = self.resolve(&found);
                Mention {
                    text: printed,
                    span,
                    refs: answer.refs,
                    candidates: answer.candidates,
                    status: answer.status,
                    how: answer.how,
                    near_miss: answer.near_miss,
                }
            })
            .collect()
    }

    fn resolve(&self, found: &FoundCitation) -> Answer {
        let by_name = self.named(&found.authors);
        let dated: Vec<usize> = by_name.iter().copied().filter(|&i| self.works[i].has_year(&found.year)).collect();
        let fitting: Vec<usize> = dated.iter().copied().filter(|&i| self.works[i].fits(&found.authors)).collect();
        match fitting[..] {
            [one] => Answer::resolved(one, "author-year, exact"),
            [] if dated.len() == 1 => {
                Answer::resolved(dated[0], "first author and year; the other authors are printed differently")
            }
            [] if dated.is_empty() => self.near_misses(found, &by_name),
            [] => Answer::ambiguous(dated, "first author and year"),
            _ => self.by_suffix(&found.year, fitting),
        }
    }

    /// Indices of works whose first creator has the first cited name.
    fn named(&self, authors: &CitedAuthors) -> Vec<usize> {
        let lookup = |name: &str| self.by_first.get(&fold_key(name)).cloned().unwrap_or_default();
        let mut indices = lookup(&authors.names[0]);
        if indices.is_empty() {
            // A body whose name holds "and" or commas was read as several names.
            indices = lookup(&authors.names.join("and"));
        }
        indices.sort_unstable();
        indices.dedup();
        indices
    }

    /// Several works of the same authors and year: the letter after the year tells them apart, if the list prints it.
    fn by_suffix(&self, year: &CitedYear, fitting: Vec<usize>) -> Answer {
        if let CitedYear::Year { suffix: Some(letter), .. } = year {
            let lettered: Vec<usize> =
                fitting.iter().copied().filter(|&i| self.works[i].suffix == Some(*letter)).collect();
            match lettered[..] {
                [one] => return Answer::resolved(one, "author-year and letter, exact"),
                [] => return Answer::ambiguous(fitting, "authors and year; no work of the list prints this letter"),
                _ => return Answer::ambiguous(lettered, "authors, year and letter"),
            }
        }
        Answer::ambiguous(fitting, "authors and year")
    }

    /// What an unresolved citation may mean: the same name a year off, or the same year a letter off.
    fn near_misses(&self, found: &FoundCitation, by_name: &[usize]) -> Answer {
        let name = found.authors.names.join(" and ");
        if let CitedYear::Year { year, .. } = found.year {
            let mut off: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
            for &i in by_name.iter().filter(|&&i| self.works[i].fits(&found.authors)) {
                if let Some(listed) = self.works[i].year {
                    off.entry((listed - year).abs()).or_default().push(i);
                }
            }
            if let Some((distance, candidates)) = off.pop_first() {
                let how = match distance {
                    1 => format!(
                        "no work by {name} of {year} in the list; the year is off by one from a work that is there"
                    ),
                    _ => format!("no work by {name} of {year} in the list; there is one of another year"),
                };
                return Answer::unresolved(candidates, how, Some(NearMiss::Year));
            }
            let cited = fold_key(&found.authors.names[0]);
            let misspelt: Vec<usize> = (0..self.works.len())
                .filter(|&i| self.works[i].year == Some(year))
                .filter(|&i| {
                    self.works[i].names.first().into_iter().flatten().any(|n| n.len() > 3 && is_one_slip(n, &cited))
                })
                .collect();
            if !misspelt.is_empty() {
                let how =
                    format!("no work by {name} in the list; the name differs by one letter from a work of {year}");
                return Answer::unresolved(misspelt, how, Some(NearMiss::Name));
            }
        }
        let how = match by_name {
            [] => format!("no work by {name} in the reference list"),
            _ => format!("the works by {name} in the reference list have other co-authors or years"),
        };
        Answer::unresolved(by_name.to_vec(), how, None)
    }
}

struct Answer {
    refs: Vec<usize>,
    candidates: Vec<usize>,
    status: Status,
    how: String,
    near_miss: Option<NearMiss>,
}

impl Answer {
    fn resolved(index: usize, how: &str) -> Self {
        Self { refs: vec![index], candidates: vec![], status: Status::Resolved, how: how.to_owned(), near_miss: None }
    }

    fn ambiguous(refs: Vec<usize>, shared: &str) -> Self {
        let how = format!("{} works of the list share {shared}", refs.len());
        Self { refs, candidates: vec![], status: Status::Ambiguous, how, near_miss: None }
    }

    fn unresolved(candidates: Vec<usize>, how: String, near_miss: Option<NearMiss>) -> Self {
        Self { refs: vec![], candidates, status: Status::Unresolved, how, near_miss }
    }
}

impl Listed {
    fn of(work: &Work) -> Self {
        let creators = work.creators();
        let role_incomplete = work.contributors.values().next().is_some_and(|list| list.incomplete);
        Self {
            names: creators.iter().map(spellings).collect(),
            incomplete: role_incomplete,
            year: work.year(),
            suffix: work.get(Field::YearSuffix).and_then(|s| s.chars().next()),
            in_press: work
                .get(Field::Status)
                .is_some_and(|s| fold_key(s).contains("press") || fold_key(s).contains("forthcoming")),
        }
    }

    fn has_year(&self, cited: &CitedYear) -> bool {
        match cited {
            CitedYear::Year { year, suffix } => {
                self.year == Some(*year) && (suffix.is_none() || self.suffix.is_none() || self.suffix == *suffix)
            }
            CitedYear::NoDate => self.year.is_none(),
            CitedYear::InPress => self.in_press || self.year.is_none(),
        }
    }

    /// Whether the co-authors agree with what the citation prints of them.
    fn fits(&self, cited: &CitedAuthors) -> bool {
        let known = self.names.len();
        let same = |i: usize| {
            let name = fold_key(&cited.names[i]);
            self.names.get(i).is_some_and(|spellings| spellings.contains(&name))
        };
        if known == 1 && cited.names.len() > 1 && !self.incomplete {
            // The name of one body that was read as several.
            return self.names[0].contains(&fold_key(&cited.names.join("and")));
        }
        let shown = cited.names.len().min(known);
        let agree = (0..shown).all(same);
        if cited.et_al {
            agree && (known > cited.names.len() || self.incomplete)
        } else {
            agree && (cited.names.len() == known && !self.incomplete || cited.names.len() > known && self.incomplete)
        }
    }
}

/// The folded forms under which a name may be cited.
fn spellings(name: &Name) -> Vec<String> {
    let mut forms = vec![fold_key(&name.cited())];
    match name {
        Name::Person(person) => {
            forms.push(fold_key(&person.family));
            if let Some(particle) = &person.dropping_particle {
                forms.push(fold_key(&format!("{particle} {}", person.family)));
            }
        }
        Name::Literal { literal } => {
            // "World Health Organization (WHO)" and its acronym.
            let plain = literal.split(['(', '[']).next().unwrap_or(literal);
            forms.push(fold_key(plain));
            let acronym: String =
                plain.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
            if acronym.chars().count() > 1 {
                forms.push(fold_key(&acronym));
            }
            if let Some(inside) = literal.split_once('(').and_then(|(_, rest)| rest.split_once(')')) {
                forms.push(fold_key(inside.0));
            }
        }
    }
    forms.retain(|f| !f.is_empty());
    forms.sort();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::{Date, DateField, NameList, Role};

    fn work(names: &[&str], incomplete: bool, year: i32, suffix: &str) -> Work {
        let mut work = Work::default();
        let names =
            names.iter().map(|n| if n.contains(' ') { Name::literal(*n) } else { Name::person(*n, "A.") }).collect();
        work.contributors.insert(Role::Author, NameList { names, incomplete });
        work.dates.insert(DateField::Issued, Date::from_year(year));
        work.set(Field::YearSuffix, suffix);
        work
    }

    fn list() -> Vec<Work> {
        vec![
            work(&["Ianello", "Camuto"], true, 1998, ""),
            work(&["Nunley", "Jones"], false, 2009, ""),
            work(&["Wu"], false, 2008, "a"),
            work(&["Wu"], false, 2008, "b"),
            work(&["World Health Organization"], false, 2010, ""),
            work(&["Tan"], false, 2006, ""),
            work(&["Tan"], false, 2006, ""),
        ]
    }

    fn answers(text: &str) -> Vec<(Vec<usize>, &'static str, Vec<usize>)> {
        let works = list();
        Resolver::new(&works).mentions(text).into_iter().map(|m| (m.refs, m.status.as_str(), m.candidates)).collect()
    }

    #[test]
    fn resolved() {
        for (text, index) in [
            ("(Ianello et al. 1998)", 0),
            ("(Nunley & Jones, 2009)", 1),
            ("Nunley and Jones (2009)", 1),
            ("(Wu 2008a)", 2),
            ("(WHO, 2010)", 4),
            ("(World Health Organization 2010)", 4),
        ] {
            assert_eq!(answers(text), [(vec![index], "resolved", vec![])], "{text}");
        }
    }

    #[test]
    fn ambiguous_lists_all_candidates() {
        assert_eq!(answers("(Tan 2006)"), [(vec![5, 6], "ambiguous", vec![])]);
        assert_eq!(answers("(Wu, 2008)"), [(vec![2, 3], "ambiguous", vec![])]);
    }

    #[test]
    fn near_misses_are_proposed_not_bound() {
        assert_eq!(answers("(Ianello et al. 1999)"), [(vec![], "unresolved", vec![0])]);
        assert_eq!(answers("(Iannello et al. 1998)"), [(vec![], "unresolved", vec![0])]);
        assert_eq!(answers("(Smith 1999)"), [(vec![], "unresolved", vec![])]);
    }

    #[test]
    fn spans_count_scalars() {
        let works = list();
        let mentions = Resolver::new(&works).mentions("é (Wu 2008b)");
        assert_eq!((mentions[0].span.start, mentions[0].span.end), (2, 12));
    }
}
