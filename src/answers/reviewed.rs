//! The pairs claim → source of today, and what the records of a ledger say of each.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::anchor::Finder;
use crate::analysis::ClaimId;
use crate::citation::Status;
use crate::project::{ProjectError, Store, StoredDocument};
use crate::review::{Act, ClaimRef, ClaimText, Ledger, Record, Standing, WorkRef, standing};

/// Records, each found again at the claim and the work it is of.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    /// By claim and citation key, oldest first.
    verdicts: HashMap<(ClaimId, String), Vec<Arc<Record>>>,
    /// The newest word on whether a work belongs to a claim.
    links: HashMap<ClaimId, Vec<(String, Arc<Record>)>>,
    /// What could not be found again.
    pub lost: Vec<Lost>,
}

/// A record whose claim or work is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub record: Arc<Record>,
    pub claim: ClaimRef,
    pub work: WorkRef,
    /// Whether the claim is still there; else it is the claim that is gone.
    pub has_claim: bool,
}

/// A work behind a claim, with an entry in the bibliography or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// Citation key; `None` for a reference without an entry, which cannot be judged.
    pub key: Option<String>,
    /// Index of the reference in the document's list; `None` where a person alone says that the work backs the claim.
    pub reference: Option<usize>,
    pub origin: Origin,
    /// The citation is ambiguous: this is one of several works it may mean.
    pub ambiguous: bool,
}

/// A claim and a work behind it that can be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Index of the claim in its document.
    pub claim: usize,
    /// Citation key.
    pub key: String,
    pub origin: Origin,
    pub standing: Standing,
}

/// How a work comes to stand behind a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The claim cites it.
    Cited,
    /// An enclosing claim does, so many outline levels up.
    Inherited { from: usize, levels: usize },
    /// A person says so.
    Asserted(Arc<Record>),
}

impl Origin {
    /// The name in machine-readable output: "cited", "inherited", "asserted".
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Cited => "cited",
            Self::Inherited { .. } => "inherited",
            Self::Asserted(_) => "asserted",
        }
    }
}

impl Reviews {
    /// Finds the claim and the work of every record that counts: a claim by its id, else by its text; a work by its
    /// DOI or PMID, else by what it is, else by its key.
    pub fn new(store: &Store, ledger: &Ledger) -> Result<Self, ProjectError> {
        let mut finder = Finder::new(store);
        let mut reviews = Self::default();
        // Newest first, so that a claim is sought by the text it had last.
        let live: Vec<&Arc<Record>> = ledger.live().collect();
        for record in live.into_iter().rev() {
            let (claim, work) = match &record.act {
                Act::Verdict(judgement) => (&judgement.claim, &judgement.work),
                Act::Assert { claim, work, .. } | Act::Remove { claim, work, .. } => (claim, work),
                Act::Accept { .. } | Act::Retract { .. } => continue,
            };
            let (id, key) = match (finder.claim(claim)?, finder.work(work)?) {
                (Some(id), Some(key)) => (id, key),
                (id, _) => {
                    let (claim, work) = (claim.clone(), work.clone());
                    reviews.lost.push(Lost { record: record.clone(), claim, work, has_claim: id.is_some() });
                    continue;
                }
            };
            if let Act::Verdict(_) = &record.act {
                reviews.verdicts.entry((id, key)).or_default().push(record.clone());
            } else {
                let links = reviews.links.entry(id).or_default();
                if links.iter().all(|(k, _)| *k != key) {
                    links.push((key, record.clone()));
                }
            }
        }
        reviews.verdicts.values_mut().for_each(|list| list.reverse());
        reviews.links.values_mut().for_each(|list| list.reverse());
        reviews.lost.reverse();
        Ok(reviews)
    }

    /// How a claim and a work stand, whether or not the document links them.
    pub fn standing(&self, document: &StoredDocument, claim: usize, key: &str) -> Standing {
        let id = &document.analysis.claims[claim].id;
        let Some(records) = self.verdicts.get(&(id.clone(), key.to_owned())) else { return Standing::open() };
        let bare = document.analysis.bare_text(claim);
        standing(records.iter(), &ClaimText::new(&bare, &document.analysis.document.claims[claim].text))
    }

    /// The works behind a claim: cited, asserted, inherited, without what a person removed; each once.
    pub fn behind(&self, document: &StoredDocument, claim: usize) -> Vec<Behind> {
        let analysis = &document.analysis;
        let mut found: Vec<Behind> = Vec::new();
        let mut push = |behind: Behind| {
            let is_removed = behind.key.as_deref().is_some_and(|k| self.removal(document, claim, k).is_some());
            let is_there = behind.key.is_some() && found.iter().any(|other| other.key == behind.key);
            if !is_removed && !is_there {
                found.push(behind);
            }
        };
        // `citing` is the claim itself, or the one from which it inherits.
        let referred = |citing: usize, reference: usize, origin: Origin| {
            let mut mentions = analysis.claims[citing].mentions.iter().filter(|m| m.refs.contains(&reference));
            let ambiguous = mentions.all(|m| m.status == Status::Ambiguous);
            Behind { key: document.keys[reference].clone(), reference: Some(reference), origin, ambiguous }
        };
        let asserted =
            |key: &String, origin| Behind { key: Some(key.clone()), reference: None, origin, ambiguous: false };
        for reference in analysis.direct(claim) {
            push(referred(claim, reference, Origin::Cited));
        }
        for (key, record) in self.asserted(document, claim) {
            push(asserted(key, Origin::Asserted(record.clone())));
        }
        for (from, levels) in analysis.enclosing(claim) {
            let origin = Origin::Inherited { from, levels };
            for reference in analysis.direct(from) {
                let key = document.keys[reference].as_deref();
                if key.is_none_or(|k| self.removal(document, from, k).is_none()) {
                    push(referred(from, reference, origin.clone()));
                }
            }
            self.asserted(document, from).for_each(|(key, _)| push(asserted(key, origin.clone())));
        }
        found
    }

    /// The claims below a claim that inherit a work from it, and from no claim between.
    pub fn heirs(&self, document: &StoredDocument, from: usize, key: &str) -> Vec<usize> {
        let inherits = |claim: &usize| {
            let comes_from = |behind: &Behind| matches!(behind.origin, Origin::Inherited { from: f, .. } if f == from);
            self.behind(document, *claim).iter().any(|b| b.key.as_deref() == Some(key) && comes_from(b))
        };
        document.analysis.subtree(from).into_iter().filter(inherits).collect()
    }

    /// The pair of a claim and a work behind it; `None` where the work has no entry.
    pub fn pair(&self, document: &StoredDocument, claim: usize, behind: Behind) -> Option<Pair> {
        let key = behind.key?;
        Some(Pair { claim, standing: self.standing(document, claim, &key), key, origin: behind.origin })
    }

    /// The works behind a claim that can be judged, and how each stands.
    pub fn pairs(&self, document: &StoredDocument, claim: usize) -> Vec<Pair> {
        self.behind(document, claim).into_iter().filter_map(|behind| self.pair(document, claim, behind)).collect()
    }

    /// Keys of works that a person says back a claim, with the record.
    pub fn asserted(&self, document: &StoredDocument, claim: usize) -> impl Iterator<Item = (&String, &Arc<Record>)> {
        self.links(document, claim).filter(|(_, r)| matches!(r.act, Act::Assert { .. }))
    }

    /// The record that takes a work from a claim.
    pub fn removal(&self, document: &StoredDocument, claim: usize, key: &str) -> Option<&Arc<Record>> {
        self.links(document, claim).find(|(k, r)| *k == key && matches!(r.act, Act::Remove { .. })).map(|(_, r)| r)
    }

    /// Keys of works that a person took from a claim, with the record.
    pub fn removed(&self, document: &StoredDocument, claim: usize) -> impl Iterator<Item = (&String, &Arc<Record>)> {
        self.links(document, claim).filter(|(_, r)| matches!(r.act, Act::Remove { .. }))
    }

    fn links(&self, document: &StoredDocument, claim: usize) -> impl Iterator<Item = (&String, &Arc<Record>)> {
        let list = self.links.get(&document.analysis.claims[claim].id);
        list.into_iter().flatten().map(|(key, record)| (key, record))
    }

    /// Ids of claims for which someone asserted this work.
    pub fn claims_asserting(&self, key: &str) -> HashSet<ClaimId> {
        let says = |list: &Vec<(String, Arc<Record>)>| {
            list.iter().any(|(k, r)| k == key && matches!(r.act, Act::Assert { .. }))
        };
        self.links.iter().filter(|(_, list)| says(list)).map(|(id, _)| id.clone()).collect()
    }
}

/// The name under which a record's claim is known.
pub fn claim_ref(document: &StoredDocument, claim: usize) -> ClaimRef {
    let analysis = &document.analysis;
    let id = analysis.claims[claim].id.clone();
    ClaimRef::new(
        id,
        &document.name,
        &analysis.path(claim),
        &analysis.bare_text(claim),
        &analysis.document.claims[claim].text,
    )
}
