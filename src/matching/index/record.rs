//! Records as bytes: what verification needs of a work, and notices about works.
//!
//! A record is a letter for its kind and text fields in a fixed order, set apart by control characters that no field
//! holds: such bytes deflate well and are read without a table.

use super::super::notice::{Notice, NoticeKind};
use crate::work::{Date, DateField, Doi, Field, Name, NameList, PersonName, Role, Work, WorkKind};

const END: u8 = 0x1e;
const FIELD: char = '\x1f';
const NAME: char = '\x1d';
const PART: char = '\x1c';

/// Names of an author list that are kept; the list says that it is incomplete when there were more.
const NAMES: usize = 40;
/// Bytes of a text that are kept: titles of more do not exist but by mistake.
const TEXT: usize = 2_000;
const SHORT_TEXT: usize = 300;

const FIELDS: [Field; 8] = [
    Field::Doi,
    Field::Pmid,
    Field::ContainerTitle,
    Field::Volume,
    Field::Issue,
    Field::Page,
    Field::Publisher,
    Field::Title,
];

/// What an index keeps.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Record {
    Work(Work),
    Notice(Doi, Notice),
}

impl Record {
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Work(work) => write_work(work, out),
            Self::Notice(doi, notice) => {
                out.push(b'n');
                for text in [doi.as_str(), notice.kind.code(), &notice.date, &notice.reason, &notice.notice] {
                    put(out, text, TEXT);
                    out.push(FIELD as u8);
                }
            }
        }
        out.push(END);
    }

    /// Reads a record; `None` when the bytes are none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (kind, rest) = text.split_at_checked(1)?;
        let mut fields = rest.split(FIELD);
        match kind {
            "w" => read_work(&mut fields).map(Self::Work),
            "n" => {
                let doi = fields.next()?.parse().ok()?;
                let kind = NoticeKind::from_code(fields.next()?)?;
                let [date, reason, notice] = [fields.next()?, fields.next()?, fields.next()?].map(str::to_owned);
                Some(Self::Notice(doi, Notice { kind, date, reason, notice }))
            }
            _ => None,
        }
    }
}

/// The bytes of a block's record, the end mark not included.
pub(super) fn nth(block: &[u8], n: u32) -> Option<&[u8]> {
    block.split(|b| *b == END).nth(n as usize).filter(|record| !record.is_empty())
}

/// All records of a block.
pub(super) fn all(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    block.split(|b| *b == END).filter(|record| !record.is_empty())
}

pub(super) fn is_notice(record: &[u8]) -> bool {
    record.first() == Some(&b'n')
}

/// Puts the bytes of a record that was read back as they were.
pub(super) fn copy(record: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(record);
    out.push(END);
}

fn put(out: &mut Vec<u8>, text: &str, most: usize) {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // Line ends and the marks of this format become spaces.
    out.extend(text.as_bytes()[..end].iter().map(|&b| if b < 0x20 { b' ' } else { b }));
}

fn write_work(work: &Work, out: &mut Vec<u8>) {
    out.push(b'w');
    put(out, work.kind.as_str(), SHORT_TEXT);
    out.push(FIELD as u8);
    if let Some(date) = work.dates.get(&DateField::Issued) {
        put(out, &date.to_string(), SHORT_TEXT);
    }
    out.push(FIELD as u8);
    for field in FIELDS {
        let text = match field {
            Field::Doi => work.doi().map(String::from).unwrap_or_default(),
            Field::Pmid => work.pmid().map(|pmid| pmid.to_string()).unwrap_or_default(),
            // A journal's publisher verifies nothing.
            Field::Publisher if work.get(Field::ContainerTitle).is_some() => String::new(),
            field => work.get(field).unwrap_or_default().to_owned(),
        };
        put(out, &text, if field == Field::Title { TEXT } else { SHORT_TEXT });
        out.push(FIELD as u8);
    }
    let author = work.names(Role::Author);
    let (role, list) =
        if author.is_empty() { (Role::Editor, work.names(Role::Editor)) } else { (Role::Author, author) };
    let incomplete = list.len() > NAMES || work.contributors.get(&role).is_some_and(|list| list.incomplete);
    out.push(if role == Role::Author { b'a' } else { b'e' });
    for name in list.iter().take(NAMES) {
        out.push(NAME as u8);
        match name {
            Name::Literal { literal } => {
                out.push(PART as u8);
                put(out, literal, SHORT_TEXT);
            }
            Name::Person(person) => {
                put(out, &person.family, SHORT_TEXT);
                let rest = [&person.given, &person.non_dropping_particle, &person.suffix];
                let used = rest.iter().rposition(|part| part.is_some()).map_or(0, |last| last + 1);
                for part in &rest[..used] {
                    out.push(PART as u8);
                    put(out, part.as_deref().unwrap_or_default(), SHORT_TEXT);
                }
            }
        }
    }
    if incomplete {
        out.push(NAME as u8);
    }
}

fn read_work<'a>(fields: &mut impl Iterator<Item = &'a str>) -> Option<Work> {
    let mut work = Work { kind: WorkKind::from_csl(fields.next()?).unwrap_or_default(), ..Work::default() };
    let issued = fields.next()?;
    if let Ok(date) = issued.parse::<Date>() {
        work.dates.insert(DateField::Issued, date);
    }
    for field in FIELDS {
        let text = fields.next()?;
        if !text.is_empty() {
            work.set(field, text);
        }
    }
    let names = fields.next()?;
    let role = if names.starts_with('e') { Role::Editor } else { Role::Author };
    let mut list = NameList::default();
    for name in names.split(NAME).skip(1) {
        let mut parts = name.split(PART);
        let family = parts.next().unwrap_or_default();
        let mut next = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
        let rest = [next(), next(), next()];
        match (family, rest) {
            ("", [None, ..]) => list.incomplete = true,
            ("", [Some(literal), ..]) => list.names.push(Name::Literal { literal }),
            (family, [given, non_dropping_particle, suffix]) => list.names.push(Name::Person(PersonName {
                family: family.to_owned(),
                given,
                non_dropping_particle,
                suffix,
                ..PersonName::default()
            })),
        }
    }
    if !list.names.is_empty() {
        work.contributors.insert(role, list);
    }
    Some(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Work {
        let mut work = Work { kind: WorkKind::ArticleJournal, ..Work::default() };
        for (field, text) in [
            (Field::Doi, "10.5555/tides"),
            (Field::Title, "Tides of <i>E. coli</i>"),
            (Field::ContainerTitle, "Journal of Ferries"),
            (Field::Volume, "12"),
            (Field::Page, "34-56"),
        ] {
            work.set(field, text);
        }
        work.dates.insert(DateField::Issued, Date::from_year(2004));
        let names = vec![Name::person("Holm", "Ada"), Name::person("Björk", ""), Name::literal("Ferry Board")];
        work.contributors.insert(Role::Author, NameList { names, incomplete: true });
        work
    }

    #[test]
    fn works_come_back() {
        let mut block = Vec::new();
        let work = Record::Work(sample());
        let none = Record::Work(Work::default());
        let notice = Notice {
            kind: NoticeKind::Retraction,
            date: "2020-01-02".to_owned(),
            reason: "Error in data".to_owned(),
            notice: String::new(),
        };
        let notice = Record::Notice("10.5555/tides".parse().unwrap(), notice);
        for record in [&work, &none, &notice] {
            record.write(&mut block);
        }
        let back: Vec<Record> = all(&block).map(|bytes| Record::read(bytes).unwrap()).collect();
        assert_eq!(back, [work, none, notice]);
        assert_eq!(nth(&block, 3), None);
    }

    #[test]
    fn marks_of_the_format_and_endless_texts_do_no_harm() {
        let mut work = sample();
        work.set(Field::Title, "a\u{1e}b\u{1f}c\nd");
        work.set(Field::Volume, "é".repeat(1_000));
        let mut out = Vec::new();
        Record::Work(work).write(&mut out);
        let Some(Record::Work(back)) = Record::read(nth(&out, 0).unwrap()) else { panic!() };
        assert_eq!(back.get(Field::Title), Some("a b c d"));
        assert_eq!(back.get(Field::Volume), Some("é".repeat(150).as_str()));
    }
}
