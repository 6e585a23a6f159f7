//! The style in which references are shown.

use std::path::{Path, PathBuf};

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
    let in_project = |path: String| project.map_or(PathBuf::from(&path), |p| p.root().join(&path));
    let folder = args.styles_dir.clone().or(config.styles_dir.map(in_project));
    let from_config = config.style.map(|style| match style.ends_with(".csl") {
        true => in_project(style).display().to_string(),
        false => style,
    });
    let name = args.style.clone().or(from_config).unwrap_or_else(|| "apa".to_owned());
    let style = load(&name, folder.as_deref())?;
    let locale = args.locale.clone().or(config.locale);
    if let Some(tag) = locale.as_deref().filter(|tag| !csl::knows_language(tag)) {
        let message = format!("there is no locale for “{tag}”; give a language tag such as “de-DE” or “fr-FR”");
        return Err(CliError::Message(message));
    }
    Ok(ChosenStyle { style, locale, name })
}

/// A style file, a style of the folder, or one that comes with the program.
fn load(name: &str, folder: Option<&Path>) -> Result<Style, CliError> {
    if name.ends_with(".csl") {
        return from_file(Path::new(name), folder);
    }
    // The official collection keeps dependent styles in a folder of their own.
    let is_plain = !name.contains(['/', '\\']);
    let candidates =
        folder.iter().flat_map(|f| [f.join(format!("{name}.csl")), f.join(format!("dependent/{name}.csl"))]);
    match candidates.into_iter().find(|path| is_plain && path.is_file()) {
        Some(path) => from_file(&path, folder),
        None => Style::bundled(name).map_err(|e| CliError::Message(e.to_string())),
    }
}

fn from_file(path: &Path, folder: Option<&Path>) -> Result<Style, CliError> {
    let xml = std::fs::read_to_string(path).map_err(|e| CliError::file(path, io_message(&e)))?;
    // The parent of a dependent style may lie beside it, above it, or in the folder of styles.
    let beside = path.parent().unwrap_or(Path::new("."));
    let parent = |link: &str| {
        let file = format!("{}.csl", link.rsplit('/').next().unwrap_or(link));
        let folders = [Some(beside), beside.parent(), folder];
        folders.into_iter().flatten().find_map(|f| std::fs::read_to_string(f.join(&file)).ok())
    };
    Style::from_xml(&xml, parent).map_err(|e| CliError::file(path, e))
}

impl ChosenStyle {
    /// Reference list entries as plain text, one for each work, in the order of the works.
    pub fn references(&self, works: &[Work]) -> Vec<String> {
        references(&self.style, self.locale.as_deref(), works)
    }
}

/// Reference list entries as plain text, one for each work, in the order of the works.
pub(super) fn references(style: &Style, locale: Option<&str>, works: &[Work]) -> Vec<String> {
    let mut entries = vec![String::new(); works.len()];
    for entry in csl::Rendering::new(style, locale, works, &[]).bibliography() {
        entries[entry.work] = entry.output.write(Target::Text).trim().to_owned();
    }
    entries
}
