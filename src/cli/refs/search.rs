//! `citetrail refs search`: works by words and parts.

use std::path::Path;

use clap::Args;

use super::super::Outcome;
use super::super::args::AnswerFormat;
use super::super::error::CliError;
use super::super::output::Console;
use super::super::scope::{Scope, project_at};
use super::list;
use crate::answers::WorkQuery;

/// Works with these words in names, title, container, year, keywords; or in the part named before a colon
#[derive(Debug, Args)]
#[command(after_help = "\
A word may name the part it stands in: key, type, author, editor, title, journal, keyword, doi, or any variable of CSL;
year takes a range; has: and no: ask whether there is such a part.

Examples:
  citetrail refs search marzano 1999
  citetrail refs search author:marzano year:1999..2005 has:doi
  citetrail refs search no:doi type:article-journal --to json")]
pub struct RefsSearchArgs {
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

pub(super) fn run(args: &RefsSearchArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = Scope::Project(project_at(project)?);
    let query = WorkQuery::parse(&args.words).map_err(|e| CliError::Message(e.to_string()))?;
    let works = if query.has_filters() {
        let all = scope.ask(|store| Ok(store.works()?))?;
        all.into_iter().filter(|work| query.matches(work)).collect()
    } else {
        scope.ask(|store| Ok(store.search_works(&args.words.join(" "))?))?
    };
    list::print(&works, args.to, console)
}
