//! [`Work`] → the text of a new entry, in names that BibTeX and biblatex both know where they do.

use std::collections::BTreeSet;

use super::dates::{Written, write_date};
use super::fields::{Target, date_name, field_name, is_verbatim, role_name, target};
use super::interpret::ENTRY_TYPE;
use super::kinds;
use super::latex::{Capitals, encode, encode_verbatim};
use super::names::write_names;
use crate::work::{DateField, Field, Role, Work, WorkKind, base_key};

/// The order in which the most usual variables are written; all others follow in theirs.
const ORDER: [Field; 18] = [
    Field::Title,
    Field::ContainerTitle,
    Field::ContainerTitleShort,
    Field::CollectionTitle,
    Field::Edition,
    Field::Volume,
    Field::Issue,
    Field::Number,
    Field::CollectionNumber,
    Field::Page,
    Field::Publisher,
    Field::PublisherPlace,
    Field::Genre,
    Field::Isbn,
    Field::Issn,
    Field::Doi,
    Field::Url,
    Field::Pmid,
];

/// Writes a work as an entry that ends with a line feed.
///
/// What is written is well-formed whatever the work holds, and reads back as the same work, but for what the format
/// cannot carry: white space other than single blanks and empty lines, `comma_suffix` and `static_ordering` of
/// names, literal dates that look like dates, and custom fields with names that mean something else.
pub fn entry_text(work: &Work) -> String {
    let genre = work.get(Field::Genre);
    let kind_name = kinds::type_name(work.kind, genre);
    let own_type = work.custom.get(ENTRY_TYPE).filter(|t| work.kind == WorkKind::Document && is_type_name(t));
    let mut entry = Entry { lines: String::new(), used: BTreeSet::new() };
    for role in [Role::Author, Role::Editor] {
        entry.names(work, role);
    }
    entry.variable(work, Field::Title);
    entry.variable(work, Field::ContainerTitle);
    entry.issued(work);
    for field in ORDER.iter().chain(Field::ALL) {
        let implied = *field == Field::Genre && kinds::entry_type(kind_name).and_then(|t| t.genre) == genre;
        if !implied {
            entry.variable(work, *field);
        }
    }
    for role in Role::ALL {
        entry.names(work, *role);
    }
    for (field, date) in work.dates.iter().filter(|(field, _)| **field != DateField::Issued) {
        entry.field(date_name(*field), &encode(&date.to_string(), Capitals::Free));
    }
    if own_type.is_none() && kinds::entry_type(kind_name).is_none_or(|t| t.kind != work.kind) {
        entry.field("entrysubtype", work.kind.as_str());
    }
    for (name, value) in &work.custom {
        if !(name == ENTRY_TYPE && own_type.is_some()) {
            entry.custom(name, value);
        }
    }
    format!("@{}{{{},\n{}}}\n", own_type.map_or(kind_name, String::as_str), key(work), entry.lines)
}

struct Entry {
    lines: String,
    used: BTreeSet<String>,
}

impl Entry {
    fn names(&mut self, work: &Work, role: Role) {
        if let Some(list) = work.contributors.get(&role) {
            self.field(role_name(role), &write_names(list));
        }
    }

    fn variable(&mut self, work: &Work, variable: Field) {
        let Some(text) = work.get(variable) else { return };
        let name = field_name(variable, work.kind);
        let value = match target(&name, work.kind) {
            Some(Target::Verbatim(_)) => encode_verbatim(text),
            Some(Target::Title(_)) => encode(text, Capitals::Protected),
            _ if variable == Field::Page => pages(&encode(text, Capitals::Free)),
            _ => encode(text, Capitals::Free),
        };
        self.field(&name, &value);
    }

    fn issued(&mut self, work: &Work) {
        let Some(date) = work.dates.get(&DateField::Issued) else { return };
        match write_date(date) {
            // Another year of the entry's own has the name already.
            Written::Parts { .. } if work.custom.contains_key("year") => self.field("date", &date.to_string()),
            Written::Edtf(date) => self.field("date", &encode(&date, Capitals::Free)),
            Written::Words(words) => self.field("year", &encode(&words, Capitals::Free)),
            Written::Parts { year, month, day } => {
                self.field("year", &year.to_string());
                if let Some(month) = month {
                    // A macro of every style, which prints it in the style's own way.
                    self.line("month", month);
                }
                if let Some(day) = day {
                    self.field("day", &day.to_string());
                }
            }
        }
    }

    fn custom(&mut self, name: &str, value: &str) {
        let mut legal: String = name.chars().map(|c| if is_name_char(c) { c } else { '-' }).collect();
        legal.make_ascii_lowercase();
        if legal.is_empty() || self.used.contains(&legal) {
            legal.insert_str(0, "x-");
        }
        let value = if is_verbatim(&legal) { encode_verbatim(value) } else { encode(value, Capitals::Free) };
        self.field(&legal, &value);
    }

    /// Writes a field once, and only with a value.
    fn field(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(name, &format!("{{{value}}}"));
        }
    }

    fn line(&mut self, name: &str, value: &str) {
        if self.used.insert(name.to_owned()) {
            self.lines.push_str("  ");
            self.lines.push_str(name);
            self.lines.push_str(" = ");
            self.lines.push_str(value);
            self.lines.push_str(",\n");
        }
    }
}

/// BibTeX styles expect two hyphens between pages. Next to a hyphen, or in a formula, they would be something else.
fn pages(latex: &str) -> String {
    let odd = ["–-", "-–", "––", "\\"].iter().any(|odd| latex.contains(odd));
    if odd { latex.to_owned() } else { latex.replace('–', "--") }
}

/// The key of an entry: what BibTeX cannot have in one is left out, and a work without gets one.
fn key(work: &Work) -> String {
    let legal: String = work
        .key
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && !matches!(c, ',' | '{' | '}' | '"' | '#' | '%' | '~' | '\\' | '=' | '(' | ')' | '@')
        })
        .collect();
    if legal.is_empty() { base_key(work) } else { legal }
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | ':' | '/')
}

fn is_type_name(name: &str) -> bool {
    let legal = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    legal
        && !matches!(name, "comment" | "string" | "preamble" | "xdata")
        && kinds::entry_type(name).is_none()
        && WorkKind::from_csl(name).is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read_text;
    use super::*;
    use crate::work::{Date, DateEnd, DatePoint, Month, Name, NameList, PersonName, Qualifier, Season};

    #[test]
    fn an_entry() {
        let mut work = Work { key: "holm2004".to_owned(), kind: WorkKind::ArticleJournal, ..Work::default() };
        let names = vec![Name::person("Holm", "Ada"), Name::literal("Board of Ferries & Tides")];
        work.contributors.insert(Role::Author, NameList { names, incomplete: true });
        work.dates.insert(DateField::Issued, "2004-05-03".parse().unwrap());
        for (field, text) in [
            (Field::Title, r#"Tides of <span class="nocase">Åland</span>: 50% <i>more</i> {_}"#),
            (Field::ContainerTitle, "Journal of Ferries"),
            (Field::Volume, "12"),
            (Field::Issue, "3"),
            (Field::Page, "12–34"),
            (Field::Doi, "10.1000/a_b"),
        ] {
            work.set(field, text);
        }
        work.custom.insert("file".to_owned(), r"C:\x_y.pdf".to_owned());
        let expected = r"@article{holm2004,
  author = {Holm, Ada and {Board of Ferries \& Tides} and others},
  title = {Tides of {Åland}: 50\% \emph{more} \textbraceleft{}\_\textbraceright{}},
  journal = {Journal of Ferries},
  year = {2004},
  month = may,
  day = {3},
  volume = {12},
  number = {3},
  pages = {12--34},
  doi = {10.1000/a_b},
  file = {C:\textbackslash{}x_y.pdf},
}
";
        assert_eq!(entry_text(&work), expected);
        assert_eq!(read_text(expected).works, [work]);
    }

    #[test]
    fn whatever_a_work_holds_its_entry_is_one_entry() {
        let mut work = Work { key: "a,b} @book{x".to_owned(), ..Work::default() };
        work.set(Field::Title, "}\n@book{y,\n}");
        work.custom.insert("a b}=".to_owned(), "\u{0}\\".to_owned());
        work.custom.insert("title".to_owned(), "second".to_owned());
        work.custom.insert("entrytype".to_owned(), "x{".to_owned());
        let library = read_text(&entry_text(&work));
        assert_eq!((library.works.len(), library.problems.len()), (1, 0));
        assert_eq!(library.works[0].get(Field::Title), Some("} @book{y, }"));
    }

    fn text() -> impl Strategy<Value = String> {
        let word = r#"[a-zA-ZÅé{}\\$%#&_^~`'"<>/|,;:=@!\u{a0}–-]{1,6}|and|others|<i>x</i>|<span class="nocase">Xy</span>|\$a\^2\$"#;
        prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
    }

    fn date() -> impl Strategy<Value = Date> {
        let month = prop_oneof![
            (1..=12_u8, prop::option::of(1..=31_u8)).prop_map(|(m, d)| (Some(Month::Calendar(m)), d)),
            Just((Some(Month::Season(Season::Winter)), None)),
            Just((None, None)),
        ];
        let qualifier = prop_oneof![Just(Qualifier::Certain), Just(Qualifier::UncertainAndApproximate)];
        let point = (-12_000..12_000_i32, month, qualifier).prop_map(|(year, (month, day), qualifier)| match year {
            -9999..=9999 => DatePoint { year, month, day, qualifier },
            _ => DatePoint { year, month: None, day: None, qualifier },
        });
        let end = prop_oneof![point.clone().prop_map(DateEnd::Date), Just(DateEnd::Open), Just(DateEnd::Unknown)];
        prop_oneof![
            point.clone().prop_map(Date::Point),
            (point.prop_map(DateEnd::Date), end).prop_map(|(start, end)| Date::Range { start, end }),
            "[a-zé%{}]{3,8}( [a-z]{2,6})?".prop_map(Date::Literal),
        ]
    }

    fn names() -> impl Strategy<Value = NameList> {
        let person =
            (text(), prop::option::of(text()), prop::option::of(prop_oneof![Just("van der".to_owned()), text()]))
                .prop_map(|(family, given, particle)| {
                    let non_dropping_particle = particle;
                    Name::Person(PersonName { family, given, non_dropping_particle, ..PersonName::default() })
                });
        let name = prop_oneof![person, text().prop_map(Name::literal)];
        (prop::collection::vec(name, 1..4), any::<bool>())
            .prop_map(|(names, incomplete)| NameList { names, incomplete })
    }

    fn works() -> impl Strategy<Value = Work> {
        (
            "[a-zA-Z0-9é:_.+-]{1,12}",
            prop::sample::select(WorkKind::ALL),
            prop::collection::btree_map(prop::sample::select(Field::ALL), text(), 0..12),
            prop::collection::btree_map(prop::sample::select(Role::ALL), names(), 0..3),
            prop::collection::btree_map(prop::sample::select(DateField::ALL), date(), 0..3),
            prop::collection::btree_map("my[a-z_-]{1,6}|file|howpublished|titleaddon|eprint", text(), 0..3),
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
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn what_is_written_reads_back(work in works()) {
            let written = entry_text(&work);
            let library = read_text(&written);
            prop_assert_eq!(&library.works[..], std::slice::from_ref(&work), "{}", written);
        }
    }
}
