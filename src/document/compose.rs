//! Headings, paragraphs and items, as readers of marked-up formats find them → the claims of a document.
//!
//! Where a format says what is a heading, a list or a citation, nothing is guessed; the one thing looked for is the
//! reference list under its usual heading, for documents that print it as plain paragraphs.

use std::collections::HashMap;
use std::ops::Range;

use super::headings::{self, Known, ListName};
use super::rich::{Pointer, Rich};
use super::{
    CitedTarget, Claim, ClaimKind, Document, MarkedCitation, Notice, PathPart, RawReference, Section, entry, furniture,
};
use crate::text::{ScalarOffsets, Span, sentences};
use crate::work::Work;

/// All paths of a document together have no more steps.
const MAX_PATH_PARTS: usize = 4_000_000;
/// Lists within lists beyond this depth are read as part of the last one.
const MAX_ITEMS: usize = 64;
/// A range "[3–9]" printed as two citations covers no more references.
const MAX_RANGE: usize = 100;

/// What a heading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Text,
    /// Thanks and declarations: only what cites is a claim.
    BackMatter,
    /// A reference list printed as paragraphs or items; what else stands there is text only when it cites.
    References,
    /// Notes, or works to read: a reference list where its paragraphs are entries.
    Notes,
}

/// How many of the text's own words a sentence must have.
const FEWEST_LETTERS: usize = 2;

/// How many words a sentence has that opens an item of several.
const FEWEST_WORDS: usize = 4;

/// Headings, folded, of what stands first in an article.
const ABSTRACTS: &[&str] = &[
    "abstract",
    "summary",
    "highlights",
    "graphical abstract",
    "author summary",
    "key points",
    "significance",
    "resumo",
    "resumen",
    "resume",
    "zusammenfassung",
];

/// "Figure 12." is the label of a picture; what is longer says something of it. In bytes.
const LONGEST_LABEL: usize = 16;

/// An open list item.
#[derive(Debug)]
struct Item {
    marker: Option<String>,
    claim: Option<usize>,
}

/// A claim whose citations are not resolved yet.
#[derive(Debug)]
struct Draft {
    claim: Claim,
    source: Range<usize>,
    cites: Vec<(Range<usize>, Vec<Pointer>)>,
}

/// What the markup of a paragraph says of it, should it be an entry of the reference list.
#[derive(Debug, Default)]
pub(super) struct EntryMarks {
    /// The ids under which it is cited.
    pub ids: Vec<String>,
    /// The number that is printed before it without being part of its text.
    pub label: Option<String>,
    pub known: Option<Work>,
}

/// Collects what a reader finds and makes a document of it.
#[derive(Debug)]
pub(super) struct Composer<'s> {
    /// What spans count in.
    source: &'s str,
    given: Option<String>,
    pub document: Document,
    /// Where keys of a bibliography are named: bytes of the source that hold the key, perhaps with a sign or brackets.
    pub named_keys: Vec<(String, Range<usize>)>,
    drafts: Vec<Draft>,
    sections: Vec<(String, Range<usize>)>,
    references: Vec<(RawReference, Range<usize>)>,
    /// Index of the reference under each of its ids and keys.
    ids: HashMap<String, usize>,
    path: Vec<(usize, String)>,
    items: Vec<Item>,
    part: Part,
    path_parts: usize,
    expected: EntryMarks,
}

impl<'s> Composer<'s> {
    /// `given` is the heading of the reference list where the user named it.
    pub fn new(source: &'s str, given: Option<&str>) -> Self {
        Self {
            source,
            given: given.map(str::to_owned),
            document: Document::default(),
            named_keys: Vec::new(),
            drafts: Vec::new(),
            sections: Vec::new(),
            references: Vec::new(),
            ids: HashMap::new(),
            path: Vec::new(),
            items: Vec::new(),
            part: Part::Text,
            path_parts: 0,
            expected: EntryMarks::default(),
        }
    }

    /// A heading; `depth` counts from 1. Spans of all ranges are bytes of the source.
    pub fn heading(&mut self, depth: usize, title: &str, source: Range<usize>) {
        let title = crate::text::collapse_spaces(headings::title(title));
        if title.is_empty() {
            return;
        }
        self.items.clear();
        // What a page prints above its abstract is no text of the document.
        if self.sections.is_empty() && ABSTRACTS.contains(&crate::text::fold(&title).as_str()) {
            self.drafts.clear();
        }
        self.path.retain(|(d, _)| *d < depth);
        self.part = match headings::known(&title) {
            _ if self.list_name(&title).is_some_and(|name| name > ListName::FurtherReading) => Part::References,
            _ if self.list_name(&title).is_some() => Part::Notes,
            Some(Known::BackMatter) => Part::BackMatter,
            // A part of the back matter belongs to it.
            _ if self.part == Part::BackMatter && !self.path.is_empty() => Part::BackMatter,
            _ => Part::Text,
        };
        self.path.push((depth, title.clone()));
        self.sections.push((title, source));
    }

    fn list_name(&self, title: &str) -> Option<ListName> {
        headings::reference_list(title, self.given.as_deref())
    }

    /// Leaves all sections: what comes next stands under no heading.
    pub fn leave_sections(&mut self) {
        self.path.clear();
        self.items.clear();
        self.part = Part::Text;
    }

    /// Leaves the sections of this depth and deeper ones.
    pub fn leave(&mut self, depth: usize) {
        if self.path.last().is_some_and(|(d, _)| *d >= depth) {
            self.path.retain(|(d, _)| *d < depth);
            self.items.clear();
            if self.path.is_empty() {
                self.part = Part::Text;
            }
        }
    }

    /// A paragraph: a claim a sentence. Inside an item it belongs to that.
    pub fn paragraph(&mut self, rich: &Rich) {
        if self.is_reference(rich) {
            return;
        }
        if rich.cites.is_empty() && furniture::is_of_document(&rich.text) {
            return;
        }
        let mut label = None;
        for range in sentences(&rich.mask) {
            // "Figure 3." belongs to what it shows.
            let text = &rich.text[range.clone()];
            if range.start == 0 && text.len() < LONGEST_LABEL && headings::is_caption(text) {
                label = Some(0);
                continue;
            }
            self.claim(rich, label.take().unwrap_or(range.start)..range.end, ClaimKind::Sentence);
        }
    }

    /// Something that is one claim whatever sentences it has: a row of a table, a term with its definition.
    pub fn whole(&mut self, rich: &Rich) {
        if !self.is_reference(rich) {
            self.claim(rich, 0..rich.text.len(), ClaimKind::Sentence);
        }
    }

    /// Opens an item of a list with its own text, which may be empty.
    pub fn open_item(&mut self, marker: Option<String>, rich: &Rich) {
        if self.items.len() >= MAX_ITEMS {
            self.items.pop();
        }
        let is_bullet = marker.is_none();
        self.items.push(Item { marker, claim: None });
        if self.is_reference(rich) {
            return;
        }
        let whole = 0..rich.text.len();
        let mut pieces = if is_bullet { item_sentences(&rich.mask) } else { vec![whole] }.into_iter();
        if let Some(first) = pieces.next()
            && let Some(index) = self.claim(rich, first, ClaimKind::OutlineItem)
            && let Some(item) = self.items.last_mut()
        {
            item.claim = Some(index);
        }
        for piece in pieces {
            self.claim(rich, piece, ClaimKind::Sentence);
        }
    }

    pub fn close_item(&mut self) {
        self.items.pop();
    }

    /// An entry of the reference list with the ids under which it is cited.
    pub fn reference(&mut self, reference: RawReference, ids: impl IntoIterator<Item = String>, source: Range<usize>) {
        for id in ids {
            self.ids.entry(id).or_insert(self.references.len());
        }
        self.references.push((reference, source));
    }

    /// What the markup says of the next paragraph, item or row, should it be an entry of the reference list.
    pub fn expect(&mut self, marks: EntryMarks) {
        self.expected = marks;
    }

    /// How many entries there are so far.
    pub fn entry_count(&self) -> usize {
        self.references.len()
    }

    /// The texts of the entries so far.
    pub fn entries(&self) -> Vec<&str> {
        self.references.iter().map(|(r, _)| r.text.as_str()).collect()
    }

    /// Says which work an entry prints, and another id under which it is cited. What was known of the entry fills in
    /// what the record does not say.
    pub fn recognise(&mut self, entry: usize, work: &Work, id: String) {
        let Some((reference, _)) = self.references.get_mut(entry) else { return };
        let mut work = work.clone();
        for (field, value) in reference.known.take().into_iter().flat_map(|k| k.fields) {
            work.fields.entry(field).or_insert(value);
        }
        reference.known = Some(work);
        self.ids.entry(id).or_insert(entry);
    }

    pub fn note(&mut self, message: impl Into<String>) {
        self.document.notices.push(Notice { message: message.into(), span: None });
    }

    /// Under the heading of the reference list paragraphs and items are its entries.
    fn is_reference(&mut self, rich: &Rich) -> bool {
        let expected = std::mem::take(&mut self.expected);
        if !matches!(self.part, Part::References | Part::Notes) || rich.is_empty() {
            return false;
        }
        if furniture::is_of_document(&rich.text) {
            return false;
        }
        let text = furniture::strip_link_labels(&rich.text);
        let (label, from) = match entry::label(text) {
            Some((entry::Label::Number { text, .. } | entry::Label::Bracket(text), from)) => (Some(text), from),
            Some((entry::Label::Bullet, from)) => (None, from),
            None => (None, 0),
        };
        let label = label.map(str::to_owned).or(expected.label);
        let labelled = from > 0 || !self.items.is_empty();
        if !entry::is_like_entry(&text[from..], labelled) {
            return false;
        }
        let source = rich.source(from..text.len());
        let (text, known) = (text[from..].to_owned(), expected.known);
        self.reference(RawReference { label, text, known, ..RawReference::default() }, expected.ids, source);
        true
    }

    fn claim(&mut self, rich: &Rich, range: Range<usize>, kind: ClaimKind) -> Option<usize> {
        let text = &rich.text[range.clone()];
        // Citations and superscripts are in the order of the text.
        let first = rich.cites.partition_point(|c| c.range.start < range.start);
        let cites: Vec<(Range<usize>, Vec<Pointer>)> = rich.cites[first..]
            .iter()
            .take_while(|c| c.range.start < range.end)
            .filter(|c| c.range.end <= range.end)
            .map(|c| (c.range.start - range.start..c.range.end - range.start, c.pointers.clone()))
            .collect();
        let is_word = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS;
        let is_aside = matches!(self.part, Part::BackMatter | Part::References);
        if cites.is_empty() && (is_aside || !text.split(' ').any(is_word)) {
            return None;
        }
        let mut path: Vec<PathPart> = self.path.iter().map(|(_, t)| PathPart::Heading(t.clone())).collect();
        path.extend(self.items.iter().filter_map(|i| i.marker.clone()).map(PathPart::Marker));
        self.path_parts += path.len() + 1;
        if self.path_parts > MAX_PATH_PARTS {
            return None;
        }
        let mut offsets = ScalarOffsets::new(text);
        let first = rich.raised.partition_point(|r| r.start < range.start);
        let raised = rich.raised[first..]
            .iter()
            .take_while(|r| r.end <= range.end)
            .map(|r| offsets.span(r.start - range.start..r.end - range.start))
            .collect();
        let parent = self.items.iter().rev().find_map(|i| i.claim);
        let source = rich.source(range.clone());
        let claim =
            Claim { path, parent, kind, text: text.to_owned(), span: Span::default(), marked: Vec::new(), raised };
        self.drafts.push(Draft { claim, source, cites });
        Some(self.drafts.len() - 1)
    }

    /// The document, with the citations bound to the entries of its own reference list.
    pub fn finish(mut self) -> Document {
        let ids = self.ids;
        let bind = |pointer: &Pointer| match pointer {
            Pointer::Id(id) => ids.get(id).map(|&i| CitedTarget::Reference(i)),
            Pointer::Key(key) => {
                Some(ids.get(key).map_or_else(|| CitedTarget::Key(key.clone()), |&i| CitedTarget::Reference(i)))
            }
        };
        let mut offsets = ScalarOffsets::new(self.source);
        let length = self.source.len();
        let mut span = |r: Range<usize>| {
            let at =
                |byte: usize, text: &str| (0..=byte.min(length)).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(0);
            let (start, end) = (at(r.start, self.source), at(r.end, self.source));
            offsets.span(start..end.max(start))
        };
        for draft in self.drafts {
            let mut claim = draft.claim;
            claim.span = span(draft.source);
            let bound: Vec<(Range<usize>, Vec<CitedTarget>)> = draft
                .cites
                .into_iter()
                .map(|(range, pointers)| (range, pointers.iter().filter_map(bind).collect::<Vec<_>>()))
                .filter(|(_, targets)| !targets.is_empty())
                .collect();
            claim.marked = marked(&claim.text, bound);
            self.document.claims.push(claim);
        }
        for (title, source) in self.sections {
            let span = span(source);
            self.document.sections.push(Section { title, span });
        }
        for (mut reference, source) in self.references {
            reference.span = span(source);
            self.document.references.push(reference);
        }
        self.document
    }
}

/// The claims of an item that has a bullet and no marker: its sentences, where the first is one and no term or name
/// that the others explain.
pub(super) fn item_sentences(text: &str) -> Vec<Range<usize>> {
    let pieces = sentences(text);
    let first = pieces.first().map_or("", |r| &text[r.clone()]);
    let whole = 0..text.len();
    if first.split(' ').count() < FEWEST_WORDS && !text.is_empty() { vec![whole] } else { pieces }
}

/// The citations of a claim: those that are alone in brackets with them, and the references between two that are
/// printed as the ends of a range.
fn marked(text: &str, cites: Vec<(Range<usize>, Vec<CitedTarget>)>) -> Vec<MarkedCitation> {
    let mut joined: Vec<(Range<usize>, Vec<CitedTarget>)> = Vec::new();
    for (range, targets) in cites {
        if let Some((before, ends)) = joined.last_mut() {
            if range.start < before.end {
                continue;
            }
            let between = text[before.end..range.start].trim();
            let is_dash =
                !between.is_empty() && between.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '‐' | '‑'));
            if let (true, Some(&CitedTarget::Reference(a)), [CitedTarget::Reference(b)]) =
                (is_dash, ends.last(), &targets[..])
                && a < *b
                && b - a <= MAX_RANGE
            {
                ends.extend((a + 1..=*b).map(CitedTarget::Reference));
                before.end = range.end;
                continue;
            }
        }
        joined.push((range, targets));
    }
    let mut offsets = ScalarOffsets::new(text);
    joined
        .into_iter()
        .map(|(range, targets)| {
            let pair = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
            let alone = matches!(pair, (Some('['), Some(']')) | (Some('('), Some(')')));
            let range = if alone { range.start - 1..range.end + 1 } else { range };
            MarkedCitation { span: offsets.span(range), targets }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::rich::Mask;
    use super::*;

    #[test]
    fn ranges_and_brackets() {
        let mut composer = Composer::new("", None);
        for id in ["a", "b", "c", "d"] {
            composer.reference(RawReference::default(), [id.to_owned()], 0..0);
        }
        let mut rich = Rich::default();
        for (piece, id) in [
            ("Bark [", None),
            ("1", Some("a")),
            ("–", None),
            ("4", Some("d")),
            ("] wood [", None),
            ("2", Some("b")),
            ("].", None),
        ] {
            let start = rich.next_place();
            rich.push(piece, 0, Mask::Text);
            if let Some(id) = id {
                rich.cite(start, vec![Pointer::Id(id.to_owned())]);
            }
        }
        composer.paragraph(&rich);
        let document = composer.finish();
        let shown: Vec<(Span, usize)> = document.claims[0].marked.iter().map(|m| (m.span, m.targets.len())).collect();
        assert_eq!(shown, [(Span { start: 5, end: 10 }, 4), (Span { start: 16, end: 19 }, 1)]);
    }

    #[test]
    fn a_printed_reference_list() {
        let mut composer = Composer::new("", None);
        let rich = |text: &str| {
            let mut rich = Rich::default();
            rich.push(text, 0, Mask::Text);
            rich
        };
        composer.heading(1, "Bark", 0..0);
        composer.paragraph(&rich("Bark burns. It is light."));
        composer.heading(1, "References", 0..0);
        composer.paragraph(&rich("Roe, J. (2001). Birch bark. Wood, 3, 4–7."));
        composer.paragraph(&rich("[2] Doe, A. (1999). Alder. Wood, 1, 12–19. Google Scholar"));
        let document = composer.finish();
        assert_eq!((document.claims.len(), document.sections.len(), document.references.len()), (2, 2, 2));
        assert_eq!(document.references[1].label.as_deref(), Some("2"));
        assert_eq!(document.references[1].text, "Doe, A. (1999). Alder. Wood, 1, 12–19.");
    }
}
