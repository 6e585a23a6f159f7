//! A printed reference and a record, field by field.

pub(super) mod container;
pub(super) mod names;
pub(super) mod numbers;
pub(super) mod title;
pub(super) mod words;

use names::Folded;
use words::words;

use crate::text::fold_key;
use crate::work::{Field, Name, Work};

/// How a field of a reference compares with a record's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// One of them does not say.
    Unknown,
    Same,
    /// The same, but printed where another field was expected.
    Elsewhere,
    /// Not the same, but what slips and sources make of the same.
    Close,
    Different,
}

/// A reference as it is compared, prepared once for all candidates.
#[derive(Debug)]
pub(super) struct Asked {
    /// The words of the whole string.
    pub words: Vec<String>,
    /// The letters of the string without spaces, for names that a scan cut or joined.
    pub letters: String,
    pub title: Vec<String>,
    pub authors: Vec<Folded>,
    pub year: Option<i32>,
    pub volume: String,
    pub issue: String,
    pub pages: (String, String),
    pub container: Vec<String>,
    /// The numbers of the string but for those of the title.
    pub numbers: Vec<String>,
}

impl Asked {
    pub fn new(raw: &str, work: &Work) -> Self {
        let text = |field| work.plain(field).unwrap_or_default();
        let raw = without_label(raw);
        let words = words(raw);
        let title = title::title_words(&text(Field::Title));
        let (volume, issue) = (numbers::volume(&text(Field::Volume)), numbers::digits(&text(Field::Issue)));
        let pages = numbers::pages(&text(Field::Page));
        let year = work.year();
        let container = text(Field::ContainerTitle);
        let mut numbers: Vec<String> = words
            .iter()
            .filter(|word| word.len() <= 12 && word.bytes().any(|b| b.is_ascii_digit()))
            .map(|word| numbers::digits(word))
            .filter(|number| !number.is_empty())
            .collect();
        for of_title in title.iter().map(|word| numbers::digits(word)).filter(|number| !number.is_empty()) {
            if let Some(at) = numbers.iter().position(|number| *number == of_title) {
                numbers.remove(at);
            }
        }
        // Of structured works the string does not hold everything, and a number may be printed in Roman letters.
        let year_text = year.map(|year| year.to_string()).unwrap_or_default();
        for own in [&volume, &issue, &pages.0, &year_text] {
            if !own.is_empty() && !numbers.contains(own) {
                numbers.push(own.clone());
            }
        }
        Self {
            title,
            authors: names::folded(work),
            year,
            volume,
            issue,
            pages,
            container: container::container_words(without_label(&container)),
            numbers,
            letters: letters(&words),
            words,
        }
    }

    /// Whether a folded name stands in the string, as one word or as two.
    pub fn has_word(&self, name: &str) -> bool {
        name.len() >= 3
            && (self.words.iter().any(|word| word == name)
                || self.words.windows(2).any(|pair| {
                    name.len() == pair[0].len() + pair[1].len()
                        && name.starts_with(&pair[0])
                        && name.ends_with(&pair[1])
                }))
    }
}

/// A record as it is compared.
#[derive(Debug)]
pub(super) struct Recorded {
    pub title: Vec<String>,
    pub authors: Vec<Folded>,
    pub year: Option<i32>,
    pub volume: String,
    pub issue: String,
    pub pages: (String, String),
    pub container: Vec<String>,
    /// The container's letters without spaces.
    pub container_key: String,
    pub publisher: Vec<String>,
}

/// The work of a record that was read with its title for an author: "Author index. Journal of Ferries", without authors.
/// `None` where the record cannot be such a one.
pub(super) fn shifted(work: &Work) -> Option<Work> {
    let [name] = work.creators() else { return None };
    let title = match name {
        Name::Literal { literal } => literal,
        Name::Person(person) if person.given.is_none() => &person.family,
        Name::Person(_) => return None,
    };
    if work.get(Field::ContainerTitle).is_some() || work.get(Field::Title).is_none() {
        return None;
    }
    let mut shifted = work.clone();
    shifted.contributors.clear();
    shifted.set(Field::ContainerTitle, work.get(Field::Title).unwrap_or_default());
    shifted.set(Field::Title, title.as_str());
    Some(shifted)
}

impl Recorded {
    pub fn new(work: &Work) -> Self {
        let text = |field| work.plain(field).unwrap_or_default();
        let container = text(Field::ContainerTitle);
        let (mut volume, mut issue, mut pages) =
            (text(Field::Volume).into_owned(), text(Field::Issue).into_owned(), text(Field::Page).into_owned());
        // Records that were read from printed lists have the pages of a chapter as its volume, or all numbers behind the
        // name of the journal.
        if pages.is_empty() && is_range(&volume) {
            std::mem::swap(&mut pages, &mut volume);
        }
        let (name, behind) = container_and_numbers(&container);
        for (own, found) in [(&mut volume, 0), (&mut issue, 1), (&mut pages, 2)] {
            if own.is_empty()
                && let Some(found) = behind.get(found)
            {
                *own = (*found).to_owned();
            }
        }
        // A journal that numbers its volumes by years says nothing by them.
        let year = work.year().map(|year| year.to_string());
        let volume = Some(numbers::volume(&volume)).filter(|volume| Some(volume) != year.as_ref()).unwrap_or_default();
        Self {
            title: title::title_words(&text(Field::Title)),
            authors: names::folded(work),
            year: work.year(),
            volume,
            issue: numbers::digits(&issue),
            pages: numbers::pages(&pages),
            container: container::container_words(name),
            container_key: fold_key(name),
            publisher: words(&text(Field::Publisher)),
        }
    }

    /// Whether a word beside a title comes from another field of the record.
    pub fn explains(&self, word: &str) -> bool {
        let year = self.year.map(|year| year.to_string());
        let number = numbers::digits(word);
        self.container.iter().any(|other| other == word || word.len() >= 2 && other.starts_with(word))
            || matches!(word, "of" | "the" | "and" | "in" | "for" | "et" | "al" | "vol" | "pp" | "no")
            || self
                .authors
                .iter()
                .any(|author| author.given.starts_with(word) || word.len() >= 2 && author.family.contains(word))
            || self.publisher.iter().any(|other| other == word)
            || !number.is_empty()
                && number.len() == word.trim_start_matches('0').len()
                && (year.as_deref() == Some(&number)
                    || [&self.volume, &self.issue, &self.pages.0, &self.pages.1].contains(&&number))
    }
}

/// The beginning of a string without its spaces.
fn letters(words: &[String]) -> String {
    const MOST: usize = 600;
    let mut out = String::new();
    for word in words {
        if out.len() + word.len() > MOST {
            break;
        }
        out.push_str(word);
    }
    out
}

/// "45–53", "e12-e20".
fn is_range(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '–', '—']).collect();
    parts.len() == 2 && parts.iter().all(|part| part.contains(|c: char| c.is_ascii_digit()))
}

/// The name of a container, without numbers that stand behind it.
pub(super) fn container_name(text: &str) -> &str {
    container_and_numbers(text).0
}

/// "Journal of Ferries, 24(3), 12–15": the name, and the numbers behind it (volume, issue, pages).
fn container_and_numbers(text: &str) -> (&str, Vec<&str>) {
    let behind = |(at, _): &(usize, &str)| {
        let rest = text[at + 1..].trim_start();
        rest.strip_prefix('(').unwrap_or(rest).starts_with(|c: char| c.is_ascii_digit())
    };
    let Some((at, _)) = text.match_indices(',').find(behind) else {
        // The front matter of a volume: "Advances in Ferries, vii–viii".
        return match text.rsplit_once(',') {
            Some((name, pages)) if numbers::is_front_matter(pages.trim()) => (name, vec!["", "", pages.trim()]),
            _ => (text, Vec::new()),
        };
    };
    let rest = text[at + 1..].trim();
    let (numbers, pages) = rest.split_once(',').unwrap_or((rest, ""));
    let (volume, issue) = numbers.split_once('(').unwrap_or((numbers, ""));
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_digit() || "-–—/ ".contains(c));
    let issue = issue.trim_end_matches(')');
    if !plain(volume) || !plain(issue) {
        return (text, Vec::new());
    }
    (&text[..at], [volume, issue, pages].map(str::trim).to_vec())
}

/// A reference without the number under which its list prints it: "[1] ", "(12) ", "3. ", "1Nature".
fn without_label(raw: &str) -> &str {
    let text = raw.trim_start();
    let opened = text.strip_prefix(['[', '(']);
    let inner = opened.unwrap_or(text);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &inner[digits..];
    let rest = match opened {
        Some(_) => rest.strip_prefix([']', ')']),
        None => rest.strip_prefix('.').or(Some(rest)).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())),
    };
    // "3D printing" and "2016 IEEE Region 10 Conference" begin with a number that is theirs.
    let is_name = |rest: &str| rest.trim_start().starts_with(char::is_uppercase);
    match rest {
        Some(rest) if (1..=3).contains(&digits) && is_name(rest) => rest.trim_start(),
        _ => raw,
    }
}
