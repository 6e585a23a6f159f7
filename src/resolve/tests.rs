//! Entries resolved in sources that hold a few invented works.

use super::*;
use crate::bibliography::bibtex::read_text;
use crate::matching::{Candidate, Notice, NoticeKind, Origin, Reference, SourceError, WorkSource};
use crate::review::Timestamp;
use crate::work::{Doi, Pmid, Work};

/// A source that has these works, finds all of them for anything, or is out of order.
struct Shelf {
    name: &'static str,
    works: Vec<Work>,
    notices: Vec<Notice>,
    fails: bool,
}

impl Shelf {
    fn of(name: &'static str, bib: &str) -> Self {
        Self { name, works: read_text(bib).works, notices: Vec::new(), fails: false }
    }

    fn candidate(&self, work: &Work) -> Candidate {
        Candidate { work: work.clone(), origin: self.origin() }
    }

    fn answer<T>(&self, answer: T) -> Result<T, SourceError> {
        let failure =
            || SourceError::Unavailable { source_name: self.name.to_owned(), message: "out of order".to_owned() };
        if self.fails { Err(failure()) } else { Ok(answer) }
    }
}

impl WorkSource for Shelf {
    fn origin(&self) -> Origin {
        Origin { source: self.name.to_owned(), as_of: "2026-01-02".to_owned() }
    }

    fn candidates(&self, _: &Reference<'_>) -> Result<Vec<Candidate>, SourceError> {
        self.answer(self.works.iter().map(|work| self.candidate(work)).collect())
    }

    fn by_doi(&self, doi: &Doi) -> Result<Option<Candidate>, SourceError> {
        self.answer(self.works.iter().find(|work| work.doi().as_ref() == Some(doi)).map(|work| self.candidate(work)))
    }

    fn by_pmid(&self, pmid: Pmid) -> Result<Option<Candidate>, SourceError> {
        self.answer(self.works.iter().find(|work| work.pmid() == Some(pmid)).map(|work| self.candidate(work)))
    }

    fn notices(&self, doi: &Doi) -> Result<Vec<Notice>, SourceError> {
        let has = self.works.iter().any(|work| work.doi().as_ref() == Some(doi));
        self.answer(if has { self.notices.clone() } else { Vec::new() })
    }
}

const TIDES: &str = "author = {Holm, Ada and Berg, Bo}, year = 2004, title = {Tides and ferries of the northern fjords: a second look}, journal = {Journal of Northern Ferries}, volume = 12, pages = {34--56}";
const HARBOURS: &str = "author = {Lind, Cara}, year = 1999, title = {Harbours in winter and the men who keep them open}, journal = {Annals of Ports}, volume = 7, pages = {101--110}";

fn entry(fields: &str) -> Entry {
    Entry::new(read_text(&format!("@article{{k, {fields}}}")).works.remove(0))
}

fn at() -> Timestamp {
    Timestamp::from_micros(1_767_312_000_000_000)
}

fn local<'a>(shelves: &'a [Shelf]) -> WorkSources<'a> {
    WorkSources { local: shelves.iter().map(|shelf| shelf as &dyn WorkSource).collect(), remote: Vec::new() }
}

#[test]
fn another_source_adds_the_identifier_that_one_does_not_know() {
    let shelves = [
        Shelf::of("one", &format!("@article{{a, {TIDES}, doi = {{10.5555/tides}}}}")),
        Shelf::of("two", &format!("@article{{a, {TIDES}, doi = {{10.5555/tides}}, pmid = 77, pmcid = {{PMC8}}}}")),
    ];
    let found = find(&entry(TIDES), &local(&shelves), at());
    assert!(found.is_certain());
    let seen = found.found().unwrap();
    assert_eq!(
        (seen.identifier().as_str(), seen.pmid.as_deref(), seen.pmcid.as_deref()),
        ("10.5555/tides", Some("77"), Some("PMC8"))
    );
    assert_eq!(found.sources(), "one (2026-01-02), two (2026-01-02)");
}

/// A service is not asked about what the index tells for certain.
#[test]
fn services_are_asked_about_the_rest() {
    let index = [Shelf::of("index", &format!("@article{{a, {TIDES}, doi = {{10.5555/tides}}}}"))];
    let service = Shelf::of("service", &format!("@article{{b, {HARBOURS}, doi = {{10.5555/harbours}}}}"));
    let sources = WorkSources { remote: vec![&service], ..local(&index) };
    assert!(find(&entry(HARBOURS), &sources, at()).is_certain());
    assert_eq!(find(&entry(HARBOURS), &local(&index), at()).verdict, Standing::NotFound);
}

#[test]
fn an_identifier_does_not_speak_for_itself() {
    let shelves = [Shelf::of(
        "one",
        &format!(
            "@article{{a, {TIDES}, doi = {{10.5555/tides}}}} @article{{b, {HARBOURS}, doi = {{10.5555/harbours}}}}"
        ),
    )];
    let verdict = |fields: &str, doi: &str| {
        let found = verify(&entry(&format!("{fields}, doi = {{{doi}}}")), &local(&shelves), at());
        (found.verdict, found.instead.map(|seen| seen.identifier()))
    };
    assert_eq!(verdict(TIDES, "10.5555/tides"), (Standing::Matched, None));
    let other = Some("10.5555/tides".to_owned());
    assert_eq!(verdict(TIDES, "10.5555/harbours"), (Standing::OtherWork, other.clone()));
    assert_eq!(verdict(TIDES, "10.5555/unknown"), (Standing::NotFound, other));
    // With little to compare, nothing is claimed.
    assert_eq!(verdict("note = {x}", "10.5555/tides"), (Standing::CannotTell, None));
    // A wrong year is a wrong year.
    let found =
        verify(&entry(&format!("{}, doi = {{10.5555/tides}}", TIDES.replace("2004", "2006"))), &local(&shelves), at());
    assert_eq!((found.verdict, found.disagreements[0].field.as_str()), (Standing::Mismatched, "year"));
}

#[test]
fn a_source_that_fails_says_nothing() {
    let shelves = [Shelf { fails: true, ..Shelf::of("one", "") }];
    for found in [
        find(&entry(TIDES), &local(&shelves), at()),
        verify(&entry(&format!("{TIDES}, doi = {{10.5555/tides}}")), &local(&shelves), at()),
    ] {
        assert_eq!(found.verdict, Standing::CannotTell);
        assert_eq!(found.unavailable, ["one: out of order"]);
        assert!(found.asked.is_empty());
    }
}

#[test]
fn one_retraction_told_twice_is_one() {
    let retraction = |date: &str| Notice { date: date.to_owned(), ..Notice::undated(NoticeKind::Retraction) };
    let bib = format!("@article{{a, {TIDES}, doi = {{10.5555/tides}}}}");
    let shelves = [
        Shelf { notices: vec![retraction("")], ..Shelf::of("one", &bib) },
        Shelf {
            notices: vec![Notice::undated(NoticeKind::Correction), retraction("2010-01-02")],
            ..Shelf::of("two", &bib)
        },
    ];
    let found = find(&entry(TIDES), &local(&shelves), at());
    let said: Vec<String> = found.notices.iter().map(NoticeSaid::in_words).collect();
    assert_eq!(said, ["retracted on 2010-01-02", "corrected"]);
}

#[test]
fn an_answer_is_read_back_and_holds_for_what_the_entry_says() {
    let shelves = [Shelf::of("one", &format!("@article{{a, {TIDES}, doi = {{10.5555/tides}}}}"))];
    let asked = entry(TIDES);
    let found = find(&asked, &local(&shelves), at());
    let text = written(std::slice::from_ref(&found));
    let Recorded { resolutions: back, problems } = read(&format!("{text}not JSON\n"));
    assert_eq!((&back, problems.len()), (&vec![found.clone()], 1));
    let holds = |fields: &str| Kept::new(&[entry(fields).work], &back).of(&[entry(fields).work]).count();
    assert_eq!(holds(TIDES), 1);
    assert_eq!(holds(&format!("{TIDES}, doi = {{10.5555/tides}}")), 1, "the identifier that it brought");
    assert_eq!(holds(&format!("{TIDES}, doi = {{10.5555/other}}")), 0);
    assert_eq!(holds(&TIDES.replace("2004", "2005")), 0);
    // A PMID that was verified brings a DOI, too.
    let with_pmid = format!("{TIDES}, pmid = 77");
    let shelves = [Shelf::of("one", &format!("@article{{a, {TIDES}, doi = {{10.5555/tides}}, pmid = 77}}"))];
    let verified = verify(&entry(&with_pmid), &local(&shelves), at());
    assert_eq!(verified.verdict, Standing::Matched);
    let is_of = |fields: &str| verified.is_of(&entry(fields).work);
    assert!(is_of(&with_pmid) && is_of(&format!("{with_pmid}, doi = {{10.5555/tides}}")));
    assert!(!is_of(&format!("{with_pmid}, doi = {{10.5555/other}}")) && !is_of(TIDES));
    // Under another key it is the same entry; of an entry that is gone nothing is kept.
    let renamed = [Work { key: "new".to_owned(), ..asked.work.clone() }];
    assert_eq!(merged(back.clone(), &[], &renamed).len(), 1);
    let again = Resolution { key: "new".to_owned(), ..found };
    assert_eq!(merged(back.clone(), std::slice::from_ref(&again), &renamed), [again]);
    assert_eq!(merged(back, &[], &[entry(HARBOURS).work]), []);
}
