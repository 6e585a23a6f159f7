//! EndNote's XML. Source: the files EndNote, Mendeley and Bookends write, since Clarivate publishes no schema that they keep to.

use super::{Element, escape, read_records};
use crate::bibliography::draft::{self, Draft, Unmarked, inverted, is_isbn, joined_keywords, split_keywords};
use crate::bibliography::endnote_kinds::{kind, kind_of_number, stands_alone, type_of};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::{Date, DateField, DatePoint, Doi, Field, Name, Pmcid, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "endnote-xml",
    aliases: &["endnotexml"],
    extensions: &[],
    sniff: |head| head.contains("<ref-type") || head.contains("<records>") && head.contains("<record>"),
    read,
    write: Some(write),
};

fn read(source: &Source) -> Result<Library, ReadError> {
    read_records(source, SPEC.name, |name| name == "record", |record| vec![work(&record)])
}

fn work(record: &Element) -> Work {
    let mut work = Work::default();
    let mut edited = false;
    if let Some(element) = record.child("ref-type") {
        let name = element.attribute("name").unwrap_or_default();
        edited = name.eq_ignore_ascii_case("edited book");
        let number = element.text().parse().ok().and_then(kind_of_number);
        match kind(name).or(number) {
            Some(kind) => work.kind = kind,
            None => work.keep("ref-type", name),
        }
    }
    let mut keywords = Vec::new();
    for element in record.elements() {
        match element.name.as_str() {
            "contributors" => contributors(&mut work, element, edited),
            "titles" => titles(&mut work, element),
            "periodical" => periodical(&mut work, element),
            "dates" => dates(&mut work, element),
            "keywords" => keywords.extend(element.all("keyword").map(Element::text)),
            "urls" => urls(&mut work, element),
            "access-date" => work.date(DateField::Accessed, draft::date(&element.text())),
            "label" if !element.text().is_empty() && !element.text().contains(' ') => work.key = element.text(),
            "notes" => work.also(Field::Note, &element.markup(), "\n"),
            "database" | "source-app" | "rec-number" | "foreign-keys" | "ref-type" => {}
            name => {
                let text = element.markup();
                let taken = variable(name, &text, work.kind)
                    .is_some_and(|variable| work.first(variable, &value(variable, &text)));
                if !taken {
                    work.keep(name, &text);
                }
            }
        }
    }
    // Keywords stand in one element, in several, or one a line.
    work.set(Field::Keyword, joined_keywords(&keywords));
    work
}

fn value(variable: Field, text: &str) -> String {
    let bare = text.find("10.").map_or(text, |at| &text[at..]);
    match variable {
        Field::Doi if text.parse::<Doi>().is_ok() => bare.to_owned(),
        _ => text.to_owned(),
    }
}

fn contributors(work: &mut Work, element: &Element, edited: bool) {
    for list in element.elements() {
        let Some(role) = role(&list.name, work.kind, edited) else {
            list.all("author").for_each(|author| work.keep(&list.name, &author.text()));
            continue;
        };
        for author in list.all("author") {
            work.name(role, draft::name(&author.text(), Unmarked::Literal));
        }
    }
}

/// The lists of names and what those in them did.
const ROLES: [&str; 4] = ["authors", "secondary-authors", "tertiary-authors", "subsidiary-authors"];

fn role(list: &str, kind: WorkKind, edited: bool) -> Option<Role> {
    use WorkKind::*;
    Some(match (list, kind) {
        ("authors", _) if edited => Role::Editor,
        ("authors", MotionPicture) => Role::Director,
        ("authors", Song) => Role::Composer,
        ("authors", _) => Role::Author,
        ("secondary-authors", Book | Classic | Collection | Report) => Role::CollectionEditor,
        ("secondary-authors", MotionPicture) => Role::Producer,
        ("secondary-authors", PersonalCommunication) => Role::Recipient,
        ("secondary-authors", Thesis) => Role::Contributor,
        ("secondary-authors", _) => Role::Editor,
        ("tertiary-authors", Book | Classic | Collection) => Role::Editor,
        ("tertiary-authors", _) => Role::CollectionEditor,
        ("subsidiary-authors", _) => Role::Translator,
        _ => return None,
    })
}

fn titles(work: &mut Work, element: &Element) {
    for title in element.elements() {
        let text = title.markup();
        let field = title_field(&title.name, work.kind);
        if !field.is_some_and(|field| work.first(field, &text)) {
            work.keep(&title.name, &text);
        }
    }
}

fn title_field(name: &str, kind: WorkKind) -> Option<Field> {
    Some(match name {
        "title" => Field::Title,
        "secondary-title" if stands_alone(kind) => Field::CollectionTitle,
        "secondary-title" => Field::ContainerTitle,
        "tertiary-title" if !stands_alone(kind) => Field::CollectionTitle,
        "tertiary-title" => Field::ContainerTitle,
        "short-title" => Field::TitleShort,
        "alt-title" => Field::ContainerTitleShort,
        _ => return None,
    })
}

/// What `titles` say goes before what `periodical` says.
fn periodical(work: &mut Work, element: &Element) {
    let full = element.text_at(&["full-title"]);
    if !full.is_empty() && !stands_alone(work.kind) {
        work.first(Field::ContainerTitle, &full);
    }
    let short = element.text_at(&["abbr-1"]);
    if !short.is_empty() {
        work.first(Field::ContainerTitleShort, &short);
    }
}

fn dates(work: &mut Work, element: &Element) {
    let year = element.text_at(&["year"]);
    let words = element.text_at(&["pub-dates", "date"]);
    let whole = match draft::date(&words) {
        date if date.year().is_some() => Some(date),
        _ if words.is_empty() => None,
        _ => Some(draft::date(&format!("{words} {year}"))).filter(|date| date.year().is_some()),
    };
    match whole {
        Some(date) => work.date(DateField::Issued, date),
        None => {
            if !year.is_empty() {
                work.date(DateField::Issued, draft::date(&year));
            } else if !words.is_empty() {
                work.date(DateField::Issued, Date::Literal(words.clone()));
            }
            if !year.is_empty() {
                work.keep("pub-date", &words);
            }
        }
    }
}

fn urls(work: &mut Work, element: &Element) {
    for url in element.below("url") {
        for address in url.text().split_whitespace() {
            if !work.first(Field::Url, address) {
                work.keep("url", address);
            }
        }
    }
}

fn variable(name: &str, text: &str, kind: WorkKind) -> Option<Field> {
    use WorkKind::*;
    let alone = stands_alone(kind);
    Some(match name {
        "pages" if alone && kind != Report && !text.contains(['-', '–', ',']) => Field::NumberOfPages,
        "pages" => Field::Page,
        "volume" => Field::Volume,
        "number" if matches!(kind, Report | Standard | Patent | Bill | Hearing) => Field::Number,
        "number" if alone => Field::CollectionNumber,
        "number" | "issue" => Field::Issue,
        "num-vols" => Field::NumberOfVolumes,
        "edition" if matches!(kind, Software | Dataset) => Field::Version,
        "edition" => Field::Edition,
        "section" => Field::Section,
        "publisher" => Field::Publisher,
        "pub-location" => Field::PublisherPlace,
        "isbn" | "issn" if is_isbn(text) || matches!(kind, Book | Chapter | Classic) => Field::Isbn,
        "isbn" | "issn" => Field::Issn,
        "abstract" => Field::Abstract,
        "electronic-resource-num" => Field::Doi,
        "language" => Field::Language,
        "work-type" => Field::Genre,
        "call-num" => Field::CallNumber,
        "accession-num" => Field::ArchiveLocation,
        "remote-database-name" => Field::Archive,
        "remote-database-provider" => Field::Source,
        "custom2" if text.parse::<Pmcid>().is_ok() => Field::Pmcid,
        "custom7" if kind == ArticleJournal => Field::Number,
        _ => return None,
    })
}

/// Elements of one value, the more usual of a variable's first.
const VALUES: &[&str] = &[
    "pages",
    "volume",
    "number",
    "num-vols",
    "edition",
    "section",
    "publisher",
    "pub-location",
    "isbn",
    "abstract",
    "electronic-resource-num",
    "language",
    "work-type",
    "call-num",
    "accession-num",
    "remote-database-name",
    "remote-database-provider",
    "custom2",
    "custom7",
];

fn write(works: &[Work]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><records>\n");
    works.iter().enumerate().for_each(|(i, work)| record(&mut out, work, i + 1));
    out.push_str("</records></xml>\n");
    out
}

fn record(out: &mut String, work: &Work, number: usize) {
    let (name, code) = type_of(work.kind);
    let name = work.custom.get("ref-type").filter(|_| work.kind == WorkKind::Document).map_or(name, String::as_str);
    out.push_str(&format!(
        "<record><rec-number>{number}</rec-number><ref-type name=\"{}\">{code}</ref-type>\n",
        escape(name)
    ));
    out.push_str("<contributors>");
    let mut written = Vec::new();
    for list in ROLES {
        // Of some kinds two lists name the same people.
        let Some(role) = role(list, work.kind, false).filter(|role| !written.contains(role)) else { continue };
        written.push(role);
        let Some(names) = work.contributors.get(&role) else { continue };
        out.push_str(&format!("<{list}>"));
        for name in &names.names {
            let body = matches!(name, Name::Literal { .. });
            element(out, "author", &format!("{}{}", inverted(name), if body { "," } else { "" }));
        }
        if names.incomplete {
            element(out, "author", "et al.");
        }
        out.push_str(&format!("</{list}>"));
    }
    out.push_str("</contributors>\n<titles>");
    for name in ["title", "secondary-title", "tertiary-title", "short-title", "alt-title"] {
        if let Some(text) = title_field(name, work.kind).and_then(|field| work.get(field)) {
            styled(out, name, text);
        }
    }
    out.push_str("</titles>\n");
    write_dates(out, work);
    for name in VALUES {
        let field = Field::ALL
            .iter()
            .find(|field| work.get(**field).is_some_and(|text| variable(name, text, work.kind) == Some(**field)));
        if let Some(text) = field.and_then(|field| work.get(*field)) {
            styled(out, name, text);
        }
    }
    if let Some(words) = work.get(Field::Keyword) {
        out.push_str("<keywords>");
        split_keywords(words).for_each(|word| element(out, "keyword", word));
        out.push_str("</keywords>\n");
    }
    if let Some(note) = work.get(Field::Note) {
        styled(out, "notes", note);
    }
    let urls = work
        .get(Field::Url)
        .into_iter()
        .chain(work.custom.get("url").map(String::as_str).into_iter().flat_map(str::lines));
    let urls: Vec<&str> = urls.collect();
    if !urls.is_empty() {
        out.push_str("<urls><related-urls>");
        urls.iter().for_each(|url| element(out, "url", url));
        out.push_str("</related-urls></urls>\n");
    }
    if !work.key.is_empty() {
        element(out, "label", &work.key);
    }
    for (name, text) in &work.custom {
        if OWN.contains(&name.as_str())
            && !VALUES.iter().any(|v| v == name && work.fields.keys().any(|f| variable(v, text, work.kind) == Some(*f)))
        {
            element(out, name, text);
        }
    }
    out.push_str("</record>\n");
}

/// Elements without a counterpart, which are kept as they are.
const OWN: &[&str] = &[
    "auth-address",
    "research-notes",
    "reprint-edition",
    "reprint-status",
    "caption",
    "orig-pub",
    "reviewed-item",
    "custom1",
    "custom2",
    "custom3",
    "custom4",
    "custom5",
    "custom6",
    "custom7",
    "misc1",
    "misc2",
    "misc3",
    "electronic-resource-num",
    "accession-num",
    "language",
    "work-type",
];

fn write_dates(out: &mut String, work: &Work) {
    if let Some(date) = work.dates.get(&DateField::Issued) {
        out.push_str("<dates>");
        if let Some(year) = date.year().filter(|y| (0..=9999).contains(y)) {
            element(out, "year", &format!("{year:04}"));
        }
        if !matches!(date, Date::Point(DatePoint { year: 0..=9999, month: None, .. })) {
            out.push_str("<pub-dates>");
            element(out, "date", &date.to_string());
            out.push_str("</pub-dates>");
        }
        out.push_str("</dates>\n");
    }
    if let Some(date) = work.dates.get(&DateField::Accessed) {
        element(out, "access-date", &date.to_string());
    }
}

fn element(out: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        out.push_str(&format!("<{name}>{}</{name}>", escape(text)));
    }
}

/// Text with the markup of titles as EndNote's styles.
fn styled(out: &mut String, name: &str, text: &str) {
    let mut inner = escape(text);
    for (tag, face) in [("i", "italic"), ("b", "bold"), ("sub", "subscript"), ("sup", "superscript")] {
        inner = inner
            .replace(&format!("&lt;{tag}&gt;"), &format!("<style face=\"{face}\">"))
            .replace(&format!("&lt;/{tag}&gt;"), "</style>");
    }
    // A mark without its counterpart would break the file.
    let balanced = inner.matches("<style ").count() == inner.matches("</style>").count() && opens_first(&inner);
    out.push_str(&format!("<{name}>{}</{name}>\n", if balanced { inner } else { escape(text) }));
}

fn opens_first(xml: &str) -> bool {
    let mut depth = 0_i32;
    for (at, _) in xml.match_indices('<') {
        depth += if xml[at..].starts_with("</style>") { -1 } else { 1 };
        if depth < 0 {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read, write};
    use crate::work::{DateField, Field, Role};

    #[test]
    fn records_come_back() {
        let xml = r#"<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>
            <author><style face="normal">Holm, Ada</style></author><author>Ferry Board,</author></authors></contributors>
            <titles><title><style>Tides of </style><style face="italic">Mare</style></title><secondary-title>Journal of Ferries</secondary-title></titles>
            <dates><year>2004</year><pub-dates><date>May 3</date></pub-dates></dates><pages>34-56</pages><volume>12</volume>
            <isbn>1234-5679</isbn><electronic-resource-num>10.5555/a</electronic-resource-num><custom1>mine</custom1>
            <keywords><keyword>tides &amp; ferries</keyword></keywords><label>holm2004</label></record></records></xml>"#;
        let library = read(xml.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.get(Field::Title), Some("Tides of <i>Mare</i>"));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05-03");
        assert_eq!(work.names(Role::Author).len(), 2);
        assert_eq!(work.custom["custom1"], "mine");
        let written = write(&library.works, Format::from_name("endnote-xml").unwrap());
        assert_eq!(read(written.as_bytes(), None).unwrap(), library, "{written}");
    }
}
