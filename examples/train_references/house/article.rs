//! What stands in journals and newspapers.

use citetrail::reference::training::Label;

use super::Printer;
use super::style::{ENGLISH_NUMBERS, NUMBERS};
use crate::german;

impl Printer<'_> {
    pub(super) fn article(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
        let within = match self.house.within {
            within if within.contains('{') => ". ",
            within if !german && !within.contains(':') => ". ",
            within => within,
        };
        let within = if self.random.chance(150) { self.random.pick(&[", ", ". "]) } else { within };
        self.behind_title(asks, within);
        let journal = if german { german::journal(self.random) } else { german::english_journal(self.random) };
        self.out.put(&journal, Label::Container);
        let forms = if self.house.german { NUMBERS } else { ENGLISH_NUMBERS };
        let mut form = if self.random.chance(800) { self.house.numbers } else { self.random.pick(forms) };
        // A year that stands nowhere else must stand here; one printed twice is rare.
        while form.contains("{Y}") == year_first && self.random.chance(900) {
            form = self.random.pick(forms);
        }
        let gap = self.random.pick(&[", ", " ", ", ", ". "]);
        self.put(gap);
        self.numbered(form, year);
        if !year_first && !form.contains("{Y}") {
            self.put(", ");
            self.out.put(&year.to_string(), Label::Date);
        }
        self.put(self.house.full_stop);
    }

    pub(super) fn newspaper(&mut self, year: i32, asks: bool) {
        let within = self.random.pick(&[". In: ", ", in: ", ". In: ", ", ", ". "]);
        self.behind_title(asks, within);
        let paper = german::newspaper(self.random);
        self.out.put(&paper, Label::Container);
        if self.random.chance(200) {
            let label = self.random.pick(&[" Nr. ", ", Nr. ", " Nr."]);
            self.put(label);
            let issue = (1 + self.random.below(300)).to_string();
            self.out.put(&issue, Label::Issue);
        }
        let before = self.random.pick(&[", ", " vom ", ", ", " (", " v. ", ", vom "]);
        self.put(before);
        let day = german::day(self.random, year);
        self.out.put(&day, Label::Date);
        self.put(if before == " (" { ")" } else { "" });
        if self.random.chance(600) {
            let label = self.random.pick(&[", S. ", ", S.", ": ", ", Seite "]);
            self.put(label);
            let page = (1 + self.random.below(60)).to_string();
            self.out.put(&page, Label::Pages);
        }
        self.put(self.house.full_stop);
    }
}
