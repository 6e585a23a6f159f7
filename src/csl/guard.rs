//! Checks a style before anything recursive touches it: size, depth, and calls between macros.
//!
//! The parser behind this recurses once a level, and evaluation expands macros where they are called. A few bytes
//! of a broken or hostile style could exhaust the stack or the machine, so both are bounded here.

use std::collections::HashMap;

use citationberg::{IndependentStyle, LayoutRenderingElement as Element, SortKey, TextTarget};

use super::style::StyleError;

/// The largest style that is read, in bytes; the largest known one has a quarter of a million.
const MAX_BYTES: usize = 4 << 20;
/// How deep elements may nest; known styles stay below 40.
const MAX_DEPTH: usize = 100;
/// How many elements evaluating one cite may visit, all macros expanded; known styles stay below 3,000.
const MAX_VISITS: u64 = 50_000;
/// How deep elements may nest when macros are expanded; known styles stay below 40.
const MAX_EXPANDED_DEPTH: usize = 150;

/// The start of an element: where errors point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub name: &'a str,
    /// The text between the name and the end of the tag.
    pub attributes: &'a str,
    /// 1-based.
    pub line: usize,
    pub depth: usize,
}

/// All start tags of a document, in order; refuses what is too big or too deep, and document type declarations.
pub(super) fn scan(xml: &str) -> Result<Vec<Tag<'_>>, StyleError> {
    if xml.len() > MAX_BYTES {
        return Err(StyleError::TooBig { bytes: xml.len(), limit: MAX_BYTES });
    }
    let mut tags = Vec::new();
    let (mut at, mut line, mut depth) = (0, 1, 0usize);
    while let Some(found) = xml[at..].find('<') {
        line += newlines(&xml[at..at + found]);
        at += found;
        let rest = &xml[at..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .iter()
            .find(|(open, _)| rest.starts_with(open))
            .map(|(_, close)| rest.find(close).map_or(rest.len(), |n| n + close.len()));
        let length = match skipped {
            Some(length) => length,
            None if rest.starts_with("<!") => return Err(StyleError::DocumentType { line }),
            None => {
                let length = tag_length(rest);
                if rest.starts_with("</") {
                    depth = depth.saturating_sub(1);
                } else {
                    let inner = rest[1..length].trim_end_matches('>');
                    let closed = inner.ends_with('/');
                    let inner = inner.trim_end_matches('/');
                    let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return Err(StyleError::TooDeep { element: short(name), line, limit: MAX_DEPTH });
                    }
                    tags.push(Tag { name, attributes, line, depth });
                    depth -= usize::from(closed);
                }
                length
            }
        };
        line += newlines(&rest[..length]);
        at += length;
    }
    Ok(tags)
}

fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

fn newlines(s: &str) -> usize {
    s.bytes().filter(|b| *b == b'\n').count()
}

/// The length of a tag with its brackets; a `>` inside a quoted value does not end it.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    for (i, b) in rest.bytes().enumerate().skip(1) {
        match (quote, b) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if b == q => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// The line of the definition of a macro.
pub(super) fn macro_line(tags: &[Tag<'_>], name: &str) -> Option<usize> {
    tags.iter()
        .find(|t| {
            t.name == "macro"
                && (t.attributes.contains(&format!("\"{name}\"")) || t.attributes.contains(&format!("'{name}'")))
        })
        .map(|t| t.line)
}

/// Refuses macros that are missing, call themselves, or multiply beyond reason.
pub(super) fn check_macros(style: &IndependentStyle, tags: &[Tag<'_>]) -> Result<(), StyleError> {
    let macros: HashMap<&str, &[Element]> =
        style.macros.iter().map(|m| (m.name.as_str(), m.children.as_slice())).collect();
    let mut costs = Costs { macros, done: HashMap::new(), open: Vec::new(), tags };
    for m in &style.macros {
        costs.of_macro(&m.name)?;
    }
    let sorts = style.citation.sort.iter().chain(style.bibliography.iter().filter_map(|b| b.sort.as_ref()));
    for key in sorts.flat_map(|s| &s.keys) {
        if let SortKey::MacroName { name, .. } = key {
            costs.of_macro(name)?;
        }
    }
    let layouts = std::iter::once(&style.citation.layout).chain(style.bibliography.iter().map(|b| &b.layout));
    for layout in layouts {
        costs.of(&layout.elements)?.check("layout", None)?;
    }
    Ok(())
}

/// What evaluating elements takes, with all macros expanded.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    visits: u64,
    depth: usize,
}

impl Cost {
    /// The cost of one after the other.
    fn then(self, next: Cost) -> Cost {
        Cost { visits: self.visits.saturating_add(next.visits), depth: self.depth.max(next.depth) }
    }

    /// The cost of one or the other.
    fn or(self, other: Cost) -> Cost {
        Cost { visits: self.visits.max(other.visits), depth: self.depth.max(other.depth) }
    }

    fn check(self, name: &str, line: Option<usize>) -> Result<(), StyleError> {
        if self.visits > MAX_VISITS {
            return Err(StyleError::TooManyElements { name: short(name), line, limit: MAX_VISITS });
        }
        if self.depth > MAX_EXPANDED_DEPTH {
            return Err(StyleError::ExpandsTooDeep { name: short(name), line, limit: MAX_EXPANDED_DEPTH });
        }
        Ok(())
    }
}

struct Costs<'a> {
    macros: HashMap<&'a str, &'a [Element]>,
    done: HashMap<&'a str, Cost>,
    open: Vec<&'a str>,
    tags: &'a [Tag<'a>],
}

impl<'a> Costs<'a> {
    fn of_macro(&mut self, name: &str) -> Result<Cost, StyleError> {
        let Some((&name, &elements)) = self.macros.get_key_value(name) else {
            let line = self.tags.iter().find(|t| t.attributes.contains(&format!("macro=\"{name}\""))).map(|t| t.line);
            return Err(StyleError::NoSuchMacro { name: short(name), line });
        };
        if let Some(cost) = self.done.get(name) {
            return Ok(*cost);
        }
        // The stack of open macros is as deep as the longest chain of calls: bounded like the nesting of elements.
        if self.open.contains(&name) || self.open.len() >= MAX_DEPTH {
            let calls = self.open.iter().chain([&name]).map(|n| short(n)).collect::<Vec<_>>().join(" → ");
            return Err(StyleError::MacroCycle { calls, line: macro_line(self.tags, name) });
        }
        self.open.push(name);
        let cost = self.of(elements)?;
        self.open.pop();
        cost.check(name, macro_line(self.tags, name))?;
        self.done.insert(name, cost);
        Ok(cost)
    }

    fn of(&mut self, elements: &'a [Element]) -> Result<Cost, StyleError> {
        let mut sum = Cost::default();
        for element in elements {
            let inner = match element {
                Element::Text(t) => match &t.target {
                    TextTarget::Macro { name } => self.of_macro(name)?,
                    _ => Cost::default(),
                },
                Element::Group(g) => self.of(&g.children)?,
                Element::Names(n) => match n.substitute() {
                    Some(s) => self.of(&s.children)?,
                    None => Cost::default(),
                },
                // One branch at most is evaluated.
                Element::Choose(c) => {
                    let mut most = Cost::default();
                    for branch in c.branches() {
                        most = most.or(self.of(&branch.children)?);
                    }
                    match &c.otherwise {
                        Some(o) => most.or(self.of(&o.children)?),
                        None => most,
                    }
                }
                Element::Date(_) | Element::Number(_) | Element::Label(_) => Cost::default(),
            };
            sum = sum.then(Cost { visits: inner.visits.saturating_add(1), depth: inner.depth + 1 });
        }
        Ok(sum)
    }
}
