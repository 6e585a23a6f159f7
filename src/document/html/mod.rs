//! The reader of web pages: articles of publishers, PubMed Central, Wikipedia.
//!
//! Three steps: `page` finds the main text and says which elements are furniture; `references` finds the reference list
//! with the ids of its entries; then the text is walked, and links to those ids are citations.

mod page;
mod references;
#[cfg(test)]
mod tests;

use super::compose::Composer;
use super::decode::{self, Decoded};
use super::markup::{Node, NodeId, Tree, parse_html};
use super::rich::{Mask, Pointer, Rich};
use super::{Document, ReadError, ReadOptions, furniture, headings};

/// Reads a page.
///
/// # Errors
/// What is empty, too large or not text is refused.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    let Decoded { text: source, notices, .. } = decode::decode(bytes)?;
    let tree = parse_html(&source);
    let mut composer = Composer::new(&source, options.reference_heading.as_deref());
    composer.document.notices = notices;
    let page = page::Page::of(&tree);
    composer.document.title = page.title.clone();
    composer.document.container = page.container.clone();
    composer.document.doi = page.doi.clone();
    let list = references::find(&tree, page.main, options.reference_heading.as_deref());
    for entry in &list.entries {
        references::put(&tree, entry, &mut composer);
    }
    if list.entries.is_empty() {
        composer.note("No reference list was found in the page's markup; it was looked for in its text.");
    }
    let mut reader = Reader {
        tree: &tree,
        composer: &mut composer,
        page: &page,
        list: &list,
        text: Rich::default(),
        notes: Vec::new(),
        in_note: false,
        aside: None,
    };
    reader.blocks(page.main);
    reader.end();
    Ok(composer.finish())
}

struct Reader<'r, 's, 'c> {
    tree: &'r Tree,
    composer: &'c mut Composer<'s>,
    page: &'r page::Page,
    list: &'r references::List,
    /// The open paragraph.
    text: Rich,
    /// Footnotes met in the open paragraph.
    notes: Vec<Rich>,
    /// Notes within a note are read as part of it.
    in_note: bool,
    /// The depth of a heading that names a part of the page: what is below it is none of the document.
    aside: Option<usize>,
}

/// Elements that end the paragraph round them.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "figure"
            | "figcaption"
            | "blockquote"
            | "pre"
            | "hr"
            | "header"
            | "footer"
            | "body"
            | "html"
            | "details"
            | "summary"
            | "address"
            | "center"
            | "fieldset"
            | "form"
            | "aside"
            | "nav"
    )
}

impl Reader<'_, '_, '_> {
    fn end(&mut self) {
        let rich = std::mem::take(&mut self.text);
        if !rich.is_empty() && self.aside.is_none() && !is_page_text(&rich) && !self.is_title(&rich.text) {
            self.composer.paragraph(&rich);
        }
        self.put_notes();
    }

    fn is_title(&self, text: &str) -> bool {
        let title = self.page.title.as_deref().filter(|t| text.len() <= 2 * t.len());
        title.is_some_and(|t| crate::text::fold(t) == crate::text::fold(text))
    }

    fn blocks(&mut self, id: NodeId) {
        for &child in self.tree.children(id) {
            self.node(child);
        }
    }

    fn node(&mut self, id: NodeId) {
        let tree = self.tree;
        let name = match tree.node(id) {
            Node::Text { .. } => return self.inline(id),
            Node::Element { name, .. } => name.as_str(),
        };
        if let Some(heading) = heading_depth(name)
            && !page::is_furniture_by_name(tree, id)
        {
            self.end();
            if page::is_front_matter(tree, id) {
                return;
            }
            return self.heading(id, heading);
        }
        if page::is_furniture(tree, id) || self.list.holds(id) {
            return;
        }
        if self.list.is_footnotes(id) {
            self.end();
            self.aside = None;
            self.composer.leave_sections();
        }
        match name {
            "ul" | "ol" | "dl" | "table" if self.aside.is_some() => {}
            "ul" | "ol" => {
                self.end();
                self.list(id, name == "ol");
            }
            "dl" => {
                self.end();
                self.definitions(id);
            }
            "table" => {
                self.end();
                self.table(id);
            }
            "pre" => self.end(),
            n if is_block(n) => {
                self.end();
                self.blocks(id);
                self.end();
            }
            _ if tree.below(id).into_iter().take(400).any(|c| is_block(tree.name(c))) => self.blocks(id),
            _ => self.inline(id),
        }
    }

    fn heading(&mut self, id: NodeId, depth: usize) {
        self.inline_children(id);
        let title = std::mem::take(&mut self.text).text;
        let is_title = self.is_title(&title);
        if self.aside.is_some_and(|aside| depth > aside) {
            return;
        }
        // The label of a picture; its caption is the next paragraph.
        if headings::is_caption(&title) {
            return;
        }
        self.aside = page::is_furniture_heading(&title).then_some(depth);
        if is_title {
            self.composer.leave_sections();
        } else if self.aside.is_some() {
            self.end();
        } else if !title.is_empty() {
            self.composer.heading(depth, &title, 0..0);
        }
    }

    fn list(&mut self, id: NodeId, ordered: bool) {
        let tree = self.tree;
        let items: Vec<NodeId> = tree.children(id).iter().copied().filter(|&c| tree.name(c) == "li").collect();
        for (i, item) in items.into_iter().enumerate() {
            if page::is_furniture(tree, item) || self.list.holds(item) {
                continue;
            }
            // The item's own text, then what stands in blocks below it.
            let mut nested = Vec::new();
            self.item_text(item, &mut nested);
            let mut rich = std::mem::take(&mut self.text);
            if is_page_text(&rich) {
                rich = Rich::default();
            }
            let marker = match page::printed_marker(tree, item) {
                Some(printed) => Some(printed).filter(|p| !p.is_empty()),
                None => ordered.then(|| (i + 1).to_string()),
            };
            self.composer.open_item(marker, &rich);
            self.put_notes();
            for block in nested {
                self.node(block);
                self.end();
            }
            self.composer.close_item();
        }
    }

    fn item_text(&mut self, id: NodeId, nested: &mut Vec<NodeId>) {
        let tree = self.tree;
        for &child in tree.children(id) {
            match tree.name(child) {
                "ul" | "ol" | "dl" | "table" => nested.push(child),
                "span" if page::is_printed_marker(tree, child) => {}
                "p" | "div" | "span" | "section" if !page::is_furniture(tree, child) => {
                    self.text.space();
                    self.item_text(child, nested);
                    self.text.space();
                }
                _ => self.inline(child),
            }
        }
    }

    fn definitions(&mut self, id: NodeId) {
        let tree = self.tree;
        for &child in tree.children(id) {
            match tree.name(child) {
                "dt" => {
                    self.whole();
                    self.inline_children(child);
                    self.text.space();
                }
                "dd" if self.list.holds(child) => self.text = Rich::default(),
                "dd" => {
                    self.inline_children(child);
                    self.whole();
                }
                _ => {}
            }
        }
        self.whole();
    }

    fn whole(&mut self) {
        let rich = std::mem::take(&mut self.text);
        if rich.text.contains(char::is_alphabetic) && !self.is_title(&rich.text) {
            self.composer.whole(&rich);
        }
    }

    fn table(&mut self, id: NodeId) {
        let tree = self.tree;
        // Its own rows, not those of tables inside it.
        let parts = tree.children(id).iter().copied();
        let rows: Vec<NodeId> = parts
            .flat_map(|p| if tree.name(p) == "tr" { vec![p] } else { tree.children(p).to_vec() })
            .filter(|&c| tree.name(c) == "tr")
            .collect();
        // A table that holds blocks is a layout and no table.
        let is_layout =
            rows.len() <= 2 && tree.below(id).into_iter().any(|c| matches!(tree.name(c), "p" | "h2" | "h3"));
        if is_layout {
            for row in rows {
                for &cell in tree.children(row) {
                    self.blocks(cell);
                    self.end();
                }
            }
            return;
        }
        for row in rows {
            let has_cells = tree.children(row).iter().any(|&c| tree.name(c) == "td");
            if !has_cells || page::is_furniture(tree, row) {
                continue;
            }
            for &cell in tree.children(row) {
                self.inline_children(cell);
                self.text.space();
            }
            self.whole();
        }
    }

    /// A footnote where it is marked: what only cites belongs to the sentence, the rest stands behind the paragraph.
    fn note(&mut self, id: NodeId) {
        let open = std::mem::take(&mut self.text);
        self.in_note = true;
        self.inline_children(id);
        let note = std::mem::replace(&mut self.text, open);
        let mut end = 0;
        let mut words = String::new();
        for cite in &note.cites {
            words.push_str(note.text.get(end..cite.range.start).unwrap_or_default());
            end = end.max(cite.range.end);
        }
        words.push_str(&note.text[end..]);
        if words.contains(char::is_alphabetic) {
            self.notes.push(note);
        } else {
            self.text.space();
            self.inline_children(id);
        }
        self.in_note = false;
    }

    /// Puts the footnotes of the paragraph just read behind it.
    fn put_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.composer.paragraph(&note);
        }
    }

    fn inline_children(&mut self, id: NodeId) {
        for &child in self.tree.children(id) {
            self.inline(child);
        }
    }

    fn inline(&mut self, id: NodeId) {
        let tree = self.tree;
        let name = match tree.node(id) {
            Node::Text { text, start } => return self.text.push(text, *start, Mask::Text),
            Node::Element { name, .. } => name.as_str(),
        };
        if page::is_furniture(tree, id) {
            return;
        }
        match name {
            "br" => self.text.space(),
            "annotation" | "annotation-xml" => {}
            "a" if (self.list.is_footnote_mark(tree, id) || page::is_note_mark(tree, id))
                && self.list.cited_by(tree, id).is_empty() => {}
            _ if !self.in_note && page::is_note(tree, id) => self.note(id),
            "sup" => {
                let start = self.text.next_place();
                self.inline_children(id);
                self.text.raise(start);
            }
            "a" => {
                let start = self.text.next_place();
                self.inline_children(id);
                let ids = self.list.cited_by(tree, id);
                self.text.cite(start, ids.into_iter().map(Pointer::Id).collect());
            }
            n if is_block(n) => {
                self.text.space();
                self.inline_children(id);
                self.text.space();
            }
            _ => {
                let start = self.text.next_place();
                self.inline_children(id);
                if !tree.below(id).into_iter().take(50).any(|c| tree.name(c) == "a") {
                    let ids = self.list.named_by(tree, id);
                    self.text.cite(start, ids.into_iter().map(Pointer::Id).collect());
                }
            }
        }
    }
}

/// Whether a paragraph or item without citations is the page's and not the author's.
fn is_page_text(rich: &Rich) -> bool {
    let address = rich.text.starts_with("http") && !rich.text.contains(' ');
    rich.cites.is_empty()
        && (address || furniture::classify(&rich.text).is_some() || furniture::is_of_document(&rich.text))
}

fn heading_depth(name: &str) -> Option<usize> {
    let depth = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&depth).then_some(depth)
}
