//! Under which terms a record is found, and which terms a reference asks for.
//!
//! Words of the title alone find most works. Pairs of facts (author and year, author and page, volume and page) find
//! those whose references print no title, and stay short lists however many works there are; the beginning of the
//! title finds titles that are made of common words only.

use super::record::Record;
use super::segment::TERM_BITS;
use crate::text::{fold, fold_key};
use crate::work::{Doi, Field, Name, PersonName, Pmid, Work};

/// What a term is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// An [`Identity`], or the PMID of a work that has a DOI, too.
    Identity,
    /// The work a notice is about.
    Notice,
    Word,
    TitleStart,
    AuthorYear,
    AuthorPage,
    VolumePage,
}

/// The hash of a term: FNV-1a over its kind and parts, its bits mixed well, the first 40 kept.
pub(super) fn term(of: Of, parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ of as u64;
    let mut step = |byte: u8| {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    };
    for part in parts {
        part.bytes().for_each(&mut step);
        step(0xff);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^= hash >> 32;
    hash >> (64 - TERM_BITS)
}

/// The term under which the work of a DOI stands.
pub(super) fn doi_term(doi: &Doi) -> u64 {
    Identity(format!("d{doi}")).term()
}

/// The term under which works of a PMID stand.
pub(super) fn pmid_term(pmid: Pmid) -> u64 {
    Identity(format!("p{pmid}")).term()
}

pub(super) fn notice_term(doi: &Doi) -> u64 {
    term(Of::Notice, &[doi.as_str()])
}

/// Words that stand in too many titles to find one.
const COMMON: &[&str] = &[
    "the", "and", "for", "with", "from", "its", "their", "into", "between", "during", "using", "based", "study",
    "analysis", "effect", "effects", "der", "die", "das", "und", "von", "des", "les", "del", "los", "las", "une",
    "dans", "sur", "par", "pour",
];

/// Title words of a record that are kept as terms.
const WORDS: usize = 40;
/// Words that make the beginning of a title.
const START: usize = 3;
/// Authors whose works of a year are found by name.
const AUTHORS: usize = 3;

/// Whether a folded word finds titles.
pub(super) fn is_telling(word: &str) -> bool {
    let long_enough = if word.is_ascii() { word.len() >= 3 } else { word.chars().count() >= 2 };
    (long_enough || word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit())) && !COMMON.contains(&word)
}

/// The term of the first telling words of a folded title.
pub(super) fn title_start(folded: &str) -> Option<u64> {
    let words: Vec<&str> = folded.split(' ').filter(|word| is_telling(word)).take(START).collect();
    (!words.is_empty()).then(|| term(Of::TitleStart, &words))
}

/// A volume or page as a term: its first run of digits without leading zeros ("e0123" and "123" meet).
pub(super) fn number(text: &str) -> Option<&str> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = &text[start..];
    let digits = &digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())];
    Some(digits.trim_start_matches('0')).filter(|digits| !digits.is_empty())
}

/// What of a record another one must share to take its place: its DOI, else its PMID, else what it says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Identity(String);

impl Identity {
    pub fn of(record: &Record) -> Self {
        match record {
            Record::Work(work) => match (work.doi(), work.pmid()) {
                (Some(doi), _) => Self(format!("d{doi}")),
                (None, Some(pmid)) => Self(format!("p{pmid}")),
                (None, None) => {
                    let text = |field| fold(&work.plain(field).unwrap_or_default());
                    let author = work.creators().first().map(|name| fold_key(&name.cited())).unwrap_or_default();
                    let year = work.year().map(|year| year.to_string()).unwrap_or_default();
                    let [title, volume, page] = [Field::Title, Field::Volume, Field::Page].map(text);
                    Self(format!("c{title}|{author}|{year}|{volume}|{page}"))
                }
            },
            Record::Notice(doi, notice) => {
                Self(format!("n{doi}|{}|{}|{}", notice.kind.code(), notice.date, notice.notice))
            }
        }
    }

    pub fn term(&self) -> u64 {
        term(Of::Identity, &[&self.0])
    }
}

/// The terms of a record but for that of its [`Identity`], each once.
pub(super) fn of_record(record: &Record) -> Vec<u64> {
    match record {
        Record::Work(work) => of_work(work),
        Record::Notice(doi, _) => vec![notice_term(doi)],
    }
}

fn of_work(work: &Work) -> Vec<u64> {
    let mut terms = Vec::with_capacity(32);
    // A work with a DOI is found by its identity.
    if work.doi().is_some() {
        terms.extend(work.pmid().map(|pmid| Identity(format!("p{pmid}")).term()));
    }
    let title = fold(&work.plain(Field::Title).unwrap_or_default());
    terms.extend(title.split(' ').filter(|word| is_telling(word)).take(WORDS).map(|word| term(Of::Word, &[word])));
    terms.extend(title_start(&title));
    // Records that were read from lists have the title of an anonymous work for its author.
    if let ([Name::Person(PersonName { family: name, given: None, .. }) | Name::Literal { literal: name }], None) =
        (work.creators(), work.get(Field::ContainerTitle))
    {
        let name = fold(name);
        terms.extend(name.split(' ').filter(|word| is_telling(word)).take(WORDS).map(|word| term(Of::Word, &[word])));
        terms.extend(title_start(&name));
    }
    let families: Vec<String> = work.creators().iter().take(AUTHORS).map(|name| fold_key(&name.cited())).collect();
    if let Some(year) = work.year().map(|year| year.to_string()) {
        terms.extend(families.iter().map(|family| term(Of::AuthorYear, &[family, &year])));
    }
    if let Some(page) = work.get(Field::Page).and_then(number) {
        terms.extend(families.first().map(|family| term(Of::AuthorPage, &[family, page])));
        let volume = work.get(Field::Volume).and_then(number);
        terms.extend(volume.map(|volume| term(Of::VolumePage, &[volume, page])));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Numbers of a reference that may be its year, volume or page.
const NUMBERS: usize = 12;
/// Words of a reference that are looked up.
const ASKED: usize = 120;
/// Words that may be the family name of an author.
const NAMES: usize = 16;

/// The terms that may find the work of a printed reference: all its words, and the pairs that its names and
/// numbers can make.
pub(super) fn of_reference(raw: &str, work: &Work) -> Vec<u64> {
    let folded = fold(raw);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(ASKED).collect();
    let mut terms: Vec<u64> =
        words.iter().filter(|word| is_telling(word)).map(|word| term(Of::Word, &[word])).collect();
    let title = fold(&work.plain(Field::Title).unwrap_or_default());
    terms.extend(title.split(' ').filter(|word| is_telling(word)).take(WORDS).map(|word| term(Of::Word, &[word])));
    terms.extend(title_start(&title));
    let mut names: Vec<String> = work.creators().iter().take(NAMES / 2).map(|name| fold_key(&name.cited())).collect();
    let is_name = |word: &&&str| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic);
    names.extend(words.iter().take(20).filter(is_name).take(NAMES / 2).map(|word| (*word).to_owned()));
    names.sort_unstable();
    names.dedup();
    let mut numbers: Vec<&str> =
        [Field::Volume, Field::Page].into_iter().filter_map(|f| number(work.get(f)?)).collect();
    // The facts of publication stand behind the title, or at the very beginning.
    let printed = words.iter().rev().filter_map(|word| number(word).filter(|n| n.len() <= 9));
    numbers.extend(printed.take(NUMBERS));
    let mut seen = Vec::new();
    numbers.retain(|n| {
        !seen.contains(n) && {
            seen.push(n);
            true
        }
    });
    let year = work.year().map(|year| year.to_string());
    let mut years: Vec<&str> = year.as_deref().into_iter().collect();
    years.extend(numbers.iter().filter(|n| n.len() == 4 && matches!(&n[..2], "18" | "19" | "20")));
    years.sort_unstable();
    years.dedup();
    for name in &names {
        terms.extend(years.iter().map(|year| term(Of::AuthorYear, &[name, year])));
        terms.extend(numbers.iter().map(|page| term(Of::AuthorPage, &[name, page])));
    }
    for volume in &numbers {
        terms.extend(numbers.iter().filter(|page| *page != volume).map(|page| term(Of::VolumePage, &[volume, page])));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}
