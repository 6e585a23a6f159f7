//! All citations of a document, resolved to its reference list.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::author_year::{FoundCitation, find};
use super::back_reference;
use super::brackets::{Shape, brackets};
use super::list::{Fit, ReferenceList};
use super::numeric::{Group, Item, in_brackets};
use super::order::admitted;
use super::plain_digits::{Plain, from_digits};
use super::raised::{from_runs, runs_in_text};
use super::resolve::{Answer, names, resolve};
use super::style::{Evidence, NumberStyle, Signs, Style, detect};
use super::{CitedYear, CitingNote, ListedReference, Mention, MentionForm, NearMiss, Passage, Status, Superscripts};
use crate::text::ScalarOffsets;

/// The citations of a document and what they point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    pub style: Style,
    /// Parallel to the passages; in printed order.
    pub mentions: Vec<Vec<Mention>>,
    /// Pairs (first, copy) of references that print one work twice. Citations are linked to the first.
    pub duplicates: Vec<(usize, usize)>,
}

/// Finds the citations of all passages of a document, in their order, and resolves them to its reference list.
pub fn link(references: &[ListedReference<'_>], passages: &[Passage<'_>]) -> Links {
    link_through(references, passages, &[])
}

/// Like [`link`], for a document whose numbers are those of notes that name works of the list; without notes they are the
/// list's.
pub fn link_through(references: &[ListedReference<'_>], passages: &[Passage<'_>], notes: &[CitingNote]) -> Links {
    let list = ReferenceList::new(references).through_notes(notes);
    let mut read: Vec<Read<'_>> = passages.iter().map(|p| Read::of(p, &list)).collect();
    weigh(&list, read.iter_mut().flat_map(|r| &mut r.by_authors));
    drop_indexed(&mut read);
    let plain: Vec<&Plain> = read.iter().flat_map(|r| &r.plain).collect();
    let admitted = admitted(&plain, list.highest_number());
    let style = style(&list, &read, &plain, &admitted);
    let mut admitted = admitted.into_iter();
    let mut mentions: Vec<Vec<Mention>> =
        read.into_iter().map(|passage| passage.mentions(&list, style, &mut admitted)).collect();
    let texts: Vec<&str> = passages.iter().map(|p| p.text).collect();
    back_reference::resolve_all(&list, &texts, &mut mentions);
    Links { style, mentions, duplicates: list.duplicates }
}

/// A passage with everything in it that has the form of a citation.
struct Read<'a> {
    text: &'a str,
    by_authors: Vec<(FoundCitation, Answer)>,
    square: Vec<Group>,
    round: Vec<Group>,
    superscript: Vec<Group>,
    plain: Vec<Plain>,
}

impl<'a> Read<'a> {
    fn of(passage: &Passage<'a>, list: &ReferenceList) -> Self {
        let text = passage.text;
        let all = brackets(text);
        let by_authors =
            find(text, &all).into_iter().filter_map(|found| resolve(list, &found).map(|a| (found, a))).collect();
        // "(3a)" names a compound where the list has no such reference.
        let listed = |mut groups: Vec<Group>| {
            groups.retain(|group| {
                group.items.iter().all(|item| item.letters.is_none() || lettered(list, item).is_some())
            });
            groups
        };
        // A document whose markup is known may print its numbers without any.
        let superscript = match &passage.superscripts {
            Superscripts::Known(runs) => from_runs(text, runs),
            Superscripts::Lost => from_runs(text, &runs_in_text(text)),
        };
        Self {
            text,
            by_authors,
            square: listed(in_brackets(text, &all, Shape::Square)),
            round: listed(in_brackets(text, &all, Shape::Round)),
            superscript: listed(superscript),
            plain: from_digits(text),
        }
    }
}

/// Takes out the indices of variables, "t[1]", from a document that sets its citations off from its words.
fn drop_indexed(read: &mut [Read<'_>]) {
    let mut glued: HashMap<(&str, u32), usize> = HashMap::new();
    let mut all = 0;
    for passage in &*read {
        all += passage.square.len();
        for (word, group) in passage.square.iter().filter_map(|g| Some((variable(passage.text, g)?, g))) {
            *glued.entry((word, group.highest())).or_default() += 1;
        }
    }
    let words = glued.values().sum::<usize>();
    let mostly_glued = read.iter().flat_map(|r| r.square.iter().map(|g| r.text[..g.range.start].chars().next_back()));
    let behind_words = mostly_glued.filter(|c| c.is_some_and(char::is_alphanumeric)).count() - words;
    if behind_words * 2 > all.saturating_sub(words) {
        return;
    }
    for passage in read {
        let text = passage.text;
        let is_index = |g: &Group| {
            variable(text, g).is_some_and(|w| w.chars().count() == 1 || glued.get(&(w, g.highest())) > Some(&1))
        };
        passage.square.retain(|g| !is_index(g));
    }
}

/// No index of a variable is higher in prose.
const HIGHEST_INDEX: u32 = 5;

/// The letter, or the two small ones, that a bracket with one low number stands right behind.
fn variable<'a>(text: &'a str, group: &Group) -> Option<&'a str> {
    let before = &text[..group.range.start];
    let start = before.char_indices().rev().take(3).take_while(|(_, c)| c.is_alphanumeric()).last()?.0;
    let word = &before[start..];
    let names = match word.chars().count() {
        1 => word.chars().all(char::is_alphabetic),
        2 => word.chars().all(char::is_lowercase) && word != "al",
        _ => false,
    };
    (names && group.items.len() == 1 && group.highest() <= HIGHEST_INDEX).then_some(word)
}

/// Corrects answers by what the rest of the document cites.
///
/// A work that is cited exactly elsewhere is not meant where its authors are cited in another way; and what is printed
/// twice is no slip of the pen.
fn weigh<'a>(list: &ReferenceList, citations: impl Iterator<Item = &'a mut (FoundCitation, Answer)>) {
    let mut citations: Vec<&mut (FoundCitation, Answer)> = citations.collect();
    let mut exact: HashSet<usize> = HashSet::new();
    let mut forms: HashMap<(String, CitedYear), usize> = HashMap::new();
    for (found, answer) in citations.iter().map(|c| &**c) {
        if answer.fit == Some(Fit::Exact) && answer.status == Status::Resolved {
            exact.extend(&answer.refs);
        }
        if answer.near_miss == Some(NearMiss::Year) {
            *forms.entry((names(found, answer.start).join(" "), found.year)).or_default() += 1;
        }
    }
    for (found, answer) in citations.iter_mut().map(|c| &mut **c) {
        let other_work = answer.fit == Some(Fit::Loose)
            && found.authors.et_al
            && answer.refs.iter().all(|r| exact.contains(r) && list.entries[*r].names.len() == 2);
        if other_work {
            answer.how =
                "the work of that year in the list has two authors and is cited with both elsewhere".to_owned();
            answer.candidates = std::mem::take(&mut answer.refs);
            answer.status = Status::Unresolved;
        }
        if answer.near_miss == Some(NearMiss::Year) {
            let times = forms.get(&(names(found, answer.start).join(" "), found.year)).copied().unwrap_or(0);
            if times > 1 && answer.candidates.iter().all(|c| exact.contains(c)) {
                answer.near_miss = None;
                answer.how.push_str(&format!(", but this citation is printed {times} times"));
            }
        }
    }
}

fn style(list: &ReferenceList, read: &[Read<'_>], plain: &[&Plain], admitted: &[bool]) -> Style {
    let highest = list.highest_number();
    let by_authors: HashSet<usize> = read
        .iter()
        .flat_map(|r| &r.by_authors)
        .filter(|(_, a)| a.status == Status::Resolved)
        .flat_map(|(_, a)| a.refs.iter().copied())
        .collect();
    let plain = plain.iter().zip(admitted).filter(|(_, a)| **a).map(|(p, _)| &p.group);
    detect(&Signs {
        listed: list.entries.len(),
        unnumbered: !list.is_numbered,
        by_authors: by_authors.len(),
        square: Evidence::of(read.iter().flat_map(|r| &r.square), highest),
        round: Evidence::of(read.iter().flat_map(|r| &r.round), highest),
        superscript: Evidence::of(read.iter().flat_map(|r| &r.superscript), highest),
        plain: Evidence::of(plain, highest),
    })
}

impl Read<'_> {
    fn mentions(self, list: &ReferenceList, style: Style, admitted: &mut impl Iterator<Item = bool>) -> Vec<Mention> {
        let plain: Vec<Group> =
            self.plain.into_iter().filter(|_| admitted.next() == Some(true)).map(|p| p.group).collect();
        let numbered: Vec<Group> = match style.numbers {
            None => vec![],
            Some(NumberStyle::Square) => self.square,
            Some(NumberStyle::Round) => self.round,
            Some(NumberStyle::Superscript) => self.superscript,
            Some(NumberStyle::LostSuperscript) => plain,
        };
        let mut found: Vec<(Range<usize>, Mention)> = Vec::new();
        if style.author_year {
            for (citation, answer) in self.by_authors {
                let range = citation.range(answer.start.name, answer.start.word);
                found.push((range, by_authors(answer)));
            }
        }
        for group in numbered {
            found.extend(by_number(list, &group));
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        let mut offsets = ScalarOffsets::new(self.text);
        let place = |(range, mut mention): (Range<usize>, Mention)| {
            mention.text = self.text[range.clone()].to_owned();
            mention.span = offsets.span(range);
            mention
        };
        found.into_iter().map(place).collect()
    }
}

fn by_authors(answer: Answer) -> Mention {
    Mention {
        text: String::new(),
        span: crate::text::Span::default(),
        form: MentionForm::AuthorYear,
        refs: answer.refs,
        candidates: answer.candidates,
        status: answer.status,
        how: answer.how,
        near_miss: answer.near_miss,
    }
}

/// The references that a number with letters names; nothing where the list has not all of them.
fn lettered(list: &ReferenceList, item: &Item) -> Option<Vec<usize>> {
    let (first, last) = item.letters?;
    (first..=last).map(|letter| list.lettered(item.first, letter)).collect()
}

/// A mention for each number or range of a group. A group that is far outside the list is no citation.
fn by_number(list: &ReferenceList, group: &Group) -> Vec<(Range<usize>, Mention)> {
    let highest = list.highest_number();
    if group.items.iter().all(|i| i.first > highest) && group.highest() > highest + 1 + highest / 10 {
        return vec![];
    }
    let alone = group.items.len() == 1;
    if list.has_notes() {
        return by_note(list, group);
    }
    let mention = |item: &Item| {
        let letters = lettered(list, item);
        let is_lettered = letters.is_some();
        let refs: Vec<usize> =
            letters.unwrap_or_else(|| (item.first..=item.last).flat_map(|n| list.numbered(n)).copied().collect());
        let missing: Vec<String> =
            (item.first..=item.last).filter(|&n| list.numbered(n).is_empty()).map(|n| n.to_string()).collect();
        let (status, how) = match (refs.is_empty(), missing.first()) {
            (_, None) if is_lettered => (Status::Resolved, "number and letter of the list".to_owned()),
            (_, None) => (Status::Resolved, "number of the list".to_owned()),
            (true, Some(_)) => (Status::Unresolved, format!("the list has no reference {}", missing.join(", "))),
            (false, Some(_)) => {
                (Status::Resolved, format!("numbers of the list, which has no reference {}", missing.join(", ")))
            }
        };
        let mention = Mention {
            text: String::new(),
            span: crate::text::Span::default(),
            form: MentionForm::Number,
            refs,
            candidates: vec![],
            status,
            how,
            near_miss: None,
        };
        (if alone { group.range.clone() } else { item.range.clone() }, mention)
    };
    group.items.iter().map(mention).collect()
}

/// A mention for each number of a group whose note names works. A note that names none, or of works beside the list,
/// cites nothing of it.
fn by_note(list: &ReferenceList, group: &Group) -> Vec<(Range<usize>, Mention)> {
    let alone = group.items.len() == 1;
    let mention = |item: &super::numeric::Item| {
        let mut refs: Vec<usize> = Vec::new();
        for work in (item.first..=item.last).filter_map(|n| list.noted(n)).flatten() {
            if !refs.contains(work) {
                refs.push(*work);
            }
        }
        let mention = Mention {
            text: String::new(),
            span: crate::text::Span::default(),
            form: MentionForm::Note,
            status: Status::Resolved,
            how: format!("named in note {}", item.first),
            candidates: vec![],
            near_miss: None,
            refs,
        };
        let range = if alone { group.range.clone() } else { item.range.clone() };
        (!mention.refs.is_empty()).then_some((range, mention))
    };
    group.items.iter().filter_map(mention).collect()
}
