//! What stands in a reference string without belonging to the reference: list numbers, link labels, broken spaces.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::patterns::compile;
use super::repeats::{Repeated, repeated};
use crate::text::collapse_spaces;

static LIST_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^(?:\[\s?[0-9]{1,4}[a-z]?\s?\]|\([0-9]{1,4}\)|[0-9]{1,3}[.)](?:\s|\p{Lu})|[0-9]{4}[.)]\s|[0-9]{1,3}\s+\p{Lu}|[0-9]{1,3}\p{Lu}[\p{Ll}.]|[•▪∙*]\s|\[[A-Z][A-Za-z+]{1,8}[0-9]{2,4}[a-z]?\])[.:,]?\s*",
    )
});

/// Labels of links, with capitals as the sites print them, since they may be glued to the word before.
const LINK_LABELS: &[&str] = &[
    "Google Scholar",
    "CrossRef",
    "Crossref",
    "Cross Ref",
    "PubMed Central",
    "PubMed Abstract",
    "PubMed",
    "MathSciNet",
    "View Article",
    "View in Article",
    "Publisher Full Text",
    "Free Full Text",
    "PMC free article",
];
/// Those that may be words of the reference.
const LINK_LABELS_OR_WORDS: &[&str] = &[
    "Medline",
    "MEDLINE",
    "Web of Science",
    "Scopus",
    "Full Text",
    "CAS",
    "ADS",
    "MATH",
    "Article",
    "Book",
    "Chapter",
    "ISI",
];

static BROKEN_WORD: LazyLock<Regex> = LazyLock::new(|| compile(r"(\p{Ll}{2})[-\u{ad}] (\p{Ll}{2,})"));
/// "Herrmann- Lingen", broken at its hyphen.
static BROKEN_DOUBLE_NAME: LazyLock<Regex> = LazyLock::new(|| compile(r"(\p{L}\p{Ll})- (\p{Lu}\p{Ll})"));
static SPACE_BEFORE_MARK: LazyLock<Regex> = LazyLock::new(|| compile(r" +([,;.:)\]])(\s|$|\p{L}|[0-9]|[,;])"));
static TAG: LazyLock<Regex> =
    LazyLock::new(|| compile(r"</?(?:i|b|em|strong|sup|sub|italic|bold|scp|sc|jats:[a-z]+)>"));

/// "fibre optics.Nature", "Prosthodont1997;": spaces that print conversion lost.
static LOST_SPACE: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(\p{Ll}{2}\.)([\p{Lu}0-9])|([^\x00-\x7f]|\p{Ll}{3})((?:19|20)[0-9]{2}[;:,])"));

static TIGHT_COMMA: LazyLock<Regex> = LazyLock::new(|| compile(r"(\p{L}[.]?|[0-9)])([,;])(\p{Lu})"));

/// The reference without list number, link labels and tags, on one line with single spaces, and what it repeats of
/// the one before in place of its names.
///
/// Control characters become spaces, so they are free for marks of our own.
pub(super) fn clean(raw: &str) -> (String, Option<Repeated>) {
    let visible = visible(raw);
    let entry = without_list_number(&visible);
    let (repeated, start) = repeated(entry).map_or((None, 0), |(repeated, start)| (Some(repeated), start));
    (without_link_labels(&entry[start..]).trim().to_owned(), repeated)
}

/// The text on one line, with single spaces, without what is not seen and without tags.
fn visible(raw: &str) -> String {
    let visible: String = raw
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
        .map(|c| match c {
            '‚' => ',',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let visible = if visible.contains(is_wide) { with_narrow_marks(&visible) } else { visible };
    let spaced = collapse_spaces(&visible);
    // Behind the mark of a type of work, "[C]//", two slashes stand for "in".
    let spaced = if spaced.contains("]//") { spaced.replace("]//", "]. In: ") } else { spaced };
    if spaced.contains("</") { TAG.replace_all(&spaced, "").trim_start().to_owned() } else { spaced }
}

/// Letters, digits and marks of full width, which Chinese and Japanese type sets among its own.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}' | '。')
}

/// The same character of the usual width.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '。' => '.',
        c => c,
    }
}

/// A text with marks and digits of the usual width. Marks of full width hold the space that would follow them.
fn with_narrow_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(narrow(c));
        if matches!(c, '，' | '．' | '；' | '：' | '。')
            && chars.peek().is_some_and(|next| !narrow(*next).is_ascii_digit())
        {
            out.push(' ');
        }
    }
    out
}

/// A reference without the number that it has in its list, or the two that conversion made of it ("1.  1.").
fn without_list_number(text: &str) -> &str {
    let once = without_one_number(text);
    let number =
        |s: &str| s.chars().take_while(|c| !c.is_alphabetic()).filter(char::is_ascii_digit).collect::<String>();
    let repeated = once.len() < text.len() && !number(once).is_empty() && number(text) == number(once).repeat(2);
    if repeated { without_one_number(once) } else { once }
}

fn without_one_number(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_digit() || "[(•▪∙*".contains(c)) {
        return text;
    }
    match LIST_NUMBER.find(text) {
        // "12 Roe", "1 A. Roe": the pattern has seen the first letter of the name.
        Some(m) if text.starts_with(|c: char| c.is_ascii_digit()) => {
            &text[m.as_str().find(char::is_uppercase).unwrap_or(m.end())..]
        }
        Some(m) => &text[m.end()..],
        None => text,
    }
}

/// Cuts labels of links glued to the end. Some may be words of the reference: those go only together with one
/// that cannot be.
fn without_link_labels(text: &str) -> &str {
    let longest = |rest: &str, labels: &[&str]| labels.iter().filter(|l| rest.ends_with(*l)).map(|l| l.len()).max();
    let mut rest = text;
    let mut certain = None;
    loop {
        let end = rest.trim_end_matches([']', ')', '|', ' ']);
        let (label, word) = (longest(end, LINK_LABELS), longest(end, LINK_LABELS_OR_WORDS));
        let Some(length) = label.max(word) else { break };
        rest = end[..end.len() - length].trim_end_matches([' ', '[', '(', '|', '•', ';', ',']);
        if label >= word || certain.is_some() {
            certain = Some(rest);
        }
    }
    certain.unwrap_or(text)
}

/// Joins words broken at a line end and takes out spaces that print conversion put before punctuation.
/// For text without identifiers: a DOI may hold anything.
pub(super) fn mend(text: &str) -> String {
    // Each pattern is tried only where the two characters stand that it turns on.
    let mut text = Cow::Borrowed(text);
    if text.contains("- ") || text.contains("\u{ad} ") {
        let joined = BROKEN_WORD.replace_all(&text, |found: &regex::Captures| {
            // "short- and long-term" keeps its hyphen.
            if matches!(&found[2], "and" | "or" | "und" | "oder" | "to" | "et" | "ou" | "bis") {
                found[0].to_owned()
            } else {
                format!("{}{}", &found[1], &found[2])
            }
        });
        text = Cow::Owned(BROKEN_DOUBLE_NAME.replace_all(&joined, "$1-$2").into_owned());
    }
    if has_pair(&text, |a, b| (a == b'(' || a == b'[') && (b == b'.' || !b.is_ascii())) {
        text = Cow::Owned(text.replace("(...)", "…").replace("(…)", "…").replace("[...]", "…").replace("[…]", "…"));
    }
    if has_pair(&text, |a, b| a == b' ' && b",;.:)]".contains(&b)) {
        text = Cow::Owned(SPACE_BEFORE_MARK.replace_all(&text, "$1$2").into_owned());
    }
    if has_pair(&text, |a, b| (a == b',' || a == b';') && (b.is_ascii_uppercase() || !b.is_ascii())) {
        text = Cow::Owned(TIGHT_COMMA.replace_all(&text, "$1$2 $3").into_owned());
    }
    let letter = |b: u8| b.is_ascii_lowercase() || !b.is_ascii();
    let behind_stop = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || !b.is_ascii();
    if has_pair(&text, |a, b| (a == b'.' && behind_stop(b)) || (letter(a) && (b == b'1' || b == b'2'))) {
        text = Cow::Owned(LOST_SPACE.replace_all(&text, "$1$3 $2$4").into_owned());
    }
    collapse_spaces(&text)
}

fn has_pair(text: &str, is: impl Fn(u8, u8) -> bool) -> bool {
    text.bytes().zip(text.bytes().skip(1)).any(|(a, b)| is(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_numbers_and_labels() {
        for (raw, expected) in [
            ("[12] Roe, A. (2001).", "Roe, A. (2001)."),
            ("12. Roe A.", "Roe A."),
            ("12.  12. Roe A.", "Roe A."),
            ("7 Roe A.", "Roe A."),
            ("7 A. Roe, B. Dun", "A. Roe, B. Dun"),
            ("7A. Roe, B. Dun", "A. Roe, B. Dun"),
            ("7Journal of Skin 3", "Journal of Skin 3"),
            ("3D printing", "3D printing"),
            ("2016 IEEE Conference", "2016 IEEE Conference"),
            ("(63) Roe, A.", "Roe, A."),
            ("———. Skin", "Skin"),
            ("Roe, A. (2001). Skin, 3, 4–5.  Article PubMed Google Scholar", "Roe, A. (2001). Skin, 3, 4–5."),
            ("Roe, A. (2001). Skin, 3, 4–5.ArticlePubMed Google Scholar ", "Roe, A. (2001). Skin, 3, 4–5."),
            ("Roe A. Skin. 2001;3:4. [PubMed] [CrossRef]", "Roe A. Skin. 2001;3:4."),
            ("Roe, A. What makes an article", "Roe, A. What makes an article"),
            ("Roe,\u{a0}A.  <i>Skin</i>\u{200b}", "Roe, A. Skin"),
        ] {
            assert_eq!(clean(raw).0, expected, "{raw}");
        }
    }

    #[test]
    fn mended() {
        assert_eq!(
            mend("Committee assign- ments , short- and long-term"),
            "Committee assignments, short- and long-term"
        );
        assert_eq!(visible("雪，冬．北方［Ｊ］．冰，２０１２，25（４）：45"), "雪, 冬. 北方[J]. 冰,2012,25(4):45");
        assert_eq!(visible("雪. 北方[C]//冬. 冰"), "雪. 北方[C]. In: 冬. 冰");
        assert_eq!(mend("Roe- Zay A, Dun B. Skin 4- 5"), "Roe-Zay A, Dun B. Skin 4- 5");
    }
}
