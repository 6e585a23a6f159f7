//! `citetrail match`: references and the works they mean.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Outcome;
use super::bulk::in_order;
use super::error::CliError;
use super::index::IndexChoice;
use super::output::{BAD, Console, DIM, GOOD, WARN, count, wrap};
use super::scope::{read_input, shown_name};
use super::whom::{NetworkArgs, Whom};
use crate::bibliography::{self, Format};
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

/// References that are parsed and answered at a time.
const AT_A_TIME: usize = 1_000;

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
    let matcher = Matcher::new(sources);
    let references = references(&args.input, console)?;
    let mut counts = [0_usize; 5];
    let mut failed = HashSet::new();
    let mut out = String::new();
    let is_online = !whom.services().is_empty();
    let ask = |asked: &Asked| matcher.answer(&Reference { raw: &asked.raw, work: &asked.work });
    in_order(&references, whom.jobs(), ask, |i, answer| {
        let reference = &references[i];
        let (answer, failures) = answer.map_err(|what| {
            CliError::Message(format!("reference {}: a defect of citetrail ({what}); please report it", i + 1))
        })?;
        // A source that fails at one reference mostly fails at all.
        failures.iter().map(ToString::to_string).for_each(|error| {
            if failed.insert(error.clone()) {
                console.warn(&error);
            }
        });
        counts[answer.verdict as usize] += 1;
        match args.to {
            MatchFormat::Jsonl => {
                out.push_str(&json(&reference.raw, &answer).to_string());
                out.push('\n');
            }
            MatchFormat::Text => out.push_str(&text(reference, &answer, console.width())),
        }
        if is_online || (i + 1).is_multiple_of(AT_A_TIME) || i + 1 == references.len() {
            console.progress("");
            match args.to {
                MatchFormat::Jsonl => console.print_raw(&out)?,
                MatchFormat::Text => console.print(&out)?,
            }
            out.clear();
        }
        if is_online {
            console.progress(&format!("{} of {}", i + 1, references.len()));
        }
        Ok(())
    })?;
    console.progress("");
    if args.to == MatchFormat::Text {
        let [matched, mismatched, ambiguous, not_found, cannot_tell] = counts;
        console.note(&format!(
            "{}: {matched} matched, {mismatched} mismatched, {ambiguous} ambiguous, {not_found} not found, {cannot_tell} cannot tell",
            count(references.len(), "reference")
        ));
    }
    let found = counts[Verdict::Matched as usize] == references.len() && !references.is_empty();
    Ok(if found { Outcome::Done } else { Outcome::Found })
}

/// Reads references: the works of a bibliography, or strings one a line.
fn references(path: &Path, console: &Console) -> Result<Vec<Asked>, CliError> {
    let bytes = read_input(path)?;
    let format = Format::of_file(&bytes, path).filter(|format| *format != Format::BIBTEX || is_bib(path, &bytes));
    if let Some(format) = format {
        let library = bibliography::read(&bytes, Some(format)).map_err(|e| CliError::file(path, e))?;
        for problem in &library.problems {
            console.warn(&format!("{}:{problem}", shown_name(path)));
        }
        return Ok(library.works.into_iter().map(|work| Asked { raw: in_words(&work), work }).collect());
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let message = format!("not UTF-8 at byte {}; save it as UTF-8", e.utf8_error().valid_up_to());
        CliError::file(Path::new(&shown_name(path)), message)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let raw: Vec<String> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.trim_end_matches('\r').to_owned())
        .collect();
    Ok(raw
        .chunks(AT_A_TIME)
        .flat_map(|raw| {
            raw.iter()
                .zip(parse_list(raw))
                .map(|(raw, parsed)| Asked { raw: raw.clone(), work: parsed.work })
                .collect::<Vec<_>>()
        })
        .collect())
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
