//! The reference list of a page: its entries, the ids by which the text links to them, and the identifiers that stand
//! only in their links.

use std::collections::{HashMap, HashSet};

use super::super::compose::Composer;
use super::super::markup::{Node, NodeId, Tree, clean};
use super::super::{RawReference, entry, furniture, headings};
use crate::work::{Doi, Field, Work};

/// Words of class names and ids of lists of references.
const WORDS: &[&str] = &[
    "references",
    "reflist",
    "reference-list",
    "ref-list",
    "references_list",
    "bibliography",
    "citation-list",
    "c-article-references",
    "article-references",
    "literature-cited",
    "reference_list",
    "citations",
    "cit-list",
];

#[derive(Debug)]
pub(super) struct Entry {
    pub node: NodeId,
    ids: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct List {
    pub entries: Vec<Entry>,
    nodes: HashSet<NodeId>,
    ids: HashSet<String>,
}

impl List {
    /// Whether the element is an entry.
    pub fn holds(&self, id: NodeId) -> bool {
        self.nodes.contains(&id)
    }

    /// The ids of the entries that a link goes to.
    pub fn cited_by(&self, tree: &Tree, link: NodeId) -> Vec<String> {
        let named = self.named_by(tree, link);
        if !named.is_empty() {
            return named;
        }
        let Some((_, fragment)) = tree.attribute(link, "href").and_then(|h| h.rsplit_once('#')) else {
            return Vec::new();
        };
        let fragment = decoded(fragment);
        if self.ids.contains(&fragment) { vec![fragment] } else { Vec::new() }
    }

    /// The ids of entries that an element names without being a link to them: `rid`, `data-rid`, `data-jats-rid`.
    pub fn named_by(&self, tree: &Tree, id: NodeId) -> Vec<String> {
        let Node::Element { attributes, .. } = tree.node(id) else { return Vec::new() };
        let values = attributes.iter().filter(|(name, _)| name.ends_with("rid") || name == "data-ref");
        let ids = values.flat_map(|(_, value)| value.split_whitespace()).take(100);
        ids.filter(|id| self.ids.contains(*id)).map(str::to_owned).collect()
    }
}

/// "%5B" in links to ids with odd signs.
fn decoded(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = (first == b'%').then(|| tail.get(..2)).flatten();
        match hex.and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Finds the list: under its name in the markup, else behind its heading.
pub(super) fn find(tree: &Tree, main: NodeId, given: Option<&str>) -> List {
    let linked: HashSet<&str> = tree
        .below(Tree::ROOT)
        .into_iter()
        .filter(|&n| tree.name(n) == "a")
        .filter_map(|n| tree.attribute(n, "href")?.rsplit_once('#'))
        .map(|(_, fragment)| fragment)
        .collect();
    let mut candidates: Vec<Vec<NodeId>> = Vec::new();
    let body = tree.find(Tree::ROOT, "body").unwrap_or(main);
    let all = tree.below(body);
    let mut inside: HashSet<NodeId> = HashSet::new();
    let mut after_heading = false;
    for &node in &all {
        let name = tree.name(node);
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if is_heading {
            after_heading = headings::reference_list(&tree.plain(node, ""), given).is_some();
        }
        let is_container = matches!(name, "ol" | "ul" | "div" | "section" | "table" | "dl");
        if !is_container || inside.contains(&node) {
            continue;
        }
        let called = [tree.attribute(node, "class"), tree.attribute(node, "id")]
            .into_iter()
            .flatten()
            .flat_map(|v| v.split_whitespace())
            .any(|part| WORDS.iter().any(|w| part.eq_ignore_ascii_case(w) || part.to_ascii_lowercase().ends_with(w)));
        if called || after_heading && matches!(name, "ol" | "ul" | "dl" | "table") {
            let entries = entries(tree, node);
            if !entries.is_empty() {
                inside.extend(tree.below(node));
                candidates.push(entries);
            }
        }
    }
    // Of several the one that the text links to most.
    let score = |entries: &Vec<NodeId>| {
        let links = entries.iter().filter(|&&e| ids(tree, e).iter().any(|i| linked.contains(i.as_str()))).count();
        let like = entries.iter().take(20).filter(|&&e| entry::is_like_entry(&text(tree, e), true)).count();
        (links, like)
    };
    let best = candidates
        .into_iter()
        .map(|c| (score(&c), c))
        .filter(|((links, like), _)| *links > 0 || *like > 0)
        .max_by_key(|c| c.0);
    let Some((_, nodes)) = best else { return List::default() };
    let entries: Vec<Entry> = nodes.into_iter().map(|node| Entry { node, ids: ids(tree, node) }).collect();
    List {
        nodes: entries.iter().map(|e| e.node).collect(),
        ids: entries.iter().flat_map(|e| e.ids.iter().cloned()).collect(),
        entries,
    }
}

/// The elements that are entries: the outermost items, else rows, else the blocks that have an id.
fn entries(tree: &Tree, container: NodeId) -> Vec<NodeId> {
    for wanted in ["li", "tr", "dd"] {
        let mut found = Vec::new();
        let mut next: Vec<NodeId> = tree.children(container).iter().rev().copied().collect();
        while let Some(node) = next.pop() {
            if tree.name(node) == wanted {
                found.push(node);
            } else {
                next.extend(tree.children(node).iter().rev());
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    let is_entry = |n: &NodeId| {
        matches!(tree.name(*n), "p" | "div")
            && entry::is_like_entry(&text(tree, *n), tree.attribute(*n, "id").is_some())
    };
    let mut found: Vec<NodeId> = tree.children(container).iter().copied().filter(is_entry).collect();
    if found.len() == 1 && tree.children(found[0]).iter().filter(|n| is_entry(n)).count() > 1 {
        found = tree.children(found[0]).iter().copied().filter(is_entry).collect();
    }
    found
}

/// The ids by which an entry is linked to: its own and those inside it.
fn ids(tree: &Tree, entry: NodeId) -> Vec<String> {
    let inside = tree.below(entry);
    std::iter::once(entry)
        .chain(inside)
        .take(200)
        .flat_map(|n| [tree.attribute(n, "id"), tree.attribute(n, "name").filter(|_| tree.name(n) == "a")])
        .flatten()
        .map(str::to_owned)
        .collect()
}

/// The printed text of an entry, without links back to the text and hidden data.
fn text(tree: &Tree, entry: NodeId) -> String {
    let mut out = String::new();
    append(tree, entry, &mut out);
    clean(&out)
}

fn append(tree: &Tree, id: NodeId, out: &mut String) {
    match tree.node(id) {
        Node::Text { text, .. } => out.push_str(text),
        Node::Element { name, attributes, children } => {
            let hidden = attributes.iter().any(|(k, v)| {
                k == "style" && v.replace(' ', "").contains("display:none")
                    || k == "hidden"
                    || k == "class" && v.contains("backlink")
            });
            if hidden || matches!(name.as_str(), "script" | "style" | "button" | "svg" | "noscript") {
                return;
            }
            let block = matches!(name.as_str(), "div" | "p" | "br" | "li" | "td" | "ul" | "section");
            if block {
                out.push(' ');
            }
            children.iter().for_each(|&c| append(tree, c, out));
            if block {
                out.push(' ');
            }
        }
    }
}

/// Puts an entry into the document.
pub(super) fn put(tree: &Tree, found: &Entry, composer: &mut Composer<'_>) {
    let whole = text(tree, found.node);
    let printed = furniture::strip_link_labels(&whole);
    let (label, from) = match entry::label(printed) {
        Some((entry::Label::Number { text, .. } | entry::Label::Bracket(text), from)) => (Some(text.to_owned()), from),
        Some((entry::Label::Bullet, from)) => (None, from),
        None => (None, 0),
    };
    let printed = printed[from..].trim_start_matches(['^', '↑', ' ']);
    let known = identifiers(tree, found.node);
    let known = (known != Work::default()).then_some(known);
    let reference = RawReference { label, text: printed.to_owned(), known, ..RawReference::default() };
    composer.reference(reference, found.ids.iter().cloned(), 0..0);
}

/// The DOI and PubMed number in the links of an entry.
fn identifiers(tree: &Tree, entry: NodeId) -> Work {
    let mut work = Work::default();
    let mut dois: HashMap<String, usize> = HashMap::new();
    for node in tree.below(entry) {
        let Some(address) = tree.attribute(node, "href") else { continue };
        if address.contains("doi.org/") {
            if let Ok(doi) = decoded(address).parse::<Doi>() {
                *dois.entry(doi.as_str().to_owned()).or_default() += 1;
            }
        } else if let Some((_, number)) =
            address.split_once("pubmed.ncbi.nlm.nih.gov/").or_else(|| address.split_once("/pubmed/"))
        {
            let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
            if !digits.is_empty() {
                work.set(Field::Pmid, digits);
            }
        }
    }
    // Of two different ones it is not known which is the entry's.
    if let (1, Some(doi)) = (dois.len(), dois.into_keys().next()) {
        work.set(Field::Doi, doi);
    }
    work
}
