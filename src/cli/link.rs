//! `citetrail link`: the citations of paragraphs, linked to a reference list.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, ValueEnum};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Outcome;
use super::bulk::{self, Jobs};
use super::error::CliError;
use super::list_links::{ListLinks, Listed};
use super::output::{BAD, BOLD, Console, DIM, GOOD, KEY, WARN, count, wrap};
use super::scan::{ended, message};
use super::scope::{read_input, shown_name};
use crate::citation::{
    ListedReference, Mention, NearMiss, Passage, Status, Superscripts, link, out_of_order, superscript_runs, uncited,
};
use crate::reference::parse_list;
use crate::text::inert_line;

/// What `link` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LinkFormat {
    #[default]
    Text,
    /// One JSON object a line: the citations, then the findings.
    Jsonl,
}

/// The citations of paragraphs, linked to a list of printed references
#[derive(Debug, Args)]
#[command(after_help = "\
INPUT is a JSON object: {\"references\": [\"printed reference\", …], \"paragraphs\": [\"text\", …]}, and, where
superscripts are known, \"paragraphs_html\": the same paragraphs with <sup> round them.
Of several inputs each line says its \"file\"; one that cannot be read is the line {\"file\": …, \"error\": …}.
Exit status: 1 when something is wrong with the citations or the list, or one of several inputs could not be read.

Examples:
  citetrail link input.json --to jsonl
  citetrail link - < input.json
  citetrail link articles/*.json --to jsonl > links.jsonl")]
pub struct LinkArgs {
    /// The references and paragraphs ("-" is standard input).
    #[arg(value_name = "INPUT", required = true)]
    pub input: Vec<PathBuf>,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: LinkFormat,
    /// How many inputs are read at a time; as many as there are processors without.
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true)]
    pub jobs: usize,
}

/// What `link` reads.
#[derive(Debug, Deserialize)]
struct Input {
    /// Printed references in the order of the list.
    references: Vec<String>,
    paragraphs: Vec<String>,
    /// The same paragraphs as HTML with `<sup>` round superscript runs.
    #[serde(default)]
    paragraphs_html: Vec<String>,
}

pub(super) fn run(args: &LinkArgs, console: &Console) -> Result<Outcome, CliError> {
    let width = console.width();
    if let [one] = &args.input[..] {
        let linked = Linked::of(one, console)?;
        match args.to {
            LinkFormat::Jsonl => console.print_raw(&linked.lines(None))?,
            LinkFormat::Text => console.print(&linked.text(width))?,
        }
        return Ok(if linked.findings().is_empty() { Outcome::Done } else { Outcome::Found });
    }
    let found = AtomicBool::new(false);
    let work = |path: &Path| {
        let name = shown_name(path);
        let linked = Linked::of(path, console).map_err(|error| match args.to {
            LinkFormat::Jsonl => format!("{}\n", json!({"file": name, "error": message(&error, path)})),
            LinkFormat::Text => format!("{error}\n"),
        })?;
        found.fetch_or(!linked.findings().is_empty(), Ordering::Relaxed);
        Ok(match args.to {
            LinkFormat::Jsonl => linked.lines(Some(&name)),
            LinkFormat::Text => format!("{BOLD}{}{BOLD:#}\n{}", inert_line(&name), linked.text(width)),
        })
    };
    let write = |text: &str| match args.to {
        LinkFormat::Jsonl => console.print_raw(text),
        LinkFormat::Text => console.print(text),
    };
    let failed = bulk::each(&args.input, Jobs::of(args.jobs), work, console, write)?;
    let ended = ended(failed, args.input.len(), console);
    Ok(if found.into_inner() { Outcome::Found } else { ended })
}

/// An input with its citations.
struct Linked {
    input: Input,
    links: ListLinks,
}

impl Linked {
    fn of(path: &Path, console: &Console) -> Result<Self, CliError> {
        let bytes = read_input(path)?;
        let input: Input = serde_json::from_slice(&bytes).map_err(|e| {
            CliError::Message(format!(
                "{}: {e}; expected {{\"references\": [\"…\"], \"paragraphs\": [\"…\"]}}",
                shown_name(path)
            ))
        })?;
        let listed: Vec<Listed<'_>> = input.references.iter().enumerate().flat_map(Listed::of).collect();
        let parsed = parse_list(&listed.iter().map(|listed| listed.text).collect::<Vec<_>>());
        let references: Vec<ListedReference<'_>> = listed
            .iter()
            .zip(&parsed)
            .map(|(&Listed { text, part, .. }, parsed)| ListedReference { text, label: None, part, work: &parsed.work })
            .collect();
        let links = ListLinks::of(link(&references, &passages(&input, console)), &listed);
        Ok(Self { input, links })
    }

    fn findings(&self) -> Vec<LinkFinding<'_>> {
        findings(&self.links, self.input.references.len())
    }

    fn lines(&self, file: Option<&str>) -> String {
        lines(&self.links, &self.findings(), file)
    }

    fn text(&self, width: usize) -> String {
        text(&self.input, &self.links, &self.findings(), width)
    }
}

fn passages<'a>(input: &'a Input, console: &Console) -> Vec<Passage<'a>> {
    let passage = |(i, text): (usize, &'a String)| {
        let html = input.paragraphs_html.get(i);
        let runs = html.and_then(|html| superscript_runs(html, text));
        if html.is_some() && runs.is_none() {
            console.warn(&format!(
                "paragraphs_html[{i}] is not paragraphs[{i}] when its tags are taken out; its superscripts are not used"
            ));
        }
        Passage { text, superscripts: runs.map_or(Superscripts::Lost, Superscripts::Known) }
    };
    input.paragraphs.iter().enumerate().map(passage).collect()
}

/// Something wrong or open, in the order in which it is written.
enum LinkFinding<'a> {
    OfMention { kind: &'static str, paragraph: usize, mention: &'a Mention },
    OfReference { kind: &'static str, reference: usize },
}

fn findings(links: &ListLinks, references: usize) -> Vec<LinkFinding<'_>> {
    let mentions: Vec<(usize, &Mention)> =
        links.mentions.iter().enumerate().flat_map(|(i, all)| all.iter().map(move |(m, _)| (i, m))).collect();
    let mut found: Vec<LinkFinding<'_>> = Vec::new();
    for &(paragraph, mention) in &mentions {
        let kind = match (mention.status, mention.near_miss) {
            (Status::Resolved, _) => continue,
            (Status::Ambiguous, _) => "ambiguous",
            (Status::Unresolved, None) => "unresolved",
            (Status::Unresolved, Some(NearMiss::Year)) => "year-mismatch",
            (Status::Unresolved, Some(NearMiss::Name)) => "name-mismatch",
        };
        found.push(LinkFinding::OfMention { kind, paragraph, mention });
    }
    for place in out_of_order(mentions.iter().map(|(_, m)| *m)) {
        let (paragraph, mention) = mentions[place];
        found.push(LinkFinding::OfMention { kind: "out-of-order", paragraph, mention });
    }
    for &copy in &links.duplicates {
        found.push(LinkFinding::OfReference { kind: "duplicate", reference: copy });
    }
    for reference in uncited(references, mentions.iter().map(|(_, m)| *m)) {
        found.push(LinkFinding::OfReference { kind: "uncited", reference });
    }
    found
}

fn lines(links: &ListLinks, findings: &[LinkFinding<'_>], file: Option<&str>) -> String {
    let mut out = String::new();
    let mut line = |mut value: Value| {
        if let (Some(file), Some(object)) = (file, value.as_object_mut()) {
            object.insert("file".to_owned(), file.into());
        }
        out.push_str(&value.to_string());
        out.push('\n');
    };
    for (para, mentions) in links.mentions.iter().enumerate() {
        for (m, parts) in mentions {
            let mut json = json!({
                "para": para, "start": m.span.start, "end": m.span.end, "refs": m.refs,
                "status": m.status.as_str(), "how": m.how,
            });
            if !parts.is_empty() {
                json["parts"] = json!(parts);
            }
            line(json);
        }
    }
    for finding in findings {
        line(match finding {
            LinkFinding::OfMention { kind, paragraph, mention } => {
                let refs = if mention.refs.is_empty() { &mention.candidates } else { &mention.refs };
                json!({
                    "finding": kind, "para": paragraph, "start": mention.span.start, "end": mention.span.end, "refs": refs,
                    "how": mention.how,
                })
            }
            LinkFinding::OfReference { kind, reference } => json!({ "finding": kind, "ref": reference }),
        });
    }
    out
}

fn text(input: &Input, links: &ListLinks, findings: &[LinkFinding<'_>], width: usize) -> String {
    let mut out = String::new();
    for (paragraph, mentions) in links.mentions.iter().enumerate().filter(|(_, m)| !m.is_empty()) {
        out.push_str(&format!("{BOLD}paragraph {}{BOLD:#}\n", paragraph + 1));
        for (mention, parts) in mentions {
            let style = match mention.status {
                Status::Resolved => GOOD,
                Status::Ambiguous => WARN,
                Status::Unresolved => BAD,
            };
            let with_letters = |r: &usize| {
                let letters: String = parts.iter().filter(|part| part.entry == *r).map(|part| part.part).collect();
                format!("{}{letters}", r + 1)
            };
            let refs: Vec<String> = mention.refs.iter().map(with_letters).collect();
            let status = mention.status.as_str();
            let line = format!("{} → {} ({})", mention.text, refs.join(", "), mention.how);
            out.push_str(&wrap(&line, width, "  ", "      "));
            out.push_str(&format!("      {style}{status}{style:#}\n"));
        }
    }
    for finding in findings {
        if let LinkFinding::OfReference { kind, reference } = finding {
            let printed = &input.references[*reference];
            let wrapped = wrap(&format!("{kind} {}: {printed}", reference + 1), width, "", "  ");
            out.push_str(&wrapped.replacen(kind, &format!("{KEY}{kind}{KEY:#}"), 1));
        }
    }
    let mentions: usize = links.mentions.iter().map(Vec::len).sum();
    out.push_str(&format!("{DIM}{}, {}{DIM:#}\n", count(mentions, "citation"), count(findings.len(), "finding")));
    out
}
