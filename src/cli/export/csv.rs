//! The map as a table (RFC 4180).

use super::map::{Link, LinkedWork, Map};
use crate::cli::marks;
use crate::review::{Opinion, PairState};
use crate::text::{csv_cell, inert_line};
use crate::work::Field;

const HEADER: [&str; 17] = [
    "document",
    "claim",
    "path",
    "text",
    "origin",
    "inherited_from",
    "ambiguous",
    "key",
    "doi",
    "pmid",
    "url",
    "authors",
    "year",
    "title",
    "state",
    "verdict",
    "verdicts",
];

pub(super) fn write(map: &Map) -> String {
    let mut out = String::new();
    row(&mut out, HEADER.map(str::to_owned));
    for link in &map.links {
        let document = map.document(link);
        let claim = [
            document.name.clone(),
            map.id(link, link.claim).to_owned(),
            document.analysis.path(link.claim),
            document.analysis.bare_text(link.claim),
        ];
        let work = link.work.as_ref().map_or_else(<[String; 13]>::default, |work| cells(map, link, work));
        row(&mut out, claim.into_iter().chain(work));
    }
    out
}

fn cells(map: &Map, link: &Link, linked: &LinkedWork) -> [String; 13] {
    let LinkedWork { work, standing, .. } = linked;
    let verdict = match standing.state {
        PairState::Checked(verdict) => verdict.as_str(),
        _ => "",
    };
    let verdicts: Vec<String> = standing.opinions.iter().map(opinion).collect();
    [
        linked.origin_name().to_owned(),
        linked.inherited_from().map(|from| map.id(link, from).to_owned()).unwrap_or_default(),
        if linked.ambiguous { "yes" } else { "" }.to_owned(),
        linked.name().to_owned(),
        work.doi().map(|doi| doi.to_string()).unwrap_or_default(),
        work.pmid().map(|pmid| pmid.to_string()).unwrap_or_default(),
        work.link().unwrap_or_default(),
        work.creators().iter().map(|name| name.cited()).collect::<Vec<_>>().join("; "),
        work.year().map(|year| year.to_string()).unwrap_or_default(),
        work.plain(Field::Title).unwrap_or_default().into_owned(),
        standing.state.as_str().to_owned(),
        verdict.to_owned(),
        verdicts.join("; "),
    ]
}

/// "supported (Ada Lovelace, 2026-03-01)".
fn opinion(opinion: &Opinion) -> String {
    let stale = if opinion.is_fresh { "" } else { ", stale" };
    format!("{} ({}{stale})", opinion.judgement.verdict.as_str(), marks::signature(opinion))
}

fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    for (i, cell) in cells.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push_str(&csv_cell(&inert_line(&cell)));
    }
    out.push_str("\r\n");
}
