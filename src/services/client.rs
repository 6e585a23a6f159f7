//! One service asked over HTTPS: politely, again after failures, within bounds, and not twice for one answer.

use std::io::Read;
use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, Uri};
use ureq::unversioned::transport::DefaultConnector;

use super::address::{GuardedResolver, is_askable, redirected};
use super::cache::{Cache, now};
use super::error::ServiceError;
use super::pace::Pace;
use super::query::with_parameters;
use super::settings::{Keys, Settings};
use super::{Answer, Record, Service};
use crate::review::Timestamp;

/// Bytes of an answer, unpacked.
const LARGEST: usize = 8 << 20;
const REDIRECTS: usize = 5;
const TRIES: u32 = 4;
/// A service that asks to wait for longer is not waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What a service answered: "there is no such thing" (404) is an answer too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) body: String,
}

#[derive(Debug)]
pub(super) struct Client {
    service: Service,
    /// Without the slash at the end.
    base: String,
    trusted: String,
    agent: Agent,
    pace: Pace,
    cache: Cache,
    /// Parameters and headers that tell who asks; they are no part of what is asked.
    parameters: Vec<(&'static str, String)>,
    token: Option<String>,
    /// The pause after the first failure; doubled after each further one.
    pause: Duration,
}

impl Client {
    pub(super) fn new(service: Service, settings: &Settings, keys: &Keys, cache: &Cache) -> Result<Self, ServiceError> {
        let base = settings.urls.get(&service).map_or(service.address(), String::as_str).trim_end_matches('/');
        let uri: Uri = base.parse().map_err(|_| ServiceError::Address(base.to_owned()))?;
        let trusted = uri.authority().filter(|_| is_askable(&uri)).map(|a| a.as_str().to_owned());
        let trusted = trusted.ok_or_else(|| ServiceError::Address(base.to_owned()))?;
        let mailto = settings.mailto.clone().or_else(|| keys.mailto.clone());
        let agent_name = match &mailto {
            Some(address) => format!("citetrail/{} (mailto:{address})", env!("CARGO_PKG_VERSION")),
            None => format!("citetrail/{}", env!("CARGO_PKG_VERSION")),
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(Duration::from_secs(30)))
            .user_agent(agent_name)
            .build();
        let resolver = GuardedResolver { trusted: trusted.clone() };
        let mut parameters = Vec::new();
        let mut add = |name, value: &Option<String>| parameters.extend(value.clone().map(|value| (name, value)));
        match service {
            Service::Crossref => add("mailto", &mailto),
            Service::Pubmed => {
                add("tool", &Some("citetrail".to_owned()));
                add("email", &mailto);
                add("api_key", &keys.pubmed);
            }
            Service::Openalex => {
                add("mailto", &mailto);
                add("api_key", &keys.openalex);
            }
            Service::Datacite | Service::EuropePmc | Service::DoiOrg => {}
        }
        let token = keys.crossref.as_ref().filter(|_| service == Service::Crossref);
        Ok(Self {
            service,
            base: base.to_owned(),
            trusted,
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            pace: Pace::new(interval(service, mailto.is_some(), keys)),
            cache: cache.clone(),
            parameters,
            token: token.map(|token| format!("Bearer {token}")),
            pause: Duration::from_secs(1),
        })
    }

    /// Shorter pauses, for services that are only played.
    #[cfg(test)]
    pub(super) fn hasty(mut self, timeout: Duration) -> Self {
        self.pause = Duration::from_millis(5);
        self.pace = Pace::new(Duration::ZERO);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .build();
        let resolver = GuardedResolver { trusted: self.trusted.clone() };
        self.agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        self
    }

    pub(super) fn service(&self) -> Service {
        self.service
    }

    /// An answer of this service as of a moment.
    pub(super) fn answer(&self, at: Timestamp, records: Vec<Record>) -> Answer {
        Answer { service: self.service, asked: at.day(), records }
    }

    /// Asks for a path and parameters, from the cache where it was asked lately; with the time of the answer.
    ///
    /// # Errors
    /// When there is no answer: "no such thing" is one.
    pub(super) fn get(&self, path_and_query: &str, accept: &str) -> Result<(Response, Timestamp), ServiceError> {
        let url = format!("{}{path_and_query}", self.base);
        if let Some(kept) = self.cache.get(&url, accept) {
            return Ok(kept);
        }
        let identified: Vec<(&str, &str)> = self.parameters.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let full = with_parameters(&url, &identified);
        let mut outcome = Err(ServiceError::GivenUp);
        for attempt in 0..TRIES {
            let Some(turn) = self.pace.turn() else { return Err(ServiceError::GivenUp) };
            outcome = self.fetch(&full, accept);
            drop(turn);
            let pause = self.pause * 2_u32.pow(attempt);
            match &outcome {
                Ok(_) => break,
                Err(ServiceError::Busy(Some(seconds))) => {
                    let asked = Duration::from_secs(*seconds);
                    if asked > LONGEST_PAUSE {
                        break;
                    }
                    self.pace.pause(asked.max(pause));
                }
                Err(ServiceError::Busy(None) | ServiceError::Timeout | ServiceError::Unreachable(_)) => {
                    self.pace.pause(pause);
                }
                Err(ServiceError::Status(500..)) => self.pace.pause(pause),
                Err(_) => break,
            }
        }
        self.pace.ended_well(outcome.is_ok());
        let response = outcome?;
        self.cache.put(&url, accept, &response);
        Ok((response, now()))
    }

    /// One request and the redirects it leads to.
    fn fetch(&self, url: &str, accept: &str) -> Result<Response, ServiceError> {
        let mut uri: Uri = url.parse().map_err(|_| ServiceError::Address(url.to_owned()))?;
        for _ in 0..=REDIRECTS {
            let mut request = self.agent.get(&uri).header("Accept", accept);
            let own = uri.authority().is_some_and(|a| a.as_str() == self.trusted);
            if let Some(token) = self.token.as_ref().filter(|_| own) {
                request = request.header("Crossref-Plus-API-Token", token);
            }
            let response = request.call().map_err(failure)?;
            let (parts, body) = response.into_parts();
            self.learn(&parts.headers);
            match parts.status.as_u16() {
                status @ (200 | 404) => return Ok(Response { status, body: read(body)? }),
                301 | 302 | 303 | 307 | 308 => {
                    let location = parts.headers.get("location").and_then(|l| l.to_str().ok()).unwrap_or_default();
                    uri = redirected(&uri, location, &self.trusted)
                        .ok_or_else(|| ServiceError::Redirect(shown(location)))?;
                }
                429 => return Err(ServiceError::Busy(retry_after(&parts.headers))),
                503 if parts.headers.contains_key("retry-after") => {
                    return Err(ServiceError::Busy(retry_after(&parts.headers)));
                }
                status => return Err(ServiceError::Status(status)),
            }
        }
        Err(ServiceError::Redirect("more and more addresses".to_owned()))
    }

    /// Crossref names its rate and how many requests may run at once in every answer.
    fn learn(&self, headers: &HeaderMap) {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let seconds = |text: &str| text.trim().trim_end_matches('s').parse::<u64>().ok();
        let requests = text("x-rate-limit-limit").and_then(|n| n.trim().parse().ok());
        let time = text("x-rate-limit-interval").and_then(seconds).map(Duration::from_secs);
        let at_once = text("x-concurrency-limit").and_then(|n| n.trim().parse().ok());
        self.pace.learn(requests.zip(time), at_once);
    }
}

/// The time between requests before a service says anything of it.
fn interval(service: Service, known: bool, keys: &Keys) -> Duration {
    Duration::from_millis(match service {
        Service::Crossref if known => 100,
        Service::Crossref => 200,
        Service::Pubmed if keys.pubmed.is_some() => 100,
        Service::Pubmed => 340,
        Service::DoiOrg | Service::Openalex => 100,
        Service::Datacite | Service::EuropePmc => 300,
    })
}

fn read(body: ureq::Body) -> Result<String, ServiceError> {
    let mut bytes = Vec::new();
    // One more than allowed, so that an answer of just that size is told from a larger one. This counts what a packed
    // answer unpacks to.
    body.into_reader().take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::TimedOut => ServiceError::Timeout,
        _ => ServiceError::Unreachable(format!("the answer broke off ({error})")),
    })?;
    if bytes.len() > LARGEST {
        return Err(ServiceError::TooLarge(LARGEST));
    }
    String::from_utf8(bytes).map_err(|_| ServiceError::Unreadable("it is not UTF-8".to_owned()))
}

/// The seconds of a Retry-After header; a date in it says nothing we rely on.
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()
}

fn failure(error: ureq::Error) -> ServiceError {
    match error {
        ureq::Error::Timeout(_) => ServiceError::Timeout,
        ureq::Error::HostNotFound => ServiceError::Unreachable("its name leads to no public address".to_owned()),
        error => ServiceError::Unreachable(error.to_string()),
    }
}

/// An address out of an answer, short and harmless.
fn shown(location: &str) -> String {
    crate::text::inert_line(&location.chars().take(120).collect::<String>())
}
