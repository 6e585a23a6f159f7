//! Tables → [`Work`]s.

use super::columns::{Column, column};
use crate::bibliography::draft::{self, Draft, Unmarked};
use crate::bibliography::{Library, Lines, Problem, ReadError, Source, Spec};
use crate::work::{Doi, Field, NameList, Role, Work, WorkKind};

/// A row and where it begins.
struct Row {
    cells: Vec<String>,
    at: usize,
    closed: bool,
}

/// Whether a text begins with a header of which several columns are known, a title among them.
pub(super) fn is_table(head: &str, separator: char) -> bool {
    let first = head.lines().next().unwrap_or_default();
    if first.len() > 8_000 || !first.contains(separator) {
        return false;
    }
    let columns: Vec<Column> =
        rows(first, separator).first().map(|r| r.cells.iter().map(|c| column(c)).collect()).unwrap_or_default();
    let known = columns.iter().filter(|c| !matches!(c, Column::Custom(_))).count();
    columns.contains(&Column::Text(Field::Title)) && known >= 2
}

pub(super) fn read(source: &Source, spec: &'static Spec) -> Result<Library, ReadError> {
    let text = source.text();
    let first = text.lines().next().unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    let separator = if count('\t') > 0 && count('\t') >= count(',') {
        '\t'
    } else if count(';') > count(',') {
        ';'
    } else {
        ','
    };
    let mut rows = rows(text, separator).into_iter();
    let header = rows.next().unwrap_or(Row { cells: Vec::new(), at: 0, closed: true });
    let columns: Vec<Column> = header.cells.iter().map(|name| column(name)).collect();
    if columns.iter().all(|c| matches!(c, Column::Custom(_))) {
        let reason = "the first row names no column that is known (title, author, year, doi, …)".to_owned();
        return Err(ReadError::NotOfFormat { format: spec.name, line: 1, column: 1, reason });
    }
    let mut lines = Lines::new(text);
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    for row in rows {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut say = |message: String| {
            let (line, column) = lines.at(row.at);
            library.problems.push(Problem { message, line, column, key: None });
        };
        if row.cells.len() > columns.len() {
            say(format!(
                "the row has {} cells but there are {} columns, the others were not read: put cells with commas in quotes",
                row.cells.len(),
                columns.len()
            ));
        }
        if !row.closed {
            say("a quote of this row is not closed: double it where it is meant".to_owned());
        }
        library.works.push(work(&columns, &row.cells));
    }
    Ok(library)
}

/// Cuts a text into rows of cells. Cells in quotes may hold separators, line ends, and quotes doubled.
fn rows(text: &str, separator: char) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = Row { cells: Vec::new(), at: 0, closed: true };
    let mut cell = String::new();
    let mut chars = text.char_indices().peekable();
    let mut begun = false;
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if cell.is_empty() => {
                row.closed = false;
                begun = true;
                while let Some((_, c)) = chars.next() {
                    if c != '"' {
                        cell.push(c);
                    } else if chars.next_if(|(_, c)| *c == '"').is_some() {
                        cell.push('"');
                    } else {
                        row.closed = true;
                        break;
                    }
                }
            }
            '\r' if chars.peek().is_some_and(|(_, c)| *c == '\n') => {}
            '\n' => {
                row.cells.push(std::mem::take(&mut cell));
                let next = Row { cells: Vec::new(), at: at + 1, closed: true };
                rows.push(std::mem::replace(&mut row, next));
                begun = false;
            }
            c if c == separator => {
                row.cells.push(std::mem::take(&mut cell));
                begun = true;
            }
            c => {
                cell.push(c);
                begun = true;
            }
        }
    }
    if begun || !row.cells.is_empty() {
        row.cells.push(cell);
        rows.push(row);
    }
    rows
}

fn work(columns: &[Column], cells: &[String]) -> Work {
    let mut work = Work::default();
    let (mut first, mut last) = ("", "");
    for (column, cell) in columns.iter().zip(cells) {
        let cell = unguarded(cell.trim());
        if cell.is_empty() {
            continue;
        }
        match column {
            Column::Key => work.key = cell.to_owned(),
            Column::Kind => match kind(cell) {
                Some(kind) => work.kind = kind,
                None => work.keep("type", cell),
            },
            Column::Names(role) => {
                if !work.contributors.contains_key(role) {
                    names(&mut work, *role, cell);
                }
            }
            Column::FullNames => {
                work.contributors.insert(Role::Author, NameList::default());
                let without_ids = cell.split(';').map(|name| name.split(" (").next().unwrap_or_default().trim());
                names(&mut work, Role::Author, &without_ids.collect::<Vec<_>>().join("; "));
            }
            Column::Date(field) => work.date(*field, draft::date(cell)),
            Column::FirstPage => first = cell,
            Column::LastPage => last = cell,
            Column::Text(Field::Doi) if cell.parse::<Doi>().is_ok() => {
                work.first(Field::Doi, cell.find("10.").map_or(cell, |at| &cell[at..]));
            }
            Column::Text(field) => {
                work.first(*field, cell);
            }
            Column::Custom(name) if !name.is_empty() => work.keep(name, cell),
            Column::Custom(_) => {}
        }
    }
    if !first.is_empty() || !last.is_empty() {
        work.pages(first, last);
    }
    if work.kind == WorkKind::Document
        && !work.custom.contains_key("type")
        && work.get(Field::ContainerTitle).is_some()
        && work.get(Field::Volume).is_some()
    {
        work.kind = WorkKind::ArticleJournal;
    }
    work
}

/// The text of a cell without the apostrophe that keeps a spreadsheet from running it.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\'']) => rest,
        _ => cell,
    }
}

/// "Family, Given; Family, Given"; without semicolons "Given Family and Given Family", or one name.
fn names(work: &mut Work, role: Role, cell: &str) {
    let list: Vec<&str> = match cell {
        cell if cell.contains(';') => cell.split(';').collect(),
        cell if cell.contains(" and ") && !cell.contains(',') => cell.split(" and ").collect(),
        cell => vec![cell],
    };
    for name in list.into_iter().map(str::trim).filter(|n| !n.is_empty()) {
        // "Holm A." of Scopus
        work.name(role, draft::name(name, Unmarked::Initials));
    }
}

fn kind(name: &str) -> Option<WorkKind> {
    WorkKind::from_csl(name).or_else(|| {
        Some(match name.to_lowercase().as_str() {
            "article" | "journal article" | "review" | "letter" | "note" | "editorial" | "short survey" | "erratum"
            | "article in press" => WorkKind::ArticleJournal,
            "conference paper" | "inproceedings" | "conference review" => WorkKind::PaperConference,
            "book chapter" | "incollection" => WorkKind::Chapter,
            "data paper" => WorkKind::ArticleJournal,
            _ => return None,
        })
    })
}
