//! The sample documents beside the project, when they are there.

use super::support::{Folder, shared};

#[test]
fn the_first_example_comes_out_whole() {
    let Some(entries) = shared("entries") else { return };
    let folder = Folder::new();
    let model = folder.json(&["scan", entries.join("calcinosis-cutis.txt").to_str().unwrap(), "--to", "json"]);
    let gold: serde_json::Value =
        serde_json::from_slice(&std::fs::read(entries.join("gold/00-seed.json")).unwrap()).unwrap();
    for field in ["title", "container", "doi"] {
        assert_eq!(model[field], gold[field], "{field}");
    }
    assert_eq!(model["complete"], false);
    let (claims, expected) = (model["claims"].as_array().unwrap(), gold["claims"].as_array().unwrap());
    assert_eq!(claims.len(), expected.len());
    for (claim, gold) in claims.iter().zip(expected) {
        assert_eq!(claim["text"], gold["text"]);
        assert_eq!(claim["refs"], gold["refs"], "{}", claim["text"]);
        assert_eq!(
            claim["inherited_refs"],
            gold.get("inherited_refs").cloned().unwrap_or_else(|| serde_json::json!([]))
        );
    }
    let (references, expected) = (model["references"].as_array().unwrap(), gold["references"].as_array().unwrap());
    assert_eq!(references.len(), expected.len());
    for (reference, gold) in references.iter().zip(expected) {
        for field in ["year", "title", "container", "volume", "pages"] {
            let printed = &gold[field];
            if !printed.is_null() {
                assert_eq!(reference["fields"][field], *printed, "{field} of {}", reference["raw"]);
            }
        }
    }
}

/// Every damaged variant ends in an answer or a clear refusal, never in a crash.
#[test]
fn damaged_documents_never_crash() {
    let Some(hostile) = shared("entries/hostile") else { return };
    let folder = Folder::new();
    for entry in std::fs::read_dir(hostile).unwrap() {
        let path = entry.unwrap().path();
        let output = folder.run(&["scan", path.to_str().unwrap(), "--to", "json"]);
        let status = output.status.code();
        assert!(matches!(status, Some(0..=2)), "{}: {status:?}", path.display());
        if status == Some(2) {
            assert!(!output.stderr.is_empty(), "{}", path.display());
        }
    }
}
