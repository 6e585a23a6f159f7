//! Tags with more attributes than any page has.
//!
//! The tokenizer of HTML calls itself for each attribute of a tag and comes back at the tag's end, so that a tag with tens of
//! thousands of them overflows the stack. Such a tag is made to end before.

use std::borrow::Cow;

/// No tag of a page has more attributes.
const MOST: u32 = 200;

/// Where in a tag a byte may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its name, or between attributes, or in an attribute's name: `>` ends the tag.
    Open,
    /// The same behind a white space, a slash or a quotation mark: a letter begins an attribute.
    Between,
    /// Behind "=".
    Value,
    Unquoted,
    Double,
    Single,
}

/// The source with the tags ended by ">" that have too many attributes. It keeps its length.
///
/// Scripts, comments and quoted values may hold what looks like the beginning of a tag. Where it begins is not known here:
/// all beginnings are followed at once, each state with the most attributes that lead to it.
pub(super) fn bounded(source: &str) -> Cow<'_, str> {
    use State::{Between, Double, Open, Single, Unquoted, Value};
    const STATES: [State; 6] = [Open, Between, Value, Unquoted, Double, Single];
    let mut most: [Option<u32>; 6] = [None; 6];
    let mut cut: Option<Vec<u8>> = None;
    let bytes = source.as_bytes();
    for (i, &byte) in bytes.iter().enumerate() {
        if most.iter().all(Option::is_none) {
            if byte == b'<' {
                most = begun(most, &bytes[i + 1..]);
            }
            continue;
        }
        let mut next: [Option<u32>; 6] = [None; 6];
        for (state, count) in STATES.into_iter().zip(most).filter_map(|(s, c)| Some((s, c?))) {
            let is_space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
            let (to, more) = match (state, byte) {
                (Open | Between | Value | Unquoted, b'>') => continue,
                (Open | Between, b'/') => (Between, 0),
                (Open | Between, _) if is_space => (Between, 0),
                (Open, b'=') => (Value, 0),
                (Open, _) => (Open, 0),
                (Between, _) => (Open, 1),
                (Value, b'"') => (Double, 0),
                (Value, b'\'') => (Single, 0),
                (Value, _) if is_space => (Value, 0),
                (Value, _) => (Unquoted, 0),
                (Unquoted, _) if is_space => (Between, 0),
                (Unquoted, _) => (Unquoted, 0),
                (Double, b'"') | (Single, b'\'') => (Between, 0),
                (Double | Single, _) => (state, 0),
            };
            // "a =" goes on with the value of the attribute before.
            let to = if (state, byte) == (Between, b'=') { Value } else { to };
            let place = &mut next[to as usize];
            *place = (*place).max(Some(count + more));
        }
        most = next;
        if byte == b'<' {
            most = begun(most, &bytes[i + 1..]);
        }
        // One of them is too long: all that end with ">" end here.
        if most.iter().flatten().any(|&count| count > MOST) {
            let cut = cut.get_or_insert_with(|| bytes.to_vec());
            let start = (0..=i).rev().find(|&at| source.is_char_boundary(at)).unwrap_or(i);
            let end = (i + 1..=bytes.len()).find(|&at| source.is_char_boundary(at)).unwrap_or(bytes.len());
            cut[start..end].fill(b' ');
            cut[start] = b'>';
            most = [None, None, None, None, most[Double as usize].map(|_| 0), most[Single as usize].map(|_| 0)];
        }
    }
    match cut.map(String::from_utf8) {
        Some(Ok(cut)) => Cow::Owned(cut),
        _ => Cow::Borrowed(source),
    }
}

/// A tag may begin with a letter or a slash behind "<".
fn begun(mut most: [Option<u32>; 6], behind: &[u8]) -> [Option<u32>; 6] {
    if behind.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
        let open = &mut most[State::Open as usize];
        *open = (*open).max(Some(0));
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_pages_stay_as_they_are() {
        let page = "<p class=\"a b\" id='c' hidden>x <b>y</b> &lt; 3 < 4 <a href=x>z</a></p>".repeat(1_000);
        assert!(matches!(bounded(&page), Cow::Borrowed(_)));
        let script = format!("<script>if (a <b && \"<a title='\") {{}}</script>{page}");
        assert!(matches!(bounded(&script), Cow::Borrowed(_)));
    }

    #[test]
    fn a_tag_with_many_attributes_ends() {
        for attribute in ["a=\"x\" ", "a ", "a=x ", "a='>'", "é/", "a = x\n", "a=\"x\""] {
            let page = format!("<p><a {}>x</a>", attribute.repeat(100_000));
            let cut = bounded(&page);
            assert_eq!(cut.len(), page.len(), "{attribute}");
            assert!(matches!(cut, Cow::Owned(_)), "{attribute}");
            // It overflows the stack otherwise.
            super::super::parse_html(&page);
        }
    }
}
