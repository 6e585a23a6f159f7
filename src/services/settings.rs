//! Which services a user allows, and how they know us.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Service;

/// `[services]` of `citetrail.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// The services to ask, in this order. Naming any allows them without `--online`.
    pub ask: Vec<Service>,
    /// Where a service can write to if we trouble it; asked politely, it answers faster.
    pub mailto: Option<String>,
    /// Answers kept for longer than so many days are asked for again (default 30).
    pub keep_days: Option<u32>,
    /// Addresses in place of the services' own: a mirror, or a proxy of one's institution.
    pub urls: BTreeMap<Service, String>,
}

/// How long an answer holds where the settings do not say, in days.
const KEEP_DAYS: u32 = 30;

impl Settings {
    /// How long an answer holds, in days.
    pub fn kept_days(&self) -> u32 {
        self.keep_days.unwrap_or(KEEP_DAYS)
    }

    /// The services that are asked: those named, else all that need no key or have one.
    pub fn services(&self, keys: &Keys) -> Vec<Service> {
        if !self.ask.is_empty() {
            return self.ask.clone();
        }
        Service::ALL.into_iter().filter(|&s| s != Service::Openalex || keys.openalex.is_some()).collect()
    }
}

/// Keys and tokens, which never stand in a file of the project.
#[derive(Clone, Default)]
pub struct Keys {
    /// `CITETRAIL_MAILTO`, where the settings name no address.
    pub mailto: Option<String>,
    /// `CROSSREF_PLUS_TOKEN`.
    pub crossref: Option<String>,
    /// `NCBI_API_KEY`.
    pub pubmed: Option<String>,
    /// `OPENALEX_API_KEY`.
    pub openalex: Option<String>,
}

impl Keys {
    /// Reads them with `variable`, as from the environment.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| variable(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        Self {
            mailto: get("CITETRAIL_MAILTO"),
            crossref: get("CROSSREF_PLUS_TOKEN"),
            pubmed: get("NCBI_API_KEY"),
            openalex: get("OPENALEX_API_KEY"),
        }
    }
}

impl std::fmt::Debug for Keys {
    /// Says which are there, not what they are.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let there = |key: &Option<String>| if key.is_some() { "given" } else { "none" };
        f.debug_struct("Keys")
            .field("mailto", &there(&self.mailto))
            .field("crossref", &there(&self.crossref))
            .field("pubmed", &there(&self.pubmed))
            .field("openalex", &there(&self.openalex))
            .finish()
    }
}
