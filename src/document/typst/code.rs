//! Code in Typst manuscripts: where it ends, and the content among its arguments.

use std::ops::Range;

/// Where each bracket of a source is closed: `(`, `[`, `{`.
#[derive(Debug)]
pub(super) struct Brackets(Vec<(usize, usize)>);

impl Brackets {
    pub fn of(source: &str) -> Self {
        let mut found = Vec::new();
        let mut open: Vec<(usize, u8)> = Vec::new();
        let bytes = source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 1,
                b'/' if bytes.get(at + 1) == Some(&b'/') && !source[..at].ends_with(':') => {
                    while at + 1 < bytes.len() && bytes[at + 1] != b'\n' {
                        at += 1;
                    }
                }
                b'"' if open.last().is_some_and(|o| o.1 != b']') => {
                    // A string in code; brackets in it are none.
                    let string = bytes[at + 1..].iter().take(4_000).position(|b| *b == b'"');
                    at += string.map_or(0, |i| i + 1);
                }
                b'(' => open.push((at, b')')),
                b'[' => open.push((at, b']')),
                b'{' => open.push((at, b'}')),
                b @ (b')' | b']' | b'}') => {
                    // Brackets of prose need not match; those inside the one that closes are none.
                    if let Some(i) = open.iter().rev().take(8).position(|o| o.1 == b) {
                        open.truncate(open.len() - i);
                        if let Some((start, _)) = open.pop() {
                            found.push((start, at));
                        }
                    }
                }
                _ => {}
            }
            at += 1;
        }
        found.sort_unstable();
        Self(found)
    }

    /// Where the bracket at `at` is closed.
    pub fn closing(&self, at: usize) -> Option<usize> {
        self.0.binary_search_by_key(&at, |b| b.0).ok().map(|i| self.0[i].1)
    }

    /// What stands in the square brackets at `at`.
    pub fn content(&self, source: &str, at: usize) -> Option<Range<usize>> {
        source.get(at..)?.starts_with('[').then_some(())?;
        Some(at + 1..self.closing(at)?)
    }

    /// The outermost content blocks in a range of code.
    fn contents(&self, source: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let first = self.0.partition_point(|b| b.0 < range.start);
        let mut behind = range.start;
        for &(start, end) in self.0[first..].iter().take_while(|b| b.0 < range.end) {
            if start >= behind && source[start..].starts_with('[') && end <= range.end {
                found.push(start + 1..end);
                behind = end;
            }
        }
        found
    }
}

/// Code: a call with its arguments, a statement.
#[derive(Debug)]
pub(super) struct Call<'s> {
    /// The function, or the keyword of a statement.
    pub name: &'s str,
    /// The arguments in round brackets.
    arguments: Option<Range<usize>>,
    /// The content blocks among and after the arguments, in order.
    pub contents: Vec<Range<usize>>,
    pub end: usize,
}

impl<'s> Call<'s> {
    /// The code that begins with the `#` at `at`.
    pub fn read(source: &'s str, brackets: &Brackets, at: usize, end: usize) -> Option<Self> {
        let rest = &source[at + 1..end];
        if rest.starts_with(['(', '{', '[']) {
            let close = brackets.closing(at + 1).filter(|&c| c < end)?;
            let contents = brackets.contents(source, at + 1..close + 1);
            return Some(Self { name: "", arguments: None, contents, end: close + 1 });
        }
        let full = name(rest);
        if full.is_empty() {
            return None;
        }
        let name = full.trim_end_matches(['.', ':']);
        let mut stop = at + 1 + name.len();
        let is_statement = matches!(
            name,
            "set" | "show" | "let" | "import" | "include" | "context" | "if" | "for" | "while" | "return"
        );
        if is_statement {
            // A statement goes to the end of its line, or of what is bracketed in it.
            let mut contents = Vec::new();
            while stop < end {
                let bytes = source.as_bytes();
                match bytes[stop] {
                    b'\n' | b';' => break,
                    b'(' | b'[' | b'{' => {
                        let Some(close) = brackets.closing(stop).filter(|&c| c < end) else { break };
                        contents.extend(brackets.contents(source, stop..close + 1));
                        stop = close + 1;
                    }
                    _ => stop += 1,
                }
            }
            while !source.is_char_boundary(stop) {
                stop += 1;
            }
            return Some(Self { name, arguments: Some(at + 1 + name.len()..stop), contents, end: stop });
        }
        let mut arguments = None;
        let mut contents = Vec::new();
        // "#f(…)[…][…]", "#f(…).with(…)"
        loop {
            let here = &source[stop.min(end)..end];
            if here.starts_with('(') && arguments.is_none() || here.starts_with('[') {
                let Some(close) = brackets.closing(stop).filter(|&c| c < end) else { break };
                if here.starts_with('(') {
                    arguments = Some(stop + 1..close);
                }
                contents.extend(brackets.contents(source, stop..close + 1));
                stop = close + 1;
            } else {
                break;
            }
        }
        Some(Self { name, arguments, contents, end: stop })
    }

    /// The key of `cite(<key>)`, `cite(label("key"))`, `cite("key")`.
    pub fn label(&self, source: &'s str) -> Option<&'s str> {
        let arguments = &source[self.arguments.clone()?];
        if let Some(at) = arguments.find('<') {
            return label(&arguments[at..]);
        }
        self.strings(source).first().copied()
    }

    /// The strings among the arguments.
    pub fn strings(&self, source: &'s str) -> Vec<&'s str> {
        let Some(arguments) = self.arguments.clone() else { return Vec::new() };
        source[arguments].split('"').skip(1).step_by(2).take(50).collect()
    }

    /// What is set as the title of the document.
    pub fn title(&self, source: &str) -> Option<String> {
        let range = self.arguments.clone()?;
        let arguments = &source[range.clone()];
        let at = arguments
            .match_indices("title:")
            .find(|(i, _)| !arguments[..*i].ends_with(|c: char| c.is_alphanumeric() || c == '-'))?
            .0;
        let value = arguments[at + "title:".len()..].trim_start();
        let title = match value.chars().next()? {
            '"' => value[1..].split('"').next()?,
            '[' => value[1..].split(']').next()?,
            _ => return None,
        };
        let title = crate::text::collapse_spaces(&title.replace(['*', '_', '\\'], ""));
        (!title.is_empty() && title.len() < 500).then_some(title)
    }

    /// Whether the call is a part of its sentence.
    pub fn is_inline(&self) -> bool {
        const INLINE: &[&str] = &[
            "emph",
            "strong",
            "link",
            "underline",
            "text",
            "highlight",
            "smallcaps",
            "sub",
            "super",
            "strike",
            "overline",
            "upper",
            "lower",
            "box",
            "h",
            "sym",
            "emoji",
            "math",
            "ref",
            "raw",
            "numbering",
            "counter",
        ];
        let family = self.name.split('.').next().unwrap_or(self.name);
        INLINE.contains(&family) || self.contents.is_empty() && self.arguments.is_none()
    }
}

/// The name at the beginning of a text: of a function, a label, a key.
pub(super) fn name(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')))
        .map_or(text.len(), |(i, _)| i);
    // A full stop or colon at the end is the sentence's.
    text[..end].trim_end_matches(['.', ':', '-'])
}

/// The name of a label, from its "<" on.
pub(super) fn label(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let end = inner
        .char_indices()
        .take(200)
        .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/' | '+')))?;
    (end.0 > 0 && end.1 == '>').then(|| &inner[..end.0])
}

/// Where the formula that begins at `at` ends.
pub(super) fn formula_end(source: &str, at: usize, end: usize) -> Option<usize> {
    /// No formula is longer, in bytes.
    const MAX: usize = 10_000;
    let bytes = &source.as_bytes()[at + 1..end.min(at + MAX)];
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 2,
            b'$' => return Some(at + i + 2),
            _ => i += 1,
        }
    }
    None
}
