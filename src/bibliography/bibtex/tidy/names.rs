//! Spacing of lists of names.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};
use crate::bibliography::bibtex::fields::{Target, target};
use crate::work::WorkKind;

rule! {
    /// Spaces names as BibTeX reads them.
    ///
    /// One blank between words and after commas, none before them; “and” in small letters, and none at the ends or twice in a
    /// row; “et al.” at the end becomes “and others”, which styles translate. What stands in braces and the line breaks of
    /// a long list stay.
    ///
    /// `author = {Holm,Ada  AND Berg , Bo et al.}` becomes `author = {Holm, Ada and Berg, Bo and others}`.
    "names", Always, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    let lists: Vec<(String, String)> = entry
        .fields()
        .filter(|f| matches!(target(&f.name.to_ascii_lowercase(), WorkKind::Document), Some(Target::Names(_))))
        .filter_map(|f| Some((f.name.to_owned(), tidy(f.text?)?)))
        .collect();
    lists.into_iter().try_for_each(|(name, value)| entry.replace_text(&name, &value))
}

/// A word at the outermost level of braces, or the blanks between two.
#[derive(Debug, PartialEq)]
enum Token<'t> {
    Word(&'t str),
    Comma,
    Blank(&'t str),
}

/// The list with its blanks in order; `None` when they are.
fn tidy(text: &str) -> Option<String> {
    let mut tokens = tokens(text.trim())?;
    if let [.., Token::Word(et), Token::Blank(_), Token::Word(al)] = &tokens[..]
        && et.eq_ignore_ascii_case("et")
        && matches!(al.to_ascii_lowercase().as_str(), "al" | "al.")
    {
        tokens.truncate(tokens.len() - 3);
        while matches!(tokens.last(), Some(Token::Blank(_) | Token::Comma)) || ends_with_and(&tokens) {
            tokens.pop();
        }
        if tokens.is_empty() {
            return None;
        }
        tokens.extend([Token::Blank(" "), Token::Word("and"), Token::Blank(" "), Token::Word("others")]);
    }
    let mut out = String::with_capacity(text.len());
    let mut after_and = true;
    for (i, token) in tokens.iter().enumerate() {
        match token {
            Token::Blank(blank) => {
                let before_comma = tokens.get(i + 1) == Some(&Token::Comma);
                if !before_comma && !out.is_empty() && !out.ends_with([' ', '\n']) {
                    // A line break with its indentation is how the list is laid out.
                    out.push_str(if blank.contains('\n') { blank.trim_start_matches([' ', '\t']) } else { " " });
                }
            }
            Token::Comma => {
                out.push(',');
                if !matches!(tokens.get(i + 1), Some(Token::Blank(_) | Token::Comma) | None) {
                    out.push(' ');
                }
            }
            Token::Word(word) if word.eq_ignore_ascii_case("and") => {
                let last = tokens[i + 1..].iter().all(|t| matches!(t, Token::Blank(_)) || is_and(t));
                if !after_and && !last {
                    out.push_str("and");
                    after_and = true;
                }
            }
            Token::Word(word) => {
                out.push_str(word);
                after_and = false;
            }
        }
    }
    let out = out.trim_end().to_owned();
    let (lead, tail) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
    let keep = |blank: &str| if blank.contains('\n') { blank.to_owned() } else { String::new() };
    let out = if out.is_empty() { return None } else { format!("{}{out}{}", keep(lead), keep(tail)) };
    (out != text).then_some(out)
}

fn is_and(token: &Token<'_>) -> bool {
    matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("and"))
}

fn ends_with_and(tokens: &[Token<'_>]) -> bool {
    tokens.last().is_some_and(is_and)
}

fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let (mut depth, mut word, mut blank) = (0_usize, None, None);
    for (i, b) in text.bytes().enumerate() {
        let is_blank = b.is_ascii_whitespace() && depth == 0;
        let is_comma = b == b',' && depth == 0;
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if (is_blank || is_comma)
            && let Some(start) = word.take()
        {
            tokens.push(Token::Word(&text[start..i]));
        }
        if !is_blank && let Some(start) = blank.take() {
            tokens.push(Token::Blank(&text[start..i]));
        }
        match () {
            () if is_blank => {
                blank.get_or_insert(i);
            }
            () if is_comma => tokens.push(Token::Comma),
            () => {
                word.get_or_insert(i);
            }
        }
    }
    tokens.extend(word.map(|start| Token::Word(&text[start..])));
    Some(tokens)
}

#[cfg(test)]
#[test]
fn lists_of_names() {
    for (source, expected) in [
        ("Holm,Ada  AND Berg , Bo", "Holm, Ada and Berg, Bo"),
        ("Holm, Ada et al.", "Holm, Ada and others"),
        ("Holm, Ada and et al", "Holm, Ada and others"),
        ("Holm, Ada, et al.", "Holm, Ada and others"),
        (" and Holm, Ada and and Berg, Bo and ", "Holm, Ada and Berg, Bo"),
        ("Holm, Ada\n    and Berg,\n Bo", "Holm, Ada\n    and Berg,\n Bo"),
        ("{Bread  and , Butter} and H{\\aa}kon,A", "{Bread  and , Butter} and H{\\aa}kon, A"),
        ("family=Holm, given=Ada", "family=Holm, given=Ada"),
        ("Smith; Jones", "Smith; Jones"),
        ("Brandt", "Brandt"),
        ("et al.", "et al."),
    ] {
        let entry = |names: &str| format!("@book{{k, author = {{{names}}}, title = {{A  AND b}}}}");
        assert_eq!(super::tidied("names", &entry(source)), entry(expected));
    }
}
