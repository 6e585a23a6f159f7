//! What was found out about an entry.

use serde::{Deserialize, Serialize};

use super::{Entry, EntryFingerprint};
use crate::matching::{Disagreement, Notice, NoticeKind, Origin, Scored, Verdict};
use crate::review::Timestamp;
use crate::work::{Doi, Field, Name, Pmid, Work};

/// How an entry stands to the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The work, and nothing that is recorded in the entry disagrees.
    Matched,
    /// The work, but fields of the entry disagree with its record.
    Mismatched,
    /// The entry's identifier is another work's.
    OtherWork,
    /// Several works may be meant.
    Ambiguous,
    /// No source that was asked knows the work, or the identifier, as of its date.
    NotFound,
    /// No source could be asked, or too little is said to tell.
    CannotTell,
}

impl From<Verdict> for Standing {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Matched => Self::Matched,
            Verdict::Mismatched => Self::Mismatched,
            Verdict::Ambiguous => Self::Ambiguous,
            Verdict::NotFound => Self::NotFound,
            Verdict::CannotTell => Self::CannotTell,
        }
    }
}

impl Standing {
    /// Whether the record is of the entry's work.
    pub fn is_found(self) -> bool {
        matches!(self, Self::Matched | Self::Mismatched)
    }
}

/// The identifiers that an entry had when it was verified, as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Had {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<Doi>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pmid: Option<String>,
}

impl Had {
    pub fn of(work: &Work) -> Self {
        Self { doi: work.doi(), pmid: work.pmid().map(|pmid| pmid.to_string()) }
    }
}

/// A source that was asked, and the day for which it spoke (ISO 8601, UTC).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OriginSaid {
    pub source: String,
    pub as_of: String,
}

impl From<&Origin> for OriginSaid {
    fn from(origin: &Origin) -> Self {
        Self { source: origin.source.clone(), as_of: origin.as_of.clone() }
    }
}

/// A field of the entry that disagrees with the record; named as `parse` names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub field: String,
    pub printed: String,
    pub record: String,
}

impl From<Disagreement> for Difference {
    fn from(d: Disagreement) -> Self {
        Self { field: d.field.to_owned(), printed: d.printed, record: d.record }
    }
}

/// What happened to the work after it was published; `kind` is a code of [`NoticeKind`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSaid {
    pub kind: String,
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub notice: String,
}

impl NoticeSaid {
    pub fn kind(&self) -> Option<NoticeKind> {
        NoticeKind::from_code(&self.kind)
    }

    /// "retracted on 2012-08-23: Error in Data (notice 10.5555/r)".
    pub fn in_words(&self) -> String {
        let part = |before: &str, text: &str, after: &str| match text {
            "" => String::new(),
            text => format!("{before}{text}{after}"),
        };
        let kind = self.kind().map_or_else(|| self.kind.clone(), |kind| kind.to_string());
        kind + &part(" on ", &self.date, "") + &part(": ", &self.reason, "") + &part(" (notice ", &self.notice, ")")
    }
}

impl From<Notice> for NoticeSaid {
    fn from(n: Notice) -> Self {
        Self { kind: n.kind.code().to_owned(), date: n.date, reason: n.reason, notice: n.notice }
    }
}

/// A record of a source, as far as a person needs it to decide.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Seen {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<Doi>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pmid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pmcid: Option<String>,
    /// Without "arXiv:".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arxiv: Option<String>,
    /// Family names, at most four, with "et al." for more.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub authors: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub container: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub volume: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issue: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pages: String,
    /// How likely this is the entry's work, 0 to 1; 0 where nothing was compared.
    #[serde(default)]
    pub score: f64,
    #[serde(flatten)]
    pub origin: Option<OriginSaid>,
}

impl Seen {
    pub fn of(work: &Work) -> Self {
        let text = |field| work.plain(field).unwrap_or_default().into_owned();
        let names: Vec<String> = work.creators().iter().take(4).map(Name::cited).collect();
        let more = if work.creators().len() > 4 { " et al." } else { "" };
        Self {
            doi: work.doi(),
            pmid: work.pmid().map(|pmid| pmid.to_string()),
            pmcid: pmcid(work),
            arxiv: arxiv(work),
            authors: names.join(", ") + more,
            year: work.year(),
            title: text(Field::Title),
            container: text(Field::ContainerTitle),
            volume: text(Field::Volume),
            issue: text(Field::Issue),
            pages: text(Field::Page),
            score: 0.0,
            origin: None,
        }
    }

    pub(super) fn from(scored: &Scored) -> Self {
        Self { score: scored.score, origin: Some((&scored.origin).into()), ..Self::of(&scored.work) }
    }

    /// "10.5555/x", "PMID 123", or that there is none.
    pub fn identifier(&self) -> String {
        match (&self.doi, &self.pmid) {
            (Some(doi), _) => doi.to_string(),
            (None, Some(pmid)) => format!("PMID {pmid}"),
            (None, None) => "no identifier".to_owned(),
        }
    }
}

/// The well-formed PubMed Central identifier of a work.
pub(super) fn pmcid(work: &Work) -> Option<String> {
    Some(work.get(Field::Pmcid)?.parse::<crate::work::Pmcid>().ok()?.to_string())
}

/// The arXiv identifier that a DOI of arXiv holds.
fn arxiv(work: &Work) -> Option<String> {
    let doi = work.doi()?;
    let id = doi.as_str().strip_prefix("10.48550/arxiv.")?;
    Some(id.parse::<crate::work::ArxivId>().ok()?.to_string())
}

/// What was found out about one entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// The citation key the entry had.
    pub key: String,
    /// Which content of the entry this is about.
    pub entry: EntryFingerprint,
    /// What was asked, in words.
    pub raw: String,
    pub at: Timestamp,
    /// What was verified; `None` when an identifier was looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub had: Option<Had>,
    pub verdict: Standing,
    /// Why, where the verdict alone does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The record: of the entry's work, or of the identifier that the entry has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Seen>,
    /// The work that the entry means, where its identifier is another's or unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Seen>,
    /// What the entry, a preprint, was published as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_as: Option<Seen>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Difference>,
    /// Others that were thought of, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Seen>,
    /// The gravest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<NoticeSaid>,
    /// The sources that answered.
    #[serde(default)]
    pub asked: Vec<OriginSaid>,
    /// Sources that gave no answer, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unavailable: Vec<String>,
}

/// What is certain enough to be written without a person's word; set by hand. Of 2,855 labelled references that were matched
/// with at least this score, nothing disagreeing, 37 have another DOI as their label, most of these of the same work
/// (`docs/matching.md`).
const CERTAIN: f64 = 0.99;

impl Resolution {
    /// Nothing is known yet.
    pub(super) fn new(entry: &Entry, at: Timestamp) -> Self {
        Self {
            key: entry.work.key.clone(),
            entry: EntryFingerprint::of(&entry.work),
            raw: entry.raw.clone(),
            at,
            had: None,
            verdict: Standing::CannotTell,
            reason: None,
            record: None,
            instead: None,
            published_as: None,
            disagreements: Vec::new(),
            candidates: Vec::new(),
            notices: Vec::new(),
            asked: Vec::new(),
            unavailable: Vec::new(),
        }
    }

    /// The record, when it is of the entry's work.
    pub fn found(&self) -> Option<&Seen> {
        self.record.as_ref().filter(|_| self.verdict.is_found())
    }

    /// Whether the record is of the entry's work and no field disagrees, beyond doubt.
    pub fn is_certain(&self) -> bool {
        self.verdict == Standing::Matched && self.record.as_ref().is_some_and(|record| record.score >= CERTAIN)
    }

    /// "index works (2026-11-25), Crossref (2026-11-20)".
    pub fn sources(&self) -> String {
        let sources: Vec<String> = self.asked.iter().map(|o| format!("{} ({})", o.source, o.as_of)).collect();
        if sources.is_empty() { "no source".to_owned() } else { sources.join(", ") }
    }

    /// Whether what was verified is what a work has now.
    pub fn is_of(&self, work: &Work) -> bool {
        match &self.had {
            Some(had) => {
                let now = Had::of(work);
                let brought = self.found().and_then(|seen| seen.doi.as_ref());
                // A DOI that was verified, or the one that a verified PMID brought.
                *had == now
                    || had.doi.is_some() && had.doi == now.doi
                    || had.doi.is_none() && had.pmid == now.pmid && now.doi.as_ref() == brought
            }
            None => match (work.doi(), self.found().and_then(|seen| seen.doi.as_ref())) {
                (Some(has), Some(found)) => has == *found,
                (has, _) => has.is_none(),
            },
        }
    }

    /// Whether a source beyond this machine was asked.
    pub fn is_from_services(&self) -> bool {
        self.asked.iter().any(|origin| origin.source != "index" && !origin.source.starts_with("index "))
    }
}

/// The identifier of a record that another source may add.
pub(super) fn pmid_of(text: Option<&String>) -> Option<Pmid> {
    text?.parse().ok()
}
