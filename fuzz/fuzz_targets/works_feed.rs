//! Any bytes as a file of works, compressed or not, named like each kind; the first byte chooses.
#![no_main]

use std::path::Path;

use citetrail::matching::feed::{FeedError, feed};

const NAMES: [&str; 9] = ["a.jsonl", "a.json", "a.xml", "a.bib", "a.ris", "a.nbib", "a.csv", "a.json.gz", "a"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let _ = feed::<FeedError>(rest, Path::new(name), None, |_| Ok(()));
    let _ = citetrail::matching::retractions(rest);
});
