//! Works of a bibliography that are one publication, with the evidence.
//!
//! Records come from many databases, so no field of theirs can be trusted alone: abstracts of a congress share a DOI,
//! titles are cut or translated, pages of an online version start at 1. Two records are compared when they meet under a key (identifier,
//! beginning or end of the title, author with year or page), and are one when enough agrees and nothing contradicts.

mod evidence;
mod fingerprint;
mod judge;

use std::collections::HashMap;

pub use evidence::{Agreement, Evidence};

use crate::work::Work;
use fingerprint::Fingerprint;

/// Works that are one publication: their places in the list, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateGroup {
    pub members: Vec<usize>,
    /// What joined them: one link less than there are members.
    pub links: Vec<Link>,
}

/// Two records found to be one publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub first: usize,
    pub second: usize,
    pub evidence: Evidence,
}

/// Records under one key that each record is compared with: keys that thousands share tell nothing.
const COMPARED: usize = 60;

/// Groups of works that are one publication, in the order of their first members.
pub fn duplicates(works: &[Work]) -> Vec<DuplicateGroup> {
    let prints: Vec<Fingerprint> = works.iter().map(Fingerprint::of).collect();
    let mut blocks: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, print) in prints.iter().enumerate() {
        for key in print.keys() {
            blocks.entry(key).or_default().push(i);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for block in blocks.values() {
        for (i, first) in block.iter().enumerate() {
            pairs.extend(
                block[i + 1..].iter().take(COMPARED).filter(|second| *second != first).map(|second| (*first, *second)),
            );
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut sets = Sets((0..works.len()).collect());
    let mut links = Vec::new();
    for (first, second) in pairs {
        if sets.of(first) == sets.of(second) {
            continue;
        }
        if let Some(evidence) = judge::same(&prints[first], &prints[second]) {
            sets.join(first, second);
            links.push(Link { first, second, evidence });
        }
    }
    grouped(works.len(), &mut sets, links)
}

fn grouped(count: usize, sets: &mut Sets, links: Vec<Link>) -> Vec<DuplicateGroup> {
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    for i in 0..count {
        members.entry(sets.of(i)).or_default().push(i);
    }
    let mut by_set: HashMap<usize, Vec<Link>> = HashMap::new();
    for link in links {
        by_set.entry(sets.of(link.first)).or_default().push(link);
    }
    let mut groups: Vec<DuplicateGroup> = members
        .into_iter()
        .filter(|(_, members)| members.len() > 1)
        .map(|(set, members)| DuplicateGroup { members, links: by_set.remove(&set).unwrap_or_default() })
        .collect();
    groups.sort_by_key(|group| group.members[0]);
    groups
}

/// Disjoint sets, each known by one of its members.
struct Sets(Vec<usize>);

impl Sets {
    fn of(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::{Format, read};

    fn groups(bib: &str) -> Vec<Vec<String>> {
        let works = read(bib.as_bytes(), Some(Format::BIBTEX)).unwrap().works;
        duplicates(&works).iter().map(|g| g.members.iter().map(|i| works[*i].key.clone()).collect()).collect()
    }

    const FIRST: &str = "@article{a, author={Holm, Ada and Berg, Bo}, title={Tides and ferries of the northern islands}, \
        journal={Journal of Ferries}, year=2004, volume=12, pages={34--56}, doi={10.5555/a}}";

    #[test]
    fn one_publication_in_many_spellings() {
        for second in [
            "@article{b, author={Holm, A.}, title={Tides and Ferries of the Northern Islands.}, journal={J. Ferries}, year=2004}",
            "@article{b, author={Holm, A.}, title={Tides and ferries of northern islands}, journal={J Ferries}, year=2004, volume=12, pages={34}}",
            "@article{b, author={Hólm, A}, title={Gezeiten und Fähren: tides and ferries of northern isles}, journal={Journal of Ferries}, year=2004, volume=12, pages={34-56}}",
            "@misc{b, title={Tides and ferries of the northern islands: a study}, doi={https://doi.org/10.5555/A}}",
        ] {
            assert_eq!(groups(&format!("{FIRST}\n{second}")), [["a", "b"]], "{second}");
        }
    }

    #[test]
    fn what_only_looks_alike() {
        for second in [
            "@article{b, author={Holm, Ada and Berg, Bo}, title={Tides and ferries of the southern islands}, journal={Journal of Ferries}, year=2004, volume=12, pages={57--60}}",
            "@article{b, author={Lind, C.}, title={Tides and ferries of the northern islands}, journal={Other Journal}, year=2010, volume=2, pages={1--9}}",
            "@article{b, author={Holm, Ada}, title={Tides and ferries of the northern islands}, journal={Workshop on Tides}, year=2003}",
            "@article{b, author={Holm, Ada}, title={Something else that shares a congress}, journal={Journal of Ferries}, year=2004, volume=12, pages={99}, doi={10.5555/a}}",
        ] {
            assert_eq!(groups(&format!("{FIRST}\n{second}")), Vec::<Vec<String>>::new(), "{second}");
        }
        let parts = "@article{a, author={Holm, A.}, title={Long tides of the islands, part II}, year=2004, volume=1}\n\
            @article{b, author={Holm, A.}, title={Long tides of the islands, part III}, year=2004, volume=1}";
        assert_eq!(groups(parts), Vec::<Vec<String>>::new());
    }

    #[test]
    fn many_records_of_one_title_are_no_hang() {
        let works: String =
            (0..3_000).map(|i| format!("@article{{k{i}, title={{Editorial}}, year={}}}\n", 1000 + i % 900)).collect();
        groups(&works);
    }
}
