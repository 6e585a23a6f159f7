//! `citetrail refs dedupe`: works that are one publication.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::super::Outcome;
use super::super::args::AnswerFormat;
use super::super::error::CliError;
use super::super::output::{Console, KEY, count, wrap};
use super::super::scope::{Scope, project_at, read_works};
use super::summary;
use crate::bibliography::duplicates::{DuplicateGroup, Link, duplicates};
use crate::text::inert_line;
use crate::work::Work;

/// Works that are one publication, with the evidence
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing is changed. Exit status: 1 when there are duplicates, else 0.

Examples:
  citetrail refs dedupe
  citetrail refs dedupe --bib export.ris
  citetrail refs dedupe --bib refs.bib --to json")]
pub struct RefsDedupeArgs {
    /// Look at this bibliography file instead of the project's ("-" is standard input).
    #[arg(long, value_name = "FILE")]
    pub bib: Option<PathBuf>,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

pub(super) fn run(args: &RefsDedupeArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let works = match &args.bib {
        Some(path) => read_works(path, console)?,
        None => Scope::Project(project_at(project)?).ask(|store| Ok(store.works()?))?,
    };
    let groups = duplicates(&works);
    match args.to {
        AnswerFormat::Json => {
            let answer = json!({
                "groups": groups.iter().map(|g| keys(g, &works)).collect::<Vec<_>>(),
                "evidence": groups.iter().map(|g| g.links.iter().map(|l| link(l, &works)).collect()).collect::<Vec<Vec<Value>>>(),
            });
            console.print_raw(&format!("{}\n", serde_json::to_string_pretty(&answer).expect("plain data")))?;
        }
        AnswerFormat::Text => {
            console.print(&text(&groups, &works, console.width()))?;
            let extra: usize = groups.iter().map(|g| g.members.len() - 1).sum();
            console.note(&format!(
                "{} in {}, {} of {} too many",
                count(groups.len(), "group"),
                count(works.len(), "work"),
                extra,
                works.len()
            ));
        }
    }
    Ok(if groups.is_empty() { Outcome::Done } else { Outcome::Found })
}

fn keys<'w>(group: &DuplicateGroup, works: &'w [Work]) -> Vec<&'w str> {
    group.members.iter().map(|i| works[*i].key.as_str()).collect()
}

fn link(link: &Link, works: &[Work]) -> Value {
    json!({
        "works": [works[link.first].key, works[link.second].key],
        "because": link.evidence.to_string(),
    })
}

fn text(groups: &[DuplicateGroup], works: &[Work], width: usize) -> String {
    let mut out = String::new();
    for (i, group) in groups.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        for member in &group.members {
            let work = &works[*member];
            let key = inert_line(&work.key);
            let line = wrap(&format!("{key}  {}", summary(work)), width, "", "    ");
            out.push_str(&line.replacen(key.as_str(), &format!("{KEY}{key}{KEY:#}"), 1));
        }
        for link in &group.links {
            let pair = format!("{} = {}: {}", works[link.first].key, works[link.second].key, link.evidence);
            let _ = write!(out, "{}", wrap(&pair, width, "  ", "    "));
        }
    }
    out
}
