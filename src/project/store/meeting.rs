//! Under what works of the store meet others that may be the same publication.
//!
//! Each work has about seven keys. They are kept many to a row, those that begin with the same bits in one: as rows of
//! their own they would take most of the time in which a large bibliography is first read.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{Store, Writer};
use crate::bibliography::duplicates;
use crate::project::ProjectError;
use crate::work::{Doi, MatchKey, Pmid, Work};

/// How many bits of a key name its row: some forty keys stand in one when there are 100,000 works.
const ROW_BITS: u32 = 14;

/// What records of one publication have in common, as a number: an identifier, the beginning of the title, first creator
/// and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeetingKey(u64);

impl MeetingKey {
    fn of(text: &str) -> Self {
        let digest = Sha256::digest(text);
        let start = digest.first_chunk().expect("a digest has 32 bytes");
        Self(u64::from_le_bytes(*start))
    }

    fn row(self) -> u64 {
        self.0 >> (u64::BITS - ROW_BITS)
    }
}

/// A work, by its id, under one of its keys.
pub type Meeting = (MeetingKey, i64);

/// What a row holds: keys with works, ascending.
fn read_row(bytes: &[u8]) -> Vec<Meeting> {
    let number = |bytes: &[u8]| bytes.try_into().map(u64::from_le_bytes).unwrap_or_default();
    bytes.chunks_exact(16).map(|pair| (MeetingKey(number(&pair[..8])), number(&pair[8..]).cast_signed())).collect()
}

fn write_row(meetings: &[Meeting]) -> Vec<u8> {
    meetings.iter().flat_map(|(key, work)| [key.0.to_le_bytes(), work.to_le_bytes()].concat()).collect()
}

impl Store {
    /// The first works that share a key, by their ids; ascending.
    pub fn works_meeting(&self, key: MeetingKey, most: usize) -> Result<Vec<i64>, ProjectError> {
        let row: Option<Vec<Meeting>> = self.ask(|db| {
            db.prepare_cached("SELECT works FROM meeting WHERE bits = ?1")?
                .query_row([key.row()], |r| Ok(read_row(r.get_ref(0)?.as_blob()?)))
                .optional()
        })?;
        Ok(row.into_iter().flatten().filter(|(other, _)| *other == key).map(|(_, id)| id).take(most).collect())
    }
}

impl Writer<'_> {
    pub(super) fn put_meetings(&self, mut meetings: Vec<Meeting>) -> rusqlite::Result<()> {
        meetings.sort_unstable();
        self.change_rows(&meetings, |row, new| {
            row.extend_from_slice(new);
            row.sort_unstable();
        })
    }

    pub(super) fn remove_meetings(&self, mut meetings: Vec<Meeting>) -> rusqlite::Result<()> {
        meetings.sort_unstable();
        self.change_rows(&meetings, |row, gone| row.retain(|one| !gone.contains(one)))
    }

    /// Changes each row that has to do with some of the meetings, which ascend.
    fn change_rows(
        &self,
        meetings: &[Meeting],
        change: impl Fn(&mut Vec<Meeting>, &[Meeting]),
    ) -> rusqlite::Result<()> {
        let mut read = self.transaction.prepare_cached("SELECT works FROM meeting WHERE bits = ?1")?;
        let mut write =
            self.transaction.prepare_cached("INSERT OR REPLACE INTO meeting (bits, works) VALUES (?1, ?2)")?;
        for changed in meetings.chunk_by(|a, b| a.0.row() == b.0.row()) {
            let bits = changed[0].0.row();
            let row = read.query_row([bits], |r| Ok(read_row(r.get_ref(0)?.as_blob()?))).optional()?;
            let mut row = row.unwrap_or_default();
            change(&mut row, changed);
            write.execute(params![bits, write_row(&row)])?;
        }
        Ok(())
    }
}

/// All keys of a work, sorted: those of [`duplicates::meeting_keys`], and that of first creator and year.
pub fn meeting_keys(work: &Work) -> Vec<MeetingKey> {
    let mut keys: Vec<MeetingKey> = duplicates::meeting_keys(work).iter().map(|key| MeetingKey::of(key)).collect();
    keys.push(by_creator(work));
    keys.sort_unstable();
    keys.dedup();
    keys
}

// As `duplicates::meeting_keys` writes them, so that they are kept once.

pub fn by_doi(doi: &Doi) -> MeetingKey {
    MeetingKey::of(&format!("d{doi}"))
}

pub fn by_pmid(pmid: &Pmid) -> MeetingKey {
    MeetingKey::of(&format!("i{pmid}"))
}

pub fn by_creator(work: &Work) -> MeetingKey {
    MeetingKey::of(&format!("y{}", MatchKey::of(work).0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::{Format, read};

    #[test]
    fn each_is_kept_once() {
        let bib = "@article{a, author = {Holm, Ada}, title = {Tides}, year = 2004, pages = {3--4}, doi = {10.5555/A}, pmid = {12}}";
        let work = &read(bib.as_bytes(), Some(Format::BIBTEX)).unwrap().works[0];
        let keys = meeting_keys(work);
        assert_eq!(keys.len(), duplicates::meeting_keys(work).len());
        let doi = by_doi(&work.doi().unwrap());
        assert!([doi, by_pmid(&work.pmid().unwrap()), by_creator(work)].iter().all(|key| keys.contains(key)));
    }
}
