//! Works that may be the one a reference means: those that share its rarest terms.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::segment::Postings;
use super::terms;
use super::{Index, IndexError, Record, RecordId};
use crate::work::Work;

/// Records of lists that are looked at for one reference: the rarest terms come first, so what is left out is common.
const POSTINGS: u64 = 20_000;

/// How much a record shares with a reference.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    all: f32,
    /// Of it, what pairs of facts say.
    pairs: f32,
}

/// A term that the index has.
struct Found<'a> {
    count: u64,
    is_pair: bool,
    /// The records that have it, by segment.
    parts: Vec<(u32, Postings<'a>)>,
}

impl Index {
    /// The works that share most with a reference, the likeliest first: at most `most`, and half as many that share no words
    /// but names and numbers, since a reference may print no title, and words of its journal stand in the titles of others.
    pub fn candidates(&self, raw: &str, work: &Work, most: usize) -> Result<Vec<Work>, IndexError> {
        let wanted = terms::of_reference(raw, work);
        let words = wanted.words.iter().map(|term| (*term, false));
        let mut lists = Vec::new();
        for (term, is_pair) in words.chain(wanted.pairs.iter().map(|term| (*term, true))) {
            let mut found = Found { count: 0, is_pair, parts: Vec::new() };
            for (i, part) in self.segments.iter().enumerate() {
                if let Some(postings) = part.segment.postings(term)? {
                    found.count += u64::from(postings.count);
                    found.parts.push((i as u32, postings));
                }
            }
            if found.count > 0 {
                lists.push(found);
            }
        }
        lists.sort_by_key(|found| found.count);
        let all = self.segments.iter().map(|part| u64::from(part.segment.records())).sum::<u64>() as f32;
        let mut scores: HashMap<RecordId, Shared, BuildHasherDefault<Mixer>> = HashMap::default();
        let mut read = 0;
        for Found { count, is_pair, parts } in lists {
            read += count;
            if read > POSTINGS && !scores.is_empty() {
                break;
            }
            // The rarer a term, the more it says (inverse document frequency).
            let weight = (1.0 + all / count as f32).ln();
            for (part, postings) in parts {
                for record in postings.iter().take(POSTINGS as usize) {
                    let shared = scores.entry(RecordId { part, record }).or_default();
                    shared.all += weight;
                    if is_pair {
                        shared.pairs += weight;
                    }
                }
            }
        }
        let ranked: Vec<(RecordId, Shared)> =
            scores.into_iter().filter(|(id, _)| !self.segments[id.part as usize].removed.contains(id.record)).collect();
        let mut best = most_of(ranked.iter().map(|(id, shared)| (*id, shared.all)), most);
        let by_pairs = ranked.iter().filter(|(_, shared)| shared.pairs > 0.0).map(|(id, shared)| (*id, shared.pairs));
        let further = most_of(by_pairs, most / 2);
        best.extend(further.into_iter().filter(|id| !best.contains(id)).collect::<Vec<_>>());
        let ids = best;
        let mut read = self.records(&ids)?;
        read.sort_by_key(|(id, _)| ids.iter().position(|other| other == id));
        let of_work = |(_, record)| match record {
            Record::Work(work) => Some(work),
            Record::Notice(..) => None,
        };
        Ok(read.into_iter().filter_map(of_work).collect())
    }
}

/// The records with the most, in falling order of it.
fn most_of(scored: impl Iterator<Item = (RecordId, f32)>, most: usize) -> Vec<RecordId> {
    let order = |a: &(RecordId, f32), b: &(RecordId, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    let mut scored: Vec<(RecordId, f32)> = scored.collect();
    if scored.len() > most {
        scored.select_nth_unstable_by(most, order);
        scored.truncate(most);
    }
    scored.sort_by(order);
    scored.into_iter().map(|(id, _)| id).collect()
}

/// A quick hash of numbers that are spread well enough.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, n: u32) {
        self.0 = (self.0.rotate_left(29) ^ u64::from(n)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
