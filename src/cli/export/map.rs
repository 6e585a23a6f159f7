//! From the store to the map that the formats write.

use crate::answers::{Origin, Sources};
use crate::cli::error::CliError;
use crate::cli::marks::Quotes;
use crate::cli::scope::Scope;
use crate::project::{Store, StoredDocument};
use crate::review::Standing;
use crate::work::Work;

/// Claims, each with the works behind it.
pub(super) struct Map {
    pub documents: Vec<StoredDocument>,
    /// In document order. A claim without a source has one without a work.
    pub links: Vec<Link>,
    /// What is known of the quotes of verdicts.
    pub quotes: Quotes,
}

/// A claim and a work behind it.
pub(super) struct Link {
    /// Index into [`Map::documents`].
    pub document: usize,
    /// Index into the claims of the document.
    pub claim: usize,
    pub work: Option<LinkedWork>,
}

/// A work behind a claim.
pub(super) struct LinkedWork {
    /// The bibliography's record, or what the printed reference says.
    pub work: Work,
    /// `None` when the reference has no entry in the bibliography.
    pub key: Option<String>,
    pub origin: Origin,
    /// The citation may mean other works, too.
    pub ambiguous: bool,
    pub standing: Standing,
}

impl Map {
    pub fn new(store: &Store, scope: &Scope) -> Result<Self, CliError> {
        let names = store.document_names()?.into_iter();
        let documents = names.map(|(id, _)| store.document(id)).collect::<Result<Vec<_>, _>>()?;
        let reviews = scope.reviews(store)?;
        let texts = Sources::new(store, scope.project())?;
        let mut map = Self { documents: Vec::new(), links: Vec::new(), quotes: Quotes::new() };
        for (d, document) in documents.iter().enumerate() {
            for claim in 0..document.analysis.claims.len() {
                let before = map.links.len();
                for behind in reviews.behind(document, claim) {
                    let record = behind.key.as_deref().map(|key| store.work(key)).transpose()?.flatten();
                    let printed = behind.reference.map(|r| document.analysis.references[r].work.clone());
                    let Some(work) = record.or(printed) else { continue };
                    let key = behind.key;
                    let standing =
                        key.as_deref().map_or_else(Standing::open, |key| reviews.standing(document, claim, key));
                    map.quotes.extend(texts.quotes(&work, &standing)?);
                    let (origin, ambiguous) = (behind.origin, behind.ambiguous);
                    let work = LinkedWork { work, key, origin, ambiguous, standing };
                    map.links.push(Link { document: d, claim, work: Some(work) });
                }
                if map.links.len() == before {
                    map.links.push(Link { document: d, claim, work: None });
                }
            }
        }
        map.documents = documents;
        Ok(map)
    }

    /// How many claims there are.
    pub fn claims(&self) -> usize {
        self.documents.iter().map(|d| d.analysis.claims.len()).sum()
    }

    /// The links that have a work.
    pub fn linked(&self) -> impl Iterator<Item = (&Link, &LinkedWork)> {
        self.links.iter().filter_map(|link| Some((link, link.work.as_ref()?)))
    }

    pub fn document(&self, link: &Link) -> &StoredDocument {
        &self.documents[link.document]
    }

    /// The id of a link's claim, or of another claim of its document.
    pub fn id(&self, link: &Link, claim: usize) -> &str {
        self.document(link).analysis.claims[claim].id.as_str()
    }
}

impl LinkedWork {
    /// "cited", "inherited" or "asserted".
    pub fn origin_name(&self) -> &'static str {
        self.origin.as_str()
    }

    /// The claim it is inherited from, index into the claims of the document.
    pub fn inherited_from(&self) -> Option<usize> {
        match self.origin {
            Origin::Inherited { from, .. } => Some(from),
            Origin::Cited | Origin::Asserted(_) => None,
        }
    }

    /// The key in the bibliography, or the one that the reference would have.
    pub fn name(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.work.key)
    }
}
