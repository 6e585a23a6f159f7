//! The style in which references are shown.

use std::path::Path;

use super::args::StyleArgs;
use super::error::CliError;
use super::scope::io_message;
use crate::csl::{self, Style, Target};
use crate::project::Project;
use crate::work::Work;

/// A style with the language it is used in.
pub(super) struct ChosenStyle {
    pub style: Style,
    pub locale: Option<String>,
    /// As the user named it.
    pub name: String,
}

/// The style asked for, else the project's, else APA.
pub(super) fn chosen(args: &StyleArgs, project: Option<&Project>) -> Result<ChosenStyle, CliError> {
    let config = project.map(Project::config).transpose()?.unwrap_or_default();
    let named = args.style.clone();
    let from_config = config.style.map(|style| match project {
        Some(project) if style.ends_with(".csl") => project.root().join(style).display().to_string(),
        _ => style,
    });
    let name = named.or(from_config).unwrap_or_else(|| "apa".to_owned());
    let style = load(&name)?;
    Ok(ChosenStyle { style, locale: args.locale.clone().or(config.locale), name })
}

fn load(name: &str) -> Result<Style, CliError> {
    let path = Path::new(name);
    if !name.ends_with(".csl") {
        return Style::bundled(name).map_err(|e| CliError::Message(e.to_string()));
    }
    let read = |path: &Path| std::fs::read_to_string(path);
    let xml = read(path).map_err(|e| CliError::file(path, io_message(&e)))?;
    // The parent of a dependent style may lie beside it.
    let beside = |parent: &str| {
        let file = format!("{}.csl", parent.rsplit('/').next().unwrap_or(parent));
        read(&path.with_file_name(file)).ok()
    };
    Style::from_xml(&xml, beside).map_err(|e| CliError::file(path, e))
}

impl ChosenStyle {
    /// Reference list entries as plain text, one for each work, in the order of the works.
    pub fn references(&self, works: &[Work]) -> Vec<String> {
        let mut entries = vec![String::new(); works.len()];
        for entry in csl::render(&self.style, self.locale.as_deref(), works, &[]).bibliography {
            entries[entry.work] = entry.output.write(Target::Text).trim().to_owned();
        }
        entries
    }
}
