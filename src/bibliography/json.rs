//! The objects of a JSON file, for the formats that are records in JSON.

mod salvage;

use std::fmt;

use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{Library, Lines, Problem, ReadError, Source};
use crate::work::Work;

/// Reads a file of records: one JSON value in which `records` finds them, or such a value on each line. What is no
/// object is left out and said; of an array that is damaged every item that is whole is read.
///
/// # Errors
/// When the file is not JSON and no item or line of it is.
pub(super) fn read(
    source: &Source,
    format: &'static str,
    records: fn(Value) -> Vec<Value>,
    mut work: impl FnMut(Map<String, Value>) -> Work,
) -> Result<Library, ReadError> {
    let text = source.text();
    let refused = |error: serde_json::Error| ReadError::NotOfFormat {
        format,
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    };
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    if text.trim_start().starts_with('[') {
        let mut number = 0;
        let mut item = |item| {
            number += 1;
            for record in records(Value::Array(vec![item])) {
                add(record, &format!("item {number} is"), (1, 1), &mut work, &mut library);
            }
        };
        let mut file = serde_json::Deserializer::from_str(text);
        let Err(error) = file.deserialize_seq(Items(&mut item)).and_then(|()| file.end()) else { return Ok(library) };
        // Items before the damage are read once more, since where they end was not kept.
        library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
        let begin = text.find('[').unwrap_or_default() + 1;
        salvage::read(text, begin, records, &mut work, &mut library);
        return if library.works.is_empty() { Err(refused(error)) } else { Ok(library) };
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Array(_) | Value::Object(_))) => add_all(records(value), &mut work, &mut library),
        Ok(_) => {
            let reason = "an array of items or an item was expected".to_owned();
            return Err(ReadError::NotOfFormat { format, line: 1, column: 1, reason });
        }
        Err(error) => {
            let is_object = text.trim_start().starts_with('{');
            let lines = is_object && text.trim_end().contains('\n');
            if lines && read_lines(text, records, &mut work, &mut library) {
                return Ok(library);
            }
            if let Some(begin) = salvage::items_of_object(text).filter(|_| is_object) {
                library.problems = source.problem().into_iter().collect();
                salvage::read(text, begin, records, &mut work, &mut library);
            }
            if library.works.is_empty() {
                return Err(refused(error));
            }
        }
    }
    Ok(library)
}

/// The items of an array, each handed on as soon as it is read: the tree of a large file takes ten times its room.
struct Items<'f>(&'f mut dyn FnMut(Value));

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            (self.0)(item);
        }
        Ok(())
    }
}

/// The works of records that stand in a list.
pub(super) fn add_all(records: Vec<Value>, work: &mut impl FnMut(Map<String, Value>) -> Work, library: &mut Library) {
    for (i, record) in records.into_iter().enumerate() {
        add(record, &format!("item {} is", i + 1), (1, 1), work, library);
    }
}

/// Reads one value a line; `false` when no line has a record.
fn read_lines(
    text: &str,
    records: fn(Value) -> Vec<Value>,
    work: &mut impl FnMut(Map<String, Value>) -> Work,
    library: &mut Library,
) -> bool {
    let mut lines = Lines::new(text);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        match serde_json::from_str::<Value>(trimmed) {
            _ if trimmed.is_empty() => {}
            Ok(value) => {
                for record in records(value) {
                    add(record, "the line is", lines.at(at), work, library);
                }
            }
            Err(error) => {
                let (line, column) = lines.at(at);
                let message = format!("the line is not JSON and was left out: {error}");
                library.problems.push(Problem { message, line, column, key: None });
            }
        }
        at += line.len();
    }
    !library.works.is_empty()
}

fn add(
    record: Value,
    subject: &str,
    (line, column): (usize, usize),
    work: &mut impl FnMut(Map<String, Value>) -> Work,
    library: &mut Library,
) {
    match record {
        Value::Object(record) => library.works.push(work(record)),
        other => {
            let message = format!("{subject} not an object ({}) and was left out: an item is {{…}}", kind_of(&other));
            library.problems.push(Problem { message, line, column, key: None });
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
