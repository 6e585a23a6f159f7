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

/// BibTeX styles expect two hyphens between pages.
fn pages(latex: &str) -> String {
    // Next to a hyphen the two would be read as something else.
    if latex.contains("–-") || latex.contains("-–") || latex.contains("––") {
        latex.to_owned()
    } else {
        latex.replace('–', "--")
    }
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
