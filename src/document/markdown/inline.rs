//! What stands inside a paragraph of Markdown: citations, and what only looks like them.

use std::ops::Range;

use crate::document::keyed::{Piece, What, trailing_mask};
use crate::document::rich::Mask;

/// No key in braces is longer, in bytes.
const LONGEST_KEY: usize = 300;

/// No group of citations is longer, in bytes.
const MAX_GROUP: usize = 4_000;

/// Beginnings of keys that are cross-references: Quarto's reserved prefixes, and those of pandoc-crossref.
const CROSS_REFERENCES: &[&str] = &[
    "fig", "tbl", "tab", "sec", "eq", "eqn", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol",
    "rem", "alg", "nte", "tip", "wrn", "imp", "cau", "suppfig", "chap",
];

/// Properties of the Citation Typing Ontology (CiTO 2.8.1) and the short names the Pandoc filter for it knows, without
/// underscores and in lower case.
const CITO: &[&str] = &[
    "agreeswith",
    "citation",
    "cites",
    "citesasauthority",
    "asauthority",
    "authority",
    "citesasdatasource",
    "asdatasource",
    "datasource",
    "citesasevidence",
    "asevidence",
    "evidence",
    "citesasmetadatadocument",
    "asmetadatadocument",
    "metadatadocument",
    "citesaspotentialsolution",
    "aspotentialsolution",
    "potentialsolution",
    "citesasrecommendedreading",
    "asrecommendedreading",
    "recommendedreading",
    "citesasrelated",
    "asrelated",
    "related",
    "citesassourcedocument",
    "assourcedocument",
    "sourcedocument",
    "citesforinformation",
    "forinformation",
    "information",
    "compiles",
    "confirms",
    "containsassertionfrom",
    "corrects",
    "credits",
    "critiques",
    "derides",
    "describes",
    "disagreeswith",
    "discusses",
    "disputes",
    "documents",
    "extends",
    "givesbackgroundto",
    "givessupportto",
    "includesexcerptfrom",
    "excerptfrom",
    "excerpt",
    "includesquotationfrom",
    "quotationfrom",
    "quotation",
    "linksto",
    "obtainsbackgroundfrom",
    "backgroundfrom",
    "background",
    "obtainssupportfrom",
    "supportfrom",
    "support",
    "parodies",
    "plagiarizes",
    "qualifies",
    "refutes",
    "repliesto",
    "retracts",
    "reviews",
    "ridicules",
    "speculateson",
    "updates",
    "usesconclusionsfrom",
    "conclusionsfrom",
    "conclusions",
    "usesdatafrom",
    "datafrom",
    "data",
    "usesmethodin",
    "methodin",
    "method",
];

/// The pieces of a paragraph that are not plain text.
pub(super) fn pieces(source: &str, range: &Range<usize>) -> Vec<Piece> {
    let brackets = brackets(source, range);
    Scanner { source, end: range.end, start: range.start, pieces: Vec::new(), brackets, dead_ends: [false; 3] }.scan()
}

/// All keys cited in a text.
pub(super) fn keys(text: &str) -> Vec<(String, Range<usize>)> {
    keys_in(text, &(0..text.len()))
}

/// All keys cited in a range of the source, with their places in it.
pub(super) fn keys_in(source: &str, range: &Range<usize>) -> Vec<(String, Range<usize>)> {
    pieces(source, range)
        .into_iter()
        .filter_map(|p| match p.what {
            What::Citation { keys, .. } => Some(keys),
            _ => None,
        })
        .flatten()
        .collect()
}

/// The keys of a text that does nothing but cite: "See @roe2001, p. 3; and @doe."
pub(super) fn only_cites(source: &str, range: &Range<usize>) -> Vec<(String, Range<usize>)> {
    /// Words round citations: "see also", "for a review, see", "p. 33".
    const MOST_LETTERS: usize = 30;
    let mut keys = Vec::new();
    let mut letters = 0;
    let mut at = range.start;
    for piece in pieces(source, range) {
        letters += source[at..piece.range.start].chars().filter(|c| c.is_alphabetic()).count();
        at = piece.range.end;
        match piece.what {
            What::Citation { keys: cited, .. } => keys.extend(cited),
            What::Masked(Mask::Word) => letters += piece.range.len(),
            _ => {}
        }
    }
    letters += source[at..range.end].chars().filter(|c| c.is_alphabetic()).count();
    if letters > MOST_LETTERS { Vec::new() } else { keys }
}

struct Scanner<'s> {
    source: &'s str,
    start: usize,
    end: usize,
    pieces: Vec<Piece>,
    /// Where each opening bracket is closed, by place.
    brackets: Vec<(usize, usize)>,
    /// The closing signs that were looked for in vain: they are not looked for again.
    dead_ends: [bool; 3],
}

impl Scanner<'_> {
    fn scan(mut self) -> Vec<Piece> {
        let mut at = self.start;
        while at < self.end {
            let rest = &self.source[at..self.end];
            let Some(c) = rest.chars().next() else { break };
            at += match c {
                '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                '`' => self.code(at),
                '$' => self.formula(at),
                '<' => self.tag(at),
                '[' => self.bracket(at),
                '!' if rest.starts_with("![") => 1,
                '@' => self.narrative(at, at),
                '-' if rest.starts_with("-@") => self.narrative(at, at + 1),
                ']' if rest.starts_with("](") || rest.starts_with("][") => self.link_target(at),
                ']' if rest.starts_with("]{") => self.short(at, "}", 300),
                '*' | '_' => self.emphasis(at, c),
                '>' if self.source[..at].ends_with('\n') => self.piece(at, 1, What::Nothing),
                _ => c.len_utf8(),
            };
        }
        self.pieces
    }

    fn piece(&mut self, at: usize, length: usize, what: What) -> usize {
        self.pieces.push(Piece { range: at..at + length, what });
        length
    }

    /// Where `sign` next stands, unless it was looked for in vain before.
    fn find(&mut self, from: usize, sign: &str, kind: usize) -> Option<usize> {
        if self.dead_ends[kind] || from > self.end {
            return None;
        }
        let found = self.source[from..self.end].find(sign).map(|i| from + i);
        self.dead_ends[kind] = found.is_none();
        found
    }

    /// A piece of markup that ends with `sign` within so many bytes.
    fn short(&mut self, at: usize, sign: &str, most: usize) -> usize {
        let within = &self.source.as_bytes()[at..self.end.min(at + most)];
        match within.iter().position(|b| sign.as_bytes()[0] == *b) {
            Some(end) => self.piece(at, end + 1, What::Masked(Mask::Quote)),
            None => 1,
        }
    }

    fn code(&mut self, at: usize) -> usize {
        let rest = &self.source[at..self.end];
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        // Longer runs are rare: each is looked for on its own.
        let mut from = at + ticks;
        let limit = self.end.min(from + 2_000);
        while let Some(i) = self.source[from..self.end].find('`') {
            let found = from + i;
            let run = self.source[found..self.end].len() - self.source[found..self.end].trim_start_matches('`').len();
            if run == ticks {
                return self.piece(at, found + ticks - at, What::Masked(Mask::Word));
            }
            from = found + run;
            if from > limit {
                break;
            }
        }
        ticks
    }

    fn formula(&mut self, at: usize) -> usize {
        let rest = &self.source[at..self.end];
        if rest.starts_with("$$") {
            return match self.find(at + 2, "$$", 0) {
                Some(end) => self.piece(at, end + 2 - at, What::Masked(Mask::Word)),
                None => 2,
            };
        }
        // Pandoc: no space after the first sign, none before the last, and no digit after it.
        if rest[1..].starts_with(|c: char| c.is_whitespace()) {
            return 1;
        }
        let Some(end) = self.find(at + 1, "$", 1) else { return 1 };
        let inner = &self.source[at + 1..end];
        let digit = self.source[end + 1..self.end].starts_with(|c: char| c.is_ascii_digit());
        if inner.ends_with(char::is_whitespace) || digit || inner.is_empty() {
            return 1;
        }
        self.piece(at, end + 1 - at, What::Masked(Mask::Word))
    }

    /// Comments are dropped, tags and addresses are not looked into.
    fn tag(&mut self, at: usize) -> usize {
        let rest = &self.source[at..self.end];
        if rest.starts_with("<!--") {
            return match self.find(at + 4, "-->", 2) {
                Some(end) => self.piece(at, end + 3 - at, What::Nothing),
                None => 1,
            };
        }
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            return 1;
        }
        self.short(at, ">", 300)
    }

    fn link_target(&mut self, at: usize) -> usize {
        self.short(at, if self.source[at + 1..].starts_with('(') { ")" } else { "]" }, 1_000).max(2)
    }

    /// The length of the text in brackets that begins here.
    fn closing(&self, at: usize) -> Option<usize> {
        let i = self.brackets.binary_search_by_key(&at, |b| b.0).ok()?;
        Some(self.brackets[i].1 + 1 - at)
    }

    fn emphasis(&mut self, at: usize, c: char) -> usize {
        let before = self.source[self.start..at].chars().next_back();
        let length = self.source[at..self.end].chars().take_while(|&x| x == c).count();
        let after = self.source[at + length..self.end].chars().next();
        let inside = c == '_' && before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        if inside { length } else { self.piece(at, length, What::Masked(Mask::Quote)) }
    }

    /// `[see @key, p. 3; -@key2]`, a footnote's mark, or a link.
    fn bracket(&mut self, at: usize) -> usize {
        let rest = &self.source[at..self.end];
        if rest.starts_with("[^") {
            return match rest.bytes().take(100).position(|b| b == b']') {
                Some(end) => self.piece(at, end + 1, What::Masked(Mask::Citation)),
                None => 1,
            };
        }
        let Some(length) = self.closing(at) else { return 1 };
        if rest[length..].starts_with(['(', '{', '[']) {
            // The bracket of a link belongs to what is behind its text.
            return self.piece(at, 1, What::Masked(Mask::Quote));
        }
        let mut keys = Vec::new();
        let mut offset = 1;
        for part in rest[1..length - 1].split(';') {
            let found = key_in(part);
            // Every part cites, or the bracket is none of citations.
            let Some((key, place)) = found else { return 1 };
            if let Some(key) = cited(key) {
                keys.push((key, at + offset + place.start..at + offset + place.end));
            }
            offset += part.len() + 1;
        }
        if keys.is_empty() {
            return self.piece(at, length, What::Masked(Mask::Word));
        }
        self.piece(at, length, What::Citation { keys, mask: Mask::Citation })
    }

    /// `@key` in the text, with the locator in brackets after it.
    fn narrative(&mut self, at: usize, sign: usize) -> usize {
        let before = self.source[self.start..at].chars().next_back();
        let Some((key, length)) = key(&self.source[sign..self.end]) else { return sign + 1 - at };
        // "name@example.org"
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '/')) {
            return sign + length - at;
        }
        let mut end = sign + length;
        let Some(cited) = cited(key) else { return self.piece(at, end - at, What::Masked(Mask::Word)) };
        let rest = &self.source[end..self.end];
        let place = at..end;
        if let Some(bracket) = rest.strip_prefix(' ').filter(|r| r.starts_with('[') && !r.starts_with("[^"))
            && let Some(length) = self.closing(end + 1)
            && !bracket[..length].contains('@')
            && !bracket[length..].starts_with(['(', '['])
            && is_locator(&bracket[1..length - 1])
        {
            end += 1 + length;
        }
        let mask = trailing_mask(self.source, &(at..end), &(self.start..self.end));
        self.piece(at, end - at, What::Citation { keys: vec![(cited, place)], mask })
    }
}

/// Where the square brackets of a paragraph open and close. Long ones and those round many others are none of
/// citations.
fn brackets(source: &str, range: &Range<usize>) -> Vec<(usize, usize)> {
    /// Brackets in brackets in brackets.
    const MAX_HEIGHT: usize = 3;
    let mut found = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut escaped = false;
    for (i, b) in source.as_bytes()[range.clone()].iter().enumerate() {
        let at = range.start + i;
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => open.push((at, 1)),
            b']' => {
                let Some((start, height)) = open.pop() else { continue };
                if let Some(outer) = open.last_mut() {
                    outer.1 = outer.1.max(height + 1);
                }
                if height <= MAX_HEIGHT && at - start < MAX_GROUP {
                    found.push((start, at));
                }
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

/// "p. 33", "chap. 2", "33-35": what may follow a narrative citation in brackets.
fn is_locator(text: &str) -> bool {
    text.len() < 200 && text.contains(|c: char| c.is_ascii_digit())
}

/// The first key of one part of a group, and its place with sign.
fn key_in(part: &str) -> Option<(&str, Range<usize>)> {
    let mut from = 0;
    while let Some(i) = part[from..].find('@') {
        let at = from + i;
        let before = part[..at].chars().next_back();
        if let Some((key, length)) = key(&part[at..])
            && !before.is_some_and(char::is_alphanumeric)
        {
            let start = if before == Some('-') { at - 1 } else { at };
            return Some((key, start..at + length));
        }
        from = at + 1;
    }
    None
}

/// A key after its "@", and the bytes it takes with it. (Pandoc User's Guide, "Citation syntax".)
fn key(text: &str) -> Option<(&str, usize)> {
    let rest = &text[1..];
    if let Some(inner) = rest.strip_prefix('{') {
        let within = &inner.as_bytes()[..inner.len().min(LONGEST_KEY)];
        let end = within.iter().position(|b| *b == b'}').filter(|&e| e > 0)?;
        if inner[..end].contains(char::is_whitespace) {
            return None;
        }
        return Some((&inner[..end], end + 3));
    }
    if !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut end = 0;
    let mut mark = false;
    for (i, c) in rest.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            end = i + c.len_utf8();
            mark = false;
        } else if matches!(c, ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/') && !mark {
            mark = true;
        } else {
            break;
        }
    }
    Some((&rest[..end], end + 1))
}

/// The key of a work: without the reason for citing it, and none for a cross-reference.
fn cited(key: &str) -> Option<String> {
    let prefix = key.split(['-', ':']).next().unwrap_or(key);
    if prefix.len() < key.len() && CROSS_REFERENCES.contains(&prefix.to_ascii_lowercase().as_str()) {
        return None;
    }
    let key = key.strip_prefix("cito:").unwrap_or(key);
    let reason = |p: &str| CITO.contains(&p.replace('_', "").to_ascii_lowercase().as_str());
    match key.split_once(':') {
        Some((prefix, rest)) if !rest.is_empty() && reason(prefix) => Some(rest.to_owned()),
        _ => Some(key.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations() {
        for (text, expected) in [
            ("[@a]", vec!["a"]),
            ("[see @a, p. 3; -@b]", vec!["a", "b"]),
            ("@a says", vec!["a"]),
            ("as @{https://x.org/a_b} says", vec!["https://x.org/a_b"]),
            ("by @doe99 [p. 33] and", vec!["doe99"]),
            ("[@10.5555/12; @A.b:c]", vec!["10.5555/12", "A.b:c"]),
            ("(@a, -@b.)", vec!["a", "b"]),
            ("[@cito:citesAsEvidence:a; @method_in:b; @db:c]", vec!["a", "b", "db:c"]),
            ("[a link @a](http://x.org)", vec!["a"]),
        ] {
            let found: Vec<String> = keys(text).into_iter().map(|(k, _)| k).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_citation() {
        for text in [
            "mail a@b.org",
            "`@a`",
            "<!-- @a -->",
            "see @fig-one, @tbl:two",
            "\\@a",
            "[link](http://x.org/@a)",
            "$x_{@a}$",
            "``x ` @a``",
            "@ home",
        ] {
            assert!(keys(text).is_empty(), "{text}: {:?}", keys(text));
        }
    }
}
