//! LaTeX → plain text, for what is shown or parsed without its markup: titles, headings, printed references.

use unicode_normalization::UnicodeNormalization;

use super::commands::{self, Command};
use crate::text::collapse_spaces;

/// Longer texts are no titles and no references.
const MAX_BYTES: usize = 50_000;

/// The text without commands, braces and comments; accents and dashes as characters.
pub(super) fn plain(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    let mut accent = None;
    while at < source.len().min(MAX_BYTES) {
        let rest = &source[at..];
        let Some(c) = rest.chars().next() else { break };
        let mut length = c.len_utf8();
        match c {
            '\\' => {
                let (name, after) = commands::name(source, at);
                length = (after - at).max(1);
                if let ("i" | "j", Some(mark)) = (name, accent) {
                    out.push_str(name);
                    out.push(mark);
                    accent = None;
                } else if let Some(mark) = combining(name) {
                    accent = Some(mark);
                    // "\v s": the space ends the command's name.
                    length += rest[length..].len() - rest[length..].trim_start().len();
                } else if let Some(letter) = letter(name) {
                    out.push_str(letter);
                    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && rest[length..].starts_with(' ') {
                        length += 1;
                    }
                } else {
                    match commands::of(name) {
                        // The address stands before what is printed for it.
                        _ if name == "href" => {
                            let address = skipped(&rest[length..]);
                            out.push_str(rest[length..length + address].trim_matches(['{', '}']));
                            out.push(' ');
                            length += address;
                        }
                        Command::Nothing { .. } | Command::Note => {
                            length += skipped(&rest[length..]);
                        }
                        Command::Sign if matches!(name, "%" | "&" | "$" | "#" | "_" | "{" | "}") => out.push_str(name),
                        Command::Sign | Command::Space => out.push(' '),
                        _ => length += rest[length..].len() - rest[length..].trim_start_matches(' ').len(),
                    }
                }
            }
            '{' | '}' => {}
            '~' => out.push(' '),
            '%' => length = rest.find('\n').unwrap_or(rest.len()),
            '-' if rest.starts_with("---") => {
                out.push('—');
                length = 3;
            }
            '-' if rest.starts_with("--") => {
                out.push('–');
                length = 2;
            }
            '`' if rest.starts_with("``") => {
                out.push('“');
                length = 2;
            }
            '\'' if rest.starts_with("''") => {
                out.push('”');
                length = 2;
            }
            c if c.is_control() => out.push(' '),
            c => {
                if let (true, Some(mark)) = (c.is_alphabetic(), accent) {
                    out.push(c);
                    out.push(mark);
                    accent = None;
                } else {
                    out.push(c);
                }
            }
        }
        at += length;
    }
    let composed: String = out.nfc().collect();
    collapse_spaces(&composed)
}

/// The bytes of one argument in braces.
fn skipped(text: &str) -> usize {
    if !text.starts_with('{') {
        return 0;
    }
    let mut depth = 0_usize;
    for (i, b) in text.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            _ => {}
        }
    }
    0
}

fn combining(name: &str) -> Option<char> {
    Some(match name {
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "\"" => '\u{308}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "c" => '\u{327}',
        "v" => '\u{30c}',
        "u" => '\u{306}',
        "H" => '\u{30b}',
        "k" => '\u{328}',
        "r" => '\u{30a}',
        "d" => '\u{323}',
        _ => return None,
    })
}

fn letter(name: &str) -> Option<&'static str> {
    Some(match name {
        "ss" => "ß",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "o" => "ø",
        "O" => "Ø",
        "aa" => "å",
        "AA" => "Å",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        "j" => "j",
        "ldots" | "dots" => "…",
        "textendash" => "–",
        "textemdash" => "—",
        "LaTeX" => "LaTeX",
        "TeX" => "TeX",
        "&" => "&",
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text() {
        for (from, to) in [
            (r"{\em Bark} of the \textbf{Birch}", "Bark of the Birch"),
            (r"Mu\~noz, P\'{e}rez \& Ma\v{s}ek, pp.~3--7", "Muñoz, Pérez & Mašek, pp. 3–7"),
            (r#"Na\"{\i}ve\thanks{To all \emph{of} you} trees % note"#, "Naïve trees"),
            (r"Roe, J. \newblock ``Bark''. \url{http://x.org}", "Roe, J. “Bark”. http://x.org"),
        ] {
            assert_eq!(plain(from), to, "{from}");
        }
    }
}
