//! `citetrail attach`: keep the text of a work at hand.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::args::ReadingArgs;
use super::error::CliError;
use super::output::Console;
use super::pair::{not_one, one_work};
use super::scope::{project_at, read_input, reading, refuse_bibliography};
use crate::document::Format;
use crate::review::WorkRef;

/// Attach the text of a work, to find passages and to check quotes in
#[derive(Debug, Args)]
#[command(after_help = "\
The file is copied to the folder sources/, which git does not see. Any format of documents is read: text, HTML, JATS,
Word, Markdown, LaTeX, Typst. A PDF must be turned into text first, for example by `pdftotext`.

Examples:
  citetrail attach wu2008 wu.html
  pdftotext wu.pdf - | citetrail attach wu2008 -")]
pub struct AttachArgs {
    /// Key, DOI or words of the work.
    #[arg(value_name = "WORK")]
    pub work: String,
    /// The text of the work (\"-\" is standard input).
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

pub(super) fn run(args: &AttachArgs, folder: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = super::scope::Scope::Project(project_at(folder)?);
    let work = match project.ask(|store| one_work(store, &args.work))? {
        Ok(work) => work,
        Err(why) => return not_one(console, &why),
    };
    let bytes = read_input(&args.file)?;
    refuse_bibliography(&args.reading, &args.file, &bytes)?;
    let format = reading(&args.reading, &args.file, &bytes).format.unwrap_or(Format::Text);
    let name = if args.file == Path::new("-") { PathBuf::from("standard input.txt") } else { args.file.clone() };
    if let Some(project) = project.project() {
        let file = project.attach(WorkRef::of(&work), &name, bytes, format)?;
        console.note(&format!("attached {file} to {}", work.key));
    }
    Ok(Outcome::Done)
}
