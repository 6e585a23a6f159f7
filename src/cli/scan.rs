//! `citetrail scan`: documents as a machine-readable model.

use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Value, json};

use super::Outcome;
use super::args::{ReadingArgs, ScopeArgs};
use super::bulk::{self, Jobs};
use super::check;
use super::error::CliError;
use super::found::Found;
use super::output::{Console, count};
use super::scope::{analysed, shown_name};
use crate::analysis::Analysis;
use crate::answers::Reviews;
use crate::check::{Finding, Selection, Subject, check as find_all};
use crate::citation::Mention;
use crate::document::Completeness;
use crate::project::{StoredDocument, alone};
use crate::resolve::Kept;
use crate::text::inert_line;
use crate::work::{Field, Work};

/// What `scan` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ScanFormat {
    /// A summary of each document.
    #[default]
    Text,
    /// The model of one document.
    Json,
    /// The model of each document in a line, or why it could not be read.
    Jsonl,
}

/// Documents as a machine-readable model of claims, citations and references
#[derive(Debug, Args)]
#[command(after_help = "\
Of a folder all documents in it and below are read; hidden files, files that others take in, and what is no document are
not. With --to jsonl each document is a line in the order of their names, and one that cannot be read is the line
{\"file\": …, \"error\": …}. Exit status: 1 when some of several documents could not be read.

Examples:
  citetrail scan entry.txt --to json
  citetrail scan paper.md --bib paper.bib
  citetrail scan articles/ --to jsonl --jobs 4 > articles.jsonl
  citetrail scan - < entry.txt")]
pub struct ScanArgs {
    /// The documents, or folders of them ("-" is standard input).
    #[arg(value_name = "DOC", required = true)]
    pub documents: Vec<PathBuf>,
    /// Take the works of the document from this bibliography where it has them.
    #[arg(long, value_name = "FILE")]
    pub bib: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: ScanFormat,
    /// How many documents are read at a time; as many as there are processors without.
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true)]
    pub jobs: usize,
}

pub(super) fn run(args: &ScanArgs, console: &Console) -> Result<Outcome, CliError> {
    let Found { documents, is_bulk } = Found::of(&args.documents, &args.reading, console)?;
    let scope = ScopeArgs { document: None, bib: args.bib.clone(), reading: args.reading.clone() };
    match (&documents[..], args.to) {
        (_, ScanFormat::Jsonl) => {
            let quiet = Console::quiet();
            let scan = |path: &Path| {
                let line = scanned(&scope, path, &quiet).and_then(|(d, works)| full_model(Some(path), &d, &works));
                line.map_err(|e| format!("{}\n", json!({"file": shown_name(path), "error": message(&e, path)})))
            };
            let failed = bulk::each(&documents, Jobs::of(args.jobs), scan, console, |line| console.print_raw(line))?;
            Ok(ended(failed, documents.len(), console))
        }
        ([path], ScanFormat::Json) => {
            let (document, works) = scanned(&scope, path, console)?;
            console.print_raw(&full_model(None, &document, &works)?)?;
            Ok(Outcome::Done)
        }
        (_, ScanFormat::Json) => Err(CliError::Message(
            "--to json is the model of one document; of several --to jsonl is one a line".to_owned(),
        )),
        ([path], ScanFormat::Text) if !is_bulk => {
            let (document, _) = scanned(&scope, path, console)?;
            console.print(&summary(&document.analysis))?;
            Ok(Outcome::Done)
        }
        (_, ScanFormat::Text) => {
            let quiet = Console::quiet();
            let scan = |path: &Path| match scanned(&scope, path, &quiet) {
                Ok((document, _)) => Ok(format!("{}: {}", inert_line(&shown_name(path)), summary(&document.analysis))),
                Err(error) => Err(format!(
                    "{}: not read: {}\n",
                    inert_line(&shown_name(path)),
                    inert_line(&message(&error, path))
                )),
            };
            let failed = bulk::each(&documents, Jobs::of(args.jobs), scan, console, |text| console.print(text))?;
            Ok(ended(failed, documents.len(), console))
        }
    }
}

pub(super) fn ended(failed: usize, all: usize, console: &Console) -> Outcome {
    if failed == 0 {
        return Outcome::Done;
    }
    console.note(&format!("{failed} of {} could not be read", count(all, "document")));
    Outcome::Found
}

/// Why a document was not read, without its name.
pub(super) fn message(error: &CliError, path: &Path) -> String {
    let whole = error.to_string();
    whole.strip_prefix(&format!("{}: ", shown_name(path))).map_or(whole.clone(), str::to_owned)
}

fn scanned(scope: &ScopeArgs, path: &Path, console: &Console) -> Result<(StoredDocument, Vec<Work>), CliError> {
    let (analysis, works) = analysed(scope, path, console)?;
    Ok(alone(&shown_name(path), analysis, works))
}

/// The model as a line of JSON; with the file's name at its beginning where there are several.
fn full_model(file: Option<&Path>, document: &StoredDocument, works: &[Work]) -> Result<String, CliError> {
    let documents = std::slice::from_ref(document);
    let (reviews, known) = (Reviews::default(), Kept::default());
    let subject = Subject { documents, works, reviews: &reviews, known: &known, project: None };
    let findings = find_all(&subject, &Selection::default());
    let model = Model { file: file.map(shown_name), document, findings: &findings };
    let mut line = serde_json::to_string(&model).map_err(|e| CliError::Message(e.to_string()))?;
    line.push('\n');
    Ok(line)
}

/// The model of a document. It is put together while it is written: as one value it would take many times the memory of
/// the document.
struct Model<'a> {
    file: Option<String>,
    document: &'a StoredDocument,
    findings: &'a [Finding],
}

/// A list whose members are made while it is written.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item = Value>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for Model<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let analysis = &self.document.analysis;
        let document = &analysis.document;
        let mut map = serializer.serialize_map(None)?;
        if let Some(file) = &self.file {
            map.serialize_entry("file", file)?;
        }
        map.serialize_entry("title", &document.title)?;
        map.serialize_entry("container", &document.container)?;
        map.serialize_entry("doi", &document.doi.as_ref().map(|d| d.as_str()))?;
        map.serialize_entry("complete", &document.completeness.is_complete())?;
        map.serialize_entry("sections", &Each(|| document.sections.iter().map(|s| json!(s.title))))?;
        let entries = Entries::of(analysis);
        map.serialize_entry("claims", &Each(|| (0..analysis.claims.len()).map(|i| claim(analysis, &entries, i))))?;
        map.serialize_entry("references", &Each(|| entries.all().map(|parts| reference(self.document, parts))))?;
        map.serialize_entry("uncited", &entries.wholly(&analysis.uncited()))?;
        map.serialize_entry("unresolved", &Each(|| analysis.unresolved().map(|(_, m)| json!(m.text))))?;
        map.serialize_entry("findings", &Each(|| self.findings.iter().map(|f| finding(&entries, f))))?;
        map.end()
    }
}

/// The entries of the printed list, which may hold several works: what is written counts entries.
struct Entries {
    /// Of each reference.
    entry: Vec<usize>,
    /// The letter of each reference that shares its entry.
    letter: Vec<Option<char>>,
}

impl Entries {
    fn of(analysis: &Analysis) -> Self {
        let letter = analysis.document.references.iter().map(|r| r.part.as_ref().map(|part| part.letter)).collect();
        Self { entry: analysis.entries(), letter }
    }

    /// The references of each entry.
    fn all(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = (0..self.entry.len()).filter(|&i| i == 0 || self.entry[i] != self.entry[i - 1]);
        starts.map(|start| start..start + self.entry[start..].partition_point(|e| *e == self.entry[start]))
    }

    /// The entries of references, each once.
    fn refs(&self, references: &[usize]) -> Vec<usize> {
        let mut seen = HashSet::new();
        references.iter().map(|&i| self.entry[i]).filter(|&entry| seen.insert(entry)).collect()
    }

    /// The works that are meant of entries that hold several.
    fn parts(&self, references: &[usize]) -> Vec<Value> {
        let part = |&i: &usize| Some(json!({ "ref": self.entry[i], "part": self.letter[i]? }));
        references.iter().filter_map(part).collect()
    }

    /// The entries all of whose references are among these.
    fn wholly(&self, references: &[usize]) -> Vec<usize> {
        let among: HashSet<usize> = references.iter().copied().collect();
        let entries = self.all().filter(|parts| parts.clone().all(|i| among.contains(&i)));
        entries.map(|parts| self.entry[parts.start]).collect()
    }
}

fn finding(entries: &Entries, finding: &Finding) -> Value {
    let mut json = check::as_json(finding);
    if let Some(reference) = finding.place.reference {
        json["reference"] = entries.entry[reference].into();
        if let Some(part) = entries.letter[reference] {
            json["part"] = part.to_string().into();
        }
    }
    json
}

fn claim(analysis: &Analysis, entries: &Entries, i: usize) -> Value {
    let mention = |m: &Mention| {
        let mut json = json!({
            "text": m.text, "start": m.span.start, "end": m.span.end, "refs": entries.refs(&m.refs),
            "status": m.status.as_str(), "how": m.how, "candidates": entries.refs(&m.candidates),
        });
        let parts = entries.parts(&m.refs);
        if !parts.is_empty() {
            json["parts"] = parts.into();
        }
        json
    };
    let mentions: Vec<Value> = analysis.claims[i].mentions.iter().map(mention).collect();
    json!({
        "id": analysis.claims[i].id.as_str(),
        "path": analysis.path(i),
        "text": analysis.document.claims[i].text,
        "mentions": mentions,
        "refs": entries.refs(&analysis.direct(i)),
        "inherited_refs": analysis.inherited(i).map(|i| entries.refs(&i.refs)).unwrap_or_default(),
    })
}

/// An entry of the list: its first work, and the others that share it.
fn reference(document: &StoredDocument, parts: Range<usize>) -> Value {
    let first = parts.start;
    let mut json = work(document, first);
    if let Some(part) = &document.analysis.document.references[first].part {
        json["raw"] = part.text.as_str().into();
        json["part"] = part.letter.to_string().into();
        let further: Vec<Value> = parts
            .skip(1)
            .map(|i| {
                let mut json = work(document, i);
                let part = document.analysis.document.references[i].part.as_ref();
                json["part"] = part.map(|part| part.letter.to_string()).into();
                json
            })
            .collect();
        json["further"] = further.into();
    }
    json
}

fn work(document: &StoredDocument, i: usize) -> Value {
    let (raw, parsed) = (&document.analysis.document.references[i], &document.analysis.references[i]);
    let mut fields = parsed.printed_fields();
    // What only the markup says is not printed.
    let is_record = |w: &&Work| w.get(Field::Title).or(w.get(Field::ContainerTitle)).is_some();
    let linked = raw.known.as_ref().filter(|w| !is_record(w)).and_then(Work::doi);
    let linked = linked.filter(|doi| !raw.text.to_lowercase().contains(doi.as_str()));
    if linked.is_some() {
        fields.doi = None;
    }
    json!({
        "key": document.keys[i].as_deref().unwrap_or(&parsed.work.key),
        "raw": raw.text,
        "fields": fields,
        "linked_doi": linked.as_ref().map(|d| d.as_str()),
        "confidence": parsed.confidence,
        "cut": raw.cut,
    })
}

fn summary(analysis: &Analysis) -> String {
    let document = &analysis.document;
    let mentions = analysis.mentions().count();
    let unresolved = analysis.unresolved().count();
    let mut out = format!("{}\n", inert_line(document.title.as_deref().unwrap_or("(untitled)")));
    if let Some(container) = &document.container {
        out.push_str(&format!("  in {}\n", inert_line(container)));
    }
    if let Some(doi) = &document.doi {
        out.push_str(&format!("  {}\n", inert_line(doi.as_str())));
    }
    if let Completeness::Incomplete { reason } = &document.completeness {
        out.push_str(&format!("  incomplete: {}\n", inert_line(reason)));
    }
    out.push_str(&format!(
        "  {}, {} ({unresolved} unresolved), {} ({} not cited)\n",
        count(analysis.claims.len(), "claim"),
        count(mentions, "citation"),
        count(analysis.references.len(), "reference"),
        analysis.uncited().len(),
    ));
    out
}
