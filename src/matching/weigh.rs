//! A reference and a record compared in all fields, and what follows from it.

use super::Disagreement;
use super::chance::{self, Printed};
use super::commonness::Commonness;
use super::compare::Agreement::{self, Close, Different};
use super::compare::names::Others;
use super::compare::numbers::Numbers;
use super::compare::title::{self, Title};
use super::compare::{Asked, Recorded, container, names, numbers};
use super::index::terms::{START, is_telling};
use crate::work::{Field, Work};

/// A reference compared with a record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub title: Title,
    pub first_author: Agreement,
    /// The first letter of the first author's given name, where the family name agrees.
    pub initial: Agreement,
    /// The record names authors, the reference none.
    pub author_not_printed: bool,
    /// Neither names authors.
    pub is_unsigned: bool,
    /// Authors of the record after the first.
    pub other_authors: Option<Others>,
    /// A further author that is printed with a slip, and as recorded.
    pub slip: Option<(String, String)>,
    pub numbers: Numbers,
    pub last_page_differs: bool,
    pub container: Agreement,
    /// Of the record.
    pub volume: String,
    /// The first one of the record.
    pub page: String,
    /// Letters of the first telling words of the record's title.
    pub start_letters: u32,
    /// The record's title has more telling words than those.
    pub title_goes_on: bool,
    pub commonness: Commonness,
}

impl Comparison {
    pub fn new(asked: &Asked, record: &Recorded, commonness: Commonness) -> Self {
        let slip = names::slip_of_other(asked, record);
        let telling = || record.title.iter().filter(|word| is_telling(word));
        let first_author = names::first_author(asked, record);
        let prints_none = asked.authors.is_empty();
        Self {
            title: title::compare(asked, record),
            first_author,
            initial: names::initial(asked, record),
            author_not_printed: first_author == Agreement::Unknown && prints_none && !record.authors.is_empty(),
            is_unsigned: record.authors.is_empty() && (prints_none || names::is_title(asked, record)),
            other_authors: names::others(asked, record),
            slip: slip.map(|(printed, recorded)| (printed.to_owned(), recorded.to_owned())),
            numbers: numbers::compare(asked, record),
            last_page_differs: numbers::last_page_differs(asked, record),
            container: container::compare(asked, record),
            volume: record.volume.clone(),
            page: record.pages.0.clone(),
            start_letters: telling().take(START).map(|word| word.chars().count() as u32).sum(),
            title_goes_on: telling().nth(START).is_some(),
            commonness,
        }
    }

    /// The logarithm of the odds that the record is of the work that the reference means.
    pub fn log_odds(&self) -> f64 {
        chance::log_odds(self)
    }

    /// How many of the record's further authors are printed.
    pub fn others_printed(&self) -> Option<Printed> {
        self.other_authors.map(|others| match (others.printed, others.all) {
            (0, _) => Printed::None,
            (printed, all) if printed * 3 >= all * 2 => Printed::Most,
            _ => Printed::Some,
        })
    }

    /// Which of the record's authors after the first, of those that are counted, are printed.
    pub fn further_authors(&self) -> impl Iterator<Item = usize> {
        let next = self.other_authors.map_or([false; 2], |others| others.next);
        next.into_iter().enumerate().filter(|(_, printed)| *printed).map(|(i, _)| i + 1)
    }

    /// The chance that a work that is not meant has a title that agrees as much: the share of works that begin with the
    /// same words, and less with every letter behind them. A run of words that is not the beginning has no count.
    pub fn title_chance(&self) -> f64 {
        let letters = match self.title {
            Title::Unknown | Title::Different => return 1.0,
            Title::Partly => return 0.002,
            Title::Other => return 0.000_1,
            Title::Same(letters) | Title::Slips(letters) | Title::Part(letters) | Title::Varied(letters) => letters,
        };
        let common = &self.commonness;
        let start = ((common.title_start - 1.0).max(0.0) + 0.1) / common.works.max(1.0);
        let by_letters = |letters: u32| (-0.35 * f64::from(letters)).exp();
        let behind = letters.saturating_sub(self.start_letters);
        let chance = match self.title {
            Title::Same(_) | Title::Slips(_) => start.min(1.0) * by_letters(behind),
            _ => by_letters(letters),
        };
        chance.max(LEAST)
    }

    /// Whether the two are too different for one work.
    pub fn is_contradicted(&self) -> bool {
        match self.title {
            Title::Different | Title::Other => true,
            Title::Unknown => self.first_author == Different && self.numbers.page == Different,
            _ => false,
        }
    }

    /// Whether the containers agree, and the titles do not contradict.
    pub fn agrees_in_container(&self) -> bool {
        let title = matches!(self.title, Title::Unknown | Title::Same(_) | Title::Slips(_) | Title::Part(_));
        title && self.container == Agreement::Same
    }

    /// Whether something printed is not as the record has it.
    pub fn disagrees(&self) -> bool {
        let Numbers { year, volume, issue, page } = self.numbers;
        [year, volume, issue, page, self.container, self.first_author, self.initial].contains(&Different)
            || !matches!(self.title, Title::Unknown | Title::Same(_))
    }

    /// The fields in which a reference that means the record disagrees with it.
    pub fn disagreements(&self, printed: &Work, record: &Work) -> Vec<Disagreement> {
        let mut found = Vec::new();
        let mut add = |field: &'static str, printed: String, recorded: String| {
            found.push(Disagreement { field, printed, record: recorded });
        };
        let text = |work: &Work, field| work.plain(field).unwrap_or_default().into_owned();
        let mut compare = |name, field| add(name, text(printed, field), text(record, field));
        if !matches!(self.title, Title::Same(_) | Title::Unknown) {
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

/// However long a title is, one work in so many has it, too.
const LEAST: f64 = 1e-7;
