//! Findings as workflow commands, which GitHub shows beside the lines of a change.

use super::locate::{Location, Locator};
use crate::check::{Finding, Level};

/// One command a line.
pub(super) fn commands(findings: &[Finding], locator: &mut Locator<'_>) -> String {
    findings.iter().map(|finding| command(finding, &locator.locate(finding))).collect()
}

fn command(finding: &Finding, location: &Location) -> String {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    let region = location.region.map(|r| {
        // Columns are allowed only within one line.
        let columns = match r.start.0 == r.end.0 {
            true => format!(",col={},endColumn={}", r.start.1, r.end.1),
            false => String::new(),
        };
        format!(",line={},endLine={}{columns}", r.start.0, r.end.0)
    });
    let message = format!("{} → {}", finding.message, finding.advice);
    format!(
        "::{level} file={}{},title={}::{}\n",
        property(&location.file),
        region.unwrap_or_default(),
        property(finding.code),
        data(&message)
    )
}

/// What would end the command or begin another is percent-encoded.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
