//! Page furniture: what a publisher's page prints round a document. None of it is a claim or a section.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::fold;

/// What a line of page furniture stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// A line by itself: "Skip to main content", "249 Accesses".
    Line,
    /// Heads a part of the page that is not the document: "Rights and permissions".
    Part,
    /// Heads a list of links, which ends with its items: "Contents".
    Links,
    /// Heads the publisher's own citation of the document.
    CiteThis,
    /// Says that the text is not all there.
    Preview,
    /// Names where a reference can be found: "PubMed  Google Scholar".
    LinkLabels,
}

/// Longer lines are looked at only for how they begin.
const MAX_FURNITURE: usize = 160;

/// What furniture a line is, bullets before it aside.
pub(super) fn classify(text: &str) -> Option<Furniture> {
    let text = text.trim_start_matches(['•', '-', '*', '·', ' ']);
    let head: String = text.chars().take(MAX_FURNITURE).collect();
    let key = fold(&head);
    if text.starts_with('©') {
        return Some(Furniture::Part);
    }
    if key.is_empty() {
        return None;
    }
    if let Some(furniture) = WHOLE_BY_NAME.get(key.as_str()) {
        return Some(*furniture);
    }
    let first_word = key.split(' ').next().unwrap_or("");
    for (start, furniture) in STARTS_BY_WORD.get(first_word).into_iter().flatten() {
        if key.strip_prefix(start).is_some_and(|r| r.is_empty() || r.starts_with(' ')) {
            return Some(*furniture);
        }
    }
    if is_count(&key) {
        return Some(Furniture::Line);
    }
    // "Cited by (12)"
    if key.strip_prefix("cited by ").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())) {
        return Some(Furniture::Part);
    }
    // "Abstract" alone is a heading and not the name of a service.
    let word = WORDS.iter().any(|w| text.trim().eq_ignore_ascii_case(w));
    (!word && is_link_labels(text)).then_some(Furniture::LinkLabels)
}

/// Whether a paragraph tells of the document itself: how to cite it, who edited it, whose it is.
pub(super) fn is_of_document(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "Citation:",
        "Editor:",
        "Academic Editor:",
        "Edited by:",
        "Reviewed by:",
        "Received:",
        "Accepted:",
        "Published:",
        "Copyright:",
        "Copyright ©",
        "©",
        "Disclaimer/Publisher",
        "Publisher’s Note",
        "Publisher's Note",
        "*Correspondence",
        "Correspondence:",
        "Download:",
        "Keywords:",
        "Key words:",
        "How to cite",
        "Data Availability:",
        "Funding:",
        "Competing interests:",
        "Conflict of interest:",
        "To cite this article:",
    ];
    let dated = |word: &str| text.strip_prefix(word).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    STARTS.iter().any(|s| text.starts_with(s)) || text.len() < 200 && (dated("Received ") || dated("Published "))
}

/// Whether a line of a reference list holds nothing but link labels.
pub(super) fn is_link_labels(text: &str) -> bool {
    let bare = text.trim_start_matches(['•', '-', '*', '·', ' ']);
    text.len() <= 240 && strip_link_labels(bare).is_empty()
}

/// "249 accesses", "3 citations", "12 altmetric", "1k accesses".
fn is_count(key: &str) -> bool {
    let Some((number, rest)) = key.split_once(' ') else { return false };
    let counted =
        ["accesses", "citations", "citation", "altmetric", "mentions", "downloads", "views", "shares", "visitors"];
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == 'k' || c == 'm')
        && rest.contains(char::is_alphabetic)
        && rest.split(' ').all(|w| counted.contains(&w) || w.chars().all(|c| c.is_ascii_digit()))
}

static WHOLE_BY_NAME: LazyLock<HashMap<&str, Furniture>> =
    LazyLock::new(|| WHOLE.iter().flat_map(|(f, names)| names.iter().map(|n| (*n, *f))).collect());

static STARTS_BY_WORD: LazyLock<HashMap<&str, Vec<(&str, Furniture)>>> = LazyLock::new(|| {
    let mut by_word: HashMap<&str, Vec<(&str, Furniture)>> = HashMap::new();
    for (furniture, starts) in STARTS {
        for start in *starts {
            by_word.entry(start.split(' ').next().unwrap_or(start)).or_default().push((start, *furniture));
        }
    }
    by_word
});

#[rustfmt::skip]
const WHOLE: &[(Furniture, &[&str])] = &[
    (
        Furniture::Line,
        &[
            "skip to main content", "skip to content", "skip to navigation", "skip to article", "advertisement",
            "log in", "login", "sign in", "register", "search", "cart", "menu", "find a journal",
            "track your research", "submit manuscript", "aims and scope", "explore all metrics", "metrics",
            "download pdf", "download references", "download citation", "download article", "view pdf", "pdf",
            "full size image", "full size table", "full text", "view in article", "view article", "back to top",
            "top of page", "open in new tab", "open access", "subscribe", "reprints and permissions", "close",
            "share", "share this article", "share this chapter", "share this paper", "copy to clipboard",
            "get shareable link", "main article text", "article text", "peer review",
            "provided by the springer nature sharedit content sharing initiative", "springer nature sharedit",
            "publish with us", "policies and ethics", "editors and affiliations", "authors and affiliations",
            "corresponding author", "corresponding authors", "view all metrics mentions on the web", "learn more",
            "jump to navigation jump to search", "jump to navigation", "jump to search", "reference work entry",
            "reference work entry first online", "living reference work entry",
            "living reference work entry later version available",
            "you can also search for this author in pubmed google scholar", "view author publications", "save",
            "print", "click here to enlarge figure", "click here to display table",
            "ask a question about this section", "learn more about q a", "search for more papers by this author",
            "request permissions", "open image in new window", "download powerpoint", "download ppt",
            "enlarge this image", "view large", "view large image", "show more", "show all", "expand all",
            "an official website of the united states government", "here s how you know", "journal list", "user guide",
            "edit", "open in a new tab", "open in viewer", "open figure viewer", "download figure", "view figure",
            "view large download slide", "download slide", "show caption", "hide caption", "ppt slide", "download",
            "png larger image", "tiff original image", "figure viewer",
            "collapse all", "next", "previous", "next article", "previous article", "original research",
        ],
    ),
    (
        Furniture::Part,
        &[
            "your privacy your choice", "access this chapter", "access this article", "access this entry",
            "access options", "subscribe and save", "buy now", "rent this article via deepdyve",
            "institutional subscriptions", "similar content being viewed by others", "editor information",
            "author information", "author information authors and affiliations", "author and article information",
            "rights and permissions", "permissions", "copyright information", "about this entry",
            "about this article", "about this chapter", "about this paper", "about this protocol", "navigation",
            "navigation menu", "personal tools", "sections", "discover content", "products and services",
            "our imprints", "publisher s note", "share this entry", "related articles", "recommended articles",
            "recommended", "you may also like", "people also read", "more by authors", "related info",
            "article versions", "quick links", "author notes", "affiliations", "footnotes", "article info",
            "article information", "categories", "subject areas", "download as", "cited by", "citing articles",
            "similar articles", "linkout more resources",
            "article metrics", "publication history", "associated content", "electronic supplementary material",
            "supplementary information below is the link", "search navigation", "change history", "associated data",
        ],
    ),
    (
        Furniture::Links,
        &[
            "contents", "table of contents", "on this page", "in this article", "inhalt", "inhaltsverzeichnis", "outline",
            "article outline",
            "keywords", "key words", "schlusselworter", "mots cles",
        ],
    ),
    (
        Furniture::CiteThis,
        &[
            "cite this entry", "cite this article", "cite this chapter", "cite this paper", "cite this protocol",
            "cite this as", "cite this", "cite as", "how to cite", "how to cite this article", "citation",
            "recommended citation", "cite this page",
        ],
    ),
];

#[rustfmt::skip]
const STARTS: &[(Furniture, &[&str])] = &[
    (
        Furniture::Preview,
        &[
            "this is a preview of subscription content", "preview of subscription content",
            "preview unable to display preview", "log in via an institution", "log in to check access",
            "buy article pdf", "buy chapter", "buy ebook", "buy ebook", "buy softcover", "buy hardcover",
            "buy article", "purchase access", "purchase pdf", "get access to this article",
            "this content is only available", "subscribe to read", "to read the full text",
            "the full text of this article is not", "you do not have access", "you don t have access",
            "instant access to the full article pdf",
        ],
    ),
    (
        Furniture::Line,
        &[
            "we use cookies", "we use essential cookies", "by accepting optional cookies", "see our privacy policy",
            "manage preferences for further information", "accept all cookies", "this website uses cookies",
            "price includes vat", "tax calculation will be finalised", "available as pdf", "available as epub",
            "own it forever", "durable hardcover edition", "compact lightweight edition", "dispatched in",
            "free shipping worldwide", "exclusive offer for individuals", "springer nature remains neutral",
            "you can also search for this", "search author on", "find articles by", "correspondence to",
            "unable to display preview", "these keywords were added by machine", "next article in", "previous article in",
            "from wikipedia the free encyclopedia", "chapter first online", "first online", "keywords", "key words",
            "this is an open access article", "open access this article is", "open access this chapter is",
            "download preview pdf",
        ],
    ),
    (Furniture::Part, &["copyright c", "copyright 19", "copyright 20", "all rights reserved", "retrieved from https"]),
];

/// Names of the services that publishers link a reference to. Longer ones first.
#[rustfmt::skip]
const LINK_LABELS: &[&str] = &[
    "you can also search for this author in", "search in google scholar", "pubmed abstract", "publisher full text",
    "pubmed central full text", "full text via crossref", "view record in scopus", "free full text", "google scholar",
    "pubmed central", "web of science", "view in article", "view article", "view in scopus", "cross ref", "crossref",
    "pmc free article", "pubmed/ncbi", "crossref full text", "free article", "view at publisher", "view pdf",
    "full text pdf", "full text", "full-text", "mathscinet", "green version", "download references",
    "semantic scholar", "publisher site", "external link", "europe pmc", "open url", "zbmath", "zentralblatt math",
    "chemport", "medline", "scopus", "pubmed", "article", "abstract", "isi", "math", "cas", "ads", "pmc", "pdf",
    "doi",
];

/// Labels that are also words of prose: they are links only beside another label, or after a full stop.
const WORDS: &[&str] =
    &["article", "abstract", "full text", "full-text", "math", "pdf", "doi", "cas", "isi", "ads", "pmc"];

/// The text without the link labels at its end.
pub(super) fn strip_link_labels(text: &str) -> &str {
    const SIGNS: &[char] = &['[', ']', '|', '·'];
    let is_gap = |c: char| c.is_whitespace() || SIGNS.contains(&c);
    let mut plain = text.trim_end();
    let mut rest = plain;
    let mut sure = false;
    while let Some(label) = last_label(rest.trim_end_matches(is_gap)) {
        let labelled = rest.trim_end_matches(is_gap);
        let before = &labelled[..labelled.len() - label.len()];
        rest = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '|' | '·'));
        // What ends here is an entry: the label stands after its full stop, or alone.
        let ended = rest.ends_with(['.', ')', ']', '"', '”']) || rest.ends_with(|c: char| c.is_ascii_digit());
        sure |= !WORDS.contains(&label) || rest.is_empty() || ended && before.len() <= labelled.len();
        if sure && (rest.is_empty() || ended || !WORDS.contains(&label)) {
            plain = rest;
        }
    }
    plain
}

/// The label at the end of a text, printed as a link is: beginning with a capital, as words of their own or glued to a
/// sign or another label ("485.ArticlePubMed").
fn last_label(text: &str) -> Option<&'static str> {
    LINK_LABELS.iter().copied().find(|label| {
        let Some((before, tail)) = text.len().checked_sub(label.len()).and_then(|at| text.split_at_checked(at)) else {
            return false;
        };
        let printed = tail.eq_ignore_ascii_case(label)
            && (tail.starts_with(|c: char| c.is_ascii_uppercase()) || tail == "zbMATH");
        printed && (!before.ends_with(char::is_alphabetic) || ends_with_label(before))
    })
}

/// Whether a text ends with a label, whatever stands before it.
fn ends_with_label(text: &str) -> bool {
    LINK_LABELS.iter().any(|label| {
        text.len()
            .checked_sub(label.len())
            .and_then(|at| text.get(at..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(label) && tail.starts_with(|c: char| c.is_ascii_uppercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture() {
        for (text, expected) in [
            ("Skip to main content", Some(Furniture::Line)),
            ("• 249 Accesses", Some(Furniture::Line)),
            ("1k Accesses 3 Citations", Some(Furniture::Line)),
            ("Rights and permissions", Some(Furniture::Part)),
            ("Cite this entry", Some(Furniture::CiteThis)),
            ("This is a preview of subscription content, log in to check access.", Some(Furniture::Preview)),
            ("Article  PubMed  CAS  Google Scholar ", Some(Furniture::LinkLabels)),
            ("[Google Scholar] [CrossRef]", Some(Furniture::LinkLabels)),
            ("Birch bark", None),
            ("References", None),
            ("Search strategy", None),
            ("1.", None),
        ] {
            assert_eq!(classify(text), expected, "{text}");
        }
    }

    #[test]
    fn link_labels() {
        for (text, expected) in [
            ("Roe. Birch, 3, 4–7. Article PubMed Google Scholar", "Roe. Birch, 3, 4–7."),
            ("Roe. Birch, 3, 4–7.ArticlePubMedCASGoogle Scholar", "Roe. Birch, 3, 4–7."),
            ("Roe. Birch, 3, 4–7. [Google Scholar] [CrossRef]", "Roe. Birch, 3, 4–7."),
            ("Roe. Birch, 3, 4–7. Article", "Roe. Birch, 3, 4–7."),
            ("Roe. How to write an Article", "Roe. How to write an Article"),
            ("Roe. Birch (1999)", "Roe. Birch (1999)"),
            ("Roe. Birch [Bark]", "Roe. Birch [Bark]"),
        ] {
            assert_eq!(strip_link_labels(text), expected, "{text}");
        }
    }
}
