//! `citetrail refs list`: all works, one a line.

use std::path::Path;

use clap::{Args, ValueEnum};
use textwrap::core::display_width;

use super::super::Outcome;
use super::super::args::AnswerFormat;
use super::super::error::CliError;
use super::super::output::{Console, KEY, count, wrap};
use super::source::SourceArgs;
use super::{creators, summary};
use crate::bibliography::{self, Format};
use crate::text::{fold, inert_line};
use crate::work::{Field, Work};

/// All works: key, names, year, title
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail refs list
  citetrail refs list --sort year
  citetrail refs list --bib export.ris --to json")]
pub struct RefsListArgs {
    #[command(flatten)]
    pub shown: ListingArgs,
    #[command(flatten)]
    pub source: SourceArgs,
}

/// How works are listed.
#[derive(Debug, Clone, Args)]
pub struct ListingArgs {
    /// The order, in place of that of the file, or of fit.
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<Order>,
    /// The other way round.
    #[arg(long)]
    pub reverse: bool,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

/// What works are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    Key,
    Author,
    Year,
    Title,
}

pub(super) fn run(args: &RefsListArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let works = args.source.open(project, console)?.ask(|store| Ok(store.works()?))?;
    print(works, &args.shown, console)
}

/// Shows works.
pub(super) fn print(mut works: Vec<Work>, args: &ListingArgs, console: &Console) -> Result<Outcome, CliError> {
    let title = |work: &Work| fold(&work.plain(Field::Title).unwrap_or_default());
    let names = |work: &Work| fold(&work.creators().iter().map(|n| n.cited()).collect::<Vec<_>>().join(" "));
    match args.sort {
        None => {}
        Some(Order::Key) => works.sort_by_cached_key(|w| w.key.to_lowercase()),
        Some(Order::Author) => works.sort_by_cached_key(|w| (names(w), w.year(), title(w))),
        Some(Order::Year) => works.sort_by_cached_key(|w| (w.year(), names(w), title(w))),
        Some(Order::Title) => works.sort_by_cached_key(title),
    }
    if args.reverse {
        works.reverse();
    }
    match args.to {
        AnswerFormat::Json => console.print_raw(&bibliography::write(&works, Format::CSL_JSON))?,
        AnswerFormat::Text => {
            console.print(&table(&works, console.width()))?;
            console.note(&count(works.len(), "work"));
        }
    }
    Ok(if works.is_empty() { Outcome::Found } else { Outcome::Done })
}

/// The widest columns of keys and of names.
const WIDEST_KEY: usize = 20;
const WIDEST_NAMES: usize = 20;
/// Below this, titles get lines of their own.
const NARROWEST_TITLE: usize = 24;

/// Columns of key, names, year and title; a title goes on below itself.
fn table(works: &[Work], width: usize) -> String {
    let keys = works.iter().map(|w| display_width(&inert_line(&w.key))).filter(|w| *w <= WIDEST_KEY);
    let key_width = keys.max().unwrap_or(WIDEST_KEY);
    let names = works.iter().map(|w| display_width(&creators(w)));
    let names_width = names.max().unwrap_or_default().min(WIDEST_NAMES);
    let indent = key_width + 2 + names_width + 2 + 4 + 2;
    let mut out = String::new();
    for work in works {
        let key = inert_line(&work.key);
        if indent + NARROWEST_TITLE > width {
            let line = wrap(&format!("{key}  {}", summary(work)), width, "", &" ".repeat(key_width + 2));
            out.push_str(&line.replacen(key.as_str(), &format!("{KEY}{key}{KEY:#}"), 1));
            continue;
        }
        let names = shortened(&inert_line(&creators(work)), names_width);
        let year = work.year().map(|y| y.to_string()).unwrap_or_default();
        let fill = |text: &str, width: usize| " ".repeat(width.saturating_sub(display_width(text)));
        let rest = format!("{names}{}  {year:>4}  ", fill(&names, names_width));
        let title = work.plain(Field::Title).unwrap_or("untitled".into());
        let blank = " ".repeat(indent);
        let lines = wrap(&title, width, &blank, &blank);
        // A key wider than its column has a line of its own.
        let (key_end, start) = if display_width(&key) > key_width {
            ("\n".to_owned(), " ".repeat(key_width + 2))
        } else {
            (fill(&key, key_width) + "  ", String::new())
        };
        out.push_str(&format!("{KEY}{key}{KEY:#}{key_end}{start}{rest}{}\n", lines.trim()));
    }
    out
}

/// Cut to a number of columns, with "…" for what is left out.
fn shortened(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if display_width(&out) + display_width(c.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        out.push(c);
    }
    out.trim_end().to_owned() + "…"
}
