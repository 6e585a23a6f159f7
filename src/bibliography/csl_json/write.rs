//! [`Work`]s → CSL-JSON.

use serde_json::{Map, Value};

use super::read::is_variable;
use super::{CUSTOM, date, name};
use crate::work::Work;

/// Writes an array of items, one a line of its own.
pub(super) fn write(works: &[Work]) -> String {
    if works.is_empty() {
        return "[]\n".to_owned();
    }
    // One text from the start: of a large bibliography a second copy is not held.
    let mut out = String::from("[");
    for (i, work) in works.iter().enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        out.push_str(&Value::Object(item(work)).to_string());
    }
    out.push_str("\n]\n");
    out
}

pub(super) fn item(work: &Work) -> Map<String, Value> {
    let mut item = Map::new();
    item.insert("id".to_owned(), work.key.clone().into());
    let kind = work.custom.get("type").filter(|_| work.kind == Default::default());
    item.insert("type".to_owned(), kind.map_or(work.kind.as_str().into(), |kind| custom_value(kind)));
    for (field, text) in &work.fields {
        item.insert(field.as_str().to_owned(), text.clone().into());
    }
    for (role, list) in &work.contributors {
        item.insert(role.as_str().to_owned(), name::write(list));
    }
    for (field, value) in &work.dates {
        item.insert(field.as_str().to_owned(), date::write(value));
    }
    let mut hidden = Map::new();
    for (name, text) in &work.custom {
        let value = custom_value(text);
        // Under the name of a variable it would be read as that variable.
        if item.contains_key(name) || is_variable(name, &value) {
            if name != "type" {
                hidden.insert(name.clone(), value);
            }
        } else {
            item.insert(name.clone(), value);
        }
    }
    if !hidden.is_empty() && !item.contains_key(CUSTOM) {
        item.insert(CUSTOM.to_owned(), Value::Object(hidden));
    }
    item
}

/// What a value that is not understood is kept as: a string as it is, all else as JSON, and a string that looks
/// like JSON as JSON too.
pub(super) fn custom_text(value: &Value) -> String {
    match value {
        Value::String(text) if custom_value(text) == *value => text.clone(),
        value => value.to_string(),
    }
}

/// The value that a custom text stands for.
fn custom_value(text: &str) -> Value {
    // Most custom texts are plain, and parsing them would be wasted.
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '"' | '{' | '[' | 't' | 'f' | 'n')) {
        return Value::String(text.to_owned());
    }
    let json = serde_json::from_str::<Value>(text).ok();
    // Only JSON that would be kept in this spelling: anything else would not come back. (A string in quotes is one
    // that looks like JSON without them; each level of quotes doubles the length, so this ends soon.)
    let same = |value: &Value| custom_text(value) == text;
    json.filter(same).unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::SPEC;
    use crate::bibliography::{Format, Library, read};
    use crate::work::Field;

    fn library(json: &str) -> Library {
        read(json.as_bytes(), Format::from_name(SPEC.name)).unwrap()
    }

    fn written(json: &str) -> String {
        super::write(&library(json).works)
    }

    #[test]
    fn items_come_back() {
        for item in [
            r#"{"id":"a","type":"book","title":"T","volume":"3","author":[{"family":"van der Waals","given":"J."}]}"#,
            r#"{"id":"a","type":"book","author":[{"literal":"WHO"},{"family":"B","suffix":"Jr.","comma-suffix":true}]}"#,
            r#"{"id":"a","type":"article-journal","issued":{"date-parts":[[2004,5]],"circa":true}}"#,
            r#"{"id":"a","type":"document","note":"PMID: 1\noriginal-date: 1999"}"#,
            r#"{"id":"a","type":"document","categories":["x"],"custom":{"k":null},"n":5,"s":"5","t":"true","u":"text","v":true}"#,
            r#"{"id":"a","type":"no-such-type"}"#,
            r#"{"id":"a","type":"book","editor":"not a list"}"#,
            r#"{"id":"a","type":"book","title":{"x":1}}"#,
            r#"{"id":"a","type":"book","custom":{"number":"3","title":"T"}}"#,
        ] {
            assert_eq!(written(item), format!("[\n{item}\n]\n"));
        }
    }

    #[test]
    fn quirks() {
        let work = &library(
            r#"{"id": 12, "type": "book", "volume": 3, "shortTitle": "S", "journalAbbreviation": "J", "event": "E",
                "title-short": "S2", "container-title": ["C"]}"#,
        )
        .works[0];
        assert_eq!(work.key, "12");
        assert_eq!(work.get(Field::Volume), Some("3"));
        assert_eq!(work.get(Field::TitleShort), Some("S2"));
        assert_eq!(work.custom["shortTitle"], "S");
        assert_eq!(work.get(Field::ContainerTitleShort), Some("J"));
        assert_eq!(work.get(Field::EventTitle), Some("E"));
        assert_eq!(work.get(Field::ContainerTitle), Some("C"));
    }

    #[test]
    fn arrays_lines_and_mistakes() {
        assert_eq!(library("[]").works.len(), 0);
        assert_eq!(
            library("[{\"id\": 1}, 5]").problems[0].message,
            "item 2 is not an object (a number) and was left out: an item is {…}"
        );
        let lines = library("{\"id\": 1}\nxx\n\n{\"id\": 2}\n");
        assert_eq!((lines.works.len(), lines.problems[0].line), (2, 2));
        let error = read(b"[{\"id\": }]", Format::from_name("csl")).unwrap_err().to_string();
        assert!(error.starts_with("line 1, column 9: not csl-json: expected value"), "{error}");
    }
}
