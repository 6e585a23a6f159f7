//! Crossref's metadata as XML: unixref and unixsd, read only. Source: Crossref's unixref 1.1 and deposit schema 5.3.

use super::{Element, read_records};
use crate::bibliography::draft::{self, Draft};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::{Date, DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "unixref",
    aliases: &["crossref-xml", "unixsd"],
    extensions: &[],
    sniff: |head| ["<doi_record", "<crossref>", "<crossref ", "<crossref_result"].iter().any(|tag| head.contains(tag)),
    read,
    write: None,
};

/// What of a record is described: the innermost part that is there.
const PARTS: &[(&str, &str, WorkKind)] = &[
    ("journal", "journal_article", WorkKind::ArticleJournal),
    ("conference", "conference_paper", WorkKind::PaperConference),
    ("book", "content_item", WorkKind::Chapter),
    ("report-paper", "content_item", WorkKind::Report),
    ("standard", "content_item", WorkKind::Standard),
    ("database", "dataset", WorkKind::Dataset),
];

fn read(source: &Source) -> Result<Library, ReadError> {
    read_records(source, SPEC.name, |name| name == "crossref", |record| record.elements().filter_map(work).collect())
}

fn work(publication: &Element) -> Option<Work> {
    let mut work = Work::default();
    let part = PARTS
        .iter()
        .find(|(outer, ..)| *outer == publication.name)
        .and_then(|(_, inner, kind)| publication.child(inner).map(|element| (element, *kind)));
    // What belongs to the whole: title of the container, publisher, series.
    let wholes: Vec<&Element> = publication
        .elements()
        .filter(|e| e.name.ends_with("_metadata") || e.name == "journal_issue" || e.name == "journal_volume")
        .collect();
    let described = match (&part, publication.name.as_str()) {
        (Some((element, kind)), _) => {
            work.kind = *kind;
            *element
        }
        (None, "posted_content") => {
            work.kind = WorkKind::Article;
            publication
        }
        (None, "dissertation") => {
            work.kind = WorkKind::Thesis;
            publication
        }
        (None, "peer_review") => {
            work.kind = WorkKind::Review;
            publication
        }
        (None, name @ ("book" | "report-paper" | "standard" | "conference" | "journal" | "database")) => {
            work.kind = match name {
                "report-paper" => WorkKind::Report,
                "standard" => WorkKind::Standard,
                "journal" => WorkKind::Periodical,
                "database" => WorkKind::Dataset,
                _ => WorkKind::Book,
            };
            wholes
                .iter()
                .copied()
                .find(|e| {
                    e.child("titles").is_some() || e.child("full_title").is_some() || e.name == "proceedings_metadata"
                })
                .or(wholes.first().copied())?
        }
        (None, "error") => return None,
        (None, _) => publication,
    };
    if part.is_some() && described.attribute("component_type") == Some("reference_entry") {
        work.kind = WorkKind::EntryEncyclopedia;
    }
    title(&mut work, described);
    names(&mut work, described);
    describe(&mut work, described);
    for whole in &wholes {
        if part.is_some() {
            container(&mut work, whole);
            if !std::ptr::eq(*whole, described) && work.kind != WorkKind::ArticleJournal {
                let editors = whole.child("contributors").into_iter().flat_map(Element::elements);
                for name in editors {
                    let is_editor = name.attribute("contributor_role") == Some("editor");
                    if is_editor && !work.names(Role::Editor).contains(&person(name)) {
                        work.name(Role::Editor, person(name));
                    } else if !is_editor
                        && name.attribute("contributor_role") == Some("author")
                        && work.kind == WorkKind::Chapter
                    {
                        work.name(Role::ContainerAuthor, person(name));
                    }
                }
            }
        } else if whole.name == "proceedings_metadata" {
            work.first(Field::Title, &whole.text_at(&["proceedings_title"]));
        }
        describe(&mut work, whole);
    }
    if let Some(event) = publication.child("event_metadata") {
        work.first(Field::EventTitle, &event.text_at(&["conference_name"]));
        work.first(Field::EventPlace, &event.text_at(&["conference_location"]));
    }
    Some(work)
}

fn title(work: &mut Work, described: &Element) {
    let titles = described.child("titles");
    let main = titles.and_then(|t| t.child("title")).or(described.child("title")).or(described.child("full_title"));
    let Some(main) = main.map(Element::markup) else { return };
    let subtitle = titles.and_then(|t| t.child("subtitle")).map(Element::markup).filter(|s| !s.is_empty());
    let whole = match subtitle {
        Some(subtitle) if !main.ends_with(['?', '!', ':']) => format!("{main}: {subtitle}"),
        Some(subtitle) => format!("{main} {subtitle}"),
        None => main,
    };
    work.first(Field::Title, &whole);
}

fn container(work: &mut Work, whole: &Element) {
    let title = match whole.name.as_str() {
        "journal_metadata" => whole.text_at(&["full_title"]),
        "proceedings_metadata" | "proceedings_series_metadata" => whole.text_at(&["proceedings_title"]),
        name if name.starts_with("book") || name.ends_with("_metadata") => {
            let mut book = Work::default();
            title(&mut book, whole);
            book.get(Field::Title).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    };
    if !title.is_empty() {
        work.first(Field::ContainerTitle, &title);
    }
    work.also(Field::ContainerTitleShort, &whole.text_at(&["abbrev_title"]), "; ");
}

/// Numbers, dates and publisher of an element.
fn describe(work: &mut Work, element: &Element) {
    let first = |work: &mut Work, field: Field, path: &[&str]| {
        let text = element.text_at(path);
        if !text.is_empty() {
            work.first(field, &text);
        }
    };
    first(work, Field::Doi, &["doi_data", "doi"]);
    first(work, Field::Url, &["doi_data", "resource"]);
    first(work, Field::Publisher, &["publisher", "publisher_name"]);
    first(work, Field::PublisherPlace, &["publisher", "publisher_place"]);
    first(work, Field::Publisher, &["institution", "institution_name"]);
    first(work, Field::PublisherPlace, &["institution", "institution_place"]);
    first(work, Field::Volume, &["journal_volume", "volume"]);
    first(work, Field::Volume, &["volume"]);
    first(work, Field::Issue, &["issue"]);
    first(work, Field::Edition, &["edition_number"]);
    first(work, Field::Genre, &["degree"]);
    first(work, Field::CollectionTitle, &["series_metadata", "titles", "title"]);
    first(work, Field::CollectionNumber, &["series_metadata", "volume"]);
    first(work, Field::Number, &["publisher_item", "item_number"]);
    for issn in element.all("issn") {
        work.also(Field::Issn, &issn.text(), ", ");
    }
    for issn in element.child("series_metadata").into_iter().flat_map(|s| s.all("issn")) {
        work.also(Field::Issn, &issn.text(), ", ");
    }
    for isbn in element.all("isbn") {
        work.also(Field::Isbn, &isbn.text(), ", ");
    }
    if let Some(pages) = element.child("pages") {
        let (from, to) = (pages.text_at(&["first_page"]), pages.text_at(&["last_page"]));
        work.pages(&from, &to);
    }
    if let Some(item) = element.at(&["publisher_item", "item_number"])
        && item.attribute("item_number_type") == Some("article_number")
        && work.get(Field::Page).is_none()
    {
        work.fields.remove(&Field::Number);
        work.set(Field::Page, item.text());
    }
    if let Some(summary) = element.child("abstract") {
        work.first(Field::Abstract, &summary.markup());
    }
    if let Some(language) = element.attribute("language") {
        work.first(Field::Language, language);
    }
    if !work.dates.contains_key(&DateField::Issued)
        && let Some(date) = issued(element)
    {
        work.date(DateField::Issued, date);
    }
}

/// The date of print, else the first one given.
fn issued(element: &Element) -> Option<Date> {
    let dates = || {
        element
            .elements()
            .filter(|e| matches!(e.name.as_str(), "publication_date" | "posted_date" | "approval_date" | "review_date"))
    };
    let print = dates().find(|d| d.attribute("media_type") == Some("print"));
    let date = print.or_else(|| dates().next())?;
    draft::date_of_parts(&date.text_at(&["year"]), &date.text_at(&["month"]), &date.text_at(&["day"]))
}

fn names(work: &mut Work, described: &Element) {
    for element in described.child("contributors").into_iter().flat_map(Element::elements) {
        let role = match element.attribute("contributor_role") {
            Some("editor") => Role::Editor,
            Some("chair") => Role::Chair,
            Some("translator") => Role::Translator,
            Some("author" | "stds-body") | None => Role::Author,
            Some(_) => Role::Contributor,
        };
        if matches!(element.name.as_str(), "person_name" | "organization") {
            work.name(role, person(element));
        }
    }
    if described.child("contributors").is_none()
        && let Some(author) = described.child("person_name")
    {
        work.name(Role::Author, person(author));
    }
}

fn person(element: &Element) -> Name {
    if element.name == "organization" {
        return Name::literal(element.text());
    }
    draft::person(&element.text_at(&["surname"]), &element.text_at(&["given_name"]), &element.text_at(&["suffix"]))
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{DateField, Field, Role, WorkKind};

    #[test]
    fn an_article_and_a_chapter() {
        let xml = r#"<doi_records><doi_record><crossref><journal><journal_metadata language="en"><full_title>Journal of Ferries</full_title>
            <issn>12345679</issn></journal_metadata><journal_issue><publication_date media_type="print"><month>05</month><year>2004</year>
            </publication_date><journal_volume><volume>12</volume></journal_volume><issue>3</issue></journal_issue><journal_article>
            <titles><title>Tides of CO<sub>2</sub></title><subtitle>A study</subtitle></titles><contributors>
            <person_name contributor_role="author"><given_name>Ada</given_name><surname>Holm</surname></person_name>
            <organization contributor_role="author">Ferry Board</organization></contributors>
            <pages><first_page>34</first_page><last_page>56</last_page></pages><doi_data><doi>10.5555/a</doi></doi_data>
            </journal_article></journal></crossref></doi_record></doi_records>"#;
        let library = read(xml.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.kind, WorkKind::ArticleJournal);
        assert_eq!(work.get(Field::Title), Some("Tides of CO<sub>2</sub>: A study"));
        assert_eq!(work.get(Field::ContainerTitle), Some("Journal of Ferries"));
        assert_eq!((work.get(Field::Volume), work.get(Field::Page)), (Some("12"), Some("34–56")));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
        assert_eq!(work.names(Role::Author).len(), 2);
    }
}
