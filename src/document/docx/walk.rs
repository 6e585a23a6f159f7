//! The text of a document in its order: paragraphs with their citations, notes and superscripts.

mod note;
mod paragraph;
mod runs;

use std::collections::HashMap;

use super::super::markup::{NodeId, Tree};
use super::super::rich::Rich;
use super::Parts;
use super::fields::{self, Meaning};
use super::styles::{ListPlace, Marks, Role};
use super::works::Works;

pub(super) use note::Notes;

/// What a paragraph stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    /// A row of a table, as a whole.
    Row,
    /// The row of a table that names its columns.
    HeadingRow,
}

#[derive(Debug)]
pub(super) struct Paragraph {
    pub place: Place,
    pub role: Role,
    pub list: Option<ListPlace>,
    pub rich: Rich,
    /// The bookmarks in it.
    pub bookmarks: Vec<String>,
    /// The addresses that its links go to.
    pub links: Vec<String>,
    /// Notes and text boxes that stand apart from it.
    pub aside: Vec<Paragraph>,
    /// It stands in the list that a reference manager printed.
    pub in_list_of_works: bool,
    /// All of its text is bold.
    pub is_bold: bool,
    pub is_indented: bool,
    marks: Marks,
}

/// A field or its like, from its beginning to its end.
#[derive(Debug)]
struct Open {
    instruction: String,
    data: String,
    /// `None` while the instruction goes on.
    meaning: Option<Meaning>,
    /// Where in the text of the paragraph its result begins.
    start: usize,
    /// The bookmark that it is, for citations kept as bookmarks.
    bookmark: Option<String>,
}

/// The result of a citation, which is one piece of text however many runs it has.
#[derive(Debug)]
struct Citation {
    works: Vec<usize>,
    text: String,
    is_raised: bool,
    /// How many fields were open around it.
    depth: usize,
}

pub(super) struct Walker<'p> {
    parts: &'p Parts,
    /// The part being read.
    tree: &'p Tree,
    part: usize,
    notes: Notes,
    pub works: Works,
    /// What spans count in: the text of all paragraphs, one a line.
    pub text: String,
    pub paragraphs: Vec<Paragraph>,
    open: Option<Paragraph>,
    /// A paragraph whose end was deleted: the next goes on in it.
    continued: bool,
    fields: Vec<Open>,
    citation: Option<Citation>,
    /// Lists of works and parts left out that are open.
    lists_of_works: usize,
    left_out: usize,
    row: Option<Place>,
    /// The citations kept as bookmarks, by the bookmark's name; those that are open, by its id.
    bookmarked: HashMap<String, String>,
    /// Bookmarks that belong to the next paragraph.
    waiting_bookmarks: Vec<String>,
}

impl<'p> Walker<'p> {
    pub fn new(parts: &'p Parts, works: Works, bookmarked: HashMap<String, String>) -> Self {
        Self {
            parts,
            tree: &parts.document,
            part: 0,
            notes: Notes::new(parts),
            works,
            text: String::new(),
            paragraphs: Vec::new(),
            open: None,
            continued: false,
            fields: Vec::new(),
            citation: None,
            lists_of_works: 0,
            left_out: 0,
            row: None,
            bookmarked,
            waiting_bookmarks: Vec::new(),
        }
    }

    /// Reads the body of the document.
    pub fn body(&mut self) {
        if let Some(body) = self.tree.find(Tree::ROOT, "body") {
            self.blocks(body);
        }
        self.end_paragraph();
    }

    fn blocks(&mut self, id: NodeId) {
        let tree = self.tree;
        for &child in tree.children(id) {
            self.block(child);
        }
    }

    fn block(&mut self, id: NodeId) {
        match self.tree.name(id) {
            "p" => self.paragraph(id),
            "tbl" => self.table(id),
            "sdt" => self.control(id, Self::blocks),
            "del" | "moveFrom" | "sectPr" | "sdtPr" | "tblPr" | "tblGrid" => {}
            "AlternateContent" => {
                if let Some(choice) = self.alternative(id) {
                    self.blocks(choice);
                }
            }
            "bookmarkStart" | "bookmarkEnd" => self.inline(id),
            _ => self.blocks(id),
        }
    }

    /// Of the forms of one content the first.
    fn alternative(&self, id: NodeId) -> Option<NodeId> {
        self.tree.child(id, "Choice").or_else(|| self.tree.child(id, "Fallback"))
    }

    /// A content control: what its properties say of what is in it.
    fn control(&mut self, id: NodeId, inside: fn(&mut Self, NodeId)) {
        let tree = self.tree;
        let Some(content) = tree.child(id, "sdtContent") else { return };
        let properties = tree.child(id, "sdtPr");
        let value = |name: &str| {
            properties.and_then(|p| tree.find(p, name)).and_then(|n| tree.attribute(n, "val")).unwrap_or_default()
        };
        let is_list = properties.is_some_and(|p| tree.child(p, "bibliography").is_some());
        let meaning = match value("docPartGallery") {
            "Table of Contents" => Some(Meaning::LeftOut),
            _ if is_list => Some(Meaning::ListOfWorks),
            _ => fields::of_tag(value("tag")),
        };
        match meaning {
            Some(meaning) => {
                self.begin(meaning, None);
                inside(self, content);
                self.end();
            }
            None => inside(self, content),
        }
    }

    fn table(&mut self, id: NodeId) {
        if self.row.is_some() {
            // A table in a cell is part of its row.
            return self.blocks(id);
        }
        let mut rows = Vec::new();
        self.rows(id, &mut rows);
        let is_layout = rows.iter().all(|&(row, _)| self.cells(row).len() <= 1);
        let has_heading = rows.iter().any(|r| r.1);
        let count = rows.len();
        for (i, (row, is_heading)) in rows.into_iter().enumerate() {
            let cells = self.cells(row);
            if is_layout {
                cells.into_iter().for_each(|cell| self.blocks(cell));
                continue;
            }
            self.end_paragraph();
            // Where no row is marked as one, the first names the columns if it is set apart.
            let names = is_heading || !has_heading && i == 0 && count > 1 && self.is_all_bold(row);
            self.row = Some(if names { Place::HeadingRow } else { Place::Row });
            for cell in cells {
                if let Some(open) = &mut self.open {
                    open.rich.space();
                }
                self.blocks(cell);
            }
            self.end_paragraph();
            self.row = None;
        }
    }

    /// The rows of a table and whether each is marked as a heading; rows that were deleted are left out.
    fn rows(&self, id: NodeId, rows: &mut Vec<(NodeId, bool)>) {
        let tree = self.tree;
        for &child in tree.children(id) {
            match tree.name(child) {
                "tr" => {
                    let properties = tree.child(child, "trPr");
                    let has = |name: &str| properties.and_then(|p| tree.child(p, name)).is_some();
                    if !has("del") {
                        rows.push((child, has("tblHeader")));
                    }
                }
                "sdt" | "sdtContent" | "ins" | "customXml" => self.rows(child, rows),
                _ => {}
            }
        }
    }

    fn cells(&self, row: NodeId) -> Vec<NodeId> {
        let tree = self.tree;
        let mut cells = Vec::new();
        for &child in tree.children(row) {
            match tree.name(child) {
                "tc" => cells.push(child),
                "sdt" | "customXml" => {
                    let inside = tree.child(child, "sdtContent").unwrap_or(child);
                    cells.extend(tree.children(inside).iter().copied().filter(|&c| tree.name(c) == "tc"));
                }
                _ => {}
            }
        }
        cells
    }

    fn is_all_bold(&self, row: NodeId) -> bool {
        let tree = self.tree;
        let mut runs =
            tree.below(row).into_iter().filter(|&n| tree.name(n) == "r" && tree.child(n, "t").is_some()).peekable();
        runs.peek().is_some()
            && runs.all(|run| tree.child(run, "rPr").is_some_and(|p| Marks::of(tree, p).bold == Some(true)))
    }
}
