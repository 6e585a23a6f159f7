//! Any bytes read as Markdown are a document or a refusal; what is read analyses and stays inert.
#![no_main]

use citetrail::document::Format;

mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::check(bytes, Format::Markdown));
