//! Works of OpenAlex's REST interface, read only. Source: its documentation of the “Work” object.

use serde_json::{Map, Value};

use super::{list, markup, text_at};
use crate::bibliography::draft::{self, Draft, Unmarked, joined_keywords};
use crate::bibliography::{Library, ReadError, Source, Spec, json};
use crate::work::{Date, DateField, Field, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "openalex",
    aliases: &["openalex-json"],
    extensions: &[],
    sniff: |head| {
        head.trim_start().starts_with(['{', '['])
            && head.contains("\"https://openalex.org/")
            && ["\"authorships\"", "\"display_name\"", "\"publication_year\""].iter().any(|name| head.contains(name))
    },
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    json::read(source, SPEC.name, records, work)
}

fn records(mut file: Value) -> Vec<Value> {
    match file.get_mut("results").map(Value::take).unwrap_or(file) {
        Value::Array(works) => works,
        work => vec![work],
    }
}

/// The kind of a work: what OpenAlex calls it, unless Crossref's type or the place of publication is more exact.
fn kind(work: &Value, source_type: &str) -> WorkKind {
    use WorkKind::*;
    let crossref = text_at(work, &["type_crossref"]);
    match (text_at(work, &["type"]).as_str(), crossref.as_str()) {
        ("preprint", _) | (_, "posted-content") => Article,
        (_, "proceedings-article") => PaperConference,
        ("article" | "review" | "letter" | "editorial" | "erratum" | "retraction", _) => match source_type {
            "conference" => PaperConference,
            "repository" => Article,
            _ => ArticleJournal,
        },
        ("book", _) => Book,
        ("book-chapter", _) => Chapter,
        ("dissertation", _) => Thesis,
        ("dataset", _) => Dataset,
        ("report", _) => Report,
        ("reference-entry", _) => EntryEncyclopedia,
        ("peer-review", _) => Review,
        ("standard", _) => Standard,
        ("software", _) => Software,
        ("libguides", _) => Webpage,
        (_, "journal-article") => ArticleJournal,
        _ => Document,
    }
}

fn work(item: Map<String, Value>) -> Work {
    let item = Value::Object(item);
    let at = |path: &[&str]| text_at(&item, path);
    let host = item.get("primary_location").unwrap_or(&Value::Null);
    let source = |name: &str| text_at(host, &["source", name]);
    let mut work = Work { kind: kind(&item, &source("type")), ..Work::default() };

    let title = Some(at(&["title"])).filter(|title| !title.is_empty()).unwrap_or_else(|| at(&["display_name"]));
    work.set(Field::Title, markup(&title));
    for authorship in list(&item, "authorships") {
        let name = Some(text_at(authorship, &["author", "display_name"])).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| text_at(authorship, &["raw_author_name"]));
        // One name alone is not known to be a body's.
        let name =
            if name.contains(' ') { draft::name(&name, Unmarked::GivenFirst) } else { draft::person(&name, "", "") };
        work.name(Role::Author, name);
    }
    // Long lists are cut off after the hundredth author.
    if item.get("is_authors_truncated").and_then(Value::as_bool) == Some(true) {
        work.contributors.entry(Role::Author).or_default().incomplete = true;
    }
    let issued =
        [at(&["publication_date"]), at(&["publication_year"])].iter().find_map(|date| date.parse::<Date>().ok());
    if let Some(date) = issued {
        work.date(DateField::Issued, date);
    }
    match work.kind {
        // A repository keeps a work, and a platform sells books; neither is a container.
        WorkKind::Article | WorkKind::Thesis | WorkKind::Dataset | WorkKind::Software | WorkKind::Report => {
            let keeper = Some(source("display_name")).filter(|name| !name.is_empty());
            work.set(Field::Publisher, keeper.unwrap_or_else(|| source("host_organization_name")));
        }
        WorkKind::Book => work.set(Field::Publisher, source("host_organization_name")),
        _ => {
            work.set(Field::ContainerTitle, source("display_name"));
            work.set(Field::Publisher, source("host_organization_name"));
        }
    }
    work.set(Field::Volume, at(&["biblio", "volume"]));
    work.set(Field::Issue, at(&["biblio", "issue"]));
    work.pages(&at(&["biblio", "first_page"]), &at(&["biblio", "last_page"]));
    let serials = source_serials(host);
    if let Some((first, others)) = serials.split_first() {
        work.set(Field::Issn, first.as_str());
        work.keep("other-ISSN", &others.join(", "));
    }
    let doi = [at(&["doi"]), at(&["ids", "doi"])].into_iter().find(|doi| !doi.is_empty()).unwrap_or_default();
    work.set(Field::Doi, after_last(&doi, "doi.org/"));
    work.set(Field::Pmid, after_last(&at(&["ids", "pmid"]), "/"));
    let pmcid = at(&["ids", "pmcid"]);
    work.set(Field::Pmcid, pmcid_of(after_last(&pmcid, "/")));
    let url = text_at(host, &["landing_page_url"]);
    if !url.contains("doi.org/") {
        work.set(Field::Url, url);
    }
    work.set(Field::Language, at(&["language"]));
    work.set(Field::License, text_at(host, &["license"]));
    work.set(Field::Abstract, text_of_index(item.get("abstract_inverted_index").unwrap_or(&Value::Null)));
    let keywords: Vec<String> = list(&item, "keywords").iter().map(|word| text_at(word, &["display_name"])).collect();
    work.set(Field::Keyword, joined_keywords(&keywords));
    work.keep("openalex", after_last(&at(&["id"]), "/"));
    if item.get("is_retracted").and_then(Value::as_bool) == Some(true) {
        work.set(Field::Status, "retracted");
    }
    work
}

fn source_serials(host: &Value) -> Vec<String> {
    let source = host.get("source").unwrap_or(&Value::Null);
    let all = source.get("issn").map(super::all).unwrap_or_default();
    if all.is_empty() { source.get("issn_l").map(super::all).unwrap_or_default() } else { all }
}

/// Identifiers are given as addresses.
fn after_last<'t>(text: &'t str, separator: &str) -> &'t str {
    text.rsplit_once(separator).map_or(text, |(_, id)| id)
}

/// PubMed Central's numbers come with and without their letters.
fn pmcid_of(id: &str) -> String {
    let is_number = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    if is_number { format!("PMC{id}") } else { id.to_owned() }
}

/// Words that an abstract may have. OpenAlex gives the places of each word, and a place may be any number.
const LONGEST_ABSTRACT: u64 = 20_000;

/// The abstract of an index of its words: `{"word": [place, …], …}`.
fn text_of_index(index: &Value) -> String {
    let Value::Object(index) = index else { return String::new() };
    let mut words: Vec<(u64, &str)> = Vec::new();
    for (word, places) in index {
        let places = places.as_array().into_iter().flatten().filter_map(Value::as_u64);
        words.extend(places.filter(|place| *place < LONGEST_ABSTRACT).map(|place| (place, word.as_str())));
    }
    words.sort_unstable();
    words.dedup();
    words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read};
    use crate::work::{DateField, Field, Name, Role, WorkKind};

    const ARTICLE: &str = r#"{"id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/a", "title": "Tides", "type": "article",
        "publication_year": 2004, "publication_date": "2004-05-03", "is_retracted": true,
        "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/123", "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/456"},
        "primary_location": {"landing_page_url": "https://doi.org/10.5555/a", "source": {"display_name": "Journal of Ferries",
        "issn": ["1234-5679", "2049-3630"], "host_organization_name": "Ferry Press", "type": "journal"}},
        "authorships": [{"author": {"display_name": "Ada B. van der Holm"}}, {"author": {"display_name": "Tan"}}],
        "biblio": {"volume": "12", "issue": null, "first_page": "34", "last_page": "56"},
        "abstract_inverted_index": {"rise": [1], "Tides": [0], "far": [99999999]}}"#;

    #[test]
    fn an_article() {
        let library = read(ARTICLE.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.kind, WorkKind::ArticleJournal);
        let Name::Person(holm) = &work.names(Role::Author)[0] else { panic!("a person") };
        assert_eq!((holm.non_dropping_particle.as_deref(), holm.family.as_str()), (Some("van der"), "Holm"));
        assert_eq!(work.names(Role::Author)[1], Name::person("Tan", ""));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05-03");
        for (field, value) in [
            (Field::Doi, "10.5555/a"),
            (Field::ContainerTitle, "Journal of Ferries"),
            (Field::Page, "34–56"),
            (Field::Issn, "1234-5679"),
            (Field::Pmid, "123"),
            (Field::Pmcid, "PMC456"),
            (Field::Abstract, "Tides rise"),
            (Field::Status, "retracted"),
        ] {
            assert_eq!(work.get(field), Some(value), "{field}");
        }
        assert_eq!((work.get(Field::Url), work.get(Field::Issue)), (None, None));
    }

    #[test]
    fn lists_and_lines() {
        let page = format!(r#"{{"meta": {{"count": 2}}, "results": [{ARTICLE}, {ARTICLE}]}}"#);
        let lines = format!("{0}\n{0}\n", ARTICLE.replace('\n', " "));
        for text in [page, lines] {
            assert_eq!(Format::sniff(text.as_bytes()).unwrap().name(), "openalex");
            assert_eq!(read(text.as_bytes(), None).unwrap().works.len(), 2);
        }
    }

    #[test]
    fn places_of_publication_tell_the_kind() {
        for (kind, place, expected) in [
            ("article", "conference", WorkKind::PaperConference),
            ("article", "repository", WorkKind::Article),
            ("review", "journal", WorkKind::ArticleJournal),
            ("book-chapter", "ebook platform", WorkKind::Chapter),
            ("paratext", "journal", WorkKind::Document),
        ] {
            let text = format!(
                r#"{{"id": "https://openalex.org/W1", "publication_year": 2004, "type": "{kind}",
                    "primary_location": {{"source": {{"type": "{place}", "display_name": "Ferries"}}}}}}"#
            );
            assert_eq!(read(text.as_bytes(), None).unwrap().works[0].kind, expected, "{kind}");
        }
    }
}
