//! Text with markup → LaTeX that reads back as the same text.

use super::decode::{Capitals, is_wholly_braced};
use super::math::readable_math;
use super::symbols::{BOLD, ITALIC, Markup, NO_CASE, SMALL_CAPS, SUBSCRIPT, SUPERSCRIPT};

/// Writes text as LaTeX: braces always pair, and what means something to LaTeX is escaped. Letters stay as they are.
pub(in super::super) fn encode(text: &str, capitals: Capitals) -> String {
    let tags = matched_tags(text, capitals);
    let mut out = String::with_capacity(text.len() + 8);
    let mut tags = tags.into_iter().peekable();
    let mut pos = 0;
    while pos < text.len() {
        if let Some(tag) = tags.next_if(|tag| tag.at == pos) {
            pos += tag.length;
            match tag.opens {
                None => out.push('}'),
                Some(markup) => {
                    out.push_str(command(markup));
                    out.push('{');
                    // A group that begins with a command does not protect.
                    if markup == NO_CASE && !text[pos..].starts_with(|c: char| c.is_alphanumeric()) {
                        out.push_str("{}");
                    }
                }
            }
            continue;
        }
        let until = tags.peek().map_or(text.len(), |tag| tag.at);
        escape(&text[pos..until], &mut out);
        pos = until;
    }
    if capitals == Capitals::Protected && is_wholly_braced(&out) {
        out.push_str("{}");
    }
    out
}

const MARKUPS: [(Markup, &str); 6] = [
    (ITALIC, "\\emph"),
    (BOLD, "\\textbf"),
    (SUPERSCRIPT, "\\textsuperscript"),
    (SUBSCRIPT, "\\textsubscript"),
    (SMALL_CAPS, "\\textsc"),
    (NO_CASE, ""),
];

fn command(markup: Markup) -> &'static str {
    MARKUPS.iter().find(|(m, _)| *m == markup).map_or("", |(_, command)| command)
}

struct Tag {
    at: usize,
    length: usize,
    /// `None` closes.
    opens: Option<Markup>,
}

/// The tags that pair and can be written as LaTeX, in their order. All others are text.
fn matched_tags(text: &str, capitals: Capitals) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut open: Vec<(usize, Markup)> = Vec::new();
    let mut protecting = 0_usize;
    let mut from = 0;
    while let Some(found) = text[from..].find('<') {
        let at = from + found;
        from = at + 1;
        let rest = &text[at..];
        if let Some((markup, _)) = MARKUPS.iter().find(|(m, _)| rest.starts_with(m.0)) {
            open.push((tags.len(), *markup));
            protecting += usize::from(*markup == NO_CASE);
            tags.push(Tag { at, length: markup.0.len(), opens: Some(*markup) });
        } else if let Some(&(_, markup)) = open.last()
            && rest.starts_with(markup.1)
        {
            let (start, _) = open.pop().expect("just looked at");
            if markup == NO_CASE {
                protecting -= 1;
                let inner = &text[tags[start].at + tags[start].length..at];
                // Braces protect once, in titles, and only what has letters.
                if capitals == Capitals::Free || protecting > 0 || !inner.contains(char::is_alphabetic) {
                    tags[start].length = 0;
                    continue;
                }
            }
            tags.push(Tag { at, length: markup.1.len(), opens: None });
        }
    }
    for (start, _) in open {
        tags[start].length = 0;
    }
    tags.retain(|tag| tag.length > 0);
    tags
}

fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '$' => match kept_formula(rest) {
                Some(formula) => {
                    out.push_str(formula);
                    length = formula.len();
                }
                None => out.push_str("\\$"),
            },
            '%' | '#' | '&' | '_' => out.extend(['\\', c]),
            '\u{a0}' => out.push('~'),
            // Two of them would be read as one other character.
            '-' | '\'' if out.ends_with(c) => out.extend(['{', '}', c]),
            c => out.push(c),
        }
        rest = &rest[length..];
    }
}

/// The formula a text begins with, when reading it gives the same text.
fn kept_formula(text: &str) -> Option<&str> {
    let end = 1 + text[1..].bytes().take(1_000).position(|b| b == b'$')?;
    let formula = &text[1..end];
    let mut depth = 0_usize;
    for b in formula.bytes() {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    let kept = depth == 0 && formula.contains('\\') && !formula.ends_with('\\') && readable_math(formula).is_none();
    kept.then(|| &text[..=end])
}
