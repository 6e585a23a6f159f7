//! What would change in a file, as a unified diff.

use std::fmt::Write;
use std::time::{Duration, Instant};

use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices_deadline, group_diff_ops};

use super::output::{BAD, DIM, GOOD};
use crate::text::inert_line;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// Comparing longer is not worth the wait: what is shown after that is right, but not the shortest.
const PATIENCE: Duration = Duration::from_secs(2);

/// A unified diff, safe for a terminal, with our colours.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(before), lines(after));
    let mut out = String::new();
    let name = inert_line(name);
    let _ = write!(out, "{DIM}--- {name}\n+++ {name}{DIM:#}\n");
    for group in groups(&old, &new) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let range = |start: usize, end: usize| match end - start {
            1 => format!("{}", start + 1),
            0 => format!("{start},0"),
            n => format!("{},{n}", start + 1),
        };
        let _ = writeln!(
            out,
            "{DIM}@@ -{} +{} @@{DIM:#}",
            range(first.old_range().start, last.old_range().end),
            range(first.new_range().start, last.new_range().end)
        );
        for change in group.iter().flat_map(|op| op.iter_changes(&old[..], &new[..])) {
            let line: &str = change.value();
            let text = inert_line(line.trim_end_matches(['\n', '\r']));
            let _ = match change.tag() {
                ChangeTag::Equal => writeln!(out, " {text}"),
                ChangeTag::Delete => writeln!(out, "{BAD}-{text}{BAD:#}"),
                ChangeTag::Insert => writeln!(out, "{GOOD}+{text}{GOOD:#}"),
            };
            if !line.ends_with('\n') {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// Lines with their ends, so that a change of line ends is one.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn groups(old: &[&str], new: &[&str]) -> Vec<Vec<DiffOp>> {
    group_diff_ops(changes(old, new), CONTEXT)
}

/// Files with more lines are compared piece by piece: looking for the shortest difference of all of them takes time that
/// grows with the number of changes.
const LARGE: usize = 20_000;

/// How far behind a change the files are looked through for where they agree again, in lines of both.
const WINDOW: usize = 600;

/// So many lines that are equal are where they agree again.
const AGREEING: usize = 3;

fn changes(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let (mut i, mut j) = (0, 0);
    let mut ops = Vec::new();
    let deadline = Instant::now().checked_add(PATIENCE);
    while old.len() + new.len() > LARGE {
        let len = old[i..].iter().zip(&new[j..]).take_while(|(a, b)| a == b).count();
        if len > 0 {
            ops.push(DiffOp::Equal { old_index: i, new_index: j, len });
            i += len;
            j += len;
        }
        let Some((a, b)) = next_agreement(&old[i..], &new[j..]) else { break };
        ops.extend(between(&old[i..i + a], &new[j..j + b], (i, j), None));
        i += a;
        j += b;
        if i == old.len() && j == new.len() {
            return ops;
        }
    }
    ops.extend(between(&old[i..], &new[j..], (i, j), deadline));
    ops
}

/// The changes of a part of the files that begins at these lines.
fn between(old: &[&str], new: &[&str], (i, j): (usize, usize), deadline: Option<Instant>) -> Vec<DiffOp> {
    let moved = |op: DiffOp| match op {
        DiffOp::Equal { old_index, new_index, len } => {
            DiffOp::Equal { old_index: old_index + i, new_index: new_index + j, len }
        }
        DiffOp::Delete { old_index, old_len, new_index } => {
            DiffOp::Delete { old_index: old_index + i, old_len, new_index: new_index + j }
        }
        DiffOp::Insert { old_index, new_index, new_len } => {
            DiffOp::Insert { old_index: old_index + i, new_index: new_index + j, new_len }
        }
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            DiffOp::Replace { old_index: old_index + i, old_len, new_index: new_index + j, new_len }
        }
    };
    capture_diff_slices_deadline(Algorithm::Myers, old, new, deadline).into_iter().map(moved).collect()
}

/// How many lines of both are left out, at the least, until they agree again; their ends agree.
fn next_agreement(old: &[&str], new: &[&str]) -> Option<(usize, usize)> {
    let agree = |a: usize, b: usize| {
        let (old, new) = (&old[a..], &new[b..]);
        let most = AGREEING.min(old.len().max(new.len()));
        old.len() >= most && new.len() >= most && old[..most] == new[..most]
    };
    (0..=WINDOW).find_map(|sum| {
        let first = sum.saturating_sub(new.len());
        (first..=sum.min(old.len())).map(|a| (a, sum - a)).find(|&(a, b)| agree(a, b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff() {
        let before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nend";
        let diff = unified("x.bib", before, &before.replace("b\n", "B\n").replace("end", "End\n"));
        let plain = anstream::adapter::strip_str(&diff).to_string();
        assert_eq!(
            plain,
            "--- x.bib\n+++ x.bib\n@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -9,4 +9,4 @@\n i\n j\n k\n-end\n\\ No newline at end of file\n+End\n"
        );
    }

    #[test]
    fn a_large_file_is_compared_where_it_changes() {
        let before: String = (0..30_000).map(|i| format!("line {i}\n")).collect();
        let lines: Vec<&str> = before.split_inclusive('\n').collect();
        let mut after: Vec<&str> = lines.clone();
        for i in (0..30_000).step_by(100) {
            after[i] = "other\n";
        }
        after.splice(5_000..5_040, []);
        after.insert(20_001, "more\n");
        after.push("end\n");
        let count = |tag| {
            changes(&lines, &after)
                .iter()
                .flat_map(|op| op.iter_changes(&lines[..], &after[..]))
                .filter(|c| c.tag() == tag)
                .count()
        };
        assert_eq!(count(ChangeTag::Insert), 300 - 1 + 1 + 1);
        assert_eq!(count(ChangeTag::Delete), 300 - 1 + 40);
        let rebuilt: String = changes(&lines, &after)
            .iter()
            .flat_map(|op| op.iter_changes(&lines[..], &after[..]))
            .filter(|c| c.tag() != ChangeTag::Delete)
            .map(|c| c.value())
            .collect();
        assert_eq!(rebuilt, after.concat());
    }
}
