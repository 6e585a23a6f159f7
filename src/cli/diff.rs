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
    let deadline = Instant::now().checked_add(PATIENCE);
    group_diff_ops(capture_diff_slices_deadline(Algorithm::Myers, old, new, deadline), CONTEXT)
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
}
