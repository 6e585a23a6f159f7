//! Name variables of CSL-JSON ⇄ [`NameList`].

use serde_json::{Map, Value};

use super::read::text_of;
use crate::work::{Name, NameList, PersonName};

/// How some programs say that a list goes on.
const OTHERS: &str = "others";

/// Reads a list of names; `None` when it is not one. Names are kept as they are: particles inside the family name
/// are the citation processor's to find.
pub(super) fn read(value: &Value) -> Option<NameList> {
    let one;
    let values = match value {
        Value::Array(values) => values,
        Value::Object(_) => {
            one = vec![value.clone()];
            &one
        }
        _ => return None,
    };
    let mut list = NameList::default();
    for value in values {
        match read_name(value)? {
            Name::Literal { literal } if literal == OTHERS => list.incomplete = true,
            name => list.names.push(name),
        }
    }
    Some(list)
}

fn read_name(value: &Value) -> Option<Name> {
    let Value::Object(name) = value else { return value.as_str().map(Name::literal) };
    let part = |key: &str| name.get(key).and_then(text_of).filter(|s| !s.is_empty());
    let yes = |key: &str| match name.get(key) {
        Some(Value::Bool(b)) => *b,
        Some(Value::Number(n)) => n.as_f64() != Some(0.0),
        Some(Value::String(s)) => !matches!(s.as_str(), "" | "0" | "false"),
        _ => false,
    };
    if let Some(literal) = part("literal") {
        return Some(Name::literal(literal));
    }
    // One name only is a family name to the citation processor.
    let (family, given) = match (part("family"), part("given")) {
        (Some(family), given) => (family, given),
        (None, Some(given)) => (given, None),
        // Crossref names bodies so.
        (None, None) => return part("name").map(Name::literal),
    };
    Some(Name::Person(PersonName {
        family,
        given,
        dropping_particle: part("dropping-particle"),
        non_dropping_particle: part("non-dropping-particle"),
        suffix: part("suffix"),
        comma_suffix: yes("comma-suffix"),
        static_ordering: yes("static-ordering"),
    }))
}

/// Writes a list of names.
pub(super) fn write(list: &NameList) -> Value {
    let mut names: Vec<Value> = list.names.iter().map(write_name).collect();
    if list.incomplete {
        names.push(write_name(&Name::literal(OTHERS)));
    }
    Value::Array(names)
}

fn write_name(name: &Name) -> Value {
    let mut out = Map::new();
    let mut add = |key: &str, value: &str| {
        out.insert(key.to_owned(), Value::String(value.to_owned()));
    };
    match name {
        Name::Literal { literal } => add("literal", literal),
        Name::Person(person) => {
            add("family", &person.family);
            for (key, part) in [
                ("given", &person.given),
                ("dropping-particle", &person.dropping_particle),
                ("non-dropping-particle", &person.non_dropping_particle),
                ("suffix", &person.suffix),
            ] {
                if let Some(part) = part {
                    add(key, part);
                }
            }
            for (key, yes) in [("comma-suffix", person.comma_suffix), ("static-ordering", person.static_ordering)] {
                if yes {
                    out.insert(key.to_owned(), Value::Bool(true));
                }
            }
        }
    }
    Value::Object(out)
}
