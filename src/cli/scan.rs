//! `citetrail scan`: a document as a machine-readable model.

use serde_json::{Value, json};

use super::Outcome;
use super::args::{AnswerFormat, ScanArgs, ScopeArgs};
use super::check;
use super::error::CliError;
use super::output::{Console, count};
use super::scope::Scope;
use crate::analysis::Analysis;
use crate::check::{Selection, Subject, check as find_all};
use crate::document::Completeness;
use crate::project::StoredDocument;
use crate::text::inert_line;
use crate::work::{Field, Work};

pub(super) fn run(args: &ScanArgs, console: &Console) -> Result<Outcome, CliError> {
    let scope_args =
        ScopeArgs { document: Some(args.document.clone()), bib: args.bib.clone(), reading: args.reading.clone() };
    let scope = Scope::new(&scope_args, None, console)?;
    let (document, works) = scope.ask(|store| {
        let (id, _) = store.document_names()?.pop().expect("the store was made of one document");
        Ok((store.document(id)?, store.works()?))
    })?;
    match args.to {
        AnswerFormat::Json => {
            let findings = {
                let documents = std::slice::from_ref(&document);
                find_all(&Subject { documents, works: &works, project: None }, &Selection::default())
            };
            let mut model = model(&document);
            model["findings"] = findings.iter().map(check::as_json).collect();
            let json = serde_json::to_string(&model).expect("plain data");
            console.print_raw(&format!("{json}\n"))?;
        }
        AnswerFormat::Text => console.print(&summary(&document.analysis))?,
    }
    Ok(Outcome::Done)
}

fn model(document: &StoredDocument) -> Value {
    let analysis = &document.analysis;
    let claims: Vec<Value> = (0..analysis.claims.len())
        .map(|i| {
            let mentions: Vec<Value> = analysis.claims[i]
                .mentions
                .iter()
                .map(|m| {
                    json!({
                        "text": m.text, "start": m.span.start, "end": m.span.end, "refs": m.refs,
                        "status": m.status.as_str(), "how": m.how, "candidates": m.candidates,
                    })
                })
                .collect();
            json!({
                "id": analysis.claims[i].id.as_str(),
                "path": analysis.path(i),
                "text": analysis.document.claims[i].text,
                "mentions": mentions,
                "refs": analysis.direct(i),
                "inherited_refs": analysis.inherited(i).map(|i| i.refs).unwrap_or_default(),
            })
        })
        .collect();
    let references: Vec<Value> = analysis
        .document
        .references
        .iter()
        .zip(&analysis.references)
        .zip(&document.keys)
        .map(|((raw, parsed), key)| {
            let mut fields = parsed.printed_fields();
            // What only the markup says is not printed.
            let is_record = |w: &&Work| w.get(Field::Title).or(w.get(Field::ContainerTitle)).is_some();
            let linked = raw.known.as_ref().filter(|w| !is_record(w)).and_then(Work::doi);
            let linked = linked.filter(|doi| !raw.text.to_lowercase().contains(doi.as_str()));
            if linked.is_some() {
                fields.doi = None;
            }
            json!({
                "key": key.as_deref().unwrap_or(&parsed.work.key),
                "raw": raw.text,
                "fields": fields,
                "linked_doi": linked.as_ref().map(|d| d.as_str()),
                "confidence": parsed.confidence,
                "cut": raw.cut,
            })
        })
        .collect();
    json!({
        "title": analysis.document.title,
        "container": analysis.document.container,
        "doi": analysis.document.doi.as_ref().map(|d| d.as_str()),
        "complete": analysis.document.completeness.is_complete(),
        "sections": analysis.document.sections.iter().map(|s| &s.title).collect::<Vec<_>>(),
        "claims": claims,
        "references": references,
        "uncited": analysis.uncited(),
        "unresolved": analysis.unresolved().map(|(_, m)| &m.text).collect::<Vec<_>>(),
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
