//! Findings in SARIF 2.1.0 (OASIS standard), for code hosts and editors.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::locate::{Location, Locator};
use crate::check::{Finding, Level, RULES, Sorted};

/// One run with the rules and results; accepted findings are suppressed results.
pub(super) fn log(sorted: &Sorted, locator: &mut Locator<'_>) -> Value {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|registered| {
            let text = registered.documentation();
            json!({
                "id": registered.rule.code,
                "shortDescription": { "text": registered.rule.summary },
                "fullDescription": { "text": text.split("\n\n").next().unwrap_or_default() },
                "help": { "text": text },
            })
        })
        .collect();
    let mut results: Vec<Value> = sorted.open.iter().map(|f| result(f, locator)).collect();
    for accepted in &sorted.accepted {
        let mut result = result(&accepted.finding, locator);
        let justification = format!("{} ({}, {})", accepted.reason, accepted.record.by, accepted.record.at.day());
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": justification }]);
        results.push(result);
    }
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "citetrail",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(finding: &Finding, locator: &mut Locator<'_>) -> Value {
    let place = finding.place_name();
    let Location { file, region } = locator.locate(finding);
    let mut physical = json!({ "artifactLocation": { "uri": uri(&file) } });
    if let Some(region) = region {
        physical["region"] = json!({
            "startLine": region.start.0, "startColumn": region.start.1,
            "endLine": region.end.0, "endColumn": region.end.1,
        });
    }
    let rule = RULES.iter().position(|r| r.rule.code == finding.code);
    let digest = Sha256::digest(format!("{}\n{place}", finding.code));
    let fingerprint: String = digest[..12].iter().map(|b| format!("{b:02x}")).collect();
    let mut result = json!({
        "ruleId": finding.code,
        "level": match finding.level { Level::Error => "error", Level::Warning => "warning", Level::Info => "note" },
        "message": { "text": format!("{}. To do: {}", finding.message.trim_end_matches('.'), finding.advice) },
        "locations": [{
            "physicalLocation": physical,
            "logicalLocations": [{ "fullyQualifiedName": place }],
        }],
        "partialFingerprints": { "place/v1": fingerprint },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = rule.into();
    }
    result
}

/// A path as a relative reference (RFC 3986): what is neither unreserved nor a slash is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    // A colon in the first segment would make it a scheme.
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
