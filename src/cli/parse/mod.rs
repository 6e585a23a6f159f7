//! `citetrail parse`: printed references, taken apart into fields.

mod explain;
pub(super) mod input;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::{Map, Value};

use super::Outcome;
use super::error::CliError;
use super::output::{Console, KEY, wrap};
use crate::analysis::TakenKeys;
use crate::bibliography::{self, Format};
use crate::reference::{FieldName, ListReader, Notice, ParsedReference, PrintedFields};
use crate::work::Work;

/// How references stand in the input of `parse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum OnePer {
    #[default]
    Line,
    /// Separated by blank lines.
    Paragraph,
}

/// What `parse` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ParseFormat {
    /// The fields in a table.
    #[default]
    Text,
    /// One JSON object a line, with where each field stands and how sure it is.
    Jsonl,
    Bib,
    Ris,
    CslJson,
}

/// Printed references, taken apart into fields
#[derive(Debug, Args)]
#[command(after_help = "\
A field that is less likely right than wrong is left out; a note says so. Names and works that a reference takes over
from the one before it (\"———\", \"Ders.\", \"Ibid.\") are in bib, ris and csl-json, and in jsonl said as a finding.

Examples:
  citetrail parse references.txt --to jsonl
  citetrail parse references.txt --explain
  pbpaste | citetrail parse --to bib >> refs.bib")]
pub struct ParseArgs {
    /// A file of references ("-" is standard input).
    #[arg(value_name = "FILE", default_value = "-")]
    pub input: PathBuf,
    /// How references are separated.
    #[arg(long, value_name = "UNIT", default_value = "line")]
    pub one_per: OnePer,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: ParseFormat,
    /// Show each reference with its fields marked where they stand, and how sure they are.
    #[arg(long, conflicts_with = "to")]
    pub explain: bool,
}

pub(super) fn run(args: &ParseArgs, console: &Console) -> Result<Outcome, CliError> {
    let mut references = input::References::open(&args.input, args.one_per)?;
    let mut reader = ListReader::default();
    let mut taken = TakenKeys::default();
    // A list in JSON is written whole; the other formats as they come.
    let mut whole = Vec::new();
    let mut count = 0;
    loop {
        let raw = references.block()?;
        if raw.is_empty() {
            break;
        }
        let parsed = reader.read(&raw);
        if count > 0 {
            console.progress(&format!("{count} references"));
        }
        match args.to {
            ParseFormat::Text if args.explain => console.print(&explained(&raw, &parsed, count, console.width()))?,
            ParseFormat::Text => console.print(&table(&raw, &parsed, count, console.width()))?,
            ParseFormat::Jsonl => console.print_raw(&json_lines(&raw, &parsed))?,
            ParseFormat::Bib => {
                let gap = if count > 0 { "\n" } else { "" };
                console
                    .print_raw(&format!("{gap}{}", bibliography::write(&keyed(parsed, &mut taken), Format::BIBTEX)))?;
            }
            ParseFormat::Ris => console.print_raw(&bibliography::write(&keyed(parsed, &mut taken), Format::RIS))?,
            ParseFormat::CslJson => whole.extend(keyed(parsed, &mut taken)),
        }
        count += raw.len();
    }
    console.progress("");
    if args.to == ParseFormat::CslJson {
        console.print_raw(&bibliography::write(&whole, Format::CSL_JSON))?;
    }
    if count == 0 {
        console.note("no references in the input");
        return Ok(Outcome::Found);
    }
    Ok(Outcome::Done)
}

/// A line of `--to jsonl`.
#[derive(Serialize)]
struct Line<'a> {
    raw: &'a str,
    fields: PrintedFields,
    confidence: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    spans: Vec<FieldSpan>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding<'a>>,
    /// The other references of the same entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    further: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct FieldSpan {
    field: FieldName,
    start: usize,
    end: usize,
    confidence: f64,
}

#[derive(Serialize)]
struct Finding<'a> {
    #[serde(flatten)]
    notice: &'a Notice,
    message: String,
}

impl<'a> Line<'a> {
    fn of(raw: &'a str, parsed: &'a ParsedReference) -> Self {
        let span = |field: &crate::reference::PrintedField| FieldSpan {
            field: field.field,
            start: field.span.start,
            end: field.span.end,
            confidence: field.confidence,
        };
        Self {
            raw,
            fields: parsed.printed_fields(),
            confidence: parsed.confidence,
            spans: parsed.fields.iter().map(span).collect(),
            findings: parsed.notices.iter().map(|notice| Finding { notice, message: notice.message() }).collect(),
            further: parsed.further.iter().map(|further| Line::of(&further.raw, &further.reference)).collect(),
        }
    }
}

fn json_lines(raw: &[String], parsed: &[ParsedReference]) -> String {
    let mut out = Vec::with_capacity(raw.len() * 1_000);
    for (raw, parsed) in raw.iter().zip(parsed) {
        serde_json::to_writer(&mut out, &Line::of(raw, parsed)).expect("plain data");
        out.push(b'\n');
    }
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// The works of all references, those that share an entry, too.
fn keyed(parsed: Vec<ParsedReference>, taken: &mut TakenKeys) -> Vec<Work> {
    let works =
        parsed.into_iter().flat_map(|p| std::iter::once(p.work).chain(p.further.into_iter().map(|f| f.reference.work)));
    works
        .map(|mut work| {
            work.key = taken.unique(&work);
            work
        })
        .collect()
}

fn explained(raw: &[String], parsed: &[ParsedReference], before: usize, width: usize) -> String {
    let mut out = String::new();
    for (i, (raw, parsed)) in raw.iter().zip(parsed).enumerate() {
        if i + before > 0 {
            out.push('\n');
        }
        out.push_str(&explain::explain(raw, parsed, width));
        for further in &parsed.further {
            out.push_str(&explain::explain(&further.raw, &further.reference, width));
        }
    }
    out
}

fn table(raw: &[String], parsed: &[ParsedReference], before: usize, width: usize) -> String {
    let mut out = String::new();
    for (i, (raw, parsed)) in raw.iter().zip(parsed).enumerate() {
        if i + before > 0 {
            out.push('\n');
        }
        put_rows(&mut out, raw, parsed, width);
        for further in &parsed.further {
            put_rows(&mut out, &further.raw, &further.reference, width);
        }
    }
    out
}

fn put_rows(out: &mut String, raw: &str, parsed: &ParsedReference, width: usize) {
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
    for notice in &parsed.notices {
        out.push_str(&wrap(&notice.message(), width, "  note         ", &" ".repeat(15)));
    }
}

fn name_in_words(name: &Value) -> String {
    let part = |key: &str| name.get(key).and_then(Value::as_str).unwrap_or_default();
    match (part("literal"), part("family"), part("given")) {
        ("", family, "") => family.to_owned(),
        ("", family, given) => format!("{family}, {given}"),
        (literal, ..) => literal.to_owned(),
    }
}
