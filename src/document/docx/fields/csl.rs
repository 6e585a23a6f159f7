//! The citations of Zotero and Mendeley: JSON around items of CSL-JSON
//! (the schema "csl-citation.json" of the Citation Style Language).

use serde_json::Value;

use super::Cited;
use crate::bibliography::{self, Format};
use crate::work::Work;

/// The works of a citation: what stands from the first brace on, whatever follows its end.
pub(super) fn cited(source: &str) -> Vec<Cited> {
    let Some(start) = source.find('{') else { return Vec::new() };
    let mut values = serde_json::Deserializer::from_str(&source[start..]).into_iter::<Value>();
    let Some(Ok(citation)) = values.next() else { return Vec::new() };
    let items = citation.get("citationItems").and_then(Value::as_array);
    items.into_iter().flatten().filter_map(item).collect()
}

fn item(item: &Value) -> Option<Cited> {
    let data = item.get("itemData").or_else(|| item.get("item"));
    let address = ["uris", "uri"].iter().find_map(|name| item.get(name)?.get(0)?.as_str());
    let id = match address {
        Some(address) => address.to_owned(),
        None => text(item.get("id").or_else(|| data?.get("id"))?)?,
    };
    // Mendeley numbers the items of each citation anew.
    let is_local = id.starts_with("ITEM-");
    let work = data.and_then(work);
    let id = match &work {
        Some(work) if is_local => format!("{:?} {:?}", work.get(crate::work::Field::Title), work.year()),
        _ => id,
    };
    Some(Cited { id, work })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn work(data: &Value) -> Option<Work> {
    let json = serde_json::to_vec(data).ok()?;
    let mut work = bibliography::read(&json, Some(Format::CSL_JSON)).ok()?.works.into_iter().next()?;
    // Programs number items; nobody chose the number as a key.
    work.key.clear();
    Some(work)
}
