//! Any bytes as the records and terms of an index of works, with checksums that fit.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let folder = std::env::temp_dir().join(format!("fuzz-works-index-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for scratch");
    let _ = citetrail::matching::index::hostile::ask(&folder, bytes);
});
