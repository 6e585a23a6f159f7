//! DataCite: data sets, preprints and other works with DOIs of its members.

use super::client::Client;
use super::query::{encode, with_parameters, words};
use super::{Answer, ServiceError, Wanted, works_in};
use crate::work::Field;

pub(super) fn ask(client: &Client, wanted: Wanted<'_>) -> Option<Result<Answer, ServiceError>> {
    let path = match wanted {
        Wanted::Doi(doi) => format!("/dois/{}", encode(doi.as_str())),
        Wanted::Pmid(_) | Wanted::Isbn(_) => return None,
        Wanted::Reference { work, .. } => {
            let title = work.plain(Field::Title).map(|title| words(&title)).filter(|title| !title.is_empty())?;
            with_parameters("/dois", &[("query", &format!("titles.title:({title})")), ("page[size]", "5")])
        }
    };
    Some(works_in(client, &path, "application/json", "datacite-json"))
}
