//! The works of a store, kept equal to the entries of the bibliography: only those are written that changed.
//!
//! An entry is known by its key and the fingerprint of what it comes from. The ids of works ascend in the order of the
//! bibliography with gaps between them, so that an entry put between two others leaves those as they are.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::meeting::{Meeting, MeetingKey, meeting_keys};
use super::{Store, Writer, parse_json, to_json};
use crate::bibliography::bibtex::Fingerprint;
use crate::project::ProjectError;
use crate::text::fold;
use crate::work::{Field, Name, Work};

/// How far the ids of neighbours are apart at first.
const GAP: i64 = 1 << 10;
/// The first id; room for entries that come before.
const FIRST: i64 = 1 << 20;
/// Bytes of words that are sorted in memory before they are written to the index, when many are.
const WORDS_AT_ONCE: i64 = 32 << 20;

/// What locates a work, its record and its words.
pub struct Row {
    key: String,
    fingerprint: Fingerprint,
    meeting: Vec<MeetingKey>,
    record: String,
    words: Words,
}

impl Row {
    pub fn new(work: &Work, fingerprint: Fingerprint) -> Self {
        Self {
            key: work.key.clone(),
            fingerprint,
            meeting: meeting_keys(work),
            record: to_json(work),
            words: Words::of(work),
        }
    }
}

/// Under what a work is found.
struct Words {
    names: String,
    title: String,
    container: String,
    rest: String,
}

impl Words {
    fn of(work: &Work) -> Self {
        let names: Vec<String> = work.contributors.values().flat_map(|l| &l.names).map(whole_name).collect();
        let field = |f| work.plain(f).map(|text| fold(&text)).unwrap_or_default();
        let in_columns = |f: &Field| matches!(f, Field::Title | Field::ContainerTitle);
        let others = work.fields.keys().filter(|f| !in_columns(f)).map(|f| field(*f));
        let dates = work.dates.values().map(|date| fold(&date.to_string()));
        let custom = work.custom.values().map(|value| fold(value));
        let rest: Vec<String> =
            [fold(&work.key), fold(work.kind.as_str())].into_iter().chain(dates).chain(others).chain(custom).collect();
        Self {
            names: names.join(" "),
            title: field(Field::Title),
            container: field(Field::ContainerTitle),
            rest: rest.join(" "),
        }
    }
}

/// Family and given name, folded.
fn whole_name(name: &Name) -> String {
    match name {
        Name::Person(person) => fold(&format!("{} {}", name.cited(), person.given.as_deref().unwrap_or_default())),
        Name::Literal { literal } => fold(literal),
    }
}

/// An entry of the bibliography that is a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkEntry<'a> {
    pub key: &'a str,
    pub fingerprint: Fingerprint,
}

/// How the works of a store become equal to the entries of a bibliography.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    /// The ids of works that go: their entries are gone, changed or in another place.
    remove: Vec<i64>,
    /// Entries to write, by their index, with the ids their works get; ascending.
    put: Vec<(usize, i64)>,
    /// Nothing of what is there stays.
    is_anew: bool,
}

impl Plan {
    /// The entries to interpret, by their index.
    pub fn wanted(&self) -> impl Iterator<Item = usize> {
        self.put.iter().map(|(index, _)| *index)
    }

    /// `old` ascends by id; no key is twice in either list.
    fn new(old: &[(i64, String, Fingerprint)], new: &[WorkEntry<'_>]) -> Self {
        let by_key: HashMap<&str, usize> = old.iter().enumerate().map(|(i, (_, key, _))| (key.as_str(), i)).collect();
        let places: Vec<Option<usize>> = new.iter().map(|entry| by_key.get(entry.key).copied()).collect();
        let kept = longest_ascending(&places);
        let is_kept: HashSet<usize> = kept.iter().filter_map(|i| places[*i]).collect();
        let mut remove: Vec<i64> = (0..old.len()).filter(|i| !is_kept.contains(i)).map(|i| old[i].0).collect();
        let mut put = Vec::new();
        let (mut next, mut below) = (0, 0);
        for stop in kept.iter().map(|i| Some(*i)).chain([None]) {
            let end = stop.unwrap_or(new.len());
            let above = stop.and_then(|i| places[i]).map(|i| old[i].0);
            let Some(ids) = ids_between(below, above, end - next) else { return Self::anew(new.len()) };
            put.extend((next..end).zip(ids));
            if let (Some(i), Some((id, _, fingerprint))) = (stop, stop.and_then(|i| places[i]).map(|place| &old[place]))
            {
                if *fingerprint != new[i].fingerprint {
                    remove.push(*id);
                    put.push((i, *id));
                }
                below = *id;
            }
            next = end + 1;
        }
        // Most of it changed: writing it anew costs less.
        if put.len() + remove.len() >= new.len() { Self::anew(new.len()) } else { Self { remove, put, is_anew: false } }
    }

    fn anew(entries: usize) -> Self {
        let put = (0..entries).zip((0..).map(|i| FIRST + i * GAP)).collect();
        Self { remove: vec![], put, is_anew: true }
    }
}

/// So many ids between two others, `None` when there is no room. Without an upper one they go on after the lower.
fn ids_between(below: i64, above: Option<i64>, count: usize) -> Option<Vec<i64>> {
    let count = i64::try_from(count).ok()?;
    let Some(above) = above else {
        let first = if below == 0 { FIRST } else { below + GAP };
        return Some((0..count).map(|i| first + i * GAP).collect());
    };
    let room = above - below - 1;
    if room < count {
        return None;
    }
    // Before the first entry there is more room than between two.
    if below == 0 && room > count * GAP {
        return Some((0..count).map(|i| above - (count - i) * GAP).collect());
    }
    let step = (room + 1) / (count + 1);
    Some((1..=count).map(|i| below + i * step).collect())
}

/// The indices of a longest run of entries whose old places ascend: those that did not move.
fn longest_ascending(places: &[Option<usize>]) -> Vec<usize> {
    // The last index of the best run of each length, and what comes before each index (patience sorting).
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (i, place) in places.iter().enumerate() {
        let Some(place) = place else { continue };
        let length = ends.partition_point(|&end| places[end].is_some_and(|p| p < *place));
        before[i] = length.checked_sub(1).map(|l| ends[l]);
        if length == ends.len() { ends.push(i) } else { ends[length] = i }
    }
    let mut run: Vec<usize> = std::iter::successors(ends.last().copied(), |&i| before[i]).collect();
    run.reverse();
    run
}

impl Store {
    /// How the works become equal to these entries, of which no two have one key.
    pub fn plan(&self, entries: &[WorkEntry<'_>]) -> Result<Plan, ProjectError> {
        let old: Vec<(i64, String, Fingerprint)> = self.ask(|db| {
            db.prepare("SELECT id, key, fingerprint FROM work ORDER BY id")?
                .query_map([], |r| Ok((r.get(0)?, r.get(1)?, Fingerprint::from_bytes(r.get(2)?))))?
                .collect()
        })?;
        Ok(Plan::new(&old, entries))
    }

    /// Whether entries of the bibliography name one of these: a key as that of a parent, or a macro as defined.
    pub fn bibliography_names<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Result<bool, ProjectError> {
        self.ask(|db| {
            let mut statement = db.prepare_cached("SELECT 1 FROM bibliography_name WHERE name = ?1")?;
            for name in names {
                if statement.exists([name])? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }
}

impl Writer<'_> {
    /// Carries out a plan; `fill` hands over the rows of [`Plan::wanted`], in order.
    pub fn update_works(&self, plan: &Plan, fill: impl FnOnce(&mut dyn FnMut(Row))) -> rusqlite::Result<()> {
        if plan.is_anew {
            self.transaction.execute_batch(
                "DELETE FROM work; DELETE FROM work_record; DELETE FROM meeting; INSERT INTO work_words (work_words) VALUES ('delete-all');",
            )?;
        }
        plan.remove.iter().try_for_each(|id| self.remove_work(*id))?;
        let is_large = plan.put.len() > 1_000;
        if is_large {
            self.words_option("hashsize", WORDS_AT_ONCE)?;
        }
        let mut ids = plan.put.iter().map(|(_, id)| *id);
        let mut meetings: Vec<Meeting> = Vec::new();
        let mut result = Ok(());
        fill(&mut |row| {
            if let (Ok(()), Some(id)) = (&result, ids.next()) {
                result = self.put_work(id, &row);
                meetings.extend(row.meeting.iter().map(|key| (*key, id)));
            }
        });
        result?;
        self.put_meetings(meetings)?;
        if is_large { self.words_option("hashsize", 1 << 20) } else { Ok(()) }
    }

    fn words_option(&self, name: &str, value: i64) -> rusqlite::Result<()> {
        let sql = "INSERT INTO work_words (work_words, rank) VALUES (?1, ?2)";
        self.transaction.execute(sql, params![name, value]).map(|_| ())
    }

    /// Adds works after all others; of several with one key the first counts, as in BibTeX.
    pub fn append_works<'r>(&self, rows: impl IntoIterator<Item = &'r Row>) -> rusqlite::Result<()> {
        let last: Option<i64> = self.transaction.query_row("SELECT max(id) FROM work", [], |r| r.get(0))?;
        let mut next = last.map_or(FIRST, |last| last + GAP);
        for row in rows {
            if !self.transaction.prepare_cached("SELECT 1 FROM work WHERE key = ?1")?.exists([&row.key])? {
                self.put_work(next, row)?;
                self.put_meetings(row.meeting.iter().map(|key| (*key, next)).collect())?;
                next += GAP;
            }
        }
        Ok(())
    }

    fn put_work(&self, id: i64, row: &Row) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached("INSERT INTO work (id, key, fingerprint) VALUES (?1, ?2, ?3)")?
            .execute(params![id, row.key, row.fingerprint.as_bytes()])?;
        self.transaction
            .prepare_cached("INSERT INTO work_record (id, record) VALUES (?1, ?2)")?
            .execute(params![id, row.record])?;
        let Words { names, title, container, rest } = &row.words;
        self.transaction
            .prepare_cached(
                "INSERT INTO work_words (rowid, names, title, container, rest) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id, names, title, container, rest])?;
        Ok(())
    }

    fn remove_work(&self, id: i64) -> rusqlite::Result<()> {
        let record = self
            .transaction
            .prepare_cached("SELECT record FROM work_record WHERE id = ?1")?
            .query_row([id], |r| parse_json::<Work>(r.get_ref(0)?.as_str()?))
            .optional()?;
        if let Some(work) = record {
            let Words { names, title, container, rest } = Words::of(&work);
            self.transaction
                .prepare_cached(
                    "INSERT INTO work_words (work_words, rowid, names, title, container, rest)
                     VALUES ('delete', ?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![id, names, title, container, rest])?;
            self.remove_meetings(meeting_keys(&work).into_iter().map(|key| (key, id)).collect())?;
        }
        self.transaction.prepare_cached("DELETE FROM work_record WHERE id = ?1")?.execute([id])?;
        self.transaction.prepare_cached("DELETE FROM work WHERE id = ?1")?.execute([id])?;
        Ok(())
    }

    /// What entries of the bibliography name, in place of what was known.
    pub fn set_bibliography_names(&self, names: &BTreeSet<String>) -> rusqlite::Result<()> {
        let known: BTreeSet<String> = self
            .transaction
            .prepare("SELECT name FROM bibliography_name")?
            .query_map([], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for gone in known.difference(names) {
            self.transaction.prepare_cached("DELETE FROM bibliography_name WHERE name = ?1")?.execute([gone])?;
        }
        for new in names.difference(&known) {
            self.transaction.prepare_cached("INSERT INTO bibliography_name VALUES (?1)")?.execute([new])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(n: u8) -> Fingerprint {
        Fingerprint::from_bytes([n; 16])
    }

    /// Letters are keys; capitals stand for a changed entry.
    fn planned(old: &str, new: &str) -> String {
        let state = |c: char| fingerprint(u8::from(c.is_uppercase()));
        let names: Vec<String> = new.chars().map(|c| c.to_lowercase().to_string()).collect();
        let old: Vec<(i64, String, Fingerprint)> =
            old.chars().zip(1..).map(|(c, i)| (i * 10, c.to_lowercase().to_string(), state(c))).collect();
        let entries: Vec<WorkEntry<'_>> =
            names.iter().zip(new.chars()).map(|(key, c)| WorkEntry { key, fingerprint: state(c) }).collect();
        let plan = Plan::new(&old, &entries);
        if plan.is_anew {
            return "anew".to_owned();
        }
        let put: Vec<String> = plan.put.iter().map(|(i, id)| format!("{}@{id}", names[*i])).collect();
        format!("-{:?} +{}", plan.remove, put.join(" "))
    }

    #[test]
    fn only_what_changed_is_written() {
        for (old, new, expected) in [
            ("abcdef", "abcdef", "-[] +"),
            ("abcdef", "abcDef", "-[40] +d@40"),
            ("abcdef", "abdef", "-[30] +"),
            ("abcdef", "abcxdef", "-[] +x@35"),
            ("abcdef", "xabcdef", "-[] +x@5"),
            ("abcdef", "abcdefx", "-[] +x@1084"),
            ("abcdef", "bcdefa", "-[10] +a@1084"),
            ("abc", "xyz", "anew"),
            ("", "ab", "anew"),
        ] {
            assert_eq!(planned(old, new), expected, "{old} {new}");
        }
    }
}
