//! The works whose records a document carries in its citations, and which entries of its printed list they are.

use std::collections::{HashMap, HashSet};

use super::fields::Cited;
use crate::text::fold;
use crate::work::{Field, Name, Work};

/// Entries that share the longest word of a title are looked at up to this number.
const MOST_ALIKE: usize = 200;
/// The share of a title's words that its printed entry has.
const TITLE_SHARE: f64 = 0.8;

/// The works of a document, each under all the ids it is cited by.
#[derive(Debug, Default)]
pub(super) struct Works {
    works: Vec<Work>,
    cited: Vec<bool>,
    by_id: HashMap<String, usize>,
    by_content: HashMap<String, usize>,
}

impl Works {
    /// Takes in a work; the same under another id is one with it.
    pub fn add(&mut self, cited: Cited) -> Option<usize> {
        if let Some(&index) = self.by_id.get(&cited.id) {
            // Of several records of one work the one with a title counts.
            if let (None, Some(work)) = (self.works[index].get(Field::Title), cited.work) {
                self.works[index] = work;
            }
            return Some(index);
        }
        let work = cited.work?;
        let content = content(&work);
        let index = match self.by_content.get(&content) {
            Some(&index) if work.get(Field::Title).is_some() => index,
            _ => {
                self.works.push(work);
                self.cited.push(false);
                self.by_content.insert(content, self.works.len() - 1);
                self.works.len() - 1
            }
        };
        self.by_id.insert(cited.id, index);
        Some(index)
    }

    pub fn cite(&mut self, index: usize) {
        self.cited[index] = true;
    }

    pub fn get(&self, index: usize) -> &Work {
        &self.works[index]
    }

    /// The works with a title that the text cites, in the order in which they were met.
    pub fn cited(&self) -> impl Iterator<Item = usize> {
        (0..self.works.len()).filter(|&i| self.cited[i] && self.works[i].get(Field::Title).is_some())
    }

    /// For each printed entry the work it prints, if it is certain which one. No work is printed twice.
    pub fn printed_as(&self, entries: &[&str]) -> Vec<Option<usize>> {
        let features: Vec<Features> = self.works.iter().map(Features::of).collect();
        let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, work) in features.iter().enumerate() {
            by_word.entry(work.rarest()).or_default().push(i);
        }
        // The best pairs first, so that no entry takes the work of a better one.
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (entry, text) in entries.iter().enumerate() {
            let folded = fold(text);
            let words: HashSet<&str> = folded.split(' ').collect();
            let mut candidates: Vec<usize> =
                words.iter().filter_map(|w| by_word.get(w)).flat_map(|c| c.iter().take(MOST_ALIKE)).copied().collect();
            candidates.sort_unstable();
            pairs.extend(candidates.into_iter().filter_map(|i| Some((features[i].fit(&words, text)?, entry, i))));
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut found = vec![None; entries.len()];
        let mut is_settled = vec![false; entries.len()];
        let mut taken = vec![false; self.works.len()];
        for (i, &(fit, entry, work)) in pairs.iter().enumerate() {
            if is_settled[entry] || taken[work] {
                continue;
            }
            is_settled[entry] = true;
            // Two works that fit one entry equally well: which of them it is cannot be told.
            let mut equal = pairs[i + 1..].iter().take_while(|p| p.0 >= fit);
            let is_certain = !equal.any(|p| p.1 == entry && !taken[p.2]);
            if is_certain {
                found[entry] = Some(work);
                taken[work] = true;
            }
        }
        found
    }
}

/// What tells works apart in a document.
fn content(work: &Work) -> String {
    let part = |field| work.plain(field).map(|v| fold(&v)).unwrap_or_default();
    let creators: Vec<String> = work.creators().iter().map(|n| fold(&n.cited())).collect();
    let (title, container) = (part(Field::Title), part(Field::ContainerTitle));
    format!(
        "{title}|{container}|{:?}|{}|{}|{}",
        work.year(),
        part(Field::Volume),
        part(Field::Page),
        creators.join("+")
    )
}

/// What of a work is looked for in a printed entry, folded.
#[derive(Debug)]
struct Features {
    title: Vec<String>,
    family: String,
    year: Option<String>,
    /// Numbers that tell works of one title apart.
    numbers: Vec<String>,
}

impl Features {
    fn of(work: &Work) -> Self {
        let title = work.plain(Field::Title).map(|t| fold(&t)).unwrap_or_default();
        let family = work.creators().first().map(|name| fold(&name.cited())).unwrap_or_default();
        let number = |field| work.get(field).map(fold).filter(|n| !n.is_empty());
        Self {
            title: title.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect(),
            family: family.split(' ').max_by_key(|w| w.len()).unwrap_or_default().to_owned(),
            year: work.year().map(|y| y.to_string()),
            numbers: [Field::Volume, Field::Page, Field::Issue].into_iter().filter_map(number).collect(),
        }
    }

    /// The word under which the work is looked for.
    fn rarest(&self) -> &str {
        self.title.iter().max_by_key(|w| w.len()).map_or(self.family.as_str(), String::as_str)
    }

    /// How well an entry fits, from 0 to about 2; `None` when it is another work's.
    fn fit(&self, words: &HashSet<&str>, text: &str) -> Option<f64> {
        let has_year = self.year.as_deref().is_none_or(|y| text.contains(y));
        let has_family = self.family.is_empty() || words.contains(self.family.as_str());
        if self.title.is_empty() {
            return (has_year && has_family && self.year.is_some()).then_some(0.5);
        }
        let here = self.title.iter().filter(|w| words.contains(w.as_str())).count();
        let share = here as f64 / self.title.len() as f64;
        // A short title is no evidence by itself.
        let needed = if self.title.len() < 3 { has_year && has_family } else { has_year || has_family };
        if share < TITLE_SHARE || !needed {
            return None;
        }
        let numbers = self.numbers.iter().flat_map(|n| n.split(' ')).filter(|n| words.contains(n)).count();
        Some(
            share
                + 0.3 * f64::from(u8::from(has_year))
                + 0.3 * f64::from(u8::from(has_family))
                + 0.05 * numbers.min(5) as f64,
        )
    }
}

/// A work on one line, for a document that prints no list: names, year, title, where it stands.
pub(super) fn printed(work: &Work) -> String {
    let plain = |field| work.plain(field).map(std::borrow::Cow::into_owned).unwrap_or_default();
    let names: Vec<String> = work
        .creators()
        .iter()
        .map(|name| match name {
            Name::Person(person) => match person.given.as_deref().filter(|g| !g.is_empty()) {
                Some(given) => format!("{}, {given}", name.cited()),
                None => name.cited(),
            },
            name => name.cited(),
        })
        .collect();
    let mut parts = Vec::new();
    let year = work.year().map(|y| format!("({y})")).unwrap_or_default();
    parts.push([names.join("; "), year].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" "));
    parts.push(plain(Field::Title));
    let issue = Some(plain(Field::Issue)).filter(|i| !i.is_empty()).map(|i| format!("({i})")).unwrap_or_default();
    let volume = plain(Field::Volume) + &issue;
    let place = [plain(Field::ContainerTitle), volume, plain(Field::Page)];
    parts.push(place.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "));
    parts.push(plain(Field::Publisher));
    parts.push(work.link().unwrap_or_default());
    parts.retain(|p| !p.is_empty());
    parts.join(". ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::{self, Format};

    fn works(json: &str) -> Works {
        let mut works = Works::default();
        for work in bibliography::read(json.as_bytes(), Some(Format::CSL_JSON)).unwrap().works {
            works.add(Cited { id: work.key.clone(), work: Some(work) });
        }
        works
    }

    const ITEMS: &str = r#"[
        {"id":"a","title":"The bark of birches in winter","author":[{"family":"Roe","given":"J."}],"issued":{"date-parts":[[2001]]},"volume":"3","type":"article-journal"},
        {"id":"b","title":"Oak","author":[{"family":"Doe","given":"A."}],"issued":{"date-parts":[[1999]]},"type":"book"},
        {"id":"c","title":"Oak","author":[{"family":"Doe","given":"A."}],"issued":{"date-parts":[[1999]]},"volume":"2","type":"book"},
        {"id":"d","title":"Oak","author":[{"family":"Poe"}],"issued":{"date-parts":[[1999]]},"type":"book"},
        {"id":"e","title":"The bark of birches in winter","author":[{"family":"Roe","given":"J."}],"issued":{"date-parts":[[2001]]},"volume":"3","type":"article-journal"}]"#;

    #[test]
    fn one_work_under_two_ids() {
        let works = works(ITEMS);
        assert_eq!((works.works.len(), works.by_id["a"], works.by_id["e"]), (4, 0, 0));
    }

    #[test]
    fn entries_are_matched_or_left() {
        let works = works(ITEMS);
        let entries = [
            "Poe. Oak. 1999.",
            "Roe, J. (2001). The bark of birches in winter. Wood, 3.",
            "Doe, A. (1999). Oak. Vol. 2.",
            "Doe, A. (1999). Oak.",
            "Moe, K. (2004). The leaves of birches in winter.",
        ];
        assert_eq!(works.printed_as(&entries), [Some(3), Some(0), Some(2), Some(1), None]);
        let two = ["Doe, A. (1999). Oak."];
        assert_eq!(works.printed_as(&two), [None], "two works of one name");
    }
}
