//! Field 773: what a part appeared in, and where in it.

use std::sync::LazyLock;

use regex::Regex;

use super::{Field, bare};
use crate::bibliography::draft::{self, Draft};
use crate::work::{DateField, Field as Variable, Role, Work, WorkKind};

/// Whether a field names the work that another is a part of; multi-volume works only give its number.
pub(super) fn names_a_work(field: &Field) -> bool {
    ['t', 'a', 'p', 'g'].iter().any(|code| !field.get(*code).is_empty())
}

/// What a part of a host is: of a periodical, or of a book.
pub(super) fn kind(field: &Field, level: char) -> WorkKind {
    // The last of the codes of $7 is the level of the host.
    let host_level = field.get('7').chars().nth(3);
    let is_serial = level == 'b' || host_level == Some('s') || !field.get('x').is_empty();
    let is_book = host_level == Some('m') || !field.get('z').is_empty();
    let numbered = || !Place::read(field).issue.is_empty();
    if is_serial || !is_book && numbered() { WorkKind::ArticleJournal } else { WorkKind::Chapter }
}

/// Adds what the field says to the part.
pub(super) fn add(work: &mut Work, field: &Field) {
    let title = Some(field.get('t')).filter(|t| !t.is_empty()).unwrap_or(field.get('p'));
    work.first(Variable::ContainerTitle, bare(title));
    if !field.get('t').is_empty() {
        work.first(Variable::ContainerTitleShort, bare(field.get('p')));
        let author = bare(field.get('a'));
        if !author.is_empty() {
            work.name(Role::ContainerAuthor, draft::name(author, draft::Unmarked::Literal));
        }
    }
    work.first(Variable::CollectionTitle, bare(field.get('k')));
    work.first(Variable::Edition, bare(field.get('b')));
    field.all('x').for_each(|issn| work.also(Variable::Issn, issn, ", "));
    field.all('z').for_each(|isbn| work.also(Variable::Isbn, isbn, ", "));
    let place = Place::read(field);
    work.first(Variable::Volume, &place.volume);
    work.first(Variable::Issue, &place.issue);
    work.first(Variable::Page, &draft::whole_pages(&place.pages));
    // “Harbour : Press, 1999”
    if let Some((town, name)) = field.get('d').split_once(':') {
        work.first(Variable::PublisherPlace, bare(town));
        work.first(
            Variable::Publisher,
            name.trim_end_matches(|c: char| c.is_ascii_digit() || ",.[]c© ".contains(c)).trim(),
        );
    }
    for text in [place.year.as_str(), field.get('d')] {
        if let Some(year) = YEAR.find(text) {
            work.date(DateField::Issued, draft::date(year.as_str()));
        }
    }
}

/// Where in its host a part stands.
#[derive(Debug, Default, PartialEq)]
struct Place {
    volume: String,
    issue: String,
    pages: String,
    year: String,
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| constant(r"\b1[5-9]\d\d\b|\b20\d\d\b"));
static VOLUME: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?i)\b(?:vol(?:ume)?|v|bd|band|jg|jahrgang|tome?|t)\b\.?\s*([\w/-]*\d[\w/-]*)"));
static ISSUE: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?i)\b(?:no|nr|n|num|number|issue|iss|heft|h|fasc)\b\.?\s*°?\s*([\w/-]*\d[\w/-]*)"));
static PAGES: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"(?i)(?:\b(?:pages?|pp?|seiten?|s)\b\.?\s*)([a-z]{0,2}\d+(?:\s*[-–]\s*[a-z]{0,2}\d+)?)")
});
/// “12(2004), 3, S. 34-56” and “12:3 (2004)”.
static LEADING: LazyLock<Regex> =
    LazyLock::new(|| constant(r"^\s*(\d+)\s*(?:\(\d{4}\)\s*,?\s*(\d[\d/]*)?|:\s*(\d[\d/]*))"));

fn constant(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well-formed")
}

impl Place {
    fn read(field: &Field) -> Self {
        let mut place = Self::default();
        let set = |slot: &mut String, value: &str| {
            if slot.is_empty() {
                value.trim().clone_into(slot);
            }
        };
        // Some catalogues name the parts of the place ("volume:12").
        for text in field.all('g') {
            match text.split_once(':').map(|(name, value)| (name.trim().to_lowercase(), value)) {
                Some((name, value)) if name == "volume" => set(&mut place.volume, value),
                Some((name, value)) if name == "number" || name == "issue" => set(&mut place.issue, value),
                Some((name, value)) if name == "pages" => set(&mut place.pages, value),
                Some((name, value)) if name == "year" => set(&mut place.year, value),
                Some((name, _)) if matches!(name.as_str(), "month" | "day" | "extent" | "elocationid") => {}
                _ => place.printed(text, set),
            }
        }
        // “12:3<34”: volume, issue, first page.
        let (numbers, first) = field.get('q').split_once('<').unwrap_or((field.get('q'), ""));
        if !first.is_empty() {
            let (volume, issue) = numbers.split_once(':').unwrap_or((numbers, ""));
            set(&mut place.volume, volume);
            set(&mut place.issue, issue);
            set(&mut place.pages, first);
        }
        place
    }

    fn printed(&mut self, text: &str, set: impl Fn(&mut String, &str)) {
        let group = |pattern: &Regex, i: usize| {
            pattern.captures(text).and_then(|c| c.get(i)).map(|m| m.as_str()).unwrap_or_default()
        };
        set(&mut self.volume, group(&VOLUME, 1));
        if self.volume.is_empty() {
            set(&mut self.volume, group(&LEADING, 1));
            set(&mut self.issue, group(&LEADING, 2));
            set(&mut self.issue, group(&LEADING, 3));
        }
        set(&mut self.issue, group(&ISSUE, 1));
        set(&mut self.pages, group(&PAGES, 1));
        // Numbers of volumes may look like years.
        let year = YEAR.find_iter(text).map(|m| m.as_str()).find(|year| *year != self.volume && *year != self.issue);
        set(&mut self.year, year.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        for (text, expected) in [
            ("Vol. 24, pt. B no. 9 (Sept. 1993), p. 235-48", "24|9|235-48|1993"),
            ("Bd. 12 (2004), H. 3, S. 34-56", "12|3|34-56|2004"),
            ("12(2004), 3, Seite 34-56", "12|3|34-56|2004"),
            ("Jg. 7, Nr. 2, 1999, pages 1–9", "7|2|1–9|1999"),
            ("volume:12", "12|||"),
            ("pages:34-56", "||34-56|"),
            ("Spring 2004", "|||2004"),
        ] {
            let field = Field { subfields: vec![('g', text.to_owned())], ..Field::default() };
            let place = Place::read(&field);
            assert_eq!([place.volume, place.issue, place.pages, place.year].join("|"), expected, "{text}");
        }
        let field = Field { subfields: vec![('q', "12:3<34".to_owned())], ..Field::default() };
        assert_eq!(Place::read(&field).pages, "34");
    }
}
