//! CSL-JSON → [`Work`]s.

use serde_json::{Map, Value};

use super::{CUSTOM, SPEC, date, name, write};
use crate::bibliography::{Library, Lines, Problem, ReadError, Source};
use crate::work::{DateField, Field, Role, Work, WorkKind};

/// Reads a file: an array of items, one item, or one item a line.
pub(super) fn read(source: &Source) -> Result<Library, ReadError> {
    let text = source.text();
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(items)) => read_items(items, &mut library),
        Ok(Value::Object(mut object)) => match object.remove("items") {
            // Exports of whole libraries wrap the array.
            Some(Value::Array(items)) if !object.contains_key("type") => read_items(items, &mut library),
            Some(other) => {
                object.insert("items".to_owned(), other);
                read_items(vec![Value::Object(object)], &mut library);
            }
            None => read_items(vec![Value::Object(object)], &mut library),
        },
        Ok(_) => return Err(not_csl(1, 1, "an array of items or an item was expected".to_owned())),
        Err(error) => {
            let lines = text.trim_start().starts_with('{') && text.trim_end().contains('\n');
            if !lines || !read_lines(text, &mut library) {
                return Err(not_csl(error.line(), error.column(), error.to_string()));
            }
        }
    }
    Ok(library)
}

fn not_csl(line: usize, column: usize, reason: String) -> ReadError {
    ReadError::NotOfFormat { format: SPEC.name, line, column, reason }
}

pub(super) fn read_items(items: Vec<Value>, library: &mut Library) {
    for (i, item) in items.into_iter().enumerate() {
        match item {
            Value::Object(item) => library.works.push(work(item)),
            other => library.problems.push(Problem {
                message: format!(
                    "item {} is not an object ({}) and was left out: an item is {{…}}",
                    i + 1,
                    kind_of(&other)
                ),
                line: 1,
                column: 1,
                key: None,
            }),
        }
    }
}

/// Reads one item a line; `false` when no line is one.
fn read_lines(text: &str, library: &mut Library) -> bool {
    let mut lines = Lines::new(text);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let problem = match serde_json::from_str::<Value>(trimmed) {
            _ if trimmed.is_empty() => None,
            Ok(Value::Object(item)) => {
                library.works.push(work(item));
                None
            }
            Ok(other) => Some(format!("the line is not an item ({}) and was left out", kind_of(&other))),
            Err(error) => Some(format!("the line is not JSON and was left out: {error}")),
        };
        if let Some(message) = problem {
            let (line, column) = lines.at(at);
            library.problems.push(Problem { message, line, column, key: None });
        }
        at += line.len();
    }
    !library.works.is_empty()
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

/// Text of a string or number.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// Names that older programs give to variables.
fn legacy(name: &str) -> Option<Field> {
    match name {
        "journalAbbreviation" => Some(Field::ContainerTitleShort),
        "shortTitle" => Some(Field::TitleShort),
        "event" => Some(Field::EventTitle),
        _ => None,
    }
}

/// Interprets one item. What is not understood is kept in `custom` as it was.
fn work(item: Map<String, Value>) -> Work {
    let mut work = Work::default();
    let mut later = Vec::new();
    for (name, value) in item {
        if name == CUSTOM
            && let Value::Object(hidden) = &value
            && !hidden.is_empty()
            && hidden.iter().all(|(name, value)| is_variable(name, value))
        {
            work.custom.extend(hidden.iter().map(|(name, value)| (name.clone(), write::custom_text(value))));
        } else if !known(&mut work, &name, &value) {
            later.push((name, value));
        }
    }
    // The present name of a variable goes before its older one.
    for (name, value) in later {
        let field = legacy(&name).filter(|f| work.get(*f).is_none());
        match field.zip(text_of(&value)) {
            Some((field, text)) if !text.is_empty() => work.set(field, text),
            _ => {
                work.custom.insert(name, write::custom_text(&value));
            }
        }
    }
    work
}

/// Whether a value under a name is read as a variable.
pub(super) fn is_variable(name: &str, value: &Value) -> bool {
    legacy(name).is_some() || known(&mut Work::default(), name, value)
}

/// Records a value under a name of CSL-JSON; `false` when the name is not known or the value is not of its kind.
fn known(work: &mut Work, name: &str, value: &Value) -> bool {
    match name {
        "id" => text_of(value).map(|key| work.key = key).is_some(),
        "type" => value.as_str().and_then(WorkKind::from_csl).map(|kind| work.kind = kind).is_some(),
        _ => {
            if let Some(field) = Field::from_csl(name) {
                text(value).filter(|text| !text.is_empty()).map(|text| work.set(field, text)).is_some()
            } else if let Some(field) = DateField::from_csl(name) {
                date::read(value).map(|date| work.dates.insert(field, date)).is_some()
            } else if let Some(role) = Role::from_csl(name) {
                name::read(value).map(|list| work.contributors.insert(role, list)).is_some()
            } else {
                false
            }
        }
    }
}

/// The text of a variable. Crossref puts titles and serial numbers in arrays.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) if !values.is_empty() => {
            let texts: Option<Vec<String>> = values.iter().map(text_of).collect();
            texts.map(|texts| texts.join(", "))
        }
        value => text_of(value),
    }
}
