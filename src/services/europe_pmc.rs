//! Europe PMC: works of the life sciences by DOI, PubMed identifier and title.

use super::client::Client;
use super::query::{with_parameters, words};
use super::{Answer, ServiceError, Wanted, works_in};
use crate::work::Field;

pub(super) fn ask(client: &Client, wanted: Wanted<'_>) -> Option<Result<Answer, ServiceError>> {
    let query = match wanted {
        Wanted::Doi(doi) => format!("DOI:\"{}\"", doi.as_str().replace(['"', '\\'], " ")),
        Wanted::Pmid(pmid) => format!("EXT_ID:{pmid} AND SRC:MED"),
        Wanted::Isbn(_) => return None,
        Wanted::Reference { work, .. } => {
            let title = work.plain(Field::Title).map(|title| words(&title)).filter(|title| !title.is_empty())?;
            format!("TITLE:\"{title}\"")
        }
    };
    let parameters = [("query", query.as_str()), ("format", "json"), ("resultType", "core"), ("pageSize", "5")];
    Some(works_in(client, &with_parameters("/search", &parameters), "application/json", "europe-pmc"))
}
