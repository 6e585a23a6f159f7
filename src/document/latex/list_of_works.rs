//! `thebibliography`: a reference list typed into the manuscript. `CSLReferences`: one that pandoc printed there.

use std::collections::HashMap;
use std::ops::Range;

use super::super::compose::Composer;
use super::super::{RawReference, RepeatedKey, entry};
use super::arguments::{Braces, optional};
use super::{commands, plain};

pub(super) fn read(source: &str, braces: &Braces, range: Range<usize>, composer: &mut Composer<'_>) {
    let text = &source[range.clone()];
    if !text.contains("\\bibitem") && text.contains("\\hypertarget{ref-") {
        return read_printed(source, braces, range, composer);
    }
    let begins: Vec<usize> = source[range.clone()]
        .match_indices("\\bibitem")
        .map(|(i, _)| range.start + i)
        .filter(|&at| commands::name(source, at).0 == "bibitem")
        .collect();
    if !begins.is_empty() {
        composer.heading(2, "References", range.start..range.start);
    }
    let mut entries: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, &begin) in begins.iter().enumerate() {
        let end = begins.get(i + 1).copied().unwrap_or(range.end);
        let after = commands::name(source, begin).1;
        let label = optional(source, after, end);
        let Some(key) = braces.argument(source, label.as_ref().map_or(after, |l| l.end + 1)).filter(|k| k.end < end)
        else {
            continue;
        };
        let text = plain::plain(&source[key.end + 1..end]);
        if text.is_empty() {
            continue;
        }
        let printed = label.map_or_else(|| (i + 1).to_string(), |l| plain::plain(&source[l]));
        let reference = RawReference { label: Some(printed), text, ..RawReference::default() };
        let key = source[key.clone()].trim().to_owned();
        entries.entry(key.clone()).or_default().push(composer.entry_count());
        composer.reference(reference, [key], begin..end);
    }
    let repeated = entries.into_iter().filter(|(_, references)| references.len() > 1);
    let mut repeated: Vec<RepeatedKey> = repeated.map(|(key, references)| RepeatedKey { key, references }).collect();
    repeated.sort_by(|a, b| a.references.cmp(&b.references));
    composer.document.repeated_keys.extend(repeated);
}

/// Entries that begin with `\hypertarget{ref-key}{}`, most of them inside of a `\leavevmode`.
fn read_printed(source: &str, braces: &Braces, range: Range<usize>, composer: &mut Composer<'_>) {
    const TARGET: &str = "\\hypertarget";
    let targets: Vec<usize> =
        source[range.clone()].match_indices("\\hypertarget{ref-").map(|(i, _)| range.start + i).collect();
    composer.heading(2, "References", range.start..range.start);
    for (i, &target) in targets.iter().enumerate() {
        let end = targets.get(i + 1).copied().unwrap_or(range.end);
        let Some(key) = braces.argument(source, target + TARGET.len()).filter(|k| k.end < end) else { continue };
        // The braces round the target, and the comment that ends its line.
        let rest = source[key.end + 1..end].trim_start_matches(['{', '}']);
        let rest = rest.strip_prefix('%').unwrap_or(rest);
        let rest = rest.rfind("\\leavevmode").map_or(rest, |next| &rest[..next]);
        let text = plain::plain(rest);
        let (label, from) = match entry::label(&text) {
            Some((entry::Label::Number { text, .. } | entry::Label::Bracket(text), from)) => {
                (Some(text.to_owned()), from)
            }
            _ => (None, 0),
        };
        if !text[from..].is_empty() {
            let reference = RawReference { label, text: text[from..].to_owned(), ..RawReference::default() };
            composer.reference(reference, [source[key].trim().to_owned()], target..end);
        }
    }
}
