//! Numbers as bytes, and bytes that are checked before they are used.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use memmap2::Mmap;

use super::error::IndexError;

/// Appends a number, seven bits a byte, the lowest first (LEB128).
pub(super) fn put_number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Takes a number from the front of `bytes`; `None` where there is none.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut n = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        n |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(n);
        }
    }
    None
}

/// Takes `n` bytes from the front.
pub(super) fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(n)?;
    *bytes = rest;
    Some(head)
}

/// Offsets are kept in five bytes: a file of a terabyte.
pub(super) const OFFSET_BYTES: u64 = 5;

pub(super) fn put_offset(out: &mut Vec<u8>, offset: u64) {
    out.extend_from_slice(&offset.to_le_bytes()[..OFFSET_BYTES as usize]);
}

pub(super) fn offset_of(bytes: &[u8]) -> u64 {
    let mut wide = [0; 8];
    wide[..bytes.len().min(8)].copy_from_slice(&bytes[..bytes.len().min(8)]);
    u64::from_le_bytes(wide)
}

/// A file is checked in pieces of this many bytes, each when it is first used.
pub(super) const PIECE: u64 = 16 * 1024;

/// A mapped file whose bytes are compared with their checksums before anything is made of them.
#[derive(Debug)]
pub(super) struct CheckedFile {
    path: PathBuf,
    map: Mmap,
    /// Where the checksums of the pieces stand, four bytes each.
    sums: Range<usize>,
    /// One bit a piece: it was checked.
    checked: Vec<AtomicU64>,
}

/// Maps a whole file.
#[allow(unsafe_code)]
pub(super) fn map(path: &Path) -> Result<Mmap, IndexError> {
    let file = File::open(path).map_err(IndexError::io(path))?;
    // SAFETY: the files of an index are written once, under a name of their own, and never changed; they are taken away
    // only by unlinking, which leaves a mapping whole.
    unsafe { Mmap::map(&file) }.map_err(IndexError::io(path))
}

impl CheckedFile {
    /// `sums` is where in the file the checksums stand; they were checked by the caller.
    pub fn new(path: &Path, map: Mmap, sums: Range<usize>) -> Self {
        let pieces = sums.len() / 4;
        let checked = (0..pieces.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Self { path: path.to_owned(), map, sums, checked }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn damaged(&self, what: &'static str) -> IndexError {
        IndexError::Damaged { path: self.path.clone(), what }
    }

    /// The bytes of a range, checked.
    pub fn get(&self, range: Range<u64>) -> Result<&[u8], IndexError> {
        if range.start > range.end || range.end > (self.sums.len() as u64 / 4) * PIECE {
            return Err(self.damaged("a place outside of the file is referred to"));
        }
        if range.start < range.end {
            for piece in range.start / PIECE..=(range.end - 1) / PIECE {
                self.check(piece as usize)?;
            }
        }
        self.map.get(range.start as usize..range.end as usize).ok_or_else(|| self.damaged("the file is cut short"))
    }

    /// Compares every piece with its checksum.
    pub fn check_all(&self) -> Result<(), IndexError> {
        (0..self.sums.len() / 4).try_for_each(|piece| self.check(piece))
    }

    fn check(&self, piece: usize) -> Result<(), IndexError> {
        let (word, bit) = (&self.checked[piece / 64], 1_u64 << (piece % 64));
        if word.load(Ordering::Relaxed) & bit != 0 {
            return Ok(());
        }
        let start = piece * PIECE as usize;
        let end = (start + PIECE as usize).min(self.sums.start);
        let sum = self.sums.start + piece * 4;
        let expected = self.map.get(sum..sum + 4);
        let found = self.map.get(start..end).map(crc32fast::hash);
        if expected.map(|sum| u32::from_le_bytes(sum.try_into().expect("four bytes"))) != found {
            return Err(self.damaged("its bytes are not those that were written"));
        }
        word.fetch_or(bit, Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for n in [0, 1, 127, 128, 300, 1 << 40, u64::MAX] {
            let mut out = Vec::new();
            put_number(&mut out, n);
            let mut bytes = &out[..];
            assert_eq!((take_number(&mut bytes), bytes.len()), (Some(n), 0));
        }
        assert_eq!(take_number(&mut &[0x80_u8; 12][..]), None);
        assert_eq!(take_number(&mut &[][..]), None);
    }
}
