//! `citetrail index`: the local index of works that references are matched against.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use serde_json::json;

use super::Outcome;
use super::args::AnswerFormat;
use super::convert::read_format;
use super::error::CliError;
use super::output::{Console, count};
use super::scope::io_message;
use crate::bibliography::Format;
use crate::matching::feed::{Fed, FeedError, feed, inner_name};
use crate::matching::index::{Index, IndexError, Writer, input_of};
use crate::matching::{notices_of, retractions};
use crate::project::{Project, ProjectError};
use crate::work::{Doi, Field, Work};

/// The local index of works that references are matched against
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail index add works.csl.jsonl.gz --index works
  citetrail index add crossref-public-data/ --index works     again after an interruption: goes on where it was
  citetrail index add --retractions retraction_watch.csv --index works
  citetrail index info --index works
  citetrail index remove 10.5555/12345678 --index works")]
pub struct IndexArgs {
    #[command(subcommand)]
    pub command: IndexCommand,
}

#[derive(Debug, Subcommand)]
pub enum IndexCommand {
    Add(AddArgs),
    Info(InfoArgs),
    Remove(RemoveArgs),
}

/// Which index.
#[derive(Debug, Clone, Default, Args)]
pub struct IndexChoice {
    /// The folder of the index; else that of CITETRAIL_INDEX, else `index` in citetrail.toml.
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
}

/// Add the works of files, or of all files in folders; works that are there are replaced
#[derive(Debug, Args)]
#[command(after_help = "\
Files: CSL-JSON, Crossref JSON (public data file, REST answers, lines), PubMed XML, .bib, RIS and the other bibliography
formats; .gz and .zst, too. A file that was added whole and did not change since is left out.

Examples:
  citetrail index add works.csl.jsonl.gz --index works
  citetrail index add library.bib pubmed/*.xml.gz --index works
  citetrail index add --retractions retraction_watch.csv --index works")]
pub struct AddArgs {
    /// Files, or folders of files.
    #[arg(value_name = "FILE|DIR", required_unless_present = "retractions")]
    pub input: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: IndexChoice,
    /// The format of the files, where their content and name do not tell.
    #[arg(long, value_name = "FORMAT", value_parser = read_format)]
    pub from: Option<Format>,
    /// A CSV file of the Retraction Watch database: which works were retracted, corrected or are of concern.
    #[arg(long, value_name = "FILE")]
    pub retractions: Vec<PathBuf>,
    /// Add files again that are in the index and did not change.
    #[arg(long)]
    pub again: bool,
}

/// What the index holds
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail index info --index works
  citetrail index info --check      compare every byte with its checksum")]
pub struct InfoArgs {
    #[command(flatten)]
    pub choice: IndexChoice,
    /// Compare every byte with its checksum.
    #[arg(long)]
    pub check: bool,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

/// Take works out of the index
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  citetrail index remove 10.5555/12345678 --index works")]
pub struct RemoveArgs {
    #[arg(required = true, value_name = "DOI")]
    pub doi: Vec<Doi>,
    #[command(flatten)]
    pub choice: IndexChoice,
}

/// Problems of one file that are listed; further ones are counted.
const LISTED_PROBLEMS: usize = 20;

pub(super) fn run(args: &IndexArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    match &args.command {
        IndexCommand::Add(args) => add(args, project, console),
        IndexCommand::Info(args) => info(args, project, console),
        IndexCommand::Remove(args) => remove(args, project, console),
    }
}

/// The environment variable that names the index.
const VARIABLE: &str = "CITETRAIL_INDEX";

impl IndexChoice {
    /// The folder of the index: what was typed, else the environment, else the project's setting.
    pub(super) fn folder(&self, project: Option<&Path>) -> Result<Option<PathBuf>, CliError> {
        if let Some(folder) = &self.index {
            return Ok(Some(folder.clone()));
        }
        if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
            return Ok(Some(folder.into()));
        }
        match Project::discover(project.unwrap_or(Path::new("."))) {
            Ok(project) => Ok(project.index_folder()?),
            Err(ProjectError::NoProject(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn required(&self, project: Option<&Path>) -> Result<PathBuf, CliError> {
        self.folder(project)?.ok_or_else(|| {
            CliError::Message(format!(
                "which index? give --index DIR, set {VARIABLE}, or write index = \"DIR\" into citetrail.toml"
            ))
        })
    }
}

fn add(args: &AddArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let folder = args.choice.required(project)?;
    let mut files = Vec::new();
    for path in &args.input {
        if path.is_dir() {
            walk(path, &mut files).map_err(|e| CliError::file(path, e))?;
        } else {
            files.push(path.clone());
        }
    }
    let mut writer = Writer::open(&folder)?;
    let before = writer.index().works();
    let mut adding = Adding {
        console,
        works: 0,
        deleted: 0,
        problems: 0,
        refused: 0,
        failed: 0,
        skipped: 0,
        shown: Instant::now(),
        begun: Instant::now(),
    };
    for (i, path) in files.iter().enumerate() {
        adding.file(&mut writer, path, args, (i, files.len()))?;
    }
    let mut notices = 0;
    for path in &args.retractions {
        notices += add_retractions(&mut writer, path, console)?;
    }
    writer.commit()?;
    console.progress("");
    let works = writer.index().works();
    let mut said = format!(
        "{}: {} read, {} in the index ({} new)",
        folder.display(),
        count(adding.works, "work"),
        works,
        works.saturating_sub(before)
    );
    if notices > 0 {
        said.push_str(&format!(", {}", count(notices, "notice")));
    }
    if adding.refused > 0 {
        said.push_str(&format!(", {} left out without title and identifier", count(adding.refused, "record")));
    }
    if adding.deleted > 0 {
        said.push_str(&format!(", {} taken out that PubMed deletes", count(adding.deleted, "work")));
    }
    if adding.skipped > 0 {
        said.push_str(&format!("; {} left out, in the index and unchanged", count(adding.skipped, "file")));
    }
    console.note(&said);
    Ok(if adding.problems + adding.failed > 0 { Outcome::Found } else { Outcome::Done })
}

/// The files of a folder and of those in it, in the order of their names.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            walk(&path, files)?;
        } else if is_input(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether a file in a folder looks like one of works: its name ends like one, or says no more than that it is packed.
fn is_input(path: &Path) -> bool {
    let inner = inner_name(path);
    let packed = inner.len() < path.to_string_lossy().len();
    let inner = Path::new(&inner);
    Format::from_path(inner).is_some()
        || inner.extension().is_none_or(|e| e.eq_ignore_ascii_case("xml")) && (packed || inner.extension().is_some())
}

/// What was done so far.
struct Adding<'a> {
    console: &'a Console,
    works: usize,
    /// Works that their source took back.
    deleted: usize,
    problems: usize,
    /// Records without a title and an identifier.
    refused: usize,
    failed: usize,
    skipped: usize,
    shown: Instant,
    begun: Instant,
}

/// Whether a record has something to find it by that is its own.
fn is_findable(work: &Work) -> bool {
    let title = work.plain(Field::Title).unwrap_or_default();
    work.doi().is_some() || work.pmid().is_some() || title.chars().any(char::is_alphanumeric)
}

/// Why the reading of a file ended before its end.
#[derive(Debug, thiserror::Error)]
enum AddError {
    #[error(transparent)]
    Feed(#[from] FeedError),
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl Adding<'_> {
    fn file(
        &mut self,
        writer: &mut Writer,
        path: &Path,
        args: &AddArgs,
        place: (usize, usize),
    ) -> Result<(), CliError> {
        let from_standard_input = path == Path::new("-");
        let input = if from_standard_input {
            None
        } else {
            Some(input_of(path).map_err(|e| CliError::file(path, io_message(&e)))?)
        };
        if let Some((name, input)) = &input
            && !args.again
            && writer.has(name, *input)
        {
            self.skipped += 1;
            return Ok(());
        }
        let bytes: Box<dyn Read> = if from_standard_input {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(File::open(path).map_err(|e| CliError::file(path, io_message(&e)))?)
        };
        let (mut of_file, mut records) = (0, 0);
        let done = feed::<AddError>(bytes, path, args.from, |fed| {
            match fed {
                Fed::Work { work, line } if !is_findable(&work) => {
                    records += 1;
                    self.refused += 1;
                    of_file += 1;
                    if of_file <= LISTED_PROBLEMS {
                        self.console.progress("");
                        let place = match (line, work.key.as_str()) {
                            (Some(line), _) => format!("{}:{line}:1", path.display()),
                            (None, "") => format!("{}: record {records}", path.display()),
                            (None, key) => format!("{}: record {records}, {key}", path.display()),
                        };
                        self.console.warn(&format!(
                            "{place}: left out: neither a title nor a DOI or PMID is there, so it cannot be found again; is this a file of records?"
                        ));
                    }
                }
                Fed::Work { work, .. } => {
                    records += 1;
                    for (doi, notice) in notices_of(&work) {
                        writer.add_notice(doi, notice)?;
                    }
                    writer.add(*work)?;
                    self.works += 1;
                    self.progress(place);
                }
                Fed::Deleted(pmid) => self.deleted += usize::from(writer.remove_pmid(pmid)?),
                Fed::Problem(problem) => {
                    of_file += 1;
                    if of_file <= LISTED_PROBLEMS {
                        self.console.progress("");
                        self.console.warn(&format!("{}:{problem}", path.display()));
                    }
                }
            }
            Ok(())
        });
        if of_file > LISTED_PROBLEMS {
            self.console.warn(&format!("{}: {} more problems like these", path.display(), of_file - LISTED_PROBLEMS));
        }
        self.problems += of_file;
        match (done, input) {
            (Ok(()), Some((name, input))) => writer.finished(name, input),
            (Ok(()), None) => {}
            (Err(AddError::Index(error)), _) => return Err(error.into()),
            // Of many files the others are added; what was read of this one stays.
            (Err(AddError::Feed(error)), _) if place.1 > 1 => {
                self.failed += 1;
                self.console.warn(&format!("{}: {error}", path.display()));
            }
            (Err(AddError::Feed(error)), _) => {
                writer.commit()?;
                return Err(CliError::file(path, error));
            }
        }
        Ok(())
    }

    fn progress(&mut self, (file, files): (usize, usize)) {
        if self.works.is_multiple_of(1_000) && self.shown.elapsed() > Duration::from_millis(200) {
            self.shown = Instant::now();
            let rate = self.works as f64 / self.begun.elapsed().as_secs_f64();
            self.console.progress(&format!("file {} of {files}: {} works, {rate:.0} a second", file + 1, self.works));
        }
    }
}

fn add_retractions(writer: &mut Writer, path: &Path, console: &Console) -> Result<usize, CliError> {
    let bytes = std::fs::read(path).map_err(|e| CliError::file(path, io_message(&e)))?;
    let read = retractions(&bytes).map_err(|e| CliError::file(path, e))?;
    for problem in read.problems.iter().take(LISTED_PROBLEMS) {
        console.warn(&format!("{}:{problem}", path.display()));
    }
    if read.problems.len() > LISTED_PROBLEMS {
        console.warn(&format!("{}: {} more rows like these", path.display(), read.problems.len() - LISTED_PROBLEMS));
    }
    let added = read.notices.len();
    for (doi, notice) in read.notices {
        writer.add_notice(doi, notice)?;
    }
    Ok(added)
}

fn info(args: &InfoArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let folder = args.choice.required(project)?;
    let index = Index::open(&folder)?;
    if args.check {
        index.check()?;
    }
    let contents = index.contents()?;
    match args.to {
        AnswerFormat::Json => {
            let value = json!({
                "index": folder.display().to_string(), "works": contents.works, "notices": contents.notices,
                "segments": contents.segments, "bytes": contents.bytes, "updated": contents.updated,
                "files": contents.inputs,
            });
            console.print_raw(&format!("{value}\n"))?;
        }
        AnswerFormat::Text => {
            let per = contents.bytes.checked_div(contents.works.max(1)).unwrap_or_default();
            let mut text = format!(
                "{}\n  works     {}\n  notices   {}  (retractions, corrections, concerns)\n  files     {} added whole\n  size      {} bytes in {}, {per} a work\n  changed   {}\n",
                crate::text::inert_line(&folder.display().to_string()),
                contents.works,
                contents.notices,
                contents.inputs,
                contents.bytes,
                count(contents.segments, "segment"),
                contents.updated,
            );
            if args.check {
                text.push_str("  checked   all bytes are those that were written\n");
            }
            console.print(&text)?;
        }
    }
    Ok(Outcome::Done)
}

fn remove(args: &RemoveArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let folder = args.choice.required(project)?;
    Index::open(&folder)?;
    let mut writer = Writer::open(&folder)?;
    let mut missing = 0;
    for doi in &args.doi {
        if !writer.remove(doi)? {
            console.warn(&format!("{doi} is not in the index"));
            missing += 1;
        }
    }
    writer.commit()?;
    console.note(&format!("{} taken out", count(args.doi.len() - missing, "work")));
    Ok(if missing > 0 { Outcome::Found } else { Outcome::Done })
}
