//! Entries in the order of their keys.

use super::Run;
use crate::bibliography::bibtex::edit::{BibText, Splice, apply};
use crate::bibliography::bibtex::syntax::{Block, BlockKind, EntrySource};

rule! {
    /// Sorts entries by their keys.
    ///
    /// Entries change places with each other between two comments, `@string`, `@preamble` or entries that cannot be read; these
    /// stay where they are, so that a heading keeps its entries and a macro stands before its use. Entries that others
    /// name in `crossref` or `xdata` come after those, as BibTeX needs it. Runs only when it is selected.
    "sort-entries", Asked, Run::File(run)
}

fn run(file: &BibText<'_>) -> String {
    let source = file.source();
    let parents: std::collections::HashSet<String> = file
        .entries()
        .flat_map(|(_, entry)| &entry.fields)
        .filter(|f| ["crossref", "xdata"].iter().any(|n| source[f.name.clone()].eq_ignore_ascii_case(n)))
        .flat_map(|f| source[f.first.span.clone()].split(',').map(|k| k.trim().to_lowercase()))
        .collect();
    let rank = |entry: &EntrySource| {
        let key = source[entry.key.clone()].to_lowercase();
        (parents.contains(&key), key)
    };
    let mut splices = Vec::new();
    let mut run: Vec<(&Block, &EntrySource)> = Vec::new();
    let mut settle = |run: &mut Vec<(&Block, &EntrySource)>| {
        let mut sorted = run.clone();
        sorted.sort_by_key(|(_, entry)| rank(entry));
        for ((slot, _), (block, _)) in run.iter().zip(&sorted) {
            if slot.span != block.span {
                splices.push(Splice { span: slot.span.clone(), with: source[block.span.clone()].to_owned() });
            }
        }
        run.clear();
    };
    for block in file.blocks() {
        match &block.kind {
            BlockKind::Entry(entry) => run.push((block, entry)),
            BlockKind::Text if source[block.span.clone()].trim().is_empty() => {}
            _ => settle(&mut run),
        }
    }
    settle(&mut run);
    apply(source, splices)
}

#[cfg(test)]
#[test]
fn entries_sorted() {
    let source = "@book{p}\n\n@book{b, crossref={p}}\n@book{A}\n% part two\n@book{d}\n@string{m = {x}}\n@book{c}";
    let expected = "@book{A}\n\n@book{b, crossref={p}}\n@book{p}\n% part two\n@book{d}\n@string{m = {x}}\n@book{c}";
    assert_eq!(super::tidied("sort-entries", source), expected);
}
