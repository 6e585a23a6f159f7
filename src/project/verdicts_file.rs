//! `verdicts.jsonl`: read whole, and only ever added to.

use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use super::journal::{Change, Journal, Shrinking, read_optional};
use super::{Project, ProjectError, VERDICTS};
use crate::review::{Act, Ledger, LedgerProblem, Record, RecordId, Timestamp};

const ATTRIBUTES: &str = ".gitattributes";

/// What was appended, and all that people judged with it: the file need not be read again.
#[derive(Debug)]
pub struct Recorded {
    pub records: Vec<Arc<Record>>,
    pub ledger: Ledger,
}

/// The file as it was last read by this process: as long as it only grows, only what is new of it is read.
#[derive(Debug, Clone, Default)]
pub(super) struct LastRead(Arc<Mutex<Read>>);

#[derive(Debug, Default)]
struct Read {
    bytes: Vec<u8>,
    ledger: Ledger,
    problems: Vec<LedgerProblem>,
}

impl LastRead {
    fn ledger(&self, file: &[u8]) -> (Ledger, Vec<LedgerProblem>) {
        let mut read = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if read.bytes == file {
            return (read.ledger.clone(), read.problems.clone());
        }
        let grew = read.bytes.ends_with(b"\n").then(|| file.strip_prefix(read.bytes.as_slice())).flatten();
        let (ledger, problems) = match grew {
            Some(new) => {
                let before = read.bytes.iter().filter(|byte| **byte == b'\n').count();
                let (ledger, problems) = std::mem::take(&mut read.ledger).read_on(new, before);
                (ledger, [std::mem::take(&mut read.problems), problems].concat())
            }
            None => Ledger::read(file),
        };
        *read = Read { bytes: file.to_owned(), ledger: ledger.clone(), problems: problems.clone() };
        (ledger, problems)
    }
}

impl Project {
    /// What people judged, and the lines that could not be read.
    pub fn ledger(&self) -> Result<(Ledger, Vec<LedgerProblem>), ProjectError> {
        Ok(self.last_read.ledger(&read_optional(&self.root.join(VERDICTS))?.unwrap_or_default()))
    }

    /// Appends what a person says. When it returns, the records are on disk; all of them or, after an error, none.
    pub fn record(&self, command: &str, by: &str, acts: Vec<Act>) -> Result<Recorded, ProjectError> {
        let journal = Journal::open(&self.root)?;
        let before = read_optional(&self.root.join(VERDICTS))?;
        let ledger = self.last_read.ledger(before.as_deref().unwrap_or_default()).0;
        let records = dated(&ledger, by, acts);
        let mut after = before.clone().unwrap_or_default();
        // What an interrupted writer left of a line stays apart from ours.
        if after.last().is_some_and(|b| *b != b'\n') {
            after.push(b'\n');
        }
        for record in &records {
            after.extend(serde_json::to_vec(record.as_ref()).expect("a record is plain data"));
            after.push(b'\n');
        }
        let mut changes = Vec::new();
        if before.is_none() {
            changes.extend(self.merge_by_union()?);
        }
        changes.push(Change { path: VERDICTS.into(), before: before.map(Arc::new), after: Some(after) });
        journal.commit(command, &changes, Shrinking::Refused)?;
        let ledger = ledger.with(records.clone());
        Ok(Recorded { records, ledger })
    }

    /// The change after which git merges the file by the union of its lines; `None` when `.gitattributes` speaks of
    /// the file already.
    pub(super) fn merge_by_union(&self) -> Result<Option<Change>, ProjectError> {
        let before = read_optional(&self.root.join(ATTRIBUTES))?;
        let mut after = before.clone().unwrap_or_default();
        if String::from_utf8_lossy(&after).contains(VERDICTS) {
            return Ok(None);
        }
        if after.last().is_some_and(|b| *b != b'\n') {
            after.push(b'\n');
        }
        after.extend_from_slice(format!("{VERDICTS} merge=union\n").as_bytes());
        Ok(Some(Change { path: ATTRIBUTES.into(), before: before.map(Arc::new), after: Some(after) }))
    }
}

/// Gives acts their moment and name. A person's newest word counts, so it must be the newest even where the clock was
/// put back.
fn dated(ledger: &Ledger, by: &str, acts: Vec<Act>) -> Vec<Arc<Record>> {
    let mut micros = Timestamp::from(SystemTime::now()).micros();
    let mut records: Vec<Arc<Record>> = Vec::new();
    for (i, act) in acts.into_iter().enumerate() {
        let at = Timestamp::from_micros(micros);
        let salt = u64::from(std::process::id()) << 32 | i as u64;
        let id = RecordId::derive(&act, by, at, salt);
        let tool = concat!("citetrail ", env!("CARGO_PKG_VERSION")).to_owned();
        let mut record = Record { id, act, by: by.to_owned(), at, tool };
        // The newest stand last.
        if let Some(last) = ledger.all().iter().rev().find(|r| r.is_by(by)).map(|r| r.at.micros()) {
            micros = micros.max(last.saturating_add(1));
            record.at = Timestamp::from_micros(micros);
        }
        micros += 1;
        records.push(Arc::new(record));
    }
    records
}
