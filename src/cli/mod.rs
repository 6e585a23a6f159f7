//! The command line: definitions, one file a command, messages and exit codes.
//!
//! Answers go to standard output, everything else to standard error. Exit status: 0 done, 1 done and something was
//! found or not found, 2 the work could not be done.

mod args;
mod assert;
mod attach;
mod backs;
mod bulk;
mod check;
mod cite;
mod claims;
mod convert;
mod diff;
mod dois;
mod error;
mod evidence;
mod export;
mod extras;
mod found;
mod history;
mod index;
mod init;
mod link;
mod list_links;
mod load;
mod marks;
mod match_;
mod output;
mod pair;
mod parse;
mod refs;
mod report;
mod resolve;
mod retract;
mod review;
mod scan;
mod scope;
mod style;
mod styles;
mod undo;
mod verdict;
mod whom;
mod why;

use std::process::ExitCode;

use clap::Parser;

pub use args::{Cli, Command};
use error::CliError;
use output::Console;

/// How a command that did its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// A failing check, or nothing of what was asked for.
    Found,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse_from(refs::words_with_hyphens(std::env::args_os()));
    let mut console = Console::new(cli.color, cli.quiet);
    match dispatch(cli, &mut console) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        // Whoever read our output has enough of it.
        Err(CliError::ClosedPipe) => ExitCode::SUCCESS,
        Err(error) => {
            console.error(&error.to_string());
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: Cli, console: &mut Console) -> Result<Outcome, CliError> {
    let folder = cli.project.as_deref();
    match cli.command {
        Command::Why(args) => why::run(&args, folder, console),
        Command::Claims(args) => claims::run(&args, folder, console),
        Command::Backs(args) => backs::run(&args, folder, console),
        Command::Cite(args) => cite::run(&args, folder, console),
        Command::Dois(args) => dois::run(&args, folder, console),
        Command::Check(args) => check::run(&args, folder, console),
        Command::Scan(args) => scan::run(&args, console),
        Command::Link(args) => link::run(&args, console),
        Command::Parse(args) => parse::run(&args, console),
        Command::Convert(args) => convert::run(&args, console),
        Command::Init(args) => init::run(&args, console),
        Command::Index(args) => index::run(&args, folder, console),
        Command::Match(args) => match_::run(&args, folder, console),
        Command::Load(args) => load::run(&args, folder, console),
        Command::Resolve(args) => resolve::run(&args, folder, console),
        Command::Report(args) => report::run(&args, folder, console),
        Command::Refs(args) => refs::run(args, folder, console),
        Command::Attach(args) => attach::run(&args, folder, console),
        Command::Evidence(args) => evidence::run(&args, folder, console),
        Command::Export(args) => export::run(&args, folder, console),
        Command::Review(args) => review::run(&args, folder, console),
        Command::Verdict(args) => verdict::run(&args, folder, console),
        Command::Assert(args) => assert::run(&args, folder, console),
        Command::Retract(args) => retract::run(&args, folder, console),
        Command::History(args) => history::run(&args, folder, console),
        Command::Undo(args) => undo::run(&args, folder, console),
        Command::Styles(args) => styles::run(&args, console),
        Command::Completions(args) => extras::completions(&args, console),
        Command::Man(args) => extras::man(&args, console),
    }
}
