//! An entry and the records it may be, side by side.

use crate::resolve::{Entry, Resolution, Seen};
use crate::text::inert_line;

/// A field of an entry and of records, in words.
struct Row {
    label: &'static str,
    cells: Vec<String>,
}

/// The rows of fields, each cell wrapped to its column. With `only`, just the fields that are named and what tells the
/// records apart.
pub(super) fn side_by_side(entry: &Entry, records: &[&Seen], only: Option<&Resolution>, width: usize) -> String {
    const LABEL: usize = 10;
    const INDENT: usize = 2;
    let columns = records.len() + 1;
    let each = width.saturating_sub(INDENT + LABEL + 2 * (columns - 1)) / columns;
    if records.is_empty() || each < 12 {
        return String::new();
    }
    let own = Seen::of(&entry.work);
    let all: Vec<&Seen> = std::iter::once(&own).chain(records.iter().copied()).collect();
    let mut out = String::new();
    for row in rows(&all, only) {
        let cells: Vec<Vec<String>> = row.cells.iter().map(|cell| lines(cell, each)).collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or_default() {
            let label = if line == 0 { row.label } else { "" };
            let mut text = format!("{:INDENT$}{label:LABEL$}", "");
            for cell in &cells {
                let part = cell.get(line).map_or("", String::as_str);
                let padding = each.saturating_sub(textwrap::core::display_width(part)) + 2;
                text.push_str(part);
                text.push_str(&" ".repeat(padding));
            }
            out.push_str(text.trim_end());
            out.push('\n');
        }
    }
    out
}

fn rows(all: &[&Seen], only: Option<&Resolution>) -> Vec<Row> {
    let row = |label, cell: &dyn Fn(&Seen) -> String| Row { label, cells: all.iter().map(|seen| cell(seen)).collect() };
    let mut rows = vec![
        Row {
            label: "",
            cells: std::iter::once("entry".to_owned())
                .chain(all.iter().skip(1).map(|seen| match &seen.origin {
                    Some(origin) => format!("{}, {:.2}", origin.source, seen.score),
                    None => "record".to_owned(),
                }))
                .collect(),
        },
        row("authors", &|seen| seen.authors.clone()),
        row("year", &|seen| seen.year.map(|year| year.to_string()).unwrap_or_default()),
        row("title", &|seen| seen.title.clone()),
        row("container", &|seen| seen.container.clone()),
        row("volume", &|seen| seen.volume.clone()),
        row("issue", &|seen| seen.issue.clone()),
        row("pages", &|seen| seen.pages.clone()),
        row("doi", &|seen| seen.doi.as_ref().map(ToString::to_string).unwrap_or_default()),
        row("pmid", &|seen| seen.pmid.clone().unwrap_or_default()),
    ];
    rows.retain(|row| match only {
        Some(resolution) => row.label.is_empty() || resolution.disagreements.iter().any(|d| d.field == row.label),
        None => row.label.is_empty() || row.cells.iter().any(|cell| !cell.is_empty()),
    });
    rows
}

/// A text in lines of a column; what is longer than a line is broken, so that columns stay apart.
fn lines(text: &str, width: usize) -> Vec<String> {
    let clean = inert_line(text);
    if clean.is_empty() {
        return vec!["–".to_owned()];
    }
    textwrap::wrap(&clean, width).into_iter().map(|line| line.into_owned()).collect()
}
