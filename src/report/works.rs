//! The works, each with its reference and the claims that rest on it.

use std::fmt::Write;

use super::claims::shortened;
use super::html::{count, link, marked_link, reference, text};
use super::{Report, ReportedSource};
use crate::review::PairState;

/// More claims of one work are counted and not listed one by one: the filter shows them.
const LISTED: usize = 200;

pub(super) fn write(report: &Report, out: &mut String) {
    let _ = writeln!(
        out,
        "<section id=\"works\" aria-labelledby=\"works-title\"><h2 id=\"works-title\">Works</h2><p class=\"legend\">References in the style “{}”.</p><ol class=\"works\">",
        text(&report.style)
    );
    for (w, work) in report.works.iter().enumerate() {
        let _ = write!(
            out,
            "<li class=\"work\" id=\"w{w}\"><p><code>{}</code> {}",
            text(&work.work.key),
            reference(&work.reference)
        );
        let printed = work.reference.plain();
        if let Some(address) = work.work.link().filter(|address| !printed.contains(address.as_str()))
            && let Some(open) = link(&address)
        {
            let _ = write!(out, " {open}{}</a>", text(&address));
        }
        out.push_str("</p>");
        if work.claims.is_empty() {
            out.push_str("<p class=\"uncited\">No claim rests on it.</p>");
        } else {
            claims(report, w, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol></section>\n");
}

fn claims(report: &Report, w: usize, out: &mut String) {
    let list = &report.works[w].claims;
    let _ = write!(out, "<details><summary>{}</summary><ul>", count(list.len(), "claim"));
    for &(d, c) in list.iter().take(LISTED) {
        let claim = &report.documents[d].claims[c];
        let source = claim.sources.iter().find(|source| source.work == Some(w));
        let inherits = if source.is_some_and(|s| s.inherited_from.is_some()) { " (inherited)" } else { "" };
        let state = source.map_or(PairState::Open, ReportedSource::state);
        let link = marked_link(&format!("c{d}-{c}"), &shortened(&claim.text), state);
        let _ = write!(out, "<li>{link}{inherits}");
    }
    if list.len() > LISTED {
        let _ = write!(out, "<li>and {} more", list.len() - LISTED);
    }
    let _ = write!(
        out,
        "</ul></details><button type=\"button\" class=\"only scripted\" data-work=\"w{w}\" hidden>Show only these claims</button>"
    );
}
