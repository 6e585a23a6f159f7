//! What stands in a paragraph: runs of text, fields, links, revisions.

use super::super::super::markup::{Node, NodeId};
use super::super::super::rich::Pointer;
use super::super::fields::{self, Meaning};
use super::super::styles::Marks;
use super::{Citation, Open, Walker};

impl Walker<'_> {
    fn inside(&mut self, id: NodeId) {
        let tree = self.tree;
        for &child in tree.children(id) {
            self.inline(child);
        }
    }

    pub(super) fn inline(&mut self, id: NodeId) {
        let tree = self.tree;
        match tree.name(id) {
            "r" => self.run(id),
            // What was deleted or moved away is no longer there.
            "del" | "moveFrom" | "pPr" | "rPr" | "sdtPr" => {}
            "hyperlink" => self.hyperlink(id),
            "fldSimple" => {
                let instruction = tree.attribute(id, "instr").unwrap_or_default();
                let data = tree.child(id, "fldData").map(|d| tree.plain(d, "")).unwrap_or_default();
                self.begin(fields::meaning(instruction, &data), None);
                self.inside(id);
                self.end();
            }
            "sdt" => self.control(id, Self::inside),
            "bookmarkStart" => self.bookmark(id),
            "bookmarkEnd" => {
                let id = tree.attribute(id, "id").unwrap_or_default();
                if self.fields.last().is_some_and(|f| f.bookmark.as_deref() == Some(id)) {
                    self.end();
                }
            }
            // A formula: its letters, as they stand.
            "oMath" | "oMathPara" => {
                let formula: String = tree
                    .below(id)
                    .into_iter()
                    .filter(|&n| tree.name(n) == "t")
                    .flat_map(|n| tree.children(n))
                    .filter_map(
                        |&n| if let Node::Text { text, .. } = tree.node(n) { Some(text.as_str()) } else { None },
                    )
                    .collect();
                self.push(&formula, Marks::default());
            }
            "AlternateContent" => {
                if let Some(choice) = self.alternative(id) {
                    self.inside(choice);
                }
            }
            "" => {}
            _ => self.inside(id),
        }
    }

    fn run(&mut self, id: NodeId) {
        let tree = self.tree;
        let mut marks = Marks::default();
        if let Some(properties) = tree.child(id, "rPr") {
            let style = tree.child(properties, "rStyle").and_then(|s| tree.attribute(s, "val"));
            marks = Marks::of(tree, properties);
            if style.is_some() {
                marks = marks.or(self.parts.styles.marks(style));
            }
        }
        for &child in tree.children(id) {
            self.run_part(child, marks);
        }
    }

    fn run_part(&mut self, id: NodeId, marks: Marks) {
        let tree = self.tree;
        match tree.name(id) {
            "t" => {
                for &piece in tree.children(id) {
                    if let Node::Text { text, .. } = tree.node(piece) {
                        self.push(text, marks);
                    }
                }
            }
            "tab" | "br" | "cr" | "ptab" => self.push(" ", marks),
            "noBreakHyphen" => self.push("\u{2011}", marks),
            "instrText" => {
                let text: String = tree
                    .children(id)
                    .iter()
                    .filter_map(
                        |&n| if let Node::Text { text, .. } = tree.node(n) { Some(text.as_str()) } else { None },
                    )
                    .collect();
                if let Some(field) = self.fields.last_mut().filter(|f| f.meaning.is_none()) {
                    field.instruction.push_str(&text);
                }
            }
            "fldChar" => match tree.attribute(id, "fldCharType") {
                Some("begin") => {
                    let data = tree.child(id, "fldData").map(|d| tree.plain(d, "")).unwrap_or_default();
                    self.fields.push(Open {
                        instruction: String::new(),
                        data,
                        meaning: None,
                        start: 0,
                        bookmark: None,
                    });
                }
                Some("separate") => {
                    if let Some(field) = self.fields.last().filter(|f| f.meaning.is_none()) {
                        let meaning = fields::meaning(&field.instruction, &field.data);
                        self.fields.pop();
                        self.begin(meaning, None);
                    }
                }
                Some("end") => {
                    // One without a result prints nothing.
                    if self.fields.last().is_some_and(|f| f.meaning.is_none()) {
                        self.fields.pop();
                    } else if self.fields.last().is_some_and(|f| f.bookmark.is_none()) {
                        self.end();
                    }
                }
                _ => {}
            },
            "footnoteReference" => self.note("footnote", tree.attribute(id, "id").unwrap_or_default()),
            "endnoteReference" => self.note("endnote", tree.attribute(id, "id").unwrap_or_default()),
            "drawing" | "pict" | "object" => self.boxes(id),
            "AlternateContent" => {
                if let Some(choice) = self.alternative(id) {
                    for &child in tree.children(choice) {
                        self.run_part(child, marks);
                    }
                }
            }
            // "ruby": the text, not what is set above it.
            "ruby" => {
                if let Some(base) = tree.child(id, "rubyBase") {
                    self.inside(base);
                }
            }
            _ => {}
        }
    }

    /// The text boxes of a drawing.
    fn boxes(&mut self, id: NodeId) {
        let tree = self.tree;
        let boxes: Vec<NodeId> = tree.below(id).into_iter().filter(|&n| tree.name(n) == "txbxContent").collect();
        // A drawing may hold one box in two forms, one of them inside the other's element.
        if let Some(&first) = boxes.first() {
            let paragraphs = self.apart(self.part, first);
            if let Some(open) = &mut self.open {
                open.aside.extend(paragraphs);
            }
        }
    }

    fn hyperlink(&mut self, id: NodeId) {
        let tree = self.tree;
        let address = tree.attribute(id, "id").and_then(|r| self.parts.relations(self.part).address(r));
        let meaning = match (tree.attribute(id, "anchor"), address) {
            (Some(anchor), None) => Meaning::Place(anchor.to_owned()),
            (_, Some(address)) => Meaning::Link(address.to_owned()),
            (None, None) => Meaning::Text,
        };
        self.begin(meaning, None);
        self.inside(id);
        self.end();
    }

    fn bookmark(&mut self, id: NodeId) {
        let tree = self.tree;
        let name = tree.attribute(id, "name").unwrap_or_default();
        if let Some(instruction) = self.bookmarked.get(name) {
            let meaning = fields::meaning(instruction, "");
            self.begin(meaning, Some(tree.attribute(id, "id").unwrap_or_default().to_owned()));
        } else if !name.is_empty() {
            self.pending_bookmark(name.to_owned());
        }
    }

    /// A bookmark outside of paragraphs belongs to the next one.
    pub(super) fn pending_bookmark(&mut self, name: String) {
        match &mut self.open {
            Some(open) => open.bookmarks.push(name),
            None => self.waiting_bookmarks.push(name),
        }
    }

    /// Begins the result of a field.
    pub(super) fn begin(&mut self, meaning: Meaning, bookmark: Option<String>) {
        match &meaning {
            Meaning::ListOfWorks => {
                self.lists_of_works += 1;
                // The field begins in the paragraph that prints its first entry.
                if let Some(open) = self.open.as_mut().filter(|o| o.rich.is_empty()) {
                    open.in_list_of_works = true;
                }
            }
            Meaning::LeftOut => self.left_out += 1,
            Meaning::Link(address) => {
                if let Some(open) = &mut self.open {
                    open.links.push(address.clone());
                }
            }
            Meaning::Citation(cited) if self.citation.is_none() => {
                let works: Vec<usize> = cited.iter().filter_map(|c| self.works.add(c.clone())).collect();
                if !works.is_empty() {
                    works.iter().for_each(|&w| self.works.cite(w));
                    let depth = self.fields.len();
                    self.citation = Some(Citation { works, text: String::new(), is_raised: true, depth });
                }
            }
            Meaning::Citation(_) | Meaning::Text => {}
            Meaning::Place(_) => {}
        }
        let start = self.open.as_ref().map_or(0, |o| o.rich.next_place());
        self.fields.push(Open {
            instruction: String::new(),
            data: String::new(),
            meaning: Some(meaning),
            start,
            bookmark,
        });
    }

    /// Ends the innermost field.
    pub(super) fn end(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        let Some(meaning) = field.meaning else { return };
        let start = field.start;
        match meaning {
            Meaning::ListOfWorks => self.lists_of_works -= 1,
            Meaning::LeftOut => self.left_out -= 1,
            Meaning::Citation(_) => {
                if self.citation.as_ref().is_some_and(|c| c.depth == self.fields.len()) {
                    self.flush_citation();
                    self.citation = None;
                }
            }
            Meaning::Place(name) => {
                if let Some(open) = self.open.as_mut().filter(|_| self.citation.is_none())
                    && start < open.rich.text.len()
                    && open.rich.cites.last().is_none_or(|c| c.range.end <= start)
                {
                    open.rich.cite(start, vec![Pointer::Id(super::super::bookmark_id(&name))]);
                }
            }
            Meaning::Link(_) | Meaning::Text => {}
        }
    }
}
