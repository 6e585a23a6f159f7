//! The reference list of a page: its entries, the ids by which the text links to them, and the identifiers that stand
//! only in their links.

use std::collections::{HashMap, HashSet};

use super::super::compose::Composer;
use super::super::markup::{Node, NodeId, Tree, clean};
use super::super::{RawReference, entry, furniture, headings, notes};
use super::page::has_class;
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
    "csl-bib-body",
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
    /// Notes that name works of the list, "Roe 2001, p. 3", by their ids; and the ids of these works.
    short_notes: HashMap<String, Vec<String>>,
    /// The parts of the page that hold footnotes, where these are not the list, and the ids of the notes.
    footnotes: HashSet<NodeId>,
    footnote_ids: HashSet<String>,
}

impl List {
    /// Whether the element is an entry.
    pub fn holds(&self, id: NodeId) -> bool {
        self.nodes.contains(&id)
    }

    /// Whether the element holds footnotes that are text and not works.
    pub fn is_footnotes(&self, id: NodeId) -> bool {
        self.footnotes.contains(&id)
    }

    /// Whether the element is the mark of a footnote: a link to it.
    pub fn is_footnote_mark(&self, tree: &Tree, link: NodeId) -> bool {
        let fragment = tree.attribute(link, "href").and_then(|h| h.strip_prefix('#'));
        fragment.is_some_and(|f| self.footnote_ids.contains(&decoded(f)))
    }

    /// Binds the footnotes that name works of the list to these; what does nothing else is no text.
    fn read_notes(&mut self, tree: &Tree, footnotes: &[NodeId]) {
        for (i, entry) in self.entries.iter_mut().enumerate().filter(|(_, e)| e.ids.is_empty()) {
            entry.ids.push(format!("\u{fdd0}{i}"));
        }
        let texts: Vec<String> = self.entries.iter().map(|e| text(tree, e.node)).collect();
        let works = notes::Works::of(texts.iter().map(String::as_str));
        let mut before: Vec<usize> = Vec::new();
        for &note in footnotes {
            let printed = text(tree, note);
            let named = works.named_in(&printed, &before);
            if !named.is_empty() {
                let cited: Vec<String> = named.iter().filter_map(|&n| self.entries[n].ids.first().cloned()).collect();
                for id in ids(tree, note) {
                    self.short_notes.insert(id, cited.clone());
                }
                if notes::only_cites(&printed) {
                    self.nodes.insert(note);
                }
            }
            before = named;
        }
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
        if let Some(works) = self.short_notes.get(&fragment) {
            return works.clone();
        }
        if self.ids.contains(&fragment) { vec![fragment] } else { Vec::new() }
    }

    /// The ids of entries that an element names without being a link to them: `rid`, `data-jats-rid`, `reveal-id`.
    pub fn named_by(&self, tree: &Tree, id: NodeId) -> Vec<String> {
        let Node::Element { attributes, .. } = tree.node(id) else { return Vec::new() };
        let values = attributes.iter().filter(|(name, _)| !is_id(name) && !OTHER_ATTRIBUTES.contains(&name.as_str()));
        let ids = values.flat_map(|(_, value)| value.split_whitespace().take(100)).take(100);
        let mut found: Vec<String> = ids.filter(|id| self.ids.contains(*id)).map(str::to_owned).collect();
        found.dedup();
        found
    }
}

/// Attributes that name nothing a text points to.
const OTHER_ATTRIBUTES: &[&str] = &["class", "href", "name", "title", "style", "alt", "src", "role", "type"];

/// Attributes that hold the id of the element itself.
fn is_id(attribute: &str) -> bool {
    matches!(attribute, "id" | "content-id" | "data-id" | "data-legacy-id" | "data-bib-id")
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
    // Containers of footnotes with their notes.
    let mut footnotes: Vec<(NodeId, Vec<NodeId>)> = Vec::new();
    let body = tree.find(Tree::ROOT, "body").unwrap_or(main);
    let all = tree.below(body);
    let mut inside: HashSet<NodeId> = HashSet::new();
    let mut after_heading = false;
    let mut after = None;
    let mut headings_seen = 0;
    for &node in &all {
        let name = tree.name(node);
        let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if is_heading {
            after_heading = headings::reference_list(&tree.plain(node, ""), given).is_some();
            after = after_heading.then_some(node);
        }
        // Entries that are paragraphs right behind the heading.
        if after_heading
            && name == "p"
            && headings_seen < MOST_HEADINGS
            && let Some(heading) = after.take()
        {
            headings_seen += 1;
            let entries = paragraphs_behind(tree, heading, body, &all);
            if entries.len() > 1 {
                inside.extend(&entries);
                candidates.push(entries);
            }
        }
        let is_container = matches!(name, "ol" | "ul" | "div" | "section" | "table" | "dl");
        if !is_container || inside.contains(&node) {
            continue;
        }
        if holds_footnotes(tree, node) {
            inside.extend(tree.below(node));
            footnotes.push((node, entries(tree, node)));
            continue;
        }
        let called = [tree.attribute(node, "class"), tree.attribute(node, "id")]
            .into_iter()
            .flatten()
            .flat_map(|v| v.split_whitespace())
            .any(|part| WORDS.iter().any(|w| part.eq_ignore_ascii_case(w) || part.to_ascii_lowercase().ends_with(w)));
        let is_list = matches!(name, "ol" | "ul" | "dl" | "table");
        if called || after_heading && is_list {
            let entries = entries(tree, node);
            if !entries.is_empty() {
                inside.extend(tree.below(node));
                candidates.push(entries);
            }
        }
    }
    // Of several the one that the text links to most.
    let like = |entries: &[NodeId]| {
        entries.iter().take(LOOKED_AT).filter(|&&e| entry::is_like_entry(&text(tree, e), true)).count()
    };
    let score = |entries: &[NodeId]| {
        let links = entries.iter().filter(|&&e| ids(tree, e).iter().any(|i| linked.contains(i.as_str()))).count();
        (links, like(entries))
    };
    let mostly_like = |entries: &[NodeId]| like(entries) * 2 >= entries.len().min(LOOKED_AT);
    // Notes are the list only where there is no other.
    let mut list = List::default();
    let mut footnotes_in_order: Vec<NodeId> = Vec::new();
    if candidates.iter().any(|c| mostly_like(c)) {
        footnotes_in_order = footnotes.iter().flat_map(|(_, notes)| notes).copied().collect();
        list.footnote_ids = footnotes.iter().flat_map(|(_, notes)| notes).flat_map(|&n| ids(tree, n)).collect();
        list.footnotes = footnotes.into_iter().map(|(node, _)| node).collect();
    } else {
        candidates.extend(footnotes.into_iter().map(|(_, notes)| notes).filter(|n| !n.is_empty()));
    }
    let best = (0..candidates.len())
        .map(|i| (score(&candidates[i]), i))
        .filter(|((links, like), _)| *links > 0 || *like > 0)
        .max_by_key(|c| c.0);
    let Some((_, best)) = best else { return list };
    for node in with_short_notes(tree, &candidates, best, &mut list.short_notes) {
        list.entries.push(Entry { node, ids: ids(tree, node) });
    }
    if !list.footnotes.is_empty() {
        list.read_notes(tree, &footnotes_in_order);
    }
    list.nodes.extend(list.entries.iter().map(|e| e.node));
    if !list.short_notes.is_empty() {
        list.nodes.extend(&candidates[best]);
    }
    list.ids = list.entries.iter().flat_map(|e| e.ids.iter().cloned()).collect();
    list
}

/// So many entries tell what a list is.
const LOOKED_AT: usize = 20;

/// Whether an element is named as the place of the footnotes (Pandoc and most programs that write HTML; the roles are
/// those of DPUB-ARIA).
fn holds_footnotes(tree: &Tree, id: NodeId) -> bool {
    let named = has_class(tree, id, &["footnotes", "footnote-list", "endnotes", "footnotes-end-of-document"]);
    named || matches!(tree.attribute(id, "role"), Some("doc-endnotes" | "doc-footnote"))
}

/// Behind so many headings of reference lists paragraphs are looked for.
const MOST_HEADINGS: usize = 20;

/// No note that only names works is longer, in characters.
const LONGEST_NOTE: usize = 120;

/// The entries of the list `best`. Where notes of it do nothing but link to works of other lists, these works take
/// their place.
fn with_short_notes(
    tree: &Tree,
    candidates: &[Vec<NodeId>],
    best: usize,
    short_notes: &mut HashMap<String, Vec<String>>,
) -> Vec<NodeId> {
    let mut owner: HashMap<String, usize> = HashMap::new();
    for (i, list) in candidates.iter().enumerate().filter(|(i, _)| *i != best) {
        for id in list.iter().flat_map(|&entry| ids(tree, entry)) {
            owner.entry(id).or_insert(i);
        }
    }
    let mut kept = Vec::new();
    let mut lists: Vec<usize> = Vec::new();
    for &note in &candidates[best] {
        let links = tree.below(note).into_iter().filter_map(|n| tree.attribute(n, "href")?.rsplit_once('#'));
        let works: Vec<String> = links.map(|(_, to)| decoded(to)).filter(|to| owner.contains_key(to)).collect();
        if works.is_empty() || text(tree, note).chars().count() > LONGEST_NOTE {
            kept.push(note);
            continue;
        }
        lists.extend(works.iter().map(|work| owner[work]).filter(|list| !lists.contains(list)).collect::<Vec<_>>());
        for id in ids(tree, note) {
            short_notes.insert(id, works.clone());
        }
    }
    lists.sort_unstable();
    lists.dedup();
    kept.extend(lists.into_iter().flat_map(|list| candidates[list].iter().copied()));
    kept
}

/// The paragraphs behind a heading, as its siblings, that are entries.
fn paragraphs_behind(tree: &Tree, heading: NodeId, body: NodeId, all: &[NodeId]) -> Vec<NodeId> {
    let Some(&parent) = std::iter::once(&body).chain(all).find(|&&n| tree.children(n).contains(&heading)) else {
        return Vec::new();
    };
    let behind = tree.children(parent).iter().copied().skip_while(|&n| n != heading).skip(1);
    behind
        .take_while(|&n| !matches!(tree.name(n), "h1" | "h2" | "h3" | "h4"))
        .filter(|&n| tree.name(n) == "p")
        .filter(|&n| {
            let text = text(tree, n);
            entry::is_like_entry(&text, !ids(tree, n).is_empty()) && !furniture::is_of_document(&text)
        })
        .collect()
}

/// The elements that are entries: those that say so, else the outermost items, else rows, else the blocks that have
/// an id.
fn entries(tree: &Tree, container: NodeId) -> Vec<NodeId> {
    let says_so =
        |n: NodeId| tree.attribute(n, "role") == Some("doc-biblioentry") || has_class(tree, n, &["csl-entry"]);
    let found = outermost(tree, container, says_so);
    if !found.is_empty() {
        return found;
    }
    for wanted in ["li", "tr", "dd"] {
        let found = outermost(tree, container, |n| tree.name(n) == wanted);
        if !found.is_empty() {
            return found;
        }
    }
    let is_entry = |n: &NodeId| {
        matches!(tree.name(*n), "p" | "div")
            && entry::is_like_entry(&text(tree, *n), own_ids(tree, *n).next().is_some())
    };
    let inside = |n: NodeId| -> Vec<NodeId> { tree.children(n).iter().copied().filter(is_entry).collect() };
    let mut found = Vec::new();
    for block in inside(container) {
        // A block of blocks is no entry.
        let blocks = inside(block);
        if blocks.len() > 1 { found.extend(blocks) } else { found.push(block) }
    }
    found
}

/// The elements below another of which something is true, without those inside them.
fn outermost(tree: &Tree, container: NodeId, holds: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut next: Vec<NodeId> = tree.children(container).iter().rev().copied().collect();
    while let Some(node) = next.pop() {
        if holds(node) {
            found.push(node);
        } else {
            next.extend(tree.children(node).iter().rev());
        }
    }
    found
}

/// The ids by which an entry is linked to: its own and those inside it.
fn ids(tree: &Tree, entry: NodeId) -> Vec<String> {
    let inside = tree.below(entry);
    std::iter::once(entry)
        .chain(inside)
        .take(200)
        .flat_map(|n| own_ids(tree, n).chain(tree.attribute(n, "name").filter(|_| tree.name(n) == "a")))
        .map(str::to_owned)
        .collect()
}

fn own_ids(tree: &Tree, node: NodeId) -> impl Iterator<Item = &str> {
    let attributes = match tree.node(node) {
        Node::Element { attributes, .. } => attributes.as_slice(),
        Node::Text { .. } => &[],
    };
    attributes.iter().filter(|(name, _)| is_id(name)).map(|(_, value)| value.as_str())
}

/// The printed text of an entry, without links back to the text and hidden data.
fn text(tree: &Tree, entry: NodeId) -> String {
    let (label, text) = label_and_text(tree, entry);
    label.map_or(text.clone(), |label| format!("{label} {text}"))
}

/// Stands at the edge of a block inside an entry. It is no character of any text (Unicode, noncharacters).
const EDGE: char = '\u{fdd0}';
/// Stands behind an element that is the entry's label.
const LABEL: char = '\u{fdd1}';
/// No label is longer, in characters.
const LONGEST_LABEL: usize = 60;

/// The label of an entry where an element of its own holds it, and the printed text without.
fn label_and_text(tree: &Tree, entry: NodeId) -> (Option<String>, String) {
    let mut out = String::new();
    append(tree, entry, &mut out);
    let out = clean(&out);
    let trimmed = out.trim_start_matches([EDGE, ' ']);
    let (label, rest) = match trimmed.split_once([LABEL, EDGE]) {
        // A number in a block of its own is a label, too.
        Some((label, rest))
            if label.chars().count() <= LONGEST_LABEL
                && (trimmed[label.len()..].starts_with(LABEL) || is_number(label)) =>
        {
            (Some(label.trim_matches(['.', '[', ']', '(', ')', ':', ' ']).to_owned()), rest)
        }
        _ => (None, trimmed),
    };
    (label.filter(|l| !l.is_empty()), without_edges(rest))
}

fn is_number(label: &str) -> bool {
    let digits = label.trim_matches(['.', '[', ']', '(', ')', ' ']);
    !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Text on one line: blocks that nothing sets apart end in a full stop.
fn without_edges(text: &str) -> String {
    let is_edge = |c: char| c == EDGE || c == LABEL;
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim_matches(|c: char| is_edge(c) || c == ' ');
    while let Some(at) = rest.find(is_edge) {
        let (before, behind) = rest.split_at(at);
        let next = behind.trim_start_matches(|c: char| is_edge(c) || c == ' ');
        let edges = behind[..behind.len() - next.len()].chars().filter(|c| is_edge(*c)).count();
        out.push_str(before.trim_end());
        let opens = out.ends_with(['(', '[', '–', '-', '/']);
        let closes = next.starts_with([',', '.', ';', ':', ')', ']', '–', '-']);
        let ends = out.ends_with(char::is_alphanumeric) && edges > 1 && next.starts_with(char::is_alphanumeric);
        if ends {
            out.push('.');
        }
        if !opens && !closes {
            out.push(' ');
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

/// Class names of elements that publishers write as blocks within one line of an entry (they are those of JATS).
const IN_LINE: &[&str] = &[
    "name",
    "surname",
    "given-names",
    "string-name",
    "person-group",
    "collab",
    "etal",
    "year",
    "month",
    "day",
    "article-title",
    "chapter-title",
    "source",
    "volume",
    "issue",
    "fpage",
    "lpage",
    "elocation-id",
    "publisher-name",
    "publisher-loc",
    "edition",
    "comment",
    "pub-id",
    "uri",
    "ext-link",
];

fn append(tree: &Tree, id: NodeId, out: &mut String) {
    match tree.node(id) {
        Node::Text { text, .. } => out.extend(text.chars().filter(|c| !matches!(*c, EDGE | LABEL))),
        Node::Element { name, attributes, children } => {
            let class = attributes.iter().find(|(k, _)| k == "class").map_or("", |(_, v)| v.as_str());
            let links =
                class.split_whitespace().any(|c| c.to_ascii_lowercase().contains("links") || c == "ltx_bib_cited");
            let hidden = attributes.iter().any(|(k, v)| {
                k == "style" && v.replace(' ', "").contains("display:none")
                    || k == "hidden"
                    || k == "class" && v.contains("backlink")
            });
            if hidden || links || matches!(name.as_str(), "script" | "style" | "button" | "svg" | "noscript") {
                return;
            }
            let in_line = || class.split_whitespace().any(|c| IN_LINE.contains(&c));
            let block = matches!(name.as_str(), "div" | "p" | "br" | "li" | "td" | "ul" | "section") && !in_line();
            if block {
                out.push(EDGE);
            }
            let is_label = out.chars().all(|c| c == EDGE || c.is_whitespace())
                && class.split_whitespace().any(|c| {
                    matches!(
                        c,
                        "label" | "bullet" | "order" | "ref-label" | "reference-label" | "number" | "ref-number"
                    )
                });
            children.iter().for_each(|&c| append(tree, c, out));
            if is_label {
                out.push(LABEL);
            } else if block {
                out.push(EDGE);
            }
        }
    }
}

/// Puts an entry into the document.
pub(super) fn put(tree: &Tree, found: &Entry, composer: &mut Composer<'_>) {
    let (own, whole) = label_and_text(tree, found.node);
    let printed = furniture::strip_link_labels(&whole);
    let (label, from) = match entry::label(printed) {
        _ if own.is_some() => (own, 0),
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
