//! Footnotes and endnotes, where the text refers to them.

use std::collections::HashMap;

use super::super::super::markup::{NodeId, Tree};
use super::super::super::rich::{Mask, Pointer};
use super::{Paragraph, Parts, Walker};

/// A note with fewer letters of its own than this says no more than what it cites.
const FEWEST_LETTERS: usize = 40;

/// The notes of a document that the text has not come to yet.
#[derive(Debug, Default)]
pub(in super::super) struct Notes {
    /// By the kind of note and its id: the part and the element.
    waiting: HashMap<(&'static str, String), (usize, NodeId)>,
    met: usize,
}

impl Notes {
    pub fn new(parts: &Parts) -> Self {
        let mut waiting = HashMap::new();
        for (kind, part, tree) in parts.notes() {
            for node in tree.below(Tree::ROOT).into_iter().filter(|&n| tree.name(n) == kind) {
                // Separators are notes, too.
                if tree.attribute(node, "type").is_none_or(|t| t == "normal") {
                    let id = tree.attribute(node, "id").unwrap_or_default().to_owned();
                    waiting.insert((kind, id), (part, node));
                }
            }
        }
        Self { waiting, met: 0 }
    }
}

impl Walker<'_> {
    /// A reference to a note: the note is read here, once.
    pub(super) fn note(&mut self, kind: &'static str, id: &str) {
        if self.left_out > 0 {
            return;
        }
        let Some((part, node)) = self.notes.waiting.remove(&(kind, id.to_owned())) else { return };
        self.notes.met += 1;
        let number = self.notes.met.to_string();
        let paragraphs = self.apart(part, node);
        let cites = |p: &Paragraph| p.rich.cites.iter().flat_map(|c| c.pointers.clone()).collect::<Vec<_>>();
        let mut pointers: Vec<Pointer> = Vec::new();
        for pointer in paragraphs.iter().flat_map(cites) {
            if !pointers.contains(&pointer) {
                pointers.push(pointer);
            }
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let own: usize = paragraphs
            .iter()
            .map(|p| {
                let cited: usize = p.rich.cites.iter().map(|c| letters(&p.rich.text[c.range.clone()])).sum();
                letters(&p.rich.text) - cited
            })
            .sum();
        if pointers.is_empty() || own >= FEWEST_LETTERS {
            if let Some(open) = &mut self.open {
                open.aside.extend(paragraphs);
            }
            return;
        }
        // What the note cites backs the sentence that refers to it.
        let start = self.text.len();
        self.text.push_str(&number);
        let Some(open) = &mut self.open else { return };
        let at = open.rich.next_place();
        open.rich.push(&number, start, Mask::Quote);
        open.rich.raise(at);
        open.rich.cite(at, pointers);
    }

    /// Reads what stands apart from the open paragraph: a note, a text box.
    pub(super) fn apart(&mut self, part: usize, node: NodeId) -> Vec<Paragraph> {
        let before = (
            self.tree,
            self.part,
            self.open.take(),
            self.citation.take(),
            self.row.take(),
            std::mem::take(&mut self.fields),
            std::mem::take(&mut self.paragraphs),
            std::mem::take(&mut self.continued),
        );
        (self.tree, self.part) = (self.parts.tree(part), part);
        self.blocks(node);
        self.end_paragraph();
        while !self.fields.is_empty() {
            self.end();
        }
        let paragraphs = std::mem::take(&mut self.paragraphs);
        (self.tree, self.part, self.open, self.citation, self.row, self.fields, self.paragraphs, self.continued) =
            before;
        paragraphs
    }
}
