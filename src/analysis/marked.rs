//! Citations that the document's own markup points to their works.

use super::keyed::near_keys;
use crate::citation::{Mention, MentionForm, Status};
use crate::document::{CitedTarget, Claim, Document};

/// The mentions of a claim whose citations are marked.
pub(super) fn mentions(document: &Document, claim: &Claim) -> Vec<Mention> {
    let mut found = Vec::new();
    // One pass over the text: the citations are in order.
    let mut chars = claim.text.chars();
    let mut at = 0;
    let mut taken = String::new();
    let mut last = usize::MAX;
    for marked in &claim.marked {
        let span = marked.span;
        if last != span.start {
            taken = chars.by_ref().skip(span.start.saturating_sub(at)).take(span.end - span.start).collect();
            at = span.end;
            last = span.start;
        }
        let mut refs = Vec::new();
        let mut undefined = Vec::new();
        for target in &marked.targets {
            match target {
                CitedTarget::Reference(index) if !refs.contains(index) => refs.push(*index),
                CitedTarget::Reference(_) => {}
                CitedTarget::Key(key) => undefined.push(key),
            }
        }
        let of_bibliography = |i: &usize| document.references[*i].known.as_ref().is_some_and(|w| !w.key.is_empty());
        if !refs.is_empty() {
            let how =
                if refs.iter().all(of_bibliography) { "key of the bibliography" } else { "linked in the document" };
            found.push(Mention {
                text: taken.clone(),
                span,
                form: MentionForm::Marked,
                refs,
                candidates: Vec::new(),
                status: Status::Resolved,
                how: how.to_owned(),
                near_miss: None,
            });
        }
        for key in undefined {
            let candidates = near_keys(document, key);
            let proposal = candidates.first().and_then(|&i| document.references[i].label.as_deref());
            let how = match proposal {
                Some(near) => format!("no work has the key “{key}”; “{near}” is much like it"),
                None if document.references.is_empty() => {
                    format!("no bibliography was at hand for the key “{key}”; name it with --bib")
                }
                None => format!("no work has the key “{key}”"),
            };
            let text = if marked.targets.len() == 1 { taken.clone() } else { key.clone() };
            found.push(Mention {
                text,
                span,
                form: MentionForm::Marked,
                refs: Vec::new(),
                candidates,
                status: Status::Unresolved,
                how,
                near_miss: None,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Bibliography, Listing, analyse_with};
    use crate::bibliography::{self, Format};
    use crate::document::{Format as DocumentFormat, ReadOptions, read};

    #[test]
    fn keys_are_bound_or_proposed_never_guessed() {
        let bib = "@book{roe2001, title={Bark}, author={Roe, J.}, year=2001}\n@book{Peng2011a, title={Oak}}\n@book{x, title={X}}";
        let works = bibliography::read(bib.as_bytes(), Some(Format::BIBTEX)).unwrap().works;
        let text = "---\ntitle: T\nnocite: |\n  @x\n---\nBark burns [@roe2001; @Peng2011]. Oak too [@nobody].";
        let options = ReadOptions { format: Some(DocumentFormat::Markdown), ..ReadOptions::default() };
        let document = read(text.as_bytes(), &options).unwrap();
        let analysis = analyse_with(document, &Bibliography::new(&works, Listing::All));
        let shown: Vec<(String, Vec<usize>, Vec<usize>)> =
            analysis.mentions().map(|(_, m)| (m.text.clone(), m.refs.clone(), m.candidates.clone())).collect();
        let expected = [
            ("@roe2001".to_owned(), vec![0], vec![]),
            ("@Peng2011".to_owned(), vec![], vec![1]),
            ("[@nobody]".to_owned(), vec![], vec![]),
        ];
        assert_eq!(shown, expected);
        assert_eq!(analysis.uncited(), [1]);
        assert_eq!(analysis.references[0].work.key, "roe2001");
        let cited = analyse_with(analysis.document, &Bibliography::new(&[], Listing::Cited));
        assert_eq!(cited.references.len(), 3);
    }
}
