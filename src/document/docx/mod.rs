//! The reader of Word documents (`.docx`; ECMA-376, Office Open XML).
//!
//! `package` unpacks the parts of the file within bounds and `xml` makes trees of them; `styles` and `numbering` say what
//! paragraphs are; `walk` follows the text with its fields (`fields`), notes and revisions; `works` knows the records that
//! citations carry and finds them in the printed list; `compose` makes claims of it all. Revisions are read as accepted,
//! comments and what repeats on each page are not read.
//!
//! Spans count in the text of all paragraphs, one a line, since the file itself has no text to count in.

mod compose;
mod fields;
mod numbering;
mod package;
mod relations;
mod styles;
mod walk;
mod works;
mod xml;

use std::collections::HashMap;

use super::markup::{Node, Tree};
use super::{Document, ReadError, ReadOptions};
use numbering::Numbering;
use package::Package;
use relations::Relations;
use styles::Styles;
use walk::Walker;
use works::Works;

/// Where the text is when the file does not say.
const USUAL_PART: &str = "word/document.xml";

/// The parts of a document, read.
struct Parts {
    document: Tree,
    relations: Relations,
    footnotes: Option<(Tree, Relations)>,
    endnotes: Option<(Tree, Relations)>,
    styles: Styles,
}

impl Parts {
    /// The tree of a part: the document, its footnotes, its endnotes.
    fn tree(&self, part: usize) -> &Tree {
        match part {
            1 => self.footnotes.as_ref().map_or(&self.document, |n| &n.0),
            2 => self.endnotes.as_ref().map_or(&self.document, |n| &n.0),
            _ => &self.document,
        }
    }

    fn relations(&self, part: usize) -> &Relations {
        match part {
            1 => self.footnotes.as_ref().map_or(&self.relations, |n| &n.1),
            2 => self.endnotes.as_ref().map_or(&self.relations, |n| &n.1),
            _ => &self.relations,
        }
    }

    /// The parts that hold notes, with the name of their elements.
    fn notes(&self) -> impl Iterator<Item = (&'static str, usize, &Tree)> {
        let footnotes = self.footnotes.iter().map(|n| ("footnote", 1, &n.0));
        footnotes.chain(self.endnotes.iter().map(|n| ("endnote", 2, &n.0)))
    }
}

/// The id under which a work is cited and listed.
fn work_id(work: usize) -> String {
    format!("work {work}")
}

/// The id of the paragraph in which a bookmark stands.
fn bookmark_id(name: &str) -> String {
    format!("bookmark {name}")
}

/// Reads a document.
///
/// # Errors
/// What is no archive of a document, or is damaged, or unpacks to more than a document holds, is refused.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes)?;
    let root = Relations::of(&mut package, "")?;
    let name = root.first("officeDocument").unwrap_or(USUAL_PART).to_owned();
    let Some(part) = package.part(&name)? else {
        let reason = format!("it is an archive without the part {name} that holds the text; is it a file of Word?");
        return Err(ReadError::Package { reason });
    };
    let document = xml::parse(&part, &name)?;
    drop(part);
    let relations = Relations::of(&mut package, &name)?;
    let mut tree = |kind: &str| -> Result<Option<(Tree, Relations)>, ReadError> {
        let Some(name) = relations.first(kind) else { return Ok(None) };
        let Some(bytes) = package.part(name)? else { return Ok(None) };
        Ok(Some((xml::parse(&bytes, name)?, Relations::of(&mut package, name)?)))
    };
    let styles = tree("styles")?.map(|t| Styles::read(&t.0)).unwrap_or_default();
    let numbering = tree("numbering")?.map(|t| Numbering::read(&t.0)).unwrap_or_default();
    let (footnotes, endnotes) = (tree("footnotes")?, tree("endnotes")?);
    let mut works = Works::default();
    for name in relations.all("customXml") {
        let part = package.part(name)?.unwrap_or_default();
        for source in fields::sources(&part) {
            works.add(source);
        }
    }
    let bookmarked = match root.first("custom-properties").map(|name| package.part(name)).transpose()?.flatten() {
        Some(part) => bookmarked(&xml::parse(&part, "docProps/custom.xml")?),
        None => HashMap::new(),
    };
    let parts = Parts { document, relations, footnotes, endnotes, styles };
    let mut walker = Walker::new(&parts, works, bookmarked);
    walker.body();
    compose::compose(&walker.text, walker.paragraphs, &walker.works, numbering, options)
}

/// The instructions of citations that are kept as bookmarks: a property of the file for each 255 of their characters,
/// `ZOTERO_BREF_x_1`, `ZOTERO_BREF_x_2`.
fn bookmarked(tree: &Tree) -> HashMap<String, String> {
    let mut pieces: HashMap<&str, Vec<(usize, String)>> = HashMap::new();
    for node in tree.below(Tree::ROOT) {
        let name = tree.attribute(node, "name").unwrap_or_default();
        let Some((name, number)) = name.rsplit_once('_').filter(|_| name.starts_with("ZOTERO_BREF_")) else { continue };
        let Ok(number) = number.parse() else { continue };
        let text = tree.below(node).into_iter().filter_map(|n| match tree.node(n) {
            Node::Text { text, .. } => Some(text.as_str()),
            Node::Element { .. } => None,
        });
        pieces.entry(name).or_default().push((number, text.collect()));
    }
    pieces
        .into_iter()
        .map(|(name, mut pieces)| {
            pieces.sort_unstable_by_key(|p| p.0);
            let whole: String = pieces.into_iter().map(|p| p.1).collect();
            (name.to_owned(), format!("ADDIN {whole}"))
        })
        .collect()
}

#[cfg(test)]
mod tests;
