//! `citetrail refs set`: fields of an entry set, taken out, renamed.

use std::path::Path;

use clap::Args;

use super::super::Outcome;
use super::super::error::CliError;
use super::super::output::Console;
use super::bib::{self, BibArgs, failed};
use crate::bibliography::bibtex::{self, Splice, apply};
use crate::project::{Following, Shrinking};

/// Set fields of an entry, and nothing else in the file
#[derive(Debug, Args)]
#[command(after_help = "\
A value is LaTeX as it would stand in the .bib file, without braces round it; “&”, “%” and “#” in prose are escaped. A field
that is there keeps its place, its braces or quotation marks; a new one comes last, laid out like the others. No other byte
of the file changes.

Examples:
  citetrail refs set marzano1999 doi=10.1159/000018079 pages=90--92
  citetrail refs set wu2008 note= --remove abstract
  citetrail refs set wu2008 --rename school=institution --type report
  citetrail refs set wu2008 --source 'journal=ds # \" (Supplement)\"'
  citetrail refs set smith2001 year=2002 --bib chapter.bib")]
pub struct RefsSetArgs {
    /// The citation key.
    #[arg(value_name = "KEY")]
    pub key: String,
    /// Fields with their values; an empty value takes the field out.
    #[arg(value_name = "FIELD=VALUE", value_parser = assignment, required_unless_present_any = ["remove", "rename", "source", "entry_type"])]
    pub fields: Vec<Assignment>,
    /// Take these fields out.
    #[arg(long, value_name = "FIELD")]
    pub remove: Vec<String>,
    /// Give a field another name.
    #[arg(long, value_name = "OLD=NEW", value_parser = assignment)]
    pub rename: Vec<Assignment>,
    /// Set a field to a value with its delimiters: the name of an @string, or pieces joined by #.
    #[arg(long, value_name = "FIELD=SOURCE", value_parser = assignment)]
    pub source: Vec<Assignment>,
    /// Make it an entry of another type.
    #[arg(long = "type", value_name = "TYPE")]
    pub entry_type: Option<String>,
    #[command(flatten)]
    pub bib: BibArgs,
}

/// `name=value`.
#[derive(Debug, Clone)]
pub struct Assignment {
    name: String,
    value: String,
}

fn assignment(text: &str) -> Result<Assignment, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok(Assignment { name: name.trim().to_owned(), value: value.trim().to_owned() })
        }
        _ => Err(format!("“{text}” has no field name before a “=”, as in year=2001")),
    }
}

pub(super) fn run(args: &RefsSetArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let file = args.bib.open(project)?;
    let failed = failed(&file);
    let source = file.text()?;
    let (span, mut entry) = bibtex::find_entry(source, &args.key).map_err(&failed)?;
    for Assignment { name, value } in &args.rename {
        entry.rename(name, value).map_err(&failed)?;
    }
    for name in &args.remove {
        entry.remove(name).map_err(&failed)?;
    }
    for Assignment { name, value } in &args.fields {
        if value.is_empty() { entry.remove(name) } else { entry.set(name, value) }.map_err(&failed)?;
    }
    for Assignment { name, value } in &args.source {
        entry.set_source(name, value).map_err(&failed)?;
    }
    if let Some(entry_type) = &args.entry_type {
        entry.retype(entry_type).map_err(&failed)?;
    }
    if entry.text() == &source[span.clone()] {
        console.note(&format!("{} is so already; nothing was changed", args.key));
        return Ok(Outcome::Done);
    }
    let shown = entry.text().to_owned();
    let after = apply(source, vec![Splice { span, with: entry.into_text() }]);
    let command = format!("refs set {}", args.key);
    bib::write(&file, &command, after, &Following::default(), Shrinking::Refused, console)?;
    console.note(&shown);
    Ok(Outcome::Done)
}
