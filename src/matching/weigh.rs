//! What the agreement of each field says of a reference and a record being one work.
//!
//! Fields are weighed as in record linkage (Fellegi and Sunter 1969): the logarithm of how often a field agrees in pairs that
//! are one work, divided by how often it does in pairs that are not but were found by the same words. The shares are
//! estimates, stated beside each weight, and were corrected by hand where failures on labelled references showed one to be
//! wrong: figures on those references are no independent measure. The sum, less what must be
//! overcome because most candidates are other works, is the logarithm of the odds that this is the work.

use super::Disagreement;
use super::compare::Agreement::{self, Close, Different, Elsewhere, Same, Unknown};
use super::compare::numbers::Numbers;
use super::compare::title::{self, Title};
use super::compare::{Asked, Recorded, container, names, numbers};
use crate::work::{Field, Work};

/// A reference compared with a record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub title: Title,
    pub first_author: Agreement,
    /// Authors of the record after the first: those that are printed, of how many.
    pub other_authors: Option<(usize, usize)>,
    /// A further author that is printed with a slip, and as recorded.
    pub slip: Option<(String, String)>,
    pub numbers: Numbers,
    pub last_page_differs: bool,
    pub container: Agreement,
    /// The letters of the record's container.
    pub container_letters: usize,
}

/// Of the works that share words with a reference about one in 400 is the one that it means.
const PRIOR: f64 = -6.0;

impl Comparison {
    pub fn new(asked: &Asked, record: &Recorded) -> Self {
        let slip = names::slip_of_other(asked, record);
        Self {
            title: title::compare(asked, record),
            first_author: names::first_author(asked, record),
            other_authors: names::others(asked, record),
            slip: slip.map(|(printed, recorded)| (printed.to_owned(), recorded.to_owned())),
            numbers: numbers::compare(asked, record),
            last_page_differs: numbers::last_page_differs(asked, record),
            container: container::compare(asked, record),
            container_letters: record.container_key.len(),
        }
    }

    /// The logarithm of the odds that the record is of the work that the reference means.
    pub fn log_odds(&self) -> f64 {
        // A journal's name is shared by many works, the long name of a meeting or an encyclopedia by few.
        let container = if self.container_letters >= 40 { 3.0 } else { 1.5 };
        PRIOR
            + self.of_title()
            // A first author agrees in 95 of 100 references, and by chance in 5 of 100 candidates.
            + weight(self.first_author, 3.0, 1.5, -4.0)
            + self.of_other_authors()
            // 95 : 20, since candidates of one author are of few years; a year more or less is as often print and online.
            + weight(self.numbers.year, 1.5, 0.3, -2.0)
            // 95 : 12, and one reference in eight has another number than its record.
            + weight(self.numbers.volume, 2.0, 0.0, -1.5)
            + weight(self.numbers.issue, 0.5, 0.0, -0.5)
            // 90 : 2.
            + weight(self.numbers.page, 3.5, 1.0, -1.5)
            // 95 : 20: candidates were not found by their container, but a field's works are in few.
            + weight(self.container, container, 0.7, -2.0)
            + self.of_missing_title()
    }

    /// Without a title, the page tells the works of a group in one journal apart; authors and a year alone tell nothing.
    fn of_missing_title(&self) -> f64 {
        let placed = [self.numbers.page, self.numbers.volume, self.container];
        match self.title {
            Title::Unknown if self.numbers.page == Different => -2.5,
            Title::Unknown if self.numbers.page == Elsewhere && self.numbers.volume == Different => -2.5,
            Title::Unknown if !placed.iter().any(|field| matches!(field, Same | Elsewhere)) => -3.0,
            _ => 0.0,
        }
    }

    /// A long title is hardly ever that of two works, a short one often; each letter adds to what it says.
    fn of_title(&self) -> f64 {
        let said = |letters: u32| (f64::from(letters) * 0.15).clamp(1.0, 9.0);
        match self.title {
            Title::Unknown => 0.0,
            Title::Same(letters) => said(letters),
            Title::Slips(letters) => said(letters) - 0.5,
            Title::Part(letters) => said(letters) - 1.0,
            Title::Varied(letters) => said(letters) - 8.0,
            Title::Partly => -2.0,
            Title::Different => -8.0,
            Title::Other => -9.0,
        }
    }

    /// Groups write many works, so further authors say less than the first; those of a large one say more.
    fn of_other_authors(&self) -> f64 {
        match self.other_authors {
            None => 0.0,
            Some((0, 1)) => -0.5,
            Some((0, _)) => -1.5,
            Some((printed, all)) if printed * 3 >= all * 2 => (0.7 * printed as f64).min(2.5),
            Some((printed, _)) => (0.3 * printed as f64).min(1.5),
        }
    }

    /// Whether the two are too different for one work.
    pub fn is_contradicted(&self) -> bool {
        match self.title {
            Title::Different | Title::Other => true,
            Title::Unknown => self.first_author == Different && self.numbers.page == Different,
            _ => false,
        }
    }

    /// The fields in which a reference that means the record disagrees with it.
    pub fn disagreements(&self, printed: &Work, record: &Work) -> Vec<Disagreement> {
        let mut found = Vec::new();
        let mut add = |field: &'static str, printed: String, recorded: String| {
            found.push(Disagreement { field, printed, record: recorded });
        };
        let text = |work: &Work, field| work.plain(field).unwrap_or_default().into_owned();
        let mut compare = |name, field| add(name, text(printed, field), text(record, field));
        if matches!(self.title, Title::Slips(_) | Title::Varied(_) | Title::Part(_) | Title::Partly) {
            compare("title", Field::Title);
        }
        if self.container == Different {
            compare("container", Field::ContainerTitle);
        }
        if self.numbers.volume == Different {
            compare("volume", Field::Volume);
        }
        if self.numbers.issue == Different {
            compare("issue", Field::Issue);
        }
        if matches!(self.numbers.page, Close | Different) || self.last_page_differs {
            compare("pages", Field::Page);
        }
        if matches!(self.numbers.year, Close | Different) {
            let year = |work: &Work| work.year().map(|year| year.to_string()).unwrap_or_default();
            add("year", year(printed), year(record));
        }
        if matches!(self.first_author, Close | Different) {
            let name = |work: &Work| work.creators().first().map(crate::work::Name::cited).unwrap_or_default();
            add("authors", name(printed), name(record));
        } else if let Some((printed, recorded)) = &self.slip {
            add("authors", printed.clone(), recorded.clone());
        }
        found.retain(|d| d.field == "title" || !d.printed.is_empty());
        found
    }
}

fn weight(agreement: Agreement, same: f64, close: f64, different: f64) -> f64 {
    match agreement {
        Unknown => 0.0,
        Same => same,
        Elsewhere => same * 0.6,
        Close => close,
        Different => different,
    }
}
