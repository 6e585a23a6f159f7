//! Values that are no prose: addresses, identifiers, paths.

use std::borrow::Cow;

const BACKSLASH: &str = "\\textbackslash{}";
const BRACES: [(&str, char); 2] = [("\\textbraceleft{}", '{'), ("\\textbraceright{}", '}')];

/// Reads a verbatim value. What programs escape there although they need not (`{\_}`, `\%`) is unescaped; braces
/// that only group are dropped; everything else, backslashes too, stays.
pub(in super::super) fn decode_verbatim(latex: &str) -> Cow<'_, str> {
    let latex = latex.trim_matches([' ', '\t', '\n', '\r']);
    if !latex.contains(['\\', '{', '}', '\n']) {
        return Cow::Borrowed(latex);
    }
    let mut out = String::with_capacity(latex.len());
    let mut rest = latex;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\\' => {
                let known = BRACES.iter().find(|(command, _)| rest.starts_with(command));
                if let Some((command, brace)) = known {
                    out.push(*brace);
                    length = command.len();
                } else if rest.starts_with(BACKSLASH) {
                    out.push('\\');
                    length = BACKSLASH.len();
                } else if let Some(escaped) = rest[1..].chars().next().filter(|c| is_escapable(*c)) {
                    out.push(escaped);
                    length = 2;
                } else {
                    out.push('\\');
                }
            }
            '{' | '}' => {}
            '\n' | '\r' => {
                length = rest.len() - rest.trim_start().len();
                out.push(' ');
            }
            c => out.push(c),
        }
        rest = &rest[length..];
    }
    Cow::Owned(out)
}

fn is_escapable(c: char) -> bool {
    matches!(c, '\\' | '{' | '}' | '_' | '%' | '&' | '#' | '$' | '~' | '^')
}

/// Writes a verbatim value: only braces and backslashes need care.
pub(in super::super) fn encode_verbatim(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str(BACKSLASH),
            '{' => out.push_str(BRACES[0].0),
            '}' => out.push_str(BRACES[1].0),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_programs_are_undone() {
        for (latex, expected) in [
            (r"http://a.b/c{\_}d\%20e~f#g", "http://a.b/c_d%20e~f#g"),
            (r"C:\\x\dir\y_z.pdf", r"C:\x\dir\y_z.pdf"),
            (r"10.1000/(a)<b>c", "10.1000/(a)<b>c"),
            (r"\{x\}", "{x}"),
        ] {
            assert_eq!(decode_verbatim(latex), expected, "{latex}");
        }
    }
}
