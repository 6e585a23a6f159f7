//! One paragraph: its properties, its runs, its end.

use super::super::super::markup::NodeId;
use super::super::super::rich::{Mask, Pointer, Rich};
use super::super::styles::{self, ListPlace, Marks, Role};
use super::{Paragraph, Place, Walker};

impl Walker<'_> {
    pub(super) fn paragraph(&mut self, id: NodeId) {
        let tree = self.tree;
        let properties = tree.child(id, "pPr");
        if self.row.is_none() && !self.continued {
            self.end_paragraph();
        }
        self.continued = false;
        match (&mut self.open, self.row) {
            (Some(open), _) => open.rich.space(),
            (None, _) => {
                let paragraph = self.begun(properties);
                self.open = Some(paragraph);
            }
        }
        for &child in tree.children(id) {
            if tree.name(child) != "pPr" {
                self.inline(child);
            }
        }
        // A paragraph whose mark was deleted goes on in the next one.
        let mark = properties.and_then(|p| tree.child(p, "rPr"));
        self.continued = mark.is_some_and(|m| tree.child(m, "del").is_some());
        if self.row.is_none() && !self.continued {
            self.end_paragraph();
        }
    }

    fn begun(&mut self, properties: Option<NodeId>) -> Paragraph {
        let tree = self.tree;
        let styles = &self.parts.styles;
        let style = properties.and_then(|p| tree.child(p, "pStyle")).and_then(|s| tree.attribute(s, "val"));
        let mut role = styles.role(style);
        let mut list = styles.list(style);
        let mut is_indented = false;
        if let Some(properties) = properties {
            match styles::outline(tree, properties) {
                Some(depth) if depth < 9 && role != Role::Title => role = Role::Heading(depth + 1),
                Some(_) if matches!(role, Role::Heading(_)) => role = Role::Text,
                _ => {}
            }
            if let Some((number, level)) = styles::list_place(tree, properties) {
                list = match number {
                    Some(number) if number == "0" => None,
                    Some(number) => Some(ListPlace { number, level }),
                    None => list.map(|l| ListPlace { level, ..l }),
                };
            }
            let indent = tree.child(properties, "ind");
            let left = indent.and_then(|i| tree.attribute(i, "left").or_else(|| tree.attribute(i, "start")));
            is_indented = left.and_then(|l| l.parse::<i32>().ok()).is_some_and(|l| l > 0);
        }
        Paragraph {
            place: self.row.unwrap_or(Place::Text),
            role,
            list: if self.row.is_some() { None } else { list },
            rich: Rich::default(),
            bookmarks: std::mem::take(&mut self.waiting_bookmarks),
            links: Vec::new(),
            aside: Vec::new(),
            in_list_of_works: self.lists_of_works > 0,
            is_bold: true,
            is_indented,
            marks: styles.marks(style),
        }
    }

    /// Ends the open paragraph; what stands apart from it follows it.
    pub(super) fn end_paragraph(&mut self) {
        self.flush_citation();
        let Some(mut paragraph) = self.open.take() else { return };
        self.text.push('\n');
        let aside = std::mem::take(&mut paragraph.aside);
        if !paragraph.rich.is_empty() {
            self.paragraphs.push(paragraph);
        } else {
            self.waiting_bookmarks.append(&mut paragraph.bookmarks);
        }
        self.paragraphs.extend(aside);
    }

    /// Text in the open paragraph.
    pub(super) fn push(&mut self, piece: &str, marks: Marks) {
        let in_instruction = self.fields.iter().any(|f| f.meaning.is_none());
        if self.left_out > 0 || in_instruction || piece.is_empty() {
            return;
        }
        let Some(open) = &mut self.open else { return };
        let marks = marks.or(open.marks);
        if marks.hidden == Some(true) {
            return;
        }
        let is_raised = marks.raised == Some(true);
        let is_space = piece.trim().is_empty();
        if !is_space && !is_raised && marks.bold != Some(true) {
            open.is_bold = false;
        }
        if let Some(citation) = &mut self.citation {
            citation.text.push_str(piece);
            citation.is_raised &= is_raised || is_space;
            return;
        }
        let start = self.text.len();
        self.text.push_str(piece);
        if !is_raised || is_space {
            return open.rich.push(piece, start, Mask::Text);
        }
        let at = open.rich.next_place();
        // Raised signs after a full stop end with its sentence, as a closing quotation mark does.
        open.rich.push(piece, start, Mask::Quote);
        match open.rich.raised.last_mut() {
            // Several runs of one superscript.
            Some(last) if last.end == at => last.end = open.rich.text.len(),
            _ => open.rich.raise(at),
        }
    }

    /// Puts the result of a citation into the paragraph.
    pub(super) fn flush_citation(&mut self) {
        let Some(citation) = &mut self.citation else { return };
        let text = std::mem::take(&mut citation.text);
        let is_raised = std::mem::replace(&mut citation.is_raised, true);
        let pointers: Vec<Pointer> = citation.works.iter().map(|w| Pointer::Id(super::super::work_id(*w))).collect();
        let Some(open) = &mut self.open else { return };
        let printed = text.trim();
        if printed.is_empty() {
            return open.rich.push(&text, self.text.len(), Mask::Text);
        }
        let lead = text.len() - text.trim_start().len();
        let start = self.text.len();
        self.text.push_str(&text);
        open.rich.push(&text[..lead], start, Mask::Text);
        let at = open.rich.next_place();
        let mask = match printed {
            _ if is_raised => Mask::Quote,
            p if p.starts_with(['(', '[']) => Mask::Citation,
            _ => Mask::Text,
        };
        open.rich.push(printed, start + lead, mask);
        if is_raised {
            open.rich.raise(at);
        }
        open.rich.cite(at, pointers);
        open.rich.push(&text[lead + printed.len()..], start + lead + printed.len(), Mask::Text);
    }
}
