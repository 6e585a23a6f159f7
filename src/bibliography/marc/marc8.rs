//! MARC-8: ASCII, and the Latin letters and accents of ANSEL. Source: “MARC-8 Encoding Environment” of the Library of
//! Congress; other scripts, which an escape sequence announces, are not read.

use unicode_normalization::UnicodeNormalization;

pub(super) struct Decoded {
    pub text: String,
    /// Whether every letter was read; one that was not stands as U+FFFD.
    pub complete: bool,
}

const ESCAPE: u8 = 0x1B;

pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut complete = true;
    let mut accents: Vec<char> = Vec::new();
    // Whether the present set is another one than ASCII and ANSEL.
    let mut foreign = false;
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte == ESCAPE {
            let (is_foreign, length) = set_of(rest);
            // A run of letters that are not read is one mark.
            if is_foreign && !foreign {
                text.push('\u{fffd}');
                complete = false;
            }
            foreign = is_foreign;
            rest = &rest[length..];
            continue;
        }
        if foreign {
            // A blank is in every set.
            if *byte == b' ' {
                text.push(' ');
            }
            continue;
        }
        // An accent stands before its letter.
        if let Some(accent) = accent(*byte) {
            accents.push(accent);
            continue;
        }
        let letter = match byte {
            0..=0x7F => char::from(*byte),
            0x88 | 0x89 => continue,
            byte => letter(*byte).unwrap_or('\u{fffd}'),
        };
        complete &= letter != '\u{fffd}';
        text.push(letter);
        text.extend(accents.drain(..));
    }
    text.extend(accents);
    Decoded { text: text.nfc().collect(), complete }
}

/// Whether the set that an escape sequence announces is not read, and the length of the sequence without its escape.
fn set_of(sequence: &[u8]) -> (bool, usize) {
    match sequence {
        // Back to ASCII, and ANSEL.
        [b's', ..] => (false, 1),
        [b'(' | b',', b'B', ..] => (false, 2),
        [b')' | b'-', b'!', b'E', ..] => (false, 3),
        [b'(' | b',' | b')' | b'-', _, ..] => (true, 2),
        [b'$', b'(' | b',' | b')' | b'-', _, ..] => (true, 3),
        [b'$', _, ..] => (true, 2),
        [_, ..] => (true, 1),
        [] => (false, 0),
    }
}

fn letter(byte: u8) -> Option<char> {
    const FROM_A1: &str = "ŁØĐÞÆŒʹ·♭®±ƠƯʼ";
    const FROM_B0: &str = "ʻłøđþæœʺı£ð";
    const FROM_C0: &str = "°ℓ℗©♯¿¡ß";
    match byte {
        0xA1..=0xAE => FROM_A1.chars().nth(usize::from(byte - 0xA1)),
        0xB0..=0xBA => FROM_B0.chars().nth(usize::from(byte - 0xB0)),
        0xBC => Some('ơ'),
        0xBD => Some('ư'),
        0xC8 => Some('€'),
        0xC0..=0xC7 => FROM_C0.chars().nth(usize::from(byte - 0xC0)),
        _ => None,
    }
}

fn accent(byte: u8) -> Option<char> {
    const FROM_E0: &[char] = &[
        '\u{309}', '\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{304}', '\u{306}', '\u{307}', '\u{308}', '\u{30c}',
        '\u{30a}', '\u{fe20}', '\u{fe21}', '\u{315}', '\u{30b}', '\u{310}', '\u{327}', '\u{328}', '\u{323}', '\u{324}',
        '\u{325}', '\u{333}', '\u{332}', '\u{326}', '\u{31c}', '\u{32e}', '\u{fe22}', '\u{fe23}',
    ];
    match byte {
        0xFE => Some('\u{313}'),
        0xE0..=0xFB => FROM_E0.get(usize::from(byte - 0xE0)).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_accents_and_sets() {
        for (bytes, expected, complete) in [
            (&b"Plain"[..], "Plain", true),
            (b"Dvo\xe9r\xe2ak, S\xb2ren, \xa1\xe2od\xe2z, \xc7", "Dvořák, Søren, Łódź, ß", true),
            (b"e\xe8u\xe5i", "eüī", true),
            (b"a\x1b(3xyz\x1b(B b", "a\u{fffd} b", false),
            (b"\xe2", "\u{301}", true),
            (b"\x1b", "", true),
        ] {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_str(), decoded.complete), (expected, complete));
        }
    }
}
