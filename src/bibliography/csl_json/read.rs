//! CSL-JSON → [`Work`]s.

use serde_json::{Map, Value};

use super::{CUSTOM, SPEC, date, name, write};
use crate::bibliography::{Library, ReadError, Source, json};
use crate::work::{DateField, Field, Role, Work, WorkKind};

/// Reads a file: an array of items, one item, or one item a line.
pub(super) fn read(source: &Source) -> Result<Library, ReadError> {
    json::read(source, SPEC.name, items_of, work)
}

/// The items of a file.
fn items_of(file: Value) -> Vec<Value> {
    match file {
        Value::Array(items) => items,
        // Exports of whole libraries wrap the array.
        Value::Object(mut object)
            if !object.contains_key("type") && object.get("items").is_some_and(Value::is_array) =>
        {
            match object.swap_remove("items") {
                Some(Value::Array(items)) => items,
                _ => Vec::new(),
            }
        }
        item => vec![item],
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
pub(super) fn work(item: Map<String, Value>) -> Work {
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
            Some((field, text)) if !text.is_empty() => {
                // Styles tell `event` and `event-title` apart.
                if field == Field::EventTitle {
                    work.custom.insert(name, write::custom_text(&value));
                }
                work.set(field, text);
            }
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
