//! An answer as a person reads it.

use super::super::output::{BAD, DIM, GOOD, KEY, WARN, wrap};
use super::table::side_by_side;
use crate::matching::NoticeKind;
use crate::resolve::{Entry, Resolution, Seen, Standing};
use crate::text::inert_line;

/// Records that stand side by side; more are no longer read.
const COLUMNS: usize = 2;
/// A candidate below this is none that a person would take.
const WORTH_A_LOOK: f64 = 0.1;

pub(super) fn text(entry: &Entry, resolution: &Resolution, width: usize) -> String {
    let (style, word) = match resolution.verdict {
        Standing::Matched if resolution.had.is_some() => (GOOD, "right"),
        Standing::Matched => (GOOD, "found"),
        Standing::Mismatched => (WARN, "mismatched"),
        Standing::OtherWork => (BAD, "of another work"),
        Standing::Ambiguous => (WARN, "cannot tell"),
        Standing::NotFound if resolution.had.is_some() => (BAD, "unknown"),
        Standing::NotFound => (BAD, "not found"),
        Standing::CannotTell => (DIM, "cannot tell"),
    };
    let key = inert_line(if entry.work.key.is_empty() { "(no key)" } else { &entry.work.key });
    let mut out = format!("{KEY}{key}{KEY:#}  {style}{word}{style:#}");
    let about = match (resolution.found(), &resolution.had) {
        (Some(seen), _) => Some(identifiers(seen)),
        (None, Some(had)) => Some(
            had.doi
                .as_ref()
                .map(ToString::to_string)
                .or(had.pmid.as_ref().map(|p| format!("PMID {p}")))
                .unwrap_or_default(),
        ),
        (None, None) => None,
    };
    if let Some(about) = about {
        out.push_str(&format!("  {}", inert_line(&about)));
    }
    if resolution.verdict == Standing::NotFound {
        out.push_str(&format!(" in {}", inert_line(&resolution.sources())));
    }
    out.push('\n');
    if let Some(reason) = &resolution.reason {
        out.push_str(&wrap(reason, width, "  ", "  "));
    }
    match resolution.verdict {
        Standing::Matched => {
            if resolution.had.is_none() && !resolution.is_certain() {
                out.push_str(&wrap("likely, but not certain enough to be written", width, "  ", "  "));
                out.push_str(&table(entry, &[resolution.record.as_ref()], None, width));
            }
        }
        Standing::Mismatched | Standing::OtherWork => {
            out.push_str(&table(entry, &[resolution.record.as_ref()], Some(resolution), width));
            if let Some(instead) = &resolution.instead {
                out.push_str(&wrap(&format!("the entry means {}", line(instead)), width, "  ", "    "));
            }
        }
        Standing::NotFound => {
            out.push_str(&wrap(&entry.raw, width, "  ", "    "));
            if let Some(instead) = &resolution.instead {
                out.push_str(&wrap(&format!("what the entry says is {}", line(instead)), width, "  ", "    "));
            }
            let near: Vec<&Seen> = resolution.candidates.iter().filter(|c| c.score >= WORTH_A_LOOK).collect();
            near.iter().for_each(|c| out.push_str(&wrap(&format!("? {}", line(c)), width, "    ", "      ")));
        }
        Standing::Ambiguous | Standing::CannotTell => {
            let record = resolution.record.iter();
            let all: Vec<&Seen> = record.chain(&resolution.candidates).collect();
            if all.is_empty() {
                out.push_str(&wrap(&entry.raw, width, "  ", "    "));
            }
            let shown: Vec<Option<&Seen>> = all.iter().take(COLUMNS).map(|seen| Some(*seen)).collect();
            out.push_str(&table(entry, &shown, None, width));
            all.iter()
                .skip(COLUMNS)
                .for_each(|c| out.push_str(&wrap(&format!("? {}", line(c)), width, "    ", "      ")));
        }
    }
    for notice in &resolution.notices {
        let style = match notice.kind() {
            Some(NoticeKind::Retraction) => BAD,
            Some(NoticeKind::Concern) => WARN,
            _ => DIM,
        };
        let shown = wrap(&notice.in_words(), width, "  ", "    ");
        out.push_str(&format!("{style}{}{style:#}\n", shown.trim_end()));
    }
    if let Some(published) = &resolution.published_as {
        out.push_str(&wrap(&format!("a preprint, published as {}", line(published)), width, "  ", "    "));
    }
    out
}

fn table(entry: &Entry, records: &[Option<&Seen>], only: Option<&Resolution>, width: usize) -> String {
    let records: Vec<&Seen> = records.iter().flatten().copied().collect();
    side_by_side(entry, &records, only, width)
}

/// "10.5555/x  PMID 123  PMC4".
fn identifiers(seen: &Seen) -> String {
    let mut all: Vec<String> = seen.doi.iter().map(ToString::to_string).collect();
    all.extend(seen.pmid.iter().map(|pmid| format!("PMID {pmid}")));
    all.extend(seen.pmcid.clone());
    all.extend(seen.arxiv.iter().map(|id| format!("arXiv:{id}")));
    if all.is_empty() { "without an identifier".to_owned() } else { all.join("  ") }
}

/// A record on one line.
fn line(seen: &Seen) -> String {
    let year = seen.year.map(|year| format!(" ({year})")).unwrap_or_default();
    let rest: Vec<&str> = [&seen.title, &seen.container, &seen.volume, &seen.pages]
        .into_iter()
        .map(String::as_str)
        .filter(|s| !s.is_empty())
        .collect();
    format!("{}  {}{year} {}", seen.identifier(), seen.authors, rest.join(". "))
}
