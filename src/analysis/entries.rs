//! Entries of a reference list that hold several works, "(a) …; (b) …": each work becomes a reference of its own, so that
//! it is read, cited, judged and exported like any other.

use std::ops::Range;

use crate::document::{CitedTarget, Document, RawReference, SharedEntry};
use crate::reference::{EntryPart, entry_parts};
use crate::work::Work;

/// Puts the references of entries that hold several in the place of these entries. Citations that the markup binds to
/// such an entry mean all of them.
pub(super) fn split(document: &mut Document) {
    if document.references.iter().all(|reference| parts(reference).is_empty()) {
        return;
    }
    let mut places: Vec<Range<usize>> = Vec::with_capacity(document.references.len());
    let mut all = Vec::with_capacity(document.references.len() + 8);
    for reference in std::mem::take(&mut document.references) {
        let start = all.len();
        let parts = parts(&reference);
        for (i, part) in parts.iter().enumerate() {
            let is_number = |label: &&String| label.bytes().all(|b| b.is_ascii_digit());
            let lettered = reference.label.as_ref().filter(is_number).map(|label| format!("{label}{}", part.letter));
            all.push(RawReference {
                label: lettered.or_else(|| reference.label.clone()),
                text: part.text.to_owned(),
                part: Some(SharedEntry { letter: part.letter, text: reference.text.clone() }),
                cut: reference.cut && i + 1 == parts.len(),
                span: reference.span,
                known: None,
            });
        }
        if parts.is_empty() {
            all.push(reference);
        }
        places.push(start..all.len());
    }
    document.references = all;
    for marked in document.claims.iter_mut().flat_map(|claim| &mut claim.marked) {
        let moved = |target: CitedTarget| match target {
            CitedTarget::Reference(entry) => places[entry].clone().map(CitedTarget::Reference).collect(),
            CitedTarget::Key(_) => vec![target],
        };
        marked.targets = std::mem::take(&mut marked.targets).into_iter().flat_map(moved).collect();
    }
    for note in &mut document.notes {
        note.works = note.works.iter().flat_map(|&entry| places[entry].clone()).collect();
    }
    for repeated in &mut document.repeated_keys {
        repeated.references = repeated.references.iter().flat_map(|&entry| places[entry].clone()).collect();
    }
}

/// The references that an entry holds; none where it holds but one, or was split before.
fn parts(reference: &RawReference) -> Vec<EntryPart<'_>> {
    // A record of the entry is of one work.
    let is_text = reference.known.as_ref().is_none_or(is_blank) && reference.part.is_none();
    if is_text { entry_parts(&reference.text) } else { Vec::new() }
}

fn is_blank(work: &Work) -> bool {
    work.key.is_empty() && work.fields.is_empty() && work.contributors.is_empty() && work.dates.is_empty()
}

/// For each reference the index of the entry of the printed list that it stands in.
pub(super) fn indices(references: &[RawReference]) -> Vec<usize> {
    let mut next = 0;
    let index = |reference: &RawReference| {
        next += usize::from(reference.part.as_ref().is_none_or(|part| part.letter == 'a'));
        next.saturating_sub(1)
    };
    references.iter().map(index).collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Analysis, analyse};
    use crate::document::{ReadOptions, read};

    const PAPER: &str = "Bark burns [1]. Oak floats [2b], and elm too [2]. Ash grows [2a,b; 3].\n\nReferences\n\n\
        1. Roe, J. (2001). The bark of birches. Wood, 3, 4–9.\n\
        2. (a) Doe, A. (1999). The boats of oak. Wood, 1, 4–9; (b) Zay, B. (2003). The elms of winter. Wood, 5, 12–19.\n\
        3. Dun, C. (2004). On ash trees. Wood, 6, 1–9.\n";

    fn analysis(text: &str) -> Analysis {
        analyse(read(text.as_bytes(), &ReadOptions::default()).expect("a document"))
    }

    #[test]
    fn works_of_one_entry_are_cited_apart_and_together() {
        let analysis = analysis(PAPER);
        let keys: Vec<&str> = analysis.references.iter().map(|r| r.work.key.as_str()).collect();
        assert_eq!(keys, ["roe2001", "doe1999", "zay2003", "dun2004"]);
        let shown: Vec<(&str, &[usize])> = analysis.mentions().map(|(_, m)| (m.text.as_str(), &m.refs[..])).collect();
        assert_eq!(
            shown,
            [("[1]", &[0][..]), ("[2b]", &[2]), ("[2]", &[1, 2]), ("2a", &[1]), ("b", &[2]), ("3", &[3])]
        );
        assert_eq!(analysis.entries(), [0, 1, 1, 2]);
        assert!(analysis.uncited().is_empty());
    }

    #[test]
    fn author_and_year_name_a_work_of_an_entry() {
        let text = PAPER.replace("[2b]", "(Zay, 2003)").replace("[1]", "(Roe, 2001)").replace("[2]", "(Doe, 1999)");
        let analysis = analysis(&text.replace("[2a,b; 3]", "(Dun, 2004)"));
        let shown: Vec<&[usize]> = analysis.mentions().map(|(_, m)| &m.refs[..]).collect();
        assert_eq!(shown, [&[0][..], &[2], &[1], &[3]]);
    }
}
