//! Any text is a passage; spans lie in it and answers in the list.
#![no_main]

use citetrail::citation::{ListedReference, Passage, Superscripts, link, superscript_runs};
use citetrail::reference::parse_list;

const LIST: [&str; 4] = [
    "Abel, A., Boon, B. & Clay, C. (2001a). Rare things. Journal of Examples, 12, 34–56.",
    "Abel, A. (2001b). Other things. Journal of Examples, 12, 70–71.",
    "Society for the Study of Salt (SSS). 2010. Salt today. Vienna.",
    "———. n.d. Salt tomorrow. In press.",
];

libfuzzer_sys::fuzz_target!(|text: &str| {
    let parsed = parse_list(&LIST);
    let listed: Vec<ListedReference<'_>> = LIST
        .iter()
        .zip(&parsed)
        .map(|(text, parsed)| ListedReference { text, label: None, part: None, work: &parsed.work })
        .collect();
    let mut passages: Vec<Passage<'_>> = text.lines().map(Passage::plain).collect();
    let plain: String = text.replace(['<', '>', '&'], "");
    if let Some(runs) = superscript_runs(&plain, &plain) {
        passages.push(Passage { text: &plain, superscripts: Superscripts::Known(runs) });
    }
    let _ = superscript_runs(text, &plain);
    let links = link(&listed, &passages);
    assert_eq!(links.mentions.len(), passages.len());
    for (passage, mentions) in passages.iter().zip(&links.mentions) {
        let length = passage.text.chars().count();
        for mention in mentions {
            assert!(mention.span.start < mention.span.end && mention.span.end <= length);
            assert!(mention.refs.iter().chain(&mention.candidates).all(|&r| r < LIST.len()));
        }
    }
});
