//! Any line is a reference, in whole or in part.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.lines().collect();
    let parsed = citetrail::reference::parse_list(&lines);
    assert_eq!(parsed.len(), lines.len());
    for (line, parsed) in lines.iter().zip(&parsed) {
        assert!((0.0..=1.0).contains(&parsed.confidence));
        // What is marked stands in the string.
        let length = line.chars().count();
        assert!(parsed.fields.iter().all(|field| field.span.start < field.span.end && field.span.end <= length));
    }
});
