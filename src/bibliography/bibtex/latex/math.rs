//! Formulas in titles, as far as text can say them.

use super::symbols::{SUBSCRIPT, SUPERSCRIPT, markup, switch, symbol};

/// The first `$` that no backslash escapes, within a bounded length: formulas are short, and many lone dollars
/// must not each cost the rest of the text.
pub(super) fn unescaped_dollar(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (i, b) in text.bytes().enumerate().take(4_000) {
        match b {
            b'$' if !escaped => return Some(i),
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// A formula as text, when letters, symbols, indices and exponents are all it has.
pub(super) fn readable_math(formula: &str) -> Option<String> {
    let mut out = String::with_capacity(formula.len());
    let mut closes: Vec<&'static str> = Vec::new();
    let mut raised = false;
    let mut rest = formula.trim();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                if length == 0 {
                    let c = rest.chars().next()?;
                    rest = &rest[c.len_utf8()..];
                    match c {
                        ',' | ';' | ':' | ' ' => out.push(' '),
                        '!' => {}
                        '%' | '&' | '#' | '$' | '_' | '{' | '}' => out.push(c),
                        _ => return None,
                    }
                } else {
                    let (name, behind) = rest.split_at(length);
                    rest = behind;
                    match symbol(name) {
                        Some("√" | "∑" | "∏" | "∫" | "\\" | "\n\n") => return None,
                        Some(text) => {
                            out.push_str(text);
                            // The blank ends the name of a letter; around signs it is wanted.
                            if text.contains(char::is_alphabetic) {
                                rest = rest.trim_start();
                            }
                        }
                        None if markup(name) == Some(("", "")) => rest = rest.trim_start(),
                        None if switch(name) == Some(("", "")) => rest = rest.trim_start(),
                        None => return None,
                    }
                }
            }
            '^' | '_' => {
                if raised {
                    return None;
                }
                let (open, close) = if c == '^' { SUPERSCRIPT } else { SUBSCRIPT };
                out.push_str(open);
                if let Some(group) = rest.strip_prefix('{') {
                    rest = group;
                    closes.push(close);
                    raised = true;
                } else if let Some(command) = rest.strip_prefix('\\') {
                    let length = command.bytes().take_while(u8::is_ascii_alphabetic).count();
                    out.push_str(symbol(&command[..length]).filter(|s| s.chars().count() == 1)?);
                    out.push_str(close);
                    rest = command[length..].trim_start();
                } else {
                    let c = rest.chars().next().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '*'))?;
                    out.push(c);
                    out.push_str(close);
                    rest = &rest[c.len_utf8()..];
                }
            }
            '{' => closes.push(""),
            '}' => {
                let close = closes.pop()?;
                raised &= close.is_empty();
                out.push_str(close);
            }
            '~' => out.push('\u{a0}'),
            '$' | '&' | '#' | '`' => return None,
            c if c.is_ascii_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    closes.is_empty().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas() {
        for (formula, expected) in [
            (r"\alpha \beta_{12}", Some("αβ<sub>12</sub>")),
            (r"p < 10^{-3}", Some("p < 10<sup>-3</sup>")),
            (r"\mathrm{Ca}^{2+}", Some("Ca<sup>2+</sup>")),
            (r"\frac{a}{b}", None),
            ("x^{y^z}", None),
            ("{a", None),
        ] {
            assert_eq!(readable_math(formula).as_deref(), expected, "{formula}");
        }
    }
}
