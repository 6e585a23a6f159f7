//! PubMed's E-utilities: identifiers by citation (ECitMatch) and by DOI (ESearch), records (EFetch).

use serde_json::Value;

use super::client::Client;
use super::query::{with_parameters, words};
use super::{Answer, ServiceError, Wanted, works_in};
use crate::review::Timestamp;
use crate::work::{Field, Name, Pmid, Work};

pub(super) fn ask(client: &Client, wanted: Wanted<'_>) -> Option<Result<Answer, ServiceError>> {
    let found = match wanted {
        Wanted::Pmid(pmid) => Ok((vec![pmid], Timestamp::from_micros(0))),
        Wanted::Isbn(_) => return None,
        Wanted::Doi(doi) => search(client, &format!("{}[doi]", doi.as_str())),
        Wanted::Reference { work, .. } => by_citation(client, &citation(work)?),
    };
    Some(found.and_then(|(identifiers, at)| {
        if identifiers.is_empty() {
            return Ok(client.answer(at, Vec::new()));
        }
        let mut answer = fetch(client, &identifiers)?;
        // A search without an exact hit goes on with parts of what was asked.
        if let Wanted::Doi(doi) = wanted {
            answer.records.retain(|record| record.work.doi().as_ref() == Some(doi));
        }
        Ok(answer)
    }))
}

/// "journal|year|volume|first page|author|key|", as ECitMatch takes it; `None` when too little is printed for it to
/// find one work.
fn citation(work: &Work) -> Option<String> {
    let part = |field| Some(words(&work.plain(field)?)).filter(|text| !text.is_empty());
    let journal = part(Field::ContainerTitle)?;
    let volume = part(Field::Volume)?;
    let page = part(Field::Page)?;
    let page = page.split(' ').next().unwrap_or_default();
    let year = work.year()?;
    let author = match work.creators().first() {
        Some(Name::Person(person)) => words(&person.family),
        _ => String::new(),
    };
    Some(format!("{journal}|{year}|{volume}|{page}|{author}|1|"))
}

fn by_citation(client: &Client, citation: &str) -> Result<(Vec<Pmid>, Timestamp), ServiceError> {
    let path = with_parameters("/ecitmatch.cgi", &[("db", "pubmed"), ("retmode", "xml"), ("bdata", citation)]);
    let (response, at) = client.get(&path, "text/plain")?;
    // The last part of the line is the identifier, or says why there is none ("NOT_FOUND", "AMBIGUOUS 1,2").
    let last = response.body.lines().next().and_then(|line| line.rsplit('|').next()).unwrap_or_default().trim();
    let list = last.strip_prefix("AMBIGUOUS").unwrap_or(last);
    Ok((list.split(',').filter_map(|id| id.trim().parse().ok()).take(5).collect(), at))
}

fn search(client: &Client, term: &str) -> Result<(Vec<Pmid>, Timestamp), ServiceError> {
    let parameters = [("db", "pubmed"), ("retmode", "json"), ("retmax", "5"), ("term", term)];
    let (response, at) = client.get(&with_parameters("/esearch.fcgi", &parameters), "application/json")?;
    let answer: Value =
        serde_json::from_str(&response.body).map_err(|error| ServiceError::Unreadable(error.to_string()))?;
    let list = answer.get("esearchresult").and_then(|result| result.get("idlist")).and_then(Value::as_array);
    let list = list.ok_or_else(|| ServiceError::Unreadable("there is no “idlist” in it".to_owned()))?;
    Ok((list.iter().filter_map(|id| id.as_str()?.parse().ok()).collect(), at))
}

fn fetch(client: &Client, identifiers: &[Pmid]) -> Result<Answer, ServiceError> {
    let list: Vec<String> = identifiers.iter().map(Pmid::to_string).collect();
    let parameters = [("db", "pubmed"), ("retmode", "xml"), ("id", &list.join(","))];
    works_in(client, &with_parameters("/efetch.fcgi", &parameters), "application/xml", "pubmed-xml")
}
