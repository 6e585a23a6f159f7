//! A local index of works: a folder of immutable segments and a manifest that names them.
//!
//! Readers map the segments and see the state at which they opened the index; one writer at a time adds segments, merges
//! them, and commits by replacing the manifest. A record that was replaced or taken out is marked in a file beside its
//! segment until a merge leaves it behind. Everything read is checked against checksums before it is used.

mod bytes;
mod candidates;
mod error;
#[doc(hidden)]
pub mod hostile;
mod manifest;
mod merge;
mod record;
mod segment;
mod segment_write;
pub(super) mod terms;
mod writer;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub use error::IndexError;
use manifest::{Manifest, SegmentFiles};
use record::Record;
use segment::{BLOCK, Segment};
pub use writer::{Input, Writer, input_of};

use super::commonness::Commonness;
use super::notice::Notice;
use crate::work::{Doi, Pmid, Work};

/// An index opened for reading.
#[derive(Debug)]
pub struct Index {
    folder: PathBuf,
    manifest: Manifest,
    segments: Vec<Part>,
}

/// A segment and what was taken out of it.
#[derive(Debug)]
struct Part {
    files: SegmentFiles,
    segment: Segment,
    removed: Removed,
}

/// Marks of records that count no more.
#[derive(Debug, Clone, Default)]
struct Removed(Vec<u8>);

impl Removed {
    fn read(path: &Path, records: u32) -> Result<Self, IndexError> {
        let bytes = fs::read(path).map_err(IndexError::io(path))?;
        let damaged = |what| IndexError::Damaged { path: path.to_owned(), what };
        let (bits, sum) = bytes.split_last_chunk::<4>().ok_or_else(|| damaged("the file is cut short"))?;
        if crc32fast::hash(bits) != u32::from_le_bytes(*sum) || bits.len() != records.div_ceil(8) as usize {
            return Err(damaged("its bytes are not those that were written"));
        }
        Ok(Self(bits.to_vec()))
    }

    fn write(&self, path: &Path) -> Result<(), IndexError> {
        let mut bytes = self.0.clone();
        bytes.extend_from_slice(&crc32fast::hash(&self.0).to_le_bytes());
        manifest::write_whole(path, &bytes)
    }

    fn contains(&self, record: u32) -> bool {
        self.0.get(record as usize / 8).is_some_and(|byte| byte & 1 << (record % 8) != 0)
    }

    /// Marks a record; `false` when it was marked already.
    fn insert(&mut self, record: u32, records: u32) -> bool {
        self.0.resize(records.div_ceil(8) as usize, 0);
        let (byte, bit) = (&mut self.0[record as usize / 8], 1 << (record % 8));
        let new = *byte & bit == 0;
        *byte |= bit;
        new
    }
}

/// A record's place: its segment, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct RecordId {
    part: u32,
    record: u32,
}

/// What an index holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    pub works: u64,
    pub notices: u64,
    pub segments: usize,
    /// Of all files.
    pub bytes: u64,
    /// The day of the last change (ISO 8601, UTC).
    pub updated: String,
    /// Files that were added whole.
    pub inputs: usize,
}

impl Index {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        // A writer may take segments away between the reading of the manifest and their opening; then there is a new one.
        for _ in 0..5 {
            match Self::open_once(folder) {
                Err(IndexError::Io { path, error }) if error.kind() == ErrorKind::NotFound && path != folder => {}
                result => return result,
            }
        }
        Self::open_once(folder)
    }

    fn open_once(folder: &Path) -> Result<Self, IndexError> {
        let manifest = manifest::read(folder)?.ok_or_else(|| IndexError::None(folder.to_owned()))?;
        Self::of(folder, manifest)
    }

    fn of(folder: &Path, manifest: Manifest) -> Result<Self, IndexError> {
        let open = |files: &SegmentFiles| {
            let segment = Segment::open(&folder.join(&files.records))?;
            let removed = match &files.removed {
                Some(name) => Removed::read(&folder.join(name), segment.records())?,
                None => Removed::default(),
            };
            Ok(Part { files: files.clone(), segment, removed })
        };
        let segments = manifest.segments.iter().map(open).collect::<Result<_, IndexError>>()?;
        Ok(Self { folder: folder.to_owned(), manifest, segments })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The day of the last change (ISO 8601, UTC).
    pub fn updated(&self) -> &str {
        &self.manifest.updated
    }

    /// How many works there are.
    pub fn works(&self) -> u64 {
        self.manifest.segments.iter().map(|files| u64::from(files.works)).sum()
    }

    fn notice_count(&self) -> u64 {
        self.manifest.segments.iter().map(|files| u64::from(files.notices)).sum()
    }

    pub fn contents(&self) -> Result<Contents, IndexError> {
        let mut bytes = 0;
        for entry in fs::read_dir(&self.folder).map_err(IndexError::io(&self.folder))? {
            bytes += entry.and_then(|e| e.metadata()).map_err(IndexError::io(&self.folder))?.len();
        }
        Ok(Contents {
            works: self.works(),
            notices: self.notice_count(),
            segments: self.segments.len(),
            bytes,
            updated: self.manifest.updated.clone(),
            inputs: writer::inputs(&self.folder, &self.manifest)?.len(),
        })
    }

    /// Compares every byte of the index with its checksum.
    pub fn check(&self) -> Result<(), IndexError> {
        self.segments.iter().try_for_each(|part| part.segment.check())
    }

    /// The work with a DOI.
    pub fn by_doi(&self, doi: &Doi) -> Result<Option<Work>, IndexError> {
        Ok(self.works_of(terms::doi_term(doi))?.into_iter().find(|work| work.doi().as_ref() == Some(doi)))
    }

    /// The works with a PubMed identifier.
    pub fn by_pmid(&self, pmid: Pmid) -> Result<Option<Work>, IndexError> {
        Ok(self.works_of(terms::pmid_term(pmid))?.into_iter().find(|work| work.pmid() == Some(pmid)))
    }

    /// What happened to the work with a DOI, the gravest first.
    pub fn notices(&self, doi: &Doi) -> Result<Vec<Notice>, IndexError> {
        if self.notice_count() == 0 {
            return Ok(Vec::new());
        }
        let mut notices: Vec<Notice> = self
            .records_of(terms::notice_term(doi))?
            .into_iter()
            .filter_map(|(_, record)| match record {
                Record::Notice(of, notice) if of == *doi => Some(notice),
                _ => None,
            })
            .collect();
        notices.sort_by(|a, b| (a.kind, &b.date).cmp(&(b.kind, &a.date)));
        Ok(notices)
    }

    /// How common what a record says is among the works of the index.
    pub fn commonness(&self, work: &Work) -> Result<Commonness, IndexError> {
        let count = |term: u64| {
            let mut count = 0_u64;
            for part in &self.segments {
                count += part.segment.postings(term)?.map_or(0, |postings| u64::from(postings.count));
            }
            Ok(count as f64)
        };
        let of = |term: Option<u64>| term.map_or(Ok(0.0), count);
        let terms = terms::Counted::of_work(work);
        Ok(Commonness {
            works: self.works() as f64,
            authors: terms.authors.iter().map(|term| count(*term)).collect::<Result<_, IndexError>>()?,
            container: of(terms.container)?,
            container_year: of(terms.container_year)?,
            title_start: of(terms.title_start)?,
        })
    }

    fn works_of(&self, term: u64) -> Result<Vec<Work>, IndexError> {
        let of_work = |(_, record)| match record {
            Record::Work(work) => Some(work),
            Record::Notice(..) => None,
        };
        Ok(self.records_of(term)?.into_iter().filter_map(of_work).collect())
    }

    /// The records with a term that few have.
    fn records_of(&self, term: u64) -> Result<Vec<(RecordId, Record)>, IndexError> {
        /// A chance meeting of hashes adds one or two to those that are meant.
        const MOST: usize = 1_000;
        let mut found = Vec::new();
        for (i, part) in self.segments.iter().enumerate() {
            if let Some(postings) = part.segment.postings(term)? {
                let live = postings.iter().filter(|record| !part.removed.contains(*record));
                found.extend(live.take(MOST).map(|record| RecordId { part: i as u32, record }));
            }
        }
        self.records(&found)
    }

    /// Reads records; blocks are inflated once each.
    fn records(&self, ids: &[RecordId]) -> Result<Vec<(RecordId, Record)>, IndexError> {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        let mut block: Option<((u32, u32), Vec<u8>)> = None;
        let mut out = Vec::with_capacity(ids.len());
        for id in sorted {
            let at = (id.part, id.record / BLOCK);
            let part = &self.segments[id.part as usize];
            if block.as_ref().is_none_or(|(loaded, _)| *loaded != at) {
                block = Some((at, part.segment.block(at.1)?));
            }
            let (_, bytes) = block.as_ref().expect("just loaded");
            let record = record::nth(bytes, id.record % BLOCK).and_then(Record::read);
            let damaged =
                || IndexError::Damaged { path: part.segment.path().to_owned(), what: "a record cannot be read" };
            out.push((id, record.ok_or_else(damaged)?));
        }
        Ok(out)
    }
}
