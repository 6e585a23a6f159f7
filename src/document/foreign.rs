//! Formats that hold text but are not read, with a word on how to get it out.

use super::ReadError;
use super::archive::{self, Kind};

/// Signatures at the beginning of a file.
#[rustfmt::skip]
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF-", "a PDF",
        "a PDF holds letters at places and no text. Extract the text first and read that: \
         `pdftotext FILE - | citetrail scan -` (with -layout, columns run into each other); the publisher's HTML page or \
         XML gives better results",
    ),
    (b"{\\rtf", "RTF", "save it as .docx first, for example with `soffice --convert-to docx FILE`"),
    (b"\x89PNG", "a picture", "recognise its text with an OCR program first"),
    (b"\xff\xd8\xff", "a picture", "recognise its text with an OCR program first"),
    (b"\x1f\x8b", "a compressed file", "unpack it first, for example with `gunzip`"),
];

/// The beginning of Microsoft's compound files: old Office documents, and new ones under a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Refuses what begins like a format that is not read.
pub(super) fn refuse(bytes: &[u8]) -> Result<(), ReadError> {
    let found = SIGNATURES.iter().find(|s| bytes.starts_with(s.0)).map(|s| (s.1, s.2));
    let found = found.or_else(|| bytes.starts_with(COMPOUND).then(|| compound(bytes)));
    match found.or_else(|| archive(archive::kind(bytes)?)) {
        Some((what, advice)) => Err(ReadError::Foreign { what, advice }),
        None => Ok(()),
    }
}

fn compound(bytes: &[u8]) -> (&'static str, &'static str) {
    // Names in the file are UTF-16.
    let names = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if names("EncryptedPackage") {
        return ("a document under a password", "open it with the password and save it without one first");
    }
    ("a file of an old Office program", "save it as .docx first, for example with `soffice --convert-to docx FILE`")
}

fn archive(kind: Kind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        Kind::Word => return None,
        Kind::OpenDocument => {
            ("an OpenDocument file", "save it as .docx first, for example with `soffice --convert-to docx FILE`")
        }
        Kind::Book => ("an EPUB book", "unpack it (`unzip FILE`) and read the .xhtml files in it"),
        Kind::Pages => ("a document of Pages", "export it from Pages as Word (.docx) first"),
        Kind::Spreadsheet => ("a spreadsheet", "save its text as .csv or .txt first"),
        Kind::Slides => ("a file of slides", "save its outline as text first"),
        Kind::Other => ("a ZIP archive", "unpack it and read the document in it"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_formats_get_advice() {
        let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for (bytes, expected) in [
            (b"%PDF-1.7".to_vec(), "pdftotext FILE"),
            ([COMPOUND, &wide("EncryptedPackage")].concat(), "password"),
            ([COMPOUND, &wide("WordDocument")].concat(), "old Office"),
            (b"PK\x03\x04....mimetypeapplication/epub+zip".to_vec(), "EPUB"),
            (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text".to_vec(), "OpenDocument"),
            (b"PK\x03\x04....Index/Document.iwa".to_vec(), "Pages"),
            (b"PK\x03\x04....a.txt".to_vec(), "ZIP"),
        ] {
            let error = refuse(&bytes).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert_eq!(refuse(b"PK\x03\x04....word/document.xml"), Ok(()));
        assert_eq!(refuse(b"Bark burns."), Ok(()));
    }
}
