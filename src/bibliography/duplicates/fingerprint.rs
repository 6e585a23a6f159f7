//! What of a record is compared, folded once.

use super::companion::{Companion, companion, is_placeholder, without_notes};
use super::version::{Class, Version};
use crate::text::{fold, fold_key};
use crate::work::{Field, Name, Work};

pub(super) struct Fingerprint {
    /// Words of letters and digits.
    pub title: String,
    /// Pairs of neighbouring characters of the title, sorted.
    pub bigrams: Vec<(char, char)>,
    /// Numbers in the title.
    pub numbers: Vec<String>,
    /// Roman numbers in the title.
    pub romans: Vec<String>,
    pub doi: Option<String>,
    pub pmid: Option<String>,
    pub year: Option<i32>,
    pub volume: String,
    /// The first page without leading zeros.
    pub page: String,
    /// It is numbered from 1 and has no volume, as what is online before it is in one.
    pub starts_anew: bool,
    /// Family names, folded without spaces.
    pub authors: Vec<String>,
    /// The given name of the first author.
    pub given: String,
    pub container: String,
    /// What the text is to the one whose title it carries.
    pub companion: Option<Companion>,
    pub version: Version,
    pub class: Class,
}

/// Titles longer than this are compared by their beginning.
const LONGEST_TITLE: usize = 400;

impl Fingerprint {
    pub fn of(work: &Work) -> Self {
        let plain = |field| work.plain(field).filter(|text| !is_placeholder(&fold(text))).unwrap_or_default();
        let title: String = fold(without_notes(&plain(Field::Title))).chars().take(LONGEST_TITLE).collect();
        let letters: Vec<char> = title.chars().filter(|c| *c != ' ').collect();
        let mut bigrams: Vec<(char, char)> = letters.windows(2).map(|w| (w[0], w[1])).collect();
        bigrams.sort_unstable();
        let mut numbers: Vec<String> =
            title.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_owned).collect();
        numbers.sort_unstable();
        let romans = title.split(' ').filter(|w| is_roman(w)).map(str::to_owned).collect();
        let first_word = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).map(fold_key).unwrap_or_default()
        };
        let given = match work.creators().first() {
            Some(Name::Person(person)) => person.given.as_deref().map(fold_key).unwrap_or_default(),
            _ => String::new(),
        };
        Self {
            bigrams,
            numbers,
            romans,
            doi: work.doi().map(|doi| doi.to_string()),
            pmid: work.pmid().map(|pmid| pmid.to_string()),
            year: work.year(),
            volume: first_word(&plain(Field::Volume)).trim_start_matches('0').to_owned(),
            page: first_page(&plain(Field::Page)),
            starts_anew: plain(Field::Page).split(['-', '–']).next() == Some("1") && plain(Field::Volume).is_empty(),
            authors: families(work.creators()),
            given,
            container: fold(&plain(Field::ContainerTitle)),
            companion: companion(&title),
            version: Version::of(work),
            class: Class::of(work.kind),
            title,
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
        if let Some(author) = self.authors.first().filter(|a| !a.is_empty()) {
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
