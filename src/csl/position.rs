//! Where a cite stands among all cites: first, ibid., subsequent, near (CSL 1.0.2, "position").

/// How a cite relates to the cites before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// The first cite of the work.
    First,
    /// The work was cited before.
    Subsequent,
    /// The cite just before is of the same work and the same place in it.
    Ibid,
    /// The cite just before is of the same work; this one points to another place in it.
    IbidWithLocator,
}

use std::collections::HashMap;

use citationberg::taxonomy::Locator;

use super::Citation;

/// The position of one cite.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub position: Position,
    pub near_note: bool,
    pub first_note: Option<u32>,
}

/// The places of all cites, citation by citation.
pub(super) fn places(citations: &[Citation<'_>], near_distance: u32) -> Vec<Vec<Place>> {
    // For each work: the note of its first cite and the note (or the number of the citation) of its last.
    let mut seen: HashMap<usize, (Option<u32>, u32)> = HashMap::new();
    // Citations in notes and in the text each have their own line of predecessors.
    let mut previous: [Option<&Citation<'_>>; 2] = [None, None];
    // How many cites the notes hold, over all their citations.
    let mut in_note: HashMap<u32, usize> = HashMap::new();
    for citation in citations {
        if let Some(note) = citation.note_number {
            *in_note.entry(note).or_default() += citation.cites.len();
        }
    }
    let mut out = Vec::with_capacity(citations.len());
    for (n, citation) in citations.iter().enumerate() {
        let here = citation.note_number.unwrap_or_else(|| u32::try_from(n).unwrap_or(u32::MAX));
        let line = usize::from(citation.note_number.is_some());
        let alone = |p: &&Citation<'_>| {
            let whole_note = p.note_number.filter(|n| Some(*n) != citation.note_number);
            p.cites.len() == 1 && whole_note.is_none_or(|n| in_note.get(&n) == Some(&1))
        };
        let before_it = previous[line].filter(alone);
        let mut places = Vec::with_capacity(citation.cites.len());
        for (i, cite) in citation.cites.iter().enumerate() {
            let earlier = seen.get(&cite.work).copied();
            let before = match i {
                0 => before_it.and_then(|p| p.cites.first()),
                i => citation.cites.get(i - 1),
            };
            let position = match (earlier, before) {
                (None, _) => Position::First,
                (Some(_), Some(before)) if before.work == cite.work => ibid(locator(before), locator(cite)),
                _ => Position::Subsequent,
            };
            let near_note = earlier.is_some_and(|(_, last)| here.saturating_sub(last) <= near_distance)
                && citation.note_number.is_some();
            let position = cite.position.unwrap_or(position);
            places.push(Place { position, near_note, first_note: earlier.and_then(|(first, _)| first) });
            seen.entry(cite.work).or_insert((citation.note_number, here)).1 = here;
        }
        previous[line] = Some(citation);
        out.push(places);
    }
    out
}

fn locator<'a>(cite: &super::Cite<'a>) -> Option<(Locator, &'a str)> {
    cite.locator.map(|l| (l.label.0, l.value))
}

fn ibid(before: Option<(Locator, &str)>, here: Option<(Locator, &str)>) -> Position {
    match (before, here) {
        (None, None) => Position::Ibid,
        (None, Some(_)) => Position::IbidWithLocator,
        (Some(_), None) => Position::Subsequent,
        (Some(a), Some(b)) if a == b => Position::Ibid,
        (Some(_), Some(_)) => Position::IbidWithLocator,
    }
}
