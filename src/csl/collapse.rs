//! Cite grouping and collapsing (CSL 1.0.2, "Cite Grouping" and "Cite Collapsing").

use citationberg::{Citation as CitationElement, Collapse};

use super::citation::{Evaluated, drop_names};
use super::output::Source;
use super::tree::{GroupRole, Piece};

/// A cite with the delimiter that follows it when another cite does.
type Delimited<'c> = (Evaluated<'c>, Option<String>);

/// Groups and collapses the cites of one citation as the style wants it.
pub(super) fn collapse<'c>(style: &CitationElement, cites: Vec<Evaluated<'c>>) -> Vec<Delimited<'c>> {
    let delimiter = style.layout.delimiter.clone().unwrap_or_default();
    match style.collapse {
        Some(Collapse::CitationNumber) => numbers(style, cites, &delimiter),
        Some(mode) => years(style, if style.sort.is_some() { group(cites) } else { cites }, mode, &delimiter),
        None if style.cite_group_delimiter.is_some() => {
            let within = style.cite_group_delimiter.clone().unwrap_or_default();
            let cites = group(cites);
            let names: Vec<String> = cites.iter().map(|c| names_of(&c.piece)).collect();
            let same = |n: usize| names.get(n + 1).is_some_and(|next| !next.is_empty() && *next == names[n]);
            cites
                .into_iter()
                .enumerate()
                .map(|(n, cite)| (cite, Some(if same(n) { within.clone() } else { delimiter.clone() })))
                .collect()
        }
        None => cites.into_iter().map(|cite| (cite, Some(delimiter.clone()))).collect(),
    }
}

/// The text of the first names of a cite.
fn names_of(piece: &Piece) -> String {
    let mut text = String::new();
    if let Some(names) = piece.find(GroupRole::Names) {
        names.children.iter().for_each(|c| c.texts(&mut |t| text.push_str(&t.text)));
    }
    text
}

/// Brings cites of the same names together, at the place of the first.
fn group(cites: Vec<Evaluated<'_>>) -> Vec<Evaluated<'_>> {
    let mut place: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    let mut groups: Vec<Vec<Evaluated<'_>>> = Vec::new();
    for cite in cites {
        let names = names_of(&cite.piece);
        match place.get(&names) {
            Some(at) if !names.is_empty() => groups[*at].push(cite),
            _ => {
                place.insert(names, groups.len());
                groups.push(vec![cite]);
            }
        }
    }
    groups.into_iter().flatten().collect()
}

/// Runs of three and more numbers that follow each other become a range.
fn numbers<'c>(style: &CitationElement, cites: Vec<Evaluated<'c>>, delimiter: &str) -> Vec<Delimited<'c>> {
    let after = style.after_collapse_delimiter.clone().unwrap_or_else(|| delimiter.to_owned());
    let mut out: Vec<Delimited<'c>> = Vec::with_capacity(cites.len());
    let mut run: Vec<Evaluated<'c>> = Vec::new();
    let flush = |run: &mut Vec<Evaluated<'c>>, out: &mut Vec<Delimited<'c>>| {
        if run.len() >= 3 {
            let last = run.pop();
            let first = run.drain(..).next();
            out.extend(first.map(|cite| (cite, Some("–".to_owned()))));
            out.extend(last.map(|cite| (cite, Some(after.clone()))));
        } else {
            out.extend(run.drain(..).map(|cite| (cite, Some(delimiter.to_owned()))));
        }
    };
    for cite in cites {
        let follows = run.last().is_some_and(|before| before.number + 1 == cite.number && before.is_plain());
        if !(follows && cite.is_plain() && has_number(&cite.piece)) {
            flush(&mut run, &mut out);
        }
        run.push(cite);
    }
    flush(&mut run, &mut out);
    out
}

fn has_number(piece: &Piece) -> bool {
    let mut found = false;
    piece.texts(&mut |t| found |= t.source == Source::CitationNumber);
    found
}

/// Repeated names are dropped, and with `year-suffix` repeated years too.
fn years<'c>(
    style: &CitationElement,
    cites: Vec<Evaluated<'c>>,
    mode: Collapse,
    delimiter: &str,
) -> Vec<Delimited<'c>> {
    // Unsorted cites are not grouped, only collapsed: the delimiter of the layout stays between them.
    let default = if style.sort.is_some() { ", " } else { delimiter };
    let within = style.cite_group_delimiter.clone().unwrap_or_else(|| default.to_owned());
    let after = style.after_collapse_delimiter.clone().unwrap_or_else(|| delimiter.to_owned());
    let between_suffixes = style.year_suffix_delimiter.as_ref().or(style.cite_group_delimiter.as_ref());
    let between_suffixes = between_suffixes.map_or_else(|| delimiter.to_owned(), String::clone);
    let looks: Vec<(String, String, bool)> =
        cites.iter().map(|c| (names_of(&c.piece), year_of(&c.piece), c.is_plain())).collect();
    let mut out: Vec<Delimited<'c>> = Vec::with_capacity(cites.len());
    for (n, mut cite) in cites.into_iter().enumerate() {
        let same_names = |a: usize, b: usize| !looks[a].0.is_empty() && looks[a].0 == looks[b].0;
        let same_year = |a: usize, b: usize| {
            mode != Collapse::Year && looks[a].0 == looks[b].0 && !looks[a].1.is_empty() && looks[a].1 == looks[b].1
        };
        let collapsed = n > 0 && (same_names(n - 1, n) || same_year(n - 1, n)) && cite.cite.prefix.is_empty();
        if collapsed {
            if same_year(n - 1, n) && looks[n - 1].2 && looks[n].2 && has_suffix(&cite.piece) {
                keep_suffix(&mut cite.piece);
            } else {
                drop_names(&mut cite.piece);
            }
        }
        let delimiter = if n + 1 < looks.len() && (same_names(n, n + 1) || same_year(n, n + 1)) {
            match (same_year(n, n + 1), looks[n].2) {
                (true, true) if looks[n + 1].2 => between_suffixes.clone(),
                (_, true) => within.clone(),
                // After a locator a comma would read as another page.
                (_, false) => after.clone(),
            }
        } else if collapsed || n == 0 {
            after.clone()
        } else {
            delimiter.to_owned()
        };
        out.push((cite, Some(delimiter)));
    }
    if mode == Collapse::YearSuffixRanged { ranged(out) } else { out }
}

/// The first year of a cite, without its suffix.
fn year_of(piece: &Piece) -> String {
    let mut text = String::new();
    if let Some(year) = piece.find(GroupRole::Year) {
        year.children.iter().for_each(|c| {
            c.texts(&mut |t| {
                if t.source != Source::YearSuffix {
                    text.push_str(&t.text);
                }
            });
        });
    }
    text
}

fn has_suffix(piece: &Piece) -> bool {
    suffix_of(piece).is_some()
}

fn suffix_of(piece: &Piece) -> Option<String> {
    let mut found = None;
    piece.texts(&mut |t| {
        if t.source == Source::YearSuffix && !t.text.is_empty() {
            found = Some(t.text.clone());
        }
    });
    found
}

/// Leaves nothing of a cite but its year suffix.
fn keep_suffix(piece: &mut Piece) {
    if let Some(suffix) = suffix_of(piece) {
        *piece = Piece::text(suffix, Source::YearSuffix);
    }
}

/// Three and more year suffixes that follow each other become a range.
fn ranged(cites: Vec<Delimited<'_>>) -> Vec<Delimited<'_>> {
    let suffixes: Vec<Option<(String, bool)>> =
        cites.iter().map(|(c, _)| suffix_of(&c.piece).map(|s| (s, matches!(c.piece, Piece::Text(_))))).collect();
    let follows = |n: usize| match (&suffixes[n - 1], &suffixes[n]) {
        (Some((a, _)), Some((b, true))) => next_letter(a).as_deref() == Some(b.as_str()),
        _ => false,
    };
    let mut out: Vec<Delimited<'_>> = Vec::with_capacity(cites.len());
    for (n, cite) in cites.into_iter().enumerate() {
        let inside = n > 0 && follows(n) && n + 1 < suffixes.len() && follows(n + 1);
        if inside {
            if let Some((_, delimiter)) = out.last_mut() {
                *delimiter = Some("–".to_owned());
            }
            continue;
        }
        out.push(cite);
    }
    out
}

fn next_letter(s: &str) -> Option<String> {
    let b = s.as_bytes();
    (b.len() == 1 && b[0] < b'z').then(|| char::from(b[0] + 1).to_string())
}
