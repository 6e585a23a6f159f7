//! The whole items of an array that is damaged.
//!
//! Where an item ends cannot be told once its brackets or quotation marks are wrong. The next one is known by its
//! beginning: programs write the items of a file alike, so it has the first name, and on its own line the indentation, of
//! an item that was read.

use serde_json::{Map, Value};

use super::add;
use crate::bibliography::{Library, Lines, Problem};
use crate::work::Work;

/// So often is the text read again, at most, to find what is whole behind what is damaged.
const MOST_READ_AGAIN: usize = 8;

/// Where the items of an object with a list of them begin ("items": […]).
pub(super) fn items_of_object(text: &str) -> Option<usize> {
    let name = text.find("\"items\"")?;
    let rest = text[name + 7..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
    Some(text.len() - rest.len())
}

/// Reads the items that are whole from a place inside the array, and says where others are not.
pub(super) fn read(
    text: &str,
    begin: usize,
    records: fn(Value) -> Vec<Value>,
    work: &mut impl FnMut(Map<String, Value>) -> Work,
    library: &mut Library,
) {
    let mut lines = Lines::new(text);
    let mut at = begin;
    let mut number = 0;
    let mut beginning: Option<Beginning> = None;
    let mut read_again = 0;
    loop {
        let rest = text[at..].trim_start_matches([',', ' ', '\t', '\r', '\n']);
        at = text.len() - rest.len();
        if rest.starts_with(']') {
            return;
        }
        if rest.is_empty() {
            let message = "the file ends inside the array: items may be missing; get it again, or put “]” at its end";
            return say(library, lines.at(at), message.to_owned());
        }
        number += 1;
        beginning = beginning.or_else(|| Beginning::at(text, at));
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let error = match values.next() {
            Some(Ok(item)) => {
                for record in records(Value::Array(vec![item])) {
                    add(record, &format!("item {number} is"), lines.at(at), work, library);
                }
                at += values.byte_offset();
                continue;
            }
            Some(Err(error)) => error,
            None => return,
        };
        let failed = at + place(rest, error.line(), error.column());
        let next = beginning.as_ref().and_then(|beginning| beginning.next(text, at + 1));
        let reason = error.to_string();
        // The place that it names is counted from the item.
        let reason = reason.split(" at line ").next().unwrap_or(&reason);
        let (line, _) = lines.at(at);
        let message = format!(
            "item {number}, which begins in line {line}, is damaged here and was left out: {reason}; repair it"
        );
        say(library, lines.at(failed), message);
        let Some(next) = next else { return };
        read_again += failed.saturating_sub(next);
        if read_again > MOST_READ_AGAIN * text.len() {
            return say(library, lines.at(next), "there is too much damage: the rest was not read".to_owned());
        }
        at = next;
    }
}

fn say(library: &mut Library, (line, column): (usize, usize), message: String) {
    library.problems.push(Problem { message, line, column, key: None });
}

/// The byte offset of a line and a column, both counted from 1, the column in bytes.
fn place(text: &str, line: usize, column: usize) -> usize {
    let begin: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (begin + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// How the items of a file begin.
struct Beginning {
    /// The first name, with its quotation marks.
    name: String,
    /// The blanks before an item, where it has a line of its own.
    indentation: Option<String>,
}

impl Beginning {
    fn at(text: &str, at: usize) -> Option<Self> {
        let name = first_name(text, at)?.to_owned();
        let line = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
        let before = &text[line..at];
        let indentation = (line > 0 && before.trim().is_empty()).then(|| before.to_owned());
        Some(Self { name, indentation })
    }

    /// Where the next item begins.
    fn next(&self, text: &str, from: usize) -> Option<usize> {
        let from = (from..=text.len()).find(|at| text.is_char_boundary(*at))?;
        text[from..].match_indices('{').map(|(at, _)| from + at).find(|at| {
            let before = text[..*at].trim_end_matches([' ', '\t', '\r', '\n']);
            let line = text[..*at].rfind('\n').map_or(0, |feed| feed + 1);
            let fits = match &self.indentation {
                Some(indentation) => text[line..*at] == **indentation,
                None => before.ends_with([',', '}', ']']),
            };
            fits && first_name(text, *at) == Some(&self.name)
        })
    }
}

/// The first name of an object, with its quotation marks.
fn first_name(text: &str, at: usize) -> Option<&str> {
    let rest = text[at..].strip_prefix('{')?.trim_start();
    let end = rest.strip_prefix('"')?.find(['"', '\n'])? + 2;
    rest.get(..end).filter(|name| name.ends_with('"'))
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, Library, read};

    fn library(text: &str) -> Library {
        read(text.as_bytes(), Some(Format::CSL_JSON)).unwrap()
    }

    fn keys(library: &Library) -> String {
        library.works.iter().map(|w| w.key.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_damaged_item_costs_itself() {
        let item = |key: &str| {
            format!(
                r#"{{"id": "{key}", "type": "book", "author": [{{"family": "Holm", "given": "Ada"}}], "title": "T"}}"#
            )
        };
        let damages: &[(&str, &str)] = &[
            ("}]", "]"),
            ("\"T\"}", "\"T\""),
            ("\"book\",", "\"book\""),
            ("\"T\"", "\"T"),
            ("\"T\"", "T"),
            ("}]", "}"),
            ("[{", "{{"),
            ("\"author\":", "\"author\""),
        ];
        for layout in [",\n  ", ", "] {
            for (from, to) in damages {
                let damaged = item("b").replacen(from, to, 1);
                let items = [item("a"), damaged, item("c"), item("d")].join(layout);
                let text = format!("[{}{items}]", &layout[1..]);
                let library = library(&text);
                assert_eq!(keys(&library), "a c d", "{text}");
                assert_eq!(library.problems.len(), 1, "{text}: {:?}", library.problems);
                assert!(
                    library.problems[0].message.starts_with("item 2, which begins in line "),
                    "{:?}",
                    library.problems
                );
                let line = if layout.contains('\n') { 3 } else { 1 };
                assert!((line..=line + 1).contains(&library.problems[0].line), "{text}: {:?}", library.problems);
            }
        }
    }

    #[test]
    fn files_that_are_cut_off() {
        let library = library("[{\"id\": \"a\", \"type\": \"book\"},\n{\"id\": \"b\", \"ty");
        assert_eq!(keys(&library), "a");
        assert!(
            library.problems[0].to_string().starts_with("2:15: item 2, which begins in line 2, is damaged here"),
            "{:?}",
            library.problems
        );
        assert_eq!(keys(&self::library("[{\"id\": \"a\"},")), "a");
        assert_eq!(keys(&self::library("{\"items\": [{\"id\": \"a\"}, {\"id\": }]}")), "a");
        assert!(read(b"[{\"id\": ", Some(Format::CSL_JSON)).is_err());
    }

    #[test]
    fn much_damage_is_read_in_linear_time() {
        let text = format!("[{}", "{\"id\":[".repeat(100_000));
        assert!(read(text.as_bytes(), Some(Format::CSL_JSON)).is_err());
        let text = format!("[{}{{\"id\": \"z\"}}]", "{\"id\": x},".repeat(50_000));
        assert_eq!(keys(&library(&text)), "z");
    }
}
