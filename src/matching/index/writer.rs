//! Adding to an index and taking out of it.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::date::today;
use super::super::notice::Notice;
use super::error::IndexError;
use super::manifest::{self, FORMAT, MANIFEST, Manifest, SegmentFiles};
use super::merge::merge;
use super::record::{self, Record};
use super::segment_write::SegmentWriter;
use super::terms::{self, Identity};
use super::{Index, Part, RecordId, Removed};
use crate::work::{Doi, Pmid, Work};

/// Records that are gathered in memory before they become a segment.
const GATHERED: usize = 128 * 1024;
/// The bits that number a gathered record beside a term.
const NUMBER_BITS: u32 = 24;
/// So many segments of about one size are merged into one.
const MERGED: usize = 6;
/// A segment of more records than this is merged no more.
const LARGEST: u64 = 16 << 20;

/// A file that was added whole, as it was then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    pub bytes: u64,
    /// Seconds since 1970, UTC.
    pub modified: u64,
}

/// Which files are in an index whole, by their absolute paths.
pub(super) fn inputs(folder: &Path, manifest: &Manifest) -> Result<BTreeMap<String, Input>, IndexError> {
    manifest.inputs.as_ref().map_or(Ok(BTreeMap::new()), |name| manifest::read_checked(&folder.join(name)))
}

/// The one process that may change an index. What was added is in the index once [`Writer::commit`] returns.
#[derive(Debug)]
pub struct Writer {
    index: Index,
    _lock: File,
    inputs: BTreeMap<String, Input>,
    gathered: Gathered,
    /// Marks that are not committed yet, by segment.
    removed: HashMap<u32, (Removed, SegmentFiles)>,
    changed: bool,
}

/// Records on their way into a segment.
#[derive(Debug, Default)]
struct Gathered {
    bytes: Vec<u8>,
    /// Where each record ends, and whether it counts still.
    records: Vec<(usize, bool)>,
    /// Terms with the number of their record.
    terms: Vec<u64>,
    identities: HashMap<Identity, u32>,
}

impl Gathered {
    fn add(&mut self, record: &Record) {
        let identity = Identity::of(record);
        let number = self.records.len() as u32;
        let packed = |term: u64| term << NUMBER_BITS | u64::from(number);
        self.terms.push(packed(identity.term()));
        self.terms.extend(terms::of_record(record).into_iter().map(packed));
        record.write(&mut self.bytes);
        self.records.push((self.bytes.len(), true));
        if let Some(before) = self.identities.insert(identity, number) {
            self.records[before as usize].1 = false;
        }
    }

    /// Writes the records that count into a segment; returns how many works and notices they are.
    fn write(&mut self, path: &Path) -> Result<(u32, u32), IndexError> {
        let mut writer = SegmentWriter::create(path)?;
        let mut notices = 0;
        let mut numbers = Vec::with_capacity(self.records.len());
        let (mut start, mut next) = (0, 0_u32);
        for &(end, counts) in &self.records {
            numbers.push(counts.then_some(next));
            if counts {
                writer.record(&self.bytes[start..end])?;
                notices += u32::from(record::is_notice(&self.bytes[start..end]));
                next += 1;
            }
            start = end;
        }
        self.terms.sort_unstable();
        let count = self.terms.chunk_by(|a, b| a >> NUMBER_BITS == b >> NUMBER_BITS).count();
        let mut out = writer.terms(count as u64)?;
        let mut records = Vec::new();
        for list in self.terms.chunk_by(|a, b| a >> NUMBER_BITS == b >> NUMBER_BITS) {
            records.clear();
            let number = |packed: &u64| numbers[(packed & ((1 << NUMBER_BITS) - 1)) as usize];
            records.extend(list.iter().filter_map(number));
            records.dedup();
            if !records.is_empty() {
                out.term(list[0] >> NUMBER_BITS, &records)?;
            }
        }
        out.finish()?;
        Ok((next - notices, notices))
    }
}

impl Writer {
    /// Opens the index of a folder for changes; a folder that is missing or empty becomes one.
    ///
    /// # Errors
    /// When another process changes it, it is damaged, or the folder holds something else.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(folder).map_err(IndexError::io(folder))?;
        let mut foreign = false;
        for entry in fs::read_dir(folder).map_err(IndexError::io(folder))? {
            let name = entry.map_err(IndexError::io(folder))?.file_name();
            foreign |= !is_ours(&name.to_string_lossy());
        }
        if foreign && !folder.join(MANIFEST).exists() {
            return Err(IndexError::NotAnIndex(folder.to_owned()));
        }
        let lock_path = folder.join("lock");
        let options = File::options().create(true).truncate(false).write(true).open(&lock_path);
        let lock = options.map_err(IndexError::io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(IndexError::Locked(folder.to_owned())),
            Err(fs::TryLockError::Error(error)) => return Err(IndexError::io(&lock_path)(error)),
        }
        let manifest = match manifest::read(folder)? {
            Some(manifest) => manifest,
            None => {
                let manifest = Manifest { format: FORMAT, updated: today(), ..Manifest::default() };
                manifest::write_checked(&folder.join(MANIFEST), &manifest)?;
                manifest
            }
        };
        let inputs = inputs(folder, &manifest)?;
        let index = Index::of(folder, manifest)?;
        let writer =
            Self { index, _lock: lock, inputs, gathered: Gathered::default(), removed: HashMap::new(), changed: false };
        // What a crash left behind.
        writer.sweep();
        Ok(writer)
    }

    /// The index as it was last committed.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Whether a file is in the index whole, unchanged since.
    pub fn has(&self, path: &str, input: Input) -> bool {
        self.inputs.get(path) == Some(&input)
    }

    /// Adds a work; one with the same DOI, or else PMID, or else content, is replaced.
    pub fn add(&mut self, work: Work) -> Result<(), IndexError> {
        self.add_record(&Record::Work(work))
    }

    /// Adds a notice about the work with a DOI.
    pub fn add_notice(&mut self, doi: Doi, notice: Notice) -> Result<(), IndexError> {
        self.add_record(&Record::Notice(doi, notice))
    }

    fn add_record(&mut self, record: &Record) -> Result<(), IndexError> {
        self.gathered.add(record);
        self.changed = true;
        if self.gathered.records.len() >= GATHERED { self.commit() } else { Ok(()) }
    }

    /// Remembers that a file is in the index whole, once committed.
    pub fn finished(&mut self, path: String, input: Input) {
        self.inputs.insert(path, input);
        self.changed = true;
    }

    /// Takes the work with a DOI out; `false` when there is none.
    pub fn remove(&mut self, doi: &Doi) -> Result<bool, IndexError> {
        let mut work = Work::default();
        work.set(crate::work::Field::Doi, doi.as_str());
        let identity = Identity::of(&Record::Work(work));
        let waiting = self.gathered.identities.remove(&identity);
        if let Some(number) = waiting {
            self.gathered.records[number as usize].1 = false;
        }
        let stored = self.mark(&identity)?;
        Ok(stored || waiting.is_some())
    }

    /// Takes the works with a PubMed identifier out; `false` when there is none.
    pub fn remove_pmid(&mut self, pmid: Pmid) -> Result<bool, IndexError> {
        // The work may be among those that wait, under its DOI.
        if !self.gathered.records.is_empty() {
            self.commit()?;
        }
        match self.index.by_pmid(pmid)? {
            Some(work) => self.mark(&Identity::of(&Record::Work(work))),
            None => Ok(false),
        }
    }

    /// Marks the stored record of an identity as removed.
    fn mark(&mut self, identity: &Identity) -> Result<bool, IndexError> {
        let term = identity.term();
        let mut marked = false;
        for i in 0..self.index.segments.len() {
            let part = &self.index.segments[i];
            let Some(postings) = part.segment.postings(term)? else { continue };
            let ids: Vec<RecordId> = postings.iter().map(|record| RecordId { part: i as u32, record }).collect();
            let records = part.segment.records();
            for (id, record) in self.index.records(&ids)? {
                if Identity::of(&record) == *identity {
                    let (removed, files) =
                        self.removed.entry(id.part).or_insert_with(|| (part.removed.clone(), part.files.clone()));
                    if removed.insert(id.record, records) {
                        marked = true;
                        files.removed_count += 1;
                        match record {
                            Record::Work(_) => files.works = files.works.saturating_sub(1),
                            Record::Notice(..) => files.notices = files.notices.saturating_sub(1),
                        }
                    }
                }
            }
        }
        self.changed |= marked;
        Ok(marked)
    }

    /// Makes what was added and taken out so far part of the index, and waits until it is on disk.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        if !self.changed {
            return Ok(());
        }
        let mut gathered = std::mem::take(&mut self.gathered);
        if !self.index.segments.is_empty() {
            for identity in gathered.identities.keys() {
                self.mark(identity)?;
            }
        }
        let folder = self.index.folder.clone();
        let mut next = self.index.manifest.clone();
        next.generation += 1;
        let generation = next.generation;
        for (part, (removed, mut files)) in self.removed.drain() {
            let name = format!("{generation:06}-{part}.removed");
            removed.write(&folder.join(&name))?;
            files.removed = Some(name);
            next.segments[part as usize] = files;
        }
        if !gathered.identities.is_empty() {
            let name = format!("{generation:06}.works");
            let (works, notices) = gathered.write(&folder.join(&name))?;
            next.segments.push(SegmentFiles { records: name, works, notices, ..SegmentFiles::default() });
        }
        if !self.inputs.is_empty() {
            let name = format!("{generation:06}.inputs");
            manifest::write_checked(&folder.join(&name), &self.inputs)?;
            next.inputs = Some(name);
        }
        self.replace(next)?;
        self.changed = false;
        while let Some(group) = self.to_merge() {
            self.merge(&group)?;
        }
        Ok(())
    }

    /// The segments to merge next: so many of one size, or one that is mostly removed.
    fn to_merge(&self) -> Option<Vec<usize>> {
        let live =
            |part: &Part| u64::from(part.segment.records() - part.files.removed_count.min(part.segment.records()));
        let parts = &self.index.segments;
        if let Some(at) = parts.iter().position(|part| live(part) * 2 < u64::from(part.segment.records())) {
            return Some(vec![at]);
        }
        let mut sizes: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (i, part) in parts.iter().enumerate().filter(|(_, part)| live(part) < LARGEST) {
            // Everything smaller than a full gathering counts as one size.
            sizes.entry((live(part) / GATHERED as u64 + 1).ilog(MERGED as u64)).or_default().push(i);
        }
        sizes.into_values().find(|group| group.len() >= MERGED)
    }

    fn merge(&mut self, group: &[usize]) -> Result<(), IndexError> {
        let mut next = self.index.manifest.clone();
        next.generation += 1;
        let name = format!("{:06}.works", next.generation);
        let parts: Vec<&Part> = group.iter().map(|i| &self.index.segments[*i]).collect();
        let left = parts.iter().any(|part| part.files.removed_count < part.segment.records());
        let kept = next.segments.iter().enumerate().filter(|(i, _)| !group.contains(i));
        next.segments = kept.map(|(_, files)| files.clone()).collect();
        if left {
            merge(&parts, &self.index.folder.join(&name))?;
            let works = parts.iter().map(|part| part.files.works).sum();
            let notices = parts.iter().map(|part| part.files.notices).sum();
            next.segments.push(SegmentFiles { records: name, works, notices, ..SegmentFiles::default() });
        }
        self.replace(next)
    }

    /// Commits a manifest and opens what it names.
    fn replace(&mut self, mut next: Manifest) -> Result<(), IndexError> {
        let folder = self.index.folder.clone();
        manifest::sync_folder(&folder)?;
        next.updated = today();
        let opened = Index::of(&folder, next)?;
        manifest::write_checked(&folder.join(MANIFEST), &opened.manifest)?;
        manifest::sync_folder(&folder)?;
        self.index = opened;
        self.sweep();
        Ok(())
    }

    /// Takes away files that the manifest does not name. Readers that have them open keep them.
    fn sweep(&self) {
        let manifest = &self.index.manifest;
        let named = |name: &str| {
            let of_segment = |files: &SegmentFiles| files.records == name || files.removed.as_deref() == Some(name);
            name == MANIFEST
                || name == "lock"
                || manifest.inputs.as_deref() == Some(name)
                || manifest.segments.iter().any(of_segment)
        };
        for entry in fs::read_dir(&self.index.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_ours(&name) && !named(&name) {
                // One that cannot be taken away now is swept next time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Whether a file's name is one that this module gives.
fn is_ours(name: &str) -> bool {
    name == MANIFEST
        || name == "lock"
        || name.starts_with(|c: char| c.is_ascii_digit())
            && [".works", ".removed", ".inputs", ".draft"].iter().any(|end| name.ends_with(end))
        || name == "manifest.draft"
}

/// The absolute path under which a file is remembered, and what tells whether it changed.
pub fn input_of(path: &Path) -> std::io::Result<(String, Input)> {
    let absolute: PathBuf = path.canonicalize()?;
    let data = fs::metadata(&absolute)?;
    let modified = data.modified()?.duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Ok((absolute.to_string_lossy().into_owned(), Input { bytes: data.len(), modified }))
}
