//! `citetrail link`: the citations of paragraphs, linked to a reference list.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Outcome;
use super::args::{LinkArgs, LinkFormat};
use super::error::CliError;
use super::output::{BAD, BOLD, Console, DIM, GOOD, KEY, WARN, count, wrap};
use super::scope::{read_input, shown_name};
use crate::citation::{
    Links, ListedReference, Mention, NearMiss, Passage, Status, Superscripts, link, out_of_order, superscript_runs,
    uncited,
};
use crate::reference::parse_list;

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
    let bytes = read_input(&args.input)?;
    let input: Input = serde_json::from_slice(&bytes).map_err(|e| {
        CliError::Message(format!(
            "{}: {e}; expected {{\"references\": [\"…\"], \"paragraphs\": [\"…\"]}}",
            shown_name(&args.input)
        ))
    })?;
    let parsed = parse_list(&input.references);
    let references: Vec<ListedReference<'_>> = input
        .references
        .iter()
        .zip(&parsed)
        .map(|(text, parsed)| ListedReference { text, label: None, work: &parsed.work })
        .collect();
    let links = link(&references, &passages(&input, console));
    let findings = findings(&links, references.len());
    match args.to {
        LinkFormat::Jsonl => console.print_raw(&lines(&links, &findings))?,
        LinkFormat::Text => console.print(&text(&input, &links, &findings, console.width()))?,
    }
    Ok(if findings.is_empty() { Outcome::Done } else { Outcome::Found })
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

fn findings(links: &Links, references: usize) -> Vec<LinkFinding<'_>> {
    let mentions: Vec<(usize, &Mention)> =
        links.mentions.iter().enumerate().flat_map(|(i, all)| all.iter().map(move |m| (i, m))).collect();
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
    for &(_, copy) in &links.duplicates {
        found.push(LinkFinding::OfReference { kind: "duplicate", reference: copy });
    }
    for reference in uncited(references, mentions.iter().map(|(_, m)| *m)) {
        found.push(LinkFinding::OfReference { kind: "uncited", reference });
    }
    found
}

fn lines(links: &Links, findings: &[LinkFinding<'_>]) -> String {
    let mut out = String::new();
    let mut line = |value: Value| {
        out.push_str(&value.to_string());
        out.push('\n');
    };
    for (para, mentions) in links.mentions.iter().enumerate() {
        for m in mentions {
            line(json!({
                "para": para, "start": m.span.start, "end": m.span.end, "refs": m.refs,
                "status": m.status.as_str(), "how": m.how,
            }));
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

fn text(input: &Input, links: &Links, findings: &[LinkFinding<'_>], width: usize) -> String {
    let mut out = String::new();
    for (paragraph, mentions) in links.mentions.iter().enumerate().filter(|(_, m)| !m.is_empty()) {
        out.push_str(&format!("{BOLD}paragraph {}{BOLD:#}\n", paragraph + 1));
        for mention in mentions {
            let style = match mention.status {
                Status::Resolved => GOOD,
                Status::Ambiguous => WARN,
                Status::Unresolved => BAD,
            };
            let refs: Vec<String> = mention.refs.iter().map(|r| (r + 1).to_string()).collect();
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
