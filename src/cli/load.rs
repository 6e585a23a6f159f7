//! `citetrail load`: read documents into the project.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::args::ReadingArgs;
use super::error::CliError;
use super::found::Found;
use super::output::{Console, count};
use super::scope::{named_works, project_at, read_document, read_input, read_works, reading, refuse_bibliography};
use crate::document::Completeness;
use crate::project::{AddedWork, Incoming, Loaded, Shrinking};

/// Read documents into the project; again = update
#[derive(Debug, Args)]
#[command(after_help = "\
Of a folder all documents in it and below are read; hidden files, files that others take in, and what is no document are
not. Exit status: 1 when some of several documents could not be loaded.

Examples:
  citetrail load entry.txt chapter-2.docx
  citetrail load articles/
  pbpaste | citetrail load - --as entry.txt")]
pub struct LoadArgs {
    /// The documents, or folders of them ("-" is standard input).
    #[arg(value_name = "DOC", required = true)]
    pub documents: Vec<PathBuf>,
    /// The document's name in the project.
    #[arg(long = "as", value_name = "NAME", conflicts_with = "root")]
    pub name: Option<String>,
    /// Replace another document of the same name.
    #[arg(long)]
    pub force: bool,
    /// The bibliography whose keys the documents cite, in place of the one they name.
    #[arg(long, value_name = "FILE")]
    pub bib: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

pub(super) fn run(args: &LoadArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let Found { documents, is_bulk } = Found::of(&args.documents, &args.reading, console)?;
    if args.name.is_some() && documents.len() > 1 {
        return Err(CliError::Message("--as names one document, but several are given".to_owned()));
    }
    let project = project_at(project)?;
    let force = if args.force { Shrinking::Allowed } else { Shrinking::Refused };
    let mut failed = 0;
    for (i, path) in documents.iter().enumerate() {
        if documents.len() > 1 {
            console.progress(&format!("{}/{} {}", i + 1, documents.len(), path.display()));
        }
        let loaded = read_input(path).and_then(|bytes| {
            refuse_bibliography(&args.reading, path, &bytes)?;
            let options = reading(&args.reading, path, &bytes);
            // What cannot be read is said when it is loaded.
            let works = match (&args.bib, read_document(path, &bytes, &args.reading)) {
                (Some(bib), _) => read_works(bib, console)?,
                (None, Ok(document)) if document.is_keyed() => named_works(path, &document, console)?,
                _ => Vec::new(),
            };
            let incoming = Incoming {
                path: (path != Path::new("-")).then(|| path.clone()),
                name: args.name.clone(),
                bytes,
                options,
                root: args.reading.root.clone(),
                works,
            };
            Ok(project.load(&incoming, force)?)
        });
        console.progress("");
        match loaded {
            Ok(loaded) => report(&loaded, console),
            // One document that cannot be read does not keep the others out.
            Err(error) if is_bulk => {
                console.error(&error.to_string());
                failed += 1;
            }
            Err(error) => return Err(error),
        }
    }
    match failed {
        0 => Ok(Outcome::Done),
        _ if failed == documents.len() => Err(CliError::Message("none of the documents was loaded".to_owned())),
        _ => {
            console.note(&format!("{failed} of {} not loaded (see above)", count(documents.len(), "document")));
            Ok(Outcome::Found)
        }
    }
}

fn report(loaded: &Loaded, console: &Console) {
    let analysis = &loaded.analysis;
    let verb = if loaded.updated { "updated" } else { "loaded" };
    let new = loaded.added.works.iter().filter(|a| matches!(a, AddedWork::New { .. })).count();
    let known = loaded.added.works.iter().filter(|a| matches!(a, AddedWork::Known { .. })).count();
    let (mentions, unresolved) = (analysis.mentions().count(), analysis.unresolved().count());
    console.note(&format!(
        "{verb} {}: {}, {}{}, {} ({new} new in refs.bib, {known} known)",
        loaded.name,
        count(analysis.claims.len(), "claim"),
        count(mentions, "citation"),
        if unresolved > 0 { format!(" ({unresolved} unresolved)") } else { String::new() },
        count(analysis.references.len(), "reference"),
    ));
    if let Completeness::Incomplete { reason } = &analysis.document.completeness {
        console.note(&format!("incomplete: {reason}"));
    }
    for notice in &analysis.document.notices {
        console.warn(&format!("{}: {}", loaded.name, notice.message));
    }
    for (raw, added) in analysis.document.references.iter().zip(&loaded.added.works) {
        match added {
            AddedWork::New { key, alike } if !alike.is_empty() => {
                console.warn(&format!("{key} may be the same publication as {}", alike.join(", ")));
            }
            AddedWork::Unreadable => {
                console
                    .warn(&format!("no entry was made from a reference that is cut or not understood: “{}”", raw.text));
            }
            _ => {}
        }
    }
}
