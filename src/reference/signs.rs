//! What a text must hold for a pattern to be found in it.
//!
//! Compiling a pattern takes longer than taking several references apart, and most lists need half of the patterns.
//! A look at the bytes tells so: each of these says no only where its pattern cannot be found.

/// Tells in one pass for which signs a word stands in a text, in small letters or ASCII capitals, also inside of
/// other words.
pub(super) struct Finder {
    /// Each word and the number of its sign, below 64.
    words: &'static [(&'static str, u8)],
    /// For each byte the words that start with it, the first word in the lowest bit.
    firsts: [u64; 256],
    /// For each byte the words that it can be the second of; words of one byte take any.
    seconds: [u64; 256],
}

/// The signs that a [`Finder`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs(u64);

impl Signs {
    /// Whether the sign of this number was found.
    pub fn has(self, sign: u8) -> bool {
        self.0 >> sign & 1 == 1
    }
}

impl Finder {
    /// A finder of at most 64 words in small letters.
    pub const fn new(words: &'static [(&'static str, u8)]) -> Self {
        let (mut firsts, mut seconds) = ([0; 256], [0; 256]);
        let mut at = 0;
        while at < words.len() {
            let word = words[at].0.as_bytes();
            firsts[word[0] as usize] |= 1 << at;
            firsts[word[0].to_ascii_uppercase() as usize] |= 1 << at;
            let mut byte = 0;
            while byte < 256 {
                #[expect(clippy::cast_possible_truncation, reason = "below 256")]
                if word.len() == 1 || (byte as u8).eq_ignore_ascii_case(&word[1]) {
                    seconds[byte] |= 1 << at;
                }
                byte += 1;
            }
            at += 1;
        }
        Self { words, firsts, seconds }
    }

    pub fn find(&self, text: &str) -> Signs {
        let bytes = text.as_bytes();
        let mut found = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            let second = bytes.get(at + 1).copied().unwrap_or(0);
            let mut open = self.firsts[usize::from(byte)] & self.seconds[usize::from(second)];
            while open != 0 {
                let (word, sign) = self.words[open.trailing_zeros() as usize];
                if bytes.get(at..at + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes())) {
                    found |= 1 << sign;
                }
                open &= open - 1;
            }
        }
        Signs(found)
    }
}

/// The words of ASCII letters, digits and `_` between which patterns see the edges of words.
fn ascii_words(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(|b| !(b.is_ascii_alphanumeric() || *b == b'_')).filter(|word| !word.is_empty())
}

/// Whether one of these stands in a text as a whole word, in small letters or capitals.
pub(super) fn has_word(text: &str, words: &[&str]) -> bool {
    ascii_words(text).any(|here| words.iter().any(|word| here.eq_ignore_ascii_case(word.as_bytes())))
}

/// Whether a word of a text starts with one of these, in small letters or capitals.
pub(super) fn has_word_start(text: &str, starts: &[&str]) -> bool {
    let start_of = |here: &[u8], start: &str| {
        here.get(..start.len()).is_some_and(|here| here.eq_ignore_ascii_case(start.as_bytes()))
    };
    ascii_words(text).any(|here| starts.iter().any(|start| start_of(here, start)))
}

/// Whether a text ends with one of these, in small letters or capitals.
pub(super) fn ends_with_one(text: &str, ends: &[&str]) -> bool {
    let bytes = text.as_bytes();
    ends.iter()
        .any(|end| bytes.len() >= end.len() && bytes[bytes.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes()))
}

/// The byte offsets of whatever can be the four digits of a year.
pub(super) fn years(text: &str) -> impl DoubleEndedIterator<Item = usize> {
    let bytes = text.as_bytes().windows(4).enumerate();
    let year = |w: &[u8]| match w {
        [b'1', b'4'..=b'9', c, d] | [b'2', b'0', c, d] => c.is_ascii_digit() && d.is_ascii_digit(),
        _ => false,
    };
    bytes.filter(move |(_, w)| year(w)).map(|(at, _)| at)
}

/// Whether a year in round brackets stands behind a digit and before a comma or colon: "31.2 (2005): ".
pub(super) fn has_year_between(text: &str) -> bool {
    text.match_indices('(').any(|(open, _)| {
        let before = text[..open].strip_suffix(' ').unwrap_or(&text[..open]);
        let inside = &text[open + 1..];
        before.ends_with(|c: char| c.is_ascii_digit() || c == ',')
            && inside.split_once(')').is_some_and(|(inside, behind)| {
                let behind = behind.strip_prefix(' ').unwrap_or(behind);
                behind.starts_with([':', ',']) && years(inside).next().is_some()
            })
    })
}

/// Labels of numbers that stand in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct NumberLabels {
    pub pages: bool,
    pub extent: bool,
    pub volume: bool,
    pub issue: bool,
}

impl NumberLabels {
    pub fn of(text: &str) -> Self {
        let mut found = Self::default();
        for word in ascii_words(text) {
            let is = |words: &[&str]| words.iter().any(|w| word.eq_ignore_ascii_case(w.as_bytes()));
            match word[0].to_ascii_lowercase() {
                b'p' => {
                    let glued = word[1..].iter().all(|b| b.is_ascii_digit() || b"ivxlcIVXLC".contains(b))
                        || word[1..].iter().any(u8::is_ascii_digit);
                    let label = is(&["pp", "page", "pages", "pg", "pgs", "pag"]);
                    found.pages |= glued || label;
                    found.extent |= is(&["p", "pp", "pages"]);
                }
                b's' => {
                    found.pages |= is(&["s", "seite", "seiten"]);
                    found.extent |= word == b"S";
                }
                b'a' => found.pages |= is(&["article", "art"]),
                b'v' => found.volume |= is(&["v", "vol", "vols", "volume", "volumes"]),
                b't' => found.volume |= is(&["t", "tome"]),
                b'b' => found.volume |= is(&["bd", "band"]),
                b'j' => found.volume |= is(&["jg", "jahrgang"]),
                b'n' => found.issue |= is(&["n", "no", "nos", "nr", "num", "number"]),
                b'i' => found.issue |= is(&["issue", "iss"]),
                b'h' => found.issue |= is(&["h", "heft"]),
                b'0'..=b'9' => {
                    let label = &word[word.iter().take_while(|b| b.is_ascii_digit()).count()..];
                    found.extent |= [&b"pp"[..], b"pages", b"p", b"S"].contains(&label);
                }
                _ => {}
            }
        }
        found.pages |= text.contains('第');
        found.issue |= text.contains('№');
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_one_pass() {
        static FINDER: Finder = Finder::new(&[("doi", 0), ("10.", 0), ("docs", 1), ("éd", 2)]);
        let found = FINDER.find("see DOI:10.1000/dox éd");
        assert!(found.has(0) && !found.has(1) && found.has(2));
        assert_eq!(FINDER.find("do"), Signs(0));
    }

    #[test]
    fn words_and_their_starts() {
        assert!(has_word("Roe, A. (Eds.)", &["ed", "eds"]) && !has_word("Edda", &["ed", "eds"]));
        assert!(has_word_start("A Thesis", &["thes"]) && !has_word_start("Hypothesis", &["thes"]));
        assert!(ends_with_one("Skin, In Press", &["in press"]) && !ends_with_one("s", &["in press"]));
    }

    #[test]
    fn years_and_brackets() {
        assert_eq!(years("1999, 20045, 1300").collect::<Vec<_>>(), [0, 6]);
        assert!(has_year_between("Skin 31.2 (May 2005): 12") && !has_year_between("Skin 31 (2) 2005: 12"));
    }

    #[test]
    fn labels_of_numbers() {
        for (text, pages, extent, volume, issue) in [
            ("Skin, vol. 21, no. 3, pp. 483–485", true, true, true, true),
            ("Skin, p12", true, false, false, false),
            ("Skin, 350p", false, true, false, false),
            ("Skin and its snow", false, false, false, false),
            ("págs. 3–4, H. 2", true, true, false, true),
        ] {
            assert_eq!(NumberLabels::of(text), NumberLabels { pages, extent, volume, issue }, "{text}");
        }
    }
}
