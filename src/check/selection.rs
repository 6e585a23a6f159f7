//! Which rules run, and how serious their findings are.

use std::collections::BTreeMap;

use thiserror::Error;

use super::registry::{RULES, rule};
use super::{Finding, Level};
use crate::text::similarity;

/// Rules to run and levels to give; by default all rules with their own levels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// `None`: all.
    selected: Option<Vec<String>>,
    ignored: Vec<String>,
    levels: BTreeMap<String, Level>,
}

/// A code that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no rule has the code “{code}”; {hint}")]
pub struct UnknownRule {
    code: String,
    hint: String,
}

impl Selection {
    /// Of codes as typed; all of `selected` when that is empty.
    pub fn new(selected: &[String], ignored: &[String], levels: BTreeMap<String, Level>) -> Result<Self, UnknownRule> {
        for code in selected.iter().chain(ignored).chain(levels.keys()) {
            known(code)?;
        }
        let selected = (!selected.is_empty()).then(|| selected.to_vec());
        Ok(Self { selected, ignored: ignored.to_vec(), levels })
    }

    /// Whether a rule runs.
    pub fn has(&self, code: &str) -> bool {
        let listed = |list: &[String]| list.iter().any(|c| c == code);
        self.selected.as_deref().is_none_or(listed) && !listed(&self.ignored)
    }

    /// The level that counts for a finding.
    pub(super) fn level(&self, finding: &Finding) -> Level {
        self.levels.get(finding.code).copied().unwrap_or(finding.level)
    }
}

/// Refuses a code that no rule has.
pub(super) fn known(code: &str) -> Result<(), UnknownRule> {
    if rule(code).is_some() {
        return Ok(());
    }
    let near = RULES.iter().map(|r| (similarity(code, r.rule.code), r.rule.code)).filter(|(s, _)| *s > 0.5);
    let hint = match near.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, near)) => format!("did you mean {near}?"),
        None => "`citetrail check --explain all` lists them".to_owned(),
    };
    Err(UnknownRule { code: code.to_owned(), hint })
}
