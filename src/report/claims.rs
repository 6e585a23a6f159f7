//! The claims of each document, in its sections, each with its sources and what people judged.

use std::fmt::Write;

use super::html::{class, count, marked_link, text};
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

const LEGEND: &str = "<p class=\"legend\">A claim <b class=\"cites\">●</b> cites, \
<b class=\"inherits\">↑</b> inherits from a claim above, <b class=\"no-source\">○</b> has no source, \
<b class=\"unresolved\">!</b> has an unresolved or <b class=\"ambiguous\">?</b> ambiguous citation. \
A source is <b class=\"good\">✓</b> supporting, <b class=\"partly\">≈</b> in part, \
<b class=\"bad\">✗</b> not, <b class=\"bad\">⊥</b> contradicting, <b class=\"bad\">∅</b> not speaking of it, \
<b class=\"no-access\">⊘</b> out of reach, <b class=\"stale\">↻</b> judged before the claim changed, \
<b class=\"conflict\">≠</b> judged differently by two people; without a mark nobody judged it. \
A quote is verified if it stands in the text that is attached to the work, and unread if no text is.</p>\n";

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
    let depth = match claim.depth.min(DEEPEST) {
        0 => String::new(),
        depth => format!(" depth-{depth}"),
    };
    // The script reads the claim's state, and those of its sources, from the marks that a reader sees.
    let _ = write!(
        out,
        "<li class=\"claim{depth}\" id=\"c{d}-{c}\"><p>\
         <b class=\"{state}\" role=\"img\" aria-label=\"{name}:\">{symbol}</b>",
    );
    if let Some(marker) = &claim.marker {
        let _ = write!(out, "<span class=\"marker\">{}</span> ", text(marker));
    }
    let _ = write!(out, "<span class=\"text\">{}</span>", text(&claim.text));
    for source in &claim.sources {
        let _ = match source.work {
            Some(work) => write!(out, " {}", marked_link(&format!("w{work}"), &source.name, source.state())),
            None => write!(out, " <span class=\"no-entry\">{}</span>", text(&shortened(&source.name))),
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
            let _ = write!(out, "<li class=\"unclear\"><q>{}</q>: {}", text(mention), text(how));
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
    // Of thousands, closing tags that HTML does not ask for would be a tenth of the file.
    out.push_str("<li>");
    match source.work {
        Some(work) => {
            let (cited, title) = cited(&report.works[work].work);
            let cited = if cited.is_empty() { &source.name } else { &cited };
            // The whole title stands in the list of works, one click away.
            let _ = write!(out, "<a href=\"#w{work}\">{}</a> {}", text(cited), text(&shortened(&title)));
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
            let _ = write!(out, ", asserted by {} on {}", text(report.called(record)), record.at.day());
        }
        if pair.standing.opinions.is_empty() {
            out.push_str(": nobody judged it");
        }
        pair.standing.opinions.iter().for_each(|opinion| opinion_part(report, opinion, &claim.text, out));
    }
}

fn opinion_part(report: &Report, opinion: &Opinion, now: &str, out: &mut String) {
    let judgement = &opinion.judgement;
    let verdict = judgement.verdict;
    let (shown, mark, when) = match opinion.is_fresh {
        true => (PairState::Checked(verdict), verdict.mark(), ""),
        false => (PairState::Stale, '↻', " (before the claim changed)"),
    };
    let _ = write!(
        out,
        "<div><strong class=\"{}\">{mark} {}</strong>{when}, {}, {}",
        class(shown),
        verdict.words(),
        text(report.called(&opinion.record)),
        opinion.record.at.day(),
    );
    if let Some(page) = &judgement.page {
        let _ = write!(out, ", place: {}", text(page));
    }
    if let Some(quote) = &judgement.quote {
        let known = match report.quotes.get(&opinion.record.id).copied().unwrap_or(QuoteState::Unread) {
            QuoteState::Verified => "quote verified",
            QuoteState::NotFound => "<strong>quote not found in the attached text</strong>",
            QuoteState::Unread => "quote unread",
        };
        let _ = write!(out, ", {known}<q>{}</q>", text(quote));
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

/// Names and year, and the title.
fn cited(work: &crate::work::Work) -> (String, String) {
    use crate::work::Field;
    let names: Vec<String> = work.creators().iter().take(3).map(crate::work::Name::cited).collect();
    let more = if work.creators().len() > 3 { " et al." } else { "" };
    let year = work.year().map(|year| format!(" ({year})")).unwrap_or_default();
    let title = work.plain(Field::Title).or_else(|| work.plain(Field::ContainerTitle)).unwrap_or_default();
    (format!("{}{more}{year}", names.join(", ")).trim().to_owned(), title.into_owned())
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
