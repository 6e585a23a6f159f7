//! From the evaluated tree to text: delimiters and affixes are written out, quotation marks chosen by their depth,
//! and punctuation that meets is merged.
//!
//! The tree is first written as one flat list of events. Marks have no width there, so every rule about neighbours
//! is a rule about two strings that follow each other.

use citationberg::{Display, FontStyle, FontVariant, FontWeight, Formatting, TextDecoration, VerticalAlign};

use super::adjust::adjust;
use super::output::{Block, Mark, Node, Output, Run, Source, Span};
use super::tree::{Group, GroupRole, Piece, Quotes};

/// The quotation marks of a locale, and where punctuation goes that follows them.
#[derive(Debug, Clone, Default)]
pub(super) struct QuoteStyle {
    pub open: String,
    pub close: String,
    pub open_inner: String,
    pub close_inner: String,
    pub punctuation: PunctuationPlace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PunctuationPlace {
    #[default]
    Outside,
    Inside,
}

/// What becomes of round brackets that the style sets within round brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brackets {
    Kept,
    /// They become square, as notes have it.
    Alternate,
}

enum Event {
    Text(String, Source),
    Open(Mark),
    Close,
}

/// Writes the pieces out as text with marks, punctuation settled.
pub(super) fn settle(pieces: Vec<Piece>, quotes: &QuoteStyle, brackets: Brackets) -> Output {
    let mut all = Group { children: pieces, ..Group::default() };
    adjust(&mut all, quotes.punctuation);
    let mut flat = Flat { events: Vec::new(), quotes, open: Vec::new() };
    flat.group(&all, Formatting::default());
    let mut events = flat.events;
    if brackets == Brackets::Alternate {
        alternate(&mut events);
    }
    Output { nodes: nest(events) }
}

struct Flat<'a> {
    events: Vec<Event>,
    quotes: &'a QuoteStyle,
    /// The quotations that are open.
    open: Vec<Level>,
}

/// Which pair of quotation marks is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Outer,
    Inner,
}

impl Flat<'_> {
    fn piece(&mut self, piece: &Piece, around: Formatting) {
        match piece {
            Piece::Text(t) => self.text(&t.text, t.source),
            Piece::Group(g) => self.group(g, around),
        }
    }

    /// Of two spaces that meet, one stays.
    fn text(&mut self, text: &str, source: Source) {
        let is_space = |c: char| matches!(c, ' ' | '\u{a0}');
        let before = self.events.iter().rev().find_map(|e| match e {
            Event::Text(text, _) => Some(text),
            _ => None,
        });
        let text = match before {
            Some(before) if before.ends_with(is_space) => text.strip_prefix(is_space).unwrap_or(text),
            _ => text,
        };
        if !text.is_empty() {
            self.events.push(Event::Text(text.to_owned(), source));
        }
    }

    fn mark(&mut self, mark: Mark) {
        self.events.push(Event::Open(mark));
    }

    /// A quotation within another takes the other pair of marks.
    fn level(&self, quotes: Quotes) -> Option<Level> {
        match (quotes, self.open.last()) {
            (Quotes::No, _) => None,
            (_, Some(Level::Outer)) | (Quotes::Single, None) => Some(Level::Inner),
            (_, Some(Level::Inner)) | (Quotes::Yes, None) => Some(Level::Outer),
        }
    }

    fn group(&mut self, g: &Group, around: Formatting) {
        if g.children.iter().all(Piece::is_empty) {
            return;
        }
        if let Some(display) = g.display {
            self.mark(Mark::Block(match display {
                Display::Block => Block::Block,
                Display::LeftMargin => Block::LeftMargin,
                Display::RightInline => Block::RightInline,
                Display::Indent => Block::Indent,
            }));
        }
        // An address that the style prints before an identifier belongs to the link.
        let linked_prefix = g.link.is_some() && g.prefix.contains("://");
        if !linked_prefix {
            self.text(&g.prefix, Source::Style);
        }
        if let Some(link) = &g.link {
            self.mark(Mark::Link(link.clone()));
            if linked_prefix {
                self.text(&g.prefix, Source::Style);
            }
        }
        let level = self.level(g.quotes);
        if let Some(level) = level {
            let mark = if level == Level::Outer { &self.quotes.open } else { &self.quotes.open_inner };
            self.events.push(Event::Text(mark.clone(), Source::Style));
            self.open.push(level);
        }
        let (marks, inside) = marks(g.formatting, around, g.role);
        let opened = marks.len();
        for mark in marks.into_iter().rev() {
            self.mark(mark);
        }
        let mut first = true;
        for child in g.children.iter().filter(|c| !c.is_empty()) {
            if !first {
                self.text(&g.delimiter, Source::Style);
            }
            first = false;
            self.piece(child, inside);
        }
        for _ in 0..opened {
            self.events.push(Event::Close);
        }
        if let Some(level) = level {
            self.open.pop();
            let mark = if level == Level::Outer { &self.quotes.close } else { &self.quotes.close_inner };
            self.events.push(Event::Text(mark.clone(), Source::Style));
        }
        if g.link.is_some() {
            self.events.push(Event::Close);
        }
        self.text(&g.suffix, Source::Style);
        if g.display.is_some() {
            self.events.push(Event::Close);
        }
    }
}

/// The marks a group adds (innermost first) and the formatting inside it. Markup of a field that repeats what is
/// around it turns it off again; a style only adds what is not there yet.
fn marks(f: Formatting, around: Formatting, role: GroupRole) -> (Vec<Mark>, Formatting) {
    let flips = role == GroupRole::Inline;
    let (mut marks, mut inside) = (Vec::new(), around);
    match f.font_style {
        Some(FontStyle::Italic) if around.font_style == Some(FontStyle::Italic) && flips => {
            marks.push(Mark::Upright);
            inside.font_style = None;
        }
        Some(FontStyle::Italic) if around.font_style != Some(FontStyle::Italic) => {
            marks.push(Mark::Italic);
            inside.font_style = f.font_style;
        }
        Some(FontStyle::Normal) if around.font_style.is_some() => {
            marks.push(Mark::Upright);
            inside.font_style = None;
        }
        _ => {}
    }
    match f.font_variant {
        Some(FontVariant::SmallCaps) if around.font_variant == Some(FontVariant::SmallCaps) && flips => {
            marks.push(Mark::NormalCaps);
            inside.font_variant = None;
        }
        Some(FontVariant::SmallCaps) if around.font_variant != Some(FontVariant::SmallCaps) => {
            marks.push(Mark::SmallCaps);
            inside.font_variant = f.font_variant;
        }
        Some(FontVariant::Normal) if around.font_variant.is_some() => {
            marks.push(Mark::NormalCaps);
            inside.font_variant = None;
        }
        _ => {}
    }
    match f.font_weight {
        Some(FontWeight::Normal) if around.font_weight.is_some() => {
            marks.push(Mark::NormalWeight);
            inside.font_weight = None;
        }
        Some(weight @ (FontWeight::Bold | FontWeight::Light)) => {
            if around.font_weight != Some(weight) {
                marks.push(if weight == FontWeight::Bold { Mark::Bold } else { Mark::Light });
                inside.font_weight = Some(weight);
            } else if flips {
                marks.push(Mark::NormalWeight);
                inside.font_weight = None;
            }
        }
        _ => {}
    }
    match f.text_decoration {
        Some(TextDecoration::Underline) if around.text_decoration.is_none() => {
            marks.push(Mark::Underline);
            inside.text_decoration = f.text_decoration;
        }
        Some(TextDecoration::None) if around.text_decoration.is_some() => {
            marks.push(Mark::NoUnderline);
            inside.text_decoration = None;
        }
        _ => {}
    }
    match f.vertical_align {
        Some(align @ (VerticalAlign::Sup | VerticalAlign::Sub)) => {
            if around.vertical_align != Some(align) {
                marks.push(if align == VerticalAlign::Sup { Mark::Superscript } else { Mark::Subscript });
                inside.vertical_align = Some(align);
            } else if flips {
                marks.push(Mark::Baseline);
                inside.vertical_align = None;
            }
        }
        Some(VerticalAlign::Baseline) if around.vertical_align.is_some() => {
            marks.push(Mark::Baseline);
            inside.vertical_align = None;
        }
        _ => {}
    }
    (marks, inside)
}

/// Makes every second level of the style's brackets square.
fn alternate(events: &mut [Event]) {
    let mut depth = 0usize;
    for event in events {
        let Event::Text(text, Source::Style) = event else { continue };
        if !text.contains(['(', ')']) {
            continue;
        }
        let bracket = |c: char| match c {
            '(' => {
                depth += 1;
                if depth.is_multiple_of(2) { '[' } else { c }
            }
            ')' => {
                let square = depth > 0 && depth.is_multiple_of(2);
                depth = depth.saturating_sub(1);
                if square { ']' } else { c }
            }
            c => c,
        };
        *text = text.chars().map(bracket).collect();
    }
}

/// Rebuilds the tree from the flat list; marks around nothing are dropped.
fn nest(events: Vec<Event>) -> Vec<Node> {
    let mut stack: Vec<(Option<Mark>, Vec<Node>)> = vec![(None, Vec::new())];
    for event in events {
        match event {
            Event::Open(mark) => stack.push((Some(mark), Vec::new())),
            Event::Close => {
                if let Some((Some(mark), children)) = stack.pop()
                    && !children.is_empty()
                    && let Some((_, parent)) = stack.last_mut()
                {
                    parent.push(Node::Span(Span { mark, children }));
                }
            }
            Event::Text(text, source) => push_text(&mut stack, text, source),
        }
    }
    stack.pop().map(|(_, nodes)| nodes).unwrap_or_default()
}

fn push_text(stack: &mut [(Option<Mark>, Vec<Node>)], text: String, source: Source) {
    let Some((_, nodes)) = stack.last_mut() else { return };
    if text.is_empty() {
        return;
    }
    match nodes.last_mut() {
        Some(Node::Run(run)) if run.source == source => run.text.push_str(&text),
        _ => nodes.push(Node::Run(Run { text, source })),
    }
}
