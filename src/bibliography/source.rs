//! Bytes of a file → text, whatever their encoding.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Lines, Problem};

/// How the bytes of a file became text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
    /// Assumed for bytes that are not UTF-8: of the single-byte encodings the one most files have.
    Windows1252,
}

/// A decoded file.
#[derive(Debug)]
pub struct Source<'a> {
    bytes: &'a [u8],
    text: Cow<'a, str>,
    encoding: Encoding,
    /// Byte offset in the text of the first character that was not UTF-8, and how many there are.
    foreign: Option<(usize, usize)>,
}

impl<'a> Source<'a> {
    /// Decodes a file: UTF-8, UTF-16 with a byte order mark or recognisable by its zero bytes, else Windows-1252.
    pub fn decode(bytes: &'a [u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(bytes)
            && !looks_like_utf16(bytes)
        {
            return Self { bytes, text: Cow::Borrowed(text), encoding: Encoding::Utf8, foreign: None };
        }
        let (decoder, encoding) = match bytes {
            [0xFF, 0xFE, ..] => (UTF_16LE, Encoding::Utf16),
            [0xFE, 0xFF, ..] => (UTF_16BE, Encoding::Utf16),
            [0, ..] if looks_like_utf16(bytes) => (UTF_16BE, Encoding::Utf16),
            _ if looks_like_utf16(bytes) => (UTF_16LE, Encoding::Utf16),
            _ => {
                let (text, foreign) = mixed(bytes);
                return Self { bytes, text: Cow::Owned(text), encoding: Encoding::Windows1252, foreign };
            }
        };
        let (text, _) = decoder.decode_without_bom_handling(bytes);
        Self { bytes, text, encoding, foreign: None }
    }

    /// The file as it is, for formats that are no text.
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The text, a byte order mark included.
    pub fn whole(&self) -> &str {
        &self.text
    }

    /// The text without a byte order mark.
    pub fn text(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What a reader should know about the encoding.
    pub(super) fn problem(&self) -> Option<Problem> {
        let message = match (self.encoding, self.foreign) {
            (Encoding::Utf8, _) => return None,
            (Encoding::Utf16, _) => {
                "the file is UTF-16; it can be read, but not edited in place: save it as UTF-8".to_owned()
            }
            (Encoding::Windows1252, foreign) => format!(
                "{} not UTF-8, the first of them here; they were read as Windows-1252: check letters with accents, and save the file as UTF-8",
                match foreign {
                    Some((_, 1)) => "1 byte is".to_owned(),
                    Some((_, count)) => format!("{count} bytes are"),
                    None => "bytes are".to_owned(),
                }
            ),
        };
        let (line, column) = self.foreign.map_or((1, 1), |(at, _)| Lines::new(&self.text).at(at));
        Some(Problem { message, line, column, key: None })
    }
}

/// What is UTF-8 as UTF-8, every other byte as Windows-1252: one wrong byte does not make the rest of a file something
/// else, and letters of Windows-1252 next to each other are hardly ever UTF-8.
fn mixed(bytes: &[u8]) -> (String, Option<(usize, usize)>) {
    let mut text = String::with_capacity(bytes.len());
    let mut foreign: Option<(usize, usize)> = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            foreign.get_or_insert((text.len(), 0)).1 += chunk.invalid().len();
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    (text, foreign)
}

/// Files of Latin letters in UTF-16 have a zero in every other byte.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let pairs = head.len() / 2;
    pairs >= 2 && bytes.len().is_multiple_of(2) && (zeros(0) * 10 > pairs * 9) != (zeros(1) * 10 > pairs * 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        for (bytes, text, encoding) in [
            (&b"\xef\xbb\xbf\xc3\xa9"[..], "\u{feff}é", Encoding::Utf8),
            (b"caf\xe9 \x80", "café €", Encoding::Windows1252),
            (b"caf\xc3\xa9 \xe9", "café é", Encoding::Windows1252),
            (b"\xff\xfe@\0a\0", "\u{feff}@a", Encoding::Utf16),
            (b"\0@\0a\0{", "@a{", Encoding::Utf16),
            (b"@\0a\0{\0", "@a{", Encoding::Utf16),
            (b"", "", Encoding::Utf8),
        ] {
            let source = Source::decode(bytes);
            assert_eq!((source.whole(), source.encoding()), (text, encoding));
        }
    }
}
