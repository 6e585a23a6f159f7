//! Several segments become one, without what was taken out of them.

use std::path::Path;

use super::Part;
use super::error::IndexError;
use super::record;
use super::segment::BLOCK;
use super::segment_write::SegmentWriter;

/// A record that is not in the new segment.
const GONE: u32 = u32::MAX;

/// Writes the records of `parts`, in their order, into a new segment.
pub(super) fn merge(parts: &[&Part], path: &Path) -> Result<(), IndexError> {
    let mut writer = SegmentWriter::create(path)?;
    let mut next = 0_u32;
    // The new number of each record.
    let mut numbers: Vec<Vec<u32>> = Vec::with_capacity(parts.len());
    let mut bytes = Vec::new();
    for part in parts {
        let mut of_part = Vec::with_capacity(part.segment.records() as usize);
        for block in 0..part.segment.records().div_ceil(BLOCK) {
            let inflated = part.segment.block(block)?;
            for (i, old) in record::all(&inflated).enumerate() {
                if part.removed.contains(block * BLOCK + i as u32) {
                    of_part.push(GONE);
                    continue;
                }
                bytes.clear();
                record::copy(old, &mut bytes);
                writer.record(&bytes)?;
                of_part.push(next);
                next += 1;
            }
        }
        numbers.push(of_part);
    }
    let mut terms = writer.terms(parts.iter().map(|part| part.segment.terms()).sum())?;
    let mut streams: Vec<_> = parts.iter().map(|part| part.segment.all_terms().peekable()).collect();
    let mut records = Vec::new();
    loop {
        let mut least: Option<u64> = None;
        for stream in &mut streams {
            match stream.peek() {
                Some(Ok((term, _))) => least = Some(least.map_or(*term, |least| least.min(*term))),
                Some(Err(_)) => {
                    stream.next().expect("peeked")?;
                }
                None => {}
            }
        }
        let Some(least) = least else { break };
        records.clear();
        for (stream, numbers) in streams.iter_mut().zip(&numbers) {
            if let Some(Ok((_, postings))) = stream.next_if(|next| matches!(next, Ok((term, _)) if *term == least)) {
                let new = postings.iter().filter_map(|old| numbers.get(old as usize).copied());
                records.extend(new.filter(|new| *new != GONE));
            }
        }
        if !records.is_empty() {
            terms.term(least, &records)?;
        }
    }
    terms.finish()
}
