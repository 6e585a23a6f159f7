//! Finding the claim and the work of a record again, after edits and new keys.

use std::collections::{HashMap, HashSet};

use crate::analysis::ClaimId;
use crate::project::{ProjectError, Store};
use crate::review::{ClaimRef, WorkFingerprint, WorkRef};
use crate::text::{fold, similarity};
use crate::work::{Doi, Work};

/// Beyond so many claims that are gone, none is sought by likeness: that costs a look at the whole document.
const SOUGHT: usize = 500;

/// So many claims are asked for one by one; beyond, the ids of all are read at once.
const ASKED: usize = 100;

/// Texts outside these lengths, in scalars, are not compared: short ones are alike by chance, long ones cost too much.
const COMPARED: std::ops::RangeInclusive<usize> = 8..=2_000;

/// Finds claims and works of one store; asks for each once.
pub(super) struct Finder<'a> {
    store: &'a Store,
    /// All claims that there are; read when more than a few are asked about.
    there: Option<HashSet<ClaimId>>,
    claims: HashMap<ClaimId, Option<ClaimId>>,
    works: HashMap<WorkRef, Option<String>>,
    documents: HashMap<String, Vec<Candidate>>,
    sought: usize,
    /// Key by what the work is; worked out when first needed. `None`: several works look the same.
    fingerprints: Option<HashMap<WorkFingerprint, Option<String>>>,
}

/// A claim that an edited one may have become.
struct Candidate {
    id: ClaimId,
    path: String,
    text: String,
    words: HashSet<String>,
}

impl Candidate {
    fn new(id: ClaimId, path: String, text: String) -> Self {
        Self { id, path, words: text.split(' ').map(str::to_owned).collect(), text }
    }

    /// How alike the texts are, between 0 and 1, if they are alike enough for their places.
    fn likeness(&self, other: &Candidate) -> Option<f64> {
        let shared = self.words.intersection(&other.words).count();
        // Sets of words are cheaper to compare than texts.
        if shared * 3 < self.words.len().max(other.words.len()) || !COMPARED.contains(&self.text.chars().count()) {
            return None;
        }
        let same_place = self.path == other.path && !self.path.is_empty();
        let likeness = similarity(&self.text, &other.text);
        (likeness >= if same_place { 0.5 } else { 0.7 }).then_some(likeness)
    }
}

impl<'a> Finder<'a> {
    pub fn new(store: &'a Store) -> Self {
        Self {
            store,
            there: None,
            claims: HashMap::new(),
            works: HashMap::new(),
            documents: HashMap::new(),
            sought: 0,
            fingerprints: None,
        }
    }

    /// The present id of a claim.
    pub fn claim(&mut self, claim: &ClaimRef) -> Result<Option<ClaimId>, ProjectError> {
        if let Some(known) = self.claims.get(&claim.id) {
            return Ok(known.clone());
        }
        if self.there.is_none() && self.claims.len() >= ASKED {
            self.there = Some(self.store.claim_ids()?);
        }
        let is_there = match &self.there {
            Some(ids) => ids.contains(&claim.id),
            None => !self.store.claims_with_id(claim.id.as_str())?.is_empty(),
        };
        let found = if is_there { Some(claim.id.clone()) } else { self.claim_by_text(claim)? };
        self.claims.insert(claim.id.clone(), found.clone());
        Ok(found)
    }

    /// The only claim of equal text, or the one of its document whose text is nearly equal. A judgement found again by
    /// likeness is stale, so a person looks at it.
    fn claim_by_text(&mut self, claim: &ClaimRef) -> Result<Option<ClaimId>, ProjectError> {
        let text = fold(&claim.text);
        if let [only] = self.store.claims_with_text(&text)?[..] {
            let document = self.store.document(only.document)?;
            return Ok(Some(document.analysis.claims[only.claim].id.clone()));
        }
        self.sought += 1;
        let wanted = Candidate::new(claim.id.clone(), claim.path.clone(), text);
        if self.sought > SOUGHT || !COMPARED.contains(&wanted.text.chars().count()) {
            return Ok(None);
        }
        let mut alike: Vec<(f64, &ClaimId)> = self
            .candidates(&claim.document)?
            .iter()
            .filter_map(|other| Some((other.likeness(&wanted)?, &other.id)))
            .collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(match alike[..] {
            [(_, id)] => Some(id.clone()),
            [(best, id), (second, _), ..] if best - second >= 0.1 => Some(id.clone()),
            _ => None,
        })
    }

    fn candidates(&mut self, document: &str) -> Result<&[Candidate], ProjectError> {
        if !self.documents.contains_key(document) {
            let stored = self.store.document_names()?.into_iter().find(|(_, name)| name == document);
            let analysis = stored.map(|(id, _)| self.store.document(id)).transpose()?.map(|d| d.analysis);
            let candidates = analysis.iter().flat_map(|analysis| {
                let claims = analysis.claims.iter().enumerate();
                claims.map(|(i, c)| Candidate::new(c.id.clone(), analysis.path(i), fold(&analysis.bare_text(i))))
            });
            self.documents.insert(document.to_owned(), candidates.collect());
        }
        Ok(&self.documents[document])
    }

    /// The present key of a work.
    pub fn work(&mut self, work: &WorkRef) -> Result<Option<String>, ProjectError> {
        if let Some(known) = self.works.get(work) {
            return Ok(known.clone());
        }
        let found = self.find_work(work)?;
        self.works.insert(work.clone(), found.clone());
        Ok(found)
    }

    fn find_work(&mut self, work: &WorkRef) -> Result<Option<String>, ProjectError> {
        let under_key = self.store.work(&work.key)?;
        let is_it = |other: &Work| {
            let same = |a: &Option<String>, b: Option<String>| a.is_some() && *a == b;
            same(&work.doi, other.doi().map(|d| d.to_string())) || same(&work.pmid, other.pmid().map(|p| p.to_string()))
        };
        if under_key.as_ref().is_some_and(|w| is_it(w) || WorkFingerprint::of(w) == work.fingerprint) {
            return Ok(Some(work.key.clone()));
        }
        if let Some(doi) = work.doi.as_deref().and_then(|d| d.parse::<Doi>().ok())
            && let Some(found) = self.store.work_by_doi(&doi)?
        {
            return Ok(Some(found.key));
        }
        if self.fingerprints.is_none() {
            let mut index: HashMap<WorkFingerprint, Option<String>> = HashMap::new();
            for other in self.store.works()? {
                index.entry(WorkFingerprint::of(&other)).and_modify(|k| *k = None).or_insert(Some(other.key));
            }
            self.fingerprints = Some(index);
        }
        if let Some(Some(key)) = self.fingerprints.as_ref().and_then(|index| index.get(&work.fingerprint)) {
            return Ok(Some(key.clone()));
        }
        // The entry under the key was corrected since, unless it is another publication by its identifier.
        let contradicts = |other: &Work| matches!((&work.doi, other.doi()), (Some(a), Some(b)) if *a != b.to_string());
        Ok(under_key.filter(|w| !contradicts(w)).map(|w| w.key))
    }
}
