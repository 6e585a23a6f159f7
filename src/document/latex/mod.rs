//! The reader of LaTeX manuscripts: the text between `\begin{document}` and `\end{document}`, or all of a file that is
//! a part of another.
//!
//! Nothing is expanded. What a command does is known by name for sections, lists, floats and citations; of any other
//! command the arguments are text. A claim's text is the source of its sentence.

mod arguments;
mod cite;
mod commands;
mod list_of_works;
mod plain;

use std::collections::HashMap;
use std::ops::Range;

use super::compose::Composer;
use super::keyed::{self, Piece, What};
use super::rich::{Mask, Rich};
use arguments::Braces;
use cite::{Macros, split};
use commands::{Command, Environment};

/// Footnotes in captions in notes: deeper ones are not read.
const MAX_DEPTH: usize = 6;
/// No formula is longer, in bytes.
const MAX_FORMULA: usize = 20_000;

/// Where the environments of each name end.
type Ends<'s> = HashMap<&'s str, Vec<usize>>;

fn ends(source: &str) -> Ends<'_> {
    let mut ends = Ends::new();
    for (at, sign) in source.match_indices("\\end{") {
        let rest = &source[at + sign.len()..];
        let name = rest.bytes().take(40).position(|b| b == b'}').and_then(|i| rest.get(..i));
        if let Some(name) = name {
            ends.entry(name.trim_end_matches('*')).or_default().push(at);
        }
    }
    ends
}

pub(super) fn read(source: &str, composer: &mut Composer<'_>) {
    let braces = Braces::of(source);
    let macros = Macros::read(source, &braces);
    let ends = ends(source);
    let begin = source.find("\\begin{document}").map(|i| i + "\\begin{document}".len());
    let end = source.rfind("\\end{document}").filter(|&e| begin.is_none_or(|b| e >= b)).unwrap_or(source.len());
    let mut reader = Reader {
        source,
        braces: &braces,
        macros: &macros,
        ends: &ends,
        composer,
        paragraph: None,
        pieces: Vec::new(),
        pending: Vec::new(),
        item: None,
        lists: Vec::new(),
        barriers: HashMap::new(),
        depth: 0,
    };
    // The preamble holds no text, but title and bibliography.
    if let Some(begin) = begin {
        reader.preamble(0..begin);
    }
    reader.walk(begin.unwrap_or(0)..end);
}

struct Reader<'r, 's, 'c> {
    source: &'r str,
    braces: &'r Braces,
    macros: &'r Macros,
    ends: &'r Ends<'r>,
    composer: &'c mut Composer<'s>,
    /// Where the open paragraph begins.
    paragraph: Option<usize>,
    pieces: Vec<Piece>,
    /// Captions and footnotes met in the open paragraph.
    pending: Vec<Range<usize>>,
    /// The next paragraph is the text of an item with this label.
    item: Option<Option<String>>,
    /// Open lists, each with how many items it has and whether one is open.
    lists: Vec<List>,
    /// For each sign that closes formulas the place before which there is none.
    barriers: HashMap<&'static str, usize>,
    depth: usize,
}

#[derive(Debug)]
struct List {
    ordered: bool,
    count: usize,
    is_item_open: bool,
}

impl Reader<'_, '_, '_> {
    /// Looks only for commands that say something of the document.
    fn preamble(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let Some(next) = self.source[at..range.end].find(['\\', '%']).map(|i| at + i) else { break };
            at = match self.source.as_bytes()[next] {
                b'%' => self.source[next..].find('\n').map_or(range.end, |i| next + i),
                _ => {
                    let (name, after) = commands::name(self.source, next);
                    match name {
                        "title" | "bibliography" | "addbibresource" | "addglobalbib" | "addsectionbib" | "nocite" => {
                            self.command(next, range.end)
                        }
                        _ => after,
                    }
                }
            };
        }
        self.pieces.clear();
        self.paragraph = None;
    }

    fn walk(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let bytes = self.source.as_bytes();
        while at < range.end {
            at = match bytes[at] {
                b'%' => {
                    let end = self.source[at..range.end].find('\n').map_or(range.end, |i| at + i);
                    self.piece(at..end, What::Nothing);
                    end
                }
                b'\n' => {
                    let blank = self.source[at + 1..range.end].trim_start_matches([' ', '\t', '\r']);
                    if blank.starts_with('\n') {
                        self.end_paragraph(at);
                    }
                    at + 1
                }
                b'\\' => self.command(at, range.end),
                b'$' => {
                    let double = self.source[at..range.end].starts_with("$$");
                    self.formula(at, range.end, if double { "$$" } else { "$" }, if double { 2 } else { 1 })
                }
                b'{' | b'}' => {
                    self.begin_paragraph(at);
                    self.piece(at..at + 1, What::Masked(Mask::Quote));
                    at + 1
                }
                b' ' | b'\t' | b'\r' => at + 1,
                _ => {
                    self.begin_paragraph(at);
                    let plain = self.source[at..range.end].find(['%', '\n', '\\', '$', '{', '}']);
                    plain.map_or(range.end, |i| at + i)
                }
            };
        }
        self.end_paragraph(range.end);
    }

    fn piece(&mut self, range: Range<usize>, what: What) {
        if let What::Citation { keys, .. } = &what {
            self.composer.named_keys.extend_from_slice(keys);
        }
        self.pieces.push(Piece { range, what });
    }

    /// Notes the keys cited in what is no claim: a heading, a formula, the head of a table.
    fn note_keys(&mut self, range: &Range<usize>) {
        let mut at = range.start;
        while at < range.end
            && let Some(offset) = self.source[at..range.end].find(['\\', '%'])
        {
            let sign = at + offset;
            if self.source[sign..].starts_with('%') {
                at = self.source[sign..range.end].find('\n').map_or(range.end, |i| sign + i);
                continue;
            }
            let (name, after) = commands::name(self.source, sign);
            at = match self.macros.citation(self.source, self.braces, name, after, range.end) {
                Some((keys, stop)) => {
                    self.composer.named_keys.extend(keys);
                    stop
                }
                None => after,
            };
        }
    }

    fn begin_paragraph(&mut self, at: usize) {
        self.paragraph.get_or_insert(at);
    }

    /// Ends the paragraph; what was met in it comes after it.
    fn end_paragraph(&mut self, at: usize) {
        let pieces = std::mem::take(&mut self.pieces);
        if let Some(start) = self.paragraph.take() {
            let range = self.unwrapped(start..at);
            let rich = keyed::rich(self.source, range, &pieces);
            if rich.text.contains(char::is_alphanumeric) {
                self.put(&rich);
            }
        }
        for range in std::mem::take(&mut self.pending) {
            self.inner(range);
        }
    }

    fn put(&mut self, rich: &Rich) {
        match self.item.take() {
            Some(label) => {
                self.composer.open_item(label, rich);
                if let Some(list) = self.lists.last_mut() {
                    list.is_item_open = true;
                }
            }
            None => self.composer.paragraph(rich),
        }
    }

    /// A paragraph that is the argument of one command, without that command.
    fn unwrapped(&self, range: Range<usize>) -> Range<usize> {
        let mut range = range;
        for _ in 0..3 {
            let text = &self.source[range.clone()];
            let trimmed = text.trim_end();
            if !trimmed.starts_with('\\') || !trimmed.ends_with('}') {
                break;
            }
            let (name, after) = commands::name(self.source, range.start);
            if self.macros.cites(name) || commands::is_reference(name) {
                break;
            }
            let after = arguments::optional(self.source, after, range.end).map_or(after, |o| o.end + 1);
            match self.braces.argument(self.source, after) {
                Some(inner) if inner.end + 1 == range.start + trimmed.len() => range = inner,
                _ => break,
            }
        }
        range
    }

    /// Text that stands apart: a footnote, a caption.
    fn inner(&mut self, range: Range<usize>) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        let item = self.item.take();
        self.walk(range);
        self.item = item;
        self.depth -= 1;
    }

    /// A formula up to its closing sign.
    fn formula(&mut self, at: usize, end: usize, sign: &'static str, opening: usize) -> usize {
        self.begin_paragraph(at);
        if self.barriers.get(sign).is_some_and(|&b| at < b) {
            return at + opening;
        }
        let within = &self.source.as_bytes()[(at + opening).min(end)..end.min(at + MAX_FORMULA)];
        let sign_bytes = sign.as_bytes();
        let mut i = 0;
        let found = loop {
            match within.get(i) {
                None => break None,
                Some(b'\\') if !within[i..].starts_with(sign_bytes) => i += 2,
                // A formula in the text holds no blank line.
                Some(b'\n') if sign == "$" && within.get(i + 1) == Some(&b'\n') => break None,
                Some(_) if within[i..].starts_with(sign_bytes) => break Some(i),
                Some(_) => i += 1,
            }
        };
        match found {
            Some(i) => {
                let stop = at + opening + i + sign.len();
                self.piece(at..stop, What::Masked(Mask::Word));
                stop
            }
            None => {
                self.barriers.insert(sign, at + opening + i);
                at + opening
            }
        }
    }

    /// A command at `at`; says where the text goes on.
    fn command(&mut self, at: usize, end: usize) -> usize {
        let (name, after) = commands::name(self.source, at);
        let after = after.min(end);
        if let Some((citation, stop)) = self.macros.citation(self.source, self.braces, name, after, end) {
            self.begin_paragraph(at);
            let start = self.paragraph.unwrap_or(at);
            let mask = mask(self.source, start, &(at..stop), end);
            self.piece(at..stop, What::Citation { keys: citation, mask });
            return stop;
        }
        if name == "iffalse" {
            let stop = self.source[after..end].find("\\fi").map_or(end, |i| after + i + 3);
            self.piece(at..stop, What::Nothing);
            return stop;
        }
        let argument = |from: usize| self.braces.argument(self.source, from).filter(|a| a.end < end);
        let skip_optional = |from: usize| arguments::optional(self.source, from, end).map_or(from, |o| o.end + 1);
        match commands::of(name) {
            Command::Begin => match argument(after) {
                Some(inner) => {
                    let name = self.source[inner.clone()].trim_end_matches('*');
                    self.begin(at, name, inner.end + 1, end)
                }
                None => after,
            },
            Command::End => {
                let Some(inner) = argument(after) else { return after };
                self.end_paragraph(at);
                match commands::environment(self.source[inner.clone()].trim_end_matches('*')) {
                    Environment::List { .. } => self.end_list(),
                    Environment::Abstract => self.composer.leave(1),
                    _ => {}
                }
                inner.end + 1
            }
            Command::Item => {
                self.end_paragraph(at);
                self.item(after, end)
            }
            Command::Section(depth) => {
                self.end_paragraph(at);
                let Some(title) = argument(skip_optional(after)) else { return after };
                self.note_keys(&title);
                let plain = plain::plain(&self.source[title.clone()]);
                while !self.lists.is_empty() {
                    self.end_list();
                }
                self.composer.heading(depth, &plain, title.clone());
                title.end + 1
            }
            Command::RunInHeading => {
                self.end_paragraph(at);
                let Some(title) = argument(skip_optional(after)) else { return after };
                self.note_keys(&title);
                title.end + 1
            }
            Command::Title => {
                let Some(title) = argument(skip_optional(after)) else { return after };
                self.note_keys(&title);
                let plain = plain::plain(&self.source[title.clone()]);
                if !plain.is_empty() {
                    self.composer.document.title.get_or_insert(plain);
                }
                title.end + 1
            }
            Command::Note => {
                let Some(note) = argument(skip_optional(after)) else { return after };
                let keys = self.macros.only_cites(self.source, self.braces, &note);
                if keys.is_empty() || self.paragraph.is_none() {
                    self.piece(at..note.end + 1, What::Nothing);
                    self.pending.push(note.clone());
                } else {
                    self.piece(at..note.end + 1, What::Citation { keys, mask: Mask::Citation });
                }
                note.end + 1
            }
            Command::Caption => {
                let short = skip_optional(after);
                let Some(caption) = argument(short) else { return after };
                self.note_keys(&(after..short));
                self.end_paragraph(at);
                self.inner(caption.clone());
                caption.end + 1
            }
            // A file that is not there; one that is stands in the place of its command.
            Command::Input => {
                let mut stop = after;
                while let Some(file) = argument(stop) {
                    stop = file.end + 1;
                }
                self.piece(at..stop, What::Nothing);
                stop
            }
            Command::Bibliography => match argument(skip_optional(after)) {
                Some(files) => {
                    self.piece(at..files.end + 1, What::Nothing);
                    self.bibliography(&self.source[files.clone()]);
                    files.end + 1
                }
                None => after,
            },
            Command::Nocite => match argument(after) {
                Some(keys) => {
                    self.piece(at..keys.end + 1, What::Nothing);
                    let listed = self.source[keys.clone()].split(',').map(|k| k.trim().to_owned());
                    self.composer.document.listed_keys.extend(listed.filter(|k| !k.is_empty()));
                    split(&self.source[keys.clone()], keys.start, &mut self.composer.named_keys);
                    argument(after).map_or(after, |k| k.end + 1)
                }
                None => after,
            },
            Command::Nothing { arguments } => {
                let mut stop = skip_optional(after);
                for _ in 0..arguments {
                    match argument(skip_optional(stop)) {
                        Some(inner) => stop = inner.end + 1,
                        None => break,
                    }
                }
                self.piece(at..stop, What::Nothing);
                stop
            }
            Command::Definition => {
                let stop = arguments::definition_end(self.source, self.braces, after, end);
                self.piece(at..stop, What::Nothing);
                stop
            }
            Command::Opaque => {
                self.begin_paragraph(at);
                let stop = argument(skip_optional(after)).map_or(after, |a| a.end + 1);
                self.piece(at..stop, What::Masked(Mask::Word));
                stop
            }
            Command::Verbatim => {
                self.begin_paragraph(at);
                let sign = self.source[after..end].chars().next();
                let length =
                    sign.and_then(|s| self.source[after + s.len_utf8()..end].find(s).map(|i| i + 2 * s.len_utf8()));
                let stop = after + length.filter(|&l| l < 500).unwrap_or(0);
                self.piece(at..stop, What::Masked(Mask::Word));
                stop
            }
            Command::Paragraph => {
                self.end_paragraph(at);
                after
            }
            Command::Formula(sign) => self.formula(at, end, sign, 2),
            Command::Sign => {
                self.begin_paragraph(at);
                after
            }
            Command::Space => {
                self.piece(at..after, What::Nothing);
                after
            }
            Command::Other => {
                if let Some(block) = argument(skip_optional(after)).filter(|a| self.is_block(at, a)) {
                    self.end_paragraph(at);
                    self.inner(block.clone());
                    return block.end + 1;
                }
                self.begin_paragraph(at);
                let has_argument = self.source[after..end].starts_with(['{', '[']);
                self.piece(at..after, What::Masked(if has_argument { Mask::Quote } else { Mask::Word }));
                after
            }
        }
    }

    /// Whether a command of the manuscript's own stands alone in its lines and has sentences as its argument.
    fn is_block(&self, at: usize, argument: &Range<usize>) -> bool {
        let before = self.source[..at].trim_end_matches([' ', '\t']);
        let after = self.source[argument.end + 1..].trim_start_matches([' ', '\t']);
        (before.is_empty() || before.ends_with('\n'))
            && (after.is_empty() || after.starts_with(['\n', '\r', '%']))
            && self.source[argument.clone()].trim_end().ends_with(['.', '!', '?'])
    }

    /// An environment whose name ends before `after`.
    fn begin(&mut self, at: usize, name: &str, after: usize, end: usize) -> usize {
        let close = |from: usize| {
            let places = self.ends.get(name)?;
            places.get(places.partition_point(|&p| p < from)).copied().filter(|&p| p < end)
        };
        let stop_of = |close: usize| self.source[close..end].find('}').map_or(end, |i| close + i + 1);
        match commands::environment(name) {
            Environment::Formula => {
                let Some(close) = close(after) else { return after };
                let stop = stop_of(close);
                self.begin_paragraph(at);
                self.note_keys(&(after..close));
                // One that is printed with a full stop ends its sentence.
                match full_stop(&self.source[after..close]).map(|i| after + i) {
                    Some(dot) => {
                        self.piece(at..dot, What::Masked(Mask::Word));
                        self.piece(dot + 1..stop, What::Masked(Mask::Citation));
                    }
                    None => self.piece(at..stop, What::Masked(Mask::Word)),
                }
                stop
            }
            Environment::Opaque => {
                self.end_paragraph(at);
                let Some(close) = close(after) else { return after };
                if commands::is_drawing(name) {
                    self.note_keys(&(after..close));
                }
                stop_of(close)
            }
            Environment::Table => {
                self.end_paragraph(at);
                let Some(close) = close(after) else { return after };
                let stop = stop_of(close);
                self.table(after..close);
                stop
            }
            Environment::ListOfWorks => {
                self.end_paragraph(at);
                let close = close(after).unwrap_or(end);
                list_of_works::read(self.source, self.braces, after..close, self.composer);
                close.max(after)
            }
            Environment::List { ordered } => {
                self.end_paragraph(at);
                self.lists.push(List { ordered, count: 0, is_item_open: false });
                arguments::skip_all(self.source, self.braces, after, end)
            }
            Environment::Abstract => {
                self.end_paragraph(at);
                self.composer.heading(1, "Abstract", at..after);
                after
            }
            Environment::Other => {
                self.end_paragraph(at);
                arguments::skip_all(self.source, self.braces, after, end)
            }
        }
    }

    fn end_list(&mut self) {
        if let Some(list) = self.lists.pop()
            && list.is_item_open
        {
            self.composer.close_item();
        }
        self.item = None;
    }

    /// `\item`, `\item[term]`
    fn item(&mut self, after: usize, end: usize) -> usize {
        let Some(list) = self.lists.last_mut() else { return after };
        if list.is_item_open {
            list.is_item_open = false;
            self.composer.close_item();
        }
        list.count += 1;
        let ordered = list.ordered;
        let label = ordered.then(|| list.count.to_string());
        let label = match arguments::optional(self.source, after, end) {
            Some(term) => {
                // The term is part of the item's text.
                let text = self.source[term.clone()].trim();
                if text.contains(char::is_alphabetic) && text.len() > if ordered { 3 } else { 1 } {
                    self.begin_paragraph(term.start);
                    self.piece(term.end..term.end + 1, What::Nothing);
                    self.item = Some(label);
                    return term.end + 1;
                }
                self.item = Some(Some(text.trim_matches(['.', '(', ')']).to_owned()).filter(|_| ordered));
                return term.end + 1;
            }
            None => label,
        };
        self.item = Some(label);
        after
    }

    /// The rows of a table but the first, which names its columns.
    fn table(&mut self, range: Range<usize>) {
        let start = arguments::skip_all(self.source, self.braces, range.start, range.end);
        let mut rows = Vec::new();
        let mut at = start;
        for (i, _) in self.source[start..range.end].match_indices("\\\\") {
            rows.push(at..start + i);
            at = start + i + 2;
        }
        rows.push(at..range.end);
        self.note_keys(&(start..rows[0].end));
        for row in rows.into_iter().filter(|r| r.start < r.end).skip(1) {
            let mut inner = Reader {
                source: self.source,
                braces: self.braces,
                macros: self.macros,
                ends: self.ends,
                composer: self.composer,
                paragraph: None,
                pieces: Vec::new(),
                pending: Vec::new(),
                item: None,
                lists: Vec::new(),
                barriers: HashMap::new(),
                depth: MAX_DEPTH,
            };
            let pieces = inner.row(row.clone());
            let rich = keyed::rich(self.source, row, &pieces);
            if rich.text.contains(char::is_alphabetic) {
                self.composer.whole(&rich);
            }
        }
    }

    /// The pieces of a row; cells are set apart by spaces.
    fn row(&mut self, range: Range<usize>) -> Vec<Piece> {
        let mut at = range.start;
        while at < range.end {
            at = match self.source.as_bytes()[at] {
                b'\\' => {
                    let (name, _) = commands::name(self.source, at);
                    match commands::of(name) {
                        Command::Begin | Command::End | Command::Item | Command::Caption | Command::Section(_) => {
                            self.piece(at..at + 1, What::Nothing);
                            at + 1
                        }
                        _ => self.command(at, range.end),
                    }
                }
                b'&' => {
                    self.piece(at..at + 1, What::Nothing);
                    at + 1
                }
                b'%' => {
                    let end = self.source[at..range.end].find('\n').map_or(range.end, |i| at + i);
                    self.piece(at..end, What::Nothing);
                    end
                }
                b'{' | b'}' => {
                    self.piece(at..at + 1, What::Masked(Mask::Quote));
                    at + 1
                }
                _ => at + 1,
            };
        }
        std::mem::take(&mut self.pieces)
    }

    fn bibliography(&mut self, files: &str) {
        for file in files.split(',') {
            let file = self.macros.expand(file.trim()).trim();
            if !file.is_empty() {
                let has_ending = file.rsplit('/').next().is_some_and(|f| f.contains('.'));
                self.composer.document.bibliographies.push(if has_ending {
                    file.to_owned()
                } else {
                    format!("{file}.bib")
                });
            }
        }
    }
}

/// The full stop at the end of a formula, before its label.
fn full_stop(formula: &str) -> Option<usize> {
    let mut rest = formula.trim_end();
    while let Some(at) = rest.rfind('\\').filter(|_| rest.ends_with('}')) {
        let is_label = matches!(commands::name(rest, at).0, "label" | "tag" | "nonumber" | "notag");
        if !is_label || rest[at..].matches('{').count() != 1 {
            break;
        }
        rest = rest[..at].trim_end();
    }
    rest.ends_with('.').then(|| rest.len() - 1)
}

/// Whether a citation belongs to the sentence before it, when a full stop stands before it.
fn mask(source: &str, paragraph: usize, range: &Range<usize>, end: usize) -> Mask {
    let rest = &source[range.end..end];
    let after = rest.trim_start();
    let ends = source[range.end..range.end + rest.len() - after.len()].matches('\n').count() > 1;
    let next = after.chars().next();
    let stopped = source[paragraph..range.start].trim_end_matches([' ', '\n', '~', '\t']).ends_with(['.', '!', '?']);
    let begins =
        ends || next.is_none_or(|c| c.is_uppercase()) || after.starts_with(['%', '}']) || after.starts_with("\\end");
    if stopped && begins { Mask::Citation } else { Mask::Word }
}

#[cfg(test)]
mod tests;
