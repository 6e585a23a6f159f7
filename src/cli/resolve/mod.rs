//! `citetrail resolve`: identifiers for works that have none, and whether those they have are right.

mod show;
mod table;
mod write;

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Outcome;
use super::args::ScopeArgs;
use super::bulk::in_order;
use super::cite::{of_file, printed_in};
use super::error::CliError;
use super::index::IndexChoice;
use super::output::{Console, count};
use super::scope::{Scope, read_works};
use super::whom::{NetworkArgs, Whom};
use crate::answers::select;
use crate::matching::NoticeKind;
use crate::project::{Project, RESOLVED};
use crate::resolve::{Entry, OriginSaid, Resolution, Standing, find, verify};
use crate::review::Timestamp;
use crate::work::Work;

/// DOIs and PMIDs of works that have none; with --verify, whether those they have are right
#[derive(Debug, Args)]
#[command(after_help = "\
Asked are the index of works, then, with --online, services about what the index does not tell for certain. Verdicts:
found; mismatched (this is the work, but fields of the entry disagree with its record: each is named); not found (in these
sources, as of their date); cannot tell (several works agree, too little is said, or no source could be asked). Of a work
with an identifier --verify says whether it is another work's or unknown, which fields disagree, whether the work was
retracted or corrected, and what a preprint was published as.

--write adds only identifiers that are certain, to entries that have none; what is there stays as it is. What was found out
is kept in resolved.jsonl, from which `check` and `dois --matched` know it.

Exit status: 0 all are found and nothing is wrong, 1 something is to be looked at, 2 nothing could be asked.

Examples:
  citetrail resolve --index works
  citetrail resolve --online --write
  citetrail resolve \"dystrophic calcification\" --to jsonl
  citetrail resolve tan2006 --mismatched --write
  citetrail resolve --verify --online
  citetrail resolve --in entry.txt --index works")]
pub struct ResolveArgs {
    /// Claims, sections, documents or citation keys; every work without.
    #[arg(value_name = "CLAIM|WORK")]
    pub what: Vec<String>,
    /// Compare the works that have a DOI or PMID with its records.
    #[arg(long)]
    pub verify: bool,
    /// Write the identifiers that are certain into the bibliography.
    #[arg(long, conflicts_with = "document")]
    pub write: bool,
    /// With --write, also those of works whose fields disagree with the record.
    #[arg(long, requires = "write")]
    pub mismatched: bool,
    #[command(flatten)]
    pub scope: ScopeArgs,
    #[command(flatten)]
    pub choice: IndexChoice,
    #[command(flatten)]
    pub network: NetworkArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: ResolveFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ResolveFormat {
    #[default]
    Text,
    Json,
    /// One JSON object a work, as they come.
    Jsonl,
}

/// What was found out is kept at least so often, so that an interrupted run leaves it behind.
const KEPT_EVERY: Duration = Duration::from_secs(5);

/// The works that are asked about, and where they come from.
struct Asked {
    entries: Vec<Entry>,
    /// All works of the bibliography.
    works: Vec<Work>,
    /// Whose `refs.bib` it is.
    project: Option<Project>,
}

pub(super) fn run(args: &ResolveArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let whom = Whom::open(&args.choice, &args.network, project)?;
    if whom.sources().is_empty() {
        let message = "there is no source to ask: give --index DIR (`citetrail index add` makes one), or --online";
        return Err(CliError::Message(message.to_owned()));
    }
    if whom.has_nothing() {
        console.warn("the index is empty, so nothing can be found in it; `citetrail index add` fills it");
    }
    let asked = asked(args, project, console)?;
    let resolutions = resolve(args, &asked, &whom, console)?;
    let written = if args.write {
        let outcome = write::write(args, &asked.works, &resolutions, project, console)?;
        Some(outcome)
    } else {
        None
    };
    match args.to {
        ResolveFormat::Json => {
            let works: Vec<Value> = resolutions.iter().map(json).collect();
            let out = serde_json::to_string_pretty(&json!({ "works": works })).expect("plain data");
            console.print_raw(&format!("{out}\n"))?;
        }
        ResolveFormat::Text | ResolveFormat::Jsonl => {}
    }
    summarise(args, &asked, &resolutions, written, console);
    let open = resolutions.iter().any(is_open);
    Ok(if open { Outcome::Found } else { Outcome::Done })
}

/// Whether there is something to look at.
fn is_open(resolution: &Resolution) -> bool {
    let grave = |kind| matches!(kind, Some(NoticeKind::Retraction | NoticeKind::Concern));
    resolution.verdict != Standing::Matched
        || resolution.published_as.is_some()
        || resolution.notices.iter().any(|notice| grave(notice.kind()))
}

/// The works that are asked for and stand to be resolved, or verified.
fn asked(args: &ResolveArgs, project: Option<&Path>, console: &Console) -> Result<Asked, CliError> {
    let wanted = |work: &Work| {
        let has = if args.verify { work.doi().is_some() || work.pmid().is_some() } else { work.doi().is_some() };
        has == args.verify
    };
    let (works, all, own, printed) = match (&args.scope.bib, &args.scope.document) {
        (Some(bib), None) => {
            let all = read_works(bib, console)?;
            (of_file(all.clone(), &args.what, bib)?.works, all, None, Vec::new())
        }
        _ => {
            let scope = Scope::new(&args.scope, project, console)?;
            let (works, all, printed) = scope.ask(|store| {
                let all = store.works()?;
                let works = if args.what.is_empty() {
                    all.clone()
                } else {
                    select(store, &scope.reviews(store)?, &args.what)?.works
                };
                Ok((works, all, if args.scope.document.is_some() { printed_in(store)? } else { Vec::new() }))
            })?;
            (works, all, scope.project().cloned(), printed)
        }
    };
    let found = works.len();
    let entries: Vec<Entry> = works
        .into_iter()
        .filter(wanted)
        .map(|work| match printed.iter().find(|(_, printed)| *printed == work) {
            Some((raw, _)) => Entry::printed(raw, work),
            None => Entry::new(work),
        })
        .collect();
    if entries.is_empty() {
        console.note(&match (found, args.verify) {
            (0, _) => "there are no works".to_owned(),
            (n, true) => format!("none of {} has a DOI or PMID to verify", count(n, "work")),
            (n, false) => format!("{} with a DOI; --verify compares them with their records", count(n, "work")),
        });
    }
    Ok(Asked { entries, works: all, project: own })
}

/// Asks about each work and shows the answers as they come.
fn resolve(args: &ResolveArgs, asked: &Asked, whom: &Whom, console: &Console) -> Result<Vec<Resolution>, CliError> {
    let sources = whom.sources();
    let now = || Timestamp::from(SystemTime::now());
    let work = |entry: &Entry| match args.verify {
        true => verify(entry, &sources, now()),
        false => find(entry, &sources, now()),
    };
    let mut resolutions: Vec<Resolution> = Vec::with_capacity(asked.entries.len());
    let mut keeping =
        Keeping { project: asked.project.as_ref(), works: &asked.works, kept: Instant::now(), failed: false };
    let total = asked.entries.len();
    let mut failed = std::collections::HashSet::new();
    let outcome = in_order(&asked.entries, whom.jobs(), work, |i, answer| {
        let entry = &asked.entries[i];
        let resolution = answer.map_err(|what| {
            CliError::Message(format!("{}: a defect of citetrail ({what}); please report it", entry.work.key))
        })?;
        console.progress("");
        // A source that fails at one work mostly fails at all.
        for error in &resolution.unavailable {
            if failed.insert(error.clone()) {
                console.warn(error);
            }
        }
        match args.to {
            ResolveFormat::Text => console.print(&show::text(entry, &resolution, console.width()))?,
            ResolveFormat::Jsonl => console.print_raw(&format!("{}\n", json(&resolution)))?,
            ResolveFormat::Json => {}
        }
        resolutions.push(resolution);
        if i + 1 < total {
            console.progress(&format!("{} of {total}", i + 1));
        }
        if keeping.kept.elapsed() > KEPT_EVERY {
            keeping.keep(&resolutions, console);
        }
        Ok(())
    });
    console.progress("");
    keeping.keep(&resolutions, console);
    outcome.map(|()| resolutions)
}

/// Answers on their way into the project.
struct Keeping<'a> {
    project: Option<&'a Project>,
    works: &'a [Work],
    kept: Instant,
    failed: bool,
}

impl Keeping<'_> {
    /// Keeps what was found out; that it cannot be kept is said once.
    fn keep(&mut self, resolutions: &[Resolution], console: &Console) {
        let Some(project) = self.project.filter(|_| !resolutions.is_empty() && !self.failed) else { return };
        if let Err(error) = project.keep_resolutions(resolutions, self.works) {
            console.warn(&format!("what was found out is not kept in {RESOLVED}: {error}"));
            self.failed = true;
        }
        self.kept = Instant::now();
    }
}

/// The shape of `match --to jsonl`, with the key and what is kept beside.
pub(super) fn json(resolution: &Resolution) -> Value {
    let mut out = serde_json::to_value(resolution).expect("a resolution is plain data");
    let found = resolution.found();
    out["doi"] = json!(found.and_then(|seen| seen.doi.as_ref()));
    if let Some(pmid) = found.and_then(|seen| seen.pmid.as_ref()) {
        out["pmid"] = json!(pmid);
    }
    if let Some(seen) = &resolution.record {
        out["score"] = json!(seen.score);
    }
    if resolution.candidates.is_empty() {
        out["candidates"] = json!([]);
    }
    if resolution.disagreements.is_empty() {
        out["disagreements"] = json!([]);
    }
    out
}

fn summarise(
    args: &ResolveArgs,
    asked: &Asked,
    resolutions: &[Resolution],
    written: Option<write::Written>,
    console: &Console,
) {
    if args.to != ResolveFormat::Text || resolutions.is_empty() {
        if let Some(written) = written {
            console.note(&written.in_words());
        }
        return;
    }
    let number = |wanted: &[Standing]| resolutions.iter().filter(|r| wanted.contains(&r.verdict)).count();
    let mut parts = Vec::new();
    for (wanted, word) in [
        (&[Standing::Matched][..], if args.verify { "right" } else { "found" }),
        (&[Standing::Mismatched], "mismatched"),
        (&[Standing::OtherWork], "of another work"),
        (&[Standing::NotFound], if args.verify { "unknown" } else { "not found" }),
        (&[Standing::Ambiguous, Standing::CannotTell], "cannot tell"),
    ] {
        let number = number(wanted);
        if number > 0 || word == "found" || word == "right" {
            parts.push(format!("{number} {word}"));
        }
    }
    let mut said = format!("{}: {}", count(resolutions.len(), "work"), parts.join(", "));
    let sources: std::collections::BTreeSet<&OriginSaid> = resolutions.iter().flat_map(|r| &r.asked).collect();
    let sources: Vec<String> = sources.into_iter().map(|o| format!("{} as of {}", o.source, o.as_of)).collect();
    if !sources.is_empty() {
        said.push_str(&format!("; asked: {}", sources.join(", ")));
    }
    console.note(&said);
    match written {
        Some(written) => console.note(&written.in_words()),
        None => {
            let certain = resolutions.iter().filter(|r| r.had.is_none() && r.is_certain()).count();
            if certain > 0 && asked.project.is_some() {
                console.note(&format!(
                    "--write puts the {} into refs.bib",
                    if certain == 1 {
                        "identifier that is certain".to_owned()
                    } else {
                        format!("{certain} that are certain")
                    }
                ));
            }
        }
    }
}
