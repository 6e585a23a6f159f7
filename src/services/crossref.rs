//! Crossref's REST interface: works by DOI and by printed reference, retractions, published versions of preprints.

use serde_json::Value;

use super::client::Client;
use super::query::{encode, searched, with_parameters};
use super::{Answer, Record, ServiceError, Wanted};
use crate::bibliography::{self, Format};
use crate::matching::{Notice, NoticeKind};
use crate::work::Doi;

/// How many records a search brings.
const ROWS: &str = "5";
/// Chapters have the ISBN of their book, too.
const ROWS_OF_BOOK: &str = "50";

pub(super) fn ask(client: &Client, wanted: Wanted<'_>) -> Option<Result<Answer, ServiceError>> {
    let path = match wanted {
        Wanted::Doi(doi) => format!("/works/{}", encode(doi.as_str())),
        Wanted::Pmid(_) => return None,
        Wanted::Isbn(isbn) => with_parameters("/works", &[("filter", &format!("isbn:{isbn}")), ("rows", ROWS_OF_BOOK)]),
        Wanted::Reference { raw, .. } => {
            with_parameters("/works", &[("query.bibliographic", &searched(raw)), ("rows", ROWS)])
        }
    };
    Some(client.get(&path, "application/json").and_then(|(response, at)| {
        let records = if response.status == 404 { Vec::new() } else { read(&response.body)? };
        Ok(client.answer(at, records))
    }))
}

/// The records of a message, each with what the message says beside the work.
fn read(body: &str) -> Result<Vec<Record>, ServiceError> {
    let unreadable = |reason: String| ServiceError::Unreadable(reason);
    let message: Value = serde_json::from_str(body).map_err(|error| unreadable(error.to_string()))?;
    let message = message.get("message").ok_or_else(|| unreadable("there is no “message” in it".to_owned()))?;
    let items = match message.get("items") {
        Some(Value::Array(items)) => items.as_slice(),
        Some(_) => return Err(unreadable("its “items” are no list".to_owned())),
        None => std::slice::from_ref(message),
    };
    let format = Format::from_name("crossref-json").expect("the format is registered");
    items
        .iter()
        .map(|item| {
            let library = bibliography::read(item.to_string().as_bytes(), Some(format));
            let work = library.map_err(|error| unreadable(error.to_string()))?.works.into_iter().next();
            let work = work.ok_or_else(|| unreadable("it is no record of a work".to_owned()))?;
            let mut notices = notices(item);
            notices.extend(publications(item));
            Ok(Record { work, notices })
        })
        .collect()
}

/// `updated-by`: notices about this work, from its publisher or from Retraction Watch.
fn notices(item: &Value) -> Vec<Notice> {
    let Some(Value::Array(updates)) = item.get("updated-by") else { return Vec::new() };
    let text = |update: &Value, name: &str| update.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    updates
        .iter()
        .filter_map(|update| {
            let kind = NoticeKind::from_nature(&text(update, "type"))?;
            let date = update.get("updated").map(date).unwrap_or_default();
            Some(Notice { kind, date, reason: String::new(), notice: text(update, "DOI").to_lowercase() })
        })
        .collect()
}

/// `relation.is-preprint-of`: what a preprint was published as.
fn publications(item: &Value) -> impl Iterator<Item = Notice> {
    let related = item.pointer("/relation/is-preprint-of").and_then(Value::as_array);
    let is_doi = |relation: &&Value| relation.get("id-type").and_then(Value::as_str) == Some("doi");
    let doi = |relation: &Value| relation.get("id").and_then(Value::as_str)?.parse::<Doi>().ok();
    let notice = |doi: Doi| Notice { notice: doi.into(), ..Notice::undated(NoticeKind::Publication) };
    related.into_iter().flatten().filter(is_doi).filter_map(doi).map(notice)
}

/// A date as Crossref writes one: `{"date-parts": [[2020, 3, 1]]}`.
fn date(value: &Value) -> String {
    let parts = value.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    let numbers: Vec<u64> = parts.into_iter().flatten().map_while(Value::as_u64).collect();
    match numbers[..] {
        [year, month, day, ..] => format!("{year:04}-{month:02}-{day:02}"),
        [year, month] => format!("{year:04}-{month:02}"),
        [year] => format!("{year:04}"),
        [] => String::new(),
    }
}
