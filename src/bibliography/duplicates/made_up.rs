//! Duplicates among 2,000 made-up records whose pairs are known: the same works as several databases would export them,
//! among works that only look alike. The rules were not made with these records at hand.

use std::collections::{BTreeMap, BTreeSet};

use super::duplicates;
use crate::work::{Date, DateField, Field, Name, NameList, Role, Work, WorkKind};

/// A sequence of numbers that is the same each time (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

const THINGS: &[&str] = &[
    "tidal currents",
    "harbour seals",
    "coastal fog",
    "salt marshes",
    "ferry crews",
    "lighthouse keepers",
    "sea walls",
    "kelp forests",
    "eel migration",
    "storm surges",
    "fishing villages",
    "oyster reefs",
    "peat bogs",
    "river deltas",
    "glacial lakes",
    "mountain pastures",
    "stone bridges",
    "wind turbines",
    "bark beetles",
    "migrating cranes",
    "behavioural therapy",
    "iron deficiency",
    "colour vision",
    "sleep apnoea",
    "vitamin D",
    "hip fractures",
    "school meals",
    "night shifts",
    "minority languages",
    "parish registers",
    "grain prices",
    "merchant guilds",
];
const ASPECTS: &[&str] = &[
    "Prevalence of",
    "Long-term effects of",
    "A history of",
    "Modelling of",
    "Attitudes towards",
    "The economics of",
    "Risk factors for",
    "Remote sensing of",
    "Genetic diversity in",
    "Management of",
    "Early detection of",
    "Seasonal variation in",
    "Determinants of",
    "Public perception of",
    "Machine learning for",
    "Conservation of",
];
const PLACES: &[&str] = &[
    "in northern Europe",
    "in the Faroe Islands",
    "among older adults",
    "in rural districts",
    "on the Baltic coast",
    "in primary schools",
    "under a changing climate",
    "in the nineteenth century",
    "after the reform of 1987",
    "in three alpine valleys",
    "in low-income settings",
    "at high altitude",
    "in coastal waters",
    "among young women",
];
const STUDIES: &[&str] = &[
    "a cohort study",
    "a systematic review",
    "evidence from parish records",
    "a randomised controlled trial",
    "a multicentre study",
    "a qualitative study",
    "results from a national survey",
    "a comparison of two methods",
];
const JOURNALS: &[(&str, &str)] = &[
    ("Journal of Coastal Studies", "J Coast Stud"),
    ("Annals of Island Medicine", "Ann Island Med"),
    ("Northern Review of History", "North Rev Hist"),
    ("International Journal of Tidal Research", "Int J Tidal Res"),
    ("Zeitschrift für Küstenforschung", "Z Küstenforsch"),
    ("European Archives of Public Health Practice", "Eur Arch Public Health Pract"),
    ("Acta Maritima", "Acta Marit"),
    ("Proceedings of the Royal Society of Harbours", "Proc R Soc Harb"),
];

fn family(dice: &mut Dice) -> String {
    let parts = ["Bar", "Hol", "Lind", "Mø", "Gar", "Sø", "Kov", "Tan", "Per", "Okaf", "Núñ", "Wil", "Stein", "Ros"];
    let ends = ["gren", "berg", "sen", "ez", "or", "ács", "lin", "feld", "wick", "müller", "i", "o", "man", "dal"];
    format!("{}{}", dice.pick(&parts), dice.pick(&ends))
}

fn set(work: &mut Work, field: Field, value: impl Into<String>) {
    work.set(field, value.into());
}

fn year_of(work: &Work) -> i32 {
    work.year().expect("each has a year")
}

fn set_year(work: &mut Work, year: i32) {
    work.dates.insert(DateField::Issued, Date::from_year(year));
}

fn title_of(work: &Work) -> String {
    work.get(Field::Title).unwrap_or_default().to_owned()
}

fn set_doi(dice: &mut Dice, work: &mut Work) {
    set(work, Field::Doi, format!("10.5555/made.{}.{}", dice.below(100_000), dice.below(100_000)));
}

/// An article with all its fields.
fn article(dice: &mut Dice) -> Work {
    let mut work = Work { kind: WorkKind::ArticleJournal, ..Work::default() };
    let mut title = format!("{} {} {}", dice.pick(ASPECTS), dice.pick(THINGS), dice.pick(PLACES));
    if dice.one_in(2) {
        title = format!("{title}: {}", dice.pick(STUDIES));
    }
    set(&mut work, Field::Title, title);
    let names = (0..1 + dice.below(6)).map(|_| {
        let family = family(dice);
        Name::person(family, dice.pick(&["Ada", "Bo Erik", "Clara M.", "Dag", "Eva", "José", "Karl-Heinz", "Li"]))
    });
    let names = names.collect();
    work.contributors.insert(Role::Author, NameList { names, incomplete: false });
    let (year, journal) = (1985 + dice.below(38), dice.below(JOURNALS.len()));
    set_year(&mut work, i32::try_from(year).unwrap_or_default());
    set(&mut work, Field::ContainerTitle, JOURNALS[journal].0);
    set(&mut work, Field::Volume, (year - 1960 + journal).to_string());
    set(&mut work, Field::Issue, (1 + dice.below(6)).to_string());
    let page = 1 + dice.below(900);
    set(&mut work, Field::Page, format!("{page}-{}", page + 3 + dice.below(15)));
    if !dice.one_in(3) {
        set_doi(dice, &mut work);
    }
    work
}

/// The record of the same article in another database: one to four things are otherwise.
fn exported(dice: &mut Dice, article: &Work) -> Work {
    let mut work = article.clone();
    for _ in 0..1 + dice.below(4) {
        slip(dice, &mut work);
    }
    if !dice.one_in(3) {
        work.fields.remove(&Field::Doi);
    }
    work
}

fn slip(dice: &mut Dice, work: &mut Work) {
    let title = title_of(work);
    let pages = work.get(Field::Page).unwrap_or_default().to_owned();
    let authors = |work: &mut Work, change: &dyn Fn(&mut NameList)| {
        if let Some(list) = work.contributors.get_mut(&Role::Author) {
            change(list);
        }
    };
    match dice.below(14) {
        0 => {
            let short = JOURNALS.iter().find(|j| Some(j.0) == work.get(Field::ContainerTitle)).map(|j| j.1);
            work.fields.extend(short.map(|short| (Field::ContainerTitle, short.to_owned())));
        }
        1 => set(work, Field::Title, title.to_uppercase()),
        2 => set(work, Field::Title, format!("{title}.")),
        3 => {
            // One letter typed wrong, somewhere within.
            let mut letters: Vec<char> = title.chars().collect();
            let at = 8 + dice.below(letters.len() - 9);
            letters.swap(at, at - 1);
            set(work, Field::Title, letters.into_iter().collect::<String>());
        }
        4 => {
            let american = title.replace("our", "or").replace("ised", "ized").replace("apnoea", "apnea");
            set(work, Field::Title, american.replace("Modelling", "Modeling"));
        }
        5 => {
            let without = title.split(": ").next().unwrap_or_default().to_owned();
            set(work, Field::Title, without);
        }
        6 => set(work, Field::Title, title.replace("Long-term", "Long term").replace(": ", " - ")),
        7 => authors(work, &|list| {
            for name in &mut list.names {
                if let Name::Person(person) = name {
                    person.given = person.given.as_ref().and_then(|g| g.chars().next()).map(|c| format!("{c}."));
                }
            }
        }),
        8 => authors(work, &|list| {
            list.names.truncate(1);
            list.incomplete = true;
        }),
        9 => authors(work, &|list| {
            for name in &mut list.names {
                if let Name::Person(person) = name {
                    person.family = crate::text::plain_letters(&person.family);
                }
            }
        }),
        // The year of the online version.
        10 => set_year(work, year_of(work) - 1),
        11 => {
            let (first, last) = pages.split_once('-').unwrap_or((&pages, ""));
            let same = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b && first.len() == last.len()).count();
            set(work, Field::Page, format!("{first}-{}", &last[same.min(last.len().saturating_sub(1))..]));
        }
        12 => {
            work.fields.remove(&Field::Page);
        }
        _ => {
            if let (Some(volume), Some(issue)) = (work.get(Field::Volume), work.fields.get(&Field::Issue)) {
                let both = format!("{volume}({issue})");
                set(work, Field::Volume, both);
                work.fields.remove(&Field::Issue);
            }
        }
    }
}

/// Another publication that looks much like an article.
fn lookalike(dice: &mut Dice, article: &Work) -> Work {
    let mut work = article.clone();
    work.fields.remove(&Field::Doi);
    let title = title_of(article);
    let page = 1_000 + dice.below(500);
    set(&mut work, Field::Page, format!("{page}-{}", page + 4));
    match dice.below(8) {
        // What came out before it.
        0 => {
            set(&mut work, Field::ContainerTitle, "bioRxiv");
            set_year(&mut work, year_of(article) - 1);
            for field in [Field::Volume, Field::Issue, Field::Page] {
                work.fields.remove(&field);
            }
            set(&mut work, Field::Doi, format!("10.1101/2019.01.02.{}", 100_000 + dice.below(900_000)));
        }
        1 => set(&mut work, Field::Title, format!("Erratum: {title}")),
        2 => set(&mut work, Field::Title, format!("{title} (vol {}, pg 12, 2001)", 1 + dice.below(60))),
        3 => set(&mut work, Field::Title, format!("Re: {title}")),
        // The abstract of the year before.
        4 => {
            work.kind = WorkKind::PaperConference;
            set(&mut work, Field::ContainerTitle, "Annual Meeting of the Society of Harbours");
            set_year(&mut work, year_of(article) - 1);
            work.fields.remove(&Field::Volume);
        }
        5 => set(&mut work, Field::Title, format!("{title}: part II")),
        // The same study of something else, in the same issue.
        6 => {
            let first = title.split(' ').next().unwrap_or_default();
            let other = ["Incidence", "Short-term", "Towards", "Modest"].into_iter().find(|w| *w != first);
            set(&mut work, Field::Title, title.replacen(first, other.unwrap_or_default(), 1));
        }
        // A yearly report.
        _ => {
            set_year(&mut work, year_of(article) + 1);
            let volume: usize = article.get(Field::Volume).and_then(|v| v.parse().ok()).unwrap_or_default();
            set(&mut work, Field::Volume, (volume + 1).to_string());
        }
    }
    work
}

/// Records with the number of the publication of each.
fn records() -> Vec<(usize, Work)> {
    let mut dice = Dice(2_026);
    let mut records = Vec::new();
    let mut publication = 0;
    while records.len() < 2_000 {
        let article = article(&mut dice);
        records.push((publication, article.clone()));
        if dice.one_in(3) {
            records.extend((0..1 + dice.below(2)).map(|_| (publication, exported(&mut dice, &article))));
        }
        publication += 1;
        if dice.one_in(3) {
            records.push((publication, lookalike(&mut dice, &article)));
            publication += 1;
        }
    }
    records.truncate(2_000);
    for (i, (_, work)) in records.iter_mut().enumerate() {
        work.key = format!("k{i}");
    }
    records
}

#[test]
fn pairs_of_made_up_records() {
    let records = records();
    let works: Vec<Work> = records.iter().map(|(_, work)| work.clone()).collect();
    let mut publications: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, (publication, _)) in records.iter().enumerate() {
        publications.entry(*publication).or_default().push(i);
    }
    let pairs = |group: &[usize]| -> Vec<(usize, usize)> {
        group.iter().enumerate().flat_map(|(n, a)| group[n + 1..].iter().map(move |b| (*a, *b))).collect()
    };
    let wanted: BTreeSet<(usize, usize)> = publications.values().flat_map(|group| pairs(group)).collect();
    let found = duplicates(&works);
    let got: BTreeSet<(usize, usize)> = found.groups.iter().flat_map(|group| pairs(&group.members)).collect();
    let right = wanted.intersection(&got).count();
    let shown = |(a, b): &(usize, usize)| {
        let one = |i: usize| {
            let work = &works[i];
            let field = |f| work.get(f).unwrap_or("–").to_owned();
            let fields = [Field::Title, Field::ContainerTitle, Field::Volume, Field::Page].map(field).join(" | ");
            format!("{fields} | {:?}", work.year())
        };
        println!("  {}\n  {}\n", one(*a), one(*b));
    };
    println!("false merges:");
    got.difference(&wanted).for_each(shown);
    println!("missed:");
    wanted.difference(&got).for_each(shown);
    let (share, of) = (2 * right * 1_000, wanted.len() + got.len());
    println!("{} pairs, {} found, {right} of them right: F1 .{:03}", wanted.len(), got.len(), share / of);
    assert!(got.len() - right <= 2, "{} false merges", got.len() - right);
    assert!(share / of >= 970, "F1 .{:03}", share / of);
}
