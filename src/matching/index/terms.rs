//! Under which terms a record is found, and which terms a reference asks for.
//!
//! Words of the title alone find most works. Pairs of facts (author and year, author and page, volume and page) find
//! those whose references print no title, and stay short lists however many works there are; the beginning of the
//! title finds titles that are made of common words only.

use super::super::compare::{container_name, shifted};
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
    /// The beginning of the container's name, and the page: for works without authors, and where a scan spoilt the rest.
    ContainerPage,
    /// A family name. This and the next two find nothing: they tell how common what a record says is.
    Author,
    Container,
    ContainerYear,
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
pub(in super::super) const START: usize = 3;
/// Authors whose works of a year are found by name.
const AUTHORS: usize = 3;

/// Whether a folded word finds titles.
pub(in super::super) fn is_telling(word: &str) -> bool {
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
        let container = fold(&work.plain(Field::ContainerTitle).unwrap_or_default());
        terms.extend(container_start(&container).map(|start| term(Of::ContainerPage, &[start, page])));
    }
    let of = Counted::of(work, &title, &families);
    terms.extend(of.authors.into_iter().chain(of.container).chain(of.container_year));
    if let Some(work) = shifted(work) {
        let of = Counted::of_work(&work);
        terms.extend(of.container.into_iter().chain(of.container_year));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The terms whose lists tell how common what a record says is.
#[derive(Debug)]
pub(super) struct Counted {
    /// Of the first authors.
    pub authors: Vec<u64>,
    pub container: Option<u64>,
    pub container_year: Option<u64>,
    pub title_start: Option<u64>,
}

impl Counted {
    pub fn of_work(work: &Work) -> Self {
        let title = fold(&work.plain(Field::Title).unwrap_or_default());
        let families: Vec<String> = work.creators().iter().take(AUTHORS).map(|name| fold_key(&name.cited())).collect();
        Self::of(work, &title, &families)
    }

    fn of(work: &Work, title: &str, families: &[String]) -> Self {
        let container = work.plain(Field::ContainerTitle).unwrap_or_default();
        let container = fold_key(container_name(&container));
        let is_named = !container.is_empty();
        let year = work.year().map(|year| year.to_string());
        let in_year = |year: String| term(Of::ContainerYear, &[&container, &year]);
        Self {
            authors: families.iter().map(|family| term(Of::Author, &[family])).collect(),
            container: is_named.then(|| term(Of::Container, &[&container])),
            container_year: year.filter(|_| is_named).map(in_year),
            title_start: title_start(title),
        }
    }
}

/// Numbers of a reference that may be its year, volume or page.
const NUMBERS: usize = 12;
/// Words of a reference that are looked up.
const ASKED: usize = 120;
/// Words that may be the family name of an author.
const NAMES: usize = 16;

/// The first letters of a container's first word that abbreviations keep: "Journal", "J.", "Jnl" are left out with
/// the small words, for they begin the names of too many.
fn container_start(folded: &str) -> Option<&str> {
    const LEFT_OUT: &[&str] = &["the", "journal", "jour", "jnl", "proceedings", "proc", "transactions", "trans"];
    let word =
        folded.split(' ').find(|word| word.chars().count() >= 3 && is_telling(word) && !LEFT_OUT.contains(word))?;
    Some(word.char_indices().nth(3).map_or(word, |(end, _)| &word[..end]))
}

/// The terms that may find the work of a printed reference.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Words of the string.
    pub words: Vec<u64>,
    /// Pairs that its names and numbers can make: a work may share them that shares no word.
    pub pairs: Vec<u64>,
}

/// The terms of a reference: all its words, and the pairs that its names and numbers can make.
pub(super) fn of_reference(raw: &str, work: &Work) -> Wanted {
    let folded = fold(raw);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(ASKED).collect();
    let mut terms: Vec<u64> =
        words.iter().filter(|word| is_telling(word)).map(|word| term(Of::Word, &[word])).collect();
    let title = fold(&work.plain(Field::Title).unwrap_or_default());
    terms.extend(title.split(' ').filter(|word| is_telling(word)).take(WORDS).map(|word| term(Of::Word, &[word])));
    terms.extend(title_start(&title));
    let found_by_words = std::mem::take(&mut terms);
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
    // A style without titles has its container taken for one.
    let container = fold(&work.plain(Field::ContainerTitle).unwrap_or_default());
    for start in [container_start(&container), container_start(&title)].into_iter().flatten() {
        terms.extend(numbers.iter().map(|page| term(Of::ContainerPage, &[start, page])));
    }
    let each_once = |mut terms: Vec<u64>| {
        terms.sort_unstable();
        terms.dedup();
        terms
    };
    Wanted { words: each_once(found_by_words), pairs: each_once(terms) }
}
