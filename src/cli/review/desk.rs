//! What lies before a reviewer: the pairs, what is known of each, and the writing down of verdicts.

use super::draw::{Progress, Shown};
use super::filter::{Facts, Filter};
use super::session::Draft;
use crate::answers::{Origin, Pair, Reviews, Sources, claim_ref, path_steps};
use crate::cli::error::CliError;
use crate::cli::output::count;
use crate::cli::style::ChosenStyle;
use crate::project::{Project, ProjectError, Recorded, Store, StoredDocument};
use crate::review::{Act, Judgement, Ledger, RecordId, Verdict, WorkRef};

/// How many passages of each text are shown.
const PASSAGES: usize = 3;

pub(super) struct Desk<'a> {
    project: &'a Project,
    store: Store,
    documents: Vec<StoredDocument>,
    reviews: Reviews,
    sources: Sources<'a>,
    style: ChosenStyle,
    by: String,
    /// The pairs to go through, each with the index of its document.
    pairs: Vec<(usize, Pair)>,
    progress: Progress,
    /// What was recorded in this run, with the command in the journal.
    recorded: Vec<(RecordId, String)>,
}

impl<'a> Desk<'a> {
    pub fn open(project: &'a Project, style: ChosenStyle, by: String) -> Result<Self, CliError> {
        let store = project.store()?;
        let documents = store.document_names()?.into_iter().map(|(id, _)| store.document(id));
        let documents = documents.collect::<Result<Vec<_>, ProjectError>>()?;
        let reviews = Reviews::new(&store, &project.ledger()?.0)?;
        let sources = Sources::new(&store, Some(project))?;
        let (pairs, recorded, progress) = (Vec::new(), Vec::new(), Progress::default());
        let mut desk = Self { project, store, documents, reviews, sources, style, by, pairs, progress, recorded };
        desk.count();
        Ok(desk)
    }

    /// All pairs of the project, in the order of the documents.
    fn all(&self) -> impl Iterator<Item = (usize, Pair)> + '_ {
        self.documents.iter().enumerate().flat_map(move |(d, document)| {
            let claims = 0..document.analysis.claims.len();
            claims.flat_map(move |claim| self.reviews.pairs(document, claim)).map(move |pair| (d, pair))
        })
    }

    /// Chooses the pairs to go through; returns how many there are.
    pub fn choose(&mut self, filter: &Filter) -> usize {
        let is_asked = |(d, pair): &(usize, Pair)| {
            let document = &self.documents[*d];
            let text = format!("{} {}", document.analysis.bare_text(pair.claim), pair.key);
            let facts = Facts {
                state: pair.standing.state,
                document: &document.name,
                section: &document.analysis.path(pair.claim),
                people: pair.standing.opinions.iter().map(|o| o.record.by.as_str()).collect(),
                text: &text,
            };
            filter.has(&facts)
        };
        self.pairs = self.all().filter(is_asked).collect();
        self.pairs.len()
    }

    pub fn progress(&self) -> Progress {
        self.progress
    }

    fn count(&mut self) {
        let mut progress = Progress::default();
        for (_, pair) in self.all() {
            progress.pairs += 1;
            progress.settled += usize::from(!pair.standing.state.is_unsettled());
        }
        self.progress = progress;
    }

    /// What is to be shown of a pair.
    pub fn shown(&self, at: usize) -> Result<Shown, CliError> {
        let (d, pair) = &self.pairs[at];
        let document = &self.documents[*d];
        let analysis = &document.analysis;
        let trail: Vec<String> = path_steps(analysis, pair.claim)
            .into_iter()
            .map(|step| match (step.marker, step.text.is_empty()) {
                (Some(marker), false) => format!("{marker} {}", step.text),
                (Some(marker), true) => marker,
                (None, _) => step.text,
            })
            .collect();
        let origin = match &pair.origin {
            Origin::Cited => "cited here".to_owned(),
            Origin::Inherited { from, levels } => {
                format!("inherited from “{}”, {} up", analysis.bare_text(*from), count(*levels, "level"))
            }
            Origin::Asserted(record) => format!("asserted by {}", record.by),
        };
        let claim = analysis.bare_text(pair.claim);
        let standing = self.reviews.standing(document, pair.claim, &pair.key);
        let work = self.store.work(&pair.key)?;
        let (mut passages, mut has_text, mut quotes, mut reference) = Default::default();
        if let Some(work) = &work {
            let found = self.sources.passages(work, &claim, PASSAGES)?;
            passages = found
                .into_iter()
                .map(|e| {
                    let place = if e.source == e.passage.place {
                        e.source
                    } else {
                        format!("{}: {}", e.source, e.passage.place)
                    };
                    (e.passage.text, place)
                })
                .collect();
            has_text = !self.sources.texts(work)?.is_empty();
            quotes = self.sources.quotes(work, &standing)?;
            reference = self.style.references(std::slice::from_ref(work)).remove(0);
        }
        let neighbour = |at: Option<usize>| at.filter(|i| *i < analysis.claims.len()).map(|i| analysis.bare_text(i));
        Ok(Shown {
            document: document.name.clone(),
            trail: trail.join(" › "),
            before: neighbour(pair.claim.checked_sub(1)),
            after: neighbour(Some(pair.claim + 1)),
            claim,
            origin,
            key: pair.key.clone(),
            reference,
            standing,
            quotes,
            passages,
            has_text,
        })
    }

    /// Writes a verdict on a pair. When it returns, it is on disk.
    pub fn record(&mut self, at: usize, verdict: Verdict, draft: &Draft) -> Result<String, CliError> {
        let (d, pair) = &self.pairs[at];
        let document = &self.documents[*d];
        let Some(work) = self.store.work(&pair.key)? else {
            return Err(ProjectError::NoSuchKey(pair.key.clone()).into());
        };
        let text = |s: &String| Some(s.clone()).filter(|s| !s.is_empty());
        let judgement = Judgement {
            claim: claim_ref(document, pair.claim),
            work: WorkRef::of(&work),
            verdict,
            quote: text(&draft.quote),
            page: text(&draft.page),
            note: text(&draft.note),
        };
        let command = format!("verdict {} {} {verdict}", judgement.claim.id, judgement.work.key);
        let message = format!("{}: {}", pair.key, verdict.words());
        let Recorded { records, ledger } = self.project.record(&command, &self.by, vec![Act::Verdict(judgement)])?;
        self.recorded.extend(records.into_iter().map(|record| (record.id.clone(), command.clone())));
        self.judged(&ledger)?;
        Ok(message)
    }

    /// Takes back the last verdict of this run: without a trace where it is the last change of the project, else by a
    /// line that retracts it.
    pub fn undo(&mut self) -> Result<String, CliError> {
        let Some((id, command)) = self.recorded.last().cloned() else {
            return Err(CliError::Message("nothing was judged in this session".to_owned()));
        };
        let is_last = self.project.undoable()?.last().is_some_and(|r| r.command == command);
        if !is_last || self.project.undo().is_err() {
            let act = Act::Retract { of: id.clone(), reason: None };
            self.project.record(&format!("retract {id}"), &self.by, vec![act])?;
        }
        self.recorded.pop();
        self.judged(&self.project.ledger()?.0)?;
        Ok(format!("taken back: {command}"))
    }

    /// How many verdicts of this run stand.
    pub fn recorded(&self) -> usize {
        self.recorded.len()
    }

    /// Takes over what people judged by now; others may have added records, too.
    fn judged(&mut self, ledger: &Ledger) -> Result<(), CliError> {
        self.reviews = Reviews::new(&self.store, ledger)?;
        self.count();
        Ok(())
    }
}
