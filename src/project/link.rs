//! Which record of the bibliography each reference of a document is.

use std::collections::HashMap;

use super::ProjectError;
use super::documents::{DocumentRecord, Fingerprinted};
use super::store::Store;
use crate::analysis::Analysis;
use crate::work::{Doi, MatchKey, Pmid, Sameness, Work, same_work};

/// Finds works by identifier, or by first creator and year.
#[derive(Debug, Default)]
pub struct WorkIndex<'a> {
    works: Vec<&'a Work>,
    by_key: HashMap<&'a str, usize>,
    by_doi: HashMap<Doi, usize>,
    by_pmid: HashMap<Pmid, usize>,
    by_match: HashMap<MatchKey, Vec<usize>>,
}

impl<'a> WorkIndex<'a> {
    pub fn new(works: impl IntoIterator<Item = &'a Work>) -> Self {
        let mut index = Self::default();
        for work in works {
            let i = index.works.len();
            index.works.push(work);
            index.by_key.entry(work.key.as_str()).or_insert(i);
            if let Some(doi) = work.doi() {
                index.by_doi.entry(doi).or_insert(i);
            }
            if let Some(pmid) = work.pmid() {
                index.by_pmid.entry(pmid).or_insert(i);
            }
            index.by_match.entry(MatchKey::of(work)).or_default().push(i);
        }
        index
    }

    /// The work that is certainly the same publication.
    pub fn same(&self, work: &Work) -> Option<&'a Work> {
        let by_identifier =
            work.doi().and_then(|d| self.by_doi.get(&d)).or_else(|| work.pmid().and_then(|p| self.by_pmid.get(&p)));
        if let Some(&i) = by_identifier {
            return Some(self.works[i]);
        }
        let candidates = self.by_match.get(&MatchKey::of(work))?;
        candidates.iter().map(|&i| self.works[i]).find(|candidate| same_work(candidate, work) == Sameness::Same)
    }

    /// The key of each reference's work: its own when that work is there, else by content.
    pub fn keys(&self, analysis: &Analysis) -> Vec<Option<String>> {
        let has = |key: &str| Ok(self.by_key.contains_key(key));
        let same = |work: &Work| Ok(self.same(work).map(|w| w.key.clone()));
        let keys: Result<_, std::convert::Infallible> = keys_by(analysis, None, has, same);
        keys.unwrap_or_else(|never| match never {})
    }
}

/// The key of each reference's work in the store: as recorded when that work is still there, else by content.
pub(super) fn stored_keys(
    store: &Store,
    analysis: &Analysis,
    record: &DocumentRecord,
) -> Result<Vec<Option<String>>, ProjectError> {
    keys_by(analysis, Some(record), |key| store.has_key(key), |work| store.same(work))
}

fn keys_by<E>(
    analysis: &Analysis,
    record: Option<&DocumentRecord>,
    has: impl Fn(&str) -> Result<bool, E>,
    same: impl Fn(&Work) -> Result<Option<String>, E>,
) -> Result<Vec<Option<String>>, E> {
    let printed = analysis.document.references.iter();
    printed
        .zip(&analysis.references)
        .map(|(raw, parsed)| {
            let recorded = record.and_then(|r| r.works.get(&raw.fingerprint()));
            let own = raw.known.as_ref().map(|w| &w.key).filter(|k| !k.is_empty());
            match recorded.or(own) {
                Some(key) if has(key)? => Ok(Some(key.clone())),
                _ => same(&parsed.work),
            }
        })
        .collect()
}
