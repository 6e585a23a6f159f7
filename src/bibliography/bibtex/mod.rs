//! BibTeX and biblatex: `.bib` files.
//!
//! A file goes through these stages: [`syntax`] cuts it into blocks without losing a byte; `macros` puts the values
//! together; `inherit` adds the fields of parents ([`Entries`] is a file so far); `interpret` makes a [`Work`] of each
//! entry, with the names cut by the `biblatex` crate behind the guards in `names` and `dates`. A mistake costs the field or entry it is in.
//! [`write`](entry_text) and [`edit`](append) go the other way.

mod dates;
mod edit;
mod entries;
mod fields;
mod inherit;
mod interpret;
mod kinds;
mod latex;
mod macros;
pub mod merge;
mod names;
mod problems;
pub mod syntax;
pub mod tidy;
mod write;

pub use edit::{
    BibText, EditError, EntryText, FieldView, OldKey, Splice, append, appended, apply, editable, find_block,
    find_entry, is_key, keys, rekey, removal, remove, rename_references,
};
pub use entries::{Entries, Fingerprint};
pub use write::entry_text;

use super::{Library, ReadError, Source, Spec};
use crate::work::Work;
use syntax::{Block, BlockKind, EntrySource};

pub(super) static SPEC: Spec = Spec {
    name: "bib",
    aliases: &["bibtex", "biblatex", "latex"],
    extensions: &["bib", "bibtex"],
    sniff: |head| {
        let entry = |b: &Block| {
            matches!(b.kind, BlockKind::Entry(_) | BlockKind::Macro(_) | BlockKind::Preamble | BlockKind::Broken(_))
        };
        head.contains('@') && syntax::split(head).iter().any(entry)
    },
    read,
    write: Some(|works| works.iter().map(entry_text).collect::<Vec<_>>().join("\n")),
};

fn read(source: &Source) -> Result<Library, ReadError> {
    let mut library = read_text(source.text());
    if let Some(problem) = source.problem() {
        library.problems.insert(0, problem);
    }
    Ok(library)
}

/// Reads the text of a `.bib` file. Any text is one, if only of blocks that are no entries.
pub fn read_text(text: &str) -> Library {
    let entries = Entries::read(text);
    let mut works = Vec::with_capacity(entries.len());
    let wanted: Vec<usize> = entries.works().map(|(i, _)| i).collect();
    let found = entries.interpret(&wanted, |_, work| work, |work| works.push(work));
    let mut problems = entries.into_problems();
    problems.extend(found);
    Library { works, problems: problems.into_list() }
}

/// The works of a file, parallel to [`BibText::entries`]; `None` for entries that are data for others.
pub fn works_of_entries(file: &BibText<'_>) -> Vec<Option<Work>> {
    let source = file.source();
    let mut works = read_text(source.strip_prefix('\u{feff}').unwrap_or(source)).works.into_iter();
    let is_data = |entry: &EntrySource| source[entry.entry_type.clone()].eq_ignore_ascii_case("xdata");
    file.entries().map(|(_, entry)| if is_data(entry) { None } else { works.next() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::Field;
    use proptest::prelude::*;

    #[test]
    fn the_full_name_of_a_journal_goes_before_the_short_one() {
        let work = &read_text("@article{a, journal = {Ferr. J.}, fjournal = {Ferry Journal}}").works[0];
        assert_eq!(work.get(Field::ContainerTitle), Some("Ferry Journal"));
        assert_eq!(work.get(Field::ContainerTitleShort), Some("Ferr. J."));
        assert_eq!(
            read_text("@article{a, journal = {J}, fjournal = {}}").works[0].get(Field::ContainerTitle),
            Some("J")
        );
    }

    #[test]
    fn a_file() {
        let library = read_text(
            "% mine\n@string{jf = {Journal of } # \"Ferries\"}\n@ARTICLE{a, Title = {On {DNA}: 50\\%}, journal = JF,\n\
             \u{20}author = {Holm, Ada and others}, year = 2004, month = may, number = 3, pages = {1--9}, x = y}\n@misc{a}",
        );
        let work = &library.works[0];
        assert_eq!(
            entry_text(work),
            "@article{a,\n  author = {Holm, Ada and others},\n  title = {On {DNA}: 50\\%},\n  \
            journal = {Journal of Ferries},\n  year = {2004},\n  month = may,\n  number = {3},\n  pages = {1--9},\n  x = {y},\n}\n"
        );
        let problems: Vec<String> = library.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            problems,
            [
                "4:93: a: the @string y is not defined, its name was kept: define it, or put the value in braces",
                "5:1: a: the key is also that of the entry in line 3; both were read: change one of them",
            ]
        );
    }

    #[test]
    fn macros_that_double_or_run_in_circles_are_stopped() {
        let mut doubling = String::from("@string{a0 = {x}}\n");
        for i in 1..40 {
            doubling += &format!("@string{{a{i} = a{} # a{}}}\n", i - 1, i - 1);
        }
        for text in [
            doubling + "@book{k, title = a39}",
            "@string{a = b}@string{b = a}@string{c = c}@book{k, title = c # a}".to_owned(),
        ] {
            let library = read_text(&text);
            assert!(!library.problems.is_empty());
            assert!(library.works[0].get(crate::work::Field::Title).unwrap().len() < 200_000);
        }
    }

    #[test]
    fn one_mistake_costs_one_entry_and_is_said() {
        let entry = |i: usize| format!("@book{{k{i},\n  title = {{T {{U}}}},\n  note = \"N\",\n  year = 2000,\n}}\n\n");
        let file: String = (0..5).map(entry).collect();
        let whole = read_text(&file).works;
        for at in entry(0).len() * 2..entry(0).len() * 3 {
            for change in ["", "}}", "{{", "\"\""] {
                let byte = &file[at..=at];
                if change.is_empty() && !"{}=\"".contains(byte) {
                    continue;
                }
                // Taken out, or brackets put before it.
                let put = if change.is_empty() { String::new() } else { format!("{}{byte}", &change[1..]) };
                let text = format!("{}{put}{}", &file[..at], &file[at + 1..]);
                let library = read_text(&text);
                for i in [0, 1, 3, 4] {
                    assert!(library.works.contains(&whole[i]), "{i} of {text}");
                }
                assert!(
                    library.works.contains(&whole[2]) || !library.problems.is_empty() || text.contains("T"),
                    "{text}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn anything_is_read(text in "(@book\\{|@string\\{|a|,|=|author|year|date|xdata|crossref|\\{|\\}|\"|#| and |\\n|-|2|²|\\\\|é| ){0,40}") {
            read_text(&text);
        }
    }
}
