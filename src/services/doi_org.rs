//! doi.org: the record of a DOI from whichever agency registered it (content negotiation).

use super::client::Client;
use super::query::encode;
use super::{Answer, ServiceError, Wanted, works_in};

const CSL_JSON: &str = "application/vnd.citationstyles.csl+json";

pub(super) fn ask(client: &Client, wanted: Wanted<'_>) -> Option<Result<Answer, ServiceError>> {
    let Wanted::Doi(doi) = wanted else { return None };
    // The slash between prefix and suffix stays one.
    let path: Vec<String> = doi.as_str().splitn(2, '/').map(encode).collect();
    Some(works_in(client, &format!("/{}", path.join("/")), CSL_JSON, "csl-json"))
}
