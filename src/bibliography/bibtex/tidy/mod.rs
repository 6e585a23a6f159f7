//! Tidying of `.bib` files: rules that each change one thing where it needs to be changed, and no other byte.
//!
//! One file a rule; its doc comment is its documentation. Rules of entries see one entry after the other and never a
//! value that is joined of pieces or named by a macro; rules of files come last.

/// A rule whose documentation is its doc comment.
macro_rules! rule {
    ($(#[doc = $line:literal])* $name:literal, $when:ident, $run:expr) => {
        $(#[doc = $line])*
        pub(super) const RULE: super::Rule = super::Rule {
            name: $name,
            documentation: concat!($($line, "\n"),*),
            when: super::When::$when,
            run: $run,
        };
    };
}

mod dates;
mod doi;
mod doi_url;
mod double_braces;
mod empty_fields;
mod field_order;
mod months;
mod names;
mod pages;
mod sort_entries;
mod standard_numbers;
mod title_protection;
mod unicode;

use thiserror::Error;

use super::edit::{BibText, EditError, EntryText, Splice, apply};
use super::read_text;
use super::syntax::SyntaxErrorKind;
use crate::text::similarity;

/// All rules, in the order in which they run.
pub const RULES: &[Rule] = &[
    empty_fields::RULE,
    doi::RULE,
    doi_url::RULE,
    pages::RULE,
    names::RULE,
    months::RULE,
    dates::RULE,
    standard_numbers::RULE,
    unicode::RULE,
    double_braces::RULE,
    title_protection::RULE,
    field_order::RULE,
    sort_entries::RULE,
];

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What it is selected by.
    pub name: &'static str,
    /// Its doc comment.
    pub documentation: &'static str,
    pub when: When,
    run: Run,
}

impl Rule {
    /// The first sentence of the documentation.
    pub fn summary(&self) -> String {
        let first = self.documentation.split("\n\n").next().unwrap_or_default();
        first.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// When a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Always,
    /// Only when it is selected by name.
    Asked,
}

#[derive(Clone, Copy, Debug)]
enum Run {
    Entry(fn(&mut EntryText, &Habits) -> Result<(), EditError>),
    File(fn(&BibText<'_>) -> String),
}

/// What most entries of the file do, which the others are to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Habits {
    dates: dates::DateFields,
}

/// The rules to run.
#[derive(Debug, Clone)]
pub struct Selection(Vec<&'static Rule>);

/// A name that is none of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no rule of tidy is called “{name}”{}; there are: {known}", similar.as_ref().map(|s| format!(", did you mean {s}")).unwrap_or_default())]
pub struct UnknownRule {
    name: String,
    similar: Option<&'static str>,
    known: String,
}

impl Selection {
    /// Rules by name; "default" and "all" stand for several. Nothing selected is "default".
    ///
    /// # Errors
    /// When there is no rule of a name.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, UnknownRule> {
        let default = ["default".to_owned()];
        let select = if select.is_empty() { &default[..] } else { select };
        let (select, ignore) = (rules(select)?, rules(ignore)?);
        let chosen =
            |rule: &&Rule| select.iter().any(|r| r.name == rule.name) && !ignore.iter().any(|r| r.name == rule.name);
        Ok(Self(RULES.iter().filter(chosen).collect()))
    }
}

/// The rules that a name stands for.
///
/// # Errors
/// When it stands for none.
pub fn rules(names: &[String]) -> Result<Vec<&'static Rule>, UnknownRule> {
    let mut found = Vec::new();
    for name in names.iter().flat_map(|n| n.split(',')).map(str::trim).filter(|n| !n.is_empty()) {
        match name {
            "all" => found.extend(RULES),
            "default" => found.extend(RULES.iter().filter(|r| r.when == When::Always)),
            name => found.push(RULES.iter().find(|r| r.name == name).ok_or_else(|| unknown(name))?),
        }
    }
    Ok(found)
}

fn unknown(name: &str) -> UnknownRule {
    let best = RULES.iter().map(|r| (similarity(r.name, name), r.name)).max_by(|a, b| a.0.total_cmp(&b.0));
    UnknownRule {
        name: name.to_owned(),
        similar: best.filter(|(s, _)| *s > 0.6).map(|(_, name)| name),
        known: RULES.iter().map(|r| r.name).collect::<Vec<_>>().join(", "),
    }
}

/// What tidying makes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied {
    pub text: String,
    /// How many entries each rule changed, for those that changed something.
    pub changed: Vec<(&'static str, usize)>,
    /// Keys of entries that were left alone because of mistakes in them.
    pub left: Vec<String>,
}

/// Runs rules over a file.
pub fn tidy(source: &str, selection: &Selection) -> Tidied {
    let file = BibText::new(source);
    let habits = Habits { dates: dates::habit(&file) };
    let mut counts = vec![0; RULES.len()];
    let mut left = Vec::new();
    let mut splices = Vec::new();
    for (block, entry) in file.entries() {
        let harmless = |kind| matches!(kind, SyntaxErrorKind::NoKey | SyntaxErrorKind::SpaceInKey);
        let text = &source[block.span.clone()];
        let mut edited = match file.editable(block) {
            Ok(edited) if entry.mistakes.iter().all(|m| harmless(m.kind)) => edited,
            _ => {
                left.push(source[entry.key.clone()].to_owned());
                continue;
            }
        };
        for rule in &selection.0 {
            let Run::Entry(run) = rule.run else { continue };
            let before = edited.clone();
            // A rule whose result would not be an entry changes nothing.
            if run(&mut edited, &habits).is_err() {
                edited = before;
            } else if edited.text() != before.text() {
                counts[RULES.iter().position(|r| r.name == rule.name).unwrap_or_default()] += 1;
            }
        }
        if edited.text() != text {
            splices.push(Splice { span: block.span.clone(), with: edited.into_text() });
        }
    }
    let mut text = apply(source, splices);
    for (i, rule) in RULES.iter().enumerate() {
        let Run::File(run) = rule.run else { continue };
        if selection.0.iter().any(|r| r.name == rule.name) {
            let after = run(&BibText::new(&text));
            counts[i] += usize::from(after != text);
            text = after;
        }
    }
    let changed = RULES.iter().zip(counts).filter(|(_, n)| *n > 0).map(|(r, n)| (r.name, n)).collect();
    Tidied { text, changed, left }
}

/// Whether a tidied file holds the same entries and no more mistakes than before; what a writer asks before it writes.
pub fn is_sound(before: &str, after: &str) -> bool {
    let (before, after) = (read_text(before), read_text(after));
    let keys = |library: &crate::bibliography::Library| {
        let mut keys: Vec<String> = library.works.iter().map(|w| w.key.clone()).collect();
        keys.sort_unstable();
        keys
    };
    keys(&before) == keys(&after) && after.problems.len() <= before.problems.len()
}

#[cfg(test)]
fn tidied(rule: &str, source: &str) -> String {
    let selection = Selection::new(&[rule.to_owned()], &[]).unwrap();
    let once = tidy(source, &selection).text;
    assert_eq!(tidy(&once, &selection).text, once, "tidying twice changes nothing more");
    assert!(is_sound(source, &once));
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tidy_file_stays_as_it_is() {
        let source = "% mine\r\n@STRING{j = \"J\"}\r\n@Article { k ,\r\n  Title = \"A {NASA} tale\" ,\r\n  journal = j # { x},\r\n  month = jan, year = 2001, pages = {1--2}, doi = {10.5555/A_b}\r\n}\r\n@book{broken, title = {T}\r\n";
        let tidied = tidy(source, &Selection::new(&[], &[]).unwrap());
        assert_eq!((tidied.text.as_str(), tidied.changed), (source, vec![]));
    }

    #[test]
    fn entries_with_mistakes_are_left() {
        let source = "@book{k, title = {NASA} year = {2000}, pages = {1-2}}";
        let tidied = tidy(source, &Selection::new(&[], &[]).unwrap());
        assert_eq!((tidied.text.as_str(), tidied.left), (source, vec!["k".to_owned()]));
    }

    #[test]
    fn rules_are_selected_by_name() {
        let names = |select: &[&str], ignore: &[&str]| -> Vec<&str> {
            let own = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
            Selection::new(&own(select), &own(ignore)).unwrap().0.iter().map(|r| r.name).collect()
        };
        assert_eq!(names(&["pages,doi"], &["doi"]), ["pages"]);
        assert!(names(&[], &[]).contains(&"doi") && !names(&[], &[]).contains(&"sort-entries"));
        assert!(names(&["default", "sort-entries"], &[]).contains(&"sort-entries"));
        let error = Selection::new(&["page".to_owned()], &[]).unwrap_err().to_string();
        assert!(error.starts_with("no rule of tidy is called “page”, did you mean pages; there are: "), "{error}");
    }

    #[test]
    fn every_rule_is_documented() {
        for rule in RULES {
            assert!(rule.documentation.contains("\n\n ```bib") || rule.documentation.contains("\n\n"), "{}", rule.name);
            assert!(rule.summary().ends_with('.'), "{}", rule.name);
        }
    }

    use proptest::prelude::*;

    proptest! {
        /// Whatever a file holds, its tidied form has the same entries, and tidying again changes nothing.
        #[test]
        fn any_file_is_tidied_soundly(
            pieces in prop::collection::vec(
                r#"@(book|article)\{[a-d],|@misc\(e,|(title|author|pages|doi|url|year|month|date|isbn|note) ?= ?|\{|\}|"|#|%|,|\)|\n|[a-zA-Z0-9 .:/-]{1,8}|\{(The DNA of|Holm,A  and B|12-34|https://doi.org/10.5555/a|2004-05|January|1|\\'e|) ?\},\n|\$|\\"o|\{\{A B\}\}"#,
                0..24,
            )
        ) {
            let source = pieces.concat();
            for select in ["default", "all"] {
                let selection = Selection::new(&[select.to_owned()], &[]).unwrap();
                let once = tidy(&source, &selection).text;
                prop_assert!(is_sound(&source, &once), "{source}\n---\n{once}");
                let twice = tidy(&once, &selection).text;
                prop_assert_eq!(&twice, &once, "{}", source);
            }
        }
    }
}
