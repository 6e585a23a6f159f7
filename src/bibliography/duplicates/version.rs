//! Preprints and published versions: one text twice, but not one publication.

use crate::text::fold;
use crate::work::{Field, Work, WorkKind};

/// What a record is a record of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    Preprint,
    Published,
    /// The record does not say.
    Unknown,
}

/// Prefixes of DOIs that only servers of preprints give (Crossref's and DataCite's members of type preprint).
const PREFIXES: &[&str] = &[
    "10.48550/",
    "10.2139/ssrn",
    "10.21203/rs",
    "10.20944/preprints",
    "10.31234/",
    "10.31235/",
    "10.31219/",
    "10.26434/chemrxiv",
    "10.1590/scielopreprints",
    "10.36227/techrxiv",
    "10.22541/au",
    "10.33774/",
    "10.32942/",
    "10.2196/preprints",
    "10.12688/verixiv",
    "10.64898/",
];

/// Names of such servers as containers or publishers.
const SERVERS: &[&str] = &[
    "arxiv",
    "biorxiv",
    "medrxiv",
    "chemrxiv",
    "psyarxiv",
    "socarxiv",
    "techrxiv",
    "ssrn",
    "ssrn electronic journal",
    "research square",
    "preprints",
    "preprints org",
    "osf preprints",
    "authorea",
    "scielo preprints",
    "eartharxiv",
    "engrxiv",
    "corr",
    "cold spring harbor laboratory",
];

impl Version {
    pub fn of(work: &Work) -> Self {
        let doi = work.doi().map(|d| d.to_string());
        let container = fold(&work.plain(Field::ContainerTitle).unwrap_or_default());
        let is_server = |name: &str| {
            // "arXiv preprint arXiv:2001.01234", "arXiv e-prints"
            SERVERS.contains(&name)
                || name.starts_with("arxiv ")
                || name.starts_with("biorxiv ")
                || name.starts_with("medrxiv ")
        };
        let given_by_server = doi.as_deref().is_some_and(|doi| {
            // The press that runs bioRxiv and medRxiv has journals, too: their DOIs begin with letters.
            let number = doi.strip_prefix("10.1101/").is_some_and(|s| s.starts_with(|c: char| c.is_ascii_digit()));
            number || PREFIXES.iter().any(|prefix| doi.starts_with(prefix))
        });
        if given_by_server || is_server(&container) {
            return Self::Preprint;
        }
        if !container.is_empty() {
            return Self::Published;
        }
        let publisher = fold(&work.plain(Field::Publisher).unwrap_or_default());
        let archive = |name: &str| work.custom.get(name).is_some_and(|v| fold(v) == "arxiv");
        let on_arxiv = archive("archiveprefix") || archive("eprinttype") || archive("eprintclass");
        if work.kind == WorkKind::Article || is_server(&publisher) || doi.is_none() && on_arxiv {
            return Self::Preprint;
        }
        Self::Unknown
    }
}

/// Kinds of works that are never one publication with one of another kind, even under one title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Text,
    Thesis,
    Dataset,
    Software,
    Patent,
    /// The kind is too unspecific, as databases' "generic" is.
    Any,
}

impl Class {
    pub fn of(kind: WorkKind) -> Self {
        match kind {
            WorkKind::Thesis => Self::Thesis,
            WorkKind::Dataset => Self::Dataset,
            WorkKind::Software => Self::Software,
            WorkKind::Patent => Self::Patent,
            WorkKind::ArticleJournal
            | WorkKind::Book
            | WorkKind::Chapter
            | WorkKind::PaperConference
            | WorkKind::Article => Self::Text,
            _ => Self::Any,
        }
    }

    pub fn clashes(self, other: Self) -> bool {
        self != other && self != Self::Any && other != Self::Any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::bibtex::read_text;

    #[test]
    fn versions() {
        for (entry, expected) in [
            ("@article{a, journal={arXiv preprint arXiv:2001.01234}}", Version::Preprint),
            ("@misc{a, eprint={2001.01234}, archiveprefix={arXiv}}", Version::Preprint),
            ("@article{a, journal={Journal of Tides}, eprint={2001.01234}, archiveprefix={arXiv}}", Version::Published),
            ("@misc{a, doi={10.1101/2020.01.02.123456}}", Version::Preprint),
            ("@article{a, journal={Genome Research}, doi={10.1101/gr.123456}}", Version::Published),
            ("@article{a, journal={SSRN Electronic Journal}, doi={10.2139/ssrn.1}}", Version::Preprint),
            ("@misc{a, title={T}}", Version::Unknown),
        ] {
            assert_eq!(Version::of(&read_text(entry).works[0]), expected, "{entry}");
        }
    }
}
