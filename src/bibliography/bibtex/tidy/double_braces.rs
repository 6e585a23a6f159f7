//! Titles whose every letter is protected.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};

rule! {
    /// Takes the second pair of braces off a title that is protected as a whole.
    ///
    /// Some programs write every title in two pairs of braces, so that no style can change its case. Each word that begins with
    /// a capital, but the first, is put in braces of its own, so that sentence case stays what it was and styles in title
    /// case work. Runs only when it is selected: in a language with capitals of its own, two pairs may be meant.
    ///
    /// `title = {{The Tides of Norway}}` becomes `title = {The {Tides} of {Norway}}`.
    "double-braces", Asked, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    for name in ["title", "subtitle", "booktitle"] {
        if let Some(value) = entry.field(name).and_then(|f| opened(f.text?)) {
            entry.replace_text(name, &value)?;
        }
    }
    Ok(())
}

fn opened(title: &str) -> Option<String> {
    let inner = title.trim().strip_prefix('{')?.strip_suffix('}')?;
    let several = inner.contains(' ') && !inner.contains(['{', '}', '\\', '$']);
    if !several {
        return None;
    }
    let mut out = String::with_capacity(title.len() + 8);
    for (i, word) in inner.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = core.chars().any(char::is_uppercase);
        let inner_capital = core.chars().skip(1).any(char::is_uppercase);
        if capital && (i > 0 || inner_capital) {
            let start = word.find(core).unwrap_or_default();
            out.push_str(&format!("{}{{{core}}}{}", &word[..start], &word[start + core.len()..]));
        } else {
            out.push_str(word);
        }
    }
    Some(out)
}

#[cfg(test)]
#[test]
fn double_braces() {
    for (source, expected) in [
        ("{The Tides of Norway: (A Study)}", "The {Tides} of {Norway}: ({A} {Study})"),
        ("{Norway}", "{Norway}"),
        ("{The} Tides", "{The} Tides"),
        ("{The {DNA} of x}", "{The {DNA} of x}"),
    ] {
        let entry = |title: &str| format!("@book{{k, title = {{{title}}}}}");
        assert_eq!(super::tidied("double-braces", &entry(source)), entry(expected));
    }
}
