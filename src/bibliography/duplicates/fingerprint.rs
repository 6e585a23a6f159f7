//! What of a record is compared, folded once.

use std::borrow::Cow;

use super::companion::{Companion, companion, is_placeholder, without_notes};
use super::version::{Class, Version};
use crate::text::{fold, fold_key};
use crate::work::{Field, Name, Work};

/// By what a record is found.
pub(super) struct Heading {
    /// Words of letters and digits.
    pub title: String,
    pub doi: Option<String>,
    pub pmid: Option<String>,
    pub year: Option<i32>,
    pub volume: String,
    /// The first page without leading zeros.
    pub page: String,
    /// The family name of the first author, folded without spaces.
    pub author: Option<String>,
}

pub(super) struct Fingerprint {
    heading: Heading,
    /// Family names, folded without spaces.
    pub authors: Vec<String>,
    /// Pairs of neighbouring characters of the title, sorted.
    pub bigrams: Vec<(char, char)>,
    /// Numbers in the title.
    pub numbers: Vec<String>,
    /// Roman numbers in the title.
    pub romans: Vec<String>,
    /// It is numbered from 1 and has no volume, as what is online before it is in one.
    pub starts_anew: bool,
    /// The given name of the first author.
    pub given: String,
    pub container: String,
    /// What the text is to the one whose title it carries.
    pub companion: Option<Companion>,
    pub version: Version,
    pub class: Class,
}

impl std::ops::Deref for Fingerprint {
    type Target = Heading;

    fn deref(&self) -> &Heading {
        &self.heading
    }
}

/// Longer texts stand for nothing but themselves, in bytes.
const LONGEST_PLACEHOLDER: usize = 64;

/// Titles longer than this are compared by their beginning.
const LONGEST_TITLE: usize = 400;

/// The text of a field without markup, unless it only fills the place of one.
fn plain(work: &Work, field: Field) -> Cow<'_, str> {
    let is_told = |text: &Cow<'_, str>| text.len() > LONGEST_PLACEHOLDER || !is_placeholder(&fold(text));
    work.plain(field).filter(is_told).unwrap_or_default()
}

impl Fingerprint {
    pub fn of(work: &Work) -> Self {
        let heading = Heading::of(work);
        let title = &heading.title;
        let letters: Vec<char> = title.chars().filter(|c| *c != ' ').collect();
        let mut bigrams: Vec<(char, char)> = letters.windows(2).map(|w| (w[0], w[1])).collect();
        bigrams.sort_unstable();
        let mut numbers: Vec<String> =
            title.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_owned).collect();
        numbers.sort_unstable();
        let romans = title.split(' ').filter(|w| is_roman(w)).map(str::to_owned).collect();
        let given = match work.creators().first() {
            Some(Name::Person(person)) => person.given.as_deref().map(fold_key).unwrap_or_default(),
            _ => String::new(),
        };
        Self {
            authors: families(work.creators()),
            bigrams,
            numbers,
            romans,
            starts_anew: plain(work, Field::Page).split(['-', '–']).next() == Some("1")
                && plain(work, Field::Volume).is_empty(),
            given,
            container: fold(&plain(work, Field::ContainerTitle)),
            companion: companion(title),
            version: Version::of(work),
            class: Class::of(work.kind),
            heading,
        }
    }
}

impl Heading {
    pub fn of(work: &Work) -> Self {
        let first_word = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).map(fold_key).unwrap_or_default()
        };
        Self {
            title: fold(without_notes(&plain(work, Field::Title))).chars().take(LONGEST_TITLE).collect(),
            doi: work.doi().map(|doi| doi.to_string()),
            pmid: work.pmid().map(|pmid| pmid.to_string()),
            year: work.year(),
            volume: first_word(&plain(work, Field::Volume)).trim_start_matches('0').to_owned(),
            page: first_page(&plain(work, Field::Page)),
            author: match work.creators() {
                [first, _, ..] => Some(fold_key(&first.cited())),
                names => families(names).into_iter().next(),
            },
        }
    }

    /// The keys under which the record meets others.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = Vec::with_capacity(7);
        keys.extend(self.doi.as_ref().map(|doi| format!("d{doi}")));
        keys.extend(self.pmid.as_ref().map(|pmid| format!("i{pmid}")));
        let letters: Vec<char> = self.title.chars().filter(|c| *c != ' ').collect();
        if !letters.is_empty() {
            let ends = 16.min(letters.len());
            keys.push(format!("t{}", letters[..ends].iter().collect::<String>()));
            keys.push(format!("e{}", letters[letters.len() - ends..].iter().collect::<String>()));
        }
        if let (Some(year), false) = (self.year, self.page.is_empty()) {
            keys.push(format!("p{year}|{}|{}", self.page, self.volume));
        }
        if let Some(author) = self.author.as_ref().filter(|a| !a.is_empty()) {
            if !self.page.is_empty() {
                keys.push(format!("a{author}|{}", self.page));
            }
            keys.extend(self.year.map(|year| format!("y{author}|{year}")));
        }
        keys
    }
}

/// Family names, folded without spaces. A list with semicolons is one name to the formats that part names otherwise.
fn families(names: &[Name]) -> Vec<String> {
    if let [Name::Person(person)] = names
        && let Some(given) = person.given.as_deref().filter(|given| given.contains(';'))
    {
        let whole = format!("{given} {}", names[0].cited());
        let family = |name: &str| match name.split_once(',') {
            Some((family, _)) => fold_key(family),
            None => name.split_whitespace().next_back().map(fold_key).unwrap_or_default(),
        };
        return whole.split(';').map(family).filter(|f| !f.is_empty()).collect();
    }
    names.iter().map(|name| fold_key(&name.cited())).collect()
}

/// Two letters or more: a single one is more often a word.
fn is_roman(word: &str) -> bool {
    matches!(word, "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix")
}

fn first_page(pages: &str) -> String {
    let first = pages.split(['-', '–', '—', ',', ';']).next().unwrap_or_default();
    fold_key(first).trim_start_matches('0').to_owned()
}
