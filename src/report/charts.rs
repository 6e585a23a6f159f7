//! Works by year, and what is checked by section; each drawn, and in numbers below.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::html::{count, text};
use super::{Report, section_of};
use crate::review::PairState;

const HEIGHT: usize = 120;
/// A span of more years is drawn by decades.
const YEARS: i32 = 60;

pub(super) fn write(report: &Report, out: &mut String) {
    out.push_str("<section id=\"figures\" aria-labelledby=\"figures-title\"><h2 id=\"figures-title\">Figures</h2>\n");
    years(report, out);
    sections(report, out);
    out.push_str("</section>\n");
}

fn years(report: &Report, out: &mut String) {
    let years: Vec<i32> = report.works.iter().filter_map(|work| work.work.year()).collect();
    let (Some(&first), Some(&last)) = (years.iter().min(), years.iter().max()) else { return };
    // A year far off, as a slip makes one, must not stretch the picture.
    let step = if last.saturating_sub(first) > YEARS { 10 } else { 1 };
    let mut by_step: BTreeMap<i32, usize> = BTreeMap::new();
    years.iter().for_each(|year| *by_step.entry(year.div_euclid(step) * step).or_default() += 1);
    // Years without a work are seen as such, where there is room for them.
    let (low, high) = (first.div_euclid(step), last.div_euclid(step));
    if high.saturating_sub(low) <= YEARS {
        (low..=high).for_each(|n| _ = by_step.entry(n * step).or_default());
    }
    let most = by_step.values().copied().max().unwrap_or(1);
    let (bar, width) = (18, by_step.len() * 18 + 28);
    let what = if step == 1 { "Works by year" } else { "Works by decade" };
    let _ = write!(
        out,
        "<figure><figcaption>{what}</figcaption><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{what}\">\
         <svg class=\"chart\" width=\"{width}\" height=\"{}\" viewBox=\"0 0 {width} {}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{what}: {} from {first} to {last}\">",
        HEIGHT + 50,
        HEIGHT + 50,
        count(years.len(), "work")
    );
    for (i, (year, n)) in by_step.iter().enumerate() {
        let height = (n * HEIGHT).div_ceil(most);
        let x = 18 + i * bar;
        let _ = write!(
            out,
            "<rect class=\"bar\" x=\"{x}\" y=\"{}\" width=\"14\" height=\"{height}\"><title>{year}: {n}</title></rect>\
             <text x=\"{}\" y=\"{}\" transform=\"rotate(-60 {} {})\" text-anchor=\"end\">{year}</text>",
            HEIGHT - height + 4,
            x + 10,
            HEIGHT + 16,
            x + 10,
            HEIGHT + 16
        );
    }
    out.push_str("</svg></div><details><summary>In numbers</summary><table><tr><th scope=\"col\">Year</th><th scope=\"col\">Works</th></tr>");
    by_step.iter().filter(|(_, n)| **n > 0).for_each(|(year, n)| {
        let _ = write!(out, "<tr><td>{year}</td><td>{n}</td></tr>");
    });
    out.push_str("</table></details></figure>\n");
}

/// How many pairs of a section are settled, open, and in need of a second look.
#[derive(Default)]
struct Counts {
    settled: usize,
    open: usize,
    doubtful: usize,
}

fn sections(report: &Report, out: &mut String) {
    let mut rows: Vec<(String, Counts)> = Vec::new();
    for (d, document) in report.documents.iter().enumerate() {
        let mut last: Option<String> = None;
        for claim in &document.claims {
            let section = section_of(claim);
            for source in claim.sources.iter().filter(|s| s.pair.is_some()) {
                if last.as_ref() != Some(&section) {
                    let name = if report.documents.len() > 1 {
                        format!("{} › {section}", report.documents[d].title)
                    } else {
                        section.clone()
                    };
                    rows.push((name, Counts::default()));
                    last = Some(section.clone());
                }
                let counts = &mut rows.last_mut().expect("one was just pushed").1;
                match source.state() {
                    PairState::Open => counts.open += 1,
                    PairState::Checked(_) => counts.settled += 1,
                    PairState::NoAccess | PairState::Stale | PairState::Conflict => counts.doubtful += 1,
                }
            }
        }
    }
    if rows.is_empty() {
        return;
    }
    out.push_str(
        "<figure><figcaption>Pairs of claim and work, by section</figcaption><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Pairs by section\">\
         <table><tr><th scope=\"col\">Section</th><th scope=\"col\">Checked</th><th scope=\"col\">Open</th><th scope=\"col\">Stale, in conflict or out of reach</th><td></td></tr>\n",
    );
    for (name, counts) in rows {
        let Counts { settled, open, doubtful } = counts;
        let total = settled + open + doubtful;
        let part = |n: usize| n * 100 / total;
        let (good, bad) = (part(settled), part(doubtful));
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{settled}</td><td>{open}</td><td>{doubtful}</td><td><svg class=\"share\" width=\"100\" height=\"10\" viewBox=\"0 0 100 10\" xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\">\
             <rect class=\"open\" x=\"0\" y=\"0\" width=\"100\" height=\"10\"/><rect class=\"good\" x=\"0\" y=\"0\" width=\"{good}\" height=\"10\"/><rect class=\"stale\" x=\"{}\" y=\"0\" width=\"{bad}\" height=\"10\"/></svg></td></tr>",
            text(&name),
            100 - bad
        );
    }
    out.push_str("</table></div></figure>\n");
}
