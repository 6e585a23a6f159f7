//! `citetrail match`: references and the works they mean.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Outcome;
use super::bulk::{Jobs, in_order};
use super::error::CliError;
use super::index::IndexChoice;
use super::output::{BAD, Console, DIM, GOOD, WARN, count, wrap};
use super::parse::OnePer;
use super::parse::input::References;
use super::scope::{io_message, shown_name};
use super::whom::{NetworkArgs, Whom};
use crate::bibliography::Format;
use crate::matching::feed::{Fed, FeedError, feed};
use crate::matching::{Answer, Matcher, Reference, Scored, Verdict, WorkSource};
use crate::reference::parse_list;
use crate::resolve::in_words;
use crate::work::{Field, Work};

/// Printed references or works, and the DOI of each: does this work exist, and is it as printed?
#[derive(Debug, Args)]
#[command(after_help = "\
Verdicts: matched; mismatched (this is the work, but printed fields disagree with its record: each is named); ambiguous;
not-found (in this index, as of its date); cannot-tell (too little is printed, or nothing could be asked).

Examples:
  citetrail match references.txt --index works
  pbpaste | citetrail match --index works --to jsonl
  citetrail match refs.bib --index works
  CITETRAIL_MAILTO=me@example.org citetrail match references.txt --online")]
pub struct MatchArgs {
    /// References one a line, or a bibliography (.bib, CSL-JSON, …); \"-\" is standard input.
    #[arg(default_value = "-", value_name = "FILE")]
    pub input: PathBuf,
    #[command(flatten)]
    pub choice: IndexChoice,
    #[command(flatten)]
    pub network: NetworkArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: MatchFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum MatchFormat {
    #[default]
    Text,
    /// One JSON object a reference, in their order.
    Jsonl,
}

/// Works of a bibliography that are answered at a time.
const AT_A_TIME: usize = 4_096;
/// Of the input, what tells its format.
const HEAD: usize = 1 << 16;

/// A reference as it came in.
struct Asked {
    raw: String,
    work: Work,
}

pub(super) fn run(args: &MatchArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let whom = Whom::open(&args.choice, &args.network, project)?;
    let sources: Vec<&dyn WorkSource> = whom.sources().all().collect();
    if sources.is_empty() {
        console.warn("there is no source to ask: give --index DIR (`citetrail index add` makes one), or --online");
    }
    let mut matching = Matching {
        matcher: Matcher::new(sources),
        jobs: whom.jobs(),
        is_online: !whom.services().is_empty(),
        to: args.to,
        console,
        done: 0,
        counts: [0; 5],
        failed: HashSet::new(),
    };
    read(&args.input, console, |references| matching.answer(&references))?;
    console.progress("");
    let [matched, mismatched, ambiguous, not_found, cannot_tell] = matching.counts;
    if args.to == MatchFormat::Text {
        console.note(&format!(
            "{}: {matched} matched, {mismatched} mismatched, {ambiguous} ambiguous, {not_found} not found, {cannot_tell} cannot tell",
            count(matching.done, "reference")
        ));
    }
    Ok(if matched == matching.done && matched > 0 { Outcome::Done } else { Outcome::Found })
}

/// Answers references and writes the answers in their order.
struct Matching<'a> {
    matcher: Matcher<'a>,
    jobs: Jobs,
    /// Each answer is written as soon as it is there.
    is_online: bool,
    to: MatchFormat,
    console: &'a Console,
    done: usize,
    counts: [usize; 5],
    /// A source that fails at one reference mostly fails at all: each failure is said once.
    failed: HashSet<String>,
}

impl Matching<'_> {
    fn answer(&mut self, references: &[Asked]) -> Result<(), CliError> {
        let (matcher, console, to, before) = (&self.matcher, self.console, self.to, self.done);
        let (counts, failed) = (&mut self.counts, &mut self.failed);
        let mut out = String::new();
        let ask = |asked: &Asked| matcher.answer(&Reference { raw: &asked.raw, work: &asked.work });
        in_order(references, self.jobs, ask, |i, answer| {
            let reference = &references[i];
            let (answer, failures) = answer.map_err(|what| {
                let number = before + i + 1;
                CliError::Message(format!("reference {number}: a defect of citetrail ({what}); please report it"))
            })?;
            failures.iter().map(ToString::to_string).for_each(|error| {
                if failed.insert(error.clone()) {
                    console.warn(&error);
                }
            });
            counts[answer.verdict as usize] += 1;
            match to {
                MatchFormat::Jsonl => {
                    out.push_str(&json(&reference.raw, &answer).to_string());
                    out.push('\n');
                }
                MatchFormat::Text => out.push_str(&text(reference, &answer, console.width())),
            }
            if self.is_online || out.len() > HEAD || i + 1 == references.len() {
                console.progress("");
                match to {
                    MatchFormat::Jsonl => console.print_raw(&out)?,
                    MatchFormat::Text => console.print(&out)?,
                }
                out.clear();
                console.progress(&count(before + i + 1, "reference"));
            }
            Ok(())
        })?;
        self.done += references.len();
        Ok(())
    }
}

/// Why the input was not read to its end.
enum Stopped {
    Input(FeedError),
    Answers(CliError),
}

impl From<FeedError> for Stopped {
    fn from(error: FeedError) -> Self {
        Self::Input(error)
    }
}

/// Reads references, some thousand at a time, whatever the length of the input: strings one a line, or the works of a
/// bibliography.
fn read(
    path: &Path,
    console: &Console,
    mut take: impl FnMut(Vec<Asked>) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let name = shown_name(path);
    let mut input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).map_err(|e| CliError::file(path, io_message(&e)))?)
    };
    let mut head = Vec::new();
    let read = input.by_ref().take(HEAD as u64).read_to_end(&mut head);
    read.map_err(|e| CliError::file(Path::new(&name), io_message(&e)))?;
    let format = Format::of_file(&head, path).filter(|format| *format != Format::BIBTEX || is_bib(path, &head));
    let input = Cursor::new(head).chain(input);
    let Some(format) = format else {
        let mut lines = References::of(Box::new(BufReader::with_capacity(HEAD, input)), OnePer::Line, name);
        loop {
            let raw = lines.block()?;
            if raw.is_empty() {
                return Ok(());
            }
            let parsed = parse_list(&raw);
            take(raw.into_iter().zip(parsed).map(|(raw, parsed)| Asked { raw, work: parsed.work }).collect())?;
        }
    };
    let mut waiting = Vec::new();
    let read = feed::<Stopped>(input, path, Some(format), |fed| {
        match fed {
            Fed::Work { work, .. } => waiting.push(Asked { raw: in_words(&work), work: *work }),
            Fed::Problem(problem) => console.warn(&format!("{name}:{problem}")),
            Fed::Deleted(_) => {}
        }
        if waiting.len() >= AT_A_TIME {
            take(std::mem::take(&mut waiting)).map_err(Stopped::Answers)?;
        }
        Ok(())
    });
    read.map_err(|stopped| match stopped {
        Stopped::Input(error) => CliError::file(Path::new(&name), error),
        Stopped::Answers(error) => error,
    })?;
    if waiting.is_empty() { Ok(()) } else { take(waiting) }
}

/// Any text may be a `.bib` file: it is one when it says so by its name or begins with an entry.
fn is_bib(path: &Path, bytes: &[u8]) -> bool {
    Format::from_path(path) == Some(Format::BIBTEX) || bytes.trim_ascii_start().starts_with(b"@")
}

fn json(raw: &str, answer: &Answer) -> Value {
    let mut out = json!({ "raw": raw, "verdict": answer.verdict });
    if let Some(best) = &answer.best {
        out["doi"] = json!(best.doi());
        if let Some(pmid) = best.pmid() {
            out["pmid"] = json!(pmid.to_string());
        }
        out["score"] = json!(best.score);
        out["disagreements"] = json!(best.disagreements);
        out["source"] = json!(best.origin.source);
        out["as_of"] = json!(best.origin.as_of);
    } else {
        out["doi"] = Value::Null;
    }
    if let Some(reason) = &answer.reason {
        out["reason"] = json!(reason);
    }
    if !answer.notices.is_empty() {
        let notices = answer.notices.iter().map(|notice| {
            json!({ "kind": notice.kind.code(), "date": notice.date, "reason": notice.reason, "notice": notice.notice })
        });
        out["notices"] = notices.collect();
    }
    let candidate = |scored: &Scored| {
        let title = scored.work.plain(Field::Title).unwrap_or_default();
        json!({ "doi": scored.doi(), "score": scored.score, "title": title, "year": scored.work.year() })
    };
    out["candidates"] = answer.candidates.iter().map(candidate).collect();
    if !answer.verdict.is_found() {
        let asked = answer.asked.iter().map(|origin| json!({ "source": origin.source, "as_of": origin.as_of }));
        out["asked"] = asked.collect();
    }
    out
}

fn text(reference: &Asked, answer: &Answer, width: usize) -> String {
    let mut out = wrap(&reference.raw, width, "", "  ");
    let style = match answer.verdict {
        Verdict::Matched => GOOD,
        Verdict::Mismatched | Verdict::Ambiguous => WARN,
        Verdict::NotFound => BAD,
        Verdict::CannotTell => DIM,
    };
    let verdict = answer.verdict.to_string();
    let name = |scored: &Scored| match (scored.doi(), scored.pmid()) {
        (Some(doi), _) => doi.to_string(),
        (None, Some(pmid)) => format!("PMID {pmid}"),
        (None, None) => "no identifier".to_owned(),
    };
    let mut line = verdict.clone();
    if let Some(best) = &answer.best {
        line.push_str(&format!("  {}", name(best)));
    }
    if let Some(reason) = &answer.reason {
        line.push_str(&format!(": {reason}"));
    }
    if answer.verdict == Verdict::NotFound {
        let asked: Vec<String> = answer.asked.iter().map(|o| format!("{} as of {}", o.source, o.as_of)).collect();
        line.push_str(&format!(" in {}", asked.join(", ")));
    }
    out.push_str(&wrap(&line, width, "  ", "    ").replacen(&verdict, &format!("{style}{verdict}{style:#}"), 1));
    for d in answer.best.iter().flat_map(|best| &best.disagreements) {
        let printed = if d.printed.is_empty() { "nothing" } else { &d.printed };
        out.push_str(&wrap(&format!("{}: printed {printed}, record {}", d.field, d.record), width, "    ", "      "));
    }
    for notice in &answer.notices {
        let since = if notice.date.is_empty() { String::new() } else { format!(" on {}", notice.date) };
        let why = if notice.reason.is_empty() { String::new() } else { format!(": {}", notice.reason) };
        out.push_str(&wrap(&format!("{}{since}{why}", notice.kind), width, "    ", "      "));
    }
    if !answer.verdict.is_found() {
        for scored in answer.candidates.iter().take(3) {
            let line = format!("? {}  {} ({:.2})", name(scored), in_words(&scored.work), scored.score);
            out.push_str(&wrap(&line, width, "    ", "      "));
        }
    }
    out
}
