//! Paragraphs → claims and references.

use super::super::compose::{Composer, EntryMarks};
use super::super::rich::Rich;
use super::super::{Document, Marking, RawReference, ReadError, ReadOptions, entry, furniture, headings};
use super::numbering::{Label, Numbering};
use super::styles::Role;
use super::walk::{Paragraph, Place};
use super::works::{self, Works};
use super::{bookmark_id, work_id};
use crate::work::{Doi, Field, Work};

/// Makes a document of the paragraphs of `text`.
pub(super) fn compose(
    text: &str,
    paragraphs: Vec<Paragraph>,
    works: &Works,
    numbering: Numbering,
    options: &ReadOptions,
) -> Result<Document, ReadError> {
    if paragraphs.is_empty() {
        return Err(ReadError::Empty);
    }
    let given = options.reference_heading.as_deref();
    let composer = Composer::new(text, given);
    // Where headings have their style, bold lines are none.
    let has_headings = paragraphs.iter().any(|p| matches!(p.role, Role::Heading(_)));
    let mut reader =
        Reader { composer, numbering, given, has_headings, levels: Vec::new(), in_abstract: false, begun: false };
    for paragraph in paragraphs {
        reader.paragraph(paragraph);
    }
    let mut composer = reader.composer;
    composer.document.marking = Marking::Partial;
    bind(&mut composer, works);
    Ok(composer.finish())
}

/// Gives the printed entries the records they print, and lists what is cited without being printed.
fn bind(composer: &mut Composer<'_>, works: &Works) {
    let printed = works.printed_as(&composer.entries());
    let mut listed = std::collections::HashSet::new();
    for (entry, work) in printed.into_iter().enumerate() {
        if let Some(work) = work {
            listed.insert(work);
            composer.recognise(entry, works.get(work), work_id(work));
        }
    }
    for work in works.cited().filter(|w| !listed.contains(w)) {
        let record = works.get(work);
        let reference =
            RawReference { text: works::printed(record), known: Some(record.clone()), ..RawReference::default() };
        composer.reference(reference, [work_id(work)], 0..0);
    }
}

struct Reader<'s, 'o> {
    composer: Composer<'s>,
    numbering: Numbering,
    given: Option<&'o str>,
    has_headings: bool,
    /// The levels of the open items.
    levels: Vec<usize>,
    /// In an abstract that has no heading but its style.
    in_abstract: bool,
    /// The text has begun: what stands before its first heading or sentence is about its authors.
    begun: bool,
}

impl Reader<'_, '_> {
    fn paragraph(&mut self, paragraph: Paragraph) {
        let rich = &paragraph.rich;
        if paragraph.in_list_of_works && !matches!(paragraph.role, Role::Heading(_) | Role::Title) {
            return self.entry(&paragraph);
        }
        if paragraph.place != Place::Text {
            self.close_items(0);
            if paragraph.place == Place::Row && rich.text.contains(char::is_alphabetic) {
                self.composer.expect(marks(&paragraph, None));
                self.composer.whole(rich);
            }
            return;
        }
        if let Some(depth) = self.heading_depth(&paragraph) {
            (self.begun, self.in_abstract) = (true, false);
            self.levels.clear();
            // Headings are numbered with the lists, and count in them.
            if let Some(list) = &paragraph.list {
                self.numbering.next(list);
            }
            return self.composer.heading(depth, &rich.text, rich.source(0..rich.text.len()));
        }
        match paragraph.role {
            Role::Contents | Role::FrontMatter => return,
            Role::Title => {
                self.composer.document.title.get_or_insert_with(|| rich.text.clone());
                return;
            }
            Role::Reference => return self.entry(&paragraph),
            Role::Abstract if !self.begun && !self.in_abstract => {
                self.composer.heading(1, "Abstract", 0..0);
                self.in_abstract = true;
            }
            Role::Abstract | Role::Heading(_) | Role::Text => {}
        }
        if self.in_abstract && paragraph.role == Role::Text {
            self.in_abstract = false;
            self.composer.leave_sections();
        }
        self.text(&paragraph);
    }

    fn text(&mut self, paragraph: &Paragraph) {
        let rich = &paragraph.rich;
        let label = paragraph.list.as_ref().map(|list| (list.level, self.numbering.next(list)));
        match label {
            // It goes on in the item of its level.
            Some((level, Some(Label::Nothing))) => {
                self.close_items(level + 1);
                self.composer.expect(marks(paragraph, None));
                self.composer.paragraph(rich);
            }
            Some((level, label)) => {
                self.begun = true;
                self.close_items(level);
                self.levels.push(level);
                let (own, printed) = match label {
                    Some(Label::Number { own, printed }) => (Some(own), Some(bare(&printed))),
                    _ => (None, None),
                };
                self.composer.expect(marks(paragraph, printed));
                self.composer.open_item(own, rich);
            }
            None => {
                if !paragraph.is_indented {
                    self.close_items(0);
                }
                // Names and addresses under the title end in no full stop.
                let is_statement = rich.text.ends_with(['.', '!', '?', ':', ';', ')', ']', '”', '"', '…'])
                    || !rich.cites.is_empty()
                    || !rich.raised.is_empty();
                if !self.begun && !is_statement && self.composer.document.title.is_some() {
                    return;
                }
                self.begun |= rich.text.ends_with('.') && rich.text.len() > 200;
                self.composer.expect(marks(paragraph, None));
                self.composer.paragraph(rich);
            }
        }
    }

    /// An entry of the reference list, by its field or style.
    fn entry(&mut self, paragraph: &Paragraph) {
        self.close_items(0);
        let rich = &paragraph.rich;
        // A program may print a heading or a remark with its list.
        if headings::reference_list(&rich.text, self.given).is_some() {
            return self.composer.heading(1, &rich.text, rich.source(0..rich.text.len()));
        }
        let text = furniture::strip_link_labels(&rich.text);
        let (mut label, from) = match entry::label(text).or_else(|| entry::bare_number(text)) {
            Some((entry::Label::Number { text, .. } | entry::Label::Bracket(text), from)) => {
                (Some(text.to_owned()), from)
            }
            Some((entry::Label::Bullet, from)) => (None, from),
            None => (None, 0),
        };
        if let Some(Label::Number { printed, .. }) = paragraph.list.as_ref().and_then(|l| self.numbering.next(l)) {
            label = label.or(Some(bare(&printed)));
        }
        if !text[from..].contains(char::is_alphabetic) {
            return;
        }
        let EntryMarks { ids, known, .. } = marks(paragraph, None);
        let reference = RawReference { label, text: text[from..].to_owned(), known, ..RawReference::default() };
        self.composer.reference(reference, ids, rich.source(from..text.len()));
    }

    /// Closes the items of this level and deeper ones.
    fn close_items(&mut self, level: usize) {
        while self.levels.last().is_some_and(|l| *l >= level) {
            self.levels.pop();
            self.composer.close_item();
        }
    }

    /// The depth of a heading: by its style, or of a short bold line where no heading has one, or by a usual name.
    fn heading_depth(&mut self, paragraph: &Paragraph) -> Option<usize> {
        let Rich { text, cites, .. } = &paragraph.rich;
        if let Role::Heading(depth) = paragraph.role {
            return Some(depth);
        }
        if paragraph.role != Role::Text || !cites.is_empty() || !headings::has_form(text) {
            return None;
        }
        let is_usual = headings::known(text).is_some() || headings::reference_list(text, self.given).is_some();
        let numbered = headings::number_depth(text).max(1);
        if is_usual && (paragraph.is_bold || !self.has_headings || paragraph.list.is_none()) {
            return Some(numbered);
        }
        if self.has_headings || !paragraph.is_bold || paragraph.list.is_some() {
            return None;
        }
        // The first bold line of a document without styles is its title.
        if !self.begun && self.composer.document.title.is_none() {
            self.composer.document.title = Some(text.clone());
            return None;
        }
        Some(numbered)
    }
}

/// "[3]", "3." and "(3)" without their signs.
fn bare(printed: &str) -> String {
    printed.trim_matches(['[', ']', '(', ')', '.', ' ']).to_owned()
}

/// What the markup of a paragraph says of the entry it may be.
fn marks(paragraph: &Paragraph, label: Option<String>) -> EntryMarks {
    let ids = paragraph.bookmarks.iter().map(|b| bookmark_id(b)).collect();
    EntryMarks { ids, label, known: identifiers(paragraph) }
}

/// The DOI and PubMed number that stand only in the links of an entry.
fn identifiers(paragraph: &Paragraph) -> Option<Work> {
    let mut work = Work::default();
    let mut dois: Vec<Doi> =
        paragraph.links.iter().filter(|l| l.contains("doi.org/")).filter_map(|l| l.parse().ok()).collect();
    dois.dedup();
    // Of two different ones it is not known which is the entry's.
    if let [doi] = &dois[..] {
        work.set(Field::Doi, doi.as_str());
    }
    for link in &paragraph.links {
        let number = link.split_once("pubmed.ncbi.nlm.nih.gov/").or_else(|| link.split_once("/pubmed/"));
        let digits: String = number.map(|n| n.1.chars().take_while(char::is_ascii_digit).collect()).unwrap_or_default();
        if !digits.is_empty() {
            work.set(Field::Pmid, digits);
        }
    }
    (work != Work::default()).then_some(work)
}
