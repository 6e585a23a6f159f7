//! Entries of one publication made one entry, in which nothing that only one of them says is lost.

mod compare;

use compare::{Comparison, compare, is_bookkeeping, is_list, united};

use super::edit::{EditError, EntryText};

/// Field names that say the same, the usual one first.
const ALIASES: &[&[&str]] =
    &[&["journal", "journaltitle"], &["address", "location"], &["annote", "annotation"], &["keywords", "keyword"]];

/// What a value of a conflict is the type of.
pub const ENTRY_TYPE: &str = "entry type";

/// A merge worked out, but for what only a person can tell.
#[derive(Debug, Clone)]
pub struct Merge {
    survivor: EntryText,
    others: Vec<EntryText>,
    /// Fields whose values cannot both be right.
    pub conflicts: Vec<Conflict>,
    /// Field and value in BibTeX's terms.
    settled: Vec<(String, String)>,
    entry_type: Option<String>,
}

/// A field that entries of one publication disagree about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// As the surviving entry calls it, or [`ENTRY_TYPE`].
    pub field: String,
    /// Different values; the first is the surviving entry's where it has one.
    pub values: Vec<Said>,
}

/// A value and the entry that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub key: String,
    /// In BibTeX's terms, with delimiters.
    pub source: String,
}

/// A merged entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub text: String,
    /// Values that are in the entry no more, each with its field.
    pub dropped: Vec<(String, Said)>,
}

impl Merge {
    /// Works out what becomes of the fields when `others` are merged into an entry.
    pub fn new(survivor: EntryText, others: Vec<EntryText>) -> Self {
        let mut merge = Self { survivor, others, conflicts: Vec::new(), settled: Vec::new(), entry_type: None };
        let mut names: Vec<String> = Vec::new();
        for field in merge.all().flat_map(EntryText::fields) {
            let name = canonical(field.name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        merge.settle_type();
        for name in names {
            merge.settle(&name);
        }
        merge
    }

    fn all(&self) -> impl Iterator<Item = &EntryText> {
        std::iter::once(&self.survivor).chain(&self.others)
    }

    fn settle_type(&mut self) {
        /// Types that databases give to what they know nothing about.
        const UNSPECIFIC: &[&str] = &["misc", "generic", "other", "online", "electronic"];
        let mut values: Vec<Said> = Vec::new();
        for entry in self.all() {
            let source = entry.entry_type().to_owned();
            let unspecific = UNSPECIFIC.contains(&source.to_ascii_lowercase().as_str());
            if !unspecific && !values.iter().any(|v| v.source.eq_ignore_ascii_case(&source)) {
                values.push(Said { key: entry.key().to_owned(), source });
            }
        }
        match &values[..] {
            [] => {}
            [one] if one.source.eq_ignore_ascii_case(self.survivor.entry_type()) => {}
            [one] => self.entry_type = Some(one.source.clone()),
            _ => self.conflicts.push(Conflict { field: ENTRY_TYPE.to_owned(), values }),
        }
    }

    fn settle(&mut self, name: &str) {
        let said = |entry: &EntryText| {
            let field = entry.fields().find(|f| canonical(f.name) == name)?;
            Some((field.name.to_owned(), Said { key: entry.key().to_owned(), source: field.source.to_owned() }))
        };
        let own = said(&self.survivor);
        let called = own.as_ref().map(|(name, _)| name.clone());
        let all: Vec<(String, Said)> = self.all().filter_map(said).collect();
        let called = called.unwrap_or_else(|| all[0].0.clone());
        if name == "date" && own.is_none() && self.survivor.field("year").is_some()
            || matches!(name, "year" | "month" | "day") && own.is_none() && self.survivor.field("date").is_some()
        {
            // One entry says it in the other way.
            self.settle_date(&all);
            return;
        }
        if is_list(name) {
            let value = united(all.iter().map(|(_, said)| said.source.as_str()));
            if own.as_ref().is_none_or(|(_, own)| own.source != value) {
                self.settled.push((called, value));
            }
            return;
        }
        let mut values: Vec<Said> = Vec::new();
        for (_, said) in &all {
            match values.first() {
                Some(_) if is_bookkeeping(name) => break,
                _ => {}
            }
            let known = values.iter().position(|v| compare(name, &v.source, &said.source) != Comparison::Different);
            match known {
                Some(i) if compare(name, &values[i].source, &said.source) == Comparison::SecondIsFuller => {
                    values[i] = said.clone();
                }
                Some(_) => {}
                None => values.push(said.clone()),
            }
        }
        match values.pop() {
            Some(one) if values.is_empty() => {
                let is_new = own.is_none_or(|(_, own)| own.source != one.source);
                self.settled.extend(is_new.then_some((called, one.source)));
            }
            Some(last) => {
                values.push(last);
                self.conflicts.push(Conflict { field: called, values });
            }
            None => {}
        }
    }

    /// A date that the surviving entry writes in other fields: of the same year it adds nothing that is missed; else
    /// they conflict.
    fn settle_date(&mut self, all: &[(String, Said)]) {
        let digits = |source: &str| source.chars().filter(char::is_ascii_digit).take(4).collect::<String>();
        let (own_name, own) = match self.survivor.field("year").or_else(|| self.survivor.field("date")) {
            Some(field) => (field.name.to_owned(), field.source.to_owned()),
            None => return,
        };
        for (name, said) in all.iter().filter(|(name, _)| matches!(canonical(name).as_str(), "year" | "date")) {
            let known = self.conflicts.iter().any(|c| c.field == own_name);
            if digits(&said.source) != digits(&own) && !known {
                let year = if canonical(name) == "date" && own_name.eq_ignore_ascii_case("year") {
                    format!("{{{}}}", digits(&said.source))
                } else {
                    said.source.clone()
                };
                let own = Said { key: self.survivor.key().to_owned(), source: own.clone() };
                let values = vec![own, Said { key: said.key.clone(), source: year }];
                self.conflicts.push(Conflict { field: own_name.clone(), values });
            }
        }
    }

    /// The merged entry, with the value chosen for each conflict by its place among the values. The keys of the other entries
    /// go to its field `ids`.
    ///
    /// # Errors
    /// When the entry cannot be edited so.
    pub fn resolve(self, choices: &[usize]) -> Result<Merged, EditError> {
        let mut entry = self.survivor.clone();
        let mut dropped = Vec::new();
        for (conflict, chosen) in self.conflicts.iter().zip(choices.iter().chain(std::iter::repeat(&0))) {
            let Some(value) = conflict.values.get(*chosen).or(conflict.values.first()) else { continue };
            if conflict.field == ENTRY_TYPE {
                entry.retype(&value.source)?;
            } else {
                entry.set_source(&conflict.field, &value.source)?;
            }
        }
        if let Some(entry_type) = &self.entry_type {
            entry.retype(entry_type)?;
        }
        for (name, source) in &self.settled {
            entry.set_source(name, source)?;
        }
        let survivor = entry.key().to_owned();
        for other in self.others.iter().map(EntryText::key).filter(|key| !key.is_empty() && *key != survivor) {
            entry.add_to_list("ids", other)?;
        }
        for before in self.all() {
            for field in before.fields() {
                let name = canonical(field.name);
                let now = entry.fields().find(|f| canonical(f.name) == name);
                let kept = is_list(&name)
                    || now.is_some_and(|now| compare(&name, now.source, field.source) != Comparison::Different);
                if !kept {
                    let said = Said { key: before.key().to_owned(), source: field.source.to_owned() };
                    dropped.push((field.name.to_owned(), said));
                }
            }
        }
        Ok(Merged { text: entry.into_text(), dropped })
    }
}

/// The usual name of a field, in lower case.
fn canonical(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    ALIASES.iter().find(|names| names.contains(&name.as_str())).map_or(name, |names| names[0].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(entries: &[&str]) -> Merge {
        let mut entries = entries.iter().map(|e| EntryText::parse(e).unwrap());
        Merge::new(entries.next().unwrap(), entries.collect())
    }

    #[test]
    fn what_only_one_says_is_kept() {
        let merged = merge(&[
            "@misc{a,\n  title = {Tides of islands},\n  author = {Holm, A. and others},\n  pages = {34},\n  keywords = {sea, eel},\n}",
            "@article{b, title = {TIDES OF ISLANDS.}, author = {Hólm, Ada and Berg, Bo}, journal = jf # {x}, pages = {34-9}, keywords = {Eel; tide}, doi = {10.5555/a}}",
        ]);
        assert_eq!(merged.conflicts, []);
        let merged = merged.resolve(&[]).unwrap();
        assert_eq!(
            merged.text,
            "@article{a,\n  title = {Tides of islands},\n  author = {Hólm, Ada and Berg, Bo},\n  pages = {34-9},\n  keywords = {sea, eel, tide},\n  journal = jf # {x},\n  doi = {10.5555/a},\n  ids = {b},\n}"
        );
        assert_eq!(merged.dropped, []);
    }

    #[test]
    fn what_conflicts_is_asked_and_what_is_dropped_is_told() {
        let merged = merge(&[
            "@article{a, title = {T}, year = 2004, volume = {1}}",
            "@article{b, title = {T}, date = {2005-03}, volume = 2}",
        ]);
        let fields: Vec<&str> = merged.conflicts.iter().map(|c| c.field.as_str()).collect();
        assert_eq!(fields, ["volume", "year"]);
        let resolved = merged.resolve(&[1, 0]).unwrap();
        assert_eq!(resolved.text, "@article{a, title = {T}, year = 2004, volume = 2, ids = {b}}");
        let dropped: Vec<(&str, &str)> =
            resolved.dropped.iter().map(|(f, s)| (f.as_str(), s.source.as_str())).collect();
        assert_eq!(dropped, [("volume", "{1}"), ("date", "{2005-03}")]);
    }

    #[test]
    fn types_that_say_more() {
        assert_eq!(
            merge(&["@misc{a}", "@Article{b}", "@article{c}"]).resolve(&[]).unwrap().text,
            "@Article{a,\n  ids = {b, c},\n}"
        );
        let conflicting = merge(&["@book{a}", "@article{b}"]);
        assert_eq!(conflicting.conflicts[0].field, ENTRY_TYPE);
        assert_eq!(conflicting.resolve(&[1]).unwrap().text, "@article{a,\n  ids = {b},\n}");
    }
}
