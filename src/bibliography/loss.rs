//! What a format did not carry: found by reading back what was written, so that it holds for every format.

use std::collections::BTreeMap;
use std::fmt;

use super::{Format, read};
use crate::work::{Name, NameList, PersonName, Work};

/// Something that a written file does not say, or says otherwise, of some of the works in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The CSL name of the variable, role or date, "type", or the name of a custom field.
    pub name: String,
    pub kind: LossKind,
    /// The keys of the works concerned.
    pub keys: Vec<String>,
}

/// What happened to a part of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossKind {
    /// It is not in the file.
    Missing,
    /// It reads back as something else.
    Changed,
}

/// Keys that are named; more are counted.
const NAMED_KEYS: usize = 3;

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            LossKind::Missing => "is not carried",
            LossKind::Changed => "does not come back the same",
        };
        let named = self.keys.iter().take(NAMED_KEYS).map(String::as_str).collect::<Vec<_>>().join(", ");
        write!(f, "{} {what}: {named}", self.name)?;
        match self.keys.len().saturating_sub(NAMED_KEYS) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// What a text written in a format says otherwise of the works it was written from, or not at all.
pub fn losses(works: &[Work], text: &str, format: Format) -> Vec<Loss> {
    // Its notation is that of a work, so nothing can be lost, and large files are not read twice.
    if format == Format::CSL_JSON {
        return Vec::new();
    }
    let again = read(text.as_bytes(), Some(format)).map(|library| library.works).unwrap_or_default();
    let mut found: BTreeMap<(String, LossKind), Vec<String>> = BTreeMap::new();
    // A work that is missing makes all after it stand in the wrong place; then keys have to tell.
    let aligned = again.len() == works.len();
    let by_key: BTreeMap<&str, &Work> = again.iter().map(|w| (w.key.as_str(), w)).collect();
    for (i, work) in works.iter().enumerate() {
        let mut add = |name: &str, kind| found.entry((name.to_owned(), kind)).or_default().push(work.key.clone());
        match if aligned { again.get(i) } else { by_key.get(work.key.as_str()).copied() } {
            Some(back) => compare(work, back, &mut add),
            None => add("the whole work", LossKind::Missing),
        }
    }
    found.into_iter().map(|((name, kind), keys)| Loss { name, kind, keys }).collect()
}

fn compare(work: &Work, back: &Work, add: &mut impl FnMut(&str, LossKind)) {
    if work.kind != back.kind {
        add("type", LossKind::Changed);
    }
    for (field, text) in &work.fields {
        judge(field.as_str(), back.fields.get(field).map(|b| same_text(b, text)), add);
    }
    for (role, list) in &work.contributors {
        judge(role.as_str(), back.contributors.get(role).map(|b| same_names(b, list)), add);
    }
    for (field, date) in &work.dates {
        judge(field.as_str(), back.dates.get(field).map(|b| b == date), add);
    }
    for (name, text) in &work.custom {
        judge(name, back.custom.get(name).map(|b| same_text(b, text)), add);
    }
}

fn judge(name: &str, same: Option<bool>, add: &mut impl FnMut(&str, LossKind)) {
    match same {
        None => add(name, LossKind::Missing),
        Some(false) => add(name, LossKind::Changed),
        Some(true) => {}
    }
}

/// Formats differ in where they break lines, in their dashes, and in what separates many values.
fn same_text(a: &str, b: &str) -> bool {
    let words =
        |s: &str| s.replace(['\u{2013}', '\u{2014}'], "-").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    a == b || words(a) == words(b)
}

fn same_names(a: &NameList, b: &NameList) -> bool {
    let joined = |list: &NameList| list.names.iter().map(joined).collect::<Vec<_>>();
    a.incomplete == b.incomplete && joined(a) == joined(b)
}

/// A name as most formats hold it: particles with the name they stand before.
fn joined(name: &Name) -> (String, String, String) {
    match name {
        Name::Literal { literal } => (literal.clone(), String::new(), String::new()),
        Name::Person(PersonName { given, dropping_particle, suffix, .. }) => {
            let given =
                [given, dropping_particle].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
            (name.cited(), given, suffix.clone().unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::write;
    use crate::work::Field;

    #[test]
    fn what_is_lost_is_named() {
        let mut work = Work { key: "a".to_owned(), ..Work::default() };
        work.set(Field::Title, "T");
        work.set(Field::Scale, "1:100");
        let works = vec![work];
        let lines = Format::from_name("jsonl").unwrap();
        let text = write(&works, lines);
        assert_eq!(losses(&works, &text, lines), []);
        let shorter = text.replace("1:100", "1:10").replace("\"title\"", "\"x\"");
        let said: Vec<String> = losses(&works, &shorter, lines).iter().map(ToString::to_string).collect();
        assert_eq!(said, ["scale does not come back the same: a", "title is not carried: a"]);
    }
}
