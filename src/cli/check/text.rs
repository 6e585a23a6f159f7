//! Findings and rules as a person reads them.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::check::{Finding, Level, RULES, Registered, Sorted};
use crate::cli::output::{BAD, BOLD, DIM, KEY, WARN, count, wrap};
use crate::text::inert_line;

/// The findings by file, the less serious ones counted.
pub(super) fn text(sorted: &Sorted, least: Level, width: usize) -> String {
    let findings = &sorted.open;
    let mut out = String::new();
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.level >= least) {
        by_file.entry(finding.place.file.as_deref().unwrap_or("bibliography")).or_default().push(finding);
    }
    for (file, list) in by_file {
        let _ = writeln!(out, "{BOLD}{}{BOLD:#}", inert_line(file));
        for finding in list {
            let style = match finding.level {
                Level::Error => BAD,
                Level::Warning => WARN,
                Level::Info => DIM,
            };
            let level = finding.level.as_str();
            let _ = writeln!(
                out,
                "  {style}{level}{style:#} {KEY}{}{KEY:#}  {DIM}{}{DIM:#}",
                finding.code,
                inert_line(&finding.place_name())
            );
            out.push_str(&wrap(&finding.message, width, "    ", "    "));
            out.push_str(&wrap(&finding.advice, width, "    → ", "      "));
        }
    }
    let mut hidden: BTreeMap<(Level, &str), usize> = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.level < least) {
        *hidden.entry((finding.level, finding.code)).or_default() += 1;
    }
    for ((level, code), n) in hidden {
        let _ = writeln!(out, "{DIM}{n} × {code} ({}; --level {} lists them){DIM:#}", level.as_str(), level.as_str());
    }
    let number = |level| findings.iter().filter(|f| f.level == level).count();
    let (errors, warnings) = (number(Level::Error), number(Level::Warning));
    let accepted = match sorted.accepted.len() {
        0 => String::new(),
        n => format!(", {n} accepted"),
    };
    let _ = writeln!(out, "{}, {}{accepted}", count(errors, "error"), count(warnings, "warning"));
    out
}

/// All rules, each with its summary.
pub(super) fn rules(width: usize) -> String {
    let longest = RULES.iter().map(|r| r.rule.code.len()).max().unwrap_or_default();
    let hanging = " ".repeat(longest + 2);
    let line = |r: &Registered| {
        let code = r.rule.code;
        let wrapped = wrap(&format!("{code:longest$}  {}", r.rule.summary), width, "", &hanging);
        wrapped.replacen(code, &format!("{KEY}{code}{KEY:#}"), 1)
    };
    RULES.iter().map(line).collect()
}

/// The documentation of a rule.
pub(super) fn rule(registered: &Registered, width: usize) -> String {
    let mut out = format!("{KEY}{}{KEY:#}\n", registered.rule.code);
    out.push_str(&wrap(registered.rule.summary, width, "", ""));
    for paragraph in registered.documentation().split("\n\n") {
        out.push('\n');
        out.push_str(&wrap(paragraph, width, "", ""));
    }
    out
}
