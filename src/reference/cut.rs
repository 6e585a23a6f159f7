//! Taking parts out of a reference so that what is left falls into pieces.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Stands where a part was cut out: a control character, which cleaned text never holds. No field reaches over it.
pub(super) const CUT: char = '\u{1f}';

/// Replaces by [`CUT`] what `pattern` finds. `take` gives the byte range to cut, or `None` to leave the match.
pub(super) fn cut(text: &mut String, pattern: &Regex, mut take: impl FnMut(&Captures, &str) -> Option<Range<usize>>) {
    let mut out = String::new();
    let mut from = 0;
    for found in pattern.captures_iter(text) {
        let Some(range) = take(&found, text) else { continue };
        if range.start < from {
            continue;
        }
        out.push_str(&text[from..range.start]);
        out.push(CUT);
        from = range.end;
    }
    if from > 0 {
        out.push_str(&text[from..]);
        *text = out;
    }
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
}
