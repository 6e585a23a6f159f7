//! What kind of document a ZIP archive is, told by the names in it.

/// What an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A document of Word (Office Open XML).
    Word,
    Spreadsheet,
    Slides,
    OpenDocument,
    Book,
    Pages,
    Other,
}

/// The kind of an archive; `None` for what is none.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let head = &bytes[..bytes.len().min(200)];
    let names = |name: &[u8]| holds(bytes, name);
    Some(match () {
        () if holds(head, b"application/vnd.oasis.opendocument") => Kind::OpenDocument,
        () if holds(head, b"application/epub+zip") => Kind::Book,
        () if names(b"word/document") => Kind::Word,
        () if names(b"xl/workbook") => Kind::Spreadsheet,
        () if names(b"ppt/presentation") => Kind::Slides,
        () if names(b"Index/Document.iwa") => Kind::Pages,
        // Other names for the text are allowed, and a cut file has no list of its names.
        () if names(b"[Content_Types].xml") => Kind::Word,
        () => Kind::Other,
    })
}

/// Names stand in the clear at both ends of an archive.
fn holds(bytes: &[u8], name: &[u8]) -> bool {
    /// How much of each end is searched.
    const SEARCHED: usize = 1 << 20;
    let end = bytes.len().saturating_sub(SEARCHED);
    [&bytes[..bytes.len().min(SEARCHED)], &bytes[end..]].iter().any(|b| b.windows(name.len()).any(|w| w == name))
}
