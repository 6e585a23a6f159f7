//! A document with its references read and its citations resolved: the pairs claim → source.
//!
//! [`analyse`] is a pure function of one [`Document`]. Support that a claim inherits from an enclosing outline item
//! is computed when asked ([`Analysis::inherited`]) and never stored, so it cannot be mistaken for checked.

mod claim_id;
mod entries;
mod keyed;
mod keys;
mod marked;
mod near_keys;

use std::cell::LazyCell;
use std::collections::HashSet;

use near_keys::NearKeys;
use serde::{Deserialize, Serialize};

use crate::citation::{
    CitingNote, ListedPart, ListedReference, Mention, MentionForm, Passage, Status, Superscripts, back_references,
    duplicates, link_through, uncited,
};
use crate::document::{Claim, Document, Marking, PathPart, RawReference};
use crate::reference::{ParsedReference, parse_list};
use crate::text::Span;
use crate::work::{Field, Work};

pub use claim_id::ClaimId;
pub use keyed::{Bibliography, Listing};
pub use keys::TakenKeys;

/// A document and what its claims rest on. The lists are parallel to those of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    pub document: Document,
    /// Parallel to [`Document::references`].
    pub references: Vec<ParsedReference>,
    /// Parallel to [`Document::claims`].
    pub claims: Vec<ClaimCitations>,
}

/// What stands in one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimCitations {
    pub id: ClaimId,
    pub mentions: Vec<Mention>,
}

/// Support that comes from an enclosing claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inherited {
    /// Index of the nearest enclosing claim that cites.
    pub from: usize,
    /// How many outline levels it is above.
    pub levels: usize,
    /// Indices of references.
    pub refs: Vec<usize>,
}

/// Reads the references of a document and resolves the citations in its claims.
pub fn analyse(document: Document) -> Analysis {
    analyse_with(document, &Bibliography::new(&[], Listing::Cited))
}

/// Like [`analyse`], for a manuscript that may cite by the keys of a bibliography.
pub fn analyse_with(mut document: Document, bibliography: &Bibliography<'_>) -> Analysis {
    keyed::bind(&mut document, bibliography);
    entries::split(&mut document);
    let is_complete = |work: &Work| work.get(Field::Title).or(work.get(Field::ContainerTitle)).is_some();
    let raw: Vec<&str> = document
        .references
        .iter()
        .map(|r| if r.known.as_ref().is_some_and(is_complete) { "" } else { r.text.as_str() })
        .collect();
    let mut references = parse_list(&raw);
    let mut taken = TakenKeys::default();
    for (parsed, raw) in references.iter_mut().zip(&document.references) {
        if let Some(known) = &raw.known {
            keyed::complete(parsed, known);
            taken.take(&known.key);
        }
    }
    for reference in references.iter_mut().filter(|r| r.work.key.is_empty()) {
        reference.work.key = taken.unique(&reference.work);
    }
    let ids = claim_id::assign(&document);
    // Where the document marks its citations, what else looks like one is none; but for those typed beside the fields of
    // a word processor.
    let is_marked = document.claims.iter().any(|c| !c.marked.is_empty());
    let marked: Vec<Vec<Mention>> = if is_marked {
        let keys = LazyCell::new(|| NearKeys::of(&document));
        document.claims.iter().map(|claim| marked::mentions(&document, claim, &keys)).collect()
    } else {
        vec![Vec::new(); document.claims.len()]
    };
    let list = listed(&document, &references);
    let mentions = match document.marking {
        Marking::Whole if is_marked => {
            let mut mentions = marked;
            let passages: Vec<&str> = document.claims.iter().map(|c| c.text.as_str()).collect();
            back_references(&list, &passages, &mut mentions);
            mentions
        }
        _ => {
            let notes: Vec<CitingNote> =
                document.notes.iter().map(|n| CitingNote { number: n.number, works: n.works.clone() }).collect();
            let mut typed = link_through(&list, &passages(&document), &notes).mentions;
            // Numbers typed by hand are those of a list that prints them.
            if is_marked && !document.references.iter().all(|r| r.label.is_some()) {
                typed.iter_mut().for_each(|mentions| mentions.retain(|m| m.form != MentionForm::Number));
            }
            marked::with_typed(marked, typed)
        }
    };
    let claims = ids.into_iter().zip(mentions).map(|(id, mentions)| ClaimCitations { id, mentions }).collect();
    Analysis { document, references, claims }
}

/// The claims as passages in which citations are looked for by their form.
fn passages(document: &Document) -> Vec<Passage<'_>> {
    // A document that marks superscripts marks all of them.
    let is_marked_up = document.claims.iter().any(|c| !c.raised.is_empty());
    let passage = |claim: &'_ Claim| match is_marked_up {
        true => Superscripts::Known(bytes(&claim.text, &claim.raised)),
        false => Superscripts::Lost,
    };
    document.claims.iter().map(|c| Passage { text: &c.text, superscripts: passage(c) }).collect()
}

/// The byte ranges of spans of a text, which are in order.
fn bytes(text: &str, spans: &[Span]) -> Vec<std::ops::Range<usize>> {
    if spans.is_empty() {
        return Vec::new();
    }
    let places: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let byte = |scalar: usize| places.get(scalar).copied().unwrap_or(text.len());
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for span in spans {
        let range = byte(span.start)..byte(span.end);
        match ranges.last_mut() {
            // Two that touch are one.
            Some(last) if last.end >= range.start => last.end = range.end,
            _ => ranges.push(range),
        }
    }
    ranges
}

/// The reference list as citations see it.
fn listed<'a>(document: &'a Document, references: &'a [ParsedReference]) -> Vec<ListedReference<'a>> {
    let printed = document.references.iter();
    let listed = |(raw, parsed): (&'a RawReference, &'a ParsedReference)| ListedReference {
        text: &raw.text,
        label: raw.label.as_deref(),
        part: raw.part.as_ref().map(|part| ListedPart { letter: part.letter, entry: &part.text }),
        work: &parsed.work,
    };
    printed.zip(references).map(listed).collect()
}

impl Analysis {
    /// The references a claim's own mentions resolve to, or may mean when ambiguous; each once, in order of mention.
    pub fn direct(&self, claim: usize) -> Vec<usize> {
        let mut seen = HashSet::new();
        let cited = self.claims[claim].mentions.iter().flat_map(|m| m.refs.iter().copied());
        cited.filter(|&index| seen.insert(index)).collect()
    }

    /// The support a claim without citations of its own has from the nearest enclosing claim that cites.
    /// A claim that cites anything itself inherits nothing.
    pub fn inherited(&self, claim: usize) -> Option<Inherited> {
        let (from, levels) = self.enclosing(claim).find(|(claim, _)| self.cites(*claim))?;
        let refs = self.direct(from);
        (!refs.is_empty()).then_some(Inherited { from, levels, refs })
    }

    /// The enclosing claims from which a claim inherits, nearest first, each with its distance in outline levels: all up to
    /// the first that cites. A claim that cites anything itself has none.
    pub fn enclosing(&self, claim: usize) -> impl Iterator<Item = (usize, usize)> {
        let parent = |&at: &usize| if self.cites(at) { None } else { self.document.claims[at].parent };
        std::iter::successors(Some(claim), parent).skip(1).zip(1..)
    }

    fn cites(&self, claim: usize) -> bool {
        !self.claims[claim].mentions.is_empty()
    }

    /// Indices of a claim and of all outline items below it.
    pub fn subtree(&self, claim: usize) -> Vec<usize> {
        let mut inside = vec![claim];
        // A parent stands before its children, so one pass sees every parent first.
        for (i, candidate) in self.document.claims.iter().enumerate().skip(claim + 1) {
            if candidate.parent.is_some_and(|p| inside.binary_search(&p).is_ok()) {
                inside.push(i);
            }
        }
        inside
    }

    /// Indices of the claims that stand in a section, by its index in [`Document::sections`].
    pub fn in_section(&self, title: &str) -> Vec<usize> {
        let stands = |part: &PathPart| matches!(part, PathPart::Heading(h) if h == title);
        (0..self.claims.len()).filter(|&i| self.document.claims[i].path.iter().any(stands)).collect()
    }

    /// Indices of references that no claim mentions and the document does not list on purpose.
    pub fn uncited(&self) -> Vec<usize> {
        let listed: std::collections::HashSet<&str> = self.document.listed_keys.iter().map(String::as_str).collect();
        let all = listed.contains("*");
        let is_listed = |r: &RawReference| r.label.as_deref().is_some_and(|l| all || listed.contains(l));
        let mut indices = uncited(self.references.len(), self.mentions().map(|(_, m)| m));
        indices.retain(|&i| !is_listed(&self.document.references[i]));
        indices
    }

    /// For each reference the index of the entry of the printed list that it stands in: entries may hold several.
    pub fn entries(&self) -> Vec<usize> {
        entries::indices(&self.document.references)
    }

    /// Pairs (first, copy) of references that print one work twice. Citations are linked to the first.
    pub fn duplicates(&self) -> Vec<(usize, usize)> {
        duplicates(&listed(&self.document, &self.references))
    }

    /// All mentions with the index of their claim.
    pub fn mentions(&self) -> impl Iterator<Item = (usize, &Mention)> {
        self.claims.iter().enumerate().flat_map(|(i, c)| c.mentions.iter().map(move |m| (i, m)))
    }

    /// Mentions for which no work was found, with the index of their claim.
    pub fn unresolved(&self) -> impl Iterator<Item = (usize, &Mention)> {
        self.mentions().filter(|(_, m)| m.status == Status::Unresolved)
    }

    /// The claim's path as machine-readable text: headings and markers joined by " > ".
    pub fn path(&self, claim: usize) -> String {
        let parts: Vec<String> = self.document.claims[claim].path.iter().map(PathPart::to_string).collect();
        parts.join(" > ")
    }

    /// The claim's text without the citations that stand in brackets; names in a sentence are part of it.
    pub fn bare_text(&self, claim: usize) -> String {
        let spans: Vec<Span> = self.claims[claim].mentions.iter().map(|m| m.span).collect();
        without_bracketed(&self.document.claims[claim].text, &spans)
    }
}

/// A text without the brackets that hold nothing but the given spans and punctuation, spaces collapsed.
fn without_bracketed(text: &str, spans: &[Span]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut in_span = vec![false; chars.len()];
    for span in spans {
        in_span[span.start..span.end.min(chars.len())].fill(true);
    }
    // How many characters before each place are cited, and how many are words of the sentence: a bracket is judged by
    // two subtractions, however deep brackets nest.
    let (mut cited, mut words) = (vec![0_usize], vec![0_usize]);
    for (i, c) in chars.iter().enumerate() {
        cited.push(cited[i] + usize::from(in_span[i]));
        words.push(words[i] + usize::from(!in_span[i] && c.is_alphanumeric()));
    }
    let mut dropped: Vec<std::ops::Range<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (i, c) in chars.iter().enumerate() {
        match c {
            '(' | '[' => open.push(i),
            ')' | ']' => {
                let Some(start) = open.pop() else { continue };
                // "Smith (1994)": the names before the bracket belong to the sentence, and so does the year.
                let narrative = in_span[start] && start > 0 && in_span[start - 1];
                if cited[i] > cited[start + 1] && words[i] == words[start + 1] && !narrative {
                    // An outer bracket takes the place of the ones within it.
                    while dropped.last().is_some_and(|inner| inner.start > start) {
                        dropped.pop();
                    }
                    dropped.push(start..i + 1);
                }
            }
            _ => {}
        }
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for gone in dropped {
        kept.extend(&chars[at..gone.start]);
        at = gone.end;
    }
    kept.extend(&chars[at..]);
    let mut clean = String::with_capacity(kept.len());
    for word in kept.split_whitespace() {
        // A citation leaves a space behind before the punctuation that followed it.
        if !clean.is_empty() && !word.starts_with([',', '.', ';', ':', '!', '?', ')']) {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str, mentions: &[&str]) -> String {
        let span = |mention: &&str| {
            let byte = text.find(*mention).expect("the mention stands in the text");
            let start = text[..byte].chars().count();
            Span { start, end: start + mention.chars().count() }
        };
        without_bracketed(text, &mentions.iter().map(span).collect::<Vec<_>>())
    }

    #[test]
    fn spans_in_bytes() {
        let span = |start, end| Span { start, end };
        assert_eq!(bytes("é1 ü23", &[span(1, 2), span(4, 6)]), [2..3, 6..8]);
        assert_eq!(bytes("a12 4", &[span(1, 2), span(2, 3), span(4, 5)]), [1..3, 4..5]);
    }

    #[test]
    fn bracketed_citations_go_and_named_ones_stay() {
        for (text, mentions, expected) in [
            ("A thing (Roe 1999).", &["(Roe 1999)"][..], "A thing."),
            ("A thing (Roe 1999; Doe 2001a, b) is.", &["Roe 1999", "Doe 2001a", "b)"], "A thing is."),
            ("A thing (see Roe 1999, p. 3).", &["(see Roe 1999, p. 3)"], "A thing."),
            ("See Roe et al. (1999).", &["Roe et al. (1999)"], "See Roe et al. (1999)."),
            ("A thing (of Roe 1999 it is said).", &["Roe 1999"], "A thing (of Roe 1999 it is said)."),
            ("A (b) thing [3, 4].", &["3", "4"], "A (b) thing."),
        ] {
            assert_eq!(bare(text, mentions), expected, "{text}");
        }
    }
}
