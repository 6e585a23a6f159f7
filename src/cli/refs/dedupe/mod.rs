//! `citetrail refs dedupe`: works that are one publication, and what to do about them.

mod ask;
mod merging;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::super::Outcome;
use super::super::args::AnswerFormat;
use super::super::error::CliError;
use super::super::output::{Console, KEY, count, wrap};
use super::super::scope::{Scope, project_at, read_works};
use super::recite::DocumentArgs;
use super::summary;
use crate::bibliography::duplicates::{DuplicateGroup, Evidence, Found, VersionPair, duplicates};
use crate::text::inert_line;
use crate::work::Work;

/// Works that are one publication, with the evidence; merged on request
#[derive(Debug, Args)]
#[command(after_help = "\
Without --merge and --auto nothing is changed.

A merge keeps one entry, the one that documents cite, or that says most; what only the others say joins it, and their keys go to
its field ids. Where values conflict, --merge asks, and --auto leaves the group alone. Values that are in the entry no more are
shown, and `citetrail undo` brings them back. What named an entry that is gone names the one that is left: crossref, xdata,
related, the record of the project's documents and, with --documents, the citations of its manuscripts.

A preprint and what it became are not one publication. They are listed apart, and --merge and --auto link them: the published
entry gets related and relatedtype, which biblatex reads.

Exit status: 0 no duplicates, or written; 1 there are duplicates.

Examples:
  citetrail refs dedupe
  citetrail refs dedupe --bib export.ris
  citetrail refs dedupe --auto
  citetrail refs dedupe --auto --write --documents
  citetrail refs dedupe --merge
  citetrail refs dedupe --bib refs.bib --to json")]
pub struct RefsDedupeArgs {
    /// Look at this bibliography file instead of the project's ("-" is standard input); merging takes a .bib file.
    #[arg(long, value_name = "FILE")]
    pub bib: Option<PathBuf>,
    /// Go through the groups and ask what to do.
    #[arg(long, conflicts_with = "auto")]
    pub merge: bool,
    /// Merge the groups that are certain and have no conflicts; shows what would change.
    #[arg(long)]
    pub auto: bool,
    /// With --auto: write the changes.
    #[arg(long, requires = "auto")]
    pub write: bool,
    #[command(flatten)]
    pub documents: DocumentArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

pub(super) fn run(args: &RefsDedupeArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    if args.merge || args.auto {
        return merging::run(args, project, console);
    }
    let works = match &args.bib {
        Some(path) => read_works(path, console)?,
        None => Scope::Project(project_at(project)?).ask(|store| Ok(store.works()?))?,
    };
    let found = duplicates(&works);
    match args.to {
        AnswerFormat::Json => {
            console.print_raw(&format!(
                "{}\n",
                serde_json::to_string_pretty(&as_json(&found, &works)).expect("plain data")
            ))?;
        }
        AnswerFormat::Text => {
            console.print(&text(&found, &works, console.width()))?;
            let extra: usize = found.groups.iter().map(|g| g.members.len() - 1).sum();
            console.note(&format!(
                "{} in {}, {} of {} too many",
                count(found.groups.len(), "group"),
                count(works.len(), "work"),
                extra,
                works.len()
            ));
        }
    }
    Ok(if found.groups.is_empty() { Outcome::Done } else { Outcome::Found })
}

fn as_json(found: &Found, works: &[Work]) -> Value {
    let key = |i: usize| works[i].key.as_str();
    let link = |first: usize, second: usize, evidence: &Evidence| json!({ "works": [key(first), key(second)], "because": evidence.to_string(), "certain": evidence.is_certain() });
    let links =
        |g: &DuplicateGroup| g.links.iter().map(|l| link(l.first, l.second, &l.evidence)).collect::<Vec<Value>>();
    let version = |v: &VersionPair| json!({ "preprint": key(v.preprint), "published": key(v.published), "because": v.evidence.to_string() });
    json!({
        "groups": found.groups.iter().map(|g| g.members.iter().map(|i| key(*i)).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "evidence": found.groups.iter().map(links).collect::<Vec<_>>(),
        "versions": found.versions.iter().map(version).collect::<Vec<_>>(),
    })
}

fn text(found: &Found, works: &[Work], width: usize) -> String {
    let mut out = String::new();
    for (i, group) in found.groups.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out.push_str(&group_text(group, works, width));
    }
    for version in &found.versions {
        if !out.is_empty() {
            out.push('\n');
        }
        for (i, what) in [(version.preprint, "preprint"), (version.published, "published")] {
            out.push_str(&work_line(&works[i], Some(what), width));
        }
        out.push_str(&wrap(&version.evidence.to_string(), width, "  ", "    "));
    }
    out
}

/// A group with what joins it.
fn group_text(group: &DuplicateGroup, works: &[Work], width: usize) -> String {
    let mut out: String = group.members.iter().map(|i| work_line(&works[*i], None, width)).collect();
    for link in &group.links {
        let pair = format!("{} = {}: {}", works[link.first].key, works[link.second].key, link.evidence);
        let _ = write!(out, "{}", wrap(&pair, width, "  ", "    "));
    }
    out
}

fn work_line(work: &Work, what: Option<&str>, width: usize) -> String {
    let key = inert_line(&work.key);
    let what = what.map(|w| format!("({w}) ")).unwrap_or_default();
    let line = wrap(&format!("{key}  {what}{}", summary(work)), width, "", "    ");
    line.replacen(key.as_str(), &format!("{KEY}{key}{KEY:#}"), 1)
}
