//! One segment: an immutable file of records and of the terms that find them.
//!
//! ```text
//! magic                      8 bytes
//! blocks of records          32 records each, deflated; before each its length when inflated
//! table of blocks            where each begins, and where the last ends
//! buckets of terms           see below
//! table of buckets           where each begins, and where the last ends
//! checksums                  CRC-32 of each piece of the file up to here
//! trailer                    counts and places, their CRC-32, magic
//! ```
//!
//! A term is a hash of 40 bits. Its first bits are the number of its bucket; in the bucket, terms stand in order, each
//! as the rest of its bits, the number of its records, and the records: one alone as it is, more as the length of a list
//! of differences. Terms that meet by chance cost a candidate that verification sets aside.

use std::ops::Range;
use std::path::Path;

use super::bytes::{CheckedFile, OFFSET_BYTES, PIECE, map, offset_of, take, take_number};
use super::error::IndexError;

pub(super) const MAGIC: &[u8; 8] = b"CTWORKS\x01";
/// Records in a block.
pub(super) const BLOCK: u32 = 32;
/// Bits of a term's hash that are kept.
pub(super) const TERM_BITS: u32 = 40;
/// A block of records is never larger than this when inflated.
pub(super) const LARGEST_BLOCK: u64 = 8 << 20;

/// The fixed end of a segment's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trailer {
    pub records: u32,
    pub terms: u64,
    pub bucket_bits: u32,
    pub block_table: u64,
    pub bucket_table: u64,
    pub sums: u64,
}

pub(super) const TRAILER_BYTES: usize = 4 + 8 + 4 + 8 + 8 + 8 + 4 + 8;

impl Trailer {
    pub fn write(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(&self.records.to_le_bytes());
        out.extend_from_slice(&self.terms.to_le_bytes());
        out.extend_from_slice(&self.bucket_bits.to_le_bytes());
        for place in [self.block_table, self.bucket_table, self.sums] {
            out.extend_from_slice(&place.to_le_bytes());
        }
        let sum = crc32fast::hash(&out[start..]);
        out.extend_from_slice(&sum.to_le_bytes());
        out.extend_from_slice(MAGIC);
    }

    /// Reads a trailer; `None` when it is none, or was changed.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let number = |rest: &mut &[u8], n: usize| take(rest, n).map(offset_of);
        let trailer = Self {
            records: number(&mut rest, 4)? as u32,
            terms: number(&mut rest, 8)?,
            bucket_bits: number(&mut rest, 4)? as u32,
            block_table: number(&mut rest, 8)?,
            bucket_table: number(&mut rest, 8)?,
            sums: number(&mut rest, 8)?,
        };
        let sum = number(&mut rest, 4)? as u32;
        (rest == MAGIC && sum == crc32fast::hash(&bytes[..TRAILER_BYTES - 12])).then_some(trailer)
    }

    pub fn blocks(&self) -> u64 {
        u64::from(self.records.div_ceil(BLOCK))
    }
}

/// A segment opened for reading.
#[derive(Debug)]
pub(super) struct Segment {
    file: CheckedFile,
    trailer: Trailer,
}

/// Where a term's records stand, not read yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Postings<'a> {
    /// How many records have the term.
    pub count: u32,
    bytes: &'a [u8],
}

impl<'a> Postings<'a> {
    /// Record numbers in ascending order. Damage ends the list.
    pub fn iter(self) -> impl Iterator<Item = u32> + 'a {
        let mut bytes = self.bytes;
        let mut last = 0_u64;
        (0..self.count).map_while(move |_| {
            last = last.checked_add(take_number(&mut bytes)?)?;
            u32::try_from(last).ok()
        })
    }
}

impl Segment {
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let bytes = map(path)?;
        let damaged = |what| IndexError::Damaged { path: path.to_owned(), what };
        let body = bytes.len().checked_sub(TRAILER_BYTES).ok_or_else(|| damaged("the file is cut short"))?;
        let trailer = Trailer::read(&bytes[body..]).ok_or_else(|| damaged("its end is missing or changed"))?;
        let sums = trailer.sums as usize;
        let pieces = trailer.sums.div_ceil(PIECE);
        let consistent = trailer.sums <= body as u64
            && (body - sums) as u64 == pieces * 4 + 4
            && trailer.bucket_bits <= TERM_BITS
            // A term takes a byte at least: a greater count would be believed when segments are put together.
            && trailer.terms <= trailer.sums
            && trailer
                .block_table
                .checked_add((trailer.blocks() + 1) * OFFSET_BYTES)
                .is_some_and(|e| e <= trailer.sums)
            && trailer
                .bucket_table
                .checked_add(((1_u64 << trailer.bucket_bits) + 1) * OFFSET_BYTES)
                .is_some_and(|e| e <= trailer.sums);
        if !consistent {
            return Err(damaged("its parts do not fit together"));
        }
        let table = sums..body - 4;
        let sum = u32::from_le_bytes(bytes[body - 4..body].try_into().expect("four bytes"));
        if crc32fast::hash(&bytes[table.clone()]) != sum {
            return Err(damaged("its checksums were changed"));
        }
        Ok(Self { file: CheckedFile::new(path, bytes, table), trailer })
    }

    pub fn path(&self) -> &Path {
        self.file.path()
    }

    pub fn records(&self) -> u32 {
        self.trailer.records
    }

    pub fn terms(&self) -> u64 {
        self.trailer.terms
    }

    /// Compares the whole file with its checksums.
    pub fn check(&self) -> Result<(), IndexError> {
        self.file.check_all()
    }

    /// The inflated block that holds a record; its records are those from `block * BLOCK` on.
    pub fn block(&self, block: u32) -> Result<Vec<u8>, IndexError> {
        let mut bytes = self.entry(self.trailer.block_table, u64::from(block), self.trailer.blocks())?;
        let damaged = || self.file.damaged("a block of records cannot be read");
        let length = take_number(&mut bytes).filter(|n| *n <= LARGEST_BLOCK).ok_or_else(damaged)? as usize;
        let mut out = Vec::with_capacity(length);
        let mut inflate = flate2::Decompress::new(false);
        inflate.decompress_vec(bytes, &mut out, flate2::FlushDecompress::Finish).map_err(|_| damaged())?;
        if out.len() == length { Ok(out) } else { Err(damaged()) }
    }

    /// The records that have a term.
    pub fn postings(&self, term: u64) -> Result<Option<Postings<'_>>, IndexError> {
        let rest_bits = TERM_BITS - self.trailer.bucket_bits;
        let (bucket, rest) = (term >> rest_bits, term & ((1 << rest_bits) - 1));
        for entry in self.bucket(bucket)? {
            let (found, postings) = entry?;
            if found >= rest {
                return Ok((found == rest).then_some(postings));
            }
        }
        Ok(None)
    }

    /// All terms in ascending order, with their records.
    pub fn all_terms(&self) -> impl Iterator<Item = Result<(u64, Postings<'_>), IndexError>> {
        let rest_bits = TERM_BITS - self.trailer.bucket_bits;
        (0..1_u64 << self.trailer.bucket_bits).flat_map(move |bucket| {
            let (entries, failed) = match self.bucket(bucket) {
                Ok(entries) => (Some(entries), None),
                Err(error) => (None, Some(Err(error))),
            };
            let entries = entries.into_iter().flatten();
            failed
                .into_iter()
                .chain(entries.map(move |entry| entry.map(|(rest, postings)| (bucket << rest_bits | rest, postings))))
        })
    }

    fn bucket(&self, bucket: u64) -> Result<Bucket<'_>, IndexError> {
        let bytes = self.entry(self.trailer.bucket_table, bucket, 1 << self.trailer.bucket_bits)?;
        Ok(Bucket { segment: self, bytes, rest_bytes: rest_bytes(self.trailer.bucket_bits) })
    }

    /// The bytes between two neighbouring offsets of a table.
    fn entry(&self, table: u64, at: u64, count: u64) -> Result<&[u8], IndexError> {
        if at >= count {
            return Err(self.file.damaged("a place outside of a table is referred to"));
        }
        let start = table + at * OFFSET_BYTES;
        let pair = self.file.get(start..start + 2 * OFFSET_BYTES)?;
        let (from, to) = pair.split_at(OFFSET_BYTES as usize);
        let range: Range<u64> = offset_of(from)..offset_of(to);
        self.file.get(range)
    }
}

/// The bytes in which the part of a term's hash stands that its bucket does not say.
pub(super) fn rest_bytes(bucket_bits: u32) -> usize {
    (TERM_BITS - bucket_bits).div_ceil(8) as usize
}

struct Bucket<'a> {
    segment: &'a Segment,
    bytes: &'a [u8],
    rest_bytes: usize,
}

impl<'a> Bucket<'a> {
    fn read(&mut self) -> Option<(u64, Postings<'a>)> {
        let rest = offset_of(take(&mut self.bytes, self.rest_bytes)?);
        let count = u32::try_from(take_number(&mut self.bytes)?).ok()?;
        let bytes = if count == 1 {
            let before = self.bytes;
            take_number(&mut self.bytes)?;
            &before[..before.len() - self.bytes.len()]
        } else {
            let length = usize::try_from(take_number(&mut self.bytes)?).ok()?;
            take(&mut self.bytes, length)?
        };
        Some((rest, Postings { count, bytes }))
    }
}

impl<'a> Iterator for Bucket<'a> {
    type Item = Result<(u64, Postings<'a>), IndexError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.bytes.is_empty() {
            return None;
        }
        let entry = self.read();
        if entry.is_none() {
            self.bytes = &[];
        }
        Some(entry.ok_or_else(|| self.segment.file.damaged("a list of terms cannot be read")))
    }
}
