//! A reference list as citations see it: by first name and year, and by number.

use std::collections::{BTreeSet, HashMap};

use super::duplicates::duplicates;
use super::years::{Printed, printed_years};
use super::{CitedYear, CitingNote, ListedReference};
use crate::text::{fold, fold_key};
use crate::work::{Field, Name};

/// A reference list that citations are looked up in.
#[derive(Debug)]
pub(super) struct ReferenceList {
    pub entries: Vec<Entry>,
    /// Indices by a folded name of the first creator, in every spelling under which it may be cited.
    by_first: HashMap<String, Vec<usize>>,
    /// Indices by the folded words that a reference begins with: bodies, titles, names that could not be read.
    by_opening: HashMap<String, Vec<usize>>,
    /// Indices by folded words of the names of first creators: "Silva" of "Rocha Silva".
    by_part: HashMap<String, Vec<usize>>,
    numbers: Numbers,
    /// Where numbers are those of notes: the works that each names, which may be none.
    by_note: HashMap<u32, Vec<usize>>,
    /// The list prints its numbers.
    pub is_numbered: bool,
    by_year: HashMap<i32, Vec<usize>>,
    /// Pairs (first, copy) of references that print one work twice.
    pub duplicates: Vec<(usize, usize)>,
    copies: Vec<bool>,
}

/// What resolving needs of one reference.
#[derive(Debug)]
pub(super) struct Entry {
    /// Folded cited names of the creators, in order; every spelling of each.
    pub names: Vec<Vec<String>>,
    /// The list of names says that it is not complete.
    pub incomplete: bool,
    /// The year of the work, else all years that are printed in the reference.
    years: Vec<i32>,
    /// All years printed in the reference: of a first edition, of a reprint.
    other_years: Vec<i32>,
    /// Ranges of years printed in the reference, first and last.
    ranges: Vec<(i32, i32)>,
    pub suffix: Option<char>,
    /// The initial of the first creator's given name.
    pub initial: Option<char>,
    in_press: bool,
    /// The reference as printed, folded without spaces.
    folded: String,
}

/// How well the authors that a citation prints agree with those of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// A co-author is cited that the reference does not print.
    Contradicts,
    /// The number of authors does not agree with how they are cited.
    Loose,
    Exact,
}

impl ReferenceList {
    pub fn new(references: &[ListedReference<'_>]) -> Self {
        let mut entries: Vec<Entry> = Vec::with_capacity(references.len());
        for reference in references {
            let mut entry = Entry::of(reference);
            if let (true, Some(before)) = (repeats_authors(reference.text), entries.last()) {
                entry.take_authors(before);
            }
            entries.push(entry);
        }
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_opening: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_part: HashMap<String, Vec<usize>> = HashMap::new();
        let mut openings_before: Vec<String> = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            for spelling in entry.names.first().into_iter().flatten() {
                by_first.entry(spelling.clone()).or_default().push(i);
            }
            // A dash stands for a body, too.
            if !repeats_authors(references[i].text) {
                openings_before = openings(references[i].text);
                openings_before.extend(openings(without_article(references[i].text)));
            }
            for opening in &openings_before {
                by_opening.entry(opening.clone()).or_default().push(i);
            }
            if let Some(Name::Person(person)) = references[i].work.creators().first() {
                let family = person.family.replace('-', " ");
                let words: Vec<&str> = family.split_whitespace().filter(|w| w.chars().count() > 2).collect();
                for word in words.iter().filter(|_| words.len() > 1) {
                    by_part.entry(fold_key(word)).or_default().push(i);
                }
            }
        }
        let mut by_year: HashMap<i32, Vec<usize>> = HashMap::new();
        for (i, entry) in entries.iter().enumerate() {
            for &year in entry.years.iter().chain(&entry.other_years).collect::<BTreeSet<_>>() {
                by_year.entry(year).or_default().push(i);
            }
        }
        let duplicates = duplicates(references);
        let mut copies = vec![false; entries.len()];
        for &(_, copy) in &duplicates {
            copies[copy] = true;
        }
        let numbers = Numbers::of(references);
        let is_numbered = numbers.are_printed;
        Self {
            by_first,
            by_opening,
            by_part,
            numbers,
            by_note: HashMap::new(),
            is_numbered,
            by_year,
            duplicates,
            copies,
            entries,
        }
    }

    /// The list where the numbers of its document are those of notes that name its works.
    pub fn through_notes(mut self, notes: &[CitingNote]) -> Self {
        let listed = |works: &[usize]| works.iter().copied().filter(|w| *w < self.entries.len()).collect();
        self.by_note = notes.iter().map(|note| (note.number, listed(&note.works))).collect();
        self.is_numbered |= !self.by_note.is_empty();
        self
    }

    /// References of a cited year.
    pub fn of_year(&self, year: &CitedYear) -> &[usize] {
        match year {
            CitedYear::Year { year, .. } => self.by_year.get(year).map_or(&[], Vec::as_slice),
            CitedYear::NoDate | CitedYear::InPress => &[],
        }
    }

    /// The reference with a number of the list, or all that share it: "(a) …; (b) …".
    pub fn numbered(&self, number: u32) -> &[usize] {
        self.numbers.all.get(&number).map_or(&[], Vec::as_slice)
    }

    /// The reference with a letter behind its number.
    pub fn lettered(&self, number: u32, letter: char) -> Option<usize> {
        self.numbers.lettered.get(&(number, letter)).copied()
    }

    /// Whether the numbers of the document are those of notes.
    pub fn has_notes(&self) -> bool {
        !self.by_note.is_empty()
    }

    /// The works that a note names; nothing where there is no such note.
    pub fn noted(&self, number: u32) -> Option<&[usize]> {
        self.by_note.get(&number).map(Vec::as_slice)
    }

    /// The highest number of the list.
    pub fn highest_number(&self) -> u32 {
        let numbers = if self.has_notes() { self.by_note.keys().max() } else { self.numbers.all.keys().max() };
        numbers.copied().unwrap_or(0)
    }

    /// References whose first creator is cited under a folded name.
    pub fn first_named(&self, folded: &str) -> &[usize] {
        self.by_first.get(folded).map_or(&[], Vec::as_slice)
    }

    /// References that begin with folded words.
    pub fn opening_with(&self, folded: &str) -> &[usize] {
        self.by_opening.get(folded).map_or(&[], Vec::as_slice)
    }

    /// References of whose first creator's compound name this is a part.
    pub fn part_named(&self, folded: &str) -> &[usize] {
        self.by_part.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether a reference repeats an earlier one.
    pub fn is_copy(&self, index: usize) -> bool {
        self.copies[index]
    }
}

impl Entry {
    fn of(reference: &ListedReference<'_>) -> Self {
        let work = reference.work;
        let printed = printed_years(reference.text);
        let year = work.year();
        // A range may be one of pages: it counts where a citation prints the same.
        let numbers = || printed.iter().filter(|p| p.until.is_none()).filter_map(Printed::year);
        let status = work.get(Field::Status).map(fold_key).unwrap_or_default();
        let mut names: Vec<Vec<String>> = work.creators().iter().map(spellings).collect();
        if let Some(head) = head(reference.text) {
            match names.first_mut() {
                Some(first) if !first.contains(&head) => first.push(head),
                Some(_) => {}
                None => names.push(vec![head]),
            }
        }
        let press = |s: &str| s.contains("press") || s.contains("forthcoming") || s.contains("prelo");
        Self {
            names,
            incomplete: work.contributors.values().next().is_some_and(|list| list.incomplete),
            years: year.map_or_else(|| numbers().collect(), |y| vec![y]),
            other_years: numbers().collect(),
            ranges: printed.iter().filter_map(|p| p.year().zip(p.until)).collect(),
            suffix: work.get(Field::YearSuffix).and_then(|s| s.chars().next()).or_else(|| suffix(&printed, year)),
            initial: match work.creators().first() {
                Some(Name::Person(person)) => person.given.as_deref().and_then(initial),
                _ => None,
            },
            in_press: press(&status) || printed.iter().any(|p| p.date == CitedYear::InPress),
            folded: fold_key(reference.text),
        }
    }

    /// Whether the reference may be dated as a citation prints it.
    pub fn has_year(&self, cited: &CitedYear) -> bool {
        match cited {
            CitedYear::Year { year, suffix } => {
                self.years.contains(year) && (suffix.is_none() || self.suffix.is_none() || self.suffix == *suffix)
            }
            CitedYear::NoDate => self.years.is_empty(),
            CitedYear::InPress => self.in_press || self.years.is_empty(),
        }
    }

    /// Whether the reference prints the range of years that a citation has.
    pub fn has_range(&self, first: i32, last: i32) -> bool {
        self.ranges.contains(&(first, last))
    }

    /// Whether the cited year stands somewhere in the reference: it may be that of another edition.
    pub fn prints_year(&self, cited: &CitedYear) -> bool {
        match cited {
            CitedYear::Year { year, suffix } => {
                self.other_years.contains(year) && (suffix.is_none() || self.suffix.is_none() || self.suffix == *suffix)
            }
            CitedYear::NoDate | CitedYear::InPress => false,
        }
    }

    /// Takes the names of the reference before, for which a dash stands.
    fn take_authors(&mut self, before: &Self) {
        self.names.clone_from(&before.names);
        self.incomplete = before.incomplete;
        for name in before.names.iter().flatten() {
            self.folded.push_str(name);
        }
    }

    /// Whether the year is right and only the letter after it is another.
    pub fn has_year_with_other_letter(&self, cited: &CitedYear) -> bool {
        matches!(cited, CitedYear::Year { year, .. } if self.years.contains(year)) && !self.has_year(cited)
    }

    pub fn year(&self) -> Option<i32> {
        self.years.first().copied()
    }

    /// Whether the co-authors agree with what the citation prints of them.
    pub fn fits(&self, names: &[String], et_al: bool) -> Fit {
        let known = self.names.len();
        if known <= 1 && names.len() > 1 && !self.incomplete {
            // The name of one body that was read as several.
            let joined = [fold_key(&names.join("and")), fold_key(&names.concat())];
            let is_body = joined.iter().any(|j| self.folded.starts_with(j.as_str()));
            if is_body {
                return Fit::Exact;
            }
        }
        let printed = |i: usize| {
            let name = fold_key(&names[i]);
            self.names.get(i).is_some_and(|spellings| spellings.contains(&name)) || self.prints(&names[i])
        };
        if !(1..names.len()).all(printed) {
            return Fit::Contradicts;
        }
        let shown = names.len();
        // "et al." stands for two names and more; one name more is printed in most styles.
        let agree = if et_al { known > shown + 1 || self.incomplete } else { known == shown && !self.incomplete };
        if agree || (self.incomplete && shown > known) { Fit::Exact } else { Fit::Loose }
    }

    /// Whether a name stands in the reference as printed.
    fn prints(&self, name: &str) -> bool {
        let folded = fold_key(name);
        let last = name.split_whitespace().last().map(fold_key).unwrap_or_default();
        self.folded.contains(&folded) || last.chars().count() > 3 && self.folded.contains(&last)
    }
}

/// The folded first letter of a given name.
pub(super) fn initial(given: &str) -> Option<char> {
    fold_key(given).chars().next()
}

/// "———. Title": a dash stands for the authors of the reference before.
fn repeats_authors(text: &str) -> bool {
    let dashes = text.trim_start().chars().take_while(|c| matches!(c, '_' | '—' | '–' | '-' | '―')).count();
    dashes >= 3 || dashes > 0 && text.trim_start().starts_with('—')
}

/// The folded name that a reference begins with when a comma follows it: right even where the names could not be read.
fn head(text: &str) -> Option<String> {
    let end = text.bytes().take(60).position(|b| b == b',')?;
    let head = &text[..end];
    let plain = head.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'));
    (plain && head.split_whitespace().count() <= 3).then(|| fold_key(head)).filter(|h| h.chars().count() > 1)
}

/// The letter printed after the work's year.
fn suffix(printed: &[Printed], work: Option<i32>) -> Option<char> {
    printed.iter().find_map(|p| match p.date {
        CitedYear::Year { year, suffix } if work.is_none_or(|w| w == year) => suffix,
        _ => None,
    })
}

/// The printed numbers of a list when it has them, else the places in it.
#[derive(Debug, Default)]
struct Numbers {
    /// They are printed, not counted.
    are_printed: bool,
    all: HashMap<u32, Vec<usize>>,
    /// Of entries that hold several references, and of numbers that are printed with a letter.
    lettered: HashMap<(u32, char), usize>,
}

impl Numbers {
    fn of(references: &[ListedReference<'_>]) -> Self {
        let labels: Vec<Option<PrintedNumber>> = references.iter().map(printed_number).collect();
        let printed = labels.iter().flatten().count();
        let ascending = labels.iter().flatten().zip(labels.iter().flatten().skip(1)).filter(|(a, b)| a < b).count();
        // A number at the front of a few references is part of a title.
        let are_labels = printed * 10 >= references.len() * 8 && ascending * 10 >= printed.saturating_sub(1) * 9;
        let mut out = Self { are_printed: are_labels, ..Self::default() };
        let mut place = 0;
        for (i, (label, reference)) in labels.into_iter().zip(references).enumerate() {
            place += u32::from(reference.part.is_none_or(|part| part.letter == 'a'));
            let by_place = PrintedNumber { number: place, letter: reference.part.map(|part| part.letter) };
            let Some(PrintedNumber { number, letter }) = (if are_labels { label } else { Some(by_place) }) else {
                continue;
            };
            let sharing = out.all.entry(number).or_default();
            // Of a number printed twice the first counts.
            if sharing.is_empty() || letter.is_some_and(|letter| !out.lettered.contains_key(&(number, letter))) {
                sharing.push(i);
            }
            if let Some(letter) = letter {
                out.lettered.entry((number, letter)).or_insert(i);
            }
        }
        out
    }
}

/// A number printed before a reference, perhaps with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PrintedNumber {
    pub number: u32,
    pub letter: Option<char>,
}

fn printed_number(reference: &ListedReference<'_>) -> Option<PrintedNumber> {
    let entry = reference.part.map_or(reference.text, |part| part.entry);
    let printed = reference.label.map_or_else(|| leading_number(entry), number_of_label)?;
    Some(PrintedNumber { letter: reference.part.map(|part| part.letter).or(printed.letter), ..printed })
}

pub(super) fn number_of_label(label: &str) -> Option<PrintedNumber> {
    let bare = label.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let digits = bare.trim_matches(|c: char| !c.is_ascii_digit());
    let number = digits.parse().ok().filter(|n| *n <= super::numeric::MOST)?;
    Some(PrintedNumber { number, letter: bare.strip_prefix(digits).and_then(letter) })
}

/// "12." or "[12]" or "12a." at the front of a reference.
fn leading_number(text: &str) -> Option<PrintedNumber> {
    let open = text.trim_start().strip_prefix(['[', '(']);
    let rest = open.unwrap_or(text.trim_start());
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let behind = rest[end..].trim_start_matches(|c: char| c.is_ascii_lowercase());
    let closes = if open.is_some() { &[']', ')'][..] } else { &['.', ')'][..] };
    let label = &rest[..rest.len() - behind.len()];
    let letter = letter(&label[end..]);
    (behind.starts_with(closes) && (label.len() == end || letter.is_some())).then_some(())?;
    let number = label[..end].parse().ok().filter(|n| *n <= super::numeric::MOST)?;
    Some(PrintedNumber { number, letter })
}

/// The letter of a text that is nothing but one of the first of the alphabet.
fn letter(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|c| ('a'..='h').contains(c) && chars.next().is_none())
}

/// The folded forms under which a name may be cited.
fn spellings(name: &Name) -> Vec<String> {
    let mut forms = vec![fold_key(&name.cited())];
    match name {
        Name::Person(person) => {
            forms.push(fold_key(&person.family));
            if let Some(particle) = &person.dropping_particle {
                forms.push(fold_key(&format!("{particle} {}", person.family)));
            }
            if let Some(suffix) = &person.suffix {
                forms.push(fold_key(&format!("{} {suffix}", person.family)));
            }
            // "Müller" is "Muller" when folded, and is cited as "Mueller" too.
            let family = person.family.to_lowercase();
            let pairs = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe")];
            let spelt_out = pairs.iter().fold(family, |name, (letter, pair)| name.replace(letter, pair));
            forms.push(fold_key(&spelt_out));
        }
        Name::Literal { literal } => {
            // "World Health Organization (WHO)" and its acronym.
            let plain = literal.split(['(', '[']).next().unwrap_or(literal);
            forms.push(fold_key(plain));
            forms.extend(acronyms(plain).filter(|a| a.chars().count() > 1).map(|a| fold_key(&a)));
            if let Some(inside) = literal.split_once('(').and_then(|(_, rest)| rest.split_once(')')) {
                forms.push(fold_key(inside.0));
            }
        }
    }
    forms.retain(|f| !f.is_empty());
    forms.sort();
    forms.dedup();
    forms
}

/// Most words of a body's name or a title that a citation shows.
const OPENING_WORDS: usize = 9;

/// The folded words that a reference begins with, one, two and more of them; and the acronym in brackets that
/// explains them ("Society for Salt (SFS)"), or that they make up.
fn openings(text: &str) -> Vec<String> {
    let head: String = text.chars().take(160).collect();
    let folded = fold(&head);
    let mut forms = Vec::new();
    let mut joined = String::new();
    for word in folded.split(' ').take(OPENING_WORDS) {
        joined.push_str(word);
        if joined.chars().count() > 1 {
            forms.push(joined.clone());
        }
    }
    let body = head.split(['.', ',']).next().unwrap_or(&head);
    let bracketed = body.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
    forms.extend(bracketed.filter(|b| is_acronym(b)).map(fold_key));
    let plain = body.split('(').next().unwrap_or(body);
    forms.extend(acronyms(plain).filter(|a| a.chars().count() > 2).map(|a| fold_key(&a)));
    forms
}

/// A reference without the article that its author or title begins with; empty where it has none.
fn without_article(text: &str) -> &str {
    ["The ", "Die ", "Der ", "Das ", "La ", "Le ", "Les "]
        .iter()
        .find_map(|article| text.strip_prefix(article))
        .unwrap_or("")
}

/// The acronyms that the words of a body's name make: "WHO"; "UEPA", "USEPA" and "EPA" of "US Environmental Protection
/// Agency".
fn acronyms(body: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = body.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).collect();
    let initials = |words: &[&str]| words.iter().filter_map(|w| w.chars().next()).collect::<String>();
    let place = words.first().map(|w| w.replace('.', "")).filter(|w| (2..=3).contains(&w.len()) && is_acronym(w));
    let rest = initials(words.get(1..).unwrap_or_default());
    let with_place = place.map(|place| [format!("{place}{rest}"), rest]);
    std::iter::once(initials(&words)).chain(with_place.into_iter().flatten())
}

fn is_acronym(s: &str) -> bool {
    (2..=12).contains(&s.chars().count()) && s.chars().filter(|c| c.is_uppercase()).count() >= 2
}
