//! How likely what a comparison shows is if the record is of the work that is meant, and how many other works would show it.
//!
//! Record linkage weighs a field by how often it agrees in pairs that are one work, and how often by accident (Fellegi and
//! Sunter 1969). Two things are done about its assumption that fields agree independently of each other. References are
//! made with care or without, so errors come together: there are two sets of rates. And works agree by accident in ways of
//! their own, each with its number of works and its rates: any works; works of the same authors; works in the same
//! container; works of the same authors in the same container; works of the same title. Numbers of works are counted in the
//! source ([`Commonness`]), so that a rare name says more than a common one, and a name less the more works there are.
//!
//! Rates are argued where they stand. They were not fitted to labelled references.

use super::compare::Agreement::{self, Close, Different, Elsewhere, Same, Unknown};
use super::compare::title::Title;
use super::weigh::Comparison;

/// How often the fields of a reference agree with the record of its work.
struct Rates {
    /// Of references that are made so.
    share: f64,
    /// Same, with slips, a part, a word in the place of another, some words, another number or kind, different.
    title: [f64; 7],
    /// Same, close, different; and so below.
    author: [f64; 3],
    /// The reference prints no author of a work that has some.
    unsigned: f64,
    /// The first letter of the given name is another.
    other_initial: f64,
    /// Most of the further authors are printed, some, none.
    others: [f64; 3],
    year: [f64; 3],
    /// Same, printed elsewhere, close, different.
    volume: [f64; 4],
    issue: [f64; 4],
    page: [f64; 4],
    container: [f64; 3],
}

/// Surveys of printed references find an error in a quarter to a third of them, most in one field. Records, too, lack
/// issues, end titles at markup, and give the year of another edition.
const CAREFUL: Rates = Rates {
    share: 0.88,
    title: [0.83, 0.07, 0.08, 0.002, 0.008, 0.002, 0.000_03],
    author: [0.95, 0.03, 0.01],
    unsigned: 0.01,
    other_initial: 0.03,
    others: [0.92, 0.06, 0.02],
    year: [0.95, 0.03, 0.015],
    volume: [0.93, 0.02, 0.01, 0.03],
    issue: [0.9, 0.02, 0.01, 0.06],
    page: [0.92, 0.02, 0.03, 0.025],
    container: [0.9, 0.06, 0.03],
};
/// One list in eight is made without care, or spoilt by a scan: an error in one field of four.
const CARELESS: Rates = Rates {
    share: 0.12,
    title: [0.5, 0.25, 0.12, 0.02, 0.08, 0.01, 0.000_2],
    author: [0.75, 0.17, 0.06],
    unsigned: 0.05,
    other_initial: 0.1,
    others: [0.8, 0.15, 0.05],
    year: [0.78, 0.1, 0.1],
    volume: [0.78, 0.05, 0.02, 0.15],
    issue: [0.75, 0.05, 0.02, 0.18],
    page: [0.72, 0.05, 0.1, 0.13],
    container: [0.75, 0.12, 0.1],
};

/// A count has the record itself in it; of others like it, so many are expected where none were seen.
const UNSEEN: f64 = 0.3;
/// References that print no author, of all.
const UNSIGNED: f64 = 0.1;
/// Works that a container usually has in a year.
const OF_A_YEAR: f64 = 50.0;
/// Of the containers that it has works of, a source has so much at least: it was gathered about something.
const COVERED: f64 = 0.03;
/// Titles that so many works have are those of parts of a volume: "Preface".
const OF_PARTS: f64 = 5.0;
/// Unsigned works of a container that have the title of another one: a column's.
const COLUMN: f64 = 0.02;
/// Works of one person that a source may hold: a family name that more works have is that of several people.
const OF_ONE_PERSON: f64 = 30.0;

/// The logarithm of the odds that a record is of the work that is meant, when every second reference is to a work that the
/// source has.
pub(super) fn log_odds(compared: &Comparison) -> f64 {
    let meant = CAREFUL.likelihood(compared) + CARELESS.likelihood(compared);
    meant.ln() - others(compared).ln()
}

impl Rates {
    fn likelihood(&self, compared: &Comparison) -> f64 {
        let numbers = &compared.numbers;
        self.share
            * self.title(compared.title)
            * of_three(compared.first_author, self.author)
            * self.initial(compared.initial)
            * if compared.author_not_printed { self.unsigned / UNSIGNED } else { 1.0 }
            * self.others(compared)
            * of_three(numbers.year, self.year)
            * of_four(numbers.volume, self.volume)
            * of_four(numbers.issue, self.issue)
            * of_four(numbers.page, self.page)
            * of_three(compared.container, self.container)
    }

    fn title(&self, title: Title) -> f64 {
        match title {
            Title::Unknown => 1.0,
            Title::Same(_) => self.title[0],
            Title::Slips(_) => self.title[1],
            Title::Part(_) => self.title[2],
            Title::Varied(_) => self.title[3],
            Title::Partly => self.title[4],
            Title::Other => self.title[5],
            Title::Different => self.title[6],
        }
    }

    fn initial(&self, initial: Agreement) -> f64 {
        match initial {
            Unknown => 1.0,
            Different => self.other_initial,
            Same | Close | Elsewhere => 1.0 - self.other_initial,
        }
    }

    fn others(&self, compared: &Comparison) -> f64 {
        match compared.others_printed() {
            None => 1.0,
            Some(Printed::Most) => self.others[0],
            Some(Printed::Some) => self.others[1],
            Some(Printed::None) => self.others[2],
        }
    }
}

fn of_three(agreement: Agreement, [same, close, different]: [f64; 3]) -> f64 {
    match agreement {
        Unknown => 1.0,
        Same | Elsewhere => same,
        Close => close,
        Different => different,
    }
}

fn of_four(agreement: Agreement, [same, elsewhere, close, different]: [f64; 4]) -> f64 {
    match agreement {
        Unknown => 1.0,
        Same => same,
        Elsewhere => elsewhere,
        Close => close,
        Different => different,
    }
}

/// How many of a record's further authors are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed {
    Most,
    Some,
    None,
}

/// A chance of agreeing that depends on how well something agrees; that of disagreeing is taken for one.
fn by(agreement: Agreement, same: f64, close: f64) -> f64 {
    match agreement {
        Unknown | Different => 1.0,
        Same => same,
        Close => close,
        Elsewhere => (same * 3.0).min(0.3),
    }
}

/// How many works of a source that are not meant show what a comparison shows.
fn others(compared: &Comparison) -> f64 {
    let chance = Chance::of(compared);
    chance.any_works()
        + chance.same_authors()
        + chance.same_container()
        + chance.same_authors_and_container()
        + chance.same_title()
}

/// The chances of a comparison's agreements.
struct Chance<'a> {
    compared: &'a Comparison,
    /// Of a work whose author has the name.
    author: f64,
    /// Of a work whose further authors are those that agree.
    others: f64,
    /// That a work of anybody has such a title.
    title: f64,
    volume: f64,
    page: f64,
    /// Works of the record's authors, but for itself.
    of_authors: f64,
    /// Works in the record's container, but for itself: those of the years that may be meant.
    in_container: f64,
}

impl<'a> Chance<'a> {
    fn of(compared: &'a Comparison) -> Self {
        let common = &compared.commonness;
        let works = common.works.max(1.0);
        let share = |count: f64| (count / works).min(1.0);
        // One person in twelve has the same initial.
        let namesakes = if compared.initial == Same { 0.08 } else { 1.0 };
        let name = namesakes * share(common.authors.first().copied().unwrap_or(UNSEEN).max(UNSEEN));
        let further = compared.further_authors().map(|i| common.authors.get(i).copied().unwrap_or(works).max(UNSEEN));
        let further: Vec<f64> = further.collect();
        // A printed name may be that of any of ten authors.
        let others = further.iter().map(|count| (10.0 * share(*count)).min(0.3)).product::<f64>();
        let others_but_itself = |count: f64| (count - 1.0).max(0.0) + UNSEEN;
        let first = common.authors.first().map(|count| (count - 1.0).max(0.0) * namesakes + UNSEEN);
        let first = first.filter(|_| compared.first_author != Different);
        let of_authors = further.iter().copied().map(others_but_itself).chain(first).fold(OF_ONE_PERSON, f64::min);
        let in_year = matches!(compared.numbers.year, Same | Elsewhere | Close);
        Self {
            compared,
            author: by(compared.first_author, name, (5.0 * name + 0.001).min(1.0)),
            others: match compared.others_printed() {
                Some(Printed::Most) => others,
                Some(Printed::Some) => others.max(0.05),
                Some(Printed::None) | None => 1.0,
            },
            title: compared.title_chance(),
            volume: by(compared.numbers.volume, number_chance(&compared.volume), 0.05),
            page: by(compared.numbers.page, page_chance(&compared.page), near_page_chance(&compared.page)),
            of_authors,
            in_container: others_but_itself(if in_year { common.container_year } else { common.container }),
        }
    }

    fn any_works(&self) -> f64 {
        let common = &self.compared.commonness;
        let named = (2.0 * common.container.max(1.0) / common.works.max(1.0)).min(0.3);
        common.works.max(1.0)
            * self.title
            * self.author
            * self.others
            * by(self.compared.numbers.year, 0.05, 0.08)
            * self.volume
            * by(self.compared.numbers.issue, 0.25, 0.25)
            * self.page
            * by(self.compared.container, named, 0.03)
    }

    /// Whether the work may be of the same group, whoever of it stands first.
    fn is_of_group(&self) -> bool {
        matches!(self.compared.first_author, Same | Close) || self.compared.further_authors().next().is_some()
    }

    /// Works of a person are of some years, and have further authors in common; those in other containers.
    fn same_authors(&self) -> f64 {
        if !self.is_of_group() {
            return 0.0;
        }
        let elsewhere = match self.compared.container {
            Same | Elsewhere => return 0.0,
            Close => 0.1,
            Different | Unknown => 1.0,
        };
        elsewhere
            * self.of_authors
            * self.title_of_same_authors()
            * self.others_of_same_authors()
            * by(self.compared.numbers.year, 0.1, 0.15)
            * self.volume
            * by(self.compared.numbers.issue, 0.25, 0.25)
            * self.page
    }

    /// Works of one year of a journal are of one volume; the chapters of a book are of one year.
    fn same_container(&self) -> f64 {
        if !matches!(self.compared.container, Same | Close) {
            return 0.0;
        }
        let common = &self.compared.commonness;
        // What has works of one year only is a book or the report of a meeting.
        let is_book = common.container > 1.0 && common.container_year >= common.container;
        let column = if is_book { COLUMN / 10.0 } else { COLUMN };
        let is_part = !self.compared.title_goes_on && common.title_start >= OF_PARTS;
        let title = match self.compared.title {
            // A standing column has one title in every issue, and no author.
            Title::Same(_) | Title::Slips(_) | Title::Part(_) if is_part => 0.05,
            Title::Same(_) | Title::Slips(_) | Title::Part(_) if self.compared.is_unsigned => self.title.max(column),
            Title::Same(_) | Title::Slips(_) | Title::Part(_) => (self.title * 3.0).min(1.0),
            Title::Varied(_) | Title::Partly | Title::Other => 0.02,
            Title::Unknown | Title::Different => 1.0,
        };
        self.in_container
            * title
            // Some authors write for one journal again and again.
            * by(self.compared.first_author, (self.author + 0.001).min(1.0), 0.01)
            * self.others
            * self.volume_in_container()
            * by(self.compared.numbers.issue, 0.2, 0.2)
            * self.page_in_container()
    }

    /// One work in four has another one of its authors beside it in the same year of its container, if the source has that:
    /// how much of the container it has is seen from the others.
    fn same_authors_and_container(&self) -> f64 {
        if !matches!(self.compared.container, Same | Close) || !self.is_of_group() {
            return 0.0;
        }
        let year = self.compared.numbers.year;
        let years = if matches!(year, Same | Elsewhere | Close) { 1.0 } else { 5.0 };
        let covered = (self.in_container / (OF_A_YEAR * years)).clamp(COVERED, 0.5);
        let works = (0.25 * self.of_authors).min(0.25 * years * covered);
        // Parts of one investigation stand beside each other: who prints one says that there are others.
        let titled = match self.compared.title {
            Title::Other => 0.1,
            Title::Varied(_) | Title::Partly => 0.03,
            _ => works * self.title_of_same_authors(),
        };
        titled
            * self.others_of_same_authors()
            * self.volume_in_container()
            * by(self.compared.numbers.issue, 0.25, 0.25)
            * self.page_in_container()
    }

    /// Editions, replies, reports at a meeting that became an article: one work in a hundred has another one of its title,
    /// half of them by its author. Of short titles there are as many as begin so.
    fn same_title(&self) -> f64 {
        if !matches!(self.compared.title, Title::Same(_) | Title::Slips(_) | Title::Part(_)) {
            return 0.0;
        }
        let author = match self.compared.first_author {
            Unknown => 1.0,
            Same | Close | Elsewhere | Different => 0.5,
        };
        // Those that are counted are of anybody, anywhere; of titles that go on, those that go on alike are candidates.
        let whole = if self.compared.title_goes_on { 0.002 } else { 1.0 };
        let counted = whole * (self.compared.commonness.title_start - 1.0).max(0.0);
        let counted = if self.compared.container == Same { 0.0 } else { counted * (5.0 * self.author).min(1.0) };
        // A series of reports has one title, and an encyclopedia, which has no volumes, has editions.
        let container = match (self.compared.title_goes_on, self.compared.numbers.year) {
            (true, Same | Elsewhere) => 0.03,
            (true, _) if !self.compared.volume.is_empty() => 0.05,
            (true, _) => 0.1,
            (false, Same | Elsewhere) => 0.3,
            (false, _) => 0.5,
        };
        let others = if self.compared.others_printed() == Some(Printed::Most) { 0.5 } else { 1.0 };
        (0.01 * author + counted)
            * others
            * by(self.compared.numbers.year, 0.2, 0.15)
            * if self.compared.container == Same { self.volume_in_container() } else { self.volume }
            * by(self.compared.numbers.issue, 0.25, 0.25)
            * self.page.max(0.000_5)
            * by(self.compared.container, container, 0.1)
    }

    fn title_of_same_authors(&self) -> f64 {
        let short = if self.compared.title_goes_on { 0.0 } else { 5.0 * self.title };
        match self.compared.title {
            Title::Same(_) => (0.000_2 + short).min(1.0),
            Title::Slips(_) => (0.000_5 + short).min(1.0),
            Title::Part(_) => (0.002 + short).min(1.0),
            Title::Varied(_) => 0.005,
            Title::Partly => 0.05,
            Title::Other => 0.01,
            Title::Unknown | Title::Different => 1.0,
        }
    }

    fn others_of_same_authors(&self) -> f64 {
        match self.compared.others_printed() {
            Some(Printed::Most | Printed::Some) => 0.4,
            Some(Printed::None) => 0.5,
            None => 1.0,
        }
    }

    fn volume_in_container(&self) -> f64 {
        let in_year = matches!(self.compared.numbers.year, Same | Elsewhere | Close | Unknown);
        match self.compared.numbers.volume {
            Same | Elsewhere if in_year => 0.6,
            _ => self.volume,
        }
    }

    /// Short pieces begin on one page.
    fn page_in_container(&self) -> f64 {
        if self.page < 1.0 { self.page.max(0.002) } else { 1.0 }
    }
}

/// The chance that a volume has the number; small numbers are common.
fn number_chance(number: &str) -> f64 {
    match number.len() {
        0 | 1 => 0.06,
        2 => 0.02,
        3 => 0.005,
        _ => 0.002,
    }
}

/// The chance that a page is the same but for one digit, or lies within the work.
fn near_page_chance(page: &str) -> f64 {
    (9.0 * page.len() as f64 * page_chance(page)).clamp(0.02, 0.2)
}

/// The chance that a work begins on the page.
fn page_chance(page: &str) -> f64 {
    if !page.bytes().all(|b| b.is_ascii_digit()) {
        return 0.05;
    }
    match page.len() {
        0 | 1 => 0.02,
        2 => 0.005,
        3 => 0.001_5,
        4 => 0.000_5,
        _ => 0.000_1,
    }
}
