//! The page around the parts: head, policy, summary, navigation, filters.

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::html::{count, text};
use super::{Report, charts, claims, findings, map, works};
use crate::answers::ClaimState;
use crate::review::PairState;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What tells a file as a report of ours, so that only such a file is overwritten.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"citetrail report\">";

pub(super) fn write(report: &Report) -> String {
    let mut out = String::new();
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#claims\">To the claims</a>\n",
        hash(STYLE),
        hash(SCRIPT),
        text(&report.title)
    );
    summary(report, &mut out);
    out.push_str("<main>\n");
    filters(report, &mut out);
    claims::write(report, &mut out);
    works::write(report, &mut out);
    map::write(report, &mut out);
    charts::write(report, &mut out);
    findings::write(report, &mut out);
    let _ = write!(
        out,
        "</main>\n<footer><p>Made on {} by citetrail {}. Whether a source supports a claim is said by people; this page shows what they said.</p></footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        text(&report.made),
        env!("CARGO_PKG_VERSION")
    );
    out
}

fn summary(report: &Report, out: &mut String) {
    let claim = |state: ClaimState| report.claims().filter(|claim| claim.state == state).count();
    let pair = |is: fn(PairState) -> bool| report.pairs().filter(|source| is(source.state())).count();
    let uncited = report.works.iter().filter(|work| work.claims.is_empty()).count();
    let figures = [
        (report.claims().count(), "claims"),
        (claim(ClaimState::NoSource), "without a source"),
        (claim(ClaimState::Unresolved) + claim(ClaimState::Ambiguous), "with an unclear citation"),
        (report.pairs().count(), "pairs of claim and work"),
        (pair(|state| matches!(state, PairState::Checked(_))), "checked"),
        (pair(|state| state == PairState::Open), "open"),
        (pair(|state| state == PairState::Stale), "stale"),
        (pair(|state| state == PairState::Conflict), "in conflict"),
        (pair(|state| state == PairState::NoAccess), "out of reach"),
        (report.works.len(), "works"),
        (uncited, "that no claim rests on"),
    ];
    let _ = write!(out, "<header><h1>{}</h1><p>", text(&report.title));
    let names: Vec<String> = report
        .documents
        .iter()
        .enumerate()
        .map(|(d, document)| format!("<a href=\"#d{d}\">{}</a>", text(&document.title)))
        .collect();
    let _ = write!(out, "{}: {}.</p><ul class=\"figures\">", count(names.len(), "document"), names.join(", "));
    for (n, name) in figures {
        let _ = write!(out, "<li><b>{n}</b> {name}</li>");
    }
    out.push_str(
        "</ul></header>\n<nav aria-label=\"Parts of the report\"><ul><li><a href=\"#claims\">Claims</a></li><li><a href=\"#works\">Works</a></li>\
         <li><a href=\"#map\">Map</a></li><li><a href=\"#figures\">Figures</a></li><li><a href=\"#findings\">Findings</a></li></ul></nav>\n",
    );
}

/// What the script filters by; hidden where there is no script.
fn filters(report: &Report, out: &mut String) {
    out.push_str(
        "<form id=\"filters\" class=\"scripted\" role=\"search\" aria-label=\"Filter claims\" hidden>\
         <label>Words <input type=\"search\" id=\"words\" autocomplete=\"off\"></label>",
    );
    if report.documents.len() > 1 {
        out.push_str("<label>Document <select id=\"document\"><option value=\"\">all</option>");
        let mut titles: BTreeMap<usize, &str> = BTreeMap::new();
        titles.extend(report.documents.iter().enumerate().map(|(d, document)| (d, document.title.as_str())));
        for (d, title) in titles {
            let _ = write!(out, "<option value=\"d{d}\">{}</option>", text(title));
        }
        out.push_str("</select></label>");
    }
    out.push_str("<button type=\"reset\">Show all</button> <output id=\"shown\" aria-live=\"polite\"></output>");
    let group = |out: &mut String, legend: &str, name: &str, choices: &[(&str, &str)]| {
        let _ = write!(out, "<fieldset><legend>{legend}</legend>");
        for (value, label) in choices {
            let _ = write!(out, "<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\"> {label}</label>");
        }
        out.push_str("</fieldset>");
    };
    group(
        out,
        "Claims that",
        "state",
        &[
            ("cites", "● cite"),
            ("inherits", "↑ inherit"),
            ("no-source", "○ have no source"),
            ("unresolved", "! are unresolved"),
            ("ambiguous", "? are ambiguous"),
        ],
    );
    group(
        out,
        "with a source",
        "review",
        &[
            ("open", "open"),
            ("good", "✓ supporting"),
            ("partly", "≈ in part"),
            ("bad", "✗ not"),
            ("stale", "↻ stale"),
            ("conflict", "≠ in conflict"),
            ("no-access", "⊘ out of reach"),
        ],
    );
    out.push_str("</form>\n");
}
