//! Works that may be the one a reference means: those that share its rarest terms.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::segment::Postings;
use super::terms;
use super::{Index, IndexError, Record, RecordId};
use crate::work::Work;

/// Records of lists that are looked at for one reference: the rarest terms come first, so what is left out is common.
const POSTINGS: u64 = 20_000;

impl Index {
    /// The works that share most with a reference, the likeliest first; at most `most`.
    pub fn candidates(&self, raw: &str, work: &Work, most: usize) -> Result<Vec<Work>, IndexError> {
        let mut lists: Vec<(u32, Vec<(u32, Postings<'_>)>)> = Vec::new();
        for term in terms::of_reference(raw, work) {
            let mut found = Vec::new();
            let mut count = 0;
            for (i, part) in self.segments.iter().enumerate() {
                if let Some(postings) = part.segment.postings(term)? {
                    count += postings.count;
                    found.push((i as u32, postings));
                }
            }
            if count > 0 {
                lists.push((count, found));
            }
        }
        lists.sort_by_key(|(count, _)| *count);
        let all = self.segments.iter().map(|part| part.segment.records()).sum::<u32>() as f32;
        let mut scores: HashMap<RecordId, f32, BuildHasherDefault<Mixer>> = HashMap::default();
        let mut read = 0;
        for (count, parts) in lists {
            read += u64::from(count);
            if read > POSTINGS && !scores.is_empty() {
                break;
            }
            // The rarer a term, the more it says (inverse document frequency).
            let weight = (1.0 + all / count as f32).ln();
            for (part, postings) in parts {
                for record in postings.iter().take(POSTINGS as usize) {
                    *scores.entry(RecordId { part, record }).or_default() += weight;
                }
            }
        }
        let mut ranked: Vec<(RecordId, f32)> =
            scores.into_iter().filter(|(id, _)| !self.segments[id.part as usize].removed.contains(id.record)).collect();
        let order = |a: &(RecordId, f32), b: &(RecordId, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, order);
            ranked.truncate(most);
        }
        ranked.sort_by(order);
        let ids: Vec<RecordId> = ranked.iter().map(|(id, _)| *id).collect();
        let mut read = self.records(&ids)?;
        read.sort_by_key(|(id, _)| ids.iter().position(|other| other == id));
        let of_work = |(_, record)| match record {
            Record::Work(work) => Some(work),
            Record::Notice(..) => None,
        };
        Ok(read.into_iter().filter_map(of_work).collect())
    }
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
