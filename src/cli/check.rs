//! `citetrail check`: everything that is wrong or open.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::Outcome;
use super::args::{AnswerFormat, CheckArgs, ShownLevel};
use super::error::CliError;
use super::output::{BAD, BOLD, Console, DIM, KEY, WARN, count, wrap};
use super::scope::Scope;
use crate::check::{Finding, Level, Place, Subject, check};
use crate::text::inert_line;

pub(super) fn run(args: &CheckArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = Scope::new(&args.scope, project, console)?;
    let mut findings = scope.ask(|store| {
        let documents = store.document_names()?.into_iter().map(|(id, _)| store.document(id));
        let documents = documents.collect::<Result<Vec<_>, _>>()?;
        let works = store.works()?;
        Ok(check(&Subject { documents: &documents, works: &works }))
    })?;
    if let Some(project) = scope.project() {
        findings.extend(project.file_problems()?.into_iter().map(file_finding));
    }
    let failing = findings.iter().any(|f| f.level >= Level::Warning);
    match args.to {
        AnswerFormat::Json => {
            let json: Vec<Value> = findings.iter().map(as_json).collect();
            let json = serde_json::to_string_pretty(&json!({ "findings": json })).expect("plain data");
            console.print_raw(&format!("{json}\n"))?;
        }
        AnswerFormat::Text => {
            let least = match args.level {
                ShownLevel::Info => Level::Info,
                ShownLevel::Warning => Level::Warning,
                ShownLevel::Error => Level::Error,
            };
            console.print(&text(&findings, least, console.width()))?;
        }
    }
    Ok(if failing { Outcome::Found } else { Outcome::Done })
}

fn file_finding((file, message): (String, String)) -> Finding {
    Finding {
        code: "unreadable-part",
        level: Level::Error,
        message,
        advice: "correct the file; everything else in it was read".to_owned(),
        place: Place { file: Some(file), ..Place::default() },
    }
}

fn text(findings: &[Finding], least: Level, width: usize) -> String {
    let mut out = String::new();
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.level >= least) {
        by_file.entry(finding.place.file.as_deref().unwrap_or("bibliography")).or_default().push(finding);
    }
    for (file, list) in by_file {
        let _ = writeln!(out, "{BOLD}{}{BOLD:#}", inert_line(file));
        for finding in list {
            let style = match finding.level {
                Level::Error => BAD,
                Level::Warning => WARN,
                Level::Info => DIM,
            };
            let level = finding.level.as_str();
            let _ = writeln!(out, "  {style}{level}{style:#} {KEY}{}{KEY:#}", finding.code);
            out.push_str(&wrap(&finding.message, width, "    ", "    "));
            out.push_str(&wrap(&finding.advice, width, "    → ", "      "));
        }
    }
    let mut hidden: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.level < least) {
        *hidden.entry((finding.level, finding.code)).or_default() += 1;
    }
    for ((level, code), n) in hidden {
        let _ = writeln!(out, "{DIM}{n} × {code} ({}; --level {} lists them){DIM:#}", level.as_str(), level.as_str());
    }
    let number = |level| findings.iter().filter(|f| f.level == level).count();
    let (errors, warnings) = (number(Level::Error), number(Level::Warning));
    let _ = writeln!(out, "{}, {}", count(errors, "error"), count(warnings, "warning"));
    out
}

/// A finding in the shape of `scan --to json`.
pub(super) fn as_json(finding: &Finding) -> Value {
    let mut json = json!({
        "code": finding.code,
        "level": finding.level.as_str(),
        "message": finding.message,
        "advice": finding.advice,
    });
    let place = &finding.place;
    if let Some(file) = &place.file {
        json["document"] = file.as_str().into();
    }
    if let Some(span) = place.span {
        json["start"] = span.start.into();
        json["end"] = span.end.into();
    }
    if let Some(claim) = &place.claim {
        json["claim"] = claim.as_str().into();
    }
    if let Some(reference) = place.reference {
        json["reference"] = reference.into();
    }
    if let Some(key) = &place.key {
        json["key"] = key.as_str().into();
    }
    json
}
