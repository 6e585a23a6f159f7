//! One bad entry costs one entry: a file of a thousand, in which each is damaged in turn.

use super::bibtex::{append, editable};
use super::{Format, read};
use crate::work::Work;

const ENTRIES: usize = 1_000;

const HEAD: &str = "@string{fp = \"Ferry Press\"}\n@comment{jabref-meta: a:b;}\n";

/// An entry, in one of the layouts in use.
fn entry(i: usize) -> String {
    match i % 4 {
        0 => format!(
            "@article{{k{i},\n  author = {{Holm, Ada}},\n  title = {{Tides {i} of {{DNA}}}},\n  year = 2004,\n}}\n"
        ),
        1 => format!("@book{{k{i}, title = \"Ferries {i}\", publisher = fp, year = {{1999}}}}\n"),
        2 => format!("% old: @misc{{x{i}}}\n@misc(k{i},\ttitle={{A (b) {i}}},\r\n\tnote={{c@d.org}})\n"),
        _ => format!("@InProceedings {{ k{i} ,\n title = {{E {i}}} # {{, F}}, pages = {{1--{i}}}\n}}\n\n"),
    }
}

/// What a damage does to the entry it befalls.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cost {
    /// It is not read.
    Entry,
    /// It is read, as far as it can be.
    Less,
}

/// A way to damage an entry; `None` where its layout has no place for it.
type Damage = fn(&str) -> Option<String>;

/// The text with the last of a pattern replaced.
fn replace_last(text: &str, from: &str, to: &str) -> Option<String> {
    text.rsplit_once(from).map(|(before, after)| format!("{before}{to}{after}"))
}

const DAMAGES: &[(&str, Cost, Damage)] = &[
    ("the entry's bracket is missing", Cost::Entry, |e| {
        let end = e.rfind(if e.contains("@misc(") { ')' } else { '}' })?;
        Some(format!("{}{}", &e[..end], &e[end + 1..]))
    }),
    ("a value's brace is missing", Cost::Entry, |e| replace_last(e, "{", "{{")),
    ("a brace too many is opened", Cost::Entry, |e| {
        e.contains("title").then(|| e.replacen("title", "t = {{{, title", 1))
    }),
    ("a quotation mark is missing", Cost::Entry, |e| replace_last(e, "\", p", ", p")),
    ("a quotation mark stands in a value", Cost::Less, |e| {
        e.contains("\"F").then(|| e.replacen("Ferries", "Fer\"ries", 1))
    }),
    ("the key is missing", Cost::Less, |e| {
        let at = [e.find("{k"), e.find("(k")].into_iter().flatten().next()? + 1;
        Some(format!("{}{}", &e[..at], &e[at + e[at..].find(',')?..]))
    }),
    ("the file is cut off in the entry and goes on with the next", Cost::Entry, |e| {
        let head = e.find("title")?;
        Some(format!("{}\n", &e[..head + 5]))
    }),
    ("an equals sign is missing", Cost::Less, |e| replace_last(e, "=", " ")),
    ("a comma is missing", Cost::Less, |e| e.contains("},\n  t").then(|| e.replacen("},\n  t", "}\n  t", 1))),
];

#[test]
fn each_entry_damaged_in_turn() {
    let entries: Vec<String> = (0..ENTRIES).map(entry).collect();
    let file = |changed: usize, to: &str| {
        let mut text = HEAD.to_owned();
        entries.iter().enumerate().for_each(|(i, entry)| text.push_str(if i == changed { to } else { entry }));
        text
    };
    let whole = read(file(ENTRIES, "").as_bytes(), None).unwrap();
    assert_eq!((whole.works.len(), &whole.problems[..]), (ENTRIES, &[][..]));
    for i in 0..ENTRIES {
        // Every damage befalls entries of every layout that has a place for it.
        let fitting: Vec<_> =
            DAMAGES.iter().filter_map(|(name, cost, damage)| Some((name, *cost, damage(&entries[i])?))).collect();
        let (name, cost, damaged) = &fitting[i / 4 % fitting.len()];
        assert_ne!(*damaged, entries[i], "{name}");
        let text = file(i, damaged);
        let library = read(text.as_bytes(), Some(Format::BIBTEX)).unwrap();
        let key = format!("k{i}");
        let of_others = |works: &[Work]| -> Vec<Work> {
            works.iter().filter(|w| w.key != key && !w.key.is_empty()).cloned().collect()
        };
        assert!(of_others(&library.works) == of_others(&whole.works), "{name}: {damaged}");
        let line = HEAD.lines().count() + 1 + entries[..i].iter().map(|e| e.lines().count()).sum::<usize>();
        let is_here = |line_of_problem: usize| (line..=line + damaged.lines().count()).contains(&line_of_problem);
        assert!(
            !library.problems.is_empty() && library.problems.iter().all(|p| is_here(p.line)),
            "{name}: {damaged}: {:?}",
            library.problems
        );
        assert_eq!(library.works.len() == ENTRIES, *cost == Cost::Less, "{name}: {damaged}: {:?}", library.problems);
        // Whatever it holds, an addition changes no byte of it.
        if i + 1 < ENTRIES {
            let new = Work { key: "new".to_owned(), ..Work::default() };
            assert!(append(editable(text.as_bytes()).unwrap(), &[new]).unwrap().starts_with(&text), "{name}");
        }
    }
}

#[test]
fn a_byte_that_is_not_utf8() {
    let mut file = (HEAD.to_owned() + &(0..ENTRIES).map(entry).collect::<String>()).into_bytes();
    let whole = read(&file, None).unwrap().works;
    let at = file.windows(4).position(|w| w == b"E 99").unwrap();
    file[at] = 0xE9;
    let library = read(&file, None).unwrap();
    let different: Vec<usize> = (0..ENTRIES).filter(|i| library.works[*i] != whole[*i]).collect();
    assert_eq!(different, [99]);
    let line = 1 + file[..at].iter().filter(|b| **b == b'\n').count();
    assert_eq!((library.problems.len(), library.problems[0].line), (1, line));
    assert!(library.problems[0].message.starts_with("1 byte is not UTF-8"), "{}", library.problems[0]);
}

#[test]
fn a_key_that_is_there_twice() {
    let file = HEAD.to_owned() + &(0..ENTRIES).map(|i| entry(if i == 500 { 100 } else { i })).collect::<String>();
    let library = read(file.as_bytes(), None).unwrap();
    assert_eq!((library.works.len(), library.problems.len()), (ENTRIES, 1));
    assert_eq!(library.problems[0].key.as_deref(), Some("k100"));
}

#[test]
fn a_file_that_is_cut_off() {
    let file = HEAD.to_owned() + &(0..ENTRIES).map(entry).collect::<String>();
    let whole = read(file.as_bytes(), None).unwrap().works;
    for end in (0..file.len()).step_by(4_999) {
        let library = read(&file.as_bytes()[..end], Some(Format::BIBTEX)).unwrap();
        assert!(whole.starts_with(&library.works), "{end}");
        let at_hand = whole.iter().take_while(|w| file[..end].contains(&w.key)).count();
        assert!(library.works.len() + 1 >= at_hand, "{end}");
    }
}
