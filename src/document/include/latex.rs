//! The commands of LaTeX that take in a file: `\input`, `\include`, `\subfile`, `\import` and theirs.

use super::{Content, Include, IsTakenIn};

/// Environments whose text is not read as commands.
const VERBATIM: &[&str] = &["verbatim", "Verbatim", "lstlisting", "minted", "comment", "filecontents"];
/// A file's name, or an environment's, is not longer, in bytes.
const LONGEST_NAME: usize = 400;

pub(super) fn content(source: &str, is_taken_in: IsTakenIn) -> Content {
    let mut includes = Vec::new();
    let (mut begin, mut end) = (0, source.len());
    let mut at = 0;
    while let Some(next) = source[at..].find(['\\', '%']).map(|i| at + i) {
        if source.as_bytes()[next] == b'%' {
            at = source[next..].find('\n').map_or(source.len(), |i| next + i);
            continue;
        }
        let rest = &source[next + 1..];
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = &rest[..length];
        let after = next + 1 + length.max(rest.chars().next().map_or(0, char::len_utf8));
        at = after;
        match name {
            "input" | "include" | "subfile" | "subfileinclude" | "loadglsentries" => {
                if let Some((target, stop)) = argument(source, after).or_else(|| word(source, after)) {
                    includes.push(include(next..stop, target, None));
                    at = stop;
                }
            }
            "import" | "subimport" | "inputfrom" | "subinputfrom" | "includefrom" | "subincludefrom" => {
                if let Some((folder, middle)) = argument(source, after)
                    && let Some((target, stop)) = argument(source, middle)
                {
                    includes.push(include(next..stop, target, Some(folder.trim_end_matches('/').to_owned())));
                    at = stop;
                }
            }
            "begin" => {
                let Some((environment, stop)) = argument(source, after) else { continue };
                at = stop;
                let plain = environment.trim_end_matches('*');
                if plain == "document" && is_taken_in == IsTakenIn::Yes {
                    // A file that is also a document of its own: its preamble is not part of this one.
                    begin = stop;
                    includes.clear();
                } else if VERBATIM.contains(&plain) {
                    let close = format!("\\end{{{environment}}}");
                    at = source[stop..].find(&close).map_or(source.len(), |i| stop + i);
                }
            }
            "end" => {
                if let Some((environment, stop)) = argument(source, after) {
                    at = stop;
                    if environment == "document" && is_taken_in == IsTakenIn::Yes {
                        end = next;
                        break;
                    }
                }
            }
            "endinput" => {
                end = next;
                break;
            }
            "verb" | "lstinline" => {
                let sign = source[after..].trim_start_matches('*').chars().next();
                let from = after + usize::from(source[after..].starts_with('*'));
                if let Some(sign) = sign
                    && let Some(i) = source[from + sign.len_utf8()..].find([sign, '\n'])
                {
                    at = from + sign.len_utf8() + i;
                }
            }
            _ => {}
        }
    }
    Content { range: begin..end.max(begin), includes }
}

fn include(range: std::ops::Range<usize>, target: String, folder: Option<String>) -> Include {
    Include { range, target, folder, endings: &[".tex"] }
}

/// The argument in braces after `at`, and where it ends.
fn argument(source: &str, at: usize) -> Option<(String, usize)> {
    let rest = source[at..].trim_start();
    let start = source.len() - rest.len();
    let inner = rest.strip_prefix('{')?;
    let length = inner.bytes().take(LONGEST_NAME).position(|b| matches!(b, b'}' | b'{' | b'\n'))?;
    let name = inner.get(..length).filter(|_| inner.as_bytes()[length] == b'}')?;
    Some((name.trim().trim_matches('"').to_owned(), start + 1 + length + 1))
}

/// `\input name`, as TeX has it.
fn word(source: &str, at: usize) -> Option<(String, usize)> {
    let rest = source[at..].strip_prefix(' ')?;
    let length =
        rest.bytes().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'\\' | b'{' | b'}' | b'%')).count();
    (length > 0 && length < LONGEST_NAME).then(|| (rest[..length].to_owned(), at + 1 + length))
}
