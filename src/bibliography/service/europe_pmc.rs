//! Results of Europe PMC's search, read only: both its “lite” and its “core” form. Source: its Articles RESTful API.

use serde_json::{Map, Value};

use super::{all, list, markup, strip_tags, text_at};
use crate::bibliography::draft::{self, Draft, Unmarked, joined_keywords, whole_pages};
use crate::bibliography::{Library, ReadError, Source, Spec, json};
use crate::work::{Date, DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "europe-pmc",
    aliases: &["europepmc"],
    extensions: &[],
    sniff: |head| {
        head.trim_start().starts_with(['{', '['])
            && (head.contains("\"resultList\"") && head.contains("\"hitCount\"")
                || head.contains("\"authorString\"") && head.contains("\"pubYear\""))
    },
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    json::read(source, SPEC.name, records, work)
}

fn records(mut file: Value) -> Vec<Value> {
    let mut results = file.get_mut("resultList").map(Value::take).unwrap_or(file);
    match results.get_mut("result").map(Value::take).unwrap_or(results) {
        Value::Array(results) => results,
        result => vec![result],
    }
}

fn kind(item: &Value) -> WorkKind {
    let words = [text_at(item, &["pubType"]), types(item).join("; ")].join("; ").to_lowercase();
    match text_at(item, &["source"]).as_str() {
        "PPR" => WorkKind::Article,
        "PAT" => WorkKind::Patent,
        "ETH" => WorkKind::Thesis,
        _ if words.contains("preprint") => WorkKind::Article,
        _ if item.get("bookOrReportDetails").is_some() => {
            if words.contains("chapter") {
                WorkKind::Chapter
            } else {
                WorkKind::Book
            }
        }
        _ => WorkKind::ArticleJournal,
    }
}

fn types(item: &Value) -> Vec<String> {
    item.get("pubTypeList").and_then(|list| list.get("pubType")).map(all).unwrap_or_default()
}

fn work(item: Map<String, Value>) -> Work {
    let item = Value::Object(item);
    let at = |path: &[&str]| text_at(&item, path);
    // The lite form has on one level what the core form has below `journalInfo`.
    let either =
        |core: &[&str], lite: &str| Some(at(core)).filter(|text| !text.is_empty()).unwrap_or_else(|| at(&[lite]));
    let mut work = Work { kind: kind(&item), ..Work::default() };
    // Titles end with the full stop of PubMed.
    let title = markup(&at(&["title"]));
    work.set(Field::Title, title.strip_suffix('.').filter(|t| !t.ends_with('.')).unwrap_or(&title));
    authors(&mut work, &item);
    work.set(Field::ContainerTitle, either(&["journalInfo", "journal", "title"], "journalTitle"));
    let short = at(&["journalInfo", "journal", "medlineAbbreviation"]);
    work.set(Field::ContainerTitleShort, short);
    work.set(Field::Volume, either(&["journalInfo", "volume"], "journalVolume"));
    work.set(Field::Issue, either(&["journalInfo", "issue"], "issue"));
    work.set(Field::Page, whole_pages(&at(&["pageInfo"])));
    let issn = [at(&["journalInfo", "journal", "issn"]), at(&["journalInfo", "journal", "essn"]), at(&["journalIssn"])];
    for issn in issn.iter().flat_map(|list| list.split(';')).filter(|issn| !issn.trim().is_empty()) {
        work.also(Field::Issn, issn, ", ");
    }
    work.set(Field::Doi, at(&["doi"]));
    work.set(Field::Pmid, at(&["pmid"]));
    work.set(Field::Pmcid, at(&["pmcid"]));
    work.set(Field::Publisher, at(&["bookOrReportDetails", "publisher"]));
    work.set(Field::Isbn, either(&["bookOrReportDetails", "isbn13"], "isbn"));
    work.set(Field::Abstract, strip_tags(&at(&["abstractText"])));
    work.set(Field::Language, at(&["language"]));
    let keywords: Vec<String> = item.get("keywordList").and_then(|k| k.get("keyword")).map(all).unwrap_or_default();
    work.set(Field::Keyword, joined_keywords(&keywords));
    if let Some(date) = issued(&item) {
        work.date(DateField::Issued, date);
    }
    if types(&item).iter().any(|name| name.eq_ignore_ascii_case("retracted publication")) {
        work.set(Field::Status, "retracted");
    }
    work
}

/// The date of the issue, which is the one cited; the first publication may be that of a year before.
fn issued(item: &Value) -> Option<Date> {
    let printed = text_at(item, &["journalInfo", "dateOfPublication"]);
    let year = Some(text_at(item, &["pubYear"])).filter(|year| !year.is_empty());
    let year = year.unwrap_or_else(|| text_at(item, &["journalInfo", "yearOfPublication"]));
    let date = Some(draft::date(&printed))
        .filter(|date| date.year().is_some() && date.year().map(|y| y.to_string()).as_ref() == Some(&year));
    let first: Option<Date> = text_at(item, &["firstPublicationDate"]).parse().ok();
    date.or_else(|| first.filter(|date| date.year().map(|y| y.to_string()).as_ref() == Some(&year)))
        .or_else(|| year.parse().ok())
}

fn authors(work: &mut Work, item: &Value) {
    let list_of_authors = item.get("authorList").map(|authors| list(authors, "author")).unwrap_or_default();
    for author in list_of_authors {
        let part = |name: &str| text_at(author, &[name]);
        let given = Some(part("firstName")).filter(|given| !given.is_empty()).unwrap_or_else(|| part("initials"));
        let name = match (part("lastName"), part("collectiveName")) {
            (family, body) if family.is_empty() && !body.is_empty() => Name::literal(body),
            (family, _) if family.is_empty() => draft::name(&part("fullName"), Unmarked::Initials),
            (family, _) => draft::person(&family, &given, &part("suffix")),
        };
        work.name(Role::Author, name);
    }
    if list_of_authors.is_empty() {
        let names = text_at(item, &["authorString"]);
        for name in names.trim_end_matches('.').split(',').map(str::trim).filter(|name| !name.is_empty()) {
            work.name(Role::Author, draft::name(name, Unmarked::Initials));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{DateField, Field, Name, Role, WorkKind};

    #[test]
    fn the_lite_form() {
        let text = r#"{"version": "6.9", "hitCount": 1, "resultList": {"result": [{"id": "123", "source": "MED", "pmid": "123", "doi": "10.5555/a",
            "title": "Tides.", "authorString": "Holm AB, Tan O, Ferry Board.", "journalTitle": "J Ferries", "issue": "3", "journalVolume": "12",
            "pubYear": "2004", "journalIssn": "1234-5679; 2049-3630; ", "pageInfo": "34-6", "pubType": "journal article",
            "firstPublicationDate": "2003-12-30"}]}}"#;
        let library = read(text.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.kind, WorkKind::ArticleJournal);
        assert_eq!(
            work.names(Role::Author),
            [Name::person("Holm", "AB"), Name::person("Tan", "O"), Name::literal("Ferry Board")]
        );
        assert_eq!(work.get(Field::Title), Some("Tides"));
        assert_eq!(work.get(Field::Page), Some("34–36"));
        assert_eq!(work.get(Field::Issn), Some("1234-5679, 2049-3630"));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004");
    }

    #[test]
    fn the_core_form() {
        let text = r#"{"hitCount": 1, "resultList": {"result": [{"id": "PPR1", "source": "PPR", "title": "Tides", "pubYear": "2004",
            "authorList": {"author": [{"fullName": "Holm A", "firstName": "Ada", "lastName": "Holm", "initials": "A"}, {"collectiveName": "Ferry Board"}]},
            "journalInfo": {"volume": "12", "dateOfPublication": "2004 May", "journal": {"title": "Journal of Ferries", "medlineAbbreviation": "J Ferries"}},
            "pubTypeList": {"pubType": ["Preprint"]}, "abstractText": "<h4>Aim</h4>To rise."}]}}"#;
        let library = read(text.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.kind, WorkKind::Article);
        assert_eq!(work.names(Role::Author), [Name::person("Holm", "Ada"), Name::literal("Ferry Board")]);
        assert_eq!(work.get(Field::ContainerTitleShort), Some("J Ferries"));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
    }
}
