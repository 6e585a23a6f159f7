//! `citetrail refs show`: one work in full, and the claims that rest on it.

use std::fmt::Write;
use std::path::Path;

use clap::Args;

use super::super::args::{AnswerFormat, StyleArgs};
use super::super::backs::{self, no_such_work};
use super::super::error::CliError;
use super::super::output::Console;
use super::super::{Outcome, style};
use super::bib::BibArgs;
use super::source::SourceArgs;
use crate::answers::{FoundWorks, citing, find_works};
use crate::bibliography::bibtex::{self, entry_text};
use crate::bibliography::{self, Format};
use crate::project::BibFile;
use crate::text::inert;
use crate::work::Work;

/// One work in full, and the claims that rest on it
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  citetrail refs show marzano1999")]
pub struct RefsShowArgs {
    /// Citation key, DOI or words.
    #[arg(required = true, value_name = "WORK")]
    pub work: Vec<String>,
    #[command(flatten)]
    pub style: StyleArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

pub(super) fn run(args: &RefsShowArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let scope = args.source.open(project, console)?;
    let query = args.work.join(" ");
    let style = style::chosen(&args.style, scope.project())?;
    let answer = scope.ask(|store| {
        Ok(match find_works(store, &query)? {
            FoundWorks::None { similar } => Err(similar),
            FoundWorks::Some(works) => {
                let reviews = scope.reviews(store)?;
                let with_claims = works.into_iter().take(20).map(|work| {
                    let claims = citing(store, &reviews, &work.key)?;
                    Ok((work, claims))
                });
                Ok(with_claims.collect::<Result<Vec<_>, CliError>>()?)
            }
        })
    })?;
    let found = match answer {
        Ok(found) => found,
        Err(similar) => {
            console.note(&no_such_work(&query, &similar));
            return Ok(Outcome::Found);
        }
    };
    if args.to == AnswerFormat::Json {
        let works: Vec<Work> = found.into_iter().map(|(work, _)| work).collect();
        console.print_raw(&bibliography::write(&works, Format::CSL_JSON))?;
        return Ok(Outcome::Done);
    }
    let file = BibArgs { bib: args.source.bib.clone() }.open(project).ok();
    for (i, (work, claims)) in found.iter().enumerate() {
        let mut out = String::new();
        if i > 0 {
            out.push('\n');
        }
        out.push_str(&backs::text(work, claims, &style, console.width()));
        let _ = write!(out, "\n{}", inert(&source_text(file.as_ref(), work)));
        console.print(&out)?;
    }
    Ok(Outcome::Done)
}

/// The entry as it stands in its file, or as it would be written where the works are not from a .bib file.
fn source_text(file: Option<&BibFile>, work: &Work) -> String {
    let own = || {
        let source = file?.text().ok()?;
        let span = bibtex::find_block(source, &work.key).ok()?.span;
        Some(format!("{}\n", &source[span]))
    };
    own().unwrap_or_else(|| entry_text(work))
}
