//! `citetrail load`: read documents into the project.

use std::path::Path;

use super::Outcome;
use super::args::LoadArgs;
use super::error::CliError;
use super::output::{Console, count};
use super::scope::{named_works, project_at, read_input, read_works, reading};
use crate::document::{self, Completeness};
use crate::project::{AddedWork, Incoming, Loaded, Shrinking};

pub(super) fn run(args: &LoadArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    if args.name.is_some() && args.documents.len() > 1 {
        return Err(CliError::Message("--as names one document, but several are given".to_owned()));
    }
    let project = project_at(project)?;
    let force = if args.force { Shrinking::Allowed } else { Shrinking::Refused };
    let mut failed = None;
    for (i, path) in args.documents.iter().enumerate() {
        if args.documents.len() > 1 {
            console.progress(&format!("{}/{} {}", i + 1, args.documents.len(), path.display()));
        }
        let loaded = read_input(path).and_then(|bytes| {
            let options = reading(&args.reading, path, &bytes);
            // What cannot be read is said when it is loaded.
            let works = match (&args.bib, document::read(&bytes, &options)) {
                (Some(bib), _) => read_works(bib, console)?,
                (None, Ok(document)) if document.is_keyed() => named_works(path, &document, console)?,
                _ => Vec::new(),
            };
            let incoming = Incoming {
                path: (path != Path::new("-")).then(|| path.clone()),
                name: args.name.clone(),
                bytes,
                options,
                works,
            };
            Ok(project.load(&incoming, force)?)
        });
        console.progress("");
        match loaded {
            Ok(loaded) => report(&loaded, console),
            // One document that cannot be read does not keep the others out.
            Err(error) if args.documents.len() > 1 => {
                console.error(&error.to_string());
                failed = Some(path);
            }
            Err(error) => return Err(error),
        }
    }
    match failed {
        Some(path) => Err(CliError::file(path, "not loaded (see above); the other documents were")),
        None => Ok(Outcome::Done),
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
