//! Citations and verdicts as nanopublications: each a head, an assertion, its provenance, and who published it.
//!
//! A nanopublication says one thing: that a claim cites a work (`cito:cites`), that a person says a work backs a claim
//! (`cito:citesAsEvidence`), or what a person judged of the two (a Web Annotation that assesses, and a CiTO relation
//! where one means the verdict). The claim is the part of its document that a text quote selects; its name holds the
//! fingerprint of its text, so that a changed claim is another one.

use std::collections::HashSet;
use std::fmt::Write;

use super::map::{Link, LinkedWork, Map};
use super::trig::{Names, literal, uuid};
use crate::answers::{Origin, claim_ref};
use crate::cli::marks;
use crate::review::{Opinion, Record, Timestamp, Verdict, WorkFingerprint};
use crate::work::{Field, Work};

const PREFIXES: &str = "\
@prefix np: <http://www.nanopub.org/nschema#> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

const TOOL: &str = concat!("citetrail ", env!("CARGO_PKG_VERSION"));

/// `made` is the moment of the export.
pub(super) fn write(map: &Map, names: &Names<'_>, made: Timestamp) -> String {
    let mut out = String::from(PREFIXES);
    // Two files may be one document, two entries one work: what they say is said once.
    let mut said = HashSet::new();
    let mut say = |nanopub: Nanopub| {
        if said.insert(nanopub.name.clone()) {
            nanopub.write(&mut out, made);
        }
    };
    for (link, linked) in map.linked() {
        let pair = Pair::new(map, names, link, linked);
        match &linked.origin {
            Origin::Cited if !linked.ambiguous => say(pair.citation()),
            Origin::Asserted(record) => say(pair.assertion(record)),
            Origin::Cited | Origin::Inherited { .. } => {}
        }
        let judged = linked.standing.opinions.iter();
        for opinion in judged.filter(|o| o.is_fresh && o.judgement.verdict != Verdict::NoAccess) {
            say(pair.verdict(opinion));
        }
    }
    out
}

/// One nanopublication: its name, and the triples of its parts.
struct Nanopub {
    name: String,
    assertion: String,
    provenance: String,
    /// Who says it: name and triples; the program where it only read what a document says.
    creator: (String, String),
}

impl Nanopub {
    fn write(&self, out: &mut String, made: Timestamp) {
        let Self { name, assertion, provenance, creator: (creator, of_creator) } = self;
        let _ = write!(
            out,
            "
<{name}#Head> {{
  <{name}> a np:Nanopublication ;
    np:hasAssertion <{name}#assertion> ;
    np:hasProvenance <{name}#provenance> ;
    np:hasPublicationInfo <{name}#pubinfo> .
}}
<{name}#assertion> {{
{assertion}}}
<{name}#provenance> {{
{provenance}}}
<{name}#pubinfo> {{
  <{name}> dct:created \"{made}\"^^xsd:dateTime ;
    dct:creator <{creator}> .
{of_creator}}}
"
        );
    }
}

/// A claim and a work with the names they have in RDF.
struct Pair<'a> {
    names: &'a Names<'a>,
    claim: String,
    document: String,
    work: String,
    /// What the bibliography, the document and the claim are called, as triples.
    of_work: String,
    of_document: String,
    text: String,
    printed: &'a str,
    is_cited: bool,
}

impl<'a> Pair<'a> {
    fn new(map: &'a Map, names: &'a Names<'a>, link: &Link, linked: &LinkedWork) -> Self {
        let document = map.document(link);
        let read = &document.analysis.document;
        let known = claim_ref(document, link.claim);
        let document_name = match &read.doi {
            Some(doi) => doi.url(),
            None => names.of("document", &document.name),
        };
        let title = read.title.as_deref().unwrap_or(&document.name);
        let (work, of_work) = named_work(names, &linked.work);
        Self {
            names,
            claim: names.of("claim", &format!("{}-{}", known.id, known.fingerprint.as_str())),
            of_document: format!("  <{document_name}> dct:title {} .\n", literal(title)),
            document: document_name,
            work,
            of_work,
            text: known.text,
            printed: &read.claims[link.claim].text,
            is_cited: matches!(linked.origin, Origin::Cited) && !linked.ambiguous,
        }
    }

    /// What the claim is: the part of its document that says so.
    fn described(&self, name: &str) -> String {
        let Self { claim, document, of_work, .. } = self;
        format!(
            "  <{claim}> a oa:SpecificResource ;
    rdfs:label {} ;
    oa:hasSource <{document}> ;
    oa:hasSelector <{name}#selector> .
  <{name}#selector> a oa:TextQuoteSelector ;
    oa:exact {} .
{of_work}",
            literal(&self.text),
            literal(self.printed)
        )
    }

    /// The document cites the work at the claim.
    fn citation(&self) -> Nanopub {
        let name = self.names.of("citation", &uuid("citation", &format!("{} {}", self.claim, self.work)));
        let tool = self.names.of("program", TOOL);
        Nanopub {
            assertion: format!("  <{}> cito:cites <{}> .\n{}", self.claim, self.work, self.described(&name)),
            provenance: format!("  <{name}#assertion> prov:wasDerivedFrom <{}> .\n{}", self.document, self.of_document),
            creator: (tool.clone(), format!("  <{tool}> a prov:SoftwareAgent ; rdfs:label {} .\n", literal(TOOL))),
            name,
        }
    }

    /// A person says that the work backs the claim.
    fn assertion(&self, record: &Record) -> Nanopub {
        let name = self.names.of("record", record.id.as_str());
        Nanopub {
            assertion: format!("  <{}> cito:citesAsEvidence <{}> .\n{}", self.claim, self.work, self.described(&name)),
            provenance: self.said(&name, record),
            creator: self.person(record),
            name,
        }
    }

    /// A person judged whether the work backs the claim.
    fn verdict(&self, opinion: &Opinion) -> Nanopub {
        let Self { claim, work, .. } = self;
        let (record, judgement) = (&opinion.record, &opinion.judgement);
        let name = self.names.of("record", record.id.as_str());
        let relation = match judgement.verdict {
            Verdict::Supported => Some("cito:obtainsSupportFrom"),
            Verdict::Contradicts => Some("cito:isDisagreedWithBy"),
            // CiTO has no word for these; that it is cited is certain.
            Verdict::Partly | Verdict::NotSupported | Verdict::NotAddressed => self.is_cited.then_some("cito:cites"),
            Verdict::NoAccess => None,
        };
        let relation = relation.map(|relation| format!("  <{claim}> {relation} <{work}> .\n")).unwrap_or_default();
        let mut assertion = format!(
            "{relation}  <{name}#judgement> a oa:Annotation ;
    oa:motivatedBy oa:assessing ;
    oa:hasTarget <{claim}> ;
    oa:hasBody <{work}> , <{name}#verdict> .
  <{name}#verdict> a oa:TextualBody ;
    oa:hasPurpose oa:assessing ;
    rdf:value {} .
",
            literal(judgement.verdict.as_str())
        );
        if let Some(note) = &judgement.note {
            let _ = write!(
                assertion,
                "  <{name}#judgement> oa:hasBody <{name}#note> .
  <{name}#note> a oa:TextualBody ;
    oa:hasPurpose oa:commenting ;
    rdf:value {} .
",
                literal(note)
            );
        }
        assertion.push_str(&self.described(&name));
        let mut provenance = self.said(&name, record);
        if judgement.quote.is_some() || judgement.page.is_some() {
            let _ = write!(
                provenance,
                "  <{name}#assertion> prov:wasDerivedFrom <{name}#passage> .
  <{name}#passage> a oa:SpecificResource ;
    oa:hasSource <{work}> .
"
            );
        }
        if let Some(page) = &judgement.page {
            let _ = writeln!(provenance, "  <{name}#passage> bibo:locator {} .", literal(page));
        }
        if let Some(quote) = &judgement.quote {
            let _ = write!(
                provenance,
                "  <{name}#passage> oa:hasSelector <{name}#quote> .
  <{name}#quote> a oa:TextQuoteSelector ;
    oa:exact {} .
",
                literal(quote)
            );
        }
        Nanopub { assertion, provenance, creator: self.person(record), name }
    }

    /// Who said it, when, of which document.
    fn said(&self, name: &str, record: &Record) -> String {
        format!(
            "  <{name}#assertion> prov:wasAttributedTo <{}> ;
    prov:generatedAtTime \"{}\"^^xsd:dateTime ;
    prov:wasDerivedFrom <{}> .
{}",
            self.person(record).0,
            record.at,
            self.document,
            self.of_document
        )
    }

    /// A person, by a name that does not give the address away.
    fn person(&self, record: &Record) -> (String, String) {
        let person = self.names.of("person", &uuid("person", &record.person()));
        let name = literal(marks::name(&record.by));
        let triples = format!("  <{person}> a foaf:Person ; foaf:name {name} .\n");
        (person, triples)
    }
}

/// The name of a work and what it is: by DOI, by PMID, else by its first creator, year and title.
fn named_work(names: &Names<'_>, work: &Work) -> (String, String) {
    let name = match (work.doi(), work.pmid()) {
        (Some(doi), _) => doi.url(),
        (None, Some(pmid)) => format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"),
        (None, None) => names.of("work", WorkFingerprint::of(work).as_str()),
    };
    let mut triples = String::new();
    if let Some(title) = work.plain(Field::Title).or(work.plain(Field::ContainerTitle)) {
        let _ = writeln!(triples, "  <{name}> dct:title {} .", literal(&title));
    }
    for creator in work.creators() {
        let _ = writeln!(triples, "  <{name}> dct:creator {} .", literal(&creator.cited()));
    }
    if let Some(year) = work.year() {
        let _ = writeln!(triples, "  <{name}> dct:date {} .", literal(&year.to_string()));
    }
    if let Some(link) = work.link().filter(|link| *link != name) {
        let _ = writeln!(triples, "  <{name}> dct:identifier {} .", literal(&link));
    }
    (name, triples)
}
