//! `citetrail refs rekey`: citation keys made by a pattern.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};

use super::super::error::CliError;
use super::super::output::{Console, count};
use super::super::{Outcome, diff};
use super::bib::{self, BibArgs, failed};
use super::recite::{self, DocumentArgs};
use crate::bibliography::bibtex::{BibText, EditError, OldKey, rekey, works_of_entries};
use crate::bibliography::key_pattern::{self, Candidate, DEFAULT, Pattern, plan};
use crate::project::{Following, Project, RekeySettings, Shrinking};
use crate::text::inert_line;

/// Give entries the keys that a pattern makes: shows what would change, and changes it with --write
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("which").args(["keys", "all", "patterns"]).required(true),
    after_help = "\
A pattern is written as a formula of Better BibTeX: functions (auth, year, shorttitle) joined by +, filters after full stops,
alternatives separated by |. `--patterns` lists them. Where a pattern makes one key for several entries, the second gets “a”
behind it, the third “b”. Keys in `pinned` stay, and so do the keys of @xdata and @set. Settings in citetrail.toml:

  [rekey]
  pattern = \"auth.lower + year + veryshorttitle.lower\"
  pinned = [\"handbook\"]

Entries that name others in crossref, xref, xdata, related or entryset follow, and so does the record of which entry each
reference of the project's documents is. With --documents the citations in the project's manuscripts follow, too. One `citetrail undo` takes it
all back.

Exit status: 0 nothing to change or written, 1 something would change.

Examples:
  citetrail refs rekey --all
  citetrail refs rekey --all --pattern 'auth.lower + year' --write --documents
  citetrail refs rekey smith01 x12 --write --map keys.tsv
  citetrail refs rekey --all --pattern 'authorsAlpha + shortyear' --bib chapter.bib"
)]
pub struct RefsRekeyArgs {
    /// The entries that get new keys.
    #[arg(value_name = "KEY")]
    pub keys: Vec<String>,
    /// All entries.
    #[arg(long)]
    pub all: bool,
    /// The pattern, in place of that of citetrail.toml.
    #[arg(long, value_name = "PATTERN")]
    pub pattern: Option<String>,
    /// Keep these keys as they are, besides those of citetrail.toml.
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    pub pin: Vec<String>,
    /// Write the changes.
    #[arg(long)]
    pub write: bool,
    /// Write the old and new keys to this file, with a tab between them.
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Keep old keys in the field ids, under which biblatex finds them.
    #[arg(long)]
    pub keep_ids: bool,
    /// List what patterns are made of.
    #[arg(long)]
    pub patterns: bool,
    #[command(flatten)]
    pub documents: DocumentArgs,
    #[command(flatten)]
    pub bib: BibArgs,
}

pub(super) fn run(args: &RefsRekeyArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    if args.patterns {
        console.print(&format!("{}\n\nwithout --pattern: {DEFAULT}\n", key_pattern::HELP))?;
        return Ok(Outcome::Done);
    }
    let settings = settings(project)?;
    let written = args.pattern.as_deref().or(settings.pattern.as_deref()).unwrap_or(DEFAULT);
    let pattern: Pattern = written.parse().map_err(|e| CliError::Message(format!("{e} ({written})")))?;
    let file = args.bib.open(project)?;
    let failed = failed(&file);
    let text = BibText::new(file.text()?);
    let pinned: Vec<&String> = settings.pinned.iter().chain(&args.pin).collect();
    let new_keys = planned(&text, args, &pinned, &pattern).map_err(&failed)?;
    let source = text.source();
    let renamed = renamed(&text, &new_keys);
    if new_keys.iter().all(Option::is_none) {
        console.note("all keys are as the pattern makes them");
        return Ok(Outcome::Done);
    }
    let old = if args.keep_ids { OldKey::KeptInIds } else { OldKey::Forgotten };
    let after = rekey(&text, &new_keys, old).map_err(&failed)?;
    let recited = recite::plan(&file, &renamed, &args.documents)?;
    if !args.write {
        let mut shown = diff::unified(&file.path().display().to_string(), source, &after);
        for document in &recited {
            let edit = &document.edit;
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            shown.push_str(&diff::unified(&edit.name, &text(&edit.before), &text(&edit.after)));
        }
        console.print(&shown)?;
    } else {
        let documents = recited.iter().map(|r| r.edit.clone()).collect();
        let following = Following { renamed: renamed.clone(), documents };
        let command = format!("refs rekey ({})", count(renamed.len(), "key"));
        bib::write(&file, &command, after, &following, Shrinking::Refused, console)?;
        console.print(&table(&renamed))?;
    }
    if let Some(path) = &args.map {
        let lines: String = renamed.iter().map(|(old, new)| format!("{old}\t{new}\n")).collect();
        std::fs::write(path, lines).map_err(|e| CliError::file(path, e))?;
    }
    recite::report(&file, &recited, &renamed, &args.documents, console)?;
    let done = if args.write { "changed" } else { "would change" };
    let how = if args.write { "" } else { "; --write writes it" };
    console.note(&format!("{done} {}{how}", count(renamed.len(), "key")));
    Ok(if args.write { Outcome::Done } else { Outcome::Found })
}

/// "old → new", one a line.
fn table(renamed: &BTreeMap<String, String>) -> String {
    let longest = renamed.keys().map(|k| k.chars().count()).max().unwrap_or_default().min(40);
    renamed.iter().map(|(old, new)| format!("{:longest$}  →  {}\n", inert_line(old), inert_line(new))).collect()
}

/// New keys for the entries of a file, parallel to [`BibText::entries`].
fn planned(
    text: &BibText<'_>,
    args: &RefsRekeyArgs,
    pinned: &[&String],
    pattern: &Pattern,
) -> Result<Vec<Option<String>>, EditError> {
    let source = text.source();
    for key in &args.keys {
        text.find(key)?;
    }
    let works = works_of_entries(text);
    let candidates: Vec<Candidate<'_>> = text
        .entries()
        .zip(&works)
        .map(|((_, entry), work)| {
            let key = &source[entry.key.clone()];
            let wanted = args.all || args.keys.iter().any(|k| k == key);
            let is_set = source[entry.entry_type.clone()].eq_ignore_ascii_case("set");
            let stays = is_set || pinned.iter().any(|p| *p == key);
            Candidate { key, work: work.as_ref().filter(|_| wanted && !stays) }
        })
        .collect();
    Ok(plan(&candidates, pattern))
}

/// Old keys → new keys; of two entries under one key the first is the one that is cited.
fn renamed(text: &BibText<'_>, new_keys: &[Option<String>]) -> BTreeMap<String, String> {
    let mut seen = std::collections::HashSet::new();
    let mut renamed = BTreeMap::new();
    for ((_, entry), new) in text.entries().zip(new_keys) {
        let key = &text.source()[entry.key.clone()];
        if seen.insert(key)
            && let Some(new) = new
            && !key.is_empty()
        {
            renamed.insert(key.to_owned(), new.clone());
        }
    }
    renamed
}

/// The settings of the project, where there is one.
fn settings(project: Option<&Path>) -> Result<RekeySettings, CliError> {
    match Project::discover(project.unwrap_or(Path::new("."))) {
        Ok(project) => Ok(project.config()?.rekey),
        Err(_) => Ok(RekeySettings::default()),
    }
}
