//! The text between front matter and reference list: sections, outline items and sentences.

use std::collections::HashSet;

use super::clean::Clean;
use super::compose::item_sentences;
use super::furniture::{self, Furniture};
use super::headings::{self, Known};
use super::join::{Joined, Joiner};
use super::lines::{Line, Unit};
use super::marker::{Marker, Numbering, Punctuation, Token, readings};
use super::outline::Outline;
use super::shape::{Shape, is_ellipsis, is_row, shape};
use super::{Claim, ClaimKind, PathPart, Section};
use crate::text::sentences;

/// All paths of a document together have no more steps. An outline a thousand levels deep keeps well below.
const MAX_PATH_PARTS: usize = 4_000_000;

/// How far the second item of a list may be from its first, in units.
const LOOK_AHEAD: usize = 100;

/// What the body of a document holds.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub sections: Vec<Section>,
    pub claims: Vec<Claim>,
    /// The line of the publisher that says that this is a preview.
    pub preview: Option<String>,
    /// The text ends in "…".
    pub ends_in_ellipsis: bool,
    /// There were more claims than can be held.
    pub is_overfull: bool,
}

/// What part of the page a unit is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Text,
    /// A section without claims.
    BackMatter,
    /// Page furniture, until a section of the document is named.
    Furniture,
    /// Links, until something else than a list of names comes.
    Links,
}

pub(super) struct Reader<'r, 'a> {
    pub clean: &'r Clean,
    pub lines: &'r [Line<'a>],
    pub units: &'r [Unit<'a>],
    pub joiner: &'r mut Joiner,
    /// For each unit what it looks like.
    shapes: Vec<Shape>,
    /// For each unit the shape after the run of heading-like units it is in, and how many are left of that run.
    after: Vec<(Shape, usize)>,
    /// The page marks its headings ("[edit]"), so that other lines are none.
    has_edit_links: bool,
    body: Body,
    part: Part,
    /// The headings that lead to where the reader is: their depth and title.
    path: Vec<(usize, String)>,
    /// Whether the section's own parts follow without numbers.
    takes_parts: bool,
    takes_names: bool,
    outline: Outline,
    /// The paragraph being read stands inside the innermost open item.
    in_item: bool,
    /// Captions already read: pages print them under the small and the large picture.
    captions: HashSet<String>,
    path_parts: usize,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub fn new(clean: &'r Clean, lines: &'r [Line<'a>], units: &'r [Unit<'a>], joiner: &'r mut Joiner) -> Self {
        let shapes: Vec<Shape> = units.iter().map(|u| shape(lines, u)).collect();
        let mut after = vec![(Shape::Nothing, 0); units.len()];
        let (mut next, mut run) = (Shape::Nothing, 0);
        for i in (0..units.len()).rev() {
            if shapes[i] == Shape::HeadingLike {
                run += 1;
            } else {
                (next, run) = (shapes[i], 0);
            }
            after[i] = (next, run);
        }
        Self {
            clean,
            lines,
            units,
            joiner,
            shapes,
            after,
            has_edit_links: lines.iter().filter(|l| headings::has_edit_link(l.text)).count() > 1,
            body: Body::default(),
            part: Part::Text,
            path: Vec::new(),
            takes_parts: false,
            takes_names: false,
            outline: Outline::default(),
            in_item: false,
            captions: HashSet::new(),
            path_parts: 0,
        }
    }

    /// Reads the units of one stretch of the document.
    pub fn read(&mut self, range: std::ops::Range<usize>) {
        let mut i = range.start;
        let mut after_heading = false;
        while i < range.end && !self.body.is_overfull {
            let mut heading = false;
            let mut used = 1;
            match self.shapes[i] {
                Shape::Furniture => self.furniture(i),
                Shape::Nothing => {}
                _ if self.is_heading(i, range.end, after_heading) => {
                    self.heading(i, after_heading);
                    heading = true;
                }
                _ if matches!(self.part, Part::Furniture | Part::BackMatter) => {}
                Shape::Marker => used = self.item(i, range.end),
                Shape::HeadingLike | Shape::Prose if self.part == Part::Links => {
                    // A sentence is none of the names of a list of links.
                    if self.shapes[i] == Shape::Prose && self.text(i).ends_with('.') {
                        self.part = Part::Text;
                        self.prose(i, after_heading);
                    }
                }
                Shape::HeadingLike | Shape::Prose => self.prose(i, after_heading),
            }
            after_heading = heading || after_heading && self.shapes[i] == Shape::Furniture && self.part == Part::Text;
            i += used;
        }
    }

    pub fn finish(self) -> Body {
        self.body
    }

    pub fn section_count(&self) -> usize {
        self.body.sections.len()
    }

    /// What comes next belongs to no section read so far, and must name itself to count as text.
    pub fn leave_text(&mut self) {
        self.part = Part::Furniture;
        self.path.clear();
        self.outline.close();
    }

    /// What follows is text of the document in none of its sections.
    pub fn leave_sections(&mut self) {
        self.leave_text();
        self.part = Part::Text;
    }

    fn text(&self, unit: usize) -> &'a str {
        self.lines[self.units[unit].lines.start].text
    }

    fn furniture(&mut self, i: usize) {
        let text = self.text(i);
        match self.lines[self.units[i].lines.start].furniture {
            Some(Furniture::Part | Furniture::CiteThis) => self.part = Part::Furniture,
            Some(Furniture::Links) => self.part = Part::Links,
            Some(Furniture::Preview) => {
                self.body.preview.get_or_insert_with(|| text.to_owned());
                self.part = Part::Furniture;
            }
            _ => {}
        }
    }

    /// Whether unit `i` is the heading of what follows it.
    fn is_heading(&self, i: usize, end: usize, after_heading: bool) -> bool {
        let line = self.text(i);
        let edit_link = |text: &str| headings::has_edit_link(text) && headings::title(text).is_empty();
        if headings::has_edit_link(line) || i + 1 < end && edit_link(self.text(i + 1)) {
            return true;
        }
        let known = headings::known(line);
        let numbered = headings::number_depth(line);
        let unit = &self.units[i];
        if self.outline.is_open() && unit.indent > self.outline.indent() && unit.marker.is_none() {
            return false;
        }
        if let Some(marker) = unit.marker {
            return self.is_numbered_heading(i, end, &marker);
        }
        if numbered > 1 && headings::has_form(line) && unit.lines.len() == 1 {
            return true;
        }
        if self.shapes[i] != Shape::HeadingLike {
            return false;
        }
        let next = if i + 1 < end { self.shapes[i + 1] } else { Shape::Nothing };
        let (follows, run) = self.after[i];
        let has_content = matches!(follows, Shape::Prose | Shape::Marker) && i + run < end;
        if known.is_some() {
            // In lists of links the names of sections follow each other.
            return self.part != Part::Furniture || has_content && run <= 2;
        }
        if self.has_edit_links {
            return false;
        }
        match self.part {
            Part::Furniture => return false,
            Part::Links if !matches!(self.shapes.get(i + 1), Some(Shape::Prose | Shape::Marker)) => return false,
            _ => {}
        }
        if self.takes_names && after_heading {
            return false;
        }
        match next {
            Shape::Prose | Shape::Marker => true,
            // Many short lines in a row are the cells of a table or the items of a list.
            Shape::HeadingLike if run > 4 => !after_heading && headings::is_title_case(line),
            Shape::HeadingLike => headings::is_title_case(line) || !after_heading && has_content && !self.takes_names,
            Shape::Furniture | Shape::Nothing => {
                !after_heading && !self.takes_names && headings::is_title_case(line) && !self.outline.is_open()
            }
        }
    }

    /// "2. Results" is a heading where text follows it, and an outline item where "3. …" does.
    fn is_numbered_heading(&self, i: usize, end: usize, marker: &Marker<'_>) -> bool {
        let line = self.text(i);
        let unit = &self.units[i];
        let decimal = matches!(marker.token, Token::Ordinal { text, punctuation: Punctuation::Stop }
            if readings(text).any(|r| r.0 == Numbering::Decimal));
        if !decimal || marker.counter.is_some() || unit.lines.len() > 1 || !headings::has_form(line) {
            return false;
        }
        if headings::known(line).is_some() {
            return true;
        }
        let Some(next) = (i + 1 < end).then(|| &self.units[i + 1]) else { return false };
        let next_line = self.lines[next.lines.start].text;
        if self.outline.is_continued_by(marker) || next.indent > unit.indent {
            return false;
        }
        headings::number_depth(next_line) > 1 && next.marker.is_none()
            || self.shapes[i + 1] == Shape::Prose && next_line.len() >= 80 && headings::is_title_case(line)
    }

    fn heading(&mut self, i: usize, after_heading: bool) {
        let line = self.text(i);
        let known = headings::known(line);
        let title = headings::title(line).to_owned();
        let numbered = headings::number_depth(line);
        let depth = match (numbered, known) {
            (1.., _) => numbered,
            (0, Some(_)) => 1,
            _ if headings::has_edit_link(line) => 1,
            // A heading right below another is a part of it, and so are those that follow it.
            _ if after_heading && !self.path.is_empty() => {
                self.takes_parts = true;
                self.path.last().map_or(1, |(depth, _)| depth + 1).min(2)
            }
            _ if self.takes_parts && !self.path.is_empty() => 2,
            _ => 1,
        };
        if depth == 1 {
            self.takes_parts = known == Some(Known::MainWithParts);
        }
        self.takes_names = known == Some(Known::Names);
        self.part = if known == Some(Known::BackMatter) { Part::BackMatter } else { Part::Text };
        self.path.retain(|(d, _)| *d < depth);
        self.path.push((depth, title.clone()));
        self.outline.close();
        self.body.ends_in_ellipsis = false;
        let start = self.lines[self.units[i].lines.start].start;
        self.body.sections.push(Section { span: self.clean.span(start..start + title.len()), title });
    }

    /// An outline item; says how many units it took.
    fn item(&mut self, i: usize, end: usize) -> usize {
        let unit = &self.units[i];
        let Some(marker) = unit.marker else { return 1 };
        if self.part == Part::Links {
            return 1;
        }
        let before = i.checked_sub(1).map_or("", |b| self.text(b));
        let is_caption = before.len() < 16 && headings::is_caption(before);
        if is_caption || !self.is_item(i, &marker) {
            self.prose(i, false);
            return 1;
        }
        if self.outline.is_open()
            && self.after_prose(i)
            && !self.outline.is_continued_by(&marker)
            && unit.indent <= self.outline.indent()
        {
            self.outline.close();
        }
        self.outline.place(&marker, unit.indent);
        let mut joined = Joined::default();
        for n in unit.lines.clone() {
            let line = &self.lines[n];
            let from = if n == unit.lines.start { marker.length } else { 0 };
            let linked_back = if from > 0 && line.text[from..].starts_with("^ ") { 2 } else { 0 };
            let from = from + linked_back;
            self.joiner.add(&mut joined, &line.text[from..], line.start + from);
        }
        let mut used = 1;
        // The text of a marker alone in its line, and further paragraphs of the item, stand below it.
        while i + used < end {
            let next = i + used;
            let below = self.units[next].indent > unit.indent;
            let is_text = matches!(self.shapes[next], Shape::Prose | Shape::HeadingLike);
            let goes_on = joined.is_empty() || below && joined.text.ends_with(['.', ':', ',']);
            if !is_text || !goes_on || is_ellipsis(self.text(next)) || headings::is_caption(self.text(next)) {
                break;
            }
            self.add_unit(&mut joined, next);
            used += 1;
        }
        if furniture::is_of_document(&joined.text) {
            return used;
        }
        if joined.is_empty() || is_ellipsis(&joined.text) {
            self.body.ends_in_ellipsis |= is_ellipsis(&joined.text);
        } else {
            let is_bullet = matches!(marker.token, Token::Bullet(_)) && marker.counter.is_none();
            let whole = 0..joined.text.len();
            let mut pieces = if is_bullet { item_sentences(&joined.text) } else { vec![whole] }.into_iter();
            if let Some(index) = pieces.next().and_then(|first| self.push(&joined, first, ClaimKind::OutlineItem)) {
                self.outline.set_claim(index);
            }
            self.in_item = true;
            for piece in pieces {
                self.push(&joined, piece, ClaimKind::Sentence);
            }
        }
        used
    }

    fn after_prose(&self, i: usize) -> bool {
        i > 0 && self.shapes[i - 1] == Shape::Prose && self.units[i - 1].marker.is_none()
    }

    /// Whether a marker is one: "A. niger was grown." and "I. Roe showed" begin sentences.
    fn is_item(&self, i: usize, marker: &Marker<'_>) -> bool {
        let Token::Ordinal { text, punctuation: Punctuation::Stop } = marker.token else { return true };
        let rest = &self.text(i)[marker.length..];
        let initial = text.len() == 1 && text.starts_with(|c: char| c.is_ascii_uppercase());
        if !initial || rest.is_empty() || marker.counter.is_some() {
            return true;
        }
        // Who writes "A." as a marker goes on to "B.".
        let second = match text {
            "A" => "B",
            "I" => "II",
            _ => "",
        };
        let is_second = |u: &Unit<'_>| matches!(u.marker, Some(Marker { token: Token::Ordinal { text, punctuation: Punctuation::Stop }, .. }) if text == second);
        rest.starts_with(char::is_uppercase)
            && (self.outline.is_continued_by(marker)
                || self.outline.is_open() && self.units[i].indent > self.outline.indent()
                || !second.is_empty() && self.units[i + 1..].iter().take(LOOK_AHEAD).any(is_second))
    }

    fn prose(&mut self, i: usize, after_heading: bool) {
        let line = self.text(i);
        if is_ellipsis(line) {
            self.body.ends_in_ellipsis = true;
            return;
        }
        // The name of a picture; its caption is the next paragraph.
        if headings::is_caption(line) && line.len() < 16 && self.units[i].lines.len() == 1 {
            return;
        }
        if is_row(line) {
            // The first row of a table names its columns.
            let first = after_heading || i == 0 || !is_row(self.text(i - 1));
            let more = i + 1 < self.units.len() && is_row(self.text(i + 1));
            if first && more {
                return;
            }
        }
        // A paragraph below an item and indented under it belongs to the item.
        self.in_item = self.outline.is_open() && self.units[i].indent > self.outline.indent();
        let mut joined = Joined::default();
        self.add_unit(&mut joined, i);
        let is_caption = headings::is_caption(line);
        if furniture::is_of_document(line) {
            return;
        }
        if is_caption && !self.captions.insert(joined.text.clone()) {
            return;
        }
        self.body.ends_in_ellipsis = joined.text.ends_with("...") || joined.text.ends_with('…');
        if is_row(line) {
            self.push(&joined, 0..joined.text.len(), ClaimKind::Sentence);
            return;
        }
        // "Figure 3." belongs to what it shows.
        let mut label = None;
        for range in sentences(&joined.text) {
            if is_caption && range.start == 0 && range.len() < 16 && range.end < joined.text.len() {
                label = Some(0);
                continue;
            }
            let range = label.take().unwrap_or(range.start)..range.end;
            let text = &joined.text[range.clone()];
            if text.split(' ').any(is_word) && !is_ellipsis(text) {
                self.push(&joined, range, ClaimKind::Sentence);
            }
        }
    }

    fn add_unit(&mut self, joined: &mut Joined, unit: usize) {
        for n in self.units[unit].lines.clone() {
            self.joiner.add(joined, self.lines[n].text, self.lines[n].start);
        }
    }

    fn push(&mut self, joined: &Joined, range: std::ops::Range<usize>, kind: ClaimKind) -> Option<usize> {
        let mut path: Vec<PathPart> = self.path.iter().map(|(_, t)| PathPart::Heading(t.clone())).collect();
        let mut parent = None;
        match kind {
            ClaimKind::OutlineItem => {
                path.extend(self.outline.path());
                parent = self.outline.parent();
            }
            ClaimKind::Sentence if self.in_item => {
                path.extend(self.outline.path());
                parent = self.outline.claim();
            }
            ClaimKind::Sentence => {}
        }
        self.path_parts += path.len() + 1;
        if self.path_parts > MAX_PATH_PARTS {
            self.body.is_overfull = true;
            return None;
        }
        self.body.ends_in_ellipsis &= kind == ClaimKind::Sentence;
        let text = joined.text[range.clone()].to_owned();
        let span = self.clean.span(joined.source(range));
        self.body.claims.push(Claim { path, parent, kind, text, span, marked: Vec::new(), raised: Vec::new() });
        Some(self.body.claims.len() - 1)
    }
}

fn is_word(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() >= 2
}
