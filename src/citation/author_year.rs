//! What in a text has the form of an author-year citation.
//!
//! Three forms: in a bracket with its authors ("(Ianello et al. 1998; see Wu 2008)"), narrative with the year in a
//! bracket ("Nunley and Jones (2009)"), and without any bracket ("Ishibashi et al. 1987a, b"). Form alone does not
//! settle what is a citation and where it starts: see `resolve`.

use std::ops::Range;

use super::authors::{CitedAuthors, Semicolons};
use super::brackets::{Bracket, Innermost};
use super::words::{is_capitalised, is_conjunction, is_lead_in, is_particle};
use super::years::{CitedYear, Printed, printed_years};

/// A citation by its form, not yet resolved. Ranges and offsets count bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCitation {
    pub authors: CitedAuthors,
    pub year: CitedYear,
    pub form: CitedForm,
    /// What the offsets of the names count from.
    pub(super) base: usize,
    /// Where the year stands.
    pub(super) date: Range<usize>,
    /// The year of the first edition, printed behind: "1988 [1975]".
    pub(super) original: Option<i32>,
    /// The last year, where several are printed as a range: the work has the same range.
    pub(super) until: Option<i32>,
    /// The names are printed before an earlier year of the same row.
    pub(super) continues: bool,
    /// The bracket around it when it is alone in that.
    pub(super) alone_in: Option<Range<usize>>,
    /// What stands before the names belongs to the sentence or to another citation.
    pub(super) opens_clause: bool,
    /// The bracket follows what may be the name of a species: "Turdus subalaris (Seebohm, 1887)".
    pub(super) follows_taxon: bool,
    /// The bracket tells where and when the authors made something: "drawn by the authors (Salzburg, 2020)", "Source:
    /// survey (Salzburg, 2020)".
    pub(super) follows_authors: bool,
}

/// How a citation stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitedForm {
    /// "(Nunley and Jones, 2009)"
    Bracket,
    /// "Nunley and Jones (2009)"
    YearInBracket,
    /// "Nunley and Jones 2009"
    Bare,
}

impl FoundCitation {
    /// The byte range of the citation when it starts with a word of a name.
    pub(super) fn range(&self, name: usize, word: usize) -> Range<usize> {
        let start = if self.continues {
            self.date.start
        } else {
            self.authors.names[name].words.get(word).map_or(self.date.start, |(at, _)| self.base + at)
        };
        match (&self.alone_in, self.form) {
            (Some(bracket), CitedForm::Bracket) if !self.continues => bracket.clone(),
            (Some(bracket), CitedForm::YearInBracket) => start..bracket.end,
            _ => start..self.date.end,
        }
    }
}

/// A bracket that is longer holds more than its citation, in bytes.
const LONG_BRACKET: usize = 160;

/// Finds what has the form of a citation in a text with its brackets, in order.
pub(super) fn find(text: &str, brackets: &[Bracket]) -> Vec<FoundCitation> {
    let dates = printed_years(text);
    if dates.is_empty() {
        return Vec::new();
    }
    let mut scan = Scan { text, brackets, innermost: Innermost::new(brackets), last: None, found: vec![] };
    for date in &dates {
        scan.take(date);
    }
    scan.found_with_brackets()
}

struct Scan<'a> {
    text: &'a str,
    brackets: &'a [Bracket],
    innermost: Innermost<'a>,
    last: Option<Last>,
    found: Vec<(FoundCitation, Option<usize>)>,
}

/// The date before, whether or not it belongs to a citation.
struct Last {
    end: usize,
    bracket: Option<usize>,
    /// Index of its citation.
    found: Option<usize>,
}

impl Scan<'_> {
    fn take(&mut self, date: &Printed) {
        let (inner, outer) = self.innermost.around(date.range.start);
        // "1988 [1975]": the year of the first edition is no citation.
        if let (true, Some(last)) = (date.in_brackets, &self.last) {
            let gap = &self.text[last.end..date.range.start];
            if let (Some(found), 1) = (last.found, gap.trim_start().len()) {
                self.found[found].0.original = date.year().filter(|_| date.until.is_none());
                return;
            }
        }
        let found = match self.continued(date, inner) {
            Some(found) => Some(found),
            None => self.with_names(date, inner, outer),
        };
        let index = found.map(|found| {
            self.found.push((found, inner));
            self.found.len() - 1
        });
        self.last = Some(Last { end: date.range.end, bracket: inner, found: index });
    }

    /// A further year of the authors before.
    fn continued(&self, date: &Printed, inner: Option<usize>) -> Option<FoundCitation> {
        let last = self.last.as_ref()?;
        let before = &self.found[last.found?].0;
        let gap = &self.text[last.end..date.range.start];
        let joined = date.is_letter
            || last.bracket == inner && if inner.is_some() { is_row_in_bracket(gap) } else { is_row(gap) };
        joined.then(|| FoundCitation {
            year: date.date,
            date: date.range.clone(),
            original: None,
            until: date.until,
            continues: true,
            ..before.clone()
        })
    }

    fn with_names(&self, date: &Printed, inner: Option<usize>, outer: Option<usize>) -> Option<FoundCitation> {
        let after_last = self.last.as_ref().map_or(0, |l| l.end);
        let (form, base, end) = match inner.map(|i| self.brackets[i].inner()) {
            None => (CitedForm::Bare, after_last, date.range.start),
            Some(bracket) => {
                let start = bracket.start.max(after_last);
                let head = &self.text[start..date.range.start];
                if bracket.start >= after_last && is_empty_head(head) {
                    let outside = outer.map_or(0, |o| self.brackets[o].inner().start).max(after_last);
                    (CitedForm::YearInBracket, outside, bracket.start - 1)
                } else {
                    (CitedForm::Bracket, start, date.range.start)
                }
            }
        };
        let before = self.text.get(base..end)?;
        let semicolons = if form != CitedForm::YearInBracket { Semicolons::Join } else { Semicolons::Separate };
        let authors = CitedAuthors::ending(before, semicolons)
            .or_else(|| (form == CitedForm::YearInBracket).then(|| possessive(before)).flatten())?;
        let opens_clause = opens_clause(&before[..authors.names[0].words[0].0]);
        let follows_taxon = inner.is_some_and(|i| follows_taxon(&self.text[..self.brackets[i].range.start]));
        Some(FoundCitation {
            authors,
            year: date.date,
            form,
            base,
            date: date.range.clone(),
            original: None,
            until: date.until,
            continues: false,
            alone_in: None,
            opens_clause,
            follows_taxon,
            follows_authors: inner.is_some_and(|i| follows_authors(&self.text[..self.brackets[i].range.start])),
        })
    }

    /// The citations, with the brackets of those that are alone in them.
    fn found_with_brackets(self) -> Vec<FoundCitation> {
        let mut in_bracket = std::collections::HashMap::new();
        for (_, bracket) in &self.found {
            *in_bracket.entry(*bracket).or_insert(0_usize) += 1;
        }
        let brackets = self.brackets;
        let with_bracket = |(mut found, bracket): (FoundCitation, Option<usize>)| {
            let range = bracket.filter(|_| in_bracket[&bracket] == 1).map(|b| brackets[b].range.clone());
            found.alone_in = range.filter(|r| r.len() <= LONG_BRACKET);
            found
        };
        self.found.into_iter().map(with_bracket).collect()
    }
}

/// Whether only marks and joining words stand between two years.
fn is_row(gap: &str) -> bool {
    gap.len() <= 12 && gap.split([' ', ',', ';', '&', '\u{a0}']).all(|w| w.is_empty() || is_conjunction(w))
}

/// Like [`is_row`], where a locator or the year of a first edition may stand after the year before.
fn is_row_in_bracket(gap: &str) -> bool {
    let is_locator = |w: &str| {
        matches!(
            w,
            "p" | "pp"
                | "page"
                | "pages"
                | "S"
                | "s"
                | "f"
                | "ff"
                | "para"
                | "chap"
                | "cap"
                | "vol"
                | "v"
                | "in"
                | "press"
        ) || w.bytes().all(|b| b.is_ascii_digit())
    };
    let marks = |c: char| !c.is_alphanumeric();
    gap.len() <= 60 && gap.split(marks).all(|w| w.is_empty() || is_conjunction(w) || is_locator(w))
}

/// Whether a bracket starts with its year but for words like "see".
fn is_empty_head(head: &str) -> bool {
    let marks = |c: char| !c.is_alphanumeric() && c != '.';
    head.split(marks).all(|w| w.is_empty() || is_lead_in(w.trim_end_matches('.')) && !is_capitalised(w))
}

/// Whether what stands before the names can stand before a citation's first word: nothing, a mark that separates, or
/// a word of the sentence.
fn opens_clause(before: &str) -> bool {
    let trimmed = before.trim_end();
    let Some(last) = trimmed.chars().next_back() else { return true };
    if matches!(last, ';' | ':' | '(' | '[' | '.') {
        return true;
    }
    let word = trimmed.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    is_lead_in(word.trim_end_matches('.')) || trimmed.ends_with(',') && trimmed.len() < 12 || is_particle(word)
}

/// Whether a text ends with the word for its own authors, or is the line under a figure that says where it is from.
fn follows_authors(before: &str) -> bool {
    if ["Source:", "Sources:", "Fonte:", "Fuente:", "Quelle:"].iter().any(|w| before.starts_with(w)) {
        return true;
    }
    let trimmed = before.trim_end();
    ["author", "authors", "autor", "autores", "autora", "autoras", "Autoren"].iter().any(|w| trimmed.ends_with(w))
}

/// Whether a text ends with a genus and an epithet.
fn follows_taxon(before: &str) -> bool {
    let tail = before.char_indices().rev().nth(80).map_or(0, |(i, _)| i);
    let mut words = before[tail..].split_whitespace().rev();
    let epithet = words.next().is_some_and(|w| w.chars().count() > 2 && w.chars().all(char::is_lowercase));
    let plain = |w: &str| w.chars().skip(1).all(|c| c.is_lowercase() || c == '.');
    let genus = |w: &str| w.starts_with(char::is_uppercase) && plain(w) && !is_lead_in(w);
    epithet && words.take(2).any(genus)
}

/// "Winkler’s equation (1965)": a possessive a few words before the bracket.
fn possessive(before: &str) -> Option<CitedAuthors> {
    let tail = before.char_indices().rev().nth(48).map_or(0, |(i, _)| i);
    let at = tail + before[tail..].rfind("’s ").or_else(|| before[tail..].rfind("'s "))?;
    let behind = &before[at..];
    let words = behind.split_whitespace().skip(1);
    let plain = words.clone().all(|w| w.starts_with(char::is_lowercase)) && words.count() <= 4;
    let end = at + behind.find(' ')?;
    plain.then(|| CitedAuthors::ending(&before[..end], Semicolons::Separate)).flatten().map(|mut authors| {
        authors.is_possessive = true;
        authors
    })
}
