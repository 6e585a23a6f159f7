//! What holds for every format that can be written: a work written and read again is equal in what the format carries.

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use super::*;
use crate::work::{
    Date, DateEnd, DateField, DatePoint, Field, Month, Name, NameList, PersonName, Qualifier, Role, Season, WorkKind,
};

/// Formats that have a place for whatever a work holds.
const COMPLETE: [&str; 3] = ["csl-json", "jsonl", "csl-yaml"];

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec("[A-ZÅa-zé0-9&<>'\"(%]{1,6}", 1..5).prop_map(|words| words.join(" "))
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![words(), "\\PC{1,20}", "[ \\n\\t;,:=+@%{}<>&\"'\\-–A-Z0-9]{1,16}"]
}

fn number() -> impl Strategy<Value = String> {
    "[1-9][0-9]{0,3}"
}

/// An article as any reference manager has it.
fn articles() -> impl Strategy<Value = Work> {
    let name = ("[A-ZÅ][a-zé]{1,8}( [A-Z][a-z]{2,6})?", "[A-Z][a-z]{1,6}").prop_map(|(f, g)| Name::person(f, g));
    let date =
        (1500..2100_i32, prop::option::of(1..=12_u8), prop::option::of(1..=28_u8)).prop_map(|(year, month, day)| {
            let day = month.and(day);
            Date::Point(DatePoint { year, month: month.map(Month::Calendar), day, qualifier: Qualifier::Certain })
        });
    (
        "[a-z]{2,8}[0-9]{4}",
        prop::collection::vec(name, 1..5),
        date,
        ("[A-Z][a-z]{3,9}( [a-z]{2,8}){1,5}", "[A-Z][a-z]{3,9}( [a-z]{2,8}){1,3}"),
        (number(), number(), number(), "10\\.[1-9][0-9]{3}/[a-z0-9.()-]{2,10}[a-z0-9]"),
    )
        .prop_map(|(key, names, date, (title, journal), (volume, issue, page, doi))| {
            let mut work = Work { key, kind: WorkKind::ArticleJournal, ..Work::default() };
            work.contributors.insert(Role::Author, NameList { names, incomplete: false });
            work.dates.insert(DateField::Issued, date);
            for (field, text) in [
                (Field::Title, title),
                (Field::ContainerTitle, journal),
                (Field::Volume, volume),
                (Field::Issue, issue),
                (Field::Page, page),
                (Field::Doi, doi),
                (Field::Issn, "1234-5679".to_owned()),
                (Field::Language, "en".to_owned()),
            ] {
                work.set(field, text);
            }
            work
        })
}

/// Names in all their forms.
fn names(text: fn() -> BoxedStrategy<String>) -> impl Strategy<Value = Name> {
    let part = || prop::option::of(text());
    let person = (text(), part(), part(), part(), part(), any::<(bool, bool)>()).prop_map(
        |(family, given, dropping_particle, non_dropping_particle, suffix, (comma_suffix, static_ordering))| {
            Name::Person(PersonName {
                family,
                given,
                dropping_particle,
                non_dropping_particle,
                suffix,
                comma_suffix,
                static_ordering,
            })
        },
    );
    let plain = (text(), text()).prop_map(|(family, given)| Name::person(family, given));
    prop_oneof![2 => plain, 1 => person, 1 => text().prop_map(Name::literal)]
}

/// A day, month, season or year, as sure as it is.
fn points() -> impl Strategy<Value = DatePoint> {
    let season = prop::sample::select(vec![Season::Spring, Season::Summer, Season::Autumn, Season::Winter]);
    let month = prop_oneof![(1..=12_u8).prop_map(Month::Calendar), season.prop_map(Month::Season)];
    let qualifier = prop::sample::select(vec![
        Qualifier::Certain,
        Qualifier::Uncertain,
        Qualifier::Approximate,
        Qualifier::UncertainAndApproximate,
    ]);
    (-3000..3000_i32, prop::option::of(month), prop::option::of(1..=28_u8), qualifier).prop_map(
        |(year, month, day, qualifier)| {
            let day = day.filter(|_| matches!(month, Some(Month::Calendar(_))));
            DatePoint { year, month, day, qualifier }
        },
    )
}

fn dates(text: fn() -> BoxedStrategy<String>) -> impl Strategy<Value = Date> {
    let end =
        || prop_oneof![4 => points().prop_map(DateEnd::Date), 1 => Just(DateEnd::Open), 1 => Just(DateEnd::Unknown)];
    prop_oneof![
        2 => (1000..2100_i32).prop_map(Date::from_year),
        2 => points().prop_map(Date::Point),
        1 => (end(), end()).prop_filter_map("one end is known", |(start, end)| {
            let known = [start, end].iter().any(|e| matches!(e, DateEnd::Date(_)));
            known.then_some(Date::Range { start, end })
        }),
        1 => text().prop_map(Date::Literal),
    ]
}

/// Whatever a work may hold.
fn works() -> impl Strategy<Value = Work> {
    works_of(|| any_text().boxed())
}

/// A work of all variables, with such texts in them.
fn works_of(text: fn() -> BoxedStrategy<String>) -> impl Strategy<Value = Work> {
    let names = (prop::collection::vec(names(text), 1..4), any::<bool>())
        .prop_map(|(names, incomplete)| NameList { names, incomplete });
    let date = dates(text);
    (
        "[a-z0-9:_-]{1,10}",
        prop::sample::select(WorkKind::ALL),
        prop::collection::btree_map(prop::sample::select(Field::ALL), text(), 0..10),
        prop::collection::btree_map(prop::sample::select(Role::ALL), names, 0..3),
        prop::collection::btree_map(prop::sample::select(DateField::ALL), date, 0..3),
        prop::collection::btree_map("[a-zA-Z%][a-z_0-9-]{1,8}|[A-Z][A-Z0-9]", text(), 0..3),
    )
        .prop_map(|(key, kind, fields, contributors, dates, custom)| Work {
            key,
            kind,
            contributors,
            dates,
            fields,
            custom,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_article_is_carried_by_every_format(work in articles()) {
        for format in Format::written() {
            let works = [work.clone()];
            let text = write(&works, format);
            let lost: Vec<String> = losses(&works, &text, format).iter().map(ToString::to_string).collect();
            let back = read(text.as_bytes(), Some(format)).unwrap();
            prop_assert_eq!(back.works.len(), 1, "{:?}: {}", format, text);
            prop_assert_eq!(&lost, &Vec::<String>::new(), "{:?}: {}", format, text);
            prop_assert_eq!(back.problems, vec![], "{:?}: {}", format, text);
        }
    }

    #[test]
    fn complete_formats_hold_everything(work in works()) {
        for name in COMPLETE {
            let format = Format::from_name(name).unwrap();
            let text = write(std::slice::from_ref(&work), format);
            let back = read(text.as_bytes(), Some(format)).unwrap().works;
            prop_assert_eq!(&back[..], std::slice::from_ref(&work), "{}: {}", name, text);
        }
    }

    #[test]
    fn whatever_is_written_is_as_many_works(list in prop::collection::vec(works(), 0..4)) {
        for format in Format::written() {
            let text = write(&list, format);
            let back = read(text.as_bytes(), Some(format)).unwrap().works;
            prop_assert_eq!(back.len(), list.len(), "{:?}: {}", format, text);
        }
    }

    #[test]
    fn anything_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,80}") {
        for format in Format::all() {
            let _ = read(&bytes, Some(format));
            let _ = read(text.as_bytes(), Some(format));
        }
    }
}

#[test]
fn what_was_read_is_written_as_it_was_read() {
    let mut changed = Vec::new();
    for format in Format::written() {
        // The same works each time: this is a matter of rare combinations, and a failure must come back.
        let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let stays = |list: Vec<Work>| {
            let once = read(write(&list, format).as_bytes(), Some(format)).unwrap().works;
            let text = write(&once, format);
            let twice = read(text.as_bytes(), Some(format)).unwrap().works;
            prop_assert_eq!(&once, &twice, "{}", text);
            Ok(())
        };
        if let Err(error) = runner.run(&prop::collection::vec(works_of(|| words().boxed()), 1..3), stays) {
            changed.push(format!("{}: {error}", format.name()));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n\n"));
}
