//! RIS → [`Work`]s.

use super::kinds::{KINDS, counts_pages, has_versions, stands_alone};
use crate::bibliography::draft::{self, Draft, Unmarked, is_isbn, joined_keywords, kind_of_name};
use crate::bibliography::tagged::{Tagged, cut, problem, tags_of};
use crate::bibliography::{Library, Lines, ReadError, Source};
use crate::work::{Date, DateField, Doi, Field, Pmcid, Role, Work, WorkKind};

/// Tag and rest of a line "TG  - value"; one blank before the hyphen is enough, as some programs write it.
pub(super) fn tag_of(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = (line.get(..2)?, line.get(2..)?);
    let mut letters = tag.bytes();
    let is_tag = letters.next()?.is_ascii_uppercase()
        && letters.next().is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let hyphen = rest.trim_start_matches(' ');
    let blanks = rest.len() - hyphen.len();
    let value = hyphen.strip_prefix('-')?;
    (is_tag && (1..=2).contains(&blanks) && (value.is_empty() || value.starts_with([' ', '\t'])))
        .then_some((tag, value))
}

pub(super) fn read(source: &Source) -> Result<Library, ReadError> {
    let text = source.text();
    let mut lines = Lines::new(text);
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    let all = cut(text, tag_of);
    if let Some(at) = all.stray {
        library.problems.push(problem(&mut lines, at, "", "this stands before the first tag and was not read"));
    }
    let mut rest = &all.fields[..];
    while let Some(first) = rest.first() {
        if first.tag != "TY" {
            let outside = rest.iter().position(|f| f.tag == "TY").unwrap_or(rest.len());
            let message = "this stands outside of a record and was not read: a record begins with “TY  - ”";
            // Ends of records are often there twice.
            if let Some(lost) = rest[..outside].iter().find(|f| f.tag != "ER") {
                library.problems.push(problem(&mut lines, lost.at, "", message));
            }
            rest = &rest[outside..];
            continue;
        }
        let end = rest[1..].iter().position(|f| matches!(f.tag, "TY" | "ER")).map_or(rest.len(), |i| i + 1);
        let work = work(&rest[..end]);
        let closed = rest.get(end).is_some_and(|f| f.tag == "ER");
        if !closed {
            let message = "the record is not closed: put “ER  - ” after its last line";
            library.problems.push(problem(&mut lines, first.at, &work.key, message));
        }
        library.works.push(work);
        rest = &rest[end + usize::from(closed)..];
    }
    Ok(library)
}

fn work(fields: &[Tagged]) -> Work {
    let mut work = Work::default();
    let ty = fields[0].line();
    match kind_of_name(KINDS, &ty) {
        Some(kind) => work.kind = kind,
        None => work.keep("TY", &ty),
    }
    let present = tags_of(fields);
    let has = |tag: &str| present.contains(tag);
    let value = |tag: &str| fields.iter().find(|f| f.tag == tag).map(Tagged::line).unwrap_or_default();
    work.pages(&value("SP"), &value("EP"));
    if counts_pages(work.kind)
        && !has("EP")
        && let Some(pages) = work.fields.remove(&Field::Page)
    {
        work.set(if pages.contains(['-', '–', ',']) { Field::Page } else { Field::NumberOfPages }, pages);
    }
    issued(&mut work, fields);
    let mut keywords = Vec::new();
    let edited = ty == "EDBOOK";
    for field in &fields[1..] {
        let text = field.line();
        if text.is_empty() {
            continue;
        }
        if let Some(role) = role(field.tag, work.kind, edited) {
            field.lines().for_each(|name| work.name(role, draft::name(name, Unmarked::Literal)));
            continue;
        }
        match field.tag {
            "KW" => keywords.extend(field.lines().map(str::to_owned)),
            "SP" | "EP" | "PY" | "Y1" | "DA" => {}
            "ID" if work.key.is_empty() && !text.contains(' ') => work.key = text,
            "Y2" => {
                let field = if work.kind == WorkKind::Patent { DateField::Submitted } else { DateField::Accessed };
                work.date(field, draft::date(&text));
            }
            // Some programs put the DOI among the notes.
            "N1" | "RN" if text.parse::<Doi>().is_ok() && !has("DO") => {
                work.first(Field::Doi, &doi(&text));
            }
            "N1" => work.also(Field::Note, field.value.trim(), "\n"),
            "M3" if text.parse::<Doi>().is_ok() => {
                if !has("DO") {
                    work.first(Field::Doi, &doi(&text));
                }
            }
            "DO" => {
                work.first(Field::Doi, &doi(&text));
            }
            "UR" => {
                let mut urls = field.lines();
                for url in urls.by_ref() {
                    if !work.first(Field::Url, url) {
                        work.keep("UR", url);
                    }
                }
            }
            "AB" | "N2" => {
                if !work.first(Field::Abstract, field.value.trim()) {
                    work.keep(field.tag, &text);
                }
            }
            tag => {
                let taken = variable(tag, &text, &work, &has).is_some_and(|variable| work.first(variable, &text));
                if !taken {
                    work.keep(tag, &text);
                }
            }
        }
    }
    work.set(Field::Keyword, joined_keywords(&keywords));
    // A journal known by its abbreviation only is better than none.
    if work.get(Field::ContainerTitle).is_none()
        && !stands_alone(work.kind)
        && let Some(short) = work.fields.remove(&Field::ContainerTitleShort)
    {
        work.set(Field::ContainerTitle, short);
        // Another one of its abbreviations is what it is abbreviated to.
        let other = ["JO", "JA", "J1", "J2"].into_iter().find_map(|tag| Some((tag, work.custom.remove(tag)?)));
        if let Some((tag, others)) = other {
            let (first, rest) = others.split_once('\n').unwrap_or((&others, ""));
            work.set(Field::ContainerTitleShort, first);
            work.keep(tag, rest);
        }
    }
    work
}

/// A DOI without the label or address before it.
fn doi(text: &str) -> String {
    let bare = text.find("10.").map_or(text, |at| &text[at..]);
    if text.parse::<Doi>().is_ok() { bare.to_owned() } else { text.to_owned() }
}

/// The date of publication: DA says most, Y1 and PY stand in for it.
fn issued(work: &mut Work, fields: &[Tagged]) {
    for tag in ["DA", "PY", "Y1"] {
        for field in fields.iter().filter(|f| f.tag == tag && !f.value.is_empty()) {
            let text = field.line();
            match (draft::date(&text), work.dates.get(&DateField::Issued)) {
                // "May 12" of one tag and the year of another.
                (year @ Date::Point(_), Some(Date::Literal(words))) => {
                    let whole = draft::date(&format!("{words} {year}"));
                    let kept = if whole.year().is_some() { whole } else { year };
                    work.dates.insert(DateField::Issued, kept);
                }
                (Date::Literal(_), Some(_)) => {}
                (date, _) => work.date(DateField::Issued, date),
            }
        }
    }
}

/// Tags that are read in a way of their own.
pub(super) fn is_special(tag: &str) -> bool {
    matches!(tag, "TY" | "ER" | "ID" | "KW" | "SP" | "EP" | "PY" | "Y1" | "Y2" | "DA" | "N1")
}

/// Whether a tag is read as a name or a text of its own, whatever else there is.
pub(super) fn is_taken(tag: &str, kind: WorkKind) -> bool {
    role(tag, kind, false).is_some() || matches!(tag, "DO" | "AB" | "N2")
}

/// What somebody under a tag did.
pub(super) fn role(tag: &str, kind: WorkKind, edited: bool) -> Option<Role> {
    use WorkKind::*;
    Some(match (tag, kind) {
        ("AU" | "A1", _) if edited => Role::Editor,
        ("AU" | "A1", MotionPicture) => Role::Director,
        ("AU" | "A1", Song) => Role::Composer,
        ("AU" | "A1", _) => Role::Author,
        ("ED", _) => Role::Editor,
        ("A2", Book | Classic | Collection | Map | Report) => Role::CollectionEditor,
        ("A2", MotionPicture) => Role::Producer,
        ("A2", Song) => Role::Performer,
        ("A2", PersonalCommunication) => Role::Recipient,
        ("A2", Thesis) => Role::Contributor,
        ("A2", LegalCase | Patent | Bill) => return None,
        ("A2", _) => Role::Editor,
        ("A3", Book | Classic | Collection) => Role::Editor,
        ("A3", _) => Role::CollectionEditor,
        ("A4", Patent | LegalCase | MotionPicture | Song) => Role::Contributor,
        ("A4" | "TA", _) => Role::Translator,
        _ => return None,
    })
}

/// The variable of a tag with one value.
pub(super) fn variable(tag: &str, text: &str, work: &Work, has: &impl Fn(&str) -> bool) -> Option<Field> {
    use WorkKind::*;
    let kind = work.kind;
    let alone = stands_alone(kind);
    Some(match tag {
        "TI" | "T1" | "CT" => Field::Title,
        "BT" if alone && !has("TI") && !has("T1") => Field::Title,
        "T2" if kind == PaperConference && has("C3") => Field::EventTitle,
        "C3" if kind == PaperConference => Field::ContainerTitle,
        "T2" if alone => Field::CollectionTitle,
        "T2" | "BT" => Field::ContainerTitle,
        "JF" => Field::ContainerTitle,
        "JO" if !has("T2") && !has("JF") && !has("BT") => Field::ContainerTitle,
        "JO" | "JA" | "J1" | "J2" => Field::ContainerTitleShort,
        "T3" => Field::CollectionTitle,
        "ST" => Field::TitleShort,
        "VL" => Field::Volume,
        "IS" if alone => Field::CollectionNumber,
        "IS" => Field::Issue,
        "CP" if matches!(kind, ArticleJournal | ArticleMagazine | Document) => Field::Issue,
        "M1" if matches!(kind, ArticleJournal | Document) && !has("IS") => Field::Issue,
        "M1" if matches!(kind, Bill | Hearing | Legislation | Report | Standard) => Field::Number,
        "M1" | "SV" if alone || kind == Chapter && tag == "SV" => Field::CollectionNumber,
        "M3" if matches!(kind, Graphic | Figure) => Field::Medium,
        "M3" => Field::Genre,
        "C1" if kind == Map => Field::Scale,
        "C1" if kind == PaperConference => Field::PublisherPlace,
        "C2" if text.parse::<Pmcid>().is_ok() => Field::Pmcid,
        "C7" if kind == ArticleJournal => Field::Number,
        "SN" => match kind {
            Report | Standard | Patent => Field::Number,
            _ if is_isbn(text) => Field::Isbn,
            Book | Chapter | Classic => Field::Isbn,
            _ => Field::Issn,
        },
        "CY" if kind == PaperConference && has("C1") => Field::EventPlace,
        "CY" | "PP" => Field::PublisherPlace,
        "PB" if matches!(kind, LegalCase) => Field::Authority,
        "PB" => Field::Publisher,
        "ET" if has_versions(kind) => Field::Version,
        "ET" => Field::Edition,
        "LA" => Field::Language,
        "CN" => Field::CallNumber,
        "DB" => Field::Archive,
        "AN" | "AV" => Field::ArchiveLocation,
        "DP" => Field::Source,
        "NV" => Field::NumberOfVolumes,
        "SE" => Field::Section,
        "RI" => Field::ReviewedTitle,
        _ => return None,
    })
}
