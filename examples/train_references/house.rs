//! Reference lists of social science, each in a house style of its own: every choice that such a style makes is drawn
//! once for a list, and all its references are printed by it.

use citetrail::reference::training::Label;

use crate::german;
use crate::lists::{GERMAN_FAMILIES, GERMAN_GIVEN, GERMAN_PUBLISHERS, PUBLISHERS};
use crate::noise::Labelled;
use crate::print::names;
use crate::random::Random;
use crate::records::Pool;

/// Where a style prints the year.
#[derive(Clone, Copy, PartialEq)]
enum Year {
    Brackets,
    Comma,
    Bare,
    /// Behind the place, or among the numbers.
    End,
}

/// What a house style decides.
struct House {
    german: bool,
    names: usize,
    editors: usize,
    year: Year,
    /// Between names and title, if the year is not there.
    colon: &'static str,
    within: &'static str,
    editor_mark: &'static str,
    behind_editors: &'static str,
    quotes: (&'static str, &'static str),
    numbers: &'static str,
    pages: &'static str,
    published: &'static str,
    edition_first: bool,
    pages_before_in: bool,
    pages_last: bool,
    full_stop: &'static str,
}

const NUMBERS: &[&str] = &[
    "{V}. Jg., H. {I}, S. {P}",
    "Jg. {V}, H. {I}, S. {P}",
    "Jg. {V}, Heft {I}, S. {P}",
    "{V} ({I}), S. {P}",
    "{V}({I}), {P}",
    "{V}, {I}, S. {P}",
    "{V}, {P}",
    "{V}: {P}",
    "{V} ({I}): {P}",
    "{V} ({Y}) {I}, S. {P}",
    "{V} ({Y}), H. {I}, S. {P}",
    "{V} ({Y}), S. {P}",
    "Jg. {V} ({Y}), Nr. {I}, S. {P}",
    "H. {I}, S. {P}",
    "Heft {I}/{Y}, S. {P}",
    "Nr. {I}, S. {P}",
    "{V}, H. {I}, S. {P}",
    "Bd. {V}, S. {P}",
    "{V}. Jahrgang, Nr. {I}, S. {P}",
    "{V}/{Y}, S. {P}",
    "{V}, Nr. {I}, {P}",
    "{I}/{Y}, S. {P}",
    "{V}, S. {P}",
    "{V}. Jg. ({Y}), H. {I}, S. {P}",
    "{V}: {I}, {P}",
    "{V} ({Y}), {P}",
    "Vol. {V}, No. {I}, S. {P}",
    "{V} ({Y}) H. {I}: {P}",
    "{V}. Jg., S. {P}",
    "{Y}, H. {I}, S. {P}",
    "Jg. {V} ({I}), S. {P}",
    "Sonderheft {I}, S. {P}",
    "{V} (Heft {I}), S. {P}",
    "{V}/{I}: {P}",
];
const ENGLISH_NUMBERS: &[&str] = &[
    "{V}({I}): {P}",
    "{V} ({I}), {P}",
    "{V}, {P}",
    "{V}: {P}",
    "Vol. {V}, No. {I}, pp. {P}",
    "Vol. {V}, pp. {P}",
    "vol. {V} ({I}), pp. {P}",
    "{V}, {I}, {P}",
    "{V} ({Y}): {P}",
    "{V}, no. {I} ({Y}): {P}",
    "{V}: {I}, {P}",
    "{V}, pp. {P}",
    "{V} ({Y}) {I}, pp. {P}",
    "{V}({I}):{P}",
];
const PUBLISHED: &[&str] = &[
    "{L}: {U}",
    "{L}: {U}",
    "{L}: {U}",
    "{L}: {U}",
    "{U}, {L}",
    "{L}",
    "{L}",
    "{U}: {L}",
    "{L}, {U}",
    "{U}",
    "{L} ({U})",
    "{L} {U}",
];

impl House {
    fn draw(random: &mut Random) -> Self {
        let german = random.chance(700);
        let year = random.pick(&[Year::Brackets, Year::Brackets, Year::Brackets, Year::Comma, Year::Bare, Year::End]);
        Self {
            german,
            names: random.below(15),
            editors: random.pick(&[5, 6, 3, 0, 1, 2, 9, 13]),
            year,
            colon: random.pick(&[": ", ": ", ": ", ". ", ", ", " "]),
            within: if german {
                random.pick(&[". In: ", ". In: ", ", in: ", " In: ", ". In ", ", in ", "; in: "])
            } else {
                random.pick(&[". In: ", ", in: ", ". In ", ", in ", ". Pp. {P} in "])
            },
            editor_mark: if german {
                random.pick(&[
                    " (Hrsg.)", " (Hrsg.)", " (Hg.)", " (Hg.)", " (Hgg.)", ", Hrsg.", " [Hrsg.]", " (Ed.)", " Hrsg.",
                    " (hrsg.)", " (Hrsg)",
                ])
            } else {
                random.pick(&[" (Eds.)", " (eds.)", " (eds)", " (ed.)", ", eds.", ", editors", " [Eds.]"])
            },
            behind_editors: random.pick(&[": ", ": ", ", ", ". ", " "]),
            quotes: random.pick(&[
                ("", ""),
                ("", ""),
                ("", ""),
                ("", ""),
                ("„", "“"),
                ("\"", "\""),
                ("“", "”"),
                ("‘", "’"),
                ("»", "«"),
                ("'", "'"),
            ]),
            numbers: random.pick(if german { NUMBERS } else { ENGLISH_NUMBERS }),
            pages: if german {
                random.pick(&["S. ", "S. ", "S.", "", "Seite "])
            } else {
                random.pick(&["pp. ", "pp.", "", "p. "])
            },
            published: random.pick(PUBLISHED),
            edition_first: random.chance(500),
            pages_before_in: german && random.chance(120),
            pages_last: random.chance(750),
            full_stop: random.pick(&[".", ".", ""]),
        }
    }
}

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

    fn people(&mut self, german: bool) -> Names {
        let count = self.random.pick(&[1, 1, 1, 1, 2, 2, 3, 4]);
        let full = self.random.chance(600);
        (0..count)
            .map(|_| {
                if german || self.random.chance(300) {
                    (self.random.pick(GERMAN_FAMILIES).to_owned(), self.random.pick(GERMAN_GIVEN).to_owned())
                } else {
                    self.pool.name(full, self.random)
                }
            })
            .collect()
    }

    /// Names and, if the style prints it there, the year. Tells whether it does.
    fn front(&mut self, authors: &Names, marked: &'static str, year: i32) -> bool {
        let label = if marked.is_empty() { Label::Author } else { Label::Editor };
        if self.random.chance(80) {
            let body = german::body(self.random);
            self.out.put(&body, label);
        } else if self.random.chance(25) {
            // Known from the reference before.
            let same = self.random.pick(&["Ders.", "Dies.", "ders.", "Ders", "Dies."]);
            self.put(same);
        } else if self.random.chance(40) && authors.len() > 1 {
            let families: Vec<&str> = authors.iter().map(|(family, _)| family.as_str()).collect();
            self.out.put(&families.join("/"), label);
        } else {
            let particle = self.random.chance(40);
            let mut authors = authors.clone();
            if particle {
                authors[0].1.push_str(self.random.pick(&[" von", " v.", " von der", " van", " de"]));
            }
            let text = names(&authors, self.house.names, self.house.german, self.random);
            self.out.put(&text, label);
        }
        if self.house.year == Year::End && marked.is_empty() {
            self.put(self.house.colon);
            return false;
        }
        self.put(marked);
        let suffix = if self.random.chance(80) { self.random.pick(&["a", "b", "c"]) } else { "" };
        let printed = match self.random.below(60) {
            0 => "o. J.".to_owned(),
            1 => "im Druck".to_owned(),
            2 => "i.E.".to_owned(),
            3 => format!("{}/{:02}", year - 1, year % 100),
            _ => format!("{year}{suffix}"),
        };
        let reprinted = self
            .random
            .chance(25)
            .then(|| format!(" [{}]", year - 20 - i32::try_from(self.random.below(60)).expect("small")));
        match self.house.year {
            Year::Brackets => {
                self.put(" (");
                self.out.put(&printed, Label::Date);
                self.put(reprinted.as_deref().unwrap_or(""));
                self.put(")");
            }
            Year::Comma => {
                self.put(", ");
                self.out.put(&printed, Label::Date);
            }
            Year::Bare => {
                self.put(" ");
                self.out.put(&printed, Label::Date);
            }
            Year::End => {
                self.put(self.house.colon);
                return false;
            }
        }
        self.put(self.house.colon);
        true
    }

    /// What separates a title from what follows, which starts with this text.
    fn behind_title(&mut self, asks: bool, text: &'static str) {
        if asks {
            let text = text.trim_start_matches(['.', ',', ';']);
            self.put(text);
        } else {
            self.put(text);
        }
    }

    fn pages(&mut self) -> String {
        let first = 1 + self.random.below(700);
        let last = first + 1 + self.random.below(40);
        match self.random.below(24) {
            0 => format!("{first}f."),
            1 => format!("{first}ff."),
            2 => first.to_string(),
            3 => format!("{first} - {last}"),
            4 => format!("{first}f"),
            5..=9 => format!("{first}–{last}"),
            _ => format!("{first}-{last}"),
        }
    }

    /// Prints a form with volume, issue, year and pages.
    fn numbered(&mut self, form: &str, year: i32) {
        let mut rest = form;
        while let Some(open) = rest.find('{') {
            self.put(&rest[..open]);
            match &rest[open + 1..=open + 1] {
                "V" => {
                    let most = self.random.pick(&[40, 60, 60, 140]);
                    let volume = (1 + self.random.below(most)).to_string();
                    self.out.put(&volume, Label::Volume);
                }
                "I" => {
                    let issue = (1 + self.random.below(12)).to_string();
                    let issue = if self.random.chance(80) { format!("{issue}-{}", 13) } else { issue };
                    self.out.put(&issue, Label::Issue);
                }
                "Y" => self.out.put(&year.to_string(), Label::Date),
                _ => {
                    let pages = self.pages();
                    self.out.put(&pages, Label::Pages);
                }
            }
            rest = &rest[open + 3..];
        }
        self.put(rest);
    }

    fn article(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
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
    fn published(&mut self, german: bool, year: i32, year_first: bool) {
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

    fn edition(&mut self) {
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

    fn series(&mut self, open: &str, close: &str) {
        let series = german::series(self.random);
        self.put(open);
        self.out.put(&series, Label::Series);
        self.put(close);
    }

    fn book(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
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

    fn chapter(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
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

    fn newspaper(&mut self, year: i32, asks: bool) {
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

    fn paper(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
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

    fn thesis(&mut self, kind: Kind, german: bool, year: i32, year_first: bool, asks: bool) {
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

    fn web(&mut self, german: bool, year: i32, year_first: bool, asks: bool) {
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
