//! The reference list: where it is, and where each of its entries begins and ends.

use std::ops::Range;

use super::entry::{self, Label};
use super::furniture::{self, Furniture};
use super::headings::{self, ListName};
use super::join::{Joined, Joiner};
use super::lines::{Line, Wraps};

/// A reference list found in a document.
#[derive(Debug)]
pub(super) struct ReferenceList {
    /// The line of its heading; none where its form alone shows it.
    pub heading: Option<usize>,
    /// Lines of the entries.
    pub lines: Range<usize>,
    pub entries: Vec<Entry>,
    /// Nothing follows the list in the file.
    pub ends_file: bool,
}

/// An entry: its label, and its text as (line, first byte within the line).
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub label: Option<String>,
    pub pieces: Vec<(usize, usize)>,
    labelled: bool,
}

impl Entry {
    /// The entry's text on one line.
    pub fn join(&self, lines: &[Line<'_>], joiner: &mut Joiner) -> Joined {
        let mut joined = Joined::default();
        for &(i, from) in &self.pieces {
            let piece = furniture::strip_link_labels(&lines[i].text[from..]);
            let (piece, skipped) = without_back_links(piece, joined.is_empty());
            joiner.add(&mut joined, piece, lines[i].start + from + skipped);
        }
        joined
    }

    fn last_line<'a>(&self, lines: &[Line<'a>]) -> &'a str {
        self.pieces.last().map_or("", |&(i, from)| &lines[i].text[from..])
    }

    fn first_line<'a>(&self, lines: &[Line<'a>]) -> &'a str {
        self.pieces.first().map_or("", |&(i, from)| &lines[i].text[from..])
    }
}

/// Wikipedia prints links back to the citations before an entry: "^ ^(a) ^(b) ".
fn without_back_links(text: &str, first: bool) -> (&str, usize) {
    let mut rest = text;
    if !first {
        return (text, 0);
    }
    while let Some(after) = rest.strip_prefix(['^', '↑']) {
        let after = match after.strip_prefix('(') {
            Some(inner) => match inner.find(')').filter(|&end| end <= 3) {
                Some(end) => &inner[end + 1..],
                None => break,
            },
            None => after,
        };
        rest = after.trim_start();
    }
    (rest, text.len() - rest.len())
}

/// The lists of works in a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub references: Option<ReferenceList>,
    /// Other lists, in the document's order: further reading, the references of another chapter.
    pub others: Vec<ReferenceList>,
}

/// Finds the reference list. Of several the one named by the user counts, then the one under the best name and with
/// the most entries.
pub(super) fn find(lines: &[Line<'_>], given: Option<&str>) -> Lists {
    let wraps = Wraps::of(lines);
    let named = (0..lines.len()).filter_map(|i| headings::reference_list(lines[i].text, given).map(|name| (i, name)));
    // A list ends where the next one is named, so all of this takes one pass.
    let mut found: Vec<(ListName, ReferenceList)> = named
        .map(|(i, name)| (name, read(lines, &wraps, i + 1, Some(i), given).without_links(lines)))
        .filter(|(name, list)| list.is_plausible(lines, *name))
        .collect();
    let best = (0..found.len()).max_by_key(|&i| (found[i].0, found[i].1.entries.len()));
    match best {
        Some(best) => {
            let references = Some(found.remove(best).1);
            Lists { references, others: found.into_iter().map(|(_, list)| list).collect() }
        }
        None => Lists { references: without_heading(lines, &wraps), others: Vec::new() },
    }
}

/// Entries at the end of a document under no heading, or one that is not known.
fn without_heading(lines: &[Line<'_>], wraps: &Wraps) -> Option<ReferenceList> {
    /// So many entries in a row are no accident.
    const ENOUGH: usize = 3;
    let is_strong = |line: &Line<'_>| {
        let (labelled, from) = entry::label(line.text).map_or((false, 0), |(_, n)| (true, n));
        let text = &line.text[from..];
        (labelled || line.after_blank || line.indent == 0)
            && entry::has_year(text)
            && entry::is_like_entry(text, labelled)
            && entry::begins_with_author(text)
    };
    let last = (0..lines.len()).rev().find(|&i| is_strong(&lines[i]))?;
    let mut first = last;
    let mut strong = 1;
    let mut i = last;
    // Lines between two entries: link labels, the rest of a wrapped entry.
    while i > 0 && first - i <= 8 {
        i -= 1;
        let line = &lines[i];
        if is_strong(line) {
            (first, strong) = (i, strong + 1);
        } else if ends_list(lines, i, None) {
            break;
        }
    }
    if strong < ENOUGH {
        return None;
    }
    let heading = first.checked_sub(1).filter(|&h| {
        let text = lines[h].text;
        lines[h].after_blank && headings::has_form(text) && text.split(' ').count() <= 4 && !text.contains(',')
    });
    let list = read(lines, wraps, first, heading, None).without_links(lines);
    (list.entries.len() >= ENOUGH && list.is_plausible(lines, ListName::References)).then_some(list)
}

impl ReferenceList {
    /// The lines of the list with its heading.
    pub fn span(&self) -> Range<usize> {
        self.heading.unwrap_or(self.lines.start)..self.lines.end
    }

    /// The list without the links that the page lists in the same form right after the references.
    fn without_links(mut self, lines: &[Line<'_>]) -> Self {
        let like = |e: &Entry| entry::is_like_entry(&e.whole(lines), e.labelled);
        let end = self.lines.end;
        if let Some(last) = self.entries.iter().rposition(|e| like(e) || e.first_line(lines).len() >= LINK)
            && last + 1 < self.entries.len()
            && (end < lines.len() || last + 2 < self.entries.len())
        {
            self.lines.end = self.entries[last + 1].pieces[0].0;
            self.entries.truncate(last + 1);
            self.ends_file = self.lines.end == lines.len();
        }
        self
    }

    fn is_plausible(&self, lines: &[Line<'_>], name: ListName) -> bool {
        let seen = self.entries.len().min(10);
        // "Notes" heads text as often as works.
        let dated = |e: &&Entry| name > ListName::FurtherReading || entry::has_year(&e.whole(lines));
        let like = self
            .entries
            .iter()
            .take(seen)
            .filter(dated)
            .filter(|e| entry::is_like_entry(&e.whole(lines), e.labelled))
            .count();
        // A file cut right after the heading has one piece of an entry, which shows by its bullet or number.
        let cut = self.ends_file && self.entries.len() == 1 && self.entries[0].labelled;
        like * 2 >= seen.max(1) || cut
    }
}

impl Entry {
    fn whole(&self, lines: &[Line<'_>]) -> String {
        let pieces: Vec<&str> = self.pieces.iter().take(12).map(|&(i, from)| &lines[i].text[from..]).collect();
        pieces.join(" ")
    }
}

/// What is shorter and not like an entry, at the end of a list, is a link and no work.
const LINK: usize = 30;

/// How the entries of a list are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Bullets,
    Numbers,
    BareNumbers,
    Brackets,
    Plain,
}

/// Reads the list that begins in line `start`.
fn read(lines: &[Line<'_>], wraps: &Wraps, start: usize, heading: Option<usize>, given: Option<&str>) -> ReferenceList {
    let mut end = start;
    while end < lines.len() && !ends_list(lines, end, given) {
        end += 1;
    }
    let is_own = |i: usize| !furniture::is_link_labels(lines[i].text) && lines[i].furniture.is_none();
    let own = || (start..end).filter(|&i| is_own(i));
    let Some(first) = own().next() else {
        return ReferenceList { heading, lines: start..end, entries: Vec::new(), ends_file: end == lines.len() };
    };
    let form = form(lines, first, own());
    let base = own().map(|i| lines[i].indent).min().unwrap_or(0);
    // Hanging indentation, or its reverse: entries begin in the lines that stand at the first line's column.
    let hangs = own().any(|i| !lines[i].after_blank && lines[i].indent != lines[first].indent);
    let first_indent = lines[first].indent;
    let mut entries: Vec<Entry> = Vec::new();
    let mut number = 0;
    let mut last = first;
    let mut after_labels = true;
    for i in start..end {
        let line = &lines[i];
        if !is_own(i) {
            after_labels = true;
            continue;
        }
        let boundary = line.after_blank || after_labels;
        let found = if form == Form::BareNumbers { entry::bare_number(line.text) } else { entry::label(line.text) };
        let open = entries.last().is_none_or(|e| e.is_open(lines));
        let starts = match (form, found) {
            (Form::Bullets, Some(_)) => boundary || line.indent <= first_indent + 1,
            (Form::Numbers | Form::BareNumbers, Some((Label::Number { value, .. }, _))) => {
                value == number + 1 || boundary && (value > number || value == 1)
            }
            (Form::Brackets, Some((Label::Bracket(_), _))) => true,
            (Form::Plain, _) if boundary => {
                (entries.is_empty() || !open)
                    && !entry::begins_inside_entry(line.text)
                    && line.indent <= first_indent.max(base + 1)
            }
            (Form::Plain, _) if hangs => line.indent == first_indent,
            (Form::Plain, _) => {
                let begins = entry::begins_with_author(line.text);
                !open && !entry::begins_inside_entry(line.text) && (begins || !wraps.is_full(last, &lines[last], line))
            }
            // An entry that lost its bullet or number.
            (_, None) => {
                boundary
                    && !open
                    && line.indent <= first_indent
                    && entry::begins_with_author(line.text)
                    && entry::has_year(line.text)
            }
            _ => false,
        };
        // The notes of a document, behind a list that has no numbers.
        if form == Form::Plain && boundary && !entries.is_empty() && i > start && begins_notes(&lines[i..]) {
            end = i;
            break;
        }
        // Below a list with labels, and set apart: text of the page.
        let is_below = form != Form::Plain
            && found.is_none()
            && !starts
            && line.after_blank
            && line.indent <= first_indent
            && !open
            && !entry::begins_inside_entry(line.text);
        if is_below && entries.last().is_some_and(|e| entry::ends_like_entry(e.last_line(lines))) {
            end = i;
            break;
        }
        after_labels = false;
        last = i;
        if starts || entries.is_empty() {
            let (label, from) = match found {
                Some((Label::Number { text, value }, from)) if form != Form::Plain => {
                    number = value;
                    (Some(text.to_owned()), from)
                }
                Some((Label::Bracket(text), from)) => (Some(text.to_owned()), from),
                Some((Label::Bullet, from)) => (None, from),
                _ => (None, 0),
            };
            entries.push(Entry { labelled: from > 0, label, pieces: vec![(i, from)] });
        } else if let Some(entry) = entries.last_mut() {
            entry.pieces.push((i, 0));
        }
    }
    entries.retain(|e| !e.first_line(lines).is_empty() || e.pieces.len() > 1);
    ReferenceList { heading, lines: start..end, entries, ends_file: end == lines.len() }
}

impl Entry {
    /// Whether the entry cannot end with what there is of it.
    fn is_open(&self, lines: &[Line<'_>]) -> bool {
        let Some(&(i, from)) = self.pieces.last() else { return true };
        let text = lines[i].text[from..].trim_end();
        text.is_empty()
            || text.ends_with([',', '&', '-', '–', ':', ';'])
            || text.ends_with(" and")
            || text.ends_with(" In")
    }
}

fn form(lines: &[Line<'_>], first: usize, own: impl Iterator<Item = usize>) -> Form {
    let text = lines[first].text;
    match entry::label(text) {
        Some((Label::Bullet, _)) => Form::Bullets,
        Some((Label::Number { .. }, _)) => Form::Numbers,
        Some((Label::Bracket(_), _)) => Form::Brackets,
        None => match entry::bare_number(text) {
            Some((Label::Number { value, .. }, _)) => {
                let next = |l: Label<'_>| matches!(l, Label::Number { value: v, .. } if v == value + 1);
                let mut rest = own.skip(1).filter_map(|i| entry::bare_number(lines[i].text));
                if rest.any(|(l, _)| next(l)) { Form::BareNumbers } else { Form::Plain }
            }
            _ => Form::Plain,
        },
    }
}

/// Whether line `i` is no part of a list any more: page furniture, or the heading of what comes next.
fn ends_list(lines: &[Line<'_>], i: usize, given: Option<&str>) -> bool {
    let line = &lines[i];
    // The link to all of them stands below the last one.
    if line.furniture == Some(Furniture::Line) && line.text.to_lowercase().ends_with("download references") {
        return true;
    }
    if furniture::is_link_labels(line.text) {
        return false;
    }
    match line.furniture {
        Some(Furniture::Line) => return false,
        Some(_) => return true,
        None => {}
    }
    if line.after_blank && furniture::is_of_document(line.text) || line.is_code || is_footnote(line.text) {
        return true;
    }
    // A rule sets the footnotes off from the list, or the list from its heading.
    if line.after_blank && is_rule(line.text) && i > 0 && headings::reference_list(lines[i - 1].text, given).is_none() {
        let next = lines.get(i + 1).map_or("", |l| l.text);
        let from = entry::label(next).map_or(0, |(_, n)| n);
        return !(entry::begins_with_author(&next[from..]) && entry::has_year(next));
    }
    if line.text.len() > 120 || entry::label(line.text).is_some() {
        return false;
    }
    if headings::reference_list(line.text, given).is_some() || headings::known(line.text).is_some() {
        return true;
    }
    let text = headings::without_edit_link(line.text);
    let alone = line.after_blank && lines.get(i + 1).is_none_or(|next| next.after_blank);
    text.len() < line.text.len()
        || alone
            && headings::has_form(text)
            && headings::is_title_case(text)
            && text.split(' ').count() <= 8
            && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ';'))
}

/// "-----"
fn is_rule(text: &str) -> bool {
    text.len() >= 5 && text.chars().all(|c| matches!(c, '-' | '_' | '*' | '—' | '─' | '='))
}

/// Whether the lines behind a list are the document's footnotes: below a rule, and numbered, or with arrows back.
pub(super) fn are_footnotes(lines: &[Line<'_>]) -> bool {
    let (rules, from) = match lines {
        [rule, ..] if is_rule(rule.text) => (true, 1),
        _ => (false, 0),
    };
    lines.get(from).is_some_and(|l| {
        let is_first = matches!(entry::label(l.text), Some((Label::Number { value: 1, .. }, _)));
        rules && is_first || is_footnote(l.text)
    })
}

/// A note has no more lines.
const LONGEST_NOTE: usize = 40;

/// Whether a numbered list from 1 on begins in the first of these lines.
fn begins_notes(lines: &[Line<'_>]) -> bool {
    let number = |line: &Line<'_>| entry::label(line.text).and_then(|(label, _)| value(label));
    let mut next = lines.iter().skip(1).take(LONGEST_NOTE).filter(|l| l.after_blank);
    lines.first().is_some_and(|first| number(first) == Some(1)) && next.next().is_none_or(|l| number(l) == Some(2))
}

/// The number of a label: 3 of "3." and of "[3]".
fn value(label: Label<'_>) -> Option<u32> {
    match label {
        Label::Number { value, .. } => Some(value),
        Label::Bracket(text) => text.parse().ok(),
        Label::Bullet => None,
    }
}

/// The notes of a document beside its list of works: under a heading of their own, or right behind the list.
pub(super) fn notes(lines: &[Line<'_>], references: &ReferenceList) -> Option<ReferenceList> {
    // A list that prints numbers is what numbers mean.
    if references.entries.iter().any(|e| e.label.is_some()) {
        return None;
    }
    let wraps = Wraps::of(lines);
    let is_named = |line: &Line<'_>| {
        line.text.len() < 40
            && matches!(
                crate::text::fold(headings::unnumbered(line.text)).as_str(),
                "notes" | "endnotes" | "footnotes" | "anmerkungen" | "endnoten" | "fussnoten"
            )
    };
    let named = (0..lines.len()).find(|&i| is_named(&lines[i]) && begins_notes(&lines[i + 1..]));
    if let Some(heading) = named {
        return Some(read(lines, &wraps, heading + 1, Some(heading), None));
    }
    let rule = lines.get(references.lines.end).is_some_and(|l| is_rule(l.text));
    let start = references.lines.end + usize::from(rule);
    lines.get(start..).is_some_and(begins_notes).then(|| read(lines, &wraps, start, None, None))
}

impl ReferenceList {
    /// The texts of the entries with their numbers.
    pub fn numbered(&self, lines: &[Line<'_>]) -> Vec<(u32, String)> {
        let number = |e: &Entry| e.label.as_deref().and_then(|l| l.parse().ok());
        self.entries.iter().filter_map(|e| Some((number(e)?, e.whole(lines)))).collect()
    }

    /// The texts of the entries.
    pub fn texts(&self, lines: &[Line<'_>]) -> Vec<String> {
        self.entries.iter().map(|e| e.whole(lines)).collect()
    }
}

/// Whether a line ends with the arrow back to where a footnote is marked.
fn is_footnote(text: &str) -> bool {
    text.trim_end_matches('\u{fe0e}').ends_with('↩')
}

/// Whether the file ends inside the last entry, judged by how it and the entries before it end.
pub(super) fn is_cut(texts: &[String]) -> bool {
    let Some((last, others)) = texts.split_last() else { return false };
    if !entry::ends_like_entry(last) {
        return true;
    }
    let share = |holds: &dyn Fn(&String) -> bool| {
        others.len() >= 3 && others.iter().filter(|t| holds(t)).count() * 5 >= others.len() * 4
    };
    let stops = |t: &String| t.ends_with('.');
    let word = last.rsplit(' ').next().unwrap_or("");
    let is_link = word.contains("://") || word.contains("10.") || word.starts_with("www.");
    !stops(last) && !is_link && share(&stops) || !entry::has_year(last) && share(&|t| entry::has_year(t))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn entries(text: &str) -> Vec<String> {
        let lines = lines(text);
        let mut joiner = Joiner::new(text, &lines);
        let Some(list) = find(&lines, None).references else { return Vec::new() };
        let show = |e: &Entry, j: &mut Joiner| {
            let text = e.join(&lines, j).text;
            e.label.as_ref().map_or(text.clone(), |l| format!("{l}|{text}"))
        };
        list.entries.iter().map(|e| show(e, &mut joiner)).collect()
    }

    const ROE: &str = "Roe, J. (2001). Birch bark. Wood, 3, 4–7.";
    const DOE: &str = "Doe, A., & Poe, B. (1999). Alder. Wood, 1, 12–19.";

    #[test]
    fn forms_of_lists() {
        for (text, expected) in [
            (format!("References\n\n  • {ROE}\n\n    Article  PubMed\n\n  • {DOE}\n\nDownload references"), [ROE, DOE]),
            (format!("Literatur\n{ROE}\n{DOE}"), [ROE, DOE]),
            (format!("Works Cited\n\n{ROE}\n\n    Google Scholar\n\n{DOE}\n\nRights and permissions"), [ROE, DOE]),
            (format!("References\n\nReferences\n\n{ROE} [Google Scholar]\n\n{DOE}Article"), [ROE, DOE]),
        ] {
            assert_eq!(entries(&text), expected, "{text}");
        }
        for text in [
            format!("References\n1. {ROE}\n2. {DOE}"),
            format!("References\n\n1.\n\n{ROE}\n\n2.\n\n{DOE}"),
            format!("References\n[1] {ROE}\n[2] {DOE}"),
            format!("References\n1 {ROE}\n2 {DOE}"),
        ] {
            assert_eq!(entries(&text), [format!("1|{ROE}"), format!("2|{DOE}")], "{text}");
        }
    }

    #[test]
    fn wrapped_entries() {
        let hanging = "References\nRoe, J. (2001). Birch bark as a material of the\n  north. Wood, 3, 4–\n  7.\n\
                       Doe, A. (1999). Alder. At http://example.org/\n  alder/tree";
        let expected = [
            "Roe, J. (2001). Birch bark as a material of the north. Wood, 3, 4–7.",
            "Doe, A. (1999). Alder. At http://example.org/alder/tree",
        ];
        assert_eq!(entries(hanging), expected);
        let flush = "References\nRoe, J. (2001). Birch bark as a material of the north.\nWood, 3, 4–7.\nDoe, A. (1999). \
                     Alder and its many uses. Wood, 1, 1–2.";
        assert_eq!(entries(flush).len(), 2);
    }

    #[test]
    fn no_list() {
        assert!(entries("Sections\nFigures\nReferences\nAbstract\nData availability").is_empty());
        assert!(entries("Text.\n\nDownload references\n\nEditor information").is_empty());
        assert_eq!(entries(&format!("Text of a page.\n\nQuellen und mehr\n\n{ROE}\n\n{DOE}\n\n{ROE}")).len(), 3);
    }

    #[test]
    fn cut_entries() {
        let cut = |last: &str| is_cut(&[ROE.to_owned(), DOE.to_owned(), ROE.to_owned(), last.to_owned()]);
        assert!(
            cut("Poe, B. (1998). Oak. Journal of Wo") && cut("Poe, B., Roe, J.") && cut("Poe, B. (1998). Oak. Wood, 4")
        );
        assert!(!cut(ROE) && !cut("Poe, B. (1998). Oak. http://example.org/oak"));
    }
}
