//! Records to print references from: those that labelled references give, mixed anew, and some of our own.

use citetrail::work::{Date, DateField, Field, Name, NameList, Role, Work, WorkKind};
use serde_json::Value;

use crate::german;
use crate::lists::{GERMAN_FAMILIES, GERMAN_GIVEN, GERMAN_PUBLISHERS, GIVEN, PUBLISHERS, SERIES};
use crate::random::Random;

/// A publication.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Family and given names.
    pub authors: Vec<(String, String)>,
    pub editors: Vec<(String, String)>,
    pub year: i32,
    pub title: String,
    pub container: String,
    pub volume: String,
    pub issue: String,
    pub pages: String,
    pub publisher: String,
    pub place: String,
    pub kind: Kind,
    pub german: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    #[default]
    Article,
    Book,
    Chapter,
    Paper,
    Thesis,
    Web,
}

/// The parts that labelled references have.
#[derive(Debug, Default)]
pub struct Pool {
    names: Vec<(String, String)>,
    titles: Vec<String>,
    book_titles: Vec<String>,
    journals: Vec<String>,
    meetings: Vec<String>,
    books: Vec<String>,
    publishers: Vec<(String, String)>,
    pages: Vec<String>,
}

impl Pool {
    /// Takes the parts of a labelled reference: `{"gold": {…}}`.
    pub fn add(&mut self, line: &Value) {
        let gold = &line["gold"];
        let skipped = |field: &str| line["skip"].as_array().is_some_and(|s| s.iter().any(|f| f == field));
        let text = |field: &str| {
            let value = gold[field].as_str().unwrap_or_default().trim();
            let plain = !value.contains(['\u{fffd}', '↵']) && !value.contains("  ");
            if skipped(field) || !plain { String::new() } else { value.to_owned() }
        };
        for role in ["authors", "editor"] {
            for name in gold[role].as_array().into_iter().flatten() {
                let family = name["family"].as_str().unwrap_or_default().trim().to_owned();
                let given = name["given"].as_str().unwrap_or_default().trim().to_owned();
                if family.chars().count() > 1 && !given.is_empty() && !family.contains(char::is_numeric) {
                    self.names.push((family, given));
                }
            }
        }
        let (title, container, publisher, place) = (text("title"), text("container"), text("publisher"), text("place"));
        let words = title.split(' ').count();
        if words >= 2 && title.chars().count() < 300 {
            if container.is_empty() && !publisher.is_empty() {
                self.book_titles.push(title);
            } else {
                self.titles.push(title);
            }
        }
        if container.chars().count() > 2 && container.chars().count() < 160 {
            let meeting = ["Proc", "Conf", "Symp", "Workshop", "Congress"].iter().any(|w| container.contains(w));
            if meeting && container.split(' ').count() > 2 {
                self.meetings.push(container);
            } else if !publisher.is_empty() || gold["editor"].is_array() {
                self.books.push(container);
            } else {
                self.journals.push(container);
            }
        }
        if !publisher.is_empty() && !place.is_empty() {
            self.publishers.push((publisher, place));
        }
        let pages = text("pages");
        if !pages.is_empty() {
            self.pages.push(pages);
        }
    }

    /// A record of parts drawn anew.
    pub fn draw(&self, random: &mut Random) -> Record {
        if random.chance(300) {
            return self.german(random);
        }
        let kind = random.pick(&[
            Kind::Article,
            Kind::Article,
            Kind::Article,
            Kind::Book,
            Kind::Chapter,
            Kind::Paper,
            Kind::Thesis,
            Kind::Web,
            Kind::Web,
        ]);
        let mut record = self.frame(kind, random);
        record.title = if random.chance(40) { one_word(random) } else { random.pick(&self.titles).clone() };
        let (publisher, place) = if random.chance(500) || self.publishers.is_empty() {
            let (publisher, place) = random.pick(PUBLISHERS);
            ((*publisher).to_owned(), (*place).to_owned())
        } else {
            random.pick(&self.publishers).clone()
        };
        (record.publisher, record.place) = (publisher, place);
        match kind {
            Kind::Article if random.chance(30) => record.container = one_word(random),
            Kind::Article => record.container = journal(&random.pick(&self.journals), random),
            Kind::Book => record.title = random.either(700, &self.book_titles, &self.titles),
            Kind::Chapter => {
                record.container = random.either(500, &self.books, &self.book_titles);
            }
            Kind::Paper => {
                record.container = random.either(800, &self.meetings, &self.books);
            }
            Kind::Web => record.container = site(random),
            Kind::Thesis => {
                record.publisher = format!("University of {}", record.place.split(',').next().unwrap_or("Oslo"))
            }
        }
        record
    }

    pub fn title(&self, random: &mut Random) -> String {
        random.pick(&self.titles)
    }

    /// The title of a book.
    pub fn book(&self, random: &mut Random) -> String {
        random.either(500, &self.books, &self.book_titles)
    }

    fn german(&self, random: &mut Random) -> Record {
        let kind = random.pick(&[Kind::Article, Kind::Article, Kind::Book, Kind::Chapter, Kind::Chapter, Kind::Thesis]);
        let mut record = self.frame(kind, random);
        record.german = true;
        record.title = german::title(random);
        let (publisher, place) = random.pick(GERMAN_PUBLISHERS);
        (record.publisher, record.place) = ((*publisher).to_owned(), (*place).to_owned());
        match kind {
            Kind::Article => record.container = german::journal(random),
            Kind::Chapter => record.container = german::title(random),
            Kind::Thesis => record.publisher = format!("Universität {}", random.pick(GERMAN_PUBLISHERS).1),
            Kind::Book | Kind::Paper | Kind::Web => {}
        }
        for (family, given) in record.authors.iter_mut().chain(&mut record.editors) {
            if random.chance(700) {
                *family = random.pick(GERMAN_FAMILIES).to_owned();
                *given = random.pick(GERMAN_GIVEN).to_owned();
            }
        }
        record
    }

    /// What all kinds have: names, year, numbers.
    fn frame(&self, kind: Kind, random: &mut Random) -> Record {
        let count = random.pick(&[1, 1, 1, 2, 2, 3, 3, 4, 6, 9]);
        let full = random.chance(450);
        let authors = (0..count).map(|_| self.name(full, random)).collect();
        let editors = if kind == Kind::Chapter || (kind == Kind::Paper && random.chance(250)) {
            (0..1 + random.below(3)).map(|_| self.name(full, random)).collect()
        } else {
            Vec::new()
        };
        let first = 1 + random.below(900);
        let pages = if random.chance(600) {
            random.pick(&self.pages).clone()
        } else {
            format!("{first}-{}", first + 1 + random.below(40))
        };
        let most = if random.chance(800) { 60 } else { 700 };
        Record {
            authors,
            editors,
            year: year(random),
            volume: if random.chance(30) { "XIV".to_owned() } else { (1 + random.below(most)).to_string() },
            issue: if random.chance(550) { (1 + random.below(12)).to_string() } else { String::new() },
            pages,
            kind,
            ..Record::default()
        }
    }

    pub fn name(&self, full: bool, random: &mut Random) -> (String, String) {
        let (family, given) = random.pick(&self.names).clone();
        let initials: String = given.chars().filter(|c| c.is_uppercase()).take(3).flat_map(|c| [c, '.', ' ']).collect();
        let initials = initials.trim_end().to_owned();
        let family = if family.chars().all(|c| !c.is_lowercase()) && family.chars().count() > 3 {
            family
                .chars()
                .enumerate()
                .flat_map(|(i, c)| if i == 0 { vec![c] } else { c.to_lowercase().collect() })
                .collect()
        } else {
            family
        };
        if !full {
            return (family, initials);
        }
        let mut given = random.pick(GIVEN).to_owned();
        if random.chance(250) {
            given.push_str(&format!(" {}.", random.pick(&["A", "B", "C", "D", "E", "H", "J", "L", "M", "R", "S"])));
        }
        (family, given)
    }
}

/// A year: most references are to the last decades.
fn year(random: &mut Random) -> i32 {
    let back = 1 + random.below(90);
    i32::try_from(2023 - random.below(back)).expect("a year")
}

/// The name of a journal, often shortened as lists of abbreviations do.
fn journal(name: &str, random: &mut Random) -> String {
    if name.contains('.') || !name.contains(' ') || !random.chance(300) {
        return name.to_owned();
    }
    let dotted = random.chance(500);
    let words = name
        .split(' ')
        .filter(|w| !matches!(w.to_lowercase().as_str(), "of" | "the" | "and" | "for" | "in" | "&" | "der" | "für"));
    let short = words.map(|word| {
        let letters: Vec<char> = word.chars().collect();
        if word == "Journal" || word == "Journals" {
            return if dotted { "J.".to_owned() } else { "J".to_owned() };
        }
        let mut keep = 3 + random.below(4);
        while keep < letters.len() && keep > 2 && "aeiou".contains(letters[keep - 1]) {
            keep -= 1;
        }
        if letters.len() <= keep + 1 {
            return word.to_owned();
        }
        let stem: String = letters[..keep].iter().collect();
        if dotted { format!("{stem}.") } else { stem }
    });
    short.collect::<Vec<_>>().join(" ")
}

/// A title of one word; journals have such names, too.
fn one_word(random: &mut Random) -> String {
    random
        .pick(&[
            "Frost",
            "Rivers",
            "Enzymes",
            "Memory",
            "Ice",
            "Proteins",
            "Grammar",
            "Asthma",
            "Migraine",
            "Volcanoes",
            "Catalysis",
            "Editorial",
            "Obesity",
            "Sleep",
            "Pain",
            "Moss",
            "Rain",
            "Tuberculosis",
            "Justice",
            "Leprosy",
        ])
        .to_owned()
}

/// The name of a site of the web.
fn site(random: &mut Random) -> String {
    let topic = random.pick(&[
        "Health",
        "History",
        "Media",
        "Law",
        "Science",
        "Medicine",
        "Education",
        "City",
        "Music",
        "Garden",
        "Energy",
    ]);
    match random.below(7) {
        6 => random.pick(&["Zenodo", "figshare", "Dryad", "OSF", "GitHub"]).to_owned(),
        0 => format!("{topic} Online"),
        1 => format!("e{topic}"),
        2 => format!("e{topic} from {}Net", random.pick(&["Open", "Web", "Fact", "Inter"])),
        3 => format!("The {topic} {}", random.pick(&["Blog", "Post", "Times", "Monitor", "Project", "Report"])),
        4 => format!("{topic} {}", random.pick(&["News", "Today", "Encyclopedia", "Portal", "Watch", "Weekly"])),
        _ => format!("{topic}{}.com", random.pick(&["facts", "base", "world", "line"])),
    }
}

impl Record {
    /// As a work of the CSL processor.
    pub fn work(&self, random: &mut Random) -> Work {
        let mut work = Work {
            kind: match self.kind {
                Kind::Article => WorkKind::ArticleJournal,
                Kind::Book => WorkKind::Book,
                Kind::Chapter => WorkKind::Chapter,
                Kind::Paper => WorkKind::PaperConference,
                Kind::Thesis => WorkKind::Thesis,
                Kind::Web => WorkKind::Webpage,
            },
            ..Work::default()
        };
        for (role, names) in [(Role::Author, &self.authors), (Role::Editor, &self.editors)] {
            if !names.is_empty() {
                let names = names.iter().map(|(family, given)| Name::person(family.as_str(), given.as_str())).collect();
                work.contributors.insert(role, NameList { names, incomplete: false });
            }
        }
        work.dates.insert(DateField::Issued, Date::from_year(self.year));
        work.set(Field::Title, self.title.as_str());
        work.set(Field::ContainerTitle, self.container.as_str());
        if self.kind == Kind::Web {
            work.set(Field::Url, format!("https://www.example.org/{}/{}.html", self.year, random.below(9999)));
        } else if self.kind == Kind::Article {
            work.set(Field::Volume, self.volume.as_str());
            work.set(Field::Issue, self.issue.as_str());
        } else {
            work.set(Field::Publisher, self.publisher.as_str());
            work.set(Field::PublisherPlace, self.place.as_str());
            if random.chance(60) {
                work.set(Field::Volume, (1 + random.below(9)).to_string());
            }
            if random.chance(120) {
                work.set(Field::Edition, (2 + random.below(6)).to_string());
            }
            if random.chance(100) {
                work.set(Field::CollectionTitle, random.pick(SERIES));
            }
        }
        if matches!(self.kind, Kind::Article | Kind::Chapter | Kind::Paper) {
            work.set(Field::Page, self.pages.as_str());
        }
        if random.chance(250) {
            work.set(Field::Doi, format!("10.{}/j.{}.{:03}", 1000 + random.below(9000), self.year, random.below(999)));
        } else if random.chance(100) {
            work.set(Field::Url, format!("https://www.example.org/{}/{}.html", self.year, random.below(9999)));
        }
        work
    }
}

pub fn series(random: &mut Random) -> &'static str {
    random.pick(SERIES)
}
