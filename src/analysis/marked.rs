//! Citations that the document's own markup points to their works.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::near_keys::NearKeys;
use crate::citation::{Mention, MentionForm, Status};
use crate::document::{CitedTarget, Claim, Document};

/// The mentions of a claim whose citations are marked. Only for a key that is not defined the keys are asked for that
/// are like it.
pub(super) fn mentions(
    document: &Document,
    claim: &Claim,
    keys: &LazyCell<NearKeys, impl FnOnce() -> NearKeys>,
) -> Vec<Mention> {
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
                CitedTarget::Reference(index) => refs.push(*index),
                CitedTarget::Key(key) => undefined.push(key),
            }
        }
        let of_bibliography = |i: &usize| document.references[*i].known.as_ref().is_some_and(|w| !w.key.is_empty());
        let mut seen = HashSet::new();
        refs.retain(|&i| seen.insert(i));
        let repeated = document.repeated_keys.iter().find(|r| refs.contains(&r.references[0]));
        if let Some(repeated) = repeated {
            let entries = repeated.references.len();
            found.push(Mention {
                text: taken.clone(),
                span,
                form: MentionForm::Marked,
                refs: refs.iter().chain(&repeated.references[1..]).copied().collect(),
                candidates: Vec::new(),
                status: Status::Ambiguous,
                how: format!("{entries} entries of the list have the key “{}”", repeated.key),
                near_miss: None,
            });
        } else if !refs.is_empty() {
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
            let candidates = keys.like(key);
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

/// The marked mentions of all claims with those that were typed beside them. What a field shows is found by its form, too,
/// and is the field's.
pub(super) fn with_typed(marked: Vec<Vec<Mention>>, typed: Vec<Vec<Mention>>) -> Vec<Vec<Mention>> {
    let join = |(marked, mut typed): (Vec<Mention>, Vec<Mention>)| {
        // Marked mentions are in order; several of one place have the same span.
        typed.retain(|mention| {
            let first = marked.partition_point(|m| m.span.end <= mention.span.start);
            marked.get(first).is_none_or(|m| m.span.start >= mention.span.end)
        });
        let mut all = marked;
        all.append(&mut typed);
        all.sort_by_key(|m| m.span.start);
        all
    };
    marked.into_iter().zip(typed).map(join).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Bibliography, Listing, analyse_with};
    use super::Status;
    use crate::bibliography::{self, Format};
    use crate::document::{
        CitedTarget, Claim, ClaimKind, Document, Format as DocumentFormat, MarkedCitation, Marking, RawReference,
        ReadOptions, read,
    };
    use crate::text::Span;

    #[test]
    fn citations_typed_beside_fields() {
        let reference = |text: &str| RawReference { text: text.to_owned(), ..RawReference::default() };
        let claim = |text: &str, marked: Vec<MarkedCitation>| Claim {
            path: vec![],
            parent: None,
            kind: ClaimKind::Sentence,
            text: text.to_owned(),
            span: Span::default(),
            marked,
            raised: vec![],
        };
        let field = MarkedCitation { span: Span { start: 11, end: 22 }, targets: vec![CitedTarget::Reference(0)] };
        let document = |marking| Document {
            marking,
            references: vec![
                reference("Roe, J. (2001). The bark of birches. Wood, 3, 4–9."),
                reference("Doe, A. (1999). The boats of oak. Wood, 1, 4–9."),
            ],
            claims: vec![
                claim("Bark burns (Roe, 2001).", vec![field.clone()]),
                claim("Oak floats (Doe, 1999), and alder (Poe et al., 2004).", vec![]),
            ],
            ..Document::default()
        };
        let shown = |marking| -> Vec<(String, Vec<usize>, Status)> {
            let analysis = super::super::analyse(document(marking));
            analysis.mentions().map(|(_, m)| (m.text.clone(), m.refs.clone(), m.status)).collect()
        };
        let by_field = ("(Roe, 2001)".to_owned(), vec![0], Status::Resolved);
        let typed = [
            by_field.clone(),
            ("(Doe, 1999)".to_owned(), vec![1], Status::Resolved),
            ("(Poe et al., 2004)".to_owned(), vec![], Status::Unresolved),
        ];
        assert_eq!(shown(Marking::Partial), typed);
        assert_eq!(shown(Marking::Whole), [by_field]);
    }

    #[test]
    fn a_key_of_two_entries_is_ambiguous() {
        let text = "\\documentclass{article}\\begin{document}Bark \\cite{a}. Oak \\cite{b}.\\begin{thebibliography}{9}\n\
                    \\bibitem{a} Roe, J. (2001). Bark. Wood, 3, 4.\n\\bibitem{b} Moe, J. (2003). Elm. Wood, 3, 4.\n\
                    \\bibitem{a} Doe, J. (2002). Oak. Wood, 3, 4.\n\\end{thebibliography}\\end{document}";
        let analysis = super::super::analyse(read(text.as_bytes(), &ReadOptions::default()).unwrap());
        let shown: Vec<(Status, Vec<usize>)> = analysis.mentions().map(|(_, m)| (m.status, m.refs.clone())).collect();
        assert_eq!(shown, [(Status::Ambiguous, vec![0, 2]), (Status::Resolved, vec![1])]);
        assert_eq!(analysis.document.repeated_keys[0].key, "a");
    }

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
