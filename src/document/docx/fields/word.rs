//! Word's own citations: keys of the sources that the document keeps (ECMA-376, part 1, 17.16.5.8 and 22.6).

use super::Cited;
use crate::bibliography::{self, Format};

/// The arguments of an instruction: words, switches, and what stands in quotation marks.
pub(super) fn arguments(text: &str) -> impl Iterator<Item = String> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (argument, after) = match rest.strip_prefix(['"', '“', '”']) {
            Some(quoted) => quoted.split_once(['"', '“', '”']).unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        rest = after.trim_start();
        Some(argument.to_owned())
    })
}

/// The keys of `Roe01 \p 12 \m Doe02 \l 1033`: the first word, and each after `\m`.
pub(super) fn keys(rest: &str) -> Vec<Cited> {
    let mut keys = Vec::new();
    let mut is_key = true;
    for argument in arguments(rest) {
        if argument.starts_with('\\') {
            is_key = argument == "\\m";
        } else if std::mem::take(&mut is_key) {
            keys.push(Cited { id: argument, work: None });
        }
    }
    keys
}

/// The sources kept in a part of the document, each under its key.
pub(in crate::document::docx) fn sources(part: &[u8]) -> Vec<Cited> {
    let format = Format::from_name("word-xml").filter(|f| Format::sniff(part) == Some(*f));
    let Some(Ok(library)) = format.map(|f| bibliography::read(part, Some(f))) else { return Vec::new() };
    let cited = |mut work: crate::work::Work| {
        let id = std::mem::take(&mut work.key);
        (!id.is_empty()).then_some(Cited { id, work: Some(work) })
    };
    library.works.into_iter().filter_map(cited).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_keys() {
        let ids: Vec<String> = keys("Roe01 \\p \"12 f.\" \\l 1033 \\m Doe02 \\n").into_iter().map(|c| c.id).collect();
        assert_eq!(ids, ["Roe01", "Doe02"]);
    }
}
