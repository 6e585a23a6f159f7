//! Works of a bibliography that are one publication, with the evidence.
//!
//! Records come from many databases, so no field of theirs can be trusted alone: abstracts of a congress share a DOI,
//! titles are cut or translated, pages of an online version start at 1. Two records are compared when they meet under a key (identifier,
//! beginning or end of the title, author with year or page), and are one when enough agrees and nothing contradicts.

mod companion;
mod evidence;
mod fingerprint;
mod judge;
#[cfg(test)]
mod made_up;
mod version;
mod words;

use std::collections::HashMap;

pub use evidence::{Agreement, Evidence};

use crate::work::Work;
use fingerprint::{Fingerprint, Heading};
use judge::Relation;
use version::Version;

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

/// A preprint and the publication it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionPair {
    /// Places in the list.
    pub preprint: usize,
    pub published: usize,
    pub evidence: Evidence,
}

/// What was found among the works of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// In the order of their first members.
    pub groups: Vec<DuplicateGroup>,
    pub versions: Vec<VersionPair>,
}

/// Records under one key that each record is compared with: keys that thousands share tell nothing.
pub const COMPARED: usize = 60;

/// Groups of works that are one publication, in the order of their first members, and preprints beside what they became.
pub fn duplicates(works: &[Work]) -> Found {
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
    let mut versions: Vec<VersionPair> = Vec::new();
    for (first, second) in pairs {
        if sets.of(first) == sets.of(second) {
            continue;
        }
        match judge::relation(&prints[first], &prints[second]) {
            Relation::OnePublication(evidence) => {
                sets.join(first, second);
                links.push(Link { first, second, evidence });
            }
            Relation::Versions(evidence) => {
                let second_is_preprint = prints[second].version == Version::Preprint;
                let (preprint, published) = if second_is_preprint { (second, first) } else { (first, second) };
                versions.push(VersionPair { preprint, published, evidence });
            }
            Relation::Others => {}
        }
    }
    // Of several records of one preprint or one article the first stands for them.
    let mut seen = std::collections::HashSet::new();
    versions.retain(|pair| {
        seen.insert((sets.of(pair.preprint), sets.of(pair.published)))
            && sets.of(pair.preprint) != sets.of(pair.published)
    });
    Found { groups: grouped(works.len(), &mut sets, links), versions }
}

/// A record made ready to be compared with others.
pub struct Record(Fingerprint);

impl Record {
    pub fn of(work: &Work) -> Self {
        Self(Fingerprint::of(work))
    }

    /// The place of the first of `others` that is the same publication, with the evidence; one that is certain goes before one that is
    /// likely.
    pub fn known_among<'r>(&self, others: impl IntoIterator<Item = &'r Self>) -> Option<(usize, Evidence)> {
        let found = others.into_iter().enumerate().filter_map(|(i, other)| match judge::relation(&self.0, &other.0) {
            Relation::OnePublication(evidence) => Some((i, evidence)),
            _ => None,
        });
        found.fold(None, |best: Option<(usize, Evidence)>, one| match best {
            Some(best) if best.1.is_certain() || !one.1.is_certain() => Some(best),
            _ => Some(one),
        })
    }
}

/// What records of one publication have in common: two are worth comparing when they share one of these.
pub fn meeting_keys(work: &Work) -> Vec<String> {
    Heading::of(work).keys()
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
        duplicates(&works).groups.iter().map(|g| g.members.iter().map(|i| works[*i].key.clone()).collect()).collect()
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

    /// What a screening meets: exports of several databases, whose records differ in all that can differ.
    #[test]
    fn records_of_several_databases() {
        let first = "@article{a, author={Holm, Ada and Berg, Bo and Lind, Carl}, title={Long-term effects of tidal exposure on northern eels: a cohort study}, journal={The Journal of Tidal Medicine}, year=2004, volume=12, number=3, pages={345--356}, doi={10.5555/tide.12.345}}";
        for second in [
            // PubMed: abbreviated journal and pages, full stop.
            "author={Holm A and Berg B and Lind C}, title={Long-term effects of tidal exposure on northern eels: a cohort study.}, journal={J Tidal Med}, year=2004, volume=12, pages={345-56}",
            // Embase by Ovid: capital letters, no number, another year of the online version.
            "author={Holm A.}, title={LONG-TERM EFFECTS OF TIDAL EXPOSURE ON NORTHERN EELS: A COHORT STUDY}, journal={Journal of Tidal Medicine}, year=2003, volume=12, pages={345-356}",
            // Scopus: no pages, British spelling.
            "author={Holm, A. and Berg, B. and Lind, C.}, title={Long term effects of tidal exposure on northern eels - A cohort study}, journal={Journal of Tidal Medicine}, year=2004, volume=12",
            // Web of Science: no subtitle, anonymous.
            "author={Anonymous}, title={Long-term effects of tidal exposure on northern eels: a cohort study}, journal={J TIDAL MED}, year=2004, volume=12, pages={345}",
            // Ovid: a note in brackets.
            "author={Holm A}, title={Long-term effects of tidal exposure on northern eels: a cohort study [see comment].[Erratum appears in J Tidal Med. 2005;13(1):2]}, journal={Journal of Tidal Medicine}, year=2004, volume={12(3)}, pages={345-56}",
            // Retracted since.
            "author={Holm, Ada}, title={RETRACTED: Long-term effects of tidal exposure on northern eels: a cohort study}, journal={Journal of Tidal Medicine}, year=2004, volume=12, pages={345--356}",
        ] {
            assert_eq!(groups(&format!("{first}\n@article{{b, {second}}}")), [["a", "b"]], "{second}");
        }
        for second in [
            "author={Holm, Ada and Berg, Bo and Lind, Carl}, title={Erratum: Long-term effects of tidal exposure on northern eels: a cohort study}, journal={Journal of Tidal Medicine}, year=2004, volume=12",
            "author={Holm, Ada and Berg, Bo}, title={Long-term effects of tidal exposure on northern eels: a cohort study (vol 12, pg 345, 2004)}, journal={Journal of Tidal Medicine}, year=2004, volume=12, pages={500}",
            "author={Holm, Ada}, title={Long-term effects of tidal exposure on northern eels: a cohort study - Reply}, journal={Journal of Tidal Medicine}, year=2004, volume=12, pages={501}",
            "author={Zorn, Z.}, title={Re: Long-term effects of tidal exposure on northern eels: a cohort study}, journal={Journal of Tidal Medicine}, year=2004, volume=12, pages={499}",
            // The abstract of the meeting before.
            "author={Holm, Ada and Berg, Bo}, title={Long-term effects of tidal exposure on northern eels: a cohort study}, journal={Annual Meeting of Tidal Physicians}, year=2003, pages={S12}",
            "author={Holm, Ada}, title={Long-term effects of tidal exposure on northern eels: a cohort study}, journal={Journal of Tidal Medicine}, year=2003, volume={11(Suppl 1)}, pages={S45}",
            // The same authors in the same issue on something else.
            "author={Holm, Ada and Berg, Bo and Lind, Carl}, title={Long-term effects of tidal exposure on southern eels: a cohort study}, journal={Journal of Tidal Medicine}, year=2004, volume=12",
            "author={Holm, Ada and Berg, Bo and Lind, Carl}, title={Short-term effects of tidal exposure on northern eels: a cohort study}, journal={Journal of Tidal Medicine}, year=2004, volume=12, pages={357--360}",
        ] {
            assert_eq!(groups(&format!("{first}\n@article{{b, {second}}}")), Vec::<Vec<String>>::new(), "{second}");
        }
        let thesis = "@phdthesis{b, author={Holm, Ada}, title={Long-term effects of tidal exposure on northern eels: a cohort study}, year=2004}";
        assert_eq!(groups(&format!("{first}\n{thesis}")), Vec::<Vec<String>>::new());
    }

    #[test]
    fn titles_that_many_works_have() {
        let entry = |key: &str, author: &str, title: &str, rest: &str| {
            format!("@article{{{key}, author={{{author}}}, title={{{title}}}, journal={{Journal of Tides}}, {rest}}}\n")
        };
        for (one, other) in [
            (
                entry("a", "Holm, A.", "Reply", "year=2004, volume=12, pages={34}"),
                entry("b", "Berg, B.", "Reply", "year=2004, volume=12, pages={34}"),
            ),
            (
                entry("a", "Holm, A.", "Editorial", "year=2004, volume=12, pages={1}"),
                entry("b", "Holm, A.", "Editorial", "year=2005, volume=13, pages={1}"),
            ),
            (
                entry("a", "Holm, A.", "UNKNOWN", "year=2004, volume=12"),
                entry("b", "Holm, A.", "UNKNOWN", "year=2004, volume=12, pages={7}"),
            ),
            (
                entry("a", "Holm, A.", "Tides of northern islands and their ferries, part A", "year=2004, volume=12"),
                entry("b", "Holm, A.", "Tides of northern islands and their ferries, part B", "year=2004, volume=12"),
            ),
            (
                entry(
                    "a",
                    "Holm, A.",
                    "Prevalence of hepatitis B among ferry crews",
                    "year=2004, volume=12, pages={1--9}",
                ),
                entry(
                    "b",
                    "Holm, A.",
                    "Prevalence of hepatitis C among ferry crews",
                    "year=2004, volume=12, pages={10--19}",
                ),
            ),
            (
                entry("a", "Holm, A.", "Standards of care for ferry crews", "year=2010, volume=33, pages={S11}"),
                entry("b", "Holm, A.", "Standards of care for ferry crews", "year=2012, volume=35, pages={S11}"),
            ),
        ] {
            assert_eq!(groups(&(one.clone() + &other)), Vec::<Vec<String>>::new(), "{one}{other}");
        }
    }

    #[test]
    fn a_preprint_is_told_from_what_it_became() {
        let bib = "@article{pre, author={Holm, Ada and Berg, Bo}, title={Tides and ferries of the northern islands}, journal={bioRxiv}, year=2019, doi={10.1101/2019.01.02.123456}}\n\
            @article{out, author={Holm, Ada and Berg, Bo}, title={Tides and ferries of the northern islands}, journal={Journal of Ferries}, year=2021, volume=3, pages={1--9}, doi={10.5555/out}}\n\
            @misc{again, author={Holm, A.}, title={Tides and Ferries of the Northern Islands}, publisher={bioRxiv}, year=2019}";
        let found = duplicates(&read(bib.as_bytes(), Some(Format::BIBTEX)).unwrap().works);
        assert_eq!(found.groups.iter().map(|g| g.members.clone()).collect::<Vec<_>>(), [vec![0, 2]]);
        assert_eq!(found.versions.iter().map(|v| (v.preprint, v.published)).collect::<Vec<_>>(), [(0, 1)]);
    }

    #[test]
    fn works_of_a_bibliography_are_recognised() {
        let read = |bib: &str| read(bib.as_bytes(), Some(Format::BIBTEX)).unwrap().works;
        let library: Vec<Record> = read(FIRST).iter().map(Record::of).collect();
        let works = read(
            "@article{x, author={Holm, A.}, title={Tides and Ferries of the Northern Islands.}, journal={J. Ferries}, year=2004, pages={34}}\n\
            @article{y, author={Holm, A.}, title={Tides and ferries of northern islands}, journal={J Ferries}, year=2004, volume=12, pages={34}}\n\
            @book{z, title={Another}}",
        );
        let known = |work: &Work| Record::of(work).known_among(&library).map(|(_, e)| e.is_certain());
        assert_eq!(works.iter().map(known).collect::<Vec<_>>(), [Some(true), Some(false), None]);
    }

    #[test]
    fn many_records_of_one_title_are_no_hang() {
        let works: String =
            (0..3_000).map(|i| format!("@article{{k{i}, title={{Editorial}}, year={}}}\n", 1000 + i % 900)).collect();
        groups(&works);
    }
}
