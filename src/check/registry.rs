//! All rules, with their documentation.

use super::*;

/// A rule and the text of its file.
#[derive(Debug)]
pub struct Registered {
    pub rule: &'static Rule,
    source: &'static str,
}

macro_rules! registered {
    ($($module:ident),* $(,)?) => {
        &[$(Registered { rule: &$module::RULE, source: include_str!(concat!(stringify!($module), ".rs")) }),*]
    };
}

/// All rules, in the order their findings are shown. The name of a rule's module is the name of its file.
pub const RULES: &[Registered] = registered![
    unresolved_citation,
    citation_year_mismatch,
    citation_name_mismatch,
    ambiguous_citation,
    duplicate_key,
    duplicate_reference,
    incomplete_reference,
    reference_without_entry,
    malformed_identifier,
    reading_notice,
    claim_without_source,
    uncited_reference,
    citation_out_of_order,
    doi_mismatch,
    retracted,
    field_mismatch,
    duplicate_doi,
    superseded_preprint,
    doi_missing_but_known,
    not_found,
    skipped_number,
    uneven_list_number,
    missing_doi,
    conflicting_verdicts,
    stale_verdict,
    quote_not_found,
    lost_verdict,
    unreviewed_pair,
    needless_acceptance,
    unreadable_part,
];

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Registered> {
    RULES.iter().find(|r| r.rule.code == code)
}

impl Registered {
    /// The doc comment of the rule: paragraphs, separated by empty lines.
    pub fn documentation(&self) -> String {
        let before = self.source.split("pub(super) const RULE").next().unwrap_or_default();
        let mut lines: Vec<&str> = before.lines().rev().map_while(|line| line.strip_prefix("///")).collect();
        lines.reverse();
        let paragraphs = lines.split(|line| line.trim().is_empty());
        paragraphs
            .map(|p| p.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_documented_under_its_code() {
        let mut codes: Vec<&str> = RULES.iter().map(|r| r.rule.code).collect();
        for registered in RULES {
            let text = registered.documentation();
            assert!(text.len() > 60 && text.contains("To do:"), "{}: {text}", registered.rule.code);
            assert!(registered.rule.summary.ends_with('.'), "{}", registered.rule.code);
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), RULES.len());
    }
}
