//! Decoded text → text that can be read: one kind of space, no entities, nothing a terminal could act on.
//!
//! The places of the cleaned text lead back to the decoded text, so that spans hold for what the user has on disk.

use std::ops::Range;

use super::Notice;
use crate::text::Span;

/// Every so many bytes a checkpoint is set even where nothing changed, so that a place is found in short time.
const STRIDE: usize = 512;
/// The longest entity looked for, in bytes ("&CounterClockwiseContourIntegral;" is nobody's prose).
const MAX_ENTITY: usize = 12;

/// Text without soft hyphens, control characters, entities and odd spaces.
#[derive(Debug)]
pub(super) struct Clean {
    pub text: String,
    /// Pairs of a byte offset in `text` and the scalar offset of the decoded text it came from, both ascending.
    checkpoints: Vec<(usize, usize)>,
}

impl Clean {
    /// The place in the decoded text of a byte range of the cleaned text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.scalar(range.start);
        let end = match self.text[..range.end].char_indices().next_back() {
            Some((last, _)) if last >= range.start => self.scalar(last) + 1,
            _ => start,
        };
        Span { start, end }
    }

    fn scalar(&self, byte: usize) -> usize {
        let after = self.checkpoints.partition_point(|&(b, _)| b <= byte);
        let (from, scalar) = self.checkpoints[after - 1];
        scalar + self.text[from..byte].chars().count()
    }
}

/// Cleans a decoded text; says what was dropped that a user should know of.
pub(super) fn clean(decoded: &str) -> (Clean, Vec<Notice>) {
    let mut cleaner = Cleaner {
        out: String::with_capacity(decoded.len()),
        checkpoints: vec![(0, 0)],
        controls: 0,
        first: 0,
        copies_formulas: decoded.contains(TEX_COPY),
    };
    cleaner.run(decoded);
    let mut notices = Vec::new();
    if cleaner.controls > 0 {
        let span = Span { start: cleaner.first, end: cleaner.first + 1 };
        notices.push(Notice {
            message: format!(
                "{} control characters or escape sequences were dropped, the first at character {}.",
                cleaner.controls, cleaner.first
            ),
            span: Some(span),
        });
    }
    (Clean { text: cleaner.out, checkpoints: cleaner.checkpoints }, notices)
}

struct Cleaner {
    out: String,
    checkpoints: Vec<(usize, usize)>,
    controls: usize,
    first: usize,
    /// Formulas are followed by a copy in TeX.
    copies_formulas: bool,
}

impl Cleaner {
    fn run(&mut self, decoded: &str) {
        let (mut byte, mut scalar) = (0, 0);
        let mut aligned = true;
        let mut raised_end = 0;
        while let Some(c) = decoded[byte..].chars().next() {
            if !aligned || self.out.len() >= self.checkpoints[self.checkpoints.len() - 1].0 + STRIDE {
                self.mark(scalar);
                aligned = true;
            }
            let rest = &decoded[byte..];
            let (bytes, kept) = match c {
                '^' if raised_end == 0 && rest.starts_with("^([") => match raised_brackets(rest) {
                    Some(end) => {
                        raised_end = byte + end;
                        (2, None)
                    }
                    None => (1, Some(c)),
                },
                ')' if byte == raised_end && raised_end > 0 => {
                    raised_end = 0;
                    (1, None)
                }
                '[' if self.copies_formulas => match formula_copy(&self.out, rest) {
                    Some(length) => (length, None),
                    None => (1, Some(c)),
                },
                _ => self.step(c, rest, scalar),
            };
            match kept {
                Some(kept) => self.out.push(kept),
                None => aligned = false,
            }
            let scalars = if bytes == c.len_utf8() { 1 } else { rest[..bytes].chars().count() };
            aligned &= scalars == 1;
            byte += bytes;
            scalar += scalars;
        }
        if !aligned {
            self.mark(scalar);
        }
    }

    fn mark(&mut self, scalar: usize) {
        match self.checkpoints.last_mut() {
            Some(last) if last.0 == self.out.len() => last.1 = scalar,
            _ => self.checkpoints.push((self.out.len(), scalar)),
        }
    }

    /// How many bytes the next piece takes, and the character that stands for it.
    fn step(&mut self, c: char, rest: &str, scalar: usize) -> (usize, Option<char>) {
        match c {
            '\n' | '\t' => (1, Some(c)),
            '\u{ad}' => (soft_hyphen(rest), None),
            '&' => match entity(rest) {
                // A control character or an ampersand that was written as an entity begins nothing further.
                Some((length, c)) => (length, c.filter(|c| *c == '\n' || !c.is_control()).and_then(plain)),
                None => (1, Some('&')),
            },
            _ if c.is_control() && !matches!(c, '\u{b}' | '\u{c}' | '\u{85}') => {
                if self.controls == 0 {
                    self.first = scalar;
                }
                self.controls += 1;
                (escape_sequence(c, rest), None)
            }
            _ => (c.len_utf8(), plain(c)),
        }
    }
}

/// The character that is read for one that is neither control nor entity; none where it has no width.
pub(super) fn plain(c: char) -> Option<char> {
    match c {
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        // Zero width, or a mark that turns the direction of writing.
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{61c}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c => Some(c),
    }
}

/// A soft hyphen, with the line end and indentation after it where it cuts a word.
fn soft_hyphen(rest: &str) -> usize {
    let length = '\u{ad}'.len_utf8();
    let after = rest.get(length..).unwrap_or("");
    let at_end = after.trim_start_matches([' ', '\t']);
    match at_end.strip_prefix('\n') {
        Some(next) => rest.len() - next.trim_start_matches([' ', '\t', '\u{a0}']).len(),
        None => length,
    }
}

/// Raised citations that a converter to plain text put in brackets of its own, "^([1][2])": where these close.
fn raised_brackets(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(60).position(|b| b == b')' || b == b'\n')?;
    (rest.as_bytes()[end] == b')').then_some(end)
}

/// How the TeX behind the pictures of formulas begins in Wikipedia.
const TEX_COPY: &str = "[{\\displaystyle ";
/// No copy of a formula is longer, in bytes.
const LONGEST_COPY: usize = 2_000;

/// The length of the copy of a formula that a converter put behind it in brackets: its TeX, or the same characters
/// once more ("R(M,x)[R(M, x)]").
fn formula_copy(before: &str, rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut end = None;
    for (i, byte) in rest.bytes().enumerate().take(LONGEST_COPY) {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 1 => {
                end = Some(i);
                break;
            }
            b']' => depth -= 1,
            b'\n' => break,
            // A bracket that is not closed in its line is looked at once and not for each one inside it.
            _ if depth > 8 => break,
            _ => {}
        }
    }
    let end = end?;
    let inner = &rest[1..end];
    let is_tex = inner.contains('\\') && inner.contains(|c: char| c.is_ascii_alphabetic());
    let same = || {
        let mut printed = before.chars().rev();
        let is_text = inner.contains(|c: char| c.is_alphabetic());
        let mut copied = inner.chars().rev().filter(|c| !c.is_whitespace());
        is_text
            && copied.all(|c| printed.find(|p| !p.is_whitespace()) == Some(c))
            && printed.next().is_none_or(|c| !c.is_alphanumeric())
    };
    (is_tex || same()).then_some(end + 1)
}

/// The length of a terminal's escape sequence (ECMA-48); other control characters stand alone.
fn escape_sequence(c: char, rest: &str) -> usize {
    let alone = c.len_utf8();
    let (kind, start) = match c {
        '\u{1b}' => match rest[1..].chars().next() {
            Some(k @ ('[' | ']' | 'P' | 'X' | '^' | '_')) => (k, 2),
            Some('@'..='Z' | '\\' | 'a'..='z') => return 2,
            _ => return alone,
        },
        '\u{9b}' => ('[', alone),
        '\u{9d}' => (']', alone),
        _ => return alone,
    };
    // Bounded: a sequence that does not end must not swallow the text.
    let mut body = rest[start..].char_indices().take(if kind == '[' { 32 } else { 256 });
    if kind == '[' {
        match body.find(|&(_, c)| !matches!(c, '\u{20}'..='\u{3f}')) {
            Some((i, '@'..='~')) => start + i + 1,
            _ => start,
        }
    } else {
        match body.find(|&(_, c)| matches!(c, '\u{7}' | '\u{1b}' | '\u{9c}' | '\n')) {
            Some((i, c @ ('\u{7}' | '\u{9c}'))) => start + i + c.len_utf8(),
            Some((i, '\u{1b}')) if rest[start + i..].starts_with("\u{1b}\\") => start + i + 2,
            _ => start,
        }
    }
}

/// The character of an HTML entity at the start of `rest`, and its length; no character for one of no width.
pub(super) fn entity(rest: &str) -> Option<(usize, Option<char>)> {
    let end = rest.bytes().take(MAX_ENTITY).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => NAMED.iter().find(|(n, _)| *n == name)?.1,
    };
    Some((end + 1, (c != '\u{ad}').then_some(c)))
}

/// The named entities that occur in pasted prose (HTML Living Standard, 13.5).
#[rustfmt::skip]
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("shy", '\u{ad}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("divide", '÷'),
    ("minus", '−'),
    ("micro", 'µ'),
    ("sect", '§'),
    ("para", '¶'),
    ("prime", '′'),
    ("Prime", '″'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("asymp", '≈'),
    ("rarr", '→'),
    ("larr", '←'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("euro", '€'),
    ("pound", '£'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("Delta", 'Δ'),
    ("epsilon", 'ε'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("pi", 'π'),
    ("sigma", 'σ'),
    ("tau", 'τ'),
    ("phi", 'φ'),
    ("chi", 'χ'),
    ("omega", 'ω'),
    ("Omega", 'Ω'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("oslash", 'ø'),
    ("oelig", 'œ'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("szlig", 'ß'),
    ("scaron", 'š'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Auml", 'Ä'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Iacute", 'Í'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Ouml", 'Ö'),
    ("Oslash", 'Ø'),
    ("Uacute", 'Ú'),
    ("Uuml", 'Ü'),
    ("Scaron", 'Š'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read() {
        for (from, to) in [
            ("a\u{a0}b\u{2009}c\u{202f}d\u{200b}e", "a b c de"),
            ("cal\u{ad}cium and mag\u{ad}\n    nesium", "calcium and magnesium"),
            ("Ives &amp; Roe 3&#8211;7 &#x2013; &nbsp;&eacute;&unknown; R&D;", "Ives & Roe 3–7 –  é&unknown; R&D;"),
            ("a\x1b[31mred\x1b[0m b\x1b]0;title\x07c\x07", "ared bc"),
            ("&#27;[31m x", "[31m x"),
            ("page\u{c}next", "page\nnext"),
            ("wood,^([1][2]) bark.^([3]:p. 7) x^(2)", "wood,[1][2] bark.[3]:p. 7 x^(2)"),
            ("\u{202e}turned\u{202c}", "turned"),
            ("x[{\\displaystyle x}] in R(a,b)[R(a, b)],[3] M[M] and [sic]", "x in R(a,b),[3] M and [sic]"),
            ("M[M]", "M[M]"),
        ] {
            assert_eq!(clean(from).0.text, to, "{from:?}");
        }
    }

    #[test]
    fn places_lead_back() {
        let decoded = "é\u{ad}b &amp; c\x1b[0md";
        let (clean, notices) = clean(decoded);
        assert_eq!(clean.text, "éb & cd");
        let place = |s: &str| {
            let at = clean.text.find(s).unwrap();
            let span = clean.span(at..at + s.len());
            decoded.chars().skip(span.start).take(span.end - span.start).collect::<String>()
        };
        assert_eq!((place("b").as_str(), place("c").as_str(), place("d").as_str()), ("b", "c", "d"));
        assert_eq!(notices.len(), 1);
    }
}
