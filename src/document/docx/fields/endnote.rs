//! The citations of EndNote: XML with the records of the works.

use super::Cited;
use crate::bibliography::{self, Format};
use crate::work::{Date, DateField, Name, NameList, Role, Work};

/// The works of a citation, `<EndNote><Cite>…<record>…</record></Cite>…</EndNote>`.
pub(super) fn cited(source: &str) -> Vec<Cited> {
    source.split("<Cite").skip(1).filter(|c| c.starts_with(['>', ' '])).filter_map(cite).collect()
}

fn cite(source: &str) -> Option<Cited> {
    let number = element(source, "RecNum").unwrap_or_default();
    let library = source.split("db-id=\"").nth(1).and_then(|s| s.split('"').next());
    let work = match record(source) {
        Some(work) => Some(work),
        // Without its record a work is known by author and year.
        None => outline(source),
    };
    let id = match library {
        Some(library) => format!("endnote {library} {number}"),
        None => format!("endnote {number}"),
    };
    (!number.is_empty() || work.is_some()).then_some(Cited { id, work })
}

fn record(source: &str) -> Option<Work> {
    let start = source.find("<record>")?;
    let length = source[start..].find("</record>")? + "</record>".len();
    let xml = format!("<records>{}</records>", &source[start..start + length]);
    let library = bibliography::read(xml.as_bytes(), Format::from_name("endnote-xml")).ok()?;
    let mut work = library.works.into_iter().next()?;
    work.key.clear();
    Some(work)
}

fn outline(source: &str) -> Option<Work> {
    let author = element(source, "Author").filter(|a| !a.is_empty())?;
    let year = element(source, "Year")?.parse().ok()?;
    let mut work = Work::default();
    let family = author.split(',').next().unwrap_or_default().trim();
    work.contributors.insert(Role::Author, NameList { names: vec![Name::person(family, "")], ..NameList::default() });
    work.dates.insert(DateField::Issued, Date::from_year(year));
    Some(work)
}

/// The text of the first element of this name before the record.
fn element<'s>(source: &'s str, name: &str) -> Option<&'s str> {
    let head = &source[..source.find("<record>").unwrap_or(source.len())];
    let start = head.find(&format!("<{name}>"))? + name.len() + 2;
    let length = head[start..].find('<')?;
    Some(head[start..start + length].trim())
}
