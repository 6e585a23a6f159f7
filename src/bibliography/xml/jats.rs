//! Reference lists of JATS, the articles of publishers and PubMed Central; read only. Source: ANSI/NISO Z39.96-2019.

use super::{Element, read_records};
use crate::bibliography::draft::{self, Draft};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::{DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "jats",
    aliases: &["nlm"],
    extensions: &["nxml"],
    sniff: |head| {
        head.contains("<ref-list")
            || head.contains("<mixed-citation")
            || head.contains("<element-citation")
            || head.contains("<article ") && head.contains("<journal-meta")
    },
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    read_records(
        source,
        SPEC.name,
        |name| name == "ref",
        |reference| {
            let key = reference.attribute("id").unwrap_or_default();
            let alternatives = reference.child("citation-alternatives").unwrap_or(&reference);
            // What is tagged goes before what is printed.
            let citation = alternatives
                .child("element-citation")
                .or(alternatives.child("mixed-citation"))
                .or(alternatives.child("citation"))
                .or(alternatives.child("nlm-citation"));
            citation.map(|citation| work(key, citation)).into_iter().collect()
        },
    )
}

fn kind(citation: &Element) -> WorkKind {
    let name =
        ["publication-type", "citation-type"].iter().find_map(|name| citation.attribute(name)).unwrap_or_default();
    let has = |name: &str| citation.child(name).is_some();
    match name {
        "journal" | "article" => WorkKind::ArticleJournal,
        "book" if has("chapter-title") || has("article-title") && has("source") => WorkKind::Chapter,
        "book" => WorkKind::Book,
        "book-chapter" | "chapter" => WorkKind::Chapter,
        "confproc" | "conf-proc" | "conference" => WorkKind::PaperConference,
        "thesis" => WorkKind::Thesis,
        "report" | "gov" => WorkKind::Report,
        "web" | "webpage" | "website" => WorkKind::Webpage,
        "newspaper" => WorkKind::ArticleNewspaper,
        "data" => WorkKind::Dataset,
        "software" => WorkKind::Software,
        "patent" => WorkKind::Patent,
        "preprint" => WorkKind::Article,
        "standard" => WorkKind::Standard,
        _ if has("article-title") && has("volume") => WorkKind::ArticleJournal,
        _ => WorkKind::Document,
    }
}

fn work(key: &str, citation: &Element) -> Work {
    let mut work = Work { key: key.to_owned(), kind: kind(citation), ..Work::default() };
    let is_whole = citation.child("article-title").is_none() && citation.child("chapter-title").is_none();
    people(&mut work, citation, Role::Author);
    for group in citation.all("person-group") {
        let role = match group.attribute("person-group-type") {
            Some("editor" | "allauthors-editors") => Role::Editor,
            Some("translator") => Role::Translator,
            Some("compiler") => Role::Compiler,
            Some("author" | "allauthors" | "inventor") | None => Role::Author,
            Some(_) => Role::Contributor,
        };
        people(&mut work, group, role);
    }
    let date =
        draft::date_of_parts(&citation.text_at(&["year"]), &citation.text_at(&["month"]), &citation.text_at(&["day"]));
    let year = citation.text_at(&["year"]);
    match date {
        Some(date) => work.date(DateField::Issued, date),
        // "2004a": the letter tells works of a year apart.
        None if !year.is_empty() => {
            let letters = year.trim_end_matches(|c: char| c.is_ascii_lowercase());
            work.date(DateField::Issued, draft::date(letters));
            work.set(Field::YearSuffix, &year[letters.len()..]);
        }
        None => {}
    }
    work.pages(&citation.text_at(&["fpage"]), &citation.text_at(&["lpage"]));
    for element in citation.elements() {
        let text = element.markup();
        if text.is_empty() {
            continue;
        }
        match element.name.as_str() {
            "article-title" | "chapter-title" | "part-title" | "data-title" => {
                work.first(Field::Title, &text);
            }
            "source" if is_whole && work.kind != WorkKind::ArticleJournal => {
                work.first(Field::Title, &text);
            }
            "source" => {
                work.first(Field::ContainerTitle, &text);
            }
            "pub-id" => identifier(&mut work, element, &text),
            "object-id" => identifier(&mut work, element, &text),
            "ext-link" | "uri" => {
                let address = element.attribute("href").unwrap_or(&text).to_owned();
                match element.attribute("ext-link-type") {
                    Some("doi") => work.first(Field::Doi, &text),
                    _ if address.contains("doi.org/10.") => {
                        work.first(Field::Doi, address.split_once("doi.org/").map_or("", |(_, doi)| doi))
                    }
                    _ => work.first(Field::Url, &address),
                };
            }
            "date-in-citation" => work.date(DateField::Accessed, draft::date(&element.text())),
            "comment" => work.also(Field::Note, &text, "\n"),
            name => {
                if let Some(field) = variable(name) {
                    work.first(field, &text);
                }
            }
        }
    }
    if work.fields.is_empty() && work.contributors.is_empty() {
        // Printed, but nothing in it is tagged.
        work.keep("citation-text", &citation.text());
    }
    work
}

fn variable(name: &str) -> Option<Field> {
    Some(match name {
        "volume" => Field::Volume,
        "issue" => Field::Issue,
        "elocation-id" | "page-range" => Field::Page,
        "edition" => Field::Edition,
        "series" | "collab-series" => Field::CollectionTitle,
        "publisher-name" | "institution" => Field::Publisher,
        "publisher-loc" => Field::PublisherPlace,
        "conf-name" => Field::EventTitle,
        "conf-loc" => Field::EventPlace,
        "isbn" => Field::Isbn,
        "issn" => Field::Issn,
        "patent" => Field::Number,
        "size" => Field::NumberOfPages,
        "supplement" => Field::SupplementNumber,
        "version" => Field::Version,
        _ => return None,
    })
}

fn identifier(work: &mut Work, element: &Element, text: &str) {
    match element.attribute("pub-id-type") {
        Some("doi") => {
            work.first(Field::Doi, text.find("10.").map_or(text, |at| &text[at..]));
        }
        Some("pmid") => {
            work.first(Field::Pmid, text);
        }
        Some("pmcid" | "pmc") => {
            let with_prefix =
                if text.to_lowercase().starts_with("pmc") { text.to_owned() } else { format!("PMC{text}") };
            work.first(Field::Pmcid, &with_prefix);
        }
        Some(other) => work.keep(other, text),
        None => {}
    }
}

fn people(work: &mut Work, list: &Element, role: Role) {
    for element in list.elements() {
        match element.name.as_str() {
            "name" | "string-name" => {
                let (family, given) = (element.text_at(&["surname"]), element.text_at(&["given-names"]));
                let name = if family.is_empty() && given.is_empty() {
                    draft::name(&element.text(), draft::Unmarked::Initials)
                } else {
                    draft::person(&family, &given, &element.text_at(&["suffix"]))
                };
                work.name(role, name);
            }
            "name-alternatives" => people(work, element, role),
            "collab" => work.name(role, Name::literal(element.text())),
            "etal" => work.contributors.entry(role).or_default().incomplete = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{Field, Role, WorkKind};

    #[test]
    fn references() {
        let xml = r#"<article><back><ref-list><ref id="R1"><label>1</label><element-citation publication-type="journal"><person-group person-group-type="author">
            <name><surname>Holm</surname><given-names>A</given-names></name><collab>Ferry Board</collab><etal/></person-group><article-title>Tides of <italic>Mare</italic></article-title>
            <source>J Ferr</source><year>2004a</year><volume>12</volume><fpage>34</fpage><lpage>56</lpage><pub-id pub-id-type="doi">10.5555/a</pub-id></element-citation></ref>
            <ref id="R2"><mixed-citation publication-type="book"><string-name><surname>Berg</surname>, <given-names>B</given-names></string-name>. <source>Ferries</source>. <publisher-name>Press</publisher-name>.</mixed-citation></ref>
            <ref id="R3"><mixed-citation>Holm A. Untagged. 2004.</mixed-citation></ref></ref-list></back></article>"#;
        let works = read(xml.as_bytes(), None).unwrap().works;
        assert_eq!(
            (works[0].key.as_str(), works[0].kind, works[0].year()),
            ("R1", WorkKind::ArticleJournal, Some(2004))
        );
        assert_eq!(works[0].get(Field::Title), Some("Tides of <i>Mare</i>"));
        assert_eq!((works[0].names(Role::Author).len(), works[0].contributors[&Role::Author].incomplete), (2, true));
        assert_eq!((works[1].kind, works[1].get(Field::Title)), (WorkKind::Book, Some("Ferries")));
        assert_eq!(works[2].custom["citation-text"], "Holm A. Untagged. 2004.");
    }
}
