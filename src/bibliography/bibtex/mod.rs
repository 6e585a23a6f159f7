//! BibTeX and biblatex: `.bib` files.
//!
//! A file goes through these stages: [`syntax`] cuts it into blocks without losing a byte; `macros` puts the values
//! together; `inherit` adds the fields of parents; `interpret` makes a [`Work`] of each entry, with the names cut by
//! the `biblatex` crate behind the guards in `names` and `dates`. A mistake costs the field or entry it is in.
//! [`write`](entry_text) and [`edit`](append) go the other way.

mod dates;
mod edit;
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

use std::borrow::Cow;

pub use edit::{
    BibText, EditError, EntryText, FieldView, OldKey, Splice, append, apply, editable, is_key, keys, rekey, removal,
    remove, rename_references,
};
pub use write::entry_text;

use super::{Library, Problem, ReadError, Source, Spec};
use crate::work::Work;
use inherit::{FieldValue, Inheritance, RawEntry};
use macros::Macros;
use problems::Problems;
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
    let blocks = syntax::split(text);
    let mut problems = Problems::new(text);
    let mut macros = Macros::new(text);
    for block in &blocks {
        if let BlockKind::Macro(field) = &block.kind {
            macros.define(field, &mut problems);
        }
    }
    let mut entries = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Text => {
                let after_entry = i > 0 && matches!(blocks[i - 1].kind, BlockKind::Entry(_));
                left_over(text, block, after_entry, &mut problems);
            }
            BlockKind::Entry(entry) => entries.push(raw_entry(text, block, entry, &mut macros, &mut problems)),
            BlockKind::Broken(error) => {
                let message = format!("{}; the entry was not read", error.kind);
                problems.add(error.at, key_of_broken(text, block), message);
            }
            _ => {}
        }
    }
    let mut inheritance = Inheritance::new(&entries, text.len());
    let mut jobs: Vec<Job> = Vec::with_capacity(entries.len());
    for (i, entry) in entries.iter().enumerate() {
        if let Some(first) = inheritance.first(entry.key).filter(|first| *first != i && !entry.key.is_empty()) {
            let line = problems.line_of(entries[first].at);
            let message =
                format!("the key is also that of the entry in line {line}; both were read: change one of them");
            problems.add(entry.at, Some(entry.key), message);
        }
        // Data for other entries is no work of its own.
        if entry.entry_type != "xdata" {
            jobs.push((entry, inheritance.fields(i, &mut problems)));
        }
    }
    let works = interpret_all(text, &jobs, &mut problems);
    Library { works, problems: problems.into_list() }
}

/// The works of a file, parallel to [`BibText::entries`]; `None` for entries that are data for others.
pub fn works_of_entries(file: &BibText<'_>) -> Vec<Option<Work>> {
    let source = file.source();
    let mut works = read_text(source.strip_prefix('\u{feff}').unwrap_or(source)).works.into_iter();
    let is_data = |entry: &EntrySource| source[entry.entry_type.clone()].eq_ignore_ascii_case("xdata");
    file.entries().map(|(_, entry)| if is_data(entry) { None } else { works.next() }).collect()
}

/// An entry with its fields, own and inherited.
type Job<'e, 'a> = (&'e RawEntry<'a>, Cow<'e, [FieldValue<'a>]>);

/// Entries for which a thread of its own is worth starting.
const ENTRIES_A_THREAD: usize = 1_000;

/// Interprets entries in their order, large files on all cores: it is most of the work, and entries do not touch each other.
fn interpret_all(text: &str, jobs: &[Job], problems: &mut Problems) -> Vec<Work> {
    let interpret = |jobs: &[Job], problems: &mut Problems| -> Vec<Work> {
        jobs.iter().map(|(entry, fields)| interpret::work(entry, fields, problems)).collect()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(jobs.len() / ENTRIES_A_THREAD);
    if threads < 2 {
        return interpret(jobs, problems);
    }
    let parts: Vec<(Vec<Work>, Vec<Problem>)> = std::thread::scope(|scope| {
        let part = |jobs| {
            scope.spawn(move || {
                let mut problems = Problems::new(text);
                (interpret(jobs, &mut problems), problems.into_list())
            })
        };
        let running: Vec<_> = jobs.chunks(jobs.len().div_ceil(threads)).map(part).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let mut works = Vec::with_capacity(jobs.len());
    for (part, found) in parts {
        works.extend(part);
        problems.extend(found);
    }
    works
}

/// Says so when text between the blocks seems to be part of an entry.
fn left_over(text: &str, block: &Block, after_entry: bool, problems: &mut Problems) {
    let between = &text[block.span.clone()];
    if between.trim().is_empty() {
        return;
    }
    let count = |brace| between.bytes().filter(|b| *b == brace).count();
    let spilled = after_entry && (between.trim_start().starts_with(',') || count(b'}') > count(b'{'));
    if spilled {
        let message = "what follows the entry seems to be more of it and was not read: look for a “}” too many or a “{” too few before it";
        problems.add(block.span.start, None, message);
        return;
    }
    let mut at = block.span.start;
    for line in between.split_inclusive('\n') {
        if is_field(line) {
            let message = "this seems to be a field, but no entry is open and it was not read: look for a missing “@” or “{” before it, or put “@comment{…}” around it";
            problems.add(at, None, message);
            return;
        }
        at += line.len();
    }
}

/// Whether a line reads `name = {…` or `name = "…`.
fn is_field(line: &str) -> bool {
    line.split_once('=').is_some_and(|(name, value)| {
        let name = name.trim();
        let word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        word && value.trim_start().starts_with(['{', '"'])
    })
}

fn raw_entry<'a>(
    text: &'a str,
    block: &Block,
    entry: &EntrySource,
    macros: &mut Macros<'a>,
    problems: &mut Problems,
) -> RawEntry<'a> {
    let key = &text[entry.key.clone()];
    for mistake in &entry.mistakes {
        problems.add(mistake.at, Some(key), mistake.kind.to_string());
    }
    let mut fields: Vec<FieldValue<'a>> = Vec::with_capacity(entry.fields.len());
    let mut seen = std::collections::HashMap::new();
    for field in &entry.fields {
        let name = &text[field.name.clone()];
        let name = if name.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let value = macros.value(field, Some(key), problems);
        // Few fields are quicker looked through than hashed.
        let first = if fields.len() < 32 {
            fields.iter().position(|f| f.name == name)
        } else {
            if seen.is_empty() {
                seen.extend(fields.iter().enumerate().map(|(i, f)| (f.name.clone(), i)));
            }
            seen.get(&name).copied()
        };
        match first {
            None => {
                if !seen.is_empty() {
                    seen.insert(name.clone(), fields.len());
                }
                fields.push(FieldValue { name, value, at: field.name.start });
            }
            Some(first) if fields[first].value == value => {}
            Some(_) => {
                let message = format!("the field {name} is there twice, the first one counts: take one out");
                problems.add(field.name.start, Some(key), message);
            }
        }
    }
    let entry_type = text[entry.entry_type.clone()].to_ascii_lowercase();
    RawEntry { entry_type, key, fields, at: block.span.start }
}

/// The key of an entry that could not be read, as far as it has one.
fn key_of_broken<'a>(text: &'a str, block: &Block) -> Option<&'a str> {
    let body = text[block.span.clone()].split_once('{')?.1;
    let end = body.bytes().take(200).position(|b| matches!(b, b',' | b'{' | b'}' | b'=' | b'\n'))?;
    (body.as_bytes()[end] == b',').then(|| body[..end].trim())
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
