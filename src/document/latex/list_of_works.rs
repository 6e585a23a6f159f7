//! `thebibliography`: a reference list typed into the manuscript.

use std::ops::Range;

use super::super::RawReference;
use super::super::compose::Composer;
use super::arguments::{Braces, optional};
use super::{commands, plain};

pub(super) fn read(source: &str, braces: &Braces, range: Range<usize>, composer: &mut Composer<'_>) {
    let begins: Vec<usize> = source[range.clone()]
        .match_indices("\\bibitem")
        .map(|(i, _)| range.start + i)
        .filter(|&at| commands::name(source, at).0 == "bibitem")
        .collect();
    if !begins.is_empty() {
        composer.heading(2, "References", range.start..range.start);
    }
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
        composer.reference(reference, [source[key.clone()].trim().to_owned()], begin..end);
    }
}
