//! Any `verdicts.jsonl` is read, whatever the order and repetition of its lines, and what was read is written so that it
//! comes back.
#![no_main]

use citetrail::review::{ClaimText, Ledger, QuotableText, standing, word_diff};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (ledger, problems) = Ledger::read(bytes);
    assert!(problems.iter().all(|p| p.line >= 1));
    // Another order of the lines, some of them twice.
    let mut lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
    lines.reverse();
    lines.extend_from_within(..lines.len() / 2);
    // A mark of byte order counts only at the very beginning.
    if !bytes.starts_with(b"\xef\xbb\xbf") && !lines[0].starts_with(b"\xef\xbb\xbf") {
        assert_eq!(Ledger::read(&lines.join(&b'\n')).0, ledger);
    }
    let written: Vec<u8> =
        ledger.all().iter().flat_map(|r| [serde_json::to_vec(r.as_ref()).expect("plain data"), vec![b'\n']].concat()).collect();
    let (again, problems) = Ledger::read(&written);
    assert_eq!(again, ledger);
    assert!(problems.iter().all(|p| p.message.contains("says something else")));
    let text = String::from_utf8_lossy(bytes);
    let now = ClaimText::new(&text, &text);
    let counts = ledger.all().iter().filter(|record| !ledger.is_retracted(&record.id));
    let state = standing(counts, &now);
    for opinion in state.opinions.iter().take(4) {
        word_diff(&opinion.judgement.claim.text, &text);
        if let Some(quote) = &opinion.judgement.quote {
            QuotableText::new(&text).has(quote);
        }
    }
});
