//! One entry → one [`Work`].

use std::borrow::Cow;

use super::dates::{assemble, read_date};
use super::fields::{Target, field_name, is_structural, is_verbatim, target};
use super::inherit::{FieldValue, RawEntry};
use super::kinds::{self, EntryType};
use super::latex::{Capitals, decode, decode_verbatim};
use super::names::read_names;
use super::problems::Problems;
use crate::work::{Date, DateField, Field, Role, Work, WorkKind};

/// Custom field that keeps an entry type nobody has documented.
pub(super) const ENTRY_TYPE: &str = "entrytype";

/// Interprets the fields of an entry, own and inherited. `fields` have no name twice.
pub(super) fn work(entry: &RawEntry, fields: &[FieldValue], problems: &mut Problems) -> Work {
    let mut work = Work { key: entry.key.to_owned(), ..Work::default() };
    let get = |name: &str| fields.iter().find(|f| f.name == name).map(|f| &*f.value);
    let implied = kinds::entry_type(&entry.entry_type);
    let subtype = get("entrysubtype").and_then(|value| kinds::subtype(&decode(value, Capitals::Free)));
    work.kind = match (subtype, implied, WorkKind::from_csl(&entry.entry_type)) {
        (Some(kind), _, _) | (None, None, Some(kind)) => kind,
        (None, Some(EntryType { kind, .. }), _) => kind,
        (None, None, None) => {
            work.custom.insert(ENTRY_TYPE.to_owned(), entry.entry_type.clone());
            WorkKind::Document
        }
    };
    if let Some(genre) = implied.and_then(|i| i.genre)
        && get("type").is_none()
    {
        work.set(Field::Genre, genre);
    }
    let mut reader = Reader { work, fields, subtype: subtype.is_some() };
    for field in fields {
        reader.field(field);
    }
    reader.dates(entry, problems);
    reader.subtitles();
    reader.work
}

struct Reader<'f> {
    work: Work,
    fields: &'f [FieldValue<'f>],
    subtype: bool,
}

impl Reader<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|f| f.name == name).map(|f| &*f.value)
    }

    fn has(&self, names: &[&str]) -> bool {
        self.fields.iter().any(|f| names.contains(&&*f.name))
    }

    fn field(&mut self, field: &FieldValue) {
        let (name, value) = (&*field.name, &*field.value);
        if is_structural(name) || (name == "entrysubtype" && self.subtype) || self.is_special(name, value) {
            return;
        }
        let target = target(name, self.work.kind);
        // Both name a place; papers of conferences are where they differ.
        let target = match (name, target) {
            ("location", Some(_)) if self.work.kind == WorkKind::PaperConference && self.has(&["address"]) => {
                Some(Target::Text(Field::EventPlace))
            }
            // MathSciNet gives the full name of a journal beside the abbreviated one.
            ("fjournal", None) => Some(Target::Title(Field::ContainerTitle)),
            ("journal", Some(_)) if self.get("fjournal").is_some_and(|full| !full.trim().is_empty()) => {
                Some(Target::Title(Field::ContainerTitleShort))
            }
            (_, target) => target.filter(|target| !self.is_outdone(name, *target)),
        };
        let taken = match target {
            Some(Target::Names(role)) => self.names(role, value),
            Some(Target::Title(variable)) => self.text(variable, decode(value, Capitals::Protected)),
            Some(Target::Text(variable)) => self.text(variable, decode(value, Capitals::Free)),
            Some(Target::Verbatim(variable)) => self.text(variable, decode_verbatim(value)),
            Some(Target::Date(variable)) => {
                let date = decode(value, Capitals::Free);
                if date.is_empty() || self.work.dates.contains_key(&variable) {
                    date.is_empty()
                } else {
                    self.work.dates.insert(variable, read_date(&date));
                    true
                }
            }
            None => false,
        };
        if !taken {
            self.custom(name, value);
        }
    }

    /// Whether another field says the same under a more fitting name: the one it would be written under.
    fn is_outdone(&self, name: &str, target: Target) -> bool {
        let (Target::Title(variable) | Target::Text(variable) | Target::Verbatim(variable)) = target else {
            return false;
        };
        match name {
            "organization" if self.has(&["institution", "school"]) => return true,
            "maintitle" if self.has(&["booktitle", "journaltitle"]) => return true,
            _ => {}
        }
        let fitting = field_name(variable, self.work.kind);
        fitting != name && self.has(&[&*fitting])
    }

    /// Records a value; `false` when another field already gave one.
    fn text(&mut self, variable: Field, value: Cow<str>) -> bool {
        if self.work.fields.contains_key(&variable) {
            return value.is_empty();
        }
        self.work.set(variable, value);
        true
    }

    fn names(&mut self, role: Role, value: &str) -> bool {
        let role = match role {
            Role::Editor => self.get("editortype").and_then(editor_role).unwrap_or(role),
            role => role,
        };
        if self.work.contributors.contains_key(&role) {
            return false;
        }
        let list = read_names(value);
        if !list.names.is_empty() || list.incomplete {
            self.work.contributors.insert(role, list);
        }
        true
    }

    fn custom(&mut self, name: &str, value: &str) {
        let text = if is_verbatim(name) { decode_verbatim(value) } else { decode(value, Capitals::Free) };
        if !text.is_empty() {
            self.work.custom.entry(name.to_owned()).or_insert_with(|| text.into_owned());
        }
    }

    /// Fields whose meaning another field decides. `true` when nothing remains to be done with it.
    fn is_special(&mut self, name: &str, value: &str) -> bool {
        match name {
            "editora" | "editorb" | "editorc" => {
                let role = self.get(&format!("{name}type")).and_then(editor_role);
                role.is_some_and(|role| role != Role::Editor && self.names(role, value))
            }
            "editortype" => editor_role(value).is_some() && self.has(&["editor"]),
            "editoratype" | "editorbtype" | "editorctype" => {
                let role = editor_role(value);
                role.is_some_and(|role| role != Role::Editor) && self.has(&[&name[..name.len() - "type".len()]])
            }
            "eprint" => {
                let kind = self.get("eprinttype").or_else(|| self.get("archiveprefix")).unwrap_or_default();
                let variable = match kind.trim().to_ascii_lowercase().as_str() {
                    "pubmed" | "pmid" => Field::Pmid,
                    "pmc" | "pmcid" => Field::Pmcid,
                    _ => return false,
                };
                self.text(variable, decode_verbatim(value))
            }
            "eprinttype" | "archiveprefix" => {
                if !matches!(value.trim().to_ascii_lowercase().as_str(), "pubmed" | "pmid" | "pmc" | "pmcid") {
                    self.custom("eprinttype", value);
                }
                true
            }
            "primaryclass" => {
                self.custom("eprintclass", value);
                true
            }
            "howpublished" if value.trim_start().starts_with("\\url{") && !self.has(&["url"]) => {
                let address = value.trim().strip_prefix("\\url{").and_then(|v| v.strip_suffix('}'));
                address.is_some_and(|address| {
                    !address.contains(['{', '}', ' ']) && self.text(Field::Url, decode_verbatim(address))
                })
            }
            _ => false,
        }
    }

    /// Puts `date`, or else `year`, together with `month` and `day`. What does not go in stays as it is.
    fn dates(&mut self, entry: &RawEntry, problems: &mut Problems) {
        let text = |name| self.get(name).map(|v| decode(v, Capitals::Free).into_owned()).filter(|v| !v.is_empty());
        let (year, month, day) = (text("year"), text("month"), text("day"));
        let mut left = vec![("month", month.clone()), ("day", day.clone())];
        let date = text("date").filter(|date| year.is_none() || !matches!(read_date(date), Date::Literal(_)));
        let source = date.as_deref().or(year.as_deref());
        if let Some(source) = source {
            let assembled = assemble(source, month.as_deref(), day.as_deref());
            if matches!(assembled.date, Date::Literal(_)) && source.chars().any(char::is_numeric) {
                let message = format!("“{source}” is not a date and was kept as words: write YYYY or YYYY-MM-DD");
                problems.add(entry.at, Some(entry.key), message);
            }
            left.retain(|(name, _)| if *name == "month" { !assembled.month_used } else { !assembled.day_used });
            let same_year = assembled.date.year().map(|y| y.to_string()) == year;
            match &date {
                Some(_) if !same_year => left.push(("year", year)),
                Some(_) => {}
                None => left.push(("date", text("date"))),
            }
            self.work.dates.insert(DateField::Issued, assembled.date);
        }
        for (name, value) in left {
            if let Some(value) = value {
                self.work.custom.insert(name.to_owned(), value);
            }
        }
        for (variable, date) in &self.work.dates {
            if let Date::Literal(words) = date
                && *variable != DateField::Issued
            {
                let message = format!("{variable}: “{words}” is not a date and was kept as words: write YYYY-MM-DD");
                problems.add(entry.at, Some(entry.key), message);
            }
        }
    }

    /// Joins subtitles to their titles.
    fn subtitles(&mut self) {
        for (name, variable) in [
            ("subtitle", Field::Title),
            ("booksubtitle", Field::ContainerTitle),
            ("journalsubtitle", Field::ContainerTitle),
            ("mainsubtitle", Field::ContainerTitle),
        ] {
            let Some(value) = self.get(name) else { continue };
            let subtitle = decode(value, Capitals::Protected).into_owned();
            let belongs = match name {
                "mainsubtitle" => !self.has(&["booktitle", "journal", "journaltitle"]),
                "booksubtitle" => self.has(&["booktitle"]),
                _ => true,
            };
            if subtitle.is_empty() {
                continue;
            }
            match self.work.fields.get_mut(&variable) {
                Some(title) if belongs => {
                    title.push_str(if title.ends_with(['?', '!', ':']) { " " } else { ": " });
                    title.push_str(&subtitle);
                }
                _ => self.custom(name, value_of(self.fields, name)),
            }
        }
    }
}

fn value_of<'f>(fields: &'f [FieldValue<'f>], name: &str) -> &'f str {
    fields.iter().find(|f| f.name == name).map_or("", |f| &f.value)
}

/// The role that a value of `editortype` names.
fn editor_role(value: &str) -> Option<Role> {
    let name = value.trim().to_ascii_lowercase();
    match name.as_str() {
        "collaborator" => Some(Role::Contributor),
        name => Role::from_csl(name),
    }
}
