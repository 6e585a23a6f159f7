//! The reader of Markdown as scholars write it: Pandoc and Quarto, with keyed citations, footnotes and metadata.
//!
//! Blocks are told apart by their lines; what stands in them is taken apart by `inline`. Code, comments, raw HTML and
//! metadata are no text. (Pandoc User's Guide, "Pandoc's Markdown"; CommonMark 0.31 for the rest.)

mod inline;
mod metadata;

use std::collections::HashMap;
use std::ops::Range;

use super::compose::Composer;
use super::keyed::{self, Piece, What};
use super::rich::Rich;

/// A line without its end, as bytes of the source.
type Line = Range<usize>;

/// Deeper lists are read as if they were less deep.
const MAX_DEPTH: usize = 32;

pub(super) fn read(source: &str, composer: &mut Composer<'_>) {
    let lines = lines(source);
    let body = metadata::read(source, &lines, composer);
    let (footnotes, notes) = footnotes(source, &lines[body..]);
    composer.named_keys.extend(notes.values().flat_map(|note| note.keys.iter().cloned()));
    let lines = &lines[body..];
    let last = |sign: &str| lines.iter().rposition(|l| source[l.clone()].contains(sign)).unwrap_or(0);
    let last = [last("-->"), last("$$"), last("\\end{")];
    let mut reader = Reader { source, lines, composer, notes: &notes, skipped: footnotes, lists: Vec::new(), last };
    reader.blocks();
    reader.footnotes();
}

/// A footnote of its own: `[^1]: text`.
#[derive(Debug)]
struct Footnote {
    text: Range<usize>,
    /// The keys it cites, when it does nothing else.
    keys: Vec<(String, Range<usize>)>,
}

struct Reader<'r, 's, 'c> {
    source: &'r str,
    lines: &'r [Line],
    composer: &'c mut Composer<'s>,
    notes: &'r HashMap<String, Footnote>,
    /// For each line whether it belongs to a footnote.
    skipped: Vec<bool>,
    /// Open lists: the column of the items' text, and how many items an ordered one has.
    lists: Vec<List>,
    /// The last lines with the signs that end comments, formulas and environments.
    last: [usize; 3],
}

#[derive(Debug)]
struct List {
    /// Column of the marker.
    indent: usize,
    /// Column at which the item's text begins.
    content: usize,
}

impl<'r> Reader<'r, '_, '_> {
    fn line(&self, i: usize) -> &'r str {
        &self.source[self.lines[i].clone()]
    }

    fn blocks(&mut self) {
        let mut i = 0;
        let mut paragraph: Option<Range<usize>> = None;
        while i < self.lines.len() {
            let line = self.line(i);
            let trimmed = line.trim();
            if self.skipped[i] || trimmed.is_empty() {
                self.end(&mut paragraph);
                i += 1;
                continue;
            }
            let indent = columns(line);
            if let Some(length) = self.opaque(i, paragraph.is_some(), indent) {
                self.end(&mut paragraph);
                i += length;
                continue;
            }
            if paragraph.is_some() && is_underline(trimmed) && self.lists.is_empty() {
                // The lines above are the heading: CommonMark, "Setext headings".
                let range = paragraph.take().unwrap_or(0..0);
                let depth = if trimmed.starts_with('=') { 1 } else { 2 };
                self.heading(depth, range);
                i += 1;
                continue;
            }
            if let Some((depth, range)) = self.atx_heading(i) {
                self.end(&mut paragraph);
                self.lists_down_to(0);
                self.heading(depth, range);
                i += 1;
                continue;
            }
            if trimmed.starts_with('|') || self.is_table(i) {
                self.end(&mut paragraph);
                i += self.table(i);
                continue;
            }
            if let Some(marker) = item_marker(trimmed)
                && (paragraph.is_none() || marker.interrupts || !self.lists.is_empty())
            {
                self.end(&mut paragraph);
                i += self.item(i, indent, &marker);
                continue;
            }
            if paragraph.is_none() {
                // A paragraph that is not indented ends the lists before it.
                while self.lists.last().is_some_and(|l| indent <= l.indent) {
                    self.lists.pop();
                    self.composer.close_item();
                }
            }
            let range = self.content(i);
            match &mut paragraph {
                Some(open) => open.end = range.end,
                None => paragraph = Some(range),
            }
            i += 1;
        }
        self.end(&mut paragraph);
        self.lists_down_to(0);
    }

    /// The bytes of a line's text without quotation marks of block quotes.
    fn content(&self, i: usize) -> Range<usize> {
        let range = self.lines[i].clone();
        let text = &self.source[range.clone()];
        let rest = text.trim_start_matches([' ', '\t', '>', ':']);
        let rest = if text.trim_start().starts_with(['>', ':']) { rest } else { text.trim_start() };
        range.end - rest.len()..range.start + text.trim_end().len().max(text.len() - rest.len())
    }

    /// How many lines a block takes that is no text: code, comments, raw HTML, formulas, divs' fences, link targets.
    fn opaque(&self, i: usize, in_paragraph: bool, indent: usize) -> Option<usize> {
        let text = self.line(i).trim();
        let until = |limit: usize, ends: &dyn Fn(&str) -> bool| {
            let found = (i + 1..=limit).find(|&n| ends(self.line(n).trim()));
            found.map(|n| n - i + 1)
        };
        for fence in ["```", "~~~"] {
            if text.starts_with(fence) {
                let sign = &fence[..1];
                let length = text.len() - text.trim_start_matches(sign).len();
                let closes = |l: &str| l.len() >= length && l.chars().all(|c| sign.starts_with(c));
                return Some(until(self.lines.len() - 1, &closes).unwrap_or(self.lines.len() - i));
            }
        }
        if let Some(rest) = text.strip_prefix("<!--") {
            return match rest.find("-->") {
                Some(end) if rest[end + 3..].trim().is_empty() => Some(1),
                Some(_) => None,
                None => until(self.last[0], &|l| l.contains("-->")),
            };
        }
        if text.starts_with("$$") && (text.len() == 2 || !text[2..].contains("$$")) && !in_paragraph {
            return until(self.last[1], &|l| l.contains("$$"));
        }
        if text.starts_with("\\begin{") && !in_paragraph {
            return until(self.last[2], &|l| l.contains("\\end{")).or(Some(1));
        }
        let is_rule = text.len() >= 3
            && ["-", "*", "_"].iter().any(|s| text.replace([' ', '\t'], "").chars().all(|c| s.starts_with(c)));
        if is_rule && !in_paragraph && !self.is_table(i) {
            return Some(1);
        }
        let link_target = text.starts_with('[')
            && !text.starts_with("[@")
            && text.find("]:").is_some_and(|e| !text[..e].contains(' ') || e < 60);
        let raw =
            is_raw_html(text) || text.starts_with(":::") || text.starts_with("\\newpage") || text.starts_with("{{<");
        let code = indent >= 4 && !in_paragraph && self.lists.is_empty();
        (link_target && !in_paragraph || raw || code).then_some(1)
    }

    fn end(&mut self, paragraph: &mut Option<Range<usize>>) {
        let Some(range) = paragraph.take() else { return };
        let rich = self.rich(range);
        self.composer.paragraph(&rich);
    }

    /// The pieces of a paragraph; where they name keys is noted.
    fn pieces(&mut self, range: &Range<usize>) -> Vec<Piece> {
        let pieces = inline::pieces(self.source, range);
        for piece in &pieces {
            if let What::Citation { keys, .. } = &piece.what {
                self.composer.named_keys.extend_from_slice(keys);
            }
        }
        pieces
    }

    fn rich(&mut self, range: Range<usize>) -> Rich {
        let mut pieces = self.pieces(&range);
        self.cite_notes(&mut pieces);
        // What is left of a quoted or indented paragraph at the beginning of its lines.
        let mut rich = Rich::default();
        keyed::append(&mut rich, self.source, range, &pieces);
        rich
    }

    /// A reference to a footnote that only cites is the citation.
    fn cite_notes(&self, pieces: &mut [Piece]) {
        for piece in pieces {
            let text = &self.source[piece.range.clone()];
            let name = text.strip_prefix("[^").and_then(|t| t.strip_suffix(']'));
            if let Some(note) = name.and_then(|n| self.notes.get(n))
                && !note.keys.is_empty()
            {
                // The keys stand elsewhere; here the mark is the place of them all.
                let keys = note.keys.iter().map(|(k, _)| (k.clone(), piece.range.clone())).collect();
                piece.what = What::Citation { keys, mask: super::rich::Mask::Citation };
            }
        }
    }

    fn heading(&mut self, depth: usize, range: Range<usize>) {
        let text = self.source[range.clone()].trim_end_matches(['#', ' ']);
        // "{#sec-one .unnumbered}" is not printed.
        let text = match text.rfind('{') {
            Some(open) if text.ends_with('}') && text[open..].starts_with(['{']) && open > 0 => text[..open].trim_end(),
            _ => text,
        };
        let range = range.start..range.start + text.len();
        self.pieces(&range);
        self.composer.heading(depth, text, range);
    }

    fn atx_heading(&self, i: usize) -> Option<(usize, Range<usize>)> {
        let line = self.line(i);
        if columns(line) > 3 {
            return None;
        }
        let text = line.trim_start();
        let rest = text.trim_start_matches('#');
        let depth = text.len() - rest.len();
        let title = rest.trim_start();
        if depth == 0 || depth > 6 || title.len() == rest.len() && !rest.is_empty() {
            return None;
        }
        let end = self.lines[i].end;
        Some((depth, end - title.len()..end))
    }

    fn lists_down_to(&mut self, count: usize) {
        while self.lists.len() > count {
            self.lists.pop();
            self.composer.close_item();
        }
    }

    /// An item with the lines that go on it; says how many lines it took.
    fn item(&mut self, i: usize, indent: usize, marker: &ItemMarker<'_>) -> usize {
        let label = marker.label.map(str::to_owned);
        let length = marker.length;
        while self
            .lists
            .last()
            .is_some_and(|l| indent < l.content && (indent <= l.indent || self.lists.len() >= MAX_DEPTH))
        {
            self.lists.pop();
            self.composer.close_item();
        }
        let line = self.lines[i].clone();
        let text = self.line(i);
        let start = line.start + (text.len() - text.trim_start().len()) + length;
        self.lists.push(List { indent, content: indent + length });
        let mut end = line.start + text.trim_end().len();
        let mut used = 1;
        while i + used < self.lines.len() {
            let next = self.line(i + used);
            let trimmed = next.trim();
            let goes_on = !trimmed.is_empty()
                && !self.skipped[i + used]
                && item_marker(trimmed).is_none()
                && self.atx_heading(i + used).is_none()
                && self.opaque(i + used, true, columns(next)).is_none();
            if !goes_on {
                break;
            }
            end = self.lines[i + used].start + next.trim_end().len();
            used += 1;
        }
        let rich = self.rich(start.min(end)..end);
        self.composer.open_item(label, &rich);
        used
    }

    /// Whether the line after this one is the rule below a table's header.
    fn is_table(&self, i: usize) -> bool {
        let is_rule = |l: &str| {
            let l = l.trim();
            l.contains('-') && l.len() >= 3 && l.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '+' | '='))
        };
        let piped = i + 1 < self.lines.len()
            && self.line(i).contains('|')
            && self.line(i + 1).contains('|')
            && is_rule(self.line(i + 1));
        piped || self.line(i).trim().starts_with("+-")
    }

    /// A table with pipes: the rows below its header are claims. Says how many lines it took.
    fn table(&mut self, i: usize) -> usize {
        let mut used = 0;
        let mut header = true;
        let mut rows = Vec::new();
        while i + used < self.lines.len() {
            let line = self.line(i + used).trim();
            if line.is_empty() || !(line.contains('|') || line.starts_with('+')) {
                break;
            }
            let is_rule = line.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '+' | '='));
            if is_rule && !rows.is_empty() && header {
                rows.clear();
                header = false;
            } else if !is_rule {
                rows.push(self.content(i + used));
            }
            used += 1;
        }
        for range in rows {
            let text = self.source[range.clone()].trim_end_matches('|');
            let inner = text.trim_start_matches('|');
            let range = range.start + text.len() - inner.len()..range.start + text.len();
            let mut pieces = self.pieces(&range);
            for (at, _) in self.source[range.clone()].match_indices('|') {
                let bar = range.start + at..range.start + at + 1;
                if let Err(place) = pieces.binary_search_by_key(&bar.start, |p| p.range.start)
                    && place.checked_sub(1).is_none_or(|b| pieces[b].range.end <= bar.start)
                {
                    pieces.insert(place, Piece { range: bar, what: What::Nothing });
                }
            }
            let rich = keyed::rich(self.source, range, &pieces);
            self.composer.whole(&rich);
        }
        used.max(1)
    }

    /// Footnotes that say something of their own are claims, after all else.
    fn footnotes(&mut self) {
        let mut notes: Vec<&Footnote> = self.notes.values().filter(|n| n.keys.is_empty()).collect();
        notes.sort_by_key(|n| n.text.start);
        self.composer.leave_sections();
        for note in notes {
            let rich = self.rich(note.text.clone());
            self.composer.paragraph(&rich);
        }
    }
}

fn lines(source: &str) -> Vec<Line> {
    let mut start = 0;
    source
        .split('\n')
        .map(|line| {
            let range = start..start + line.len();
            start += line.len() + 1;
            range
        })
        .collect()
}

/// Columns of white space before the text.
fn columns(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

fn is_underline(text: &str) -> bool {
    text.len() >= 2 && (text.chars().all(|c| c == '=') || text.chars().all(|c| c == '-'))
}

/// A line that is nothing but HTML tags of blocks.
fn is_raw_html(text: &str) -> bool {
    let rest = text.strip_prefix('<').map(|r| r.trim_start_matches('/'));
    rest.is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()) && !r.starts_with("http"))
        && text.ends_with('>')
        && text.len() < 2_000
        && !text.contains("@")
        && text.matches('<').count() == text.matches('>').count()
        && {
            let mut inside = false;
            let outside = |c: char| {
                inside = c == '<' || inside && c != '>';
                !inside && c.is_alphanumeric()
            };
            !text.chars().any(outside)
        }
}

/// The marker of a list item.
struct ItemMarker<'a> {
    /// "1" of "1."; none for a bullet.
    label: Option<&'a str>,
    /// Bytes up to the item's text.
    length: usize,
    /// Whether it ends a paragraph without a blank line between.
    interrupts: bool,
}

fn item_marker(text: &str) -> Option<ItemMarker<'_>> {
    let (label, sign) = match text.chars().next()? {
        '-' | '*' | '+' => (None, 1),
        '(' => {
            let end = text.find(')').filter(|&e| e > 1 && e < 8)?;
            (Some(&text[1..end]), end + 1)
        }
        _ => {
            let end = text.find(['.', ')']).filter(|&e| e > 0 && e < 8)?;
            (Some(&text[..end]), end + 1)
        }
    };
    let rest = &text[sign..];
    let spaces = rest.len() - rest.trim_start().len();
    if spaces == 0 && !rest.is_empty() {
        return None;
    }
    let fits = label.is_none_or(|l| {
        // Pandoc's fancy lists: numbers, single letters, roman numbers; a capital initial needs two spaces.
        l.chars().all(|c| c.is_ascii_digit())
            || l.len() == 1
                && l.chars().all(|c| c.is_ascii_alphabetic())
                && (spaces > 1 || l.chars().all(char::is_lowercase))
            || l.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
            || l == "#"
    });
    fits.then_some(ItemMarker { label, length: sign + spaces, interrupts: label.is_none_or(|l| l == "1") })
}

/// The footnotes of a text by name, and for each line whether it belongs to one.
fn footnotes(source: &str, lines: &[Line]) -> (Vec<bool>, HashMap<String, Footnote>) {
    let mut notes = HashMap::new();
    let mut skipped = vec![false; lines.len()];
    let mut i = 0;
    while i < lines.len() {
        let line = lines[i].clone();
        let text = &source[line.clone()];
        let Some((name, rest)) =
            text.strip_prefix("[^").and_then(|t| t.split_once("]:")).filter(|(n, _)| !n.contains(['[', ' ']))
        else {
            i += 1;
            continue;
        };
        let start = line.end - rest.trim_start().len();
        let mut end = line.end;
        skipped[i] = true;
        i += 1;
        // It goes on in lines that are not blank, and after a blank one in those that are indented.
        while i < lines.len() {
            let text = &source[lines[i].clone()];
            let blank = text.trim().is_empty();
            let indented = columns(text) >= 4;
            let after_blank = source[lines[i - 1].clone()].trim().is_empty();
            if text.starts_with("[^") || !blank && after_blank && !indented || text.starts_with('#') {
                break;
            }
            skipped[i] = true;
            if !blank {
                end = lines[i].end;
            }
            i += 1;
        }
        let range = start.min(end)..end;
        let keys = inline::only_cites(source, &range);
        notes.insert(name.to_owned(), Footnote { text: range, keys });
    }
    (skipped, notes)
}

#[cfg(test)]
mod tests {
    use super::super::{CitedTarget, Document, Format, ReadOptions};

    fn document(text: &str) -> Document {
        crate::document::read(
            text.as_bytes(),
            &ReadOptions { format: Some(Format::Markdown), ..ReadOptions::default() },
        )
        .unwrap()
    }

    /// Claims as "path|text|what is cited: its keys".
    fn claims(text: &str) -> Vec<String> {
        let show = |c: &super::super::Claim| {
            let path: Vec<String> = c.path.iter().map(ToString::to_string).collect();
            let cited: Vec<String> = c
                .marked
                .iter()
                .map(|m| {
                    let text: String = c.text.chars().skip(m.span.start).take(m.span.end - m.span.start).collect();
                    let keys: Vec<&str> =
                        m.targets.iter().map(|t| if let CitedTarget::Key(k) = t { k } else { "?" }).collect();
                    format!("{text}: {}", keys.join(" "))
                })
                .collect();
            format!("{}|{}|{}", path.join(">"), c.text, cited.join(", "))
        };
        document(text).claims.iter().map(show).collect()
    }

    #[test]
    fn blocks() {
        let text = "---\ntitle: 'Bark: a study'\nbibliography:\n  - a.bib\n  - b.bib\n---\n\n# One {#sec-one}\n\nFirst line.\nSecond \
                    one [@a].\n\n## Two\n\n- an item\n  goes on [@b]\n    1. inner\n- next\n\n```\n# code @no\n```\n\nThree\n=====\n\n> \
                    Quoted text.\n> More of it.\n\n| Tree | Use |\n|------|-----|\n| Oak | Boats [@c] |\n\n<!-- a\n@no -->\nEnd.";
        let document = document(text);
        assert_eq!(document.title.as_deref(), Some("Bark: a study"));
        assert_eq!(document.bibliographies, ["a.bib", "b.bib"]);
        let expected = [
            "One|First line.|",
            "One|Second one [@a].|[@a]: a",
            "One>Two|an item goes on [@b]|[@b]: b",
            "One>Two>1|inner|",
            "One>Two|next|",
            "Three|Quoted text.|",
            "Three|More of it.|",
            "Three|Oak Boats [@c]|[@c]: c",
            "Three|End.|",
        ];
        assert_eq!(claims(text), expected);
        assert_eq!(document.claims[3].parent, Some(2));
    }

    #[test]
    fn footnotes() {
        let text = "Bark is light.[^1] It floats.[^n]\n\n[^1]: See @a, p. 3.\n[^n]: On water it floats for days, and then it\n    sinks [@b].";
        let expected = [
            "|Bark is light.[^1]|[^1]: a",
            "|It floats.[^n]|",
            "|On water it floats for days, and then it sinks [@b].|[@b]: b",
        ];
        assert_eq!(claims(text), expected);
    }
}
