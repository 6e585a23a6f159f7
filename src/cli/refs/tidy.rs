//! `citetrail refs tidy`: a `.bib` file put in order, after showing how.

use std::path::Path;

use clap::Args;

use super::super::error::CliError;
use super::super::output::{Console, KEY, count, wrap};
use super::super::{Outcome, diff};
use super::bib::{self, BibArgs};
use crate::bibliography::bibtex::tidy::{self, RULES, Selection, When, rules};
use crate::project::{Following, Project, Shrinking};
use crate::text::inert;

/// Put a .bib file in order: shows what would change, and changes it with --write
#[derive(Debug, Args)]
#[command(after_help = "\
Each rule changes one thing where it needs to be changed; no other byte of the file changes. `--list-rules` lists them, `--explain RULE` tells more.
Settings in citetrail.toml:

  [tidy]
  select = [\"default\", \"field-order\"]
  ignore = [\"title-protection\"]

Exit status: 0 nothing to change or written, 1 something would change.

Examples:
  citetrail refs tidy
  citetrail refs tidy --write
  citetrail refs tidy --select doi,pages --bib chapter.bib
  citetrail refs tidy --select default,sort-entries --ignore months
  citetrail refs tidy --explain title-protection")]
pub struct RefsTidyArgs {
    /// Write the changes.
    #[arg(long)]
    pub write: bool,
    /// Only these rules; \"default\" and \"all\" stand for several.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Not these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Tell what a rule does.
    #[arg(long, value_name = "RULE", conflicts_with = "write")]
    pub explain: Option<String>,
    /// List the rules.
    #[arg(long, conflicts_with_all = ["write", "explain"])]
    pub list_rules: bool,
    #[command(flatten)]
    pub bib: BibArgs,
}

pub(super) fn run(args: &RefsTidyArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let message = |e: tidy::UnknownRule| CliError::Message(e.to_string());
    if let Some(name) = &args.explain {
        for rule in rules(std::slice::from_ref(name)).map_err(message)? {
            console.print(&format!("{KEY}{}{KEY:#}\n{}\n", rule.name, inert(&paragraphs(rule.documentation))))?;
        }
        return Ok(Outcome::Done);
    }
    if args.list_rules {
        return list(console);
    }
    let file = args.bib.open(project)?;
    let config = settings(project)?;
    let select = if args.select.is_empty() { &config.select } else { &args.select };
    let ignore: Vec<String> =
        config.ignore.iter().filter(|_| args.select.is_empty()).chain(&args.ignore).cloned().collect();
    let selection = Selection::new(select, &ignore).map_err(message)?;
    let before = file.text()?;
    let tidied = tidy::tidy(before, &selection);
    for key in &tidied.left {
        console.warn(&format!("{key} has mistakes and was left as it is; `citetrail check` tells them"));
    }
    if tidied.text == before {
        console.note("all is tidy");
        return Ok(Outcome::Done);
    }
    let changed: Vec<String> = tidied.changed.iter().map(|(name, n)| format!("{n} × {name}")).collect();
    if !args.write {
        console.print(&diff::unified(&file.path().display().to_string(), before, &tidied.text))?;
        console.note(&format!("would change: {}; --write writes it", changed.join(", ")));
        return Ok(Outcome::Found);
    }
    if !tidy::is_sound(before, &tidied.text) {
        return Err(CliError::file(
            file.path(),
            "the tidied file would not read as the same entries, so nothing was written: find the rule with --select and leave it out with --ignore",
        ));
    }
    bib::write(&file, "refs tidy", tidied.text, &Following::default(), Shrinking::Refused, console)?;
    console.note(&format!("changed: {}", changed.join(", ")));
    Ok(Outcome::Done)
}

/// The settings of the project, where there is one.
fn settings(project: Option<&Path>) -> Result<crate::project::TidySettings, CliError> {
    match Project::discover(project.unwrap_or(Path::new("."))) {
        Ok(project) => Ok(project.config()?.tidy),
        Err(_) => Ok(Default::default()),
    }
}

fn list(console: &Console) -> Result<Outcome, CliError> {
    let longest = RULES.iter().map(|r| r.name.len()).max().unwrap_or_default();
    let mut out = String::new();
    for rule in RULES {
        let asked = if rule.when == When::Asked { " (when selected)" } else { "" };
        let line = format!("{:longest$}  {}{asked}", rule.name, rule.summary());
        let line = wrap(&line, console.width(), "", &" ".repeat(longest + 2));
        out.push_str(&line.replacen(rule.name, &format!("{KEY}{}{KEY:#}", rule.name), 1));
    }
    console.print(&out)?;
    console.note(&count(RULES.len(), "rule"));
    Ok(Outcome::Done)
}

/// A doc comment without the blank that begins its lines.
fn paragraphs(documentation: &str) -> String {
    documentation.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n")
}
