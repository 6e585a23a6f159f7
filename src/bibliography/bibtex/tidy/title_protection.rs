//! Braces around words whose capitals must stay.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};

rule! {
    /// Puts braces around acronyms and words of mixed case in titles.
    ///
    /// Styles that print titles in sentence case make “dna” of “DNA” and “mrna” of “mRNA” unless braces keep the capitals. What
    /// stands in braces or a formula already is left, and so is a title all in capitals.
    ///
    /// `title = {The DNA of mRNA}` becomes `title = {The {DNA} of {mRNA}}`.
    "title-protection", Always, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    for name in ["title", "subtitle"] {
        if let Some(value) = entry.field(name).and_then(|f| protected(f.text?)) {
            entry.replace_text(name, &value)?;
        }
    }
    Ok(())
}

/// The title with braces where they are needed; `None` where they are not.
fn protected(title: &str) -> Option<String> {
    let words = words(title);
    let capitals = words.iter().filter(|w| w.text.len() > 3 && !w.text.chars().any(char::is_lowercase)).count();
    let long = words.iter().filter(|w| w.text.len() > 3).count();
    if capitals * 2 > long && long > 1 {
        return None;
    }
    let mut out = String::with_capacity(title.len() + 8);
    let mut at = 0;
    for word in words.iter().filter(|w| w.is_bare && needs_protection(w.text)) {
        out.push_str(&title[at..word.start]);
        out.push('{');
        out.push_str(word.text);
        out.push('}');
        at = word.start + word.text.len();
    }
    out.push_str(&title[at..]);
    (at > 0).then_some(out)
}

/// Whether a style in sentence case would change what the word is: two capitals, a capital after another letter, or one
/// with a digit.
fn needs_protection(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let inner = word.chars().skip(1).any(char::is_uppercase);
    capitals >= 2 || inner || capitals == 1 && word.chars().count() > 1 && word.chars().any(|c| c.is_ascii_digit())
}

struct Word<'t> {
    start: usize,
    text: &'t str,
    /// Nothing in braces and no command touches it.
    is_bare: bool,
}

/// Runs of letters and digits outside of braces, formulas and commands.
fn words(title: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut depth, mut in_formula, mut command, mut start) = (0_usize, false, false, None);
    let mut before = ' ';
    for (i, c) in title.char_indices().chain([(title.len(), ' ')]) {
        let letter = c.is_alphanumeric() && depth == 0 && !in_formula;
        if command {
            // Letters of the command's name, or the one sign that is its name.
            command = c.is_ascii_alphabetic();
            if command || before == '\\' {
                before = c;
                continue;
            }
        }
        if letter && start.is_none() {
            start = Some((i, before));
        }
        if !letter && let Some((from, preceded)) = start.take() {
            let touched = |c: char| matches!(c, '{' | '}' | '\\' | '$' | '^' | '_');
            words.push(Word { start: from, text: &title[from..i], is_bare: !touched(preceded) && !touched(c) });
        }
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '$' if before != '\\' => in_formula = !in_formula,
            '\\' => command = true,
            _ => {}
        }
        before = c;
    }
    words
}

#[cfg(test)]
#[test]
fn titles() {
    for (source, expected) in [
        ("The DNA of mRNA", "The {DNA} of {mRNA}"),
        ("HIV-positive adults in the USA", "{HIV}-positive adults in the {USA}"),
        ("Vitamin B12 and D", "Vitamin {B12} and D"),
        ("The {DNA} of {{NASA}}", "The {DNA} of {{NASA}}"),
        ("{All of the DNA}", "{All of the DNA}"),
        ("TIDES AND FERRIES OF NORTHERN ISLANDS", "TIDES AND FERRIES OF NORTHERN ISLANDS"),
        ("Tides of \\emph{Homo Sapiens} and $N_A$ of CO$_2$", "Tides of \\emph{Homo Sapiens} and $N_A$ of CO$_2$"),
        ("\\LaTeX for H{\\\"a}NS", "\\LaTeX for H{\\\"a}NS"),
        ("ÉTA of iPhones", "{ÉTA} of {iPhones}"),
        ("A study", "A study"),
        ("IT: a history", "{IT}: a history"),
    ] {
        let entry = |title: &str| format!("@book{{k, title = {{{title}}}, booktitle = {{DNA}}}}");
        assert_eq!(super::tidied("title-protection", &entry(source)), entry(expected));
    }
}
