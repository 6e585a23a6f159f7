//! Groups of duplicates merged, all in one change of the file.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::super::super::error::CliError;
use super::super::super::output::{Console, count};
use super::super::super::{Outcome, diff};
use super::super::bib::{self, BibArgs, failed};
use super::super::recite;
use super::ask::{Answer, Questions};
use super::{RefsDedupeArgs, group_text};
use crate::bibliography::bibtex::merge::{Merge, Said};
use crate::bibliography::bibtex::syntax::Block;
use crate::bibliography::bibtex::{
    BibText, EditError, EntryText, Splice, apply, removal, rename_references, works_of_entries,
};
use crate::bibliography::duplicates::{DuplicateGroup, duplicates};
use crate::project::{BibFile, Following, Shrinking};
use crate::work::Work;

/// A merge that is to be made: blocks of the file, the surviving one first.
struct Decided<'b> {
    blocks: Vec<&'b Block>,
    keys: Vec<String>,
    text: String,
    dropped: Vec<(String, Said)>,
}

pub(super) fn run(args: &RefsDedupeArgs, project: Option<&Path>, console: &Console) -> Result<Outcome, CliError> {
    let file = BibArgs { bib: args.bib.clone() }.open(project)?;
    let failed = failed(&file);
    let text = BibText::new(file.text()?);
    let (blocks, works): (Vec<&Block>, Vec<Work>) =
        text.entries().zip(works_of_entries(&text)).filter_map(|((block, _), work)| Some((block, work?))).unzip();
    let found = duplicates(&works);
    let cited = cited_keys(&file)?;
    let mut questions = Questions::new(console);
    let mut decided = Vec::new();
    let mut left = 0;
    for (i, group) in found.groups.iter().enumerate() {
        let survivor = survivor(group, &works, &cited);
        let order: Vec<usize> =
            std::iter::once(survivor).chain(group.members.iter().copied().filter(|m| *m != survivor)).collect();
        let keys: Vec<String> = order.iter().map(|m| works[*m].key.clone()).collect();
        let entries: Result<Vec<EntryText>, EditError> = order.iter().map(|m| text.editable(blocks[*m])).collect();
        let mut entries = entries.map_err(&failed)?.into_iter();
        let Some(first) = entries.next() else { continue };
        let merge = Merge::new(first, entries.collect());
        let choices = if args.merge {
            console.print(&format!("{}\n", group_text(group, &works, console.width())))?;
            match questions.merge(&merge, &keys, (i + 1, found.groups.len()))? {
                Answer::Merge(choices) => Some(choices),
                Answer::Skip => None,
                Answer::Quit => break,
                Answer::Abort => {
                    console.note("nothing was changed");
                    return Ok(Outcome::Found);
                }
            }
        } else if !group.links.iter().all(|l| l.evidence.is_certain()) {
            console.note(&format!("left: {} are not certainly one publication", keys.join(", ")));
            None
        } else if let Some(conflict) = merge.conflicts.first() {
            let values: Vec<&str> = conflict.values.iter().map(|v| v.source.as_str()).collect();
            console.note(&format!(
                "left: {} disagree about {}: {}",
                keys.join(", "),
                conflict.field,
                values.join(" or ")
            ));
            None
        } else {
            Some(Vec::new())
        };
        let Some(choices) = choices else {
            left += 1;
            continue;
        };
        let merged = match merge.resolve(&choices) {
            Ok(merged) => merged,
            Err(error) => {
                console.warn(&format!("left: {}: {error}", keys.join(", ")));
                left += 1;
                continue;
            }
        };
        let blocks = order.iter().map(|m| blocks[*m]).collect();
        decided.push(Decided { blocks, keys, text: merged.text, dropped: merged.dropped });
    }
    let renamed = renamed(&decided);
    let mut after = merged_text(&text, &decided, &renamed);
    let mut linked = Vec::new();
    for version in &found.versions {
        let now = |i: usize| renamed.get(&works[i].key).unwrap_or(&works[i].key).clone();
        let (preprint, published) = (now(version.preprint), now(version.published));
        if let Some(text) = link(&after, &preprint, &published) {
            after = text;
            linked.push(format!("{published} names its preprint {preprint}"));
        }
    }
    if after == text.source() {
        console.note(&format!("nothing to merge; {} left", count(left, "group")));
        return Ok(if found.groups.is_empty() { Outcome::Done } else { Outcome::Found });
    }
    let recited = recite::plan(&file, &renamed, &args.documents)?;
    let write = if args.merge {
        questions.write(decided.len(), linked.len())?
    } else {
        if !args.write {
            console.print(&diff::unified(&file.path().display().to_string(), text.source(), &after))?;
        }
        args.write
    };
    if write {
        let documents = recited.iter().map(|r| r.edit.clone()).collect();
        let following = Following { renamed: renamed.clone(), documents };
        let command = format!("refs dedupe ({} merged)", count(decided.len(), "group"));
        bib::write(&file, &command, after, &following, Shrinking::Allowed, console)?;
    }
    tell(&decided, &linked, console);
    if write || args.auto {
        recite::report(&file, &recited, &renamed, &args.documents, console)?;
    }
    let done = if write { "merged" } else { "would merge" };
    let how = if write || args.merge { "" } else { "; --write writes it" };
    console.note(&format!("{done} {}, {} left{how}", count(decided.len(), "group"), left));
    Ok(if write { Outcome::Done } else { Outcome::Found })
}

fn tell(decided: &[Decided<'_>], linked: &[String], console: &Console) {
    for merge in decided {
        let (survivor, others) = (&merge.keys[0], merge.keys[1..].join(", "));
        console.note(&format!("{survivor} takes in {others}"));
        for (field, said) in &merge.dropped {
            console.note(&format!("  not kept: {field} = {} of {}", said.source, said.key));
        }
    }
    for link in linked {
        console.note(link);
    }
}

/// Keys of works that documents of the project cite.
fn cited_keys(file: &BibFile) -> Result<HashSet<String>, CliError> {
    match file.own_project() {
        Some(project) => project.ask(|store| Ok(store.cited_keys()?), CliError::is_store_error),
        None => Ok(HashSet::new()),
    }
}

/// The member that stays: one that is cited, that has a DOI, that says most; of equals the first.
fn survivor(group: &DuplicateGroup, works: &[Work], cited: &HashSet<String>) -> usize {
    let worth = |i: &usize| {
        let work = &works[*i];
        let said = work.fields.len() + work.contributors.len() + work.dates.len() + work.custom.len();
        (cited.contains(&work.key), work.doi().is_some(), said, std::cmp::Reverse(*i))
    };
    group.members.iter().copied().max_by_key(worth).unwrap_or(group.members[0])
}

/// Keys of entries that are gone → keys of those that took them in.
fn renamed(decided: &[Decided<'_>]) -> BTreeMap<String, String> {
    let pairs = decided.iter().flat_map(|merge| merge.keys[1..].iter().map(|key| (key.clone(), merge.keys[0].clone())));
    pairs.filter(|(old, new)| old != new && !old.is_empty()).collect()
}

fn merged_text(text: &BibText<'_>, decided: &[Decided<'_>], renamed: &BTreeMap<String, String>) -> String {
    let mut splices = Vec::new();
    for merge in decided {
        for (i, block) in merge.blocks.iter().enumerate() {
            splices.push(match i {
                0 => Splice { span: block.span.clone(), with: merge.text.clone() },
                _ => Splice { span: removal(text.source(), &block.span), with: String::new() },
            });
        }
    }
    rename_references(&apply(text.source(), splices), renamed)
}

/// The file with a published entry that names its preprint; `None` when it does already, or cannot.
fn link(source: &str, preprint: &str, published: &str) -> Option<String> {
    let text = BibText::new(source);
    text.find(preprint).ok()?;
    let (span, mut entry) = text.entry(published).ok()?;
    let related = entry.field("related").map(|f| f.text.unwrap_or_default().to_owned());
    if related.as_deref().is_some_and(|r| r.split(',').any(|key| key.trim() == preprint)) {
        return None;
    }
    entry.add_to_list("related", preprint).ok()?;
    if related.is_none() && entry.field("relatedtype").is_none() {
        entry.set("relatedtype", "preprint").ok()?;
        entry.set("relatedstring", "Preprint").ok()?;
    }
    Some(apply(source, vec![Splice { span, with: entry.into_text() }]))
}
