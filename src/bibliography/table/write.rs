//! [`Work`]s → tables. There is a column for everything that any of the works has.

use std::collections::BTreeSet;

use crate::bibliography::draft::inverted;
use crate::text::csv_cell;
use crate::work::{DateField, Field, Name, Role, Work};

use super::columns::{Column, column};

pub(super) fn write(works: &[Work], separator: char) -> String {
    let roles: BTreeSet<Role> = works.iter().flat_map(|w| w.contributors.keys().copied()).collect();
    let dates: BTreeSet<DateField> = works.iter().flat_map(|w| w.dates.keys().copied()).collect();
    let fields: BTreeSet<Field> = works.iter().flat_map(|w| w.fields.keys().copied()).collect();
    // What would be read as something else has no column.
    let custom: BTreeSet<&String> = works
        .iter()
        .flat_map(|w| w.custom.keys())
        .filter(|name| matches!(column(name), Column::Custom(own) if own == **name && !own.is_empty()))
        .collect();
    let mut out = String::new();
    let header = ["key", "type"]
        .into_iter()
        .chain(roles.iter().map(|r| r.as_str()))
        .chain(dates.iter().map(|d| d.as_str()))
        .chain(fields.iter().map(|f| f.as_str()))
        .chain(custom.iter().map(|c| c.as_str()));
    row(&mut out, header.map(str::to_owned), separator);
    for work in works {
        let names = |role: &Role| {
            let Some(list) = work.contributors.get(role) else { return String::new() };
            let mut names: Vec<String> = list.names.iter().map(name).collect();
            if list.incomplete {
                names.push("et al.".to_owned());
            }
            names.join("; ")
        };
        let cells = [work.key.clone(), work.kind.to_string()]
            .into_iter()
            .chain(roles.iter().map(names))
            .chain(dates.iter().map(|d| work.dates.get(d).map(ToString::to_string).unwrap_or_default()))
            .chain(fields.iter().map(|f| work.get(*f).unwrap_or_default().to_owned()))
            .chain(custom.iter().map(|c| work.custom.get(*c).cloned().unwrap_or_default()));
        row(&mut out, cells, separator);
    }
    out
}

fn name(name: &Name) -> String {
    let text = inverted(name).replace(';', " ");
    // A body of two words would be taken for a name with initials, a list by "and" for two.
    match name {
        Name::Literal { .. } => format!("{text},"),
        Name::Person(_) => text,
    }
}

fn row(out: &mut String, cells: impl Iterator<Item = String>, separator: char) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(separator);
        }
        let quoted = csv_cell(&cell);
        if quoted == cell && cell.contains(separator) {
            out.push_str(&format!("\"{cell}\""));
        } else {
            out.push_str(&quoted);
        }
    }
    out.push('\n');
}
