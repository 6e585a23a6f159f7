//! Whether the identifier that an entry has is its work's.

use super::find::KEPT;
use super::resolution::{Difference, Had, Resolution, Seen, Standing};
use super::sources::Asking;
use super::{Entry, WorkSources};
use crate::matching::{Answer, Candidate, Fit, Matcher, Reference, fit, is_same_work};
use crate::review::Timestamp;
use crate::work::Work;

/// Compares an entry with the records of its DOI, or else of its PMID. Sources that know the identifier and those that
/// find the work by what the entry says are asked apart, so a wrong identifier does not speak for itself.
pub fn verify(entry: &Entry, sources: &WorkSources<'_>, at: Timestamp) -> Resolution {
    let mut asking = Asking::default();
    let mut resolution = Resolution { had: Some(Had::of(&entry.work)), ..Resolution::new(entry, at) };
    let bare = entry.bare();
    let reference = Reference { raw: &entry.raw, work: &bare };
    let records = records(entry, sources, &mut asking);
    let fits = records.into_iter().map(|candidate| fit(&reference, candidate));
    match fits.max_by(|a, b| a.scored.score.total_cmp(&b.scored.score)) {
        None if asking.answered.is_empty() => {
            resolution.reason = Some("no source could be asked".to_owned());
        }
        None => {
            resolution.verdict = Standing::NotFound;
            let answer = by_content(&reference, sources, &mut asking);
            resolution.instead = answer.best.as_ref().map(Seen::from);
            resolution.candidates = answer.candidates.iter().take(KEPT).map(Seen::from).collect();
        }
        Some(fit) if fit.is_certain() => {
            resolution.disagreements = differences(entry, &fit);
            let agrees = resolution.disagreements.is_empty();
            resolution.verdict = if agrees { Standing::Matched } else { Standing::Mismatched };
            resolution.record = Some(Seen::from(&fit.scored));
            sources.complete(&entry.work, &mut resolution, &mut asking);
        }
        Some(fit) => {
            let answer = by_content(&reference, sources, &mut asking);
            resolution.record = Some(Seen::from(&fit.scored));
            let another = answer
                .best
                .as_ref()
                .filter(|best| best.doi() != fit.scored.doi() && !is_same_work(&best.work, &fit.scored.work));
            resolution.instead = another.map(Seen::from);
            if another.is_some() || fit.is_contradicted {
                resolution.verdict = Standing::OtherWork;
                resolution.disagreements = differences(entry, &fit);
            } else {
                resolution.reason = Some("the record of the identifier says too little to tell".to_owned());
            }
        }
    }
    asking.put_into(&mut resolution);
    resolution
}

/// The records of the DOI; of the PMID where there is no DOI.
fn records(entry: &Entry, sources: &WorkSources<'_>, asking: &mut Asking) -> Vec<Candidate> {
    if let Some(doi) = entry.doi() {
        let found = sources.all().filter_map(|source| asking.note(source, source.by_doi(&doi)).flatten());
        let (own, others): (Vec<_>, Vec<_>) = found.partition(|candidate| candidate.work.doi().as_ref() == Some(&doi));
        // A second DOI of a work leads to a record with its first; that of another work is no answer.
        return if own.is_empty() { others.into_iter().filter(|other| is_meant(entry, other)).collect() } else { own };
    }
    let Some(pmid) = entry.pmid() else { return Vec::new() };
    let found = sources.all().filter_map(|source| asking.note(source, source.by_pmid(pmid)).flatten());
    found.filter(|candidate| candidate.work.pmid() == Some(pmid)).collect()
}

fn is_meant(entry: &Entry, candidate: &Candidate) -> bool {
    fit(&Reference { raw: &entry.raw, work: &entry.bare() }, candidate.clone()).is_certain()
}

/// What the entry means, by what it says without its identifiers.
fn by_content(reference: &Reference<'_>, sources: &WorkSources<'_>, asking: &mut Asking) -> Answer {
    let (answer, failures) = Matcher::new(sources.all().collect()).answer(reference);
    failures.iter().for_each(|error| asking.fail(error.to_string()));
    answer
}

/// The fields that disagree, an identifier of another kind included.
fn differences(entry: &Entry, fit: &Fit) -> Vec<Difference> {
    let mut found: Vec<Difference> = fit.scored.disagreements.iter().cloned().map(Into::into).collect();
    if let (Some(printed), Some(record)) = (entry.doi(), fit.scored.doi())
        && printed != record
    {
        found.push(Difference { field: "doi".to_owned(), printed: printed.into(), record: record.into() });
    }
    if let (Some(printed), Some(record)) = (entry.pmid(), fit.scored.pmid())
        && printed != record
    {
        found.push(Difference { field: "pmid".to_owned(), printed: printed.to_string(), record: record.to_string() });
    }
    if fit.is_contradicted && found.iter().all(|d| d.field != "title") {
        let title = |work: &Work| work.plain(crate::work::Field::Title).unwrap_or_default().into_owned();
        let (printed, record) = (title(&entry.work), title(&fit.scored.work));
        if !printed.is_empty() && !record.is_empty() {
            found.insert(0, Difference { field: "title".to_owned(), printed, record });
        }
    }
    found
}
