//! `citetrail history`: who decided what, newest first.

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use serde_json::{Value, json};

use super::Outcome;
use super::args::AnswerFormat;
use super::error::CliError;
use super::output::{Console, DIM, KEY, count, wrap};
use super::scope::project_at;
use crate::review::{Act, Ledger, Record};
use crate::text::fold;

/// Who decided what: verdicts, asserted links, accepted findings, newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail history
  citetrail history wu2008
  citetrail history ada supported --to json")]
pub struct HistoryArgs {
    /// Only records with these words in claim, key, person, verdict, note or quote.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

pub(super) fn run(args: &HistoryArgs, folder: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(folder)?;
    let (ledger, problems) = project.ledger()?;
    for problem in &problems {
        console.warn(&format!("verdicts.jsonl, line {}: {}", problem.line, problem.message));
    }
    let words: Vec<String> = args.words.iter().map(|w| fold(w)).filter(|w| !w.is_empty()).collect();
    let is_asked = |record: &&Record| {
        let all = fold(&serde_json::to_string(*record).expect("a record is plain data"));
        words.iter().all(|word| all.contains(word.as_str()))
    };
    let records: Vec<&Record> = ledger.all().iter().rev().map(AsRef::as_ref).filter(is_asked).collect();
    match args.to {
        AnswerFormat::Json => {
            let json: Vec<Value> = records.iter().map(|r| as_json(&ledger, r)).collect();
            let json = serde_json::to_string_pretty(&json!({ "records": json })).expect("plain data");
            console.print_raw(&format!("{json}\n"))?;
        }
        AnswerFormat::Text => {
            let out: String = records.iter().map(|r| text(&ledger, r, console.width())).collect();
            console.print(&out)?;
            console.note(&count(records.len(), "record"));
        }
    }
    Ok(if records.is_empty() { Outcome::Found } else { Outcome::Done })
}

fn text(ledger: &Ledger, record: &Record, width: usize) -> String {
    let mut out = String::new();
    let gone = if ledger.is_retracted(&record.id) { " (retracted)" } else { "" };
    let at = record.at.to_string();
    let minute = at.get(..16).unwrap_or(&at).replace('T', " ");
    let _ =
        writeln!(out, "{KEY}{}{KEY:#} {DIM}{minute}{DIM:#} {}{gone}", record.id, crate::text::inert_line(&record.by));
    let mut line = |text: String| out.push_str(&wrap(&text, width, "  ", "    "));
    match &record.act {
        Act::Verdict(j) => {
            let page = j.page.as_ref().map(|p| format!(" ({p})")).unwrap_or_default();
            line(format!("{}{page}: {} ← {}", j.verdict, j.claim.text, j.work.key));
            j.quote.iter().for_each(|quote| line(format!("“{quote}”")));
            j.note.iter().for_each(|note| line(note.clone()));
        }
        Act::Assert { claim, work, note } => {
            line(format!("asserted: {} ← {}", claim.text, work.key));
            note.iter().for_each(|note| line(note.clone()));
        }
        Act::Remove { claim, work, note } => {
            line(format!("removed: {} ← {}", claim.text, work.key));
            note.iter().for_each(|note| line(note.clone()));
        }
        Act::Accept { finding, reason } => line(format!("accepted {} at {}: {reason}", finding.code, finding.place)),
        Act::Retract { of, reason } => {
            line(format!("retracted {of}{}", reason.as_ref().map(|r| format!(": {r}")).unwrap_or_default()));
        }
    }
    out
}

fn as_json(ledger: &Ledger, record: &Record) -> Value {
    let mut json = serde_json::to_value(record).expect("a record is plain data");
    json["retracted"] = ledger.is_retracted(&record.id).into();
    json
}
