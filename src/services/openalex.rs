//! OpenAlex: works by DOI, PubMed identifier and title.

use super::client::Client;
use super::query::{encode, with_parameters, words};
use super::{Answer, ServiceError, Wanted, works_in};
use crate::work::Field;

pub(super) fn ask(client: &Client, wanted: Wanted<'_>) -> Option<Result<Answer, ServiceError>> {
    let path = match wanted {
        Wanted::Doi(doi) => format!("/works/doi:{}", encode(doi.as_str())),
        Wanted::Pmid(pmid) => format!("/works/pmid:{pmid}"),
        Wanted::Isbn(_) => return None,
        Wanted::Reference { work, .. } => {
            let title = work.plain(Field::Title).map(|title| words(&title)).filter(|title| !title.is_empty())?;
            with_parameters("/works", &[("search", &title), ("per_page", "5")])
        }
    };
    Some(works_in(client, &path, "application/json", "openalex"))
}
