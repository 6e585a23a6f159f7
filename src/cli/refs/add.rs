//! `citetrail refs add`: works join the bibliography.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;

use super::super::Outcome;
use super::super::error::CliError;
use super::super::index::IndexChoice;
use super::super::output::{Console, count};
use super::super::scope::{project_at, read_works};
use super::super::whom::{NetworkArgs, Whom};
use super::identified::{Identifier, Lookup, look_up};
use super::summary;
use crate::bibliography::key_pattern::{Candidate, Pattern, plan};
use crate::project::{AddedWork, Project, Trial};
use crate::reference::parse_list;
use crate::resolve::{Entry, Resolution, Standing, find};
use crate::review::Timestamp;
use crate::work::{Field, Work};

/// Add works: by DOI, PMID or ISBN, as printed references, or from a bibliography file
#[derive(Debug, Args)]
#[command(after_help = "\
A DOI, PMID, ISBN or arXiv identifier is looked up in the index of works and, with --online, at services. A printed reference
is taken apart; where the index or the services have its work for certain, its DOI and PMID are added. Keys are made by the
pattern of [rekey] in citetrail.toml.

Exit status: 0 all works are in refs.bib now, 1 some could not be added, 2 nothing was done.

Examples:
  citetrail refs add \"Wu, J. J., & Metz, B. J. (2008). Calcinosis cutis. Dermatologic Surgery, 34, 575–577.\"
  citetrail refs add 10.1001/archderm.144.5.585 --index works
  citetrail refs add \"PMID 7593766\" \"ISBN 978-0-306-40615-7\" --online
  citetrail refs add --from export.bib")]
pub struct RefsAddArgs {
    /// Identifiers and printed references, each one argument.
    #[arg(value_name = "DOI|PMID|ISBN|REFERENCE", required_unless_present = "from")]
    pub references: Vec<String>,
    /// A bibliography file of any format `convert` reads to take works from ("-" is standard input).
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub choice: IndexChoice,
    #[command(flatten)]
    pub network: NetworkArgs,
}

pub(super) fn run(args: &RefsAddArgs, folder: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let project = project_at(folder)?;
    let identifiers: Vec<Option<Identifier>> = args.references.iter().map(|text| Identifier::read(text)).collect();
    let whom = match Whom::open(&args.choice, &args.network, folder) {
        Ok(whom) => whom,
        // What is printed can be added without it.
        Err(error) if args.choice.index.is_none() && identifiers.iter().all(Option::is_none) => {
            console.warn(&error.to_string());
            Whom::default()
        }
        Err(error) => return Err(error),
    };
    let (mut works, mut refused) = wanted(args, &identifiers, &whom, console)?;
    if let Some(path) = &args.from {
        works.extend(read_works(path, console)?);
    }
    give_keys(&project, &mut works)?;
    let command = format!("refs add ({})", count(works.len(), "work"));
    let printed: Vec<String> = works.iter().map(summary).collect();
    let added = project.import_works(&command, works, Trial::Write)?;
    for (outcome, printed) in added.works.iter().zip(&printed) {
        match outcome {
            AddedWork::New { key, alike } => {
                console.note(&format!("added {key}: {printed}"));
                if !alike.is_empty() {
                    console.warn(&format!("{key} may be the same publication as {}", alike.join(", ")));
                }
            }
            AddedWork::Known { key } => console.note(&format!("already there as {key}: {printed}")),
            AddedWork::Unreadable => {
                console.warn(&format!("not added, too little was understood: {printed}"));
                refused += 1;
            }
        }
    }
    Ok(if refused > 0 || added.works.is_empty() { Outcome::Found } else { Outcome::Done })
}

/// The works of the arguments, in their order, and how many could not be had.
fn wanted(
    args: &RefsAddArgs,
    identifiers: &[Option<Identifier>],
    whom: &Whom,
    console: &Console,
) -> Result<(Vec<Work>, usize), CliError> {
    if let (Some(identifier), true) = (identifiers.iter().flatten().next(), whom.sources().is_empty()) {
        return Err(CliError::Message(format!(
            "there is no source to ask for {identifier}: give --index DIR (`citetrail index add` makes one), or --online"
        )));
    }
    let printed: Vec<&str> =
        args.references.iter().zip(identifiers).filter(|(_, id)| id.is_none()).map(|(text, _)| text.as_str()).collect();
    let mut parsed = parse_list(&printed).into_iter();
    let mut works = Vec::new();
    let mut refused = 0;
    for (text, identifier) in args.references.iter().zip(identifiers) {
        match identifier {
            Some(identifier) => match look_up(identifier, whom, console) {
                Lookup::Found(work) => works.push(*work),
                Lookup::None(why) => {
                    console.warn(&format!("not added, {identifier}: {why}"));
                    refused += 1;
                }
            },
            None => {
                let work = parsed.next().expect("each printed reference is parsed").work;
                works.push(identified(text, work, whom, console));
            }
        }
    }
    Ok((works, refused))
}

/// A printed work, with the identifiers that are certain.
fn identified(raw: &str, mut work: Work, whom: &Whom, console: &Console) -> Work {
    let sources = whom.sources();
    if sources.is_empty() {
        return work;
    }
    let resolution = find(&Entry::printed(raw, work.clone()), &sources, Timestamp::from(SystemTime::now()));
    resolution.unavailable.iter().for_each(|error| console.warn(error));
    let Some(seen) = resolution.found() else {
        if resolution.verdict == Standing::NotFound {
            console.note(&format!("not found in {}: added as it is printed", resolution.sources()));
        }
        return work;
    };
    if resolution.is_certain() {
        let doi = seen.doi.as_ref().map(ToString::to_string);
        for (field, value) in [(Field::Doi, &doi), (Field::Pmid, &seen.pmid), (Field::Pmcid, &seen.pmcid)] {
            if let (Some(value), None) = (value, work.get(field)) {
                work.set(field, value.as_str());
            }
        }
        console.note(&format!("{}: found in {}", seen.identifier(), resolution.sources()));
    } else {
        console.warn(&format!("{}{}", seen.identifier(), doubts(&resolution)));
    }
    warn_of(&resolution, console);
    work
}

/// Why an identifier is not taken over.
fn doubts(resolution: &Resolution) -> String {
    let fields: Vec<String> = resolution
        .disagreements
        .iter()
        .map(|d| {
            format!(
                "{} (printed {}, record {})",
                d.field,
                if d.printed.is_empty() { "nothing" } else { &d.printed },
                d.record
            )
        })
        .collect();
    match fields.is_empty() {
        true => " is likely the work, but not certain; it was not taken over".to_owned(),
        false => format!(" is the work, but these disagree: {}; it was not taken over", fields.join(", ")),
    }
}

fn warn_of(resolution: &Resolution, console: &Console) {
    for notice in &resolution.notices {
        console.warn(&format!("the work is {}", notice.in_words()));
    }
    if let Some(article) = &resolution.published_as {
        console.warn(&format!("the work is a preprint, published as {}", article.identifier()));
    }
}

/// Gives works without a key the one that the project's pattern makes; without a pattern they get the usual ones.
fn give_keys(project: &Project, works: &mut [Work]) -> Result<(), CliError> {
    let Some(pattern) = project.config()?.rekey.pattern else { return Ok(()) };
    let pattern: Pattern =
        pattern.parse().map_err(|e| CliError::Message(format!("citetrail.toml: {e} ({pattern})")))?;
    let taken = project.store()?.keys()?;
    let there = taken.iter().map(|key| Candidate { key, work: None });
    let new = works.iter().map(|work| Candidate { key: &work.key, work: Some(work).filter(|w| w.key.is_empty()) });
    let keys = plan(&there.chain(new).collect::<Vec<_>>(), &pattern);
    for (work, key) in works.iter_mut().zip(keys.into_iter().skip(taken.len())) {
        if let Some(key) = key {
            work.key = key;
        }
    }
    Ok(())
}
