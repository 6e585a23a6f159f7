//! Services on the network that know works: Crossref, doi.org, PubMed, OpenAlex, DataCite and Europe PMC.
//!
//! Nothing here is asked unless the user allows it (`--online`, or `[services]` in `citetrail.toml`). A service is
//! asked politely: at the pace its answers name, with an address to write to, again after a failure only after a
//! pause, and not at all for what was answered lately ([`Cache`]). What comes back is bounded in size and time, is
//! read by the readers of `bibliography`, and follows redirects to public https addresses only.
//!
//! An [`Answer`] says whom it is from and as of which day. A service that did not answer is an error of that
//! answer alone: it means "cannot tell", never "not found".

mod address;
mod cache;
mod client;
mod crossref;
mod datacite;
mod doi_org;
mod error;
mod europe_pmc;
mod openalex;
mod pace;
mod pubmed;
mod query;
mod settings;

#[cfg(test)]
mod test_server;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::Deserialize;

use crate::bibliography::{self, Format};
use crate::matching::{Notice, NoticeKind};
use crate::work::{Doi, Field, Pmid, Work};

pub use cache::Cache;
pub use error::ServiceError;
pub use settings::{Keys, Settings};

use client::Client;

/// A service by the name it has in settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    Crossref,
    DoiOrg,
    Pubmed,
    Openalex,
    Datacite,
    EuropePmc,
}

impl Service {
    pub const ALL: [Self; 6] =
        [Self::Crossref, Self::Pubmed, Self::Datacite, Self::EuropePmc, Self::DoiOrg, Self::Openalex];

    /// The name in settings and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Crossref => "crossref",
            Self::DoiOrg => "doi-org",
            Self::Pubmed => "pubmed",
            Self::Openalex => "openalex",
            Self::Datacite => "datacite",
            Self::EuropePmc => "europe-pmc",
        }
    }

    /// The service of a name; case does not matter.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.code().eq_ignore_ascii_case(code.trim()))
    }

    /// Where it is found on the network, without the slash at the end.
    fn address(self) -> &'static str {
        match self {
            Self::Crossref => "https://api.crossref.org",
            Self::DoiOrg => "https://doi.org",
            Self::Pubmed => "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
            Self::Openalex => "https://api.openalex.org",
            Self::Datacite => "https://api.datacite.org",
            Self::EuropePmc => "https://www.ebi.ac.uk/europepmc/webservices/rest",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Crossref => "Crossref",
            Self::DoiOrg => "doi.org",
            Self::Pubmed => "PubMed",
            Self::Openalex => "OpenAlex",
            Self::Datacite => "DataCite",
            Self::EuropePmc => "Europe PMC",
        })
    }
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    Doi(&'a Doi),
    Pmid(Pmid),
    /// A reference as printed, and what was read from it.
    Reference {
        raw: &'a str,
        work: &'a Work,
    },
}

/// A record of a service.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    pub work: Work,
    /// What happened to the work after it was published.
    pub notices: Vec<Notice>,
    /// The published version of a preprint.
    pub published_as: Option<Doi>,
}

impl From<Work> for Record {
    /// What the record itself says of a retraction becomes a notice.
    fn from(work: Work) -> Self {
        let retracted = work.get(Field::Status) == Some("retracted")
            || work.custom.get("publication-type").is_some_and(|types| types.contains("Retracted Publication"));
        let notices = retracted.then(|| Notice::undated(NoticeKind::Retraction)).into_iter().collect();
        Self { work, notices, published_as: None }
    }
}

/// What one service said.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub service: Service,
    /// The day it was asked (ISO 8601, UTC), which may lie back when the answer was kept.
    pub asked: String,
    /// Records that may be the work, as the service ranks them; none: it does not know the work.
    pub records: Vec<Record>,
}

/// The services a user allows.
#[derive(Debug)]
pub struct Services {
    clients: Vec<Client>,
}

impl Services {
    /// # Errors
    /// When an address in the settings cannot be asked.
    pub fn new(settings: &Settings, keys: &Keys, cache: &Cache) -> Result<Self, ServiceError> {
        let clients = settings.services(keys).into_iter().map(|service| Client::new(service, settings, keys, cache));
        Ok(Self { clients: clients.collect::<Result<_, _>>()? })
    }

    /// The services that are asked, in their order.
    pub fn names(&self) -> impl Iterator<Item = Service> {
        self.clients.iter().map(Client::service)
    }

    /// Asks every service that can know what is wanted. Several threads may ask at once; each service is still asked
    /// at its own pace.
    pub fn ask(&self, wanted: Wanted<'_>) -> Vec<(Service, Result<Answer, ServiceError>)> {
        self.clients
            .iter()
            .filter_map(|client| {
                let answer = match client.service() {
                    Service::Crossref => crossref::ask(client, wanted),
                    Service::DoiOrg => doi_org::ask(client, wanted),
                    Service::Pubmed => pubmed::ask(client, wanted),
                    Service::Openalex => openalex::ask(client, wanted),
                    Service::Datacite => datacite::ask(client, wanted),
                    Service::EuropePmc => europe_pmc::ask(client, wanted),
                };
                Some((client.service(), answer?))
            })
            .collect()
    }
}

/// The records of an answer that is a file of a format we read; none when there is no such thing.
fn works_in(client: &Client, path: &str, accept: &str, format: &str) -> Result<Answer, ServiceError> {
    let (response, at) = client.get(path, accept)?;
    if response.status == 404 {
        return Ok(client.answer(at, Vec::new()));
    }
    let format = Format::from_name(format).expect("the format is registered");
    let library = bibliography::read(response.body.as_bytes(), Some(format));
    let library = library.map_err(|error| ServiceError::Unreadable(error.to_string()))?;
    Ok(client.answer(at, library.works.into_iter().map(Record::from).collect()))
}
