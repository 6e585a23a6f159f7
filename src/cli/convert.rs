//! `citetrail convert`: bibliographies from one format into another.

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::path::Path;

use super::Outcome;
use super::args::ConvertArgs;
use super::error::CliError;
use super::output::{Console, count};
use super::scope::{read_input, shown_name, write_file};
use crate::bibliography::{self, Format, Problem};
use crate::work::{Work, base_key};

/// Problems of one file that are listed; further ones are counted.
const LISTED_PROBLEMS: usize = 200;

pub(super) fn run(args: &ConvertArgs, console: &Console) -> Result<Outcome, CliError> {
    let mut works: Vec<Work> = Vec::new();
    let mut all_read = true;
    for path in &args.input {
        let bytes = read_input(path)?;
        let name = shown_name(path);
        let format = args.from.or_else(|| Format::of_file(&bytes, path));
        let library = bibliography::read(&bytes, format).map_err(|e| CliError::file(Path::new(&name), e))?;
        report(&name, &library.problems, console);
        all_read &= library.problems.is_empty();
        // What is asked for is there already, with its comments, macros and layout.
        if args.input.len() == 1 && format == Some(Format::BIBTEX) && args.to == Format::BIBTEX {
            put(&bytes, args.output.as_deref())?;
            return Ok(outcome(all_read));
        }
        works.extend(library.works);
    }
    name_the_nameless(&mut works);
    write(&works, args.to, args.output.as_deref(), console)?;
    Ok(outcome(all_read))
}

/// Writes works in a format to standard output or a file, and says what the format does not carry.
pub(super) fn write(works: &[Work], format: Format, file: Option<&Path>, console: &Console) -> Result<(), CliError> {
    let text = bibliography::write(works, format);
    put(text.as_bytes(), file)?;
    for loss in bibliography::losses(works, &text, format) {
        console.warn(&format!("{}: {loss}", format.name()));
    }
    if file.is_some() {
        console.note(&count(works.len(), "work"));
    }
    Ok(())
}

fn outcome(all_read: bool) -> Outcome {
    if all_read { Outcome::Done } else { Outcome::Found }
}

fn report(name: &str, problems: &[Problem], console: &Console) {
    for problem in problems.iter().take(LISTED_PROBLEMS) {
        console.warn(&format!("{name}:{problem}"));
    }
    if problems.len() > LISTED_PROBLEMS {
        console.warn(&format!("{name}: {} more problems like these", problems.len() - LISTED_PROBLEMS));
    }
}

/// Gives works from formats without citation keys one each: the usual key, then with "a", "b", … "z", then with numbers.
fn name_the_nameless(works: &mut [Work]) {
    let mut taken: HashSet<String> = works.iter().map(|w| w.key.to_lowercase()).collect();
    // Where to go on for a key that many works would have: looking from the start each time would cost their square.
    let mut tried: HashMap<String, u32> = HashMap::new();
    for work in works.iter_mut().filter(|w| w.key.is_empty()) {
        let base = base_key(work);
        let next = tried.entry(base.clone()).or_default();
        work.key = loop {
            let key = match *next {
                0 => base.clone(),
                n @ 1..=26 => format!("{base}{}", char::from_u32(u32::from('a') + n - 1).unwrap_or('a')),
                n => format!("{base}-{n}"),
            };
            *next += 1;
            if taken.insert(key.to_lowercase()) {
                break key;
            }
        };
    }
}

/// Writes to standard output, or to a file that is replaced only when all is written.
fn put(bytes: &[u8], file: Option<&Path>) -> Result<(), CliError> {
    let Some(path) = file else {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
        return Ok(());
    };
    write_file(path, bytes)
}

/// The formats as they are listed in messages.
fn names(formats: impl Iterator<Item = Format>) -> String {
    formats.map(Format::name).collect::<Vec<_>>().join(", ")
}

/// A format that can be read, by its name.
///
/// # Errors
/// When there is none of that name; the message lists them.
pub(super) fn read_format(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| format!("no such format; there are {}", names(Format::all())))
}

/// A format that can be written, by its name.
///
/// # Errors
/// When there is none of that name, or it is only read; the message lists them.
pub(super) fn written_format(name: &str) -> Result<Format, String> {
    let listed = || names(Format::written());
    match Format::from_name(name) {
        Some(format) if format.is_written() => Ok(format),
        Some(_) => Err(format!("the format can only be read; those that can be written are {}", listed())),
        None => Err(format!("no such format; those that can be written are {}", listed())),
    }
}
