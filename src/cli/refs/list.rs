//! `citetrail refs list`: all works, one a line.

use std::path::Path;

use clap::Args;

use super::super::Outcome;
use super::super::args::AnswerFormat;
use super::super::error::CliError;
use super::super::output::{Console, KEY, count, wrap};
use super::super::scope::{Scope, project_at};
use super::summary;
use crate::bibliography::{self, Format};
use crate::work::Work;

/// All works, one a line
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  citetrail refs list\n  citetrail refs list --to json")]
pub struct RefsListArgs {
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

pub(super) fn run(args: &RefsListArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let works = Scope::Project(project_at(project)?).ask(|store| Ok(store.works()?))?;
    print(&works, args.to, console)
}

/// Shows works, one a line.
pub(super) fn print(works: &[Work], format: AnswerFormat, console: &Console) -> Result<Outcome, CliError> {
    match format {
        AnswerFormat::Json => console.print_raw(&bibliography::write(works, Format::CSL_JSON))?,
        AnswerFormat::Text => {
            let longest = works.iter().map(|w| w.key.chars().count()).max().unwrap_or(0).min(24);
            let mut out = String::new();
            for work in works {
                let line = wrap(
                    &format!("{:longest$}  {}", work.key, summary(work)),
                    console.width(),
                    "",
                    &" ".repeat(longest + 2),
                );
                out.push_str(&line.replacen(work.key.as_str(), &format!("{KEY}{}{KEY:#}", work.key), 1));
            }
            console.print(&out)?;
            console.note(&count(works.len(), "work"));
        }
    }
    Ok(if works.is_empty() { Outcome::Found } else { Outcome::Done })
}
