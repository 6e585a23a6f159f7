//! Indexes of any bytes whose checksums are right, for the tests that try to break the reader: without that, they would
//! only test that checksums are compared.

use std::path::Path;

use super::bytes::PIECE;
use super::manifest::{self, FORMAT, MANIFEST, Manifest, SegmentFiles};
use super::segment::{MAGIC, TRAILER_BYTES};
use super::{Index, IndexError};
use crate::work::{Field, Work};

/// Counts and places of a trailer, without its checksum and mark.
const FIELDS: usize = TRAILER_BYTES - 12;
/// Where the last of them begins: the place of the checksums.
const SUMS_AT: usize = FIELDS - 8;

/// A segment's file of `bytes`, whose last 40 are taken for the counts and places of its end.
fn signed(bytes: &[u8]) -> Vec<u8> {
    let (body, fields) = bytes.split_at(bytes.len().saturating_sub(FIELDS));
    let mut out = body.to_vec();
    let sums: Vec<u8> = body.chunks(PIECE as usize).flat_map(|piece| crc32fast::hash(piece).to_le_bytes()).collect();
    out.extend_from_slice(&sums);
    out.extend_from_slice(&crc32fast::hash(&sums).to_le_bytes());
    let mut trailer = [0; FIELDS];
    trailer[..fields.len()].copy_from_slice(fields);
    trailer[SUMS_AT..].copy_from_slice(&(body.len() as u64).to_le_bytes());
    out.extend_from_slice(&trailer);
    out.extend_from_slice(&crc32fast::hash(&trailer).to_le_bytes());
    out.extend_from_slice(MAGIC);
    out
}

/// Makes an index of any bytes in a folder and asks it everything that can be asked.
///
/// # Errors
/// When the bytes are no index, in whatever way; nothing else may happen.
pub fn ask(folder: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let name = "000001.works";
    std::fs::write(folder.join(name), signed(bytes)).map_err(IndexError::io(folder))?;
    let files = SegmentFiles { records: name.to_owned(), works: 1, notices: 1, ..SegmentFiles::default() };
    // Twice the same: what is added up over segments must not overflow.
    let segments = vec![files.clone(), files];
    let manifest = Manifest { format: FORMAT, generation: 1, segments, ..Manifest::default() };
    manifest::write_checked(&folder.join(MANIFEST), &manifest)?;
    let index = Index::open(folder)?;
    let mut work = Work::default();
    work.set(Field::Title, "Tides and ferries");
    work.set(Field::Volume, "12");
    work.set(Field::Page, "34");
    let asked = [
        index.check(),
        index.candidates("Holm A. Tides and ferries. J Ferries 2004;12:34.", &work, 10).map(drop),
        "10.5555/tides".parse().map_or(Ok(()), |doi| index.by_doi(&doi).map(drop).and(index.notices(&doi).map(drop))),
        index.segments.iter().try_for_each(|part| {
            part.segment.all_terms().try_for_each(|term| term.map(|(_, postings)| postings.iter().for_each(|_| ())))
        }),
        super::merge::merge(&index.segments.iter().collect::<Vec<_>>(), &folder.join("000002.works")),
    ];
    asked.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::index::Writer;

    #[test]
    fn whatever_bytes_are_read_nothing_but_an_error_comes_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(folder.path()).unwrap();
        for i in 0..150 {
            let mut work = Work::default();
            work.set(Field::Doi, format!("10.5555/tides.{i}"));
            work.set(Field::Title, format!("Tides and ferries of the fjord number {i}"));
            work.set(Field::Volume, "12");
            work.set(Field::Page, "34");
            writer.add(work).unwrap();
        }
        writer.commit().unwrap();
        drop(writer);
        let mut paths = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let whole = std::fs::read(paths.find(|path| path.extension().is_some_and(|e| e == "works")).unwrap()).unwrap();
        // The body, then the counts and places: as `signed` takes them.
        let trailer = &whole[whole.len() - TRAILER_BYTES..][..FIELDS];
        let sums = u64::from_le_bytes(trailer[SUMS_AT..].try_into().unwrap()) as usize;
        let bytes = [&whole[..sums], trailer].concat();
        let other = tempfile::tempdir().unwrap();
        ask(other.path(), &bytes).expect("what was not changed is read");
        let mut seed = 5_u64;
        let mut next = |n: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % n
        };
        let mut failed = 0;
        for round in 0..600 {
            let mut bytes = bytes.clone();
            for _ in 0..1 + next(4) {
                // The tables and the end are small and do most harm.
                let at = if round % 2 == 0 { next(bytes.len()) } else { bytes.len() - 1 - next(FIELDS) };
                bytes[at] = [0, 1, 0x7f, 0x80, 0xff][next(5)];
            }
            if round % 5 == 0 {
                bytes.remove(next(bytes.len()));
            }
            failed += usize::from(ask(other.path(), &bytes).is_err());
        }
        assert!(failed > 100, "{failed}");
    }
}
