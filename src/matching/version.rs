//! Versions of a work: a preprint and its article, one work under two DOIs.

use super::matcher::title_key;
use crate::text::{fold_key, similarity};
use crate::work::{Field, Work, WorkKind};

/// Registrants of DOIs that give them to preprints: bioRxiv and medRxiv, arXiv, Preprints.org, SSRN, Research Square,
/// ChemRxiv, PsyArXiv and the others of OSF, Authorea, TechRxiv, EarthArXiv.
const PREPRINT_SERVERS: &[&str] = &[
    "10.1101/",
    "10.48550/",
    "10.20944/",
    "10.2139/",
    "10.21203/",
    "10.26434/",
    "10.31234/",
    "10.31235/",
    "10.31219/",
    "10.22541/",
    "10.36227/",
    "10.31223/",
];

/// Whether a record is of a preprint.
pub fn is_preprint(work: &Work) -> bool {
    let by_server = |doi: &crate::work::Doi| {
        PREPRINT_SERVERS.iter().any(|prefix| doi.as_str().starts_with(prefix))
            // Cold Spring Harbor's journals have the registrant of its preprints.
            && work.get(Field::Volume).is_none()
    };
    work.doi().as_ref().is_some_and(by_server)
        || work.kind == WorkKind::Article && work.get(Field::Volume).is_none() && names_a_server(work)
}

/// Whether what a work names as its container, publisher or genre is a preprint server.
fn names_a_server(work: &Work) -> bool {
    let said = [Field::ContainerTitle, Field::Publisher, Field::Genre, Field::Archive]
        .map(|f| work.get(f).unwrap_or_default());
    let said = fold_key(&said.concat());
    ["arxiv", "rxiv", "preprint", "ssrn", "researchsquare"].iter().any(|name| said.contains(name))
}

/// What speaks against a record that is of another version than the one that is printed: a reference with volume and pages
/// is not of a preprint.
pub(super) fn penalty(printed: &Work, record: &Work) -> f64 {
    let in_journal = printed.get(Field::Volume).is_some() && printed.get(Field::Page).is_some();
    if in_journal && is_preprint(record) && !names_a_server(printed) { -5.0 } else { 0.0 }
}

/// Whether two records are of one work, published twice or recorded twice.
pub fn is_same_work(a: &Work, b: &Work) -> bool {
    let (x, y) = (title_key(a), title_key(b));
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let family = |work: &Work| work.creators().first().map(|name| fold_key(&name.cited()));
    let authors = match (family(a), family(b)) {
        (Some(a), Some(b)) => a == b || a.ends_with(&b) || b.ends_with(&a),
        _ => true,
    };
    let alike = x == y || x.len().max(y.len()) < 1_000 && similarity(&x, &y) > 0.9;
    let years = match (a.year(), b.year()) {
        (Some(a), Some(b)) => a.abs_diff(b) <= 3,
        _ => true,
    };
    // A short title of other pages is another work of its author.
    let page = |work: &Work| work.get(Field::Page).map(super::compare::numbers::digits);
    let apart = matches!((page(a), page(b)), (Some(a), Some(b)) if a != b) && x.len() < 30;
    authors && alike && years && !apart
}

/// Which of the records that may be meant is answered with; they stand in falling order of their odds. Of records of one
/// work that fit about as well, an article goes before its preprint, and then the one that is printed letter for letter.
pub(super) fn preferred(printed: &Work, raw: &str, records: &[(&Work, f64)], near: f64) -> usize {
    let (first, best) = records[0];
    let is_other = |(work, odds): &(&Work, f64), distance: f64| best - odds < distance && is_same_work(first, work);
    if is_preprint(first) && !names_a_server(printed) {
        let better = records.iter().position(|record| is_other(record, near * 3.0) && !is_preprint(record.0));
        if let Some(better) = better {
            return better;
        }
    }
    let mut chosen = (0, verbatim(first, raw, printed));
    for (i, record) in records.iter().enumerate().skip(1) {
        if is_other(record, near) && is_preprint(record.0) == is_preprint(first) {
            let more = verbatim(record.0, raw, printed);
            if more > chosen.1 {
                chosen = (i, more);
            }
        }
    }
    chosen.0
}

/// How much of a record is printed letter for letter: its title, and its pages.
fn verbatim(record: &Work, raw: &str, printed: &Work) -> usize {
    let pages = |work: &Work| work.get(Field::Page).map(super::compare::numbers::pages);
    let title = record.plain(Field::Title).is_some_and(|title| raw.contains(&*title));
    usize::from(title) + usize::from(pages(record).is_some_and(|own| pages(printed) == Some(own)))
}
