//! Whom to ask: sources on this machine first, then services.

use super::resolution::{NoticeSaid, OriginSaid, Resolution, Seen, pmcid, pmid_of};
use crate::matching::{
    Candidate, NoticeKind, Origin, Reference, SourceError, WorkSource, fit, is_preprint, is_same_work,
};
use crate::work::{Doi, Field, Work};

/// Sources of works.
#[derive(Default)]
pub struct WorkSources<'a> {
    /// On this machine: asked first.
    pub local: Vec<&'a dyn WorkSource>,
    /// On the network: asked about what the others do not tell for certain.
    pub remote: Vec<&'a dyn WorkSource>,
}

/// What came of asking several sources.
#[derive(Default)]
pub(super) struct Asking {
    pub answered: Vec<Origin>,
    pub failed: Vec<String>,
}

impl Asking {
    /// The answer of one source, noted; `None` when it gave none.
    pub fn note<T>(&mut self, source: &dyn WorkSource, answer: Result<T, SourceError>) -> Option<T> {
        match answer {
            Ok(answer) => {
                let origin = source.origin();
                if !self.answered.contains(&origin) {
                    self.answered.push(origin);
                }
                Some(answer)
            }
            Err(error) => {
                self.fail(error.to_string());
                None
            }
        }
    }

    pub fn fail(&mut self, error: String) {
        if !self.failed.contains(&error) {
            self.failed.push(error);
        }
    }

    /// Puts down who was asked.
    pub fn put_into(self, resolution: &mut Resolution) {
        resolution.asked = self.answered.iter().map(OriginSaid::from).collect();
        resolution.unavailable = self.failed;
    }
}

impl<'a> WorkSources<'a> {
    pub fn is_empty(&self) -> bool {
        self.local.is_empty() && self.remote.is_empty()
    }

    /// All of them, those on this machine first.
    pub fn all(&self) -> impl Iterator<Item = &'a dyn WorkSource> + '_ {
        self.local.iter().chain(&self.remote).copied()
    }

    /// The records of a DOI: one source may know more of the work than another.
    pub(super) fn of_doi(&self, doi: &Doi, asking: &mut Asking) -> Vec<Candidate> {
        let found = self.all().filter_map(|source| asking.note(source, source.by_doi(doi)).flatten());
        found.filter(|candidate| candidate.work.doi().as_ref() == Some(doi)).collect()
    }

    /// Completes what was found: identifiers that other sources know, notices, and what a preprint became.
    pub(super) fn complete(&self, work: &Work, resolution: &mut Resolution, asking: &mut Asking) {
        let Some(record) = &mut resolution.record else { return };
        if let (None, Some(pmid)) = (&record.doi, pmid_of(record.pmid.as_ref())) {
            let found = self.all().filter_map(|source| asking.note(source, source.by_pmid(pmid)).flatten());
            let found: Vec<Candidate> = found.filter(|candidate| candidate.work.pmid() == Some(pmid)).collect();
            record.doi = found.iter().find_map(|candidate| candidate.work.doi());
        }
        let Some(doi) = record.doi.clone() else { return };
        for candidate in self.of_doi(&doi, asking) {
            let pmid = candidate.work.pmid().map(|pmid| pmid.to_string());
            record.pmid = record.pmid.take().or(pmid);
            record.pmcid = record.pmcid.take().or_else(|| pmcid(&candidate.work));
        }
        let notices = self.all().filter_map(|source| asking.note(source, source.notices(&doi)));
        let mut notices: Vec<_> = notices.flatten().collect();
        notices.sort_by(|a, b| (a.kind, a.date.is_empty(), &a.date).cmp(&(b.kind, b.date.is_empty(), &b.date)));
        // Several sources tell of one retraction.
        notices.dedup_by(|a, b| a.kind == b.kind && (a.date.is_empty() || a.date == b.date || a.notice == b.notice));
        let published = notices.iter().find(|n| n.kind == NoticeKind::Publication).and_then(|n| n.notice.parse().ok());
        notices.retain(|n| n.kind != NoticeKind::Publication);
        resolution.notices = notices.into_iter().map(NoticeSaid::from).collect();
        let mut probe = work.clone();
        probe.set(Field::Doi, doi.as_str());
        if published.is_some() || is_preprint(&probe) {
            resolution.published_as = match published {
                Some(doi) => Some(self.publication(doi, asking)),
                None => self.published(work, &doi, asking),
            };
        }
    }

    /// The record of the article that a source says a preprint became.
    fn publication(&self, doi: Doi, asking: &mut Asking) -> Seen {
        match self.of_doi(&doi, asking).into_iter().next() {
            Some(candidate) => Seen { origin: Some((&candidate.origin).into()), ..Seen::of(&candidate.work) },
            None => Seen { doi: Some(doi), ..Seen::default() },
        }
    }

    /// An article that a preprint became: of the same authors and title, and not a preprint itself.
    fn published(&self, work: &Work, preprint: &Doi, asking: &mut Asking) -> Option<Seen> {
        let mut wanted = Work { key: String::new(), custom: Default::default(), ..work.clone() };
        for field in [Field::Doi, Field::Pmid, Field::Pmcid, Field::Url, Field::Publisher, Field::ContainerTitle] {
            wanted.set(field, "");
        }
        for field in [Field::Volume, Field::Issue, Field::Page, Field::Number, Field::Genre, Field::Archive] {
            wanted.set(field, "");
        }
        let raw = super::in_words(&wanted);
        let reference = Reference { raw: &raw, work: &wanted };
        let found = self.all().filter_map(|source| asking.note(source, source.candidates(&reference)));
        let found: Vec<Candidate> = found.flatten().collect();
        let is_article = |candidate: &Candidate| {
            let other = &candidate.work;
            other.doi().is_some_and(|doi| doi != *preprint)
                && !is_preprint(other)
                && other.get(Field::ContainerTitle).is_some()
                && !other.creators().is_empty()
                && is_same_work(&wanted, other)
                && other.year() >= work.year()
        };
        let found = found.into_iter().filter(is_article).map(|candidate| fit(&reference, candidate));
        let best = found.filter(|fit| !fit.is_contradicted).max_by(|a, b| a.scored.score.total_cmp(&b.scored.score))?;
        Some(Seen::from(&best.scored))
    }
}
