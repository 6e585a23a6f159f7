//! An identifier for an entry that has none.

use super::resolution::{OriginSaid, Resolution, Seen};
use super::sources::Asking;
use super::{Entry, WorkSources};
use crate::matching::{Answer, Matcher, Reference};
use crate::review::Timestamp;

/// Candidates that are kept beside an answer.
pub(super) const KEPT: usize = 3;

/// Looks for the work of an entry. Services are asked about what the sources on this machine do not tell for certain.
pub fn find(entry: &Entry, sources: &WorkSources<'_>, at: Timestamp) -> Resolution {
    let mut asking = Asking::default();
    let mut resolution = Resolution::new(entry, at);
    if !sources.local.is_empty() {
        resolution = asked(entry, sources.local.clone(), &mut asking, at);
    }
    if !sources.remote.is_empty() && !resolution.is_certain() {
        resolution = asked(entry, sources.all().collect(), &mut asking, at);
    }
    if sources.is_empty() {
        resolution.reason = Some("no source could be asked".to_owned());
    }
    if resolution.verdict.is_found() {
        sources.complete(&entry.work, &mut resolution, &mut asking);
    }
    asking.put_into(&mut resolution);
    resolution
}

fn asked(
    entry: &Entry,
    sources: Vec<&dyn crate::matching::WorkSource>,
    asking: &mut Asking,
    at: Timestamp,
) -> Resolution {
    let (answer, failures) = Matcher::new(sources).answer(&Reference { raw: &entry.raw, work: &entry.work });
    failures.iter().for_each(|error| asking.fail(error.to_string()));
    for origin in &answer.asked {
        if !asking.answered.contains(origin) {
            asking.answered.push(origin.clone());
        }
    }
    let mut resolution = Resolution::new(entry, at);
    put(answer, &mut resolution);
    resolution
}

/// Takes over what the matcher says.
fn put(answer: Answer, resolution: &mut Resolution) {
    resolution.verdict = answer.verdict.into();
    resolution.reason = answer.reason;
    resolution.record = answer.best.as_ref().map(Seen::from);
    resolution.asked = answer.asked.iter().map(OriginSaid::from).collect();
    resolution.disagreements = answer.best.into_iter().flat_map(|best| best.disagreements).map(Into::into).collect();
    resolution.candidates = answer.candidates.iter().take(KEPT).map(Seen::from).collect();
}
