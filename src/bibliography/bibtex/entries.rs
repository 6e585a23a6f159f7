//! A file whose entries are put together and not interpreted yet: what a refresh compares, and what is interpreted on all
//! cores.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc::sync_channel;

use sha2::{Digest, Sha256};

use super::inherit::{FieldValue, Inheritance, RawEntry};
use super::interpret;
use super::macros::Macros;
use super::problems::Problems;
use super::syntax::{self, Block, BlockKind, Bytes, EntrySource, PieceKind};
use crate::bibliography::Problem;
use crate::work::Work;

/// Entries for which a thread of its own is worth starting.
const ENTRIES_A_THREAD: usize = 1_000;

/// How many entries a thread hands on at once.
const ENTRIES_AT_ONCE: usize = 128;

/// What an entry comes from: equal for entries that are interpreted to equal works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// The entries of a file, with macros replaced and fields inherited.
pub struct Entries<'a> {
    text: &'a str,
    entries: Vec<RawEntry<'a>>,
    /// The fields of those that inherit some.
    inherited: HashMap<usize, Vec<FieldValue<'a>>>,
    sources: Vec<SourceOf>,
    /// See [`Entries::names`].
    names: BTreeSet<String>,
    problems: Problems<'a>,
}

/// Where an entry stands, and whether its source alone says what it is.
struct SourceOf {
    span: Bytes,
    is_whole: bool,
}

impl<'a> Entries<'a> {
    /// Cuts the text into entries and puts them together. Any text is a file, if only of blocks that are no entries.
    pub fn read(text: &'a str) -> Self {
        let blocks = syntax::split(text);
        let mut problems = Problems::new(text);
        let mut macros = Macros::new(text);
        let mut names = BTreeSet::new();
        for block in &blocks {
            if let BlockKind::Macro(field) = &block.kind {
                macros.define(field, &mut problems);
                names.insert(macro_name(&text[field.name.clone()]));
            }
        }
        let (mut entries, mut sources) = (Vec::new(), Vec::new());
        let mut after_entry = false;
        // Each block is dropped as soon as it is read: together they are as large as the file.
        for block in blocks {
            match &block.kind {
                BlockKind::Text => left_over(text, &block, after_entry, &mut problems),
                BlockKind::Entry(entry) => {
                    let pieces = || entry.fields.iter().flat_map(|f| f.pieces());
                    let is_whole = pieces().all(|piece| piece.kind != PieceKind::Macro);
                    sources.push(SourceOf { span: block.span.clone(), is_whole });
                    entries.push(raw_entry(text, &block, entry, &mut macros, &mut problems));
                }
                BlockKind::Broken(error) => {
                    let message = format!("{}; the entry was not read", error.kind);
                    problems.add(error.at, key_of_broken(text, &block), message);
                }
                _ => {}
            }
            after_entry = matches!(block.kind, BlockKind::Entry(_));
        }
        let mut file = Self { text, entries, inherited: HashMap::new(), sources, names, problems: Problems::new(text) };
        file.inherit(&mut problems);
        file.problems = problems;
        file
    }

    fn inherit(&mut self, problems: &mut Problems<'a>) {
        let mut inheritance = Inheritance::new(&self.entries, self.text.len());
        for (i, entry) in self.entries.iter().enumerate() {
            if let Some(first) = inheritance.first(entry.key).filter(|first| *first != i && !entry.key.is_empty()) {
                let line = problems.line_of(self.entries[first].at);
                let message =
                    format!("the key is also that of the entry in line {line}; both were read: change one of them");
                problems.add(entry.at, Some(entry.key), message);
            }
            self.names.extend(entry.named().map(str::to_owned));
            // Data for other entries is no work of its own.
            if !entry.is_data()
                && let Cow::Owned(fields) = inheritance.fields(i, problems)
            {
                self.inherited.insert(i, fields);
                self.sources[i].is_whole = false;
            }
        }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries that are works, by their index, with their keys; in the order of the file.
    pub fn works(&self) -> impl Iterator<Item = (usize, &'a str)> {
        self.entries.iter().enumerate().filter(|(_, entry)| !entry.is_data()).map(|(i, entry)| (i, entry.key))
    }

    /// What entries of this file refer to outside themselves: the keys that `crossref` and `xdata` name, whether or not they are
    /// there, and the macros defined, as `@name` in lower case.
    pub fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// The macros that entries use, as in [`Entries::names`].
    pub fn used_macros(&self) -> BTreeSet<String> {
        let uses = self.sources.iter().filter(|s| !s.is_whole);
        let blocks = uses.flat_map(|s| syntax::split(&self.text[s.span.clone()]).into_iter().map(move |b| (s, b)));
        let mut found = BTreeSet::new();
        for (source, block) in blocks {
            if let BlockKind::Entry(entry) = block.kind {
                let pieces = entry.fields.iter().flat_map(|f| f.pieces()).filter(|p| p.kind == PieceKind::Macro);
                found.extend(pieces.map(|p| macro_name(&self.text[source.span.clone()][p.span.clone()])));
            }
        }
        found
    }

    /// What an entry comes from: its source and, where macros or other entries add to it, what they add.
    pub fn fingerprint(&self, index: usize) -> Fingerprint {
        let source = &self.sources[index];
        let mut hasher = Sha256::new();
        hasher.update(&self.text[source.span.clone()]);
        if !source.is_whole {
            for field in self.fields(index) {
                for part in [&field.name, &field.value] {
                    hasher.update((part.len() as u64).to_le_bytes());
                    hasher.update(part.as_bytes());
                }
            }
        }
        let digest = hasher.finalize();
        Fingerprint(digest[..16].try_into().expect("a digest has 32 bytes"))
    }

    fn fields(&self, index: usize) -> &[FieldValue<'a>] {
        self.inherited.get(&index).unwrap_or(&self.entries[index].fields)
    }

    /// Interprets entries, by their index, and takes what `make` makes of each (given its place in `wanted`), in order. Many are
    /// interpreted on all cores: it is most of the work, and entries do not touch each other. Only a few are held at a
    /// time.
    ///
    /// Returns what was not understood.
    pub fn interpret<T: Send>(
        &self,
        wanted: &[usize],
        make: impl Fn(usize, Work) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> Vec<Problem> {
        let one = |place: usize, problems: &mut Problems| {
            let index = wanted[place];
            make(place, interpret::work(&self.entries[index], self.fields(index), problems))
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.min(wanted.len() / ENTRIES_A_THREAD);
        if threads < 2 {
            let mut problems = Problems::new(self.text);
            (0..wanted.len()).for_each(|place| take(one(place, &mut problems)));
            return problems.into_list();
        }
        let starts = || (0..wanted.len()).step_by(ENTRIES_AT_ONCE);
        std::thread::scope(|scope| {
            let one = &one;
            let workers: Vec<_> = (0..threads)
                .map(|worker| {
                    // Threads take turns, so what they hand on is in order without being kept.
                    let (send, receive) = sync_channel(2);
                    let thread = scope.spawn(move || {
                        let mut problems = Problems::new(self.text);
                        for start in starts().skip(worker).step_by(threads) {
                            let end = wanted.len().min(start + ENTRIES_AT_ONCE);
                            let part: Vec<T> = (start..end).map(|place| one(place, &mut problems)).collect();
                            if send.send(part).is_err() {
                                break;
                            }
                        }
                        problems.into_list()
                    });
                    (receive, thread)
                })
                .collect();
            for turn in 0..starts().count() {
                // A thread that ended early panicked, which joining it says.
                let Ok(part) = workers[turn % threads].0.recv() else { break };
                part.into_iter().for_each(&mut take);
            }
            let ended = workers.into_iter().map(|(receive, thread)| {
                drop(receive);
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            ended.flatten().collect()
        })
    }

    /// What was wrong in putting the entries together.
    pub(super) fn into_problems(self) -> Problems<'a> {
        self.problems
    }
}

fn macro_name(name: &str) -> String {
    format!("@{}", name.to_ascii_lowercase())
}

/// Says so when text between the blocks seems to be part of an entry.
fn left_over(text: &str, block: &Block, after_entry: bool, problems: &mut Problems) {
    let between = &text[block.span.clone()];
    if between.trim().is_empty() {
        return;
    }
    let count = |brace| between.bytes().filter(|b| *b == brace).count();
    let spilled = after_entry && (between.trim_start().starts_with(',') || count(b'}') > count(b'{'));
    if spilled {
        let message = "what follows the entry seems to be more of it and was not read: look for a “}” too many or a “{” too few before it";
        problems.add(block.span.start, None, message);
        return;
    }
    let mut at = block.span.start;
    for line in between.split_inclusive('\n') {
        if is_field(line) {
            let message = "this seems to be a field, but no entry is open and it was not read: look for a missing “@” or “{” before it, or put “@comment{…}” around it";
            problems.add(at, None, message);
            return;
        }
        at += line.len();
    }
}

/// Whether a line reads `name = {…` or `name = "…`.
fn is_field(line: &str) -> bool {
    line.split_once('=').is_some_and(|(name, value)| {
        let name = name.trim();
        let word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        word && value.trim_start().starts_with(['{', '"'])
    })
}

fn raw_entry<'a>(
    text: &'a str,
    block: &Block,
    entry: &EntrySource,
    macros: &mut Macros<'a>,
    problems: &mut Problems,
) -> RawEntry<'a> {
    let key = &text[entry.key.clone()];
    for mistake in &entry.mistakes {
        problems.add(mistake.at, Some(key), mistake.kind.to_string());
    }
    let mut fields: Vec<FieldValue<'a>> = Vec::with_capacity(entry.fields.len());
    let mut seen = std::collections::HashMap::new();
    for field in &entry.fields {
        let name = &text[field.name.clone()];
        let name = if name.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let value = macros.value(field, Some(key), problems);
        // Few fields are quicker looked through than hashed.
        let first = if fields.len() < 32 {
            fields.iter().position(|f| f.name == name)
        } else {
            if seen.is_empty() {
                seen.extend(fields.iter().enumerate().map(|(i, f)| (f.name.clone(), i)));
            }
            seen.get(&name).copied()
        };
        match first {
            None => {
                if !seen.is_empty() {
                    seen.insert(name.clone(), fields.len());
                }
                fields.push(FieldValue { name, value, at: field.name.start });
            }
            Some(first) if fields[first].value == value => {}
            Some(_) => {
                let message = format!("the field {name} is there twice, the first one counts: take one out");
                problems.add(field.name.start, Some(key), message);
            }
        }
    }
    let entry_type = text[entry.entry_type.clone()].to_ascii_lowercase();
    RawEntry { entry_type, key, fields, at: block.span.start }
}

/// The key of an entry that could not be read, as far as it has one.
fn key_of_broken<'a>(text: &'a str, block: &Block) -> Option<&'a str> {
    let body = text[block.span.clone()].split_once('{')?.1;
    let end = body.bytes().take(200).position(|b| matches!(b, b',' | b'{' | b'}' | b'=' | b'\n'))?;
    (body.as_bytes()[end] == b',').then(|| body[..end].trim())
}
