//! What the citations of a document and its list say about each other.

use std::collections::BTreeSet;
use std::ops::Range;

use super::list::{PrintedNumber, number_of_label};
use super::{Mention, MentionForm};

/// Indices of references that no mention cites. One that an unresolved mention means but for a slip of the pen counts
/// as cited: the slip is the fault.
pub fn uncited<'a>(references: usize, mentions: impl IntoIterator<Item = &'a Mention>) -> Vec<usize> {
    let mut cited = vec![false; references];
    for mention in mentions {
        let meant = if mention.near_miss.is_some() { &mention.candidates[..] } else { &[] };
        for &index in mention.refs.iter().chain(meant) {
            cited[index] = true;
        }
    }
    (0..references).filter(|&i| !cited[i]).collect()
}

/// A number at which the numbers cited so far go on behind one or more that no citation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// Of the mention, among those given.
    pub place: usize,
    /// The references left out, as indices into the list.
    pub skipped: Range<usize>,
}

/// Most references in a row that are left out by an oversight.
const MOST_SKIPPED: usize = 3;

/// Where citations leave out references of a list that is numbered in the order of citation. Nothing is left out in a list
/// of another order, or one much of which is not cited in the text at hand.
pub fn skipped<'a>(mentions: impl IntoIterator<Item = &'a Mention> + Clone) -> Vec<Skip> {
    let numbered = || mentions.clone().into_iter().enumerate().filter(|(_, m)| m.form == MentionForm::Number);
    let cited: BTreeSet<usize> = numbered().flat_map(|(_, m)| m.refs.iter().copied()).collect();
    let highest = cited.last().map_or(0, |h| h + 1);
    // Where many are missing, they are cited in parts that were not read, in figures or an appendix.
    if cited.len() < FEWEST_CITED || cited.len() * 20 < highest * 19 || !is_ordered(mentions.clone()) {
        return vec![];
    }
    let mut top = 0;
    let mut found = Vec::new();
    for (place, mention) in numbered() {
        let Some((&low, &high)) = mention.refs.iter().min().zip(mention.refs.iter().max()) else { continue };
        if low > top && low - top <= MOST_SKIPPED && (top..low).all(|i| !cited.contains(&i)) {
            found.push(Skip { place, skipped: top..low });
        }
        top = top.max(high + 1);
    }
    found
}

/// In a list with fewer cited numbers their order may be chance.
const FEWEST_CITED: usize = 5;

fn is_ordered<'a>(mentions: impl IntoIterator<Item = &'a Mention>) -> bool {
    first_citations(mentions).is_ordered
}

/// Gaps and repetitions of the printed numbers of a reference list: the place of each entry whose number is not the next
/// one, with its number and the one before. Nothing of a list whose labels are not all but a few numbers in ascending
/// order.
pub fn uneven_numbers<'a>(labels: impl IntoIterator<Item = Option<&'a str>>) -> Vec<(usize, u32, u32)> {
    let numbers: Vec<Option<PrintedNumber>> = labels.into_iter().map(|l| l.and_then(number_of_label)).collect();
    let known: Vec<(usize, PrintedNumber)> = numbers.iter().enumerate().filter_map(|(i, n)| Some((i, (*n)?))).collect();
    // "3a" is followed by "3b" or by "4".
    let is_even = |before: PrintedNumber, here: PrintedNumber| {
        here.number == before.number + 1 || (here.number == before.number && before.letter < here.letter)
    };
    let uneven = known.windows(2).filter(|w| !is_even(w[0].1, w[1].1)).map(|w| (w[1].0, w[1].1.number, w[0].1.number));
    let uneven: Vec<(usize, u32, u32)> = uneven.collect();
    let are_numbers = known.len() == numbers.len() && known.len() >= FEWEST_CITED;
    // More than a few: the labels count something else.
    if are_numbers && uneven.len() <= 1 + known.len() / 20 { uneven } else { vec![] }
}

/// Lists with fewer new numbers in order than nine in ten are not numbered in the order of citation.
const ORDERED_SHARE: usize = 9;

struct FirstCitations {
    early: Vec<usize>,
    is_ordered: bool,
}

/// Places of mentions whose numbers come too early: a list numbered in the order of citation has a lower number that
/// is cited only later. Places count the given mentions; nothing is out of order in a list of another order.
pub fn out_of_order<'a>(mentions: impl IntoIterator<Item = &'a Mention>) -> Vec<usize> {
    let FirstCitations { early, is_ordered } = first_citations(mentions);
    if is_ordered { early } else { vec![] }
}

fn first_citations<'a>(mentions: impl IntoIterator<Item = &'a Mention>) -> FirstCitations {
    let mut first_seen: Vec<(usize, usize)> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (place, mention) in mentions.into_iter().enumerate().filter(|(_, m)| m.form == MentionForm::Number) {
        first_seen.extend(mention.refs.iter().filter(|r| seen.insert(**r)).map(|&r| (place, r)));
    }
    // The lowest number that is first cited after each place.
    let mut lowest_later = usize::MAX;
    let mut early: Vec<usize> = Vec::new();
    for &(place, reference) in first_seen.iter().rev() {
        if reference > lowest_later {
            early.push(place);
        }
        lowest_later = lowest_later.min(reference);
    }
    early.reverse();
    early.dedup();
    let ordered = first_seen.len() - early.len().min(first_seen.len());
    let is_ordered = first_seen.len() >= FEWEST_CITED && ordered * 10 >= first_seen.len() * ORDERED_SHARE;
    FirstCitations { early, is_ordered }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{ListedReference, Passage, link};
    use crate::work::Work;

    /// The numbers left out in a document that cites so, with a list of `listed` works.
    fn left_out(text: &str, listed: usize) -> Vec<(String, Range<usize>)> {
        let work = Work::default();
        let references: Vec<ListedReference<'_>> =
            (0..listed).map(|_| ListedReference { text: "A work.", label: None, part: None, work: &work }).collect();
        let mentions = link(&references, &[Passage::plain(text)]).mentions.remove(0);
        skipped(&mentions).into_iter().map(|s| (mentions[s.place].text.clone(), s.skipped)).collect()
    }

    #[test]
    fn numbers_that_no_citation_names() {
        let all: String = (1..=30).filter(|n| *n != 7).map(|n| format!("Salt is old [{n}]. ")).collect();
        assert_eq!(left_out(&all, 31), [("[8]".to_owned(), 6..7)]);
        // It is cited later: out of order, not left out.
        assert_eq!(left_out(&format!("{all} Salt again [7]."), 31), []);
        let gaps: String = (1..=30).filter(|n| n % 4 != 0).map(|n| format!("Salt is old [{n}]. ")).collect();
        assert_eq!(left_out(&gaps, 31), []);
    }

    #[test]
    fn numbers_of_a_list() {
        let uneven = |labels: &[&str]| uneven_numbers(labels.iter().map(|l| Some(*l)));
        assert_eq!(uneven(&["1", "2.", "[3]", "5", "6", "7"]), [(3, 5, 3)]);
        assert_eq!(uneven(&["1", "2", "3", "3", "4", "5", "6"]), [(3, 3, 3)]);
        assert_eq!(uneven(&["1", "2", "3"]), []);
        assert_eq!(uneven(&["1", "5", "9", "11", "20", "31"]), []);
        assert_eq!(uneven(&["Roe01", "Doe99", "a", "b", "c", "d"]), []);
    }
}
