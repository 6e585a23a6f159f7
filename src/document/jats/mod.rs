//! The reader of articles in JATS, the XML of journals, and its forerunner NLM (JATS 1.3; NLM DTD 2.3).

mod references;

use super::compose::Composer;
use super::decode::{self, Decoded};
use super::markup::{Damage, Node, NodeId, Tree, parse_xml};
use super::rich::{Mask, Pointer, Rich};
use super::{Completeness, Document, Format, ReadError, ReadOptions};

/// Reads an article.
///
/// # Errors
/// What is no text, or no XML from the start, is refused.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    let Decoded { text: source, notices, .. } = decode::decode(bytes)?;
    let (tree, damage) = parse_xml(&source);
    let Some(article) = tree.find(Tree::ROOT, "article").or_else(|| tree.find(Tree::ROOT, "book-part")) else {
        let Damage { offset, reason } = damage
            .unwrap_or_else(|| Damage { offset: 0, reason: "it has no element “article” of JATS".to_owned() });
        return Err(ReadError::Malformed { format: Format::Jats, offset, reason });
    };
    let mut composer = Composer::new(&source, options.reference_heading.as_deref());
    composer.document.notices = notices;
    let mut reader = Reader { tree: &tree, composer: &mut composer, notes: Vec::new() };
    reader.article(article);
    let mut document = composer.finish();
    if let Some(Damage { offset, reason }) = damage {
        document.completeness = Completeness::Incomplete {
            reason: format!("The XML is damaged at byte {offset} ({reason}); what stands before that was read."),
        };
    }
    Ok(document)
}

struct Reader<'r, 's, 'c> {
    tree: &'r Tree,
    composer: &'c mut Composer<'s>,
    /// Footnotes met in the open paragraph.
    notes: Vec<NodeId>,
}

/// Elements that stand apart from the paragraph in which they are written.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "list"
            | "def-list"
            | "disp-quote"
            | "fig"
            | "fig-group"
            | "table-wrap"
            | "table-wrap-group"
            | "boxed-text"
            | "supplementary-material"
            | "p"
            | "sec"
            | "speech"
            | "statement"
            | "verse-group"
            | "ref-list"
            | "media"
            | "disp-formula-group"
            | "table-wrap-foot"
    )
}

impl Reader<'_, '_, '_> {
    fn article(&mut self, article: NodeId) {
        let tree = self.tree;
        let front = tree.child(article, "front").or_else(|| tree.child(article, "front-stub")).unwrap_or(article);
        let plain = |id: Option<NodeId>| id.map(|id| tree.plain(id, "")).filter(|t| !t.is_empty());
        let meta = tree.find(front, "article-meta").unwrap_or(front);
        let title = tree.find(meta, "title-group").and_then(|g| tree.child(g, "article-title"));
        self.composer.document.title = plain(title);
        self.composer.document.container = plain(tree.find(front, "journal-title"));
        let is_doi = |c: &NodeId| tree.name(*c) == "article-id" && tree.attribute(*c, "pub-id-type") == Some("doi");
        let doi = tree.children(meta).iter().copied().find(is_doi);
        self.composer.document.doi = plain(doi).and_then(|d| d.parse().ok());
        // The entries first, so that their places are known wherever the list is printed.
        for list in tree.below(article) {
            if tree.name(list) == "ref-list" {
                references::read(tree, list, self.composer);
            }
        }
        for &part in tree.children(meta) {
            if tree.name(part) == "abstract" || tree.name(part) == "trans-abstract" {
                self.section(part, 1, Some("Abstract"));
            }
        }
        self.composer.leave_sections();
        for part in ["body", "back"] {
            if let Some(part) = tree.child(article, part) {
                self.composer.leave_sections();
                self.blocks(part, 1);
            }
        }
    }

    fn section(&mut self, id: NodeId, depth: usize, default: Option<&str>) {
        let title = self.tree.child(id, "title").map(|t| self.tree.plain(t, ""));
        let title = title.as_deref().or(default);
        self.composer.leave(depth);
        if let Some(title) = title {
            self.composer.heading(depth, title, 0..0);
        }
        self.blocks(id, depth + 1);
    }

    fn blocks(&mut self, id: NodeId, depth: usize) {
        for &child in self.tree.children(id) {
            self.block(child, depth);
        }
    }

    fn block(&mut self, id: NodeId, depth: usize) {
        match self.tree.name(id) {
            "" | "title" | "label" | "sec-meta" | "object-id" | "graphic" | "alternatives" | "permissions"
            | "alt-text" | "ref-list" | "attrib" => {}
            "sec" | "app" => self.section(id, depth, None),
            "ack" => self.section(id, depth, Some("Acknowledgements")),
            "notes" | "glossary" | "fn-group" => self.section(id, depth, None),
            "p" | "disp-quote" | "verse-group" | "speech" | "attribution" => self.paragraph(id, depth),
            "list" => self.list(id, depth),
            "def-list" => {
                for &item in self.tree.children(id) {
                    if self.tree.name(item) == "def-item" {
                        let mut rich = Rich::default();
                        self.inline(item, &mut rich);
                        self.composer.whole(&rich);
                    }
                }
            }
            "table" => self.table(id),
            "disp-formula" | "inline-formula" => {}
            _ => self.blocks(id, depth),
        }
    }

    /// A paragraph, with the blocks that are written inside it in their places.
    fn paragraph(&mut self, id: NodeId, depth: usize) {
        let mut rich = Rich::default();
        for &child in self.tree.children(id) {
            if is_block(self.tree.name(child)) {
                self.end(&mut rich);
                self.block(child, depth);
            } else {
                self.inline_node(child, &mut rich);
            }
        }
        self.end(&mut rich);
    }

    fn end(&mut self, rich: &mut Rich) {
        let rich = std::mem::take(rich);
        if !rich.is_empty() {
            self.composer.paragraph(&rich);
        }
        for note in std::mem::take(&mut self.notes) {
            self.blocks(note, 9);
        }
    }

    fn list(&mut self, id: NodeId, depth: usize) {
        let tree = self.tree;
        let ordered = tree.attribute(id, "list-type").is_some_and(|t| !matches!(t, "bullet" | "simple"));
        let items = tree.children(id).iter().copied().filter(|&c| tree.name(c) == "list-item");
        for (i, item) in items.enumerate() {
            let label = tree.child(item, "label").map(|l| tree.plain(l, ""));
            let label = label.map(|l| l.trim_matches(['.', '(', ')', '•', ' ']).to_owned()).filter(|l| !l.is_empty());
            let marker = if ordered { label.or_else(|| Some((i + 1).to_string())) } else { None };
            let mut rich = Rich::default();
            let mut rest = Vec::new();
            for &child in tree.children(item) {
                match tree.name(child) {
                    "label" => {}
                    "p" => {
                        for &part in tree.children(child) {
                            if is_block(tree.name(part)) {
                                rest.push(part);
                            } else {
                                self.inline_node(part, &mut rich);
                            }
                        }
                        rich.space();
                    }
                    _ => rest.push(child),
                }
            }
            self.composer.open_item(marker, &rich);
            for block in rest {
                self.block(block, depth);
            }
            self.composer.close_item();
        }
    }

    fn table(&mut self, id: NodeId) {
        let tree = self.tree;
        let bodies: Vec<NodeId> = tree.children(id).iter().copied().filter(|&c| tree.name(c) == "tbody").collect();
        for row in bodies.iter().flat_map(|&b| tree.children(b)).copied().filter(|&r| tree.name(r) == "tr") {
            let mut rich = Rich::default();
            for &cell in tree.children(row) {
                self.inline_node(cell, &mut rich);
                rich.space();
            }
            if rich.text.contains(char::is_alphabetic) {
                self.composer.whole(&rich);
            }
        }
    }

    fn inline(&mut self, id: NodeId, rich: &mut Rich) {
        for &child in self.tree.children(id) {
            self.inline_node(child, rich);
        }
    }

    fn inline_node(&mut self, id: NodeId, rich: &mut Rich) {
        let tree = self.tree;
        match tree.node(id) {
            Node::Text { text, start } => rich.push(text, *start, Mask::Text),
            Node::Element { name, .. } => match name.as_str() {
                "fn" => self.notes.push(id),
                "tex-math" | "annotation" | "graphic" | "inline-graphic" | "object-id" | "index-term" | "alt-text" => {}
                "xref" if tree.attribute(id, "ref-type").is_some_and(|t| t == "bibr") => {
                    let start = rich.next_place();
                    self.inline(id, rich);
                    let ids = tree.attribute(id, "rid").unwrap_or_default();
                    rich.cite(start, ids.split_whitespace().map(|i| Pointer::Id(i.to_owned())).collect());
                }
                "sup" => {
                    let start = rich.next_place();
                    self.inline(id, rich);
                    rich.raise(start);
                }
                "math" | "disp-formula" | "inline-formula" | "def" | "term" => {
                    self.inline(id, rich);
                    if !matches!(name.as_str(), "math" | "inline-formula") {
                        rich.space();
                    }
                }
                "break" => rich.space(),
                n if is_block(n) => {
                    rich.space();
                    self.inline(id, rich);
                    rich.space();
                }
                _ => self.inline(id, rich),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::CitedTarget;
    use crate::work::Field;

    const ARTICLE: &str = r#"<article><front><journal-meta><journal-title>Wood</journal-title></journal-meta><article-meta>
        <article-id pub-id-type="doi">10.5555/w1</article-id><title-group><article-title>Bark <italic>burns</italic>
        </article-title></title-group><abstract><p>Short.</p></abstract></article-meta></front>
        <body><sec><title>One</title><p>It burns [<xref ref-type="bibr" rid="b1">1</xref>-<xref ref-type="bibr" rid="b3">3</xref>].
        See <xref ref-type="fig" rid="f1">Fig. 1</xref>, H<sub>2</sub>O.<sup><xref ref-type="bibr" rid="b2">2</xref></sup></p>
        <sec><title>Two</title><list list-type="order"><list-item><p>First item.</p></list-item></list></sec></sec></body>
        <back><ref-list><title>References</title>
        <ref id="b1"><label>1</label><element-citation publication-type="journal"><person-group person-group-type="author">
        <name><surname>Roe</surname><given-names>J</given-names></name><etal/></person-group><article-title>Birch</article-title>
        <source>Wood</source><year>2001</year><volume>3</volume><fpage>4</fpage><lpage>7</lpage>
        <pub-id pub-id-type="doi">10.5555/b1</pub-id></element-citation></ref>
        <ref id="b2"><mixed-citation>Doe, A. (1999). Alder. Wood, 1, 12–19.</mixed-citation></ref>
        <ref id="b3"><citation citation-type="book"><collab>Bark Union</collab><source>Oak</source><year>1980</year></citation></ref>
        </ref-list></back></article>"#;

    #[test]
    fn an_article() {
        let document = read(ARTICLE.as_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(document.title.as_deref(), Some("Bark burns"));
        assert_eq!(document.container.as_deref(), Some("Wood"));
        assert_eq!(document.doi.as_ref().map(|d| d.as_str()), Some("10.5555/w1"));
        let shown: Vec<String> = document
            .claims
            .iter()
            .map(|c| {
                let path: Vec<String> = c.path.iter().map(ToString::to_string).collect();
                let targets = c.marked.iter().flat_map(|m| &m.targets);
                let targets: Vec<String> = targets
                    .map(|t| if let CitedTarget::Reference(i) = t { i.to_string() } else { "?".into() })
                    .collect();
                format!("{}|{}|{}", path.join(">"), c.text, targets.join(" "))
            })
            .collect();
        let expected =
            ["Abstract|Short.|", "One|It burns [1-3].|0 1 2", "One|See Fig. 1, H2O.2|1", "One>Two>1|First item.|"];
        assert_eq!(shown, expected);
        assert_eq!(document.claims[2].raised.len(), 1);
        let works: Vec<_> = document.references.iter().map(|r| r.known.clone().unwrap_or_default()).collect();
        assert_eq!(works[0].get(Field::ContainerTitle), Some("Wood"));
        assert_eq!(works[0].get(Field::Page), Some("4–7"));
        assert_eq!(works[2].get(Field::Title), Some("Oak"));
        assert_eq!(document.references[1].text, "Doe, A. (1999). Alder. Wood, 1, 12–19.");
    }

    #[test]
    fn what_is_not_an_article() {
        assert!(matches!(read(b"<html><p>x</p></html>", &ReadOptions::default()), Err(ReadError::Malformed { .. })));
        let cut = read(&ARTICLE.as_bytes()[..900], &ReadOptions::default()).unwrap();
        assert!(!cut.completeness.is_complete());
    }
}
