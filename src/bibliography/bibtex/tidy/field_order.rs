//! Fields in the usual order.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};

rule! {
    /// Puts the fields of each entry into the usual order.
    ///
    /// Names first, then title, where it appeared, when, volume and pages, publisher, identifiers; all others after them as
    /// they stand. Fields change places with each other, so comments, line breaks and commas stay where they are. Runs only
    /// when it is selected.
    "field-order", Asked, Run::Entry(run)
}

const ORDER: [&str; 37] = [
    "author",
    "editor",
    "translator",
    "title",
    "subtitle",
    "shorttitle",
    "journal",
    "journaltitle",
    "shortjournal",
    "booktitle",
    "maintitle",
    "series",
    "edition",
    "date",
    "year",
    "month",
    "day",
    "volume",
    "number",
    "issue",
    "chapter",
    "eid",
    "pages",
    "pagetotal",
    "publisher",
    "institution",
    "school",
    "organization",
    "address",
    "location",
    "type",
    "isbn",
    "issn",
    "doi",
    "eprint",
    "url",
    "urldate",
];

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    let rank = |name: &str| ORDER.iter().position(|o| o.eq_ignore_ascii_case(name)).unwrap_or(ORDER.len());
    let mut order: Vec<usize> = (0..entry.fields().count()).collect();
    let ranks: Vec<usize> = entry.fields().map(|f| rank(f.name)).collect();
    order.sort_by_key(|&i| ranks[i]);
    entry.permute(&order)
}

#[cfg(test)]
#[test]
fn field_order() {
    let source = "@book{k,\n  year = 2001, % when\n  note = {N},\n  Title = {T},\n  author={A}\n}";
    let expected = "@book{k,\n  author={A}, % when\n  Title = {T},\n  year = 2001,\n  note = {N}\n}";
    assert_eq!(super::tidied("field-order", source), expected);
}
