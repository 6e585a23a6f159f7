//! Bytes → characters.
//!
//! A pasted or saved page comes in any encoding and sometimes damaged. What can be read is read, and a notice says
//! what was done; what is not text is refused before anything else looks at it.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Notice, ReadError};

/// No document that a person wrote is longer; it bounds the memory a reader takes.
const MAX_BYTES: usize = 64 << 20;

/// How much of a file is looked at to recognise UTF-16 without a byte order mark.
const SAMPLE: usize = 4096;

/// The characters of a file, line ends as `\n`, without byte order mark and NUL.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub text: String,
    pub notices: Vec<Notice>,
    /// The file ends inside a character.
    pub ends_inside_character: bool,
}

/// Decodes a file.
///
/// # Errors
/// What is empty, too large or not text is refused.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len(), limit: MAX_BYTES });
    }
    let mut decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, UTF_16LE),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, UTF_16BE),
        [0xef, 0xbb, 0xbf, rest @ ..] => eight_bit(rest, 3)?,
        _ => match utf_16_without_mark(bytes) {
            Some(encoding) => utf_16(bytes, encoding),
            None => eight_bit(bytes, 0)?,
        },
    };
    if decoded.text.contains('\r') {
        decoded.text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    }
    if decoded.text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')) {
        return Err(ReadError::Empty);
    }
    Ok(decoded)
}

/// The letters of European languages have one zero byte in UTF-16, always on the same side.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes[..bytes.len().min(SAMPLE)].chunks_exact(2);
    let total = pairs.len();
    let (mut high_first, mut low_first) = (0, 0);
    for pair in pairs {
        high_first += usize::from(pair[0] == 0 && pair[1] != 0);
        low_first += usize::from(pair[1] == 0 && pair[0] != 0);
    }
    let (many, few) = (total * 7 / 10, total / 20);
    match () {
        () if total < 4 => None,
        () if low_first > many && high_first <= few => Some(UTF_16LE),
        () if high_first > many && low_first <= few => Some(UTF_16BE),
        () => None,
    }
}

fn utf_16(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let whole = &bytes[..bytes.len() & !1];
    let (text, malformed) = encoding.decode_without_bom_handling(whole);
    let mut decoded = Decoded { text: text.into_owned(), ..Decoded::default() };
    decoded.text.retain(|c| c != '\0' && c != '\u{feff}');
    decoded.notices.push(notice(format!("The file is {}; it was read as that.", encoding.name())));
    if malformed {
        decoded.notices.push(notice("Some characters are damaged and stand as “\u{fffd}”.".to_owned()));
    }
    if whole.len() < bytes.len() {
        decoded.ends_inside_character = true;
        decoded.notices.push(notice(format!("The file ends in the middle of a character at byte {}.", whole.len())));
    }
    decoded
}

/// UTF-8 where that can be, else Windows-1252, of which Latin-1 text is a part. `skipped` bytes stood before.
fn eight_bit(bytes: &[u8], skipped: usize) -> Result<Decoded, ReadError> {
    let mut decoded = Decoded::default();
    let bytes = without_nul(bytes, skipped, &mut decoded)?;
    refuse_control_bytes(&bytes, skipped)?;
    let offset = match std::str::from_utf8(&bytes) {
        Ok(text) => {
            decoded.text = text.to_owned();
            return Ok(decoded);
        }
        Err(error) if error.error_len().is_none() => {
            let end = error.valid_up_to();
            decoded.text = String::from_utf8_lossy(&bytes[..end]).into_owned();
            decoded.ends_inside_character = true;
            decoded.notices.push(notice(format!(
                "The file ends in the middle of a UTF-8 character at byte {}; it seems to be cut.",
                skipped + end
            )));
            return Ok(decoded);
        }
        Err(error) => error.valid_up_to(),
    };
    if is_damaged_utf_8(&bytes) {
        decoded.text = String::from_utf8_lossy(&bytes).into_owned();
        decoded.notices.push(notice(format!(
            "The file is UTF-8 but has bytes that are not, the first at byte {}; they stand as “\u{fffd}”.",
            skipped + offset
        )));
    } else {
        decoded.text = WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned();
        decoded.notices.push(notice(format!(
            "The file is not UTF-8 (byte {} is {:#04x}); it was read as Latin-1 (windows-1252). If letters look wrong, \
             save it as UTF-8.",
            skipped + offset,
            bytes[offset]
        )));
    }
    Ok(decoded)
}

/// Takes NULs out before decoding, because they may stand inside the bytes of one character.
fn without_nul<'a>(
    bytes: &'a [u8],
    skipped: usize,
    decoded: &mut Decoded,
) -> Result<std::borrow::Cow<'a, [u8]>, ReadError> {
    let Some(first) = bytes.iter().position(|&b| b == 0) else { return Ok(bytes.into()) };
    let kept: Vec<u8> = bytes.iter().copied().filter(|&b| b != 0).collect();
    let count = bytes.len() - kept.len();
    if count * 20 > bytes.len() {
        return Err(ReadError::Binary { offset: skipped + first, byte: 0 });
    }
    decoded.notices.push(notice(format!(
        "The file holds {count} NUL bytes, the first at byte {}; they were taken out. It may be damaged.",
        skipped + first
    )));
    Ok(kept.into())
}

/// Text has next to no control bytes; in data of any other kind one byte in ten is one.
fn refuse_control_bytes(bytes: &[u8], skipped: usize) -> Result<(), ReadError> {
    let is_control = |b: u8| matches!(b, 0x01..=0x08 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    let count = bytes.iter().filter(|&&b| is_control(b)).count();
    match bytes.iter().position(|&b| is_control(b)) {
        Some(offset) if count * 50 > bytes.len() => {
            Err(ReadError::Binary { offset: skipped + offset, byte: bytes[offset] })
        }
        _ => Ok(()),
    }
}

/// Whether most of what is beyond ASCII is good UTF-8, so that the few other bytes are damage and not an encoding.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

fn notice(message: String) -> Notice {
    Notice { message, span: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text
    }

    #[test]
    fn encodings() {
        let utf_16 = |s: &str, order: fn(u16) -> [u8; 2]| s.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(text("\u{feff}Pérez\r\nb\rc".as_bytes()), "Pérez\nb\nc");
        assert_eq!(text(&utf_16("\u{feff}Pérez", u16::to_le_bytes)), "Pérez");
        assert_eq!(text(&utf_16("\u{feff}Pérez", u16::to_be_bytes)), "Pérez");
        assert_eq!(text(&utf_16("Without a mark", u16::to_le_bytes)), "Without a mark");
        assert_eq!(text(&utf_16("Without a mark", u16::to_be_bytes)), "Without a mark");
        assert_eq!(text(b"P\xe9rez 3\x967"), "Pérez 3–7");
        assert!(decode(b"P\xe9rez").unwrap().notices[0].message.contains("byte 1 is 0xe9"));
    }

    #[test]
    fn damage() {
        assert_eq!(text("ä ö ü ß é Ł, and no end of it\u{0}".as_bytes()), "ä ö ü ß é Ł, and no end of it");
        let cut = decode("Ab é".as_bytes().split_last().unwrap().1).unwrap();
        assert!(cut.ends_inside_character && cut.text == "Ab " && cut.notices[0].message.contains("byte 3"));
        let mut inside = "Some words and then é and more of them".as_bytes().to_vec();
        inside.insert(21, 0);
        assert_eq!(text(&inside), "Some words and then é and more of them");
        let mut lossy = "äöüßéèêñ and so on ".repeat(3).into_bytes();
        lossy.push(0xff);
        lossy.push(b'.');
        assert!(text(&lossy).ends_with("\u{fffd}."));
    }

    #[test]
    fn refused() {
        assert_eq!(decode(b"").unwrap_err(), ReadError::Empty);
        assert_eq!(decode(b" \n\t\r\n").unwrap_err(), ReadError::Empty);
        let noise: Vec<u8> = (0..2000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&noise), Err(ReadError::Binary { .. })));
    }
}
