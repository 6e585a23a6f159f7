//! Getting at the values of a tree.

use serde_json::Value;

/// The text of a scalar.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// The text under a name, empty when there is none.
pub(super) fn text_at(value: &Value, name: &str) -> String {
    value.get(name).and_then(text).unwrap_or_default()
}

/// The values of a list; a single one is a list of one.
pub(super) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    }
}
