//! What no publisher printed: working papers, theses, manuscripts, pages of the web.

use citetrail::reference::training::Label;

use super::{Kind, Printer};
use crate::german;

impl Printer<'_> {
    pub(super) fn paper(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
        let series = german::working_paper(self.random, german);
        let (open, close) = if self.random.chance(250) {
            (" (", ")")
        } else if asks {
            (" ", "")
        } else {
            (self.random.pick(&[". ", ". ", ", "]), "")
        };
        self.put(open);
        self.out.put(&series, Label::Note);
        self.put(close);
        let gap = self.random.pick(&[". ", ", "]);
        self.put(gap);
        let (body, town) = (german::body(self.random), german::town(self.random));
        if self.random.chance(700) {
            self.out.put(town, Label::Place);
            let colon = self.random.pick(&[": ", ": ", ", "]);
            self.put(colon);
        }
        self.out.put(&body, Label::Publisher);
        if !year_first {
            self.put(" ");
            self.out.put(&year.to_string(), Label::Date);
        }
        self.put(self.house.full_stop);
    }

    pub(super) fn thesis(&mut self, kind: Kind, german: bool, year: i32, year_first: bool, asks: bool) {
        const THESES: &[&str] = &[
            "Diss.",
            "Dissertation",
            "Diss. phil.",
            "Phil. Diss.",
            "Magisterarbeit",
            "Diplomarbeit",
            "Masterarbeit",
            "Habilitationsschrift",
            "Unveröff. Diplomarbeit",
            "Unveröffentlichte Dissertation",
            "Bachelorarbeit",
            "Inaugural-Dissertation",
        ];
        const MANUSCRIPTS: &[&str] = &[
            "Unveröff. Manuskript",
            "Manuskript",
            "Unveröffentlichtes Manuskript",
            "Ms.",
            "Typoskript",
            "Vortrag",
            "Abschlussbericht",
            "Forschungsbericht",
            "Projektantrag",
            "Hektographiertes Manuskript",
        ];
        const ENGLISH: &[&str] = &[
            "PhD thesis",
            "Ph.D. dissertation",
            "Unpublished manuscript",
            "Doctoral dissertation",
            "Master's thesis",
            "Mimeo",
            "Unpublished paper",
        ];
        let genre = match kind {
            Kind::Thesis if german => self.random.pick(THESES),
            _ if german => self.random.pick(MANUSCRIPTS),
            _ => self.random.pick(ENGLISH),
        };
        let (open, close) = if self.random.chance(200) {
            (" (", ")")
        } else if asks {
            (" ", "")
        } else {
            (self.random.pick(&[". ", ", "]), "")
        };
        self.put(open);
        self.out.put(genre, Label::Note);
        self.put(close);
        let gap = self.random.pick(&[", ", " ", ". "]);
        let town = german::town(self.random);
        match self.random.below(6) {
            0 => {}
            1 => {
                self.put(gap);
                self.out.put(town, Label::Place);
            }
            2 => {
                self.put(gap);
                self.out.put(town, Label::Place);
                self.put(": ");
                self.out.put(&format!("Universität {town}"), Label::Publisher);
            }
            _ => {
                self.put(gap);
                let publisher = if german {
                    self.random.pick(&[
                        "Universität",
                        "Univ.",
                        "Freie Universität",
                        "Technische Universität",
                        "Fachhochschule",
                    ])
                } else {
                    "University of"
                };
                self.out.put(&format!("{publisher} {town}"), Label::Publisher);
            }
        }
        if !year_first {
            let gap = self.random.pick(&[" ", ", "]);
            self.put(gap);
            self.out.put(&year.to_string(), Label::Date);
        }
        self.put(self.house.full_stop);
    }

    pub(super) fn web(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
        self.put(if asks { " " } else { ". " });
        if self.random.chance(400) {
            let site = if self.random.chance(500) {
                german::newspaper(self.random)
            } else {
                format!("{} online", german::compound(self.random))
            };
            self.out.put(&site, Label::Container);
            self.put(". ");
        } else if self.random.chance(300) {
            self.published(german, year, year_first);
            self.put(". ");
        }
        let lead = self.random.pick(&[
            "Online unter: ",
            "Verfügbar unter: ",
            "URL: ",
            "Online: ",
            "",
            "Download unter ",
            "Abrufbar unter: ",
            "In: ",
            "Retrieved from ",
        ]);
        self.put(lead);
        let address = format!(
            "http://www.{}.example/{}/{}.html",
            german::town(self.random).to_lowercase().replace(['ü', 'ö'], "u"),
            year,
            self.random.below(999)
        );
        self.put(&address);
        let day = german::day(self.random, year + 1);
        let accessed = match self.random.below(7) {
            0 => format!(" (Stand: {day})"),
            1 => format!(" [Zugriff: {day}]"),
            2 => format!(" [letzter Zugriff: {day}]"),
            3 => format!(" (abgerufen am {day})"),
            4 => format!(", Zugriff am {day}"),
            5 => format!(" ({day})"),
            _ => String::new(),
        };
        self.put(&accessed);
        self.put(self.house.full_stop);
    }
}
