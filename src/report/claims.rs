//! The claims of each document, in its sections, each with its sources and what people judged.

use std::fmt::Write;

use super::html::{class, count, mark, text};
use super::{Report, ReportedClaim, ReportedDocument, ReportedSource};
use crate::answers::{ClaimState, Origin};
use crate::review::{DiffPart, Opinion, PairState, QuoteState, word_diff};

/// Deeper claims are indented like these.
const DEEPEST: usize = 12;

pub(super) fn write(report: &Report, out: &mut String) {
    out.push_str("<section id=\"claims\" aria-labelledby=\"claims-title\"><h2 id=\"claims-title\">Claims</h2>\n");
    out.push_str(LEGEND);
    for (d, document) in report.documents.iter().enumerate() {
        document_part(report, d, document, out);
    }
    out.push_str("<p id=\"nothing\" hidden>No claim has what you filter by.</p></section>\n");
}

const LEGEND: &str = "<p class=\"legend\">A claim <span class=\"claim-mark cites\">●</span> cites, \
<span class=\"claim-mark inherits\">↑</span> inherits from a claim above, <span class=\"claim-mark no-source\">○</span> has no source, \
<span class=\"claim-mark unresolved\">!</span> has an unresolved or <span class=\"claim-mark ambiguous\">?</span> ambiguous citation. \
A source is <span class=\"mark good\">✓</span> supporting, <span class=\"mark partly\">≈</span> in part, \
<span class=\"mark bad\">✗</span> not, <span class=\"mark bad\">⊥</span> contradicting, <span class=\"mark bad\">∅</span> not speaking of it, \
<span class=\"mark no-access\">⊘</span> out of reach, <span class=\"mark stale\">↻</span> judged before the claim changed, \
<span class=\"mark conflict\">≠</span> judged differently by two people; without a mark nobody judged it.</p>\n";

fn document_part(report: &Report, d: usize, document: &ReportedDocument, out: &mut String) {
    let _ = writeln!(
        out,
        "<article class=\"document\" id=\"d{d}\" aria-labelledby=\"d{d}-title\"><h3 id=\"d{d}-title\">{}</h3><p class=\"name\">{}, {}</p>",
        text(&document.title),
        text(&document.name),
        count(document.claims.len(), "claim"),
    );
    if let Some(reason) = &document.incomplete {
        let _ = writeln!(out, "<p class=\"incomplete\">Not all of it is there: {}</p>", text(reason));
    }
    let mut headings: Option<&[String]> = None;
    for (c, claim) in document.claims.iter().enumerate() {
        if headings != Some(&claim.headings) {
            if headings.is_some() {
                out.push_str("</ul></section>\n");
            }
            out.push_str("<section class=\"part\">");
            if !claim.headings.is_empty() {
                let _ = write!(out, "<h4>{}</h4>", text(&claim.headings.join(" › ")));
            }
            out.push_str("<ul class=\"claims\">\n");
            headings = Some(&claim.headings);
        }
        claim_part(report, d, c, claim, document, out);
    }
    if headings.is_some() {
        out.push_str("</ul></section>\n");
    }
    out.push_str("</article>\n");
}

fn claim_part(
    report: &Report,
    d: usize,
    c: usize,
    claim: &ReportedClaim,
    document: &ReportedDocument,
    out: &mut String,
) {
    let (symbol, name, state) = state(claim.state);
    let mut reviews: Vec<&str> = claim.sources.iter().filter(|s| s.pair.is_some()).map(|s| class(s.state())).collect();
    reviews.dedup();
    let works: Vec<String> = claim.sources.iter().filter_map(|s| Some(format!("w{}", s.work?))).collect();
    let _ = write!(
        out,
        "<li class=\"claim depth-{}\" id=\"c{d}-{c}\" data-id=\"{}\" data-state=\"{state}\" data-review=\"{}\" data-works=\"{}\"><p>\
         <span class=\"claim-mark {state}\" aria-hidden=\"true\">{symbol}</span><span class=\"unseen\">{name}: </span>",
        claim.depth.min(DEEPEST),
        text(&claim.id),
        reviews.join(" "),
        works.join(" "),
    );
    if let Some(marker) = &claim.marker {
        let _ = write!(out, "<span class=\"marker\">{}</span> ", text(marker));
    }
    let _ = write!(out, "<span class=\"text\">{}</span>", text(&claim.text));
    for source in &claim.sources {
        let _ = match source.work {
            Some(work) => write!(
                out,
                " <a class=\"source {}\" href=\"#w{work}\">{}{}</a>",
                class(source.state()),
                text(&source.name),
                mark(source.state())
            ),
            None => write!(out, " <span class=\"source no-entry\">{}</span>", text(&shortened(&source.name))),
        };
    }
    out.push_str("</p>");
    if !claim.sources.is_empty() || !claim.open_mentions.is_empty() {
        let open = claim.sources.iter().filter(|s| s.state().is_unsettled()).count();
        let mut summary = count(claim.sources.len(), "source");
        if open > 0 {
            let _ = write!(summary, ", {open} to check");
        }
        if !claim.open_mentions.is_empty() {
            let _ = write!(summary, ", {} unclear", count(claim.open_mentions.len(), "citation"));
        }
        let _ = write!(out, "<details><summary>{summary}</summary><ul>");
        claim.sources.iter().for_each(|source| source_part(report, d, claim, source, document, out));
        for (mention, how) in &claim.open_mentions {
            let _ = write!(out, "<li class=\"unclear\"><q>{}</q>: {}</li>", text(mention), text(how));
        }
        out.push_str("</ul></details>");
    }
    out.push_str("</li>\n");
}

/// The symbol, name and class of a claim's state.
fn state(state: ClaimState) -> (char, &'static str, &'static str) {
    match state {
        ClaimState::Cites => ('●', "cites", "cites"),
        ClaimState::Inherits => ('↑', "inherits", "inherits"),
        ClaimState::NoSource => ('○', "no source", "no-source"),
        ClaimState::Unresolved => ('!', "unresolved citation", "unresolved"),
        ClaimState::Ambiguous => ('?', "ambiguous citation", "ambiguous"),
    }
}

/// One work behind a claim: how it comes to stand there, and what people judged.
fn source_part(
    report: &Report,
    d: usize,
    claim: &ReportedClaim,
    source: &ReportedSource,
    document: &ReportedDocument,
    out: &mut String,
) {
    out.push_str("<li>");
    match source.work {
        Some(work) => {
            let cited = cited(&report.works[work].work);
            let _ = write!(out, "<a href=\"#w{work}\">{}</a> {}", text(&source.name), text(&cited));
        }
        None => {
            let _ = write!(out, "{} <em>has no entry in the bibliography</em>", text(&source.name));
        }
    }
    if let Some(from) = source.inherited_from {
        let above = &document.claims[from];
        let levels = count(claim.depth.saturating_sub(above.depth), "level");
        let _ = write!(
            out,
            ", inherited from <a href=\"#c{d}-{from}\">{}</a> ({levels} up)",
            text(&shortened(&above.text))
        );
    }
    if let Some(pair) = &source.pair {
        if let Origin::Asserted(record) = &pair.origin {
            let _ = write!(out, ", asserted by {} on {}", text(&record.by), record.at.day());
        }
        if pair.standing.opinions.is_empty() {
            out.push_str(": nobody judged it");
        }
        pair.standing.opinions.iter().for_each(|opinion| opinion_part(report, opinion, &claim.text, out));
    }
    out.push_str("</li>");
}

fn opinion_part(report: &Report, opinion: &Opinion, now: &str, out: &mut String) {
    let judgement = &opinion.judgement;
    let state = PairState::Checked(judgement.verdict);
    let shown = if opinion.is_fresh { state } else { PairState::Stale };
    let _ = write!(
        out,
        "<div class=\"verdict\"><p>{} <strong>{}</strong>{}, {}, <time>{}</time>",
        mark(shown),
        judgement.verdict.words(),
        if opinion.is_fresh { "" } else { " (before the claim changed)" },
        text(&opinion.record.by),
        opinion.record.at.day(),
    );
    if let Some(page) = &judgement.page {
        let _ = write!(out, ", place: {}", text(page));
    }
    out.push_str("</p>");
    if let Some(quote) = &judgement.quote {
        let known = report.quotes.get(&opinion.record.id).copied().unwrap_or(QuoteState::Unread);
        let _ = write!(
            out,
            "<blockquote>{}</blockquote><p class=\"legend\">The quote: {}.</p>",
            text(quote),
            known.words()
        );
    }
    if let Some(note) = &judgement.note {
        let _ = write!(out, "<p class=\"note\">{}</p>", text(note));
    }
    if !opinion.is_fresh {
        out.push_str("<p class=\"diff\">");
        for part in word_diff(&judgement.claim.text, now) {
            let _ = match part {
                DiffPart::Same(words) => write!(out, "{} ", text(words.as_ref())),
                DiffPart::Removed(words) => write!(out, "<del>{}</del> ", text(words.as_ref())),
                DiffPart::Added(words) => write!(out, "<ins>{}</ins> ", text(words.as_ref())),
            };
        }
        out.push_str("</p>");
    }
    out.push_str("</div>");
}

/// Names, year and title on one line.
fn cited(work: &crate::work::Work) -> String {
    use crate::work::Field;
    let names: Vec<String> = work.creators().iter().take(3).map(crate::work::Name::cited).collect();
    let more = if work.creators().len() > 3 { " et al." } else { "" };
    let year = work.year().map(|year| format!(" ({year})")).unwrap_or_default();
    let title = work.plain(Field::Title).or_else(|| work.plain(Field::ContainerTitle)).unwrap_or_default();
    format!("{}{more}{year} {title}", names.join(", ")).trim().to_owned()
}

/// The beginning of a text.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{}…", cut.trim_end())
}
