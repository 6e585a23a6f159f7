//! What the citations of a document and its list say about each other.

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

/// Lists with fewer new numbers in order than nine in ten are not numbered in the order of citation.
const ORDERED_SHARE: usize = 9;

/// Places of mentions whose numbers come too early: a list numbered in the order of citation has a lower number that
/// is cited only later. Places count the given mentions; nothing is out of order in a list of another order.
pub fn out_of_order<'a>(mentions: impl IntoIterator<Item = &'a Mention>) -> Vec<usize> {
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
    if first_seen.len() >= 5 && ordered * 10 >= first_seen.len() * ORDERED_SHARE { early } else { vec![] }
}
