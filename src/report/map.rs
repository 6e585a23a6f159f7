//! The map claim × work: a row for each claim (of many: each section), a column for each work that is cited.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::html::text;
use super::{Report, map_marks, section_of};
use crate::review::PairState;

/// More claims with sources than this are drawn by section.
const ROWS: usize = 150;
/// Side of a cell, in units of the picture.
const CELL: usize = map_marks::SIDE + 2;
const LABEL: usize = 330;
const HEAD: usize = 110;
/// How far the slanted name of the last column reaches beyond it.
const SLANT: usize = 70;
/// Longest names of columns and rows that have room, in scalars.
const COLUMN_NAME: usize = 18;
const ROW_NAME: usize = 52;
const TIP_NAME: usize = 32;

struct Row {
    label: String,
    /// The claim, or the first one of the section.
    place: String,
    /// By column: how many pairs, and the state that most asks for attention.
    cells: BTreeMap<usize, (usize, PairState)>,
}

pub(super) fn write(report: &Report, out: &mut String) {
    let cited: Vec<usize> = (0..report.works.len()).filter(|&w| !report.works[w].claims.is_empty()).collect();
    if cited.is_empty() {
        return;
    }
    let columns: BTreeMap<usize, usize> = cited.iter().enumerate().map(|(column, &work)| (work, column)).collect();
    let with_sources = report.claims().filter(|claim| claim.sources.iter().any(|s| s.work.is_some())).count();
    let by_section = with_sources > ROWS;
    let rows = rows(report, &columns, by_section);
    let (width, height) = (LABEL + cited.len() * CELL + SLANT, HEAD + rows.len() * CELL + 10);
    let unit = if by_section { "section" } else { "claim" };
    let _ = writeln!(
        out,
        "<section id=\"map\" aria-labelledby=\"map-title\"><h2 id=\"map-title\">Map</h2><p class=\"legend\">A row is a {unit}, a column a work; \
         what it shows stands in the lists above, too. {}</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Map of {unit}s and works\">\
         <svg class=\"map\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{} {unit}s and {} works\">",
        map_marks::legend(rows.iter().flat_map(|row| row.cells.values().map(|(_, state)| *state))),
        rows.len(),
        cited.len()
    );
    for (column, &work) in cited.iter().enumerate() {
        let x = LABEL + column * CELL + CELL - 3;
        let _ = write!(
            out,
            "<a href=\"#w{work}\" tabindex=\"-1\"><text x=\"{x}\" y=\"{}\" transform=\"rotate(-60 {x} {})\">{}</text></a>",
            HEAD - 4,
            HEAD - 4,
            text(&cut(&report.works[work].work.key, COLUMN_NAME))
        );
    }
    for (r, row) in rows.iter().enumerate() {
        let y = HEAD + r * CELL;
        let _ = write!(
            out,
            "\n<a href=\"#{}\" tabindex=\"-1\"><text class=\"row\" x=\"{}\" y=\"{}\">{}</text></a>",
            row.place,
            LABEL - 6,
            y + CELL - 4,
            text(&cut(&row.label, ROW_NAME))
        );
        for (column, (n, state)) in &row.cells {
            let key = &report.works[cited[*column]].work.key;
            let times = if *n > 1 { format!(", {n} pairs") } else { String::new() };
            let _ = write!(
                out,
                "<use href=\"#{}\" x=\"{}\" y=\"{}\"><title>{} × {}: {}{times}</title></use>",
                map_marks::name(*state),
                LABEL + column * CELL + 1,
                y + 1,
                text(&cut(&row.label, TIP_NAME)),
                text(key),
                state.words()
            );
        }
    }
    out.push_str("\n</svg></div></section>\n");
}

/// A text of at most `length` scalars.
fn cut(text: &str, length: usize) -> String {
    match text.chars().nth(length) {
        None => text.to_owned(),
        Some(_) => text.chars().take(length - 1).chain(['…']).collect(),
    }
}

fn rows(report: &Report, columns: &BTreeMap<usize, usize>, by_section: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (d, document) in report.documents.iter().enumerate() {
        let mut section: Option<String> = None;
        for (c, claim) in document.claims.iter().enumerate() {
            let pairs = || claim.sources.iter().filter_map(|s| Some((*columns.get(&s.work?)?, s.state())));
            if pairs().next().is_none() {
                continue;
            }
            let label = if by_section { section_of(claim) } else { claim.text.clone() };
            if !by_section || section.as_ref() != Some(&label) {
                rows.push(Row { label: label.clone(), place: format!("c{d}-{c}"), cells: BTreeMap::new() });
                section = Some(label);
            }
            let row = rows.last_mut().expect("one was just pushed");
            for (column, state) in pairs() {
                let cell = row.cells.entry(column).or_insert((0, state));
                cell.0 += 1;
                if urgency(state) > urgency(cell.1) {
                    cell.1 = state;
                }
            }
        }
    }
    rows
}

/// Which of two states a reader should see.
fn urgency(state: PairState) -> u8 {
    use crate::review::Verdict;
    match state {
        PairState::Conflict => 6,
        PairState::Stale => 5,
        PairState::Checked(Verdict::Supported) => 0,
        PairState::Checked(Verdict::Partly) => 1,
        PairState::Checked(_) => 4,
        PairState::NoAccess => 2,
        PairState::Open => 3,
    }
}
