//! Web of Science's plain text exports ("Full Record", also of its MEDLINE, INSPEC and BIOSIS databases), read only.
//! Source: “Web of Science Core Collection Field Tags” of Clarivate.

use super::{Tagged, cut, problem, tags_of};
use crate::bibliography::draft::{self, Draft, Unmarked, joined_keywords};
use crate::bibliography::{Library, Lines, ReadError, Source, Spec};
use crate::work::{Date, DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "wos",
    aliases: &["isi", "web-of-science"],
    extensions: &["isi", "ciw"],
    sniff: |head| {
        let mut tags = head.lines().filter_map(tag_of);
        tags.next().is_some_and(|(tag, value)| {
            matches!(tag, "FN" | "VR") || tag == "PT" && matches!(value.trim(), "J" | "B" | "S" | "P")
        })
    },
    read,
    write: None,
};

fn tag_of(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = (line.get(..2)?, line.get(2..)?);
    let mut letters = tag.bytes();
    let is_tag = letters.next()?.is_ascii_uppercase()
        && letters.next().is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (is_tag && (rest.is_empty() || rest.starts_with(' ') && !rest.trim_start().starts_with("- ")))
        .then_some((tag, rest))
}

fn read(source: &Source) -> Result<Library, ReadError> {
    let text = source.text();
    let mut lines = Lines::new(text);
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    let all = cut(text, tag_of);
    if let Some(at) = all.stray {
        library.problems.push(problem(&mut lines, at, "", "this stands before the first tag and was not read"));
    }
    let fields: Vec<Tagged> = all.fields.into_iter().filter(|f| !matches!(f.tag, "FN" | "VR" | "EF")).collect();
    let mut rest = &fields[..];
    while let Some(first) = rest.first() {
        let end = rest[1..].iter().position(|f| matches!(f.tag, "ER" | "PT")).map_or(rest.len(), |i| i + 1);
        let closed = rest.get(end).is_some_and(|f| f.tag == "ER");
        if first.tag != "ER" {
            library.works.push(work(&rest[..end]));
            if !closed {
                let message = "the record is not closed and may be cut off: export it again, or put “ER” after it";
                library.problems.push(problem(&mut lines, first.at, "", message));
            }
        }
        rest = &rest[end + usize::from(closed)..];
    }
    Ok(library)
}

/// Names, one a line or separated by semicolons.
fn names(field: &Tagged, unmarked: Unmarked) -> Vec<Name> {
    field.lines().flat_map(|line| line.split(';')).map(|name| draft::name(name, unmarked)).collect()
}

fn work(fields: &[Tagged]) -> Work {
    let mut work = Work { kind: kind(fields), ..Work::default() };
    let present = tags_of(fields);
    let has = |tag: &str| present.contains(tag);
    let value = |tag: &str| fields.iter().find(|f| f.tag == tag).map(Tagged::line).unwrap_or_default();
    // Databases differ in how they give pages; the last one counts what it is of.
    if has("BP") {
        work.pages(&value("BP"), &value("EP"));
    } else if has("PS") {
        work.first(Field::Page, &draft::whole_pages(&value("PS")));
    } else if has("AR") {
        work.first(Field::Page, &value("AR"));
    }
    let mut keywords = Vec::new();
    for field in fields {
        let text = field.line();
        if text.is_empty() {
            continue;
        }
        let role = match field.tag {
            // The full names say more than the short ones.
            "AU" if has("AF") => continue,
            "AU" | "AF" | "CA" => Some(Role::Author),
            // The group that holds a conference, unless nobody else is named.
            "GP" if !has("AU") => Some(Role::Author),
            "BF" if has("BA") => Some(Role::ContainerAuthor),
            "BA" if !has("BF") => Some(Role::ContainerAuthor),
            "ED" | "BE" if field.tag == "BE" || !has("BE") => Some(Role::Editor),
            _ => None,
        };
        if let Some(role) = role {
            let body = matches!(field.tag, "CA" | "GP");
            for name in names(field, Unmarked::Initials) {
                work.name(role, if body { Name::literal(draft::inverted(&name)) } else { name });
            }
            continue;
        }
        let taken = match field.tag {
            "DE" | "ID" => {
                keywords.extend(text.split(';').map(|w| w.trim().to_owned()));
                true
            }
            "SN" | "EI" => {
                work.also(Field::Issn, &text, ", ");
                true
            }
            "BN" => {
                work.also(Field::Isbn, &text, ", ");
                true
            }
            "PT" | "BP" | "EP" | "PS" | "PY" | "PD" | "BA" | "ED" => true,
            "AR" if work.get(Field::Page) == Some(&text) => true,
            tag => variable(tag, work.kind).is_some_and(|variable| work.first(variable, &text)),
        };
        if !taken {
            work.keep(field.tag, &text);
        }
    }
    issued(&mut work, &value("PY"), &value("PD"));
    work.set(Field::Keyword, joined_keywords(&keywords));
    work
}

/// The year stands in PY, month and day in PD, which some databases give with the year.
fn issued(work: &mut Work, year: &str, day: &str) {
    let alone = draft::date(day);
    let day = if day.is_empty() || alone.year().is_some() { alone } else { draft::date(&format!("{day} {year}")) };
    match (day.year().is_some(), year.is_empty()) {
        (true, _) => work.date(DateField::Issued, day),
        (false, false) => work.date(DateField::Issued, draft::date(year)),
        (false, true) => {
            if !matches!(&day, Date::Literal(words) if words.is_empty()) {
                work.date(DateField::Issued, day);
            }
        }
    }
}

fn kind(fields: &[Tagged]) -> WorkKind {
    let value = |tag: &str| fields.iter().find(|f| f.tag == tag).map(Tagged::line).unwrap_or_default();
    let document_type = value("DT").to_lowercase();
    let in_book = !value("SO").is_empty() && value("SO") != value("TI");
    match (value("PT").as_str(), document_type.as_str()) {
        ("P" | "Patent", _) => WorkKind::Patent,
        (_, kind) if kind.contains("patent") => WorkKind::Patent,
        (_, kind) if kind.contains("thesis") || kind.contains("dissertation") => WorkKind::Thesis,
        ("J" | "Journal", _) => WorkKind::ArticleJournal,
        (_, kind) if kind.contains("proceedings paper") || kind.contains("meeting") => WorkKind::PaperConference,
        ("C", _) => WorkKind::PaperConference,
        ("B" | "S" | "Book", _) if in_book => WorkKind::Chapter,
        ("B" | "S" | "Book", _) => WorkKind::Book,
        _ => WorkKind::ArticleJournal,
    }
}

fn variable(tag: &str, kind: WorkKind) -> Option<Field> {
    Some(match tag {
        "TI" => Field::Title,
        "SO" if kind == WorkKind::Book => return None,
        "SO" => Field::ContainerTitle,
        "JI" => Field::ContainerTitleShort,
        "SE" => Field::CollectionTitle,
        "VL" => Field::Volume,
        "IS" => Field::Issue,
        "PN" if kind == WorkKind::Patent => Field::Number,
        "PN" => Field::PartNumber,
        "SU" => Field::SupplementNumber,
        "CT" => Field::EventTitle,
        "CL" => Field::EventPlace,
        "PU" => Field::Publisher,
        "PI" => Field::PublisherPlace,
        "LA" => Field::Language,
        "DI" | "D2" => Field::Doi,
        "PM" => Field::Pmid,
        "AB" => Field::Abstract,
        "DT" => Field::Genre,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{DateField, Field, Role, WorkKind};

    #[test]
    fn records() {
        let text = "FN Export\nVR 1.0\nPT J\nAU Holm, A\n   Berg, B\nAF Holm, Ada\n   Berg, Bo\nTI Tides\n   at home\n\
            SO JOURNAL OF FERRIES\nJI J. Ferr.\nDE tides; ferries\nPY 2004\nPD MAY-JUN\nVL 12\nIS 3\nBP 34\nEP 56\nSN 1234-5679\n\
            DI 10.5555/a\nUT WOS:1\nER\n\nPT J\nTI Cut\nEF\n";
        let library = read(text.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.kind, WorkKind::ArticleJournal);
        assert_eq!(work.names(Role::Author)[0], crate::work::Name::person("Holm", "Ada"));
        assert_eq!(work.get(Field::Title), Some("Tides at home"));
        assert_eq!(work.get(Field::Page), Some("34–56"));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05/2004-06");
        assert_eq!(work.custom["UT"], "WOS:1");
        assert_eq!(library.works.len(), 2);
        assert!(library.problems[0].message.starts_with("the record is not closed"));
    }
}
