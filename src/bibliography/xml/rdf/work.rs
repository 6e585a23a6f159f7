//! A resource → [`Work`].

use super::graph::{Graph, address};
use super::kinds;
use crate::bibliography::draft::{self, Draft, Unmarked, joined_keywords};
use crate::bibliography::xml::Element;
use crate::text::is_web_address;
use crate::work::{DateField, Doi, Field, Name, Role, Work, WorkKind};

pub(super) fn work<'e>(graph: &Graph<'e>, resource: &'e Element) -> Work {
    let mut work = Work { kind: kinds::kind(resource), ..Work::default() };
    let text = |names: &[&str]| names.iter().find_map(|name| literal(graph, resource, name)).unwrap_or_default();
    work.key = text(&["citationKey"]).split_whitespace().collect();
    work.first(Field::Title, &title(graph, resource));
    people(&mut work, graph, resource);
    for (names, field) in FIELDS {
        work.first(*field, &text(names));
    }
    let number = text(&["number"]);
    let of_part =
        matches!(work.kind, WorkKind::ArticleJournal | WorkKind::ArticleMagazine | WorkKind::ArticleNewspaper);
    work.first(if of_part { Field::Issue } else { Field::Number }, &number);
    work.pages(&text(&["pageStart", "startingPage"]), &text(&["pageEnd", "endingPage"]));
    work.first(Field::Page, &draft::whole_pages(&text(&["pages", "pagination"])));
    dates(&mut work, &text);
    identifiers(&mut work, graph, resource);
    wholes(&mut work, graph, resource);
    publisher(&mut work, graph, resource);
    let words = ["subject", "keywords", "about"].into_iter().flat_map(|name| resource.all(name));
    let subjects: Vec<String> = words.filter_map(|property| said(graph, property)).collect();
    work.set(Field::Keyword, joined_keywords(&subjects));
    let language = resource.child("language").and_then(|l| l.attribute("resource")).map(kinds::last);
    work.first(Field::Language, language.unwrap_or_default());
    if let Some(event) = resource.child("presentedAt").map(|property| graph.target(property)) {
        work.first(Field::EventTitle, &title(graph, event));
    }
    work.fields.retain(|_, text| !text.is_empty());
    work
}

/// Properties of one text, under their names in the vocabularies.
const FIELDS: &[(&[&str], Field)] = &[
    (&["shortTitle"], Field::TitleShort),
    (&["volume", "volumeNumber"], Field::Volume),
    (&["issue", "issueNumber"], Field::Issue),
    (&["numPages", "numberOfPages"], Field::NumberOfPages),
    (&["edition", "bookEdition"], Field::Edition),
    (&["version", "versionNumber", "softwareVersion"], Field::Version),
    (&["language", "inLanguage"], Field::Language),
    (&["abstract", "description"], Field::Abstract),
    (&["rights", "license"], Field::License),
    (&["libraryCatalog", "repository"], Field::Source),
    (&["archive"], Field::Archive),
    (&["coverage"], Field::ArchiveLocation),
    (&["place", "P60163"], Field::PublisherPlace),
    (&["numberOfVolumes", "numVolumes"], Field::NumberOfVolumes),
    (&["itemMedium", "medium"], Field::Medium),
    (&["thesisType", "reportType", "degree"], Field::Genre),
    (&["meetingName", "conferenceName"], Field::EventTitle),
];

/// The text that a property says, empty texts and mere addresses left out.
fn said<'e>(graph: &Graph<'e>, property: &'e Element) -> Option<String> {
    let target = graph.target(property);
    let text = match target.child("value") {
        Some(value) => value.text(),
        None if target.elements().next().is_none() => target.text(),
        None => {
            ["name", "title", "prefLabel", "label"].iter().find_map(|name| target.child(name)).map(Element::text)?
        }
    };
    (!text.is_empty()).then_some(text)
}

fn literal<'e>(graph: &Graph<'e>, resource: &'e Element, name: &'e str) -> Option<String> {
    resource.all(name).find_map(|property| said(graph, property))
}

/// The title, with what the cataloguing rules of RDA keep apart from it.
fn title<'e>(graph: &Graph<'e>, resource: &'e Element) -> String {
    let title = ["title", "name"].iter().find_map(|name| resource.child(name)).map(Element::markup).unwrap_or_default();
    match literal(graph, resource, "P60493") {
        Some(rest) => format!("{title}: {rest}"),
        None => title,
    }
}

/// Lists of people in their order, and the properties that name one each; the last is used where there is no list.
const PEOPLE: &[(&[&str], &[&str], Role)] = &[
    (
        &["authors", "authorList", "programmers", "inventors", "artists", "presenters", "podcasters"],
        &["creator", "author"],
        Role::Author,
    ),
    (&["editors", "editorList"], &["editor"], Role::Editor),
    (&["translators"], &["translator"], Role::Translator),
    (&["contributors", "contributorList"], &["contributor"], Role::Contributor),
    (&["seriesEditors"], &[], Role::CollectionEditor),
    (&["bookAuthors"], &[], Role::ContainerAuthor),
    (&["directors"], &["director"], Role::Director),
    (&["producers"], &["producer"], Role::Producer),
    (&["composers"], &["composer"], Role::Composer),
    (&["performers"], &["performer"], Role::Performer),
    (&["interviewers"], &["interviewer"], Role::Interviewer),
    (&["recipients"], &["recipient"], Role::Recipient),
    (&["illustrators"], &["illustrator"], Role::Illustrator),
    (&["reviewedAuthors"], &[], Role::ReviewedAuthor),
];

fn people<'e>(work: &mut Work, graph: &Graph<'e>, resource: &'e Element) {
    for (lists, single, role) in PEOPLE {
        let listed = lists.iter().flat_map(|list| resource.all(list)).flat_map(|list| list.below("li"));
        let mut properties: Vec<&Element> = listed.collect();
        if properties.is_empty() {
            properties = single.iter().flat_map(|name| resource.all(name)).collect();
        }
        for property in properties {
            let Some(name) = name(graph, property) else { continue };
            // Some exports say a contributor twice.
            if !work.names(*role).contains(&name) {
                work.name(*role, name);
            }
        }
    }
}

/// The name of a person or body; `None` for one of which there is only an address.
fn name<'e>(graph: &Graph<'e>, property: &'e Element) -> Option<Name> {
    let person = graph.target(property);
    let part = |names: &[&str]| names.iter().find_map(|name| person.child(name)).map(Element::text).unwrap_or_default();
    let family = part(&["familyName", "surname", "family_name", "lastName"]);
    let given = part(&["givenName", "givenname", "firstName", "firstname"]);
    if !family.is_empty() {
        return Some(if given.is_empty() { Name::literal(family) } else { Name::person(family, given) });
    }
    let whole = if person.elements().next().is_none() { person.text() } else { part(&["name", "label"]) };
    (!whole.is_empty()).then(|| draft::name(&whole, Unmarked::Literal))
}

fn dates(work: &mut Work, text: &impl Fn(&[&str]) -> String) {
    for (names, field) in [
        (&["issued", "datePublished", "date", "publicationDate", "created", "dateCreated"][..], DateField::Issued),
        (&["accessDate", "dateSubmitted"], DateField::Accessed),
    ] {
        let said = text(names);
        if !said.is_empty() {
            work.date(field, draft::date(&said));
        }
    }
}

/// Identifiers stand under names of their own, or in texts that begin with what they are ("ISBN 978…").
fn identifiers<'e>(work: &mut Work, graph: &Graph<'e>, resource: &'e Element) {
    for (names, field) in [
        (&["doi"][..], Field::Doi),
        (&["isbn13", "isbn", "isbn10"], Field::Isbn),
        (&["issn", "eissn"], Field::Issn),
        (&["pmid"], Field::Pmid),
        (&["uri", "url"], Field::Url),
    ] {
        for text in names
            .iter()
            .flat_map(|name| resource.all(name))
            .filter_map(|p| said(graph, p).or_else(|| p.attribute("resource").map(str::to_owned)))
        {
            match field {
                Field::Isbn | Field::Issn => work.also(field, &text, ", "),
                field => {
                    work.first(field, &text);
                }
            }
        }
    }
    for property in resource.all("identifier") {
        let Some(text) = said(graph, property) else { continue };
        let (label, value) = text.split_once([' ', ':']).unwrap_or(("", &text));
        match label.to_ascii_uppercase().as_str() {
            "DOI" if value.parse::<Doi>().is_ok() => {
                work.first(Field::Doi, value);
            }
            "ISBN" => value.split_whitespace().for_each(|isbn| work.also(Field::Isbn, isbn, ", ")),
            "ISSN" => value.split_whitespace().for_each(|issn| work.also(Field::Issn, issn, ", ")),
            _ if is_web_address(&text) => {
                work.first(Field::Url, &text);
            }
            _ if kinds::is_series(resource) => {
                work.first(Field::CollectionNumber, &text);
            }
            _ => work.keep("identifier", &text),
        }
    }
    for url in resource.all("sameAs").filter_map(|p| p.attribute("resource")) {
        if url.contains("doi.org/10.") && url.parse::<Doi>().is_ok() {
            work.first(Field::Doi, &url[url.find("10.").unwrap_or(0)..]);
            work.first(Field::Url, url);
        }
    }
    if let Some(url) = address(resource).filter(|url| is_web_address(url)) {
        work.first(Field::Url, url);
    }
}

/// What the work is part of: an issue of a journal, a book, a series.
fn wholes<'e>(work: &mut Work, graph: &Graph<'e>, resource: &'e Element) {
    let is_book = matches!(work.kind, WorkKind::Book | WorkKind::Thesis | WorkKind::Report);
    for whole in graph.wholes(resource) {
        let text = |names: &[&str]| names.iter().find_map(|name| literal(graph, whole, name)).unwrap_or_default();
        // A text says only a name.
        let title = if whole.elements().next().is_none() { whole.text() } else { title(graph, whole) };
        if is_book || kinds::is_series(whole) {
            work.first(Field::CollectionTitle, &title);
            work.first(Field::CollectionNumber, &text(&["number", "identifier"]));
            continue;
        }
        work.first(Field::ContainerTitle, &title);
        work.first(Field::ContainerTitleShort, &text(&["alternative", "shortTitle"]));
        work.first(Field::Volume, &text(&["volume", "volumeNumber"]));
        work.first(Field::Issue, &text(&["issue", "issueNumber", "number"]));
        // A name that the whole has for itself is not the part's.
        let mut of_whole = Work { kind: kinds::kind(whole), ..Work::default() };
        identifiers(&mut of_whole, graph, whole);
        for field in [Field::Isbn, Field::Issn, Field::Doi] {
            // Zotero puts the DOI of an article with its journal; the DOI of a book is not that of its chapter.
            if field != Field::Doi || of_whole.kind == WorkKind::Periodical {
                work.first(field, of_whole.get(field).unwrap_or_default());
            }
        }
        if of_whole.kind == WorkKind::Book {
            people(&mut of_whole, graph, whole);
            let editors = of_whole.names(Role::Editor).to_vec();
            if work.names(Role::Editor).is_empty() {
                editors.into_iter().for_each(|name| work.name(Role::Editor, name));
            }
        }
        publisher(work, graph, whole);
        if !work.dates.contains_key(&DateField::Issued) {
            dates(work, &text);
        }
    }
}

fn publisher<'e>(work: &mut Work, graph: &Graph<'e>, resource: &'e Element) {
    for property in resource.all("publisher") {
        let body = graph.target(property);
        let place = body.below("locality").first().map(|e| e.text()).unwrap_or_default();
        work.first(Field::PublisherPlace, &place);
        work.first(Field::Publisher, &said(graph, property).unwrap_or_default());
    }
}
