//! Answers of services that know works, as JSON: one module a service. They are only read.

pub(super) mod crossref;
pub(super) mod datacite;
pub(super) mod europe_pmc;
pub(super) mod openalex;

use serde_json::Value;

/// The text of a value, of a list that of its first one.
fn first(value: &Value) -> String {
    all(value).into_iter().next().unwrap_or_default()
}

fn all(value: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(crate::text::collapse_spaces(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match value {
        Value::Array(values) => values.iter().filter_map(text).collect(),
        value => text(value).into_iter().collect(),
    }
}

/// Publishers send the markup of JATS and HTML; what the markup of titles has no word for goes.
fn markup(text: &str) -> String {
    let mut out = text.to_owned();
    for (from, to) in [
        ("jats:", ""),
        ("<italic>", "<i>"),
        ("</italic>", "</i>"),
        ("<em>", "<i>"),
        ("</em>", "</i>"),
        ("<bold>", "<b>"),
        ("</bold>", "</b>"),
    ] {
        out = out.replace(from, to);
    }
    out
}

fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.split_once('>').filter(|_| is_tag) {
            Some((tag, after)) => {
                if tag.ends_with("title") || tag.ends_with(":p") || tag == "p" {
                    out.push(' ');
                }
                rest = after;
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    crate::text::collapse_spaces(&out)
}

/// A text under a path of names, empty when there is none.
fn text_at(value: &Value, path: &[&str]) -> String {
    path.iter().try_fold(value, |value, name| value.get(*name)).map(first).unwrap_or_default()
}

/// The values of a list under a name; a single value is a list of one.
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    match value.get(name) {
        Some(Value::Array(values)) => values,
        None | Some(Value::Null) => &[],
        Some(value) => std::slice::from_ref(value),
    }
}
