//! Edits of a whole file: entries added, taken out, replaced, given other keys.

use std::collections::HashMap;

use super::entry::EntryText;
use super::{EditError, Splice, apply};
use crate::bibliography::Lines;
use crate::bibliography::bibtex::syntax::{Block, BlockKind, Bytes, EntrySource, PieceKind, blocks, split};
use crate::bibliography::bibtex::write::entry_text;
use crate::work::Work;

/// A file's text with its entries.
#[derive(Debug)]
pub struct BibText<'s> {
    source: &'s str,
    blocks: Vec<Block>,
}

impl<'s> BibText<'s> {
    pub fn new(source: &'s str) -> Self {
        Self { source, blocks: split(source) }
    }

    pub fn source(&self) -> &'s str {
        self.source
    }

    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The entries that could be read, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = (&Block, &EntrySource)> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Entry(entry) => Some((block, entry)),
            _ => None,
        })
    }

    /// The keys of the entries.
    pub fn keys(&self) -> impl Iterator<Item = &'s str> {
        self.entries().map(|(_, entry)| &self.source[entry.key.clone()])
    }

    /// The entry with a key.
    ///
    /// # Errors
    /// When no entry has the key, or more than one.
    pub fn find(&self, key: &str) -> Result<&Block, EditError> {
        only(key, self.blocks.iter().filter(|block| has_key(self.source, block, key)))
    }

    /// The entry with a key as text that can be edited.
    ///
    /// # Errors
    /// As for [`BibText::find`].
    pub fn entry(&self, key: &str) -> Result<(Bytes, EntryText), EditError> {
        let block = self.find(key)?;
        Ok((block.span.clone(), self.editable(block)?))
    }

    /// The text of a block that is an entry.
    ///
    /// # Errors
    /// When it is none.
    pub fn editable(&self, block: &Block) -> Result<EntryText, EditError> {
        editable_entry(self.source, block)
    }
}

/// The entry with a key as text that can be edited, and where it stands, of a file of which nothing else is wanted.
///
/// # Errors
/// As for [`BibText::entry`].
pub fn find_entry(source: &str, key: &str) -> Result<(Bytes, EntryText), EditError> {
    let block = find_block(source, key)?;
    let text = editable_entry(source, &block)?;
    Ok((block.span, text))
}

/// The block of the entry with a key, of a file of which nothing else is wanted.
///
/// # Errors
/// As for [`BibText::find`].
pub fn find_block(source: &str, key: &str) -> Result<Block, EditError> {
    only(key, blocks(source).filter(|block| has_key(source, block, key)))
}

fn has_key(source: &str, block: &Block, key: &str) -> bool {
    matches!(&block.kind, BlockKind::Entry(entry) if &source[entry.key.clone()] == key)
}

/// The only one of those that have a key.
fn only<B>(key: &str, mut found: impl Iterator<Item = B>) -> Result<B, EditError> {
    let Some(block) = found.next() else { return Err(EditError::NoSuchKey(key.to_owned())) };
    match found.count() {
        0 => Ok(block),
        others => Err(EditError::SameKey { key: key.to_owned(), count: others + 1 }),
    }
}

fn editable_entry(source: &str, block: &Block) -> Result<EntryText, EditError> {
    let mut entry = EntryText::parse(&source[block.span.clone()])?;
    if first_line_ends_with_crlf(source) {
        entry.use_crlf();
    }
    Ok(entry)
}

/// Adds entries at the end. No byte before them changes.
///
/// # Errors
/// As for [`appended`].
pub fn append(source: &str, works: &[Work]) -> Result<String, EditError> {
    Ok(source.to_owned() + &appended(&BibText::new(source), works)?)
}

/// What is to be added at the end of a file for new entries: each after one blank line, with the line ends of the file.
///
/// # Errors
/// When the file ends inside an entry that is not closed.
pub fn appended(file: &BibText<'_>, works: &[Work]) -> Result<String, EditError> {
    let source = file.source;
    if let Some(Block { span, kind: BlockKind::Broken(error) }) = file.blocks.last()
        && span.end == source.len()
    {
        let (line, column) = Lines::new(source).at(error.at);
        return Err(EditError::UnclosedEnd { line, column, reason: error.kind.to_string() });
    }
    let feed = if first_line_ends_with_crlf(source) { "\r\n" } else { "\n" };
    let mut out = String::new();
    for work in works {
        let begun = !out.is_empty() || !source.trim_start_matches('\u{feff}').is_empty();
        let ends_with = |end: &str, out: &str| match end.strip_suffix(out) {
            // What is added so far is shorter than the end that is asked for.
            Some(rest) => source.ends_with(rest),
            None => out.ends_with(end),
        };
        if begun && !ends_with("\n", &out) {
            out.push_str(feed);
        }
        if begun && !(ends_with("\n\n", &out) || ends_with("\n\r\n", &out)) {
            out.push_str(feed);
        }
        let entry = entry_text(work);
        out.push_str(&if feed == "\n" { entry } else { entry.replace('\n', feed) });
    }
    Ok(out)
}

/// Takes the entry with a key out, with the line it ends on and one blank line after it.
///
/// # Errors
/// When no entry has the key, or more than one.
pub fn remove(source: &str, key: &str) -> Result<String, EditError> {
    let span = removal(source, &find_block(source, key)?.span);
    Ok([&source[..span.start], &source[span.end..]].concat())
}

/// What goes when an entry is taken out.
pub fn removal(source: &str, entry: &Bytes) -> Bytes {
    let before = &source[..entry.start];
    let mut after = &source[entry.end..];
    // The rest of the entry's last line, and one blank line, go when nothing else stands on them.
    let alone = before.is_empty() || before.ends_with('\n') || before == "\u{feff}";
    for _ in 0..2 {
        let Some((line, rest)) = after.split_once('\n') else { break };
        if !alone || !line.trim().is_empty() {
            break;
        }
        after = rest;
    }
    entry.start..source.len() - after.len()
}

fn first_line_ends_with_crlf(source: &str) -> bool {
    source.find('\n').is_some_and(|feed| source[..feed].ends_with('\r'))
}

/// Fields whose values name other entries: `crossref` and `xref` one, the others a list (biblatex manual, 2.2.3).
const NAMING_ONE: [&str; 2] = ["crossref", "xref"];
const NAMING_SOME: [&str; 3] = ["xdata", "related", "entryset"];

/// Where the fields of an entry name other entries.
fn named_keys(source: &str, entry: &EntrySource) -> Vec<Bytes> {
    let mut found = Vec::new();
    for field in &entry.fields {
        let name = source[field.name.clone()].to_ascii_lowercase();
        let is_list = NAMING_SOME.contains(&name.as_str());
        let plain = field.rest.is_empty() && matches!(field.first.kind, PieceKind::Braced | PieceKind::Quoted);
        if !plain || !(is_list || NAMING_ONE.contains(&name.as_str())) {
            continue;
        }
        let value = &source[field.first.span.clone()];
        let mut at = field.first.span.start;
        for part in value.split(|c| is_list && c == ',') {
            let start = at + (part.len() - part.trim_start().len());
            found.push(start..start + part.trim().len());
            at += part.len() + 1;
        }
    }
    found
}

/// Lets fields that name entries follow when those are under other keys.
pub fn rename_references(source: &str, renamed: &std::collections::BTreeMap<String, String>) -> String {
    let file = BibText::new(source);
    let named = file.entries().flat_map(|(_, entry)| named_keys(source, entry));
    let splices = named.filter_map(|span| {
        let with = renamed.get(&source[span.clone()])?.clone();
        Some(Splice { span, with })
    });
    let splices = splices.collect();
    apply(source, splices)
}

/// Whether the key an entry had stays one under which it can be cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldKey {
    /// In the entry's field `ids`, which biblatex reads.
    KeptInIds,
    Forgotten,
}

/// Gives entries other keys; `new_keys` is parallel to [`BibText::entries`], `None` for those that keep theirs. Fields
/// of other entries that name them follow.
///
/// # Errors
/// When a key is none that an entry can have, or an entry cannot be edited.
pub fn rekey(file: &BibText<'_>, new_keys: &[Option<String>], old: OldKey) -> Result<String, EditError> {
    let source = file.source;
    let mut renamed: HashMap<&str, &str> = HashMap::new();
    let mut seen: std::collections::HashSet<&str> = std::collections::HashSet::new();
    for ((_, entry), new) in file.entries().zip(new_keys) {
        let key = &source[entry.key.clone()];
        // Of two entries under one key the first is the one that others name.
        if seen.insert(key)
            && let Some(new) = new
        {
            renamed.insert(key, new);
        }
    }
    // A key that another entry gets cannot stay a second name of this one.
    let given: std::collections::HashSet<&str> = new_keys.iter().flatten().map(String::as_str).collect();
    let mut splices = Vec::new();
    for ((block, entry), new) in file.entries().zip(new_keys) {
        let key = &source[entry.key.clone()];
        let names: Vec<Splice> = named_keys(source, entry)
            .into_iter()
            .filter_map(|span| {
                let with = renamed.get(&source[span.clone()])?;
                Some(Splice { span, with: (*with).to_owned() })
            })
            .collect();
        let new = new.as_deref().filter(|new| *new != key);
        match new {
            Some(new) if old == OldKey::KeptInIds && !key.is_empty() && !given.contains(key) => {
                let shift =
                    |s: Splice| Splice { span: s.span.start - block.span.start..s.span.end - block.span.start, ..s };
                let named = apply(&source[block.span.clone()], names.into_iter().map(shift).collect());
                let mut text = EntryText::parse(&named)?;
                if first_line_ends_with_crlf(source) {
                    text.use_crlf();
                }
                text.rekey(new)?;
                text.add_to_list("ids", key)?;
                splices.push(Splice { span: block.span.clone(), with: text.into_text() });
            }
            Some(new) => {
                let mut text = file.editable(block)?;
                text.rekey(new)?;
                splices.push(Splice { span: entry.key.clone(), with: new.to_owned() });
                splices.extend(names);
            }
            None => splices.extend(names),
        }
    }
    Ok(apply(source, splices))
}
#[cfg(test)]
mod tests {
    use super::super::editable;
    use super::*;
    use crate::work::{Field, WorkKind};

    fn work() -> Work {
        let mut work = Work { key: "new".to_owned(), kind: WorkKind::Book, ..Work::default() };
        work.set(Field::Title, "N");
        work
    }

    #[test]
    fn appended_after_one_blank_line() {
        let entry = "@book{new,\n  title = {N},\n}\n";
        let crlf = entry.replace('\n', "\r\n");
        for (source, between) in [
            ("", ""),
            ("\u{feff}", ""),
            ("% x", "\n\n"),
            ("@book{a}\n", "\n"),
            ("@book{a}\n\n", ""),
            ("@BOOK{a ,x = \"y\" }", "\n\n"),
        ] {
            assert_eq!(append(source, &[work()]).unwrap(), format!("{source}{between}{entry}"));
        }
        assert_eq!(append("@book{a}\r\n", &[work()]).unwrap(), format!("@book{{a}}\r\n\r\n{crlf}"));
        assert_eq!(append("", &[work(), work()]).unwrap(), format!("{entry}\n{entry}"));
    }

    #[test]
    fn not_appended_inside_an_entry() {
        let error = append("% x\n@book{a, title = {T", &[work()]).unwrap_err().to_string();
        assert!(error.starts_with("line 2, column 18: the value is not closed"), "{error}");
        assert!(append("@book{a, title = {T\n@book{b}", &[work()]).is_ok());
    }

    #[test]
    fn removed_with_one_blank_line() {
        for (source, expected) in [
            ("a\n@book{k}\n\n\n@book{l}\n", "a\n\n@book{l}\n"),
            ("@book{k}@book{l}", "@book{l}"),
            ("@book{k}\r\n\r\nx", "x"),
            ("@book{l}\n@book{k} % why\n", "@book{l}\n % why\n"),
            ("@book{k}", ""),
        ] {
            assert_eq!(remove(source, "k").unwrap(), expected, "{source}");
        }
        assert_eq!(remove("@book{k}", "l").unwrap_err(), EditError::NoSuchKey("l".to_owned()));
        assert_eq!(
            remove("@book{k}@book{k}", "k").unwrap_err().to_string(),
            "2 entries have the key “k”: give them different keys first"
        );
    }

    #[test]
    fn only_utf8_is_edited() {
        assert_eq!(editable(b"caf\xe9").unwrap_err(), EditError::NotUtf8);
        assert_eq!(editable("\u{feff}é".as_bytes()).unwrap(), "\u{feff}é");
    }
}
