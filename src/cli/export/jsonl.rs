//! The map as JSON lines.

use serde_json::{Value, json};

use super::map::{Link, LinkedWork, Map};
use crate::bibliography::{self, Format};
use crate::cli::marks;

pub(super) fn write(map: &Map) -> String {
    map.links.iter().map(|link| format!("{}\n", line(map, link))).collect()
}

fn line(map: &Map, link: &Link) -> Value {
    let document = map.document(link);
    let analysis = &document.analysis;
    let linked = link.work.as_ref();
    json!({
        "document": document.name,
        "claim": {
            "id": map.id(link, link.claim), "path": analysis.path(link.claim), "text": analysis.bare_text(link.claim),
            "printed": analysis.document.claims[link.claim].text,
        },
        "origin": linked.map(LinkedWork::origin_name),
        "inherited_from": linked.and_then(LinkedWork::inherited_from).map(|from| map.id(link, from)),
        "ambiguous": linked.is_some_and(|work| work.ambiguous),
        "work": linked.map(work),
        "review": linked.map(|work| marks::as_json(&work.standing, &map.quotes)),
    })
}

fn work(linked: &LinkedWork) -> Value {
    let format = Format::from_name("jsonl").expect("CSL-JSON lines are a format");
    let csl = bibliography::write(std::slice::from_ref(&linked.work), format);
    json!({
        "key": linked.key, "doi": linked.work.doi().map(|doi| doi.to_string()), "url": linked.work.link(),
        "csl": serde_json::from_str::<Value>(csl.trim()).expect("what is written is JSON"),
    })
}
