//! RDF as XML, read only: what Zotero exports, and records in the vocabularies of Dublin Core, BIBO and schema.org. Sources:
//! “RDF 1.1 XML Syntax” (W3C), DCMI Metadata Terms, the Bibliographic Ontology, schema.org, and Zotero's exports.
//!
//! A resource may stand where it is used or elsewhere under an identifier. Names of properties are taken without the
//! vocabulary they are of, since these agree where they use the same name.

mod graph;
mod kinds;
mod work;

use super::read_elements;
use crate::bibliography::{Library, ReadError, Source, Spec};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "rdf",
    aliases: &["zotero-rdf", "bibo", "rdf-xml"],
    extensions: &["rdf"],
    sniff: |head| head.trim_start().starts_with('<') && (head.contains("<rdf:RDF") || head.contains("<RDF")),
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    let mut resources = Vec::new();
    let reading = read_elements(source, |name| name != "RDF", |element| resources.push(element));
    let graph = graph::Graph::new(&resources);
    let works = resources.iter().filter(|r| graph.is_work(r)).map(|r| work::work(&graph, r)).collect();
    reading.library(works, SPEC.name)
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{DateField, Field, Name, Role, WorkKind};

    const HEAD: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="d" xmlns:dcterms="t" xmlns:bib="b" xmlns:z="z" xmlns:foaf="f" xmlns:prism="p" xmlns:bibo="o" xmlns:schema="s" xmlns:vcard="v">"#;

    fn works(xml: &str) -> Vec<crate::work::Work> {
        let library = read(format!("{HEAD}{xml}</rdf:RDF>").as_bytes(), None).unwrap();
        assert_eq!(library.problems, []);
        library.works
    }

    #[test]
    fn an_export_of_zotero() {
        let works = works(
            r##"<bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType><dcterms:isPartOf rdf:resource="urn:issn:1234-5679"/>
            <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Holm</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
            <rdf:li><foaf:Person><foaf:surname>Ferry Board</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
            <dc:title>Tides at home</dc:title><dc:date>2004-05-03</dc:date><bib:pages>34-56</bib:pages><z:citationKey>holm2004</z:citationKey>
            <dc:identifier><dcterms:URI><rdf:value>https://example.org/a</rdf:value></dcterms:URI></dc:identifier>
            <dc:subject>tides</dc:subject><dc:subject><z:AutomaticTag><rdf:value>ferries</rdf:value></z:AutomaticTag></dc:subject>
            <dcterms:dateSubmitted>2005-01-02 03:04:05</dcterms:dateSubmitted></bib:Article>
            <bib:Journal rdf:about="urn:issn:1234-5679"><prism:volume>12</prism:volume><prism:number>3</prism:number><dc:title>Journal of Ferries</dc:title>
            <dc:identifier>DOI 10.5555/a</dc:identifier><dc:identifier>ISSN 1234-5679</dc:identifier><dcterms:alternative>J Ferr</dcterms:alternative></bib:Journal>
            <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
            <bib:Book rdf:about="#item_3"><z:itemType>book</z:itemType><dc:title>A book</dc:title><dc:publisher><foaf:Organization><vcard:adr><vcard:Address>
            <vcard:locality>Harbour</vcard:locality></vcard:Address></vcard:adr><foaf:name>Press</foaf:name></foaf:Organization></dc:publisher>
            <dcterms:isPartOf><bib:Series><dc:title>Ferry books</dc:title><dc:identifier>7</dc:identifier></bib:Series></dcterms:isPartOf></bib:Book>"##,
        );
        let [article, book] = &works[..] else { panic!("two works") };
        assert_eq!((article.kind, article.key.as_str()), (WorkKind::ArticleJournal, "holm2004"));
        assert_eq!(article.names(Role::Author), [Name::person("Holm", "Ada"), Name::literal("Ferry Board")]);
        for (field, value) in [
            (Field::ContainerTitle, "Journal of Ferries"),
            (Field::ContainerTitleShort, "J Ferr"),
            (Field::Volume, "12"),
            (Field::Issue, "3"),
            (Field::Page, "34–56"),
            (Field::Doi, "10.5555/a"),
            (Field::Issn, "1234-5679"),
            (Field::Url, "https://example.org/a"),
            (Field::Keyword, "tides, ferries"),
        ] {
            assert_eq!(article.get(field), Some(value), "{field}");
        }
        assert_eq!(article.dates[&DateField::Accessed].to_string(), "2005-01-02");
        assert_eq!((book.get(Field::Publisher), book.get(Field::PublisherPlace)), (Some("Press"), Some("Harbour")));
        assert_eq!(book.get(Field::CollectionTitle), Some("Ferry books"));
    }

    #[test]
    fn other_vocabularies_and_resources_elsewhere() {
        let works = works(
            r##"<bibo:AcademicArticle rdf:about="https://example.org/b"><dcterms:title>Harbours</dcterms:title><dcterms:creator rdf:nodeID="n2"/>
            <bibo:authorList><rdf:Seq><rdf:li rdf:nodeID="n1"/><rdf:li rdf:nodeID="n2"/></rdf:Seq></bibo:authorList>
            <dcterms:isPartOf><bibo:Issue><bibo:issue>29</bibo:issue><dcterms:date>2016</dcterms:date><dcterms:isPartOf><bibo:Journal>
            <dcterms:title>Ships</dcterms:title></bibo:Journal></dcterms:isPartOf></bibo:Issue></dcterms:isPartOf></bibo:AcademicArticle>
            <foaf:Person rdf:nodeID="n1"><foaf:familyName>Berg</foaf:familyName><foaf:givenName>Bo</foaf:givenName></foaf:Person>
            <foaf:Person rdf:nodeID="n2"><foaf:surname>Dahl</foaf:surname><foaf:givenname>Cy</foaf:givenname></foaf:Person>
            <rdf:Description rdf:about="x"><rdf:type rdf:resource="http://schema.org/SoftwareSourceCode"/><schema:name>Ferry</schema:name>
            <schema:author>Holm, Ada</schema:author><schema:version>2.0</schema:version><schema:datePublished>2017-06-05</schema:datePublished></rdf:Description>"##,
        );
        let [article, software] = &works[..] else { panic!("two works") };
        assert_eq!(article.names(Role::Author), [Name::person("Berg", "Bo"), Name::person("Dahl", "Cy")]);
        assert_eq!((article.get(Field::ContainerTitle), article.get(Field::Issue)), (Some("Ships"), Some("29")));
        assert_eq!((article.year(), article.get(Field::Url)), (Some(2016), Some("https://example.org/b")));
        assert_eq!((software.kind, software.get(Field::Version)), (WorkKind::Software, Some("2.0")));
        assert_eq!(software.names(Role::Author), [Name::person("Holm", "Ada")]);
    }

    #[test]
    fn resources_that_are_part_of_themselves() {
        let works = works(
            r##"<bibo:Chapter rdf:about="#a"><dcterms:title>A</dcterms:title><dcterms:isPartOf rdf:resource="#b"/></bibo:Chapter>
            <bibo:Book rdf:about="#b"><dcterms:title>B</dcterms:title><dcterms:isPartOf rdf:resource="#b"/></bibo:Book>"##,
        );
        assert_eq!(works.iter().map(|w| w.get(Field::Title).unwrap()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(works[0].get(Field::ContainerTitle), Some("B"));
    }
}
