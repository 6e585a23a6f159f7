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
use crate::matching::{Candidate, Notice, NoticeKind, Origin, Reference, SourceError, WorkSource, today};
use crate::work::{Doi, Field, Isbn, Pmid, Work};

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
    /// A book, or a part of it.
    Isbn(&'a Isbn),
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
}

impl From<Work> for Record {
    /// What the record itself says of a retraction becomes a notice.
    fn from(work: Work) -> Self {
        let retracted = work.get(Field::Status) == Some("retracted")
            || work.custom.get("publication-type").is_some_and(|types| types.contains("Retracted Publication"));
        let notices = retracted.then(|| Notice::undated(NoticeKind::Retraction)).into_iter().collect();
        Self { work, notices }
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

/// One of the services a user allows, as a source of works that references may mean.
#[derive(Debug)]
pub struct ServiceSource(Client);

impl ServiceSource {
    /// The services of the settings, in their order.
    ///
    /// # Errors
    /// When an address in the settings cannot be asked.
    pub fn all(settings: &Settings, keys: &Keys, cache: &Cache) -> Result<Vec<Self>, ServiceError> {
        let services = settings.services(keys).into_iter();
        services.map(|service| Client::new(service, settings, keys, cache).map(Self)).collect()
    }

    pub fn service(&self) -> Service {
        self.0.service()
    }

    /// Asks for something; `None` when the service cannot know it.
    ///
    /// # Errors
    /// When there is no answer: that the service knows no such work is one.
    pub fn ask(&self, wanted: Wanted<'_>) -> Option<Result<Answer, ServiceError>> {
        match self.service() {
            Service::Crossref => crossref::ask(&self.0, wanted),
            Service::DoiOrg => doi_org::ask(&self.0, wanted),
            Service::Pubmed => pubmed::ask(&self.0, wanted),
            Service::Openalex => openalex::ask(&self.0, wanted),
            Service::Datacite => datacite::ask(&self.0, wanted),
            Service::EuropePmc => europe_pmc::ask(&self.0, wanted),
        }
    }

    /// The works with an ISBN: the book, and what it holds.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn by_isbn(&self, isbn: &Isbn) -> Result<Vec<Candidate>, SourceError> {
        self.found(Wanted::Isbn(isbn))
    }

    fn answer(&self, wanted: Wanted<'_>) -> Result<Option<Answer>, SourceError> {
        let unavailable = |error: ServiceError| SourceError::Unavailable {
            source_name: self.service().to_string(),
            message: error.to_string(),
        };
        self.ask(wanted).transpose().map_err(unavailable)
    }

    fn found(&self, wanted: Wanted<'_>) -> Result<Vec<Candidate>, SourceError> {
        let Some(answer) = self.answer(wanted)? else { return Ok(Vec::new()) };
        let origin = Origin { source: self.service().to_string(), as_of: answer.asked };
        let candidate = |record: Record| Candidate { work: record.work, origin: origin.clone() };
        Ok(answer.records.into_iter().map(candidate).collect())
    }
}

impl WorkSource for ServiceSource {
    fn origin(&self) -> Origin {
        Origin { source: self.service().to_string(), as_of: today() }
    }

    fn candidates(&self, reference: &Reference<'_>) -> Result<Vec<Candidate>, SourceError> {
        self.found(Wanted::Reference { raw: reference.raw, work: reference.work })
    }

    fn by_doi(&self, doi: &Doi) -> Result<Option<Candidate>, SourceError> {
        Ok(self.found(Wanted::Doi(doi))?.into_iter().next())
    }

    fn by_pmid(&self, pmid: Pmid) -> Result<Option<Candidate>, SourceError> {
        Ok(self.found(Wanted::Pmid(pmid))?.into_iter().next())
    }

    fn notices(&self, doi: &Doi) -> Result<Vec<Notice>, SourceError> {
        let records = self.answer(Wanted::Doi(doi))?.map(|answer| answer.records).unwrap_or_default();
        Ok(records.into_iter().flat_map(|record| record.notices).collect())
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
