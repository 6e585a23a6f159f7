//! CSL-JSON: the data that citation processors take. An array of items, one item, or one item a line.

mod date;
mod name;
mod read;
mod write;

use serde_json::Value;

use super::{Library, Spec, json};
use crate::work::{Date, Work};

/// The property of CSL-JSON for what is nobody else's business.
const CUSTOM: &str = "custom";

pub(super) static SPEC: Spec = Spec {
    name: "csl-json",
    aliases: &["csl", "json", "citeproc", "csljson"],
    extensions: &["json"],
    sniff: |head| {
        let head = head.trim_start();
        let array = head.strip_prefix('[').map(str::trim_start).unwrap_or_default();
        head.starts_with('{') && head.contains("\":") || array.starts_with('{') || array.starts_with(']')
    },
    read: read::read,
    write: Some(write::write),
};

/// The same items, one a line: nothing that is around them has to be right.
pub(super) static LINES_SPEC: Spec = Spec {
    name: "jsonl",
    aliases: &["ndjson", "json-lines"],
    extensions: &["jsonl", "ndjson"],
    // What one looks like is what an item looks like.
    sniff: |_| false,
    read: |source| if source.text().trim().is_empty() { Ok(Library::default()) } else { read::read(source) },
    write: Some(|works| works.iter().map(|work| format!("{}\n", Value::Object(write::item(work)))).collect()),
};

/// The works of items, for formats that hold the same data in another notation.
pub(super) fn library(items: Vec<Value>) -> Library {
    let mut library = Library::default();
    json::add_all(items, &mut read::work, &mut library);
    library
}

/// The items of works.
pub(super) fn items(works: &[Work]) -> Vec<Value> {
    works.iter().map(|work| Value::Object(write::item(work))).collect()
}

/// A date variable.
pub(super) fn date(value: &Value) -> Option<Date> {
    date::read(value)
}
