//! `citetrail refs search`: works by words and parts.

use std::ffi::OsString;
use std::path::Path;

use clap::Args;

use super::super::Outcome;
use super::super::error::CliError;
use super::super::output::Console;
use super::super::scope::Scope;
use super::list::{self, ListingArgs};
use super::source::SourceArgs;
use crate::answers::WorkQuery;

/// Works with these words in any field, or in the part named before a colon
#[derive(Debug, Args)]
#[command(after_help = "\
All that is asked for must hold. A word is found by its beginning; case and accents do not matter.

  word            in any field: names, title, container, abstract, note, key, …
  \"some words\"    one after the other (with quotation marks inside those of the shell: '\"some words\"')
  author:word     in this part: key, type, author, editor, name, title, container, year, doi, keyword, publisher, and
                  all other variables of CSL
  year:1999..2005 a year, or a range open at either end
  has:doi no:doi  whether there is such a part
  cited:no        whether a document of the project cites the work
  -word           not this; -author:word, -has:doi, …

Examples:
  citetrail refs search marzano 1999
  citetrail refs search author:marzano year:1999..2005 has:doi -lupus
  citetrail refs search '\"calcinosis cutis\"' cited:no --sort year
  citetrail refs search no:doi type:article-journal --to json")]
pub struct RefsSearchArgs {
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub shown: ListingArgs,
    #[command(flatten)]
    pub source: SourceArgs,
}

/// Puts the words of a search that begin with a hyphen behind a `--`, where they are words and no options. All words of a
/// search must hold, so their order does not matter.
pub(in super::super) fn words_with_hyphens(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.collect();
    let Some(refs) = args.iter().position(|a| a == "refs") else { return args };
    if args.get(refs + 1).is_none_or(|a| a != "search") {
        return args;
    }
    let end = args.iter().position(|a| a == "--").unwrap_or(args.len());
    let is_word = |arg: &OsString| {
        let arg = arg.to_string_lossy();
        arg.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && !rest.starts_with('-'))
            && !["-q", "-h", "-V"].contains(&&*arg)
    };
    let mut words: Vec<OsString> = Vec::new();
    let mut at = 0;
    args.retain(|arg| {
        at += 1;
        let moved = at > refs + 2 && at <= end && is_word(arg);
        if moved {
            words.push(arg.clone());
        }
        !moved
    });
    if !words.is_empty() {
        if !args.iter().any(|a| a == "--") {
            args.push("--".into());
        }
        args.extend(words);
    }
    args
}

pub(super) fn run(args: &RefsSearchArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let query = WorkQuery::parse(&args.words).map_err(|e| CliError::Message(e.to_string()))?;
    let scope = args.source.open(project, console)?;
    if query.asks_for_citations() && matches!(scope, Scope::Document(_)) {
        let message = "cited: asks what documents cite, which a bibliography file does not say; leave --bib out to ask the project";
        return Err(CliError::Message(message.to_owned()));
    }
    let works = scope.ask(|store| Ok(query.find(store)?))?;
    list::print(works, &args.shown, console)
}

#[cfg(test)]
mod tests {
    use super::words_with_hyphens;

    #[test]
    fn words_with_hyphens_are_no_options() {
        for (args, expected) in [
            ("c refs search a -b --to json", "c refs search a --to json -- -b"),
            ("c -q refs search -author:x -q y -- -z", "c -q refs search -q y -- -z -author:x"),
            ("c refs list -b", "c refs list -b"),
        ] {
            let moved = words_with_hyphens(args.split(' ').map(Into::into));
            assert_eq!(moved.join(std::ffi::OsStr::new(" ")), expected);
        }
    }
}
