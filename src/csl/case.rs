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
            if let Some(word) = words(letters).into_iter().find(|w| first_letter(letters, w).is_some()) {
                capitalize_lower(letters, &mut out, word);
            }
        }
        TextCase::CapitalizeAll => {
            for word in words(letters) {
                capitalize_lower(letters, &mut out, word);
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

/// Capitalizes a word that is all in lower case; "arXiv" stays as it is.
fn capitalize_lower(letters: &[Letter], out: &mut [Change], word: std::ops::Range<usize>) {
    let mixed = letters[word.clone()].iter().any(|l| l.c.is_uppercase());
    if let Some(at) = first_letter(letters, &word)
        && !mixed
    {
        capitalize(letters, out, at);
    }
}

fn first_letter(letters: &[Letter], word: &std::ops::Range<usize>) -> Option<usize> {
    word.clone().find(|i| letters[*i].c.is_alphanumeric())
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

/// Words: what stands between spaces.
fn words(letters: &[Letter]) -> Vec<std::ops::Range<usize>> {
    split(letters, 0..letters.len(), |c| c.is_whitespace())
}

fn split(letters: &[Letter], range: std::ops::Range<usize>, at: impl Fn(char) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for i in range.clone() {
        if at(letters[i].c) {
            if i > start {
                out.push(start..i);
            }
            start = i + 1;
        }
    }
    if range.end > start {
        out.push(start..range.end);
    }
    out
}

fn title(letters: &[Letter], out: &mut [Change]) {
    let words = words(letters);
    let count = words.len();
    let mut begins = Begins::Title;
    for (n, word) in words.into_iter().enumerate() {
        let last = n + 1 == count;
        let text: String = letters[word.clone()].iter().map(|l| l.c).collect();
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '’').to_lowercase();
        let stop = begins != Begins::Title && !last && STOP_WORDS.contains(&bare.trim_end_matches([',', ';', ':']));
        let parts = split(letters, word.clone(), |c| matches!(c, '-' | '–' | '—' | '/'));
        for (part, range) in parts.into_iter().enumerate() {
            let Some(first) = first_letter(letters, &range) else { continue };
            let sub: String = letters[range.clone()].iter().map(|l| l.c).filter(|c| c.is_alphanumeric()).collect();
            let ends = last && range.end == word.end;
            // Of a hyphenated word single letters and stop words stay as they are.
            let small =
                part > 0 && (sub.chars().count() == 1 || !ends && STOP_WORDS.contains(&sub.to_lowercase().as_str()));
            let mixed = letters[range.clone()].iter().any(|l| l.c.is_uppercase());
            let latin = letters[first].c < '\u{370}' || letters[first].c > '\u{3ff}';
            if stop && begins != Begins::Sentence {
                if is_capitalized(letters, &range) && !letters[first].kept {
                    out[first] = Change::Lower;
                }
            } else if !mixed && !small && !stop && latin {
                capitalize(letters, out, first);
            }
        }
        begins = match () {
            () if text.ends_with([':', '?', '!', '—', '–']) => Begins::Title,
            () if text.ends_with('.') => Begins::Sentence,
            () => Begins::Nothing,
        };
    }
}

/// What a word stands at the beginning of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// A title or subtitle: any word is capitalized.
    Title,
    /// What may be a sentence, or a word after an abbreviation: case stays.
    Sentence,
    Nothing,
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
