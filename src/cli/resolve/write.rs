//! Identifiers into a `.bib` file: added to entries that have none, and nothing else changed.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::super::error::CliError;
use super::super::output::{Console, count};
use super::super::refs::{BibArgs, write_bib};
use super::ResolveArgs;
use crate::bibliography::bibtex::{BibText, EditError, EntryText, Splice, apply, works_of_entries};
use crate::project::{Following, Shrinking};
use crate::resolve::{EntryFingerprint, Resolution, Seen, Standing};
use crate::work::{Doi, Field, Work};

/// What became of the identifiers that were found.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Keys of entries that got some.
    keys: Vec<String>,
    file: String,
    can_undo: bool,
}

impl Written {
    pub fn in_words(&self) -> String {
        if self.keys.is_empty() {
            return format!("nothing was certain that {} does not have; it is as it was", self.file);
        }
        let undo = if self.can_undo { "; `citetrail undo` takes them out" } else { "" };
        format!("wrote identifiers into {} of {}{undo}", count_entries(self.keys.len()), self.file)
    }
}

fn count_entries(n: usize) -> String {
    if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") }
}

pub(super) fn write(
    args: &ResolveArgs,
    works: &[Work],
    resolutions: &[Resolution],
    project: Option<&Path>,
    console: &Console,
) -> Result<Written, CliError> {
    let file = BibArgs { bib: args.scope.bib.clone() }.open(project)?;
    let name = file.path().file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let text = BibText::new(file.text()?);
    // The file may have changed while sources were asked: what is written belongs to what an entry says now.
    let present = works_of_entries(&text);
    let mut entries: HashMap<&str, Vec<usize>> = HashMap::new();
    let blocks: Vec<_> = text.entries().collect();
    for (i, (_, entry)) in blocks.iter().enumerate() {
        entries.entry(&text.source()[entry.key.clone()]).or_default().push(i);
    }
    let mut owners: BTreeMap<Doi, &str> = works.iter().filter_map(|w| Some((w.doi()?, w.key.as_str()))).collect();
    let mut splices = Vec::new();
    let mut keys = Vec::new();
    for resolution in resolutions {
        let may = match resolution.verdict {
            Standing::Matched => resolution.is_certain(),
            Standing::Mismatched => args.mismatched,
            _ => false,
        };
        let Some(seen) = resolution.found().filter(|_| may) else { continue };
        let left = |why: &str| console.warn(&format!("{}: not written, {why}", resolution.key));
        let at = match entries.get(resolution.key.as_str()).map(Vec::as_slice) {
            Some([at]) => *at,
            Some(_) => {
                left("several entries have this key; `citetrail refs rekey` tells them apart");
                continue;
            }
            None => {
                left(&format!("{name} has no such entry that can be read"));
                continue;
            }
        };
        if present[at].as_ref().is_none_or(|work| EntryFingerprint::of(work) != resolution.entry) {
            left("the entry was changed in the meantime");
            continue;
        }
        if let Some(owner) = seen.doi.as_ref().and_then(|doi| owners.get(doi)).filter(|o| **o != resolution.key) {
            left(&format!(
                "{} is the DOI of {owner} already; `citetrail refs dedupe` shows such works",
                seen.identifier()
            ));
            continue;
        }
        let mut entry = text.editable(blocks[at].0).map_err(|e| CliError::Project(file.error(&e)))?;
        let before = entry.text().to_owned();
        match add(&mut entry, present[at].as_ref().expect("it was compared above"), seen) {
            Ok(None) => {}
            Ok(Some(why)) => left(&why),
            Err(error) => {
                left(&error.to_string());
                continue;
            }
        }
        if entry.text() != before {
            owners.extend(seen.doi.clone().map(|doi| (doi, resolution.key.as_str())));
            splices.push(Splice { span: blocks[at].0.span.clone(), with: entry.into_text() });
            keys.push(resolution.key.clone());
        }
    }
    let mut can_undo = false;
    if !keys.is_empty() {
        let after = apply(text.source(), splices);
        let command = format!("resolve ({})", count(keys.len(), "work"));
        let recovery = write_bib(&file, &command, after, &Following::default(), Shrinking::Refused, console)?;
        can_undo = recovery == crate::project::Recovery::Undo;
    }
    Ok(Written { keys, file: name, can_undo })
}

/// Adds the identifiers that the entry has not; says what stands in the way of one.
fn add(entry: &mut EntryText, work: &Work, seen: &Seen) -> Result<Option<String>, EditError> {
    let mut in_the_way = None;
    if let Some(doi) = &seen.doi {
        match entry.field("doi") {
            None if work.get(Field::Doi).is_none() => entry.set("doi", doi.as_str())?,
            _ if work.doi().as_ref() == Some(doi) => {}
            _ => {
                in_the_way = Some(format!(
                    "its doi field says something else than {doi}; `citetrail refs set {} doi={doi}` replaces it",
                    entry.key()
                ))
            }
        }
    }
    for (name, field, value) in [("pmid", Field::Pmid, &seen.pmid), ("pmcid", Field::Pmcid, &seen.pmcid)] {
        if let (Some(value), None, None) = (value, entry.field(name), work.get(field)) {
            entry.set(name, value)?;
        }
    }
    if let (Some(id), None, None) = (&seen.arxiv, entry.field("eprint"), entry.field("eprinttype")) {
        entry.set("eprint", id)?;
        entry.set("eprinttype", "arxiv")?;
    }
    Ok(in_the_way)
}
