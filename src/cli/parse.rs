//! `citetrail parse`: printed references, taken apart into fields.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::Outcome;
use super::args::{OnePer, ParseArgs, ParseFormat};
use super::error::CliError;
use super::output::{Console, KEY, wrap};
use super::scope::{read_input, shown_name};
use crate::analysis::unique_key;
use crate::bibliography::{self, Format};
use crate::reference::{ParsedReference, parse_list};
use crate::text::collapse_spaces;
use crate::work::Work;

pub(super) fn run(args: &ParseArgs, console: &Console) -> Result<Outcome, CliError> {
    let bytes = read_input(&args.input)?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let message = format!("not UTF-8 at byte {}; save it as UTF-8", e.utf8_error().valid_up_to());
        CliError::file(Path::new(&shown_name(&args.input)), message)
    })?;
    let raw = split(&text, args.one_per);
    let parsed = parse_list(&raw);
    match args.to {
        ParseFormat::Text => console.print(&table(&raw, &parsed, console.width()))?,
        ParseFormat::Jsonl => {
            let mut out = String::new();
            for (raw, parsed) in raw.iter().zip(&parsed) {
                let line = json!({ "raw": raw, "fields": parsed.printed_fields(), "confidence": parsed.confidence });
                out.push_str(&line.to_string());
                out.push('\n');
            }
            console.print_raw(&out)?;
        }
        ParseFormat::Bib => console.print_raw(&bibliography::write(&keyed(parsed), Format::BIBTEX))?,
        ParseFormat::CslJson => console.print_raw(&bibliography::write(&keyed(parsed), Format::CSL_JSON))?,
    }
    if raw.is_empty() {
        console.note("no references in the input");
        return Ok(Outcome::Found);
    }
    Ok(Outcome::Done)
}

fn split(text: &str, unit: OnePer) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match unit {
        OnePer::Line => {
            text.lines().filter(|l| !l.trim().is_empty()).map(|l| l.trim_end_matches('\r').to_owned()).collect()
        }
        OnePer::Paragraph => {
            let mut paragraphs = vec![String::new()];
            for line in text.lines() {
                if line.trim().is_empty() {
                    paragraphs.push(String::new());
                } else {
                    let last = paragraphs.last_mut().expect("there is always one");
                    last.push(' ');
                    last.push_str(line);
                }
            }
            paragraphs.iter().map(|p| collapse_spaces(p)).filter(|p| !p.is_empty()).collect()
        }
    }
}

fn keyed(parsed: Vec<ParsedReference>) -> Vec<Work> {
    let mut taken = std::collections::HashSet::new();
    let with_key = |mut work: Work| {
        work.key = unique_key(&work, &mut taken);
        work
    };
    parsed.into_iter().map(|p| p.work).map(with_key).collect()
}

fn table(raw: &[String], parsed: &[ParsedReference], width: usize) -> String {
    let mut out = String::new();
    for (i, (raw, parsed)) in raw.iter().zip(parsed).enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out.push_str(&wrap(raw, width, "", "  "));
        let fields = serde_json::to_value(parsed.printed_fields()).expect("plain data");
        let none = Map::new();
        for (name, value) in fields.as_object().unwrap_or(&none) {
            let shown = match value {
                Value::String(s) => s.clone(),
                Value::Array(names) => names.iter().map(name_in_words).collect::<Vec<_>>().join("; "),
                other => other.to_string(),
            };
            let wrapped = wrap(&shown, width, &format!("  {name:12} "), &" ".repeat(15));
            out.push_str(&wrapped.replacen(name.as_str(), &format!("{KEY}{name}{KEY:#}"), 1));
        }
    }
    out
}

fn name_in_words(name: &Value) -> String {
    let part = |key: &str| name.get(key).and_then(Value::as_str).unwrap_or_default();
    match (part("literal"), part("family"), part("given")) {
        ("", family, "") => family.to_owned(),
        ("", family, given) => format!("{family}, {given}"),
        (literal, ..) => literal.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_paragraphs() {
        assert_eq!(split("\u{feff}a\r\n\nb\n", OnePer::Line), ["a", "b"]);
        assert_eq!(split("a\n b\n\n\nc", OnePer::Paragraph), ["a b", "c"]);
    }
}
