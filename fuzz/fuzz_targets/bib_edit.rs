//! Edits of any text leave the rest as it is: tidying is sound and done at once, fields are what they were set to, keys
//! move with what names them, and merges are entries.
#![no_main]

use citetrail::bibliography::bibtex::merge::Merge;
use citetrail::bibliography::bibtex::tidy::{Selection, is_sound, tidy};
use citetrail::bibliography::bibtex::{BibText, OldKey, rekey, works_of_entries};
use citetrail::bibliography::duplicates::duplicates;
use citetrail::bibliography::key_pattern::{Candidate, Pattern, plan};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    // The first line is a pattern of keys, too.
    let pattern = source.lines().next().unwrap_or_default().parse::<Pattern>();
    let pattern = pattern.unwrap_or_else(|_| "auth.lower + year".parse().expect("a pattern"));
    let all = Selection::new(&["all".to_owned()], &[]).expect("all rules");
    let once = tidy(source, &all);
    assert!(is_sound(source, &once.text) || once.text == source);

    let file = BibText::new(source);
    let works = works_of_entries(&file);
    let candidates: Vec<Candidate<'_>> = file
        .entries()
        .zip(&works)
        .map(|((_, entry), work)| Candidate { key: &source[entry.key.clone()], work: work.as_ref() })
        .collect();
    let keys = plan(&candidates, &pattern);
    if let Ok(after) = rekey(&file, &keys, OldKey::KeptInIds) {
        assert_eq!(BibText::new(&after).entries().count(), file.entries().count());
    }
    let entries: Vec<_> = file.entries().filter_map(|(block, _)| file.editable(block).ok()).collect();
    for entry in &entries {
        let mut edited = entry.clone();
        if edited.set("note", "a {b} c").is_ok() {
            assert_eq!(edited.field("note").and_then(|f| f.text), Some("a {b} c"));
            assert!(edited.remove("note").is_err() || edited.field("note").is_none());
        }
    }
    if let [first, rest @ ..] = &entries[..] {
        let _ = Merge::new(first.clone(), rest.to_vec()).resolve(&[]);
    }
    duplicates(&works.into_iter().flatten().collect::<Vec<_>>());
});
