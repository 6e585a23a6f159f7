//! The shortcode of Quarto that takes in a file, the child documents of R Markdown, and the directive of MyST.

use super::{Content, Include, IsTakenIn};

pub(super) fn content(source: &str, is_taken_in: IsTakenIn) -> Content {
    let mut includes = Vec::new();
    let mut fence: Option<&str> = None;
    // A chunk that takes in a child, from its first line on.
    let mut chunk: Option<(usize, String)> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let (start, stop) = (at, at + line.trim_end().len());
        at += line.len();
        let text = line.trim();
        let sign = ["```", "~~~", ":::"].into_iter().find(|s| text.starts_with(s));
        match (fence, sign) {
            (Some(open), Some(sign)) if open == sign && text.trim_matches(|c| sign.contains(c)).is_empty() => {
                fence = None;
                if let Some((from, target)) = chunk.take() {
                    includes.push(include(from..stop, target));
                }
            }
            (Some(_), _) => {}
            (None, Some(sign)) => {
                let info = text.trim_start_matches(|c| sign.contains(c)).trim();
                // Divs of Pandoc hold text.
                if sign != ":::" || info.starts_with("{include}") {
                    fence = Some(sign);
                }
                chunk = child(info).map(|target| (start, target));
            }
            (None, None) => {
                let inner = text.strip_prefix("{{<").and_then(|t| t.strip_suffix(">}}")).map(str::trim);
                if let Some(target) = inner.and_then(|i| i.strip_prefix("include ")) {
                    let lead = line.len() - line.trim_start().len();
                    includes.push(include(start + lead..stop, target.trim().trim_matches(['"', '\'']).to_owned()));
                }
            }
        }
    }
    let begin = if is_taken_in == IsTakenIn::Yes { metadata(source) } else { 0 };
    includes.retain(|i| i.range.start >= begin);
    Content { range: begin..source.len(), includes }
}

fn include(range: std::ops::Range<usize>, target: String) -> Include {
    Include { range, target, folder: None, endings: &[] }
}

/// The file of `{r child = 'part.Rmd'}` or `{include} part.md`.
fn child(info: &str) -> Option<String> {
    if let Some(file) = info.strip_prefix("{include}") {
        return Some(file.trim().to_owned()).filter(|f| !f.is_empty());
    }
    let options = info.strip_prefix('{')?.strip_suffix('}')?;
    let (_, value) = options.split_once("child")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split(quote).next()?.to_owned())
}

/// The metadata at the top of a file are not those of the one that takes it in.
fn metadata(source: &str) -> usize {
    let Some(rest) = source.strip_prefix("---\n") else { return 0 };
    let mut at = 4;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return at;
        }
    }
    0
}
