//! `citetrail check`: everything that is wrong or open.

mod accept;
mod github;
mod locate;
mod sarif;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Outcome;
use super::args::ScopeArgs;
use super::bulk::{Jobs, in_order};
use super::error::CliError;
use super::output::Console;
use super::scope::{Scope, shown_name};
use crate::answers::{Reviews, Sources};
use crate::check::{Accepted, Finding, InProject, Level, Selection, Sorted, Subject, check, rule, sort_out};
use crate::matching::index::Index;
use crate::project::{BIBLIOGRAPHY, CheckSettings, Project, Store, StoredDocument};
use crate::resolve::{Entry, Kept, Resolution, WorkSources, find, verify};
use crate::review::{Ledger, QuoteState, RecordId, Timestamp};
use crate::work::Work;
use locate::Locator;

/// The least serious findings `check` lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ShownLevel {
    Info,
    #[default]
    Warning,
    Error,
}

/// The least serious finding that makes the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

/// What `check` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CheckFormat {
    #[default]
    Text,
    Json,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Everything that is wrong or open, as findings
#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 1 when there are errors or warnings (see --fail-on) that are not accepted, else 0.

In citetrail.toml:
  [check]
  ignore = [\"missing-doi\"]
  fail_on = \"error\"
  levels = { unreviewed-pair = \"warning\" }

A finding that is as it should be can be accepted with a reason. The acceptance is a line of verdicts.jsonl, and is
reported when nothing needs it any more.

Examples:
  citetrail check --in entry.txt
  citetrail check --in entry.txt --index works --select field-mismatch,retracted
  citetrail check --level info --select unreviewed-pair,stale-verdict
  citetrail check --explain uncited-reference
  citetrail check --accept uncited-reference ebert1990 --reason \"further reading\"
  citetrail check --to sarif > citetrail.sarif")]
pub struct CheckArgs {
    #[command(flatten)]
    pub scope: ScopeArgs,
    /// The least serious findings to list; others are counted.
    #[arg(long, value_name = "LEVEL", default_value = "warning")]
    pub level: ShownLevel,
    /// Only these rules.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Not these rules.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The least serious finding that makes the exit status 1 [default: warning].
    #[arg(long, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,
    /// Compare the works with this index of works, in place of what `citetrail resolve` kept.
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// What a rule looks for and what to do; "all" lists the rules.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["accept", "document"])]
    pub explain: Option<String>,
    /// Accept a finding: its code and its place as they are listed.
    #[arg(long, num_args = 2, value_names = ["CODE", "PLACE"], requires = "reason", conflicts_with = "document")]
    pub accept: Option<Vec<String>>,
    /// Why the finding is accepted.
    #[arg(long, value_name = "TEXT", requires = "accept")]
    pub reason: Option<String>,
    /// Who accepts, in place of who you are by CITETRAIL_BY, citetrail.toml or git.
    #[arg(long, value_name = "NAME", requires = "accept")]
    pub by: Option<String>,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: CheckFormat,
}

pub(super) fn run(args: &CheckArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    if let Some(code) = &args.explain {
        return explain(code, console);
    }
    let scope = Scope::new(&args.scope, project, console)?;
    let config = scope.project().map(Project::config).transpose()?.unwrap_or_default().check;
    let selection = selection(&args.select, &args.ignore, &config)?;
    let fail_on = match args.fail_on {
        Some(level) => level,
        None => fail_on(&config)?,
    };
    let index = args.index.as_deref().map(Index::open).transpose()?;
    let (documents, sorted) = scope.ask(|store| findings(&scope, store, &selection, index.as_ref()))?;
    if let (Some(accepted), Some(project)) = (&args.accept, scope.project()) {
        return accept::run(project, &sorted, accepted, args, console);
    }
    let root = scope.project().map_or(Path::new(""), Project::root);
    let works = match (scope.project(), &args.scope.bib) {
        (Some(_), _) => BIBLIOGRAPHY.to_owned(),
        (None, Some(bib)) => shown_name(bib),
        (None, None) => documents.first().map(|d| d.name.clone()).unwrap_or_default(),
    };
    let mut locator = Locator::new(root, &documents, works);
    match args.to {
        CheckFormat::Text => {
            let least = match args.level {
                ShownLevel::Info => Level::Info,
                ShownLevel::Warning => Level::Warning,
                ShownLevel::Error => Level::Error,
            };
            console.print(&text::text(&sorted, least, console.width()))?;
        }
        CheckFormat::Json => {
            let open: Vec<Value> = sorted.open.iter().map(as_json).collect();
            let accepted: Vec<Value> = sorted.accepted.iter().map(accepted_json).collect();
            let json = json!({ "findings": open, "accepted": accepted });
            console.print_raw(&format!("{}\n", serde_json::to_string_pretty(&json).expect("plain data")))?;
        }
        CheckFormat::Sarif => {
            let log = sarif::log(&sorted, &mut locator);
            console.print_raw(&format!("{}\n", serde_json::to_string_pretty(&log).expect("plain data")))?;
        }
        CheckFormat::Github => console.print_raw(&github::commands(&sorted.open, &mut locator))?,
    }
    let least = match fail_on {
        FailOn::Never => return Ok(Outcome::Done),
        FailOn::Error => Level::Error,
        FailOn::Warning => Level::Warning,
        FailOn::Info => Level::Info,
    };
    Ok(if sorted.open.iter().any(|f| f.level >= least) { Outcome::Found } else { Outcome::Done })
}

/// The findings that the project's settings ask for and nobody accepted.
pub(super) fn open_findings(scope: &Scope, store: &Store) -> Result<Vec<Finding>, CliError> {
    let config = scope.project().map(Project::config).transpose()?.unwrap_or_default().check;
    Ok(findings(scope, store, &selection(&[], &[], &config)?, None)?.1.open)
}

/// All findings of the selected rules.
fn findings(
    scope: &Scope,
    store: &Store,
    selection: &Selection,
    index: Option<&Index>,
) -> Result<(Vec<StoredDocument>, Sorted), CliError> {
    let documents = store.document_names()?.into_iter().map(|(id, _)| store.document(id));
    let documents = documents.collect::<Result<Vec<_>, _>>()?;
    let works = store.works()?;
    let resolutions = match (index, scope.project()) {
        (Some(index), _) => resolved_in(index, &works)?,
        (None, Some(project)) => project.resolutions()?.resolutions,
        (None, None) => Vec::new(),
    };
    let known = &Kept::new(&works, &resolutions);
    let Some(project) = scope.project() else {
        let reviews = Reviews::default();
        let subject = Subject { documents: &documents, works: &works, reviews: &reviews, known, project: None };
        let found = check(&subject, selection);
        return Ok((documents, sort_out(found, &Ledger::default(), selection)));
    };
    let ledger = project.ledger()?.0;
    let reviews = Reviews::new(store, &ledger)?;
    let wrong_quotes = match selection.has("quote-not-found") {
        true => wrong_quotes(store, project, &documents, &reviews)?,
        false => Vec::new(),
    };
    let file_problems = project.file_problems()?;
    let in_project = InProject { wrong_quotes: &wrong_quotes, file_problems: &file_problems };
    let subject = Subject { documents: &documents, works: &works, reviews: &reviews, known, project: Some(in_project) };
    let found = check(&subject, selection);
    Ok((documents, sort_out(found, &ledger, selection)))
}

/// What an index says of each work.
pub(super) fn resolved_in(index: &Index, works: &[Work]) -> Result<Vec<Resolution>, CliError> {
    let entries: Vec<Entry> = works.iter().cloned().map(Entry::new).collect();
    let sources = WorkSources { local: vec![index], remote: Vec::new() };
    let at = Timestamp::from(SystemTime::now());
    let mut found = Vec::with_capacity(entries.len());
    let resolve = |entry: &Entry| match entry.doi().is_some() || entry.pmid().is_some() {
        true => verify(entry, &sources, at),
        false => find(entry, &sources, at),
    };
    in_order(&entries, Jobs::of(0), resolve, |i, answer| {
        let resolution = answer.map_err(|what| {
            CliError::Message(format!("{}: a defect of citetrail ({what}); please report it", works[i].key))
        })?;
        // An index that cannot be read says nothing of the works.
        match resolution.unavailable.first() {
            Some(error) => Err(CliError::Message(error.clone())),
            None => {
                found.push(resolution);
                Ok(())
            }
        }
    })?;
    Ok(found)
}

/// Records whose quote does not stand in the attached text.
fn wrong_quotes(
    store: &Store,
    project: &Project,
    documents: &[StoredDocument],
    reviews: &Reviews,
) -> Result<Vec<RecordId>, CliError> {
    let sources = Sources::new(store, Some(project))?;
    let mut wrong = Vec::new();
    for document in documents {
        for pair in (0..document.analysis.claims.len()).flat_map(|claim| reviews.pairs(document, claim)) {
            for opinion in &pair.standing.opinions {
                let Some(quote) = &opinion.judgement.quote else { continue };
                let Some(work) = store.work(&pair.key)? else { continue };
                if sources.quote(&work, quote)? == QuoteState::NotFound {
                    wrong.push(opinion.record.id.clone());
                }
            }
        }
    }
    Ok(wrong)
}

/// Rules and levels as typed, else as in the settings.
fn selection(selected: &[String], ignored: &[String], config: &CheckSettings) -> Result<Selection, CliError> {
    let select = if selected.is_empty() { config.select.as_slice() } else { selected };
    let mut ignore = ignored.to_vec();
    // A rule that is asked for by name is not left out by a setting.
    ignore.extend(config.ignore.iter().filter(|code| !selected.contains(code)).cloned());
    let mut levels = BTreeMap::new();
    for (code, level) in &config.levels {
        let level = match level.as_str() {
            "info" => Level::Info,
            "warning" => Level::Warning,
            "error" => Level::Error,
            other => {
                let message = format!("citetrail.toml: the level of {code} is “{other}”; it is error, warning or info");
                return Err(CliError::Message(message));
            }
        };
        levels.insert(code.clone(), level);
    }
    Selection::new(select, &ignore, levels).map_err(|e| CliError::Message(e.to_string()))
}

fn fail_on(config: &CheckSettings) -> Result<FailOn, CliError> {
    let Some(name) = &config.fail_on else { return Ok(FailOn::Warning) };
    FailOn::from_str(name, false).map_err(|_| {
        CliError::Message(format!("citetrail.toml: fail_on is “{name}”; it is error, warning, info or never"))
    })
}

fn explain(code: &str, console: &Console) -> Result<Outcome, CliError> {
    if code == "all" {
        console.print(&text::rules(console.width()))?;
        return Ok(Outcome::Done);
    }
    match rule(code) {
        Some(registered) => {
            console.print(&text::rule(registered, console.width()))?;
            Ok(Outcome::Done)
        }
        None => {
            let unknown = Selection::new(&[code.to_owned()], &[], BTreeMap::new()).err();
            console.error(&unknown.map(|e| e.to_string()).unwrap_or_default());
            Ok(Outcome::Found)
        }
    }
}

fn accepted_json(accepted: &Accepted) -> Value {
    let mut json = as_json(&accepted.finding);
    json["accepted"] = json!({
        "reason": accepted.reason, "by": accepted.record.by, "at": accepted.record.at.to_string(),
        "record": accepted.record.id.as_str(),
    });
    json
}

/// A finding in the shape of `scan --to json`.
pub(super) fn as_json(finding: &Finding) -> Value {
    let mut json = json!({
        "code": finding.code,
        "level": finding.level.as_str(),
        "message": finding.message,
        "advice": finding.advice,
        "place": finding.place_name(),
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
