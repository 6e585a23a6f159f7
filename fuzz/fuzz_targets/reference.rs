//! Any line is a reference, in whole or in part.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.lines().collect();
    let parsed = citetrail::reference::parse_list(&lines);
    assert_eq!(parsed.len(), lines.len());
    assert!(parsed.iter().all(|p| (0.0..=1.0).contains(&p.confidence)));
});
