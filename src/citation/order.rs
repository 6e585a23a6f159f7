//! Which plain digits are citations, by the order of their numbers.
//!
//! New numbers of a list come one after the other, and what was cited before may come again. So the longest ascending
//! chain of numbers in the text is taken for the first citations; all numbers up to the highest one before may
//! be repeated ones; higher numbers count something else.

use super::numeric::Group;
use super::plain_digits::{Place, Plain};

/// New numbers may leave out so many that are cited in tables and notes, or that were missed.
const GAP: u32 = 2;

/// Where plain digits of a document are taken for citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Places {
    before_mark: bool,
    after_mark: bool,
    spaced: bool,
    not_glued_to_words: bool,
}

impl Places {
    fn hold(self, plain: &Plain) -> bool {
        let is_list = plain.group.items.len() > 1 || plain.group.items.iter().any(|i| i.first < i.last);
        match plain.place {
            Place::Glued | Place::SetOff => true,
            Place::GluedToWord | Place::Symbol => !self.not_glued_to_words,
            Place::SpacedBeforeMark => self.before_mark,
            Place::AfterMark => self.after_mark,
            // Lists are rarely counts.
            Place::Spaced => self.spaced || self.before_mark && is_list,
        }
    }
}

/// Which groups of a document, in its order, are citations into a list with numbers up to `highest`. Less certain
/// places are trusted only where they reach much of the list that the others do not.
pub(super) fn admitted(plain: &[&Plain], highest: u32) -> Vec<bool> {
    let mut places = Places::default();
    let mut best = admitted_in(plain, places, highest);
    let mut reached = reach(plain, &best);
    let wider: [fn(&mut Places); 3] = [|p| p.before_mark = true, |p| p.after_mark = true, |p| p.spaced = true];
    for widen in wider {
        let mut tried = places;
        widen(&mut tried);
        let answer = admitted_in(plain, tried, highest);
        let now = reach(plain, &answer);
        if now >= reached + 2 + highest as usize / 30 {
            (places, best, reached) = (tried, answer, now);
        }
    }
    // Where all is reached without them, numbers at the end of words belong to these: "unoise3".
    places.not_glued_to_words = true;
    let answer = admitted_in(plain, places, highest);
    if reach(plain, &answer) + 1 + highest as usize / 50 >= reached { answer } else { best }
}

fn reach(plain: &[&Plain], admitted: &[bool]) -> usize {
    let groups = plain.iter().zip(admitted).filter(|(_, a)| **a).map(|(p, _)| &p.group);
    groups.flat_map(Group::numbers).collect::<std::collections::HashSet<_>>().len()
}

fn admitted_in(plain: &[&Plain], places: Places, highest: u32) -> Vec<bool> {
    let may = |p: &Plain| places.hold(p) && p.group.highest() <= highest;
    let candidates: Vec<usize> = (0..plain.len()).filter(|&i| may(plain[i])).collect();
    let firsts: Vec<u32> = candidates.iter().map(|&i| plain[i].group.items[0].first).collect();
    let mut in_chain = longest_chain(&firsts).into_iter();
    let mut answer = vec![false; plain.len()];
    let mut top = 0;
    for &i in &candidates {
        let Plain { group, place } = plain[i];
        let first = group.items[0].first;
        let chained = in_chain.next().unwrap_or(false);
        // A symbol ends with digits of its own: only a list or the very next number is taken.
        let certain = *place != Place::Symbol || group.items.len() > 1 || first == top + 1;
        let known =
            group.items.iter().try_fold(top, |top, item| (item.first <= top + GAP).then_some(top.max(item.last)));
        if certain && (chained && first <= top + 10 * GAP || known.is_some()) {
            answer[i] = true;
            top = top.max(group.highest());
        }
    }
    answer
}

/// Which values belong to a longest strictly ascending chain.
fn longest_chain(values: &[u32]) -> Vec<bool> {
    // The last members of the best chains of each length, by index; and what stands before each member.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (i, &value) in values.iter().enumerate() {
        let length = ends.partition_point(|&e| values[e] < value);
        before.push(length.checked_sub(1).map(|l| ends[l]));
        match ends.get_mut(length) {
            Some(end) => *end = i,
            None => ends.push(i),
        }
    }
    let mut chain = vec![false; values.len()];
    let mut at = ends.last().copied();
    while let Some(i) = at {
        chain[i] = true;
        at = before[i];
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::super::plain_digits::from_digits;
    use super::*;

    fn shown(text: &str, highest: u32) -> Vec<u32> {
        let plain = from_digits(text);
        let plain: Vec<&Plain> = plain.iter().collect();
        let admitted = admitted(&plain, highest);
        plain.iter().zip(admitted).filter(|(_, a)| *a).flat_map(|(p, _)| p.group.numbers()).collect()
    }

    #[test]
    fn chains() {
        assert_eq!(longest_chain(&[1, 9, 2, 3, 1, 4]), [true, false, true, true, false, true]);
        assert_eq!(longest_chain(&[]), Vec::<bool>::new());
    }

    #[test]
    fn raised_digits_that_lost_their_markup() {
        let text = "Salt is old.1 It melts ice2,3 and was taxed,4–6 by 12 kings. An area of 4 cm2 melts.5";
        assert_eq!(shown(text, 8), [1, 2, 3, 4, 5, 6, 5]);
        let text = "Salt is old 1 . It melts ice 2 , 3 . It was taxed 4 – 6 . Then 3 kings came 7 .";
        assert_eq!(shown(text, 8), [1, 2, 3, 4, 5, 6, 7]);
    }
    #[test]
    fn numbers_that_count_or_name_are_none() {
        let text = "Salt is old 1 . It melts ice 2 , 3 . It was read with unoise3 and tar v3.2.1 4 . At stations 1 and 2 \
                    it fell 5 , 6 . In 3 months it rose (my words 7 ).";
        assert_eq!(shown(text, 8), [1, 2, 3, 4, 5, 6, 7]);
    }
}
