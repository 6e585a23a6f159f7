//! Lines of one paragraph or entry → one line, with the way back.
//!
//! A word cut at a line end becomes one word again; a hyphen that belongs to the word stays where that can be told.

use std::collections::HashSet;
use std::ops::Range;

use super::lines::{Line, ends_with_hyphen};

/// Text on one line that knows where in the cleaned text it came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Joined {
    pub text: String,
    /// Pairs of a byte offset in `text` and one in the cleaned text; a word in between is unbroken.
    words: Vec<(usize, usize)>,
}

impl Joined {
    /// The byte range of the cleaned text that a range of `text` came from.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let place = |byte: usize| {
            let i = self.words.partition_point(|w| w.0 <= byte).saturating_sub(1);
            self.words.get(i).map_or(0, |w| w.1 + (byte - w.0))
        };
        // The end is found from the last character, so that a range never reaches into the next word.
        let last = self.text[range.clone()].chars().next_back().map_or(0, char::len_utf8);
        place(range.start)..place(range.end - last) + last
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Joins lines; knows the document's words to tell a cut word from one with a hyphen.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    words: HashSet<String>,
    /// Words rejoined of which it could not be told whether they have a hyphen, with their places.
    pub doubtful: Vec<(String, Range<usize>)>,
}

/// Only so many doubtful words are reported.
const MAX_DOUBTFUL: usize = 20;

impl Joiner {
    pub fn new(text: &str, lines: &[Line<'_>]) -> Self {
        let mut words = HashSet::new();
        if lines.iter().any(|l| ends_with_hyphen(l.text)) {
            let word = |c: char| !(c.is_alphanumeric() || c == '-' || c == '\u{2010}');
            words = text.split(word).filter(|w| w.len() > 3 && !w.ends_with('-')).map(str::to_lowercase).collect();
        }
        Self { words, doubtful: Vec::new() }
    }

    /// Adds a piece of the cleaned text, from byte `start` on, to what is there.
    pub fn add(&mut self, joined: &mut Joined, piece: &str, start: usize) {
        let mut first = true;
        for word in piece.split_whitespace() {
            let at = start + (word.as_ptr() as usize - piece.as_ptr() as usize);
            if first {
                self.bridge(joined, word, at);
            } else {
                joined.text.push(' ');
            }
            first = false;
            joined.words.push((joined.text.len(), at));
            joined.text.push_str(word);
        }
    }

    /// Puts between the last word and the first of the next line what belongs there.
    fn bridge(&mut self, joined: &mut Joined, next: &str, at: usize) {
        let last = last_word(&joined.text);
        if last.is_empty() || url_goes_on(last, next) {
            return;
        }
        let digits = next.starts_with(|c: char| c.is_ascii_digit());
        let range = last.strip_suffix(['-', '–', '—', '\u{2010}', '\u{2011}']);
        if range.is_some_and(|l| l.ends_with(|c: char| c.is_ascii_digit())) && digits {
            return;
        }
        if !ends_with_hyphen(last) || !next.starts_with(char::is_alphabetic) {
            joined.text.push(' ');
            return;
        }
        match self.hyphen(last, next) {
            Hyphen::Belongs => {}
            Hyphen::OpenCompound => joined.text.push(' '),
            Hyphen::Cut => {
                joined.text.pop();
            }
            Hyphen::CannotTell => {
                joined.text.pop();
                if self.doubtful.len() < MAX_DOUBTFUL {
                    let left = last_word(&joined.text);
                    self.doubtful.push((format!("{left}{next}"), at..at + next.len()));
                }
            }
        }
    }

    fn hyphen(&self, last: &str, next: &str) -> Hyphen {
        /// Words that follow a hyphen in compounds and are no ends of cut words.
        const TAILS: &[&str] = &[
            "like",
            "based",
            "related",
            "free",
            "type",
            "induced",
            "associated",
            "specific",
            "dependent",
            "derived",
            "mediated",
            "resistant",
            "positive",
            "negative",
            "term",
            "level",
            "year",
            "old",
            "scale",
            "wide",
            "of",
            "to",
            "in",
            "up",
            "linked",
            "driven",
            "binding",
            "containing",
            "producing",
            "controlled",
            "treated",
            "known",
            "rich",
            "deficient",
            "sensitive",
            "responsive",
            "independent",
            "grade",
            "dose",
            "risk",
            "onset",
            "stage",
            "line",
            "time",
            "blind",
            "sectional",
            "analysis",
            "effective",
            "author",
            "reviewed",
            "label",
        ];
        const HEADS: &[&str] =
            &["self", "all", "half", "well", "high", "low", "long", "short", "two", "three", "one", "cross", "follow"];
        /// Beginnings of words that are written without a hyphen.
        const PREFIXES: &[&str] = &["un", "dis", "im", "ir", "con", "com", "per", "pro", "ex", "ob", "ad", "ab"];
        /// Parts of words that never stand alone.
        const ENDINGS: &[&str] = &[
            "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ology", "tology", "ological", "ical", "ically",
            "ing", "ings", "ity", "ities", "ous", "ive", "tive", "ated", "ation", "ations", "ance", "ence", "ble",
            "bly", "tic", "tics", "ly", "ers", "ed", "es", "tal", "nal", "ral", "gy", "phy", "sis", "ses", "ture",
            "tures", "cal", "cally", "tive", "ter", "ters", "try", "ry", "ment", "osis", "itis", "emia", "ular", "lar",
            "nary", "tary", "ence", "ism", "ist",
        ];
        let trim = |s: &str| s.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let (left, right) = (trim(last), trim(next));
        if matches!(right.as_str(), "and" | "or" | "und" | "oder" | "et" | "ou" | "y" | "e" | "bzw") {
            return Hyphen::OpenCompound;
        }
        let acronym =
            last.chars().filter(|c| c.is_uppercase()).count() > 1 || last.contains(|c: char| c.is_ascii_digit());
        let inner = left.rsplit(['-', '\u{2010}']).next().unwrap_or(&left);
        if next.starts_with(char::is_uppercase) || acronym || self.words.contains(&format!("{left}-{right}")) {
            return Hyphen::Belongs;
        }
        if PREFIXES.contains(&inner) {
            return Hyphen::Cut;
        }
        if TAILS.contains(&right.as_str()) || HEADS.contains(&inner) {
            return Hyphen::Belongs;
        }
        if ENDINGS.contains(&right.as_str()) || self.words.contains(&format!("{inner}{right}")) {
            return Hyphen::Cut;
        }
        Hyphen::CannotTell
    }
}

/// The last word of a text, or the end of it where the word has no end: lines may be joined without any space.
fn last_word(text: &str) -> &str {
    let mut from = text.len().saturating_sub(256);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..].rsplit(' ').next().unwrap_or("")
}

/// What a hyphen at a line end is.
enum Hyphen {
    Belongs,
    /// "pre- and post-operative"
    OpenCompound,
    Cut,
    CannotTell,
}

/// Whether a web address goes on in the next line: addresses hold no space, and are broken after a sign of theirs.
fn url_goes_on(last: &str, next: &str) -> bool {
    let is_url = last.contains("://") || last.starts_with("www.") || last.contains("doi.org/") || {
        let doi = last.trim_start_matches(|c: char| !c.is_ascii_digit());
        doi.starts_with("10.") && doi.contains('/')
    };
    let more = |c: char| matches!(c, '/' | '-' | '_' | '=' | '?' | '&' | '%' | '#' | '~');
    is_url && (last.ends_with(more) || next.starts_with(more) && next.len() > 1)
        || is_url && last.ends_with('.') && next.contains('/') && next.starts_with(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn join(text: &str) -> (String, usize) {
        let lines = lines(text);
        let mut joiner = Joiner::new(text, &lines);
        let mut joined = Joined::default();
        for line in &lines {
            joiner.add(&mut joined, line.text, line.start);
        }
        (joined.text, joiner.doubtful.len())
    }

    #[test]
    fn line_ends() {
        for (text, expected) in [
            ("one  two\n   three", "one two three"),
            ("Clinical Derma-\ntology", "Clinical Dermatology"),
            ("Milia-\nlike", "Milia-like"),
            ("un-\nknown", "unknown"),
            ("Garcia-\nPatos", "Garcia-Patos"),
            ("RNA-\nguided", "RNA-guided"),
            ("pre- and post-\nnatal", "pre- and postnatal"),
            ("pre-\nand postnatal", "pre- and postnatal"),
            ("pages 138–\n147", "pages 138–147"),
            ("at http://example.org/\na/b-c", "at http://example.org/a/b-c"),
            ("at: \nhttp://example.org", "at: http://example.org"),
            ("birch-bark boats of birch-\nbark", "birch-bark boats of birch-bark"),
            ("sandstone and sand-\nstone", "sandstone and sandstone"),
        ] {
            assert_eq!(join(text).0, expected, "{text}");
        }
        assert_eq!(join("a birch-\nwood box"), ("a birchwood box".to_owned(), 1));
    }

    #[test]
    fn the_way_back() {
        let text = "  one\n   two  three";
        let lines = lines(text);
        let mut joined = Joined::default();
        for line in &lines {
            Joiner::default().add(&mut joined, line.text, line.start);
        }
        let two = joined.text.find("two").unwrap();
        assert_eq!(&text[joined.source(two..joined.text.len())], "two  three");
        assert_eq!(&text[joined.source(0..3)], "one");
    }
}
