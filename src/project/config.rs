//! `citetrail.toml`: the settings of a project.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What `citetrail init` writes.
pub(super) const TEMPLATE: &str = "\
# Settings of this citetrail project. Every line may be left out.

# The citation style of `cite` and `why`: a name (`citetrail styles` lists them) or a .csl file.
style = \"apa\"
";

/// What `refs tidy` does without being told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TidySettings {
    /// Names of rules; "default" and "all" stand for several.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
}

/// What `refs rekey` does without being told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RekeySettings {
    /// The pattern of new keys.
    pub pattern: Option<String>,
    /// Keys that stay as they are.
    pub pinned: Vec<String>,
}

/// The settings of a project; what is not set is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// A bundled style's name, or the path of a `.csl` file relative to the project.
    pub style: Option<String>,
    /// A folder of `.csl` files relative to the project, whose names `style` may give.
    pub styles_dir: Option<String>,
    /// Who records verdicts here, as `Name <address>`; where several people do, better set by each of them.
    pub reviewer: Option<String>,
    /// The folder of the index of works, relative to the project.
    pub index: Option<String>,
    /// A language tag ("de-DE") in place of the style's own.
    pub locale: Option<String>,
    /// Services on the network; naming any allows to ask them.
    #[serde(default)]
    pub services: crate::services::Settings,
    #[serde(default)]
    pub tidy: TidySettings,
    #[serde(default)]
    pub rekey: RekeySettings,
    #[serde(default)]
    pub check: CheckSettings,
}

/// Settings of `check`; codes and levels as on the command line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CheckSettings {
    /// Only these rules; without any, all.
    pub select: Vec<String>,
    /// Not these.
    pub ignore: Vec<String>,
    /// The least serious finding that makes the exit status 1: "error", "warning", "info", "never".
    pub fail_on: Option<String>,
    /// Levels of rules in place of their own: code → "error", "warning", "info".
    pub levels: BTreeMap<String, String>,
}
