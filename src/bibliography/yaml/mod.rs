//! Formats of YAML: one module each, on one bounded reader and writer. Values are JSON's, but scalars keep their spelling:
//! a version 1.10 is not 1.1.

pub(super) mod cff;
pub(super) mod csl;
pub(super) mod hayagriva;
mod salvage;
mod values;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use super::{ReadError, Source};

/// Collections inside each other beyond this are refused.
const DEEPEST: usize = 60;

/// Values that aliases may repeat in all.
const MOST_REPEATED: usize = 100_000;

/// A collection that is being read.
enum Open {
    List(Vec<Value>),
    Map { map: Map<String, Value>, key: Option<String> },
}

/// The first document of a file.
fn parse(source: &Source, format: &'static str) -> Result<Value, ReadError> {
    let refused = |line: usize, column: usize, reason: &str| ReadError::NotOfFormat {
        format,
        line,
        column: column + 1,
        reason: reason.to_owned(),
    };
    let mut anchors: std::collections::HashMap<usize, (Value, usize)> = std::collections::HashMap::new();
    let mut open: Vec<(Open, usize, usize)> = Vec::new();
    let (mut count, mut repeated) = (0_usize, 0_usize);
    for event in Parser::new_from_str(source.text()) {
        let (event, span) = event.map_err(|e| refused(e.marker().line(), e.marker().col(), e.info()))?;
        let at = (span.start.line(), span.start.col());
        count += 1;
        let (value, anchor, size) = match event {
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor, 1),
            Event::Alias(anchor) => match anchors.get(&anchor) {
                Some((value, size)) => {
                    count += size;
                    repeated += size;
                    if repeated > MOST_REPEATED {
                        return Err(refused(at.0, at.1, "its aliases repeat too much"));
                    }
                    (value.clone(), 0, *size)
                }
                None => return Err(refused(at.0, at.1, "an alias refers to what it stands in")),
            },
            Event::SequenceStart(anchor, _) => {
                open.push((Open::List(Vec::new()), anchor, count));
                (Value::Null, usize::MAX, 0)
            }
            Event::MappingStart(anchor, _) => {
                open.push((Open::Map { map: Map::new(), key: None }, anchor, count));
                (Value::Null, usize::MAX, 0)
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some((Open::List(list), anchor, before)) => (Value::Array(list), anchor, count - before + 1),
                Some((Open::Map { map, .. }, anchor, before)) => (Value::Object(map), anchor, count - before + 1),
                None => continue,
            },
            _ => continue,
        };
        if open.len() > DEEPEST {
            return Err(refused(at.0, at.1, "it is nested too deeply"));
        }
        if anchor == usize::MAX {
            continue;
        }
        if anchor > 0 {
            anchors.insert(anchor, (value.clone(), size));
        }
        match open.last_mut() {
            None => return Ok(value),
            Some((Open::List(list), ..)) => list.push(value),
            Some((Open::Map { map, key }, ..)) => match key.take() {
                None => *key = Some(values::text(&value).unwrap_or_default()),
                Some(name) => {
                    map.entry(name).or_insert(value);
                }
            },
        }
    }
    Ok(Value::Null)
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    if !matches!(style, ScalarStyle::Plain) {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        text => match serde_json::from_str::<Number>(text) {
            // A number in another spelling than its own is text: a year 0010, a version 1.10.
            Ok(number) if number.to_string() == text => Value::Number(number),
            _ => Value::String(text.to_owned()),
        },
    }
}

/// Writes a value as a block of lines that begin after `indent` columns; the first follows what is there already.
fn write(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (i, (key, value)) in map.iter().enumerate() {
                if i > 0 {
                    out.push_str(&" ".repeat(indent));
                }
                out.push_str(&text(key));
                out.push(':');
                nested(out, value, indent);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for (i, value) in list.iter().enumerate() {
                if i > 0 {
                    out.push_str(&" ".repeat(indent));
                }
                out.push_str("- ");
                write(out, value, indent + 2);
            }
        }
        Value::String(string) => {
            out.push_str(&text(string));
            out.push('\n');
        }
        other => {
            out.push_str(&other.to_string());
            out.push('\n');
        }
    }
}

fn nested(out: &mut String, value: &Value, indent: usize) {
    let is_block = match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    if is_block {
        out.push('\n');
        out.push_str(&" ".repeat(indent + 2));
        write(out, value, indent + 2);
    } else {
        out.push(' ');
        write(out, value, indent);
    }
}

/// A string, in double quotes unless nobody could take it for anything else.
fn text(string: &str) -> String {
    let plain = string.starts_with(|c: char| c.is_alphabetic())
        && string
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '/' | '(' | ')' | '–' | '’'))
        && !string.ends_with(' ')
        && !matches!(
            string.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if plain {
        return string.to_owned();
    }
    let mut quoted = String::new();
    // JSON's escapes are YAML's too; of the characters JSON leaves alone YAML wants some escaped.
    for c in serde_json::to_string(string).unwrap_or_default().chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(yaml: &str) -> Value {
        parse(&Source::decode(yaml.as_bytes()), "test").unwrap()
    }

    #[test]
    fn scalars_keep_their_spelling() {
        assert_eq!(
            read("a: 1.10\nb: 007\nc: 12\nd: 'x: y'\ne:\nf: no\ng: [1, {h: i}]\nj: &k z\nl: *k\n12: m"),
            json!({"a": "1.10", "b": "007", "c": 12, "d": "x: y", "e": null, "f": "no", "g": [1, {"h": "i"}], "j": "z", "l": "z", "12": "m"})
        );
    }

    #[test]
    fn bombs_are_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            let inner = format!("*a{}, ", i - 1).repeat(10);
            bomb.push_str(&format!("a{i}: &a{i} [{inner}]\n"));
        }
        assert!(parse(&Source::decode(bomb.as_bytes()), "test").is_err());
        assert!(parse(&Source::decode("[".repeat(10_000).as_bytes()), "test").is_err());
        assert!(parse(&Source::decode(b"a: &a [*a]"), "test").is_err());
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i32>().prop_map(Value::from),
            "\\PC{0,12}|[a-z:# -]{0,8}|[\\n\\t\"'\\\\é]{1,4}|yes|1\\.10".prop_map(Value::String),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::btree_map("[a-zé: ]{1,6}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in values()) {
            let mut out = String::new();
            write(&mut out, &value, 0);
            prop_assert_eq!(read(&out), value, "{}", out);
        }
    }
}
