//! Who records a judgement.

use std::path::{Path, PathBuf};

use super::{Project, ProjectError};

/// The environment variable that names the reviewer.
const VARIABLE: &str = "CITETRAIL_BY";

impl Project {
    /// The person at work, as `Name <address>` or a name: what was typed, else the environment, the project's settings,
    /// or the identity git would use. What is nearer to the person counts before what is shared.
    pub fn reviewer(&self, typed: Option<&str>) -> Result<String, ProjectError> {
        let cleaned = |s: String| Some(s.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|s| !s.is_empty());
        if let Some(name) = typed.map(str::to_owned).and_then(cleaned) {
            return Ok(name);
        }
        if let Some(name) = std::env::var(VARIABLE).ok().and_then(cleaned) {
            return Ok(name);
        }
        if let Some(name) = self.config()?.reviewer.and_then(cleaned) {
            return Ok(name);
        }
        git_identity(&self.root).and_then(cleaned).ok_or(ProjectError::NoIdentity)
    }
}

/// The name and address that git would give a commit, from the variables and files it reads. Conditional includes are
/// not followed.
fn git_identity(root: &Path) -> Option<String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let (mut name, mut address) = (variable("GIT_AUTHOR_NAME"), variable("GIT_AUTHOR_EMAIL"));
    for file in git_configs(root) {
        // Nearer files come first.
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let found = user_of(&text);
        name = name.or(found.0);
        address = address.or(found.1);
    }
    match (name, address) {
        (Some(name), Some(address)) => Some(format!("{name} <{address}>")),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

/// The configuration files of the repository around a folder and of the user, nearest first.
fn git_configs(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    if let Some(git) = root.ancestors().map(|folder| folder.join(".git")).find(|g| g.exists()) {
        files.push(repository(git).join("config"));
    }
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    files.extend(home.as_ref().map(|h| h.join(".gitconfig")));
    let user = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).or(home.map(|h| h.join(".config")));
    files.extend(user.map(|folder| folder.join("git/config")));
    files
}

/// The folder of the repository itself: `.git` of a work tree or submodule is a file that says where it is.
fn repository(git: PathBuf) -> PathBuf {
    let Some(link) = std::fs::read_to_string(&git).ok().and_then(|t| t.strip_prefix("gitdir:").map(str::to_owned))
    else {
        return git;
    };
    let folder = git.parent().unwrap_or(Path::new(".")).join(link.trim());
    match std::fs::read_to_string(folder.join("commondir")) {
        Ok(common) => folder.join(common.trim()),
        Err(_) => folder,
    }
}

/// `user.name` and `user.email` of a git configuration file (git-config(1), syntax); the last of several counts.
fn user_of(text: &str) -> (Option<String>, Option<String>) {
    let (mut name, mut address) = (None, None);
    let mut is_user = false;
    for line in text.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            is_user = section.split(']').next().unwrap_or_default().trim().eq_ignore_ascii_case("user");
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| is_user) else { continue };
        let slot = match key.trim().to_ascii_lowercase().as_str() {
            "name" => &mut name,
            "email" => &mut address,
            _ => continue,
        };
        *slot = Some(value_of(value)).filter(|v| !v.is_empty());
    }
    (name, address)
}

/// A value without quotes and comment.
fn value_of(raw: &str) -> String {
    let mut value = String::new();
    let mut quoted = false;
    let mut chars = raw.trim().chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' => value.extend(chars.next()),
            '#' | ';' if !quoted => break,
            c => value.push(c),
        }
    }
    value.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_config() {
        let text = "# mine\n[core]\n\tname = no\n[user]\n\tName = \"Ada \\\"L\\\" Lovelace\" ; me\n\temail=ada@example.org\n[user \"x\"]\nname = no\n";
        assert_eq!(user_of(text), (Some("Ada \"L\" Lovelace".to_owned()), Some("ada@example.org".to_owned())));
        assert_eq!(user_of("[user]\nname =\n"), (None, None));
    }

    #[test]
    fn a_work_tree_leads_to_its_repository() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("main/.git/worktrees/w");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("commondir"), "../..\n").unwrap();
        let git = dir.path().join("w/.git");
        std::fs::create_dir_all(git.parent().unwrap()).unwrap();
        std::fs::write(&git, format!("gitdir: {}\n", folder.display())).unwrap();
        std::fs::write(dir.path().join("main/.git/config"), "[user]\nname = Ada\n").unwrap();
        assert_eq!(
            git_identity(&git.parent().unwrap().join("project")).as_deref().map(|s| s.starts_with("Ada")),
            Some(true)
        );
    }
}
