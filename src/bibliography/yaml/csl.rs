//! CSL-YAML: the items of CSL-JSON as pandoc and Zotero's Better BibTeX write them in YAML.

use serde_json::{Map, Value, json};

use super::{salvage, write};
use crate::bibliography::{Library, ReadError, Source, Spec, csl_json};
use crate::work::{DateField, Work};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "csl-yaml",
    aliases: &["cslyaml", "pandoc-yaml"],
    extensions: &["yaml", "yml"],
    sniff: |head| {
        let starts = |line: &str| line.starts_with("references:") || line.starts_with("- id:");
        head.lines().take(20).any(starts)
    },
    read,
    write: Some(write_all),
};

fn read(source: &Source) -> Result<Library, ReadError> {
    let indentation = |line: &str| {
        let rest = line.trim_start_matches(' ');
        rest.starts_with("- ").then_some(line.len() - rest.len())
    };
    let of_items = source.text().lines().find_map(indentation);
    let (mut value, problems) =
        salvage::read(source, SPEC.name, |line| of_items.is_some() && indentation(line) == of_items)?;
    let items = match value.get_mut("references").map(Value::take).unwrap_or(value) {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        item => vec![item],
    };
    let mut library = csl_json::library(items.into_iter().map(item).collect());
    library.problems.splice(0..0, problems);
    Ok(library)
}

/// An item as CSL-JSON has it: dates are lists of maps here.
fn item(mut item: Value) -> Value {
    if let Value::Object(map) = &mut item {
        for field in DateField::ALL {
            if let Some(date) = map.get_mut(field.as_str()) {
                *date = date_of(date.take());
            }
        }
    }
    item
}

fn date_of(date: Value) -> Value {
    let points: Vec<&Value> = super::values::list(&date);
    if points.is_empty() || !points.iter().all(|point| point.get("year").is_some()) {
        return match date {
            // A list of one literal.
            Value::Array(mut list) if list.len() == 1 => list.remove(0),
            date => date,
        };
    }
    let mut out = Map::new();
    let parts: Vec<Value> = points
        .iter()
        .map(|point| {
            let season = point
                .get("season")
                .and_then(|s| super::values::text(s)?.parse::<i64>().ok())
                .filter(|s| (1..=4).contains(s));
            let month = point.get("month").cloned().or(season.map(|s| json!(s + 20)));
            let parts = [point.get("year").cloned(), month, point.get("day").cloned()];
            Value::Array(parts.into_iter().map_while(|part| part).collect())
        })
        .collect();
    out.insert("date-parts".to_owned(), Value::Array(parts));
    if let Some(circa) = points[0].get("circa") {
        out.insert("circa".to_owned(), circa.clone());
    }
    Value::Object(out)
}

fn write_all(works: &[Work]) -> String {
    let mut out = String::from("---\n");
    write(&mut out, &json!({ "references": csl_json::items(works) }), 0);
    out.push_str("...\n");
    out
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read, write};
    use crate::work::{DateField, Field};

    #[test]
    fn items_come_back() {
        let yaml = "---\nreferences:\n- id: holm2004\n  type: article-journal\n  title: >-\n    Tides at\n    home\n  author:\n  - family: Holm\n    given: Ada\n\
            \x20 issued:\n  - year: 2004\n    month: 5\n  volume: '12'\n  version: 1.10\n  citation-key: holm2004\n...\n";
        let library = read(yaml.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.get(Field::Title), Some("Tides at home"));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
        assert_eq!(work.get(Field::Version), Some("1.10"));
        let written = write(&library.works, Format::from_name("csl-yaml").unwrap());
        assert_eq!(read(written.as_bytes(), None).unwrap(), library, "{written}");
    }
}
