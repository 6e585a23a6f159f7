//! Superscript runs of a paragraph from its HTML.

use std::ops::Range;

/// The byte ranges in `plain` that stand in `<sup>` in `html`; nothing when the HTML without its tags and entities is
/// not the plain text.
pub fn superscript_runs(html: &str, plain: &str) -> Option<Vec<Range<usize>>> {
    let mut runs = Vec::new();
    let mut at = 0;
    let mut open = 0_usize;
    let mut start = 0;
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        if let Some((name, closes, length)) = tag(rest) {
            let is_sup = name.eq_ignore_ascii_case("sup");
            match (closes, open) {
                _ if !is_sup => {}
                (false, 0) => (start, open) = (at, 1),
                (false, _) => open += 1,
                (true, 1) => {
                    open = 0;
                    if start < at {
                        runs.push(start..at);
                    }
                }
                (true, _) => open = open.saturating_sub(1),
            }
            rest = &rest[length..];
            continue;
        }
        let (character, length) = if c == '&' { entity(rest).unwrap_or((c, 1)) } else { (c, c.len_utf8()) };
        if !plain[at..].starts_with(character) {
            return None;
        }
        at += character.len_utf8();
        rest = &rest[length..];
    }
    (at == plain.len()).then_some(runs)
}

/// Longest tag and entity that are read, in bytes.
const LONGEST: usize = 1_000;

/// The name of the tag that a text begins with, whether it is a closing one, and its length.
fn tag(text: &str) -> Option<(&str, bool, usize)> {
    let inner = text.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
    let close = text.bytes().take(LONGEST).position(|b| b == b'>')?;
    (end > 0 && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((&name[..end], closes, close + 1))
}

/// The character of the entity that a text begins with, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[1..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_the_plain_text() {
        let runs = superscript_runs("é &lt; 3<sup>1,2</sup> m<i>x</i><sup>4</sup>", "é < 31,2 mx4");
        assert_eq!(runs, Some(vec![6..9, 12..13]));
        assert_eq!(superscript_runs("a<sup></sup>&#233;", "aé"), Some(vec![]));
        assert_eq!(superscript_runs("a < b & c", "a < b & c"), Some(vec![]));
    }

    #[test]
    fn other_text_is_refused() {
        assert_eq!(superscript_runs("<b>a</b>", "b"), None);
        assert_eq!(superscript_runs("a", "ab"), None);
    }
}
