//! Citations by key: bound to the works of a bibliography.

use std::collections::{HashMap, HashSet};

use super::ParsedReference;
use crate::bibliography::{self, Format};
use crate::document::{CitedTarget, Document, RawReference};
use crate::text::collapse_spaces;
use crate::work::{Doi, Field, Work};

/// Which works of a bibliography are the reference list of a manuscript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// All: the file was made for the manuscript.
    All,
    /// Those that the manuscript cites or lists: the file serves others too.
    Cited,
}

/// The works that a keyed manuscript cites from.
#[derive(Clone, Copy)]
pub struct Bibliography<'a> {
    pub works: &'a [Work],
    pub listing: Listing,
    /// The key under which the works have a work that the manuscript cites by another key.
    pub renamed: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Bibliography<'a> {
    pub fn new(works: &'a [Work], listing: Listing) -> Self {
        Self { works, listing, renamed: &|_| None }
    }
}

/// Puts the works that belong to the document's reference list there, and binds its keys to them.
pub(super) fn bind(document: &mut Document, bibliography: &Bibliography<'_>) {
    if !document.is_keyed() {
        return;
    }
    let mut by_key: HashMap<&str, usize> = HashMap::new();
    for (i, work) in bibliography.works.iter().enumerate() {
        by_key.entry(work.key.as_str()).or_insert(i);
    }
    let find = |key: &str| {
        let renamed = (bibliography.renamed)(key);
        by_key.get(renamed.as_deref().unwrap_or(key)).copied()
    };
    let mut wanted: HashSet<usize> = document.listed_keys.iter().filter_map(|key| find(key)).collect();
    for claim in &document.claims {
        wanted.extend(claim.marked.iter().flat_map(|m| &m.targets).filter_map(|t| match t {
            CitedTarget::Key(key) => find(key),
            CitedTarget::Reference(_) => None,
        }));
    }
    let all = bibliography.listing == Listing::All || document.listed_keys.iter().any(|k| k == "*");
    let mut places: HashMap<usize, usize> = HashMap::new();
    for (i, work) in bibliography.works.iter().enumerate() {
        // Of two entries under one key the first counts, as for BibTeX.
        if (all || wanted.contains(&i)) && by_key.get(work.key.as_str()) == Some(&i) {
            places.insert(i, document.references.len());
            document.references.push(RawReference {
                label: Some(work.key.clone()),
                text: collapse_spaces(&bibliography::write(std::slice::from_ref(work), Format::BIBTEX)),
                known: Some(work.clone()),
                ..RawReference::default()
            });
        }
    }
    for target in document.claims.iter_mut().flat_map(|c| &mut c.marked).flat_map(|m| &mut m.targets) {
        if let CitedTarget::Key(key) = target
            && let Some(&place) = find(key).and_then(|i| places.get(&i))
        {
            *target = CitedTarget::Reference(place);
        }
    }
}

/// What the markup of a reference says of the work, put into what its text was read as.
pub(super) fn complete(parsed: &mut ParsedReference, known: &Work) {
    if known.get(Field::Title).or(known.get(Field::ContainerTitle)).is_some() {
        *parsed = ParsedReference::of(known.clone(), 1.0);
        // Many bibliographies have the DOI only as an address.
        let address = known.get(Field::Url).filter(|u| u.contains("doi.org/"));
        if let (None, Some(doi)) = (known.get(Field::Doi), address.and_then(|u| u.parse::<Doi>().ok())) {
            parsed.work.set(Field::Doi, doi.as_str());
        }
        return;
    }
    for (field, value) in &known.fields {
        if parsed.work.get(*field).is_none() {
            parsed.work.set(*field, value.clone());
        }
    }
}
