//! Chapters, and the books they stand in.

use citetrail::reference::training::Label;

use super::Printer;
use crate::german;
use crate::print::names;

impl Printer<'_> {
    pub(super) fn chapter(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
        let inside = self.house.within;
        let mut paged = false;
        if self.house.pages_before_in || inside.contains('{') {
            let form = if self.house.german { ". S. {P} in: " } else { ". Pp. {P} in " };
            self.numbered(if asks { form.trim_start_matches('.') } else { form }, year);
            paged = true;
        } else {
            self.behind_title(asks, inside);
        }
        let container = if german {
            german::title(self.random)
        } else if self.random.chance(500) {
            german::english_title(self.random)
        } else {
            self.pool.book(self.random)
        };
        if self.random.chance(120) {
            // "Title, hrsg. von A. Roe"
            self.out.put(&container, Label::Container);
            let by = if self.house.german {
                self.random.pick(&[", hrsg. von ", ", hg. v. ", ". Hrsg. v. ", ", herausgegeben von "])
            } else {
                self.random.pick(&[", edited by ", ", ed. by ", ", ed. "])
            };
            self.put(by);
            let editors = self.people(german);
            let order = self.random.pick(&[5, 6, 3]);
            let text = names(&editors, order, self.house.german, self.random);
            self.out.put(&text, Label::Editor);
        } else {
            self.editors(german);
            self.put(self.house.editor_mark);
            if self.random.chance(60) {
                self.put(" (");
                self.out.put(&year.to_string(), Label::Date);
                self.put(")");
            }
            self.put(self.house.behind_editors);
            self.out.put(&container, Label::Container);
        }
        if self.random.chance(60) {
            let part = self.random.pick(&[", Bd. ", ". Band "]);
            self.put(part);
            let volume = self.random.pick(&["1", "2", "II", "3"]);
            self.out.put(volume, Label::Volume);
        }
        if self.random.chance(40) {
            self.series(" (", ")");
        }
        let bracketed = !paged && self.random.chance(150);
        if bracketed {
            self.put(" (");
            self.put(self.house.pages);
            let pages = self.pages();
            self.out.put(&pages, Label::Pages);
            self.put(")");
            paged = true;
        } else if !paged && !self.house.pages_last {
            self.put(", ");
            self.put(self.house.pages);
            let pages = self.pages();
            self.out.put(&pages, Label::Pages);
            paged = true;
        }
        let gap = self.random.pick(&[". ", ". ", ", "]);
        self.put(gap);
        self.edition();
        self.published(german, year, year_first);
        if !paged {
            let gap = self.random.pick(&[", ", ", ", ". ", ": "]);
            self.put(gap);
            self.put(self.house.pages);
            let pages = self.pages();
            self.out.put(&pages, Label::Pages);
        }
        self.put(self.house.full_stop);
    }

    fn editors(&mut self, german: bool) {
        match self.random.below(20) {
            0 => {
                let same = self.random.pick(&["ders.", "dies.", "Dies.", "Ders."]);
                self.put(same);
            }
            1 => {
                let body = german::body(self.random);
                self.out.put(&body, Label::Editor);
            }
            _ => {
                let editors = self.people(german);
                let text = names(&editors, self.house.editors, self.house.german, self.random);
                self.out.put(&text, Label::Editor);
            }
        }
    }
}
