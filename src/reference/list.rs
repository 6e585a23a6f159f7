//! The references of one list: they share a style, and some take over what the one before them printed.

use std::collections::BTreeMap;

use super::list_vote::Votes;
use super::names::{self, NameOrder};
use super::repeats::Repeated;
use super::segment::ListStyle;
use super::{Notice, ParsedReference, Prepared, Reading, finish};
use crate::work::{Field, NameList, Role, Work};

/// Reads a list, in one piece or in blocks of its order: what a reference takes over may stand in the block before.
#[derive(Debug, Clone, Default)]
pub struct ListReader {
    /// How many references were read.
    count: usize,
    /// The last reference that printed something of its own.
    last: Option<(usize, Work)>,
}

impl ListReader {
    /// Takes the next references of the list apart. Those of one call are taken to share a style.
    pub fn read<S: AsRef<str>>(&mut self, raws: &[S]) -> Vec<ParsedReference> {
        let prepared: Vec<Option<Prepared>> = raws.iter().map(|raw| Prepared::of(raw.as_ref())).collect();
        let style = style(&prepared);
        let mut readings: Vec<Option<Reading>> =
            prepared.into_iter().map(|prepared| Some(prepared?.read(style))).collect();
        let votes = Votes::count(readings.iter().flatten().map(|reading| &reading.found));
        for reading in readings.iter_mut().flatten() {
            if votes.prefer_rules(&reading.found) {
                reading.found.segments = reading.found.rules.clone();
                reading.found.fields.clear();
                reading.found.left_out.clear();
            }
        }
        let mut out: Vec<ParsedReference> = Vec::with_capacity(raws.len());
        let mut last: Option<usize> = None;
        for (raw, reading) in raws.iter().zip(&readings) {
            let Some(reading) = reading else {
                out.push(ParsedReference::too_long());
                continue;
            };
            let before = match last {
                Some(at) => Some(Before { index: self.count + at, work: &out[at].work }),
                None => self.last.as_ref().map(|(index, work)| Before { index: *index, work }),
            };
            let parsed = next(raw.as_ref(), reading, style, before);
            let is_repeated = reading.repeated == Some(Repeated::Work);
            if !(is_repeated || parsed.work.fields.is_empty() && parsed.work.contributors.is_empty()) {
                last = Some(out.len());
            }
            out.push(parsed);
        }
        if let Some(at) = last {
            self.last = Some((self.count + at, out[at].work.clone()));
        }
        self.count += raws.len();
        out
    }
}

/// The reference before one, as far as it printed something of its own.
#[derive(Clone, Copy)]
struct Before<'a> {
    index: usize,
    work: &'a Work,
}

fn next(raw: &str, reading: &Reading, style: ListStyle, before: Option<Before<'_>>) -> ParsedReference {
    let mut parsed = finish(raw, reading, style);
    match reading.repeated {
        None => {}
        Some(Repeated::Work) => {
            // The place is one in the work, not the pages that the work has.
            parsed.notices = vec![Notice::WorkRepeated { reference: before.map(|b| b.index) }];
            if let Some(before) = before {
                parsed.work = before.work.clone();
            }
            parsed.fields.retain(|field| field.field == super::FieldName::Pages);
        }
        Some(repeated) => take_over_names(&mut parsed, repeated, reading.repeated_role(), before),
    }
    parsed
}

/// Gives a work the names of the reference before, where its own are only a mark.
fn take_over_names(parsed: &mut ParsedReference, repeated: Repeated, role: Role, before: Option<Before<'_>>) {
    let printed = parsed.work.contributors.get(&role).cloned();
    let before = before.and_then(|b| Some((b.index, creators(b.work)?)));
    let taken = match (before, &printed, repeated) {
        (Some((index, names)), None, Repeated::Names) => Some((index, names)),
        // "Ders." is one person; of several nobody can tell which.
        (Some((index, names)), Some(_), Repeated::NamesAndMore) if names.names.len() == 1 => Some((index, names)),
        // What looked like a mark was none.
        (_, Some(_), Repeated::Names) => return,
        _ => None,
    };
    let Some((index, names)) = taken else {
        parsed.notices.push(Notice::NamesRepeated { reference: None, names: 0 });
        return;
    };
    parsed.notices.push(Notice::NamesRepeated { reference: Some(index), names: names.names.len() });
    let mut all = names.clone();
    if let Some(more) = printed {
        all.names.extend(more.names);
        all.incomplete = more.incomplete;
    }
    parsed.work.contributors.insert(role, all);
}

/// Authors, or the editors of a book that has none.
fn creators(work: &Work) -> Option<&NameList> {
    let is_part = work.get(Field::ContainerTitle).is_some();
    work.contributors.get(&Role::Author).or_else(|| work.contributors.get(&Role::Editor).filter(|_| !is_part))
}

/// References that vote on the style of a list; more tell nothing new.
const VOTERS: usize = 60;

/// How names are written in most references of the list, if more than two thirds agree.
fn style(prepared: &[Option<Prepared>]) -> ListStyle {
    let mut votes: BTreeMap<NameOrder, usize> = BTreeMap::new();
    for prepared in prepared.iter().step_by(prepared.len().div_ceil(VOTERS).max(1)).flatten() {
        let end = prepared.text.char_indices().nth(400).map_or(prepared.text.len(), |(at, _)| at);
        if let Some(scan) = names::scan(&prepared.text[..end], None) {
            *votes.entry(scan.order).or_default() += 1;
        }
    }
    let all: usize = votes.values().sum();
    let names = votes.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= 3 && n * 3 > all * 2).map(|(o, _)| o);
    ListStyle { names }
}
