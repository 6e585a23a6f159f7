//! Edits of `.bib` source text that touch nothing but what they are asked to.

use thiserror::Error;

use super::syntax::{Block, BlockKind, split};
use super::write::entry_text;
use crate::bibliography::{Encoding, Lines, Source};
use crate::work::Work;

/// Why a file was not edited.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    #[error("the file is not UTF-8 and cannot be edited without changing it: save it as UTF-8 first")]
    NotUtf8,
    #[error("line {line}, column {column}: {reason}; repair it first, or what is added becomes part of that entry")]
    UnclosedEnd { line: usize, column: usize, reason: String },
    #[error("no entry has the key “{0}”")]
    NoSuchKey(String),
    #[error("{count} entries have the key “{key}”: give them different keys first")]
    SameKey { key: String, count: usize },
}

/// The text of a file that may be edited.
///
/// # Errors
/// When the bytes are not UTF-8: writing the rest of the file back would change it.
pub fn editable(bytes: &[u8]) -> Result<&str, EditError> {
    let source = Source::decode(bytes);
    match (source.encoding(), std::str::from_utf8(bytes)) {
        (Encoding::Utf8, Ok(text)) => Ok(text),
        _ => Err(EditError::NotUtf8),
    }
}

/// The keys of all entries, also of those whose fields cannot be read; in the order of the file.
pub fn keys(source: &str) -> Vec<&str> {
    let key = |block: &Block| match &block.kind {
        BlockKind::Entry(entry) => Some(&source[entry.key.clone()]),
        _ => None,
    };
    split(source).iter().filter_map(key).collect()
}

/// Adds entries at the end, each after one blank line, with the line ends of the file. No byte before them changes.
///
/// # Errors
/// When the file ends inside an entry that is not closed.
pub fn append(source: &str, works: &[Work]) -> Result<String, EditError> {
    if let Some(Block { span, kind: BlockKind::Broken(error) }) = split(source).last()
        && span.end == source.len()
    {
        let (line, column) = Lines::new(source).at(error.at);
        return Err(EditError::UnclosedEnd { line, column, reason: error.kind.to_string() });
    }
    let feed = if first_line_ends_with_crlf(source) { "\r\n" } else { "\n" };
    let mut out = source.to_owned();
    for work in works {
        let begun = !out.trim_start_matches('\u{feff}').is_empty();
        if begun && !out.ends_with('\n') {
            out.push_str(feed);
        }
        if begun && !(out.ends_with("\n\n") || out.ends_with("\n\r\n")) {
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
    let blocks = split(source);
    let mut found = blocks.iter().filter(|b| matches!(&b.kind, BlockKind::Entry(e) if &source[e.key.clone()] == key));
    let Some(block) = found.next() else { return Err(EditError::NoSuchKey(key.to_owned())) };
    let others = found.count();
    if others > 0 {
        return Err(EditError::SameKey { key: key.to_owned(), count: others + 1 });
    }
    let before = &source[..block.span.start];
    let mut after = &source[block.span.end..];
    // The rest of the entry's last line, and one blank line, go when nothing else stands on them.
    let alone = before.is_empty() || before.ends_with('\n') || before == "\u{feff}";
    for _ in 0..2 {
        let Some((line, rest)) = after.split_once('\n') else { break };
        if !alone || !line.trim().is_empty() {
            break;
        }
        after = rest;
    }
    Ok([before, after].concat())
}

fn first_line_ends_with_crlf(source: &str) -> bool {
    source.find('\n').is_some_and(|feed| source[..feed].ends_with('\r'))
}

#[cfg(test)]
mod tests {
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
