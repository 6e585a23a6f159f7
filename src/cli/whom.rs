//! Whom a command asks about works: the index, and services where that is allowed.

use std::path::{Path, PathBuf};

use clap::Args;

use super::bulk::Jobs;
use super::error::CliError;
use super::index::IndexChoice;
use crate::matching::WorkSource;
use crate::matching::index::Index;
use crate::project::{Project, ProjectError};
use crate::resolve::WorkSources;
use crate::services::{Cache, Keys, ServiceSource};

/// Whether services on the network are asked.
#[derive(Debug, Clone, Default, Args)]
pub struct NetworkArgs {
    /// Ask services on the network, too: Crossref, PubMed, DataCite, Europe PMC, doi.org (and OpenAlex with a key), or those
    /// that [services] of citetrail.toml names.
    #[arg(long)]
    pub online: bool,
    /// Ask no service, whatever citetrail.toml says.
    #[arg(long, conflicts_with = "online")]
    pub offline: bool,
}

impl NetworkArgs {
    /// The services that may be asked. What they answer is kept, so that a run that was interrupted goes on where it was.
    pub(super) fn services(&self, project: Option<&Path>) -> Result<Vec<ServiceSource>, CliError> {
        let project = match Project::discover(project.unwrap_or(Path::new("."))) {
            Ok(project) => Some(project),
            Err(ProjectError::NoProject(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let settings = project.as_ref().map(Project::config).transpose()?.unwrap_or_default().services;
        if self.offline || !self.online && settings.ask.is_empty() {
            return Ok(Vec::new());
        }
        let variable = |name: &str| std::env::var(name).ok();
        let folder = match &project {
            Some(project) => Some(project.cache_folder()),
            None => variable("XDG_CACHE_HOME")
                .map(PathBuf::from)
                .or_else(|| variable("HOME").map(|home| Path::new(&home).join(".cache")))
                .map(|folder| folder.join("citetrail")),
        };
        let cache = Cache::new(folder, settings.kept_days());
        ServiceSource::all(&settings, &Keys::read(variable), &cache).map_err(|e| CliError::Message(e.to_string()))
    }
}

/// The sources that a command opened; without any, nobody is asked.
#[derive(Default)]
pub(super) struct Whom {
    index: Option<Index>,
    services: Vec<ServiceSource>,
}

/// Threads that ask services: each service sets its own pace, so more would only wait.
const ASKING: usize = 8;

impl Whom {
    /// Opens the index that is chosen and the services that are allowed.
    pub fn open(choice: &IndexChoice, network: &NetworkArgs, project: Option<&Path>) -> Result<Self, CliError> {
        let index = choice.folder(project)?.map(|folder| Index::open(&folder)).transpose()?;
        Ok(Self { index, services: network.services(project)? })
    }

    pub fn sources(&self) -> WorkSources<'_> {
        WorkSources {
            local: self.index.iter().map(|index| index as &dyn WorkSource).collect(),
            remote: self.services.iter().map(|service| service as &dyn WorkSource).collect(),
        }
    }

    pub fn services(&self) -> &[ServiceSource] {
        &self.services
    }

    /// Whether all there is to ask is an index without works.
    pub fn has_nothing(&self) -> bool {
        self.services.is_empty() && self.index.as_ref().is_some_and(|index| index.works() == 0)
    }

    /// How many works are asked about at a time.
    pub fn jobs(&self) -> Jobs {
        Jobs::of(if self.services.is_empty() { 0 } else { ASKING })
    }
}
