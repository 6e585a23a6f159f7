//! Segments and identifiers → [`Work`], through the readers of names, dates and numbers.

use super::identifiers::Identifiers;
use super::segment::{ListStyle, Segments};
use super::{dates, kind, names};
use crate::work::{Date, DateField, Field, Role, Work};

/// Builds the work. Every field comes from the printed reference.
pub(super) fn assemble(segments: &Segments, ids: &Identifiers, style: ListStyle) -> Work {
    let mut work = Work { kind: kind::guess(segments, ids), ..Work::default() };
    for (role, text) in [(Role::Author, &segments.authors), (Role::Editor, &segments.editors)] {
        let list = names::read(text, style.names);
        if !list.names.is_empty() || list.incomplete {
            work.contributors.insert(role, list);
        }
    }
    match dates::read(&segments.date) {
        Some(printed) => {
            work.dates.insert(DateField::Issued, printed.date);
            work.set(Field::YearSuffix, printed.suffix.unwrap_or_default());
        }
        // "in press", "n.d."
        None if !segments.date.is_empty() => {
            work.dates.insert(DateField::Issued, Date::Literal(segments.date.clone()));
        }
        None => {}
    }
    if let Some(accessed) = &ids.accessed {
        work.dates.insert(DateField::Accessed, accessed.clone());
    }
    let numbers = &segments.numbers;
    for (field, value) in [
        (Field::Title, Some(&segments.title)),
        (Field::ContainerTitle, Some(&segments.container)),
        (Field::Volume, numbers.volume.as_ref()),
        (Field::Issue, numbers.issue.as_ref()),
        (Field::Page, numbers.pages.as_ref()),
        (Field::NumberOfPages, numbers.number_of_pages.as_ref()),
        (Field::Publisher, Some(&segments.publisher)),
        (Field::PublisherPlace, Some(&segments.place)),
        (Field::Edition, Some(&segments.edition)),
        (Field::Genre, Some(&segments.genre)),
        (Field::Doi, ids.doi.as_ref()),
        (Field::Url, ids.url.as_ref()),
        (Field::Pmid, ids.pmid.as_ref()),
        (Field::Pmcid, ids.pmcid.as_ref()),
        (Field::Isbn, ids.isbn.as_ref()),
        (Field::Issn, ids.issn.as_ref()),
        (Field::Status, ids.status.as_ref()),
        (Field::Medium, ids.medium.as_ref()),
    ] {
        if let Some(value) = value {
            work.set(field, value.as_str());
        }
    }
    if let Some(arxiv) = &ids.arxiv {
        work.custom.insert("eprint".to_owned(), arxiv.clone());
        work.custom.insert("eprinttype".to_owned(), "arxiv".to_owned());
    }
    work
}
