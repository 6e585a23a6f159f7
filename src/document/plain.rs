//! The reader of plain text: a page pasted or saved as text, whatever it came from.

use std::ops::Range;

use super::body::Reader;
use super::clean::{self, Clean};
use super::decode::{self, Decoded};
use super::join::Joiner;
use super::lines::{self, Line, Unit};
use super::reference_list::{self, ReferenceList};
use super::{Completeness, Document, Notice, RawReference, ReadError, ReadOptions, Section, front_matter, headings};

/// No paragraph has so many bytes; a longer line is a text that lost its line ends.
const MAX_LINE: usize = 100_000;
/// A text of one line that is longer than this is a page without its line ends.
const ONE_LINE: usize = 2_000;

/// Reads a plain-text document.
///
/// # Errors
/// What is empty, too large or not text is refused.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    let Decoded { text: decoded, notices, ends_inside_character } = decode::decode(bytes)?;
    let (clean, more) = clean::clean(&decoded);
    drop(decoded);
    let mut document = Document { notices, ..Document::default() };
    document.notices.extend(more);
    let mut reasons = Vec::new();
    if ends_inside_character {
        reasons.push("The file ends in the middle of a character.".to_owned());
    }
    let mut all = lines::lines(&clean.text);
    let one_line = all.len() == 1 && clean.text.len() > ONE_LINE;
    for line in all.iter().filter(|l| l.text.len() > MAX_LINE) {
        let span = clean.span(line.start..line.start + 1);
        document.notices.push(Notice {
            message: format!(
                "The line at character {} is {} bytes long; it was not read, because sections and references cannot be \
                 told apart without line breaks. Paste or save the document again with its line breaks.",
                span.start,
                line.text.len()
            ),
            span: Some(span),
        });
        reasons.push("A line without line breaks was too long to be read.".to_owned());
    }
    all.retain(|l| l.text.len() <= MAX_LINE);
    if one_line && !all.is_empty() {
        document.notices.push(note(
            "The document is one line: its sections and references cannot be told apart. Paste or save it again with \
             its line breaks.",
        ));
    }
    read_lines(&clean, &all, options, &mut document, &mut reasons);
    reasons.dedup();
    if !reasons.is_empty() {
        document.completeness = Completeness::Incomplete { reason: reasons.join(" ") };
    }
    Ok(document)
}

fn read_lines(
    clean: &Clean,
    lines: &[Line<'_>],
    options: &ReadOptions,
    document: &mut Document,
    reasons: &mut Vec<String>,
) {
    let units = lines::units(lines);
    let mut joiner = Joiner::new(&clean.text, lines);
    let list = reference_list::find(lines, options.reference_heading.as_deref());
    let list_lines = list.as_ref().map(|l| l.heading.unwrap_or(l.lines.start)..l.lines.end);
    let front = front_matter::read(lines, &units, list_lines.clone());
    document.title = front.title;
    document.container = front.container;
    document.doi = front.doi;

    let (before, after) = stretches(&units, front.body, list_lines.as_ref());
    let mut reader = Reader::new(clean, lines, &units, &mut joiner);
    reader.read(before);
    let end_of_text = reader.section_count();
    reader.leave_text();
    reader.read(after);
    let body = reader.finish();
    document.sections = body.sections;
    document.claims = body.claims;
    if let Some(line) = body.preview {
        reasons.push(format!("This is a preview; the page says: “{line}”"));
    } else if body.ends_in_ellipsis {
        reasons.push("The text ends in “…”.".to_owned());
    }
    if body.is_overfull {
        reasons.push("The outline is too deep and too long to be read to its end.".to_owned());
    }
    match list {
        Some(list) => {
            if let Some(h) = list.heading {
                let title = headings::title(lines[h].text);
                let span = clean.span(lines[h].start..lines[h].start + title.len());
                document.sections.insert(end_of_text, Section { title: title.to_owned(), span });
            } else {
                document
                    .notices
                    .push(note("The reference list has no heading; it was found by the form of its entries."));
            }
            references(clean, lines, &list, &mut joiner, document, reasons);
        }
        None => document
            .notices
            .push(note("No reference list was found. If there is one, name its heading with --references-heading.")),
    }
    for (word, place) in std::mem::take(&mut joiner.doubtful) {
        document.notices.push(Notice {
            message: format!("“{word}” was cut at a line end; it may have a hyphen."),
            span: Some(clean.span(place)),
        });
    }
}

/// The units before the reference list and those after it.
fn stretches(units: &[Unit<'_>], body: usize, list: Option<&Range<usize>>) -> (Range<usize>, Range<usize>) {
    let Some(list) = list else { return (body..units.len(), units.len()..units.len()) };
    let first = units.iter().position(|u| u.lines.end > list.start).unwrap_or(units.len());
    let after = units.iter().position(|u| u.lines.start >= list.end).unwrap_or(units.len());
    (body.min(first)..first, after.max(body)..units.len())
}

fn references(
    clean: &Clean,
    lines: &[Line<'_>],
    list: &ReferenceList,
    joiner: &mut Joiner,
    document: &mut Document,
    reasons: &mut Vec<String>,
) {
    for entry in &list.entries {
        let joined = entry.join(lines, joiner);
        if joined.is_empty() {
            continue;
        }
        let span = clean.span(joined.source(0..joined.text.len()));
        let label = entry.label.clone();
        document.references.push(RawReference { label, text: joined.text, cut: false, span });
    }
    if !list.ends_file {
        return;
    }
    let texts: Vec<String> = document.references.iter().map(|r| r.text.clone()).collect();
    let inside_character = !reasons.is_empty();
    let number = document.references.len();
    if let Some(last) = document.references.last_mut() {
        if inside_character || reference_list::is_cut(&texts) {
            last.cut = true;
            let tail: String = last.text.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
            reasons.push(format!("The file ends inside reference {number} (“…{tail}”)."));
            if document.doi.is_none() {
                reasons.push("The document's own DOI is not in what is there of it.".to_owned());
            }
        }
    }
}

fn note(message: &str) -> Notice {
    Notice { message: message.to_owned(), span: None }
}
