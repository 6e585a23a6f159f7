//! The metadata at the top of a manuscript: title, bibliography files, works listed without being cited.
//!
//! The few lines that matter are read as they are written; a YAML parser would make the rest of the block, templates
//! and all, a reason to fail.

use super::{Line, inline};
use crate::document::compose::Composer;

/// Reads the metadata and says in which line the text begins.
pub(super) fn read(source: &str, lines: &[Line], composer: &mut Composer<'_>) -> usize {
    let text = |i: usize| source[lines[i].clone()].trim_end();
    if lines.is_empty() || text(0) != "---" {
        return title_block(source, lines, composer);
    }
    let Some(end) = (1..lines.len()).find(|&i| matches!(text(i), "---" | "...")) else { return 0 };
    let mut i = 1;
    while i < end {
        let (line, next) = (text(i), i + 1);
        let Some((name, value)) = line.split_once(':').filter(|(n, _)| !n.starts_with([' ', '\t', '-'])) else {
            i = next;
            continue;
        };
        // The value, or the indented lines and list items below.
        let below = (next..end).take_while(|&n| text(n).is_empty() || text(n).starts_with([' ', '\t', '-']));
        let below: Vec<&str> = below.map(|n| text(n).trim()).filter(|l| !l.is_empty()).collect();
        i = next + (next..end).take_while(|&n| text(n).is_empty() || text(n).starts_with([' ', '\t', '-'])).count();
        match name.trim() {
            "title" => {
                let block = matches!(value.trim(), "" | "|" | ">" | "|-" | ">-");
                let folded = if block { below.join(" ") } else { [&[value.trim()], &below[..]].concat().join(" ") };
                let title = unquoted(&folded);
                if !title.is_empty() {
                    composer.document.title = Some(crate::text::collapse_spaces(title));
                }
            }
            "bibliography" => composer.document.bibliographies.extend(list(value, &below)),
            "nocite" => {
                let all = format!("{value} {}", below.join(" "));
                let range = lines[next - 1].start + name.len()..lines[i - 1].end;
                composer.named_keys.extend(inline::keys_in(source, &range));
                composer.document.listed_keys.extend(inline::keys(&all).into_iter().map(|(key, _)| key));
                composer.document.listed_keys.extend(all.contains("@*").then(|| "*".to_owned()));
            }
            "doi" => composer.document.doi = unquoted(value).parse().ok(),
            "journal" if !value.trim().is_empty() => composer.document.container = Some(unquoted(value).to_owned()),
            _ => {}
        }
    }
    end + 1
}

/// Pandoc's older form: "% title" in the first lines.
fn title_block(source: &str, lines: &[Line], composer: &mut Composer<'_>) -> usize {
    let count = lines.iter().take(3).take_while(|l| source[(*l).clone()].starts_with("% ")).count();
    if count > 0 {
        composer.document.title = Some(source[lines[0].clone()][2..].trim().to_owned());
    }
    count
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

/// `a.bib`, `[a.bib, b.bib]`, or "- a.bib" a line.
fn list(value: &str, below: &[&str]) -> Vec<String> {
    let value = value.trim().trim_start_matches('[').trim_end_matches(']');
    value
        .split(',')
        .chain(below.iter().filter_map(|l| l.strip_prefix("- ")))
        .map(|v| unquoted(v).to_owned())
        .filter(|v| !v.is_empty())
        .collect()
}
