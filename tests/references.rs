//! How well printed references are read, on lists that nobody trained on. `tests/data/references-german.jsonl` holds
//! invented references in the house styles of German and English social science, labelled by hand: `{"raw", "gold",
//! "skip"}`, where `skip` names fields that two careful people would label differently.

use citetrail::reference::{PrintedName, parse_list};
use serde_json::{Map, Value};

const LIST: &str = include_str!("data/references-german.jsonl");

/// Letters and digits alone, small: punctuation at the edges of a field is nobody's.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The value of a field for comparison; names are their family names.
fn value(fields: &Map<String, Value>, name: &str) -> Option<String> {
    let value = fields.get(name)?;
    let text = match value {
        Value::Array(names) => {
            let names = names.iter().filter_map(|name| serde_json::from_value::<PrintedName>(name.clone()).ok());
            let family = |name| match name {
                PrintedName::Person { family, .. } => letters(&family),
                PrintedName::Literal { literal } => letters(&literal),
            };
            names.map(family).collect::<Vec<_>>().join("+")
        }
        other => letters(other.as_str().unwrap_or_default()),
    };
    Some(text).filter(|text| !text.is_empty())
}

#[test]
fn most_references_of_german_social_science_are_wholly_right() {
    let lines: Vec<Value> = LIST.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let raws: Vec<&str> = lines.iter().map(|line| line["raw"].as_str().expect("a string")).collect();
    let (mut right, mut found, mut printed, mut whole) = (0.0, 0.0, 0.0, 0);
    let mut wrong = Vec::new();
    for (line, parsed) in lines.iter().zip(parse_list(&raws)) {
        let answer = serde_json::to_value(parsed.printed_fields()).expect("plain data");
        let (answer, gold) = (answer.as_object().expect("an object"), line["gold"].as_object().expect("an object"));
        let skipped: Vec<&str> = line["skip"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let before = wrong.len();
        for field in
            ["authors", "editor", "year", "title", "container", "volume", "issue", "pages", "publisher", "place"]
        {
            if skipped.contains(&field) {
                continue;
            }
            let (answer, gold) = (value(answer, field), value(gold, field));
            found += f64::from(u8::from(answer.is_some()));
            printed += f64::from(u8::from(gold.is_some()));
            if answer == gold {
                right += f64::from(u8::from(gold.is_some()));
            } else {
                wrong.push(format!("{field} of {}", line["raw"]));
            }
        }
        whole += usize::from(wrong.len() == before);
    }
    let f1 = 2.0 * right / (found + printed);
    assert!(f1 >= 0.95, "micro F1 {f1:.3}:\n{}", wrong.join("\n"));
    assert!(whole * 100 >= lines.len() * 80, "{whole} of {} wholly right:\n{}", lines.len(), wrong.join("\n"));
}

/// Confidence is worth something only if surer readings are right more often.
#[test]
fn surer_references_are_right_more_often() {
    let lines: Vec<Value> = LIST.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let raws: Vec<&str> = lines.iter().map(|line| line["raw"].as_str().expect("a string")).collect();
    let mut readings: Vec<(f64, bool)> = lines
        .iter()
        .zip(parse_list(&raws))
        .map(|(line, parsed)| {
            let answer = serde_json::to_value(parsed.printed_fields()).expect("plain data");
            let same = |field| {
                let (answer, gold) = (answer.as_object().expect("fields"), line["gold"].as_object().expect("fields"));
                value(answer, field) == value(gold, field)
            };
            (parsed.confidence, ["authors", "title", "container", "pages"].into_iter().all(same))
        })
        .collect();
    readings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let half = readings.len() / 2;
    let right = |part: &[(f64, bool)]| part.iter().filter(|(_, right)| *right).count();
    assert!(right(&readings[..half]) >= right(&readings[half..]), "{readings:?}");
}
