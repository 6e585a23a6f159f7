//! Any bytes are a document or a refusal; what is read analyses and stays inert.
#![no_main]

use citetrail::analysis::analyse;
use citetrail::document::{ReadOptions, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = read(bytes, &ReadOptions::default()) {
        let analysis = analyse(document);
        for (i, claim) in analysis.document.claims.iter().enumerate() {
            assert!(claim.parent.is_none_or(|p| p < i));
            assert!(!claim.text.contains(char::is_control));
            let scalars = claim.text.chars().count();
            assert!(analysis.claims[i].mentions.iter().all(|m| m.span.start < m.span.end && m.span.end <= scalars));
            analysis.inherited(i);
        }
    }
});
