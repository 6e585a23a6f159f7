//! Fields that an entry takes from others: `crossref` and `xdata`, within bounds.
//!
//! Which name a parent's field gets in the child follows appendix B of the manual of biblatex.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::problems::Problems;

/// How far up `crossref` is followed.
const GENERATIONS: usize = 8;
/// How many entries of data one entry may draw on.
const DATA_ENTRIES: usize = 64;
/// How many fields are taken from one entry.
const FIELDS: usize = 256;
/// How many bytes all inherited values of a file may add up to, besides four times the file.
const INHERITED: usize = 16 * 1024 * 1024;

/// A field with its value in LaTeX.
#[derive(Debug, Clone)]
pub(super) struct FieldValue<'a> {
    /// In lower case.
    pub name: Cow<'a, str>,
    pub value: Cow<'a, str>,
    /// Byte offset of the name.
    pub at: usize,
}

/// An entry whose macros are replaced.
#[derive(Debug)]
pub(super) struct RawEntry<'a> {
    /// In lower case.
    pub entry_type: String,
    pub key: &'a str,
    pub fields: Vec<FieldValue<'a>>,
    /// Byte offset.
    pub at: usize,
}

impl RawEntry<'_> {
    fn get(&self, name: &str) -> Option<&FieldValue<'_>> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// Whether it only is data for other entries.
    pub(super) fn is_data(&self) -> bool {
        self.entry_type == "xdata"
    }

    /// The keys of the entries it takes fields from.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        let parent = self.get("crossref").map(|f| f.value.trim());
        parent.into_iter().chain(self.get("xdata").into_iter().flat_map(data_keys).map(|(_, key)| key))
    }
}

pub(super) struct Inheritance<'a, 'e> {
    entries: &'e [RawEntry<'a>],
    by_key: HashMap<&'a str, usize>,
    budget: usize,
}

impl<'a, 'e> Inheritance<'a, 'e> {
    /// Of entries with the same key the first is meant.
    pub(super) fn new(entries: &'e [RawEntry<'a>], file_size: usize) -> Self {
        let mut by_key = HashMap::with_capacity(entries.len());
        for (i, entry) in entries.iter().enumerate() {
            by_key.entry(entry.key).or_insert(i);
        }
        Self { entries, by_key, budget: INHERITED + 4 * file_size }
    }

    /// The first entry with a key.
    pub(super) fn first(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The fields of an entry with those it inherits.
    pub(super) fn fields(&mut self, index: usize, problems: &mut Problems) -> Cow<'e, [FieldValue<'a>]> {
        let entry = &self.entries[index];
        if entry.get("crossref").is_none() && entry.get("xdata").is_none() {
            return Cow::Borrowed(&entry.fields);
        }
        let line = self.ancestors(index, problems);
        let mut merged: Vec<FieldValue<'a>> = Vec::new();
        for (i, ancestor) in line.iter().enumerate().rev() {
            let own = self.with_data(*ancestor, index, problems);
            let parent = line.get(i + 1).map(|p| &self.entries[*p]);
            let inherited = std::mem::replace(&mut merged, own);
            let Some(parent) = parent else { continue };
            let child = &self.entries[*ancestor];
            let mut names: HashSet<Cow<'a, str>> = merged.iter().map(|f| f.name.clone()).collect();
            let dated = names.contains("date") || names.contains("year");
            for field in inherited.into_iter().take(FIELDS) {
                let Some(name) = inherited_name(&child.entry_type, &parent.entry_type, &field.name) else { continue };
                let name: Cow<'a, str> =
                    if name == field.name { field.name.clone() } else { Cow::Owned(name.to_owned()) };
                // A date of its own, in any form, keeps parts of the parent's from mixing in.
                if dated && matches!(&*name, "date" | "year" | "month" | "day") {
                    continue;
                }
                if !names.contains(&name) && self.afford(&field) {
                    names.insert(name.clone());
                    merged.push(FieldValue { name, ..field });
                }
            }
        }
        Cow::Owned(merged)
    }

    /// The entry and what `crossref` leads to, nearest first.
    fn ancestors(&self, index: usize, problems: &mut Problems) -> Vec<usize> {
        let mut line = vec![index];
        let mut current = &self.entries[index];
        while let Some(reference) = current.get("crossref") {
            let parent_key = reference.value.trim();
            let problem = match self.first(parent_key) {
                None => "is not in the file: add it, or take the field out",
                Some(parent) if line.contains(&parent) => "leads back to the entry itself: take the field out",
                Some(_) if line.len() > GENERATIONS => {
                    "is too many cross-references away; its fields were not inherited"
                }
                Some(parent) => {
                    line.push(parent);
                    current = &self.entries[parent];
                    continue;
                }
            };
            problems.add(reference.at, Some(self.entries[index].key), format!("crossref: “{parent_key}” {problem}"));
            break;
        }
        line
    }

    /// The fields of an entry with those of the data entries it names, directly or through others.
    fn with_data(&mut self, index: usize, asked_by: usize, problems: &mut Problems) -> Vec<FieldValue<'a>> {
        let entries = self.entries;
        let mut fields = entries[index].fields.clone();
        let Some(first) = entries[index].get("xdata") else { return fields };
        let mut names: HashSet<Cow<'a, str>> = fields.iter().map(|f| f.name.clone()).collect();
        let mut seen = vec![index];
        let mut open: Vec<(usize, &str)> = data_keys(first);
        let mut next = 0;
        while let Some(&(at, key)) = open.get(next) {
            next += 1;
            let problem = match self.first(key) {
                None => "is not in the file: add it, or take it out of the field",
                Some(data) if data == index => "is the entry itself: take it out of the field",
                Some(data) if seen.contains(&data) => continue,
                Some(_) if seen.len() > DATA_ENTRIES => "is one entry of data too many; its fields were not inherited",
                Some(data) => {
                    seen.push(data);
                    for field in entries[data].fields.iter().take(FIELDS) {
                        if field.name == "xdata" {
                            open.extend(data_keys(field).into_iter().take(DATA_ENTRIES));
                        } else if !names.contains(&field.name) && self.afford(field) {
                            names.insert(field.name.clone());
                            fields.push(field.clone());
                        }
                    }
                    continue;
                }
            };
            problems.add(at, Some(entries[asked_by].key), format!("xdata: “{key}” {problem}"));
            if seen.len() > DATA_ENTRIES {
                break;
            }
        }
        fields
    }

    /// Pays for one inherited value; without means it is not inherited.
    fn afford(&mut self, field: &FieldValue) -> bool {
        let affordable = field.value.len() <= self.budget;
        if affordable {
            self.budget -= field.value.len();
        }
        affordable
    }
}

fn data_keys<'f>(field: &'f FieldValue<'_>) -> Vec<(usize, &'f str)> {
    field.value.split(',').map(|key| (field.at, key.trim())).filter(|(_, key)| !key.is_empty()).collect()
}

/// The name a parent's field has in the child; `None` when it is not inherited.
fn inherited_name<'n>(child: &str, parent: &str, field: &'n str) -> Option<&'n str> {
    if matches!(
        field,
        "ids"
            | "crossref"
            | "xref"
            | "xdata"
            | "entryset"
            | "entrysubtype"
            | "execute"
            | "label"
            | "options"
            | "presort"
            | "related"
            | "relatedoptions"
            | "relatedstring"
            | "relatedtype"
            | "shorthand"
            | "shorthandintro"
            | "shorttitle"
            | "sortkey"
            | "sortname"
            | "sorttitle"
            | "sortyear"
            | "indextitle"
            | "indexsorttitle"
            | "keywords"
            | "abstract"
            | "annotation"
            | "annote"
            | "file"
            | "doi"
    ) {
        return None;
    }
    let in_book = matches!(
        child,
        "inbook"
            | "bookinbook"
            | "suppbook"
            | "incollection"
            | "suppcollection"
            | "inproceedings"
            | "conference"
            | "inreference"
    );
    let multivolume = parent.starts_with("mv");
    let periodical = parent == "periodical" && matches!(child, "article" | "suppperiodical" | "review");
    Some(match field {
        "title" if multivolume => "maintitle",
        "subtitle" if multivolume => "mainsubtitle",
        "titleaddon" if multivolume => "maintitleaddon",
        "title" if periodical => "journaltitle",
        "subtitle" if periodical => "journalsubtitle",
        "title" if in_book => "booktitle",
        "subtitle" if in_book => "booksubtitle",
        "titleaddon" if in_book => "booktitleaddon",
        "author" if in_book && parent == "book" && matches!(child, "bookinbook" | "suppbook") => "bookauthor",
        // BibTeX: what the child's kind has no name for is not a title of it.
        "title" | "subtitle" | "titleaddon" if child == "article" => return None,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::super::read_text;
    use crate::work::{Field, Work};

    fn shown(text: &str) -> String {
        let library = read_text(text);
        let work: &Work = &library.works[0];
        let get = |f| work.get(f).unwrap_or("-");
        let year = work.year().map_or("-".to_owned(), |y| y.to_string());
        let problems: String = library.problems.iter().map(|p| format!(" [{}]", p.message)).collect();
        format!("{} | {} | {year}{problems}", get(Field::Title), get(Field::ContainerTitle))
    }

    #[test]
    fn children_inherit() {
        for (text, expected) in [
            ("@inproceedings{a, title={T}, crossref={p}}@proceedings{p, title={P}, year=2001}", "T | P | 2001"),
            (
                "@inproceedings{a, title={T}, year=2002, crossref={p}}@proceedings{p, title={P}, date={2001-02}}",
                "T | P | 2002",
            ),
            ("@article{a, title={T}, crossref={p}}@periodical{p, title={P}, month=3, year=2001}", "T | P | 2001"),
            (
                "@article{a, title={T}, xdata={x,y}}@xdata{x, journal={J}}@xdata{y, year=2001, journal={K}}",
                "T | J | 2001",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn circles_are_said() {
        let circle = "leads back to the entry itself: take the field out]";
        assert_eq!(shown("@book{k, crossref={k}}"), format!("- | - | - [crossref: “k” {circle}"));
        let two = shown("@book{a, crossref={b}}@book{b, crossref={a}}");
        assert!(two.contains("“a” leads back") && two.contains("“b” leads back"), "{two}");
        assert!(shown("@book{k, xdata={k}}").contains("is the entry itself"));
        assert!(shown("@book{k, crossref={x}}").contains("is not in the file"));
    }

    #[test]
    fn wide_and_deep_graphs_are_cheap() {
        let mut wide = String::from("@book{w, xdata={a0}}\n");
        let mut deep = String::from("@book{d, crossref={b0}}\n");
        for i in 0..2_000 {
            let j = i + 1;
            wide += &format!("@xdata{{a{i}, xdata={{a{j},a{j},a{j},a{j}}}}}\n");
            deep += &format!("@book{{b{i}, crossref={{b{j}}}, title={{t{i}}}}}\n");
        }
        let started = std::time::Instant::now();
        assert!(shown(&wide).contains("too many"));
        assert!(shown(&deep).contains("too many"));
        assert!(started.elapsed().as_secs() < 5);
    }
}
