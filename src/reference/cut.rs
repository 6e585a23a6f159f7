//! Taking parts out of a reference so that what is left falls into pieces.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Stands where a part was cut out: a control character, which cleaned text never holds. No field reaches over it.
pub(super) const CUT: char = '\u{1f}';

/// Replaces by [`CUT`] what `pattern` finds. `take` gives the byte range to cut, or `None` to leave the match.
fn cut(text: &mut String, pattern: &Regex, take: impl FnMut(&Captures, &str) -> Option<Range<usize>>) {
    if let Some(out) = cut_where(text, text, pattern, take) {
        *text = out;
    }
}

/// The text without what a pattern finds in a copy of it whose letters stand at the same places.
fn cut_where(
    text: &str,
    copy: &str,
    pattern: &Regex,
    mut take: impl FnMut(&Captures, &str) -> Option<Range<usize>>,
) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    for found in pattern.captures_iter(copy) {
        let Some(range) = take(&found, text) else { continue };
        if range.start < from {
            continue;
        }
        out.push_str(&text[from..range.start]);
        out.push(CUT);
        from = range.end;
    }
    out.push_str(&text[from..]);
    (from > 0).then_some(out)
}

/// Does what [`cut`] does where `worth` says that the pattern may be found at all; else it is not even compiled.
pub(super) fn cut_if(
    worth: bool,
    text: &mut String,
    pattern: &LazyLock<Regex>,
    take: impl FnMut(&Captures, &str) -> Option<Range<usize>>,
) {
    if worth {
        cut(text, pattern, take);
    }
}

/// The same, of a pattern in small letters, which finds ASCII capitals too: that is quicker to compile and to match
/// than a pattern that tells no letters apart. What it finds is in small letters, so `take` looks into the text.
pub(super) fn cut_any_case_if(
    worth: bool,
    text: &mut String,
    pattern: &LazyLock<Regex>,
    take: impl FnMut(&Captures, &str) -> Option<Range<usize>>,
) {
    if worth && let Some(out) = cut_where(text, &text.to_ascii_lowercase(), pattern, take) {
        *text = out;
    }
}

/// Cuts the brackets of which `is_remark` says that they are no part of the reference. It gets the opening bracket,
/// round or square, and what stands inside, without a space at either end. What holds brackets itself is not cut.
pub(super) fn cut_brackets(text: &mut String, mut is_remark: impl FnMut(u8, &str) -> bool) {
    let mut out = String::new();
    let (mut from, mut open) = (0, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' => open = Some((at, byte)),
            0x1f => open = None,
            b')' | b']' => {
                let Some((start, bracket)) = open.take() else { continue };
                let inside = &text[start + 1..at];
                let inside = inside.strip_prefix(' ').unwrap_or(inside);
                let inside = inside.strip_suffix(' ').unwrap_or(inside);
                if is_remark(bracket, inside) {
                    out.push_str(&text[from..start]);
                    out.push(CUT);
                    from = at + 1;
                }
            }
            _ => {}
        }
    }
    if from > 0 {
        out.push_str(&text[from..]);
        *text = out;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_a_mark() {
        let mut text = "a1b2c3".to_owned();
        let digits = Regex::new("[0-9]").expect("valid pattern");
        cut(&mut text, &digits, |m, _| (&m[0] != "2").then(|| m.get(0).expect("group 0").range()));
        assert_eq!(text, "a\u{1f}b2c\u{1f}");
    }

    #[test]
    fn capitals_and_brackets() {
        static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new("b+").expect("valid pattern"));
        let mut text = "aBb É B".to_owned();
        let mut found = Vec::new();
        cut_any_case_if(true, &mut text, &WORD, |m, text| {
            found.push(text[m.get(0)?.range()].to_owned());
            Some(m.get(0)?.range())
        });
        assert_eq!((text.as_str(), found), ("a\u{1f} É \u{1f}", vec!["Bb".to_owned(), "B".to_owned()]));
        let mut text = "a ( b ) c [b] (a (b)) (bb)".to_owned();
        cut_brackets(&mut text, |bracket, inside| bracket == b'(' && inside == "b");
        assert_eq!(text, "a \u{1f} c [b] (a \u{1f}) (bb)");
    }
}
