//! Reference lists of social science, each in a house style of its own: every choice that such a style makes is drawn
//! once for a list ([`style`]), and all its references are printed by it, one file for each family of works.

mod article;
mod book;
mod chapter;
mod grey;
mod parts;
mod style;

use citetrail::reference::training::Label;

use crate::german;
use crate::noise::Labelled;
use crate::random::Random;
use crate::records::Pool;
use style::House;

/// What a work is.
#[derive(Clone, Copy)]
enum Kind {
    Article,
    Chapter,
    Book,
    Edited,
    Newspaper,
    Paper,
    Thesis,
    Manuscript,
    Web,
}

/// Prints lists of `size` references each.
pub fn printed(pool: &Pool, lists: usize, size: usize, random: &mut Random) -> Vec<Labelled> {
    let mut out = Vec::new();
    for _ in 0..lists {
        let house = House::draw(random);
        out.extend((0..size).map(|_| {
            let mut text = Labelled::default();
            Printer { house: &house, pool, out: &mut text, random }.reference();
            text
        }));
    }
    out
}

struct Printer<'a> {
    house: &'a House,
    pool: &'a Pool,
    out: &'a mut Labelled,
    random: &'a mut Random,
}

type Names = Vec<(String, String)>;

impl Printer<'_> {
    fn reference(&mut self) {
        let kind = self.random.pick(&[
            Kind::Article,
            Kind::Article,
            Kind::Article,
            Kind::Article,
            Kind::Chapter,
            Kind::Chapter,
            Kind::Chapter,
            Kind::Chapter,
            Kind::Book,
            Kind::Book,
            Kind::Book,
            Kind::Book,
            Kind::Edited,
            Kind::Newspaper,
            Kind::Paper,
            Kind::Thesis,
            Kind::Manuscript,
            Kind::Web,
        ]);
        let german = if self.house.german { self.random.chance(800) } else { self.random.chance(60) };
        let year = 2022 - i32::try_from(self.random.below(60)).expect("small");
        let title = if german {
            german::title(self.random)
        } else if self.random.chance(500) {
            german::english_title(self.random)
        } else {
            self.pool.title(self.random)
        };
        let authors = self.people(german);
        let marked = if matches!(kind, Kind::Edited) { self.house.editor_mark } else { "" };
        let year_first = self.front(&authors, marked, year);
        let (open, close) = match kind {
            Kind::Book | Kind::Edited | Kind::Thesis if self.random.chance(800) => ("", ""),
            _ => self.house.quotes,
        };
        // A title that has quotation marks inside stands in no others.
        let (open, close) = if title.contains(['„', '“']) { ("", "") } else { (open, close) };
        self.put(open);
        self.out.put(&title, Label::Title);
        self.put(close);
        let asks = title.ends_with(['?', '!']);
        match kind {
            Kind::Article => self.article(german, year, year_first, asks),
            Kind::Chapter => self.chapter(german, year, year_first, asks),
            Kind::Book | Kind::Edited => self.book(german, year, year_first, asks),
            Kind::Newspaper => self.newspaper(year, asks),
            Kind::Paper => self.paper(german, year, year_first, asks),
            Kind::Thesis | Kind::Manuscript => self.thesis(kind, german, year, year_first, asks),
            Kind::Web => self.web(german, year, year_first, asks),
        }
    }

    fn put(&mut self, text: &str) {
        self.out.put(text, Label::Other);
    }
}
