//! Any bytes read as a Word document are a document or a refusal. So that the search need not invent archives, bytes that
//! are none are taken as the XML of its parts, set apart by NUL.
#![no_main]

use std::io::{Cursor, Write};

use citetrail::document::Format;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

mod reader;

const RELATIONS: &str = r#"<Relationships><Relationship Id="a" Type="x/styles" Target="styles.xml"/>
    <Relationship Id="b" Type="x/numbering" Target="numbering.xml"/><Relationship Id="c" Type="x/footnotes" Target="footnotes.xml"/>
    <Relationship Id="d" Type="x/customXml" Target="../customXml/item1.xml"/></Relationships>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return reader::check(bytes, Format::Docx);
    }
    let names = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "customXml/item1.xml"];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts = names.into_iter().zip(bytes.split(|b| *b == 0));
    for (name, part) in parts.chain([("word/_rels/document.xml.rels", RELATIONS.as_bytes())]) {
        let written = archive.start_file(name, stored).is_ok() && archive.write_all(part).is_ok();
        assert!(written, "an archive in memory takes what is given");
    }
    let packed = archive.finish().expect("an archive in memory can be finished").into_inner();
    reader::check(&packed, Format::Docx);
});
