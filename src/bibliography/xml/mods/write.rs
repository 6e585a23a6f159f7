//! [`Work`]s → MODS. What MODS has no place for stands in an `extension`.

use super::kinds::{GENRES, RELATORS, is_part};
use crate::bibliography::draft::{name_of_kind, split_keywords};
use crate::bibliography::xml::escape;
use crate::work::{DateField, Field, Name, Role, Work};

pub(super) fn write(works: &[Work]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<modsCollection xmlns=\"http://www.loc.gov/mods/v3\">\n",
    );
    works.iter().for_each(|work| record(&mut out, work));
    out.push_str("</modsCollection>\n");
    out
}

fn record(out: &mut String, work: &Work) {
    let of = |field| work.get(field).unwrap_or_default();
    let part = is_part(work.kind);
    out.push_str(&format!("<mods ID=\"{}\">\n", escape(&work.key)));
    title(out, None, of(Field::Title));
    title(out, Some("abbreviated"), of(Field::TitleShort));
    for (role, list) in work.contributors.iter().filter(|(role, _)| !(part && **role == Role::ContainerAuthor)) {
        list.names.iter().for_each(|person| name(out, *role, person));
        if list.incomplete {
            out.push_str(&format!("<name><etal/>{}</name>\n", role_term(*role)));
        }
    }
    match name_of_kind(GENRES, work.kind) {
        Some(genre) => element(out, "genre", "", genre),
        None => element(out, "genre", "", work.kind.as_str()),
    }
    origin(out, work);
    element(out, "abstract", "", of(Field::Abstract));
    of(Field::Note).lines().for_each(|note| element(out, "note", "", note));
    if let Some(language) = work.get(Field::Language) {
        out.push_str(&format!("<language><languageTerm>{}</languageTerm></language>\n", escape(language)));
    }
    split_keywords(of(Field::Keyword)).for_each(|topic| {
        out.push_str(&format!("<subject><topic>{}</topic></subject>\n", escape(topic)));
    });
    for (field, kind) in IDENTIFIERS {
        element(out, "identifier", kind, of(*field));
    }
    location(out, work);
    if part {
        out.push_str("<relatedItem type=\"host\">\n");
        title(out, None, of(Field::ContainerTitle));
        title(out, Some("abbreviated"), of(Field::ContainerTitleShort));
        work.names(Role::ContainerAuthor).iter().for_each(|person| name(out, Role::Author, person));
        numbers(out, work);
        serial_numbers(out, work);
        out.push_str("</relatedItem>\n");
    } else {
        numbers(out, work);
        serial_numbers(out, work);
    }
    if work.get(Field::CollectionTitle).is_some() {
        out.push_str("<relatedItem type=\"series\"><titleInfo>");
        element(out, "title", "", of(Field::CollectionTitle));
        element(out, "partNumber", "", of(Field::CollectionNumber));
        out.push_str("</titleInfo></relatedItem>\n");
    }
    rest(out, work, part);
    out.push_str("</mods>\n");
}

const IDENTIFIERS: &[(Field, &str)] = &[(Field::Doi, "doi"), (Field::Pmid, "pmid"), (Field::Pmcid, "pmc")];

fn serial_numbers(out: &mut String, work: &Work) {
    for (field, kind) in [(Field::Isbn, "isbn"), (Field::Issn, "issn")] {
        work.get(field)
            .into_iter()
            .flat_map(|text| text.split(", "))
            .for_each(|one| element(out, "identifier", kind, one));
    }
}

fn element(out: &mut String, name: &str, kind: &str, text: &str) {
    if !text.is_empty() {
        let kind = if kind.is_empty() { String::new() } else { format!(" type=\"{kind}\"") };
        out.push_str(&format!("<{name}{kind}>{}</{name}>\n", escape(text)));
    }
}

fn title(out: &mut String, kind: Option<&str>, text: &str) {
    if !text.is_empty() {
        let kind = kind.map(|k| format!(" type=\"{k}\"")).unwrap_or_default();
        out.push_str(&format!("<titleInfo{kind}><title>{}</title></titleInfo>\n", escape(text)));
    }
}

fn role_term(role: Role) -> String {
    let code = RELATORS.iter().find(|(.., r)| *r == role).map(|(code, ..)| *code);
    match code {
        Some(code) => format!("<role><roleTerm type=\"code\" authority=\"marcrelator\">{code}</roleTerm></role>"),
        None => format!("<role><roleTerm type=\"text\">{role}</roleTerm></role>"),
    }
}

fn name(out: &mut String, role: Role, name: &Name) {
    match name {
        Name::Literal { literal } => {
            out.push_str(&format!("<name type=\"corporate\"><namePart>{}</namePart>", escape(literal)));
        }
        Name::Person(person) => {
            out.push_str(&format!(
                "<name type=\"personal\"><namePart type=\"family\">{}</namePart>",
                escape(&name.cited())
            ));
            let given = [&person.given, &person.dropping_particle]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect::<Vec<_>>();
            for (kind, text) in
                [("given", given.join(" ")), ("termsOfAddress", person.suffix.clone().unwrap_or_default())]
            {
                if !text.is_empty() {
                    out.push_str(&format!("<namePart type=\"{kind}\">{}</namePart>", escape(&text)));
                }
            }
        }
    }
    out.push_str(&role_term(role));
    out.push_str("</name>\n");
}

fn origin(out: &mut String, work: &Work) {
    out.push_str("<originInfo>");
    if let Some(place) = work.get(Field::PublisherPlace) {
        out.push_str(&format!("<place><placeTerm type=\"text\">{}</placeTerm></place>", escape(place)));
    }
    element(out, "publisher", "", work.get(Field::Publisher).unwrap_or_default());
    element(out, "edition", "", work.get(Field::Edition).unwrap_or_default());
    if let Some(date) = work.dates.get(&DateField::Issued) {
        out.push_str(&format!("<dateIssued encoding=\"edtf\">{}</dateIssued>", escape(&date.to_string())));
    }
    out.push_str("</originInfo>\n");
}

fn location(out: &mut String, work: &Work) {
    let accessed =
        work.dates.get(&DateField::Accessed).map(|d| format!(" dateLastAccessed=\"{}\"", escape(&d.to_string())));
    if let Some(url) = work.get(Field::Url) {
        let accessed = accessed.unwrap_or_default();
        out.push_str(&format!("<location><url{accessed}>{}</url></location>\n", escape(url)));
    }
    work.custom.get("url").into_iter().flat_map(|urls| urls.lines()).for_each(|url| {
        out.push_str(&format!("<location><url>{}</url></location>\n", escape(url)));
    });
    for (name, field) in [("physicalLocation", Field::Archive), ("shelfLocator", Field::CallNumber)] {
        if let Some(text) = work.get(field) {
            out.push_str(&format!("<location><{name}>{}</{name}></location>\n", escape(text)));
        }
    }
}

fn numbers(out: &mut String, work: &Work) {
    out.push_str("<part>");
    for (kind, field) in [("volume", Field::Volume), ("issue", Field::Issue), ("section", Field::Section)] {
        if let Some(number) = work.get(field) {
            out.push_str(&format!("<detail type=\"{kind}\"><number>{}</number></detail>", escape(number)));
        }
    }
    if let Some(pages) = work.get(Field::Page) {
        out.push_str("<extent unit=\"pages\">");
        match pages.split_once('–') {
            Some((start, end))
                if !start.is_empty() && !end.is_empty() && !start.contains(['-', ',']) && !end.contains('–') =>
            {
                out.push_str(&format!("<start>{}</start><end>{}</end>", escape(start), escape(end)));
            }
            _ => out.push_str(&format!("<list>{}</list>", escape(pages))),
        }
        out.push_str("</extent>");
    }
    out.push_str("</part>\n");
}

/// Variables that stand elsewhere in the record.
fn is_placed(field: Field, part: bool, work: &Work) -> bool {
    use Field::*;
    match field {
        Title | TitleShort | Abstract | Note | Language | Keyword | Doi | Pmid | Pmcid | Isbn | Issn | Url
        | Archive | CallNumber | Publisher | PublisherPlace | Edition | Volume | Issue | Section | Page
        | CollectionTitle => true,
        ContainerTitle | ContainerTitleShort => part,
        CollectionNumber => work.get(CollectionTitle).is_some(),
        _ => false,
    }
}

fn rest(out: &mut String, work: &Work, part: bool) {
    let fields = work.fields.iter().filter(|(f, _)| !is_placed(**f, part, work)).map(|(f, text)| (f.as_str(), text));
    let custom = work.custom.iter().filter(|(name, _)| *name != "url").map(|(name, text)| (name.as_str(), text));
    let all: Vec<(&str, &String)> = fields.chain(custom).collect();
    if !all.is_empty() {
        out.push_str("<extension>\n");
        for (name, text) in all {
            for line in text.lines() {
                out.push_str(&format!("<field name=\"{}\">{}</field>\n", escape(name), escape(line)));
            }
        }
        out.push_str("</extension>\n");
    }
}
