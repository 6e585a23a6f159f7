//! `verdicts.jsonl` as read: what counts, and which lines cannot be read.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::record::{Act, Record, RecordId};

/// The records of a project. Equal for all orders and repetitions of the same lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Each once, oldest first.
    records: Vec<Arc<Record>>,
    retracted: HashSet<RecordId>,
}

/// A line that was not read, or is odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerProblem {
    /// From 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Ledger {
    /// Reads the lines of a file. A line that cannot be read costs that line.
    pub fn read(file: &[u8]) -> (Self, Vec<LedgerProblem>) {
        Self::default().read_on(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file), 0)
    }

    /// Reads on in a file of which so many lines were read already, and were whole. The problems are those of what is
    /// read now.
    pub fn read_on(self, file: &[u8], lines_before: usize) -> (Self, Vec<LedgerProblem>) {
        let mut problems = Vec::new();
        let mut by_id: HashMap<RecordId, Vec<Arc<Record>>> = HashMap::new();
        for record in self.records {
            by_id.entry(record.id.clone()).or_default().push(record);
        }
        // A file that ends with its last line has one more, empty piece.
        let mut lines = file.split(|b| *b == b'\n').enumerate().peekable();
        while let Some((i, line)) = lines.next() {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let record = match serde_json::from_slice::<Record>(line) {
                Ok(record) => record,
                Err(error) => {
                    let message = unread(line, &error, lines.peek().is_none());
                    problems.push(LedgerProblem { line: lines_before + i + 1, message });
                    continue;
                }
            };
            let same_id = by_id.entry(record.id.clone()).or_default();
            if same_id.iter().all(|other| **other != record) {
                if !same_id.is_empty() {
                    let message = format!(
                        "another line has the id {} and says something else; both count. Records are only added, never edited",
                        record.id
                    );
                    problems.push(LedgerProblem { line: lines_before + i + 1, message });
                }
                same_id.push(Arc::new(record));
            }
        }
        (Self::of(by_id.into_values().flatten().collect()), problems)
    }

    /// A ledger of records of which none is there twice.
    fn of(mut records: Vec<Arc<Record>>) -> Self {
        records.sort_by(|a, b| {
            let line = |r: &Record| serde_json::to_string(r).expect("a record is plain data");
            // Only two lines with one id and one moment need the last resort.
            a.at.cmp(&b.at).then_with(|| a.id.cmp(&b.id)).then_with(|| line(a).cmp(&line(b)))
        });
        let of = |r: &Arc<Record>| match &r.act {
            Act::Retract { of, .. } => Some(of.clone()),
            _ => None,
        };
        let retractions: HashSet<RecordId> = records.iter().filter_map(of).collect();
        Self { records, retracted: retractions }
    }

    /// The ledger to which new records were added.
    pub fn with(mut self, new: Vec<Arc<Record>>) -> Self {
        self.records.extend(new);
        Self::of(self.records)
    }

    /// All records, oldest first, those that are retracted included.
    pub fn all(&self) -> &[Arc<Record>] {
        &self.records
    }

    /// The records that count, oldest first: neither retracted nor retractions.
    pub fn live(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.iter().filter(|r| !self.is_retracted(&r.id) && !matches!(r.act, Act::Retract { .. }))
    }

    /// Whether a record was taken back.
    pub fn is_retracted(&self, id: &RecordId) -> bool {
        self.retracted.contains(id)
    }

    pub fn get(&self, id: &str) -> Option<&Arc<Record>> {
        self.records.iter().find(|r| r.id.as_str() == id)
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

fn unread(line: &[u8], error: &serde_json::Error, is_torn: bool) -> String {
    if is_torn {
        return "the last line is cut off: whoever wrote it was interrupted. It is left as it is; remove it if the record is there again".to_owned();
    }
    if [&b"<<<<<<<"[..], b"=======", b">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
        return "a conflict mark of a merge; remove this line. With “verdicts.jsonl merge=union” in .gitattributes there is none".to_owned();
    }
    format!("the record cannot be read ({error}); correct the line, or remove it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{FindingRef, Timestamp};

    fn accept(id: &str, at: i64, reason: &str) -> Record {
        let finding = FindingRef { code: "x".to_owned(), place: "y".to_owned() };
        Record {
            id: RecordId::from(id.to_owned()),
            act: Act::Accept { finding, reason: reason.to_owned() },
            by: "Ada".to_owned(),
            at: Timestamp::from_micros(at),
            tool: "t".to_owned(),
        }
    }

    fn line(record: &Record) -> String {
        serde_json::to_string(record).unwrap()
    }

    #[test]
    fn order_and_repetition_do_not_matter() {
        let (a, b) = (line(&accept("a", 2, "a")), line(&accept("b", 1, "b")));
        let one = Ledger::read(format!("{a}\n{b}\n").as_bytes()).0;
        let other = Ledger::read(format!("{b}\n\n{a}\r\n{b}\n").as_bytes()).0;
        assert_eq!(one, other);
        assert_eq!(one.all()[0].id.as_str(), "b");
        assert_eq!(Ledger::read(a.as_bytes()).0.with(vec![Arc::new(accept("b", 1, "b"))]), one);
    }

    #[test]
    fn reading_on_is_reading_all() {
        let lines: Vec<String> = [("a", 2, "a"), ("b", 1, "b"), ("a", 2, "a"), ("a", 3, "other")]
            .map(|(id, at, reason)| line(&accept(id, at, reason)) + "\n")
            .into();
        let whole = Ledger::read(lines.concat().as_bytes());
        for cut in 0..=lines.len() {
            let (first, before) = Ledger::read(lines[..cut].concat().as_bytes());
            let (both, after) = first.read_on(lines[cut..].concat().as_bytes(), cut);
            assert_eq!((both, [before, after].concat()), whole, "{cut}");
        }
    }

    #[test]
    fn a_damaged_line_costs_that_line() {
        let good = line(&accept("a", 2, "a"));
        let cut = &good[..good.len() / 2];
        let (ledger, problems) = Ledger::read(format!("{cut}\n{good}\n<<<<<<< HEAD\n{cut}").as_bytes());
        assert_eq!(ledger.all().len(), 1);
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [1, 3, 4]);
        assert!(problems[1].message.contains("conflict mark") && problems[2].message.contains("cut off"));
    }

    #[test]
    fn two_lines_of_one_id_both_count() {
        let text = format!("{}\n{}\n", line(&accept("a", 2, "a")), line(&accept("a", 2, "b")));
        let (ledger, problems) = Ledger::read(text.as_bytes());
        assert_eq!((ledger.live().count(), problems.len()), (2, 1));
    }

    #[test]
    fn what_is_retracted_does_not_count() {
        let mut retraction = accept("r", 3, "");
        retraction.act = Act::Retract { of: RecordId::from("a".to_owned()), reason: None };
        let text = format!("{}\n{}\n", line(&retraction), line(&accept("a", 2, "a")));
        let ledger = Ledger::read(text.as_bytes()).0;
        assert_eq!((ledger.live().count(), ledger.all().len()), (0, 2));
    }
}
