//! Upper and lower case (CSL 1.0.2, "Text-case"), across the runs of a marked text.

use citationberg::TextCase;

use super::tree::{GroupRole, Piece};

/// Whether the text is English: title case exists for English alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Other,
}

/// Words that title case leaves in lower case, unless they are first, last, or follow a colon.
const STOP_WORDS: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
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
    "c",
    "ca",
    "circa",
    "d",
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
    "v",
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
            let kept = kept || g.role == GroupRole::NoCase;
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
            if let Some(at) = letters.iter().position(|l| l.c.is_alphanumeric()) {
                capitalize(letters, &mut out, at);
            }
        }
        TextCase::CapitalizeAll => {
            for word in words(letters) {
                if let Some(at) = first_letter(letters, &word) {
                    capitalize(letters, &mut out, at);
                }
            }
        }
        TextCase::SentenceCase => {
            if is_upper(letters, &(0..letters.len())) {
                all(&mut out, Change::Lower);
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
    let shouting = is_upper(letters, &(0..letters.len()));
    let words = words(letters);
    let count = words.len();
    let mut after_colon = true;
    for (n, word) in words.into_iter().enumerate() {
        let last = n + 1 == count;
        let text: String = letters[word.clone()].iter().map(|l| l.c).collect();
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '’').to_lowercase();
        let bare = bare.trim_end_matches([',', ';', ':', '.']).to_owned();
        let stop = !after_colon && !last && STOP_WORDS.contains(&bare.as_str());
        for (part, range) in
            split(letters, word.clone(), |c| matches!(c, '-' | '–' | '—' | '/')).into_iter().enumerate()
        {
            let Some(first) = first_letter(letters, &range) else { continue };
            let sub: String = letters[range.clone()].iter().map(|l| l.c).filter(|c| c.is_alphanumeric()).collect();
            let lower_part =
                part > 0 && STOP_WORDS.contains(&sub.to_lowercase().as_str()) && !(last && range.end == word.end);
            let mixed = letters[range.clone()].iter().any(|l| l.c.is_uppercase());
            if shouting {
                for i in range.clone() {
                    if !letters[i].kept && i != first {
                        out[i] = Change::Lower;
                    }
                }
            }
            if stop || lower_part {
                if (shouting || !mixed || is_capitalized(letters, &range)) && !letters[first].kept {
                    out[first] = Change::Lower;
                }
            } else if !mixed {
                capitalize(letters, out, first);
            }
        }
        after_colon = text.ends_with([':', '?', '!', '—', '–']) || text.ends_with(['“', '‘']);
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
            (TitleCase, "THE WAR OF THE WORLDS", "The War of the Worlds"),
            (TitleCase, "follow-up of the well-being index", "Follow-Up of the Well-Being Index"),
            (SentenceCase, "THE WAR", "The war"),
            (SentenceCase, "the War", "The War"),
            (CapitalizeFirst, "‘ibid.’", "‘Ibid.’"),
            (CapitalizeAll, "van der berg", "Van Der Berg"),
            (Uppercase, "straße", "STRASSE"),
        ] {
            assert_eq!(apply_str(from, case, Language::English), to);
        }
        assert_eq!(apply_str("die neue welt", TitleCase, Language::Other), "die neue welt");
    }
}
