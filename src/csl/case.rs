//! Upper and lower case (CSL 1.0.2, "Text-case"), across the runs of a marked text.

use citationberg::TextCase;

use super::tree::{GroupRole, Piece};

/// Whether the text is English: title case exists for English alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    /// Turkish and Azerbaijani, whose i and ı are two letters.
    Turkic,
    Other,
}

/// Words that title case leaves in lower case, unless they are first, last, or follow a colon.
const STOP_WORDS: &[&str] = &[
    "a",
    "about",
    "above",
    "afore",
    "after",
    "against",
    "al",
    "along",
    "alongside",
    "amid",
    "amidst",
    "among",
    "amongst",
    "an",
    "and",
    "anenst",
    "apropos",
    "apud",
    "around",
    "as",
    "aside",
    "astride",
    "at",
    "athwart",
    "atop",
    "barring",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "but",
    "by",
    "ca",
    "circa",
    "d’",
    "de",
    "despite",
    "down",
    "during",
    "et",
    "except",
    "for",
    "forenenst",
    "from",
    "given",
    "in",
    "inside",
    "into",
    "lest",
    "like",
    "modulo",
    "near",
    "next",
    "nor",
    "notwithstanding",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "out",
    "over",
    "per",
    "plus",
    "pro",
    "qua",
    "sans",
    "since",
    "so",
    "than",
    "the",
    "through",
    "throughout",
    "thru",
    "thruout",
    "till",
    "to",
    "toward",
    "towards",
    "under",
    "underneath",
    "until",
    "unto",
    "up",
    "upon",
    "v.",
    "van",
    "versus",
    "via",
    "vis-à-vis",
    "von",
    "vs",
    "vs.",
    "with",
    "within",
    "without",
    "yet",
];

/// Whether title case leaves a word in lower case.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

struct Letter {
    c: char,
    run: usize,
    /// Keeps its case.
    kept: bool,
}

/// Changes the case of all pieces as one text.
pub(super) fn apply(pieces: &mut [Piece], case: TextCase, language: Language) {
    let mut letters = Vec::new();
    let mut runs = 0;
    for piece in pieces.iter() {
        collect(piece, false, &mut runs, &mut letters);
    }
    if letters.is_empty() {
        return;
    }
    let mut changed: Vec<String> = vec![String::new(); runs];
    let new = convert(&letters, case, language);
    for (letter, new) in letters.iter().zip(new) {
        match new {
            Change::Keep => changed[letter.run].push(letter.c),
            Change::Upper if language == Language::Turkic && letter.c == 'i' => changed[letter.run].push('İ'),
            Change::Lower if language == Language::Turkic && letter.c == 'I' => changed[letter.run].push('ı'),
            Change::Upper => changed[letter.run].extend(letter.c.to_uppercase()),
            Change::Lower => changed[letter.run].extend(letter.c.to_lowercase()),
        }
    }
    let mut changed = changed.into_iter();
    for piece in pieces {
        piece.texts_mut(&mut |t| {
            if let Some(text) = changed.next() {
                t.text = text;
            }
        });
    }
}

/// The case of a plain string.
pub(super) fn apply_str(s: &str, case: TextCase, language: Language) -> String {
    let mut pieces = [Piece::text(s, super::output::Source::Style)];
    apply(&mut pieces, case, language);
    let mut out = String::new();
    pieces[0].texts(&mut |t| out.push_str(&t.text));
    out
}

fn collect(piece: &Piece, kept: bool, runs: &mut usize, letters: &mut Vec<Letter>) {
    match piece {
        Piece::Text(t) => {
            letters.extend(t.text.chars().map(|c| Letter { c, run: *runs, kept }));
            *runs += 1;
        }
        Piece::Group(g) => {
            // What is set off as small capitals, raised or lowered is a name or a formula, not a word.
            let set_off = g.role == GroupRole::Inline
                && (g.formatting.font_variant.is_some() || g.formatting.vertical_align.is_some());
            let kept = kept || g.role == GroupRole::NoCase || set_off;
            g.children.iter().for_each(|c| collect(c, kept, runs, letters));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Keep,
    Upper,
    Lower,
}

fn convert(letters: &[Letter], case: TextCase, language: Language) -> Vec<Change> {
    let mut out = vec![Change::Keep; letters.len()];
    let all = |out: &mut Vec<Change>, change| {
        for (o, l) in out.iter_mut().zip(letters) {
            if !l.kept {
                *o = change;
            }
        }
    };
    match case {
        TextCase::Lowercase => all(&mut out, Change::Lower),
        TextCase::Uppercase => all(&mut out, Change::Upper),
        TextCase::CapitalizeFirst => {
            if let Some(word) = simple_words(letters).first() {
                capitalize_plain(letters, &mut out, word);
            }
        }
        TextCase::CapitalizeAll => {
            for word in simple_words(letters) {
                capitalize_plain(letters, &mut out, &word);
            }
        }
        TextCase::SentenceCase => {
            if is_upper(letters, &(0..letters.len())) {
                all(&mut out, Change::Lower);
            }
            for word in words(letters).into_iter().filter(|w| is_capitalized(letters, w)) {
                for i in word.filter(|i| !letters[*i].kept) {
                    out[i] = Change::Lower;
                }
            }
            if let Some(at) = letters.iter().position(|l| l.c.is_alphanumeric()) {
                capitalize(letters, &mut out, at);
            }
        }
        TextCase::TitleCase if language == Language::English => title(letters, &mut out),
        TextCase::TitleCase => {}
    }
    out
}

fn capitalize(letters: &[Letter], out: &mut [Change], at: usize) {
    if !letters[at].kept {
        out[at] = Change::Upper;
    }
}

/// Whether there are letters, and none is in lower case.
fn is_upper(letters: &[Letter], range: &std::ops::Range<usize>) -> bool {
    let mut any = false;
    for l in &letters[range.clone()] {
        if l.c.is_lowercase() {
            return false;
        }
        any |= l.c.is_uppercase();
    }
    any
}

/// What stands between spaces.
fn words(letters: &[Letter]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..=letters.len() {
        if letters.get(i).is_none_or(|l| l.c.is_whitespace()) {
            if i > start {
                out.push(start..i);
            }
            start = i + 1;
        }
    }
    out
}

/// Words as title case sees them: what stands between spaces, punctuation and tags.
fn simple_words(letters: &[Letter]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..=letters.len() {
        let ends = letters.get(i).is_none_or(|l| is_between(l.c) || i > start && letters[i - 1].run != l.run);
        if ends {
            if i > start {
                out.push(start..i);
            }
            start = if letters.get(i).is_some_and(|l| is_between(l.c)) { i + 1 } else { i };
        }
    }
    out
}

/// Whether a character ends a word, whatever follows.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "‘’“”\"'-–—/.,;?!:[]()".contains(c)
}

/// Capitalizes words that are all in lower case; of stop words only those that begin or end the title or follow a
/// colon, a question mark or an exclamation mark.
fn title(letters: &[Letter], out: &mut [Change]) {
    let mut first = true;
    let mut first_mark = true;
    let mut end = 0;
    let mut last: Option<std::ops::Range<usize>> = None;
    for word in simple_words(letters) {
        let between = &letters[end..word.start];
        end = word.end;
        let begins = first || between.iter().any(|l| matches!(l.c, ':' | '?' | '!'));
        first_mark &= !between.iter().any(|l| is_between(l.c) && !l.c.is_whitespace());
        first = false;
        if letters[word.start].kept {
            last = None;
            continue;
        }
        // What an apostrophe binds to the word before it belongs to that word.
        let bound = between.len() == 1
            && matches!(between[0].c, '’' | '\'')
            && word.start > 1
            && letters[word.start - 2].c.is_alphanumeric();
        if bound {
            last = None;
            continue;
        }
        let before_hyphen = first_mark && letters.get(word.end).is_some_and(|l| l.c == '-');
        if begins || before_hyphen || (word.len() > 1 && !is_stop_word(&lower(letters, &word))) {
            capitalize_plain(letters, out, &word);
        }
        last = Some(word);
    }
    if let Some(word) = last.filter(|w| w.len() > 1 && is_stop_word(&lower(letters, w))) {
        capitalize_plain(letters, out, &word);
    }
}

fn lower(letters: &[Letter], word: &std::ops::Range<usize>) -> String {
    letters[word.clone()].iter().flat_map(|l| l.c.to_lowercase()).collect()
}

/// Capitalizes the first character of a word without capitals. A Greek letter, alone or with digits, is a symbol.
fn capitalize_plain(letters: &[Letter], out: &mut [Change], word: &std::ops::Range<usize>) {
    let greek = |c: char| ('\u{370}'..='\u{3ff}').contains(&c);
    let symbol = greek(letters[word.start].c) && letters[word.clone()][1..].iter().all(|l| l.c.is_numeric());
    if !symbol && letters[word.clone()].iter().all(|l| !l.c.is_uppercase()) {
        capitalize(letters, out, word.start);
    }
}

/// One capital letter, at the beginning.
fn is_capitalized(letters: &[Letter], range: &std::ops::Range<usize>) -> bool {
    let mut of_word = letters[range.clone()].iter().filter(|l| l.c.is_alphabetic());
    of_word.next().is_some_and(|l| l.c.is_uppercase()) && of_word.all(|l| l.c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        use TextCase::*;
        for (case, from, to) in [
            (TitleCase, "the role of siRNA in a cell", "The Role of siRNA in a Cell"),
            (TitleCase, "pH and bioRxiv: a study of", "pH and bioRxiv: A Study Of"),
            (TitleCase, "a UK person and the CDC", "A UK Person and the CDC"),
            (TitleCase, "α1-antitrypsin of Vitamin D analogues", "α1-Antitrypsin of Vitamin D Analogues"),
            (TitleCase, "follow-up of the well-being index", "Follow-up of the Well-Being Index"),
            (SentenceCase, "THE WAR", "The war"),
            (SentenceCase, "the War of DNA", "The war of DNA"),
            (CapitalizeFirst, "arXiv paper", "arXiv paper"),
            (CapitalizeFirst, "‘ibid.’", "‘Ibid.’"),
            (CapitalizeAll, "van der berg", "Van Der Berg"),
            (Uppercase, "straße", "STRASSE"),
        ] {
            assert_eq!(apply_str(from, case, Language::English), to);
        }
        assert_eq!(apply_str("die neue welt", TitleCase, Language::Other), "die neue welt");
    }
}
