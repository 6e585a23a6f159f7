//! Writing a segment: records first, then their terms in ascending order.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::bytes::{PIECE, put_number, put_offset};
use super::error::IndexError;
use super::segment::{BLOCK, LARGEST_BLOCK, MAGIC, TERM_BITS, Trailer, rest_bytes};

/// Terms in a bucket, about: reading one walks over half of them.
const TERMS_IN_BUCKET: u64 = 12;

pub(super) struct SegmentWriter {
    path: PathBuf,
    out: BufWriter<File>,
    /// Bytes written.
    at: u64,
    /// Of the piece that is being written.
    piece: crc32fast::Hasher,
    sums: Vec<u8>,
    deflate: flate2::Compress,
    records: u32,
    /// Records of the block that is being filled.
    block: Vec<u8>,
    block_table: Vec<u8>,
}

impl SegmentWriter {
    pub fn create(path: &Path) -> Result<Self, IndexError> {
        let file = File::create(path).map_err(IndexError::io(path))?;
        let mut writer = Self {
            path: path.to_owned(),
            out: BufWriter::with_capacity(1 << 18, file),
            at: 0,
            piece: crc32fast::Hasher::new(),
            sums: Vec::new(),
            deflate: flate2::Compress::new(flate2::Compression::new(6), false),
            records: 0,
            block: Vec::new(),
            block_table: Vec::new(),
        };
        writer.write(MAGIC)?;
        Ok(writer)
    }

    /// Adds a record; its number is the count of those before it.
    pub fn record(&mut self, bytes: &[u8]) -> Result<(), IndexError> {
        self.block.extend_from_slice(bytes);
        self.records += 1;
        if self.records.is_multiple_of(BLOCK) { self.end_block() } else { Ok(()) }
    }

    fn end_block(&mut self) -> Result<(), IndexError> {
        put_offset(&mut self.block_table, self.at);
        debug_assert!(self.block.len() as u64 <= LARGEST_BLOCK, "records are bounded");
        let mut head = Vec::with_capacity(self.block.len() / 2 + 256);
        put_number(&mut head, self.block.len() as u64);
        self.deflate.reset();
        loop {
            let read = self.deflate.total_in() as usize;
            head.reserve(self.block.len() / 2 + 256);
            let status = self
                .deflate
                .compress_vec(&self.block[read..], &mut head, flate2::FlushCompress::Finish)
                .expect("deflating to memory does not fail");
            if status == flate2::Status::StreamEnd {
                break;
            }
        }
        self.block.clear();
        self.write(&head)
    }

    /// Ends the records; the terms follow. `terms` is how many there are at most.
    pub fn terms(mut self, terms: u64) -> Result<TermWriter, IndexError> {
        if !self.block.is_empty() {
            self.end_block()?;
        }
        put_offset(&mut self.block_table, self.at);
        let table = std::mem::take(&mut self.block_table);
        let block_table = self.at;
        self.write(&table)?;
        let bucket_bits = (terms / TERMS_IN_BUCKET).checked_ilog2().map_or(0, |bits| bits + 1).min(TERM_BITS - 8);
        Ok(TermWriter {
            rest_bytes: rest_bytes(bucket_bits),
            bucket_bits,
            bucket: 0,
            bucket_table: Vec::new(),
            block_table,
            terms: 0,
            scratch: Vec::new(),
            pending: Vec::new(),
            file: self,
        })
    }

    fn write(&mut self, mut bytes: &[u8]) -> Result<(), IndexError> {
        self.out.write_all(bytes).map_err(IndexError::io(&self.path))?;
        while !bytes.is_empty() {
            let room = (PIECE - self.at % PIECE) as usize;
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.piece.update(now);
            self.at += now.len() as u64;
            if self.at.is_multiple_of(PIECE) {
                self.end_piece();
            }
            bytes = later;
        }
        Ok(())
    }

    fn end_piece(&mut self) {
        let sum = std::mem::take(&mut self.piece).finalize();
        self.sums.extend_from_slice(&sum.to_le_bytes());
    }
}

/// The second half of writing a segment.
pub(super) struct TermWriter {
    file: SegmentWriter,
    bucket_bits: u32,
    rest_bytes: usize,
    /// Buckets begun.
    bucket: u64,
    bucket_table: Vec<u8>,
    block_table: u64,
    terms: u64,
    scratch: Vec<u8>,
    pending: Vec<u8>,
}

impl TermWriter {
    /// Adds a term with its records, both in ascending order.
    pub fn term(&mut self, term: u64, records: &[u32]) -> Result<(), IndexError> {
        let rest_bits = TERM_BITS - self.bucket_bits;
        while self.bucket <= term >> rest_bits {
            self.flush()?;
            put_offset(&mut self.bucket_table, self.file.at);
            self.bucket += 1;
        }
        let rest = term & ((1 << rest_bits) - 1);
        self.pending.extend_from_slice(&rest.to_le_bytes()[..self.rest_bytes]);
        put_number(&mut self.pending, records.len() as u64);
        self.scratch.clear();
        let mut last = 0;
        for &record in records {
            put_number(&mut self.scratch, u64::from(record - last));
            last = record;
        }
        if records.len() != 1 {
            put_number(&mut self.pending, self.scratch.len() as u64);
        }
        self.pending.extend_from_slice(&self.scratch);
        self.terms += 1;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), IndexError> {
        self.file.write(&self.pending)?;
        self.pending.clear();
        Ok(())
    }

    /// Writes the rest, and waits until the file is on disk.
    pub fn finish(mut self) -> Result<(), IndexError> {
        self.flush()?;
        while self.bucket <= 1 << self.bucket_bits {
            put_offset(&mut self.bucket_table, self.file.at);
            self.bucket += 1;
        }
        let bucket_table = self.file.at;
        let table = std::mem::take(&mut self.bucket_table);
        self.file.write(&table)?;
        let sums = self.file.at;
        if !sums.is_multiple_of(PIECE) {
            self.file.end_piece();
        }
        let mut end = std::mem::take(&mut self.file.sums);
        end.extend_from_slice(&crc32fast::hash(&end).to_le_bytes());
        let records = self.file.records;
        let (bucket_bits, block_table) = (self.bucket_bits, self.block_table);
        Trailer { records, terms: self.terms, bucket_bits, block_table, bucket_table, sums }.write(&mut end);
        let SegmentWriter { path, mut out, .. } = self.file;
        let failed = |error| IndexError::Io { path: path.clone(), error };
        out.write_all(&end).map_err(failed)?;
        let file = out.into_inner().map_err(|e| failed(e.into_error()))?;
        file.sync_all().map_err(failed)
    }
}
