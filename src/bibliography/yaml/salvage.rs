//! The whole entries of a file that is no YAML somewhere: each is read by itself, from the line that begins it to the next
//! such line.

use serde_json::Value;

use super::parse;
use crate::bibliography::{Problem, ReadError, Source};

/// Reads a file, and of a damaged one the entries that are whole. `begins` tells whether a line begins an entry.
///
/// # Errors
/// When the file is not YAML and no entry of it is.
pub(super) fn read(
    source: &Source,
    format: &'static str,
    begins: impl Fn(&str) -> bool,
) -> Result<(Value, Vec<Problem>), ReadError> {
    let mut problems: Vec<Problem> = source.problem().into_iter().collect();
    let error = match parse(source, format) {
        Ok(value) => return Ok((value, problems)),
        Err(error) => error,
    };
    let mut whole: Option<Value> = None;
    for (first_line, entry) in entries(source.text(), begins) {
        match (parse(&Source::decode(entry.as_bytes()), format), &mut whole) {
            (Ok(Value::Array(items)), Some(Value::Array(list))) => list.extend(items),
            (Ok(Value::Object(entries)), Some(Value::Object(map))) => {
                entries.into_iter().for_each(|(key, entry)| {
                    map.entry(key).or_insert(entry);
                });
            }
            (Ok(value @ (Value::Array(_) | Value::Object(_))), whole @ None) => *whole = Some(value),
            (Err(ReadError::NotOfFormat { line, column, reason, .. }), _) => problems.push(Problem {
                message: format!(
                    "the entry that begins in line {first_line} is no YAML here and was left out: {reason}; repair it"
                ),
                line: first_line + line - 1,
                column,
                key: None,
            }),
            _ => problems.push(Problem {
                message: "this is no entry and was left out".to_owned(),
                line: first_line,
                column: 1,
                key: None,
            }),
        }
    }
    match whole {
        Some(value) => Ok((value, problems)),
        None => Err(error),
    }
}

/// The entries of a text with the lines they begin in.
fn entries(text: &str, begins: impl Fn(&str) -> bool) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut at = 0;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        if begins(line) {
            starts.push((i + 1, at));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(_, at)| *at).chain([text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|((line, start), end)| (line, &text[start..end])).collect()
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read};

    #[test]
    fn a_damaged_entry_costs_itself() {
        let csl = "---\nreferences:\n  - id: a\n    type: book\n  - id: b\n    title: \"T\n    type: [book\n  - id: c\n    title: A - b\n  - id: d\n...\n";
        let hayagriva = "a:\n  type: book\nb:\n  title: \"T\n  type: {book\nc:\n  type: book\nd:\n  type: web\n";
        for (text, format, line) in [(csl, "csl-yaml", 5), (hayagriva, "hayagriva", 3)] {
            let library = read(text.as_bytes(), Format::from_name(format)).unwrap();
            let keys: Vec<&str> = library.works.iter().map(|w| w.key.as_str()).collect();
            assert_eq!(keys, ["a", "c", "d"], "{format}: {:?}", library.problems);
            let said = &library.problems[0];
            assert!(
                said.message.starts_with(&format!("the entry that begins in line {line} is no YAML here")),
                "{said}"
            );
            assert!((line..line + 3).contains(&said.line), "{said}");
            assert!(read(b"a: [", Format::from_name(format)).is_err());
        }
    }
}
