//! Letters with accents as letters.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};
use crate::bibliography::bibtex::fields::is_verbatim;
use crate::bibliography::bibtex::latex::{Capitals, decode};

rule! {
    /// Writes letters with accents as Unicode letters in place of LaTeX commands.
    ///
    /// biber, BibTeX's successors and citation processors read both. The old BibTeX sorts and abbreviates Unicode letters
    /// wrongly, so this runs only when it is selected.
    ///
    /// `author = {H{\'o}lm, {\AA}se}` becomes `author = {Hólm, Åse}`.
    "unicode", Asked, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    let changed: Vec<(String, String)> = entry
        .fields()
        .filter(|f| !is_verbatim(&f.name.to_ascii_lowercase()) && !f.is("url") && !f.is("doi"))
        .filter_map(|f| Some((f.name.to_owned(), letters(f.text?)?)))
        .collect();
    changed.into_iter().try_for_each(|(name, value)| entry.replace_text(&name, &value))
}

/// The text with its accent commands replaced; `None` when it has none.
fn letters(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut changed = false;
    while let Some(offset) = text[at..].find(['\\', '$']) {
        let sign = at + offset;
        if text[sign..].starts_with('$') {
            let end = text[sign + 1..].find('$').map_or(text.len(), |i| sign + 1 + i + 1);
            out.push_str(&text[at..end]);
            at = end;
            continue;
        }
        // A formula in its other spelling.
        if let Some(close) = ["\\(", "\\["].iter().position(|open| text[sign..].starts_with(open)) {
            let end = text[sign..].find(["\\)", "\\]"][close]).map_or(text.len(), |i| sign + i + 2);
            out.push_str(&text[at..end]);
            at = end;
            continue;
        }
        // "{\'o}" goes with its braces.
        let start = if text[..sign].ends_with('{') && sign > at { sign - 1 } else { sign };
        let found = lengths(&text[start..]).into_iter().find_map(|length| {
            let latex = &text[start..start + length];
            Some((length, letter(latex)?))
        });
        match found {
            Some((length, letter)) => {
                out.push_str(&text[at..start]);
                out.push(letter);
                at = start + length;
                // The blank that ends a command of letters is no blank of the text.
                let command = &text[start + 1..at];
                if !command.is_empty() && command.bytes().all(|b| b.is_ascii_alphabetic()) {
                    at += text[at..].len() - text[at..].trim_start_matches(' ').len();
                }
                changed = true;
            }
            None => {
                // The command and the sign after it stay.
                let next = text[sign + 1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&text[at..sign + 1 + next]);
                at = sign + 1 + next;
            }
        }
    }
    out.push_str(&text[at..]);
    changed.then_some(out)
}

/// How long an accent command that begins the text may be, longest first.
fn lengths(text: &str) -> Vec<usize> {
    const LONGEST: usize = 14;
    let mut lengths: Vec<usize> = text
        .char_indices()
        .skip(1)
        .take(LONGEST)
        .map(|(i, _)| i)
        .chain((text.len() <= LONGEST).then_some(text.len()))
        .filter(|&i| {
            let piece = &text[..i];
            let balanced = piece.matches('{').count() == piece.matches('}').count();
            // A command of letters ends where they end.
            let goes_on = piece.ends_with(|c: char| c.is_ascii_alphabetic())
                && text[i..].starts_with(|c: char| c.is_ascii_alphabetic())
                && piece.trim_start_matches('{')[1..].chars().all(|c| c.is_ascii_alphabetic());
            balanced && !goes_on && !piece.ends_with(' ')
        })
        .collect();
    lengths.reverse();
    lengths
}

/// The one letter that a command stands for.
fn letter(latex: &str) -> Option<char> {
    let begins = latex.starts_with('\\') || latex.starts_with("{\\");
    if !begins || latex.matches('\\').count() > 2 || latex.contains("\\(") {
        return None;
    }
    let text = decode(latex, Capitals::Free);
    let mut chars = text.chars();
    let (first, second) = (chars.next()?, chars.next());
    (second.is_none() && first.is_alphabetic() && !first.is_ascii()).then_some(first)
}

#[cfg(test)]
#[test]
fn letters_for_commands() {
    for (source, expected) in [
        ("H{\\'o}lm, {\\AA}se", "Hólm, Åse"),
        ("M\\\"uller and Fran{\\c c}ois", "Müller and François"),
        ("\\'{E}tude {\\ss} \\o re", "Étude ß øre"),
        ("\\emph{x} \\& $\\alpha$ \\url{y}", "\\emph{x} \\& $\\alpha$ \\url{y}"),
        ("in {\\(\\mu\\)}m \\(\\beta\\)", "in {\\(\\mu\\)}m \\(\\beta\\)"),
        ("plain", "plain"),
    ] {
        let entry = |text: &str| format!("@book{{k, title = {{{text}}}, file = {{C:\\'e}}}}");
        assert_eq!(super::tidied("unicode", &entry(source)), entry(expected));
    }
}
