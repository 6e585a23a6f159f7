//! How the state of a pair is shown: a mark that needs no colour, and words.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use anstyle::Style;
use serde_json::{Value, json};

use super::output::{BAD, DIM, GOOD, KEY, WARN, hyperlink, wrap};
use crate::review::{DiffPart, Opinion, PairState, QuoteState, RecordId, Standing, Verdict, word_diff};
use crate::text::inert_line;

/// The mark of a state with its colour; `None` for an open pair, which has none.
pub(super) fn mark(state: PairState) -> Option<(Style, char)> {
    let style = match state {
        PairState::Checked(verdict) => verdict_style(verdict),
        PairState::Open | PairState::NoAccess => DIM,
        PairState::Stale => WARN,
        PairState::Conflict => BAD,
    };
    Some((style, state.mark()?))
}

fn verdict_style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Supported => GOOD,
        Verdict::Partly => WARN,
        Verdict::NotSupported | Verdict::Contradicts | Verdict::NotAddressed => BAD,
        Verdict::NoAccess => DIM,
    }
}

/// The marks that occur, each with its words; empty when none does.
pub(super) fn legend(states: impl IntoIterator<Item = PairState>) -> String {
    let states: BTreeSet<PairState> = states.into_iter().collect();
    let marked: Vec<String> =
        states.iter().filter_map(|s| mark(*s).map(|(_, mark)| format!("{mark} {}", s.words()))).collect();
    match marked.is_empty() {
        true => String::new(),
        false if states.contains(&PairState::Open) => format!("sources: {}  no mark: open", marked.join("  ")),
        false => format!("sources: {}", marked.join("  ")),
    }
}

/// What people judged, a paragraph each, and what changed since where a verdict is stale. `now` is the claim's present
/// text without bracketed citations; `quotes` says what is known of the quotes. Nothing for an open pair.
pub(super) fn opinions(standing: &Standing, now: &str, quotes: &Quotes, width: usize, indent: &str) -> String {
    let mut out = String::new();
    let hanging = format!("{indent}  ");
    if standing.state == PairState::Conflict {
        let (style, mark) = (BAD, '≠');
        let _ = writeln!(out, "{indent}{style}{mark} conflict{style:#}");
    }
    for opinion in &standing.opinions {
        let judgement = &opinion.judgement;
        let (style, mark) = match opinion.is_fresh {
            true => (verdict_style(judgement.verdict), judgement.verdict.mark()),
            false => (WARN, '↻'),
        };
        let stale = if opinion.is_fresh { "" } else { " (stale: the claim has changed)" };
        let page = judgement.page.as_ref().map(|p| format!(", {}", page_words(p))).unwrap_or_default();
        let line = format!("{mark} {}{stale}, {}{page}", judgement.verdict.words(), signature(opinion));
        let wrapped = wrap(&line, width, indent, &hanging);
        let _ = write!(out, "{}", wrapped.replacen(mark, &format!("{style}{mark}{style:#}"), 1));
        if let Some(quote) = &judgement.quote {
            let known = quotes.get(&opinion.record.id).map_or(QuoteState::Unread.words(), |state| state.words());
            out.push_str(&wrap(&format!("“{quote}” ({known})"), width, &hanging, &hanging));
        }
        if let Some(note) = &judgement.note {
            out.push_str(&wrap(note, width, &hanging, &hanging));
        }
        if !opinion.is_fresh {
            out.push_str(&wrap(&diff(&judgement.claim.text, now), width, &hanging, &hanging));
        }
    }
    out
}

/// "576" as "p. 576"; what says itself what it is stays ("Table 2").
fn page_words(page: &str) -> String {
    match page.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("p. {page}"),
        false => page.to_owned(),
    }
}

/// Who and when: "Ada Lovelace, 2026-03-01".
pub(super) fn signature(opinion: &Opinion) -> String {
    format!("{}, {}", name(&opinion.record.by), opinion.record.at.day())
}

/// A person's name without the address.
pub(super) fn name(by: &str) -> &str {
    by.split('<').next().map(str::trim).filter(|n| !n.is_empty()).unwrap_or(by)
}

/// A word diff that needs no colour: [-gone-] {+new+}.
pub(super) fn diff(before: &str, after: &str) -> String {
    let part = |part| match part {
        DiffPart::Same(words) => words,
        DiffPart::Removed(words) => format!("[-{words}-]"),
        DiffPart::Added(words) => format!("{{+{words}+}}"),
    };
    word_diff(before, after).into_iter().map(part).collect::<Vec<_>>().join(" ")
}

/// What is known of quotes, by the record of their verdict.
pub(super) type Quotes = HashMap<RecordId, QuoteState>;

/// A standing for programs.
pub(super) fn as_json(standing: &Standing, quotes: &Quotes) -> Value {
    let opinions: Vec<Value> = standing
        .opinions
        .iter()
        .map(|o| {
            json!({
                "id": o.record.id.as_str(), "by": o.record.by, "at": o.record.at.to_string(),
                "verdict": o.judgement.verdict.as_str(), "stale": !o.is_fresh, "text": o.judgement.claim.text,
                "quote": o.judgement.quote, "page": o.judgement.page, "note": o.judgement.note,
                "quote_state": quotes.get(&o.record.id).map(|q| q.as_str()),
            })
        })
        .collect();
    let verdict = match standing.state {
        PairState::Checked(verdict) => Some(verdict.as_str()),
        _ => None,
    };
    json!({ "state": standing.state.as_str(), "verdict": verdict, "verdicts": opinions })
}

/// Stands between a key and its mark while lines are wrapped; a space when they are shown.
const GLUE: char = '\u{a0}';

/// A key with the mark of its pair.
pub(super) struct MarkedKey {
    /// Made inert.
    key: String,
    mark: Option<(Style, char)>,
    address: Option<String>,
}

impl MarkedKey {
    /// `address` is where the work is found.
    pub fn new(key: &str, state: PairState, address: Option<String>) -> Self {
        Self { key: inert_line(key), mark: mark(state), address }
    }

    /// One word, to be wrapped.
    pub fn glued(&self) -> String {
        self.mark.map_or_else(|| self.key.clone(), |(_, mark)| format!("{}{GLUE}{mark}", self.key))
    }

    pub fn coloured(&self) -> String {
        let key = hyperlink(&self.key, self.address.as_deref().unwrap_or_default());
        let mark = self.mark.map(|(style, mark)| format!(" {style}{mark}{style:#}")).unwrap_or_default();
        format!("{KEY}{key}{KEY:#}{mark}")
    }
}
