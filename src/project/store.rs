//! The store: an SQLite index over works, documents, claims and links, for fast questions.
//!
//! It holds nothing that the text files do not say, so it can be dropped at any time. A document is kept as one
//! serialised [`Analysis`]; the tables only locate things in it. One document asked about without a project is put
//! into a store in memory, so that every question has one way to be answered.
//!
//! Words are taken out of the word indexes by giving the old ones, not by marks over rows that are gone: so the numbers by
//! which answers are ranked are those of an index made anew.

mod meeting;
mod works;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::error::ProjectError;
use super::hash::ContentHash;
use super::look::Look;
use crate::analysis::{Analysis, ClaimId};
use crate::bibliography::duplicates::COMPARED;
use crate::text::fold;
use crate::work::{Sameness, Work, same_work};
pub(super) use meeting::{MeetingKey, meeting_keys};
use meeting::{by_creator, by_doi, by_pmid};
pub(super) use works::{Row, WorkEntry};

/// Raised whenever the tables or the serialised forms change: an older store is rebuilt.
const VERSION: i64 = 5;

const SCHEMA: &str = "
    CREATE TABLE input (path TEXT PRIMARY KEY, hash TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, inode INTEGER NOT NULL);
    CREATE TABLE work (id INTEGER PRIMARY KEY, key TEXT NOT NULL, fingerprint BLOB NOT NULL);
    CREATE TABLE work_record (id INTEGER PRIMARY KEY, record TEXT NOT NULL);
    CREATE UNIQUE INDEX work_key ON work (key);
    CREATE TABLE meeting (bits INTEGER PRIMARY KEY, works BLOB NOT NULL);
    CREATE VIRTUAL TABLE work_words USING fts5 (names, title, container, rest, content='', tokenize='ascii');
    CREATE TABLE bibliography_name (name TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE document (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, analysis TEXT NOT NULL, keys TEXT NOT NULL, keyed INTEGER NOT NULL);
    CREATE TABLE claim (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, position INTEGER NOT NULL, claim TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL);
    CREATE INDEX claim_id ON claim (claim);
    CREATE INDEX claim_path ON claim (path);
    CREATE INDEX claim_text ON claim (text);
    CREATE INDEX claim_document ON claim (document);
    CREATE VIRTUAL TABLE claim_words USING fts5 (text, content='', tokenize='ascii');
    CREATE TABLE link (key TEXT NOT NULL, document INTEGER NOT NULL, position INTEGER NOT NULL);
    CREATE INDEX link_key ON link (key);
    CREATE INDEX link_document ON link (document);
";

/// A claim by its place: the document's row and the index in its analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimPlace {
    pub document: i64,
    pub claim: usize,
}

/// A document of the store.
#[derive(Debug, Clone)]
pub struct StoredDocument {
    pub id: i64,
    /// Path relative to the project, or as given on the command line.
    pub name: String,
    pub analysis: Analysis,
    /// The citation key of each reference; `None` when its work is not in the bibliography.
    pub keys: Vec<Option<String>>,
}

/// What is known of an input file when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputState {
    pub hash: ContentHash,
    pub look: Look,
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
}

impl Store {
    /// An empty store that lives as long as the process.
    pub fn in_memory() -> Result<Self, ProjectError> {
        let path = PathBuf::from("(in memory)");
        let db = Connection::open_in_memory().map_err(store_error(&path))?;
        db.execute_batch(SCHEMA).map_err(store_error(&path))?;
        Ok(Self { db, path })
    }

    /// Opens a store file; `None` when there is none of this version.
    pub fn open(path: &Path) -> Result<Option<Self>, ProjectError> {
        if !path.exists() {
            return Ok(None);
        }
        let db = Connection::open(path).map_err(store_error(path))?;
        let version: i64 = db.pragma_query_value(None, "user_version", |r| r.get(0)).map_err(store_error(path))?;
        if version != VERSION {
            return Ok(None);
        }
        Ok(Some(Self { db, path: path.to_owned() }))
    }

    /// Makes an empty store file in the place of whatever is there.
    pub fn create(path: &Path) -> Result<Self, ProjectError> {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            match std::fs::remove_file(&name) {
                Ok(()) => {}
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(ProjectError::io(path)(e)),
            }
        }
        let db = Connection::open(path).map_err(store_error(path))?;
        db.execute_batch(SCHEMA).map_err(store_error(path))?;
        db.pragma_update(None, "user_version", VERSION).map_err(store_error(path))?;
        Ok(Self { db, path: path.to_owned() })
    }

    /// Lets a store that nobody trusts yet be filled without a journal of its own.
    pub(super) fn begin_filling(&self) -> Result<(), ProjectError> {
        let fast = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;";
        self.db.execute_batch(fast).map_err(store_error(&self.path))
    }

    /// From here on, writes are whole or not there; what was filled in is on disk.
    pub(super) fn end_filling(&self) -> Result<(), ProjectError> {
        let safe = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA cache_size = -2000;";
        self.db.execute_batch(safe).map_err(store_error(&self.path))?;
        std::fs::File::open(&self.path).and_then(|file| file.sync_all()).map_err(ProjectError::io(&self.path))
    }

    /// Does several writes as one; nothing is written when `work` fails.
    pub fn write<T>(&mut self, work: impl FnOnce(&Writer<'_>) -> rusqlite::Result<T>) -> Result<T, ProjectError> {
        let path = self.path.clone();
        let transaction =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(store_error(&path))?;
        let writer = Writer { transaction };
        let result = work(&writer).map_err(store_error(&path))?;
        writer.transaction.commit().map_err(store_error(&path))?;
        Ok(result)
    }

    /// The files that a document takes in, by their paths in the project, as they were when it was read.
    pub fn included(&self, document: &str) -> Result<Vec<(String, InputState)>, ProjectError> {
        let (from, to) = included_keys(document);
        let paths: Vec<String> = self.ask(|db| {
            db.prepare_cached("SELECT path FROM input WHERE path > ?1 AND path < ?2")?
                .query_map([&from, &to], |r| r.get(0))?
                .collect()
        })?;
        paths
            .into_iter()
            .filter_map(|key| {
                let state = self.input(&key).transpose()?;
                Some(state.map(|state| (key[from.len()..].to_owned(), state)))
            })
            .collect()
    }

    pub fn input(&self, path: &str) -> Result<Option<InputState>, ProjectError> {
        self.ask(|db| {
            db.prepare_cached("SELECT hash, size, modified, changed, inode FROM input WHERE path = ?1")?
                .query_row([path], |r| {
                    let hash: String = r.get(0)?;
                    let hash = serde_json::from_value(hash.into()).map_err(from_json)?;
                    let look = Look { size: r.get(1)?, modified: r.get(2)?, changed: r.get(3)?, inode: r.get(4)? };
                    Ok(InputState { hash, look })
                })
                .optional()
        })
    }

    /// All works in the order of the bibliography.
    pub fn works(&self) -> Result<Vec<Work>, ProjectError> {
        self.works_by("SELECT record FROM work_record ORDER BY id", params![])
    }

    pub fn work(&self, key: &str) -> Result<Option<Work>, ProjectError> {
        Ok(self.works_by("SELECT record FROM work JOIN work_record USING (id) WHERE key = ?1", [key])?.pop())
    }

    /// Works that may be the same publication as this one: equal identifier, title at its beginning or end, or first creator
    /// and year; of those that share what many share only the first.
    pub fn candidates(&self, work: &Work) -> Result<Vec<Work>, ProjectError> {
        self.meeting(meeting_keys(work), COMPARED)
    }

    /// The key of the work that is certainly the same publication.
    pub fn same(&self, work: &Work) -> Result<Option<String>, ProjectError> {
        if let Some(doi) = work.doi()
            && let Some(found) = self.work_by_doi(&doi)?
        {
            return Ok(Some(found.key));
        }
        if let Some(pmid) = work.pmid()
            && let Some(found) =
                self.meeting([by_pmid(&pmid)], usize::MAX)?.into_iter().find(|w| w.pmid().as_ref() == Some(&pmid))
        {
            return Ok(Some(found.key));
        }
        let candidates = self.meeting([by_creator(work)], usize::MAX)?;
        Ok(candidates.into_iter().find(|other| same_work(other, work) == Sameness::Same).map(|other| other.key))
    }

    /// Works that share one of these keys, in the order of the bibliography. Keys are short: another work may share one by
    /// chance.
    fn meeting(&self, keys: impl IntoIterator<Item = MeetingKey>, most: usize) -> Result<Vec<Work>, ProjectError> {
        let mut ids = std::collections::BTreeSet::new();
        for key in keys {
            ids.extend(self.works_meeting(key, most)?);
        }
        ids.into_iter().filter_map(|id| self.work_of(id).transpose()).collect()
    }

    /// The work with an id.
    pub fn work_of(&self, id: i64) -> Result<Option<Work>, ProjectError> {
        Ok(self.works_by("SELECT record FROM work_record WHERE id = ?1", [id])?.pop())
    }

    pub fn has_key(&self, key: &str) -> Result<bool, ProjectError> {
        self.ask(|db| db.prepare_cached("SELECT 1 FROM work WHERE key = ?1")?.exists([key]))
    }

    /// The works that have these keys, in the order of the bibliography.
    pub fn works_under<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Result<Vec<Work>, ProjectError> {
        let mut found = std::collections::BTreeMap::new();
        self.ask(|db| {
            let mut statement =
                db.prepare_cached("SELECT id, record FROM work JOIN work_record USING (id) WHERE key = ?1")?;
            for key in keys {
                let row =
                    statement.query_row([key], |r| Ok((r.get::<_, i64>(0)?, parse_json(r.get_ref(1)?.as_str()?)?)));
                found.extend(row.optional()?);
            }
            Ok(found.into_values().collect())
        })
    }

    pub fn work_by_doi(&self, doi: &crate::work::Doi) -> Result<Option<Work>, ProjectError> {
        Ok(self.meeting([by_doi(doi)], usize::MAX)?.into_iter().find(|work| work.doi().as_ref() == Some(doi)))
    }

    /// Works that hold every word, as the start of one of theirs; best first.
    pub fn search_works(&self, words: &str) -> Result<Vec<Work>, ProjectError> {
        let Some(query) = fts_query(words) else { return Ok(vec![]) };
        self.works_by(
            "SELECT record FROM work_words JOIN work_record ON id = work_words.rowid
             WHERE work_words MATCH ?1 ORDER BY bm25(work_words, 4.0, 4.0, 2.0, 1.0), id",
            [query],
        )
    }

    fn works_by(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<Work>, ProjectError> {
        self.ask(|db| {
            let mut statement = db.prepare_cached(sql)?;
            let rows = statement.query_map(parameters, |r| parse_json(r.get_ref(0)?.as_str()?))?;
            rows.collect()
        })
    }

    pub fn keys(&self) -> Result<Vec<String>, ProjectError> {
        self.ask(|db| db.prepare("SELECT key FROM work ORDER BY id")?.query_map([], |r| r.get(0))?.collect())
    }

    /// Names of the documents, sorted.
    pub fn document_names(&self) -> Result<Vec<(i64, String)>, ProjectError> {
        self.ask(|db| {
            db.prepare("SELECT id, name FROM document ORDER BY name")?
                .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect()
        })
    }

    pub fn document(&self, id: i64) -> Result<StoredDocument, ProjectError> {
        self.ask(|db| {
            db.prepare_cached("SELECT id, name, analysis, keys FROM document WHERE id = ?1")?.query_row([id], |r| {
                Ok(StoredDocument {
                    id: r.get(0)?,
                    name: r.get(1)?,
                    analysis: parse_json(r.get_ref(2)?.as_str()?)?,
                    keys: parse_json(r.get_ref(3)?.as_str()?)?,
                })
            })
        })
    }

    /// Whether a document may change what it cites when a work is added: it has a reference whose work is not in the
    /// bibliography, or cites by keys.
    pub fn has_open_references(&self) -> Result<bool, ProjectError> {
        let open = "SELECT EXISTS (SELECT 1 FROM document WHERE keyed OR keys LIKE '%null%')";
        self.ask(|db| db.query_row(open, [], |r| r.get(0)))
    }

    /// The ids of all claims.
    pub fn claim_ids(&self) -> Result<HashSet<ClaimId>, ProjectError> {
        self.ask(|db| {
            let id = |row: &rusqlite::Row<'_>| Ok(ClaimId::from(row.get::<_, String>(0)?));
            db.prepare("SELECT claim FROM claim")?.query_map([], id)?.collect()
        })
    }

    pub fn claims_with_id(&self, id: &str) -> Result<Vec<ClaimPlace>, ProjectError> {
        self.places("SELECT document, position FROM claim JOIN document ON document.id = document WHERE claim = ?1 ORDER BY name, position", [id])
    }

    pub fn claims_at_path(&self, folded_path: &str) -> Result<Vec<ClaimPlace>, ProjectError> {
        self.places(
            "SELECT document, position FROM claim JOIN document ON document.id = document
             WHERE path = ?1 OR path LIKE '% ' || ?1 ORDER BY name, position",
            [folded_path],
        )
    }

    pub fn claims_with_text(&self, folded_text: &str) -> Result<Vec<ClaimPlace>, ProjectError> {
        self.places("SELECT document, position FROM claim JOIN document ON document.id = document WHERE text = ?1 ORDER BY name, position", [folded_text])
    }

    /// Claims that hold every word, as the start of one of theirs; best first.
    pub fn search_claims(&self, words: &str) -> Result<Vec<ClaimPlace>, ProjectError> {
        let Some(query) = fts_query(words) else { return Ok(vec![]) };
        self.places(
            "SELECT document, position FROM claim_words JOIN claim ON claim.id = claim_words.rowid
             JOIN document ON document.id = document
             WHERE claim_words MATCH ?1 ORDER BY rank, name, position LIMIT 1000",
            [query],
        )
    }

    /// Keys of the works that claims cite.
    pub fn cited_keys(&self) -> Result<HashSet<String>, ProjectError> {
        self.ask(|db| db.prepare("SELECT DISTINCT key FROM link")?.query_map([], |r| r.get(0))?.collect())
    }

    /// Claims that cite a work themselves.
    pub fn claims_citing(&self, key: &str) -> Result<Vec<ClaimPlace>, ProjectError> {
        self.places("SELECT document, position FROM link JOIN document ON document.id = document WHERE key = ?1 ORDER BY name, position", [key])
    }

    fn places(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<ClaimPlace>, ProjectError> {
        self.ask(|db| {
            let mut statement = db.prepare_cached(sql)?;
            let rows = statement.query_map(parameters, |r| Ok(ClaimPlace { document: r.get(0)?, claim: r.get(1)? }))?;
            rows.collect()
        })
    }

    fn ask<T>(&self, question: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, ProjectError> {
        question(&self.db).map_err(store_error(&self.path))
    }
}

/// The keys of inputs between which those are that a document takes in: its name, a line end, their paths.
fn included_keys(document: &str) -> (String, String) {
    (format!("{document}\n"), format!("{document}\u{b}"))
}

/// Writes of one transaction.
#[derive(Debug)]
pub struct Writer<'a> {
    transaction: Transaction<'a>,
}

impl Writer<'_> {
    pub fn set_input(&self, path: &str, state: &InputState) -> rusqlite::Result<()> {
        self.transaction.prepare_cached("INSERT OR REPLACE INTO input VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(
            params![
                path,
                state.hash.as_str(),
                state.look.size,
                state.look.modified,
                state.look.changed,
                state.look.inode
            ],
        )?;
        Ok(())
    }

    /// The files that a document takes in, in place of those known before.
    pub fn set_included(&self, document: &str, files: &[(String, InputState)]) -> rusqlite::Result<()> {
        let (from, to) = included_keys(document);
        self.transaction.execute("DELETE FROM input WHERE path > ?1 AND path < ?2", [&from, &to])?;
        files.iter().try_for_each(|(path, state)| self.set_input(&format!("{from}{path}"), state))
    }

    pub fn remove_document(&self, name: &str) -> rusqlite::Result<()> {
        self.set_included(name, &[])?;
        let id: Option<i64> =
            self.transaction.query_row("SELECT id FROM document WHERE name = ?1", [name], |r| r.get(0)).optional()?;
        let Some(id) = id else { return Ok(()) };
        self.transaction
            .execute("INSERT INTO claim_words (claim_words, rowid, text) SELECT 'delete', id, text FROM claim WHERE document = ?1", [id])?;
        self.transaction.execute("DELETE FROM claim WHERE document = ?1", [id])?;
        self.transaction.execute("DELETE FROM link WHERE document = ?1", [id])?;
        self.transaction.execute("DELETE FROM document WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Puts a document in, in place of one of the same name.
    pub fn put_document(&self, name: &str, analysis: &Analysis, keys: &[Option<String>]) -> rusqlite::Result<()> {
        self.remove_document(name)?;
        self.transaction
            .prepare_cached("INSERT INTO document (name, analysis, keys, keyed) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![name, to_json(analysis), to_json(&keys), analysis.document.is_keyed()])?;
        let document = self.transaction.last_insert_rowid();
        for position in 0..analysis.claims.len() {
            let text = fold(&analysis.bare_text(position));
            self.transaction
                .prepare_cached(
                    "INSERT INTO claim (document, position, claim, path, text) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    document,
                    position,
                    analysis.claims[position].id.as_str(),
                    fold(&analysis.path(position)),
                    text
                ])?;
            self.transaction
                .prepare_cached("INSERT INTO claim_words (rowid, text) VALUES (?1, ?2)")?
                .execute(params![self.transaction.last_insert_rowid(), text])?;
            for reference in analysis.direct(position) {
                if let Some(key) = &keys[reference] {
                    self.transaction
                        .prepare_cached("INSERT INTO link (key, document, position) VALUES (?1, ?2, ?3)")?
                        .execute(params![key, document, position])?;
                }
            }
        }
        Ok(())
    }
}

/// The words as an FTS5 query: all of them, each as a prefix.
fn fts_query(words: &str) -> Option<String> {
    let folded = fold(words);
    let terms: Vec<String> =
        folded.split(' ').filter(|w| !w.is_empty()).take(32).map(|w| format!("\"{w}\"*")).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("the model is plain data")
}

fn parse_json<T: serde::de::DeserializeOwned>(json: &str) -> rusqlite::Result<T> {
    serde_json::from_str(json).map_err(from_json)
}

fn from_json(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

fn store_error(path: &Path) -> impl Fn(rusqlite::Error) -> ProjectError + '_ {
    move |source| ProjectError::Store { path: path.to_owned(), source }
}
