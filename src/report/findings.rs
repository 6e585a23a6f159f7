//! What is wrong or open, as `check` finds it.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use super::Report;
use super::html::{count, text};
use crate::check::{Finding, Level};

pub(super) fn write(report: &Report, out: &mut String) {
    out.push_str(
        "<section id=\"findings\" aria-labelledby=\"findings-title\"><h2 id=\"findings-title\">Findings</h2>\n",
    );
    if report.findings.is_empty() {
        out.push_str("<p>Nothing was found.</p></section>\n");
        return;
    }
    let mut places: HashMap<&str, String> = HashMap::new();
    for (d, document) in report.documents.iter().enumerate() {
        for (c, claim) in document.claims.iter().enumerate() {
            places.insert(claim.id.as_str(), format!("c{d}-{c}"));
        }
    }
    let mut groups: BTreeMap<(std::cmp::Reverse<Level>, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        groups.entry((std::cmp::Reverse(finding.level), finding.code)).or_default().push(finding);
    }
    for ((std::cmp::Reverse(level), code), list) in groups {
        let open = if level >= Level::Warning { " open" } else { "" };
        let _ = write!(
            out,
            "<details class=\"findings {}\"{open}><summary>{}: {code}, {}</summary><ul>",
            level.as_str(),
            level.as_str(),
            count(list.len(), "finding")
        );
        for finding in list {
            let _ =
                write!(out, "<li>{} <span class=\"advice\">{}</span>", text(&finding.message), text(&finding.advice));
            let claim = finding.place.claim.as_ref().and_then(|claim| places.get(claim.as_str()));
            if let Some(place) = claim {
                let _ = write!(out, " <a href=\"#{place}\">the claim</a>");
            } else if let Some(file) = &finding.place.file {
                let _ = write!(out, " <span class=\"name\">{}</span>", text(file));
            }
            out.push_str("</li>");
        }
        out.push_str("</ul></details>\n");
    }
    out.push_str("</section>\n");
}
