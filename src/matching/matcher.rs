//! From a reference to an answer: candidates of all sources, compared, and what follows.

use super::commonness::Commonness;
use super::compare::{Asked, Recorded, shifted};
use super::source::{Candidate, Reference, SourceError, WorkSource};
use super::verdict::{Answer, Scored, Verdict};
use super::version;
use super::weigh::Comparison;
use crate::text::fold_key;
use crate::work::{Doi, Field, Pmid, Work};

/// Works whose odds have at least this logarithm are the one that is meant: 20 to 1. A wrong work costs a reader more than
/// one that is left for a person to decide.
const CERTAIN: f64 = 3.0;
/// Works below this are not worth showing: 1 to 400.
const WORTH_SHOWING: f64 = -6.0;
/// Works that agree with what is printed are several that may be meant from these odds on: 1 to 3.
const LIKELY: f64 = -1.1;
/// Two works that are this close are both possible.
const NEAR: f64 = 1.0;
/// What a printed identifier says for its record: few are of another work.
const IDENTIFIER: f64 = 5.0;
/// Candidates that are shown beside an answer.
const SHOWN: usize = 5;

/// Finds the works that references mean.
pub struct Matcher<'a> {
    sources: Vec<&'a dyn WorkSource>,
}

/// A candidate after comparison.
struct Weighed {
    candidate: Candidate,
    comparison: Comparison,
    /// What was compared, where it is not the record as it is.
    compared: Option<Work>,
    log_odds: f64,
}

impl<'a> Matcher<'a> {
    pub fn new(sources: Vec<&'a dyn WorkSource>) -> Self {
        Self { sources }
    }

    /// The answer to a reference, and the sources that failed.
    pub fn answer(&self, reference: &Reference<'_>) -> (Answer, Vec<SourceError>) {
        let asked = Asked::new(reference.raw, reference.work);
        let mut failures = Vec::new();
        let mut answered = Vec::new();
        let mut weighed: Vec<Weighed> = Vec::new();
        for source in &self.sources {
            match gather(*source, reference) {
                Ok(found) => {
                    answered.push(source.origin());
                    for (candidate, commonness, other) in found {
                        let known = |other: &Weighed| same_identifier(&other.candidate.work, &candidate.work);
                        if !weighed.iter().any(known) {
                            weighed.push(weigh(&asked, reference, candidate, commonness, other));
                        }
                    }
                }
                Err(error) => failures.push(error),
            }
        }
        weighed.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds));
        let mut answer = decide(reference, &asked, weighed);
        if answered.is_empty() {
            answer.verdict = Verdict::CannotTell;
            answer.reason = Some("no source could be asked".to_owned());
        }
        answer.asked = answered;
        if let Some(doi) = answer.best.as_ref().and_then(Scored::doi) {
            for source in &self.sources {
                match source.notices(&doi) {
                    Ok(notices) => answer.notices.extend(notices),
                    Err(error) => failures.push(error),
                }
            }
        }
        (answer, failures)
    }
}

/// How one record fits a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub scored: Scored,
    /// What both say is too different for one work: another title, or without titles another author on another page.
    pub is_contradicted: bool,
}

impl Fit {
    /// Whether this is the work that the reference means.
    pub fn is_certain(&self) -> bool {
        self.scored.score >= score(CERTAIN)
    }
}

/// Compares one record with a reference. That both have one identifier counts for the reference, so one whose
/// identifier is in doubt is compared without it.
pub fn fit(reference: &Reference<'_>, candidate: Candidate) -> Fit {
    let other = shifted(&candidate.work).map(|work| (work, Commonness::default()));
    let asked = Asked::new(reference.raw, reference.work);
    let weighed = weigh(&asked, reference, candidate, Commonness::default(), other);
    Fit { is_contradicted: weighed.comparison.is_contradicted(), scored: scored(reference, weighed) }
}

/// A record's work as it is compared, and how common what it says is.
type Counted = (Work, Commonness);

/// Compares a record; one whose title was perhaps read as its author in both ways, of which the likelier one counts.
fn weigh(
    asked: &Asked,
    reference: &Reference<'_>,
    candidate: Candidate,
    commonness: Commonness,
    shifted: Option<Counted>,
) -> Weighed {
    let mut comparison = Comparison::new(asked, &Recorded::new(&candidate.work), commonness);
    let mut log_odds = comparison.log_odds();
    let mut compared = None;
    if let Some((work, commonness)) = shifted {
        let other = Comparison::new(asked, &Recorded::new(&work), commonness);
        // What a reference without authors has for its container is hardly the title of a work that has some.
        let has_words = candidate.work.creators().first().is_some_and(|name| name.cited().split(' ').count() > 2);
        let doubtful = (comparison.author_not_printed || has_words) && other.agrees_in_container();
        if doubtful || other.log_odds() > log_odds {
            log_odds = other.log_odds();
            comparison = other;
            compared = Some(work);
        }
    }
    if same_identifier(reference.work, &candidate.work) {
        log_odds += IDENTIFIER;
    }
    log_odds += version::penalty(reference.work, &candidate.work);
    Weighed { candidate, comparison, compared, log_odds }
}

/// A record in the other way, if it is one that has two.
fn in_the_other_way(source: &dyn WorkSource, work: &Work) -> Result<Option<Counted>, SourceError> {
    shifted(work).map(|work| Ok((source.commonness(&work)?, work))).transpose().map(|pair| pair.map(|(c, w)| (w, c)))
}

/// The works of a source that a reference may mean, that of its identifier first; and how common what they say is.
fn gather(
    source: &dyn WorkSource,
    reference: &Reference<'_>,
) -> Result<Vec<(Candidate, Commonness, Option<Counted>)>, SourceError> {
    let mut found = Vec::new();
    if let Some(doi) = reference.work.doi() {
        found.extend(source.by_doi(&doi)?);
    }
    if let Some(pmid) = reference.work.pmid() {
        found.extend(source.by_pmid(pmid)?);
    }
    found.extend(source.candidates(reference)?);
    let counted = found.into_iter().map(|candidate| {
        let commonness = source.commonness(&candidate.work)?;
        let other = in_the_other_way(source, &candidate.work)?;
        Ok((candidate, commonness, other))
    });
    counted.collect()
}

fn same_identifier(a: &Work, b: &Work) -> bool {
    let doi: (Option<Doi>, Option<Doi>) = (a.doi(), b.doi());
    let pmid: (Option<Pmid>, Option<Pmid>) = (a.pmid(), b.pmid());
    matches!(doi, (Some(x), Some(y)) if x == y) || matches!(pmid, (Some(x), Some(y)) if x == y)
}

fn decide(reference: &Reference<'_>, asked: &Asked, weighed: Vec<Weighed>) -> Answer {
    let scored = |weighed| scored(reference, weighed);
    let mut answer = Answer {
        verdict: Verdict::NotFound,
        reason: None,
        best: None,
        candidates: Vec::new(),
        notices: Vec::new(),
        asked: Vec::new(),
    };
    let certain = weighed.iter().take_while(|w| w.log_odds >= CERTAIN).count();
    let mut rest = weighed.into_iter().filter(|w| w.log_odds >= WORTH_SHOWING);
    if certain == 0 || says_too_little(asked) {
        let best: Vec<Weighed> = rest.take(SHOWN).collect();
        let several = are_alike(&best);
        answer.candidates = best.into_iter().map(scored).collect();
        if several && !says_too_little(asked) {
            answer.verdict = Verdict::Ambiguous;
            answer.reason = Some("several works agree with what is printed".to_owned());
        } else if says_too_little(asked) && !answer.candidates.is_empty() {
            answer.verdict = Verdict::CannotTell;
            answer.reason = Some("too little is printed to tell which work is meant".to_owned());
        } else if says_too_little(asked) {
            answer.verdict = Verdict::CannotTell;
            answer.reason = Some("too little is printed to look for the work".to_owned());
        }
        return answer;
    }
    let mut top: Vec<Weighed> = rest.by_ref().take(certain).collect();
    let best = version::preferred(
        reference.work,
        reference.raw,
        &top.iter().map(|w| (&w.candidate.work, w.log_odds)).collect::<Vec<_>>(),
        NEAR,
    );
    let best = top.remove(best);
    let rival = top.iter().find(|other| {
        (best.log_odds - other.log_odds).abs() < NEAR
            && !version::is_same_work(&best.candidate.work, &other.candidate.work)
    });
    let ambiguous = rival.is_some();
    let others: Vec<Weighed> = top.into_iter().chain(rest).take(SHOWN).collect();
    if ambiguous {
        answer.verdict = Verdict::Ambiguous;
        answer.reason = Some("several works agree with what is printed".to_owned());
        answer.candidates = std::iter::once(best).chain(others).map(scored).collect();
        return answer;
    }
    let best = scored(best);
    answer.verdict = if best.disagreements.is_empty() { Verdict::Matched } else { Verdict::Mismatched };
    answer.candidates = others.into_iter().map(scored).collect();
    answer.best = Some(best);
    answer
}

/// Whether each of two or more works would be certain if it were not for the others: nothing disagrees with them.
fn are_alike(weighed: &[Weighed]) -> bool {
    let [first, second, ..] = weighed else { return false };
    let agrees = |weighed: &Weighed| !weighed.comparison.disagrees();
    first.log_odds >= LIKELY && first.log_odds - second.log_odds < NEAR && agrees(first) && agrees(second)
}

fn score(log_odds: f64) -> f64 {
    let probability = 1.0 / (1.0 + (-log_odds).exp());
    (probability * 1_000.0).round() / 1_000.0
}

fn scored(reference: &Reference<'_>, weighed: Weighed) -> Scored {
    Scored {
        score: score(weighed.log_odds),
        disagreements: weighed
            .comparison
            .disagreements(reference.work, weighed.compared.as_ref().unwrap_or(&weighed.candidate.work)),
        work: weighed.candidate.work,
        origin: weighed.candidate.origin,
    }
}

/// Whether a reference says so little that no work could be told: no title, and fewer than three other facts.
fn says_too_little(asked: &Asked) -> bool {
    let title: usize = asked.title.iter().map(|word| word.chars().count()).sum();
    let facts = [
        !asked.authors.is_empty(),
        asked.authors.len() > 1,
        asked.year.is_some(),
        !asked.volume.is_empty(),
        !asked.pages.0.is_empty(),
        !asked.container.is_empty(),
    ];
    let facts = facts.iter().filter(|fact| **fact).count();
    title < 10 && facts < 3 || title < 25 && facts == 0
}

/// The folded title of a work, for the comparison of records with each other.
pub(super) fn title_key(work: &Work) -> String {
    fold_key(&work.plain(Field::Title).unwrap_or_default())
}
