//! CSL-JSON: the data that citation processors take. An array of items, one item, or one item a line.

mod date;
mod name;
mod read;
mod write;

use super::Spec;

/// The property of CSL-JSON for what is nobody else's business.
const CUSTOM: &str = "custom";

pub(super) static SPEC: Spec = Spec {
    name: "csl-json",
    aliases: &["csl", "json", "citeproc", "csljson"],
    extensions: &["json", "jsonl", "ndjson"],
    sniff: |head| {
        let head = head.trim_start();
        let array = head.strip_prefix('[').map(str::trim_start).unwrap_or_default();
        head.starts_with('{') && head.contains("\":") || array.starts_with('{') || array.starts_with(']')
    },
    read: read::read,
    write: Some(write::write),
};
