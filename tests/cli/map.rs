//! `export`: the map of claims and sources, read back by readers of each format that are not ours.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use layout::gv::DotParser;
use layout::gv::parser::ast::{AttributeList, Stmt, StmtList};
use oxrdf::Term;
use oxttl::TriGParser;
use serde_json::Value;

use super::support::{Folder, text};

const ADA: &[&str] = &["--by", "Ada Lovelace <ada@example.org>"];

/// A project in which every way a work can stand behind a claim occurs.
fn judged() -> Folder {
    let folder = Folder::with_project();
    let more = ["--quote", "Families \"differ\".", "--page", "7", "--note", "See\nTable 2."];
    folder.ok(&[&["verdict", "inherited forms", "baker2002", "supported"], &more[..], ADA].concat());
    folder.ok(&[&["verdict", "with fever", "baker2002", "not-addressed"], ADA].concat());
    folder.ok(&["verdict", "with fever", "baker2002", "contradicts", "--by", "Bob"]);
    folder.ok(&[&["assert", "acquired forms", "ebert1990"], ADA].concat());
    folder
}

fn table(csv: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let rows = reader.deserialize::<HashMap<String, String>>();
    rows.map(|row| row.expect("every line has as many cells as the header")).collect()
}

#[test]
fn a_table_has_every_claim_with_every_work() {
    let folder = judged();
    let csv = folder.ok(&["export", "--to", "csv"]);
    assert!(csv.lines().count() == csv.matches("\r\n").count(), "RFC 4180 ends lines with CRLF");
    let rows: Vec<String> = table(&csv)
        .iter()
        .map(|r| ["text", "origin", "key", "doi", "year", "state", "verdict"].map(|c| r[c].as_str()).join(" | "))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    Example disease is rare and mild. | cited | abel2001 |  | 2001 | open | 
    Inherited forms | cited | baker2002 | 10.5555/example.2 | 2002 | checked | supported
    Early onset | inherited | baker2002 | 10.5555/example.2 | 2002 | open | 
    With fever | inherited | baker2002 | 10.5555/example.2 | 2002 | conflict | 
    Late onset |  |  |  |  |  | 
    Acquired forms | asserted | ebert1990 |  | 1990 | open | 
    ");
    let fever = &table(&csv)[3];
    assert_eq!(fever["inherited_from"], table(&csv)[1]["claim"]);
    assert!(fever["verdicts"].contains("not-addressed (Ada Lovelace, 20"), "{}", fever["verdicts"]);
}

#[test]
fn json_lines_carry_the_record_and_the_verdicts() {
    let folder = judged();
    let lines: Vec<Value> =
        folder.ok(&["export", "--to", "jsonl"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 6);
    let line = &lines[1];
    assert_eq!((&line["claim"]["text"], &line["origin"]), (&"Inherited forms".into(), &"cited".into()));
    assert_eq!(line["claim"]["printed"], "Inherited forms (Baker and Cole 2002)");
    assert_eq!(line["work"]["csl"]["title"], "Families and examples");
    assert_eq!(line["review"]["state"], "checked");
    assert_eq!(line["review"]["verdicts"][0]["quote"], "Families \"differ\".");
    assert!(lines[4]["work"].is_null() && lines[4]["origin"].is_null());
}

/// Nodes by name, and edges from node to node, each with its attributes.
#[derive(Default)]
struct Read {
    nodes: BTreeMap<String, AttributeList>,
    edges: Vec<(String, String, AttributeList)>,
}

impl Read {
    /// Also takes what stands in clusters.
    fn take(&mut self, list: &StmtList) {
        for statement in &list.list {
            match statement {
                Stmt::Node(node) => assert!(self.nodes.insert(node.id.name.clone(), node.list.clone()).is_none()),
                Stmt::Edge(edge) => {
                    self.edges.push((edge.from.name.clone(), edge.to[0].0.name.clone(), edge.list.clone()));
                }
                Stmt::SubGraph(graph) => self.take(&graph.list),
                Stmt::Attribute(_) => {}
            }
        }
    }
}

fn graph_of(dot: &str) -> Read {
    let graph = DotParser::new(dot).process().unwrap_or_else(|e| panic!("{e}: {dot}"));
    let mut read = Read::default();
    read.take(&graph.list);
    read
}

fn attribute<'a>(list: &'a AttributeList, name: &str) -> &'a str {
    list.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
}

#[test]
fn a_graph_has_a_node_for_each_claim_and_work_and_an_edge_for_each_link() {
    let folder = judged();
    let Read { nodes, edges } = graph_of(&folder.ok(&["export", "--to", "graph"]));
    assert_eq!((nodes.len(), edges.len()), (5 + 3, 5));
    assert_eq!(attribute(&nodes["work:baker2002"], "URL"), "https://doi.org/10.5555/example.2");
    assert!(attribute(&nodes["work:baker2002"], "label").starts_with("baker2002: Baker (2002) Families"));
    for (from, to, _) in &edges {
        assert!(nodes.contains_key(from) && nodes.contains_key(to), "{from} -> {to}");
    }
    let shown: Vec<String> = edges
        .iter()
        .map(|(from, to, list)| {
            let claim = attribute(&nodes[from], "tooltip");
            format!("{claim} -> {to}: {} {}", attribute(list, "style"), attribute(list, "label"))
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    Example disease is rare and mild. -> work:abel2001: solid 
    Inherited forms -> work:baker2002: solid ✓ supported
    Early onset -> work:baker2002: dashed inherited
    With fever -> work:baker2002: dashed ≠ conflict, inherited
    Acquired forms -> work:ebert1990: bold 
    ");
}

/// The triples of each graph: subject, predicate, object. The reader also checks every IRI.
fn graphs(trig: &str) -> BTreeMap<String, Vec<[String; 3]>> {
    let mut graphs: BTreeMap<String, Vec<[String; 3]>> = BTreeMap::new();
    for quad in TriGParser::new().for_slice(trig.as_bytes()) {
        let quad = quad.unwrap_or_else(|e| panic!("{e}: {trig}"));
        let plain = |s: String| s.trim_start_matches('<').trim_end_matches('>').to_owned();
        let object = match &quad.object {
            Term::Literal(literal) => literal.value().to_owned(),
            name => plain(name.to_string()),
        };
        let triple = [plain(quad.subject.to_string()), quad.predicate.as_str().to_owned(), object];
        graphs.entry(plain(quad.graph_name.to_string())).or_default().push(triple);
    }
    graphs
}

const NP: &str = "http://www.nanopub.org/nschema#";
const CITO: &str = "http://purl.org/spar/cito/";

/// Of each nanopublication: its name and the triples of head, assertion, provenance, publication info. What makes it one
/// by the guidelines of nanopublications is checked.
fn nanopublications(trig: &str) -> Vec<(String, [Vec<[String; 3]>; 4])> {
    let mut graphs = graphs(trig);
    let names: Vec<String> = graphs.keys().filter_map(|g| g.strip_suffix("#Head")).map(str::to_owned).collect();
    let parts = names.into_iter().map(|name| {
        let part = |part: &str| format!("{name}#{part}");
        let [head, assertion, provenance, info] = ["Head", "assertion", "provenance", "pubinfo"]
            .map(|p| graphs.remove(&part(p)).unwrap_or_else(|| panic!("{name} has no {p}")));
        let has = |triples: &[[String; 3]], subject: &str, predicate: &str, object: &str| {
            triples.iter().any(|[s, p, o]| s == subject && p == predicate && o == object)
        };
        for (property, graph) in
            [("hasAssertion", "assertion"), ("hasProvenance", "provenance"), ("hasPublicationInfo", "pubinfo")]
        {
            assert!(has(&head, &name, &format!("{NP}{property}"), &part(graph)), "{name} {property}");
        }
        let kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
        assert!(has(&head, &name, kind, &format!("{NP}Nanopublication")));
        assert!(provenance.iter().any(|[s, ..]| *s == part("assertion")), "{name}: provenance of the assertion");
        assert!(info.iter().any(|[s, p, _]| *s == name && p.ends_with("terms/created")), "{name}: when");
        assert!(info.iter().any(|[s, p, _]| *s == name && p.ends_with("terms/creator")), "{name}: who");
        (name, [head, assertion, provenance, info])
    });
    let parts = parts.collect();
    assert!(graphs.is_empty(), "nothing stands outside a nanopublication: {:?}", graphs.keys());
    parts
}

#[test]
fn citations_and_verdicts_are_nanopublications() {
    let folder = judged();
    let trig = folder.ok(&["export", "--to", "nanopub", "--base", "https://example.org/np"]);
    assert!(!trig.contains("ada@example.org"), "addresses are not published");
    let all = nanopublications(&trig);
    assert!(all.iter().all(|(name, _)| name.starts_with("https://example.org/np/")));
    let object = |triples: &[[String; 3]], end: &str| {
        triples.iter().filter(|[_, p, _]| p.ends_with(end)).map(|t| t[2].clone()).collect::<Vec<_>>().join(", ")
    };
    let mut said: Vec<String> = all
        .iter()
        .map(|(_, [_, assertion, provenance, _])| {
            let relation = assertion.iter().find(|[_, p, _]| p.starts_with(CITO));
            let relation = relation.map(|[_, p, _]| p.trim_start_matches(CITO)).unwrap_or_default();
            let verdict = object(assertion, "rdf-syntax-ns#value");
            format!(
                "{relation} | {verdict} | {} | {}",
                object(assertion, "rdf-schema#label"),
                object(provenance, "locator")
            )
        })
        .collect();
    said.sort();
    insta::assert_snapshot!(said.join("\n"), @r"
     | not-addressed | With fever | 
    cites |  | Example disease is rare and mild. | 
    cites |  | Inherited forms | 
    citesAsEvidence |  | Acquired forms | 
    isDisagreedWithBy | contradicts | With fever | 
    obtainsSupportFrom | supported, See
    Table 2. | Inherited forms | 7
    ");
    // The claim is the part of its document that the quote selects.
    let supported = all.iter().find(|(_, [_, a, ..])| a.iter().any(|[_, p, _]| p.ends_with("obtainsSupportFrom")));
    let (name, [_, assertion, provenance, info]) = supported.unwrap();
    let [claim, _, work] = assertion.iter().find(|[_, p, _]| p.starts_with(CITO)).unwrap();
    assert_eq!(work, "https://doi.org/10.5555/example.2");
    let of = |triples: &[[String; 3]], subject: &str, end: &str| {
        triples.iter().find(|[s, p, _]| s == subject && p.ends_with(end)).map(|t| t[2].clone()).unwrap_or_default()
    };
    let selector = of(assertion, claim, "hasSelector");
    assert_eq!(of(assertion, &selector, "exact"), "Inherited forms (Baker and Cole 2002)");
    assert_eq!(of(assertion, &format!("{name}#judgement"), "hasTarget"), *claim);
    let quote = of(provenance, &of(provenance, &format!("{name}#passage"), "hasSelector"), "exact");
    assert_eq!(quote, "Families \"differ\".");
    assert_eq!(object(info, "foaf/0.1/name"), "Ada Lovelace");
}

#[test]
fn names_stay_the_same_and_a_changed_claim_is_another() {
    let folder = Folder::with_project();
    let cited = || {
        let trig = folder.ok(&["export", "--to", "nanopub"]);
        let names = nanopublications(&trig).into_iter().map(|(name, _)| name);
        names.collect::<BTreeSet<String>>()
    };
    let before = cited();
    assert!(before.len() == 2 && before.iter().all(|name| name.starts_with("urn:uuid:")), "{before:?}");
    std::fs::remove_dir_all(folder.file(".citetrail")).unwrap();
    assert_eq!(cited(), before);
    let entry = folder.read("entry.txt");
    folder.write("entry.txt", entry.replace("is rare", "is not rare"));
    assert_eq!(cited().intersection(&before).count(), 1);
}

#[test]
fn what_two_files_say_is_said_once() {
    let folder = judged();
    let once = nanopublications(&folder.ok(&["export", "--to", "nanopub"])).len();
    folder.write("copy.txt", folder.read("entry.txt"));
    folder.ok(&["load", "copy.txt"]);
    assert_eq!(table(&folder.ok(&["export", "--to", "csv"])).len(), 12);
    assert_eq!(nanopublications(&folder.ok(&["export", "--to", "nanopub"])).len(), once);
    let Read { nodes, edges } = graph_of(&folder.ok(&["export", "--to", "graph"]));
    assert_eq!((nodes.len(), edges.len()), (5 + 5 + 3, 10));
}

#[test]
fn stale_and_ambiguous_are_not_published() {
    let folder = Folder::with_project();
    folder.ok(&[&["verdict", "rare", "abel2001", "supported"], ADA].concat());
    let entry = folder.read("entry.txt");
    folder.write("entry.txt", entry.replace("is rare", "is not rare"));
    let trig = folder.ok(&["export", "--to", "nanopub"]);
    assert!(nanopublications(&trig).len() == 2 && !trig.contains("oa:Annotation"));
    let two = "A claim (Roe 2001).\n\nReferences\n\nRoe, A. (2001). One thing. Journal A, 1, 1-2.\n\nRoe, B. (2001). Another. Journal B, 2, 3-4.\n";
    folder.write("two.txt", two);
    let output = folder.run(&["export", "--to", "nanopub", "--in", "two.txt"]);
    assert!(nanopublications(&text(&output.stdout)).is_empty());
    assert!(text(&output.stderr).contains("2 links left out because ambiguous"), "{}", text(&output.stderr));
    let rows = table(&folder.ok(&["export", "--to", "csv", "--in", "two.txt"]));
    assert!(rows.len() == 2 && rows.iter().all(|row| row["ambiguous"] == "yes"));
}

#[test]
fn hostile_text_comes_back_and_acts_nowhere() {
    let folder = Folder::new();
    let evil =
        "=cmd|'/C calc'!A0 \"x\" R&D \\N \\ <b></b> }} \u{1b}]52;c;eA==\u{7}\u{202e} \u{200b}{%0} ]]> > . <urn:x> \\";
    let entry = format!(
        "Title {evil}\n\n{evil} rare (Roe 2001).\n\nReferences\n\nRoe, A. (2001). Thing {evil}. Journal, 1, 1-2. https://example.org/[a]?\"><x>|b\n"
    );
    folder.write("a \"b\".txt", &entry);
    folder.ok(&["init"]);
    folder.ok(&["load", "a \"b\".txt"]);
    let claim = folder.json(&["claims", "rare", "--to", "json"])["claims"][0]["id"].as_str().unwrap().to_owned();
    let key = folder.json(&["claims", "rare", "--to", "json"])["claims"][0]["sources"][0].as_str().unwrap().to_owned();
    folder.ok(&["verdict", &claim, &key, "supported", "--quote", evil, "--note", evil, "--page", evil, "--by", evil]);
    for format in ["csv", "jsonl", "graph", "nanopub"] {
        let out = folder.ok(&["export", "--to", format]);
        assert!(!out.contains(['\u{1b}', '\u{7}']), "{format}");
        assert!(format == "jsonl" || !out.contains('\u{202e}'), "{format}");
    }
    let rows = table(&folder.ok(&["export", "--to", "csv"]));
    let row = rows.iter().find(|row| row["claim"] == claim).unwrap();
    assert!(row["text"].starts_with("'=cmd|'/C calc'!A0 \"x\" R&D \\N \\ <b></b> }}"), "{}", row["text"]);
    let Read { nodes, .. } = graph_of(&folder.ok(&["export", "--to", "graph"]));
    let node = nodes.values().find(|n| attribute(n, "tooltip").contains("rare")).unwrap();
    assert!(attribute(node, "tooltip").starts_with("=cmd|'/C calc'!A0 \"x\" R&amp;D \\N \\ <b></b>"));
    let trig = folder.ok(&["export", "--to", "nanopub"]);
    let all = nanopublications(&trig);
    assert_eq!(all.len(), 2);
    let quoted =
        all.iter().flat_map(|(_, parts)| parts).flatten().filter(|[_, p, o]| p.ends_with("exact") && o == evil);
    assert_eq!(quoted.count(), 1);
}

#[test]
fn a_file_is_written_whole_and_wrong_use_is_said() {
    let folder = Folder::with_entry();
    folder.ok(&["export", "--to", "csv", "--in", "entry.txt", "--out", "map.csv"]);
    assert_eq!(table(&folder.read("map.csv")).len(), 6);
    for (args, part) in [
        (&["export", "--in", "entry.txt"][..], "--to"),
        (
            &["export", "--to", "csv", "--base", "https://example.org/", "--in", "entry.txt"],
            "give it with --to nanopub",
        ),
        (&["export", "--to", "nanopub", "--base", "x", "--in", "entry.txt"], "it must be an address"),
        (&["export", "--to", "csv", "--in", "entry.txt", "-o", "no/map.csv"], "map.csv"),
    ] {
        let (status, message) = folder.errors(args);
        assert!(status == 2 && message.contains(part), "{args:?}: {message}");
    }
}
