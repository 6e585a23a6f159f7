//! The inline markup and the quotation marks inside a field, read into pieces.
//!
//! Markup: `<i>`, `<b>`, `<sup>`, `<sub>`, `<sc>`, `<span style="font-variant:small-caps;">` and
//! `<span class="nocase">`. A tag without its partner is text. Quotation marks, straight or curly, become
//! quotations of the output, whose marks are those of the locale; what is no quotation mark is an apostrophe.

use citationberg::{FontStyle, FontVariant, FontWeight, Formatting, VerticalAlign};

use super::output::Source;
use super::punctuation::QuoteStyle;
use super::tree::{Group, GroupRole, Piece, Quotes};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    Tag(Tag),
    /// A quotation, by the character that closes it.
    Quote(char),
    /// A quotation in the inner marks of the locale.
    Inner(char),
}

impl Kind {
    fn closes_with(self, closer: char) -> bool {
        self == Self::Quote(closer) || self == Self::Inner(closer)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    I,
    B,
    Sup,
    Sub,
    Sc,
    SmallCaps,
    NoCase,
    NoDecor,
}

const TAGS: [(&str, &str, Tag); 9] = [
    ("<i>", "</i>", Tag::I),
    ("<b>", "</b>", Tag::B),
    ("<sup>", "</sup>", Tag::Sup),
    ("<sub>", "</sub>", Tag::Sub),
    ("<sc>", "</sc>", Tag::Sc),
    ("<span style=\"font-variant:small-caps;\">", "</span>", Tag::SmallCaps),
    ("<span style=\"font-variant: small-caps;\">", "</span>", Tag::SmallCaps),
    ("<span class=\"nocase\">", "</span>", Tag::NoCase),
    ("<span class=\"nodecor\">", "</span>", Tag::NoDecor),
];

struct Frame {
    kind: Kind,
    /// What opened the frame, as text.
    literal: String,
    pieces: Vec<Piece>,
}

/// How deep markup may nest; deeper tags are text.
const MAX_DEPTH: usize = 32;

/// Reads a field.
pub(super) fn pieces(text: &str, source: Source, quotes: &QuoteStyle) -> Vec<Piece> {
    let marks = [&quotes.open, &quotes.close, &quotes.open_inner, &quotes.close_inner].map(|m| m.trim().chars().next());
    let own = |c: char| !c.is_ascii() && marks.contains(&Some(c));
    if !text.contains(|c| matches!(c, '<' | '"' | '\'') || own(c)) {
        return if text.is_empty() { Vec::new() } else { vec![Piece::text(text, source)] };
    }
    let mut reader =
        Reader { stack: vec![Frame { kind: Kind::Root, literal: String::new(), pieces: Vec::new() }], source };
    let mut at = 0;
    let mut before: Option<char> = None;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c == '<' {
            if let Some((open, _, tag)) = TAGS.iter().find(|(open, _, _)| rest.starts_with(open))
                && reader.stack.len() < MAX_DEPTH
            {
                reader.open(Kind::Tag(*tag), open);
                at += open.len();
                continue;
            }
            if let Some((_, close, _)) = TAGS.iter().find(|(_, close, _)| rest.starts_with(close))
                && reader.close_tag(close)
            {
                at += close.len();
                continue;
            }
        }
        let after = rest[c.len_utf8()..].chars().find(|_| true);
        match c {
            '"' | '\'' => {
                let next = skip_tags(&rest[c.len_utf8()..]);
                reader.quote(c, before, next.or(after));
            }
            c if own(c) => {
                let next = skip_tags(&rest[c.len_utf8()..]);
                reader.curly(c, quotes, before, next.or(after));
            }
            c => reader.push(c),
        }
        before = Some(c);
        at += c.len_utf8();
    }
    reader.finish()
}

/// The first character after any tags.
fn skip_tags(mut rest: &str) -> Option<char> {
    while let Some((open, close, _)) = TAGS.iter().find(|(o, c, _)| rest.starts_with(o) || rest.starts_with(c)) {
        rest = rest.strip_prefix(open).or_else(|| rest.strip_prefix(close)).unwrap_or_default();
    }
    rest.chars().next()
}

struct Reader {
    stack: Vec<Frame>,
    source: Source,
}

impl Reader {
    fn top(&mut self) -> &mut Vec<Piece> {
        let last = self.stack.len() - 1;
        &mut self.stack[last].pieces
    }

    fn push(&mut self, c: char) {
        let source = self.source;
        match self.top().last_mut() {
            Some(Piece::Text(t)) => t.text.push(c),
            _ => self.top().push(Piece::text(c, source)),
        }
    }

    fn open(&mut self, kind: Kind, literal: &str) {
        self.stack.push(Frame { kind, literal: literal.to_owned(), pieces: Vec::new() });
    }

    /// Ends the innermost frame; as text when it found no partner.
    fn dissolve(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        let literal = match frame.kind {
            Kind::Quote('\'') => "’".to_owned(),
            _ => frame.literal,
        };
        literal.chars().for_each(|c| self.push(c));
        for piece in frame.pieces {
            match piece {
                Piece::Text(t) => t.text.chars().for_each(|c| self.push(c)),
                group => self.top().push(group),
            }
        }
    }

    fn close_tag(&mut self, close: &str) -> bool {
        let matches =
            |kind: Kind| matches!(kind, Kind::Tag(t) if TAGS.iter().any(|(_, c, tag)| *tag == t && *c == close));
        let Some(at) = self.stack.iter().rposition(|f| matches(f.kind)) else { return false };
        while self.stack.len() > at + 1 {
            self.dissolve();
        }
        let Some(Frame { kind: Kind::Tag(tag), pieces, .. }) = self.stack.pop() else { return false };
        let mut formatting = Formatting::default();
        match tag {
            Tag::I => formatting.font_style = Some(FontStyle::Italic),
            Tag::B => formatting.font_weight = Some(FontWeight::Bold),
            Tag::Sup => formatting.vertical_align = Some(VerticalAlign::Sup),
            Tag::Sub => formatting.vertical_align = Some(VerticalAlign::Sub),
            Tag::Sc | Tag::SmallCaps => formatting.font_variant = Some(FontVariant::SmallCaps),
            Tag::NoCase => {}
            Tag::NoDecor => {
                formatting.font_style = Some(FontStyle::Normal);
                formatting.font_variant = Some(FontVariant::Normal);
                formatting.font_weight = Some(FontWeight::Normal);
            }
        }
        let role = if tag == Tag::NoCase { GroupRole::NoCase } else { GroupRole::Inline };
        self.top().push(Group { children: pieces, formatting, role, ..Group::default() }.into());
        true
    }

    /// A straight mark: where it stands tells whether it opens or closes a quotation or is an apostrophe.
    fn quote(&mut self, c: char, before: Option<char>, after: Option<char>) {
        let opens_after = before.is_none_or(|b| b.is_whitespace() || "([{-–—/«“‘\"'>".contains(b));
        let opens_before = after.is_some_and(|a| !a.is_whitespace() && a != c);
        let closes_after = before.is_some_and(|b| !b.is_whitespace());
        let closes_before = after.is_none_or(|a| !a.is_alphanumeric());
        if closes_after && (c == '"' || closes_before) && self.quoted(c) {
            self.close_quote(c);
        } else if opens_after && opens_before && self.stack.len() < MAX_DEPTH {
            self.open(Kind::Quote(c), &c.to_string());
        } else {
            self.push(if c == '\'' { '’' } else { c });
        }
    }

    /// A mark of the locale.
    fn curly(&mut self, c: char, quotes: &QuoteStyle, before: Option<char>, after: Option<char>) {
        let is = |mark: &str| mark.trim().chars().eq([c]);
        // Marks that are set off by spaces, as in French, stand as they were written.
        let set_off = |c: Option<char>| c.is_some_and(char::is_whitespace);
        if (is(&quotes.open) && set_off(after)) || (is(&quotes.close) && set_off(before)) {
            self.push(c);
            return;
        }
        let closes = is(&quotes.close) || is(&quotes.close_inner);
        let apostrophe =
            c == '’' && before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        if closes && !apostrophe && self.quoted(c) {
            self.close_quote(c);
            return;
        }
        let first = |mark: &str| mark.trim().chars().next();
        let kind = match () {
            () if is(&quotes.open) => first(&quotes.close).map(Kind::Quote),
            () if is(&quotes.open_inner) => first(&quotes.close_inner).map(Kind::Inner),
            () => None,
        };
        match kind {
            Some(kind) if !apostrophe && self.stack.len() < MAX_DEPTH => self.open(kind, &c.to_string()),
            _ => self.push(c),
        }
    }

    fn close_quote(&mut self, closer: char) {
        while !self.is_top(closer) {
            self.dissolve();
        }
        if let Some(frame) = self.stack.pop() {
            let quotes = if frame.kind == Kind::Inner(closer) { Quotes::Single } else { Quotes::Yes };
            self.top().push(Group { children: frame.pieces, quotes, ..Group::default() }.into());
        }
    }

    fn is_top(&self, closer: char) -> bool {
        self.stack.last().is_some_and(|f| f.kind.closes_with(closer))
    }

    /// Whether a quotation is open, within the innermost tag, that `closer` ends.
    fn quoted(&self, closer: char) -> bool {
        let quotations = self.stack.iter().rev().take_while(|f| matches!(f.kind, Kind::Quote(_) | Kind::Inner(_)));
        quotations.into_iter().any(|f| f.kind.closes_with(closer))
    }

    fn finish(mut self) -> Vec<Piece> {
        while self.stack.len() > 1 {
            self.dissolve();
        }
        self.stack.pop().map(|f| f.pieces).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::punctuation::{Brackets, settle};
    use super::*;

    fn shown(text: &str) -> String {
        let quotes = QuoteStyle {
            open: "“".into(),
            close: "”".into(),
            open_inner: "‘".into(),
            close_inner: "’".into(),
            ..QuoteStyle::default()
        };
        settle(pieces(text, Source::Style, &quotes), &quotes, Brackets::Kept).plain()
    }

    #[test]
    fn quotations_and_apostrophes() {
        for (from, to) in [
            ("plain", "plain"),
            ("the \"so-called 'cure'\" of it", "the “so-called ‘cure’” of it"),
            ("O'Neil's", "O’Neil’s"),
            ("the dogs' bones", "the dogs’ bones"),
            ("'Til dawn", "’Til dawn"),
            ("«mot»", "«mot»"),
            ("a “quoted ‘word’”", "a “quoted ‘word’”"),
            ("‘single’ and 'single'", "‘single’ and “single”"),
            ("l'''", "l’’’"),
            ("a 5\" nail", "a 5\" nail"),
            ("<i>Homo</i> sapiens", "Homo sapiens"),
            ("a < b </i> <i>c", "a < b </i> <i>c"),
        ] {
            assert_eq!(shown(from), to, "{from}");
        }
    }
}
