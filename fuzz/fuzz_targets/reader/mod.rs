//! What holds for the documents of every reader.

use citetrail::analysis::analyse;
use citetrail::document::{Format, ReadOptions, read};

pub fn check(bytes: &[u8], format: Format) {
    let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
    let Ok(document) = read(bytes, &options) else { return };
    let analysis = analyse(document);
    for (i, claim) in analysis.document.claims.iter().enumerate() {
        assert!(claim.parent.is_none_or(|p| p < i));
        assert!(!claim.text.contains(char::is_control));
        let scalars = claim.text.chars().count();
        assert!(claim.marked.windows(2).all(|w| w[0].span.end <= w[1].span.start || w[0].span == w[1].span));
        assert!(analysis.claims[i].mentions.iter().all(|m| m.span.start < m.span.end && m.span.end <= scalars));
        analysis.inherited(i);
    }
}
