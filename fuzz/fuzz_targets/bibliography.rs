//! Any bytes are a bibliography with problems; what is written reads back; an addition changes no byte before it.
#![no_main]

use citetrail::bibliography::{Format, bibtex, read, write};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for format in Format::all() {
        if let Ok(library) = read(bytes, Some(format)) {
            if !format.is_written() {
                continue;
            }
            let text = write(&library.works, format);
            let again = read(text.as_bytes(), Some(format)).expect("what is written can be read");
            assert_eq!(again.works.len(), library.works.len());
            if let Ok(source) = bibtex::editable(bytes) {
                if let Ok(added) = bibtex::append(source, &library.works) {
                    assert!(added.starts_with(source));
                }
            }
        }
    }
});
