//! The reader of Typst manuscripts.
//!
//! Markup is text; code after `#` is not, but the content blocks among its arguments are. `@name` is a citation unless
//! the manuscript has a label of that name. (Typst documentation, "Syntax", 0.13.)

mod code;

use std::collections::HashSet;
use std::ops::Range;

use super::compose::Composer;
use super::keyed::{self, Piece, What, trailing_mask};
use super::rich::Mask;
use code::Call;

/// Content in content in content: what is deeper is not read.
const MAX_DEPTH: usize = 24;

pub(super) fn read(source: &str, composer: &mut Composer<'_>) {
    let labels = labels(source);
    let brackets = code::Brackets::of(source);
    let mut reader = Reader {
        source,
        brackets: &brackets,
        labels: &labels,
        composer,
        paragraph: None,
        pieces: Vec::new(),
        pending: Vec::new(),
        items: Vec::new(),
        item: None,
        counts: Vec::new(),
        depth: 0,
        raw_barrier: 0,
    };
    reader.walk(0..source.len());
    reader.close_items(0);
    if composer.document.title.is_none() {
        // A chapter of a work has no other title than its only heading of the first level.
        composer.document.title = only_chapter(source);
    }
}

struct Reader<'r, 's, 'c> {
    source: &'r str,
    brackets: &'r code::Brackets,
    labels: &'r HashSet<&'r str>,
    composer: &'c mut Composer<'s>,
    /// Where the open paragraph begins and how far it goes.
    paragraph: Option<Range<usize>>,
    pieces: Vec<Piece>,
    /// Content that stands apart: footnotes, captions.
    pending: Vec<Range<usize>>,
    /// Columns of the markers of the open items.
    items: Vec<usize>,
    /// The next paragraph is the text of an item with this label.
    item: Option<Option<String>>,
    /// How many items the lists have at each depth.
    counts: Vec<usize>,
    depth: usize,
    /// Before this place no raw text is closed.
    raw_barrier: usize,
}

impl Reader<'_, '_, '_> {
    fn walk(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let mut line_start = true;
        while at < range.end {
            let rest = &self.source[at..range.end];
            let Some(c) = rest.chars().next() else { break };
            if line_start && let Some(stop) = self.line(at, range.end) {
                at = stop;
                line_start = false;
                continue;
            }
            line_start = line_start && matches!(c, ' ' | '\t');
            at += match c {
                '\n' => {
                    let next = rest[1..].trim_start_matches([' ', '\t', '\r']);
                    // What is not indented below an item is not of it.
                    let indent = rest.len() - 1 - next.len();
                    if next.starts_with('\n') || self.items.last().is_some_and(|&c| indent <= c) {
                        self.end_paragraph();
                    }
                    line_start = true;
                    1
                }
                ' ' | '\t' | '\r' => 1,
                '/' if rest.starts_with("//") => self.dropped(at, rest.find('\n').unwrap_or(rest.len())),
                '/' if rest.starts_with("/*") => self.dropped(at, rest.find("*/").map_or(rest.len(), |i| i + 2)),
                '\\' => {
                    let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                    self.text(at, length)
                }
                '`' => self.raw(at, range.end),
                '$' => match code::formula_end(self.source, at, range.end) {
                    Some(stop) => self.masked(at, stop - at, Mask::Word),
                    None => self.text(at, 1),
                },
                '*' | '_' => self.masked(at, 1, Mask::Quote),
                'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                    let length =
                        rest.find(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '"')).unwrap_or(rest.len());
                    self.masked(at, length, Mask::Word)
                }
                '<' => match code::label(rest) {
                    Some(label) => self.dropped(at, label.len() + 2),
                    None => self.text(at, 1),
                },
                '@' => self.reference(at, &range),
                '#' => self.code(at, &range) - at,
                c => self.text(at, c.len_utf8()),
            };
        }
        self.end_paragraph();
    }

    fn text(&mut self, at: usize, length: usize) -> usize {
        match &mut self.paragraph {
            Some(paragraph) => paragraph.end = at + length,
            None => self.paragraph = Some(at..at + length),
        }
        length
    }

    fn masked(&mut self, at: usize, length: usize, mask: Mask) -> usize {
        self.pieces.push(Piece { range: at..at + length, what: What::Masked(mask) });
        self.text(at, length)
    }

    fn dropped(&mut self, at: usize, length: usize) -> usize {
        self.pieces.push(Piece { range: at..at + length, what: What::Nothing });
        length
    }

    /// What only the beginning of a line can be: a heading, an item.
    fn line(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = &self.source[at..end];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let depth = line.bytes().take_while(|b| *b == b'=').count();
        if depth > 0 && line[depth..].starts_with(' ') {
            self.end_paragraph();
            self.close_items(0);
            let title = line[depth..].trim();
            // The label behind it is no part of the heading.
            let title = match title.rfind('<') {
                Some(i) if title.ends_with('>') && code::label(&title[i..]).is_some() => title[..i].trim_end(),
                _ => title,
            };
            let title = title.split(" //").next().unwrap_or(title);
            self.composer.heading(depth, title, at..at + line.len());
            return Some(at + line.len());
        }
        let (label, length) = item_marker(line)?;
        self.end_paragraph();
        let column = self.source[..at].chars().rev().take(200).take_while(|c| *c != '\n').count();
        while self.items.last().is_some_and(|&c| c >= column) {
            self.close_items(self.items.len() - 1);
        }
        // Beyond this depth items are siblings.
        if self.items.len() >= MAX_DEPTH {
            self.close_items(MAX_DEPTH - 1);
        }
        let level = self.items.len();
        self.counts.resize(level + 1, 0);
        self.counts[level] += 1;
        let label = match label {
            Some("+") => Some(self.counts[level].to_string()),
            other => other.map(str::to_owned),
        };
        self.items.push(column);
        self.item = Some(label);
        // A term and its definition are one claim.
        Some(at + length)
    }

    fn close_items(&mut self, count: usize) {
        if count == 0 {
            self.counts.clear();
        }
        while self.items.len() > count {
            self.items.pop();
            // An item whose text never came was not opened.
            if self.item.take().is_none() {
                self.composer.close_item();
            }
        }
    }

    fn end_paragraph(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        if let Some(range) = self.paragraph.take() {
            let column = self.source[..range.start].chars().rev().take(200).take_while(|c| *c != '\n').count();
            if self.item.is_none() {
                // A paragraph that is not indented below an item ends the list.
                while self.items.last().is_some_and(|&c| column <= c) {
                    self.close_items(self.items.len() - 1);
                }
            }
            let rich = keyed::rich(self.source, range, &pieces);
            match self.item.take() {
                Some(label) => self.composer.open_item(label, &rich),
                None if rich.text.contains(char::is_alphanumeric) => self.composer.paragraph(&rich),
                None => {}
            }
        }
        for range in std::mem::take(&mut self.pending) {
            self.inner(range);
        }
    }

    fn inner(&mut self, range: Range<usize>) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        let (paragraph, pieces) = (self.paragraph.take(), std::mem::take(&mut self.pieces));
        let items = std::mem::take(&mut self.items);
        let item = self.item.take();
        self.walk(range);
        self.close_items(0);
        (self.paragraph, self.pieces, self.items, self.item) = (paragraph, pieces, items, item);
        self.depth -= 1;
    }

    fn raw(&mut self, at: usize, end: usize) -> usize {
        let rest = &self.source[at..end];
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        if ticks == 2 {
            return self.text(at, 2);
        }
        let sign = &rest[..ticks];
        if ticks > 2 {
            // A block of code is no text.
            let length = rest[ticks..].find(sign).map_or(rest.len(), |i| i + 2 * ticks);
            return if rest[..length].contains('\n') {
                self.dropped(at, length)
            } else {
                self.masked(at, length, Mask::Word)
            };
        }
        if at < self.raw_barrier {
            return self.text(at, 1);
        }
        match rest[1..].find('`') {
            Some(i) => self.masked(at, i + 2, Mask::Word),
            None => {
                self.raw_barrier = end;
                self.text(at, 1)
            }
        }
    }

    /// `@key`, `@key[p. 3]`
    fn reference(&mut self, at: usize, range: &Range<usize>) -> usize {
        let rest = &self.source[at + 1..range.end];
        let key = code::name(rest);
        let before = self.source[..at].chars().next_back();
        if key.is_empty() || before.is_some_and(char::is_alphanumeric) {
            return self.text(at, 1);
        }
        let mut stop = at + 1 + key.len();
        if let Some(supplement) = self.brackets.content(self.source, stop).filter(|s| s.end < range.end) {
            stop = supplement.end + 1;
        }
        if self.labels.contains(key) {
            return self.masked(at, stop - at, Mask::Word);
        }
        self.citation(at, stop, key, range)
    }

    fn citation(&mut self, at: usize, stop: usize, key: &str, range: &Range<usize>) -> usize {
        let start = self.paragraph.as_ref().map_or(at, |p| p.start);
        let rest = &self.source[stop..range.end];
        let gap = &rest[..rest.len() - rest.trim_start().len()];
        let end = if gap.contains("\n\n") { stop } else { range.end };
        let mask = trailing_mask(self.source, &(at..stop), &(start..end));
        let keys = vec![(key.to_owned(), at..stop)];
        self.composer.named_keys.extend_from_slice(&keys);
        self.pieces.push(Piece { range: at..stop, what: What::Citation { keys, mask } });
        self.text(at, stop - at)
    }

    /// Code after `#`; says where the text goes on.
    fn code(&mut self, at: usize, range: &Range<usize>) -> usize {
        let Some(call) = Call::read(self.source, self.brackets, at, range.end) else {
            return at + self.text(at, 1);
        };
        let stop = call.end;
        match call.name {
            "cite" => match call.label(self.source) {
                Some(key) if !self.labels.contains(key) => {
                    self.citation(at, stop, key, range);
                }
                _ => {
                    self.masked(at, stop - at, Mask::Word);
                }
            },
            "bibliography" => {
                self.dropped(at, stop - at);
                let files = call.strings(self.source);
                let is_file =
                    |f: &&&str| f.rsplit('.').next().is_some_and(|e| matches!(e, "bib" | "yml" | "yaml" | "json"));
                self.composer.document.bibliographies.extend(files.iter().filter(is_file).map(|f| (*f).to_owned()));
            }
            "footnote" => {
                self.dropped(at, stop - at);
                self.pending.extend(call.contents);
            }
            "set" | "show" | "let" | "import" | "include" | "context" | "if" | "for" | "while" | "return" => {
                self.dropped(at, stop - at);
                if let Some(title) = call.title(self.source) {
                    self.composer.document.title.get_or_insert(title);
                }
                if matches!(call.name, "if" | "for" | "while" | "show") {
                    self.pending.extend(call.contents);
                }
            }
            // Emphasis and links stay in their sentence; their markup stands round it.
            _ if call.is_inline() => {
                let mut from = at;
                for content in &call.contents {
                    self.masked(from, content.start - from, Mask::Quote);
                    let inner = content.clone();
                    self.inline(inner.clone(), range);
                    from = inner.end;
                }
                self.masked(from, stop - from, if call.contents.is_empty() { Mask::Word } else { Mask::Quote });
            }
            // Figures, quotations, tables: their content stands apart.
            _ => {
                let before = self.source[..at].chars().rev().find(|c| !matches!(c, ' ' | '\t'));
                if before.is_none_or(|c| c == '\n') {
                    self.end_paragraph();
                    call.contents.into_iter().for_each(|content| self.inner(content));
                } else {
                    self.dropped(at, stop - at);
                    self.pending.extend(call.contents);
                }
            }
        }
        stop
    }

    /// Content in a sentence: its citations are the sentence's.
    fn inline(&mut self, range: Range<usize>, outer: &Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.source[at..range.end];
            let Some(c) = rest.chars().next() else { break };
            at += match c {
                '@' => self.reference(at, &(range.start..range.end.min(outer.end))),
                '#' if self.depth < MAX_DEPTH => {
                    self.depth += 1;
                    let stop = self.code(at, &range);
                    self.depth -= 1;
                    stop - at
                }
                '`' => self.raw(at, range.end),
                c => self.text(at, c.len_utf8()),
            };
        }
    }
}

/// The labels of a manuscript: `<name>`.
fn labels(source: &str) -> HashSet<&str> {
    let called = |at: usize| {
        let head = source[..at].trim_end();
        // What a function is given, "#ref(<key>)", "attribution: <key>", labels nothing.
        if head.ends_with('(') || ["attribution:", "target:", "label:", "key:"].iter().any(|name| head.ends_with(name))
        {
            return true;
        }
        head.ends_with(',') && {
            // "#cite(<key>)" names a work and labels nothing.
            let before = &source[..at];
            let open = before.bytes().rev().take(200).position(|b| b == b'(').map(|i| before.len() - i - 1);
            open.is_some_and(|o| before[..o].ends_with("cite"))
        }
    };
    source.match_indices('<').filter(|&(at, _)| !called(at)).filter_map(|(at, _)| code::label(&source[at..])).collect()
}

fn only_chapter(source: &str) -> Option<String> {
    let mut chapters = source.lines().filter_map(|l| l.strip_prefix("= "));
    let only = chapters.next().filter(|_| chapters.next().is_none())?;
    let title = only.trim();
    let title = match title.rfind('<') {
        Some(i) if title.ends_with('>') => title[..i].trim_end(),
        _ => title,
    };
    Some(title.to_owned()).filter(|t| !t.is_empty())
}

/// The label of an item and the bytes of its marker.
fn item_marker(line: &str) -> Option<(Option<&str>, usize)> {
    if line.starts_with("- ") || line.starts_with("/ ") {
        return Some((None, 2));
    }
    if line.starts_with("+ ") {
        return Some((Some("+"), 2));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && digits < 4 && line[digits..].starts_with(". ")).then(|| (Some(&line[..digits]), digits + 2))
}

#[cfg(test)]
mod tests {
    use super::super::{CitedTarget, Claim, Document, Format, ReadOptions};

    fn document(text: &str) -> Document {
        crate::document::read(text.as_bytes(), &ReadOptions { format: Some(Format::Typst), ..ReadOptions::default() })
            .unwrap()
    }

    /// Claims as "path|text|keys".
    fn claims(text: &str) -> Vec<String> {
        let show = |c: &Claim| {
            let path: Vec<String> = c.path.iter().map(ToString::to_string).collect();
            let keys = c.marked.iter().flat_map(|m| &m.targets);
            let keys: Vec<&str> = keys.map(|t| if let CitedTarget::Key(k) = t { k } else { "?" }).collect();
            format!("{}|{}|{}", path.join(">"), c.text, keys.join(" "))
        };
        document(text).claims.iter().map(show).collect()
    }

    #[test]
    fn a_manuscript() {
        let text = "#set document(title: \"Bark\")\n#let x = 1\n= One <one>\n\nBark burns. @roe It is,\nas @doe[p. 3] shows in @one, \
                    light.\nAt last. @poe\n\n== Two // note\n- first `@no` #cite(<a>, supplement: [p. 4])\n  + inner\n  + next \
                    @b\n/* @no */\nMail a@b.org is $x. Y$ here.#footnote[Said by @c once.]\n#figure(image(\"a.png\"), caption: \
                    [A tree after @d.]) <fig>\nSee @fig. #emph[Now @e.] Well.\n#bibliography(\"wood.bib\")";
        let expected = [
            "One|Bark burns. @roe|roe",
            "One|It is, as @doe[p. 3] shows in @one, light.|doe",
            "One|At last. @poe|poe",
            "One>Two|first `@no` #cite(<a>, supplement: [p. 4])|a",
            "One>Two>1|inner|",
            "One>Two>2|next @b|b",
            "One>Two|Mail a@b.org is $x. Y$ here.|",
            "One>Two|Said by @c once.|c",
            "One>Two|A tree after @d.|d",
            "One>Two|See @fig.|",
            "One>Two|#emph[Now @e.]|e",
            "One>Two|Well.|",
        ];
        assert_eq!(claims(text), expected);
        let document = document(text);
        assert_eq!(document.title.as_deref(), Some("Bark"));
        assert_eq!(document.bibliographies, ["wood.bib"]);
    }

    #[test]
    fn what_functions_are_given_is_no_label() {
        let text = "Bark burns @roe.\n#quote(attribution: <roe>)[It was.]\n#ref(<doe>) is as old as @doe.";
        let cited = document(text).claims.iter().filter(|c| !c.marked.is_empty()).count();
        assert_eq!(cited, 2);
    }

    #[test]
    fn damage() {
        for text in ["#", "#f(", "#f[", "@", "@a[", "```", "$", "= ", "- ", "#set", "#emph[#emph[#emph[", "/*"] {
            document(text);
        }
    }
}
