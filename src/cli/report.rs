//! `citetrail report`: one HTML file of claims, works and verdicts.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::args::{ScopeArgs, StyleArgs};
use super::check::open_findings;
use super::error::CliError;
use super::output::{Console, count};
use super::scope::{Scope, io_message, write_file};
use super::style;
use crate::answers::Sources;
use crate::report::{GENERATOR, Report};
use crate::review::Timestamp;

/// One HTML file of claims, works and what people judged of them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail report                             writes report.html
  citetrail report --in entry.txt -o entry.html --style vancouver
  citetrail report -o - > report.html")]
pub struct ReportArgs {
    /// Where to write it (\"-\" is standard output).
    #[arg(short, long, value_name = "FILE", default_value = "report.html")]
    pub output: PathBuf,
    /// The heading, in place of the title of the document or the name of the project's folder.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Overwrite a file that is no report.
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub scope: ScopeArgs,
    #[command(flatten)]
    pub style: StyleArgs,
}

pub(super) fn run(args: &ReportArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let to_output = args.output == Path::new("-");
    if !to_output && !args.force {
        refuse_other_files(&args.output)?;
    }
    let scope = Scope::new(&args.scope, project, console)?;
    let style = style::chosen(&args.style, scope.project())?;
    let mut report = scope.ask(|store| {
        let names = store.document_names()?.into_iter();
        let documents = names.map(|(id, _)| store.document(id)).collect::<Result<Vec<_>, _>>()?;
        let reviews = scope.reviews(store)?;
        let mut report = Report::new(&documents, store.works()?, &reviews, &style.style, style.locale.as_deref());
        report.findings = open_findings(&scope, store)?;
        let texts = Sources::new(store, scope.project())?;
        let quotes = report.standings().map(|(work, standing)| texts.quotes(work, standing));
        report.quotes = quotes.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        Ok(report)
    })?;
    report.title = args.title.clone().unwrap_or_else(|| title(&report, &scope));
    report.made = Timestamp::from(std::time::SystemTime::now()).day();
    report.style = style.name;
    let html = report.html();
    if to_output {
        console.print_raw(&html)?;
        return Ok(Outcome::Done);
    }
    write_file(&args.output, html.as_bytes())?;
    let claims = report.documents.iter().map(|document| document.claims.len()).sum();
    console.note(&format!(
        "wrote {}: {}, {}",
        args.output.display(),
        count(claims, "claim"),
        count(report.works.len(), "work")
    ));
    Ok(Outcome::Done)
}

fn title(report: &Report, scope: &Scope) -> String {
    if let [document] = report.documents.as_slice() {
        return document.title.clone();
    }
    let folder = scope.project().and_then(|project| std::fs::canonicalize(project.root()).ok());
    let name = folder.and_then(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()));
    name.unwrap_or_else(|| "Claims and sources".to_owned())
}

/// A file that is there and no report of ours is somebody's. Devices and pipes are there to be written to.
fn refuse_other_files(path: &Path) -> Result<(), CliError> {
    if std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        return Ok(());
    }
    match std::fs::read(path) {
        Ok(bytes) if bytes.windows(GENERATOR.len()).take(4096).any(|part| part == GENERATOR.as_bytes()) => Ok(()),
        Ok(_) => {
            let advice = "this file is there and is no report; choose another with -o, or overwrite it with --force";
            Err(CliError::file(path, advice))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(CliError::file(path, io_message(&error))),
    }
}
