//! The reader of plain text: a page pasted or saved as text, whatever it came from.

use std::ops::Range;

use super::body::Reader;
use super::clean::{self, Clean};
use super::decode::{self, Decoded};
use super::join::Joiner;
use super::lines::{self, Line, Unit};
use super::notes;
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
        let span = clean.span(line.start..line.start + line.text.len());
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
    let lists = reference_list::find(lines, options.reference_heading.as_deref());
    let notes = lists.references.as_ref().and_then(|list| {
        let notes = reference_list::notes(lines, list)?;
        let cited = notes::cited(&notes.numbered(lines), &list.texts(lines));
        (!cited.is_empty()).then_some((notes.span(), cited))
    });
    let list = lists.references;
    let list_lines = list.as_ref().map(ReferenceList::span);
    let front = front_matter::read(lines, &units, list_lines.clone());
    document.title = front.title;
    document.container = front.container;
    document.doi = front.doi;

    let mut others: Vec<Range<usize>> = lists.others.iter().map(ReferenceList::span).collect();
    others.retain(|o| notes.as_ref().is_none_or(|(notes, _)| notes.start >= o.end || notes.end <= o.start));
    let unread = lists.others.iter().find(|o| others.contains(&o.span()));
    others.extend(notes.iter().map(|(span, _)| span.clone()));
    document.notes = notes.map(|(_, cited)| cited).unwrap_or_default();
    if let Some(other) = unread.and_then(|o| o.heading) {
        let line = &lines[other];
        document.notices.push(Notice {
            message: format!(
                "“{}” is a list of works too; it is not part of the reference list that was read.",
                headings::title(line.text)
            ),
            span: Some(clean.span(line.start..line.start + line.text.len())),
        });
    }
    let mut reader = Reader::new(clean, lines, &units, &mut joiner);
    let mut end_of_text = 0;
    for stretch in stretches(&units, front.body, list_lines.as_ref(), &others) {
        let after_list = list_lines.as_ref().is_some_and(|l| units[stretch.start].lines.start >= l.end);
        if after_list && !reference_list::are_footnotes(&lines[units[stretch.start].lines.start..]) {
            reader.leave_text();
        } else if after_list {
            reader.leave_sections();
        }
        reader.read(stretch);
        if !after_list {
            end_of_text = reader.section_count();
        }
    }
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
            // Entries that held nothing but links are left out, and the notes count all of them.
            if document.references.len() != list.entries.len() {
                document.notes.clear();
            }
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

/// The units of the text: all from `body` on that are in no list of works, in runs that are not empty.
fn stretches(
    units: &[Unit<'_>],
    body: usize,
    list: Option<&Range<usize>>,
    others: &[Range<usize>],
) -> Vec<Range<usize>> {
    let mut lists: Vec<&Range<usize>> = list.into_iter().chain(others).collect();
    lists.sort_by_key(|l| l.start);
    let mut found = Vec::new();
    let mut start = body;
    for list in lists {
        let end = units.partition_point(|u| u.lines.end <= list.start);
        found.push(start..end);
        start = start.max(units.partition_point(|u| u.lines.start < list.end));
    }
    found.push(start..units.len());
    found.retain(|r| r.start < r.end);
    found
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
        document.references.push(RawReference { label, text: joined.text, span, ..RawReference::default() });
    }
    if !list.ends_file {
        return;
    }
    let texts: Vec<String> = document.references.iter().map(|r| r.text.clone()).collect();
    let inside_character = !reasons.is_empty();
    let number = document.references.len();
    if let Some(last) = document.references.last_mut()
        && (inside_character || reference_list::is_cut(&texts))
    {
        last.cut = true;
        let from = last.text.char_indices().rev().nth(23).map_or(0, |(i, _)| i);
        reasons.push(format!("The file ends inside reference {number} (“…{}”).", &last.text[from..]));
        if document.doi.is_none() {
            reasons.push("The document's own DOI is not in what is there of it.".to_owned());
        }
    }
}

fn note(message: &str) -> Notice {
    Notice { message: message.to_owned(), span: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Skip to main content\n\nBirch Blight\n\n  • Reference work entry\nBook of Bark\n  • 9 Accesses\n\n\
        Birch blight is a disease of the bark (Roe 2001). It is rare and of little harm to the wood.\n\n\
        Synonyms and Related Disorders\n\nBark blight (dry, or wet)\n\nGenetics/Basic Defects\n\n  1. 1.\n\n    Dry blight \
        (Doe 1999)\n\n    1. a.\n\n      Common form\n\n    2. b.\n\n      Damage\n\n      1. i.\n\n        Frost\n\n  \
        2. 2.\n\n    Wet blight\n\n      ...\n\nThis is a preview of subscription content, log in to check access.\n\nAccess \
        this chapter\n\nInstitutional subscriptions\n\nReferences\n\n  • Doe, A. (1999). Bark. Wood, 1, 4–7.\n\n    \
        Article  Google Scholar \n\n  • Roe, J. (2001). Blight. Wood, 3, 1–2.\n\n    Google Scholar \n\nDownload \
        references\n\nRights and permissions\n\nCite this entry\n\n(2012). Birch Blight. In: Poe, B. (eds) Book of Bark. \
        Wood, Oslo. https://doi.org/10.1234/x_3\n\nDownload citation\n\nPolicies and ethics";

    fn read_text(text: &str) -> Document {
        read(text.as_bytes(), &ReadOptions::default()).unwrap()
    }

    fn claims(document: &Document) -> Vec<String> {
        let path = |c: &crate::document::Claim| c.path.iter().map(ToString::to_string).collect::<Vec<_>>().join(">");
        document.claims.iter().map(|c| format!("{}|{}", path(c), c.text)).collect()
    }

    #[test]
    fn a_short_entry() {
        let page = "Oak Blight\n\n  • Reference work entry\nBook of Bark\n\nOak blight is rare and mild.\n\nCauses\n\n  \
            1. 1.\n\n    Frost\n\n  2. 2.\n\n    Drought\n\nReferences\n\n  • Doe, A. (1999). Bark. Wood, 1, 4–7.\n\n  \
            • Roe, J. (2001). Blight. Wood, 3, 1–2.\n\nDownload references\n";
        let document = read_text(page);
        assert_eq!(claims(&document), ["|Oak blight is rare and mild.", "Causes>1|Frost", "Causes>2|Drought"]);
        assert!(document.completeness.is_complete() && document.references.len() == 2);
    }

    #[test]
    fn an_entry_of_a_reference_work() {
        let document = read_text(PAGE);
        let expected = [
            "|Birch blight is a disease of the bark (Roe 2001).",
            "|It is rare and of little harm to the wood.",
            "Synonyms and Related Disorders|Bark blight (dry, or wet)",
            "Genetics/Basic Defects>1|Dry blight (Doe 1999)",
            "Genetics/Basic Defects>1>a|Common form",
            "Genetics/Basic Defects>1>b|Damage",
            "Genetics/Basic Defects>1>b>i|Frost",
            "Genetics/Basic Defects>2|Wet blight",
        ];
        assert_eq!(claims(&document), expected);
        let parents: Vec<Option<usize>> = document.claims.iter().map(|c| c.parent).collect();
        assert_eq!(parents, [None, None, None, None, Some(3), Some(3), Some(5), None]);
        let references: Vec<&str> = document.references.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(references, ["Doe, A. (1999). Bark. Wood, 1, 4–7.", "Roe, J. (2001). Blight. Wood, 3, 1–2."]);
        let sections: Vec<&str> = document.sections.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(sections, ["Synonyms and Related Disorders", "Genetics/Basic Defects", "References"]);
        assert_eq!(document.doi.as_ref().unwrap().as_str(), "10.1234/x_3");
        assert!(!document.completeness.is_complete() && document.notices.is_empty());
        let of_span =
            |span: crate::text::Span| PAGE.chars().skip(span.start).take(span.end - span.start).collect::<String>();
        assert_eq!(of_span(document.claims[6].span), "Frost");
        assert_eq!(of_span(document.references[1].span), "Roe, J. (2001). Blight. Wood, 3, 1–2.");
        assert_eq!(of_span(document.sections[0].span), "Synonyms and Related Disorders");
    }

    #[test]
    fn the_same_without_indentation_or_with_other_line_ends() {
        let expected = claims(&read_text(PAGE));
        let flat: String = PAGE.lines().map(|l| format!("{}\n", l.trim())).collect();
        assert_eq!(claims(&read_text(&flat)), expected);
        assert_eq!(claims(&read_text(&PAGE.replace('\n', "\r\n"))), expected);
        assert_eq!(claims(&read_text(&PAGE.replace(". ", ".\u{2009}\u{a0}"))), expected);
    }

    #[test]
    fn cut_files() {
        let end = PAGE.find("Wood, 3").unwrap() + 2;
        let document = read_text(&PAGE[..end]);
        assert!(document.references[1].cut && !document.references[0].cut);
        let Completeness::Incomplete { reason } = document.completeness else { panic!("it is cut") };
        assert!(reason.contains("inside reference 2") && reason.contains("DOI"), "{reason}");
        let inside = &PAGE.as_bytes()[..PAGE.find("4–7").unwrap() + 2];
        let document = read(inside, &ReadOptions::default()).unwrap();
        assert!(document.references[0].cut && document.notices[0].message.contains("UTF-8"));
    }

    #[test]
    fn no_reference_list() {
        let document = read_text(&PAGE[..PAGE.find("References\n").unwrap()]);
        assert!(document.notices[0].message.contains("--references-heading"));
        assert_eq!(document.claims.len(), 8);
        let own = "Works used for this\n\nDoe, A. (1999). Bark. Wood, 1, 4–7.";
        let options =
            ReadOptions { reference_heading: Some("works used for this".to_owned()), ..ReadOptions::default() };
        assert_eq!(read(own.as_bytes(), &options).unwrap().references.len(), 1);
    }

    #[test]
    fn lost_line_breaks() {
        let long = "Birch bark is light. ".repeat(10_000);
        let document = read_text(&long);
        assert!(document.claims.is_empty() && !document.completeness.is_complete());
        assert!(document.notices[0].message.contains("line breaks"));
        assert!(read_text(&long[..4000]).notices[0].message.contains("one line"));
    }

    #[test]
    fn deep_outlines_keep_their_depth() {
        let markers = ["1.", "a.", "i.", "a)"];
        let deep: String = (0..300).map(|i| format!("{}{} item {i}\n", " ".repeat(2 * i), markers[i % 4])).collect();
        let document = read_text(&deep);
        assert_eq!(document.claims.len(), 300);
        assert_eq!((document.claims[299].path.len(), document.claims[299].parent), (300, Some(298)));
    }

    #[test]
    fn an_article() {
        let text = "The Bark of the Birch\n\nJane Roe\n\n1 Introduction\n\nBark is used for boats in the north and\nfor \
                    roofs of houses in all the other\nparts [1]. It is light.\n\n2. Methods\n\n2.1 Sites\n\nWe went to \
                    three sites:\n\n- Oslo\n- Bergen\n  a) north\n\nFig. 1\n\n(a) A site. (b) The same.\n\nFull size image\n\n\
                    Acknowledgements\n\nWe thank all.\n\n7. References\n[1] J. Roe, \"Bark,\" Wood, 2001.";
        let document = read_text(text);
        let expected = [
            "1 Introduction|Bark is used for boats in the north and for roofs of houses in all the other parts [1].",
            "1 Introduction|It is light.",
            "2. Methods>2.1 Sites|We went to three sites:",
            "2. Methods>2.1 Sites|Oslo",
            "2. Methods>2.1 Sites|Bergen",
            "2. Methods>2.1 Sites>a|north",
            "2. Methods>2.1 Sites|(a) A site. (b) The same.",
        ];
        assert_eq!(claims(&document), expected);
        assert_eq!(document.references[0].label.as_deref(), Some("1"));
        assert_eq!(document.title.as_deref(), Some("The Bark of the Birch"));
    }

    #[test]
    fn code_and_footnotes() {
        let page = "Bark\n\nBark is old (Roe 2001).\n\n    burn(bark, n = 3)\n\n    [1] 2 1\n\nReferences\n\nDoe, A. (1999). \
            Bark. Wood, 1, 4–7.\n\nRoe, J. (2001). Blight. Wood, 3, 1–2.\n\n-----------\n\n1.  Trees were cut in winter, \
            says Doe (1999).↩︎\n\n2.  Nobody knows why.↩︎\n";
        let document = read_text(page);
        let claims: Vec<&str> = document.claims.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(claims.len(), 3, "{claims:?}");
        assert!(claims[0].starts_with("Bark is old") && claims[1].starts_with("Trees were cut"), "{claims:?}");
        assert_eq!(document.references.len(), 2);
    }

    #[test]
    fn numbers_of_notes() {
        let list = "Poe, Bernd. Oak Boats of the Northern Coast. Quay Press, 1998.\n\nRoe, Jane. “The Bark of Birches.” \
            Annals of Wood 3, no. 2 (2001): 4–17.";
        let notes =
            "[1] Jane Roe, “The Bark of Birches,” Annals of Wood 3 (2001): 5.\n\n[2] Ibid., 7.\n\n[3] Tar was dear.";
        let text = "Bark\n\nBark is old.[1] It burns,[2] like tar.[3]\n\n";
        for page in [
            format!("{text}Bibliography\n\n{list}\n\n{notes}\n"),
            format!("{text}Notes\n\n{notes}\n\nBibliography\n\n{list}\n"),
        ] {
            let document = read_text(&page);
            assert_eq!(document.references.len(), 2, "{page}");
            let works: Vec<(u32, Vec<usize>)> = document.notes.into_iter().map(|n| (n.number, n.works)).collect();
            assert_eq!(works, [(1, vec![1]), (2, vec![1]), (3, vec![])], "{page}");
            assert!(document.claims.iter().all(|c| !c.text.contains("Ibid")), "{page}");
        }
    }
}
