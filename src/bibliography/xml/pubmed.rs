//! PubMed's XML (`PubmedArticleSet`), read only. Source: the PubMed DTD and “MEDLINE®PubMed® XML Element Descriptions”.

use super::{Element, read_records};
use crate::bibliography::draft::{self, Draft, joined_keywords, whole_pages};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::{Date, DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "pubmed-xml",
    aliases: &["pubmedxml", "medline-xml"],
    extensions: &[],
    sniff: |head| ["<PubmedArticle", "<PubmedBookArticle", "<MedlineCitation"].iter().any(|tag| head.contains(tag)),
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    let is_record = |name: &str| matches!(name, "PubmedArticle" | "PubmedBookArticle" | "MedlineCitation");
    read_records(source, SPEC.name, is_record, |record| {
        let work = match record.name.as_str() {
            "PubmedBookArticle" => record.child("BookDocument").map(book),
            "MedlineCitation" => Some(article(&record, &record)),
            _ => record.child("MedlineCitation").map(|citation| article(citation, &record)),
        };
        work.into_iter().collect()
    })
}

fn article(citation: &Element, record: &Element) -> Work {
    let mut work = Work { kind: WorkKind::ArticleJournal, ..Work::default() };
    work.set(Field::Pmid, citation.text_at(&["PMID"]));
    let Some(article) = citation.child("Article") else { return work };
    title(&mut work, Field::Title, article.child("ArticleTitle"));
    if work.get(Field::Title).is_none() {
        title(&mut work, Field::Title, article.child("VernacularTitle"));
    }
    let journal = article.child("Journal");
    if let Some(journal) = journal {
        let name = journal.text_at(&["Title"]);
        // "Arthritis & rheumatology (Hoboken, N.J.)": the place tells journals of one name apart.
        let place = name.strip_suffix(')').and_then(|n| n.rsplit_once(" (")).filter(|(_, place)| place.contains(", "));
        work.set(Field::ContainerTitle, place.map_or(name.as_str(), |(name, _)| name));
        work.set(Field::PublisherPlace, place.map_or("", |(_, place)| place.split(" :").next().unwrap_or(place)));
        work.set(Field::ContainerTitleShort, journal.text_at(&["ISOAbbreviation"]));
        work.set(Field::Issn, journal.text_at(&["ISSN"]));
        work.set(Field::Volume, journal.text_at(&["JournalIssue", "Volume"]));
        work.set(Field::Issue, journal.text_at(&["JournalIssue", "Issue"]));
        if let Some(date) = journal.at(&["JournalIssue", "PubDate"]).and_then(date) {
            work.date(DateField::Issued, date);
        }
    }
    if let Some(info) = citation.child("MedlineJournalInfo") {
        work.first(Field::ContainerTitleShort, &info.text_at(&["MedlineTA"]));
        if work.get(Field::ContainerTitle).is_none() {
            work.set(Field::ContainerTitle, info.text_at(&["MedlineTA"]));
        }
    }
    if let Some(date) = article.child("ArticleDate").and_then(date) {
        work.date(DateField::Issued, date);
    }
    pages(&mut work, article);
    if let Some(list) = article.child("AuthorList") {
        authors(&mut work, list, Role::Author);
    }
    abstract_text(&mut work, article);
    work.set(Field::Language, article.text_at(&["Language"]));
    for id in article.all("ELocationID") {
        if id.attribute("EIdType") == Some("pii") && work.get(Field::Page).is_none() {
            work.set(Field::Page, article_number(&id.text()).unwrap_or_default());
        }
        if id.attribute("EIdType") == Some("doi") && id.attribute("ValidYN") != Some("N") {
            work.first(Field::Doi, &id.text());
        }
    }
    let ids = record.at(&["PubmedData", "ArticleIdList"]);
    for id in ids.into_iter().flat_map(|list| list.all("ArticleId")) {
        match id.attribute("IdType") {
            Some("doi") => {
                work.first(Field::Doi, &id.text());
            }
            Some("pmc") => {
                work.first(Field::Pmcid, &id.text());
            }
            Some("pii") => work.keep("pii", &id.text()),
            _ => {}
        }
    }
    keywords(&mut work, citation);
    let types = article.child("PublicationTypeList").into_iter().flat_map(|list| list.all("PublicationType"));
    for kind in types.map(Element::text) {
        if kind == "Preprint" {
            work.kind = WorkKind::Article;
        }
        work.keep("publication-type", &kind);
    }
    work
}

fn book(document: &Element) -> Work {
    let mut work = Work { kind: WorkKind::Book, ..Work::default() };
    work.set(Field::Pmid, document.text_at(&["PMID"]));
    title(&mut work, Field::Title, document.child("ArticleTitle"));
    let Some(book) = document.child("Book") else { return work };
    if work.get(Field::Title).is_some() {
        work.kind = WorkKind::Chapter;
        title(&mut work, Field::ContainerTitle, book.child("BookTitle"));
    } else {
        title(&mut work, Field::Title, book.child("BookTitle"));
    }
    work.set(Field::Publisher, book.text_at(&["Publisher", "PublisherName"]));
    work.set(Field::PublisherPlace, book.text_at(&["Publisher", "PublisherLocation"]));
    work.set(Field::Edition, book.text_at(&["Edition"]));
    work.set(Field::Volume, book.text_at(&["Volume"]));
    title(&mut work, Field::CollectionTitle, book.child("CollectionTitle"));
    work.set(Field::Isbn, book.text_at(&["Isbn"]));
    let dated = document.child("ContributionDate").and_then(date).or_else(|| book.child("PubDate").and_then(date));
    if let Some(date) = dated {
        work.date(DateField::Issued, date);
    }
    for (place, list) in document.all("AuthorList").map(|l| (true, l)).chain(book.all("AuthorList").map(|l| (false, l)))
    {
        let editors = list.attribute("Type") == Some("editors");
        let role = match (editors, place) {
            (true, _) => Role::Editor,
            (false, false) if work.kind == WorkKind::Chapter => Role::ContainerAuthor,
            (false, _) => Role::Author,
        };
        authors(&mut work, list, role);
    }
    pages(&mut work, document);
    abstract_text(&mut work, document);
    work.set(Field::Language, document.text_at(&["Language"]));
    for id in document.child("ArticleIdList").into_iter().flat_map(|list| list.all("ArticleId")) {
        match id.attribute("IdType") {
            Some("doi") => {
                work.first(Field::Doi, &id.text());
            }
            Some("bookaccession") => {
                work.first(Field::Url, &format!("https://www.ncbi.nlm.nih.gov/books/{}/", id.text()));
            }
            _ => {}
        }
    }
    keywords(&mut work, document);
    work
}

fn title(work: &mut Work, field: Field, element: Option<&Element>) {
    let Some(text) = element.map(Element::markup) else { return };
    // Brackets say that the title is a translation; the full stop is PubMed's.
    let text = text.strip_suffix('.').filter(|t| !t.ends_with('.')).unwrap_or(&text);
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).map(|t| t.strip_suffix('.').unwrap_or(t));
    work.set(field, inner.unwrap_or(text));
}

fn pages(work: &mut Work, article: &Element) {
    let Some(pagination) = article.child("Pagination") else { return };
    let (start, end) = (pagination.text_at(&["StartPage"]), pagination.text_at(&["EndPage"]));
    let printed = pagination.text_at(&["MedlinePgn"]);
    if printed.is_empty() {
        work.pages(&start, &end);
    } else {
        work.first(Field::Page, &whole_pages(&printed));
    }
}

/// An identifier of the publisher that is short enough to be what the article has in place of pages.
pub(in crate::bibliography) fn article_number(pii: &str) -> Option<&str> {
    let short =
        pii.len() <= 10 && pii.bytes().all(|b| b.is_ascii_alphanumeric()) && pii.bytes().any(|b| b.is_ascii_digit());
    short.then_some(pii)
}

fn authors(work: &mut Work, list: &Element, role: Role) {
    for author in list.all("Author").filter(|a| a.attribute("ValidYN") != Some("N")) {
        let given = match author.child("ForeName").or(author.child("FirstName")) {
            Some(given) => given.text(),
            None => author.text_at(&["Initials"]),
        };
        let name = match author.child("CollectiveName") {
            Some(body) => Name::literal(body.text()),
            None => draft::person(&author.text_at(&["LastName"]), &given, &author.text_at(&["Suffix"])),
        };
        work.name(role, name);
    }
    if list.attribute("CompleteYN") == Some("N") {
        work.contributors.entry(role).or_default().incomplete = true;
    }
}

fn abstract_text(work: &mut Work, article: &Element) {
    let parts = article.child("Abstract").into_iter().flat_map(|a| a.all("AbstractText")).map(|part| {
        match part.attribute("Label").filter(|label| *label != "UNLABELLED") {
            Some(label) => format!("{label}: {}", part.markup()),
            None => part.markup(),
        }
    });
    work.set(Field::Abstract, parts.collect::<Vec<_>>().join("\n"));
}

fn keywords(work: &mut Work, citation: &Element) {
    let mut words: Vec<String> = Vec::new();
    for heading in citation.child("MeshHeadingList").into_iter().flat_map(|list| list.all("MeshHeading")) {
        words.push(heading.text_at(&["DescriptorName"]));
    }
    for list in citation.all("KeywordList") {
        words.extend(list.all("Keyword").map(Element::text));
    }
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(word.clone()));
    work.set(Field::Keyword, joined_keywords(&words));
}

fn date(element: &Element) -> Option<Date> {
    let words = element.text_at(&["MedlineDate"]);
    if !words.is_empty() {
        return Some(draft::date(&words));
    }
    let (year, month, day) = (element.text_at(&["Year"]), element.text_at(&["Month"]), element.text_at(&["Day"]));
    let month = if month.is_empty() { element.text_at(&["Season"]) } else { month };
    draft::date_of_parts(&year, &month, &day).or_else(|| {
        let words = format!("{year} {month} {day}");
        (!words.trim().is_empty()).then(|| draft::date(&words))
    })
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{DateField, Field, Role};

    #[test]
    fn an_article() {
        let xml = r#"<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "x.dtd"><PubmedArticleSet><PubmedArticle>
            <MedlineCitation><PMID Version="1">12</PMID><Article><Journal><ISSN>1234-5679</ISSN><JournalIssue><Volume>3</Volume>
            <PubDate><Year>2004</Year><Month>May</Month></PubDate></JournalIssue><Title>Journal of ferries</Title></Journal>
            <ArticleTitle>Tides of <i>Mare</i>.</ArticleTitle><Pagination><MedlinePgn>235-8</MedlinePgn></Pagination>
            <AuthorList CompleteYN="N"><Author><LastName>Holm</LastName><ForeName>Ada</ForeName><Initials>A</Initials></Author>
            <Author><CollectiveName>Ferry Board</CollectiveName></Author></AuthorList></Article></MedlineCitation>
            <PubmedData><ArticleIdList><ArticleId IdType="doi">10.5555/a</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"#;
        let library = read(xml.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.get(Field::Title), Some("Tides of <i>Mare</i>"));
        assert_eq!(work.get(Field::Page), Some("235–238"));
        assert_eq!(work.get(Field::Doi), Some("10.5555/a"));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
        assert_eq!((work.names(Role::Author).len(), work.contributors[&Role::Author].incomplete), (2, true));
    }
}
