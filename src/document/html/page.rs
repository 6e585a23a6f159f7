//! Of a page: what it says of itself, where its main text is, and what round it is furniture.

use super::super::furniture::{self, Furniture};
use super::super::markup::{Node, NodeId, Tree};
use crate::work::Doi;

#[derive(Debug)]
pub(super) struct Page {
    pub title: Option<String>,
    pub container: Option<String>,
    pub doi: Option<Doi>,
    /// The element that holds the text.
    pub main: NodeId,
}

impl Page {
    pub fn of(tree: &Tree) -> Self {
        let all = tree.below(Tree::ROOT);
        let meta = |names: &[&str]| {
            names.iter().find_map(|name| {
                let named = |n: &NodeId| {
                    tree.name(*n) == "meta"
                        && tree
                            .attribute(*n, "name")
                            .or_else(|| tree.attribute(*n, "property"))
                            .is_some_and(|m| m.eq_ignore_ascii_case(name))
                };
                let found = all.iter().copied().find(named)?;
                let text = super::super::markup::clean(tree.attribute(found, "content")?);
                (!text.is_empty()).then_some(text)
            })
        };
        let plain = |name: &str| {
            let found = all.iter().copied().find(|&n| tree.name(n) == name)?;
            let text = tree.plain(found, "");
            // The link to a heading.
            Some(text.trim_end_matches(['¶', ' ']).to_owned()).filter(|t| !t.is_empty())
        };
        let site = meta(&["og:site_name"]).or_else(|| {
            let title = plain("title")?;
            title.ends_with("Wikipedia").then(|| "Wikipedia".to_owned())
        });
        let is_wikipedia = site.as_deref() == Some("Wikipedia")
            || all.iter().any(|&n| tree.attribute(n, "id") == Some("mw-content-text"));
        let title = meta(&["citation_title", "dc.title", "eprints.title"])
            .or_else(|| plain("h1"))
            .or_else(|| meta(&["og:title"]))
            .or_else(|| plain("title"));
        let container = meta(&[
            "citation_journal_title",
            "citation_inbook_title",
            "citation_book_title",
            "citation_conference_title",
            "prism.publicationname",
        ])
        .or_else(|| is_wikipedia.then(|| "Wikipedia".to_owned()));
        let doi = meta(&["citation_doi", "dc.identifier", "prism.doi", "bepress_citation_doi"])
            .and_then(|d| d.trim_start_matches("doi:").parse().ok());
        Self { title, container, doi, main: main(tree, &all) }
    }
}

/// The element of the main text: the one that says so, and holds a good part of the page's prose.
fn main(tree: &Tree, all: &[NodeId]) -> NodeId {
    let body = all.iter().copied().find(|&n| tree.name(n) == "body").unwrap_or(Tree::ROOT);
    let prose = |id: NodeId| -> usize {
        let paragraphs = tree.below(id).into_iter().filter(|&n| tree.name(n) == "p");
        paragraphs
            .map(|p| {
                tree.children(p)
                    .iter()
                    .map(|&c| if let Node::Text { text, .. } = tree.node(c) { text.len() } else { 0 })
                    .sum::<usize>()
            })
            .sum()
    };
    let total = prose(body);
    let says_so: [&dyn Fn(NodeId) -> bool; 5] = [
        &|n| matches!(tree.attribute(n, "id"), Some("mw-content-text" | "mc" | "maincontent" | "bodyContent")),
        &|n| tree.name(n) == "article",
        &|n| tree.attribute(n, "itemprop") == Some("articleBody") || tree.attribute(n, "role") == Some("article"),
        &|n| tree.name(n) == "main" || tree.attribute(n, "role") == Some("main"),
        &|n| matches!(tree.attribute(n, "id"), Some("content" | "main-content" | "main")),
    ];
    for says in says_so {
        // Pages have few such elements; of many none is the whole text.
        let found = all.iter().copied().filter(|&n| says(n)).take(8).max_by_key(|&n| prose(n));
        if let Some(found) = found.filter(|&n| prose(n) * 3 > total * 2 || total == 0) {
            return found;
        }
    }
    body
}

/// Words of class names and ids that furniture has.
const WORDS: &[&str] = &[
    "nav",
    "navbox",
    "navbar",
    "navigation",
    "menu",
    "sidebar",
    "toc",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "social",
    "related",
    "similar",
    "recommended",
    "recommendations",
    "metrics",
    "altmetric",
    "cookie",
    "cookies",
    "banner",
    "advert",
    "advertisement",
    "ads",
    "editsection",
    "jump",
    "noprint",
    "hatnote",
    "catlinks",
    "printfooter",
    "backlink",
    "authors",
    "affiliations",
    "affiliation",
    "affs",
    "contributors",
    "toolbar",
    "tooltip",
    "popup",
    "modal",
    "dropdown",
    "login",
    "subscribe",
    "newsletter",
    "copyright",
    "permissions",
    "license",
    "comments",
    "citedby",
    "metadata",
    "infobox",
    "ambox",
    "siteSub",
    "sr-only",
    "visually-hidden",
    "screenreader",
    "history",
    "skip",
    "download",
    "downloads",
    "peer",
    "questions",
    "keywords",
    "kwd",
    "mbox",
    "sistersitebox",
    "orcid",
];

/// Class names of furniture that no word of them tells.
const NAMES: &[&str] = &[
    "links-for-figure",
    "articleinfo",
    "article-info",
    "pmc-layout__citation",
    "publication-brand-and-vol",
    "html-notes",
    "html-front",
    "extra-links",
    "ReferencesCopy2",
    "footnote-back",
    "footnote-backref",
    "headerlink",
    "header-anchor",
    "anchorjs-link",
    "ltx_note_mark",
    "ltx_tag_note",
];

/// Whether an element by its name is never text.
pub(super) fn is_furniture_by_name(tree: &Tree, id: NodeId) -> bool {
    matches!(
        tree.name(id),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "nav"
            | "footer"
            | "form"
            | "button"
            | "select"
            | "svg"
            | "iframe"
            | "head"
            | "input"
            | "textarea"
            | "label"
            | "audio"
            | "video"
            | "object"
            | "canvas"
            | "aside"
            | "menu"
    )
}

/// Whether an element is page furniture by its name, its attributes or what it is called.
pub(super) fn is_furniture(tree: &Tree, id: NodeId) -> bool {
    if is_furniture_by_name(tree, id) {
        return true;
    }
    let class = tree.attribute(id, "class").unwrap_or_default();
    let own_id = tree.attribute(id, "id").unwrap_or_default();
    let hidden = tree.attribute(id, "style").is_some_and(|s| s.replace(' ', "").contains("display:none"))
        || tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "aria-hidden") == Some("true");
    // Formulas are hidden behind their pictures.
    if hidden && !class.contains("math") {
        return true;
    }
    if matches!(
        tree.attribute(id, "role"),
        Some("navigation" | "search" | "banner" | "contentinfo" | "complementary" | "note" | "doc-backlink")
    ) {
        return true;
    }
    let is_word = |w: &str| WORDS.iter().any(|f| w.eq_ignore_ascii_case(f));
    let called = |name: &str| name.split([' ', '-', '_']).any(is_word);
    // A name of one part is a role; of many words one may be about anything: only short ones count.
    let short = |name: &str| {
        name.split([' ']).any(|part| {
            NAMES.contains(&part) || part != "toc-section" && part.split(['-', '_']).count() <= 4 && called(part)
        })
    };
    // Paragraphs are text; what their classes say is how they look.
    if tree.name(id) != "p" && short(class)
        || !own_id.is_empty() && own_id.split(['-', '_']).count() <= 3 && called(own_id)
    {
        // What holds most of a page's paragraphs is no furniture, whatever it is called.
        let paragraphs = tree.below(id).into_iter().filter(|&n| tree.name(n) == "p").take(12).count();
        return paragraphs < 12;
    }
    // A part that its heading calls furniture.
    if matches!(tree.name(id), "section" | "div") {
        let first = tree
            .children(id)
            .iter()
            .copied()
            .find(|&c| !matches!(tree.node(c), Node::Text { text, .. } if text.trim().is_empty()));
        let heading = first.filter(|&f| matches!(tree.name(f), "h2" | "h3" | "h4"));
        return heading.is_some_and(|h| is_furniture_heading(&tree.plain(h, "")));
    }
    false
}

/// Whether an element has one of these classes.
pub(super) fn has_class(tree: &Tree, id: NodeId, names: &[&str]) -> bool {
    tree.attribute(id, "class").is_some_and(|class| class.split_whitespace().any(|c| names.contains(&c)))
}

/// Whether an element is a footnote that stands where it is marked.
pub(super) fn is_note(tree: &Tree, id: NodeId) -> bool {
    let latexml = has_class(tree, id, &["ltx_note"]) && !has_class(tree, id, &["ltx_role_thanks"]);
    latexml || tree.name(id) == "span" && tree.attribute(id, "role") == Some("doc-footnote")
}

/// Whether a link is the mark of a footnote.
pub(super) fn is_note_mark(tree: &Tree, link: NodeId) -> bool {
    tree.attribute(link, "role") == Some("doc-noteref")
        || has_class(tree, link, &["footnote-ref", "footnote-reference"])
}

/// Whether an element inside an item is its marker as printed.
pub(super) fn is_printed_marker(tree: &Tree, id: NodeId) -> bool {
    has_class(tree, id, &["ltx_tag_item"])
}

/// The marker that an item prints in an element of its own: `a` of "(a)"; an empty one for a bullet.
pub(super) fn printed_marker(tree: &Tree, item: NodeId) -> Option<String> {
    let tag = tree.children(item).iter().copied().find(|&c| is_printed_marker(tree, c))?;
    Some(tree.plain(tag, "").chars().filter(|c| c.is_alphanumeric()).collect())
}

/// Whether what is written as a heading names the authors or the day, as its class says.
pub(super) fn is_front_matter(tree: &Tree, heading: NodeId) -> bool {
    has_class(tree, heading, &["author", "authors", "date", "subtitle", "toc-title"])
}

/// Whether a heading names a part of the page and not of the document.
pub(super) fn is_furniture_heading(title: &str) -> bool {
    const OTHERS: &[&str] = &[
        "similar articles",
        "cited by",
        "related articles",
        "related content",
        "see also in",
        "linkout more resources",
        "publication types",
        "mesh terms",
        "substances",
        "figures",
        "actions",
        "page navigation",
        "add to collections",
        "permalink",
        "resources",
        "contributor notes",
        "share this article",
        "navigation menu",
        "similar content",
    ];
    let key = crate::text::fold(title);
    OTHERS.contains(&key.as_str())
        || matches!(
            furniture::classify(title),
            Some(Furniture::Part | Furniture::Links | Furniture::CiteThis | Furniture::Preview)
        )
}
