//! Books: their publishers, editions and series.

use citetrail::reference::training::Label;

use super::Printer;
use crate::german;
use crate::lists::{GERMAN_FAMILIES, GERMAN_PUBLISHERS, PUBLISHERS};

impl Printer<'_> {
    pub(super) fn book(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
        if self.random.chance(60) {
            let part = self.random.pick(&[", Bd. ", ". Band ", ", Bd.", ". Vol. "]);
            self.put(part);
            let volume = self.random.pick(&["1", "2", "3", "I", "II", "III"]);
            self.out.put(volume, Label::Volume);
        }
        if self.random.chance(60) {
            let open = self.random.pick(&[" (", " (= ", " (="]);
            self.series(open, ")");
        }
        let gap = if asks { " " } else { self.random.pick(&[". ", ". ", ". ", ", "]) };
        self.put(gap);
        if self.random.chance(40) {
            let translator = self.random.pick(GERMAN_FAMILIES);
            let by = self.random.pick(&[
                "Übersetzt von H. ",
                "Aus dem Englischen von Eva ",
                "Mit einem Vorwort von Karl ",
                "Hrsg. und eingeleitet von M. ",
            ]);
            self.out.put(&format!("{by}{translator}"), Label::Note);
            self.put(". ");
        }
        if self.house.edition_first {
            self.edition();
        }
        self.published(german, year, year_first);
        if !self.house.edition_first && self.random.chance(100) {
            self.put(", ");
            let edition = self.random.pick(&["2. Aufl.", "3. Auflage", "2., erw. Aufl."]);
            self.out.put(edition, Label::Note);
        }
        if self.random.chance(60) {
            let (open, close) = self.random.pick(&[(" (", ")"), (" (= ", ")"), (". ", "")]);
            self.series(open, close);
        }
        self.put(self.house.full_stop);
    }

    fn publisher(&mut self, german: bool) -> (String, String) {
        if self.random.chance(60) {
            return (german::body(self.random), german::town(self.random).to_owned());
        }
        let (publisher, place) = self.random.pick(if german { GERMAN_PUBLISHERS } else { PUBLISHERS });
        let place = match self.random.below(16) {
            0 => format!("{place} u. a."),
            1 => format!("{place}/{}", german::town(self.random)),
            2 => german::town(self.random).to_owned(),
            3 => format!("{place}, {}", german::town(self.random)),
            _ => place.to_owned(),
        };
        (publisher.to_owned(), place)
    }

    /// Place and publisher, and the year if it is still to be printed.
    pub(super) fn published(&mut self, german: bool, year: i32, year_first: bool) {
        let (publisher, place) = self.publisher(german);
        let mut rest = self.house.published;
        while let Some(open) = rest.find('{') {
            self.put(&rest[..open]);
            match &rest[open + 1..=open + 1] {
                "L" => self.out.put(&place, Label::Place),
                _ => self.out.put(&publisher, Label::Publisher),
            }
            rest = &rest[open + 3..];
        }
        self.put(rest);
        if !year_first {
            let gap = self.random.pick(&[" ", " ", ", ", " ("]);
            self.put(gap);
            self.out.put(&year.to_string(), Label::Date);
            self.put(if gap == " (" { ")" } else { "" });
        }
    }

    pub(super) fn edition(&mut self) {
        if self.random.chance(120) {
            const EDITIONS: &[&str] = &[
                "2. Aufl.",
                "3., überarb. Aufl.",
                "2. Auflage",
                "4., völlig neu bearb. u. erw. Aufl.",
                "5. Aufl.",
                "2nd ed.",
                "2., durchges. Auflage",
                "Studienausgabe",
                "Neuausgabe",
                "12. unveränd. Aufl.",
                "2nd edition",
            ];
            let edition = self.random.pick(EDITIONS);
            self.out.put(edition, Label::Note);
            let behind = self.random.pick(&[" ", ", ", ". "]);
            self.put(behind);
        }
    }

    pub(super) fn series(&mut self, open: &str, close: &str) {
        let series = german::series(self.random);
        self.put(open);
        self.out.put(&series, Label::Series);
        self.put(close);
    }
}
