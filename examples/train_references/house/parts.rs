//! What references of all kinds are made of: names and year, pages, volume and issue.

use citetrail::reference::training::Label;

use super::style::Year;
use super::{Names, Printer};
use crate::german;
use crate::lists::{GERMAN_FAMILIES, GERMAN_GIVEN};
use crate::print::names;

impl Printer<'_> {
    pub(super) fn people(&mut self, german: bool) -> Names {
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
    pub(super) fn front(&mut self, authors: &Names, marked: &'static str, year: i32) -> bool {
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
    pub(super) fn behind_title(&mut self, asks: bool, text: &'static str) {
        if asks {
            let text = text.trim_start_matches(['.', ',', ';']);
            self.put(text);
        } else {
            self.put(text);
        }
    }

    pub(super) fn pages(&mut self) -> String {
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
    pub(super) fn numbered(&mut self, form: &str, year: i32) {
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
}
