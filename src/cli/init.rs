//! `citetrail init`: start a project.

use super::Outcome;
use super::args::InitArgs;
use super::error::CliError;
use super::output::Console;
use crate::project::Project;

pub(super) fn run(args: &InitArgs, console: &Console) -> Result<Outcome, CliError> {
    let project = Project::init(&args.folder)?;
    console.note(&format!(
        "started a project in {}: settings in citetrail.toml, works in refs.bib. Next: `citetrail load DOC`",
        project.root().display()
    ));
    Ok(Outcome::Done)
}
