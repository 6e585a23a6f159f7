//! [`Work`]s → RIS.

use std::collections::HashSet;

use super::kinds::{KINDS, counts_pages, has_versions, nearest, stands_alone};
use crate::bibliography::draft::{inverted, name_of_kind, split_keywords};
use crate::text::collapse_spaces;
use crate::work::{Date, DateField, DatePoint, Doi, Field, Month, Qualifier, Role, Work, WorkKind};

pub(super) fn write(works: &[Work]) -> String {
    let mut out = String::new();
    for work in works {
        let mut record = Record { out: &mut out, used: HashSet::new() };
        record.work(work);
    }
    out
}

struct Record<'o> {
    out: &'o mut String,
    used: HashSet<String>,
}

impl Record<'_> {
    fn line(&mut self, tag: &str, value: &str) {
        let value = collapse_spaces(value);
        if !value.is_empty() || matches!(tag, "TY" | "ER") {
            self.used.insert(tag.to_owned());
            self.out.push_str(tag);
            self.out.push_str("  - ");
            self.out.push_str(&value);
            self.out.push('\n');
        }
    }

    /// Text that keeps its lines, unless one of them would be taken for the next tag.
    fn paragraph(&mut self, tag: &str, text: &str) {
        let lines: Vec<String> = text.lines().map(collapse_spaces).collect();
        let plain = lines.iter().all(|line| !line.is_empty() && super::read::tag_of(line).is_none());
        if plain && lines.len() > 1 {
            self.used.insert(tag.to_owned());
            self.out.push_str(&format!("{tag}  - {}\n", lines.join("\n")));
        } else {
            self.line(tag, text);
        }
    }

    fn work(&mut self, work: &Work) {
        let kind = name_of_kind(KINDS, work.kind).unwrap_or_else(|| nearest(work.kind));
        let unknown = work.custom.get("TY").filter(|_| kind == "GEN" && work.kind == WorkKind::Document);
        self.line("TY", unknown.map_or(kind, String::as_str));
        if !work.key.contains(char::is_whitespace) {
            self.line("ID", &work.key);
        }
        for (role, list) in &work.contributors {
            let Some(tag) = role_tag(*role, work.kind) else { continue };
            list.names.iter().for_each(|name| self.line(tag, &inverted(name)));
            if list.incomplete {
                self.line(tag, "et al.");
            }
        }
        self.dates(work);
        self.pages(work);
        for (field, text) in &work.fields {
            if *field == Field::Keyword {
                split_keywords(text).for_each(|word| self.line("KW", word));
            } else if *field == Field::Abstract {
                self.paragraph("AB", text);
            } else if *field == Field::Note {
                text.lines().for_each(|line| self.line("N1", line));
            } else if let Some(tag) = tag(*field, work) {
                self.line(tag, text);
            }
        }
        for (name, text) in &work.custom {
            let is_tag = super::read::tag_of(&format!("{name}  - ")).is_some_and(|(tag, _)| tag == name);
            if is_tag && !super::read::is_special(name) && (self.used.contains(name) || self.is_kept(name, text, work))
            {
                text.lines().for_each(|line| self.line(name, line));
            }
        }
        self.line("ER", "");
        self.out.push('\n');
    }

    /// Whether a tag that is not in the record yet would be kept by the reader as it is, and change nothing else.
    fn is_kept(&self, name: &str, text: &str, work: &Work) -> bool {
        let decides_others = matches!(name, "TI" | "T1" | "T2" | "BT" | "C1" | "C3" | "DO" | "IS" | "JF");
        let may_be_a_doi = matches!(name, "M3" | "RN") && text.parse::<Doi>().is_ok();
        let has = |tag: &str| tag == name || self.used.contains(tag);
        // What the record said before goes before it.
        let is_said = |field: Field| work.get(field).is_some() && tag(field, work).is_some();
        let is_taken = text.lines().any(|line| {
            super::read::variable(name, &collapse_spaces(line), work, &has).is_some_and(|field| !is_said(field))
        });
        !decides_others && !may_be_a_doi && !is_taken && !super::read::is_taken(name, work.kind)
    }

    fn dates(&mut self, work: &Work) {
        if let Some(date) = work.dates.get(&DateField::Issued) {
            if let Some(year) = date.year().filter(|y| (0..=9999).contains(y)) {
                self.line("PY", &format!("{year:04}"));
            }
            match date {
                Date::Point(DatePoint { month: None, qualifier: Qualifier::Certain, year: 0..=9999, .. }) => {}
                date => self.line("DA", &in_slashes(date)),
            }
        }
        let second = if work.kind == WorkKind::Patent { DateField::Submitted } else { DateField::Accessed };
        if let Some(date) = work.dates.get(&second) {
            self.line("Y2", &in_slashes(date));
        }
    }

    fn pages(&mut self, work: &Work) {
        let Some(page) = work.get(Field::Page) else {
            if counts_pages(work.kind) {
                self.line("SP", work.get(Field::NumberOfPages).unwrap_or_default());
            }
            return;
        };
        match page.split_once(['–', '-']) {
            Some((first, last)) if is_page(first) && is_page(last) => {
                self.line("SP", first);
                self.line("EP", last);
            }
            _ => self.line("SP", page),
        }
    }
}

/// Whether text is one page, and no list or description of pages.
fn is_page(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !text.contains(['–', '-', ',', ' '])
}

/// "YYYY/MM/DD/", or EDTF where that cannot say it.
fn in_slashes(date: &Date) -> String {
    match date {
        Date::Point(DatePoint { year: year @ 0..=9999, month, day, qualifier: Qualifier::Certain }) => {
            let month = match month {
                Some(Month::Calendar(m)) => format!("{m:02}"),
                None => String::new(),
                Some(Month::Season(_)) => return date.to_string(),
            };
            format!("{year:04}/{month}/{}/", day.map(|d| format!("{d:02}")).unwrap_or_default())
        }
        date => date.to_string(),
    }
}

fn role_tag(role: Role, kind: WorkKind) -> Option<&'static str> {
    use WorkKind::*;
    let whole = matches!(kind, Book | Classic | Collection);
    Some(match role {
        Role::Author if !matches!(kind, MotionPicture | Song) => "AU",
        Role::Director if kind == MotionPicture => "AU",
        Role::Composer if kind == Song => "AU",
        // The tag of the specification, which more programs know; of some kinds it means somebody else.
        Role::Editor if super::read::role("A2", kind, false) == Some(Role::Editor) => "A2",
        Role::Editor => "ED",
        Role::CollectionEditor if whole => "A2",
        Role::CollectionEditor => "A3",
        Role::Producer if kind == MotionPicture => "A2",
        Role::Performer if kind == Song => "A2",
        Role::Recipient if kind == PersonalCommunication => "A2",
        Role::Contributor if kind == Thesis => "A2",
        Role::Contributor if matches!(kind, Patent | LegalCase | MotionPicture | Song) => "A4",
        Role::Translator if !matches!(kind, Patent | LegalCase | MotionPicture | Song) => "A4",
        Role::Translator => "TA",
        _ => return None,
    })
}

/// The tag from which the reader takes a variable in a work of this kind.
fn tag(field: Field, work: &Work) -> Option<&'static str> {
    use WorkKind::*;
    let (kind, alone) = (work.kind, stands_alone(work.kind));
    Some(match field {
        Field::Title => "TI",
        Field::TitleShort => "ST",
        Field::ContainerTitle if kind == PaperConference && work.get(Field::EventTitle).is_some() => "C3",
        Field::EventTitle if kind == PaperConference && work.get(Field::ContainerTitle).is_some() => "T2",
        Field::ContainerTitle if alone => "JF",
        Field::ContainerTitle => "T2",
        Field::ContainerTitleShort => "J2",
        Field::CollectionTitle if alone => "T2",
        Field::CollectionTitle => "T3",
        Field::Volume => "VL",
        Field::Issue if !alone => "IS",
        Field::CollectionNumber if alone => "IS",
        Field::CollectionNumber if kind == Chapter => "SV",
        Field::Number => match kind {
            Report | Standard | Patent => "SN",
            Bill | Hearing | Legislation => "M1",
            ArticleJournal => "C7",
            _ => return None,
        },
        Field::Medium if matches!(kind, Graphic | Figure) => "M3",
        Field::Genre if !matches!(kind, Graphic | Figure) => "M3",
        Field::Scale if kind == Map => "C1",
        Field::PublisherPlace if kind == PaperConference && work.get(Field::EventPlace).is_some() => "C1",
        Field::EventPlace if kind == PaperConference && work.get(Field::PublisherPlace).is_some() => "CY",
        Field::PublisherPlace => "CY",
        Field::Pmcid => "C2",
        Field::Isbn | Field::Issn if !matches!(kind, Report | Standard | Patent) => "SN",
        Field::Authority if kind == LegalCase => "PB",
        Field::Publisher if kind != LegalCase => "PB",
        Field::Version if has_versions(kind) => "ET",
        Field::Edition if !has_versions(kind) => "ET",
        Field::Language => "LA",
        Field::CallNumber => "CN",
        Field::Archive => "DB",
        Field::ArchiveLocation => "AN",
        Field::Source => "DP",
        Field::NumberOfVolumes => "NV",
        Field::Section => "SE",
        Field::ReviewedTitle => "RI",
        Field::Doi => "DO",
        Field::Url => "UR",
        Field::Abstract => "AB",
        _ => return None,
    })
}
